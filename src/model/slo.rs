//! What was measured of a service: its service-level objectives, and what it attained.

use std::fmt;

use super::{Date, ServiceId};
use crate::source::Span;

/// A month of one objective of a service.
#[derive(Clone, Debug)]
pub struct SloResult {
    /// The service.
    pub service: ServiceId,
    /// The objective's name, such as `availability`.
    pub slo: String,
    /// The first day of the month.
    pub month: Date,
    /// What was to be attained.
    pub objective: Share,
    /// What was.
    pub attained: Share,
    /// Where it is written.
    pub span: Span,
}

impl SloResult {
    /// Whether the objective was met.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.attained >= self.objective
    }

    /// The month as `2026-10`.
    #[must_use]
    pub fn month_in_digits(&self) -> String {
        format!("{:04}-{:02}", self.month.year(), self.month.month())
    }
}

/// A share of a whole, in millionths of a percent: exact, since `99.9` has no exact binary form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u32);

impl Share {
    const DECIMALS: usize = 6;
    const PER_PERCENT: u32 = 1_000_000;

    /// Reads a percentage from 0 to 100 with its unit, such as `99.95%`; up to six decimals.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = text.strip_suffix('%')?.trim_end();
        let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
        let is_plain =
            |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
        if !is_plain(whole) || !is_plain(decimals) || decimals.len() > Self::DECIMALS {
            return None;
        }
        let decimals: u32 = format!("{decimals:0<width$}", width = Self::DECIMALS).parse().ok()?;
        let share = whole.parse::<u32>().ok()?.checked_mul(Self::PER_PERCENT)?.checked_add(decimals)?;
        (share <= 100 * Self::PER_PERCENT).then_some(Self(share))
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, decimals) = (self.0 / Self::PER_PERCENT, self.0 % Self::PER_PERCENT);
        let text = format!("{whole}.{decimals:06}");
        f.pad(&format!("{}%", text.trim_end_matches('0').trim_end_matches('.')))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_exact_and_says_its_unit() {
        for text in ["0%", "99.9%", "99.999999%", "100%", "5.05%"] {
            assert_eq!(Share::parse(text).expect("a share").to_string(), text);
        }
        assert_eq!(Share::parse("99.90 %"), Share::parse("99.9%"));
        assert!(Share::parse("99.95%") > Share::parse("99.9%"));
        for wrong in
            ["99.9", "0.999", "100.1%", "-1%", "99,9%", "99.%", ".9%", "1e2%", "99.9999999%", "%", "NaN%"]
        {
            assert_eq!(Share::parse(wrong), None, "{wrong}");
        }
    }
}
