//! A change as a patch.

use similar::TextDiff;

use crate::diag::harmless_lines;

/// The change of a file in the unified format, as `git apply` takes it. Characters that could act on a terminal are
/// shown as others.
#[must_use]
pub fn patch(shown_path: &str, old: &str, new: &str) -> String {
    let (from, to) = (format!("a/{shown_path}"), format!("b/{shown_path}"));
    let patch = TextDiff::from_lines(old, new).unified_diff().header(&from, &to).to_string();
    harmless_lines(&patch).into_owned()
}
