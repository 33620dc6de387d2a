//! A rubric as JSON, `fundamentals/rubric/v1`; described in `docs/formats.md`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::model::{AppliesTo, Bar, Category, Criticality, Definition, Guidance, Pillar, Rubric};
use crate::source::{Entry, Node, ScalarStyle, Value};
use crate::text::write_json;

/// The document. Fields are only ever added.
#[derive(Serialize)]
struct RubricJson<'r> {
    format: &'static str,
    id: &'r str,
    version: String,
    title: &'r str,
    published: String,
    retired: Vec<&'r str>,
    replaces: Vec<&'r str>,
    pillars: Vec<PillarJson<'r>>,
    #[serde(flatten)]
    extensions: Map<String, Json>,
}

#[derive(Serialize)]
struct PillarJson<'r> {
    id: &'r str,
    title: &'r str,
    categories: Vec<CategoryJson<'r>>,
    #[serde(flatten)]
    extensions: Map<String, Json>,
}

#[derive(Serialize)]
struct CategoryJson<'r> {
    id: &'r str,
    title: &'r str,
    question: Option<&'r str>,
    /// Statements of which all must hold.
    red: &'r [String],
    amber: Option<&'r [String]>,
    green: &'r [String],
    guidance: Vec<GuidanceJson<'r>>,
    applies_to: AppliesToJson<'r>,
    from: Vec<&'r str>,
    rescore: bool,
    /// `optional` or `required`.
    evidence: &'static str,
    advisory: bool,
    #[serde(flatten)]
    extensions: Map<String, Json>,
}

/// A link, or a text.
#[derive(Serialize)]
#[serde(untagged)]
enum GuidanceJson<'r> {
    Link { title: &'r str, href: &'r str },
    Text { text: &'r str },
}

/// An empty list restricts nothing.
#[derive(Serialize)]
struct AppliesToJson<'r> {
    criticality: Vec<&'r str>,
    any_tags: &'r [String],
    all_tags: &'r [String],
}

/// Writes a whole rubric for programs.
pub(super) fn render(rubric: &Rubric, out: &mut dyn Write) -> io::Result<()> {
    let document = RubricJson {
        format: "fundamentals/rubric/v1",
        id: rubric.id.as_str(),
        version: rubric.version.to_string(),
        title: &rubric.title,
        published: rubric.published.to_string(),
        retired: rubric.retired.iter().map(|id| id.value.as_str()).collect(),
        replaces: rubric.replaces.iter().map(|id| id.value.as_str()).collect(),
        pillars: (0..rubric.pillars.len()).map(|at| pillar(rubric, at)).collect(),
        extensions: extensions(&rubric.extensions),
    };
    write_json(&document, out)
}

fn pillar(rubric: &Rubric, at: usize) -> PillarJson<'_> {
    let Pillar { id, title, extensions: own } = &rubric.pillars[at];
    PillarJson {
        id: id.as_str(),
        title,
        categories: rubric.categories.iter().filter(|it| it.pillar == at).map(category).collect(),
        extensions: extensions(own),
    }
}

fn category(category: &Category) -> CategoryJson<'_> {
    fn statements(definition: &Definition) -> &[String] {
        &definition.statements
    }
    let guidance = category.guidance.iter().map(|guidance| match guidance {
        Guidance::Link(link) => GuidanceJson::Link { title: &link.title, href: &link.href },
        Guidance::Text(text) => GuidanceJson::Text { text: &text.value },
    });
    CategoryJson {
        id: category.id.as_str(),
        title: &category.title,
        question: category.question.as_deref(),
        red: statements(&category.red),
        amber: category.amber.as_ref().map(statements),
        green: statements(&category.green),
        guidance: guidance.collect(),
        applies_to: applies_to(&category.applies_to),
        from: category.from.iter().map(|id| id.value.as_str()).collect(),
        rescore: category.bar == Bar::Raised,
        evidence: category.evidence.word(),
        advisory: category.is_advisory(),
        extensions: extensions(&category.extensions),
    }
}

fn applies_to(applies_to: &AppliesTo) -> AppliesToJson<'_> {
    AppliesToJson {
        criticality: applies_to.criticality.iter().map(Criticality::name).collect(),
        any_tags: &applies_to.tags.any,
        all_tags: &applies_to.tags.all,
    }
}

fn extensions(entries: &[Entry]) -> Map<String, Json> {
    entries.iter().map(|Entry { key, node }| (key.value.clone(), json(node))).collect()
}

/// A value of TOML; dates are texts.
fn json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Scalar(text, ScalarStyle::Literal) => {
            serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.clone()))
        }
        Value::Scalar(text, ScalarStyle::Plain | ScalarStyle::Text) => Json::String(text.clone()),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Table(entries) => Json::Object(extensions(entries)),
    }
}
