//! How the gate ended, in a line.

use super::{Coverage, Extent, GateReport};
use crate::model::Colour;
use crate::text::{list_some, plural};

/// Shown wherever not everything could be looked at.
const SOME_ERRORS: &str = "some files have errors";

/// Shown where nothing is denied, but not everything could be looked at.
const UNDECIDED: &str = "gate undecided: some files have errors";

/// How the gate ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Summary {
    Failed,
    Passed,
    Undecided,
}

impl Summary {
    pub fn word(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Passed => "passed",
            Self::Undecided => "undecided",
        }
    }

    pub fn colour(self) -> Colour {
        match self {
            Self::Failed => Colour::Red,
            Self::Passed => Colour::Green,
            Self::Undecided => Colour::Amber,
        }
    }
}

impl GateReport<'_> {
    /// How it ended.
    pub(super) fn result(&self) -> Summary {
        match (self.counts.denied, self.coverage) {
            (1.., _) => Summary::Failed,
            (0, Coverage::Full) => Summary::Passed,
            (0, Coverage::Partial(_) | Coverage::Nothing(_)) => Summary::Undecided,
        }
    }

    /// "gate failed: 1 denied, 2 warnings"
    pub(super) fn summary(&self) -> String {
        let counts = &self.counts;
        let first = match self.result() {
            Summary::Failed => format!("gate failed: {} denied", counts.denied),
            Summary::Passed => "gate passed".to_owned(),
            Summary::Undecided => match self.coverage {
                Coverage::Full | Coverage::Partial(_) => UNDECIDED.to_owned(),
                Coverage::Nothing(_) => "gate undecided: nothing was looked at".to_owned(),
            },
        };
        let others = [
            (counts.warnings, "warning", "warnings"),
            (counts.waived, "waived", "waived"),
            (counts.resolved, "resolved", "resolved"),
        ];
        let others = others.iter().filter(|(count, _, _)| *count > 0);
        let others = others.map(|(count, one, many)| plural(*count, one, many));
        let parts: Vec<_> = std::iter::once(first).chain(others).collect();
        parts.join(", ")
    }

    /// Why not everything could be looked at: "some files have errors, so `wish-api` is left out"
    pub(super) fn not_looked_at(&self) -> Option<String> {
        match self.coverage {
            Coverage::Full => None,
            Coverage::Nothing(reason) => Some(reason.to_owned()),
            Coverage::Partial([]) => Some(SOME_ERRORS.to_owned()),
            Coverage::Partial(left_out) => {
                let (names, is) = (list_some(left_out), if left_out.len() == 1 { "is" } else { "are" });
                Some(format!("{SOME_ERRORS}, so {names} {is} left out"))
            }
        }
    }

    /// What this change did not cause: "3 findings that this change did not cause (`--all` shows them)"
    pub(super) fn standing(&self) -> Option<String> {
        let count = self.counts.standing;
        let them = if count == 1 { "it" } else { "them" };
        let how = match self.extent {
            Extent::Caused => format!(" (`--all` shows {them})"),
            Extent::All => String::new(),
        };
        let findings = plural(count, "finding", "findings");
        (count > 0).then(|| format!("{findings} that this change did not cause{how}"))
    }

    /// "17 services looked at, 11 of them on the Golden Thread, as of 2026-11-20, compared with `main`"
    pub(super) fn looked_at(&self) -> String {
        let base = self.base.map_or_else(String::new, |base| format!(", compared with `{base}`"));
        format!(
            "{} looked at, {} of them on the Golden Thread, as of {}{base}",
            plural(self.verdict.looked_at.len(), "service", "services"),
            self.verdict.golden_thread,
            self.today
        )
    }
}
