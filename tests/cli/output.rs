//! What goes where and in which form: formats, colour, escape sequences, pipes, folders, exit codes.

use std::fs;
use std::process::{Command, Stdio};

use unicode_width::UnicodeWidthStr;

use crate::support::{
    BY, COUNTS, ELSEWHERE, Estate, GOLDEN_THREAD, TODAY, UNSET, assessed, command, counts, csv, ended,
    json_counts, parse_csv, parse_json, run, run_in, shop, values,
};

const HEADER: &str = "period,as_of,domain,platform,service,pillar,category,colour,red,amber,green,\
                      not_applicable,not_assessed,needs_rescore,applicable,rubric,carried,joined,left,retired,\
                      rubric_id";

#[test]
fn the_csv_header_only_ever_grows_at_its_end() {
    for by in BY {
        let text = run(&format!("trend --by {by} --format csv")).fine();
        assert!(text.starts_with(&format!("{HEADER}\r\n")), "{by}: {text}");
    }
}

#[test]
fn csv_lines_end_as_the_standard_says() {
    let text = run("trend --format csv").fine();
    assert!(text.ends_with("\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(parse_csv(&text).len(), 17 * 6);
}

#[test]
fn applicable_is_the_sum_of_its_parts() {
    for by in BY {
        for row in csv(&format!("--by {by} --since 2024-11-01")) {
            let [red, amber, green, _, not_assessed, needs_rescore, applicable] = counts(&row);
            assert_eq!(applicable, red + amber + green + not_assessed + needs_rescore, "{row:?}");
        }
    }
}

/// Counts of all rows of a period together.
fn totals(by: &str) -> Vec<(String, [usize; 7])> {
    let rows = csv(&format!("--by {by} --since 2024-11-01"));
    let total = |period: &String| {
        let of_period = rows.iter().filter(|row| row["period"] == *period).map(counts);
        of_period.fold([0; 7], |sum, row| std::array::from_fn(|at| sum[at] + row[at]))
    };
    values(&rows, "period").iter().map(|period| (period.clone(), total(period))).collect()
}

#[test]
fn every_kind_of_row_adds_up_to_the_same() {
    let by_service = totals("service");
    assert_eq!(by_service.len(), 25);
    for by in BY {
        assert_eq!(totals(by), by_service, "{by}");
    }
}

#[test]
fn a_single_service_has_a_colour_and_several_have_none() {
    const COLOURS: [&str; 6] = ["red", "amber", "green", "incomplete", "not-applicable", "not-assessed"];
    for row in csv("--since 2024-11-01") {
        if row["retired"] == "1" {
            assert_eq!(row["colour"], "", "{row:?}");
            continue;
        }
        assert!(COLOURS.contains(&row["colour"].as_str()), "{row:?}");
        let [red, _, green, _, not_assessed, _, applicable] = counts(&row);
        assert_eq!(row["colour"] == "red", red > 0, "{row:?}");
        assert_eq!(row["colour"] == "green", green == applicable, "{row:?}");
        assert_eq!(row["colour"] == "not-assessed", not_assessed == applicable, "{row:?}");
    }
    for by in ["platform", "domain", "pillar", "category"] {
        for row in csv(&format!("--by {by}")).iter().filter(|row| row["service"].is_empty()) {
            assert_eq!(row["colour"], "", "{row:?}");
        }
    }
}

#[test]
fn columns_that_a_row_adds_up_over_are_empty() {
    for (by, filled) in [
        ("service", ["domain", "platform", "service"].as_slice()),
        ("domain", &["domain"]),
        ("pillar", &["pillar"]),
        ("category", &["pillar", "category"]),
    ] {
        for row in csv(&format!("--by {by} --last 1")) {
            for column in ["domain", "platform", "service", "pillar", "category"] {
                assert_eq!(!row[column].is_empty(), filled.contains(&column), "{by}: {row:?}");
            }
        }
    }
}

/// Ids and labels are all the text that a CSV of a trend holds. None can begin like a formula, because such ids are
/// errors; the escaping behind that is tested where it is written, in `report::spreadsheet`.
#[test]
fn no_cell_can_be_a_formula() {
    let mut estate = Estate::empty().with_service("good", ELSEWHERE, &assessed("2026-11-01", "logging: red"));
    for (at, start) in ["=", "+", "-", "@", "\\t", "\\r", " "].iter().enumerate() {
        for key in ["service", "platform", "domain"] {
            let id =
                |other: &str| if other == key { format!("\"{start}cmd\"") } else { format!("x{at}{key}") };
            let text = format!(
                "service: {}\nplatform: {}\ndomain: {}\ncriticality: low\nassessments:\n{}",
                id("service"),
                id("platform"),
                id("domain"),
                assessed("2026-11-01", "logging: red")
            );
            estate = estate.with(&format!("services/x{at}{key}.yaml"), &text);
        }
    }
    let run = estate.run("trend --format csv");
    assert_eq!(run.code, 3);
    let rows = parse_csv(&run.out);
    assert_eq!(rows.len(), 1, "{}", run.out);
    assert_eq!(rows[0]["service"], "good");
}

#[test]
fn json_says_what_the_csv_says() {
    for by in BY {
        let json = parse_json(&run(&format!("trend --by {by} --last 8 --format json")).fine());
        assert_eq!((json["format"].as_str(), json["by"].as_str()), (Some("fundamentals/trend/v1"), Some(by)));
        let rows = json["rows"].as_array().expect("rows");
        let cells = rows.iter().flat_map(|row| {
            let periods = row["periods"].as_array().expect("periods");
            periods.iter().map(move |period| (row, period))
        });
        let cells: Vec<_> = cells.collect();
        let csv = csv(&format!("--by {by} --last 8"));
        assert_eq!(cells.len(), csv.len(), "{by}");
        for ((row, period), line) in cells.into_iter().zip(&csv) {
            for column in ["domain", "platform", "service", "pillar", "category"] {
                assert_eq!(row[column].as_str().unwrap_or_default(), line[column], "{line:?}");
            }
            for column in ["period", "as_of", "colour"] {
                assert_eq!(period[column].as_str().unwrap_or_default(), line[column], "{line:?}");
            }
            assert_eq!(json_counts(&period["judgements"]), counts(line), "{line:?}");
        }
    }
}

/// What a column of a Markdown table would end at.
fn unescaped_pipes(line: &str) -> usize {
    line.replace("\\\\", "").replace("\\|", "").matches('|').count()
}

#[test]
fn no_title_breaks_a_markdown_table() {
    let title =
        r#""a|b `c | d` \\| <script>alert(1)</script>\nnext [x](javascript:alert(1)) ![y](//z) @all""#;
    let estate = Estate::empty()
        .with_service("bad", &format!("title: {title}\n{ELSEWHERE}"), &assessed("2026-10-01", "logging: red"))
        .with_service("good", ELSEWHERE, &assessed("2026-10-01", "logging: red"));
    let text = estate.run("trend --format markdown").fine();
    let table: Vec<_> = text.lines().take_while(|line| !line.is_empty()).collect();
    assert_eq!(table.len(), 4, "{text}");
    for line in &table {
        assert_eq!(unescaped_pipes(line), 6, "{line}");
    }
    for markup in ["<script", " `c", "[x]", "javascript:a", "@all"] {
        assert!(!text.contains(markup), "{markup} in {text}");
    }
}

/// What nothing that is shown may hold: it moves cursors, sets titles, hides text or turns it around.
const HOSTILE: [char; 14] = [
    '\u{0}', '\u{7}', '\u{8}', '\u{c}', '\u{7f}', '\u{85}', '\u{9b}', '\u{9d}', '\u{ad}', '\u{200b}',
    '\u{200f}', '\u{202e}', '\u{2066}', '\u{feff}',
];

/// An estate in which every text that a file may hold is hostile.
fn hostile() -> Estate {
    let text = |word: &str| {
        let letters = HOSTILE.iter().filter(|letter| **letter != '\u{0}');
        let letters: Vec<_> = letters.map(|letter| format!("\\u{:04x}", u32::from(*letter))).collect();
        let letters = letters.concat();
        // Reverse video is a style that the program never uses itself.
        format!("\"{word} \\e[7m \\e]0;title\\a \\e[2J {letters} {word}\"")
    };
    let head = format!(
        "title: {}\nowner: {}\ntags: [{}]\nlinks: [{{ title: {}, href: https://example.com }}]\n{GOLDEN_THREAD}",
        text("title"),
        text("owner"),
        text("tag"),
        text("link")
    );
    let rest = format!(
        "  - {{ date: 2026-10-01, rubric: tiny@1, by: [{who}], scores: {{ logging: {{ rag: amber, because: {because} }} }} }}\n  \
           - {{ date: 2026-11-01, rubric: tiny@1, by: [{who}], scores: {{ logging: {{ rag: red, because: {because} }} }} }}\n\
         actions:\n  - {{ what: {what}, category: logging, owner: {who}, support: {who}, raised: 2026-11-01 }}\n",
        who = text("who"),
        because = text("because"),
        what = text("what"),
    );
    let waiver = format!(
        "waivers:\n  - {{ category: logging, until: 2026-12-01, because: {}, approved-by: {} }}\n",
        text("waived"),
        text("boss")
    );
    // TOML knows no \e and no \a.
    let toml = |word: &str| text(word).replace("\\e", "\\u001b").replace("\\a", "\\u0007");
    let rubric = format!(
        "id = \"tiny\"\nversion = \"1.0\"\ntitle = {}\npublished = 2025-01-01\n[[pillar]]\nid = \"basics\"\ntitle = {}\n\
         [[pillar.category]]\nid = \"logging\"\ntitle = {}\nquestion = {}\nred = {}\namber = {}\ngreen = {}\n\
         guidance = [{{ title = {}, href = \"docs/logging.md\" }}]\n",
        toml("rubric"),
        toml("pillar"),
        toml("category"),
        toml("question"),
        toml("red"),
        toml("amber"),
        toml("green"),
        toml("guidance"),
    );
    let settings = format!(
        "[estate]\nname = {}\n[[domain]]\nid = \"shop\"\ntitle = {}\nreviews = [2026-10-15]\n",
        toml("estate"),
        toml("domain")
    );
    Estate::empty()
        .with("fundamentals.toml", &settings)
        .with("rubric/tiny/v1.toml", &rubric)
        .with_service("denied", &head, &rest)
        .with_service("waived", &head, &format!("{rest}{waiver}"))
}

#[test]
fn nothing_in_a_file_acts_on_a_terminal() {
    let estate = hostile();
    for (code, args) in [
        (0, "check"),
        (0, "trend"),
        (0, "trend --width 60"),
        (0, "trend --by domain"),
        (0, "trend --by pillar"),
        (0, "trend --by category"),
        (0, "trend --format csv"),
        (0, "trend --format markdown"),
        (0, "trend --format json"),
        (2, "trend --tag nothing-like-it"),
        (4, "gate"),
        (0, "show denied"),
        (0, "show waived"),
        (0, "show denied --format json"),
        (0, "rubric list"),
        (0, "rubric show"),
        (0, "rubric show --format markdown"),
        (0, "rubric health"),
        (0, "rubric health --width 60"),
        (0, "rubric health --format markdown"),
        (0, "rubric health --format csv"),
        (0, "rubric health --format json"),
        (0, "explain logging"),
    ] {
        // With colour, since without it escape sequences would be taken out on the way.
        let run = estate.run(&format!("--color always {args}"));
        assert_eq!(run.code, code, "{args}: {}", run.err);
        let shown = run.out + &run.err;
        assert!(!shown.is_empty());
        for letter in HOSTILE {
            assert!(!shown.contains(letter), "{letter:?} in {args}: {shown:?}");
        }
        for (at, _) in shown.match_indices('\u{1b}') {
            let end = shown[at..].find(|letter: char| letter.is_ascii_alphabetic()).expect("a sequence ends");
            let sequence = &shown[at + 1..=at + end];
            assert!(sequence.starts_with('[') && sequence.ends_with('m'), "{sequence:?} in {args}");
            assert_ne!(sequence, "[7m", "{args}");
        }
    }
}

#[test]
fn json_is_the_same_with_colour_and_without_and_gives_texts_as_they_are() {
    let estate = hostile();
    for args in ["trend --format json", "show denied --format json"] {
        let plain = estate.run(args).fine();
        assert_eq!(estate.run(&format!("--color always {args}")).fine(), plain);
        let json = parse_json(&plain);
        let title = if args.starts_with("show") { &json["title"] } else { &json["rows"][0]["title"] };
        let title = title.as_str().expect("a title");
        assert!(title.starts_with("title \u{1b}[7m \u{1b}]0;title\u{7} \u{1b}[2J \u{7}\u{8}"), "{title:?}");
    }
}

#[test]
fn there_is_no_colour_without_a_terminal() {
    for args in ["trend", "gate", "show bag-api", "rubric show", "rubric list", "trend --by category"] {
        let run = run(args);
        assert!(!(run.out + &run.err).contains('\u{1b}'), "{args}");
    }
}

#[test]
fn colour_can_be_asked_for_and_letters_stay() {
    for args in ["trend", "gate", "show bag-api", "rubric show", "rubric list"] {
        let plain = run(args);
        for (flag, variables) in [("--color always", vec![]), ("", vec![("CLICOLOR_FORCE", "1")])] {
            let coloured = ended(command(&shop(), &format!("{flag} {args}")).envs(variables));
            assert!(coloured.out.contains("\u{1b}["), "{args}");
            assert_eq!(coloured.code, plain.code, "{args}");
            assert_eq!(without_styles(&coloured.out), plain.out, "{args}");
        }
    }
}

/// The text without `ESC [ … m`.
fn without_styles(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.split_once('m').map_or("", |(_, rest)| rest));
    first + &rest.collect::<String>()
}

#[test]
fn no_color_and_never_mean_no_colour() {
    let no_color = |args: &str| ended(command(&shop(), args).env("NO_COLOR", "1"));
    assert!(!no_color("trend").out.contains('\u{1b}'));
    assert!(
        !ended(command(&shop(), "--color never trend").env("CLICOLOR_FORCE", "1")).out.contains('\u{1b}')
    );
    // Who asks on the command line knows best.
    assert!(no_color("--color always trend").out.contains('\u{1b}'));
}

#[test]
fn stdout_holds_the_result_and_stderr_the_rest() {
    let estate = Estate::shop().appending("services/customer/wishlist-api.yaml", "colour: red\n");
    for args in ["trend --format json", "show bag-api --format json"] {
        let warned = estate.run(args);
        assert_eq!(warned.code, 3);
        let json = parse_json(&warned.out);
        if args.starts_with("trend") {
            assert_eq!(json["left_out"], serde_json::json!(["wishlist-api"]));
        }
        assert_eq!(
            warned.err,
            "warning: `wishlist-api` is left out: its file has errors; `fundamentals check` shows them\n"
        );
        let quiet = estate.run(&format!("-q {args}"));
        assert_eq!((quiet.code, quiet.out.as_str(), quiet.err.as_str()), (3, warned.out.as_str(), ""));
        let verbose = estate.run(&format!("-v {args}"));
        assert_eq!((verbose.code, verbose.out), (3, warned.out));
        assert!(verbose.err.starts_with("error[unknown-key]: unknown key `colour`\n"), "{}", verbose.err);
        assert!(verbose.err.contains("--> services/customer/wishlist-api.yaml:"), "{}", verbose.err);
    }
}

#[test]
fn quiet_and_verbose_exclude_each_other() {
    assert!(run("-q -v trend").refused(2).contains("cannot be used with"));
}

#[test]
fn several_services_that_are_left_out_are_counted_and_named() {
    let estate = Estate::shop()
        .appending("services/customer/wishlist-api.yaml", "colour: red\n")
        .appending("services/shopping/search-api.yaml", "colour: red\n");
    assert_eq!(
        estate.run("trend").err,
        "warning: 2 services are left out: their files have errors (`search-api` and `wishlist-api`); \
         `fundamentals check` shows them\n"
    );
}

#[test]
fn settings_with_errors_stop_everything() {
    let estate = Estate::shop().appending("fundamentals.toml", "\n[gait]\n");
    for command in ["trend", "gate", "show bag-api"] {
        let message = estate.run(command).refused(3);
        assert!(message.starts_with("error[unknown-key]: "), "{message}");
        assert!(message.contains("--> fundamentals.toml:"), "{message}");
    }
}

#[test]
fn check_finds_nothing_wrong_with_the_example() {
    assert_eq!(
        run("check").fine(),
        "checked 18 service files, 1 rubric and 3 files of SLO results: nothing wrong\n"
    );
}

#[test]
fn the_rubric_of_the_example_is_written_well() {
    assert_eq!(run("rubric lint").fine(), "linted 1 rubric: nothing wrong\n");
}

#[test]
fn check_speaks_only_of_what_is_named() {
    let estate = Estate::shop()
        .appending("services/customer/wishlist-api.yaml", "colour: red\n")
        .appending("services/shopping/search-api.yaml", "colour: red\n");
    for (path, code, summary) in [
        ("", 3, "checked 18 service files, 1 rubric and 3 files of SLO results: 2 errors"),
        ("services/customer/edge-gateway.yaml", 0, "checked 1 service file: nothing wrong"),
        ("services/engagement", 0, "checked 4 service files: nothing wrong"),
        ("services/customer", 3, "checked 5 service files: 1 error"),
        ("services/customer/wishlist-api.yaml", 3, "checked 1 service file: 1 error"),
        ("services/customer services/shopping/bag-api.yaml", 3, "checked 6 service files: 1 error"),
        ("slo", 0, "checked 3 files of SLO results: nothing wrong"),
        ("slo/search-api.json", 0, "checked 1 file of SLO results: nothing wrong"),
    ] {
        let run = estate.run(&format!("check {path}"));
        assert_eq!((run.code, run.out.lines().last()), (code, Some(summary)), "{path}: {}", run.out);
        assert_eq!(run.err, "");
        let named = run.out.contains("search-api.yaml");
        assert_eq!(named, path.is_empty(), "{path}: {}", run.out);
    }
}

#[test]
fn check_reads_a_service_file_from_standard_input() {
    let service = "service: bag-api\ndomain: shop\nplatform: web\ncriticality: low\nassessments:\n"
        .to_owned()
        + &assessed("2026-11-01", "logging: red");
    let estate = Estate::empty();
    let check = |text: String| ended(command(estate.path(), "check -").write_stdin(text));
    assert_eq!(check(service.clone()).fine(), "checked 1 service file: nothing wrong\n");
    let wrong = check(service.replace("logging", "loging"));
    assert_eq!(wrong.code, 3);
    assert!(
        wrong.out.starts_with("error[unknown-category]: unknown category `loging`\n --> -:6:"),
        "{}",
        wrong.out
    );
}

#[test]
fn check_uses_the_settings_of_the_estate_that_a_path_lies_in() {
    let settings = "[criticality]\nlevels = [\"unimportant\", \"vital\"]\n";
    let other = Estate::empty().with("fundamentals.toml", settings).with_service(
        "bag-api",
        "criticality: vital\nassessments:",
        &assessed("2026-11-01", "logging: red"),
    );
    let path = other.path().join("services/bag-api.yaml");
    let out = run(&format!("check {}", path.display())).fine();
    assert_eq!(out, "checked 1 service file: nothing wrong\n");
}

#[test]
fn a_named_path_that_is_not_there_is_an_error() {
    let run = run("check services/nope.yaml");
    assert_eq!(run.code, 3);
    assert!(run.out.starts_with("error[no-such-path]: no such file or folder\n"), "{}", run.out);
}

#[test]
fn the_estate_is_found_from_any_folder_below_it_and_paths_are_seen_from_there() {
    for (folder, path) in [
        (".", "services/shopping/bag-api.yaml"),
        ("services/shopping", "bag-api.yaml"),
        ("services/customer", "../shopping/bag-api.yaml"),
    ] {
        let run = run_in(&shop().join(folder), "gate --service bag-api");
        assert_eq!(run.code, 4);
        assert!(run.out.contains(&format!("  --> {path}:183:7\n")), "{}", run.out);
    }
}

#[test]
fn another_folder_is_worked_in_as_if_started_there_with_paths_seen_from_here() {
    let shop = shop();
    let parent = shop.parent().expect("the examples' folder");
    for folder in ["shop", "shop/services/customer"] {
        let there = run_in(parent, &format!("-C {folder} gate --service bag-api"));
        assert_eq!(there.code, 4, "{}", there.err);
        assert!(there.out.contains("  --> shop/services/shopping/bag-api.yaml:183:7\n"), "{}", there.out);
    }
    assert_eq!(run_in(parent, "-C shop trend").fine(), run("trend").fine());
    // From a folder beside the estate, and back out of one within.
    for around in ["shop/../shop/services/..", "./shop/./services/customer/../../", "../examples/shop"] {
        assert_eq!(run_in(parent, &format!("-C {around} trend")).fine(), run("trend").fine(), "{around}");
    }
    let above = run_in(&shop, "-C .. trend").refused(3);
    assert!(above.starts_with("error[nothing-to-check]: no service file in `..`"), "{above}");
}

#[test]
fn a_folder_that_is_not_there_is_wrong_usage() {
    let estate = Estate::shop();
    for command in ["trend", "gate", "show bag-api", "check", "init", "rubric list"] {
        let message = estate.run(&format!("-C nope {command}")).refused(2);
        assert!(message.starts_with("error: there is no folder "), "{message}");
    }
    assert!(!estate.path().join("nope").exists());
}

#[test]
fn no_settings_are_needed() {
    let estate =
        Estate::empty().with_service("bag-api", ELSEWHERE, &assessed("2026-11-01", "logging: green"));
    assert_eq!(estate.run("check").fine(), "checked 1 service file: nothing wrong\n");
    let rows = parse_csv(&estate.run("trend --format csv").fine());
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["colour"], "incomplete");
    assert_eq!(counts(&rows[0])[COUNTS.len() - 1], 24);
    estate.run("gate").fine();
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    // Far more than a pipe holds, so that the program does notice.
    let script = "\"$1\" -C \"$2\" --today \"$3\" trend --format json --by category --since 2024-11-01 | head -n 1; \
                  echo \"${PIPESTATUS[0]}\"";
    let mut bash = Command::new("bash");
    bash.args(["-c", script, "bash", env!("CARGO_BIN_EXE_fundamentals")]).arg(shop()).arg(TODAY);
    for name in UNSET {
        bash.env_remove(name);
    }
    let output = bash.output().expect("bash starts");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "{\n0\n");
}

#[test]
fn the_gate_fails_even_if_nobody_reads_why() {
    let mut gate = Command::new(env!("CARGO_BIN_EXE_fundamentals"));
    gate.current_dir(shop()).args(["--today", TODAY, "gate"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    for name in UNSET {
        gate.env_remove(name);
    }
    let mut child = gate.spawn().expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(4));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_is_the_tool_s_failure() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    let mut trend = Command::new(env!("CARGO_BIN_EXE_fundamentals"));
    trend.current_dir(shop()).args(["--today", TODAY, "trend"]).stdout(full);
    let output = trend.output().expect("the program starts");
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.starts_with("error: failed to write the result: "), "{message}");
}

#[test]
fn every_command_has_help() {
    for command in
        ["", "check", "trend", "gate", "show", "rubric", "rubric list", "rubric show", "explain", "init"]
    {
        let help = run(&format!("{command} --help")).fine();
        assert!(help.contains("Usage: fundamentals"), "{command}: {help}");
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{command}: {help}");
    }
}

#[test]
fn the_version_is_printed() {
    assert_eq!(run("--version").fine(), concat!("fundamentals ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn wrong_usage_ends_with_2_and_says_why_on_stderr() {
    for args in [
        "",
        "tend",
        "trend --format xml",
        "show",
        "explain",
        "rubric show a b",
        "--width 10 trend",
        "--color red trend",
    ] {
        let message = run(args).refused(2);
        assert!(!message.is_empty(), "{args}");
    }
}

#[test]
fn no_line_of_prose_is_wider_than_the_terminal() {
    for width in [60, 80, 100, 140] {
        for args in ["gate", "show bag-api", "show raffle-site", "rubric list", "rubric show"] {
            let run = run(&format!("--width {width} {args}"));
            for line in run.out.lines() {
                assert!(line.width() <= width, "{} columns of {width} in {args}: {line}", line.width());
            }
        }
    }
}

#[test]
fn standard_input_stands_in_for_the_file_of_the_service_that_it_describes() {
    let good = assessed("2026-11-01", "logging: green");
    let estate = Estate::empty().with_service("bag-api", ELSEWHERE, &good);
    let saved = fs::read_to_string(estate.path().join("services/bag-api.yaml")).expect("the file");
    let check = |text: String| ended(command(estate.path(), "check -").write_stdin(text));
    assert_eq!(check(saved.clone()).fine(), "checked 1 service file: nothing wrong\n");
    let edited = check(saved.replace("green", "grin"));
    assert_eq!(edited.code, 3);
    assert!(edited.out.contains("invalid-colour") && !edited.out.contains("duplicate"), "{}", edited.out);
}

#[test]
fn a_file_with_one_kind_of_error_is_asked_everything_else_as_well() {
    let wrong =
        assessed("2026-11-01", "loging: green") + &assessed("2027-01-01", "metrics: { inherited-from: x }");
    let check = Estate::empty().with_service("bag-api", ELSEWHERE, &wrong).run("check --format concise");
    for code in ["unknown-category", "future-date", "unknown-provider"] {
        assert!(check.out.contains(code), "{code}: {}", check.out);
    }
}
