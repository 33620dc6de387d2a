//! SARIF of `check`, `rubric lint` and `gate` against the schema that OASIS has published.

use jsonschema::Validator;

use crate::support::{Estate, parse_json, run};

fn schema() -> Validator {
    let schema = include_str!("../fixtures/schemas/sarif-schema-2.1.0.json");
    // Its pattern for languages, which we don't state, has a bracket that not everybody takes for a letter.
    let schema = schema.replace("[a-zA-Z]{2}]?$", r"[a-zA-Z]{2}\\]?$");
    jsonschema::draft7::new(&parse_json(&schema)).expect("the schema is one")
}

/// The log, which the schema takes.
#[track_caller]
pub(crate) fn is_valid_sarif(out: &str) -> serde_json::Value {
    let log = parse_json(out);
    let errors: Vec<_> =
        schema().iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(errors, Vec::<String>::new());
    log
}

#[track_caller]
fn assert_valid(out: &str) {
    let log = is_valid_sarif(out);
    assert!(!log["runs"][0]["results"].as_array().expect("a list").is_empty(), "there is something to check");
}

#[test]
fn the_schema_refuses_what_is_no_sarif() {
    assert!(!schema().is_valid(&parse_json(r#"{ "version": "2.1.0", "runs": [{ "results": [] }] }"#)));
}

#[test]
fn the_gates_sarif_is_valid() {
    assert_valid(&run("gate --format sarif").out);
    assert_valid(&crate::gate_formats::estate().run("gate --base main --format sarif").out);
    assert_valid(&crate::gate_hostile_text::estate().run("gate --base HEAD --format sarif").out);
}

#[test]
fn the_sarif_of_problems_is_valid() {
    let estate = Estate::shop()
        .appending("services/customer/wishlist-api.yaml", "colour: red\n")
        .with("services/empty.yaml", "");
    assert_valid(&estate.run("check --format sarif").out);
    assert_valid(&Estate::empty().run("check --format sarif").out);
}
