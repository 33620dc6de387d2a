//! An estate as it was at a git revision.

use std::collections::BTreeMap;
use std::path::Path;

use super::files::{self, Input, Limit, SETTINGS_FILE};
use super::git::{Blob, Entry, Revision};
use super::loader::{Inputs, Loader};
use super::{Loaded, Request};

/// Links that lead to links are followed so often.
const MAX_HOPS: usize = 8;
/// Links may add so many files; those that lead in circles would multiply them without end.
const MAX_LINKED: usize = 100_000;

/// Loads the estate around `request.start` as it was at the base of a revision: the commit at which what is checked
/// out here and that revision's line parted. Paths are shown as `REVISION:path`.
///
/// # Errors
/// When git can't say; the text says why and what to do, to finish the sentence "error: …".
pub fn load_base(request: Request<'_>, revision: &str) -> Result<Loaded, String> {
    let (root, _) = files::find_estate(request.start);
    let commit = Revision::find_base(&root, revision)?;
    // With the settings of another folder, another policy would count, and nobody would know.
    if let Some(steps) = commit.nearest(SETTINGS_FILE, request.start)?
        && request.start.ancestors().nth(steps) != Some(&root)
    {
        return Err(format!(
            "at `{revision}` the settings of this folder are `{}{SETTINGS_FILE}`, and now they are others; move, add \
             or remove settings in a change by itself",
            "../".repeat(steps)
        ));
    }
    let show = |path: &str| request.shown(&root.join(path));
    let tree = Tree::read(&commit, revision, &show)?;
    let mut loader = Loader::new();
    let settings = loader.settings(tree.inputs(|path| path == SETTINGS_FILE, Limit::Toml)?.pop());
    let rubrics = tree.matching(&settings.rubrics, Limit::Toml)?;
    let services = tree.matching(&settings.services, Limit::Service(settings.max_file_bytes))?;
    let slos = tree.matching(&settings.slos, Limit::Service(settings.max_file_bytes))?;
    Ok(loader.finish(settings, Inputs { rubrics, services, slos }))
}

/// The files of a commit, below a folder.
struct Tree<'a> {
    commit: &'a Revision<'a>,
    /// What the user called the commit.
    name: &'a str,
    /// By path; what symbolic links lead to is here under the link's name.
    files: BTreeMap<String, String>,
    submodules: Vec<String>,
    /// How the path of a file of the working tree is shown.
    show: &'a dyn Fn(&str) -> String,
}

impl<'a> Tree<'a> {
    fn read(
        commit: &'a Revision<'a>,
        name: &'a str,
        show: &'a dyn Fn(&str) -> String,
    ) -> Result<Self, String> {
        let mut tree = Self { commit, name, files: BTreeMap::new(), submodules: Vec::new(), show };
        let mut links = Vec::new();
        for (path, entry) in commit.entries()? {
            match entry {
                Entry::File(id) => drop(tree.files.insert(path, id)),
                Entry::Link(id) => links.push((path, id)),
                Entry::Submodule => tree.submodules.push(path),
            }
        }
        let ids: Vec<_> = links.iter().map(|(_, id)| id.as_str()).collect();
        let targets = commit.read_all(&ids, u64::from(u16::MAX))?;
        let links: Vec<_> = links
            .iter()
            .zip(targets)
            .filter_map(|((path, _), target)| Some((path.as_str(), target_of(path, &target)?)))
            .collect();
        let most = tree.files.len() + MAX_LINKED;
        for _ in 0..MAX_HOPS {
            let before = tree.files.len();
            for (path, target) in &links {
                tree.follow(path, target);
                if tree.files.len() > most {
                    return Err(format!(
                        "the symbolic links of the revision `{name}` lead to more than {MAX_LINKED} files; do they lead \
                         in circles? the last one followed was `{path}`"
                    ));
                }
            }
            if tree.files.len() == before {
                break;
            }
        }
        Ok(tree)
    }

    /// Adds what a link leads to, be it a file or a folder, under the link's name.
    fn follow(&mut self, link: &str, target: &str) {
        let folder = format!("{target}/");
        let beneath = self.files.range(folder.clone()..).take_while(|(path, _)| path.starts_with(&folder));
        let beneath = beneath.map(|(path, id)| (format!("{link}/{}", &path[folder.len()..]), id.clone()));
        let file = self.files.get(target).map(|id| (link.to_owned(), id.clone()));
        let found: Vec<_> = beneath.chain(file).collect();
        // A link into the folder that holds it has no end.
        if !link.starts_with(&folder) {
            self.files.extend(found);
        }
    }

    fn matching(&self, globs: &[String], limit: Limit) -> Result<Vec<Input>, String> {
        for glob in globs {
            let folder = files::literal_folder(glob);
            let concerns = |path: &&String| Path::new(path).starts_with(&folder) || folder.starts_with(path);
            if let Some(path) = self.submodules.iter().find(concerns) {
                return Err(format!(
                    "`{path}` is a submodule, and what is in it is not part of the revision `{}`",
                    self.name
                ));
            }
        }
        let set = files::glob_set(globs).map_err(|error| format!("the globs can't be used: {error}"))?;
        self.inputs(|path| set.is_match(path), limit)
    }

    fn inputs(&self, wanted: impl Fn(&str) -> bool, limit: Limit) -> Result<Vec<Input>, String> {
        let (paths, ids): (Vec<_>, Vec<_>) =
            self.files.iter().filter(|(path, _)| wanted(path)).map(|(path, id)| (path, id.as_str())).unzip();
        let blobs = self.commit.read_all(&ids, limit.bytes())?;
        let input = |(path, blob): (&String, Blob)| {
            let shown = format!("{}:{}", self.name, (self.show)(path));
            match blob {
                Blob::Bytes(bytes) => Input::Bytes { path: path.into(), shown, bytes },
                Blob::TooLarge(size) => Input::TooLarge { path: path.into(), shown, size },
            }
        };
        Ok(paths.into_iter().zip(blobs).map(input).collect())
    }
}

/// Where a link leads, as a path from the folder; `None` if out of it.
fn target_of(link: &str, target: &Blob) -> Option<String> {
    let Blob::Bytes(target) = target else { return None };
    let target = String::from_utf8_lossy(target);
    if target.starts_with('/') {
        return None;
    }
    let mut parts: Vec<_> = link.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_a_path_from_the_folder_or_nowhere() {
        let leads = |link, target: &str| target_of(link, &Blob::Bytes(target.as_bytes().to_vec()));
        assert_eq!(leads("services/a.yaml", "../shared/./a.yaml").as_deref(), Some("shared/a.yaml"));
        assert_eq!(leads("services/a.yaml", "b.yaml").as_deref(), Some("services/b.yaml"));
        assert_eq!(leads("services/a.yaml", "../../a.yaml"), None);
        assert_eq!(leads("services/a.yaml", "/etc/passwd"), None);
    }
}
