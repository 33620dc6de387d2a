//! What a conversation asks of a terminal.

use std::io;

/// A key that was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPress {
    /// A letter, digit, sign or space.
    Char(char),
    Enter,
    Escape,
    /// Erases the letter to the left.
    Backspace,
    /// Erases the letter to the right.
    Delete,
    /// One letter to the left.
    Left,
    /// One letter to the right.
    Right,
    /// To the start of the line.
    Home,
    /// To the end of the line.
    End,
    /// Erases everything to the left: Ctrl-U.
    EraseLine,
    /// Erases the word to the left: Ctrl-W.
    EraseWord,
    Interrupt,
    /// Ctrl-D.
    EndOfInput,
}

/// What happened at a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A key was pressed.
    Key(KeyPress),
    /// Text was pasted: all of it is text, whatever keys it looks like.
    Pasted(String),
    /// It has another size now.
    Resized,
    /// Nobody is there any more.
    Gone,
}

/// How much fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub width: usize,
    pub height: usize,
}

/// Where the cursor stands behind a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// Nowhere to be seen: a single key is awaited.
    Hidden,
    /// At this column of the text's last line.
    Column(usize),
}

/// Somebody at a keyboard and a screen. Text may be styled; a terminal without colour leaves that out.
pub trait Terminal {
    /// Makes it tell of every key at once.
    ///
    /// # Errors
    /// When it can't.
    fn open(&mut self) -> io::Result<()>;

    /// Leaves it as it was found. What is shown stays. Does nothing if it isn't open.
    ///
    /// # Errors
    /// When it can't be written to.
    fn close(&mut self) -> io::Result<()>;

    /// Its size now.
    fn size(&self) -> Size;

    /// Shows lines in place of those shown last, below all that stays.
    ///
    /// # Errors
    /// When it can't be written to.
    fn show(&mut self, text: &str, cursor: Cursor) -> io::Result<()>;

    /// Puts lines that stay in place of those shown last.
    ///
    /// # Errors
    /// When it can't be written to.
    fn settle(&mut self, text: &str) -> io::Result<()>;

    /// Takes everything off the screen: after it changed its size, nobody knows where which line is.
    ///
    /// # Errors
    /// When it can't be written to.
    fn clear(&mut self) -> io::Result<()>;

    /// Waits until something happens.
    ///
    /// # Errors
    /// When it can't be read from.
    fn next(&mut self) -> io::Result<Event>;
}

/// A terminal that is open, until this is dropped, whatever happens meanwhile.
pub struct Session<'t>(&'t mut dyn Terminal);

impl<'t> Session<'t> {
    /// Opens a terminal.
    ///
    /// # Errors
    /// When it can't be opened.
    pub fn open(terminal: &'t mut dyn Terminal) -> io::Result<Self> {
        let session = Self(terminal);
        session.0.open()?;
        Ok(session)
    }

    /// The terminal.
    pub fn terminal(&mut self) -> &mut dyn Terminal {
        self.0
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        // Where it can't be written to, nobody sees what it looks like.
        let _ = self.0.close();
    }
}

/// Lines are no longer than this: longer ones are hard to read.
const WIDEST: usize = 120;

/// How long lines may be on a terminal.
pub(super) fn width(terminal: &dyn Terminal) -> usize {
    // A letter in the last column makes some terminals begin a new line, and others not.
    terminal.size().width.saturating_sub(1).min(WIDEST)
}
