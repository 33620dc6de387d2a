//! Changes to service files that keep every byte outside the changed place: comments, blank lines, quotes, order,
//! indentation, line endings, byte-order mark.
//!
//! A change is text put in at a place that the parser names. The result is read again, and must say what the file
//! said before and the change, and nothing else; otherwise there is no result. [`replace()`] then puts it in the file's
//! place, whole or not at all.

mod assessment;
mod block;
mod patch;
mod replace;

pub use assessment::{NewAssessment, Refusal, add_assessment};
pub use patch::{levels_up, patch, seen_from_above};
pub use replace::replace;
