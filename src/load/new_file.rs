//! Where the file of a new service may lie.

use std::path::{Path, PathBuf};

use super::globs::{Globs, is_literal, literal_folder};
use super::place::EstateDir;
use crate::model::{IdFrom, ServiceId, Settings};

/// Where an estate looks for service files.
pub struct ServicePlaces<'e> {
    estate: &'e EstateDir,
    settings: &'e Settings,
    /// `None` if they can't be used.
    globs: Option<Globs>,
}

impl EstateDir {
    /// Where the estate looks for service files.
    #[must_use]
    pub fn service_places<'e>(&'e self, settings: &'e Settings) -> ServicePlaces<'e> {
        ServicePlaces { estate: self, settings, globs: Globs::new(&settings.services).ok() }
    }
}

impl ServicePlaces<'_> {
    /// The paths at which the estate would find the file of a new service, best first. It looks like most of the
    /// files `beside`, which are given as they are shown, or as the globs say.
    #[must_use]
    pub fn for_new(&self, id: &ServiceId, beside: &[&str]) -> Vec<PathBuf> {
        let Some(globs) = &self.globs else { return Vec::new() };
        let shown = self.estate.shown_paths();
        let beside: Vec<_> = beside.iter().map(|path| shown.within(path)).collect();
        let paths = new_file_paths(self.settings, globs, id, &beside).into_iter();
        paths.map(|path| self.estate.root().join(path)).collect()
    }

    /// Whether a path is one of them.
    #[must_use]
    pub fn include(&self, path: &Path) -> bool {
        let within = path.strip_prefix(self.estate.root());
        within.is_ok_and(|path| self.globs.as_ref().is_some_and(|globs| globs.is_match(path)))
    }
}

/// The paths from the estate's folder at which its globs find a file and take it for that of the service, best first: where
/// most look like the files `beside`, then what the globs say.
fn new_file_paths(settings: &Settings, globs: &Globs, id: &ServiceId, beside: &[PathBuf]) -> Vec<PathBuf> {
    let id = id.as_str();
    let mut counts: Vec<(PathBuf, usize)> = Vec::new();
    for file in beside {
        let mut alike = paths_like(file, id);
        alike.dedup();
        for path in alike {
            match counts.iter_mut().find(|(known, _)| *known == path) {
                Some((_, count)) => *count += 1,
                None => counts.push((path, 1)),
            }
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let of_globs = settings.services.iter().flat_map(|glob| paths_of_glob(glob, id));
    let paths = counts.into_iter().map(|(path, _)| path).chain(of_globs);
    let is_its = |path: &Path| settings.id_from.id_of(path).is_none_or(|of_path| of_path == id);
    let mut paths: Vec<_> = paths.filter(|path| globs.is_match(path) && is_its(path)).collect();
    if settings.id_from == IdFrom::Folder {
        // A folder of its own says more than a place at the top, where any id may be.
        paths.sort_by_key(|path| settings.id_from.id_of(path).is_none());
    }
    paths
}

/// In the folder of another service's file, or in a folder beside that folder.
fn paths_like(file: &Path, id: &str) -> Vec<PathBuf> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let after_stem = name.find('.').map_or("", |dot| &name[dot..]);
    let folders = file.parent().and_then(Path::parent).unwrap_or(Path::new(""));
    vec![
        file.with_file_name(format!("{id}{after_stem}")),
        file.with_file_name(format!("{id}.yaml")),
        folders.join(id).join(&*name),
    ]
}

/// In the folder where the search with a glob begins, by the name that the glob asks for.
fn paths_of_glob(glob: &str, id: &str) -> Vec<PathBuf> {
    let folder = literal_folder(glob);
    let name = first_alternatives(glob.rsplit('/').next().unwrap_or(glob));
    match name.strip_prefix('*') {
        _ if is_literal(&name) => vec![folder.join(id).join(&name), folder.join(name)],
        Some(rest) if is_literal(rest) => {
            vec![folder.join(format!("{id}{rest}")), folder.join(id).join(format!("service{rest}"))]
        }
        Some(_) | None => {
            vec![folder.join(format!("{id}.yaml")), folder.join(id).join("service.yaml")]
        }
    }
}

/// A glob's name with the first text of each `{…,…}`.
fn first_alternatives(name: &str) -> String {
    let mut parts = name.split('{');
    let mut first = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (alternatives, rest) = part.split_once('}').unwrap_or((part, ""));
        first.push_str(alternatives.split(',').next().unwrap_or_default());
        first.push_str(rest);
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(from: IdFrom, globs: &[&str], beside: &[&str]) -> Option<String> {
        let services = globs.iter().map(ToString::to_string).collect();
        let settings = Settings { services, id_from: from, ..Settings::default() };
        let beside: Vec<_> = beside.iter().map(PathBuf::from).collect();
        let id = ServiceId::new("till").expect("an id");
        let globs = Globs::new(&settings.services).expect("globs");
        let path = new_file_paths(&settings, &globs, &id, &beside).into_iter().next()?;
        Some(super::super::files::with_slashes(&path))
    }

    #[test]
    fn a_new_file_looks_like_most_beside_it() {
        let beside = ["a/one.yaml", "b/two.yaml", "b/three.yaml"];
        assert_eq!(first(IdFrom::FileStem, &["**/*.yaml"], &beside).as_deref(), Some("b/till.yaml"));
        assert_eq!(first(IdFrom::FileStem, &["**/*.yml"], &["a/one.yml"]).as_deref(), Some("a/till.yml"));
        let beside = ["shop/the-cart.fundamentals.yaml"];
        let globs = ["**/*.fundamentals.yaml"];
        assert_eq!(first(IdFrom::Key, &globs, &beside).as_deref(), Some("shop/till.fundamentals.yaml"));
    }

    #[test]
    fn a_new_file_gets_a_folder_of_its_own_where_folders_give_the_ids_or_names_are_fixed() {
        let globs = ["apps/*/reliability.yaml"];
        for from in [IdFrom::Folder, IdFrom::Key] {
            for beside in [&["apps/cart/reliability.yaml"][..], &[]] {
                assert_eq!(first(from, &globs, beside).as_deref(), Some("apps/till/reliability.yaml"));
            }
        }
        let at_the_top = first(IdFrom::Folder, &["**/*.yaml"], &["reliability.yaml"]);
        assert_eq!(at_the_top.as_deref(), Some("till/reliability.yaml"));
        assert_eq!(first(IdFrom::Folder, &["apps/*/*.yaml"], &[]).as_deref(), Some("apps/till/service.yaml"));
    }

    #[test]
    fn the_first_file_has_the_name_that_a_glob_asks_for() {
        for (glob, path) in [
            ("services/**/*.yaml", "services/till.yaml"),
            ("services/*.{yml,yaml}", "services/till.yml"),
            ("**/*.fundamentals.{yaml,yml}", "till.fundamentals.yaml"),
            ("ops/[a-z]*.yaml", "ops/till.yaml"),
        ] {
            assert_eq!(first(IdFrom::Key, &[glob], &[]).as_deref(), Some(path));
        }
    }

    #[test]
    fn a_path_that_no_glob_finds_or_that_gives_another_id_is_none() {
        assert_eq!(first(IdFrom::FileStem, &["teams/*/services/*.yaml"], &[]), None);
        assert_eq!(first(IdFrom::FileStem, &["*.fundamentals.yaml"], &["cart.fundamentals.yaml"]), None);
        assert_eq!(first(IdFrom::Folder, &["services/*.yaml"], &[]), None);
    }
}
