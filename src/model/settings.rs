//! What an organisation decides for its estate in `fundamentals.toml`.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::{
    CatalogSettings, CriticalityLevels, Date, DomainId, GatePolicy, Requirement, RubricKey, ServiceId,
    WaiverPolicy,
};

/// Everything that can be set; every field has a default.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The estate's name, for headings.
    pub name: Option<String>,
    /// Which files are service files: globs relative to the estate's folder.
    pub services: Vec<String>,
    pub id_from: IdFrom,
    /// Which files are rubrics: globs relative to the estate's folder.
    pub rubrics: Vec<String>,
    /// Which files hold what was measured: globs relative to the estate's folder.
    pub slos: Vec<String>,
    /// What services take from a software catalog.
    pub catalog: CatalogSettings,
    /// The rubric of services that were never assessed.
    pub default_rubric: Option<RubricKey>,
    /// Rubrics that services must be assessed under.
    pub required: Vec<Requirement>,
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
    pub gate: GatePolicy,
    pub waivers: WaiverPolicy,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: None,
            services: vec!["services/**/*.yaml".to_owned(), "services/**/*.yml".to_owned()],
            id_from: IdFrom::default(),
            rubrics: vec!["rubric/**/*.toml".to_owned()],
            slos: ["csv", "json", "jsonl", "ndjson"].map(|kind| format!("slo/**/*.{kind}")).to_vec(),
            catalog: CatalogSettings::default(),
            default_rubric: None,
            required: Vec::new(),
            max_file_bytes: 8 * 1024 * 1024,
            criticality: CriticalityLevels::default(),
            domains: Vec::new(),
            review: ReviewSettings::default(),
            rubric: RubricSettings::default(),
            gate: GatePolicy::default(),
            waivers: WaiverPolicy::default(),
        }
    }
}

impl Settings {
    /// A domain that is known.
    #[must_use]
    pub fn domain(&self, id: &DomainId) -> Option<&Domain> {
        self.domains.iter().find(|domain| domain.id == *id)
    }

    /// A domain's name for people; its id if nothing gives it one.
    #[must_use]
    pub fn domain_title<'s>(&'s self, id: &'s DomainId) -> &'s str {
        self.domain(id).map_or(id.as_str(), |domain| &domain.title)
    }
}

/// What a service's id must agree with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IdFrom {
    /// The name of its file, without the extension.
    #[default]
    FileStem,
    /// The name of its file's folder.
    Folder,
    /// Nothing: `service` alone gives the id.
    Key,
}

impl IdFrom {
    pub const ALL: [Self; 3] = [Self::FileStem, Self::Folder, Self::Key];

    /// Its word in the settings.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::FileStem => "file-stem",
            Self::Folder => "folder",
            Self::Key => "key",
        }
    }

    /// The id that a path from the estate's folder gives; `None` if it gives none.
    #[must_use]
    pub fn id_of(self, path: &Path) -> Option<Cow<'_, str>> {
        match self {
            Self::FileStem => path.file_stem().map(OsStr::to_string_lossy),
            // The name of the estate's own folder depends on how it was cloned.
            Self::Folder => path.parent()?.file_name().map(OsStr::to_string_lossy),
            Self::Key => None,
        }
    }

    /// Where the file at a path goes when its service gets another id: a path that gives it, or the same one if it gives none.
    #[must_use]
    pub fn path_for(self, id: &ServiceId, path: &Path) -> PathBuf {
        match (self, path.parent()) {
            (Self::FileStem, _) => match path.extension() {
                Some(extension) => path.with_file_name(format!("{id}.{}", extension.to_string_lossy())),
                None => path.with_file_name(id.as_str()),
            },
            (Self::Folder, Some(folder)) if folder.file_name().is_some() => {
                folder.with_file_name(id.as_str()).join(path.file_name().unwrap_or_default())
            }
            (Self::Folder | Self::Key, _) => path.to_path_buf(),
        }
    }
}

/// A domain as the estate knows it.
#[derive(Clone, Debug)]
pub struct Domain {
    pub id: DomainId,
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
