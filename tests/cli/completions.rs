//! `fundamentals completions`: the scripts, in the shells they are for.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::man::commands;
use crate::support::{ELSEWHERE, Estate, assessed, command, ended, run, shop};

const SHELLS: [&str; 4] = ["bash", "zsh", "fish", "powershell"];

/// What may stand at the end of a line, without what it is for.
#[track_caller]
fn answer(folder: &Path, words: &[&str]) -> Vec<String> {
    let out = ended(command(folder, "complete --").args(words)).fine();
    out.lines().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
}

/// Runs a script in a shell, in a folder, with the program at hand; `None` where there is no such shell. It must say
/// nothing on stderr.
#[track_caller]
fn in_shell(shell: &str, args: &[&str], folder: &Path, script: &str) -> Option<String> {
    let program = Path::new(env!("CARGO_BIN_EXE_fundamentals"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = program.parent().map(Path::to_path_buf).into_iter().chain(std::env::split_paths(&path));
    let path = std::env::join_paths(folders).expect("folders without separators");
    let mut command = Command::new(shell);
    let home = folder.join("home");
    fs::create_dir_all(&home).expect("a folder can be made");
    command.args(args).arg(script).current_dir(folder).env("PATH", path).env("HOME", home);
    command.env_remove("XDG_CONFIG_HOME").env_remove("XDG_DATA_HOME");
    let Ok(output) = command.output() else {
        let needed = std::env::var("FUNDAMENTALS_TEST_SHELLS").unwrap_or_default();
        assert!(needed.split(' ').all(|needed| needed != shell), "{shell} is not installed");
        return None;
    };
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{shell}");
    Some(String::from_utf8(output.stdout).expect("UTF-8").replace("\r\n", "\n"))
}

/// Calls bash's completion as bash does: split also at `=`, `:` and `@`, with the cursor at the end of the line.
#[cfg(unix)]
const BASH: &str = r#"
source <(fundamentals completions bash)
try() {
    local rest=$1 current
    COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDS=()
    while [[ $rest =~ ^[[:space:]]*([=:@]+|[^[:space:]=:@]+)(.*)$ ]]; do
        COMP_WORDS+=("${BASH_REMATCH[1]}")
        rest=${BASH_REMATCH[2]}
    done
    if [[ $1 == *[[:space:]] ]]; then COMP_WORDS+=(""); fi
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    current=${COMP_WORDS[COMP_CWORD]}
    if [[ $current == [=:@] ]]; then current=; fi
    _fundamentals fundamentals "$current" "${COMP_WORDS[COMP_CWORD - 1]}"
    echo "${COMPREPLY[*]}"
}
"#;

/// What bash offers for each line.
#[cfg(unix)]
#[track_caller]
fn in_bash(folder: &Path, lines: &[&str]) -> Vec<String> {
    let tries: Vec<_> = lines.iter().map(|line| format!("try '{line}'")).collect();
    let out = in_shell("bash", &["--norc", "-c"], folder, &format!("{BASH}{}\n", tries.join("\n")));
    out.expect("there is bash").lines().map(str::to_owned).collect()
}

#[test]
fn there_is_a_script_for_each_shell_and_any_other_is_wrong_usage() {
    for shell in SHELLS {
        let script = run(&format!("completions {shell}")).fine();
        assert!(script.contains("fundamentals complete --") || script.contains("complete @options '--'"));
        assert_eq!(script, Estate::empty().run(&format!("completions {shell}")).fine());
    }
    assert!(run("completions tcsh").refused(2).contains("[possible values: bash, zsh, fish, powershell]"));
}

#[test]
fn every_command_is_completed() {
    for command in commands() {
        let mut words = vec!["fundamentals"];
        words.extend(command.split(' '));
        let answer = answer(&shop(), &words);
        assert!(answer.iter().any(|word| words.last() == Some(&word.as_str())), "{words:?}: {answer:?}");
    }
}

#[test]
fn every_kind_of_id_is_completed_from_the_estate() {
    for (words, expected) in [
        (&["show", "b"][..], &["bag-api"][..]),
        (&["migrate", "bag-api", "edge"], &["edge-gateway"]),
        (&["trend", "--service=ba"], &["--service=bag-api"]),
        (&["trend", "--service", "bag-api,edge"], &["bag-api,edge-gateway"]),
        (&["trend", "--domain", "s"], &["shopping"]),
        (&["trend", "--platform", "e"], &["edge"]),
        (&["trend", "--pillar", "res"], &["resilience"]),
        (&["trend", "--category", "load"], &["load-testing"]),
        (&["trend", "--criticality", "mission"], &["mission-critical"]),
        (&["trend", "--tag", "front"], &["front-end"]),
        (&["trend", "--rubric", "fund"], &["fundamentals@1", "fundamentals@2"]),
        (&["explain", "log"], &["logging"]),
        (&["explain", "drop-to"], &["drop-to-red"]),
        (&["explain", "unknown-c"], &["unknown-catalog-value", "unknown-category", "unknown-criticality"]),
    ] {
        let words: Vec<_> = std::iter::once("fundamentals").chain(words.iter().copied()).collect();
        assert_eq!(answer(&shop(), &words), expected, "{words:?}");
    }
}

#[test]
fn the_estate_is_that_of_the_folder_on_the_line() {
    let estate = Estate::empty().with_service("bag-web", ELSEWHERE, &assessed("2026-11-01", "logging: red"));
    let shop = shop();
    let shop = shop.to_str().expect("a path in UTF-8");
    for words in [&["-C", shop, "show", "b"][..], &["show", "-C", shop, "b"]] {
        let words: Vec<_> = std::iter::once("fundamentals").chain(words.iter().copied()).collect();
        assert_eq!(answer(estate.path(), &words), ["bag-api"], "{words:?}");
    }
    assert_eq!(answer(estate.path(), &["fundamentals", "show", "b"]), ["bag-web"]);
}

#[test]
fn where_there_is_nothing_to_read_there_are_no_ids_and_nothing_is_said() {
    let show = ["fundamentals", "show", ""];
    assert_eq!(answer(Estate::empty().path(), &show), [""; 0]);
    assert_eq!(answer(&shop(), &["fundamentals", "-C", "no/such/folder", "show", ""]), [""; 0]);
    let broken = Estate::empty().with("fundamentals.toml", "= [").with("services/a.yaml", "service: [\n");
    let platform = ["fundamentals", "trend", "--platform", ""];
    assert_eq!(answer(broken.path(), &platform), [""; 0]);
    let sound = broken.with_service("bag-api", ELSEWHERE, &assessed("2026-11-01", "logging: red"));
    assert_eq!(answer(sound.path(), &platform), ["web"]);
}

#[test]
fn services_go_by_the_names_of_their_files_which_nobody_has_to_read() {
    let estate = Estate::empty().with("services/broken.yaml", "service: [\n").with("services/notes.txt", "");
    let estate = estate.with_service("bag-api", ELSEWHERE, &assessed("2026-11-01", "logging: red"));
    assert_eq!(answer(estate.path(), &["fundamentals", "show", ""]), ["bag-api", "broken"]);
}

#[test]
fn a_new_word_can_be_told_by_a_flag() {
    let out = ended(command(&shop(), "complete --new-word --").args(["fundamentals", "trend", "--domain"]));
    assert_eq!(out.fine(), "customer\nengagement\nshopping\n");
}

/// Texts that a shell would run, or take for several words.
const NASTY: &str = "tags: [web, '$(touch pwned)', '`touch pwned`', 'w; touch pwned', 'w && touch pwned', 'w\ttouch', \
                     '*', '~', '-C', ':file', \"w'\\\"; touch pwned\", \"w\\ntouch pwned\", '(touch pwned)', \
                     'x$(touch${IFS}pwned)']";

fn nasty() -> Estate {
    let head = format!("{NASTY}\n{ELSEWHERE}");
    let service = assessed("2026-11-01", "logging: red");
    let in_settings = "[[domain]]\nid = \"d$(touch pwned)\"\ntitle = \"D\"\n";
    Estate::empty().with_service("bag-api", &head, &service).with("fundamentals.toml", in_settings)
}

#[test]
fn only_plain_words_of_files_are_offered() {
    let estate = nasty();
    assert_eq!(answer(estate.path(), &["fundamentals", "trend", "--tag", ""]), ["web"]);
    assert_eq!(answer(estate.path(), &["fundamentals", "trend", "--domain", ""]), ["shop"]);
}

#[test]
#[cfg(unix)]
fn bash_completes_for_real() {
    let lines = [
        "fundamentals show b",
        "fundamentals trend --domain s",
        "fundamentals trend --domain=s",
        "fundamentals trend --domain=",
        "fundamentals trend --domain shopping,c",
        "fundamentals explain log",
        "fundamentals rubric show fundamentals@",
        "fundamentals trend --golden",
        "fundamentals completions ",
        "fundamentals show no-such",
        "fundamentals -C no/such show b",
        "fundamentals -C \"services/../\" show b",
    ];
    let estate = Estate::shop();
    assert_eq!(
        in_bash(estate.path(), &lines),
        [
            "bag-api",
            "shopping",
            "shopping",
            "customer engagement shopping",
            "shopping,customer",
            "logging",
            "1 2",
            "--golden-thread",
            "bash fish powershell zsh",
            "",
            "",
            "bag-api",
        ]
    );
}

#[test]
#[cfg(unix)]
fn bash_runs_nothing_of_what_files_or_the_line_say() {
    let estate = nasty();
    let lines = [
        "fundamentals trend --tag ",
        "fundamentals trend --tag w",
        "fundamentals trend --tag=",
        "fundamentals trend --domain ",
        "fundamentals -C $(touch pwned) show b",
        "fundamentals show `touch pwned`",
    ];
    assert_eq!(in_bash(estate.path(), &lines), ["web", "web", "web", "shop", "", ""]);
    assert!(!estate.path().join("pwned").exists());
}

#[test]
fn zsh_completes_for_real_where_it_is_installed() {
    // What zsh would offer is printed instead.
    let script = "compdef() { : }; compset() { : }; compadd() { print -r -- ${(P)@[-1]} }\n\
                  _files() { print files }\n\
                  source <(fundamentals completions zsh)\n\
                  try() { words=(\"$@\"); CURRENT=$#; PREFIX=$@[-1]; _fundamentals }\n\
                  try fundamentals show b\ntry fundamentals trend --domain=s\ntry fundamentals explain log\n\
                  try fundamentals check s\ntry fundamentals show '$(touch pwned)'\n\
                  try fundamentals -C '$(touch pwned)' show ba\n\
                  cd ../nasty\ntry fundamentals trend --tag ''\n";
    let both = Estate::empty();
    let (shop, nasty) = (Estate::shop(), nasty());
    for (name, estate) in [("shop", &shop), ("nasty", &nasty)] {
        fs::rename(estate.path(), both.path().join(name)).expect("a folder can be moved");
    }
    let Some(out) = in_shell("zsh", &["-f", "-c"], &both.path().join("shop"), script) else { return };
    assert_eq!(out, "bag-api\n--domain=shopping\nlogging\nfiles\nweb\n");
    assert!(!both.path().join("shop/pwned").exists() && !both.path().join("nasty/pwned").exists());
}

#[test]
fn fish_completes_for_real_where_it_is_installed() {
    let script = "fundamentals completions fish | source\n\
                  for line in 'show b' 'trend --domain=s' 'explain log' 'show $(touch pwned)' 'trend --tag '\n\
                  complete --do-complete \"fundamentals $line\"\nend\n";
    let estate = nasty();
    let Some(out) = in_shell("fish", &["--no-config", "-c"], estate.path(), script) else { return };
    assert_eq!(out, "bag-api\n--domain=shop\nlogging\nweb\n");
    assert!(!estate.path().join("pwned").exists());
}

#[test]
fn powershell_completes_for_real_where_it_is_installed() {
    let script = "fundamentals completions powershell | Out-String | Invoke-Expression\n\
                  foreach ($line in 'fundamentals show b', 'fundamentals explain log', 'fundamentals trend --tag ') {\n\
                  (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText }\n";
    let estate = nasty();
    let args = ["-NoProfile", "-NonInteractive", "-Command"];
    let Some(out) = in_shell("pwsh", &args, estate.path(), script) else { return };
    assert_eq!(out, "bag-api\nlogging\nweb\n");
    assert!(!estate.path().join("pwned").exists());
}
