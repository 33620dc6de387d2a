//! A service's YAML → [`ServiceParts`] → [`Service`](crate::model::Service).

mod assessment;
mod commitment;
mod identity;
mod resolve;

pub(super) use assessment::read_entries;

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{
    Action, Assessment, CategoryIx, Date, IdFrom, Retirement, Rubric, RubricId, Rubrics, ServiceId, Settings,
    Waiver,
};
use crate::source::{FileId, Node, Span, Spanned};
use crate::text::{did_you_mean, list};

use super::catalog::CatalogGap;
use super::keys::service as keys;
use super::rubric::BrokenRubrics;
use super::table::Table;
use super::values::{date, id, report_twice};
pub(super) use identity::IdentitySource;
use identity::PastEntry;

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
    identities: Vec<IdentitySource>,
    /// The problem that the file doesn't say whether it is on the Golden Thread, where the catalog should and can't.
    no_golden_thread: Diagnostic,
    /// Why the catalog doesn't tell.
    pub catalog_gap: CatalogGap,
    renamed_from: Vec<Spanned<ServiceId>>,
    joined: Option<Date>,
    rubrics: Option<Vec<RubricId>>,
    retired: Option<Retirement>,
    /// Who it was, in the order of the file.
    previously: Vec<PastEntry>,
    assessments: Vec<Assessment>,
    /// Whether every assessment and every past identity could be read: without one, the others mean something else.
    pub is_complete: bool,
    actions: Vec<Action>,
    waivers: Vec<Waiver>,
}

impl ServiceParts {
    /// What the file itself gives of who the service is.
    pub fn own_identity(&self) -> Option<&IdentitySource> {
        self.identities.first()
    }

    /// Ids that the service had before.
    pub fn old_ids(&self) -> Vec<ServiceId> {
        self.renamed_from.iter().map(|old| old.value.clone()).collect()
    }

    /// Takes what the file doesn't give from another source.
    pub fn supplement(&mut self, source: IdentitySource) {
        self.identities.push(source);
    }
}

/// Reads a service file. `id_of_path` is the id that its path gives, if it gives one.
pub(super) fn read(
    root: &Node,
    id_of_path: Option<&str>,
    context: &ReadContext<'_>,
    problems: &mut Problems,
) -> Option<ServiceParts> {
    let head = Span { end: root.span.start, ..root.span };
    let table = Table::open(root, head, &keys::FILE, problems)?;
    let id = read_id(&table, id_of_path, context.settings.id_from, problems);
    let identities = vec![IdentitySource::read(&table, context.settings, problems)];
    let no_golden_thread = table.absence("golden-thread");
    let nodes = table.items("previously", problems);
    let read_past = |node| PastEntry::read(node, context, problems);
    let previously: Vec<_> = nodes.iter().filter_map(read_past).collect();
    let has_whole_past = previously.len() == nodes.len();
    let rubrics_listed = table.get("rubrics").map(|_| identity::rubrics(&table, context, problems));
    let (assessments, is_complete) = assessment::read_all(&table, context, problems);
    let rubrics = rubrics_used(&assessments, is_complete, context);
    let actions = commitment::read_actions(&table, &rubrics, problems);
    let waivers = commitment::read_waivers(&table, &rubrics, problems);
    Some(ServiceParts {
        id,
        identities,
        no_golden_thread,
        catalog_gap: CatalogGap::default(),
        renamed_from: read_old_ids(&table, problems),
        joined: date(&table, "joined", problems).map(|joined| joined.value),
        rubrics: rubrics_listed,
        retired: identity::retired(&table, problems),
        previously,
        assessments,
        is_complete: is_complete && has_whole_past,
        actions,
        waivers,
    })
}

fn read_id(
    table: &Table<'_>,
    id_of_path: Option<&str>,
    from: IdFrom,
    problems: &mut Problems,
) -> Option<Spanned<ServiceId>> {
    let text = table.text("service", problems)?;
    let id = id(&text, ServiceId::new, problems);
    if let Some(expected) = id_of_path.filter(|expected| *expected != text.value) {
        problems.push(name_mismatch(&text, expected, from));
    }
    Some(Spanned::new(id?, text.span))
}

/// An id that isn't what the file's path gives. The help offers only what can be an id.
fn name_mismatch(written: &Spanned<String>, expected: &str, from: IdFrom) -> Diagnostic {
    let id = &written.value;
    let (kind, new_name) = match from {
        IdFrom::FileStem | IdFrom::Key => ("file", format!("{id}.yaml")),
        IdFrom::Folder => ("folder", id.clone()),
    };
    let rename = ServiceId::new(id).is_ok().then(|| format!("rename the {kind} to `{new_name}`"));
    let rewrite = ServiceId::new(expected).is_ok().then(|| format!("write `service: {expected}`"));
    let help = match (rename, rewrite) {
        (Some(rename), Some(rewrite)) => format!("{rename}, or {rewrite}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => format!("give the {kind} the service's id as its name"),
    };
    let title = format!("the service `{id}` is in a {kind} named for `{expected}`");
    Diagnostic::new(Code::FileNameMismatch, title)
        .at(written.span, format!("not the {kind}'s name"))
        .help(help)
}

/// The id in the text of a service file that can't be parsed: what its lines `service: …` agree on.
pub(super) fn find_id(text: &str, file: FileId) -> Option<Spanned<ServiceId>> {
    let mut found: Option<Spanned<ServiceId>> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let value = line.strip_prefix("service").and_then(|rest| rest.trim_start().strip_prefix(':'));
        if let Some(value) = value {
            let value = value.split(" #").next().unwrap_or(value).trim().trim_matches(['"', '\'']);
            let id = ServiceId::new(value).ok()?;
            let span = Span::new(file, start..start + line.trim_end().len());
            match &found {
                Some(first) if first.value != id => return None,
                Some(_) => {}
                None => found = Some(Spanned::new(id, span)),
            }
        }
        start += line.len();
    }
    found
}

fn read_old_ids(table: &Table<'_>, problems: &mut Problems) -> Vec<Spanned<ServiceId>> {
    let names = table.texts("renamed-from", problems);
    report_twice(names.iter().map(|name| (name.value.as_str(), name.span)), "old id", problems);
    let ids =
        names.iter().filter_map(|name| Some(Spanned::new(id(name, ServiceId::new, problems)?, name.span)));
    ids.collect()
}

/// The rubrics whose categories actions and waivers may name: those of the assessments, oldest first, then those that the
/// settings require; none where not all of them could be read, so that
/// nothing is called unknown that may be known.
fn rubrics_used<'a>(
    assessments: &'a [Assessment],
    is_complete: bool,
    context: &'a ReadContext<'_>,
) -> Vec<&'a Rubric> {
    let and_required = |mut rubrics: Vec<&'a Rubric>| {
        let required = context.settings.required.iter();
        let versions = required.flat_map(|required| context.rubrics.versions(&required.rubric));
        rubrics.extend(versions.map(AsRef::<Rubric>::as_ref));
        rubrics
    };
    match (is_complete, assessments) {
        (false, _) => Vec::new(),
        (true, []) => and_required(vec![context.rubrics.default_for(context.settings)]),
        (true, some) => and_required(some.iter().map(|assessment| &*assessment.rubric).collect()),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_in_a_broken_text_is_what_its_lines_agree_on() {
        let found = |text| find_id(text, FileId::from_index(0)).map(|id| id.value.to_string());
        for text in
            ["service: cart\n- x", "a: [\r\nservice : \"cart\" # us\r\n", "service: cart\n{\nservice: cart"]
        {
            assert_eq!(found(text).as_deref(), Some("cart"), "{text}");
        }
        for text in [
            "",
            "  service: cart",
            "services: cart",
            "service: cart\nservice: bag",
            "service: a b\nservice: cart",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
