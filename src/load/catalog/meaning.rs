//! What a catalog's values mean in an estate: as the settings say, else what is called the same here.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{
    CatalogEntry, CatalogField, Criticality, DomainId, PlatformId, Settings, is_same_value, kebab_case,
};
use crate::source::{Span, Spanned};
use crate::text::{list, plural};

/// A service of a catalog, in the values of an estate.
#[derive(Debug)]
pub struct CatalogService {
    pub entry: CatalogEntry,
    pub domain: Option<DomainId>,
    pub platform: Option<PlatformId>,
    pub criticality: Option<Criticality>,
    pub golden_thread: bool,
    pub tags: Vec<String>,
}

/// Returns services with the values that they have in an estate, and reports values that mean nothing there.
#[must_use]
pub fn catalog_services(entries: Vec<CatalogEntry>, settings: &Settings) -> (Vec<CatalogService>, Problems) {
    let mut criticalities = UnknownValues::default();
    let mut truths = UnknownValues::default();
    let mut domains = UnknownValues::default();
    let mut platforms = UnknownValues::default();
    let catalog = &settings.catalog;
    let services = entries.into_iter().map(|entry| {
        let criticality = entry.criticality.as_ref().and_then(|value| {
            let level = level(&catalog.criticality, &value.value, settings);
            criticalities.note_unless(level.is_some(), value);
            level
        });
        let golden_thread = entry.golden_thread.as_ref().and_then(|value| {
            let truth = truth(&catalog.golden_thread, &value.value);
            truths.note_unless(truth.is_some(), value);
            truth
        });
        let domain = entry.domains.iter().find_map(|value| domain(&catalog.domain, &value.value, settings));
        if let Some(nearest) = entry.domains.first() {
            domains.note_unless(domain.is_some(), nearest);
        }
        let platform = entry.platform.as_ref().and_then(|value| {
            let name = catalog.platform.meaning(&value.value).unwrap_or(&value.value);
            let platform = id(name, |name| PlatformId::new(name).ok());
            platforms.note_unless(platform.is_some(), value);
            platform
        });
        let tag = |tag: &Spanned<String>| catalog.tags.meaning(&tag.value).unwrap_or(&tag.value).to_owned();
        let tags = entry.tags.iter().map(tag).collect();
        CatalogService {
            domain,
            platform,
            criticality,
            golden_thread: golden_thread == Some(true),
            tags,
            entry,
        }
    });
    let services = services.collect();
    let mut problems = Problems::default();
    let levels: Vec<_> = settings.criticality.names().collect();
    criticalities.report(Code::UnknownCriticality, "criticality", &levels, &mut problems);
    let known: Vec<_> = settings.domains.iter().map(|domain| domain.id.as_str()).collect();
    domains.report(Code::UnknownDomain, "domain", &known, &mut problems);
    platforms.report(Code::InvalidId, "platform", &[], &mut problems);
    truths.report(Code::InvalidValue, "golden-thread", &["true", "false"], &mut problems);
    (services, problems)
}

fn level(field: &CatalogField, value: &str, settings: &Settings) -> Option<Criticality> {
    let name = field.meaning(value).unwrap_or(value);
    let name = settings.criticality.names().find(|own| is_same_value(own, name))?;
    settings.criticality.find(name).cloned()
}

fn truth(field: &CatalogField, value: &str) -> Option<bool> {
    let value = field.meaning(value).unwrap_or(value);
    ["false", "true"].iter().position(|word| is_same_value(word, value)).map(|truth| truth == 1)
}

fn domain(field: &CatalogField, value: &str, settings: &Settings) -> Option<DomainId> {
    let name = field.meaning(value).unwrap_or(value);
    if settings.domains.is_empty() {
        return id(name, |name| DomainId::new(name).ok());
    }
    let is_it = |own: &DomainId| is_same_value(own.as_str(), name);
    settings.domains.iter().map(|domain| &domain.id).find(|own| is_it(own)).cloned()
}

/// The id that a name is or, if it can't be one, that its words are.
fn id<I>(name: &str, make: impl Fn(&str) -> Option<I>) -> Option<I> {
    make(name).or_else(|| make(&kebab_case(name)?))
}

/// Values that mean nothing here: where each was seen first, and how often.
#[derive(Default)]
struct UnknownValues(BTreeMap<String, (Span, usize)>);

impl UnknownValues {
    fn note_unless(&mut self, is_known: bool, value: &Spanned<String>) {
        if !is_known {
            self.0.entry(value.value.clone()).or_insert((value.span, 0)).1 += 1;
        }
    }

    fn report(self, code: Code, field: &str, known: &[&str], problems: &mut Problems) {
        let mut values = self.0.iter();
        let Some((first, (span, _))) = values.next() else { return };
        let title =
            format!("{} of {field} that this estate doesn't know", plural(self.0.len(), "value", "values"));
        let label = match known {
            [] => format!("`{first}` can't be an id"),
            known => format!("`{first}` is none of {}", list(known)),
        };
        let problem = Diagnostic::new(code, title).at(*span, label);
        let counts: Vec<_> =
            self.0.iter().map(|(value, (_, count))| format!("`{value}` ({count})")).collect();
        problems.push(
            problem.help(format!("seen: {}", counts.join(", "))).help(format!(
                "say what they mean in fundamentals.toml: `[catalog.{field}]` `values = {{ {} = [\"{first}\"] }}`",
                known.last().unwrap_or(&"…")
            )),
        );
    }
}
