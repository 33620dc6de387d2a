//! Which commit a revision names, and what is in it.

use std::collections::BTreeMap;

use super::git::{GitError, Repository, missing};
use crate::text::list;

/// A commit of a repository.
pub(super) struct Commit<'r> {
    pub repository: &'r Repository,
    id: String,
}

/// How a merge base lies to the revision that was named, and to what is checked out.
pub(super) struct BaseHistory {
    /// In words, where it isn't the commit that was named.
    pub notes: Vec<String>,
    /// Whether it is the commit that is checked out.
    pub is_head: bool,
}

/// How a file lies in a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TreeEntry {
    /// Its content has this id.
    File(String),
    /// It is a symbolic link; its target has this id.
    Link(String),
    /// It is another repository.
    Submodule,
}

impl<'r> Commit<'r> {
    /// The commit of a name. The error finishes the sentence "error: …".
    pub fn find(repository: &'r Repository, name: &str) -> Result<Self, GitError> {
        let unknown = |help: &str| Err(format!("git knows no revision `{name}` here; {help}").into());
        if name.starts_with(':') || name.contains("^{/") {
            return unknown(
                "a search in messages could find anybody's commit: write a branch, a tag or an id",
            );
        }
        let (start, steps) = name.split_at(name.find(['^', '~', ':', '@']).unwrap_or(name.len()));
        let full = full_name(repository, start)?;
        if start.starts_with("refs/") && full.is_none() {
            return unknown(repository.how_to_fetch()?);
        }
        let meant = full.map_or_else(|| name.to_owned(), |full| format!("{full}{steps}"));
        // After this option: a revision that begins with a hyphen must not become another one.
        let commit = format!("{meant}^{{commit}}");
        let verify =
            |name: &str| repository.line(&["rev-parse", "--verify", "--quiet", "--end-of-options", name]);
        if let Some(id) = verify(&commit)? {
            return Ok(Self { repository, id });
        }
        let remote = format!("refs/remotes/origin/{name}");
        if verify(&remote)?.is_some() {
            return unknown(&format!("did you mean `origin/{name}`?"));
        }
        unknown(repository.how_to_fetch()?)
    }

    /// The merge base of what is checked out here and a revision: what was done there since is not this side's doing.
    pub fn find_base(repository: &'r Repository, name: &str) -> Result<(Self, BaseHistory), GitError> {
        let tip = Self::find(repository, name)?;
        let bases = repository.run(&["merge-base", "--all", &tip.id, "HEAD"])?;
        let bases = String::from_utf8_lossy(&bases.stdout).into_owned();
        let bases: Vec<_> = bases.lines().collect();
        match bases.as_slice() {
            [] => Err(format!(
                "`{name}` and what is checked out here have no commit in common; {}",
                repository.how_to_fetch()?
            ).into()),
            [base] => {
                let base = Self { repository, id: (*base).to_owned() };
                let history = base.history(name, &tip)?;
                Ok((base, history))
            }
            many => Err(format!(
                "`{name}` and what is checked out here have {} merge bases, since each was merged into the other; merge \
                 `{name}` once more, or compare with one of {}",
                many.len(),
                list(many)
            ).into()),
        }
    }

    fn history(&self, name: &str, tip: &Self) -> Result<BaseHistory, GitError> {
        let repository = self.repository;
        let is_head =
            repository.line(&["rev-parse", "--verify", "--quiet", "HEAD"])?.as_ref() == Some(&self.id);
        let mut notes = Vec::new();
        if self.id != tip.id {
            let since = format!("{}..{}", self.id, tip.id);
            let since =
                String::from_utf8_lossy(&repository.ask(&["rev-list", "--count", &since])?).trim().to_owned();
            let since = if since == "1" { "1 commit".to_owned() } else { format!("{since} commits") };
            let dated = repository.ask(&["rev-list", "--max-count=1", "--format=%cs", &self.id])?;
            let dated = String::from_utf8_lossy(&dated).into_owned();
            let date = dated.lines().nth(1).unwrap_or("an unknown date").to_owned();
            let short = self.id.get(..10).unwrap_or(&self.id);
            notes.push(format!(
                "compared with an older commit of `{name}`: {short} of {date}, the merge base; {since} on `{name}` since"
            ));
        }
        if !repository.ask(&["for-each-ref", "--count=1", "refs/replace/"])?.is_empty() {
            notes.push(
                "this repository replaces objects (`git replace --list`); the original ones were compared"
                    .to_owned(),
            );
        }
        Ok(BaseHistory { notes, is_head })
    }

    /// What lies at a path of the repository, without following links; `None` if nothing does or it is a folder.
    pub fn entry(&self, path: &str) -> Result<Option<TreeEntry>, GitError> {
        Ok(self.list(&["ls-tree", "-z", "--full-tree", &self.id, "--", path], path)?.remove(path))
    }

    /// Every file below a folder, by its path in the repository.
    pub fn entries(&self, folder: &str) -> Result<BTreeMap<String, TreeEntry>, GitError> {
        let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", &self.id];
        if !folder.is_empty() {
            arguments.extend(["--", folder]);
        }
        self.list(&arguments, folder)
    }

    fn list(&self, arguments: &[&str], folder: &str) -> Result<BTreeMap<String, TreeEntry>, GitError> {
        let listed = self.repository.run(arguments)?;
        if !listed.status.success() {
            return Err(missing(folder).into());
        }
        let mut entries = BTreeMap::new();
        for line in listed.stdout.split(|byte| *byte == 0) {
            let line = String::from_utf8_lossy(line);
            let Some((kind, path)) = line.split_once('\t') else { continue };
            let mut kind = kind.split(' ');
            let (Some(mode), Some(_), Some(id)) = (kind.next(), kind.next(), kind.next()) else { continue };
            let entry = match mode {
                "040000" => continue,
                "120000" => TreeEntry::Link(id.to_owned()),
                "160000" => TreeEntry::Submodule,
                _ => TreeEntry::File(id.to_owned()),
            };
            // No checkout could hold both, so that which one is meant is unknown.
            let is_impossible = path.split('/').any(|part| matches!(part, "" | "." | ".." | ".git"));
            if is_impossible || entries.insert(path.to_owned(), entry).is_some() {
                return Err(format!(
                    "the commit {} can't be checked out: `{path}` is no path, or is there twice",
                    self.id
                )
                .into());
            }
        }
        Ok(entries)
    }
}

/// The full name of the ref that a name means; `None` if it is no ref's, such as an id or `HEAD`. Git would choose in
/// silence where there are several.
fn full_name(repository: &Repository, name: &str) -> Result<Option<String>, GitError> {
    let is_id = name.len() >= 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    if name.is_empty() || is_id {
        return Ok(None);
    }
    let exact =
        ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"].map(|before| format!("{before}{name}"));
    let remote_head = format!("refs/remotes/{name}/HEAD");
    let remotes = "refs/remotes/";
    let refs = repository.ask(&["for-each-ref", "--format=%(refname)"])?;
    let refs = String::from_utf8_lossy(&refs);
    let refs: Vec<_> = refs.lines().collect();
    if name.starts_with("refs/") {
        return Ok(refs.contains(&name).then(|| name.to_owned()));
    }
    if matches!(name, "HEAD" | "FETCH_HEAD" | "ORIG_HEAD" | "MERGE_HEAD") {
        return Ok(None);
    }
    let means = |full: &&&str| exact.iter().any(|exact| exact == *full) || remote_head == **full;
    let mut candidates: Vec<_> = refs.iter().filter(means).copied().collect();
    // A tag may have been made to stand before a branch that only the remote has.
    if candidates.iter().any(|full| full.starts_with("refs/tags/")) {
        let is_branch = |full: &&&str| {
            full.strip_prefix(remotes)
                .and_then(|rest| rest.split_once('/'))
                .is_some_and(|(_, branch)| branch == name)
        };
        candidates.extend(refs.iter().filter(is_branch));
    }
    let could_be_id = (7..40).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    if could_be_id && !candidates.is_empty() {
        let ids = repository.ask(&["rev-parse", &format!("--disambiguate={name}")])?;
        let ids = String::from_utf8_lossy(&ids).into_owned();
        if let Some(id) = ids.lines().next() {
            let ref_or_id = list(&[candidates[0], id]);
            return Err(format!(
                "`{name}` is ambiguous: a ref has that name, and an id begins with it; write one of {ref_or_id}"
            ).into());
        }
    }
    match candidates.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some((*one).to_owned())),
        many => Err(format!("`{name}` is ambiguous; write one of {}", list(many)).into()),
    }
}
