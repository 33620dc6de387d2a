//! What a category is now, and what was answered, in words. No colour without its letter and its word.

use std::borrow::Cow;

use textwrap::core::display_width;
use unicode_width::UnicodeWidthStr;

use super::round::Answer;
use crate::eval::{Standing, Status, Urgency};
use crate::model::{Colour, Date, Verdict};
use crate::report::glyph::{self, styled};
use crate::text::{plural, sanitize, wrap};

/// "A amber", "n/a not applicable".
pub(super) fn status(status: Status) -> String {
    let word = match status {
        Status::Rated(colour) => colour.word(),
        Status::NotApplicable => "not applicable",
        Status::NotAssessed => "never judged",
        Status::NeedsRescore(_) => "needs re-score",
    };
    styled(glyph::status_style(status), &format!("{} {word}", glyph::status(status)))
}

/// "A amber"
pub(super) fn colour(colour: Colour) -> String {
    status(Status::Rated(colour))
}

/// "A amber · judged 2026-05-03, 28 weeks ago, stale"
pub(super) fn standing(standing: &Standing<'_>, today: Date) -> String {
    let mut facts = vec![status(standing.status)];
    if let Status::NeedsRescore(before) = standing.status {
        facts.push(format!("was {} before the bar was raised", colour(before)));
    }
    if let Some(provider) = standing.provider {
        facts.push(format!("{} inherited from {provider}", glyph::INHERITED));
    }
    if let Some(judged) = standing.judged {
        let age = age(today.days_since(judged.reviewed));
        let stale = if standing.is_stale { ", stale" } else { "" };
        facts.push(if judged.reviewed == judged.on {
            format!("judged {}, {age}{stale}", judged.on)
        } else {
            format!("judged {}, confirmed {}, {age}{stale}", judged.on, judged.reviewed)
        });
    }
    if let Some(rubric) = standing.carried_from {
        facts.push(format!("under {}", rubric.key()));
    }
    facts.join(" · ")
}

/// "28 weeks ago"
fn age(days: i64) -> String {
    match usize::try_from(days) {
        Err(_) | Ok(0) => "today".to_owned(),
        Ok(1) => "yesterday".to_owned(),
        Ok(days) if days < 14 => format!("{days} days ago"),
        Ok(days) => format!("{} ago", plural(days / 7, "week", "weeks")),
    }
}

/// "28 w", where there is little room; nothing if nobody ever looked.
pub(super) fn short_age(days: Option<i64>) -> String {
    match days {
        None => String::new(),
        Some(days) if days < 14 => format!("{days} d"),
        Some(days) => format!("{} w", days / 7),
    }
}

/// Why a category is offered.
pub(super) fn urgency(urgency: Urgency, stale_after_weeks: u32) -> Cow<'static, str> {
    match urgency {
        Urgency::NeedsRescore => "Asked first because the bar was raised: only a new colour counts.".into(),
        Urgency::Red => "Asked because it is red.".into(),
        Urgency::Stale => {
            format!("Asked because it is stale: nobody has looked for more than {stale_after_weeks} weeks.")
                .into()
        }
        Urgency::NeverJudged => "Asked because nobody has judged it yet.".into(),
    }
}

/// "R red", "not applicable", "inherited from edge-gateway"
fn verdict(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Rated { colour: rated, .. } => colour(*rated),
        Verdict::NotApplicable { .. } => status(Status::NotApplicable),
        Verdict::Inherited { provider, .. } => format!("{} inherited from {provider}", glyph::INHERITED),
    }
}

/// "R", "n/a", "↥"
pub(super) fn sign(verdict: &Verdict) -> String {
    let status = match verdict {
        Verdict::Rated { colour, .. } => Status::Rated(*colour),
        Verdict::NotApplicable { .. } => Status::NotApplicable,
        Verdict::Inherited { .. } => return glyph::INHERITED.to_owned(),
    };
    styled(glyph::status_style(status), glyph::status(status))
}

/// "R red, because: it pages for nothing"; nothing for what was left open.
pub(super) fn entered(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Rated(score) => {
            let because = score.verdict.because().map(|because| format!(", because: {}", sanitize(because)));
            Some(format!("{}{}", verdict(&score.verdict), because.unwrap_or_default()))
        }
        Answer::Confirmed => Some("unchanged".to_owned()),
        Answer::LeftOpen => None,
    }
}

/// "Alerting: A amber → R red, because: it pages for nothing": what stays on the screen of a question.
pub(super) fn answered(title: &str, before: Status, answer: &Answer) -> String {
    let entered = entered(answer).unwrap_or_else(|| "left as it is".to_owned());
    let turned = if matches!(answer, Answer::Rated(_)) { " →" } else { "," };
    format!("{}: {}{turned} {entered}", sanitize(title), status(before))
}

/// A line across the screen with a heading.
pub(super) fn rule(heading: &str, width: usize) -> String {
    let rule = format!("── {heading} ");
    let rule = format!("{rule}{}", "─".repeat(width.saturating_sub(rule.width())));
    wrap(&rule, width, "   ")
}

/// Keys beside each other, as many as fit; none is broken in two.
pub(super) fn keys<'k>(keys: impl IntoIterator<Item = &'k str>, width: usize) -> String {
    const GAP: &str = "  ";
    let mut text = String::new();
    let mut used = 0;
    for key in keys {
        let wide = display_width(key);
        if used > 0 && used + GAP.len() + wide > width {
            text.push('\n');
            used = 0;
        } else if used > 0 {
            text.push_str(GAP);
            used += GAP.len();
        }
        text.push_str(key);
        used += wide;
    }
    text
}
