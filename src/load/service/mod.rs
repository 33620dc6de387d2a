//! A service's YAML → [`ServiceParts`] → [`Service`](crate::model::Service).

mod assessment;
mod commitment;
mod identity;
mod resolve;

pub(super) use assessment::read_entries;

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Action, Assessment, CategoryIx, Rubric, Rubrics, ServiceId, Settings, Waiver};
use crate::source::{Node, Span, Spanned};
use crate::text::{did_you_mean, list};

use super::keys::service as keys;
use super::rubric::BrokenRubrics;
use super::table::Table;
use super::values::id;
use identity::Identity;

/// What service files are read with.
pub(super) struct ReadContext<'a> {
    pub settings: &'a Settings,
    pub rubrics: &'a Rubrics,
    pub broken: &'a BrokenRubrics,
}

/// What a service file gives.
pub(super) struct ServiceParts {
    pub id: Option<Spanned<ServiceId>>,
    /// Who it is, from each source that tells; of two sources, the first counts.
    identities: Vec<Identity>,
    assessments: Vec<Assessment>,
    /// Whether every assessment could be read: without one, the others mean something else.
    pub is_complete: bool,
    actions: Vec<Action>,
    waivers: Vec<Waiver>,
}

/// Reads a service file. `stem` is its name without extension; `None` where it has no name (standard input).
pub(super) fn read(
    root: &Node,
    stem: Option<&str>,
    context: &ReadContext<'_>,
    problems: &mut Problems,
) -> Option<ServiceParts> {
    let head = Span { end: root.span.start, ..root.span };
    let table = Table::open(root, head, &keys::FILE, problems)?;
    let id = read_id(&table, stem, problems);
    let identities = vec![Identity::read(&table, context.settings, problems)];
    let (assessments, is_complete) = assessment::read_all(&table, context, problems);
    let rubrics = rubrics_used(&assessments, is_complete, context);
    let actions = commitment::read_actions(&table, &rubrics, problems);
    let waivers = commitment::read_waivers(&table, &rubrics, problems);
    Some(ServiceParts { id, identities, assessments, is_complete, actions, waivers })
}

fn read_id(table: &Table<'_>, stem: Option<&str>, problems: &mut Problems) -> Option<Spanned<ServiceId>> {
    let text = table.text("service", problems)?;
    let id = id(&text, ServiceId::new, problems);
    if let Some(stem) = stem
        && text.value != stem
    {
        let title = format!("the service `{}` is in a file named for `{stem}`", text.value);
        let problem = Diagnostic::new(Code::FileNameMismatch, title).at(text.span, "not the file's name");
        problems.push(
            problem.help(format!("rename the file to `{}.yaml`, or write `service: {stem}`", text.value)),
        );
    }
    Some(Spanned::new(id?, text.span))
}

/// The rubrics whose categories actions and waivers may name; none where not all of them could be read, so that
/// nothing is called unknown that may be known.
fn rubrics_used<'a>(
    assessments: &'a [Assessment],
    is_complete: bool,
    context: &'a ReadContext<'_>,
) -> Vec<&'a Rubric> {
    match (is_complete, assessments) {
        (false, _) => Vec::new(),
        (true, []) => vec![context.rubrics.default_for(context.settings)],
        (true, some) => some.iter().map(|assessment| &*assessment.rubric).collect(),
    }
}

/// The place of a category in the first of these rubrics that has it; reported if none has.
pub(super) fn find_category<'r>(
    text: &Spanned<String>,
    rubrics: &[&'r Rubric],
    problems: &mut Problems,
) -> Option<(&'r Rubric, CategoryIx)> {
    let found = rubrics.iter().find_map(|rubric| Some((*rubric, rubric.find(&text.value)?)));
    if found.is_none() {
        problems.push(unknown_category(text, rubrics));
    }
    found
}

fn unknown_category(text: &Spanned<String>, rubrics: &[&Rubric]) -> Diagnostic {
    let Some(rubric) = rubrics.last() else {
        return Diagnostic::new(Code::UnknownCategory, format!("unknown category `{}`", text.value));
    };
    let of = rubric.key();
    let pillar = rubric.pillars.iter().position(|pillar| pillar.id.as_str() == text.value);
    let (title, help) = match pillar {
        Some(pillar) => {
            let categories = rubric.categories.iter().filter(|category| category.pillar == pillar);
            let names: Vec<_> = categories.map(|category| category.id.as_str()).collect();
            let title = format!("`{}` is a pillar, not a category", text.value);
            (title, format!("judge its categories: {}", list(&names)))
        }
        None => {
            let names = rubric.categories.iter().map(|category| category.id.as_str());
            let otherwise = format!("`fundamentals rubric show {of}` lists them");
            let title = format!("unknown category `{}`", text.value);
            (title, did_you_mean(&text.value, names, &otherwise))
        }
    };
    Diagnostic::new(Code::UnknownCategory, title).at(text.span, format!("not a category of {of}")).help(help)
}
