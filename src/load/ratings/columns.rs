//! The columns that a table of scores may have, and the headings that people give them.

use crate::text::simplified;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum ScoreColumn {
    Service,
    Category,
    Date,
    Colour,
    Because,
    Evidence,
    By,
    With,
    Note,
    InheritedFrom,
    Rubric,
    /// Whether the rubric asks the service.
    Asked,
    /// What a map says to leave out.
    Ignored,
}

impl ScoreColumn {
    const ALL: [Self; 13] = [
        Self::Service,
        Self::Category,
        Self::Date,
        Self::Colour,
        Self::Because,
        Self::Evidence,
        Self::By,
        Self::With,
        Self::Note,
        Self::InheritedFrom,
        Self::Rubric,
        Self::Asked,
        Self::Ignored,
    ];

    /// The word for it in a map; also a heading.
    pub fn key(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Category => "category",
            Self::Date => "date",
            Self::Colour => "colour",
            Self::Because => "because",
            Self::Evidence => "evidence",
            Self::By => "by",
            Self::With => "with",
            Self::Note => "note",
            Self::InheritedFrom => "inherited-from",
            Self::Rubric => "rubric",
            Self::Asked => "asked",
            Self::Ignored => "ignore",
        }
    }

    /// The column that a word of a map means.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.key() == key)
    }

    /// The heading that names nothing else. Our own tables have a rubric's id beside its version.
    fn plain_heading(self) -> &'static str {
        if self == Self::Rubric { "rubric-version" } else { self.key() }
    }

    /// Other headings for it.
    fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::Service => {
                &["services", "service-id", "service-name", "application", "app", "component", "api"]
            }
            Self::Category => {
                &["categories", "category-id", "criterion", "criteria", "capability", "practice"]
            }
            Self::Date => &[
                "day",
                "as-of",
                "assessed",
                "assessed-on",
                "assessment-date",
                "date-assessed",
                "month",
                "period",
                "quarter",
                "rated-on",
                "reviewed",
            ],
            Self::Colour => &["color", "rag", "rag-status", "rating", "score", "status", "level", "result"],
            Self::Because => &[
                "reason",
                "reasons",
                "comment",
                "comments",
                "justification",
                "rationale",
                "why",
                "explanation",
            ],
            Self::Evidence => &["link", "links", "url", "urls", "proof"],
            Self::By => &["assessed-by", "assessor", "assessors", "rated-by", "reviewer", "who"],
            Self::With => &["assessed-with", "rated-with"],
            Self::Note => &["notes", "remark", "remarks"],
            Self::InheritedFrom => &["inherited", "provider"],
            Self::Rubric => &["rubric-version"],
            Self::Asked | Self::Ignored => &[],
        }
    }

    /// The column that a heading names, whatever its case.
    pub fn of_heading(heading: &str) -> Option<(Self, Naming)> {
        let heading = simplified(heading);
        let known = Self::ALL.into_iter().filter(|column| *column != Self::Ignored);
        let mut found = known.filter_map(|column| {
            let naming = if column.plain_heading() == heading {
                Naming::Exact
            } else {
                let is_other = column.key() == heading || column.synonyms().contains(&heading.as_str());
                is_other.then_some(Naming::Synonym)?
            };
            Some((column, naming))
        });
        found.next()
    }
}

/// How a heading names a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Naming {
    /// By its own word.
    Exact,
    /// By another word.
    Synonym,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::keys::scores::{COLUMNS, COLUMNS_OF_SCORES};

    #[test]
    fn the_columns_that_are_described_are_those_that_are_read() {
        assert_eq!(ScoreColumn::ALL.map(ScoreColumn::key), COLUMNS);
        assert_eq!(COLUMNS_OF_SCORES.names(), COLUMNS[..12]);
    }

    #[test]
    fn no_heading_names_two_columns() {
        let headings: Vec<_> =
            ScoreColumn::ALL.into_iter().flat_map(|it| [&[it.key()], it.synonyms()].concat()).collect();
        let mut distinct = headings.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), headings.len());
    }

    #[test]
    fn case_and_signs_of_a_heading_do_not_matter() {
        for (heading, column) in [
            ("RAG Status", ScoreColumn::Colour),
            (" Color: ", ScoreColumn::Colour),
            ("inherited_from", ScoreColumn::InheritedFrom),
            ("Assessed on", ScoreColumn::Date),
            ("COMMENTS", ScoreColumn::Because),
        ] {
            assert_eq!(ScoreColumn::of_heading(heading).map(|(column, _)| column), Some(column), "{heading}");
        }
        assert_eq!(ScoreColumn::of_heading("Logging"), None);
    }
}
