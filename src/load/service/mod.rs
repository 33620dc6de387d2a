//! A service's YAML → [`Service`].

mod assessment;
mod commitment;

pub(super) use assessment::read_entries;

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{
    Assessment, Criticality, DomainId, PlatformId, Rubric, Rubrics, Service, ServiceId, Settings,
};
use crate::source::{Node, Span, Spanned};
use crate::text::{did_you_mean, list};

use super::keys::service as keys;
use super::rubric::BrokenRubrics;
use super::table::Table;
use super::values::{criticality, id, id_in, links};

/// What service files are read against.
pub(super) struct Ground<'a> {
    pub settings: &'a Settings,
    pub rubrics: &'a Rubrics,
    pub broken: &'a BrokenRubrics,
}

/// What a service's file came to.
#[derive(Default)]
pub(super) struct Reading {
    /// Its id, where that can be told even though the file has errors.
    pub id: Option<Spanned<ServiceId>>,
    /// The service as far as it can be read; `None` if something that it is made of is missing.
    pub service: Option<Service>,
    /// Whether every assessment could be read: without one, the others mean something else.
    pub is_complete: bool,
}

/// Reads a service file. `stem` is its name without extension; `None` where it has no name (standard input).
pub(super) fn read(root: &Node, stem: Option<&str>, ground: &Ground<'_>, problems: &mut Problems) -> Reading {
    let head = Span { end: root.span.start, ..root.span };
    let Some(table) = Table::open(root, head, &keys::FILE, problems) else { return Reading::default() };
    let written = table.text("service", problems);
    let service_id = written.as_ref().and_then(|text| {
        let id = id(text, ServiceId::new, problems)?;
        Some(Spanned::new(id, text.span))
    });
    if let Some((text, stem)) = written.as_ref().zip(stem)
        && text.value != stem
    {
        let title = format!("the service `{}` is in a file named for `{stem}`", text.value);
        let problem = Diagnostic::new(Code::FileNameMismatch, title).at(text.span, "not the file's name");
        problems.push(
            problem.help(format!("rename the file to `{}.yaml`, or write `service: {stem}`", text.value)),
        );
    }
    let title = table.text("title", problems);
    let domain = read_domain(&table, ground, problems);
    let platform = id_in(&table, "platform", PlatformId::new, problems);
    let owner = table.text("owner", problems).map(|owner| owner.value);
    let tags = table.texts("tags", problems).into_iter().map(|tag| tag.value).collect();
    let links = links(&table, "links", problems);
    let (criticality, golden_thread) = read_importance(&table, ground, problems);
    let (assessments, is_complete) = assessment::read_all(&table, ground, problems);
    let rubrics = rubrics_used(&assessments, is_complete, ground);
    let actions = commitment::read_actions(&table, &rubrics, problems);
    let waivers = commitment::read_waivers(&table, &rubrics, problems);
    let service = service_id.clone().zip(domain).zip(platform).zip(criticality);
    let service = service.map(|(((id, domain), platform), criticality)| Service {
        title: title.map_or_else(|| id.value.to_string(), |title| title.value),
        id: id.value,
        domain,
        platform,
        owner,
        tags,
        links,
        criticality,
        golden_thread,
        assessments,
        actions,
        waivers,
        span: id.span,
    });
    Reading { id: service_id, service, is_complete }
}

/// The rubrics whose categories actions and waivers may name; none where not all of them could be read, so that
/// nothing is called unknown that may be known.
fn rubrics_used<'a>(
    assessments: &'a [Assessment],
    is_complete: bool,
    ground: &'a Ground<'_>,
) -> Vec<&'a Rubric> {
    match (is_complete, assessments) {
        (false, _) => Vec::new(),
        (true, []) => vec![ground.rubrics.default_for(ground.settings)],
        (true, some) => some.iter().map(|assessment| &*assessment.rubric).collect(),
    }
}

fn read_domain(table: &Table<'_>, ground: &Ground<'_>, problems: &mut Problems) -> Option<DomainId> {
    let text = table.text("domain", problems)?;
    let domain = id(&text, DomainId::new, problems)?;
    let known = &ground.settings.domains;
    if !known.is_empty() && !known.iter().any(|known| known.id == domain) {
        let names: Vec<_> = known.iter().map(|known| known.id.as_str()).collect();
        let problem = Diagnostic::new(Code::UnknownDomain, format!("unknown domain `{domain}`"));
        let help =
            did_you_mean(domain.as_str(), names.iter().copied(), &format!("known here: {}", list(&names)));
        problems.push(problem.at(text.span, "not a `[[domain]]` of fundamentals.toml").help(help));
    }
    Some(domain)
}

/// Criticality and Golden Thread, which contradict each other below the top level.
fn read_importance(
    table: &Table<'_>,
    ground: &Ground<'_>,
    problems: &mut Problems,
) -> (Option<Criticality>, bool) {
    let levels = &ground.settings.criticality;
    let name = table.text("criticality", problems);
    let level = name.as_ref().and_then(|name| criticality(name, levels, problems));
    let golden = table.truth("golden-thread", problems);
    if let (Some(level), Some(name), Some(Spanned { value: true, span })) = (&level, &name, &golden)
        && level != levels.top()
    {
        let top = levels.top().name();
        let title = format!("a Golden Thread service is `{top}`, not `{}`", level.name());
        let problem = Diagnostic::new(Code::GoldenThreadCriticality, title)
            .at(name.span, format!("below `{top}`"))
            .and(*span, "customers can't browse and buy without it");
        problems.push(problem.help(format!("write `criticality: {top}`, or remove `golden-thread`")));
    }
    (level, golden.is_some_and(|golden| golden.value))
}

/// The place of a category in the first of these rubrics that has it; reported if none has.
pub(super) fn find_category<'r>(
    text: &Spanned<String>,
    rubrics: &[&'r Rubric],
    problems: &mut Problems,
) -> Option<(&'r Rubric, crate::model::CategoryIx)> {
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
