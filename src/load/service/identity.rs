//! A service's identity as one source gives it. Checks only what that source alone can decide.

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Criticality, DomainId, Link, PlatformId, Settings};
use crate::source::Spanned;
use crate::text::{did_you_mean, list};

use super::super::table::Table;
use super::super::values::{criticality, id, links};

/// What one source gives of a service's identity.
#[derive(Debug)]
pub(super) struct Identity {
    pub title: Option<Spanned<String>>,
    pub domain: RequiredField<DomainId>,
    pub platform: RequiredField<PlatformId>,
    pub owner: Option<Spanned<String>>,
    pub criticality: RequiredField<Criticality>,
    pub golden_thread: Option<Spanned<bool>>,
    pub tags: Vec<Spanned<String>>,
    pub links: Vec<Link>,
}

/// A field that some source of an identity must give.
#[derive(Debug)]
pub(super) enum RequiredField<T> {
    Given(Spanned<T>),
    /// Given, but not readable, which is reported.
    Unreadable,
    /// Not given, with the problem to report if no other source gives it.
    Absent(Box<Diagnostic>),
}

impl Identity {
    /// Reads the keys of an identity from a table that has them.
    pub fn read(table: &Table<'_>, settings: &Settings, problems: &mut Problems) -> Self {
        Self {
            title: table.text("title", problems),
            domain: required(table, "domain", problems, |text, problems| domain(text, settings, problems)),
            platform: required(table, "platform", problems, |text, problems| {
                id(text, PlatformId::new, problems)
            }),
            owner: table.text("owner", problems),
            criticality: required(table, "criticality", problems, |text, problems| {
                criticality(text, &settings.criticality, problems)
            }),
            golden_thread: table.truth("golden-thread", problems),
            tags: table.texts("tags", problems),
            links: links(table, "links", problems),
        }
    }
}

/// A required text, turned into its value by `parse`. An empty text counts as absent.
fn required<T>(
    table: &Table<'_>,
    key: &str,
    problems: &mut Problems,
    parse: impl FnOnce(&Spanned<String>, &mut Problems) -> Option<T>,
) -> RequiredField<T> {
    match table.text(key, problems) {
        None if table.get(key).is_some() => RequiredField::Unreadable,
        Some(text) if !text.value.trim().is_empty() => match parse(&text, problems) {
            Some(value) => RequiredField::Given(Spanned::new(value, text.span)),
            None => RequiredField::Unreadable,
        },
        Some(_) | None => RequiredField::Absent(Box::new(table.absence(key))),
    }
}

/// A domain's id. If the settings list domains, one that is not among them is reported, and still returned.
fn domain(text: &Spanned<String>, settings: &Settings, problems: &mut Problems) -> Option<DomainId> {
    let domain = id(text, DomainId::new, problems)?;
    let known = &settings.domains;
    if !known.is_empty() && !known.iter().any(|known| known.id == domain) {
        let names: Vec<_> = known.iter().map(|known| known.id.as_str()).collect();
        let problem = Diagnostic::new(Code::UnknownDomain, format!("unknown domain `{domain}`"));
        let help =
            did_you_mean(domain.as_str(), names.iter().copied(), &format!("known here: {}", list(&names)));
        problems.push(problem.at(text.span, "not a `[[domain]]` of fundamentals.toml").help(help));
    }
    Some(domain)
}
