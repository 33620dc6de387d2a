//! What each question looks like at a width, keys included. Pure.

use super::Preview;
use super::card::{self, Card};
use super::round::{Keep, Round};
use super::{SessionSubject, overview, words};
use crate::eval::{RubricState, Status, Urgency};
use crate::model::{CategoryIx, Colour, Verdict};
use crate::report::glyph::{self, styled};
use crate::text::{plural, sanitize, wrap};

/// What is talked about, and how far that is.
pub(super) struct Stage<'t, 'e> {
    pub topic: &'t SessionSubject<'e>,
    pub state: &'t RubricState<'e>,
    pub round: Round<'e>,
    pub help: Help,
    /// What the last key came to, if it wasn't what was hoped for.
    pub notice: Option<String>,
}

/// Whether the keys are explained.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Help {
    Hidden,
    Shown,
}

/// What was chosen for a category, before its reason is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    Colour(Colour),
    NotApplicable,
}

/// Whether a reason is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    Needless,
    Welcome,
    Required,
}

impl Choice {
    pub fn status(self) -> Status {
        match self {
            Self::Colour(colour) => Status::Rated(colour),
            Self::NotApplicable => Status::NotApplicable,
        }
    }

    /// Whether a reason is asked for: where something got worse, is red, or doesn't count any more.
    pub fn reason(self, before: Status) -> Reason {
        let before = match before {
            Status::Rated(colour) | Status::NeedsRescore(colour) => Some(colour),
            Status::NotApplicable | Status::NotAssessed => None,
        };
        match self {
            Self::NotApplicable => Reason::Required,
            Self::Colour(Colour::Red) => Reason::Welcome,
            Self::Colour(colour) if before.is_some_and(|before| colour < before) => Reason::Welcome,
            Self::Colour(_) => Reason::Needless,
        }
    }

    /// The verdict with a reason, which is there if it is required.
    pub fn verdict(self, because: Option<String>) -> Verdict {
        match self {
            Self::Colour(colour) => Verdict::Rated { colour, because },
            Self::NotApplicable => Verdict::NotApplicable { because: because.unwrap_or_default() },
        }
    }
}

impl Stage<'_, '_> {
    /// The overview, which stays on the screen.
    pub fn overview(&self, width: usize) -> String {
        let topic = self.topic;
        let table = overview::render(topic.service, self.state, &self.round, topic.today, width);
        format!("{table}\n\n{}\n", overview::what_is_offered(&self.round, self.state, width))
    }

    pub fn overview_with_keys(&self, width: usize) -> String {
        format!("{}{}", self.overview(width), overview::keys(&self.round, width))
    }

    /// A category's card, its keys below.
    pub fn card(&self, category: CategoryIx, width: usize) -> String {
        let card = self.facts(category);
        let mut text = match self.help {
            Help::Hidden => card::render(&card, width),
            Help::Shown => card::help(&card, width),
        };
        text.push('\n');
        if let Some(notice) = &self.notice {
            text.push_str(&format!("\n{}", wrap(notice, width, "  ")));
        }
        format!("{text}\n{}", card::keys(&card, width))
    }

    /// The same while a reason is asked for; the line for it is the last one.
    pub fn card_asking_why(&self, category: CategoryIx, choice: Choice, typed: &str, width: usize) -> String {
        let card = self.facts(category);
        let text = card::render(&card, width);
        let keys = match choice.reason(card.standing.status) {
            Reason::Required => &["[Esc] back"][..],
            Reason::Welcome | Reason::Needless => &["[Enter] without a reason", "[Esc] back"],
        };
        let chosen = words::status(choice.status());
        let question = format!("{} → {chosen}, because …", words::status(card.standing.status));
        let question = words::keys(std::iter::once(question.as_str()).chain(keys.iter().copied()), width);
        let notice = self.notice.as_ref().map(|notice| format!("\n{}", wrap(notice, width, "  ")));
        format!("{text}\n{}\n{question}\n{PROMPT}{typed}", notice.unwrap_or_default())
    }

    /// Whether the others are unchanged.
    pub fn rest(&self, width: usize) -> String {
        let confirmable = self.round.confirmable();
        let others = confirmable.iter().map(|ix| {
            let standing = self.state.standing(*ix);
            let sign = styled(glyph::status_style(standing.status), &glyph::standing(standing));
            format!("{sign} {}", sanitize(&self.state.rubric.category(*ix).title))
        });
        let others = others.collect::<Vec<_>>().join(", ");
        let question = match confirmable.len() {
            1 => "Confirm the other one as unchanged?".to_owned(),
            count => format!("Confirm the other {count} as unchanged?"),
        };
        let question = styled(glyph::HEADING, &question);
        let rule = words::rule("The others", width);
        let others = wrap(&others, width, "");
        let keys = words::keys(["[y]es", "[n]o", "[a]ll one by one", "[u]ndo"], width);
        format!("{rule}\n{others}\n\n{question}\n{keys}")
    }

    /// Shows the summary and asks whether to write it.
    pub fn summary(&self, preview: &Preview, width: usize) -> String {
        let wrap = |text: &str| wrap(text, width, "");
        let keys = |keys: &[&str]| words::keys(keys.iter().copied(), width);
        let (undo, quit, discard) = ("[u]ndo the last", "[q]uit, keep it as a draft", "[d]iscard it");
        let (text, question) = match preview {
            _ if !self.round.has_said_anything() => {
                ("Nothing was judged or confirmed.".to_owned(), keys(&[undo, "[q]uit"]))
            }
            Preview::Text(text) => {
                let question = styled(glyph::HEADING, "Write this?");
                (text.trim_end().to_owned(), format!("{question}\n{}", keys(&["[y]es", undo, quit, discard])))
            }
            Preview::Impossible(reason) => {
                let reason = format!("This can't be written: {}", sanitize(reason));
                (wrap(&reason), keys(&[undo, quit, discard]))
            }
        };
        let notice = self.notice.as_ref().map(|notice| format!("{}\n", wrap(notice)));
        let rule = words::rule("Summary", width);
        format!("{rule}\n{text}\n\n{}{question}", notice.unwrap_or_default())
    }

    /// The line about a category that was answered.
    pub fn answered(&self, category: CategoryIx, width: usize) -> String {
        let title = &self.state.rubric.category(category).title;
        let before = self.state.standing(category).status;
        let said = self.round.answer(category).map(|answer| words::answered(title, before, answer));
        wrap(&said.unwrap_or_default(), width, "  ")
    }

    /// The line shown once everything that can be confirmed is confirmed, `count` of it just now.
    pub fn confirmed(&self, count: usize, width: usize) -> String {
        let confirmed = format!("{} confirmed as unchanged", plural(count, "category", "categories"));
        let open = self.round.left_open();
        let said = match open {
            0 => format!("{confirmed}."),
            1 => format!("{confirmed}; 1 needs a colour, and stays as it is."),
            _ => format!("{confirmed}; {open} need a colour, and stay as they are."),
        };
        wrap(&said, width, "  ")
    }

    /// What a category's card shows.
    fn facts(&self, category: CategoryIx) -> Card<'_> {
        let standing = self.state.standing(category);
        let keep: Keep = self.round.keep_of(category);
        let text = self.state.rubric.category(category);
        Card {
            category: text,
            pillar: &self.state.rubric.pillar_of(text).title,
            standing,
            urgency: Urgency::of(standing, self.topic.today),
            keep,
            entered: self.round.answer(category).and_then(words::entered),
            progress: self.round.progress(),
            today: self.topic.today,
            stale_after_weeks: self.topic.estate.settings.review.stale_after_weeks,
        }
    }
}

/// Before a line that is typed.
pub(super) const PROMPT: &str = "> ";
