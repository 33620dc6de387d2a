//! What was entered and not written yet, in a folder of the user's own: never in the repository, where it could be
//! committed by mistake.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use crate::edit;
use crate::eval::{RubricState, Status};
use crate::model::{
    CategoryId, CategoryIx, Colour, Confirmation, Date, Rubric, Score, Scoring, ServiceId, Verdict,
};
use crate::text::fnv_1a;

/// The one form of draft that is read; a draft of another is ignored.
const FORMAT: &str = "fundamentals/draft/v1";
/// Far more than anybody types.
const MAX_BYTES: u64 = 1024 * 1024;

/// A draft as it lies in its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Draft {
    format: String,
    service: String,
    /// The service's file.
    path: PathBuf,
    /// The day on which the last answer was given.
    pub entered: String,
    rubric: String,
    pub answers: Vec<DraftAnswer>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct DraftAnswer {
    category: String,
    /// The category's rating in the service's file at that time.
    before: String,
    says: Says,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
enum Says {
    Rated { colour: String, because: Option<String> },
    NotApplicable { because: String },
    Inherited { provider: String, because: Option<String> },
    Unchanged,
}

/// Where a service's draft lies.
#[derive(Clone, Debug)]
pub(super) struct DraftFile {
    path: PathBuf,
    service_file: PathBuf,
}

/// What every version of a draft begins with.
#[derive(Deserialize)]
struct Head {
    format: String,
}

/// What there is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum StoredDraft {
    Nothing,
    Draft(Draft),
    /// Something that can't be used, for this reason.
    Unusable(String),
}

impl DraftFile {
    /// The draft of the service in a file, which is there. Two paths to the same file have the same draft.
    pub fn of(state_dir: &Path, service: &ServiceId, service_file: &Path) -> Result<Self> {
        let service_file = fs::canonicalize(service_file)
            .with_context(|| format!("failed to find {}", service_file.display()))?;
        let hash = fnv_1a(service_file.as_os_str().as_encoded_bytes().iter().copied());
        let path = state_dir.join("drafts").join(format!("{service}-{hash:016x}.json"));
        Ok(Self { path, service_file })
    }

    /// Reads the draft. Nothing that is in the way of that is worth stopping for.
    pub fn read(&self) -> StoredDraft {
        let text = match read_text(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return StoredDraft::Nothing,
            Err(error) => return StoredDraft::Unusable(error.to_string()),
        };
        match serde_json::from_str::<Head>(&text) {
            Ok(head) if head.format == FORMAT => {}
            Ok(_) => return StoredDraft::Unusable("another version of this program wrote it".to_owned()),
            Err(_) => return StoredDraft::Unusable("it can't be read".to_owned()),
        }
        match serde_json::from_str::<Draft>(&text) {
            Ok(draft) if draft.path == self.service_file => StoredDraft::Draft(draft),
            Ok(_) => StoredDraft::Unusable("it is another file's".to_owned()),
            Err(_) => StoredDraft::Unusable("it can't be read".to_owned()),
        }
    }

    /// Writes the answers, whole or not at all, readable by the user only.
    pub fn write(&self, scoring: &Scoring, state: &RubricState<'_>) -> Result<()> {
        let draft = Draft::of(scoring, state, &self.service_file);
        edit::put_private(&self.path, &serde_json::to_vec_pretty(&draft)?)
    }

    /// Removes the draft, if there is one.
    pub fn remove(&self) -> Result<()> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).with_context(|| format!("failed to remove {}", self.path.display()))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a draft is no file of an estate")]
fn read_text(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(MAX_BYTES).read_to_string(&mut text)?;
    Ok(text)
}

/// An answer that can't be taken up, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RejectedAnswer {
    pub category: String,
    pub why: &'static str,
}

impl Draft {
    fn of(scoring: &Scoring, state: &RubricState<'_>, service_file: &Path) -> Self {
        let judged = scoring.scores.iter().map(|score| DraftAnswer {
            category: score.category.to_string(),
            before: before(state, &score.category),
            says: Says::of(&score.verdict),
            evidence: score.evidence.clone(),
            note: score.note.clone(),
        });
        let confirmed = match &scoring.confirmation {
            Confirmation::These(categories) => categories.as_slice(),
            // A conversation names what it confirms.
            Confirmation::All => &[],
        };
        let confirmed = confirmed.iter().map(|category| DraftAnswer {
            category: category.to_string(),
            before: before(state, category),
            says: Says::Unchanged,
            evidence: Vec::new(),
            note: None,
        });
        Self {
            format: FORMAT.to_owned(),
            service: state.service.id.to_string(),
            path: service_file.to_owned(),
            entered: scoring.date.to_string(),
            rubric: scoring.rubric.to_string(),
            answers: judged.chain(confirmed).collect(),
        }
    }

    /// The day on which it was entered, if it names one.
    pub fn entered(&self) -> Option<Date> {
        Date::parse(&self.entered)
    }

    /// Adds to a scoring what still makes sense, and names the rest.
    pub fn take_up(&self, start: Scoring, state: &RubricState<'_>) -> (Scoring, Vec<RejectedAnswer>) {
        let mut scoring = start;
        let mut confirmed = Vec::new();
        let mut left_out = Vec::new();
        for answer in &self.answers {
            match answer.as_of(state, &self.rubric) {
                Ok(Taken::Rated(score)) => scoring.scores.push(score),
                Ok(Taken::Confirmed(category)) => confirmed.push(category),
                Err(why) => left_out.push(RejectedAnswer { category: answer.category.clone(), why }),
            }
        }
        if !confirmed.is_empty() {
            scoring.confirmation = Confirmation::These(confirmed);
        }
        (scoring, left_out)
    }
}

enum Taken {
    Rated(Score),
    Confirmed(CategoryId),
}

impl DraftAnswer {
    /// The answer in terms of the service as it is now, or why it says nothing any more.
    fn as_of(&self, state: &RubricState<'_>, rubric: &str) -> Result<Taken, &'static str> {
        if state.rubric.key().to_string() != rubric {
            return Err("was answered by another version of the rubric");
        }
        let gone = "is not in the rubric any more";
        let ix = state.rubric.find(&self.category).ok_or(gone)?;
        let category = state.rubric.category(ix);
        if before(state, &category.id) != self.before {
            return Err("was judged in the file since");
        }
        let verdict = match &self.says {
            Says::Unchanged => return Ok(Taken::Confirmed(category.id.clone())),
            Says::Rated { .. } | Says::NotApplicable { .. } | Says::Inherited { .. } => {
                self.says.verdict().ok_or("can't be read")?
            }
        };
        if matches!(verdict, Verdict::Rated { colour: Colour::Amber, .. }) && category.amber.is_none() {
            return Err("has no amber any more");
        }
        let (evidence, note) = (self.evidence.clone(), self.note.clone());
        Ok(Taken::Rated(Score { category: category.id.clone(), verdict, evidence, note }))
    }
}

impl Says {
    fn of(verdict: &Verdict) -> Self {
        match verdict.clone() {
            Verdict::Rated { colour, because } => Self::Rated { colour: colour.word().to_owned(), because },
            Verdict::NotApplicable { because } => Self::NotApplicable { because },
            Verdict::Inherited { provider, because } => {
                Self::Inherited { provider: provider.to_string(), because }
            }
        }
    }

    fn verdict(&self) -> Option<Verdict> {
        match self.clone() {
            Self::Rated { colour, because } => {
                Some(Verdict::Rated { colour: Colour::from_word(&colour)?, because })
            }
            Self::NotApplicable { because } => Some(Verdict::NotApplicable { because }),
            Self::Inherited { provider, because } => {
                Some(Verdict::Inherited { provider: ServiceId::new(&provider).ok()?, because })
            }
            Self::Unchanged => None,
        }
    }
}

/// What the service's own file says of a category now: as long as this is the same, nobody judged or confirmed it.
fn before(state: &RubricState<'_>, category: &CategoryId) -> String {
    let rubric: &Rubric = state.rubric;
    let Some(ix): Option<CategoryIx> = rubric.find(category.as_str()) else { return String::new() };
    let standing = state.standing(ix);
    // What a provider does meanwhile is no answer to this service's question.
    let (status, judged) = match standing.provider {
        Some(provider) => (format!("inherited from {provider}"), None),
        None => (status(standing.status), standing.judged),
    };
    let judged = judged.map(|judged| format!(", judged {}, looked at {}", judged.on, judged.reviewed));
    format!("{status}{}", judged.unwrap_or_default())
}

fn status(status: Status) -> String {
    match status {
        Status::NeedsRescore(colour) => format!("{} {colour}", status.word()),
        Status::Rated(_) | Status::NotApplicable | Status::NotAssessed => status.word().to_owned(),
    }
}

#[cfg(test)]
mod tests;
