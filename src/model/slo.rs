//! What was measured of a service: its service-level objectives, and what it attained.

use std::fmt;

use super::{Date, ServiceId};
use crate::source::Span;

/// A month of one objective of a service.
#[derive(Clone, Debug)]
pub struct SloResult {
    pub service: ServiceId,
    /// The objective's name, such as `availability`.
    pub slo: String,
    /// The first day of the month.
    pub month: Date,
    /// What was to be attained.
    pub objective: Share,
    /// What was.
    pub attained: Share,
    pub span: Span,
}

impl SloResult {
    /// Whether the objective was met.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.attained >= self.objective
    }

    /// The share of the error budget – of what the objective leaves to fail – that was left at the end of the month: 1
    /// when nothing failed, 0 when all of it was spent, negative when more was. `None` where the objective is 100%,
    /// since that leaves nothing to fail.
    #[must_use]
    pub fn budget_left(&self) -> Option<f64> {
        let budget = Share::WHOLE - self.objective.0;
        // The difference is taken in whole numbers, so that the sign is that of `is_met`.
        let left = f64::from(self.attained.0) - f64::from(self.objective.0);
        (budget > 0).then(|| left / f64::from(budget))
    }

    /// The same in percent.
    #[must_use]
    pub fn budget_left_percent(&self) -> Option<f64> {
        self.budget_left().map(|left| left * 100.0)
    }

    /// The month as `2026-10`.
    #[must_use]
    pub fn month_in_digits(&self) -> String {
        self.month.month_in_digits()
    }
}

/// A share of a whole, in millionths of a percent: exact, since `99.9` has no exact binary form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u32);

impl Share {
    /// How many decimals a percentage may have.
    pub const DECIMALS: usize = 6;
    const PER_PERCENT: u32 = 1_000_000;
    const WHOLE: u32 = 100 * Self::PER_PERCENT;

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
        (share <= Self::WHOLE).then_some(Self(share))
    }

    /// The share that a number from 0 to 1 is, as programs write it; to the nearest millionth of a percent, since `0.999`
    /// has no exact binary form. `None` for any other number.
    #[must_use]
    pub fn from_fraction(number: f64) -> Option<Self> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is from 0 to 1")]
        (0.0..=1.0).contains(&number).then(|| Self((number * f64::from(Self::WHOLE)).round() as u32))
    }

    /// In percent, for arithmetic.
    #[must_use]
    pub fn percent(self) -> f64 {
        f64::from(self.0) / f64::from(Self::PER_PERCENT)
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
    use proptest::prelude::*;

    use super::*;
    use crate::source::FileId;

    fn result(objective: Share, attained: Share) -> SloResult {
        SloResult {
            service: ServiceId::new("checkout-api").expect("an id"),
            slo: "availability".to_owned(),
            month: Date::parse("2026-10-01").expect("a day"),
            objective,
            attained,
            span: Span::new(FileId::from_index(0), 0..0),
        }
    }

    fn budget_left(objective: &str, attained: &str) -> Option<f64> {
        let [objective, attained] = [objective, attained].map(|text| Share::parse(text).expect("a share"));
        result(objective, attained).budget_left()
    }

    #[test]
    fn the_budget_is_what_the_objective_leaves_to_fail() {
        assert_eq!(budget_left("99%", "100%"), Some(1.0));
        assert_eq!(budget_left("99%", "99.75%"), Some(0.75));
        assert_eq!(budget_left("99%", "99%"), Some(0.0));
        assert_eq!(budget_left("99%", "97%"), Some(-2.0));
        assert_eq!(budget_left("0%", "25%"), Some(0.25));
    }

    #[test]
    fn an_objective_of_100_percent_leaves_no_budget() {
        assert_eq!(budget_left("100%", "100%"), None);
        assert_eq!(budget_left("100%", "50%"), None);
    }

    proptest! {
        #[test]
        fn the_budget_is_overspent_exactly_when_the_objective_is_missed(
            objective in 0..Share::WHOLE,
            attained in 0..=Share::WHOLE,
            apart in 0..3_u32,
        ) {
            for attained in [attained, (objective + 1).saturating_sub(apart)] {
                let result = result(Share(objective), Share(attained));
                let left = result.budget_left().expect("a budget");
                prop_assert_eq!(left >= 0.0, result.is_met());
                prop_assert!(left <= 1.0);
            }
        }
    }

    #[test]
    fn a_fraction_is_the_share_that_it_was_written_as() {
        for (fraction, percent) in [
            (0.999, "99.9%"),
            (0.1 + 0.2, "30%"),
            (0.999_999, "99.9999%"),
            (0.0, "0%"),
            (-0.0, "0%"),
            (1.0, "100%"),
        ] {
            assert_eq!(Share::from_fraction(fraction), Share::parse(percent), "{fraction}");
        }
        for wrong in [-1e-9, 1.000_000_1, 99.9, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(Share::from_fraction(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn percent_is_the_number_before_the_sign() {
        let percent = |text| Share::parse(text).expect("a share").percent();
        assert_eq!(
            [percent("0%"), percent("99.95%"), percent("100%")].map(f64::to_bits),
            [0.0, 99.95, 100.0].map(f64::to_bits)
        );
    }

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
