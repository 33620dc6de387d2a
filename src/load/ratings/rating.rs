//! A rating as a table has it.

use crate::model::{Date, ServiceId};
use crate::source::{Span, Spanned};

use super::super::score_fields::ScoreFields;
use super::map::MappedValue;

/// A rating as a table has it.
#[derive(Clone, Debug)]
pub struct TableRating {
    pub service: ServiceId,
    /// A category by any of its names.
    pub category: Spanned<String>,
    pub date: Date,
    pub(super) value: MappedValue,
    /// Where the score is written.
    pub span: Span,
    pub(super) place: CellPlace,
    pub(super) details: Option<Box<RatingDetails>>,
}

/// A cell of one of the grids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CellPlace {
    pub grid: u32,
    pub row: u32,
    pub column: u32,
}

/// What a table says of a rating besides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RatingDetails {
    pub because: Option<Spanned<String>>,
    pub evidence: Vec<Spanned<String>>,
    pub note: Option<Spanned<String>>,
    pub by: Vec<String>,
    pub with: Vec<String>,
    pub provider: Option<Spanned<String>>,
    pub rubric: Option<Spanned<String>>,
}

impl RatingDetails {
    /// Bytes of its texts.
    pub fn size(&self) -> usize {
        let texts = [&self.because, &self.note, &self.provider, &self.rubric];
        let texts = texts.into_iter().flatten().chain(&self.evidence).map(|text| text.value.len());
        texts.chain(self.by.iter().chain(&self.with).map(String::len)).sum()
    }
}

impl TableRating {
    /// The word for its score.
    #[must_use]
    pub fn score(&self) -> &'static str {
        self.value.word()
    }

    /// Who assessed.
    #[must_use]
    pub fn by(&self) -> &[String] {
        self.details.as_ref().map_or(&[], |details| &details.by)
    }

    /// Who from outside assessed with them.
    #[must_use]
    pub fn with(&self) -> &[String] {
        self.details.as_ref().map_or(&[], |details| &details.with)
    }

    /// The rubric that it names.
    #[must_use]
    pub fn rubric(&self) -> Option<String> {
        Some(self.details.as_ref()?.rubric.as_ref()?.value.clone())
    }

    /// Whether another rating of the category says nothing else.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let texts = |rating: &Self| {
            let details = rating.details.as_deref().cloned().unwrap_or_default();
            let RatingDetails { because, evidence, note, by: _, with: _, provider, rubric: _ } = details;
            let text = |text: Option<Spanned<String>>| text.map(|text| text.value);
            let evidence: Vec<_> = evidence.into_iter().map(|link| link.value).collect();
            (text(because), evidence, text(note), text(provider))
        };
        self.value == other.value && texts(self) == texts(other)
    }

    /// What it says, as text that is still to be checked.
    pub(in super::super) fn fields(&self, category: Spanned<String>) -> ScoreFields {
        let RatingDetails { because, evidence, note, provider, .. } =
            self.details.as_deref().cloned().unwrap_or_default();
        let colour = Spanned::new(self.score().to_owned(), self.span);
        let colour = provider.is_none().then_some(colour);
        ScoreFields { colour, because, evidence, note, provider, ..ScoreFields::new(category) }
    }
}
