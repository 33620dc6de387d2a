//! Problems as workflow commands: `::error file=…,line=…,col=…,title=…::message`.

use std::io::{self, Write};

use super::{Problems, locate};
use crate::source::Sources;
use crate::text::sanitize;

pub(super) fn render(problems: &Problems, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    for problem in problems.iter() {
        let help = problem.help.iter().map(|help| format!("help: {help}"));
        let lines = std::iter::once(problem.title.clone()).chain(help).collect();
        let at = problem.at.as_ref().map(|label| locate(label.place, sources));
        let (level, title) = (problem.severity().word(), problem.code.name());
        Annotation { level, at, title, lines }.write(out)?;
    }
    Ok(())
}

/// A workflow command that a code host shows at a place.
pub(crate) struct Annotation<'a> {
    /// `error`, `warning` or `notice`.
    pub level: &'static str,
    /// A path; and line and column if it isn't the whole file that is meant.
    pub at: Option<(&'a str, Option<(usize, usize)>)>,
    /// What stands above the message.
    pub title: &'a str,
    /// The message.
    pub lines: Vec<String>,
}

impl Annotation<'_> {
    /// Writes it as one line of output, whatever its texts hold.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "::{} ", self.level)?;
        if let Some((path, position)) = self.at {
            write!(out, "file={},", property(&sanitize(path)))?;
            if let Some((line, column)) = position {
                write!(out, "line={line},col={column},")?;
            }
        }
        let lines: Vec<_> = self.lines.iter().map(|line| sanitize(line)).collect();
        writeln!(out, "title={}::{}", property(&sanitize(self.title)), data(&lines.join("\n")))
    }
}

/// A message: what would end the line is escaped, so that no text can begin a command of its own.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value: also what would end the property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_a_file_cannot_begin_a_command() {
        assert_eq!(data("50%\n::error::forged\r"), "50%25%0A::error::forged%0D");
        assert_eq!(property("a,b:c"), "a%2Cb%3Ac");
    }
}
