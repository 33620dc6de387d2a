//! The JSON of `report` and `actions` against the JSON Schemas that the documentation has.

use std::path::Path;

use fundamentals::report::review::contract::PackDocument;
use fundamentals::report::{actions, review};
use fundamentals::text::write_json;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::report_html::tiny;
use crate::support::{Estate, parse_json, run};

/// The documentation's schema, which is what the types say. With `UPDATE_SCHEMAS` set, it is written anew.
pub(crate) fn documented(name: &str, generated: &impl serde::Serialize) -> Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas").join(name);
    let generated = serde_json::to_string_pretty(generated).expect("a schema is JSON") + "\n";
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder can be made");
        std::fs::write(&path, &generated).expect("the schema can be written");
    }
    let written = std::fs::read_to_string(&path).expect("the documentation has the schema");
    assert_eq!(written, generated, "docs/schemas/{name} is out of date: run the tests with UPDATE_SCHEMAS=1");
    jsonschema::draft7::new(&parse_json(&written)).expect("the schema is one")
}

fn report_schema() -> Validator {
    documented("report-v1.json", &review::json::schema())
}

#[track_caller]
fn assert_valid(schema: &Validator, document: &Value) {
    let errors = schema.iter_errors(document);
    let errors: Vec<_> = errors.map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(errors, Vec::<String>::new());
}

fn pack() -> Value {
    parse_json(&run("report --domain shopping --format json").fine())
}

#[test]
fn every_pack_keeps_to_the_schema() {
    let schema = report_schema();
    for args in [
        "--domain shopping",
        "--domain customer",
        "--domain engagement",
        "",
        "--domain customer --section talk",
    ] {
        assert_valid(&schema, &parse_json(&run(&format!("report --format json {args}")).fine()));
    }
    let broken = Estate::shop().appending("services/shopping/bag-api.yaml", "colour: red\n");
    assert_valid(&schema, &parse_json(&broken.run("report --domain shopping --format json").out));
}

fn read(pack: &str) -> serde_json::Result<PackDocument> {
    serde_json::from_str(pack)
}

#[test]
fn every_pack_can_be_read_back_and_written_again_to_the_same_bytes() {
    let of_shop = ["--domain shopping", "--domain customer", "--domain engagement", ""]
        .map(|args| run(&format!("report --format json {args}")).fine());
    let of_tiny = tiny().run("report --domain shop --format json").fine();
    for pack in of_shop.into_iter().chain([of_tiny]) {
        let mut again = Vec::new();
        write_json(&read(&pack).expect("a pack"), &mut again).expect("a vector takes everything");
        assert_eq!(String::from_utf8(again).expect("UTF-8"), pack);
    }
}

#[test]
fn a_document_of_another_format_or_with_a_day_that_is_none_is_no_pack() {
    let pack = parse_json(&run("report --domain shopping --section waivers --format json").fine());
    let breaks: [fn(&mut Value); 3] = [
        |pack| pack["format"] = json!("fundamentals/report/v2"),
        |pack| pack["about"]["as_of"] = json!("2026-02-30"),
        |pack| pack["about"]["services"] = json!("many"),
    ];
    for (at, break_it) in breaks.iter().enumerate() {
        let mut broken = pack.clone();
        break_it(&mut broken);
        assert!(read(&broken.to_string()).is_err(), "break {at}");
    }
}

#[test]
fn a_pack_with_fields_of_a_later_version_can_be_read() {
    let pack = run("report --domain shopping --section waivers --format json").fine();
    let mut later = parse_json(&pack);
    later["something"] = json!("new");
    later["about"]["something"] = json!({ "new": true });
    let earlier = read(&later.to_string()).expect("fields are only ever added");
    assert_eq!(serde_json::to_value(&earlier).expect("JSON"), parse_json(&pack));
}

#[test]
fn commitments_keep_to_their_schema() {
    let schema = documented("actions-v1.json", &actions::schema());
    let document = parse_json(&run("actions --format json --since 2024-01-01").fine());
    assert_valid(&schema, &document);
    let mut without_day = document;
    without_day["as_of"] = json!("20 November");
    assert!(!schema.is_valid(&without_day));
}

#[test]
fn the_schema_refuses_what_is_no_pack() {
    let schema = report_schema();
    let pack = pack();
    let breaks: [fn(&mut Value); 6] = [
        |it| it["about"]["as_of"] = json!("2026-1-5"),
        |it| it["map"]["rows"][0]["colour"] = json!("yellow"),
        |it| it["changes"]["lines"][0]["kind"] = json!("worse"),
        |it| it["glance"]["lines"][0]["total"] = json!(-1),
        |it| it["something"] = json!("new"),
        |it| {
            it.as_object_mut().expect("an object").remove("about");
        },
    ];
    for (at, break_it) in breaks.iter().enumerate() {
        let mut broken = pack.clone();
        break_it(&mut broken);
        assert!(!schema.is_valid(&broken), "break {at}");
    }
}

#[test]
fn every_part_of_the_schema_says_what_it_is() {
    let schema = serde_json::to_value(review::json::schema()).expect("a schema is JSON");
    let definitions = schema["definitions"].as_object().expect("definitions");
    for (name, definition) in definitions {
        assert!(definition["description"].is_string(), "{name}");
        for (field, it) in definition["properties"].as_object().into_iter().flatten() {
            let described = it["description"].is_string() || it["$ref"].is_string() || it["allOf"].is_array();
            assert!(described, "{name}.{field}");
        }
    }
}
