//! A service's identity as one source gives it. Checks only what that source alone can decide.

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Criticality, Date, DomainId, Link, PlatformId, Retirement, RubricId, Settings};
use crate::source::{Node, Span, Spanned, Value};
use crate::text::{did_you_mean, list};

use super::super::keys::service as keys;
use super::super::rubric::report_unknown;
use super::super::table::Table;
use super::super::values::{criticality, date, date_of, id, links};
use super::ReadContext;
use crate::load::catalog::{CatalogService, MappedField};

/// What one source gives of a service's identity.
#[derive(Clone, Debug)]
pub(in crate::load) struct IdentitySource {
    pub title: Option<Spanned<String>>,
    pub domain: RequiredField<DomainId>,
    pub platform: RequiredField<PlatformId>,
    pub owner: Option<Spanned<String>>,
    pub criticality: RequiredField<Criticality>,
    pub golden_thread: Option<Spanned<bool>>,
    pub lifecycle: Option<Spanned<String>>,
    pub tags: Vec<Spanned<String>>,
    pub links: Vec<Link>,
}

/// A field that some source of an identity must give.
#[derive(Clone, Debug)]
pub(in crate::load) enum RequiredField<T> {
    Given(Spanned<T>),
    /// Given, but not readable, which is reported.
    Unreadable,
    /// Not given, with the problem to report if no other source gives it.
    Absent(Box<Diagnostic>),
}

impl IdentitySource {
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
            lifecycle: table.text("lifecycle", problems),
            tags: table.texts("tags", problems),
            links: links(table, "links", problems),
        }
    }

    /// What a catalog gives, in the values of the estate.
    pub fn from_catalog(service: &CatalogService) -> Self {
        let entry = &service.entry;
        Self {
            domain: RequiredField::of_catalog(service.domain.as_ref(), MappedField::Domain, service),
            platform: RequiredField::of_catalog(service.platform.as_ref(), MappedField::Platform, service),
            criticality: RequiredField::of_catalog(
                service.criticality.as_ref(),
                MappedField::Criticality,
                service,
            ),
            golden_thread: service.golden_thread.clone(),
            title: entry.title.clone(),
            owner: entry.owner.clone(),
            lifecycle: entry.lifecycle.clone(),
            tags: entry.tags.clone(),
            links: entry.links.clone(),
        }
    }

    /// Whether this source gives a field, readable or not.
    pub fn gives(&self, field: MappedField) -> bool {
        match field {
            MappedField::Domain => self.domain.is_given(),
            MappedField::Platform => self.platform.is_given(),
            MappedField::Criticality => self.criticality.is_given(),
            MappedField::GoldenThread => self.golden_thread.is_some(),
        }
    }

    /// The fields of which a service has one value, by their keys, with what this source gives.
    pub(super) fn fields(&self) -> [(&'static str, Option<Spanned<String>>); 7] {
        let text = |text: &Spanned<String>| text.clone();
        let golden = |golden: &Spanned<bool>| Spanned::new(golden.value.to_string(), golden.span);
        [
            ("title", self.title.as_ref().map(text)),
            ("domain", self.domain.text(DomainId::as_str)),
            ("platform", self.platform.text(PlatformId::as_str)),
            ("owner", self.owner.as_ref().map(text)),
            ("criticality", self.criticality.text(Criticality::name)),
            ("golden-thread", self.golden_thread.as_ref().map(golden)),
            ("lifecycle", self.lifecycle.as_ref().map(text)),
        ]
    }
}

impl<T: Clone> RequiredField<T> {
    fn of_catalog(value: Option<&Spanned<T>>, field: MappedField, service: &CatalogService) -> Self {
        match value {
            Some(value) => Self::Given(value.clone()),
            None if service.unknown.iter().any(|unknown| unknown.field == field) => Self::Unreadable,
            None => {
                let name = &service.entry.name;
                let title = format!("`{}` has no {} in the catalog", name.value, field.key());
                let problem = Diagnostic::new(Code::MissingKey, title);
                Self::Absent(Box::new(problem.at(name.span, "the catalog doesn't give it either")))
            }
        }
    }
}

impl<T> RequiredField<T> {
    fn value(&self) -> Option<&Spanned<T>> {
        match self {
            Self::Given(value) => Some(value),
            Self::Unreadable | Self::Absent(_) => None,
        }
    }

    fn text(&self, text: impl FnOnce(&T) -> &str) -> Option<Spanned<String>> {
        self.value().map(|value| Spanned::new(text(&value.value).to_owned(), value.span))
    }

    fn is_given(&self) -> bool {
        !matches!(self, Self::Absent(_))
    }
}

/// Who a service was up to a day: what is given differs from what it was after that day.
#[derive(Debug)]
pub(super) struct PastEntry {
    pub until: Spanned<Date>,
    pub domain: Option<DomainId>,
    pub platform: Option<PlatformId>,
    /// An empty name says that there was nobody.
    pub owner: Option<String>,
    pub criticality: Option<Spanned<Criticality>>,
    pub golden_thread: Option<Spanned<bool>>,
    pub tags: Option<Vec<String>>,
    /// None counts as all that the assessments use.
    pub rubrics: Option<Vec<RubricId>>,
    pub retired: Option<Retirement>,
}

impl PastEntry {
    /// Reads an entry of `previously`; `None` without a day.
    pub fn read(node: &Node, context: &ReadContext<'_>, problems: &mut Problems) -> Option<Self> {
        let settings = context.settings;
        let head = Span { end: node.span.start, ..node.span };
        let table = Table::open(node, head, &keys::PREVIOUSLY, problems)?;
        let until = date(&table, "until", problems);
        let entry = Self {
            domain: table.text("domain", problems).and_then(|text| domain(&text, settings, problems)),
            platform: table.text("platform", problems).and_then(|text| id(&text, PlatformId::new, problems)),
            owner: table.text("owner", problems).map(|owner| owner.value),
            criticality: table.text("criticality", problems).and_then(|text| {
                Some(Spanned::new(criticality(&text, &settings.criticality, problems)?, text.span))
            }),
            golden_thread: table.truth("golden-thread", problems),
            tags: table.get("tags").map(|_| values(table.texts("tags", problems))),
            rubrics: table.get("rubrics").map(|_| rubrics(&table, context, problems)),
            retired: retired(&table, problems),
            until: until?,
        };
        Some(entry)
    }
}

/// The rubrics that count, by their ids.
pub(super) fn rubrics(
    table: &Table<'_>,
    context: &ReadContext<'_>,
    problems: &mut Problems,
) -> Vec<RubricId> {
    let names = table.texts("rubrics", problems);
    let ids = names.iter().filter_map(|name| {
        let id = id(name, RubricId::new, problems)?;
        report_unknown(&id, name.span, context.rubrics, context.broken, problems);
        Some(id)
    });
    ids.collect()
}

/// The end of a service: a day, or a table with the day and a reason.
pub(super) fn retired(table: &Table<'_>, problems: &mut Problems) -> Option<Retirement> {
    let node = table.get("retired")?;
    let (on, because) = match &node.value {
        Value::Table(_) => {
            let head = Span { end: node.span.start, ..node.span };
            let table = Table::open(node, head, &keys::RETIREMENT, problems)?;
            (date(&table, "on", problems), table.text("because", problems))
        }
        Value::Null | Value::Scalar(..) | Value::List(_) => (date_of(node, "retired", problems), None),
    };
    let on = on?;
    Some(Retirement { on: on.value, because: because.map(|because| because.value), span: on.span })
}

fn values(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
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
