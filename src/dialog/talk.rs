//! The conversation itself: shows what the round asks, and tells the round what was pressed.

use std::io;

use anyhow::Result;

use super::form::{Answers, FormAnswer, FormQuestion, ask_line};
use super::line::{LineInput, Typed};
use super::round::{Answer, Round, SessionStep};
use super::stage::{Choice, Help, PROMPT, Reason, Stage};
use super::terminal::{Cursor, Event, KeyPress, Terminal, width};
use super::{Ending, Preview, SessionHost, SessionSubject, words};
use crate::eval::{RubricState, Status};
use crate::model::{CategoryIx, Colour, EvidenceNeed, Scoring, Verdict, is_reason};
use crate::text::wrap;

/// A conversation about one service.
pub(super) struct Talk<'t, 'e> {
    stage: Stage<'t, 'e>,
    terminal: &'t mut dyn Terminal,
    desk: &'t mut dyn SessionHost,
}

/// Whether the conversation goes on.
enum Flow {
    On,
    End(Ending),
}

/// What came of asking for a reason.
enum Because {
    Given(Option<String>),
    Back,
    Ended,
}

/// What was answered to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    Yes,
    No,
    /// Ctrl-C, or the end of input.
    Ended,
}

/// Asks a question with one key.
///
/// # Errors
/// When the terminal fails.
pub fn ask(question: &str, terminal: &mut dyn Terminal) -> io::Result<Reply> {
    let said = |width: usize, answer: &str| wrap(&format!("{question} {answer}"), width, "");
    loop {
        let (reply, answer) =
            match press(terminal, |width| words::keys([said(width, "").trim_end(), "[y]es", "[n]o"], width))?
            {
                None => (Reply::Ended, "–"),
                Some('y') => (Reply::Yes, "yes"),
                Some('n') => (Reply::No, "no"),
                Some(_) => continue,
            };
        terminal.settle(&said(width(terminal), answer))?;
        return Ok(reply);
    }
}

/// Shows what `draw` makes of a width until a letter is pressed, or Enter, which is a line break; `None` for Ctrl-C,
/// Ctrl-D, or if nobody is there.
fn press(terminal: &mut dyn Terminal, draw: impl Fn(usize) -> String) -> io::Result<Option<char>> {
    terminal.show(&draw(width(terminal)), Cursor::Hidden)?;
    loop {
        match terminal.next()? {
            Event::Key(KeyPress::Interrupt | KeyPress::EndOfInput) | Event::Gone => return Ok(None),
            Event::Key(KeyPress::Char(letter)) => return Ok(Some(letter.to_ascii_lowercase())),
            Event::Key(KeyPress::Enter) => return Ok(Some('\n')),
            Event::Resized => {
                terminal.clear()?;
                terminal.show(&draw(width(terminal)), Cursor::Hidden)?;
            }
            // No other key answers anything, nor does a text that slipped in here.
            Event::Key(_) | Event::Pasted(_) => {}
        }
    }
}

impl<'t, 'e> Talk<'t, 'e> {
    pub(super) fn new(
        topic: &'t SessionSubject<'e>,
        state: &'t RubricState<'e>,
        start: Scoring,
        terminal: &'t mut dyn Terminal,
        desk: &'t mut dyn SessionHost,
    ) -> Self {
        let round = Round::new(state, topic.today, topic.scope, start);
        Self { stage: Stage { topic, state, round, help: Help::Hidden, notice: None }, terminal, desk }
    }

    pub(super) fn run(mut self) -> Result<Ending> {
        loop {
            let flow = match self.stage.round.step() {
                SessionStep::Overview => self.overview()?,
                SessionStep::Card(category) => self.card(category)?,
                SessionStep::Rest => self.rest()?,
                SessionStep::Summary => self.summary()?,
            };
            if let Flow::End(ending) = flow {
                return Ok(ending);
            }
        }
    }

    fn overview(&mut self) -> Result<Flow> {
        let stage = &self.stage;
        let key = press(self.terminal, |width| stage.overview_with_keys(width))?;
        let Some(key) = key else { return Ok(Flow::End(Ending::Interrupted)) };
        let stays = stage.overview(width(self.terminal));
        let count = stage.round.confirmable().len();
        let round = &mut self.stage.round;
        let is_offered = !round.offered().is_empty();
        match key {
            '\n' | ' ' if is_offered => round.begin(),
            'c' if count > 0 => round.confirm_everything(),
            'a' => round.begin_all(),
            'q' if round.has_said_anything() => round.finish(),
            'q' => return Ok(Flow::End(Ending::Left)),
            _ => return Ok(Flow::On),
        }
        self.terminal.settle(&stays)?;
        if key == 'c' {
            let said = self.stage.confirmed(count, width(self.terminal));
            self.terminal.settle(&said)?;
        }
        self.keep()
    }

    fn card(&mut self, category: CategoryIx) -> Result<Flow> {
        let stage = &self.stage;
        let key = press(self.terminal, |width| stage.card(category, width))?;
        let Some(key) = key else { return Ok(Flow::End(Ending::Interrupted)) };
        self.stage.notice = None;
        match key {
            'r' => self.judge(category, Choice::Colour(Colour::Red)),
            'a' if self.stage.state.rubric.category(category).amber.is_none() => {
                self.stage.notice = Some("There is no amber here: it is red or green.".to_owned());
                Ok(Flow::On)
            }
            'a' => self.judge(category, Choice::Colour(Colour::Amber)),
            'g' => self.judge(category, Choice::Colour(Colour::Green)),
            'n' => self.judge(category, Choice::NotApplicable),
            'k' => {
                self.stage.round.keep();
                self.answered(category)
            }
            'u' => self.undo(),
            'q' => {
                self.stage.round.finish();
                Ok(Flow::On)
            }
            '?' => {
                self.stage.help = match self.stage.help {
                    Help::Hidden => Help::Shown,
                    Help::Shown => Help::Hidden,
                };
                Ok(Flow::On)
            }
            _ => Ok(Flow::On),
        }
    }

    fn judge(&mut self, category: CategoryIx, choice: Choice) -> Result<Flow> {
        let standing = self.stage.state.standing(category);
        let because = match choice.reason(standing.status) {
            Reason::Needless => None,
            Reason::Welcome | Reason::Required => match self.ask_why(category, choice)? {
                Because::Given(because) => because,
                Because::Back => return Ok(Flow::On),
                Because::Ended => return Ok(Flow::End(Ending::Interrupted)),
            },
        };
        let evidence = match self.ask_evidence(category, choice)? {
            FormAnswer::Given(evidence) => Some(evidence).filter(|evidence| !evidence.is_empty()),
            FormAnswer::Ended => return Ok(Flow::On),
        };
        self.stage.round.judge(choice.verdict(because), evidence.into_iter().collect());
        self.answered(category)
    }

    /// Where a green can be seen, if the category wants that.
    fn ask_evidence(&mut self, category: CategoryIx, choice: Choice) -> Result<FormAnswer> {
        let standing = self.stage.state.standing(category);
        let need = self.stage.state.rubric.category(category).evidence;
        match (need, choice.status()) {
            (EvidenceNeed::Required, Status::Rated(Colour::Green)) => {}
            (EvidenceNeed::Required | EvidenceNeed::Optional, _) => {
                return Ok(FormAnswer::Given(String::new()));
            }
        }
        let question = FormQuestion {
            text: "Where it can be seen: a green of this category needs evidence",
            known: &[],
            answers: Answers::AnyOrNone,
            suggestion: standing.evidence().first().map_or("", String::as_str),
        };
        Ok(ask_line(&question, self.terminal)?)
    }

    fn ask_why(&mut self, category: CategoryIx, choice: Choice) -> Result<Because> {
        let standing = self.stage.state.standing(category);
        // A reason given for the same colour is likely to be given again, most of all one given just now.
        let entered = match self.stage.round.answer(category) {
            Some(Answer::Rated(score)) => Some(&score.verdict),
            Some(Answer::Confirmed | Answer::LeftOpen) | None => None,
        };
        let entered = entered.filter(|verdict| choice.verdict(None).agrees_with(verdict));
        let last = standing.because().filter(|_| standing.status == choice.status());
        let said_before = entered.map_or(last, Verdict::because);
        let mut line = LineInput::holding(said_before.unwrap_or_default());
        loop {
            let width = width(self.terminal);
            let (typed, cursor) = line.visible(width.saturating_sub(PROMPT.len()));
            let text = self.stage.card_asking_why(category, choice, &typed, width);
            self.terminal.show(&text, Cursor::Column(PROMPT.len() + cursor))?;
            let event = self.terminal.next()?;
            if event == Event::Resized {
                self.terminal.clear()?;
            }
            let because = match line.handle(event) {
                Typed::More => continue,
                Typed::Back => Because::Back,
                Typed::Ended => Because::Ended,
                Typed::Done(text)
                    if choice.reason(standing.status) == Reason::Required && !is_reason(&text) =>
                {
                    self.stage.notice =
                        Some("Say why, in words: \"not applicable\" needs a reason.".to_owned());
                    continue;
                }
                Typed::Done(text) => Because::Given(Some(text).filter(|text| !text.is_empty())),
            };
            self.stage.notice = None;
            return Ok(because);
        }
    }

    fn rest(&mut self) -> Result<Flow> {
        let stage = &self.stage;
        let key = press(self.terminal, |width| stage.rest(width))?;
        let Some(key) = key else { return Ok(Flow::End(Ending::Interrupted)) };
        let count = stage.round.confirmable().len();
        let stays = stage.confirmed(count, width(self.terminal));
        let round = &mut self.stage.round;
        match key {
            'y' => {
                round.confirm_everything();
                self.terminal.settle(&stays)?;
                self.keep()
            }
            'n' | 'q' => {
                round.finish();
                Ok(Flow::On)
            }
            'a' => {
                round.begin_rest();
                Ok(Flow::On)
            }
            'u' => self.undo(),
            _ => Ok(Flow::On),
        }
    }

    fn summary(&mut self) -> Result<Flow> {
        let scoring = self.stage.round.scoring_to_write();
        let mut shown_at = None;
        let said_anything = self.stage.round.has_said_anything();
        let mut preview = Preview::Text(String::new());
        loop {
            let width = width(self.terminal);
            if said_anything && shown_at != Some(width) {
                preview = self.desk.summary(&scoring, width)?;
                shown_at = Some(width);
            }
            self.terminal.show(&self.stage.summary(&preview, width), Cursor::Hidden)?;
            let key = match self.terminal.next()? {
                Event::Key(KeyPress::Interrupt | KeyPress::EndOfInput) | Event::Gone => {
                    return Ok(Flow::End(Ending::Interrupted));
                }
                Event::Key(KeyPress::Char(letter)) => letter.to_ascii_lowercase(),
                Event::Resized => {
                    self.terminal.clear()?;
                    continue;
                }
                Event::Key(_) | Event::Pasted(_) => continue,
            };
            let ending = match key {
                'y' if said_anything && matches!(preview, Preview::Text(_)) => Ending::Write(scoring),
                'q' => Ending::Left,
                'd' if said_anything => Ending::Discard,
                'u' => return self.undo(),
                _ => continue,
            };
            if let Preview::Text(text) = &preview {
                self.terminal.settle(text.trim_end())?;
            }
            return Ok(Flow::End(ending));
        }
    }

    fn undo(&mut self) -> Result<Flow> {
        if self.stage.round.undo().is_none() {
            return Ok(Flow::On);
        }
        self.terminal.settle("Taken back.")?;
        self.keep()
    }

    fn answered(&mut self, category: CategoryIx) -> Result<Flow> {
        let said = self.stage.answered(category, width(self.terminal));
        self.terminal.settle(&said)?;
        self.keep()
    }

    fn keep(&mut self) -> Result<Flow> {
        self.stage.help = Help::Hidden;
        self.desk.keep(&self.stage.round.scoring())?;
        Ok(Flow::On)
    }
}
