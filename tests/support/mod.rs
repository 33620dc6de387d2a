//! A folder of its own for each test, and the real program run in it.
#![expect(clippy::disallowed_methods, reason = "tests lay out the files that the program reads")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use fundamentals::diag::Severity;
use serde_json::Value;
use tempfile::TempDir;

/// The lines that every service file begins with; `checkout-api` is its name.
pub const HEAD: &str =
    "service: checkout-api\ndomain: shopping\nplatform: checkout\ncriticality: business-critical\n";

/// A folder with an estate in it, gone when the test ends.
pub struct Estate(TempDir);

impl Estate {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder can be made"))
    }

    /// Adds a file, and the folders that lead to it.
    pub fn file(self, path: impl AsRef<Path>, text: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("folders can be made");
        fs::write(path, text).expect("a file can be written");
        self
    }

    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.0.path().join(path)
    }

    /// Runs `fundamentals` in the folder, on a day and for a width that never change.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let program = Command::new(env!("CARGO_BIN_EXE_fundamentals"));
        self.run_as(program, arguments)
    }

    /// The same through a command that only lacks the arguments.
    pub fn run_as(&self, mut command: Command, arguments: &[&str]) -> Run {
        command.current_dir(self.0.path()).args(["--today", "2026-11-20", "--width", "100"]);
        let output = command.args(["--color", "never"]).args(arguments).output().expect("the program runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the output is UTF-8");
        Run { exit: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// How a run ended.
#[derive(Debug)]
pub struct Run {
    /// `None` when the program was killed.
    pub exit: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Run {
    /// The output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// The codes of a severity in the output of `check --format json`.
    pub fn codes(&self, severity: Severity) -> BTreeSet<String> {
        let json = self.json();
        let problems = json["problems"].as_array().expect("there is a list of problems").iter();
        let problems = problems.filter(|problem| problem["severity"] == severity.word());
        problems.map(|problem| problem["code"].as_str().expect("each has a code").to_owned()).collect()
    }
}
