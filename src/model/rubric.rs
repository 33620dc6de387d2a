//! A rubric: pillars, their categories, and what red, amber and green mean for each.

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use super::{AppliesTo, CategoryId, Colour, Date, PillarId, RubricId, is_evidence};
use crate::source::{Entry, Span, Spanned};

/// What an assessment pins: a rubric's id and major version, written `fundamentals@2`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RubricKey {
    pub id: RubricId,
    /// The major version; a new one may change what scores mean.
    pub major: u32,
}

impl RubricKey {
    /// Reads `id@major`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (id, major) = text.split_once('@')?;
        Some(Self { id: RubricId::new(id).ok()?, major: parse_number(major)? })
    }
}

impl fmt::Display for RubricKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}@{}", self.id, self.major))
    }
}

/// A rubric's version, `major.minor`; a minor only clarifies words or guidance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// Changes when scores may mean something else.
    pub major: u32,
    /// Changes when only the wording does.
    pub minor: u32,
}

impl Version {
    /// Reads `major.minor`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (major, minor) = text.split_once('.')?;
        Some(Self { major: parse_number(major)?, minor: parse_number(minor)? })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}.{}", self.major, self.minor))
    }
}

/// Digits only, without a leading zero: `02` and `+2` would name the same version in a second way.
fn parse_number(text: &str) -> Option<u32> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}

/// One version of a rubric.
#[derive(Clone, Debug)]
pub struct Rubric {
    /// Its id; with the major version the [`RubricKey`].
    pub id: RubricId,
    pub version: Version,
    /// Where its version is written.
    pub span: Span,
    pub title: String,
    /// The day on which this major version was first published.
    pub published: Date,
    pub pillars: Vec<Pillar>,
    /// The categories of all pillars, in order; a [`CategoryIx`] is a place in here.
    pub categories: Vec<Category>,
    /// Categories of the previous major version that this one drops on purpose.
    pub retired: Vec<Spanned<CategoryId>>,
    /// Rubrics that no longer count for a service once it is assessed under this one.
    pub replaces: Vec<Spanned<RubricId>>,
    /// Keys of its users' own (`x-…`).
    pub extensions: Vec<Entry>,
    /// Where categories stand; made when it is first asked for.
    pub lookup: Lookup,
}

/// Where categories stand by their ids, and by the ids that they continue: rubrics may have thousands.
#[derive(Clone, Default)]
pub struct Lookup(OnceLock<Places>);

impl fmt::Debug for Lookup {
    /// Says nothing of what follows from the categories, nor whether it was asked for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("Lookup")
    }
}

#[derive(Clone, Debug, Default)]
struct Places {
    by_id: HashMap<CategoryId, usize>,
    by_source: HashMap<CategoryId, Vec<usize>>,
}

impl Places {
    fn of(categories: &[Category]) -> Self {
        let mut places = Self::default();
        for (at, category) in categories.iter().enumerate() {
            places.by_id.entry(category.id.clone()).or_insert(at);
            for source in category.continues() {
                let continuing = places.by_source.entry(source.clone()).or_default();
                if continuing.last() != Some(&at) {
                    continuing.push(at);
                }
            }
        }
        places
    }
}

/// A group of categories.
#[derive(Clone, Debug)]
pub struct Pillar {
    pub id: PillarId,
    pub title: String,
    /// Keys of its users' own (`x-…`).
    pub extensions: Vec<Entry>,
}

/// Which category of a rubric: its place in [`Rubric::categories`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CategoryIx(pub usize);

/// One thing that a service is judged on.
#[derive(Clone, Debug)]
pub struct Category {
    pub id: CategoryId,
    /// Where its id is written.
    pub span: Span,
    pub title: String,
    /// What a colleague would ask.
    pub question: Option<String>,
    /// Its pillar: a place in [`Rubric::pillars`].
    pub pillar: usize,
    /// What red looks like.
    pub red: Definition,
    /// What amber looks like; `None` where a thing is either there or not.
    pub amber: Option<Definition>,
    /// What green looks like.
    pub green: Definition,
    /// Where a team learns how to get there.
    pub guidance: Vec<Guidance>,
    pub applies_to: AppliesTo,
    /// The categories of the previous major version that this one continues; the category of the same id if empty.
    pub from: Vec<Spanned<CategoryId>>,
    /// Whether a score of the previous major version still holds.
    pub bar: Bar,
    pub evidence: EvidenceNeed,
    pub role: CategoryRole,
    /// Keys of its users' own (`x-…`).
    pub extensions: Vec<Entry>,
}

/// What one colour means: one statement or several that must all be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The statements, at least one.
    pub statements: Vec<String>,
    /// Where the colour's key is written.
    pub span: Span,
}

/// Something that tells a team how to get there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guidance {
    /// A page.
    Link(Link),
    /// Words.
    Text(Spanned<String>),
}

impl fmt::Display for Guidance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link(Link { title, href, .. }) => write!(f, "{title}: {href}"),
            Self::Text(text) => f.write_str(&text.value),
        }
    }
}

/// A named address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What the reader sees.
    pub title: String,
    /// Where it leads: an address or a path.
    pub href: String,
    pub span: Span,
}

/// How a category's bar compares with the previous major version's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// A score carries over as it is.
    Same,
    /// A carried score says nothing until the category is judged again (`rescore = true`).
    Raised,
}

/// Whether a category counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CategoryRole {
    Counted,
    /// It is shown, and in no colour of a pillar or a service, no count and no gate (`advisory = true`).
    Advisory,
}

/// Whether a green of a category needs evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceNeed {
    Optional,
    /// A green without evidence is reported.
    Required,
}

impl EvidenceNeed {
    pub const ALL: [Self; 2] = [Self::Optional, Self::Required];

    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Optional => "optional",
            Self::Required => "required",
        }
    }

    /// Whether a green with this evidence has what its category wants.
    #[must_use]
    pub fn is_met_by(self, evidence: &[String]) -> bool {
        match self {
            Self::Optional => true,
            Self::Required => evidence.iter().any(|text| is_evidence(text)),
        }
    }
}

impl Rubric {
    /// Id and major version.
    #[must_use]
    pub fn key(&self) -> RubricKey {
        RubricKey { id: self.id.clone(), major: self.version.major }
    }

    /// The category at a place in this rubric.
    #[must_use]
    pub fn category(&self, ix: CategoryIx) -> &Category {
        &self.categories[ix.0]
    }

    /// The place of the category with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<CategoryIx> {
        let id = CategoryId::new(id).ok()?;
        self.places().by_id.get(&id).copied().map(CategoryIx)
    }

    fn places(&self) -> &Places {
        self.lookup.0.get_or_init(|| Places::of(&self.categories))
    }

    /// The categories that continue one of the previous major version.
    pub fn continuing<'r>(&'r self, id: &'r CategoryId) -> impl Iterator<Item = &'r Category> {
        let places = self.places().by_source.get(id);
        places.into_iter().flatten().map(|at| &self.categories[*at])
    }

    /// The category that continues one of the previous major version, if there is just one, and it continues nothing
    /// else: the same thing, perhaps under another name.
    #[must_use]
    pub fn continues_alone<'r>(&'r self, id: &'r CategoryId) -> Option<&'r Category> {
        let mut continuing = self.continuing(id);
        let only = continuing.next().filter(|only| only.continues().count() == 1);
        only.filter(|_| continuing.next().is_none())
    }

    /// The pillar that a category belongs to.
    #[must_use]
    pub fn pillar_of(&self, category: &Category) -> &Pillar {
        &self.pillars[category.pillar]
    }
}

impl Category {
    /// What a colour means for this category, if the rubric says.
    #[must_use]
    pub fn definition(&self, colour: Colour) -> Option<&Definition> {
        match colour {
            Colour::Red => Some(&self.red),
            Colour::Amber => self.amber.as_ref(),
            Colour::Green => Some(&self.green),
        }
    }

    /// Every colour that this category has, worst first, with its definition.
    pub fn definitions(&self) -> impl Iterator<Item = (Colour, &Definition)> {
        Colour::ALL.into_iter().filter_map(|colour| Some((colour, self.definition(colour)?)))
    }

    /// The next colour up from `colour` that this category has, with its definition; `None` from green.
    #[must_use]
    pub fn next_step(&self, colour: Colour) -> Option<(Colour, &Definition)> {
        let above = Colour::ALL.into_iter().filter(|step| *step > colour);
        above.into_iter().find_map(|step| Some((step, self.definition(step)?)))
    }

    /// Whether it is shown and not rolled up.
    #[must_use]
    pub fn is_advisory(&self) -> bool {
        match self.role {
            CategoryRole::Counted => false,
            CategoryRole::Advisory => true,
        }
    }

    /// Its title, with a mark if it is advisory.
    #[must_use]
    pub fn marked_title(&self) -> String {
        let mark = if self.is_advisory() { " (advisory)" } else { "" };
        format!("{}{mark}", self.title)
    }

    /// How it counts, in sentences: whom it asks, and what a green needs.
    #[must_use]
    pub fn facts(&self) -> Vec<String> {
        let asked = self.applies_to.in_words().map(|asked| format!("Asks {asked}."));
        let evidence = match self.evidence {
            EvidenceNeed::Optional => None,
            EvidenceNeed::Required => Some("A green needs evidence.".to_owned()),
        };
        let role = match self.role {
            CategoryRole::Counted => None,
            CategoryRole::Advisory => Some("Advisory: shown, and in no colour, count or gate.".to_owned()),
        };
        asked.into_iter().chain(evidence).chain(role).collect()
    }

    /// The pages among its guidance.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        self.guidance.iter().filter_map(|guidance| match guidance {
            Guidance::Link(link) => Some(link),
            Guidance::Text(_) => None,
        })
    }

    /// The texts among its guidance.
    pub fn advice(&self) -> impl Iterator<Item = &str> {
        self.guidance.iter().filter_map(|guidance| match guidance {
            Guidance::Link(_) => None,
            Guidance::Text(text) => Some(text.value.as_str()),
        })
    }

    /// The categories of the previous major version that this one continues.
    pub fn continues(&self) -> impl Iterator<Item = &CategoryId> {
        let own = self.from.is_empty().then_some(&self.id);
        own.into_iter().chain(self.from.iter().map(|source| &source.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rubric_key_has_one_spelling() {
        let key = RubricKey::parse("fundamentals@2").expect("a key");
        assert_eq!((key.id.as_str(), key.major), ("fundamentals", 2));
        for wrong in [
            "fundamentals",
            "fundamentals@",
            "fundamentals@02",
            "fundamentals@+2",
            "fundamentals@2.1",
            "@2",
            "F@2",
        ] {
            assert_eq!(RubricKey::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Version::parse("2.10"), Some(Version { major: 2, minor: 10 }));
        assert_eq!(Version::parse("2"), None);
    }
}
