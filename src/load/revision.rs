//! An estate as it was at a git revision.

use std::path::Path;

use super::commit::Commit;
use super::files::{Limit, SETTINGS_FILE};
use super::git::{GitError, Repository};
use super::loader::{Inputs, Loader};
use super::tree::CommitTree;
use super::{EstateDir, Loaded};

/// An estate to compare with.
#[derive(Debug)]
pub struct LoadedBase {
    /// It, with what was wrong with its files.
    pub loaded: Loaded,
    /// Which commit it is of, where that isn't the one that was named.
    pub notes: Vec<String>,
    /// Whether that commit is the one that is checked out.
    pub is_head: bool,
}

/// The remote branches that may be the default one, surest first.
const DEFAULT_BRANCHES: [&str; 3] = ["origin/HEAD", "origin/main", "origin/master"];

impl EstateDir {
    /// Loads the estate as it was at the merge base of what is checked out here and a revision. Paths are shown as
    /// `REVISION:path`. A catalog of which the commit holds nothing is read as it is here: answers of an API are seldom
    /// committed.
    ///
    /// # Errors
    /// When git can't say; the text says why and what to do, to finish the sentence "error: …".
    pub fn load_base(&self, revision: &str) -> Result<LoadedBase, GitError> {
        let repository = Repository::around(self.root())?;
        let (commit, history) = Commit::find_base(&repository, revision)?;
        refuse_other_settings(&commit, self.start(), self.root(), revision)?;
        let show = |path: &str| self.shown(&self.root().join(path));
        let tree = CommitTree::read(&commit, revision, &show)?;
        let mut loader = Loader::new();
        let settings = loader.settings(tree.settings()?);
        match tree.paths(&settings.catalog.files)? {
            none if none.is_empty() => self.add_catalog_from_disk(&mut loader, &settings),
            committed => loader.catalog(committed, &tree, &settings)?,
        }
        let rubrics = tree.matching(&settings.rubrics, Limit::Toml)?;
        let services = tree.matching(&settings.services, Limit::Service(settings.max_file_bytes))?;
        let slos = tree.matching(&settings.slos, Limit::Service(settings.max_file_bytes))?;
        let estate = loader.finish(settings, Inputs { rubrics, services, slos });
        Ok(LoadedBase { loaded: estate, notes: history.notes, is_head: history.is_head })
    }

    /// The default branch of the remote, as far as this clone knows it; `None` as well where git can't be asked.
    #[must_use]
    pub fn default_branch(&self) -> Option<&'static str> {
        let repository = Repository::around(self.root()).ok()?;
        let is_known = |branch: &&str| Commit::find(&repository, &format!("refs/remotes/{branch}")).is_ok();
        DEFAULT_BRANCHES.into_iter().find(is_known)
    }
}

/// With the settings of another folder, another policy would count unnoticed.
fn refuse_other_settings(
    commit: &Commit<'_>,
    start: &Path,
    root: &Path,
    revision: &str,
) -> Result<(), GitError> {
    let below = start.strip_prefix(root).unwrap_or(Path::new(""));
    let folder = Path::new(commit.repository.prefix()).join(below);
    for (steps, folder) in folder.ancestors().enumerate() {
        let settings = folder.join(SETTINGS_FILE).to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        if commit.entry(&settings)?.is_none() {
            continue;
        }
        if steps == below.components().count() {
            return Ok(());
        }
        return Err(format!(
            "at `{revision}` the settings of this folder are `{}{SETTINGS_FILE}`, and now they are others; move, add or \
             remove settings in a change by itself",
            "../".repeat(steps)
        ).into());
    }
    Ok(())
}
