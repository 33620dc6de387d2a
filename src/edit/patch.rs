//! A change as a patch.

use std::path::Path;

use similar::TextDiff;

use crate::text::{sanitize, sanitize_lines};

/// A change in the unified format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// Its text, which acts on no terminal and no build server.
    pub text: String,
    /// Whether `git apply` makes this change of it.
    pub applies: Applies,
}

/// Whether a patch says exactly what changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applies {
    /// To the letter.
    Exactly,
    /// Not where characters had to be shown as others.
    OnlyToLookAt,
}

/// The change of a file in the unified format, as `git apply` takes it. Characters that could act on a terminal, and
/// commands to a build server, are shown as others.
#[must_use]
pub fn patch(shown_path: &str, old: &str, new: &str) -> Patch {
    let (from, to) = (quoted(&format!("a/{shown_path}")), quoted(&format!("b/{shown_path}")));
    harmless(&unified(&from, &to, old, new))
}

/// The change of a file that gets another path as well.
#[must_use]
pub fn rename_patch(from: &str, to: &str, old: &str, new: &str) -> Patch {
    let (a, b) = (quoted(&format!("a/{from}")), quoted(&format!("b/{to}")));
    let head = format!("diff --git {a} {b}\nrename from {}\nrename to {}\n", quoted(from), quoted(to));
    harmless(&(head + &unified(&a, &b, old, new)))
}

/// A file that isn't there yet, as a patch.
#[must_use]
pub fn new_file_patch(shown_path: &str, text: &str) -> Patch {
    let (a, b) = (quoted(&format!("a/{shown_path}")), quoted(&format!("b/{shown_path}")));
    let head = format!("diff --git {a} {b}\nnew file mode 100644\n");
    harmless(&(head + &unified("/dev/null", &b, "", text)))
}

fn unified(from: &str, to: &str, old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new).unified_diff().header(from, to).to_string()
}

fn harmless(patch: &str) -> Patch {
    let text = sanitize_lines(patch).into_owned();
    let applies = if text == patch { Applies::Exactly } else { Applies::OnlyToLookAt };
    Patch { text, applies }
}

/// How many folders a path leads up before it leads down.
#[must_use]
pub fn levels_up(path: &str) -> usize {
    path.split('/').take_while(|part| *part == "..").count()
}

/// A path as seen from `levels` folders further up; it leads up no further.
#[must_use]
pub fn seen_from_above(path: &str, folder: &Path, levels: usize) -> String {
    let up = levels_up(path);
    let folders: Vec<_> =
        folder.iter().rev().take(levels).skip(up).map(|name| name.to_string_lossy()).collect();
    let folders = folders.iter().rev().map(AsRef::as_ref);
    folders.chain(path.split('/').skip(up)).collect::<Vec<_>>().join("/")
}

/// A path as git writes it: in quotes, with octal numbers, where it holds what would end it or act on a terminal.
fn quoted(path: &str) -> String {
    if sanitize(path) == path {
        return path.to_owned();
    }
    let mut quoted = String::from('"');
    for letter in path.chars() {
        let letter = letter.to_string();
        if matches!(letter.as_str(), "\"" | "\\") {
            quoted.push_str(&format!("\\{letter}"));
        } else if sanitize(&letter) == letter {
            quoted.push_str(&letter);
        } else {
            letter.bytes().for_each(|byte| quoted.push_str(&format!("\\{byte:03o}")));
        }
    }
    quoted.push('"');
    quoted
}
