//! What an organisation decides for its estate in `fundamentals.toml`.

use std::sync::Arc;

use super::{Date, DomainId, RubricKey};

/// Everything that can be set; every field has a default.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The estate's name, for headings.
    pub name: Option<String>,
    /// Which files are service files: globs relative to the estate's folder.
    pub services: Vec<String>,
    /// Which files are rubrics: globs relative to the estate's folder.
    pub rubrics: Vec<String>,
    /// The rubric of services that were never assessed.
    pub default_rubric: Option<RubricKey>,
    /// A file larger than this many bytes is refused unread.
    pub max_file_bytes: u64,
    /// Levels of criticality, lowest first.
    pub criticality: CriticalityLevels,
    /// The domains that are known, with their reviews. Empty: any domain is accepted.
    pub domains: Vec<Domain>,
    /// Rhythm of the reviews.
    pub review: ReviewSettings,
    /// How a rubric should be written.
    pub rubric: RubricSettings,
    /// What fails a build.
    pub gate: GateSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: None,
            services: vec!["services/**/*.yaml".to_owned(), "services/**/*.yml".to_owned()],
            rubrics: vec!["rubric/**/*.toml".to_owned()],
            default_rubric: None,
            max_file_bytes: 8 * 1024 * 1024,
            criticality: CriticalityLevels::default(),
            domains: Vec::new(),
            review: ReviewSettings::default(),
            rubric: RubricSettings::default(),
            gate: GateSettings::default(),
        }
    }
}

/// The levels of criticality of an estate, lowest first; never empty.
#[derive(Clone, Debug)]
pub struct CriticalityLevels(Vec<Criticality>);

/// One level of criticality: what an outage would cost. Ordered lowest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Criticality {
    rank: usize,
    name: Arc<str>,
}

impl Criticality {
    /// The level's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl CriticalityLevels {
    /// Levels with these names, lowest first; `None` when there are none.
    #[must_use]
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Option<Self> {
        let names = names.into_iter().enumerate();
        let levels: Vec<_> = names.map(|(rank, name)| Criticality { rank, name: name.into() }).collect();
        if levels.is_empty() { None } else { Some(Self(levels)) }
    }

    /// The level with this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Criticality> {
        self.0.iter().find(|level| level.name() == name)
    }

    /// The level that Golden Thread services have.
    ///
    /// # Panics
    /// Never: there is always a level.
    #[must_use]
    pub fn top(&self) -> &Criticality {
        self.0.last().expect("there is always a level")
    }

    /// Names of all levels, lowest first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Criticality::name)
    }
}

impl Default for CriticalityLevels {
    fn default() -> Self {
        Self::new(["experimental", "low", "business-operational", "business-critical", "mission-critical"])
            .expect("five levels")
    }
}

/// A domain as the estate knows it.
#[derive(Clone, Debug)]
pub struct Domain {
    /// Its id.
    pub id: DomainId,
    /// Its name for people.
    pub title: String,
    /// Days of its reviews, past and planned, oldest first.
    pub reviews: Vec<Date>,
}

/// Rhythm of the reviews.
#[derive(Clone, Copy, Debug)]
pub struct ReviewSettings {
    /// Weeks between two reviews of a domain.
    pub cadence_weeks: u32,
    /// A colour that nobody has looked at for longer than this is marked as stale.
    pub stale_after_weeks: u32,
}

impl Default for ReviewSettings {
    fn default() -> Self {
        Self { cadence_weeks: 8, stale_after_weeks: 16 }
    }
}

/// How a rubric should be written; `rubric lint` says where it isn't.
#[derive(Clone, Debug)]
pub struct RubricSettings {
    /// A level may have this many words.
    pub max_words: u32,
    /// Words that a level should not say.
    pub vague_words: Vec<String>,
}

impl Default for RubricSettings {
    fn default() -> Self {
        let vague_words = [
            "good",
            "adequate",
            "appropriate",
            "proper",
            "sufficient",
            "reasonable",
            "robust",
            "effective",
            "regular",
            "regularly",
            "comprehensive",
            "mature",
            "properly",
            "adequately",
            "appropriately",
        ];
        Self { max_words: 40, vague_words: vague_words.map(str::to_owned).to_vec() }
    }
}

/// How seriously the gate takes a finding. Ordered mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GateLevel {
    /// Not mentioned.
    Allow,
    /// Mentioned.
    Warn,
    /// The gate fails.
    Deny,
}

impl GateLevel {
    /// All levels, mildest first.
    pub const ALL: [Self; 3] = [Self::Allow, Self::Warn, Self::Deny];

    /// The word used in settings and output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }

    /// The level that a word in the settings names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }
}

/// What the gate does about a drop to red.
#[derive(Clone, Copy, Debug)]
pub struct GateSettings {
    /// In a Golden Thread service.
    pub drop_golden_thread: GateLevel,
    /// In any other service.
    pub drop_elsewhere: GateLevel,
}

impl Default for GateSettings {
    fn default() -> Self {
        Self { drop_golden_thread: GateLevel::Deny, drop_elsewhere: GateLevel::Warn }
    }
}
