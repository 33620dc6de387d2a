//! Texts that mean harm, through every format of `gate`.

use crate::gate_formats::{FORMATS, counts, xml_elements};
use crate::support::{Estate, GOLDEN_THREAD, parse_json};

/// As YAML writes it in double quotes.
const NASTY: &str = r"a\n::error file=x,line=1::forged\r\n%0A::warning::too ##[error]forged ]]> </failure><script>alert(1)</script> | pipe | `tick` @team #12 !3 https://evil.example www.evil.example [x](https://evil.example) <!-- --> **b** \e[31m \0 \u202e \uffff end";

/// A branch with such a name.
const BRANCH: &str = "a|`b`<b>@team,%0A##x";

/// A folder with such a name.
const FOLDER: &str = "services/a,b;%0A::error::x|<b>@team";

pub(crate) fn estate() -> Estate {
    let path = format!("{FOLDER}/bag-api.yaml");
    let head = format!(
        "service: bag-api\ntitle: \"{NASTY}\"\nowner: \"{NASTY}\"\ndomain: shop\nplatform: web\n{GOLDEN_THREAD}\n"
    );
    let assessed = |date: &str, colour: &str| {
        let score = |category: &str, colour: &str| {
            format!("      {category}: {{ rag: {colour}, because: \"{NASTY}\", note: \"{NASTY}\" }}\n")
        };
        let scores = ["logging", "metrics"].map(|category| score(category, colour)).concat();
        let good = score("tracing", if colour == "red" { "green" } else { "red" });
        format!("  - date: {date}\n    rubric: fundamentals@2\n    by: [us]\n    scores:\n{scores}{good}")
    };
    let action = format!(
        "actions:\n  - {{ what: \"{NASTY}\", owner: \"{NASTY}\", raised: 2026-10-01, due: 2026-10-02, support: \"{NASTY}\" }}\n"
    );
    let waiver = format!(
        "waivers:\n  - {{ category: metrics, until: 2026-12-31, because: \"{NASTY}\", approved-by: \"{NASTY}\" }}\n"
    );
    let before = assessed("2026-06-01", "amber");
    let estate = Estate::empty()
        .with("fundamentals.toml", "[gate]\noverdue-action = \"warn\"\n")
        .with(&path, &format!("{head}{before}{waiver}"));
    estate.commit("Before");
    estate.git(&["branch", BRANCH]);
    let now = assessed("2026-11-10", "red");
    estate.with(&path, &format!("{head}{before}{now}{action}{waiver}"))
}

fn out(estate: &Estate, format: &str) -> String {
    let run = estate.run(&format!("gate --base {BRANCH} --format {format}"));
    assert_eq!(run.code, 4, "{format}: {}", run.err);
    run.out
}

#[test]
fn nothing_acts_on_a_terminal_or_a_log_in_any_format_and_the_numbers_stay() {
    let estate = estate();
    for format in FORMATS {
        let out = out(&estate, format);
        let acts = |letter: char| letter.is_control() && letter != '\n' || letter == '\u{202e}';
        assert!(!out.contains(acts), "{format}: {out:?}");
        assert!(!out.contains("##["), "{format}: {out}");
        let commands = out.lines().filter(|line| line.trim_start().starts_with("::")).count();
        assert_eq!(commands, if format == "github" { 4 } else { 0 }, "{format}: {out}");
        assert_eq!(counts(format, &out), [1, 1, 1], "{format}: {out}");
    }
}

#[test]
fn no_text_becomes_a_workflow_command() {
    let out = out(&estate(), "github");
    let lines: Vec<_> = out.lines().collect();
    let (last, commands) = lines.split_last().expect("several lines");
    assert!(last.starts_with("gate failed: 1 denied, 1 warning, 1 waived, 1 resolved ("), "{last}");
    assert_eq!(commands.len(), 4, "{out}");
    for line in commands {
        let (level, rest) = line.split_once(' ').expect("properties");
        assert!(["::error", "::warning", "::notice"].contains(&level), "{line}");
        let (properties, message) = rest.split_once("::").expect("a message");
        let names = properties.split(',').map(|it| it.split('=').next().expect("a name"));
        assert_eq!(names.collect::<Vec<_>>(), ["file", "line", "col", "title"], "{line}");
        assert!(message.contains("%250A"), "{line}");
    }
}

#[test]
fn json_gives_texts_back_as_they_are() {
    let estate = estate();
    let text: String = serde_yaml::from_str(&format!("\"{NASTY}\"")).expect("it is YAML");
    let json = parse_json(&out(&estate, "json"));
    assert_eq!(json["findings"][0]["service"]["title"], text.as_str());
    assert_eq!(json["findings"][0]["now"]["because"], text.as_str());
    assert_eq!(json["base"], BRANCH);
}

#[test]
fn junit_is_xml_whatever_the_text() {
    let out = out(&estate(), "junit");
    let allowed =
        |letter: char| letter >= ' ' && !matches!(letter, '\u{fffe}' | '\u{ffff}') || letter == '\n';
    assert!(out.chars().all(allowed), "{out:?}");
    let elements: Vec<_> = xml_elements(&out).into_iter().collect();
    let expected = [
        ("failure", 1),
        ("skipped", 1),
        ("system-out", 1),
        ("testcase", 2),
        ("testsuite", 1),
        ("testsuites", 1),
    ];
    assert_eq!(elements, expected.map(|(name, count)| (name.to_owned(), count)));
}

#[test]
fn no_text_is_a_link_in_sarif_and_every_path_is_a_uri() {
    let log = parse_json(&out(&estate(), "sarif"));
    for result in log["runs"][0]["results"].as_array().expect("a list") {
        assert!(!result["message"]["text"].as_str().expect("a text").contains("]("));
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(uri, "services/a%2Cb%3B%250A%3A%3Aerror%3A%3Ax%7C%3Cb%3E%40team/bag-api.yaml");
    }
}

#[test]
fn gitlab_gets_a_path_and_a_line_for_everything() {
    for problem in parse_json(&out(&estate(), "gitlab")).as_array().expect("a list") {
        assert_eq!(problem["location"]["path"], format!("{FOLDER}/bag-api.yaml"));
        assert!(problem["location"]["lines"]["begin"].as_u64() >= Some(1));
        assert!(!problem["description"].as_str().expect("a text").contains(['\n', '\u{202e}', '\u{1b}']));
    }
}

#[test]
fn no_text_is_markup_in_markdown() {
    let out = out(&estate(), "markdown");
    for markup in ["<", ">", "@team", "https://", " www.", "**b**", "#12", "!3"] {
        assert!(!out.contains(markup), "{markup}: {out}");
    }
    let unescaped = |line: &str, sign: char| {
        line.char_indices().filter(|(at, letter)| *letter == sign && !line[..*at].ends_with('\\')).count()
    };
    assert_eq!(['[', ']'].map(|sign| unescaped(&out, sign)), [0; 2], "{out}");
    for line in out.lines() {
        let begins = [
            "## ",
            "### ",
            "#### ",
            "- ",
            "  - ",
            "  ```",
            "  fundamentals ",
            "  for more:",
            "    for more:",
            "    else agree",
            "    ```",
            "    fundamentals ",
            "**",
        ]
        .iter()
        .any(|start| line.starts_with(start));
        assert!(begins || line.is_empty(), "{line}");
    }
}
