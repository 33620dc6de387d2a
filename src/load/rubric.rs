//! A rubric's TOML → [`Rubric`].

mod category;

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{
    Category, CategoryId, CriticalityLevels, Lookup, Pillar, PillarId, Rubric, RubricId, RubricKey, Rubrics,
    Version,
};
use crate::source::{Entry, FileId, Node, Span, Spanned};
use crate::text::did_you_mean;

use super::keys::rubric as keys;
use super::table::Table;
use super::toml;
use super::values::{date, id, id_in, report_twice};
pub(super) use category::applies_to;
use category::read_category;

/// What a rubric's file came to.
pub(super) struct ParsedRubric {
    /// Its id and version, where these can be read even though the file has errors.
    pub key: Option<RubricKey>,
    /// The rubric; errors in its file are in the problems.
    pub rubric: Option<Rubric>,
    /// Where its id is written.
    pub span: Span,
}

/// What is known of rubrics whose files have errors: that a service pins one of them is not the service's mistake,
/// and no other rubric may be used in its stead.
#[derive(Debug, Default)]
pub(super) struct BrokenRubrics {
    keys: BTreeSet<RubricKey>,
    /// Whether there is a file that could be any rubric.
    has_unidentified: bool,
    /// What that file can't be, because another file is.
    excluded: BTreeSet<RubricKey>,
}

impl BrokenRubrics {
    /// Notes a file with errors, and its rubric's id and version if these can be read.
    pub fn add(&mut self, key: Option<RubricKey>) {
        match key {
            Some(key) => drop(self.keys.insert(key)),
            None => self.has_unidentified = true,
        }
    }

    /// Notes that a sound file holds this rubric.
    pub fn exclude(&mut self, key: &RubricKey) {
        self.excluded.insert(key.clone());
    }

    /// Whether a file with errors is this rubric for certain.
    pub fn names(&self, key: &RubricKey) -> bool {
        self.keys.contains(key)
    }

    /// Whether a file with errors may be a version of this rubric.
    pub fn may_be_version_of(&self, id: &RubricId) -> bool {
        self.has_unidentified || self.keys.iter().any(|key| key.id == *id)
    }

    /// Whether a file with errors may be this rubric.
    pub fn may_be(&self, key: &RubricKey) -> bool {
        self.names(key) || (self.has_unidentified && !self.excluded.contains(key))
    }
}

/// Reads a rubric's text, noting everything that is wrong with it; `None` if it is not TOML.
pub(super) fn parse(
    text: &str,
    file: FileId,
    levels: &CriticalityLevels,
    problems: &mut Problems,
) -> Option<ParsedRubric> {
    let root = toml::parse(text, file, problems)?;
    Some(read(&root, levels, problems))
}

fn read(root: &Node, levels: &CriticalityLevels, problems: &mut Problems) -> ParsedRubric {
    let unreadable = ParsedRubric { key: None, rubric: None, span: root.span };
    let Some(table) = Table::open(root, root.span, &keys::FILE, problems) else { return unreadable };
    let rubric_id = id_in(&table, "id", RubricId::new, problems);
    let version = read_version(&table, problems);
    let title = table.text("title", problems);
    let published = date(&table, "published", problems);
    let retired = category_ids(&table, "retired", problems);
    let replaces = read_replaces(&table, rubric_id.as_ref(), problems);
    let mut content = RubricContent::default();
    for node in table.items("pillar", problems) {
        content.read_pillar(node, levels, problems);
    }
    if content.pillars.is_empty() {
        let problem =
            Diagnostic::new(Code::EmptyRubric, "a rubric without pillars").at(table.head(), "asks nothing");
        problems.push(problem.help("add a `[[pillar]]` with at least one `[[pillar.category]]`"));
    }
    content.report_duplicates(problems);
    let key = rubric_id.clone().zip(version.as_ref());
    let key = key.map(|(id, version)| RubricKey { id, major: version.value.major });
    let span = table.get("id").map_or(root.span, |node| node.span);
    let rubric =
        build(rubric_id, version, title, published, (retired, replaces), table.extensions(), content);
    ParsedRubric { key, rubric, span }
}

fn build(
    id: Option<RubricId>,
    version: Option<Spanned<Version>>,
    title: Option<Spanned<String>>,
    published: Option<Spanned<crate::model::Date>>,
    (retired, replaces): (Vec<Spanned<CategoryId>>, Vec<Spanned<RubricId>>),
    extensions: Vec<Entry>,
    content: RubricContent,
) -> Option<Rubric> {
    let version = version?;
    Some(Rubric {
        id: id?,
        version: version.value,
        span: version.span,
        title: title?.value,
        published: published?.value,
        pillars: content.pillars,
        categories: content.categories,
        retired,
        replaces,
        extensions,
        lookup: Lookup::default(),
    })
}

fn read_replaces(
    table: &Table<'_>,
    own: Option<&RubricId>,
    problems: &mut Problems,
) -> Vec<Spanned<RubricId>> {
    let mut replaces = Vec::new();
    for name in table.texts("replaces", problems) {
        let Some(other) = id(&name, RubricId::new, problems) else { continue };
        if Some(&other) == own {
            let problem = Diagnostic::new(Code::InvalidValue, format!("`{other}` can't replace itself"));
            let problem = problem.at(name.span, "this rubric's own id");
            problems.push(problem.help("a newer version replaces the older one without saying so"));
        } else {
            replaces.push(Spanned::new(other, name.span));
        }
    }
    replaces
}

fn read_version(table: &Table<'_>, problems: &mut Problems) -> Option<Spanned<Version>> {
    let text = table.text("version", problems)?;
    let version = Version::parse(&text.value);
    if version.is_none() {
        let problem = Diagnostic::new(Code::InvalidValue, format!("`{}` is not a version", text.value));
        problems.push(problem.at(text.span, "not of the form major.minor").help("for example `\"2.1\"`"));
    }
    Some(Spanned::new(version?, text.span))
}

/// Pillars and categories read so far, with where the pillars' ids are written.
#[derive(Default)]
struct RubricContent {
    pillars: Vec<Pillar>,
    categories: Vec<Category>,
    pillar_spans: Vec<Span>,
}

impl RubricContent {
    fn read_pillar(&mut self, node: &Node, levels: &CriticalityLevels, problems: &mut Problems) {
        let Some(table) = Table::open(node, node.span, &keys::PILLAR, problems) else { return };
        let pillar_id = id_in(&table, "id", PillarId::new, problems);
        let title = table.text("title", problems);
        let categories = table.items("category", problems);
        if categories.is_empty() {
            let problem = Diagnostic::new(Code::EmptyRubric, "a pillar without categories");
            problems.push(
                problem
                    .at(table.head(), "asks nothing")
                    .help("add a `[[pillar.category]]`, or delete the pillar"),
            );
        }
        let pillar = self.pillars.len();
        let categories = categories.iter().filter_map(|node| read_category(node, pillar, levels, problems));
        self.categories.extend(categories);
        if let Some((id, title)) = pillar_id.zip(title) {
            self.pillars.push(Pillar { id, title: title.value, extensions: table.extensions() });
            self.pillar_spans.push(table.get("id").map_or(node.span, |node| node.span));
        }
    }

    fn report_duplicates(&self, problems: &mut Problems) {
        let pillars =
            self.pillars.iter().map(|pillar| pillar.id.as_str()).zip(self.pillar_spans.iter().copied());
        report_twice(pillars, "pillar", problems);
        let categories = self.categories.iter().map(|category| (category.id.as_str(), category.span));
        report_twice(categories, "category", problems);
    }
}

fn category_ids(table: &Table<'_>, key: &str, problems: &mut Problems) -> Vec<Spanned<CategoryId>> {
    let texts = table.texts(key, problems);
    let ids = texts.iter().map(|text| Some(Spanned::new(id(text, CategoryId::new, problems)?, text.span)));
    ids.flatten().collect()
}

/// Help for a rubric that isn't known.
pub(super) fn help_for_unknown(written: &str, rubrics: &Rubrics) -> String {
    let keys: Vec<_> = rubrics.iter().map(|rubric| rubric.key().to_string()).collect();
    did_you_mean(written, keys.iter().map(String::as_str), "`fundamentals rubric list` lists them")
}

/// Reports an id that no rubric has. One that a file with errors may have is not called unknown.
pub(super) fn report_unknown(
    id: &RubricId,
    span: Span,
    rubrics: &Rubrics,
    broken: &BrokenRubrics,
    problems: &mut Problems,
) {
    if rubrics.versions(id).next().is_some() || broken.may_be_version_of(id) {
        return;
    }
    let ids: BTreeSet<_> = rubrics.iter().map(|rubric| rubric.id.as_str()).collect();
    let help = did_you_mean(id.as_str(), ids, "`fundamentals rubric list` lists them");
    let problem = Diagnostic::new(Code::UnknownRubric, format!("unknown rubric `{id}`"));
    problems.push(problem.at(span, "no rubric has this id").help(help));
}

/// Reports what rubrics replace that isn't known, and rubrics that replace each other in a circle. Of several versions the newest
/// counts.
pub(super) fn check_replaced(rubrics: &Rubrics, broken: &BrokenRubrics, problems: &mut Problems) {
    for rubric in rubrics.iter() {
        let is_newest =
            rubrics.versions(&rubric.id).last().is_some_and(|newest| newest.key() == rubric.key());
        for Spanned { value: replaced, span } in &rubric.replaces {
            report_unknown(replaced, *span, rubrics, broken, problems);
            if !is_newest {
                continue;
            }
            let Some(circle) = circle(&rubric.id, replaced, rubrics) else { continue };
            let title = format!("rubrics replace each other in a circle: {}", circle.join(" → "));
            let problem = Diagnostic::new(Code::InvalidValue, title).at(*span, "part of the circle");
            problems.push(problem.help("remove `replaces` from the older of them"));
        }
    }
}

/// The ids on the way from a rubric by one that it replaces back to itself.
fn circle<'r>(own: &'r RubricId, replaced: &'r RubricId, rubrics: &'r Rubrics) -> Option<Vec<&'r str>> {
    let mut paths = vec![vec![own, replaced]];
    let mut known = BTreeSet::from([replaced]);
    while let Some(path) = paths.pop() {
        let last = path.last().and_then(|id| rubrics.versions(id).last());
        for next in last.iter().flat_map(|rubric| &rubric.replaces).map(|next| &next.value) {
            let path: Vec<_> = path.iter().copied().chain([next]).collect();
            if next == own {
                return Some(path.into_iter().map(RubricId::as_str).collect());
            }
            if known.insert(next) {
                paths.push(path);
            }
        }
    }
    None
}
