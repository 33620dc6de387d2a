//! `[catalog]` of the settings → [`CatalogSettings`].

use crate::diag::{Code, Diagnostic, Problems};
use crate::load::gate;
use crate::load::keys::TableKeys;
use crate::load::keys::settings as keys;
use crate::load::table::{Table, texts, wrong_type};
use crate::load::values::{criticality, id};
use crate::model::{CatalogField, CatalogSelector, CatalogSettings, PlatformId, Settings, is_same_value};
use crate::source::{Entry, Node, Spanned, Value};
use crate::text::list;

/// Reads `[catalog]`. `settings` are the other settings, with the domains and levels; `files` are its globs.
pub(in crate::load) fn read(
    table: &Table<'_>,
    files: Vec<String>,
    settings: &Settings,
    problems: &mut Problems,
) -> CatalogSettings {
    let mut catalog = CatalogSettings { files, ..CatalogSettings::default() };
    let lists = [
        ("kinds", &mut catalog.kinds),
        ("types", &mut catalog.types),
        ("lifecycles", &mut catalog.lifecycles),
    ];
    for (key, list) in lists {
        if table.get(key).is_some() {
            *list = table.texts(key, problems).into_iter().map(|text| text.value).collect();
        }
    }
    let mut field = |key: &str, keys: &'static TableKeys, is_ours: &IsOurs<'_>| match table.get(key) {
        Some(node) => read_field(node, keys, is_ours, problems),
        None => CatalogField::default(),
    };
    let anything = |_: &Spanned<String>, _: &mut Problems| true;
    catalog.domain = field("domain", &keys::CATALOG_DOMAIN, &|name, problems| {
        gate::domain(name, settings, problems).is_some()
    });
    catalog.platform = field("platform", &keys::CATALOG_PLATFORM, &|name, problems| {
        id(name, PlatformId::new, problems).is_some()
    });
    catalog.criticality = field("criticality", &keys::CATALOG_CRITICALITY, &|name, problems| {
        criticality(name, &settings.criticality, problems).is_some()
    });
    catalog.golden_thread = field("golden-thread", &keys::CATALOG_GOLDEN_THREAD, &|name, problems| {
        let is_ours = keys::CATALOG_TRUTH.find(&name.value).is_some();
        if !is_ours {
            let problem = Diagnostic::new(Code::UnknownKey, format!("unknown key `{}`", name.value));
            let problem = problem.at(name.span, "neither `true` nor `false`");
            problems.push(problem.help("write `values = { true = [\"yes\"], false = [\"no\"] }`"));
        }
        is_ours
    });
    catalog.lifecycle = field("lifecycle", &keys::CATALOG_LIFECYCLE, &anything);
    catalog.tags = field("tags", &keys::CATALOG_TAGS, &anything);
    catalog
}

/// Whether a name is a value of this estate; reports it if not.
type IsOurs<'a> = dyn Fn(&Spanned<String>, &mut Problems) -> bool + 'a;

fn read_field(
    node: &Node,
    keys: &'static TableKeys,
    is_ours: &IsOurs<'_>,
    problems: &mut Problems,
) -> CatalogField {
    let Some(table) = Table::open(node, node.span, keys, problems) else { return CatalogField::default() };
    CatalogField { selector: selector(&table, problems), values: values(&table, is_ours, problems) }
}

fn selector(table: &Table<'_>, problems: &mut Problems) -> Option<CatalogSelector> {
    let given = ["annotation", "label", "tag", "path"]
        .into_iter()
        .filter_map(|key| Some((key, table.text(key, problems)?)))
        .collect::<Vec<_>>();
    if let [(first, at), (second, again), ..] = given.as_slice() {
        let title = format!("`{first}` and `{second}` both say where the value stands");
        let problem = Diagnostic::new(Code::InvalidValue, title).at(again.span, "a second place");
        problems.push(problem.and(at.span, "the first one").help("keep one of them"));
    }
    let (key, text) = given.into_iter().next()?;
    let selector = match key {
        "annotation" => CatalogSelector::Annotation(text.value),
        "label" => CatalogSelector::Label(text.value),
        "tag" => {
            if let Err(error) = globset::Glob::new(&text.value) {
                let problem = Diagnostic::new(Code::InvalidValue, format!("`{}` is not a glob", text.value));
                let problem = problem.at(text.span, error.kind().to_string());
                problems.push(problem.help("for example `tier-*`"));
                return None;
            }
            CatalogSelector::Tag(text.value)
        }
        _ => {
            let path: Vec<_> = text.value.split('.').map(str::to_owned).collect();
            if path.iter().any(String::is_empty) {
                let problem =
                    Diagnostic::new(Code::InvalidValue, format!("`{}` is not a path of keys", text.value));
                let problem = problem.at(text.span, "an empty key");
                problems.push(
                    problem.help("for example `spec.tier`; for a key with dots use `annotation` or `label`"),
                );
                return None;
            }
            CatalogSelector::Path(path)
        }
    };
    Some(selector)
}

/// The values of this estate, each with those of the catalog that mean it. One that means two is reported.
fn values(table: &Table<'_>, is_ours: &IsOurs<'_>, problems: &mut Problems) -> Vec<(String, Vec<String>)> {
    let Some(node) = table.get("values") else { return Vec::new() };
    let Value::Table(entries) = &node.value else {
        let problem = wrong_type(node, "`values` must be a table");
        problems.push(problem.help("for example `values = { mission-critical = [\"tier-1\", \"1\"] }`"));
        return Vec::new();
    };
    let mut seen: Vec<(Spanned<String>, &Spanned<String>)> = Vec::new();
    let mut values = Vec::new();
    for Entry { key, node } in entries {
        let theirs = texts(node, &key.value, problems);
        for value in &theirs {
            match seen.iter().find(|(other, _)| is_same_value(&other.value, &value.value)) {
                Some((first, meaning)) if meaning.value != key.value => {
                    let meanings = list(&[meaning.value.as_str(), key.value.as_str()]);
                    let title = format!("`{}` means two things: {meanings}", value.value);
                    let problem = Diagnostic::new(Code::InvalidValue, title).at(value.span, "again here");
                    problems.push(problem.and(first.span, "first here").help("list it once"));
                }
                Some(_) => {}
                None => seen.push((value.clone(), key)),
            }
        }
        if is_ours(key, problems) {
            values.push((key.value.clone(), theirs.into_iter().map(|text| text.value).collect()));
        }
    }
    values
}
