//! What a service's file says: made up, and as it is read.

use fundamentals::model::{Colour, Confirmed, Date, Service, Verdict, is_name};

use super::choices::Choices;
use super::who::{Who, retired, who};
use crate::support::day;

/// All that a file of the service `s` says, in words of its own; texts are exactly what a reader gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub title: Option<String>,
    pub links: Vec<(String, String)>,
    pub now: Who,
    /// What it was up to and including a day, by day.
    pub previously: Vec<(Date, Who)>,
    /// By day.
    pub assessments: Vec<Assessed>,
    pub actions: Vec<Promise>,
    pub waivers: Vec<Exception>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessed {
    pub date: Date,
    pub rubric: String,
    pub by: Vec<String>,
    pub with: Vec<String>,
    pub scores: Vec<JudgementRecord>,
    pub confirmed: Unchanged,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unchanged {
    All,
    These(Vec<String>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgementRecord {
    pub category: String,
    pub found: Found,
    pub because: Option<String>,
    pub evidence: Vec<String>,
    pub note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Colour(Colour),
    NotApplicable,
    From(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    pub what: String,
    pub category: Option<String>,
    pub owner: Option<String>,
    pub raised: Date,
    pub due: Option<Date>,
    pub target: Option<Colour>,
    pub support: Option<String>,
    pub done: Option<Date>,
    pub because: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    pub category: String,
    pub raised: Option<Date>,
    pub until: Date,
    pub because: String,
    pub approved_by: Vec<String>,
}

pub const CATEGORIES: [&str; 4] = ["a", "b", "c", "d"];
/// Days on which files judge; edits take these and others.
pub const DAYS: [&str; 5] = ["2025-02-01", "2025-04-01", "2025-06-01", "2025-08-01", "2026-01-01"];

/// What people write, from harmless to hardly believable.
const TEXTS: [&str; 44] = [
    "x",
    "Alerts page for nothing",
    "team-s",
    "no",
    "null",
    "~",
    "2026-01-01",
    "12",
    "true",
    "a: b",
    "so # not a comment",
    "it's",
    "\"quoted\" twice",
    "{",
    "}",
    "[a",
    "a, b",
    "*x",
    "&x y",
    "!tag",
    "- a",
    "? a",
    "| x",
    "> x",
    "%x",
    "@x",
    "`x`",
    "a:",
    ": a",
    "# a",
    "<<",
    "...",
    "--- a",
    " leading and trailing  ",
    "two\nlines",
    "a paragraph\n\nand another\n",
    "\n  deeper first\n- dashed\nkey: value\n\n\n",
    "tab\there\tand\\there\\n",
    "bell \u{7} escape \u{1b}[31m nul \u{0} delete \u{7f}",
    "return\r\nnewline\r",
    "next\u{85}line\u{2028}and\u{2029}paragraph",
    "\u{feff}mark\u{feff}",
    "naïve 雪 👩‍👩‍👧 \u{202e}turned\u{fffd}\u{e000}",
    "a text that goes on for so long that it hardly fits on one line of a file, \
     and so people break it where they see fit, or let it be as long as it is",
];

/// Signs of which anything may be made up.
const SIGNS: [&str; 32] = [
    "a",
    "b c",
    " ",
    ": ",
    " #",
    "#",
    "'",
    "\"",
    "\\",
    "\n",
    "\t",
    "-",
    "- ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "*",
    "&",
    "!",
    "|",
    ">",
    "%",
    "?",
    "é",
    "雪",
    "👩‍👧",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\r",
];

/// A text that isn't blank.
/// A text that is a reason and a name.
pub fn reason(choices: &mut Choices) -> String {
    let text = text(choices);
    if is_name(&text) { text } else { format!("{text} x") }
}

pub fn text(choices: &mut Choices) -> String {
    if !choices.once_in(6) {
        return choices.one_of(&TEXTS).to_owned();
    }
    let signs = 1 + choices.below(9);
    let text: String = (0..signs).map(|_| choices.one_of(&SIGNS)).collect();
    if text.trim().is_empty() { "x".to_owned() } else { text }
}

pub fn maybe<T>(choices: &mut Choices, make: impl FnOnce(&mut Choices) -> T) -> Option<T> {
    choices.once_in(3).then(|| make(choices))
}

pub fn names(choices: &mut Choices) -> Vec<String> {
    (0..choices.one_of(&[0, 0, 1, 1, 2, 3])).map(|_| text(choices)).collect()
}

/// Each once.
pub fn different_names(choices: &mut Choices) -> Vec<String> {
    let mut names = names(choices);
    names.sort();
    names.dedup();
    choices.shuffled(names)
}

/// Links and words; what begins like a link that leads out of the web isn't accepted in files.
pub fn evidence(choices: &mut Choices) -> Vec<String> {
    let link = |mut text: String| {
        if text.contains([':', '&', '\\']) {
            text.insert_str(0, "https://x.example/?q=");
        }
        text
    };
    names(choices).into_iter().map(link).collect()
}

pub fn judged(choices: &mut Choices, category: &str) -> JudgementRecord {
    let colours = [Colour::Green, Colour::Red, Colour::Amber];
    let is_short = choices.once_in(2);
    let (found, because) = match choices.below(6) {
        0..=3 => {
            let colour = choices.one_of(&colours);
            // The test rubric defines no amber for `c`.
            let colour = if category == "c" && colour == Colour::Amber { Colour::Red } else { colour };
            (Found::Colour(colour), if is_short { None } else { maybe(choices, text) })
        }
        4 => (Found::NotApplicable, Some(reason(choices))),
        _ => (Found::From("other".to_owned()), if is_short { None } else { maybe(choices, text) }),
    };
    let (evidence, note) =
        if is_short { (Vec::new(), None) } else { (evidence(choices), maybe(choices, text)) };
    JudgementRecord { category: category.to_owned(), found, because, evidence, note }
}

fn assessed(choices: &mut Choices, date: Date) -> Assessed {
    let scores: Vec<_> = choices.some_of(&CATEGORIES);
    let others: Vec<_> =
        CATEGORIES.into_iter().filter(|id| !scores.contains(id)).map(str::to_owned).collect();
    let confirmed = match choices.below(3) {
        0 => Unchanged::These(Vec::new()),
        1 => Unchanged::These(choices.some_of(&others)),
        _ => Unchanged::All,
    };
    Assessed {
        date,
        rubric: "r@1".to_owned(),
        by: different_names(choices),
        with: different_names(choices),
        scores: scores.into_iter().map(|category| judged(choices, category)).collect(),
        confirmed,
    }
}

pub fn promise(choices: &mut Choices) -> Promise {
    Promise {
        what: text(choices),
        category: maybe(choices, |choices| choices.one_of(&CATEGORIES).to_owned()),
        owner: maybe(choices, text),
        raised: day(choices.one_of(&DAYS)),
        due: maybe(choices, |_| day("2026-07-01")),
        target: maybe(choices, |choices| choices.one_of(&Colour::ALL)),
        support: maybe(choices, text),
        done: maybe(choices, |_| day("2026-05-01")),
        because: maybe(choices, text),
    }
}

pub fn exception(choices: &mut Choices) -> Exception {
    Exception {
        category: choices.one_of(&CATEGORIES).to_owned(),
        raised: Some(day(choices.one_of(&["2026-01-05", "2025-12-01"]))),
        until: day(choices.one_of(&["2026-09-01", "2026-01-31"])),
        because: reason(choices),
        approved_by: vec![reason(choices).trim().to_owned()],
    }
}

impl Facts {
    pub fn any(choices: &mut Choices) -> Self {
        let days: Vec<_> = choices.some_of(&DAYS[..4]);
        let assessments = days.into_iter().map(|date| assessed(choices, day(date))).collect();
        let days = if choices.once_in(2) { choices.some_of(&DAYS[2..]) } else { Vec::new() };
        let mut now = who(choices);
        // What changed is seldom all of it.
        let previously = days.into_iter().map(|date| {
            let mut was = if choices.once_in(2) { who(choices) } else { now.clone() };
            was.retired = choices.once_in(4).then(|| (day("2025-05-01"), maybe(choices, text)));
            (day(date), was)
        });
        let previously = previously.collect();
        now.retired = choices.once_in(4).then(|| retired(choices));
        Self {
            now,
            previously,
            assessments,
            actions: (0..choices.below(4)).map(|_| promise(choices)).collect(),
            waivers: (0..choices.below(3)).map(|_| exception(choices)).collect(),
            title: maybe(choices, text),
            links: names(choices).into_iter().map(|title| (title, "https://x.example/".to_owned())).collect(),
        }
    }

    /// What was read.
    pub fn of(service: &Service) -> Self {
        let title = (service.title != service.id.as_str()).then(|| service.title.clone());
        Self {
            title,
            now: Who::of(service.identities.latest()),
            previously: service
                .identities
                .previously()
                .iter()
                .map(|past| (past.until, Who::of(&past.identity)))
                .collect(),
            links: service.links.iter().map(|link| (link.title.clone(), link.href.clone())).collect(),
            assessments: service.assessments.iter().map(Assessed::of).collect(),
            actions: service.actions.iter().map(Promise::of).collect(),
            waivers: service.waivers.iter().map(Exception::of).collect(),
        }
    }
}

impl Assessed {
    fn of(assessment: &fundamentals::model::Assessment) -> Self {
        let id = |at| assessment.rubric.category(at).id.to_string();
        let mut scores: Vec<_> = assessment
            .judgements
            .iter()
            .map(|it| JudgementRecord {
                category: id(it.category),
                found: match &it.verdict {
                    Verdict::Rated { colour, .. } => Found::Colour(*colour),
                    Verdict::NotApplicable { .. } => Found::NotApplicable,
                    Verdict::Inherited { provider, .. } => Found::From(provider.to_string()),
                },
                because: it.verdict.because().map(str::to_owned),
                evidence: it.evidence.clone(),
                note: it.note.clone(),
            })
            .collect();
        scores.sort_by(|one, other| one.category.cmp(&other.category));
        Self {
            date: assessment.date,
            rubric: assessment.rubric.key().to_string(),
            by: assessment.by.clone(),
            with: assessment.with.clone(),
            scores,
            confirmed: match &assessment.confirmed {
                Confirmed::Nothing => Unchanged::These(Vec::new()),
                Confirmed::All(_) => Unchanged::All,
                Confirmed::These(these) => Unchanged::These(these.iter().map(|(at, _)| id(*at)).collect()),
            },
        }
    }
}

impl Promise {
    fn of(action: &fundamentals::model::Action) -> Self {
        Self {
            what: action.what.clone(),
            category: action.category.as_ref().map(ToString::to_string),
            owner: action.owner.clone(),
            raised: action.raised,
            due: action.due,
            target: action.target,
            support: action.support.clone(),
            done: action.done,
            because: action.because.clone(),
        }
    }
}

impl Exception {
    fn of(waiver: &fundamentals::model::Waiver) -> Self {
        Self {
            category: waiver.category.to_string(),
            raised: waiver.raised,
            until: waiver.until,
            because: waiver.because.clone(),
            approved_by: waiver.approved_by.clone(),
        }
    }
}
