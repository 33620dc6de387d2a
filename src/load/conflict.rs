//! Conflict markers that a merge left in a file.

use std::ops::Range;

use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Span};
use crate::text::plural;

/// Reports the conflicts of a file that nobody resolved: both ends of the first, and where the others begin. git writes
/// its markers at the start of a line, where no text of ours has them.
pub(super) fn find(text: &str, file: FileId) -> Option<Diagnostic> {
    let mut markers = markers(text);
    let (first, side) = markers.next()?;
    let rest: Vec<_> = markers.collect();
    let others = rest.iter().filter(|(_, side)| *side == Side::Begins).count();
    let span = |range: &Range<usize>| Span::new(file, range.clone());
    let title = match others {
        0 => "the file has an unresolved merge conflict".to_owned(),
        some => format!(
            "the file has {}",
            plural(1 + some, "unresolved merge conflict", "unresolved merge conflicts")
        ),
    };
    let problem = Diagnostic::new(Code::MergeConflict, title);
    let problem = match (side, rest.first()) {
        (Side::Begins, Some((end, Side::Ends))) => {
            problem.at(span(&first), "one side begins here").and(span(end), "the other side ends here")
        }
        (Side::Begins | Side::Ends, _) => problem.at(span(&first), "left over from a merge"),
    };
    let later = rest.iter().filter(|(_, side)| *side == Side::Begins);
    let problem = later.fold(problem, |problem, (range, _)| problem.and(span(range), "the next begins here"));
    let help = "keep the lines that are right, and delete those that begin with `<<<<<<<`, `|||||||`, `=======` or `>>>>>>>`";
    Some(problem.help(help))
}

/// Which end of a conflict a marker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Begins,
    Ends,
}

/// The markers at both ends of conflicts, in order.
fn markers(text: &str) -> impl Iterator<Item = (Range<usize>, Side)> {
    // Most files have none, and looking for one letter is quick.
    let candidates = text.match_indices(['<', '>']);
    candidates.filter_map(|(start, _)| {
        if start > 0 && text.as_bytes()[start - 1] != b'\n' {
            return None;
        }
        let line = text[start..].lines().next()?;
        let side = match line.as_bytes().split_at_checked(7)? {
            (b"<<<<<<<", [] | [b' ', ..]) => Side::Begins,
            (b">>>>>>>", [] | [b' ', ..]) => Side::Ends,
            _ => return None,
        };
        Some((start..start + line.len(), side))
    })
}
