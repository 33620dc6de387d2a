//! Waivers, and the policy that says when one counts.

use super::{CategoryName, Date};
use crate::source::Span;

/// An agreed exception: while it is in force, its category's colour is shown but fails no gate.
#[derive(Clone, Debug)]
pub struct Waiver {
    pub category: CategoryName,
    /// When it was asked for; `None` where the file doesn't say.
    pub raised: Option<Date>,
    /// The last day on which it counts.
    pub until: Date,
    pub because: String,
    /// Who approved it; empty while it is a request.
    pub approved_by: Vec<String>,
    /// Addresses or paths where the agreement can be read.
    pub evidence: Vec<String>,
    /// Where the day it was asked for is written, if it is.
    pub raised_span: Option<Span>,
    /// Where its expiry is written.
    pub span: Span,
}

impl Waiver {
    /// Whether its last day is over.
    #[must_use]
    pub fn has_ended(&self, today: Date) -> bool {
        self.until < today
    }

    /// Its evidence in one text; `None` where there is none.
    #[must_use]
    pub fn evidence_text(&self) -> Option<String> {
        (!self.evidence.is_empty()).then(|| self.evidence.join(", "))
    }

    /// Its approvers as a list in words; empty while it is a request.
    #[must_use]
    pub fn approvers(&self) -> String {
        self.approved_by.join(", ")
    }
}
