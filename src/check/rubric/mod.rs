//! Questions asked of a rubric: can two people judge by it in the same way, and does it continue the version before? One
//! file a question, named for its code.

mod dead_guidance;
mod edited_in_place;
mod long_definition;
mod lost_category;
mod minor_changes_meaning;
mod missing_guidance;
mod never_asked;
mod same_definition;
mod skipped_major;
mod unknown_retired;
mod unknown_source;
mod vague_word;

use std::collections::BTreeSet;

use crate::diag::Problems;
use crate::load::{Loaded, built_in_page};
use crate::model::{Category, Date, Rubric, RubricSettings, Service};
use crate::text::{did_you_mean, list_some};

/// Notes what is wrong with a rubric.
type Lint = fn(&Rubric, &LintContext<'_>, &mut Problems);

const LINTS: [Lint; 10] = [
    missing_guidance::lint,
    dead_guidance::lint,
    long_definition::lint,
    same_definition::lint,
    vague_word::lint,
    unknown_source::lint,
    lost_category::lint,
    unknown_retired::lint,
    skipped_major::lint,
    never_asked::lint,
];

/// Notes what is wrong with a rubric, compared with what was published of it.
type LintAgainstBase = fn(&Rubric, &PublishedRubric<'_>, &mut Problems);

const LINTS_AGAINST_BASE: [LintAgainstBase; 2] = [edited_in_place::lint, minor_changes_meaning::lint];

/// A rubric as it was published.
struct PublishedRubric<'a> {
    /// The same major version.
    rubric: &'a Rubric,
    /// What the user calls the revision at which it was so.
    revision: &'a str,
}

/// Whether a path that a rubric names leads to something; the rubric's file is the first argument.
pub type HasPage<'a> = &'a dyn Fn(&str, &str) -> bool;

/// What a rubric is judged against.
struct LintContext<'a> {
    settings: &'a RubricSettings,
    pages: Pages<'a>,
    previous: Previous<'a>,
    /// The services of the estate; `None` if there are none, or one of them can't be read.
    services: Option<&'a [&'a Service]>,
}

/// Where guidance is looked up.
enum Pages<'a> {
    /// Among the pages that come with the program.
    BuiltIn,
    /// On disk, for the rubric of this file.
    OfFile(&'a str, HasPage<'a>),
}

impl LintContext<'_> {
    fn has_page(&self, path: &str) -> bool {
        match self.pages {
            Pages::BuiltIn => built_in_page(path).is_some(),
            Pages::OfFile(file, has_page) => has_page(file, path),
        }
    }
}

/// The version that a rubric continues.
#[derive(Clone, Copy)]
enum Previous<'a> {
    /// The nearest lower major version.
    Known(&'a Rubric),
    /// There is none.
    None,
    /// It may be in a file with errors, so it isn't compared.
    Unreadable,
}

/// Asks every question of these rubrics of an estate.
#[must_use]
pub fn lint(loaded: &Loaded, rubrics: &[&Rubric], has_page: HasPage<'_>) -> Problems {
    let services = services(loaded);
    let mut problems = Problems::default();
    for rubric in rubrics {
        let context = LintContext {
            settings: &loaded.estate.settings.rubric,
            pages: if loaded.is_own(rubric) {
                Pages::OfFile(loaded.sources.file(rubric.span.file).path(), has_page)
            } else {
                Pages::BuiltIn
            },
            previous: previous(rubric, loaded),
            services: services.as_deref(),
        };
        for lint in LINTS {
            lint(rubric, &context, &mut problems);
        }
    }
    problems.sort();
    problems
}

/// Compares these rubrics with what was published of them at a base: what isn't published yet may change.
#[must_use]
pub fn lint_against(base: &Loaded, revision: &str, rubrics: &[&Rubric], today: Date) -> Problems {
    let mut problems = Problems::default();
    for rubric in rubrics {
        let published = base.own_rubrics().find(|published| published.key() == rubric.key());
        if let Some(published) = published.filter(|published| published.published <= today) {
            let base = PublishedRubric { rubric: published, revision };
            LINTS_AGAINST_BASE.iter().for_each(|lint| lint(rubric, &base, &mut problems));
        }
    }
    problems
}

/// The ids of some categories, for a message.
fn list_ids<'c>(categories: impl Iterator<Item = &'c &'c Category>) -> String {
    list_some(&categories.map(|category| category.id.as_str()).collect::<Vec<_>>())
}

/// Comparing an unknown id with every known one takes time, so that suggestions stop after this many.
const MOST_SUGGESTIONS: usize = 20;

/// Help for a category that the version before doesn't have, the `nth` of its kind.
fn help_for_unknown(id: &str, previous: &Rubric, nth: usize) -> String {
    let otherwise = format!("`fundamentals rubric show {}` lists them", previous.key());
    if nth >= MOST_SUGGESTIONS {
        return otherwise;
    }
    let names = previous.categories.iter().map(|category| category.id.as_str());
    did_you_mean(id, names, &otherwise)
}

fn previous<'a>(rubric: &Rubric, loaded: &'a Loaded) -> Previous<'a> {
    let all_are_read = loaded.own_rubrics().count() == loaded.files.rubrics.len();
    match loaded.estate.rubrics.previous(rubric) {
        Some(previous) if all_are_read || is_just_before(previous, rubric) && loaded.is_own(previous) => {
            Previous::Known(previous)
        }
        None if all_are_read => Previous::None,
        Some(_) | None => Previous::Unreadable,
    }
}

fn is_just_before(previous: &Rubric, rubric: &Rubric) -> bool {
    previous.version.major + 1 == rubric.version.major
}

/// Every service, also those whose files have errors elsewhere.
fn services(loaded: &Loaded) -> Option<Vec<&Service>> {
    let services: Vec<_> = loaded.estate.services().iter().chain(&loaded.flawed).collect();
    let read: BTreeSet<_> = services.iter().map(|service| service.id.as_str()).collect();
    let all_are_read = loaded.estate.unreadable().iter().all(|name| read.contains(name.as_str()));
    (!services.is_empty() && all_are_read).then_some(services)
}
