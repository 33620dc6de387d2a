//! `actions:` and `waivers:` → [`Action`]s and [`Waiver`]s.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Action, ActionSpans, CategoryId, CategoryName, Rubric, RubricId, Waiver, is_name};
use crate::source::{Node, Span, Spanned};
use crate::text::{did_you_mean, list};

use super::super::keys::service as keys;
use super::super::table::Table;
use super::super::values::{address, colour, date, id, reason};
use super::find_category;

/// All actions; those that can't be read are reported and left out.
pub(super) fn read_actions(table: &Table<'_>, rubrics: &[&Rubric], problems: &mut Problems) -> Vec<Action> {
    let nodes = table.items("actions", problems);
    nodes.iter().filter_map(|node| read_action(node, rubrics, problems)).collect()
}

fn read_action(node: &Node, rubrics: &[&Rubric], problems: &mut Problems) -> Option<Action> {
    let head = Span { end: node.span.start, ..node.span };
    let table = Table::open(node, head, &keys::ACTION, problems)?;
    let what = table.text("what", problems);
    let category = known_category(&table, rubrics, problems);
    let raised = date(&table, "raised", problems);
    let due = date(&table, "due", problems);
    let done = date(&table, "done", problems);
    let raised = raised?;
    Some(Action {
        what: what?.value,
        category,
        owner: table.text("owner", problems).map(|owner| owner.value),
        raised: raised.value,
        due: due.as_ref().map(|due| due.value),
        target: colour(&table, "target", problems),
        support: table.text("support", problems).map(|support| support.value),
        done: done.as_ref().map(|done| done.value),
        because: table.text("because", problems).map(|because| because.value),
        spans: ActionSpans {
            raised: raised.span,
            due: due.map(|due| due.span),
            done: done.map(|done| done.span),
        },
    })
}

/// A category by its id alone, or with its rubric before a `/`.
fn known_category(table: &Table<'_>, rubrics: &[&Rubric], problems: &mut Problems) -> Option<CategoryName> {
    let name = table.text("category", problems)?;
    let Some((rubric_name, category)) = name.value.split_once('/') else {
        if rubrics.is_empty() {
            return id(&name, CategoryId::new, problems).map(Into::into);
        }
        let (rubric, category) = find_category(&name, rubrics, problems)?;
        let id = rubric.category(category).id.clone();
        return Some(CategoryName { id, rubric: Some(rubric.id.clone()), is_qualified: false });
    };
    let rubric = id(&Spanned::new(rubric_name.to_owned(), name.span), RubricId::new, problems)?;
    let category = Spanned::new(category.to_owned(), name.span);
    if rubrics.is_empty() {
        let id = id(&category, CategoryId::new, problems)?;
        return Some(CategoryName { id, rubric: Some(rubric), is_qualified: true });
    }
    let versions: Vec<_> = rubrics.iter().copied().filter(|version| version.id == rubric).collect();
    if versions.is_empty() {
        let used: BTreeSet<_> = rubrics.iter().map(|rubric| rubric.id.as_str()).collect();
        let used: Vec<_> = used.into_iter().collect();
        let help =
            did_you_mean(rubric.as_str(), used.iter().copied(), &format!("its rubrics are {}", list(&used)));
        let problem = Diagnostic::new(Code::UnknownCategory, format!("unknown category `{}`", name.value));
        let problem = problem.at(name.span, format!("the service is not assessed under `{rubric}`"));
        problems.push(problem.help(help));
        return None;
    }
    let (version, ix) = find_category(&category, &versions, problems)?;
    let id = version.category(ix).id.clone();
    Some(CategoryName { id, rubric: Some(rubric), is_qualified: true })
}

/// All waivers; those that can't be read are reported and left out.
pub(super) fn read_waivers(table: &Table<'_>, rubrics: &[&Rubric], problems: &mut Problems) -> Vec<Waiver> {
    let nodes = table.items("waivers", problems);
    nodes.iter().filter_map(|node| read_waiver(node, rubrics, problems)).collect()
}

fn read_waiver(node: &Node, rubrics: &[&Rubric], problems: &mut Problems) -> Option<Waiver> {
    let head = Span { end: node.span.start, ..node.span };
    let table = Table::open(node, head, &keys::WAIVER, problems)?;
    for (key, example) in [("category", "load-testing"), ("until", "2027-01-31"), ("because", "…")] {
        if table.get(key).is_none() {
            let problem = Diagnostic::new(Code::IncompleteWaiver, format!("a waiver without `{key}`"));
            let problem = problem.at(table.head(), "a waiver needs a category, an end and a reason");
            problems.push(problem.help(format!("add `{key}: {example}`")));
        }
    }
    let evidence = table.texts("evidence", problems);
    for link in &evidence {
        address(link, problems);
    }
    let category = known_category(&table, rubrics, problems);
    let raised = date(&table, "raised", problems);
    let until = date(&table, "until", problems);
    let because = table.text("because", problems).and_then(|text| {
        let title = format!("`{}` is not a reason for a waiver", text.value);
        reason(text, Diagnostic::new(Code::IncompleteWaiver, title), problems)
    });
    // With an empty name the waiver stays a request.
    let names = table.texts("approved-by", problems).into_iter();
    let names = names.map(|name| name.value.trim().to_owned()).filter(|name| is_name(name));
    let until = until?;
    Some(Waiver {
        category: category?,
        raised: raised.as_ref().map(|raised| raised.value),
        until: until.value,
        because: because?.value,
        approved_by: names.collect(),
        evidence: evidence.into_iter().map(|link| link.value).collect(),
        raised_span: raised.map(|raised| raised.span),
        span: until.span,
    })
}
