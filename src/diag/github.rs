//! Problems as workflow commands: `::error file=…,line=…,col=…,title=…::message`.

use std::io::{self, Write};

use super::{Problems, harmless, locate};
use crate::source::Sources;

pub(super) fn render(problems: &Problems, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    for problem in problems.iter() {
        write!(out, "::{} ", problem.severity().word())?;
        if let Some(label) = &problem.at {
            let (path, position) = locate(label.place, sources);
            write!(out, "file={},", property(&harmless(path)))?;
            if let Some((line, column)) = position {
                write!(out, "line={line},col={column},")?;
            }
        }
        let lines = std::iter::once(&problem.title).chain(&problem.help).map(|line| harmless(line));
        let message = lines.collect::<Vec<_>>().join("\nhelp: ");
        writeln!(out, "title={}::{}", problem.code, data(&message))?;
    }
    Ok(())
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
