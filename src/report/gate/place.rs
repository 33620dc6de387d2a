//! Where a finding is written.

use super::Compared;
use crate::eval::{FindingPlace, Turn};
use crate::source::{Sources, Span};

/// A place in a file of the working tree, or in one that was there.
pub(super) struct Location {
    pub path: String,
    /// `None` for a file as a whole.
    pub position: Option<(usize, usize)>,
}

pub(super) fn location(place: FindingPlace, compared: Compared<'_>) -> Option<Location> {
    match (place, compared.base) {
        (FindingPlace::Now(span), _) => Some(at(compared.now, span)),
        (FindingPlace::Base(span), Some((name, sources))) => {
            let path = without_revision(sources.file(span.file).path(), name);
            // The file isn't there any more, so no line of it is.
            Some(Location { path: path.to_owned(), position: None })
        }
        (FindingPlace::Base(_), None) => None,
        (FindingPlace::Settings, _) => Some(Location { path: compared.settings.to_owned(), position: None }),
    }
}

/// Where the judgement that put a red right is written.
pub(super) fn of_judgement(turn: &Turn<'_>, compared: Compared<'_>) -> Option<Location> {
    turn.now.and_then(|now| now.judged).map(|judged| at(compared.now, judged.judgement.span))
}

fn at(sources: &Sources, span: Span) -> Location {
    let position = sources.position(span);
    let path = sources.file(span.file).path().to_owned();
    Location { path, position: Some((position.line, position.column)) }
}

/// A path of the base as it is, or would be, in the working tree.
fn without_revision<'p>(path: &'p str, revision: &str) -> &'p str {
    path.strip_prefix(revision).and_then(|path| path.strip_prefix(':')).unwrap_or(path)
}
