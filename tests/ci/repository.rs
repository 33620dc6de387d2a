//! A repository with a pull request, and what a CI system checks out of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::files::root;

/// What a pull request does.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Change {
    /// A Golden Thread service gets better.
    Clean,
    /// A Golden Thread service drops to red.
    Drop,
}

/// How much of the history is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    Whole,
    One,
}

/// What others have. `main` had a drop before `change` parted from it, and has two since: one before CI put the two
/// together as `merge`, and one after. None of them is the pull request's doing.
pub(crate) struct Origin {
    folder: TempDir,
}

const SETTINGS: &str =
    "[estate]\nname = \"Test\"\n\n[[domain]]\nid = \"shop\"\nreviews = [2025-01-20, 2025-03-20]\n";

impl Origin {
    pub(crate) fn with(change: Change) -> Self {
        let origin = Self { folder: tempfile::tempdir().expect("a temporary folder can be made") };
        origin.git(&["init", "-q", "-b", "main"]);
        origin.write("fundamentals.toml", SETTINGS);
        origin.write("services/bag-api.yaml", &service("bag-api"));
        for id in ["search-api", "pricing-api"] {
            origin.write(&format!("services/{id}.yaml"), &service(id));
        }
        origin.write("services/checkout-api.yaml", &later("checkout-api", "red"));
        for script in ["review-pack.sh", "plain.sh", "comment.sh"] {
            let target = origin.path().join("ci").join(script);
            fs::create_dir_all(origin.path().join("ci")).expect("a folder can be made");
            fs::copy(root().join("examples/ci").join(script), target).expect("the script can be copied");
        }
        origin.commit("Begin");
        origin.git(&["checkout", "-q", "-b", "change"]);
        let colour = match change {
            Change::Clean => "green",
            Change::Drop => "red",
        };
        origin.write("services/bag-api.yaml", &later("bag-api", colour));
        origin.commit("Change the bag");
        origin.git(&["checkout", "-q", "main"]);
        origin.write("services/search-api.yaml", &later("search-api", "red"));
        origin.commit("Drop another");
        origin.git(&["checkout", "-q", "-b", "merge"]);
        origin.git(&["merge", "-q", "--no-ff", "-m", "Merge", "change"]);
        origin.git(&["checkout", "-q", "main"]);
        origin.write("services/pricing-api.yaml", &later("pricing-api", "red"));
        origin.commit("Drop a third");
        origin
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What is checked out of it: a branch's commit, on no branch.
    pub(crate) fn checkout(&self, branch: &str, depth: Depth, target: &Path) {
        let url = format!("file://{}", self.path().display());
        let target = target.to_str().expect("a path in UTF-8");
        let depth: &[&str] = match depth {
            Depth::Whole => &[],
            Depth::One => &["--depth", "1"],
        };
        git(self.path(), &[&["clone", "-q", "--branch", branch], depth, &[&url, target]].concat());
        git(Path::new(target), &["checkout", "-q", "--detach"]);
    }

    /// The commit of `main` that `merge` was made from.
    pub(crate) fn merged_into(&self) -> String {
        self.git(&["rev-parse", "merge^1"])
    }

    /// The commit at which the pull request parted from `main`.
    pub(crate) fn parting(&self) -> String {
        self.git(&["merge-base", "main", "change"])
    }

    fn write(&self, path: &str, text: &str) {
        let path: PathBuf = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("folders can be made");
        fs::write(path, text).expect("the file can be written");
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    fn git(&self, args: &[&str]) -> String {
        git(self.path(), args)
    }
}

/// A Golden Thread service, judged once.
fn service(id: &str) -> String {
    format!(
        "service: {id}\ndomain: shop\nplatform: web\ncriticality: mission-critical\ngolden-thread: true\nassessments:\n\
         {}",
        assessed("2025-01-15", "amber")
    )
}

/// The same, judged a second time.
fn later(id: &str, colour: &str) -> String {
    service(id) + &assessed("2025-03-03", colour)
}

fn assessed(date: &str, colour: &str) -> String {
    format!("  - {{ date: {date}, rubric: fundamentals@2, by: [us], scores: {{ logging: {colour} }} }}\n")
}

/// Runs git in a folder, apart from what the machine's user has set, and returns what git says.
#[track_caller]
pub(crate) fn git(folder: &Path, args: &[&str]) -> String {
    let mut git = Command::new("git");
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    git.args(["-c", "user.name=Test", "-c", "user.email=test@example.com"]);
    let output = git.current_dir(folder).args(args).output().expect("git runs");
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
