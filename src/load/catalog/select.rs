//! The values of an entity that the settings choose.

use globset::Glob;

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{CatalogEntry, CatalogField, CatalogSelector, CatalogSettings};
use crate::source::{Node, ScalarStyle, Spanned, Value};
use crate::text::list;

/// Gives an entry the fields for which the settings choose a place in its entity, whatever it had before. The problems are
/// those of this entry: they matter where a service uses it.
pub(in crate::load) fn select(
    entry: &mut CatalogEntry,
    entity: &Node,
    settings: &CatalogSettings,
    problems: &mut Problems,
) {
    let mut one = |field: &CatalogField, name: &str| {
        field.selector.as_ref().map(|selector| only(pick(entity, selector), name, &entry.name, problems))
    };
    let domain = one(&settings.domain, "domain");
    let platform = one(&settings.platform, "platform");
    let criticality = one(&settings.criticality, "criticality");
    let golden_thread = one(&settings.golden_thread, "golden-thread");
    let lifecycle = one(&settings.lifecycle, "lifecycle");
    if let Some(domain) = domain {
        entry.domains = domain.into_iter().collect();
    }
    let fields = [
        (&mut entry.platform, platform),
        (&mut entry.criticality, criticality),
        (&mut entry.golden_thread, golden_thread),
        (&mut entry.lifecycle, lifecycle),
    ];
    for (field, chosen) in fields {
        if let Some(chosen) = chosen {
            *field = chosen;
        }
    }
    if let Some(selector) = &settings.tags.selector {
        entry.tags = pick(entity, selector);
    }
}

/// The texts at a place in an entity; none where something else stands there.
fn pick(entity: &Node, selector: &CatalogSelector) -> Vec<Spanned<String>> {
    let metadata = entity.get("metadata");
    let node = match selector {
        CatalogSelector::Annotation(key) => {
            metadata.and_then(|it| it.get("annotations")).and_then(|it| it.get(key))
        }
        CatalogSelector::Label(key) => metadata.and_then(|it| it.get("labels")).and_then(|it| it.get(key)),
        CatalogSelector::Path(path) => path.iter().try_fold(entity, |node, key| node.get(key)),
        CatalogSelector::Tag(glob) => {
            let tags = metadata.and_then(|it| it.get("tags")).map(scalars).unwrap_or_default();
            let matcher = Glob::new(glob).map(|glob| glob.compile_matcher());
            let is_match =
                |tag: &Spanned<String>| matcher.as_ref().is_ok_and(|glob| glob.is_match(&tag.value));
            return tags.into_iter().filter(is_match).collect();
        }
    };
    node.map(scalars).unwrap_or_default()
}

/// The texts of a list, or a text alone. Null is none, in the ways that YAML writes it without quotes.
fn scalars(node: &Node) -> Vec<Spanned<String>> {
    match &node.value {
        Value::List(items) => items.iter().flat_map(scalars).collect(),
        Value::Scalar(text, style) => {
            let is_null = *style == ScalarStyle::Plain && matches!(text.as_str(), "" | "~" | "null");
            let text = Spanned::new(text.trim().to_owned(), node.span);
            Some(text).filter(|text| !is_null && !text.value.is_empty()).into_iter().collect()
        }
        Value::Null | Value::Table(_) => Vec::new(),
    }
}

/// The only value; several that differ are reported, and none is taken.
fn only(
    values: Vec<Spanned<String>>,
    field: &str,
    entity: &Spanned<String>,
    problems: &mut Problems,
) -> Option<Spanned<String>> {
    let mut rest = values.into_iter();
    let first = rest.next()?;
    let Some(other) = rest.find(|other| other.value != first.value) else { return Some(first) };
    let title = format!("`{}` has several values for {field}", entity.value);
    let both = list(&[first.value.as_str(), other.value.as_str()]);
    let problem = Diagnostic::new(Code::InvalidValue, title).at(other.span, "another value");
    let problem = problem.and(first.span, "the first one");
    problems.push(
        problem.help(format!(
            "leave one of {both} in the catalog, or choose another place in `[catalog.{field}]`"
        )),
    );
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::parse_yaml;
    use crate::source::{FileId, Span};

    const ENTITY: &str = "
metadata:
  annotations: { example.com/tier: tier-2, example.com/none: null }
  labels: { golden: \"yes\" }
  tags: [java, tier-1, tier-1, golden-thread]
spec: { tier: 4, levels: { own: [a, b] }, empty: }
";

    fn picked(selector: &CatalogSelector) -> Vec<String> {
        let entity = parse_yaml(ENTITY).expect("YAML");
        pick(&entity, selector).into_iter().map(|text| text.value).collect()
    }

    fn path(path: &str) -> CatalogSelector {
        CatalogSelector::Path(path.split('.').map(str::to_owned).collect())
    }

    #[test]
    fn a_selector_picks_from_annotations_labels_tags_and_paths() {
        assert_eq!(picked(&CatalogSelector::Annotation("example.com/tier".to_owned())), ["tier-2"]);
        assert_eq!(picked(&CatalogSelector::Label("golden".to_owned())), ["yes"]);
        assert_eq!(picked(&CatalogSelector::Tag("tier-*".to_owned())), ["tier-1", "tier-1"]);
        assert_eq!(picked(&path("spec.tier")), ["4"]);
        assert_eq!(picked(&path("spec.levels.own")), ["a", "b"]);
    }

    #[test]
    fn nothing_and_null_are_no_value() {
        assert!(picked(&CatalogSelector::Annotation("example.com/none".to_owned())).is_empty());
        for nowhere in ["spec.empty", "spec.levels", "spec.tier.deeper", "status.tier"] {
            assert!(picked(&path(nowhere)).is_empty(), "{nowhere}");
        }
    }

    #[test]
    fn of_two_values_that_differ_none_is_taken() {
        let text = |text: &str| Spanned::new(text.to_owned(), Span::new(FileId::from_index(0), 0..0));
        let mut problems = Problems::default();
        let same = only(vec![text("a"), text("a")], "criticality", &text("cart"), &mut problems);
        assert_eq!((same.map(|value| value.value).as_deref(), problems.is_empty()), (Some("a"), true));
        assert!(only(vec![text("a"), text("b")], "criticality", &text("cart"), &mut problems).is_none());
        assert!(problems.has_errors());
    }
}
