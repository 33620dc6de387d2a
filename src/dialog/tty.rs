//! The terminal that the program was started in. It is drawn on standard error: standard output is for results.

use std::io::{self, Stderr, Write};

use anstream::{AutoStream, ColorChoice, adapter::strip_str};
use crossterm::event::{self, EnableBracketedPaste, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal::{Clear, ClearType};
use crossterm::{cursor, queue, terminal};
use unicode_width::UnicodeWidthStr;

use super::signals;
use super::terminal::{Cursor, Event, KeyPress, Size, Terminal};

/// A terminal as crossterm knows it.
pub struct Tty {
    out: Stderr,
    styles: Styles,
    phase: Phase,
    /// Rows that the text shown last takes up, and that may be overwritten; the cursor is in the last of them.
    rows: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Styles {
    Shown,
    LeftOut,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Open,
    Closed,
}

impl Tty {
    /// The terminal on standard input and standard error, with colour as the user chose.
    #[must_use]
    pub fn new(colour: ColorChoice) -> Self {
        let out = io::stderr();
        let choice = match colour {
            ColorChoice::Auto => AutoStream::choice(&out),
            ColorChoice::AlwaysAnsi | ColorChoice::Always | ColorChoice::Never => colour,
        };
        let styles = if choice == ColorChoice::Never { Styles::LeftOut } else { Styles::Shown };
        Self { out, styles, phase: Phase::Closed, rows: 0 }
    }

    /// Goes back to the first of the rows shown last, and takes them away.
    fn take_away(&mut self) -> io::Result<()> {
        let up = self.rows.saturating_sub(1).min(self.size().height.saturating_sub(1));
        self.rows = 0;
        queue!(self.out, cursor::MoveToColumn(0))?;
        if up > 0 {
            queue!(self.out, cursor::MoveUp(u16::try_from(up).unwrap_or(u16::MAX)))?;
        }
        queue!(self.out, Clear(ClearType::FromCursorDown))
    }

    /// Writes lines as a raw terminal wants them, the last one left open.
    fn write(&mut self, text: &str) -> io::Result<()> {
        let text = match self.styles {
            Styles::Shown => text.to_owned(),
            Styles::LeftOut => strip_str(text).to_string(),
        };
        self.out.write_all(text.replace('\n', "\r\n").as_bytes())
    }
}

impl Terminal for Tty {
    fn open(&mut self) -> io::Result<()> {
        if self.phase == Phase::Closed {
            self.phase = Phase::Open;
            #[cfg(unix)]
            signals::restore_on_termination()?;
            terminal::enable_raw_mode()?;
            queue!(self.out, EnableBracketedPaste, cursor::Hide)?;
            self.out.flush()?;
        }
        Ok(())
    }

    fn close(&mut self) -> io::Result<()> {
        if self.phase == Phase::Closed {
            return Ok(());
        }
        self.phase = Phase::Closed;
        let below = if self.rows > 0 { "\r\n" } else { "" };
        self.rows = 0;
        let shown = self.out.write_all(below.as_bytes()).and_then(|()| signals::restore(&mut self.out));
        // Even if nothing can be written any more.
        terminal::disable_raw_mode().and(shown)
    }

    fn size(&self) -> Size {
        // Some terminals don't know their size, and say 0.
        let known = terminal::size().ok().filter(|(width, height)| *width > 0 && *height > 0);
        let (width, height) = known.unwrap_or((80, 24));
        Size { width: usize::from(width), height: usize::from(height) }
    }

    fn show(&mut self, text: &str, cursor: Cursor) -> io::Result<()> {
        let Size { width, height } = self.size();
        let rows = |line: &str| strip_str(line).to_string().width().div_ceil(width).max(1);
        let mut lines: Vec<_> = text.split('\n').collect();
        // What doesn't fit scrolls off the screen once, and not with every key that is typed below it.
        if self.rows > 0 {
            let mut room = height;
            let fits = |line: &&&str| {
                room = room.saturating_sub(rows(line));
                room > 0
            };
            let fitting = lines.iter().rev().take_while(fits).count();
            lines.drain(..lines.len() - fitting);
        }
        queue!(self.out, cursor::Hide)?;
        self.take_away()?;
        self.write(&lines.join("\n"))?;
        self.rows = lines.iter().map(|line| rows(line)).sum();
        if let Cursor::Column(column) = cursor {
            let column = u16::try_from(column).unwrap_or(u16::MAX);
            queue!(self.out, cursor::MoveToColumn(column), cursor::Show)?;
        }
        self.out.flush()
    }

    fn settle(&mut self, text: &str) -> io::Result<()> {
        self.take_away()?;
        self.write(&format!("{text}\n"))?;
        self.out.flush()
    }

    fn clear(&mut self) -> io::Result<()> {
        self.rows = 0;
        queue!(self.out, Clear(ClearType::All), cursor::MoveTo(0, 0))?;
        self.out.flush()
    }

    fn next(&mut self) -> io::Result<Event> {
        loop {
            // What can't be read any more has nobody in front of it.
            let Ok(event) = event::read() else { return Ok(Event::Gone) };
            match event {
                event::Event::Key(event) if event.kind != KeyEventKind::Release => {
                    if let Some(key) = key(event) {
                        return Ok(Event::Key(key));
                    }
                }
                event::Event::Paste(text) => return Ok(Event::Pasted(text)),
                event::Event::Resize(..) => return Ok(Event::Resized),
                event::Event::Key(_)
                | event::Event::FocusGained
                | event::Event::FocusLost
                | event::Event::Mouse(_) => {}
            }
        }
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        // Where it can't be written to, nobody sees what it looks like.
        let _ = self.close();
    }
}

fn key(event: KeyEvent) -> Option<KeyPress> {
    if event.modifiers.contains(KeyModifiers::CONTROL) {
        let KeyCode::Char(letter) = event.code else { return None };
        return match letter.to_ascii_lowercase() {
            'c' => Some(KeyPress::Interrupt),
            'd' => Some(KeyPress::EndOfInput),
            'u' => Some(KeyPress::EraseLine),
            'w' => Some(KeyPress::EraseWord),
            'a' => Some(KeyPress::Home),
            'e' => Some(KeyPress::End),
            'h' => Some(KeyPress::Backspace),
            'j' | 'm' => Some(KeyPress::Enter),
            _ => None,
        };
    }
    if event.modifiers.contains(KeyModifiers::ALT) {
        return None;
    }
    let plain = [
        (KeyCode::Enter, KeyPress::Enter),
        (KeyCode::Esc, KeyPress::Escape),
        (KeyCode::Backspace, KeyPress::Backspace),
        (KeyCode::Delete, KeyPress::Delete),
        (KeyCode::Left, KeyPress::Left),
        (KeyCode::Right, KeyPress::Right),
        (KeyCode::Home, KeyPress::Home),
        (KeyCode::End, KeyPress::End),
    ];
    if let KeyCode::Char(letter) = event.code {
        return Some(KeyPress::Char(letter));
    }
    plain.into_iter().find_map(|(code, key)| (code == event.code).then_some(key))
}
