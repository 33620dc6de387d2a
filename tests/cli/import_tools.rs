//! `import datadog`, `opslevel`, `cortex` and `compass`: service files from other tools' catalogs.

use std::path::{Path, PathBuf};

use crate::support::{Estate, apply, command, ended};

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/other-catalogs")
}

/// What a command needs besides the files, for the examples to be complete.
const TOOLS: [(&str, &str); 4] = [
    ("datadog", "--domain fulfilment"),
    ("opslevel", ""),
    ("cortex", "--platform checkout"),
    ("compass", "--platform stores --domain fulfilment"),
];

#[test]
fn what_a_tool_knows_is_written_once_and_is_valid() {
    for (tool, defaults) in TOOLS {
        let estate = Estate::copy_of(&examples());
        let import = format!("import {tool} {tool} {defaults} --quiet");
        let written = estate.run(&import).fine();
        assert!(written.contains("Written to services/"), "{tool}: {written}");
        let checked = estate.run("check").fine();
        assert!(checked.contains("no-assessments"), "{tool}: {checked}");
        let again = estate.run(&import).fine();
        assert!(!again.contains("Written") && again.contains("a file already"), "{tool}: {again}");
    }
}

#[test]
fn a_dry_run_prints_files_that_git_applies_and_writes_none() {
    for (tool, defaults) in TOOLS {
        let dry = Estate::copy_of(&examples());
        let patch = dry.run(&format!("import {tool} {tool} {defaults} --quiet --dry-run"));
        assert_eq!(patch.code, 0, "{tool}: {}", patch.err);
        assert!(!dry.path().join("services").exists(), "{tool}");
        apply(&dry, &patch.out);
        let written = Estate::copy_of(&examples());
        written.run(&format!("import {tool} {tool} {defaults} --quiet")).fine();
        for entry in written.path().join("services").read_dir().expect("a folder").flatten() {
            let file = format!("services/{}", entry.file_name().to_string_lossy());
            assert_eq!(dry.read(&file), written.read(&file), "{tool}");
        }
    }
}

#[test]
fn files_of_several_tools_may_lie_in_one_folder() {
    let estate = Estate::copy_of(&examples());
    let import = estate.run("import cortex . --platform checkout --verbose");
    assert_eq!(import.code, 0, "{}", import.err);
    assert!(import.out.contains("Written: 1 service file."), "{}", import.out);
    for part in ["documents describe no service:", "compass/compass.yml:1: not of Cortex"] {
        assert!(import.err.contains(part), "{part}: {}", import.err);
    }
}

#[test]
fn standard_input_is_a_file_too() {
    let estate = Estate::empty();
    let text = "{\"schema-version\": \"v2\", \"dd-service\": \"till\", \"team\": \"stores\"}";
    let args = "import datadog - --platform p --domain d --criticality low";
    let import = ended(command(estate.path(), args).write_stdin(text));
    assert_eq!((import.code, import.err.as_str()), (0, ""), "{}", import.out);
    assert_eq!(
        estate.read("services/till.yaml"),
        "service: till\ndomain: d\nplatform: p\nowner: stores\ncriticality: low\n"
    );
}

#[test]
fn all_that_is_missing_is_named_and_nothing_is_written() {
    let estate = Estate::empty()
        .with("a.yaml", "{ schema-version: v2.2, dd-service: one, application: p }")
        .with("b.yaml", "{ schema-version: v2.2, dd-service: two, tier: low }");
    let said = estate.run("import datadog a.yaml b.yaml").refused(2);
    for part in
        ["--platform of `two`", "--domain of `one` and `two`", "--criticality (known here:", "of `one`"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!estate.path().join("services").exists());
}

#[test]
fn values_that_mean_nothing_here_are_counted_and_nothing_is_written() {
    let service = |name: &str, tier: &str| {
        format!(
            "---\n{{ schema-version: v2.2, dd-service: {name}, team: t, application: p, tier: {tier} }}\n"
        )
    };
    let text = [("one", "gold"), ("two", "T1"), ("three", "gold"), ("four", "low")];
    let text: String = text.iter().map(|(name, tier)| service(name, tier)).collect();
    let estate = Estate::empty().with("all.yaml", &text);
    let said = estate.run("import datadog all.yaml --domain d").refused(3);
    for part in ["`gold` (2)", "`T1` (1)", "catalog.criticality"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let settings = "[catalog.criticality]\nvalues = { mission-critical = [\"T1\"], low = [\"gold\"] }\n";
    let estate = estate.with("fundamentals.toml", settings);
    estate.run("import datadog all.yaml --domain d").fine();
    assert!(estate.read("services/two.yaml").contains("criticality: mission-critical"));
    assert!(estate.read("services/three.yaml").contains("criticality: low"));
}

#[test]
fn a_file_with_errors_is_never_written_over() {
    let estate = Estate::empty()
        .with("services/till.yaml", "service: till\nbroken: [\n")
        .with("a.yaml", "{ schema-version: v2, dd-service: till, team: t }");
    let said = estate.run("import datadog a.yaml --platform p --domain d --criticality low").fine();
    assert_eq!(said, "1 service has a file already.\n");
    assert!(estate.read("services/till.yaml").contains("broken"));
}

#[test]
fn the_domain_may_be_that_of_the_platforms_other_services() {
    let estate = Estate::shop().with(
        "dd.yaml",
        "{ schema-version: v2.1, dd-service: till, application: checkout, team: t, tier: low }",
    );
    estate.run("import datadog dd.yaml").fine();
    assert!(estate.read("services/shopping/till.yaml").contains("domain: shopping"));
}

#[test]
fn a_path_that_is_missing_or_holds_no_service_is_an_error() {
    let estate = Estate::empty().with("k8s.yaml", "{ apiVersion: v1, kind: Service, metadata: { name: x } }");
    assert!(estate.run("import datadog nowhere.yaml").refused(3).contains("no such file"));
    assert!(estate.run("import datadog k8s.yaml").refused(3).contains("no service of Datadog was found"));
    for (text, reason) in [("a: [\n", "can't be read:"), ("", "no service"), ("# nothing\n", "no service")] {
        estate.with_text("odd.yaml", text);
        let said = estate.run("import datadog odd.yaml -v").refused(3);
        assert!(said.contains(reason), "{text:?}: {said}");
    }
}

#[test]
fn other_kinds_are_services_if_the_user_says_so() {
    let queue = "{ apiVersion: v3, kind: queue, metadata: { name: orders, owner: t } }";
    let estate = Estate::empty().with("a.yaml", queue);
    let args = "import datadog a.yaml --platform p --domain d --criticality low";
    estate.run(args).refused(3);
    estate.run(&format!("{args} --kind service,queue")).fine();
    assert!(estate.read("services/orders.yaml").contains("service: orders"));
}

const IDENTITY: &str = "--platform p --domain d --criticality low";

#[test]
fn a_service_of_a_catalog_was_always_there_unless_a_day_is_given() {
    let estate = Estate::empty()
        .with("a.yaml", "{ schema-version: v2.2, dd-service: cart, team: t, lifecycle: production }");
    let import = format!("import datadog a.yaml {IDENTITY}");
    estate.run(&format!("{import} --joined 2026-01-01")).fine();
    assert!(estate.read("services/cart.yaml").ends_with("lifecycle: production\njoined: 2026-01-01\n"));
    let estate = estate.with("b.yaml", "{ schema-version: v2.2, dd-service: pay, team: t }");
    estate.run(&format!("import datadog b.yaml {IDENTITY}")).fine();
    assert!(!estate.read("services/pay.yaml").contains("joined"));
    let scores = "service,category,date,colour\npay,logging,2025-12-01,green\n";
    let estate = estate.with("scores.csv", scores);
    estate.run("import scores scores.csv --rubric fundamentals@1").fine();
    let checked = estate.run("check");
    assert!(!checked.out.contains("before-joining"), "{}", checked.out);
}

#[test]
fn names_that_give_no_id_are_reported_together_and_keep_nothing_else_out() {
    let names = ["é", "日本", "%%%", "cart", "Gift Cards", "gift-cards"];
    let documents = names.map(|name| format!("{{ schema-version: v2.2, dd-service: '{name}', team: t }}\n"));
    let estate = Estate::empty().with("a.yaml", &documents.join("---\n"));
    let import = estate.run(&format!("import datadog a.yaml {IDENTITY}"));
    assert_eq!(import.code, 0, "{}", import.err);
    for (name, line) in [("é", 1), ("日本", 3), ("%%%", 5)] {
        assert!(import.err.contains(&format!("`{name}` can't be an id")), "{name}: {}", import.err);
        assert!(import.err.contains(&format!("a.yaml:{line}:")), "{name}: {}", import.err);
    }
    let left_out =
        "4 services were left out, for lack of an id of their own: `é`, `日本`, `%%%` and `gift-cards`.";
    assert!(import.out.contains(left_out), "{}", import.out);
    assert!(estate.read("services/cart.yaml").contains("service: cart"));
    assert!(estate.read("services/gift-cards.yaml").contains("title: Gift Cards"));
}

#[test]
fn a_file_in_a_folder_that_is_nobodys_stops_nothing() {
    let estate = Estate::empty().with("in/aa.yaml", "{ schema-version: v2.2, dd-service: aa, team: t }");
    std::fs::write(estate.path().join("in/latin.yaml"), b"# caf\xe9\n").expect("a file");
    std::fs::create_dir(estate.path().join("in/d.yaml")).expect("a folder");
    let import = estate.run(&format!("import datadog in {IDENTITY} -v"));
    assert_eq!(import.code, 0, "{}", import.err);
    for file in ["in/latin.yaml:1:", "in/d.yaml:1:"] {
        assert!(import.err.contains(file), "{file}: {}", import.err);
    }
    assert!(estate.read("services/aa.yaml").contains("service: aa"));
    let named = estate.run(&format!("import datadog in in/latin.yaml {IDENTITY}")).refused(3);
    assert!(named.contains("not-utf8"), "{named}");
}

#[test]
fn a_path_that_is_taken_comes_with_advice_that_exists() {
    let estate = Estate::empty()
        .with("services/aa.yaml", "service: other\nplatform: p\ndomain: d\ncriticality: low\n")
        .with("a.yaml", "{ schema-version: v2.2, dd-service: aa, team: t }");
    let refused = estate.run(&format!("import datadog a.yaml {IDENTITY}")).refused(2);
    let advice = "services/aa.yaml exists already; write this one first, with `fundamentals add aa --file …`";
    assert!(refused.contains(advice), "{refused}");
}
