//! Changes to service files that keep every byte outside the changed place: comments, blank lines, quotes, order,
//! indentation, line endings, byte-order mark.
//!
//! A change is text put in at a place that the parser names. The result is read again, and must say what the file
//! said before, plus the change, and nothing else, with every comment; otherwise there is no result. [`replace()`] then
//! puts it in the file's place, whole or not at all.

mod assessment;
mod commitment;
mod dated;
mod document;
mod fresh;
mod identity;
mod layout;
mod names;
mod new_service;
mod patch;
mod place;
mod replace;
mod result;
mod rubric_text;
mod together;

use std::fmt;

pub use assessment::{NewAssessment, add_assessment, assess};
pub use commitment::{NewAction, NewWaiver, add_action, finish_action, waive};
pub use identity::{
    IdentityChange, NewRetirement, PartialIdentity, change_identity, reinstate, rename, rename_provider,
    retire,
};
pub use names::{NewNames, is_device_name, refuse_new_name};
pub use new_service::{NewService, new_service};
pub use patch::{Applies, Patch, levels_up, new_file_patch, patch, rename_patch, seen_from_above};
pub use replace::{Replaced, create, put_private, replace};
pub use result::{NotWritten, write_result};
pub use rubric_text::rubric_text;
pub use together::{NewFile, Relocation, Rewrite, create_together, rewrite_together};

/// Why a text is not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditError {
    /// It can't be read.
    Unreadable,
    /// A list is written somewhere else and named by an alias.
    Alias,
    /// No place was found at which the change would say what it should and leave the rest alone: it touches what has a
    /// name (`&…`) under which it is repeated elsewhere, or stands beside an alias in brackets; or it would follow a block
    /// of text that keeps its blank lines (`|+`) and ends the file without a line end.
    NoPlace,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "it can't be read",
            Self::Alias => "a list in it is an alias (`*…`); write it out, and try again",
            Self::NoPlace => {
                "it is laid out in a way that can't be changed without touching something else; change it by hand"
            }
        })
    }
}
