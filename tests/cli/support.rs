//! Runs the program, makes estates, and reads the example's files without the program's own code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;

/// The day on which the example's story stands still.
pub(crate) const TODAY: &str = "2026-11-20";

/// What a row of a trend may stand for.
pub(crate) const BY: [&str; 5] = ["service", "platform", "domain", "pillar", "category"];

/// How a run of the program ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// The result, of a run in which nothing was wrong.
    #[track_caller]
    pub(crate) fn fine(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "stdout: {}", self.out);
        self.out
    }

    /// What was said on stderr by a run that ended with `code` and had no result.
    #[track_caller]
    pub(crate) fn refused(self, code: i32) -> String {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "stderr: {}", self.err);
        self.err
    }
}

/// What the environment may say of colour, width and crashes, and here does not.
pub(crate) const UNSET: [&str; 6] =
    ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "RUST_BACKTRACE", "TERM"];

/// The program with these arguments, separated by spaces; on the example's day and 100 columns wide if they don't
/// say otherwise.
pub(crate) fn command(folder: &Path, args: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fundamentals"));
    command.current_dir(folder);
    for name in UNSET {
        command.env_remove(name);
    }
    for (flag, value) in [("--today", TODAY), ("--width", "100")] {
        if !args.contains(flag) {
            command.args([flag, value]);
        }
    }
    command.args(args.split_whitespace());
    command
}

/// Runs the program in a folder.
pub(crate) fn run_in(folder: &Path, args: &str) -> Run {
    ended(&mut command(folder, args))
}

/// How a command ended.
pub(crate) fn ended(command: &mut Command) -> Run {
    let output = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    Run {
        code: output.status.code().expect("the program ends by itself"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// The example shop's folder.
pub(crate) fn shop() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/shop")
}

/// Runs the program in the example shop.
pub(crate) fn run(args: &str) -> Run {
    run_in(&shop(), args)
}

/// Rows of a CSV, by column.
pub(crate) type CsvRows = Vec<BTreeMap<String, String>>;

/// The CSV of a trend of the example shop.
#[track_caller]
pub(crate) fn csv(args: &str) -> CsvRows {
    parse_csv(&run(&format!("trend --format csv {args}")).fine())
}

pub(crate) fn parse_csv(text: &str) -> CsvRows {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row is as wide as the header")).collect()
}

/// The different values of a column.
pub(crate) fn values(rows: &CsvRows, column: &str) -> BTreeSet<String> {
    rows.iter().map(|row| row[column].clone()).collect()
}

/// The counts of a row, in the header's order.
pub(crate) fn counts(row: &BTreeMap<String, String>) -> [usize; 7] {
    COUNTS.map(|column| row[column].parse().expect("a count is a number"))
}

/// The columns that hold counts; `applicable` is the last one.
pub(crate) const COUNTS: [&str; 7] =
    ["red", "amber", "green", "not_applicable", "not_assessed", "needs_rescore", "applicable"];

/// The counts of a JSON object, in the same order.
pub(crate) fn json_counts(counts: &Value) -> [usize; 7] {
    COUNTS.map(|name| usize::try_from(counts[name].as_u64().expect("a count")).expect("a small number"))
}

#[track_caller]
pub(crate) fn parse_json(text: &str) -> Value {
    serde_json::from_str(text).expect("stdout is one JSON document")
}

/// A service's file as a plain YAML reader sees it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct ServiceFile {
    pub(crate) service: String,
    pub(crate) domain: String,
    pub(crate) platform: String,
    pub(crate) criticality: String,
    #[serde(default)]
    pub(crate) golden_thread: bool,
    #[serde(default)]
    pub(crate) tags: Vec<String>,
    joined: Option<String>,
    #[serde(default)]
    retired: Value,
    pub(crate) assessments: Vec<AssessmentInFile>,
}

impl ServiceFile {
    /// Whether it had joined and had not retired on a day.
    pub(crate) fn is_there_on(&self, day: &str) -> bool {
        let retired = self.retired.get("on").unwrap_or(&self.retired);
        self.joined.as_deref().is_none_or(|joined| joined <= day)
            && retired.as_str().is_none_or(|retirement| day < retirement)
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct AssessmentInFile {
    pub(crate) date: String,
    pub(crate) rubric: String,
    #[serde(default)]
    pub(crate) scores: BTreeMap<String, Value>,
}

/// All service files of an estate.
pub(crate) fn service_files(estate: &Path) -> Vec<ServiceFile> {
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a service file can be read");
        serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    yaml_files(&estate.join("services")).into_iter().map(read).collect()
}

/// A category of the built-in rubric as a plain TOML reader sees it.
#[derive(Clone, Debug)]
pub(crate) struct CategoryInFile {
    pub(crate) pillar: String,
    pub(crate) id: String,
    /// The categories of the version before that it continues.
    pub(crate) from: Vec<String>,
    /// Whether more is asked than in the version before.
    pub(crate) rescore: bool,
}

/// The categories of one version of a rubric that the example shop uses.
pub(crate) fn rubric_file(rubric: &str) -> Vec<CategoryInFile> {
    let text = match rubric {
        "fundamentals@1" => include_str!("../../rubric/fundamentals/v1.toml"),
        "fundamentals@2" => include_str!("../../rubric/fundamentals/v2.toml"),
        "peak-readiness@1" => include_str!("../../examples/shop/rubric/peak-readiness/v1.toml"),
        other => panic!("the example shop doesn't use `{other}`"),
    };
    let rubric: toml::Table = text.parse().expect("the rubric is TOML");
    let text = |value: &toml::Value| value.as_str().expect("a text").to_owned();
    let pillars = rubric["pillar"].as_array().expect("a list of pillars");
    let categories = pillars.iter().flat_map(|pillar| {
        let categories = pillar["category"].as_array().expect("a list of categories");
        categories.iter().map(move |category| {
            let id = text(&category["id"]);
            let from = category.get("from").and_then(toml::Value::as_array);
            CategoryInFile {
                pillar: text(&pillar["id"]),
                from: from.map_or_else(|| vec![id.clone()], |from| from.iter().map(text).collect()),
                rescore: category.get("rescore").is_some_and(|rescore| rescore.as_bool() == Some(true)),
                id,
            }
        })
    });
    categories.collect()
}

/// All YAML files beneath a folder, in order.
pub(crate) fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    paths.sort();
    let beneath = |path: PathBuf| if path.is_dir() { yaml_files(&path) } else { vec![path] };
    let files = paths.into_iter().flat_map(beneath);
    files.filter(|path| path.extension().is_some_and(|extension| extension == "yaml")).collect()
}

/// An estate in a folder of its own, gone at the end of the test.
pub(crate) struct Estate {
    folder: TempDir,
}

impl Estate {
    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    /// A copy of another estate.
    pub(crate) fn copy_of(original: &Path) -> Self {
        let copy = Self::empty();
        copy_folder(original, copy.path());
        copy
    }

    /// A copy of the example shop.
    pub(crate) fn shop() -> Self {
        Self::copy_of(&shop())
    }

    /// Its folder.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// With this file.
    pub(crate) fn with(self, path: &str, text: &str) -> Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("folders can be made");
        fs::write(path, text).expect("the file can be written");
        self
    }

    /// With a service that has these `assessments:` and whatever else belongs in its file.
    pub(crate) fn with_service(self, id: &str, head: &str, rest: &str) -> Self {
        let text = format!("service: {id}\ndomain: shop\nplatform: web\n{head}\n{rest}\n");
        self.with(&format!("services/{id}.yaml"), &text)
    }

    /// With one passage of a file replaced; it must be there exactly once.
    #[track_caller]
    pub(crate) fn replacing(self, path: &str, old: &str, new: &str) -> Self {
        let text = self.read(path);
        assert_eq!(text.matches(old).count(), 1, "`{old}` in {path}");
        self.with(path, &text.replace(old, new))
    }

    /// With text at the end of a file.
    pub(crate) fn appending(self, path: &str, more: &str) -> Self {
        let text = self.read(path);
        self.with(path, &format!("{text}{more}"))
    }

    /// Writes a file anew.
    pub(crate) fn with_text(&self, path: &str, text: &str) {
        fs::write(self.path().join(path), text).expect("the file can be written");
    }

    /// Runs the program in it with arguments that may hold spaces.
    pub(crate) fn run_with(&self, args: &[&str]) -> Run {
        ended(command(self.path(), "").args(args))
    }

    /// A file's text.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).expect("the file is there")
    }

    /// Runs git in it, and returns what git says.
    #[track_caller]
    pub(crate) fn git(&self, args: &[&str]) -> String {
        git(self.path(), args)
    }

    /// Commits everything that is in it; makes it a git repository first.
    #[track_caller]
    pub(crate) fn commit(&self, message: &str) {
        self.git(&["init", "-q", "-b", "main"]);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
    }

    /// Runs the program in it.
    pub(crate) fn run(&self, args: &str) -> Run {
        run_in(self.path(), args)
    }
}

/// Runs git in a folder, apart from what the machine's user has set, and returns what git says.
#[track_caller]
pub(crate) fn git(folder: &Path, args: &[&str]) -> String {
    let mut git = std::process::Command::new("git");
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    git.args([
        "-c",
        "user.name=Test",
        "-c",
        "user.email=test@example.com",
        "-c",
        "protocol.file.allow=always",
    ]);
    let output = git.current_dir(folder).args(args).output().expect("git runs");
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Applies a patch in an estate as git does.
#[track_caller]
pub(crate) fn apply(estate: &Estate, patch: &str) {
    let file = estate.path().join("change.patch");
    fs::write(&file, patch).expect("written");
    let mut git = std::process::Command::new("git");
    let output =
        git.current_dir(estate.path()).args(["apply", "--whitespace=nowarn", "change.patch"]).output();
    let output = output.expect("git runs");
    assert!(output.status.success(), "{}\n{patch}", String::from_utf8_lossy(&output.stderr));
    fs::remove_file(&file).expect("removed");
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folders can be made");
    for entry in fs::read_dir(from).expect("the folder is there") {
        let path = entry.expect("an entry can be read").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).expect("the file can be copied");
        }
    }
}

/// A file of a service that is not on the Golden Thread: what follows `platform:`.
pub(crate) const ELSEWHERE: &str = "criticality: low\nassessments:";

/// A file of a Golden Thread service.
pub(crate) const GOLDEN_THREAD: &str = "criticality: mission-critical\ngolden-thread: true\nassessments:";

/// One assessment, such as `assessed("2026-11-01", "logging: red")`.
pub(crate) fn assessed(date: &str, scores: &str) -> String {
    format!("  - {{ date: {date}, rubric: fundamentals@2, by: [us], scores: {{ {scores} }} }}\n")
}

/// Compares with a snapshot in `tests/snapshots/cli`.
macro_rules! assert_snapshot {
    ($name:expr, $text:expr) => {
        insta::with_settings!(
            {
                snapshot_path => "../snapshots/cli",
                prepend_module_to_snapshot => false,
                omit_expression => true
            },
            { insta::assert_snapshot!($name, $text) }
        )
    };
}
pub(crate) use assert_snapshot;
