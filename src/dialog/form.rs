//! A question that is answered with a line of text.

use std::io;

use super::line::{LineInput, Typed};
use super::stage::PROMPT;
use super::terminal::{Cursor, Event, Terminal, width};
use crate::report::glyph::{self, styled};
use crate::text::{sanitize, wrap};

/// A question, and what is known of its answers.
#[derive(Clone, Copy, Debug)]
pub struct FormQuestion<'q> {
    /// What is asked: "The platform or team that owns it".
    pub text: &'q str,
    /// Answers that are likely.
    pub known: &'q [&'q str],
    /// Which answers are taken.
    pub answers: Answers,
    /// What is in the line before anybody types.
    pub suggestion: &'q str,
}

/// Which answers are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// One of those known, or the start of only one of them.
    Known,
    /// Any text.
    Any,
    /// Any text, or none.
    AnyOrNone,
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormAnswer {
    /// This was answered; empty only where that is taken.
    Given(String),
    /// Esc, Ctrl-C, or the end of input.
    Ended,
}

impl FormQuestion<'_> {
    /// The answer that a line means or, as the error, a message to the user.
    fn read(&self, line: &str) -> Result<String, String> {
        match self.answers {
            Answers::Any if line.is_empty() => Err("This has to be known.".to_owned()),
            Answers::Any | Answers::AnyOrNone => Ok(line.to_owned()),
            Answers::Known => {
                let whole = self.known.iter().find(|known| **known == line);
                let mut begun = self.known.iter().filter(|known| !line.is_empty() && known.starts_with(line));
                let begun = begun.next().filter(|_| begun.next().is_none());
                let found = whole.or(begun).map(ToString::to_string);
                found.ok_or_else(|| format!("`{line}` is none of those, nor the start of only one."))
            }
        }
    }

    fn draw(&self, notice: Option<&str>, typed: &str, width: usize) -> String {
        let mut text = styled(glyph::HEADING, self.text);
        if self.answers == Answers::AnyOrNone {
            text.push_str("  [Enter] leave it out");
        }
        if !self.known.is_empty() {
            text.push_str(&format!("\n{}", sanitize(&self.known.join(", "))));
        }
        if let Some(notice) = notice {
            text.push_str(&format!("\n{}", sanitize(notice)));
        }
        let text: Vec<_> = text.lines().map(|line| wrap(line, width, "  ")).collect();
        format!("{}\n{PROMPT}{typed}", text.join("\n"))
    }
}

/// Asks a question until it is answered or left. The terminal is open.
///
/// # Errors
/// When the terminal fails.
pub fn ask_line(question: &FormQuestion<'_>, terminal: &mut dyn Terminal) -> io::Result<FormAnswer> {
    let mut line = LineInput::holding(question.suggestion);
    let mut notice: Option<String> = None;
    loop {
        let width = width(terminal);
        let (typed, column) = line.visible(width.saturating_sub(PROMPT.len()));
        let text = question.draw(notice.as_deref(), &typed, width);
        terminal.show(&text, Cursor::Column(PROMPT.len() + column))?;
        let event = terminal.next()?;
        if event == Event::Resized {
            terminal.clear()?;
        }
        match line.handle(event) {
            Typed::More => {}
            Typed::Back | Typed::Ended => return Ok(FormAnswer::Ended),
            Typed::Done(text) => match question.read(&text) {
                Ok(answer) => {
                    let said = if answer.is_empty() { "–" } else { &answer };
                    let said = format!("{}: {}", question.text, sanitize(said));
                    terminal.settle(&wrap(&said, width, "  "))?;
                    return Ok(FormAnswer::Given(answer));
                }
                Err(why) => notice = Some(why),
            },
        }
    }
}
