//! One estate whose texts are commands to build servers, through every command and format at several widths: what a log
//! would show holds none.

use std::fs;

use crate::small_rubric::small_rubric;
use crate::support::{Estate, GOLDEN_THREAD, command, ended, parse_json, run};

/// As YAML and TOML write it in double quotes: commands among words of many lengths, so that lines break before each.
const NASTY: &str = "::error::x a ##vso[task.setvariable]b ##teamcity[c cc ::add-mask::d ##[error]e eee \
    section_start:1:f\\r ffff ::set-output name=x::g ggggg section_end:1:h\\r\\u001b[0K hhhhhh ::x::i\\n::warning::j \
    \\r::debug::k \\u200d::l::l ##VSO[m ##\\u200c[n travis_fold:start:o iiiiiii ::stop-commands::p --- q jjjjjjjj +++ r \\n--- s \\r~~~ t k ^^^ +++ u cargo:rustc-env=v ##";

/// A folder with such a name.
const FOLDER: &str = "services/\n::error::x ##vso[y] ##[z\r::w";

const SHAPES: [(usize, &str); 4] = [(20, "never"), (40, "always"), (80, "never"), (1000, "always")];

fn score(colour: &str) -> String {
    format!(
        "{{ rag: {colour}, because: \"{NASTY}\", note: \"{NASTY}\", evidence: [\"https://x.example/##vso[y]\"] }}"
    )
}

fn assessed(date: &str, colours: [&str; 3]) -> String {
    let scores = ["a", "b", "c"].into_iter().zip(colours);
    let scores: Vec<_> = scores.map(|(id, colour)| format!("      {id}: {}\n", score(colour))).collect();
    let scores = scores.concat();
    format!(
        "  - date: {date}\n    rubric: ours@1\n    by: [\"{NASTY}\"]\n    with: [\"{NASTY}\"]\n    scores:\n{scores}"
    )
}

fn rubric(major: u32, more: &str) -> String {
    let lines = |id: &str| {
        format!(
            "title = \"{NASTY} {id}\"\nquestion = \"{NASTY}\"\nred = \"{NASTY} some\"\n\
             amber = [\"{NASTY} many\", \"{NASTY}\"]\ngreen = \"{NASTY}\"\n\
             guidance = [{{ title = \"{NASTY}\", href = \"##vso[x]section_start:1\" }}]\n{more}"
        )
    };
    let head = format!("published = 2020-0{major}-01\ntitle = \"{NASTY}\"");
    small_rubric(&format!("ours@{major}"), &head, &["a", "b", "c"].map(|id| (id, lines(id))))
        .replace("title = \"P\"", &format!("title = \"{NASTY}\""))
}

/// Two services with something for every command to show, and one that is wrong.
fn estate() -> Estate {
    let settings = format!(
        "[estate]\nname = \"{NASTY}\"\n[criticality]\nlevels = [\"##vso[low]\", \"mission-critical\"]\n\
         [[domain]]\nid = \"shop\"\ntitle = \"{NASTY}\"\nreviews = [2026-09-29, 2026-11-24]\n\
         [gate]\noverdue-action = \"warn\"\nslip-to-amber = \"warn\"\n"
    );
    let head = |id: &str| {
        format!(
            "service: {id}\ntitle: \"{NASTY}\"\nowner: \"{NASTY}\"\ndomain: shop\nplatform: web\ntags: [\"{NASTY}\"]\n\
             links: [{{ title: \"{NASTY}\", href: \"https://x.example/##vso[y]\" }}]\n{GOLDEN_THREAD}\n"
        )
    };
    let rest = format!(
        "actions:\n  - {{ what: \"{NASTY}\", owner: \"{NASTY}\", because: \"{NASTY}\", raised: 2026-09-01, due: 2026-10-02, support: \"{NASTY}\" }}\n  \
         - {{ what: \"{NASTY}\", category: b, raised: 2026-09-01, done: 2026-11-02 }}\n\
         waivers:\n  - {{ category: c, until: 2026-12-31, because: \"{NASTY}\", approved-by: \"{NASTY}\" }}\n"
    );
    let before = assessed("2026-06-01", ["amber", "green", "red"]);
    let now = assessed("2026-11-10", ["red", "amber", "green"]);
    let slos = format!(
        "service,slo,period,objective,attained\none,\"{slo}\",2026-09,99%,98%\none,\"{slo}\",2026-10,99%,98%\n",
        slo = "::error::x ##vso[y] section_start:1:z"
    );
    let estate = Estate::empty()
        .with("fundamentals.toml", &settings)
        .with("rubric/v1.toml", &rubric(1, ""))
        .with("rubric/v2.toml", &rubric(2, "rescore = true"))
        .with("slo/one.csv", &slos)
        .with(&format!("{FOLDER}/one.yaml"), &format!("{}{before}{rest}", head("one")))
        .with("services/two.yaml", &format!("{}{before}", head("two")));
    estate.commit("Before");
    estate.with_text(&format!("{FOLDER}/one.yaml"), &format!("{}{before}{now}{rest}", head("one")));
    let wrong = format!(
        "{}    ::y: x\n\"{NASTY}\": x\ncriticality: \"{NASTY}\"\nlinks: [{{ title: x, href: \"{NASTY}\" }}]\n",
        head("wrong").replace("domain: shop", &format!("domain: \"{NASTY}\""))
    );
    let wrong = wrong.replace("    ::y: x\n", "");
    estate
        .with(&format!("{FOLDER}/wrong.yaml"), &wrong)
        .with("services/yaml.yaml", "service: yaml\n::error::x: [\n  ##vso[y\n::error::z\n")
        .with("slo/wrong.csv", "service,slo,period,objective,attained\n::error::x,##vso[y],##[z],a,b\n")
}

/// Everything that a log may show of this estate, one invocation a line.
const INVOCATIONS: &str = "
check
check --format concise
check --format json
check --format github
check --format sarif
check --format junit
check --format gitlab
check --format markdown
trend
trend --format csv
trend --format markdown
trend --format json
trend --by category
trend --by category --format csv
trend --by pillar --format markdown
trend --by domain
report --domain shop
report --domain shop --format markdown
report --domain shop --format html
report --domain shop --format csv --section commitments
report --domain shop --format csv --section waivers
report --domain shop --format csv --section changes
report --domain shop --format csv --section slos
report --domain shop --format csv --section map
report --domain shop --format json
report
report --format markdown
report --format html
report --format json
report --upcoming
report --upcoming --format markdown
report --upcoming --format csv
report --upcoming --format json
actions
actions --format csv
actions --format markdown
actions --format json
gate --list
gate --list --format json
gate --list --format markdown
gate
gate --format json
gate --base HEAD
gate --base HEAD --format concise
gate --base HEAD --format json
gate --base HEAD --format github
gate --base HEAD --format sarif
gate --base HEAD --format junit
gate --base HEAD --format gitlab
gate --base HEAD --format markdown
gate --base ##vso[x]::error::y
show one
show one --format json
show ##vso[x]
-v show two
score one --set a=green --dry-run
score one --set a=green --because ##vso[x] --evidence ##vso[y --dry-run
score one --set ##vso[x]=green
score one --by ::error::x --confirm all --dry-run
action add one ::error::x --category a --dry-run
action add one ##teamcity[x --dry-run
action done one 1 --dry-run
action list one
waive one a --until 2026-12-01 --because ##vso[x] --approved-by ##[y] --dry-run
migrate --all --dry-run
migrate one --to ours@2 --dry-run
migrate two
add ::error::x --platform web
add three --platform ##vso[x] --domain ::y::
rubric list
rubric list --format json
rubric show ours
rubric show ours@2
rubric show ours --format markdown
rubric show ours --format json
rubric show ours a
rubric diff ours@1 ours@2
rubric diff ours@1 ours@2 --format markdown
rubric diff ours@1 ours@2 --format json
rubric lint
rubric lint --format concise
rubric lint --format json
rubric lint --format github
rubric lint --format sarif
rubric lint --format junit
rubric lint --format gitlab
rubric lint --format markdown
rubric lint --base HEAD
rubric lint --base ##vso[x]
rubric health
rubric health --format csv
rubric health --format markdown
rubric health --format json
explain a
explain ours@1/a
explain ::error::x##vso[y]
schema service --for-estate
schema rubric --for-estate
schema settings --for-estate
init
complete score
complete score ::
complete explain
--format=::x
trend --domain ##vso[x
trend --nope::x
##vso[x]
-C ##vso[x] check
check ::error::x ##vso[y]
check --format github ::error::x
";

fn without_styles(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    first + &parts.map(|part| part.split_once('m').map_or(part, |(_, rest)| rest)).collect::<String>()
}

/// A line that a build server would obey. Lines end where the runners of GitHub and Azure end them.
fn command_in(text: &str, is_github: bool) -> Option<String> {
    // A patch has to have such lines.
    let headings: &[&str] = if text.contains("\n@@ ") { &[] } else { &["--- ", "+++ ", "~~~ ", "^^^ "] };
    let ignorable =
        |letter: char| matches!(letter, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
    let acts = |line: &str| {
        let seen: String = without_styles(line).chars().filter(|letter| !ignorable(*letter)).collect();
        let is_heading = headings.iter().any(|heading| seen.starts_with(heading));
        let seen = seen.trim_start().to_lowercase();
        let is_annotation =
            is_github && ["::error ", "::warning ", "::notice "].iter().any(|level| line.starts_with(level));
        let anywhere = ["##[", "##vso[", "##teamcity[", "section_start:", "section_end:", "travis_fold:"];
        let begins = seen.starts_with("::") || seen.starts_with("cargo:");
        is_heading || (begins && !is_annotation) || anywhere.iter().any(|command| seen.contains(command))
    };
    text.split(['\n', '\r']).find(|line| acts(line)).map(str::to_owned)
}

#[test]
fn no_text_commands_a_build_server_in_any_command_format_and_width() {
    let estate = estate();
    let invocations = INVOCATIONS.lines().filter(|line| !line.is_empty());
    let mut shown = 0;
    for invocation in invocations {
        let is_github = invocation.contains("--format github");
        for (width, colour) in SHAPES {
            let run = estate.run(&format!("--width {width} --color {colour} {invocation}"));
            assert_ne!(run.code, 1, "{invocation}: {}", run.err);
            for (text, is_github) in [(&run.out, is_github), (&run.err, false)] {
                let found = command_in(text, is_github);
                assert_eq!(found, None, "at width {width} in `{invocation}`");
                shown += usize::from(text.contains('\u{fffd}') || text.contains("\\u"));
            }
        }
    }
    assert!(shown > 250, "the texts are there, and made harmless: {shown}");
}

#[test]
fn this_test_would_see_a_command() {
    for line in [
        "a\n \u{1b}[1m::error::x",
        "x ##vso[y]",
        "a\r::b::",
        "##TEAMCITY[",
        "\u{200d}::x::",
        "x section_end:1",
        "a\n--- b",
        "a\r\u{1b}[1m+++ b",
        " cargo:rustc-env=x",
    ] {
        assert!(command_in(line, false).is_some(), "{line:?}");
    }
    assert_eq!(command_in("::error file=x::y\n", true), None);
}

#[test]
fn files_hold_no_command_either_and_json_gives_texts_back() {
    let estate = estate();
    for name in ["pack.md", "pack.html", "pack.csv", "pack.json", "pack.txt"] {
        let run = estate.run(&format!("report --domain shop -o {name}"));
        assert_eq!(run.out, "", "{}", run.err);
        let text = fs::read_to_string(estate.path().join(name)).expect("the file is there");
        assert_eq!(command_in(&text, false), None, "{name}");
    }
    let title = parse_json(&estate.run("show two --format json").out)["title"].clone();
    let written: String = serde_yaml::from_str(&format!("\"{NASTY}\"")).expect("it is YAML");
    assert_eq!(title, written.as_str());
}

#[test]
fn a_patch_that_had_to_be_changed_is_not_said_to_apply() {
    let estate = estate();
    let run = estate.run("score two --set a=green --because ##vso[x] --dry-run");
    assert!(run.err.contains("don't apply it"), "{}", run.err);
    let shop = run_shop_patch();
    assert!(!shop.contains("don't apply it"), "{shop}");
}

fn run_shop_patch() -> String {
    run("score bag-api --set logging=red --because Gone --confirm all --dry-run").err
}

#[test]
fn a_name_that_the_command_line_refuses_acts_on_nothing() {
    let estate = Estate::empty();
    let run = ended(command(estate.path(), "trend").arg("--x\n::error::y\u{1b}[2J ##vso[z]"));
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert_eq!(command_in(&run.err, false), None);
    assert!(!run.err.contains('\u{1b}'), "{:?}", run.err);
}

#[test]
fn scripts_and_pages_of_the_program_pass_as_they_are() {
    for args in ["completions bash", "completions zsh", "completions fish", "man", "man gate", "--help"] {
        assert!(!run(args).fine().contains('\u{fffd}'), "{args}");
    }
}
