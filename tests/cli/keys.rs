//! The tables of keys in the documentation are made from the descriptions that files are read by.

use std::path::Path;

use fundamentals::load::keys::{
    Form, Key, Kind, Presence, TableKeys, rubric, scores, service, settings, slo,
};

/// The tables of each page, in its order.
fn pages() -> [(&'static str, Vec<&'static TableKeys>); 6] {
    use service::{ACTION, ASSESSMENT, SCORE, WAIVER};
    use settings::{
        CATALOG, CATALOG_CRITICALITY, DOMAIN, ESTATE, GATE, LEVELS, REQUIRE, REVIEW, RULE, SLO, WAIVERS,
    };
    [
        (
            "service-file.md",
            vec![&service::FILE, &service::PREVIOUSLY, &ASSESSMENT, &SCORE, &ACTION, &WAIVER],
        ),
        (
            "rubric-format.md",
            vec![
                &rubric::FILE,
                &rubric::PILLAR,
                &rubric::CATEGORY,
                &service::LINK,
                &rubric::APPLIES_TO,
                &rubric::TAGS,
            ],
        ),
        ("importing-rubrics.md", vec![&rubric::ROWS]),
        (
            "settings.md",
            vec![
                &ESTATE,
                &LEVELS,
                &REVIEW,
                &settings::RUBRIC,
                &DOMAIN,
                &REQUIRE,
                &SLO,
                &RULE,
                &GATE,
                &CATALOG,
                &CATALOG_CRITICALITY,
                &WAIVERS,
            ],
        ),
        ("spreadsheet.md", vec![&scores::COLUMNS_OF_SCORES, &scores::MAP]),
        ("slo-file.md", vec![&slo::RESULTS, &slo::REPORT, &slo::METADATA, &slo::LABELS]),
    ]
}

fn table(keys: &TableKeys) -> String {
    // The page of the gate has a table of rules.
    let rows = keys.keys.iter().filter(|key| !matches!(key.kind, Kind::Rule(_))).map(row);
    ["| key | type | meaning | default |\n|---|---|---|---|\n".to_owned()].into_iter().chain(rows).collect()
}

fn row(Key { name, kind, presence, doc }: &Key) -> String {
    let default = match presence {
        Presence::Required | Presence::RequiredByReader => "required".to_owned(),
        Presence::Optional => "none".to_owned(),
        Presence::OrMeans(words) => (*words).to_owned(),
        Presence::OrDefault(value) => format!("`{}`", value().to_string().replace("\",\"", "\", \"")),
    };
    format!("| `{name}` | {} | {doc} | {default} |\n", words(*kind))
}

fn words(kind: Kind) -> String {
    let inner = |keys: &TableKeys| format!("`{{ {} }}`", keys.names().join(", "));
    match kind {
        Kind::Text(form) => text(form).0.to_owned(),
        Kind::Texts(form, _) => format!("list of {}", text(form).1),
        Kind::Date => "date".to_owned(),
        Kind::DateOr(keys) => format!("date, or {}", inner(keys)),
        Kind::Dates => "list of dates".to_owned(),
        Kind::Extension => "anything".to_owned(),
        Kind::Truth => "`true` or `false`".to_owned(),
        Kind::Count => "whole number from 1".to_owned(),
        Kind::Number => "number".to_owned(),
        Kind::TextsOrTable(form, keys) => format!("list of {}, or {}", text(form).1, inner(keys)),
        Kind::TextsOrTables(form, keys) => {
            format!("{}, or list of {} and {}", text(form).0, text(form).1, inner(keys))
        }
        Kind::Table(keys) if keys.keys.len() == 2 => inner(keys),
        Kind::Tables(keys, _) if keys.keys.len() == 2 => format!("list of {}", inner(keys)),
        Kind::Table(_) => "table".to_owned(),
        Kind::Tables(..) => "list of tables".to_owned(),
        Kind::Colour => "`red`, `amber`, `green`".to_owned(),
        Kind::Verdict => "`red`, `amber`, `green`, `not-applicable`".to_owned(),
        Kind::Scores(_) => "table: category → score".to_owned(),
        Kind::Confirmed => "`all`, or list of categories".to_owned(),
        Kind::IdFrom => "`file-stem`, `folder`, `key`".to_owned(),
        Kind::EvidenceNeed => "`optional`, `required`".to_owned(),
        Kind::GateLevel => "`allow`, `warn`, `deny`".to_owned(),
        Kind::Rule(_) => "level, or table of levels".to_owned(),
        Kind::ByName(form, value) => {
            let name = if form == Form::Domain { "domain" } else { text(form).0 };
            format!("table: {name} → {}", words(*value))
        }
        Kind::Word(all) => all.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
    }
}

/// A text, and several of them.
fn text(form: Form) -> (&'static str, &'static str) {
    match form {
        Form::Any | Form::Words | Form::Reason | Form::Evidence | Form::Tag => ("text", "texts"),
        Form::Name => ("name", "names"),
        Form::Address => ("address or path", "addresses or paths"),
        Form::Glob => ("glob", "globs"),
        Form::Version => ("`\"major.minor\"`", "versions"),
        Form::Service | Form::Domain | Form::Platform | Form::RubricId | Form::Pillar => ("id", "ids"),
        Form::KnownRubric => ("id of a rubric", "ids of rubrics"),
        Form::Provider => ("id of a service", "ids of services"),
        Form::Level => ("level of criticality", "levels of criticality"),
        Form::Rubric => ("`id@major`", "rubrics"),
        Form::Category => ("id of a category", "ids of categories"),
        Form::CategoryName => ("category", "categories"),
        Form::Month => ("`YYYY-MM`", "months"),
        Form::Percentage => ("percentage", "percentages"),
    }
}

/// A page with the tables below its marks replaced by those of the descriptions.
fn generated(page: &str, tables: &[&TableKeys]) -> String {
    let mut parts = page.split("<!-- keys -->\n\n");
    let mut page = parts.next().unwrap_or_default().to_owned();
    let mut tables = tables.iter();
    for part in parts {
        let keys = tables.next().expect("a table for each mark");
        let rest = part.split_once("\n\n").map_or("", |(_, rest)| rest);
        page += &format!("<!-- keys -->\n\n{}\n{rest}", table(keys));
    }
    assert!(tables.next().is_none(), "a mark for each table");
    page
}

#[test]
fn the_tables_of_keys_on_the_pages_are_the_keys_that_files_are_read_by() {
    for (name, tables) in pages() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
        let page = || std::fs::read_to_string(&path).expect("a page");
        let generated = generated(&page(), &tables);
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            std::fs::write(&path, &generated).expect("the page can be written");
        }
        assert!(page() == generated, "docs/{name} is out of date: run the tests with UPDATE_SCHEMAS=1");
    }
}
