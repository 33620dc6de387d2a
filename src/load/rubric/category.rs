//! A category's table → [`Category`].

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{
    AppliesTo, Bar, Category, CategoryId, CategoryRole, CriticalityLevels, Definition, EvidenceNeed,
    TagCondition,
};
use crate::source::{Node, Spanned, Value};
use crate::text::did_you_mean;

use super::super::keys::{Kind, rubric as keys};
use super::super::table::{Table, text};
use super::super::values::{criticality, guidance, id_in};
use super::category_ids;

pub(super) fn read_category(
    node: &Node,
    pillar: usize,
    levels: &CriticalityLevels,
    problems: &mut Problems,
) -> Option<Category> {
    let table = Table::open(node, node.span, &keys::CATEGORY, problems)?;
    let span = table.get("id").map_or(node.span, |node| node.span);
    let category_id = id_in(&table, "id", CategoryId::new, problems);
    let title = table.text("title", problems);
    let question = table.text("question", problems).map(|question| question.value);
    let red = definition(&table, "red", problems);
    let amber = definition(&table, "amber", problems);
    let green = definition(&table, "green", problems);
    let guidance = guidance(&table, "guidance", problems);
    let applies_to = read_applies_to(&table, levels, problems);
    let from = category_ids(&table, "from", problems);
    let evidence = evidence_need(&table, problems);
    let advisory = table.truth("advisory", problems).is_some_and(|advisory| advisory.value);
    let raised = table.truth("rescore", problems).is_some_and(|rescore| rescore.value);
    Some(Category {
        id: category_id?,
        span,
        title: title?.value,
        question,
        pillar,
        red: red?,
        amber,
        green: green?,
        guidance,
        applies_to,
        from,
        bar: if raised { Bar::Raised } else { Bar::Same },
        evidence,
        role: if advisory { CategoryRole::Advisory } else { CategoryRole::Counted },
        extensions: table.extensions(),
    })
}

fn evidence_need(table: &Table<'_>, problems: &mut Problems) -> EvidenceNeed {
    table.assert_kind("evidence", |kind| matches!(kind, Kind::EvidenceNeed));
    let Some(node) = table.get("evidence") else { return EvidenceNeed::Optional };
    let Some(word) = text(node, "`evidence`", problems) else { return EvidenceNeed::Optional };
    let need = EvidenceNeed::ALL.into_iter().find(|need| need.word() == word.value);
    need.unwrap_or_else(|| {
        let words = EvidenceNeed::ALL.map(EvidenceNeed::word);
        let problem = Diagnostic::new(Code::InvalidValue, format!("`evidence` can't be `{}`", word.value));
        let problem = problem.at(node.span, format!("expected one of {}", words.join(", ")));
        problems.push(problem.help(did_you_mean(&word.value, words, "")));
        EvidenceNeed::Optional
    })
}

fn definition(table: &Table<'_>, key: &str, problems: &mut Problems) -> Option<Definition> {
    let entry = table.entry(key)?;
    let statements = table.texts(key, problems);
    let is_blank = |statement: &Spanned<String>| statement.value.trim().is_empty();
    let written = &entry.node;
    let empty = match &written.value {
        Value::List(items) if items.is_empty() => Some(written.span),
        Value::List(_) | Value::Null | Value::Scalar(..) | Value::Table(_) => {
            statements.iter().find(|statement| is_blank(statement)).map(|statement| statement.span)
        }
    };
    if let Some(span) = empty {
        let title = if statements.iter().all(is_blank) {
            format!("`{key}` says nothing")
        } else {
            format!("a statement of `{key}` says nothing")
        };
        let problem = Diagnostic::new(Code::InvalidValue, title);
        let help = match key {
            "amber" => "say what can be seen, or leave `amber` out: then the category has none",
            _ => "say what can be seen",
        };
        problems.push(problem.at(span, "is empty").help(help));
    }
    let statements: Vec<_> = statements.into_iter().map(|statement| statement.value).collect();
    (!statements.is_empty()).then_some(Definition { statements, span: entry.key.span })
}

fn read_applies_to(table: &Table<'_>, levels: &CriticalityLevels, problems: &mut Problems) -> AppliesTo {
    let Some(node) = table.get("applies-to") else { return AppliesTo::default() };
    let Some(table) = Table::open(node, node.span, &keys::APPLIES_TO, problems) else {
        return AppliesTo::default();
    };
    AppliesTo { span: Some(node.span), ..applies_to(&table, levels, problems) }
}

/// The conditions on services that a table holds.
pub(in crate::load) fn applies_to(
    table: &Table<'_>,
    levels: &CriticalityLevels,
    problems: &mut Problems,
) -> AppliesTo {
    let names = table.texts("criticality", problems);
    let criticality = names.iter().filter_map(|name| criticality(name, levels, problems)).collect();
    AppliesTo { criticality, tags: tags(table, problems), span: None }
}

/// A list of tags asks for any of them.
fn tags(table: &Table<'_>, problems: &mut Problems) -> TagCondition {
    let texts = |table: &Table<'_>, key, problems: &mut Problems| {
        table.texts(key, problems).into_iter().map(|tag| tag.value).collect()
    };
    match table.get("tags") {
        Some(node @ Node { value: Value::Table(_), span }) => {
            let Some(table) = Table::open(node, *span, &keys::TAGS, problems) else {
                return TagCondition::default();
            };
            TagCondition { any: texts(&table, "any", problems), all: texts(&table, "all", problems) }
        }
        Some(_) | None => TagCondition { any: texts(table, "tags", problems), all: Vec::new() },
    }
}
