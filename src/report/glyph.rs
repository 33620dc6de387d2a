//! Letters, symbols and colours. A colour is never the only sign.

use anstyle::{AnsiColor, Style};

use crate::eval::{Changes, Counts, RollUp, Standing, Status};
use crate::model::Colour;

/// Behind a colour that nobody has looked at for too long.
pub(super) const STALE: &str = "~";
/// Before a colour that was judged under an older version of the rubric.
pub(super) const CARRIED: &str = "»";
/// Before a colour that is another service's.
pub(crate) const INHERITED: &str = "↥";
/// Before a period in which the rubric changed.
pub(super) const BREAK: &str = "┊";
/// Before a period that is about other services than the one before.
pub(super) const OTHER_MEMBERS: &str = "⇄";
/// In the first period after a service retired.
pub(super) const RETIRED: &str = "†";
/// What stands for the Golden Thread.
pub(super) const GOLDEN_THREAD: &str = "★";
/// Before the name of a Golden Thread service.
pub(super) const GOLDEN_THREAD_MARK: &str = "★ ";

/// What [`STALE`] means.
pub(super) fn stale_legend(weeks: u32) -> String {
    format!("{STALE} not looked at for {weeks} weeks")
}

/// The sign of a roll-up.
pub(super) fn roll_up(colour: RollUp) -> &'static str {
    match colour {
        RollUp::Red => "R",
        RollUp::Amber => "A",
        RollUp::Green => "G",
        RollUp::Incomplete => "?",
        RollUp::NotAssessed => "·",
        RollUp::NotApplicable => "n/a",
    }
}

/// The colour in which a roll-up is shown.
pub(super) fn roll_up_style(colour: RollUp) -> Style {
    match colour {
        RollUp::Red => colour_style(Colour::Red),
        RollUp::Amber => colour_style(Colour::Amber),
        RollUp::Green => colour_style(Colour::Green),
        RollUp::Incomplete => Style::new().fg_color(Some(AnsiColor::Cyan.into())),
        RollUp::NotAssessed | RollUp::NotApplicable => Style::new().dimmed(),
    }
}

/// The sign of a category's status.
pub(crate) fn status(status: Status) -> &'static str {
    roll_up(RollUp::of([status]))
}

/// A roll-up in words.
pub(super) fn roll_up_word(colour: RollUp) -> &'static str {
    match colour {
        RollUp::Red => "red",
        RollUp::Amber => "amber",
        RollUp::Green => "green",
        RollUp::Incomplete => "incomplete",
        RollUp::NotAssessed => "not assessed",
        RollUp::NotApplicable => "not applicable",
    }
}

/// A category's status in words.
pub(super) fn status_word(status: Status) -> &'static str {
    match status {
        Status::NeedsRescore(_) => "to be re-scored",
        Status::Rated(_) | Status::NotApplicable | Status::NotAssessed => roll_up_word(RollUp::of([status])),
    }
}

/// The sign of a category with its marks: `↥G~` is an inherited green that is stale, `»G` one that was carried over.
pub(crate) fn standing(standing: &Standing<'_>) -> String {
    let carried = if standing.carried_from.is_some() { CARRIED } else { "" };
    let inherited = if standing.provider.is_some() { INHERITED } else { "" };
    let stale = if standing.is_stale { STALE } else { "" };
    format!("{carried}{inherited}{}{stale}", status(standing.status))
}

/// The colour in which a category's status is shown.
pub(crate) fn status_style(status: Status) -> Style {
    roll_up_style(RollUp::of([status]))
}

/// The colour in which red, amber and green are shown.
pub(crate) fn colour_style(colour: Colour) -> Style {
    let ansi = match colour {
        Colour::Red => AnsiColor::Red,
        Colour::Amber => AnsiColor::Yellow,
        Colour::Green => AnsiColor::Green,
    };
    let style = Style::new().fg_color(Some(ansi.into()));
    match colour {
        Colour::Red => style.bold(),
        Colour::Amber | Colour::Green => style,
    }
}

/// Headings.
pub(crate) const HEADING: Style = Style::new().bold();

/// Text in a style.
pub(crate) fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Numbers from 0 to 1 as a line of bars, one a period; a gap is a space.
pub(super) fn sparkline(heights: impl IntoIterator<Item = Option<f64>>) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let bar = |height: f64| {
        // From 0 to 1 onto eight bars: only 1 is the full bar.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the height is from 0 to 1"
        )]
        let step = (height.clamp(0.0, 1.0) * 7.0).floor() as usize;
        BARS[step]
    };
    heights.into_iter().map(|height| height.map_or(' ', bar)).collect()
}

/// `▲3 ▽1 ▼1 +2 −1`: better, slipped to amber, dropped to red, newly rated, no colour any more; `=` for no change.
pub(super) fn changes(changes: &Changes) -> String {
    let parts = [
        ("▲", changes.improved),
        ("▽", changes.slipped),
        ("▼", changes.dropped),
        ("+", changes.first_rated),
        ("−", changes.no_longer_rated),
    ];
    let parts: Vec<_> =
        parts.iter().filter(|(_, count)| *count > 0).map(|(sign, count)| format!("{sign}{count}")).collect();
    if parts.is_empty() { "=".to_owned() } else { parts.join(" ") }
}

/// "18 of 22 green, 3 amber, 1 red, 2 n/a": counts never come without what they are counted out of.
pub(super) fn counts(counts: &Counts) -> String {
    let mut text = format!(
        "{} of {} green, {} amber, {} red",
        counts.green,
        counts.applicable(),
        counts.amber,
        counts.red
    );
    for (count, what) in [
        (counts.not_assessed, "not assessed"),
        (counts.needs_rescore, "to re-score"),
        (counts.not_applicable, "n/a"),
    ] {
        if count > 0 {
            text.push_str(&format!(", {count} {what}"));
        }
    }
    if counts.stale > 0 {
        text.push_str(&format!("; {} stale", counts.stale));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_in_a_sparkline_is_a_gap_and_only_all_green_is_full() {
        assert_eq!(sparkline([None, Some(0.0), Some(0.5), Some(0.99), Some(1.0)]), " ▁▄▇█");
    }

    #[test]
    fn a_colour_that_is_gone_is_a_change() {
        let gone = Changes { no_longer_rated: 1, ..Changes::default() };
        assert_eq!(changes(&gone), "−1");
        assert_eq!(changes(&Changes::default()), "=");
    }

    #[test]
    fn counts_name_their_denominator() {
        let some = Counts { red: 1, amber: 3, green: 18, not_applicable: 2, ..Counts::default() };
        assert_eq!(counts(&some), "18 of 22 green, 3 amber, 1 red, 2 n/a");
    }
}
