//! The words for signs, and below them: definitions with their thresholds, counts with their denominators, and what
//! a rubric's owners might do.

use std::borrow::Cow;

use super::RubricHealthReport;
use crate::eval::{CategoryHealth, ENOUGH_SERVICES, ENOUGH_TURNED, Outlook, Sign, SignKind};
use crate::text::plural;

/// The heading of a sign.
pub(super) fn heading(kind: SignKind) -> &'static str {
    match kind {
        SignKind::RedWithoutGuidance => "Red without guidance",
        SignKind::GreenWithoutEvidence => "Green without evidence",
        SignKind::Contested => "Contested",
        SignKind::MostlyUnjudged => "Mostly unjudged",
        SignKind::MostlyNotApplicable => "Mostly not applicable",
        SignKind::NeverConfirmed => "Never confirmed",
        SignKind::AlwaysGreen => "Always green",
    }
}

/// When a sign shows.
pub(super) fn definition(kind: SignKind, report: &RubricHealthReport) -> String {
    match kind {
        SignKind::RedWithoutGuidance => {
            "at least half of the services with a colour are red, and there is no guidance".to_owned()
        }
        SignKind::GreenWithoutEvidence => {
            "the category wants evidence for a green, and at least one service gives none".to_owned()
        }
        SignKind::Contested => format!(
            "since {}, a quarter or more of the services that judged it, {ENOUGH_TURNED} at least, went back and \
             forth, such as green, amber, green",
            report.since
        ),
        SignKind::MostlyUnjudged => {
            "more than half of the services that it applies to have no colour for it".to_owned()
        }
        SignKind::MostlyNotApplicable => {
            "more than half of the services that are asked say that it makes no sense for them".to_owned()
        }
        SignKind::NeverConfirmed => format!(
            "more than half of the services that had the time judged it once, over {} ago, and have not looked at it since",
            weeks(report)
        ),
        SignKind::AlwaysGreen => format!(
            "every colour is green, and was nothing else since {}; most services have one, {ENOUGH_SERVICES} or more \
             of them for {}",
            report.since,
            weeks(report)
        ),
    }
}

fn weeks(report: &RubricHealthReport) -> String {
    plural(report.stale_after_weeks as usize, "week", "weeks")
}

/// What a rubric's owners might do.
pub(super) fn suggestion(kind: SignKind) -> &'static str {
    match kind {
        SignKind::RedWithoutGuidance => {
            "Teams may not know how to get out of red: ask what would help, and link a page that says it."
        }
        SignKind::GreenWithoutEvidence => {
            "`fundamentals check` names the services: ask them where it can be seen."
        }
        SignKind::Contested => {
            "Two people may read it differently: say what can be seen at each colour, where one ends and the next begins."
        }
        SignKind::MostlyUnjudged => "It may be hard to answer: ask what is missing, words, access or time.",
        SignKind::MostlyNotApplicable => {
            "It may be meant for fewer services: say so with `applies-to`, or ask it so that it fits more of them."
        }
        SignKind::NeverConfirmed => {
            "Perhaps nobody needs the answer: look at it in the next reviews, or retire it."
        }
        SignKind::AlwaysGreen => {
            "It may no longer tell services apart: raise the bar, retire it, or keep it as a reminder."
        }
    }
}

/// What was seen of a category, with its denominator.
pub(super) fn seen(health: &CategoryHealth<'_>, sign: Sign) -> String {
    let counts = &health.counts;
    let share = format!("{} of {} services", sign.share.count, sign.share.of);
    match sign.kind {
        SignKind::RedWithoutGuidance => format!("red in {share}"),
        SignKind::GreenWithoutEvidence => format!("without evidence in {share} that are green"),
        SignKind::Contested => {
            format!("changed direction {} in {share}", plural(health.turns, "time", "times"))
        }
        SignKind::MostlyUnjudged => match (counts.not_assessed, counts.needs_rescore) {
            (_, 0) => format!("not assessed in {share}"),
            (0, _) => format!("to re-score in {share}"),
            (never, again) => format!("no colour in {share}: {never} not assessed, {again} to re-score"),
        },
        SignKind::MostlyNotApplicable => format!("not applicable in {share}"),
        SignKind::NeverConfirmed => format!("judged once and not again in {share}"),
        SignKind::AlwaysGreen => format!("green in {share}"),
    }
}

/// "12 services looked at; not looked at: 2 never assessed, 1 judged by another rubric or a newer version"
pub(super) fn services(report: &RubricHealthReport) -> String {
    let services = report.services;
    let others = [
        (services.never_assessed, "never assessed"),
        (services.elsewhere, "judged by another rubric or a newer version"),
    ];
    let others: Vec<_> = others
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let looked_at = format!("{} looked at", plural(services.looked_at, "service", "services"));
    if others.is_empty() { looked_at } else { format!("{looked_at}; not looked at: {}", others.join(", ")) }
}

/// How many categories show no sign, and which have too few services to tell. `title` makes a title fit the
/// format.
pub(super) fn rest<'r>(
    report: &'r RubricHealthReport,
    title: impl Fn(&'r str) -> Cow<'r, str>,
) -> Vec<String> {
    let all = plural(report.lines.len(), "category", "categories");
    let enough = plural(ENOUGH_SERVICES, "service", "services");
    let too_few = report.lines.iter().filter(|line| line.outlook == Outlook::TooFew);
    let too_few: Vec<_> = too_few.map(|line| title(&line.title)).collect();
    if too_few.len() == report.lines.len() {
        return vec![format!("Nothing can be told of {all}: none has a colour in {enough} or more.")];
    }
    let of = report.lines.len();
    let unremarkable = report.count(Outlook::Unremarkable);
    let signs = match report.count(Outlook::Signs) {
        0 => None,
        1 => Some(format!("1 of {all} shows a sign")),
        count => Some(format!("{count} of {all} show a sign")),
    };
    let mut lines = vec![match (signs, unremarkable) {
        (None, count) => format!("Nothing stands out in {count} of {all}."),
        (Some(signs), 0) => format!("{signs}."),
        (Some(signs), count) => format!("{signs}; nothing stands out in {count} of {of}."),
    }];
    if !too_few.is_empty() {
        let (count, names) = (too_few.len(), too_few.join(", "));
        lines.push(format!(
            "Too few to tell in {count} of {of}, with a colour in fewer than {enough}: {names}."
        ));
    }
    lines
}

/// What it is for, and when a sign is withheld.
pub(super) fn purpose() -> String {
    format!(
        "No sign rests on fewer than {}. It is about questions, not about teams: something to talk over, not a verdict.",
        plural(ENOUGH_SERVICES, "service", "services")
    )
}
