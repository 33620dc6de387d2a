//! One problem a line, for editors and grep.

use std::io::{self, Write};

use super::{Problems, harmless, locate};
use crate::source::Sources;

pub(super) fn render(problems: &Problems, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    for problem in problems.iter() {
        if let Some(label) = &problem.at {
            let (path, position) = locate(label.place, sources);
            write!(out, "{}:", harmless(path))?;
            if let Some((line, column)) = position {
                write!(out, "{line}:{column}:")?;
            }
            write!(out, " ")?;
        }
        let severity = problem.severity().word();
        writeln!(out, "{severity}[{}]: {}", problem.code, harmless(&problem.title))?;
    }
    Ok(())
}
