//! Commands to build servers, which obey what they read in a log: none may come out of a text.
//!
//! Which text each of them obeys, and where it is described:
//!
//! | server | obeys | described in |
//! |---|---|---|
//! | GitHub Actions | `::name …::` where a line begins with it, white space aside; `##[name]` anywhere | "Workflow commands for GitHub Actions", and `ActionCommand` of its runner |
//! | Azure Pipelines | `##vso[…]` anywhere; `##[group]` and the like | "Logging commands", "Formatting commands" |
//! | `TeamCity` | `##teamcity[…]` anywhere | "Service Messages" |
//! | GitLab | `section_start:` and `section_end:`, with a time and a name | "CI/CD job logs" |
//! | Buildkite | `--- `, `+++ `, `~~~ ` and `^^^ +++` where a line begins with it: `--- ` hides what follows until it is opened | "Managing log output" |
//! | Travis CI | `travis_fold:` and `travis_time:` | its build scripts |
//! | Cargo | `cargo:` where a line of a build script begins with it | "Build Scripts" |
//!
//! Bitbucket, `CircleCI`, Drone, `AppVeyor` and Jenkins obey no plain text; the escape sequences of some don't come out of a
//! text either, as `sanitize` says. GitHub compares as people do, by which letters without width don't count.

use std::io::{self, Write};

use unicode_width::UnicodeWidthChar;

/// What stands before the last letter of a command, so that it is none.
pub(super) const BREAK: char = '\u{fffd}';

/// Words that are commands with a colon behind them.
const WITH_COLON: [&str; 4] = ["section_start", "section_end", "travis_fold", "travis_time"];
/// A word that is a command with a colon behind it, where a line begins with it.
const CARGO: &str = "cargo";
/// Headings, with white space behind them, where a line begins with them.
const HEADINGS: [&str; 4] = ["---", "+++", "~~~", "^^^"];
/// What some programs end a line at, besides `\n` and `\r`.
const LINE_BREAKS: [char; 8] =
    ['\u{b}', '\u{c}', '\u{1c}', '\u{1d}', '\u{1e}', '\u{85}', '\u{2028}', '\u{2029}'];
/// As much of a line as is looked back at; the names of commands are shorter.
const TAIL: usize = 32;

/// Finds where in a text the last letter of a command's beginning stands.
#[derive(Clone, Debug, Default)]
pub(super) struct CommandScanner {
    line: LineStart,
    escape: Escape,
    /// The last visible letters of this line, in lower case.
    tail: String,
}

/// What a line has been so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum LineStart {
    #[default]
    Blank,
    /// A colon behind white space.
    Colon,
    Text,
}

/// Whether this is within an escape sequence, which a stream may take out again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Escape {
    #[default]
    Outside,
    Begun,
    Sequence,
}

impl CommandScanner {
    /// Whether a command's beginning is complete with this letter, the next one of the text.
    pub fn completes(&mut self, letter: char) -> bool {
        if self.is_styling(letter) {
            return false;
        }
        if matches!(letter, '\n' | '\r') {
            *self = Self::default();
            return false;
        }
        if LINE_BREAKS.contains(&letter) {
            self.line = LineStart::Blank;
        }
        let is_blank = letter.is_whitespace();
        if !is_blank && letter.width().is_none_or(|width| width == 0) {
            return false;
        }
        let is_command = match letter {
            ':' => {
                self.line == LineStart::Colon
                    || self.tail.trim_start() == CARGO
                    || WITH_COLON.iter().any(|word| self.tail.ends_with(word))
            }
            '[' => self.tail.trim_end_matches(|letter: char| letter.is_ascii_alphanumeric()).ends_with("##"),
            _ => false,
        };
        self.line = match (self.line, letter) {
            (LineStart::Blank, ':') => LineStart::Colon,
            (LineStart::Blank, _) if is_blank => LineStart::Blank,
            (LineStart::Blank | LineStart::Colon | LineStart::Text, _) => LineStart::Text,
        };
        if is_command {
            self.tail.clear();
        } else {
            self.remember(letter);
        }
        is_command
    }

    /// Whether the line so far and this letter, the next one, begin a heading, which may hide what follows.
    fn begins_heading(&self, letter: char) -> bool {
        let is_space = letter.is_whitespace() && !matches!(letter, '\n' | '\r');
        self.escape != Escape::Sequence && is_space && HEADINGS.contains(&self.tail.as_str())
    }

    fn remember(&mut self, letter: char) {
        if self.tail.len() >= 2 * TAIL {
            self.tail.drain(..TAIL);
        }
        // Only commands are looked for, and they are ASCII.
        self.tail.push(if letter.is_ascii() { letter.to_ascii_lowercase() } else { '?' });
    }

    fn is_styling(&mut self, letter: char) -> bool {
        let (escape, is_styling) = match self.escape {
            _ if letter == '\u{1b}' => (Escape::Begun, true),
            Escape::Begun if letter == '[' => (Escape::Sequence, true),
            Escape::Sequence if !letter.is_control() => {
                let is_last = ('@'..='~').contains(&letter);
                (if is_last { Escape::Outside } else { Escape::Sequence }, true)
            }
            Escape::Outside | Escape::Begun | Escape::Sequence => (Escape::Outside, false),
        };
        self.escape = escape;
        is_styling
    }
}

/// Which commands a stream may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Commands {
    /// None.
    Forbidden,
    /// None, but lines may begin as those of a patch do, which Buildkite takes for headings: otherwise it would not apply.
    Patch,
    /// Annotations: lines that begin with `::`, as the `github` formats write them on purpose. No others.
    Annotations,
}

/// A stream to what may be a build's log. A command to a build server in it is broken up by U+FFFD, wherever its text
/// came from and however lines were wrapped; everything else passes unchanged.
pub struct LogWriter<W: Write> {
    inner: W,
    commands: Commands,
    scanner: CommandScanner,
    /// The beginning of a letter whose other bytes are yet to come.
    pending: Vec<u8>,
}

impl<W: Write> LogWriter<W> {
    /// A stream that ends in `inner`.
    pub fn new(inner: W, commands: Commands) -> Self {
        Self { inner, commands, scanner: CommandScanner::default(), pending: Vec::new() }
    }

    /// What the stream ends in. Half a letter at the end is lost.
    pub fn into_inner(self) -> W {
        self.inner
    }

    fn write_text(&mut self, text: &str) -> io::Result<()> {
        let mut written = 0;
        for (at, letter) in text.char_indices() {
            let is_annotation =
                self.commands == Commands::Annotations && self.scanner.line == LineStart::Colon;
            let is_heading = self.commands != Commands::Patch && self.scanner.begins_heading(letter);
            if (self.scanner.completes(letter) && !is_annotation) || is_heading {
                self.inner.write_all(&text.as_bytes()[written..at])?;
                self.inner.write_all(BREAK.encode_utf8(&mut [0; 4]).as_bytes())?;
                written = at;
            }
        }
        self.inner.write_all(&text.as_bytes()[written..])
    }
}

impl<W: Write> Write for LogWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = std::mem::take(&mut self.pending);
        all.extend_from_slice(bytes);
        let mut rest = all.as_slice();
        while !rest.is_empty() {
            let (text, behind) = match str::from_utf8(rest) {
                Ok(text) => (text, &[][..]),
                Err(error) => {
                    let (valid, behind) = rest.split_at(error.valid_up_to());
                    let Some(wrong) = error.error_len() else {
                        self.pending = behind.to_vec();
                        return self
                            .write_text(str::from_utf8(valid).unwrap_or_default())
                            .map(|()| bytes.len());
                    };
                    self.write_text(str::from_utf8(valid).unwrap_or_default())?;
                    self.inner.write_all(&behind[..wrong])?;
                    ("", &behind[wrong..])
                }
            };
            self.write_text(text)?;
            rest = behind;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what is left of a text that is written in pieces of `piece` bytes.
    fn written(text: &str, commands: Commands, piece: usize) -> String {
        let mut log = LogWriter::new(Vec::new(), commands);
        for bytes in text.as_bytes().chunks(piece) {
            log.write_all(bytes).expect("a vector takes everything");
        }
        String::from_utf8(log.into_inner()).expect("text stays text")
    }

    #[track_caller]
    fn assert_written(text: &str, expected: &str) {
        for piece in [1, 2, 3, 1000] {
            assert_eq!(written(text, Commands::Forbidden, piece), expected, "in pieces of {piece}");
        }
    }

    #[test]
    fn every_command_is_broken_up() {
        for (command, expected) in [
            ("::error::x", ":\u{fffd}:error::x"),
            ("\u{a0}\t::add-mask::x", "\u{a0}\t:\u{fffd}:add-mask::x"),
            ("a\n  ::x y=1::z", "a\n  :\u{fffd}:x y=1::z"),
            ("a\r::x::", "a\r:\u{fffd}:x::"),
            ("\u{200d}:\u{301}::x::", "\u{200d}:\u{301}\u{fffd}::x::"),
            ("see ##[error]x", "see ##\u{fffd}[error]x"),
            ("see ###[x", "see ###\u{fffd}[x"),
            ("#\u{200c}#[x", "#\u{200c}#\u{fffd}[x"),
            ("é ##vso[task.setvariable]", "é ##vso\u{fffd}[task.setvariable]"),
            ("##TeamCity[x", "##TeamCity\u{fffd}[x"),
            ("##other[x", "##other\u{fffd}[x"),
            ("section_start:1:a", "section_start\u{fffd}:1:a"),
            ("x section_end:1:a", "x section_end\u{fffd}:1:a"),
            ("travis_fold:start:a", "travis_fold\u{fffd}:start:a"),
            ("a\u{2028}::x::", "a\u{2028}:\u{fffd}:x::"),
            ("a\u{85} ::x::", "a\u{85} :\u{fffd}:x::"),
            ("a\u{b}::x::", "a\u{b}:\u{fffd}:x::"),
            ("a\n  cargo::error=x", "a\n  cargo\u{fffd}::error=x"),
            ("--- x", "---\u{fffd} x"),
            ("a\n+++ x", "a\n+++\u{fffd} x"),
            ("a\r~~~\tx", "a\r~~~\u{fffd}\tx"),
            ("^^^ +++", "^^^\u{fffd} +++"),
        ] {
            assert_written(command, expected);
            assert_written(expected, expected);
        }
    }

    #[test]
    fn a_style_within_a_command_hides_nothing() {
        assert_written("\u{1b}[31m::error::x", "\u{1b}[31m:\u{fffd}:error::x");
        assert_written("##\u{1b}[0m[error]", "##\u{1b}[0m\u{fffd}[error]");
        assert_written(":\u{1b}[0m:error::", ":\u{1b}[0m\u{fffd}:error::");
        assert_written("\u{1b}::error::", "\u{1b}:\u{fffd}:error::");
        assert_written("\u{1b}[31m--- x", "\u{1b}[31m---\u{fffd} x");
        assert_written("---\u{1b}[0m x", "---\u{1b}[0m\u{fffd} x");
    }

    #[test]
    fn everything_else_passes_as_it_is() {
        for text in [
            "a ::b:: c\n: :\n## [x]\n# [y]\n#[z]\n##\n[x]\nsection_start\n:",
            "抽選サイト 🎁 é\u{1b}[1mbold\u{1b}[0m",
            " --- x\na --- x\n----\n---\n+++\n---x\n| --- | --- |\nthe cargo: x",
            "-##\n+[x]",
            "",
        ] {
            assert_written(text, text);
        }
        let mut log = LogWriter::new(Vec::new(), Commands::Forbidden);
        log.write_all(b"\xffPK\xc3\x28::\n::").expect("a vector takes everything");
        assert_eq!(log.into_inner(), b"\xffPK\xc3\x28::\n:\xef\xbf\xbd:");
    }

    #[test]
    fn a_patch_stays_one() {
        let text = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-##vso[x]\n";
        let expected = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-##vso\u{fffd}[x]\n";
        assert_eq!(written(text, Commands::Patch, 3), expected);
    }

    #[test]
    fn annotations_are_the_only_commands_where_they_are_written_on_purpose() {
        let text = "::error file=x::##[y] ##vso[z]\nsection_end:1:x\n";
        let expected = "::error file=x::##\u{fffd}[y] ##vso\u{fffd}[z]\nsection_end\u{fffd}:1:x\n";
        assert_eq!(written(text, Commands::Annotations, 2), expected);
    }
}
