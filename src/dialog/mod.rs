//! The interactive session at a terminal: asks for ratings, category by category. Never touches files: the answers are
//! handed to a [`SessionHost`], and the terminal is a [`Terminal`].
//!
//! What was answered and what comes next is `round`, which is pure; how a question looks is `card` and `overview`,
//! which are text; `talk` brings them to a terminal.

mod card;
mod form;
mod line;
mod overview;
mod round;
#[cfg(unix)]
mod signals;
mod stage;
mod talk;
mod terminal;
mod tty;
mod words;

use anyhow::{Context as _, Result};

use crate::eval::service_state_in;
use crate::model::{Date, Estate, Scoring, Service};
pub use form::{Answers, FormAnswer, FormQuestion, ask_line};
pub use talk::{Reply, ask};
pub use terminal::{Cursor, Event, KeyPress, Session, Size, Terminal};
pub use tty::Tty;

/// What is talked about.
#[derive(Clone, Copy, Debug)]
pub struct SessionSubject<'e> {
    pub estate: &'e Estate,
    pub service: &'e Service,
    /// The day that is judged.
    pub today: Date,
    /// How much is offered.
    pub scope: SessionScope,
}

/// How much of a service is offered without being asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionScope {
    /// What needs a look now.
    Urgent,
    /// Everything, what needs a look now first.
    All,
}

/// What the session needs from the command that starts it.
pub trait SessionHost {
    /// Keeps what was entered so far, so that it can be taken up again; called after every answer.
    ///
    /// # Errors
    /// When the conversation can't go on without it.
    fn keep(&mut self, scoring: &Scoring) -> Result<()>;

    /// Returns what writing this would change.
    ///
    /// # Errors
    /// When that can't be found out.
    fn summary(&mut self, scoring: &Scoring, width: usize) -> Result<Preview>;
}

/// What writing a scoring would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preview {
    /// Lines ready to print, perhaps styled.
    Text(String),
    /// The reason why it can't be written.
    Impossible(String),
}

/// How a conversation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// This is to be written.
    Write(Scoring),
    /// Nothing is to be written now; what was entered is kept for another time.
    Left,
    /// Nothing is to be written, and what was entered is forgotten.
    Discard,
    /// It was broken off by Ctrl-C or the end of input. Nothing is to be written, and what was entered is kept.
    Interrupted,
}

/// Asks how a service is, until there is something to write or no wish to.
///
/// # Errors
/// When the terminal or the desk fails, or there is no such rubric.
pub fn converse(
    topic: &SessionSubject<'_>,
    start: Scoring,
    terminal: &mut dyn Terminal,
    desk: &mut dyn SessionHost,
) -> Result<Ending> {
    let rubric = topic.estate.rubrics.get(&start.rubric);
    let rubric = rubric.with_context(|| format!("there is no rubric {}", start.rubric))?;
    let state = service_state_in(topic.estate, topic.service, topic.today, rubric);
    let mut session = Session::open(terminal).context("failed to open the terminal")?;
    talk::Talk::new(topic, &state, start, session.terminal(), desk).run()
}
