//! Paths as they are shown, and where they lead.

use std::path::{Component, Path, PathBuf};

/// How paths are shown to the user: from one folder, wherever the estate's folder is.
#[derive(Clone, Debug, Default)]
pub(super) struct ShownPaths {
    /// The folder from which they are shown.
    from: PathBuf,
    /// The estate's folder.
    root: PathBuf,
}

impl ShownPaths {
    pub fn new(from: &Path, root: &Path) -> Self {
        Self { from: from.to_path_buf(), root: root.to_path_buf() }
    }

    /// The path of a file that is shown like this.
    pub fn path(&self, shown: &str) -> PathBuf {
        without_dots(&self.from.join(shown))
    }

    /// The path from the estate's folder of a file that is shown like this; the whole one if it lies elsewhere.
    pub fn within(&self, shown: &str) -> PathBuf {
        let path = self.path(shown);
        path.strip_prefix(&self.root).map(Path::to_path_buf).unwrap_or(path)
    }
}

/// A path without `.` and `..`, by what it says and not by where links lead, as a shell does it.
#[must_use]
pub fn without_dots(path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                whole.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => whole.push(part),
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_shown_from_a_folder_below_leads_to_the_estates_folder() {
        let paths = ShownPaths::new(Path::new("/estate/apps/cart"), Path::new("/estate"));
        assert_eq!(paths.within("reliability.yaml"), Path::new("apps/cart/reliability.yaml"));
        assert_eq!(paths.within("../../reliability.yaml"), Path::new("reliability.yaml"));
    }

    #[test]
    fn a_path_outside_of_the_estate_stays_whole() {
        let paths = ShownPaths::new(Path::new("/estate"), Path::new("/estate"));
        assert_eq!(paths.within("../other/a.yaml"), Path::new("/other/a.yaml"));
    }
}
