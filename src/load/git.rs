//! Asks git, in a way that nothing in the checked-out files can answer for it or run a command. The only module that
//! runs another program.

use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Why git or its output can't be used; finishes the sentence "error: …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitError(String);

impl<T: Into<String>> From<T> for GitError {
    fn from(reason: T) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for GitError {}

/// Variables of git that are kept: they say where the settings of the user and of the machine are, and `safe.directory`
/// is only read from there. All others that begin with `GIT_` are removed: they choose another repository, other objects
/// or other commands.
const KEPT_VARIABLES: [&str; 3] = ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"];

const VARIABLES: [(&str, &str); 10] = [
    ("LC_ALL", "C"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_TERMINAL_PROMPT", "0"),
    // A missing object stays missing: fetching it would run the transport that the repository's settings name. Versions of
    // git that don't know the first variable have no protocol left to fetch with.
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    ("GIT_GRAFT_FILE", NOTHING),
    ("GIT_ATTR_NOSYSTEM", "1"),
    ("GIT_ASKPASS", ""),
    ("GIT_EDITOR", "false"),
];

/// Settings that override the repository's own.
const SETTINGS: [&str; 12] = [
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    "core.untrackedCache=false",
    "core.splitIndex=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.sshCommand=false",
    "core.attributesFile=/dev/null",
    "diff.external=",
    "credential.helper=",
    "gc.auto=0",
    "maintenance.auto=false",
];

#[cfg(windows)]
const NOTHING: &str = "NUL";
#[cfg(not(windows))]
const NOTHING: &str = "/dev/null";

/// Number of ids that git is asked for before its answers are read: few enough for any pipe to hold, since both ends would
/// wait for each other once both pipes are full.
const ASKED_AT_ONCE: usize = 50;

/// A repository as the user checked it out, and a folder in it.
#[derive(Debug)]
pub(super) struct Repository {
    /// The folder that holds `.git`.
    top: PathBuf,
    /// From there to the folder, with `/`; empty for the top itself.
    prefix: String,
}

/// What becomes of a file's content.
pub(super) enum Blob {
    /// It was read.
    Bytes(Vec<u8>),
    /// Its size in bytes, which is over the limit.
    TooLarge(u64),
}

impl Repository {
    /// The repository that a folder's files belong to, for questions about revisions. The error finishes the sentence
    /// "error: …".
    pub fn around(folder: &Path) -> Result<Self, GitError> {
        let repository = Self::holding(folder)?;
        let top = &repository.top;
        let links = folder.ancestors().take_while(|part| part.canonicalize().is_ok_and(|real| real != *top));
        if let Some(link) = links.into_iter().find(|part| is_link_within(part, top)) {
            return Err(format!(
                "`{}` is a symbolic link, which a change can turn to another estate; start in the folder that it leads to",
                link.display()
            ).into());
        }
        repository.refuse_nested()?;
        Ok(repository)
    }

    /// The repository that a folder's files belong to, for questions about the working tree. It is found here and not by git,
    /// which would take a folder of files that look like a bare repository for one.
    pub fn holding(folder: &Path) -> Result<Self, GitError> {
        let real = folder.canonicalize().map_err(|error| format!("`{}`: {error}", folder.display()))?;
        let Some(top) = top_folder(&real) else {
            return Err(
                format!("not a git repository: no `.git` in `{}` or above it", folder.display()).into()
            );
        };
        let prefix = real.strip_prefix(top).ok().and_then(Path::to_str);
        let prefix = prefix.ok_or_else(|| format!("the name of `{}` is not UTF-8", real.display()))?;
        let prefix = prefix.replace(std::path::MAIN_SEPARATOR, "/");
        let repository = Self { top: top.to_path_buf(), prefix };
        repository.confirm()?;
        Ok(repository)
    }

    /// Where the folder lies in the repository.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The folder that holds `.git`, canonical.
    pub fn top(&self) -> &Path {
        &self.top
    }

    /// Makes sure that git takes the same folder for the top of the working tree.
    fn confirm(&self) -> Result<(), GitError> {
        let asked = self.run(&["rev-parse", "--is-inside-work-tree", "--show-cdup"])?;
        if !asked.status.success() {
            let said = first_line(&asked.stderr);
            let help = if said.contains("dubious ownership") {
                format!("; `git config --global --add safe.directory '{}'` trusts it", self.top.display())
            } else {
                String::new()
            };
            return Err(format!("git can't be asked about `{}`: {said}{help}", self.top.display()).into());
        }
        if asked.stdout == b"true\n\n" {
            return Ok(());
        }
        Err(format!(
            "the repository in `{}` has its working tree elsewhere (`core.worktree`, or it is bare); start in that folder",
            self.top.display()
        ).into())
    }

    /// Refuses a repository whose folder an outer one tracks, such as a submodule: a change of the outer one chooses what
    /// the inner one's revisions are.
    fn refuse_nested(&self) -> Result<(), GitError> {
        let Some(outer) = self.top.parent().and_then(top_folder) else {
            return Ok(());
        };
        let inner = self.top.strip_prefix(outer).unwrap_or(&self.top).to_string_lossy().into_owned();
        let outer = Self { top: outer.to_path_buf(), prefix: String::new() };
        let lists: [&[&str]; 2] =
            [&["ls-files", "-z", "--stage", "--", &inner], &["ls-tree", "-z", "HEAD", "--", &inner]];
        for arguments in lists {
            let listed = outer.run(arguments)?;
            // Without a commit there is no HEAD, and an empty `.git` is no repository.
            if listed.status.success() && !listed.stdout.is_empty() {
                return Err(format!(
                    "`{}` is a repository inside the repository `{}`, which tracks that folder too (a submodule, or files \
                     of both); run this in a clone of the inner one by itself",
                    self.top.display(),
                    outer.top.display()
                ).into());
            }
            if first_line(&listed.stderr).contains("dubious ownership") {
                return outer.confirm();
            }
        }
        Ok(())
    }

    /// Runs git in the top folder.
    pub fn run(&self, arguments: &[&str]) -> Result<Output, GitError> {
        Ok(self.command(arguments).output().map_err(|error| cannot_run(&error))?)
    }

    /// What git prints; an error with its reason if it fails.
    pub fn ask(&self, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
        let output = self.run(arguments)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(format!("git failed: {}", first_line(&output.stderr)).into())
    }

    /// The one line that git prints; `None` if it fails.
    pub fn line(&self, arguments: &[&str]) -> Result<Option<String>, GitError> {
        let output = self.run(arguments)?;
        Ok(output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned()))
    }

    /// The contents with these ids, in their order, all in one go; none larger than `most` bytes is kept. Each comes with
    /// the path that is named if it isn't there.
    pub fn read_all(&self, files: &[(&str, &str)], most: u64) -> Result<Vec<Blob>, GitError> {
        if files.is_empty() {
            return Ok(Vec::new());
        }
        let mut git = self.command(&["cat-file", "--batch"]);
        let git = git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut git = git.map_err(|error| cannot_run(&error))?;
        let (asks, answers) = (git.stdin.take(), git.stdout.take());
        let (asks, answers) = asks.zip(answers).expect("both were asked for");
        // Both streams end here: git may still be writing, and ends once its streams are closed.
        let blobs = read_blobs(asks, BufReader::new(answers), files, most);
        let _ = git.wait();
        blobs
    }

    /// What to do about history that isn't here.
    pub fn how_to_fetch(&self) -> Result<&'static str, GitError> {
        let shallow = self.line(&["rev-parse", "--is-shallow-repository"])?;
        Ok(if shallow.as_deref() == Some("true") {
            "this clone is shallow: fetch the whole history (`fetch-depth: 0` in GitHub Actions, `GIT_DEPTH: 0` in \
             GitLab CI, `fetchDepth: 0` in Azure Pipelines, or `git fetch --unshallow`)"
        } else {
            "it may have to be fetched first"
        })
    }

    #[expect(clippy::disallowed_methods, reason = "this is where git is run")]
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy().to_ascii_uppercase();
            if text.starts_with("GIT_") && !KEPT_VARIABLES.contains(&text.as_str()) {
                command.env_remove(name);
            }
        }
        command.envs(VARIABLES);
        // Git runs in the checkout: with `.` on the path, a file of that name there would be run instead.
        if let Some(path) = std::env::var_os("PATH") {
            let folders = std::env::split_paths(&path).filter(|folder| folder.is_absolute());
            command.env("PATH", std::env::join_paths(folders).unwrap_or_default());
        }
        // If `.git` here is no repository, none above is meant.
        command.env("GIT_CEILING_DIRECTORIES", self.top.parent().unwrap_or(&self.top));
        command.args(["--no-pager", "--literal-pathspecs"]);
        command.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
        command.current_dir(&self.top).args(arguments);
        command
    }
}

/// The nearest folder upwards that holds `.git`: a folder, or a file in a linked worktree and in a submodule.
pub(super) fn top_folder(start: &Path) -> Option<&Path> {
    start.ancestors().find(|folder| folder.join(".git").symlink_metadata().is_ok())
}

/// Whether a path below the top folder is itself a link.
fn is_link_within(path: &Path, top: &Path) -> bool {
    let parent = path.parent().and_then(|parent| parent.canonicalize().ok());
    path.is_symlink() && parent.is_some_and(|parent| parent.starts_with(top))
}

/// Asks `git cat-file --batch` for the contents with these ids, and reads them.
fn read_blobs(
    mut asks: impl Write,
    mut answers: impl BufRead,
    files: &[(&str, &str)],
    most: u64,
) -> Result<Vec<Blob>, GitError> {
    let mut blobs = Vec::with_capacity(files.len());
    for few in files.chunks(ASKED_AT_ONCE) {
        let ids: Vec<_> = few.iter().map(|(_, id)| *id).collect();
        writeln!(asks, "{}", ids.join("\n")).map_err(|error| format!("git stopped listening: {error}"))?;
        for (path, _) in few {
            blobs.push(read_blob(&mut answers, path, most)?);
        }
    }
    Ok(blobs)
}

/// One answer of `git cat-file --batch`: `<id> <type> <size>`, the content, a line end.
fn read_blob(answers: &mut impl BufRead, path: &str, most: u64) -> Result<Blob, GitError> {
    let failed = |error: std::io::Error| format!("git stopped answering at `{path}`: {error}");
    let mut head = String::new();
    answers.read_line(&mut head).map_err(failed)?;
    let mut words = head.split_whitespace();
    let (kind, size) = (words.nth(1), words.next().and_then(|size| size.parse::<u64>().ok()));
    let size = size.filter(|_| kind == Some("blob")).ok_or_else(|| missing(path))?;
    let mut content = answers.take(size + 1);
    if size > most {
        std::io::copy(&mut content, &mut std::io::sink()).map_err(failed)?;
        return Ok(Blob::TooLarge(size));
    }
    let mut bytes = Vec::new();
    content.read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 != size + 1 {
        return Err(missing(path).into());
    }
    bytes.pop();
    Ok(Blob::Bytes(bytes))
}

/// The message for a file or folder of a commit whose object isn't here.
pub(super) fn missing(path: &str) -> String {
    let name = if path.is_empty() { "the list of the commit's files" } else { path };
    format!(
        "git lacks an object of the commit: `{name}`; nothing is fetched here, so clone without `--filter`, or run \
         `git fetch --refetch --no-filter` first"
    )
}

pub(super) fn first_line(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned()
}

fn cannot_run(error: &std::io::Error) -> String {
    format!("git can't be run: {error}")
}
