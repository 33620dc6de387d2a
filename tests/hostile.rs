//! Files made to exhaust, block or mislead the program that reads them: it refuses them quickly, in little memory, and
//! in words that do a terminal no harm.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests lay out the files that the program reads")]
#![expect(clippy::format_collect, reason = "tests may take their time")]
#![expect(clippy::print_stderr, reason = "a test says why it is skipped")]

#[path = "support/small_rubric.rs"]
mod small_rubric;
mod support;

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::time::{Duration, Instant};

use assert_cmd::Command;
use fundamentals::diag::Severity;
use small_rubric::small_rubric;
use support::{Estate, HEAD, Run};

const SERVICE: &str = "services/checkout-api.yaml";
const RUBRIC: &str = "rubric/tiny/v1.toml";
const SETTINGS: &str = "fundamentals.toml";

/// `check`, limited.
fn check(estate: &Estate, arguments: &[&str]) -> Run {
    limited(estate, &[&["check"], arguments].concat())
}

/// The program where address space ends at 400 MB and patience after 5 seconds of work: on a busy machine the clock says
/// little.
fn limited(estate: &Estate, arguments: &[&str]) -> Run {
    let mut program = Command::new("sh");
    // Each thread reserves address space that it doesn't use; two of them show as much as many.
    program.env("RAYON_NUM_THREADS", "2").env("MALLOC_ARENA_MAX", "2");
    let limits = r#"ulimit -v 400000; ulimit -t 5; exec "$0" "$@""#;
    program.arg("-c").arg(limits).arg(env!("CARGO_BIN_EXE_fundamentals"));
    let started = Instant::now();
    program.timeout(Duration::from_secs(60));
    let run = estate.run_as(program, arguments);
    assert!(run.exit.is_some(), "killed after {:?}: {run:?}", started.elapsed());
    run
}

/// Asserts that errors of this code are found and no others, exit code 3, and that a person can read what is said.
#[track_caller]
fn assert_refused(estate: &Estate, code: &str) {
    let run = check(estate, &["--format", "json"]);
    assert_eq!(run.exit, Some(3), "{run:?}");
    let codes = run.codes(Severity::Error);
    assert!(codes.iter().eq([code]), "expected {code}, found {codes:?}");
    let run = check(estate, &[]);
    assert_eq!(run.exit, Some(3));
    assert!(run.out.contains(&format!("error[{code}]")), "{}", run.out);
    assert!(run.out.len() < 4000, "{} bytes of output", run.out.len());
    assert_eq!(run.err, "");
}

fn service(rest: &str) -> Estate {
    Estate::new().file(SERVICE, format!("{HEAD}{rest}"))
}

#[test]
fn an_alias_bomb_does_not_go_off() {
    let level = |name: char, inside: &str| format!("  - &{name} [{}]\n", [inside; 10].join(", "));
    let levels = ('a'..='j').zip(["x", "*a", "*b", "*c", "*d", "*e", "*f", "*g", "*h", "*i"]);
    let bomb: String = levels.map(|(name, inside)| level(name, inside)).collect();
    assert_refused(&service(&format!("tags:\n{bomb}")), "too-complex");
}

#[test]
fn what_aliases_and_anchors_copy_is_counted_in_bytes() {
    let long = "x".repeat(120_000);
    let aliases = vec!["*a"; 5_000].join(", ");
    assert_refused(&service(&format!("owner: &a {long}\ntags: [{aliases}]\n")), "too-complex");
    assert_refused(&service(&format!("owner: &a {{ k: {long} }}\ntags: [{aliases}]\n")), "too-complex");
    let nested: String = (0..12).map(|level| format!("&a{level} [")).collect();
    assert_refused(&service(&format!("tags: {nested}{long}{}\n", "]".repeat(12))), "too-complex");
    let values = vec!["x"; 20_000].join(",");
    assert_refused(&service(&format!("tags: &a [{values}]\n")), "too-complex");
    let run =
        check(&service(&format!("title: &a {}\nowner: *a\n", "x".repeat(500_000))), &["--format", "concise"]);
    assert_eq!(run.exit, Some(0), "{}", run.out);
}

#[test]
fn an_alias_of_what_contains_it_is_refused() {
    assert_refused(&service("tags: &a [x, *a]\n"), "invalid-yaml");
    assert_refused(&service("tags: &a\n  again: *a\n"), "invalid-yaml");
}

#[test]
fn deep_yaml_overflows_no_stack() {
    assert_refused(&service(&format!("tags: {}\n", "[".repeat(100_000))), "too-deep");
    assert_refused(&service(&format!("tags: {}\n", "{a: ".repeat(100_000))), "too-deep");
    assert_refused(&service(&format!("tags: {}\n", "- ".repeat(100_000))), "invalid-yaml");
    assert_refused(&service(&format!("tags:\n  {}x\n", "- ".repeat(100_000))), "too-deep");
    assert_refused(&service(&format!("tags:\n  {}x\n", "? ".repeat(100_000))), "too-deep");
    let steps: String = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert_refused(&Estate::new().file(SERVICE, steps), "too-deep");
}

#[test]
fn deep_toml_overflows_no_stack() {
    let arrays = format!("a = {}", "[".repeat(100_000));
    let closed = format!("a = {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    let tables = format!("a = {}", "{a=".repeat(100_000));
    let dotted = format!("a{} = 1\n", ".a".repeat(100_000));
    let header = format!("[a{}]\n", ".a".repeat(100_000));
    for text in [&arrays, &closed, &tables, &dotted, &header] {
        for path in [SETTINGS, RUBRIC] {
            assert_refused(&service("").file(path, text), "too-deep");
        }
    }
}

#[test]
fn a_file_over_the_limit_is_not_read() {
    let estate = service("title: ");
    File::options().append(true).open(estate.path(SERVICE)).unwrap().set_len(100 << 20).unwrap();
    assert_refused(&estate, "file-too-large");
    let estate = service("").file(SETTINGS, "");
    File::options().append(true).open(estate.path(SETTINGS)).unwrap().set_len(100 << 20).unwrap();
    assert_refused(&estate, "file-too-large");
}

#[test]
fn a_long_text_within_a_raised_limit_is_read() {
    let estate = service(&format!("title: {}\n", "x".repeat(20 << 20)));
    let estate = estate.file(SETTINGS, "[estate]\nmax-file-mib = 200\n");
    let run = check(&estate, &["--format", "concise"]);
    assert_eq!(run.exit, Some(0), "{run:?}");
    assert!(run.out.contains("no-assessments"), "{run:?}");
}

#[test]
fn too_many_values_are_refused() {
    let keys: String = (0..300_000).map(|key| format!("k{key}: x\n")).collect();
    assert_refused(&Estate::new().file(SERVICE, keys), "too-complex");
    let keys: String = (0..300_000).map(|key| format!("k{key}: x, ")).collect();
    assert_refused(&Estate::new().file(SERVICE, format!("{{ {keys} }}")), "too-complex");
    assert_refused(&Estate::new().file(SERVICE, "- \n".repeat((8 << 20) / 3)), "too-complex");
    assert_refused(&Estate::new().file(SERVICE, "- ".repeat(4 << 20)), "too-deep");
}

#[test]
fn thousands_of_mistakes_are_all_told_in_time() {
    let scores: String = (0..5_000).map(|number| format!("      c{number}: green\n")).collect();
    let text =
        format!("assessments:\n  - date: 2026-11-03\n    rubric: fundamentals@2\n    scores:\n{scores}");
    let run = check(&service(&text), &["--format", "concise"]);
    assert_eq!(run.exit, Some(3));
    assert_eq!(run.out.lines().count(), 5_000);
}

#[test]
fn the_same_mistake_over_and_over_is_told_in_time() {
    // Far apart, so that what lies between the two places is not shown with each of them.
    let keys: String = (0..3_000).map(|key| format!("k{key}:\n")).collect();
    for text in [keys.repeat(2), "a:\n".repeat(300_000), "a: &a b\n".repeat(150_000)] {
        let run = check(&Estate::new().file(SERVICE, text), &[]);
        assert_eq!(run.exit, Some(3));
        assert!(run.out.contains("error[duplicate-key]"));
    }
}

const SLOS: &str = "slo/a.json";

#[test]
fn reports_that_are_deep_or_many_are_refused_in_time() {
    let most = 8 << 20;
    for text in [
        "[".repeat(most),
        "{\"goal\":".repeat(most / 8),
        format!("[{}0]", "0,".repeat(most / 2 - 2)),
        format!("[{}{{}}]", "{},".repeat(most / 3 - 2)),
        "{\"goal\":1}".repeat(most / 10),
        format!("{{{}\"goal\":1}}", "\"\":0,".repeat(most / 5 - 3)),
        format!("{{{}\"goal\":1}}", "\"goal\":0,".repeat(most / 9 - 3)),
        format!("{{\"goal\":{}}}", "1".repeat(most - 10)),
    ] {
        let run = check(&service("").file(SLOS, text), &["--format", "concise"]);
        assert_eq!(run.exit, Some(3));
        assert!(run.out.lines().count() <= 150, "{}", run.out.lines().count());
        assert!(run.out.len() < 40_000, "{} bytes of output", run.out.len());
    }
}

#[test]
fn wrong_rows_of_results_are_told_in_time_and_not_all_of_them() {
    let head = "service,slo,period,objective,attained\n";
    for row in ["X,,x,y,z\n", "a\n", "a,b,2026-01,99%,99%\n", "\"\n", "a,b,2026-13,9,9\n"] {
        let text = format!("{head}{}", row.repeat((8 << 20) / row.len() - 10));
        let run = check(&service("").file("slo/a.csv", text), &["--format", "concise"]);
        assert_eq!(run.exit, Some(3), "{row}: {}", run.err);
        assert!(run.out.lines().count() <= 150, "{row}: {} lines", run.out.lines().count());
        assert!(run.out.contains("slo/a.csv:"), "{row}");
    }
}

#[test]
fn reports_that_all_disagree_are_told_in_time() {
    let report = |number: u32| {
        format!(
            "{{\"service_name\":\"checkout-api\",\"slo_name\":\"a\",\"goal\":1,\"sli_measurement\":0.{number:06},\
             \"window\":2592000,\"timestamp\":1793491200}}\n"
        )
    };
    let text: String = (0..50_000).map(report).collect();
    let run = check(&service("").file(SLOS, text), &["--format", "concise"]);
    assert_eq!(run.exit, Some(3));
    assert_eq!(run.out.matches("error[duplicate-slo]").count(), 19);
}

/// A rubric of many categories, each with `more`.
fn large_rubric(major: u32, prefix: &str, head: &str, more: impl Fn(usize) -> String) -> String {
    let lines = |at: usize| format!("red = \"r{at}\"\n# no amber\ngreen = \"g{at}\"\n{}", more(at));
    let categories: Vec<_> = (0..4_000).map(|at| (format!("{prefix}{at}"), lines(at))).collect();
    small_rubric(&format!("big@{major}"), &format!("published = 2024-01-01\n{head}"), &categories)
}

#[test]
fn a_rubric_of_thousands_of_mistakes_is_linted_in_time() {
    let retired: Vec<_> = (0..4_000).map(|at| format!("\"y{at}\"")).collect();
    let estate = Estate::new().file("rubric/v1.toml", large_rubric(1, "c", "", |_| String::new())).file(
        "rubric/v2.toml",
        large_rubric(2, "d", &format!("retired = [{}]", retired.join(",")), |at| {
            format!("from = [\"x{at}\"]")
        }),
    );
    let run = limited(&estate, &["rubric", "lint", "--format", "concise"]);
    assert_eq!(run.exit, Some(3), "{}", run.err);
    for code in ["unknown-source", "unknown-retired", "lost-category"] {
        let told = run.out.lines().filter(|line| line.contains(&format!("error[{code}]"))).count();
        assert_eq!(told, 4_000, "{code}");
    }
}

#[test]
fn broken_toml_is_not_told_of_every_byte() {
    for unit in ["=", "}", "a=1\n", "\r", "a = [\"", "[a]\n"] {
        for text in [unit.repeat(20_000), format!("a = [{}", unit.repeat((1 << 19) / unit.len()))] {
            let run = check(&service("").file(SETTINGS, text), &[]);
            assert_eq!(run.exit, Some(3));
            assert!(run.out.len() < 20_000, "{unit}: {} bytes of output", run.out.len());
        }
    }
}

/// `check -` with this on standard input.
fn check_stdin(bytes: impl Into<Vec<u8>>) -> Run {
    let mut program = Command::new(env!("CARGO_BIN_EXE_fundamentals"));
    program.write_stdin(bytes).timeout(Duration::from_secs(5));
    service("").run_as(program, &["check", "--format", "json", "-"])
}

#[test]
fn standard_input_is_refused_like_a_file() {
    for (bytes, code) in [
        (b"title: caf\xe9\n".to_vec(), "not-utf8"),
        (b"y\n".repeat(10 << 20), "file-too-large"),
        (b"".to_vec(), "empty-file"),
    ] {
        let run = check_stdin(bytes);
        assert_eq!(run.exit, Some(3), "{run:?}");
        assert!(run.codes(Severity::Error).iter().eq([code]), "{}", run.out);
        assert_eq!(run.json()["problems"][0]["at"]["path"], "-");
    }
    assert_eq!(check_stdin(HEAD.replace("checkout-api", "another")).exit, Some(0));
}

#[test]
fn a_folder_where_a_file_is_expected_is_told() {
    let estate = service("");
    fs::create_dir(estate.path("services/x.yaml")).unwrap();
    assert_refused(&estate, "not-a-file");
}

#[test]
fn nobody_waits_for_a_pipe() {
    for path in ["services/x.yaml", SETTINGS, RUBRIC] {
        let estate = service("").file("rubric/tiny/README.md", "");
        Command::new("mkfifo").arg(estate.path(path)).assert().success();
        assert_refused(&estate, "not-a-file");
    }
}

#[test]
fn a_file_that_may_not_be_read_is_told() {
    for path in [SERVICE, SETTINGS] {
        let estate = service("").file(SETTINGS, "");
        fs::set_permissions(estate.path(path), Permissions::from_mode(0o000)).unwrap();
        if File::open(estate.path(path)).is_ok() {
            eprintln!("skipped: whoever runs this may read everything");
            return;
        }
        assert_refused(&estate, "unreadable-file");
    }
}

#[test]
fn a_folder_that_may_not_be_read_is_told() {
    let estate = service("").file("services/closed/x.yaml", "");
    fs::set_permissions(estate.path("services/closed"), Permissions::from_mode(0o000)).unwrap();
    if fs::read_dir(estate.path("services/closed")).is_ok() {
        eprintln!("skipped: whoever runs this may read everything");
        return;
    }
    assert_refused(&estate, "unreadable-file");
    fs::set_permissions(estate.path("services/closed"), Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn links_that_lead_in_a_circle_are_told() {
    let estate = service("");
    symlink(".", estate.path("services/again")).unwrap();
    assert_refused(&estate, "unreadable-file");
    for path in ["services/x.yaml", SETTINGS] {
        let estate = service("");
        symlink(estate.path(path), estate.path(path)).unwrap();
        assert_refused(&estate, "unreadable-file");
    }
}

#[test]
fn a_link_to_nothing_is_told() {
    for path in ["services/x.yaml", SETTINGS] {
        let estate = service("");
        symlink("nowhere", estate.path(path)).unwrap();
        assert_refused(&estate, "no-such-path");
    }
}

#[test]
fn a_path_that_does_not_exist_is_never_passed_over() {
    for path in ["nope.yaml", "services/nope.yaml", "nope/", "checkout-api.yaml/x"] {
        let run = check(&service(""), &["--format", "json", path]);
        assert_eq!(run.exit, Some(3), "{path}: {run:?}");
        assert_eq!(run.json()["problems"][0]["code"], "no-such-path", "{path}: {}", run.out);
        assert_eq!(run.json()["problems"].as_array().unwrap().len(), 1, "{path}: {}", run.out);
    }
}

#[test]
fn nothing_to_check_is_no_pass() {
    assert_refused(&Estate::new(), "nothing-to-check");
    assert_refused(&Estate::new().file(SETTINGS, ""), "nothing-to-check");
    let estate = service("").file("docs/README.md", "");
    let run = check(&estate, &["--format", "json", "docs"]);
    assert_eq!((run.exit, &run.json()["problems"][0]["code"]), (Some(3), &"nothing-to-check".into()));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let utf16: Vec<u8> =
        std::iter::once(0xfeff_u16).chain(HEAD.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let utf16_without_mark: Vec<u8> = HEAD.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let surrogate = [HEAD.as_bytes(), b"title: \xed\xa0\x80\n"].concat();
    let overlong = [HEAD.as_bytes(), b"title: \xc0\xaf\n"].concat();
    let cut_off = [HEAD.as_bytes(), b"title: \xf0\x9f"].concat();
    assert_refused(&Estate::new().file(SERVICE, &utf16), "not-utf8");
    assert_refused(&Estate::new().file(SERVICE, &utf16_without_mark), "invalid-yaml");
    for bytes in [&surrogate, &overlong, &cut_off] {
        assert_refused(&Estate::new().file(SERVICE, bytes), "not-utf8");
        assert_refused(&service("").file(SETTINGS, bytes), "not-utf8");
        assert_refused(&service("").file(RUBRIC, bytes), "not-utf8");
    }
    assert_refused(&service("title: a\0b\n"), "invalid-yaml");
    assert_refused(&Estate::new().file(SERVICE, [0; 1000]), "invalid-yaml");
    assert_refused(&service("").file(SETTINGS, "[estate]\nname = \"a\0b\"\n"), "invalid-toml");
}

#[test]
fn a_mistake_at_the_end_of_a_line_of_a_megabyte_is_shown_in_a_few() {
    let long = "x".repeat(1 << 20);
    assert_refused(
        &service(&format!("links: [{{ title: {long}, href: 'javascript:x' }}]\n")),
        "invalid-value",
    );
    assert_refused(&service(&format!("owner: {long}\ntitle: [{long}, y]\n")), "wrong-type");
    assert_refused(&service(&format!("tags: [{long}\n")), "invalid-yaml");
    assert_refused(&service(&format!("? {long}\n: x\n")), "unknown-key");
    assert_refused(&service(&format!("{long}: x\n")), "invalid-yaml");
    assert_refused(&Estate::new().file(SERVICE, HEAD.replace("shopping", &long)), "invalid-id");
    assert_refused(
        &Estate::new().file(SERVICE, HEAD.replace("business-critical", &long)),
        "unknown-criticality",
    );
    let within_the_limit = &long[..1 << 19];
    assert_refused(&service("").file(SETTINGS, format!("{within_the_limit} = 1\n")), "unknown-key");
    let open = format!("[estate]\nname = \"{within_the_limit}\n");
    assert_refused(&service("").file(SETTINGS, open), "invalid-toml");
}

#[test]
fn settings_and_rubrics_of_more_than_a_mebibyte_are_not_read() {
    let long = format!("name = \"{}\"\n", "x".repeat(1 << 20));
    assert_refused(&service("").file(SETTINGS, format!("[estate]\n{long}")), "file-too-large");
    assert_refused(&service("").file(RUBRIC, long), "file-too-large");
}

#[test]
fn a_link_that_leads_out_of_the_estate_is_not_followed() {
    let elsewhere = Estate::new().file("secret.yaml", "password: 1234\n");
    let estate = service("");
    symlink(elsewhere.path("."), estate.path("services/folder")).unwrap();
    symlink(elsewhere.path("secret.yaml"), estate.path("services/file.yaml")).unwrap();
    symlink("/", estate.path("services/everything")).unwrap();
    symlink(estate.path(SERVICE), estate.path("services/within.txt")).unwrap();
    let run = check(&estate, &[]);
    assert_eq!(run.exit, Some(3));
    assert_eq!(run.out.matches("error[unreadable-file]").count(), 3, "{}", run.out);
    assert!(!run.out.contains("password"), "{}", run.out);
}

#[test]
fn globs_and_settings_that_lead_out_are_refused_before_anything_is_read() {
    let elsewhere =
        Estate::new().file("x.yaml", "password: 1234\n").file("fundamentals.toml", "password = 1234\n");
    let name = elsewhere.path(".").canonicalize().unwrap();
    let (folder, full) = (name.file_name().unwrap().to_str().unwrap(), name.display().to_string());
    for glob in [
        format!("{full}/*.yaml"),
        format!("../{folder}/*.yaml"),
        format!("services/../../{folder}/*.yaml"),
        "services/../**/*.yaml".to_owned(),
        "C:/*.yaml".to_owned(),
        "//server/*.yaml".to_owned(),
    ] {
        for key in ["[estate]\nservices", "[estate]\nrubrics", "[slo]\nfiles"] {
            let estate = service("").file(SETTINGS, format!("{key} = ['{glob}', 'services/*.yaml']\n"));
            let run = check(&estate, &[]);
            assert!(
                run.out.contains("leads out of the estate") && !run.out.contains("password"),
                "{glob}: {run:?}"
            );
            assert_eq!(run.exit, Some(3));
        }
    }
    let estate = service("");
    symlink(elsewhere.path(SETTINGS), estate.path(SETTINGS)).unwrap();
    let run = check(&estate, &[]);
    assert!(run.exit == Some(3) && !run.out.contains("password"), "{run:?}");
    // A folder on the way to the first wildcard.
    let estate = service("").file(SETTINGS, "[estate]\nservices = ['a/b/*.yaml', 'services/*.yaml']\n");
    let deep = Estate::new().file("b/x.yaml", "password: 1234\n");
    symlink(deep.path("."), estate.path("a")).unwrap();
    let run = check(&estate, &[]);
    assert!(run.exit == Some(3) && !run.out.contains("password"), "{run:?}");
}

#[test]
fn folders_that_link_to_each_other_cost_little_and_hide_no_file() {
    let estate = service("");
    for at in 0..18 {
        fs::create_dir(estate.path(format!("services/{at}"))).unwrap();
        for to in 0..18 {
            symlink(format!("../{to}"), estate.path(format!("services/{at}/{to}"))).unwrap();
        }
    }
    let run = check(&estate, &[]);
    assert_eq!((run.exit, run.out.matches("error[unreadable-file]").count()), (Some(3), 1), "{run:?}");
    assert!(run.out.contains("following the symbolic links never ends"), "{run:?}");
}

#[test]
fn devices_sockets_and_huge_files_without_content_keep_nobody_waiting() {
    let estate = service("");
    let _socket = std::os::unix::net::UnixListener::bind(estate.path("services/x.yaml")).unwrap();
    assert_refused(&estate, "not-a-file");
    let estate = service("");
    let sparse = File::create(estate.path("services/x.yaml")).unwrap();
    sparse.set_len(1 << 40).unwrap();
    assert_refused(&estate, "file-too-large");
    for target in ["/dev/zero", "/proc/kmsg", "/proc/self/root"] {
        let estate = service("");
        symlink(target, estate.path("services/x.yaml")).unwrap();
        assert_refused(&estate, "unreadable-file");
    }
}

const FORMATS: [&str; 8] = ["human", "concise", "json", "github", "sarif", "junit", "gitlab", "markdown"];

/// What moves a cursor, changes colours or reorders text, raw.
fn acts_on_a_terminal(letter: char) -> bool {
    let reorders =
        matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    (letter.is_control() && letter != '\n') || reorders
}

#[track_caller]
fn assert_harmless(estate: &Estate) {
    for format in FORMATS {
        let run = check(estate, &["--format", format]);
        assert_eq!(run.exit, Some(3), "{format}: {run:?}");
        let harm = run.out.chars().chain(run.err.chars()).find(|letter| acts_on_a_terminal(*letter));
        assert_eq!(harm, None, "{format}: {}", run.out);
    }
}

#[test]
fn nothing_in_a_file_acts_on_a_terminal() {
    // YAML's escapes become the characters themselves.
    let hostile = r"\e[31mred\e[0m\a\r\n\x9b2J\u202egnp.exe\u2066\u200f";
    let rest = format!(
        "\"{hostile}\": x\nowner: [\"{hostile}\"]\nassessments:\n  - date: \"{hostile}\"\n    rubric: \"{hostile}\"\n  \
         - date: 2026-11-03\n    rubric: fundamentals@2\n    scores:\n      \"{hostile}\": green\n      \
         logging: \"{hostile}\"\n      metrics: {{ inherited-from: \"{hostile}\" }}\n"
    );
    let head = HEAD.lines().map(|line| line.split(':').next().unwrap());
    let head: String = head.map(|key| format!("{key}: \"{hostile}\"\n")).collect();
    assert_harmless(&Estate::new().file(SERVICE, format!("{head}{rest}")));
    assert_harmless(&Estate::new().file(SERVICE, format!("{HEAD}{rest}")));
    let toml = r#""\u001b[31m\u202e\r\n" = 1
[estate]
services = ["\u001b[31m\u202e["]
default-rubric = "\u001b[31m\u202e"
"#;
    assert_harmless(&service("").file(SETTINGS, toml));
    // Characters that need no escape to be in a file.
    let raw = "\u{202e}gnp.exe\u{2066}\u{200f}\u{85}";
    assert_harmless(&service(&format!("{raw}: x\ntitle: [{raw}]\n")));
    assert_harmless(&service(&format!("title: '{raw}': x\n")));
    assert_harmless(&service("").file(SETTINGS, format!("'{raw}' = 1\nname = {raw}\n")));
}

#[test]
fn a_services_hostile_name_acts_on_no_terminal_in_tables() {
    let name = "\u{1b}[31mred\u{202e}";
    let estate = service("").file(format!("services/{name}.yaml"), "service: [\n");
    let run = estate.run(&["trend"]);
    assert_eq!(run.exit, Some(3), "{run:?}");
    assert!(!run.err.contains(acts_on_a_terminal) && !run.out.contains(acts_on_a_terminal), "{run:?}");
    assert_harmless(&estate);
}

#[cfg(target_os = "linux")]
#[test]
fn every_file_name_can_be_shown() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let names: [&[u8]; 5] = [b"a b.yaml", b"a\nb.yaml", b"a\x1b[31mb.yaml", b"caf\xe9.yaml", b"\xff.yaml"];
    for name in names {
        let estate = Estate::new().file(std::path::Path::new("services").join(OsStr::from_bytes(name)), HEAD);
        assert_harmless(&estate);
        assert_refused(&estate, "file-name-mismatch");
        let run = check(&estate, &["--format", "concise"]);
        assert_eq!(run.out.lines().filter(|line| line.contains("error[")).count(), 1, "{}", run.out);
    }
}

#[test]
fn where_no_thread_can_be_made_the_work_is_done_all_the_same() {
    let program = env!("CARGO_BIN_EXE_fundamentals");
    let root = fs::metadata("/proc/self").map(|about| std::os::unix::fs::MetadataExt::uid(&about) == 0);
    let mut command = Command::new("sh");
    // Root may make as many as it likes.
    let drop = if root.unwrap_or(false) { "setpriv --reuid 65534 --clear-groups" } else { "" };
    command.arg("-c").arg(format!("exec {drop} prlimit --nproc=0 \"$0\" \"$@\"")).arg(program);
    let estate = service("");
    fs::set_permissions(estate.path(""), Permissions::from_mode(0o755)).unwrap();
    let run = estate.run_as(command, &["check", "--format", "concise"]);
    if matches!(run.exit, Some(126 | 127)) {
        eprintln!("skipped: {}", run.err);
        return;
    }
    assert_eq!(run.exit, Some(0), "{}", run.err);
    assert!(run.out.contains("no-assessments"), "{}", run.out);
}

/// A version of a rubric in which each category continues all of these of the version before, if any.
fn tangle(version: usize, ids: &[String], from: &[String]) -> String {
    let from = if from.is_empty() { String::new() } else { format!("from = {from:?}") };
    let categories: Vec<_> = ids.iter().map(|id| (id, format!("# no amber\n{from}"))).collect();
    small_rubric(&format!("tangle@{version}"), "", &categories)
}

/// A service that drops from green to red in the last of 30 versions, each of whose categories continues all of the one
/// before.
fn merged_and_split_again(categories: usize) -> Estate {
    let ids: Vec<_> = (0..categories).map(|at| format!("c{at}")).collect();
    let rubric = |version: usize| tangle(version, &ids, if version == 1 { &[] } else { &ids });
    let rated = |colour| ids.iter().map(|id| format!("{id}: {colour}")).collect::<Vec<_>>().join(", ");
    let assessments = format!(
        "assessments:\n  - {{ date: 2026-01-01, rubric: tangle@1, scores: {{ {} }} }}\n  \
         - {{ date: 2026-02-01, rubric: tangle@30, scores: {{ {} }} }}\n",
        rated("green"),
        rated("red")
    );
    (1..=30).fold(service(&assessments), |estate, version| {
        estate.file(format!("rubric/v{version}.toml"), rubric(version))
    })
}

#[test]
fn categories_that_are_merged_and_split_in_each_version_do_not_multiply_what_is_carried() {
    let estate = merged_and_split_again(2);
    for arguments in ["check", "show checkout-api", "trend", "gate"] {
        let run = limited(&estate, &arguments.split(' ').collect::<Vec<_>>());
        assert_eq!(run.exit, Some(0), "{arguments}: {}{}", run.out, run.err);
        assert_eq!(run.out.matches("[drop-to-red]").count(), if arguments == "gate" { 2 } else { 0 });
    }
}

/// A service that inherits two categories from the next one, under a rubric in which each continues both; the last is
/// rated.
fn inherited_and_merged(services: usize) -> Estate {
    let ids = ["a", "b"].map(str::to_owned);
    let estate = Estate::new()
        .file("rubric/v1.toml", tangle(1, &ids, &[]))
        .file("rubric/v2.toml", tangle(2, &ids, &ids));
    (0..services).fold(estate, |estate, at| {
        let verdict = match at + 1 {
            next if next < services => format!("{{ inherited-from: s{next} }}"),
            _ => "green".to_owned(),
        };
        let text = format!(
            "service: s{at}\ndomain: d\nplatform: p\ncriticality: low\nassessments:\n  \
             - {{ date: 2026-01-01, rubric: tangle@1, scores: {{ a: {verdict}, b: {verdict} }} }}\n  \
             - {{ date: 2026-02-01, rubric: tangle@2, confirmed: all }}\n"
        );
        estate.file(format!("services/s{at}.yaml"), text)
    })
}

#[test]
fn inherited_categories_that_are_merged_do_not_multiply_the_questions_to_providers() {
    let estate = inherited_and_merged(60);
    for arguments in ["show s0", "trend", "gate", "report"] {
        let run = limited(&estate, &arguments.split(' ').collect::<Vec<_>>());
        assert_eq!(run.exit, Some(0), "{arguments}: {}{}", run.out, run.err);
    }
}
