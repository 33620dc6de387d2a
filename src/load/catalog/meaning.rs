//! What a catalog's values mean in an estate: as the settings say, else what is called the same here.

use std::collections::{BTreeMap, HashSet};

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{
    CatalogEntry, CatalogField, CatalogSelector, Criticality, DomainId, PlatformId, Settings, is_same_value,
    kebab_case,
};
use crate::source::Spanned;
use crate::text::plural;

/// How many values of a field a message lists.
const MAX_LISTED: usize = 20;

/// A service of a catalog, in the values of an estate.
#[derive(Clone, Debug)]
pub struct CatalogService {
    /// With lifecycle and tags as they are called in the estate.
    pub entry: CatalogEntry,
    pub domain: Option<Spanned<DomainId>>,
    pub platform: Option<Spanned<PlatformId>>,
    pub criticality: Option<Spanned<Criticality>>,
    pub golden_thread: Option<Spanned<bool>>,
    /// Values that mean nothing in the estate.
    pub unknown: Vec<UnknownValue>,
}

impl CatalogService {
    /// The fields that the catalog gives, with values that mean something here.
    pub fn given(&self) -> impl Iterator<Item = MappedField> {
        let given = [
            (MappedField::Domain, self.domain.is_some()),
            (MappedField::Platform, self.platform.is_some()),
            (MappedField::Criticality, self.criticality.is_some()),
            (MappedField::GoldenThread, self.golden_thread.is_some()),
        ];
        given.into_iter().filter(|(_, is_given)| *is_given).map(|(field, _)| field)
    }
}

/// A field of which a catalog's values mean values of the estate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MappedField {
    Domain,
    Platform,
    Criticality,
    GoldenThread,
}

impl MappedField {
    /// Its key in a service file, and in `[catalog]`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Platform => "platform",
            Self::Criticality => "criticality",
            Self::GoldenThread => "golden-thread",
        }
    }

    /// A value that the field may have in an estate, for an example.
    fn example(self, settings: &Settings) -> &str {
        match self {
            Self::Domain => settings.domains.first().map_or("some-domain", |domain| domain.id.as_str()),
            Self::Platform => "some-platform",
            Self::Criticality => settings.criticality.top().name(),
            Self::GoldenThread => "true",
        }
    }
}

/// A value of a catalog that means nothing in the estate.
#[derive(Clone, Debug)]
pub struct UnknownValue {
    pub field: MappedField,
    value: Spanned<String>,
}

/// How often each value of a field is given.
#[derive(Debug, Default)]
pub(in crate::load) struct ValueCounts(BTreeMap<MappedField, BTreeMap<String, usize>>);

/// Returns services with the values that they have in an estate, and reports values that mean nothing there.
#[must_use]
pub fn catalog_services(entries: Vec<CatalogEntry>, settings: &Settings) -> (Vec<CatalogService>, Problems) {
    let mut counts = ValueCounts::default();
    let services: Vec<_> = entries.into_iter().map(|entry| translate(entry, settings, &mut counts)).collect();
    let mut problems = Problems::default();
    let unknown: Vec<_> = services.iter().flat_map(|service| &service.unknown).collect();
    counts.report_unknown(&unknown, settings, &mut problems);
    (services, problems)
}

/// A service in the values of an estate. Counts those of the catalog.
pub(in crate::load) fn translate(
    mut entry: CatalogEntry,
    settings: &Settings,
    counts: &mut ValueCounts,
) -> CatalogService {
    let catalog = &settings.catalog;
    let rename = |field: &CatalogField, text: &mut Spanned<String>| {
        if let Some(meaning) = field.meaning(&text.value) {
            meaning.clone_into(&mut text.value);
        }
    };
    entry.lifecycle.iter_mut().for_each(|text| rename(&catalog.lifecycle, text));
    entry.tags.iter_mut().for_each(|text| rename(&catalog.tags, text));
    let mut seen = HashSet::new();
    entry.tags.retain(|tag| seen.insert(tag.value.clone()));
    let mut values = Values { counts, unknown: Vec::new() };
    let domain = values.first_known(MappedField::Domain, &entry.domains, |text| domain(text, settings));
    let platform = values.first_known(MappedField::Platform, &entry.platform, |text| {
        id(catalog.platform.meaning(text).unwrap_or(text), |name| PlatformId::new(name).ok())
    });
    let criticality =
        values.first_known(MappedField::Criticality, &entry.criticality, |text| level(text, settings));
    let golden_thread = values.first_known(MappedField::GoldenThread, &entry.golden_thread, |text| {
        truth(text, &catalog.golden_thread)
    });
    let unknown = values.unknown;
    CatalogService { entry, domain, platform, criticality, golden_thread, unknown }
}

/// The values of one service.
struct Values<'c> {
    counts: &'c mut ValueCounts,
    unknown: Vec<UnknownValue>,
}

impl Values<'_> {
    /// What the first value means that means anything. If none does, the first is unknown.
    fn first_known<'v, T>(
        &mut self,
        field: MappedField,
        values: impl IntoIterator<Item = &'v Spanned<String>>,
        meaning: impl Fn(&str) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let mut values = values.into_iter().peekable();
        let first = (*values.peek()?).clone();
        *self.counts.0.entry(field).or_default().entry(first.value.clone()).or_default() += 1;
        let known = values.find_map(|value| Some(Spanned::new(meaning(&value.value)?, value.span)));
        if known.is_none() {
            self.unknown.push(UnknownValue { field, value: first });
        }
        known
    }
}

/// The domain that a name means. Where the settings list domains, it is one of them.
fn domain(text: &str, settings: &Settings) -> Option<DomainId> {
    let name = settings.catalog.domain.meaning(text).unwrap_or_else(|| bare_name(text));
    if settings.domains.is_empty() {
        return id(name, |name| DomainId::new(name).ok());
    }
    let mut listed = settings.domains.iter().map(|domain| &domain.id);
    listed.find(|listed| is_same_value(listed.as_str(), name)).cloned()
}

/// The level that a value means: what the settings say, or the level of that name.
fn level(text: &str, settings: &Settings) -> Option<Criticality> {
    let name = settings.catalog.criticality.meaning(text).unwrap_or(text);
    let name = settings.criticality.names().find(|own| is_same_value(own, name))?;
    settings.criticality.find(name).cloned()
}

/// Whether a value means that a service is on the Golden Thread. Where a tag says it, and no values are given, it does.
fn truth(text: &str, field: &CatalogField) -> Option<bool> {
    if field.values.is_empty() && matches!(field.selector, Some(CatalogSelector::Tag(_))) {
        return Some(true);
    }
    match field.meaning(text).unwrap_or(text).to_lowercase().as_str() {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}

/// The id that a name is or, if it can't be one, that its words are.
fn id<I>(name: &str, make: impl Fn(&str) -> Option<I>) -> Option<I> {
    let name = bare_name(name);
    make(name).or_else(|| make(&kebab_case(name)?))
}

/// The name in a reference: `kind:namespace/name`, or the name alone.
pub(in crate::load) fn bare_name(reference: &str) -> &str {
    reference.rsplit([':', '/']).next().unwrap_or(reference)
}

impl ValueCounts {
    /// Reports values that mean nothing in the estate and that services would need, all those of a field together.
    pub fn report_unknown(&self, needed: &[&UnknownValue], settings: &Settings, problems: &mut Problems) {
        for (field, seen) in &self.0 {
            let mut unknown: Vec<_> = needed.iter().filter(|unknown| unknown.field == *field).collect();
            unknown.sort_by_key(|unknown| unknown.value.span);
            let Some(first) = unknown.first() else { continue };
            let key = field.key();
            let value = &first.value.value;
            let problem =
                Diagnostic::new(Code::UnknownCatalogValue, format!("`{value}` is no {key} of this estate"));
            let services = plural(unknown.len(), "service", "services");
            let problem = problem.at(first.value.span, format!("needed for {services}"));
            let listed = seen.iter().take(MAX_LISTED).map(|(value, count)| format!("`{value}` ({count})"));
            let listed = listed.collect::<Vec<_>>().join(", ");
            let more = seen.len().saturating_sub(MAX_LISTED);
            let more = if more == 0 { String::new() } else { format!(" and {more} more") };
            let problem = problem.help(format!("the catalog has these values: {listed}{more}"));
            let example = format!("values = {{ {} = [{value:?}] }}", field.example(settings));
            problems.push(
                problem.help(format!(
                    "say in `[catalog.{key}]` of fundamentals.toml what they mean: `{example}`"
                )),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load_texts;
    use crate::source::{FileId, Span};

    fn text(text: &str) -> Spanned<String> {
        Spanned::new(text.to_owned(), Span::new(FileId::from_index(0), 0..0))
    }

    fn entry(name: &str) -> CatalogEntry {
        CatalogEntry::named(text(name))
    }

    fn settings(toml: &str) -> Settings {
        let loaded = load_texts(Some(toml), &[], &[]);
        assert!(!loaded.problems.has_errors(), "{:?}", loaded.problems);
        loaded.estate.settings
    }

    fn translated(entry: CatalogEntry, toml: &str) -> CatalogService {
        translate(entry, &settings(toml), &mut ValueCounts::default())
    }

    const TIERS: &str =
        "catalog.criticality.values = { mission-critical = [\"tier-1\", \"1\"], low = [\"tier-4\"] }";

    #[test]
    fn tags_that_mean_the_same_are_one() {
        let tags = ["lang:go", "lang:go", "golang", "db"].map(text).to_vec();
        let toml = "catalog.tags.values = { \"lang:go\" = [\"golang\"] }";
        let service = translated(CatalogEntry { tags, ..entry("cart") }, toml);
        let tags: Vec<_> = service.entry.tags.iter().map(|tag| tag.value.as_str()).collect();
        assert_eq!(tags, ["lang:go", "db"]);
    }

    #[test]
    fn a_value_means_what_the_settings_say_however_it_is_spelled() {
        for (value, level) in [
            ("tier-4", Some("low")),
            ("Tier-4", Some("low")),
            ("tier_4", Some("low")),
            ("1", Some("mission-critical")),
            ("Business-Critical", Some("business-critical")),
            ("4", None),
        ] {
            let service = translated(CatalogEntry { criticality: Some(text(value)), ..entry("cart") }, TIERS);
            let found = service.criticality;
            assert_eq!(found.as_ref().map(|level| level.value.name()), level, "{value}");
            assert_eq!(service.unknown.len(), usize::from(level.is_none()), "{value}");
        }
    }

    #[test]
    fn the_nearest_domain_counts_that_the_settings_list() {
        let entry = || CatalogEntry { domains: vec![text("Carts"), text("shop")], ..entry("cart") };
        let domain = |toml| translated(entry(), toml).domain.map(|id| id.value.to_string());
        assert_eq!(domain("").as_deref(), Some("Carts"));
        assert_eq!(domain("[[domain]]\nid = \"carts\"").as_deref(), Some("carts"));
        assert_eq!(domain("[[domain]]\nid = \"shop\"").as_deref(), Some("shop"));
        let renamed = "[[domain]]\nid = \"shopping\"\n[catalog.domain.values]\nshopping = [\"shop\"]";
        assert_eq!(domain(renamed).as_deref(), Some("shopping"));
        assert_eq!(domain("[[domain]]\nid = \"other\""), None);
    }

    #[test]
    fn a_tag_alone_puts_a_service_on_the_golden_thread_and_unknown_values_never_decide() {
        let golden = |value: &str, toml| {
            let entry = CatalogEntry { golden_thread: Some(text(value)), ..entry("cart") };
            let service = translated(entry, toml);
            (service.golden_thread.map(|golden| golden.value), service.unknown.len())
        };
        assert_eq!(golden("golden-thread", "catalog.golden-thread.tag = \"golden-thread\""), (Some(true), 0));
        assert_eq!(golden("Yes", ""), (Some(true), 0));
        assert_eq!(golden("false", ""), (Some(false), 0));
        assert_eq!(golden("maybe", ""), (None, 1));
        let values = "catalog.golden-thread.values = { false = [\"maybe\"] }";
        assert_eq!(golden("maybe", values), (Some(false), 0));
    }

    #[test]
    fn a_platform_may_be_written_as_a_reference() {
        let platform = |value: &str| {
            let entry = CatalogEntry { platform: Some(text(value)), ..entry("cart") };
            translated(entry, "").platform.map(|id| id.value.to_string())
        };
        assert_eq!(platform("system:default/web").as_deref(), Some("web"));
        assert_eq!(platform("Payments Platform").as_deref(), Some("payments-platform"));
        assert_eq!(platform("…"), None);
    }

    #[test]
    fn unknown_values_are_reported_together_with_all_that_were_seen() {
        let tiers = ["tier-1", "tier-9", "tier-9", "tier-8"].into_iter().enumerate();
        let entries = tiers
            .map(|(at, tier)| CatalogEntry { criticality: Some(text(tier)), ..entry(&format!("s{at}")) });
        let (_, problems) = catalog_services(entries.collect(), &settings(TIERS));
        let [problem] = &problems.iter().collect::<Vec<_>>()[..] else { panic!("one problem") };
        assert_eq!(problem.code, Code::UnknownCatalogValue);
        assert!(problem.help[0].ends_with("`tier-1` (1), `tier-8` (1), `tier-9` (2)"), "{:?}", problem.help);
    }
}
