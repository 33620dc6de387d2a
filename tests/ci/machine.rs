//! A machine on which jobs run: a checkout, variables, and a `cargo` that installs the built program and downloads nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// How a shell step or a job ended.
#[derive(Debug, Default)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// What a job comes to after one more step: the first failure is the job's.
    pub(crate) fn and(&mut self, step: &Run) {
        if self.code == 0 {
            self.code = step.code;
        }
        self.out.push_str(&step.out);
        self.err.push_str(&step.err);
    }

    #[track_caller]
    pub(crate) fn assert_ended_with(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    #[track_caller]
    pub(crate) fn assert_says(&self, words: &str) {
        assert!(self.err.contains(words), "`{words}` in stderr: {}", self.err);
    }
}

pub(crate) struct Machine {
    folder: TempDir,
    path: Vec<PathBuf>,
    variables: BTreeMap<String, String>,
    ran: BTreeSet<String>,
}

impl Machine {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        for name in ["bin", "home", "temp"] {
            fs::create_dir(folder.path().join(name)).expect("a folder can be made");
        }
        let mut machine = Self { path: Vec::new(), folder, variables: BTreeMap::new(), ran: BTreeSet::new() };
        machine.install_cargo();
        let inherited = std::env::var_os("PATH").expect("there is a PATH");
        // The program is there only if a step puts it there.
        let others = std::env::split_paths(&inherited).filter(|folder| !folder.join("fundamentals").exists());
        machine.path = std::iter::once(machine.bin()).chain(others).collect();
        machine
    }

    /// With the program on PATH, as in an image of one's own.
    pub(crate) fn with_program(self) -> Self {
        symlink(env!("CARGO_BIN_EXE_fundamentals"), self.bin().join("fundamentals"))
            .expect("the program can be linked");
        self
    }

    /// With these variables.
    pub(crate) fn with(mut self, variables: &[(&str, &str)]) -> Self {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.variables.extend(variables);
        self
    }

    pub(crate) fn checkout(&self) -> PathBuf {
        self.folder.path().join("checkout")
    }

    pub(crate) fn temp(&self) -> PathBuf {
        self.folder.path().join("temp")
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    pub(crate) fn put_on_path(&mut self, folder: PathBuf) {
        self.path.insert(0, folder);
    }

    /// The shell steps that ran.
    pub(crate) fn ran(self) -> BTreeSet<String> {
        self.ran
    }

    /// How `cargo` was called, and where, a line each.
    pub(crate) fn installed(&self) -> String {
        fs::read_to_string(self.cargo_log()).unwrap_or_default()
    }

    /// Notes that a shell step ran, as it stands in its file.
    pub(crate) fn note(&mut self, step: &str) {
        self.ran.insert(step.to_owned());
    }

    /// Runs a script with bash, which stops at the first failure.
    pub(crate) fn bash(&self, script: &str, folder: &Path, variables: &BTreeMap<String, String>) -> Run {
        let file = self.temp().join("step.sh");
        fs::write(&file, script).expect("the script can be written");
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-euo", "pipefail"]).arg(file).current_dir(folder).env_clear();
        bash.env("PATH", std::env::join_paths(&self.path).expect("a PATH"));
        bash.env("HOME", self.home()).env("GIT_CONFIG_NOSYSTEM", "1").env("CI", "true");
        bash.envs(&self.variables).envs(variables);
        let output = bash.output().expect("bash runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let code = output.status.code().expect("bash ends by itself");
        Run { code, out: text(output.stdout), err: text(output.stderr) }
    }

    /// A command on PATH that is a script.
    pub(crate) fn install(&self, name: &str, script: &str) {
        write_script(&self.bin().join(name), script);
    }

    fn bin(&self) -> PathBuf {
        self.folder.path().join("bin")
    }

    fn cargo_log(&self) -> PathBuf {
        self.folder.path().join("cargo.log")
    }

    /// A `cargo` that notes how it was called, and puts the built program where it was told to.
    fn install_cargo(&self) {
        let script = format!(
            "#!/usr/bin/env bash\n\
             set -euo pipefail\n\
             printf '%s, in %s\\n' \"$*\" \"$PWD\" >> '{}'\n\
             while [ \"$1\" != --root ]; do shift; done\n\
             mkdir -p \"$2/bin\"\n\
             ln -s '{}' \"$2/bin/fundamentals\"\n",
            self.cargo_log().display(),
            env!("CARGO_BIN_EXE_fundamentals"),
        );
        write_script(&self.bin().join("cargo"), &script);
    }
}

fn write_script(path: &Path, script: &str) {
    fs::write(path, script).expect("the script can be written");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("the script can be made to run");
}
