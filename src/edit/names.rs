//! Names of new files: what other file systems can't hold, or take for what is there already.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

/// Why a path shouldn't be made; `None` if every file system can tell it from what is there. Finishes the sentence
/// "error: …". What is there already is not asked about.
#[must_use]
pub fn refuse_new_name(path: &Path) -> Option<String> {
    NewNames::default().refuse(path)
}

/// Asks about many paths; what folders hold is read once.
#[derive(Debug, Default)]
pub struct NewNames {
    listed: HashMap<PathBuf, Vec<String>>,
}

impl NewNames {
    /// Why a path shouldn't be made, as [`refuse_new_name`] says.
    pub fn refuse(&mut self, path: &Path) -> Option<String> {
        let mut folder = PathBuf::new();
        for part in path.components() {
            let next = folder.join(part);
            if let Component::Normal(name) = part
                && next.symlink_metadata().is_err()
            {
                let name = name.to_string_lossy();
                let refused = reserved(&name).or_else(|| self.collision(&folder, &name));
                if let Some(why) = refused {
                    return Some(format!("`{name}` can't be the name of a new file or folder: {why}"));
                }
            }
            folder = next;
        }
        None
    }

    /// Why a name is taken in a folder: another one differs from it only in case or in how its letters are composed.
    fn collision(&mut self, folder: &Path, name: &str) -> Option<String> {
        let names = self.listed.entry(folder.to_owned()).or_insert_with(|| {
            let entries = folder.read_dir().into_iter().flatten().filter_map(Result::ok);
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
        });
        let is_same = |other: &&String| {
            if other.is_ascii() && name.is_ascii() {
                other.eq_ignore_ascii_case(name)
            } else {
                caseless::canonical_caseless_match_str(other, name)
            }
        };
        let other = names.iter().find(is_same)?;
        Some(format!("`{other}` is there, and some file systems take both for the same"))
    }
}

/// Why Windows can't hold a name.
fn reserved(name: &str) -> Option<String> {
    if is_device_name(name) {
        return Some("on Windows it is a device".to_owned());
    }
    let is_cut = name.ends_with(['.', ' ']);
    is_cut.then(|| "Windows leaves out a dot or space at the end".to_owned())
}

/// Whether Windows takes a file of this name for a device, whatever its extension.
#[must_use]
pub fn is_device_name(name: &str) -> bool {
    let stem = name.split(['.', ':']).next().unwrap_or_default().trim_end_matches(' ').to_ascii_lowercase();
    let is_port = |kind: &str| {
        let number = stem.strip_prefix(kind).unwrap_or_default();
        number.chars().count() == 1 && number.contains(|it: char| it.is_ascii_digit() || "¹²³".contains(it))
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "clock$" | "conin$" | "conout$")
        || is_port("com")
        || is_port("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_devices_whatever_their_case_and_extension() {
        for name in [
            "con",
            "CON.yaml",
            "aux.tar.gz",
            "nul.txt",
            "com1",
            "COM¹.md",
            "lpt9",
            "conin$",
            "prn .x",
            "con:a",
        ] {
            assert!(is_device_name(name), "{name}");
        }
        for name in ["console", "com", "com10", "comx", "null", "a.con", "lpt", "auxiliary.yaml"] {
            assert!(!is_device_name(name), "{name}");
        }
    }

    #[test]
    fn names_that_some_file_systems_take_for_the_same_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["checkout-api.yaml", "L\u{e4}den", "Stra\u{df}e"] {
            std::fs::create_dir(folder.path().join(name)).expect("made");
        }
        for path in [
            "Checkout-API.yaml",
            "la\u{308}den/x.yaml",
            "STRASSE/x",
            "checkout-api.yaml/nul.txt",
            "a./b",
            "a ",
        ] {
            assert!(refuse_new_name(&folder.path().join(path)).is_some(), "{path}");
        }
        for path in ["checkout-api.yaml", "L\u{e4}den/x.yaml", "checkout.yaml", "new/folder/x.yaml", "."] {
            assert_eq!(refuse_new_name(&folder.path().join(path)), None, "{path}");
        }
    }
}
