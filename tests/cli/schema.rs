//! `fundamentals schema`: files that the program takes keep to the schemas, and files that it refuses don't, as far as a
//! schema can tell.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use fundamentals::check::check;
use fundamentals::diag::{Code, Severity};
use fundamentals::load::{EstateDir, Loaded};
use fundamentals::model::{self, Date};
use fundamentals::schema;
use fundamentals::source::FileId;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::real_data;
use crate::report_schema::documented;
use crate::small_rubric::small_rubric;
use crate::support::{Estate, TODAY, parse_json, run, run_in, shop};

/// What a validator sees of YAML.
#[track_caller]
pub(crate) fn yaml(text: &str) -> Value {
    // YAML 1.2, as editors have it: `yes` is a text.
    let options = serde_yaml::options! { strict_booleans: true };
    serde_yaml::from_str_with_options(text, options).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// What a validator sees of TOML: it has no dates, and editors hand them over as text.
#[track_caller]
pub(crate) fn toml(text: &str) -> Value {
    let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
    as_json(toml::Value::Table(table))
}

fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(truth) => json!(truth),
        toml::Value::Datetime(moment) => json!(moment.to_string()),
        toml::Value::Array(items) => items.into_iter().map(as_json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, as_json(value))).collect(),
    }
}

/// The three schemas, for any estate or for one, made when they are needed.
pub(crate) struct Schemas<'e> {
    pub(crate) service: LazySchema<'e>,
    pub(crate) rubric: LazySchema<'e>,
    pub(crate) settings: LazySchema<'e>,
}

type LazySchema<'e> = LazyCell<Validator, Box<dyn FnOnce() -> Validator + 'e>>;

impl<'e> Schemas<'e> {
    pub(crate) fn of_any() -> Self {
        Self::new(None)
    }

    pub(crate) fn of(loaded: &'e Loaded) -> Self {
        Self::new(Some(&loaded.estate))
    }

    fn new(files: Option<&'e model::Estate>) -> Self {
        let lazy = |make: fn(Option<&model::Estate>) -> schemars::Schema| {
            let build = move || {
                let options = jsonschema::draft7::options().should_validate_formats(true);
                options.build(&Value::from(make(files))).expect("it is a schema")
            };
            LazyCell::new(Box::new(build) as Box<dyn FnOnce() -> Validator + 'e>)
        };
        Self {
            service: lazy(schema::service),
            rubric: lazy(schema::rubric),
            settings: lazy(schema::settings),
        }
    }
}

#[track_caller]
fn errors(schema: &Validator, document: &Value) -> Vec<String> {
    schema.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// Every estate that lies in the repository, and the one of real data.
fn estates() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = ["tests/fixtures/diagnostics", "tests/fixtures/docs", "tests/fixtures/lint", "examples"];
    let folders = fixtures.iter().flat_map(|folder| {
        let entries = root.join(folder).read_dir().expect("a folder");
        entries.map(|entry| entry.expect("an entry").path())
    });
    let mut estates: Vec<_> = folders.chain([root.to_owned()]).chain(real_data::imm()).collect();
    estates.sort();
    estates
}

/// What is wrong with a file, by code.
fn codes(loaded: &Loaded, file: FileId) -> BTreeSet<Code> {
    let errors = loaded.problems.iter().filter(|problem| problem.severity() == Severity::Error);
    let here = errors.filter(|problem| problem.at.as_ref().is_some_and(|at| at.place.file() == file));
    here.map(|problem| problem.code).collect()
}

/// What any schema says.
const SAID: [Code; 11] = [
    Code::ConflictingScore,
    Code::EmptyRubric,
    Code::IncompleteWaiver,
    Code::InvalidColour,
    Code::InvalidDate,
    Code::InvalidId,
    Code::InvalidValue,
    Code::MissingBecause,
    Code::MissingKey,
    Code::UnknownKey,
    Code::WrongType,
];

/// What the schema of an estate says besides.
const SAID_FOR_ESTATE: [Code; 7] = [
    Code::GoldenThreadCriticality,
    Code::UndefinedColour,
    Code::UnknownCategory,
    Code::UnknownCriticality,
    Code::UnknownDomain,
    Code::UnknownProvider,
    Code::UnknownRubric,
];

/// What a schema can't know: that `[` opens something in a glob, what other rubrics say, and what a file that nobody can read may be.
fn is_beyond(estate: &Path) -> bool {
    let name = estate.file_name().map(|name| name.to_string_lossy().into_owned());
    name.is_some_and(|name| {
        ["invalid-value--catalog", "invalid-value--glob", "invalid-value--replaces-circle"]
            .contains(&name.as_str())
    })
}

#[test]
fn files_without_errors_keep_to_the_schemas_and_those_with_errors_do_not() {
    let any = Schemas::of_any();
    let today = Date::parse(TODAY).expect("a day");
    let (mut fine, mut refused) = (0, BTreeSet::new());
    for folder in estates() {
        let mut loaded = EstateDir::find(&folder, &folder).load();
        let estate = loaded.estate.clone();
        let own = Schemas::new(Some(&estate));
        check(&mut loaded, today);
        let files = &loaded.files;
        // An estate of services alone is judged by what is built in, and has a schema like that of any other.
        // Where a catalog supplies what a file leaves out, only the estate's own schema knows that.
        let has_catalog = !estate.settings.catalog.files.is_empty();
        let is_special = files.settings.is_some() || !files.rubrics.is_empty();
        let services = files.services.iter().map(|file| (*file, &any.service, &own.service));
        let rubrics = files.rubrics.iter().map(|file| (*file, &any.rubric, &own.rubric));
        let settings = files.settings.iter().map(|file| (*file, &any.settings, &own.settings));
        for (file, any, own) in services.chain(rubrics).chain(settings) {
            let codes = codes(&loaded, file);
            let source = loaded.sources.file(file);
            let at = format!("{} in {}: {codes:?}", source.path(), folder.display());
            let is_yaml = Some(&file) != files.settings.as_ref() && !files.rubrics.contains(&file);
            let document = || if is_yaml { yaml(source.text()) } else { toml(source.text()) };
            if codes.is_empty() {
                fine += 1;
                if !has_catalog {
                    assert_eq!(errors(any, &document()), Vec::<String>::new(), "{at}");
                }
                if is_special {
                    assert_eq!(errors(own, &document()), Vec::<String>::new(), "{at}");
                }
            } else if !is_beyond(&folder) {
                let said: Vec<_> = codes.iter().filter(|code| SAID.contains(code)).collect();
                assert!(said.is_empty() || !any.is_valid(&document()), "{at}");
                let for_estate: Vec<_> = codes.iter().filter(|code| SAID_FOR_ESTATE.contains(code)).collect();
                assert!(for_estate.is_empty() || !own.is_valid(&document()), "{at}");
                refused.extend(said.into_iter().chain(for_estate).copied());
            }
        }
    }
    assert!(fine > 100, "{fine}");
    assert_eq!(refused.len(), SAID.len() + SAID_FOR_ESTATE.len(), "each is in a fixture");
}

#[test]
fn the_documentation_has_the_schemas() {
    documented("service.json", &schema::service(None));
    documented("rubric.json", &schema::rubric(None));
    documented("settings.json", &schema::settings(None));
}

#[test]
fn each_schema_is_one_by_the_rules_of_its_draft() {
    let of_estate = ["service", "rubric", "settings"].map(|what| format!("{what} --for-estate"));
    let of_any = ["service", "rubric", "settings", "report", "actions", "coverage"].map(str::to_owned);
    for what in of_any.into_iter().chain(of_estate) {
        let schema = parse_json(&run(&format!("schema {what}")).fine());
        let valid = jsonschema::draft7::meta::validate(&schema).map_err(|error| error.to_string());
        assert_eq!(valid, Ok(()), "{what}");
    }
}

#[test]
fn every_key_says_what_it_is() {
    for schema in [schema::service(None), schema::rubric(None), schema::settings(None)] {
        let schema = Value::from(schema);
        assert!(schema["title"].is_string() && schema["$id"].is_string());
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        let definitions = schema["definitions"].as_object().expect("definitions").values();
        for table in definitions.chain([&schema]) {
            assert!(table["description"].is_string(), "{table}");
            for (key, it) in table["properties"].as_object().into_iter().flatten() {
                let description = it["description"].as_str().unwrap_or_else(|| panic!("{key}"));
                assert!(
                    description.ends_with(['.', '`']) && !description.contains('\n'),
                    "{key}: {description}"
                );
            }
        }
    }
}

#[test]
fn nothing_that_only_the_program_understands_is_left_in_a_schema() {
    for what in ["service", "rubric", "settings"] {
        for args in ["", " --for-estate"] {
            let text = run(&format!("schema {what}{args}")).fine();
            assert!(!text.contains("\"$ids\"") && !text.contains("\"$keys\""), "{what}{args}");
        }
    }
}

/// The schema of a score of one category, in an estate.
fn score(schema: &Value, rubric: &str, category: &str) -> Value {
    schema["definitions"][format!("Scores-{rubric}")]["properties"][category].clone()
}

#[test]
fn a_category_is_completed_with_its_question_and_definitions() {
    let schema = parse_json(&run("schema service --for-estate").fine());
    let logging = score(&schema, "fundamentals-2", "logging");
    assert_eq!(logging["title"], "Logging");
    insta::assert_snapshot!(logging["description"].as_str().expect("it has one"), @r"
    When something breaks, can someone tell from the logs alone what failed, for which unit of work, and why?

    Red: At least one of the last three failures left no log line, left it only where the work ran, or lost it within 14 days.

    Amber: The last three failures each left a line in one searchable place, kept 14 days, but as free text or without naming the unit of work.

    Green: The last three failures each left a line within 5 minutes, kept 14 days, searchable by field: time, severity, version, unit of work, cause.

    Logging guidance: docs/guidance/logging.md

    Pillar Monitoring & Observability of fundamentals@2.
    ");
    assert_eq!(logging["anyOf"][0]["enum"], json!(["red", "amber", "green"]));
    let meanings =
        logging["anyOf"][0]["enumDescriptions"].as_array().expect("each colour says what it means");
    assert!(
        meanings[0].as_str().is_some_and(|red| red.starts_with("At least one of the last three failures"))
    );
}

#[test]
fn amber_is_not_offered_where_the_rubric_has_none() {
    let rubric = small_rubric("tiny@1", "", &[("rollback", "# no amber")]);
    let estate = Estate::empty().with("fundamentals.toml", "").with("rubric/tiny.toml", &rubric);
    let schema = parse_json(&estate.run("schema service --for-estate").fine());
    let rollback = score(&schema, "tiny-1", "rollback");
    assert_eq!(rollback["anyOf"][0]["enum"], json!(["red", "green"]));
    assert_eq!(rollback["anyOf"][1]["properties"]["rag"]["enum"], json!(["red", "green", "not-applicable"]));
}

#[test]
fn a_schema_goes_to_a_file() {
    let estate = Estate::shop();
    let printed = estate.run("schema service --for-estate").fine();
    assert_eq!(estate.run("schema service --for-estate -o service.json").fine(), "");
    assert_eq!(estate.read("service.json"), printed);
}

#[test]
fn there_is_a_schema_without_any_service_or_settings() {
    let nothing = Estate::empty();
    let schema = parse_json(&nothing.run("schema service --for-estate").fine());
    assert!(score(&schema, "fundamentals-2", "logging")["description"].is_string());
    parse_json(&nothing.run("schema settings --for-estate").fine());
}

#[test]
fn half_an_estate_has_no_schema() {
    let broken = Estate::shop().appending("fundamentals.toml", "\n[reviews]\n");
    let ended = broken.run("schema service --for-estate -o service.json");
    assert_eq!((ended.code, ended.out.as_str()), (3, ""));
    assert!(ended.err.contains("no schema for this estate"), "{}", ended.err);
    assert!(!broken.path().join("service.json").exists());
}

#[test]
fn documents_of_reports_have_one_schema_everywhere() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas");
    for what in ["report", "actions", "coverage"] {
        let written = std::fs::read_to_string(docs.join(format!("{what}-v1.json"))).expect("it is there");
        assert_eq!(run_in(&shop(), &format!("schema {what}")).fine(), written);
        run_in(&shop(), &format!("schema {what} --for-estate")).refused(2);
    }
}
