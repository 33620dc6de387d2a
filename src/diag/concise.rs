//! One problem a line, for editors and grep.

use std::io::{self, Write};

use super::{Problems, locate};
use crate::source::Sources;
use crate::text::sanitize;

pub(super) fn render(problems: &Problems, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    for problem in problems.iter() {
        if let Some(label) = &problem.at {
            let (path, position) = locate(label.place, sources);
            write!(out, "{}:", sanitize(path))?;
            if let Some((line, column)) = position {
                write!(out, "{line}:{column}:")?;
            }
            write!(out, " ")?;
        }
        let severity = problem.severity().word();
        writeln!(out, "{severity}[{}]: {}", problem.code, sanitize(&problem.title))?;
    }
    Ok(())
}
