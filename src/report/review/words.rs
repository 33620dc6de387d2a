//! What a pack says in sentences. Neutral: it asks, and blames nobody.

use super::model::{Cover, GlanceSection};
use crate::eval::{
    ActionStatus, Change, Commitment, Development, DevelopmentKind, Disagreement, Effect, HotSpot, Label,
    Remedy, Reviewed, Status, Topic,
};
use crate::model::Colour;
use crate::text::plural;

/// How the pack calls a number: in letters up to twelve, as in speech.
fn number(count: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    WORDS.get(count).map_or_else(|| count.to_string(), ToString::to_string)
}

fn reviews(count: usize) -> String {
    format!("{} {}", number(count), if count == 1 { "review" } else { "reviews" })
}

/// Where the cure for a hot spot may lie.
pub(super) fn remark(spot: &HotSpot<'_>) -> String {
    let counts = &spot.counts;
    let colours = match (counts.red, counts.amber) {
        (red, 0) => format!("{red} of {} are red", counts.applicable()),
        (0, amber) => format!("{amber} of {} are amber", counts.applicable()),
        (red, amber) => format!("{red} red and {amber} amber of {}", counts.applicable()),
    };
    let remedy = match &spot.remedy {
        Remedy::Provider(provider, count) if *count == spot.spread() => {
            format!(": all inherited from {provider}, so one fix there helps all")
        }
        Remedy::Provider(provider, count) => {
            format!(": {count} inherit it from {provider}, so one fix there helps most")
        }
        Remedy::Platform => format!(": likely a platform fix, not {} team fixes", spot.spread()),
        Remedy::Team(team) => format!(": all of them are {team}'s"),
        Remedy::Unknown => String::new(),
    };
    let gap = if spot.is_guidance_gap { "; the rubric has no guidance on it" } else { "" };
    format!("{colours}{remedy}{gap}")
}

/// What a reader should know of a commitment.
pub(super) fn commitment(commitment: &Commitment<'_, '_>) -> String {
    let action = commitment.action;
    let mut parts = Vec::new();
    match (commitment.status, action.due) {
        (ActionStatus::Overdue, Some(due)) => {
            let days = usize::try_from(commitment.reviewed.today.days_since(due)).unwrap_or(0);
            parts.push(format!("overdue by {}", plural(days, "day", "days")));
        }
        (ActionStatus::Slipped, Some(due)) => {
            let late = action.done.map_or(0, |done| done.days_since(due));
            let late = usize::try_from(late).unwrap_or(0);
            parts.push(format!("done {} late", plural(late, "day", "days")));
        }
        (ActionStatus::Kept | ActionStatus::Open | ActionStatus::Overdue | ActionStatus::Slipped, _) => {}
    }
    parts.extend(commitment.effect.map(effect));
    if commitment.is_new {
        parts.push("new".to_owned());
    }
    parts.join("; ")
}

fn effect(effect: Effect) -> String {
    match effect {
        Effect::Reached(colour) => format!("{colour} now"),
        Effect::Moved(colour) => format!("better, {colour} now"),
        Effect::FirstRated(colour) => format!("{colour} now, not rated before"),
        Effect::NotMoved(colour) => format!("still {colour}: the colour did not move"),
        Effect::NotLookedAt(colour) => format!("still {colour}: not looked at since"),
    }
}

/// A contradiction between measurements and judgements, as a question.
pub(super) fn disagreement(disagreement: &Disagreement<'_, '_>) -> String {
    let service = &disagreement.reviewed().service.title;
    match disagreement {
        Disagreement::GreenButMissed(_, missed) => {
            let what = match missed.as_slice() {
                [one] => {
                    let (slo, month) = (&one.slo, one.month_in_digits());
                    format!("missed {slo} in {month} ({} of {})", one.attained, one.objective)
                }
                many => {
                    let mut months: Vec<_> = many.iter().map(|result| result.month_in_digits()).collect();
                    months.sort();
                    months.dedup();
                    format!("missed objectives in {}", list(&months))
                }
            };
            format!("{service} is all green and {what}: what do the categories not see?")
        }
        Disagreement::RedButMet(_, reds, months) => {
            let reds: Vec<_> = reds.iter().map(|category| category.title.clone()).collect();
            let reds = list_some(&reds);
            let months = plural(*months, "month", "months");
            format!(
                "{service} is red in {reds} and met every objective for {months}: \
                 does the red overstate the risk, or does the objective not see it?"
            )
        }
    }
}

/// A prompt, as a question that anybody in the room may answer.
pub(super) fn prompt(topic: &Topic<'_, '_>) -> String {
    match topic {
        Topic::Improved(development) => improved(development),
        Topic::Kept(commitment) => {
            let service = &commitment.reviewed.service.title;
            format!("{service} kept a promise: “{}”. What made it possible?", commitment.action.what)
        }
        Topic::AllGreen(reviewed) => {
            let service = &reviewed.service.title;
            format!("Everything asked of {service} is green: what could others borrow?")
        }
        Topic::Strength(column, counts) => format!(
            "{} is green in {} of {}: what made that work?",
            column.name(),
            counts.green,
            plural(counts.applicable(), "service", "services")
        ),
        Topic::LookedAt(reviewed) => {
            format!("{} was looked at lately: what did the team learn?", reviewed.service.title)
        }
        Topic::Worse(development) => worse(development),
        Topic::Disagreement(contradiction) => disagreement(contradiction),
        Topic::Overdue(commitment) => {
            let service = &commitment.reviewed.service.title;
            let due = commitment.action.due.map(|due| format!(" on {due}")).unwrap_or_default();
            format!(
                "“{}” on {service} was due{due}: is it still the right thing, and what would help?",
                commitment.action.what
            )
        }
        Topic::LongStanding(reviewed, category, now, count) => {
            let colour = now.status.colour().unwrap_or(Colour::Red);
            let (service, category) = (&reviewed.service.title, reviewed.name_of(category));
            format!("{category} has been {colour} on {service} for {}: what is in the way?", reviews(*count))
        }
        Topic::HotSpot(spot) => hot_spot(spot),
        Topic::Support(from, count) => {
            let asks = if *count == 1 { "commitment asks" } else { "commitments ask" };
            format!("{} {asks} for support from {from}: who can agree that today?", capital(&number(*count)))
        }
        Topic::NoEffect(commitment) => no_effect(commitment),
        Topic::Unseen(reviewed, count) => unseen(reviewed, *count),
        Topic::Waiver(reviewed, waiver) => {
            let ends = if waiver.has_ended(reviewed.today) { "ended" } else { "ends" };
            let (service, until) = (&reviewed.service.title, waiver.until);
            format!("The waiver for {} on {service} {ends} on {until}: what follows it?", waiver.category)
        }
        Topic::NextGreen(glance) => {
            let now = &glance.now.judgements;
            format!(
                "{} of {} judgements are green: which one should be next, if customers could choose?",
                now.green,
                now.applicable()
            )
        }
        Topic::OpenCommitments(0) => {
            "No commitment is open: what is the one thing to promise until the next review?".to_owned()
        }
        Topic::OpenCommitments(count) => {
            let are = if *count == 1 { "commitment is" } else { "commitments are" };
            format!(
                "{} {are} open: which of them matters most, and which can be dropped?",
                capital(&number(*count))
            )
        }
        Topic::NoSupport => {
            "Nobody asks for support from outside: is none needed, or is it hard to ask?".to_owned()
        }
        Topic::NextReview(day) => {
            format!("At the review after this one, by {day}: what should be different, and how will it show?")
        }
        Topic::NoColour(count) => {
            let judgements = plural(*count, "judgement", "judgements");
            format!("No colour yet of {judgements}: where would a first look tell most?")
        }
        Topic::Freshness(0, rated) => format!(
            "All {rated} colours were looked at lately: which of them would surprise somebody outside the team?"
        ),
        Topic::Freshness(stale, rated) => {
            format!("{stale} of {rated} colours have not been looked at for long: which are still true?")
        }
    }
}

fn improved(development: &Development<'_, '_>) -> String {
    let service = &development.reviewed.service.title;
    let category = development.reviewed.name_of(development.category);
    let colours = match (development.before.status.colour(), development.now.status.colour()) {
        (Some(before), Some(now)) => format!("from {before} to {now}"),
        (_, _) => "to a better colour".to_owned(),
    };
    format!("{category} on {service} went {colours}: what made the difference, and who else could use it?")
}

fn worse(development: &Development<'_, '_>) -> String {
    let service = &development.reviewed.service.title;
    let category = development.reviewed.name_of(development.category);
    let was = development.before.status.colour();
    match (Change::between(development.before.status, development.now.status), was) {
        (Change::Dropped, Some(was)) => {
            format!("{category} on {service} went from {was} to red: what happened, and what would help?")
        }
        (Change::Slipped, Some(was)) => {
            format!(
                "{category} on {service} slipped from {was} to amber: is it going on, or is it under control?"
            )
        }
        (_, _) => format!(
            "{category} on {service} was judged for the first time, and is red: what would a first step be?"
        ),
    }
}

fn hot_spot(spot: &HotSpot<'_>) -> String {
    let counts = &spot.counts;
    let colours = match (counts.red, counts.amber) {
        (_, 0) => "red",
        (0, _) => "amber",
        (_, _) => "red or amber",
    };
    let category = spot.column.name();
    let asks = plural(counts.applicable(), "service", "services");
    let question = match &spot.remedy {
        Remedy::Provider(provider, _) => format!("what would it take to fix it once, in {provider}?"),
        Remedy::Platform => "is there one fix for all of them?".to_owned(),
        Remedy::Team(team) => format!("what does {team} need?"),
        Remedy::Unknown => "do they have something in common?".to_owned(),
    };
    format!("{category} is {colours} in {} of {asks}: {question}", spot.spread())
}

fn no_effect(commitment: &Commitment<'_, '_>) -> String {
    let service = &commitment.reviewed.service.title;
    let titles: Vec<_> =
        commitment.categories.iter().map(|category| commitment.reviewed.name_of(category)).collect();
    let categories = list(&titles);
    match commitment.effect {
        Some(Effect::NotLookedAt(colour)) => format!(
            "“{}” on {service} is done, and nobody has judged {categories} since: is it still {colour}?",
            commitment.action.what
        ),
        Some(
            Effect::NotMoved(colour)
            | Effect::FirstRated(colour)
            | Effect::Moved(colour)
            | Effect::Reached(colour),
        ) => format!(
            "“{}” on {service} is done, and {categories} is still {colour}: what else does it take?",
            commitment.action.what
        ),
        None => format!("“{}” on {service} is done: what came of it?", commitment.action.what),
    }
}

fn unseen(reviewed: &Reviewed<'_>, count: usize) -> String {
    let service = &reviewed.service.title;
    let asked = reviewed.categories().filter(|found| found.now.status != Status::NotApplicable).count();
    if count == asked {
        return format!(
            "Nobody has lately looked at any of the {asked} categories of {service}: what keeps the team from it?"
        );
    }
    let categories = plural(count, "category", "categories");
    format!(
        "{categories} of {service} (of {asked}) have no colour, or an old one: which would be quick to judge today?"
    )
}

/// How commitments stand, as a heading.
pub(super) fn status(status: ActionStatus) -> &'static str {
    match status {
        ActionStatus::Kept => "Kept",
        ActionStatus::Slipped => "Slipped: done, but late",
        ActionStatus::Open => "Open",
        ActionStatus::Overdue => "Overdue",
    }
}

/// Whether something was there before: "standing for three reviews".
pub(super) fn label(label: Label) -> String {
    match label {
        Label::New => "new".to_owned(),
        Label::Resolved => "resolved".to_owned(),
        Label::Standing(0) => "standing".to_owned(),
        Label::Standing(count) => format!("standing for {}", reviews(count)),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// "a, b and c".
pub(super) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// The same, with no more than three names.
fn list_some(names: &[String]) -> String {
    match names {
        [first, second, third, _, ..] => format!("{first}, {second}, {third} and {} more", names.len() - 3),
        _ => list(names),
    }
}

/// What the numbers rest on, in sentences; what is all right isn't mentioned.
pub(super) fn quality(glance: &GlanceSection, cover: &Cover<'_>) -> Vec<String> {
    let (all, judgements) = (&glance.all, &glance.all.now.judgements);
    let of_services = |count: usize, what: &str| {
        (count > 0).then(|| format!("{count} of {} {what}", plural(cover.services, "service", "services")))
    };
    let stale = (judgements.stale > 0).then(|| {
        let services = plural(all.with_stale, "service", "services");
        let (stale, rated, weeks) = (judgements.stale, judgements.rated(), cover.stale_after_weeks);
        format!("{stale} of {rated} colours, in {services}, not looked at for {weeks} weeks")
    });
    let applicable = judgements.applicable();
    let of_judgements =
        |count: usize, what: &str| (count > 0).then(|| format!("{count} of {applicable} judgements {what}"));
    let invalid = (glance.invalid_files > 0).then(|| {
        let files = plural(glance.invalid_files, "file of the estate has", "files of the estate have");
        format!("{files} errors, and nothing in it is counted; `fundamentals check` shows them")
    });
    let lines = [
        of_services(all.never_assessed, "never assessed"),
        of_services(all.not_looked_at, "not looked at since the review before"),
        stale,
        of_judgements(judgements.not_assessed, "missing"),
        of_judgements(judgements.needs_rescore, "in need of re-assessment, since the rubric raised the bar"),
        invalid,
    ];
    let lines: Vec<_> = lines.into_iter().flatten().collect();
    if lines.is_empty() {
        return vec!["Data: everything asked is judged, and was looked at lately".to_owned()];
    }
    lines
}

/// What a kind of change is called.
pub(super) fn kind(kind: DevelopmentKind) -> &'static str {
    match kind {
        DevelopmentKind::Dropped => "Dropped to red",
        DevelopmentKind::FirstRated => "Rated for the first time, and not green",
        DevelopmentKind::Slipped => "Slipped to amber",
        DevelopmentKind::NoLongerRated => "No longer rated",
        DevelopmentKind::StillRed => "Still red",
        DevelopmentKind::Recovered => "Dropped and put right",
        DevelopmentKind::Improved => "Improved",
    }
}

/// How many developments are of a kind.
pub(super) fn count(developments: &[Development<'_, '_>], kind: DevelopmentKind) -> usize {
    developments.iter().filter(|development| development.kind == kind).count()
}
