//! What is printed in the documentation is true: commands are run again, links lead somewhere, examples are files.
#![expect(clippy::disallowed_methods, reason = "a test may read files and run the program")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use fundamentals::diag::{Code, Diagnostic};
use fundamentals::eval::{BarChange, CategoryChangeKind as Kind, rubric_diff};
use fundamentals::load::keys::{self, TableKeys};
use fundamentals::load::{BUILT_IN_RUBRICS, EstateDir, built_in_page, load_texts};
use fundamentals::model::{GateLevel, GatePolicy, GateRule, RubricKey};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every page of the repository.
fn pages() -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for folder in ["docs", "examples", "rubric"] {
        let entries = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name();
        pages.extend(entries.into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path));
    }
    pages.extend(
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"].map(|page| root().join(page)),
    );
    pages.retain(|page| page.extension().is_some_and(|extension| extension == "md"));
    pages
}

fn text(page: &Path) -> String {
    fs::read_to_string(page).unwrap_or_else(|error| panic!("{}: {error}", page.display()))
}

/// The contents of a page's fenced blocks of one language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}");
    let mut blocks = Vec::new();
    let mut current: Option<String> = None;
    for line in page.lines() {
        match &mut current {
            None if line == fence => current = Some(String::new()),
            None => {}
            Some(_) if line == "```" => blocks.extend(current.take()),
            Some(block) => {
                block.push_str(line);
                block.push('\n');
            }
        }
    }
    blocks
}

/// What a command line of the documentation prints: `fundamentals …` in the repository's folder.
fn printed(command_line: &str) -> String {
    printed_in(&root(), command_line)
}

/// The same in another folder.
fn printed_in(folder: &Path, command_line: &str) -> String {
    let mut words = command_line.split_whitespace();
    assert_eq!(words.next(), Some("fundamentals"), "{command_line}");
    let mut command = Command::cargo_bin("fundamentals").expect("the program is built");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(name);
    }
    let output = command.current_dir(folder).args(["--width", "100"]).args(words).output().expect("it runs");
    String::from_utf8(output.stdout).expect("UTF-8").replace("\r\n", "\n")
}

#[test]
fn every_command_line_prints_what_the_page_says() {
    let mut checked = 0;
    // The pages of diagnostics have tests of their own, in an estate of their own.
    let diagnostics = root().join("docs/diagnostics");
    for page in pages().into_iter().filter(|page| !page.starts_with(&diagnostics)) {
        for block in blocks(&text(&page), "console") {
            // What other programs print is not for us to run.
            for command in block.split("$ ").filter(|part| part.starts_with("fundamentals ")) {
                let (line, expected) = command.split_once('\n').expect("a command line ends");
                assert_eq!(printed(line).trim_end(), expected.trim_end(), "{}: {line}", page.display());
                checked += 1;
            }
        }
    }
    assert!(checked >= 2, "only {checked} command lines found");
}

/// What is printed by the commands of a walk, which change files: in a copy of an example, one after the other. A file that
/// the walk lets the reader make is there from the step that needs it on.
#[test]
fn each_step_of_the_walk_from_a_spreadsheet_prints_what_the_page_says() {
    let example = root().join("examples/spreadsheet");
    let page = text(&root().join("docs/spreadsheet.md"));
    for (language, file) in [("csv", "scorecard.csv"), ("toml", "map.toml")] {
        assert_eq!(blocks(&page, language).first(), Some(&text(&example.join(file))), "{file}");
    }
    let copy = tempfile::tempdir().expect("a folder");
    for entry in walkdir::WalkDir::new(&example).into_iter().filter_map(Result::ok) {
        let to = copy.path().join(entry.path().strip_prefix(&example).expect("within the example"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(to).expect("a folder");
        } else {
            fs::copy(entry.path(), to).expect("a file");
        }
    }
    let steps = blocks(&page, "console walk");
    assert_eq!(steps.len(), 4);
    for step in steps {
        let (line, expected) = step.split_once('\n').expect("a command line ends");
        let line = line.strip_prefix("$ ").expect("a prompt");
        assert_eq!(printed_in(copy.path(), line).trim_end(), expected.trim_end(), "{line}");
    }
}

#[test]
fn every_command_that_an_example_tells_to_look_at_works() {
    const COMMANDS: [&str; 5] = ["gate", "report", "rubric", "show", "trend"];
    for example in ["shop", "other-models"] {
        let folder = root().join("examples").join(example);
        let page = text(&folder.join("README.md"));
        let rows = page.lines().filter(|line| line.starts_with("| "));
        let code = rows.flat_map(|row| row.split('`').skip(1).step_by(2));
        let is_command = |code: &&str| code.split(' ').next().is_some_and(|word| COMMANDS.contains(&word));
        let commands: BTreeSet<_> = code.filter(is_command).collect();
        assert!(commands.len() >= 10, "{example}: {commands:?}");
        for line in commands {
            let mut command = Command::cargo_bin("fundamentals").expect("the program is built");
            command.arg("-C").arg(&folder).args(["--today", "2026-11-20"]).args(line.split(' '));
            let output = command.output().expect("it runs");
            // Both examples have a drop on the Golden Thread.
            let expected = if line == "gate" { 4 } else { 0 };
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!((output.status.code(), said.as_ref()), (Some(expected), ""), "{example}: {line}");
        }
    }
}

#[test]
fn every_relative_link_leads_to_a_file() {
    let diagnostics = root().join("docs/diagnostics");
    for page in pages() {
        let text = text(&page);
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap_or_default();
            let is_elsewhere = file.is_empty() || file.contains(':') || file.contains('…');
            // Diagnostic pages show links as examples of what not to write.
            if is_elsewhere || page.starts_with(&diagnostics) && !page.ends_with("README.md") {
                continue;
            }
            let path = page.parent().expect("a folder").join(file);
            assert!(path.exists(), "{}: no {target}", page.display());
        }
    }
}

/// An example that a page shows is a file that tests load: they are the same to the byte.
#[test]
fn examples_of_the_formats_are_files_without_problems() {
    let fixture = |path: &str| text(&root().join("tests/fixtures/docs").join(path));
    let first = |page: &str, language: &str| {
        let blocks = blocks(&text(&root().join("docs").join(page)), language);
        blocks.into_iter().next().unwrap_or_else(|| panic!("{page} has an example in {language}"))
    };
    let service = first("service-file.md", "yaml");
    assert_eq!(service, fixture("service-file/services/checkout-api.yaml"));
    let settings = first("settings.md", "toml");
    assert_eq!(settings, fixture("settings/fundamentals.toml"));
    for folder in ["service-file", "settings", "rubric-format"] {
        let mut command = Command::cargo_bin("fundamentals").expect("the program is built");
        let folder = root().join("tests/fixtures/docs").join(folder);
        let check = command.arg("-C").arg(folder).args(["--today", "2026-11-20", "check"]).assert();
        let output = String::from_utf8_lossy(&check.get_output().stdout).into_owned();
        assert!(output.contains("nothing wrong") || output.contains("nothing-to-check"), "{output}");
    }
    for version in ["example@1", "example@2"] {
        let lint = format!("fundamentals -C tests/fixtures/docs/rubric-format rubric lint {version}");
        assert_eq!(printed(&lint), "linted 1 rubric: nothing wrong\n", "{version}");
    }
}

/// The sections of a page with their TOML blocks, each with the headings above it, outermost first.
fn toml_by_heading(page: &str) -> Vec<(Vec<&str>, Vec<String>)> {
    let mut headings = Vec::new();
    let mut sections = Vec::new();
    for section in page.split("\n#") {
        let (heading, text) = section.split_once('\n').expect("a heading ends");
        let depth = heading.bytes().take_while(|byte| *byte == b'#').count();
        headings.truncate(depth);
        headings.push(heading.trim_start_matches('#').trim());
        sections.push((headings.clone(), blocks(text, "toml")));
    }
    sections
}

/// The keys that a text of TOML has at its top.
fn keys(text: &str) -> BTreeSet<String> {
    let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
    table.keys().cloned().collect()
}

/// What an example leaves out of a table, so that it is complete.
fn missing(needed: &[(&str, &str)], example: &str) -> String {
    let given = keys(example);
    let missing = needed.iter().filter(|(key, _)| !given.contains(*key));
    missing.map(|(key, value)| format!("{key} = {value}\n")).collect::<Vec<_>>().concat()
}

const RUBRIC: &[(&str, &str)] =
    &[("id", "\"frame\""), ("version", "\"1.0\""), ("title", "\"Frame\""), ("published", "2026-01-01")];
const PILLAR: &[(&str, &str)] = &[("id", "\"frame\""), ("title", "\"Frame\"")];
const CATEGORY: &[(&str, &str)] =
    &[("id", "\"frame\""), ("title", "\"Frame\""), ("red", "\"No.\""), ("green", "\"Yes.\"")];

/// The rubric file that an example stands for: it with what it leaves out.
fn framed(headings: &[&str], example: &str) -> String {
    let whole = |table: &[(&str, &str)], example: &str| format!("{}{example}", missing(table, example));
    let pillar = |pillar: &str, category: &str| {
        format!("[[pillar]]\n{}[[pillar.category]]\n{}", whole(PILLAR, pillar), whole(CATEGORY, category))
    };
    let given = keys(example);
    if given.contains("pillar") && given.contains("version") {
        return example.to_owned();
    }
    if example.starts_with("[[pillar]]") {
        return format!("{}{example}", whole(RUBRIC, ""));
    }
    if example.starts_with("[[pillar.category]]") {
        return format!("{}[[pillar]]\n{}{example}", whole(RUBRIC, ""), whole(PILLAR, ""));
    }
    match headings.get(1) {
        Some(&"The rubric") => format!("{}{}", whole(RUBRIC, example), pillar("", "")),
        Some(&"`[[pillar]]`") => format!("{}{}", whole(RUBRIC, ""), pillar(example, "")),
        Some(&"`[[pillar.category]]`") => format!("{}{}", whole(RUBRIC, ""), pillar("", example)),
        Some(_) | None => panic!("no frame for an example under {headings:?}:\n{example}"),
    }
}

#[test]
fn every_example_of_the_rubric_format_is_a_rubric_without_problems() {
    let page = text(&root().join("docs/rubric-format.md"));
    let fixtures = root().join("tests/fixtures/docs/rubric-format/rubric/example");
    let mut whole = Vec::new();
    let mut checked = 0;
    for (headings, examples) in toml_by_heading(&page) {
        for example in examples {
            checked += 1;
            let loaded = if example.starts_with("[estate]") {
                load_texts(Some(&example), &[("v1.toml", &text(&fixtures.join("v1.toml")))], &[])
            } else {
                let rubric = framed(&headings, &example);
                if rubric == example {
                    whole.push(example.clone());
                }
                load_texts(None, &[("example.toml", &rubric)], &[])
            };
            assert!(loaded.problems.is_empty(), "{headings:?}: {:?}\n{example}", loaded.problems);
            assert_eq!(loaded.own_rubrics().count(), 1, "{headings:?}");
        }
    }
    assert_eq!(checked, blocks(&page, "toml").len(), "all of them");
    let files = ["v1.toml", "v2.toml"].map(|name| text(&fixtures.join(name)));
    assert_eq!(whole, files, "whole files are fixtures");
}

/// Every table of a file, by its place from the top.
fn tables(
    place: Vec<&'static str>,
    keys: &'static TableKeys,
) -> Vec<(Vec<&'static str>, &'static TableKeys)> {
    let inner = keys.keys.iter().filter_map(|key| Some((key.name, key.kind.table()?)));
    let inner = inner.flat_map(|(name, keys)| tables(place.iter().copied().chain([name]).collect(), keys));
    let inner: Vec<_> = inner.collect();
    [(place, keys)].into_iter().chain(inner).collect()
}

#[test]
fn every_key_of_a_rubric_is_described_with_an_example() {
    let page = text(&root().join("docs/rubric-format.md"));
    let sections = toml_by_heading(&page);
    for (place, keys) in tables(Vec::new(), &keys::rubric::FILE) {
        let heading = match place[..] {
            [] => "The rubric",
            ["pillar"] => "`[[pillar]]`",
            [_, _, .., inner] => &format!("`{inner}`"),
            _ => "`[[pillar.category]]`",
        };
        for key in keys.names() {
            let named = format!("`{key}`");
            // An inner table has one section for all its keys, any other one for each of them.
            let is_about = |headings: &[&str]| match place.len() {
                3.. => headings.last() == Some(&heading),
                _ => headings.get(1) == Some(&heading) && headings[2..].iter().any(|it| it.contains(&named)),
            };
            let about: Vec<_> = sections.iter().filter(|(headings, _)| is_about(headings)).collect();
            assert_eq!(about.len(), 1, "one section about {named} of {place:?}");
            // One of its users' own keys is any that begins so.
            let own = key.strip_suffix('…');
            let shown = |example: &String| {
                example.lines().any(|line| {
                    own.is_some_and(|own| line.starts_with(own))
                        || line.starts_with(&format!("{key} = "))
                        || line.contains(&format!(" {key} = "))
                        || line.starts_with(&format!("[[{key}]]"))
                        || line.starts_with(&format!("[[pillar.{key}]]"))
                })
            };
            assert!(about[0].1.iter().any(shown), "an example of {named} of {place:?}");
            assert!(
                page.contains(&format!("| {named}")) || page.contains(&format!(", {named} |")),
                "{named}"
            );
        }
    }
}

#[test]
fn every_error_that_reading_a_rubric_can_give_is_on_its_page() {
    let page = text(&root().join("docs/rubric-format.md"));
    let source = root().join("src/load");
    for file in ["rubric.rs", "table.rs", "toml.rs", "files.rs"] {
        for code in text(&source.join(file)).split("Code::").skip(1) {
            let name: String = code.chars().take_while(|letter| letter.is_ascii_alphanumeric()).collect();
            let known = Code::ALL.iter().find(|code| format!("{code:?}") == name);
            // A path on the command line isn't a rubric's mistake.
            if let Some(code) = known.filter(|code| **code != Code::NoSuchPath) {
                assert!(page.contains(&format!("(diagnostics/{}.md)", code.name())), "{}", code.name());
            }
        }
    }
    for lint in fs::read_dir(root().join("src/check/rubric")).expect("a folder") {
        let name = lint.expect("an entry").file_name().to_string_lossy().replace(".rs", "").replace('_', "-");
        assert!(name == "mod" || page.contains(&format!("(diagnostics/{name}.md)")), "{name}");
    }
}

#[test]
fn the_built_in_rubrics_have_no_problems_and_their_guidance_is_built_in() {
    let files: Vec<_> = ["v1.toml", "v2.toml"].into_iter().zip(BUILT_IN_RUBRICS).collect();
    let loaded = load_texts(None, &files, &[]);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    for (_, category) in loaded.estate.rubrics.categories() {
        assert!(
            category.question.as_ref().is_some_and(|question| question.ends_with('?')),
            "{}",
            category.id
        );
        for link in category.links() {
            let page = built_in_page(&link.href).unwrap_or_else(|| panic!("{} leads nowhere", link.href));
            assert_eq!(page, text(&root().join(&link.href)));
        }
    }
    let newest = loaded.estate.default_rubric();
    assert_eq!((newest.key().to_string().as_str(), newest.pillars.len()), ("fundamentals@2", 4));
    assert!(newest.categories.iter().all(|category| category.links().next().is_some()));
}

#[test]
fn every_category_of_the_first_built_in_rubric_is_continued_or_retired_by_the_second() {
    let loaded = load_texts(None, &[], &[]);
    let rubric = |key| loaded.estate.rubrics.get(&RubricKey::parse(key).expect("a key")).expect("built in");
    let diff = rubric_diff(rubric("fundamentals@1"), rubric("fundamentals@2"));
    let kinds: BTreeSet<_> = diff.changes.iter().map(|change| change.kind).collect();
    let all = [Kind::Merged, Kind::Split, Kind::Renamed, Kind::Removed, Kind::Added, Kind::Reworded];
    assert_eq!(kinds, all.into(), "every kind of change occurs");
    assert!(diff.changes.iter().any(|change| change.bar == BarChange::Raised));
    let removed = diff.changes.iter().filter(|change| change.kind == Kind::Removed);
    assert!(removed.flat_map(|change| &change.old).all(|category| diff.is_retired(category)));
}

/// Words about which two people would argue instead of looking.
const VAGUE: [&str; 16] = [
    "good",
    "adequate",
    "adequately",
    "robust",
    "appropriate",
    "appropriately",
    "proper",
    "properly",
    "sufficient",
    "reasonable",
    "well",
    "effective",
    "mature",
    "comprehensive",
    "regular",
    "regularly",
];

#[test]
fn the_built_in_definitions_are_short_and_say_what_can_be_seen() {
    let loaded = load_texts(None, &[], &[]);
    for category in &loaded.estate.default_rubric().categories {
        let levels = [Some(&category.red), category.amber.as_ref(), Some(&category.green)];
        for statement in levels.into_iter().flatten().flat_map(|definition| &definition.statements) {
            let words: Vec<_> =
                statement.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase).collect();
            let vague = words.iter().find(|word| VAGUE.contains(&word.as_str()));
            assert_eq!(vague, None, "{}: {statement}", category.id);
            assert!(statement.split_whitespace().count() <= 30, "{}: {statement}", category.id);
        }
    }
}

#[test]
fn the_page_of_the_gate_has_every_rule_with_its_levels() {
    let page = text(&root().join("docs/gate.md"));
    let policy = GatePolicy::default();
    let rows: Vec<_> = page.lines().filter(|line| line.starts_with("| [")).collect();
    let row = |rule: &GateRule| {
        let (name, levels) = (rule.name(), policy.levels(*rule));
        let (golden_thread, elsewhere) = (levels.golden_thread.word(), levels.elsewhere.word());
        format!("| [{name}](#{name}) | {} | {golden_thread} | {elsewhere} |", rule.summary())
    };
    assert_eq!(rows, GateRule::ALL.iter().map(row).collect::<Vec<_>>());
    for rule in GateRule::ALL {
        assert!(page.contains(&format!("\n### {}\n", rule.name())), "{}", rule.name());
    }
}

#[test]
fn the_slo_results_of_the_page_are_files_in_which_nothing_is_wrong() {
    let page = text(&root().join("docs/slo-file.md"));
    let folder = root().join("tests/fixtures/diagnostics/ok--slo-report/slo");
    for (language, file) in [("csv", "2026.csv"), ("json", "latency.json")] {
        assert_eq!(blocks(&page, language), [text(&folder.join(file))]);
    }
}

#[test]
fn the_example_missed_the_objectives_that_its_page_names() {
    let shop = root().join("examples/shop");
    let loaded = EstateDir::find(&shop, &shop).load();
    let slos = loaded.estate.slos();
    let services: BTreeSet<_> = slos.iter().map(|slo| slo.service.as_str()).collect();
    assert_eq!((slos.len(), services.len()), (54, 8));
    let missed = slos.iter().filter(|slo| !slo.is_met());
    let missed: Vec<_> =
        missed.map(|slo| format!("{} {} {}", slo.service, slo.slo, slo.month_in_digits())).collect();
    let expected = [
        "bag-api availability 2026-06",
        "checkout-web pay-clicks-answered 2026-07",
        "edge-gateway availability 2026-09",
        "edge-gateway availability 2026-10",
        "payments-api latency-1s 2026-06",
        "search-api results/availability 2026-08",
        "web-storefront home-page-in-2.5s 2026-10",
    ];
    assert_eq!(missed, expected);
}

#[test]
fn the_stricter_policy_of_the_gates_page_can_be_copied() {
    let page = text(&root().join("docs/gate.md"));
    let policy = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a block");
    let loaded = load_texts(Some(policy), &[], &[("s.yaml", "service: s\n")]);
    let in_settings = |problem: &&Diagnostic| {
        problem.at.as_ref().is_some_and(|at| Some(at.place.file()) == loaded.files.settings)
    };
    assert_eq!(loaded.problems.iter().find(in_settings), None);
    let denied = GateRule::ALL
        .iter()
        .filter(|rule| loaded.estate.settings.gate.levels(**rule).golden_thread == GateLevel::Deny);
    assert_eq!(denied.count(), 7);
}

/// Names of the packages in a manifest's tables of dependencies, those for one target included.
fn direct_dependencies(manifest: &toml::Table) -> Vec<String> {
    let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
    let of = |table: &toml::Table| -> Vec<String> {
        let tables = tables.iter().filter_map(|name| table.get(*name)?.as_table());
        tables.flat_map(|packages| packages.keys().cloned()).collect()
    };
    let targets = manifest.get("target").and_then(toml::Value::as_table).into_iter().flatten();
    let targets = targets.filter_map(|(_, target)| target.as_table());
    std::iter::once(manifest).chain(targets).flat_map(of).collect()
}

#[test]
fn every_direct_dependency_has_one_line_on_its_page_and_no_line_is_left_over() {
    let manifest = text(&root().join("Cargo.toml")).parse().expect("a manifest is TOML");
    let mut dependencies = direct_dependencies(&manifest);
    let page = text(&root().join("docs/dependencies.md"));
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let mut listed = Vec::new();
    for (package, rest) in rows {
        let cells: Vec<_> = rest.trim_end_matches('|').split('|').map(str::trim).collect();
        assert!(cells.len() == 2 && cells.iter().all(|cell| !cell.is_empty()), "{package}: {rest}");
        listed.push(package.to_owned());
    }
    dependencies.sort();
    listed.sort();
    assert_eq!(listed, dependencies);
}

#[test]
fn every_scenario_of_the_gate_has_one_row_on_its_page_and_no_row_is_left_over() {
    let mut scenarios = Vec::new();
    for file in fs::read_dir(root().join("tests/gate")).expect("a folder") {
        let file = file.expect("an entry").path();
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        for test in text(&file).split("#[test]\n").skip(1) {
            let function =
                test.lines().find_map(|line| line.trim_start().strip_prefix("fn ")?.split_once('('));
            let (function, _) = function.unwrap_or_else(|| panic!("{name}: a test is a function"));
            scenarios.push((function.replace('_', " "), format!("`tests/gate/{name}::{function}`")));
        }
    }
    let page = text(&root().join("docs/gate-scenarios.md"));
    let mut listed = Vec::new();
    for row in page.lines().filter(|line| line.contains("`tests/gate/")) {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [claim, result, test] = cells[..] else { panic!("{row}") };
        assert!(!result.is_empty(), "{row}");
        listed.push((claim.to_lowercase(), test.to_owned()));
    }
    scenarios.sort();
    listed.sort();
    let without_row: Vec<_> = scenarios.iter().filter(|it| !listed.contains(it)).collect();
    assert!(without_row.is_empty(), "add to docs/gate-scenarios.md: {without_row:#?}");
    assert_eq!(listed, scenarios);
}
