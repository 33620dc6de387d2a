//! Where a finding is written.

use super::Compared;
use crate::diag::render::Location;
use crate::eval::{FindingPlace, Transition};
use crate::source::{Sources, Span};

pub(super) fn location(place: FindingPlace, compared: Compared<'_>) -> Option<Location> {
    match (place, compared.base) {
        (FindingPlace::Now(span), _) => Some(at(compared.now, span)),
        (FindingPlace::Base(span), Some((name, sources))) => {
            let path = without_revision(sources.file(span.file).path(), name);
            // The file isn't there any more, so no line of it is.
            Some(whole_file(path))
        }
        (FindingPlace::Base(_), None) => None,
        (FindingPlace::Settings, _) => Some(whole_file(compared.settings)),
    }
}

/// Where the judgement that put a red right is written.
pub(super) fn of_judgement(turn: &Transition<'_>, compared: Compared<'_>) -> Option<Location> {
    turn.now.and_then(|now| now.judged).map(|judged| at(compared.now, judged.judgement.span))
}

fn at(sources: &Sources, span: Span) -> Location {
    let position = sources.position(span);
    let path = sources.file(span.file).path().to_owned();
    Location { path, position: Some((position.line, position.column)), text: String::new() }
}

fn whole_file(path: &str) -> Location {
    Location { path: path.to_owned(), position: None, text: String::new() }
}

/// A path of the base as it is, or would be, in the working tree.
fn without_revision<'p>(path: &'p str, revision: &str) -> &'p str {
    path.strip_prefix(revision).and_then(|path| path.strip_prefix(':')).unwrap_or(path)
}
