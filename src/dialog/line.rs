//! A line of text being typed.
//!
//! Not a prompt of a library: the one that was tried takes Ctrl-D for Escape, so that the end of input would go back instead
//! of ending; types a `u` for Ctrl-U; and isn't drawn anew when the terminal changes its size.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::terminal::{Event, KeyPress};
use crate::text::sanitize;

/// Text, and where in it the cursor stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LineInput {
    before: String,
    /// What is behind the cursor.
    after: String,
}

/// What an event did to the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// Typing goes on.
    More,
    /// The line is done.
    Done(String),
    /// Back to the question before.
    Back,
    /// Nothing more is to come: Ctrl-C, Ctrl-D on an empty line, or nobody is there.
    Ended,
}

impl LineInput {
    /// A line that holds this already, with the cursor at its end.
    pub(super) fn holding(text: &str) -> Self {
        Self { before: text.to_owned(), after: String::new() }
    }

    pub(super) fn handle(&mut self, event: Event) -> Typed {
        match event {
            Event::Key(key) => return self.press(key),
            Event::Pasted(text) => self.before.extend(text.chars().map(printable)),
            Event::Resized => {}
            Event::Gone => return Typed::Ended,
        }
        Typed::More
    }

    fn press(&mut self, key: KeyPress) -> Typed {
        match key {
            KeyPress::Char(letter) => self.before.push(printable(letter)),
            KeyPress::Enter => {
                return Typed::Done(format!("{}{}", self.before, self.after).trim().to_owned());
            }
            KeyPress::Escape => return Typed::Back,
            KeyPress::Interrupt => return Typed::Ended,
            KeyPress::EndOfInput if self.before.is_empty() && self.after.is_empty() => return Typed::Ended,
            KeyPress::Backspace => {
                self.before.pop();
            }
            // In a line that holds something, Ctrl-D erases, as it does in a shell.
            KeyPress::Delete | KeyPress::EndOfInput => {
                self.after = self.after.chars().skip(1).collect();
            }
            KeyPress::Left => {
                if let Some(letter) = self.before.pop() {
                    self.after.insert(0, letter);
                }
            }
            KeyPress::Right => {
                let mut letters = self.after.chars();
                self.before.extend(letters.next());
                self.after = letters.collect();
            }
            KeyPress::Home => self.after.insert_str(0, &std::mem::take(&mut self.before)),
            KeyPress::End => self.before.push_str(&std::mem::take(&mut self.after)),
            KeyPress::EraseLine => self.before.clear(),
            KeyPress::EraseWord => {
                let kept = self.before.trim_end();
                let kept = kept.rfind(char::is_whitespace).map_or(0, |at| at + 1);
                self.before.truncate(kept);
            }
        }
        Typed::More
    }

    /// As much of the line around the cursor as fits into `width` columns, and the cursor's column in it. What it held
    /// before anybody typed may come from a file, so that no letter of it acts on the terminal.
    pub(super) fn visible(&self, width: usize) -> (String, usize) {
        let room = width.saturating_sub(1);
        let (before, after) = (harmless_letters(&self.before), harmless_letters(&self.after));
        let mut shown = &before[..];
        while shown.width() > room {
            let first = shown.chars().next().map_or(0, char::len_utf8);
            shown = &shown[first..];
        }
        let cursor = shown.width();
        let mut text = shown.to_owned();
        let mut used = cursor;
        for letter in after.chars() {
            used += letter.width().unwrap_or(0);
            if used > room {
                break;
            }
            text.push(letter);
        }
        (text, cursor)
    }
}

fn harmless_letters(text: &str) -> String {
    text.chars().map(|letter| sanitize(letter.encode_utf8(&mut [0; 4])).into_owned()).collect()
}

/// A reason is one line: a line break or a tab that was pasted becomes a space, and so does what can't be seen.
fn printable(letter: char) -> char {
    if letter.is_control() { ' ' } else { letter }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &mut LineInput, text: &str) {
        for letter in text.chars() {
            assert_eq!(line.handle(Event::Key(KeyPress::Char(letter))), Typed::More);
        }
    }

    fn press(line: &mut LineInput, keys: &[KeyPress]) -> Typed {
        keys.iter().map(|key| line.handle(Event::Key(*key))).last().expect("a key")
    }

    #[test]
    fn a_line_can_be_edited_anywhere() {
        let mut line = LineInput::default();
        typed(&mut line, "Two alarts");
        press(&mut line, &[KeyPress::Left, KeyPress::Left, KeyPress::Left, KeyPress::Backspace]);
        typed(&mut line, "e");
        press(&mut line, &[KeyPress::Home, KeyPress::Delete]);
        typed(&mut line, "t");
        assert_eq!(press(&mut line, &[KeyPress::End, KeyPress::Enter]), Typed::Done("two alerts".to_owned()));
    }

    #[test]
    fn control_keys_erase_and_never_type_a_letter() {
        let mut line = LineInput::holding("alerts page for nothing");
        press(&mut line, &[KeyPress::EraseWord]);
        assert_eq!(line.before, "alerts page for ");
        press(&mut line, &[KeyPress::EraseLine]);
        assert_eq!(line, LineInput::default());
    }

    #[test]
    fn end_of_input_ends_an_empty_line_and_erases_in_another() {
        let mut line = LineInput::holding("x");
        assert_eq!(press(&mut line, &[KeyPress::Home, KeyPress::EndOfInput]), Typed::More);
        assert_eq!(press(&mut line, &[KeyPress::EndOfInput]), Typed::Ended);
        assert_eq!(press(&mut line, &[KeyPress::Interrupt]), Typed::Ended);
        assert_eq!(line.handle(Event::Gone), Typed::Ended);
    }

    #[test]
    fn a_pasted_line_break_does_not_send() {
        let mut line = LineInput::default();
        assert_eq!(line.handle(Event::Pasted("one\ntwo\u{1b}[2J".to_owned())), Typed::More);
        assert_eq!(press(&mut line, &[KeyPress::Enter]), Typed::Done("one two [2J".to_owned()));
    }

    #[test]
    fn what_the_line_held_before_acts_on_no_terminal_and_stays_what_it_is() {
        let text = "a\u{1b}[2J\u{202e}b\u{9b}\u{7}c\nd\t\u{200b}";
        let mut line = LineInput::holding(text);
        assert_eq!(line.visible(40).0, "a␛[2J\u{fffd}b\u{fffd}␇c d \u{fffd}");
        press(&mut line, &[KeyPress::Home]);
        assert_eq!(line.visible(40), ("a␛[2J\u{fffd}b\u{fffd}␇c d \u{fffd}".to_owned(), 0));
        assert_eq!(press(&mut line, &[KeyPress::Enter]), Typed::Done(text.to_owned()));
    }

    #[test]
    fn a_long_line_is_shown_around_the_cursor() {
        let mut line = LineInput::holding("0123456789");
        assert_eq!(line.visible(6), ("56789".to_owned(), 5));
        press(&mut line, &[KeyPress::Home]);
        assert_eq!(line.visible(6), ("01234".to_owned(), 0));
        assert_eq!(LineInput::holding("抽選サイト").visible(6), ("イト".to_owned(), 4));
    }
}
