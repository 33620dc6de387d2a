//! Conflict markers that a merge left in a file.

use std::ops::Range;

use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// Reports the conflicts of a file that nobody resolved: both ends of the first, and where the others begin.
pub(super) fn find(text: &str, file: FileId) -> Option<Diagnostic> {
    // Most files have none, and this finds out quickly.
    if !text.contains("<<<<<<<") {
        return None;
    }
    let conflicts = conflicts(text);
    let ((begins, ends), others) = conflicts.split_first()?;
    let span = |range: &Range<usize>| Span::new(file, range.clone());
    let title = match others.len() {
        0 => "the file has an unresolved merge conflict".to_owned(),
        some => format!("the file has {some} unresolved merge conflicts", some = some + 1),
    };
    let problem = Diagnostic::new(Code::MergeConflict, title);
    let problem =
        problem.at(span(begins), "one side begins here").and(span(ends), "the other side ends here");
    let problem =
        others.iter().fold(problem, |problem, (begins, _)| problem.and(span(begins), "the next begins here"));
    Some(problem.help(HELP))
}

/// Reports a marker of a conflict that was resolved in part. Only for a file that can't be parsed: a text may hold such a
/// line.
pub(super) fn find_left_over(text: &str, file: FileId) -> Option<Diagnostic> {
    let (range, _) = markers(text).next()?;
    let problem = Diagnostic::new(Code::MergeConflict, "the file has a conflict marker");
    Some(problem.at(Span::new(file, range), "left over from a merge").help(HELP))
}

const HELP: &str = "keep the lines that are right, and delete those that begin with `<<<<<<<`, `|||||||`, `=======` or `>>>>>>>`";

/// What a marker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marker {
    Begins,
    Base,
    Divides,
    Ends,
}

/// The first and the last line of each conflict.
fn conflicts(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let mut conflicts = Vec::new();
    let (mut begins, mut is_divided) = (None, false);
    for (range, marker) in markers(text) {
        match marker {
            Marker::Begins => (begins, is_divided) = (Some(range), false),
            Marker::Divides => is_divided = begins.is_some(),
            Marker::Ends if is_divided => {
                conflicts.extend(begins.take().map(|begins| (begins, range)));
                is_divided = false;
            }
            Marker::Base | Marker::Ends => {}
        }
    }
    conflicts
}

/// The lines that git writes around the sides of a conflict: seven signs at the start, and perhaps a name.
fn markers(text: &str) -> impl Iterator<Item = (Range<usize>, Marker)> {
    let candidates = text.match_indices(['<', '|', '=', '>']);
    candidates.filter_map(|(start, _)| {
        if start > 0 && text.as_bytes()[start - 1] != b'\n' {
            return None;
        }
        let line = text[start..].lines().next()?;
        let marker = match line.as_bytes().split_at_checked(7)? {
            (b"<<<<<<<", [] | [b' ', ..]) => Marker::Begins,
            (b"|||||||", [] | [b' ', ..]) => Marker::Base,
            (b"=======", []) => Marker::Divides,
            (b">>>>>>>", [] | [b' ', ..]) => Marker::Ends,
            _ => return None,
        };
        Some((start..start + line.len(), marker))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load_texts;

    fn codes(settings: Option<&str>, service: &str) -> Vec<Code> {
        load_texts(settings, &[], &[("cart.yaml", service)])
            .problems
            .iter()
            .map(|problem| problem.code)
            .collect()
    }

    const CART: &str = "service: cart\ndomain: shop\nplatform: web\ncriticality: low\n";

    #[test]
    fn each_conflict_has_a_beginning_a_middle_and_an_end() {
        let whole = "<<<<<<< HEAD\na\n||||||| base\nb\n=======\nc\n>>>>>>> x\n";
        assert_eq!(conflicts(whole), [(0..12, 40..49)]);
        assert_eq!(conflicts(&whole.replace('\n', "\r\n")).len(), 1);
        assert_eq!(conflicts(&format!("{whole}{whole}")).len(), 2);
        for part in
            ["<<<<<<< HEAD\na\n>>>>>>> x\n", "=======\n>>>>>>> x\n", " <<<<<<< a\n=======\n>>>>>>> b\n"]
        {
            assert_eq!(find(part, FileId::from_index(0)), None, "{part}");
        }
    }

    #[test]
    fn a_marker_that_is_left_is_recognised_where_the_file_can_not_be_parsed() {
        for marker in ["<<<<<<< HEAD", "||||||| 5d41402", "=======", ">>>>>>> main"] {
            assert_eq!(codes(None, &format!("{CART}{marker}\n")), [Code::MergeConflict], "{marker}");
            let settings = format!("[estate]\n{marker}\nname = \"Shop\"\n");
            assert_eq!(codes(Some(&settings), CART), [Code::MergeConflict], "{marker}");
        }
    }

    #[test]
    fn a_text_may_hold_a_line_like_a_marker() {
        let settings = "[estate]\nname = \"\"\"\n>>>>>>> Shop\n=======\"\"\"\n";
        assert_eq!(codes(Some(settings), CART), []);
    }
}
