//! What is to be said of a finding besides its title: why, since when, what the rubric asks for, and what to do.

use super::{news, said};
use crate::model::{Category, Colour, GateRule, Verdict, Waiver};
use crate::score::{Finding, FindingPlace, Turn, What};

type Fact = (String, String);

/// The facts of a finding, in the order of reading.
pub(super) fn facts(finding: &Finding<'_>) -> Vec<Fact> {
    let mut facts = vec![fact("status", news(finding.news))];
    match &finding.what {
        What::Colour(turn) => colour(finding, turn, &mut facts),
        What::Overdue(action) => {
            facts.push(fact("raised", action.raised.to_string()));
            facts.extend(action.owner.iter().map(|owner| fact("owner", owner.clone())));
            facts.extend(action.support.iter().map(|support| fact("support", support.clone())));
        }
        What::Expired(waiver) | What::Waived(waiver) => {
            facts.push(fact("because", waiver.because.clone()));
            facts.push(fact("approved by", waiver.approved_by.clone()));
        }
        What::Rewritten { from, to, .. } => {
            let because = |verdict: &Verdict| verdict.because().map(str::to_owned);
            facts.extend(from.and_then(because).map(|text| fact("was because", text)));
            facts.extend(because(to).map(|text| fact("now because", text)));
        }
        What::Removed { judgement: Some((_, verdict)), .. } => {
            facts.extend(
                verdict.because().map(|text| fact(&format!("{} because", said(verdict)), text.to_owned())),
            );
        }
        What::Loosened(ways) => facts.extend(ways.iter().map(|way| fact("now", way.clone()))),
        What::Edited(_, categories) => {
            let ids: Vec<_> = categories.iter().map(|category| category.id.as_str()).collect();
            facts.extend((!ids.is_empty()).then(|| fact("categories", ids.join(", "))));
        }
        What::Stale(..)
        | What::NotAssessed(_)
        | What::Missed(_)
        | What::Removed { judgement: None, .. }
        | What::Gone
        | What::LessImportant(..)
        | What::Switched(..) => {}
    }
    facts.push(match finding.waiver {
        Some(waiver) => fact("waiver", waiver_text(waiver)),
        None => fact("what to do", advice(finding)),
    });
    facts
}

fn fact(label: &str, text: String) -> Fact {
    (label.to_owned(), text)
}

fn waiver_text(waiver: &Waiver) -> String {
    format!("until {}, approved by {}: {}", waiver.until, waiver.approved_by, waiver.because)
}

/// Why it is what it is and was what it was, what the rubric asks for, and where it is explained.
fn colour(finding: &Finding<'_>, turn: &Turn<'_>, facts: &mut Vec<Fact>) {
    let before = turn.before.and_then(|before| before.status.colour());
    if let Some(now) = turn.now {
        let colour = now.status.colour().map(Colour::word);
        if let (Some(judged), Some(colour)) = (now.judged, colour) {
            let is_change = finding.rule != GateRule::StandingRed;
            let as_of = turn.before_on.zip(before).filter(|_| is_change);
            let before = as_of.map(|(day, before)| format!("; {before} as of {day}")).unwrap_or_default();
            facts.push(fact(&format!("{colour} since"), format!("{}{before}", judged.since)));
        }
        let label = format!("{} because", colour.unwrap_or("now"));
        facts.extend(now.because().map(|because| fact(&label, because.to_owned())));
    }
    if finding.rule != GateRule::StandingRed
        && let Some(was) = turn.before
        && let Some(colour) = before
    {
        facts.extend(was.because().map(|because| fact(&format!("{colour} because"), because.to_owned())));
    }
    facts.extend(
        turn.now.and_then(|now| now.provider).map(|provider| fact("inherited from", provider.to_string())),
    );
    asked_for(turn.category, turn.now.and_then(|now| now.status.colour()).or(before), facts);
}

/// What the next better colour asks for, and guidance.
fn asked_for(category: &Category, from: Option<Colour>, facts: &mut Vec<Fact>) {
    if let Some((colour, definition)) = from.and_then(|from| category.next_step(from)) {
        let label = format!("back to {colour}");
        facts.extend(definition.statements.iter().map(|statement| fact(&label, statement.clone())));
    }
    facts.extend(
        category.guidance.iter().map(|link| fact("guidance", format!("{}: {}", link.title, link.href))),
    );
}

fn advice(finding: &Finding<'_>) -> String {
    match (&finding.what, finding.rule) {
        (What::Colour(turn), GateRule::DropToRed | GateRule::SlipToAmber | GateRule::StandingRed) => {
            put_right(turn)
        }
        (What::Colour(turn), _) => {
            format!("judge `{}` as it is; if this is right, say why in the pull request", turn.category.id)
        }
        (What::Stale(..), _) => {
            "look again: judge what has changed, and put the rest in `confirmed: […]`".to_owned()
        }
        (What::NotAssessed(_), _) => "judge them in the next assessment".to_owned(),
        (What::Overdue(_), _) => "add `done: …`, or agree on another `due: …`".to_owned(),
        (What::Expired(waiver), _) => format!("put `{}` right, or agree on another end", waiver.category),
        (What::Missed(_), _) => {
            "ask what the scores don't see: which category would have told? Judge that one again".to_owned()
        }
        (What::Removed { .. } | What::Rewritten { .. }, _) => {
            "put it back, and say in a new assessment what has changed: the past stays what it was".to_owned()
        }
        (What::Gone, _) => match finding.place {
            FindingPlace::Base(_) | FindingPlace::Now(_) | FindingPlace::Settings => {
                "put the file back, unless the service was switched off".to_owned()
            }
        },
        (What::LessImportant(..), _) => "agree on it with whoever answers for the domain".to_owned(),
        (What::Switched(..), _) => {
            "stay with the rubric, unless it was agreed on: under another one no drop can be seen".to_owned()
        }
        (What::Waived(_), _) => "make sure that who approved it knows".to_owned(),
        (What::Edited(..), _) => {
            "give it a new version: `fundamentals rubric lint --base …` says which".to_owned()
        }
        (What::Loosened(_), _) => {
            "agree on it by itself: until it is merged, the policy of before counts".to_owned()
        }
    }
}

fn put_right(turn: &Turn<'_>) -> String {
    let category = &turn.category.id;
    let first = match turn.now.and_then(|now| now.provider) {
        Some(provider) => format!("talk to {provider}, whose colour this is"),
        None => format!("put it right and judge `{category}` again"),
    };
    format!(
        "{first}; or agree on a date and add to the service's file, under \
         `waivers:`, {{ category: {category}, until: …, because: …, approved-by: … }}. `fundamentals explain \
         {category}` says more"
    )
}
