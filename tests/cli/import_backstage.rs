//! `import backstage`: a catalog beside an estate, and service files from it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::real_data;
use crate::support::{Estate, apply, command, parse_csv, parse_json, run_in};

const HEADER: &str = "entity,kind,type,lifecycle,owner,system,domain,service,file,line";

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn example() -> Estate {
    Estate::copy_of(&repository("examples/backstage"))
}

/// What a command prints that succeeds, whatever it says besides.
fn printed(estate: &Estate, args: &str) -> String {
    let ended = estate.run(args);
    assert_eq!(ended.code, 0, "{args}: {}", ended.err);
    ended.out
}

fn component(name: &str, spec: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{ name: {name} }}\nspec: {{ {spec} }}\n"
    )
}

#[test]
fn the_walk_on_the_page_can_be_walked() {
    let estate = example();
    let page = fs::read_to_string(repository("docs/backstage.md")).expect("the page");
    let lines = page.lines().map(|line| line.trim_start_matches("$ "));
    let commands: Vec<_> = lines.filter_map(|line| line.strip_prefix("fundamentals ")).collect();
    assert!(commands.len() >= 5, "{commands:?}");
    for command in commands {
        let words: Vec<_> = command.split('"').collect();
        let command = command
            .replace("-C examples/backstage ", "")
            .replace(words.get(1).unwrap_or(&"\""), "Gone")
            .replace('"', "");
        printed(&estate, &command);
    }
    let rows = parse_csv(&estate.run("import backstage catalog --coverage --format csv -q").fine());
    assert_eq!(rows.len(), 3, "what is retired isn't missed");
    assert!(rows.iter().all(|row| !row["service"].is_empty()), "{rows:?}");
    assert!(estate.read("services/till-gateway.yaml").contains("retired:"));
}

#[test]
fn what_is_missing_is_written_once_and_as_the_dry_run_says() {
    let (dry, written) = (example(), example());
    let patch = printed(&dry, "import backstage catalog --dry-run --quiet");
    apply(&dry, &patch);
    let out = written.run("import backstage catalog --quiet").fine();
    assert!(out.ends_with("Written: 3 service files.\n"), "{out}");
    for service in ["checkout-api", "search-web", "stock-feed"] {
        let file = format!("services/{service}.yaml");
        assert_eq!(dry.read(&file), written.read(&file));
    }
    let again = written.run("import backstage catalog --quiet").fine();
    assert_eq!(again, "3 services have a file already.\n");
    let json = parse_json(&written.run("show stock-feed --format json").fine());
    let seen = ["domain", "platform", "criticality"].map(|key| json[key].as_str().expect("a text"));
    assert_eq!(seen, ["shopping", "checkout", "low"]);
}

#[test]
fn where_the_catalog_says_who_services_are_their_files_do_not_repeat_it() {
    let settings = example().read("fundamentals.toml");
    let files = "[catalog]\nfiles = [\"catalog/**/catalog-info.yaml\"]\n\n";
    let estate = example().with("fundamentals.toml", &format!("{files}{settings}"));
    printed(&estate, "import backstage");
    assert_eq!(estate.read("services/stock-feed.yaml"), "service: stock-feed\n");
    let json = parse_json(&estate.run("show stock-feed --format json").fine());
    let seen = ["domain", "platform", "criticality"].map(|key| json[key].as_str().expect("a text"));
    assert_eq!(seen, ["shopping", "checkout", "low"]);
    assert_eq!(printed(&estate, "import backstage"), "3 services have a file already.\n");
    let rows = parse_csv(&estate.run("import backstage --coverage --format csv --quiet").fine());
    assert_eq!(rows.iter().filter(|row| !row["entity"].is_empty()).count(), 3);
}

#[test]
fn what_left_the_catalog_is_offered_for_retirement_and_not_touched() {
    let estate = example();
    let before = estate.read("services/till-gateway.yaml");
    let ended = estate.run("import backstage catalog");
    assert!(ended.err.contains("`fundamentals retire till-gateway --on "), "{}", ended.err);
    assert_eq!(estate.read("services/till-gateway.yaml"), before);
}

#[test]
fn what_the_catalog_does_not_say_is_asked_for_and_nothing_is_written() {
    let estate = Estate::empty().with("catalog-info.yaml", &component("cart", "owner: team"));
    let refused = estate.run("import backstage .").refused(2);
    for part in ["--platform", "--domain", "--criticality", "`cart`"] {
        assert!(refused.contains(part), "{part}: {refused}");
    }
    assert!(!estate.path().join("services").exists());
    estate.run("import backstage . --platform web --domain shop --criticality low").fine();
    assert!(estate.read("services/cart.yaml").contains("platform: web\nowner: team\n"));
}

#[test]
fn a_value_that_means_nothing_here_is_reported_with_those_that_were_seen() {
    let estate = example();
    let catalog = "catalog/stock-feed/catalog-info.yaml";
    let refused = estate.replacing(catalog, "\"4\"", "bronze").run("import backstage catalog").refused(3);
    assert!(refused.contains("bronze"), "{refused}");
    assert!(refused.contains("[catalog.criticality]"), "{refused}");
}

#[test]
fn the_same_name_in_two_namespaces_is_written_for_neither() {
    let second = component("cart", "owner: b").replace("name: cart", "name: cart, namespace: pay");
    let catalog = [component("cart", "owner: a"), second, component("till", "owner: a")].join("---\n");
    let estate = Estate::empty().with("catalog-info.yaml", &catalog);
    let ended = estate.run("import backstage . --platform web --domain shop --criticality low");
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.err.contains("ambiguous-entity"), "{}", ended.err);
    assert!(
        !estate.path().join("services/cart.yaml").exists()
            && estate.path().join("services/till.yaml").exists()
    );
    let rows = parse_csv(&estate.run("import backstage . --coverage --format csv -q").fine());
    assert_eq!(rows.len(), 3);
}

#[test]
fn a_name_that_can_be_no_id_becomes_one_and_stays_the_title() {
    let estate = Estate::empty().with("catalog-info.yaml", &component("Gift Cards", "owner: a"));
    let import = "import backstage . --platform web --domain shop --criticality low";
    printed(&estate, import);
    assert!(estate.read("services/gift-cards.yaml").contains("title: Gift Cards\n"));
    assert!(printed(&estate, import).contains("1 service has a file already"));
}

#[test]
fn what_gets_no_file_for_lack_of_an_id_is_named() {
    let catalog =
        ["bad name!", "bad-name", "日本", "till"].map(|name| component(&format!("'{name}'"), "owner: a"));
    let estate = Estate::empty().with("catalog-info.yaml", &catalog.join("---\n"));
    let ended = estate.run("import backstage . --platform web --domain shop --criticality low");
    assert_eq!(ended.code, 0, "{}", ended.err);
    for part in ["two services would have the id `bad-name`", "`日本` can't be an id"] {
        assert!(ended.err.contains(part), "{part}: {}", ended.err);
    }
    let left_out =
        "3 services were left out, for lack of an id of their own: `bad name!`, `bad-name` and `日本`.";
    assert!(ended.out.contains(left_out), "{}", ended.out);
    assert!(estate.path().join("services/till.yaml").exists());
    assert!(!estate.path().join("services/bad-name.yaml").exists());
}

#[test]
fn standard_input_may_be_yaml_or_an_apis_answer() {
    let yaml = component("cart", "owner: a, type: service");
    let json = r#"{"items":[{"apiVersion":"backstage.io/v1alpha1","kind":"Component","metadata":{"name":"cart"},"spec":{"type":"service","owner":"a"}}]}"#;
    for text in [yaml.as_str(), json] {
        let estate = Estate::empty();
        let mut command = command(estate.path(), "import backstage - --coverage --format csv");
        let output = command.write_stdin(text).output().expect("it runs");
        let csv = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(
            csv,
            format!("{HEADER}\r\ncomponent:default/cart,Component,service,,group:default/a,,,,'-,1\r\n")
                .replacen(",1\r", &format!(",{}\r", 1), 1)
        );
    }
}

#[test]
fn which_entities_are_services_can_be_chosen() {
    let listed = |args: &str| -> Vec<String> {
        let csv =
            example().run(&format!("import backstage catalog --coverage --format csv -q {args}")).fine();
        parse_csv(&csv).iter().map(|row| row["entity"].clone()).filter(|entity| !entity.is_empty()).collect()
    };
    assert_eq!(listed("--type website"), ["component:default/search-web"]);
    assert_eq!(listed("--lifecycle Experimental"), ["component:default/stock-feed"]);
    assert_eq!(listed("--kind system"), ["system:default/checkout", "system:default/discovery"]);
    let refused = example().run("import backstage catalog --kind robot").refused(3);
    assert!(refused.contains("of the kind `robot`"), "{refused}");
}

#[test]
fn a_service_whose_component_is_no_longer_wanted_has_not_left_the_catalog() {
    let estate = example();
    printed(&estate, "import backstage catalog --quiet");
    let ended = estate.run("import backstage catalog --type website");
    assert!(ended.err.contains("1 service is not in this catalog: `till-gateway`\n"), "{}", ended.err);
}

#[test]
fn a_path_that_is_not_there_or_not_named_is_an_error() {
    assert!(example().run("import backstage gone --coverage").refused(3).contains("no-such-path"));
    assert!(Estate::empty().run("import backstage").refused(2).contains("`[catalog]`"));
}

#[test]
fn every_format_of_coverage_says_the_same() {
    let estate = example();
    let csv = estate.run("import backstage catalog --coverage --format csv -q").fine();
    assert_eq!(csv.lines().next(), Some(HEADER));
    let rows = parse_csv(&csv);
    let json = parse_json(&estate.run("import backstage catalog --coverage --format json -q").fine());
    assert_eq!(json["format"], "fundamentals/catalog-coverage/v1");
    let components = json["components"].as_array().expect("a list");
    let others = json["without_component"].as_array().expect("a list");
    for (row, line) in rows.iter().zip(components.iter().chain(others)) {
        for (column, value) in row {
            let in_json = match &line[column.as_str()] {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                    line[column.as_str()].to_string()
                }
            };
            assert_eq!(*value, in_json, "{column}");
        }
    }
    assert_eq!(rows.len(), components.len() + others.len());
}

#[test]
fn ten_thousand_entities_in_one_file_are_read() {
    let many: Vec<_> = (0..10_000).map(|at| component(&format!("s{at}"), "owner: a")).collect();
    let estate = Estate::empty().with("catalog-info.yaml", &many.join("---\n"));
    let csv = estate.run("import backstage catalog-info.yaml --coverage --format csv").fine();
    assert_eq!(csv.lines().count(), 10_001);
}

/// A reference in full, as Backstage's documentation has it: the kind from the field, the namespace from the entity.
fn full(reference: &Value, kind: &str, namespace: &str) -> String {
    let Some(text) = reference.as_str() else { return String::new() };
    let (kind, rest) = text.split_once(':').unwrap_or((kind, text));
    let (namespace, name) = rest.split_once('/').unwrap_or((namespace, rest));
    format!("{kind}:{namespace}/{name}").to_lowercase()
}

/// What the descriptors of a folder say of their components: type, lifecycle, owner, system, domain.
fn resolved(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("a file").into_path());
    let files = files.filter(|path| path.file_name().is_some_and(|name| name == "catalog-info.yaml"));
    let entities: Vec<Value> = files
        .flat_map(|path| {
            let text = fs::read_to_string(path).expect("text");
            serde_yaml::from_multiple::<Value>(&text).expect("YAML")
        })
        .collect();
    let namespace = |entity: &Value| entity["metadata"]["namespace"].as_str().unwrap_or("default").to_owned();
    let own = |entity: &Value| {
        full(&entity["metadata"]["name"], entity["kind"].as_str().expect("a kind"), &namespace(entity))
    };
    let systems: BTreeMap<String, String> = entities
        .iter()
        .filter(|entity| entity["kind"] == "System")
        .map(|entity| (own(entity), full(&entity["spec"]["domain"], "domain", &namespace(entity))))
        .collect();
    let components = entities.iter().filter(|entity| entity["kind"] == "Component");
    components
        .map(|entity| {
            let (spec, namespace) = (&entity["spec"], namespace(entity));
            let text = |key: &str| spec[key].as_str().unwrap_or_default().to_owned();
            let system = full(&spec["system"], "system", &namespace);
            let domain = systems.get(&system).cloned().unwrap_or_default();
            let owner = full(&spec["owner"], "group", &namespace);
            (own(entity), vec![text("type"), text("lifecycle"), owner, system, domain])
        })
        .collect()
}

#[test]
fn real_catalogs_resolve_as_backstage_documents_it() {
    let Some(data) = real_data::folder("backstage") else { return };
    for name in ["roadie", "demo"] {
        let folder = data.join(name);
        let csv = run_in(
            Estate::empty().path(),
            &format!("import backstage {} --coverage --format csv --quiet", folder.display()),
        );
        let rows = parse_csv(&csv.fine());
        let columns = ["type", "lifecycle", "owner", "system", "domain"];
        let read: BTreeMap<_, Vec<_>> = rows
            .iter()
            .map(|row| (row["entity"].clone(), columns.map(|column| row[column].clone()).to_vec()))
            .collect();
        assert_eq!(read, resolved(&folder), "{name}");
        assert_eq!(rows.len(), read.len(), "one row an entity");
    }
}
