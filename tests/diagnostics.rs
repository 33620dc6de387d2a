//! What `check` and `rubric lint` say about files that are wrong in one way each, and what holds codes, pages and examples together.
#![expect(clippy::disallowed_methods, reason = "tests read fixtures and pages")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fundamentals::diag::{Code, Severity};
use support::{Estate, HEAD, Run};

/// Codes whose files can't be kept in version control; `hostile.rs` makes them.
const WITHOUT_FIXTURE: [Code; 4] =
    [Code::NoSuchPath, Code::UnreadableFile, Code::NotCheckedOut, Code::FileTooLarge];

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// What a folder holds, sorted by name.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("its entries can be read").path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().expect("it has a name").to_string_lossy().into_owned()
}

/// What a fixture's files were before, for finders that compare.
const BASE: &str = "base/";

/// A command that finds problems.
struct Finder {
    command: &'static [&'static str],
    prints: Prints,
    /// Its fixtures, in `tests/fixtures`, and its snapshots, in `tests/snapshots`.
    folder: &'static str,
}

/// Where a command prints problems.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Prints {
    /// They are its result, in several formats.
    AsResult,
    /// Beside its result, for people.
    Beside,
}

const FINDERS: [Finder; 5] = [
    Finder { command: &["check"], prints: Prints::AsResult, folder: "diagnostics" },
    Finder { command: &["rubric", "lint"], prints: Prints::AsResult, folder: "lint" },
    Finder { command: &["rubric", "lint", "--base", "HEAD"], prints: Prints::AsResult, folder: "lint-base" },
    Finder {
        command: &[
            "import",
            "datadog",
            "catalog",
            "--dry-run",
            "--domain=shopping",
            "--platform=payments",
            "--criticality=low",
        ],
        prints: Prints::Beside,
        folder: "import-datadog",
    },
    Finder {
        command: &["import", "scores", "scores.csv", "--dry-run", "--date", "2026-11-03"],
        prints: Prints::Beside,
        folder: "import-scores",
    },
];

/// A folder of a finder's fixtures: `<code>`, `<code>--<variant>`, `ok--<variant>` or `several-problems`.
struct Fixture {
    finder: &'static Finder,
    name: String,
    /// Files by their path within the fixture.
    files: BTreeMap<String, Vec<u8>>,
}

impl Fixture {
    fn all() -> Vec<Self> {
        FINDERS.iter().flat_map(Self::of).collect()
    }

    fn of(finder: &'static Finder) -> impl Iterator<Item = Self> {
        let folders = entries(&repository(&format!("tests/fixtures/{}", finder.folder)));
        let folders = folders.into_iter().filter(|path| path.is_dir());
        folders.map(move |folder| Self { finder, name: name(&folder), files: read_files(&folder, "") })
    }

    /// What the finder says of an estate.
    fn run(&self, estate: &Estate, arguments: &[&str]) -> Run {
        estate.run(&[self.finder.command, arguments].concat())
    }

    /// The name without its variant.
    fn code(&self) -> &str {
        self.name.split_once("--").map_or(&self.name, |(code, _)| code)
    }

    /// The codes that it should be told, no others.
    fn expected(&self) -> BTreeSet<String> {
        let codes: &[&str] = match self.code() {
            "ok" => &[],
            "several-problems" => &[
                "invalid-colour",
                "invalid-date",
                "missing-because",
                "unknown-category",
                "unknown-criticality",
                "unknown-key",
            ],
            code => &[code],
        };
        codes.iter().map(|code| (*code).to_owned()).collect()
    }

    /// A copy outside the repository, so that no settings above are found. What lies in `base` was committed before the
    /// rest was written.
    fn estate(&self) -> Estate {
        let base = |path: &str| path.strip_prefix(BASE).map(ToOwned::to_owned);
        let committed = self.files.iter().filter_map(|(path, bytes)| Some((base(path)?, bytes)));
        let mut estate = committed.fold(Estate::new(), |estate, (path, bytes)| estate.file(path, bytes));
        if self.files.keys().any(|path| path.starts_with(BASE)) {
            commit(&estate.path(""));
        }
        for (path, bytes) in self.files.iter().filter(|(path, _)| !path.starts_with(BASE)) {
            estate = estate.file(path, bytes);
        }
        estate
    }
}

/// Makes a folder a git repository and commits everything.
fn commit(folder: &Path) {
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
    for arguments in [&["init", "-q"][..], &["add", "-A"], &["commit", "-q", "-m", "A commit"]] {
        let mut git = std::process::Command::new("git");
        let status = git.current_dir(folder).args(identity).args(arguments).status();
        assert!(status.expect("git runs").success(), "{arguments:?}");
    }
}

fn read_files(folder: &Path, prefix: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for path in entries(folder) {
        let shown = format!("{prefix}{}", name(&path));
        if path.is_dir() {
            files.extend(read_files(&path, &format!("{shown}/")));
        } else {
            files.insert(shown, fs::read(path).expect("a fixture can be read"));
        }
    }
    files
}

impl Fixture {
    /// The codes that are told of an estate.
    fn codes(&self, estate: &Estate) -> BTreeSet<String> {
        match self.finder.prints {
            Prints::AsResult => {
                let run = self.run(estate, &["--format", "json"]);
                &run.codes(Severity::Error) | &run.codes(Severity::Warning)
            }
            Prints::Beside => {
                let run = self.run(estate, &[]);
                let code = |line: &str| {
                    let rest = line.strip_prefix("error[").or_else(|| line.strip_prefix("warning["))?;
                    Some(rest.split_once(']')?.0.to_owned())
                };
                run.err.lines().filter_map(code).collect()
            }
        }
    }
}

fn exit_code(codes: &BTreeSet<String>) -> i32 {
    let severity = |code: &String| Code::from_name(code).expect("the code exists").severity();
    if codes.iter().any(|code| severity(code) == Severity::Error) { 3 } else { 0 }
}

#[test]
fn each_fixture_is_told_exactly_what_is_wrong_with_it() {
    for fixture in Fixture::all() {
        let estate = fixture.estate();
        assert_eq!(fixture.codes(&estate), fixture.expected(), "{}", fixture.name);
        let human = fixture.run(&estate, &[]);
        assert_eq!(human.exit, Some(exit_code(&fixture.expected())), "{}", fixture.name);
        let told = match fixture.finder.prints {
            Prints::AsResult => {
                let json = fixture.run(&estate, &["--format", "json"]);
                assert_eq!((human.exit, human.err.as_str()), (json.exit, ""), "{}", fixture.name);
                human.out
            }
            Prints::Beside => human.err,
        };
        insta::with_settings!({
            snapshot_path => format!("snapshots/{}", fixture.finder.folder),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, { insta::assert_snapshot!(fixture.name.as_str(), told); });
    }
}

#[test]
fn no_snapshot_outlives_its_fixture() {
    for finder in &FINDERS {
        let fixtures: BTreeSet<_> = Fixture::of(finder).map(|fixture| fixture.name).collect();
        for path in entries(&repository(&format!("tests/snapshots/{}", finder.folder))) {
            let name = name(&path);
            assert!(name.strip_suffix(".snap").is_some_and(|name| fixtures.contains(name)), "{name}");
        }
    }
}

#[test]
fn each_code_has_a_fixture_and_each_fixture_a_code() {
    let fixtures = Fixture::all();
    let named: BTreeSet<_> = fixtures.iter().map(Fixture::code).collect();
    for code in Code::ALL {
        assert_ne!(named.contains(code.name()), WITHOUT_FIXTURE.contains(code), "{code}");
    }
    let others = ["ok", "several-problems"];
    let unknown: Vec<_> =
        named.into_iter().filter(|name| !others.contains(name) && Code::from_name(name).is_none()).collect();
    assert!(unknown.is_empty(), "fixtures of codes that don't exist: {unknown:?}");
}

#[test]
fn each_code_has_a_page_and_each_page_a_code() {
    for code in Code::ALL {
        assert_eq!(code.page().lines().next(), Some(format!("# {code}").as_str()));
    }
    for path in entries(&repository("docs/diagnostics")) {
        let name = name(&path);
        let code = name.strip_suffix(".md").and_then(Code::from_name);
        assert!(code.is_some() || name == "README.md", "{name} is no code's page");
    }
}

#[test]
fn the_index_lists_each_code_once_with_its_severity_and_summary() {
    let index = fs::read_to_string(repository("docs/diagnostics/README.md")).unwrap();
    let rows: Vec<_> = index.lines().filter(|line| line.starts_with("| [")).collect();
    let row =
        |code: &Code| format!("| [{code}]({code}.md) | {} | {} |", code.severity().word(), code.summary());
    assert_eq!(rows, Code::ALL.iter().map(row).collect::<Vec<_>>());
}

/// Pages whose example is no text of a file.
const EXAMPLE_IS_NO_FILE: [(Code, &str); 7] = [
    (Code::UnreadableFile, "shows a folder: permissions are not text"),
    (Code::NotCheckedOut, "shows a folder: what is checked out is not text"),
    (Code::NoSuchPath, "shows a command"),
    (Code::NotAFile, "shows a folder"),
    (Code::FileTooLarge, "shows a folder"),
    (Code::NotUtf8, "shows bytes that a page can't hold"),
    (Code::DuplicateService, "shows two files side by side"),
];

/// Pages whose remedy is more than other text in the same place.
const REMEDY_IS_NO_SWAP: [(Code, &str); 4] = [
    (Code::NothingToCheck, "the remedy is another file"),
    (Code::SeveralDocuments, "the remedy is two files"),
    (Code::MinorChangesMeaning, "the rest of the file goes back as well"),
    (Code::TooComplex, "the rest of the file refers to what the remedy takes away"),
];

/// The first block of YAML, TOML, CSV or JSON under a heading, without the mark at the wrong place and the file's name on top.
fn first_block(page: &str, heading: &str) -> Option<String> {
    let section = page.split("\n## ").find_map(|section| section.strip_prefix(heading))?;
    let fenced =
        |language: &str| section.find(&format!("\n```{language}\n")).map(|at| at + language.len() + 5);
    let start = ["yaml", "toml", "csv", "json"].into_iter().filter_map(fenced).min()?;
    let block = section[start..].split("```").next().unwrap_or_default();
    let lines: Vec<_> = block.lines().map(|line| line.trim_end_matches("  # <- here")).collect();
    let names_file = lines.len() > 1 && lines[0].starts_with("# ");
    Some(lines[usize::from(names_file)..].join("\n"))
}

/// Whole lines of a file replaced; `None` if they are not in it.
fn swap(text: &str, lines: &str, by: &str) -> Option<String> {
    let text = format!("\n{}\n", text.trim_end());
    let lines = format!("\n{lines}\n");
    text.contains(&lines).then(|| text.replacen(&lines, &format!("\n{by}\n"), 1).trim_start().to_owned())
}

#[test]
fn examples_in_pages_are_in_fixtures_and_remedies_remedy() {
    let fixtures = Fixture::all();
    for code in Code::ALL {
        let is_listed = |list: &[(Code, &str)]| list.iter().any(|(listed, _)| listed == code);
        let example = first_block(code.page(), "Example\n");
        assert_eq!(example.is_none(), is_listed(&EXAMPLE_IS_NO_FILE), "{code}");
        let Some(example) = example else { continue };
        let remedy = first_block(code.page(), "What to do\n").unwrap_or_default();
        let own = fixtures.iter().filter(|fixture| fixture.code() == code.name());
        let mut swapped = own.filter_map(|fixture| {
            let files = fixture.files.iter().filter(|(path, _)| !path.starts_with(BASE));
            let (path, text) = files.into_iter().find_map(|(path, bytes)| {
                let text = std::str::from_utf8(bytes).ok()?;
                Some((path, swap(text, &example, &remedy)?))
            })?;
            Some((fixture, fixture.estate().file(path, text)))
        });
        let (fixture, estate) =
            swapped.next().unwrap_or_else(|| panic!("{code}: its example is in none of its fixtures"));
        if !is_listed(&REMEDY_IS_NO_SWAP) {
            let codes = fixture.codes(&estate);
            // What an empty file is to begin with was not assessed yet.
            let begun = *code == Code::EmptyFile && codes.iter().eq(["no-assessments"]);
            assert!(codes.is_empty() || begun, "{code}: with its remedy in place there is {codes:?}");
        }
    }
}

/// Two services with errors and one without.
fn one_clean_of_three() -> Estate {
    let assessed = |score: &str| {
        format!(
            "\nassessments:\n  - date: 2026-11-03\n    rubric: fundamentals@2\n    scores:\n      {score}\n"
        )
    };
    let service =
        |name: &str, score: &str| format!("{}{}", HEAD.replace("checkout-api", name), assessed(score));
    Estate::new()
        .file("services/basket-api.yaml", service("basket-api", "loging: green"))
        .file("services/checkout-api.yaml", service("checkout-api", "logging: red"))
        .file("services/payment-api.yaml", "service: payment-api\n  broken: [\n")
}

#[test]
fn one_services_error_never_hides_anothers() {
    let run = one_clean_of_three().run(&["check", "--format", "concise"]);
    assert_eq!(run.exit, Some(3));
    let places: Vec<_> = run.out.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(places, ["services/basket-api.yaml", "services/payment-api.yaml"]);
}

#[test]
fn services_without_errors_are_shown_and_the_others_named() {
    let run = one_clean_of_three().run(&["trend"]);
    assert_eq!(run.exit, Some(3));
    assert!(run.out.contains("checkout-api"), "{run:?}");
    assert!(!run.out.contains("basket-api") && !run.out.contains("payment-api"), "{run:?}");
    assert!(run.err.contains("`basket-api` and `payment-api`"), "{run:?}");
}

/// An error after letters of two, three and four bytes, and a problem that is about a whole file.
fn multi_byte() -> Estate {
    let text = format!("{HEAD}\nactions:\n  - {{ what: Überprüfe 抽選 🎁, raised: gestern }}\n");
    Estate::new().file("services/checkout-api.yaml", text).file("services/empty.yaml", "")
}

const COLUMN: usize = "  - { what: Überprüfe 抽選 🎁, raised: ".len() - 2 - 4 - 3 + 1;

#[test]
fn concise_is_one_line_a_problem_that_editors_can_follow() {
    let run = multi_byte().run(&["check", "--format", "concise"]);
    let expected = format!(
        "services/checkout-api.yaml:7:{COLUMN}: error[invalid-date]: `gestern` is not a date\n\
         services/empty.yaml: error[empty-file]: the file says nothing\n"
    );
    assert_eq!(run.out, expected);
}

#[test]
fn json_counts_columns_in_characters() {
    let json = multi_byte().run(&["check", "--format", "json"]).json();
    assert_eq!(json["format"], "fundamentals/check/v1");
    assert_eq!((&json["errors"], &json["warnings"]), (&2.into(), &0.into()));
    let at = &json["problems"][0]["at"];
    assert_eq!(at["path"], "services/checkout-api.yaml");
    assert_eq!((at["line"].as_u64(), at["column"].as_u64()), (Some(7), Some(COLUMN as u64)));
    let whole_file = &json["problems"][1]["at"];
    assert_eq!(whole_file["path"], "services/empty.yaml");
    assert!(whole_file["line"].is_null() && whole_file["column"].is_null());
}

#[test]
fn no_text_from_a_file_can_forge_a_workflow_command() {
    let forged = "::error file=x,line=1::forged";
    let service = HEAD.replace("checkout\n", &format!("\"x\\n{forged}\\r{forged}\"\n"));
    let file = format!("services/a,b:c%0A{forged}.yaml");
    let run = Estate::new()
        .file("services/checkout-api.yaml", &service)
        .file(&file, service.replace("checkout-api", "another"))
        .run(&["check", "--format", "github"]);
    // Both platforms can't be ids, and one file is not named for its service.
    assert_eq!(run.out.lines().count(), 3, "{}", run.out);
    for line in run.out.split(['\n', '\r']).filter(|line| !line.is_empty()) {
        let (properties, _) = line.strip_prefix("::error ").and_then(|line| line.split_once("::")).unwrap();
        let names: Vec<_> =
            properties.split(',').map(|property| property.split('=').next().unwrap()).collect();
        assert_eq!(names, ["file", "line", "col", "title"], "{line}");
    }
}

#[test]
fn sarif_results_refer_to_rules_and_places() {
    let log = multi_byte().run(&["check", "--format", "sarif"]).json();
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let rules: BTreeSet<_> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(rules, Code::ALL.iter().map(|code| code.name()).collect());
    let results = run["results"].as_array().unwrap();
    let ids: Vec<_> = results.iter().map(|result| result["ruleId"].as_str().unwrap()).collect();
    assert_eq!(ids, ["invalid-date", "empty-file"]);
    assert!(results.iter().all(|result| result["level"] == "error"));
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "services/checkout-api.yaml");
    assert_eq!(place["region"]["startLine"], 7);
    assert_eq!(place["region"]["startColumn"], COLUMN);
    assert!(results[1]["locations"][0]["physicalLocation"].get("region").is_none());
}

#[test]
fn sarif_results_of_every_fixture_have_a_rule_and_a_place_from_one() {
    let has_sarif = |fixture: &Fixture| fixture.finder.prints == Prints::AsResult;
    for fixture in Fixture::all().into_iter().filter(has_sarif) {
        let log = fixture.run(&fixture.estate(), &["--format", "sarif"]).json();
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        for result in run["results"].as_array().unwrap() {
            assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]), "{}", fixture.name);
            assert!(!result["message"]["text"].as_str().unwrap().is_empty());
            for location in result["locations"].as_array().unwrap() {
                let place = &location["physicalLocation"];
                assert!(!place["artifactLocation"]["uri"].as_str().unwrap().contains([' ', '\\']));
                if let Some(region) = place.get("region") {
                    assert!(
                        region["startLine"].as_u64() >= Some(1) && region["startColumn"].as_u64() >= Some(1)
                    );
                }
            }
        }
    }
}
