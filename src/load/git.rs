//! Files as they were at a git revision. The only module that runs another program.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A commit, and the folder whose files are meant.
pub(super) struct Revision<'f> {
    folder: &'f Path,
    commit: String,
}

/// How a file lies in a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// Its content has this id.
    File(String),
    /// It is a symbolic link; its target has this id.
    Link(String),
    /// It is another repository.
    Submodule,
}

/// What becomes of a file's content.
pub(super) enum Blob {
    /// It was read.
    Bytes(Vec<u8>),
    /// It has so many bytes, which is more than the limit.
    TooLarge(u64),
}

impl<'f> Revision<'f> {
    /// The commit that a name stands for. The error finishes the sentence "error: …".
    pub fn find(folder: &'f Path, name: &str) -> Result<Self, String> {
        // By itself first: a revision that begins with a hyphen must not become an option, and a missing revision is
        // another mistake than a missing file.
        let commit = format!("{name}^{{commit}}");
        let resolved = run(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        if resolved.status.success() {
            return Ok(Self { folder, commit: line(&resolved) });
        }
        let inside = run(folder, &["rev-parse", "--git-dir"])?;
        if !inside.status.success() {
            let said = String::from_utf8_lossy(&inside.stderr);
            let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
            let dubious = said.contains("dubious ownership");
            let help =
                if dubious { "; `git config --global --add safe.directory '*'` trusts it" } else { "" };
            return Err(format!("git can't be asked about `{name}`: {said}{help}"));
        }
        let mut reason = format!("git knows no revision `{name}` here");
        let remote = format!("origin/{name}");
        let known_there = ["rev-parse", "--verify", "--quiet", "--end-of-options", &remote];
        if run(folder, &known_there)?.status.success() {
            reason.push_str(&format!("; did you mean `{remote}`?"));
        } else {
            reason.push_str(&format!("; {}", how_to_fetch(folder)?));
        }
        Err(reason)
    }

    /// The commit at which what is checked out here and the line of a name parted: what was done there since is not
    /// this side's doing.
    pub fn find_base(folder: &'f Path, name: &str) -> Result<Self, String> {
        let tip = Self::find(folder, name)?;
        let base = run(folder, &["merge-base", &tip.commit, "HEAD"])?;
        if base.status.success() {
            return Ok(Self { folder, commit: line(&base) });
        }
        Err(format!(
            "`{name}` and what is checked out here have no commit in common; {}",
            how_to_fetch(folder)?
        ))
    }

    /// How many folders up from one, within the repository, the nearest file of a name lay; `None` if there was none.
    pub fn nearest(&self, name: &str, from: &Path) -> Result<Option<usize>, String> {
        let up = line(&run(from, &["rev-parse", "--show-cdup"])?);
        for steps in 0..=up.matches("../").count() {
            let path = format!("{}:./{}{name}", self.commit, "../".repeat(steps));
            if run(from, &["cat-file", "-e", &path])?.status.success() {
                return Ok(Some(steps));
            }
        }
        Ok(None)
    }

    /// Every file below the folder, by its path from there.
    pub fn entries(&self) -> Result<BTreeMap<String, Entry>, String> {
        let listed = succeed(run(self.folder, &["ls-tree", "-r", "-z", &self.commit])?)?;
        let entries = listed.split(|byte| *byte == 0).filter_map(|line| {
            let line = String::from_utf8_lossy(line);
            let (kind, path) = line.split_once('\t')?;
            let mut kind = kind.split(' ');
            let (mode, _, id) = (kind.next()?, kind.next()?, kind.next()?.to_owned());
            let entry = match mode {
                "120000" => Entry::Link(id),
                "160000" => Entry::Submodule,
                _ => Entry::File(id),
            };
            Some((path.to_owned(), entry))
        });
        Ok(entries.collect())
    }

    /// One file's content, by its path from the folder.
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        let blob = run(self.folder, &["cat-file", "blob", &format!("{}:./{path}", self.commit)])?;
        Ok(blob.status.success().then_some(blob.stdout))
    }

    /// The contents with these ids, in their order, all in one go; none larger than `most` bytes is kept.
    pub fn read_all(&self, ids: &[&str], most: u64) -> Result<Vec<Blob>, String> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut git = command(self.folder, &["cat-file", "--batch"]);
        let git = git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut git = git.map_err(|error| cannot_run(&error))?;
        let (asks, answers) = (git.stdin.take(), git.stdout.take());
        let (mut asks, answers) = asks.zip(answers).expect("both were asked for");
        let blobs = std::thread::scope(|scope| {
            // Asked beside the reading: both ends would wait for each other once the pipes are full.
            scope.spawn(move || ids.iter().try_for_each(|id| writeln!(asks, "{id}")));
            let mut answers = BufReader::new(answers);
            ids.iter().map(|_| read_blob(&mut answers, most)).collect()
        });
        let _ = git.wait();
        blobs
    }
}

/// One answer of `git cat-file --batch`: `<id> <type> <size>`, the content, a line end.
fn read_blob(answers: &mut impl BufRead, most: u64) -> Result<Blob, String> {
    let failed = |error: std::io::Error| format!("git stopped answering: {error}");
    let mut head = String::new();
    answers.read_line(&mut head).map_err(failed)?;
    let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
    let size = size.ok_or_else(|| {
        format!("git lacks a file of that commit ({}); fetch it without a filter", head.trim_end())
    })?;
    let mut content = answers.take(size + 1);
    if size > most {
        std::io::copy(&mut content, &mut std::io::sink()).map_err(failed)?;
        return Ok(Blob::TooLarge(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size + 1).unwrap_or(0));
    content.read_to_end(&mut bytes).map_err(failed)?;
    bytes.pop();
    Ok(Blob::Bytes(bytes))
}

/// What to do about a commit that isn't here.
fn how_to_fetch(folder: &Path) -> Result<&'static str, String> {
    let shallow = run(folder, &["rev-parse", "--is-shallow-repository"])?;
    Ok(if line(&shallow) == "true" {
        "this clone is shallow: fetch the whole history (`fetch-depth: 0` in GitHub Actions, `GIT_DEPTH: 0` in GitLab \
         CI, `fetchDepth: 0` in Azure Pipelines, or `git fetch --unshallow`)"
    } else {
        "it may have to be fetched first"
    })
}

fn succeed(output: Output) -> Result<Vec<u8>, String> {
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("git failed: {}", said.lines().next().unwrap_or_default().trim_start_matches("fatal: ")))
}

fn line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn run(folder: &Path, arguments: &[&str]) -> Result<Output, String> {
    command(folder, arguments).output().map_err(|error| cannot_run(&error))
}

fn cannot_run(error: &std::io::Error) -> String {
    format!("git can't be run: {error}")
}

#[expect(clippy::disallowed_methods, reason = "this is where git is run")]
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    // In a hook, git says where its own files are, as seen from the folder in which it started.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").current_dir(folder).args(arguments);
    command
}
