//! What changed between two rubrics, usually two versions of one.

use similar::{ChangeTag, TextDiff};

use crate::model::{Bar, Category, CategoryIx, Colour, Rubric};

/// Everything that changed from one rubric to another.
#[derive(Clone, Debug)]
pub struct RubricDiff<'r> {
    /// The rubric on the left.
    pub old: &'r Rubric,
    /// The rubric on the right.
    pub new: &'r Rubric,
    /// What became of each category, by kind, then in the order of the rubrics. What stayed as it is isn't there.
    pub changes: Vec<CategoryChange<'r>>,
}

/// What became of one or more categories.
#[derive(Clone, Debug)]
pub struct CategoryChange<'r> {
    pub kind: CategoryChangeKind,
    /// The categories on the left; none for an added one.
    pub old: Vec<&'r Category>,
    /// The categories on the right; none for a removed one.
    pub new: Vec<&'r Category>,
    /// Whether scores still hold.
    pub bar: BarChange,
    /// Changed words, where one category became one.
    pub texts: Vec<TextChange>,
}

/// Kinds of change, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CategoryChangeKind {
    /// Several became one.
    Merged,
    /// One became several.
    Split,
    /// Several became several others.
    Reshaped,
    /// One has another id.
    Renamed,
    /// Nothing goes on from it.
    Removed,
    /// It goes on from nothing.
    Added,
    /// The same id, with other words or another bar.
    Reworded,
}

impl CategoryChangeKind {
    /// The same change, seen from the other side.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Merged => Self::Split,
            Self::Split => Self::Merged,
            Self::Removed => Self::Added,
            Self::Added => Self::Removed,
            Self::Reshaped | Self::Renamed | Self::Reworded => self,
        }
    }
}

/// What became of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarChange {
    /// A score carries.
    Same,
    /// A score on the left says nothing on the right.
    Raised,
    /// A rating on the right has no meaning on the left.
    Lowered,
}

/// A text of a category that reads differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextChange {
    pub part: TextPart,
    /// The words, in order.
    pub words: Vec<Words>,
}

/// Texts of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextPart {
    Title,
    /// The title of its pillar.
    Pillar,
    Question,
    /// Which services it asks.
    AppliesTo,
    /// Whether a green needs evidence.
    Evidence,
    /// Whether it counts.
    Role,
    /// The definition of a colour.
    Definition(Colour),
    /// Where a team learns how to get there.
    Guidance,
}

impl TextPart {
    /// The word used in files and output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Pillar => "pillar",
            Self::Question => "question",
            Self::AppliesTo => "applies-to",
            Self::Evidence => "evidence",
            Self::Role => "advisory",
            Self::Definition(colour) => colour.word(),
            Self::Guidance => "guidance",
        }
    }
}

/// A stretch of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// On both sides.
    Same(String),
    /// Only on the left.
    Removed(String),
    /// Only on the right.
    Added(String),
}

/// Compares two rubrics. The later version says which category continues which.
#[must_use]
pub fn rubric_diff<'r>(old: &'r Rubric, new: &'r Rubric) -> RubricDiff<'r> {
    let links = links(old, new);
    let mut changes = Vec::new();
    let mut told = vec![false; old.categories.len()];
    for (right, category) in new.categories.iter().enumerate() {
        let group = LinkedCategories::around(CategoryIx(right), &links);
        if group.left.is_empty() {
            changes.push(CategoryChange::bare(CategoryChangeKind::Added, Vec::new(), vec![category]));
        } else if group.right.first() == Some(&CategoryIx(right)) {
            group.left.iter().for_each(|left| told[left.0] = true);
            changes.extend(change(old, new, &group));
        }
    }
    for (category, _) in old.categories.iter().zip(&told).filter(|(_, told)| !**told) {
        changes.push(CategoryChange::bare(CategoryChangeKind::Removed, vec![category], Vec::new()));
    }
    changes.sort_by_key(|change| change.kind);
    RubricDiff { old, new, changes }
}

/// Pairs of a category on the left and one on the right that continues it, or is continued by it.
fn links(old: &Rubric, new: &Rubric) -> Vec<(CategoryIx, CategoryIx)> {
    let is_backwards = old.id == new.id && old.version.major > new.version.major;
    let (earlier, later) = if is_backwards { (new, old) } else { (old, new) };
    // `from` speaks of the previous major version only; within one version an id is an id.
    let speaks_of_it = earlier.id == later.id && earlier.version.major < later.version.major;
    let mut links = Vec::new();
    for (at, category) in later.categories.iter().enumerate() {
        let sources: Vec<_> = if speaks_of_it { category.continues().collect() } else { vec![&category.id] };
        for source in sources.into_iter().filter_map(|id| earlier.find(id.as_str())) {
            links.push(if is_backwards { (CategoryIx(at), source) } else { (source, CategoryIx(at)) });
        }
    }
    links.sort_unstable();
    links.dedup();
    links
}

/// Categories that are linked with each other, directly or through others; each side in order.
struct LinkedCategories {
    left: Vec<CategoryIx>,
    right: Vec<CategoryIx>,
}

impl LinkedCategories {
    fn around(right: CategoryIx, links: &[(CategoryIx, CategoryIx)]) -> Self {
        let mut group = Self { left: Vec::new(), right: vec![right] };
        loop {
            let before = group.left.len() + group.right.len();
            for (left, right) in links {
                let belongs = group.left.contains(left) || group.right.contains(right);
                if belongs && !group.left.contains(left) {
                    group.left.push(*left);
                }
                if belongs && !group.right.contains(right) {
                    group.right.push(*right);
                }
            }
            if group.left.len() + group.right.len() == before {
                group.left.sort_unstable();
                group.right.sort_unstable();
                return group;
            }
        }
    }
}

/// What became of a group; `None` if nothing did.
fn change<'r>(old: &'r Rubric, new: &'r Rubric, group: &LinkedCategories) -> Option<CategoryChange<'r>> {
    let lefts: Vec<_> = group.left.iter().map(|ix| old.category(*ix)).collect();
    let rights: Vec<_> = group.right.iter().map(|ix| new.category(*ix)).collect();
    let (kind, texts) = match (lefts.as_slice(), rights.as_slice()) {
        ([left], [right]) => {
            let kind =
                if left.id == right.id { CategoryChangeKind::Reworded } else { CategoryChangeKind::Renamed };
            (kind, texts((old, left), (new, right)))
        }
        ([_], _) => (CategoryChangeKind::Split, Vec::new()),
        (_, [_]) => (CategoryChangeKind::Merged, Vec::new()),
        (_, _) => (CategoryChangeKind::Reshaped, Vec::new()),
    };
    let bar = bar(old, new, &lefts, &rights);
    let is_quiet = kind == CategoryChangeKind::Reworded && texts.is_empty() && bar == BarChange::Same;
    (!is_quiet).then_some(CategoryChange { kind, old: lefts, new: rights, bar, texts })
}

/// The later version says whether the bar was raised on the way to it.
fn bar(old: &Rubric, new: &Rubric, lefts: &[&Category], rights: &[&Category]) -> BarChange {
    let is_raised = |categories: &[&Category]| categories.iter().any(|category| category.bar == Bar::Raised);
    if old.id != new.id || old.version.major == new.version.major {
        BarChange::Same
    } else if old.version.major < new.version.major {
        if is_raised(rights) { BarChange::Raised } else { BarChange::Same }
    } else if is_raised(lefts) {
        BarChange::Lowered
    } else {
        BarChange::Same
    }
}

fn texts(left: (&Rubric, &Category), right: (&Rubric, &Category)) -> Vec<TextChange> {
    let pairs = part_texts(left.0, left.1).into_iter().zip(part_texts(right.0, right.1));
    let change = |((part, left), (_, right)): ((TextPart, String), (TextPart, String))| {
        (left != right).then(|| TextChange { part, words: words(&left, &right) })
    };
    pairs.filter_map(change).collect()
}

/// The texts of a category, always the same parts in the same order; empty where there is none.
pub(super) fn part_texts(rubric: &Rubric, category: &Category) -> Vec<(TextPart, String)> {
    let definition = |colour| {
        let definition = category.definition(colour);
        let text = definition.map(|definition| definition.statements.join("\n"));
        (TextPart::Definition(colour), text.unwrap_or_default())
    };
    let head = [
        (TextPart::Title, category.title.clone()),
        (TextPart::Pillar, rubric.pillar_of(category).title.clone()),
        (TextPart::Question, category.question.clone().unwrap_or_default()),
        (TextPart::AppliesTo, category.applies_to.in_words().unwrap_or_else(|| "all services".to_owned())),
        (TextPart::Evidence, category.evidence.word().to_owned()),
        (TextPart::Role, category.is_advisory().to_string()),
    ];
    let guidance: Vec<_> = category.guidance.iter().map(ToString::to_string).collect();
    let guidance = (TextPart::Guidance, guidance.join("\n"));
    head.into_iter().chain(Colour::ALL.map(definition)).chain([guidance]).collect()
}

/// Below this share of common letters a text was written anew: words that both happen to have say nothing.
const WRITTEN_ANEW: usize = 50;

fn words(left: &str, right: &str) -> Vec<Words> {
    let mut stretches = Stretches::default();
    let mut common = 0;
    for change in TextDiff::from_words(left, right).iter_all_changes() {
        let text = change.value();
        match change.tag() {
            ChangeTag::Equal => {
                common += letters(text);
                stretches.same(text);
            }
            ChangeTag::Delete => stretches.changed(text, ""),
            ChangeTag::Insert => stretches.changed("", text),
        }
    }
    if 2 * common * 100 < WRITTEN_ANEW * (letters(left) + letters(right)) {
        stretches = Stretches::default();
        stretches.changed(left, right);
    }
    stretches.finish()
}

fn letters(text: &str) -> usize {
    text.chars().filter(|letter| !letter.is_whitespace()).count()
}

/// Words being put together: neighbouring changes become one, whatever space lies between them.
#[derive(Default)]
struct Stretches {
    done: Vec<Words>,
    removed: String,
    added: String,
    /// Space behind a change, of which it isn't known yet what follows.
    space: String,
}

impl Stretches {
    fn same(&mut self, text: &str) {
        let is_within_a_change = !(self.removed.is_empty() && self.added.is_empty());
        if is_within_a_change && text.trim().is_empty() {
            self.space.push_str(text);
            return;
        }
        self.end_change();
        let space = std::mem::take(&mut self.space);
        match self.done.last_mut() {
            Some(Words::Same(last)) => last.push_str(&format!("{space}{text}")),
            Some(Words::Removed(_) | Words::Added(_)) | None => self.done.push(Words::Same(space + text)),
        }
    }

    fn changed(&mut self, removed: &str, added: &str) {
        let space = std::mem::take(&mut self.space);
        for (text, more) in [(&mut self.removed, removed), (&mut self.added, added)] {
            text.push_str(&space);
            text.push_str(more);
        }
    }

    fn end_change(&mut self) {
        let (removed, added) = (std::mem::take(&mut self.removed), std::mem::take(&mut self.added));
        self.done.extend((!removed.is_empty()).then_some(Words::Removed(removed)));
        self.done.extend((!added.is_empty()).then_some(Words::Added(added)));
    }

    fn finish(mut self) -> Vec<Words> {
        self.end_change();
        let space = std::mem::take(&mut self.space);
        self.done.extend((!space.is_empty()).then_some(Words::Same(space)));
        self.done
    }
}

impl<'r> CategoryChange<'r> {
    fn bare(kind: CategoryChangeKind, old: Vec<&'r Category>, new: Vec<&'r Category>) -> Self {
        Self { kind, old, new, bar: BarChange::Same, texts: Vec::new() }
    }
}

impl RubricDiff<'_> {
    /// Whether a removed category is one that the later version says it drops.
    #[must_use]
    pub fn is_retired(&self, category: &Category) -> bool {
        self.new.retired.iter().any(|retired| retired.value == category.id)
    }
}
