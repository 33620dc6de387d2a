//! Estates in git repositories, and what the gate says of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The day on which all scenarios are looked at.
pub const TODAY: &str = "2026-11-20";

/// The finding of a drop to red of [`dropped_bag`].
pub const DROP: &str = "denied drop-to-red bag-api";

/// A service's file in the making.
#[derive(Clone)]
pub struct Service {
    id: String,
    head: BTreeMap<&'static str, String>,
    assessments: Vec<[String; 3]>,
    more: String,
}

fn service(id: &str, criticality: &str, golden_thread: &str) -> Service {
    let head = [
        ("criticality", criticality),
        ("golden-thread", golden_thread),
        ("domain", "shop"),
        ("platform", "web"),
    ];
    let head = head.map(|(key, value)| (key, value.to_owned()));
    Service { id: id.to_owned(), head: head.into(), assessments: Vec::new(), more: String::new() }
}

/// A Golden Thread service.
pub fn golden(id: &str) -> Service {
    service(id, "mission-critical", "true")
}

/// A service that few would miss.
pub fn other(id: &str) -> Service {
    service(id, "low", "false")
}

/// Green since October.
pub fn green_bag() -> Service {
    golden("bag-api").on("2026-10-01", "logging: green, metrics: green")
}

/// The same, and red since November.
pub fn dropped_bag() -> Service {
    green_bag().on("2026-11-10", "logging: red")
}

impl Service {
    /// Judged so on a day.
    pub fn on(self, date: &str, scores: &str) -> Self {
        self.on_by(date, "fundamentals@2", scores)
    }

    /// Judged so on a day, by a rubric.
    pub fn on_by(mut self, date: &str, rubric: &str, scores: &str) -> Self {
        self.assessments.push([date, rubric, scores].map(str::to_owned));
        self
    }

    /// With another value of a key.
    pub fn but(mut self, key: &'static str, value: &str) -> Self {
        self.head.insert(key, value.to_owned());
        self
    }

    /// With something at the end of its file.
    pub fn also(mut self, text: &str) -> Self {
        self.more.push_str(text);
        self
    }

    /// With a waiver for a category until a day.
    pub fn waiving(self, category: &str, until: &str) -> Self {
        self.also(&format!(
            "waivers: [{{ category: {category}, until: {until}, because: agreed, approved-by: head }}]\n"
        ))
    }

    pub fn path(&self) -> String {
        format!("services/{}.yaml", self.id)
    }

    pub fn text(&self) -> String {
        let mut text = format!("service: {}\n", self.id);
        text.extend(self.head.iter().map(|(key, value)| format!("{key}: {value}\n")));
        text.push_str(if self.assessments.is_empty() { "assessments: []\n" } else { "assessments:\n" });
        text.extend(self.assessments.iter().map(|[date, rubric, scores]| {
            format!("  - {{ date: {date}, rubric: {rubric}, by: [us], scores: {{ {scores} }} }}\n")
        }));
        text + &self.more
    }
}

/// The files of an estate, by path.
#[derive(Clone, Default)]
pub struct Estate(BTreeMap<String, String>);

impl Estate {
    pub fn of<const N: usize>(services: [Service; N]) -> Self {
        Self(services.map(|service| (service.path(), service.text())).into())
    }

    /// Its texts, by path.
    pub fn texts(&self) -> &BTreeMap<String, String> {
        &self.0
    }

    pub fn with(mut self, path: &str, text: &str) -> Self {
        self.0.insert(path.to_owned(), text.to_owned());
        self
    }

    /// With more settings, after those it has.
    pub fn set(mut self, settings: &str) -> Self {
        let text = self.0.entry("fundamentals.toml".to_owned()).or_default();
        text.push_str(settings);
        text.push('\n');
        self
    }
}

impl From<Service> for Estate {
    fn from(service: Service) -> Self {
        Self::of([service])
    }
}

/// A rubric of two categories; a service is asked for `restore` only if it keeps data.
pub const RUBRIC: &str = r#"id = "ours"
version = "1.0"
title = "Ours"
published = 2026-01-01
[[pillar]]
id = "basics"
title = "Basics"
[[pillar.category]]
id = "logs"
title = "Logs"
red = "Nobody can find the lines of a failed request."
amber = "Somebody can."
green = "Anybody on call can within 5 minutes."
[[pillar.category]]
id = "restore"
title = "Restore"
red = "It was never tried."
green = "It was tried this year."
applies-to = { tags = ["data"] }
"#;

/// Its next version, in the same words.
pub fn rubric_2() -> String {
    RUBRIC.replace("\"1.0\"", "\"2.0\"").replace("2026-01-01", "2026-11-01")
}

/// A git repository in a folder of its own, gone at the end of the test.
pub struct World(TempDir);

impl World {
    /// A repository whose branch `main` holds an estate.
    pub fn with(estate: impl Into<Estate>) -> Self {
        let world = Self::unborn(estate);
        world.commit("the base");
        world
    }

    /// Green on `main`, dropped on `work`, which is checked out.
    pub fn dropped() -> Self {
        let world = Self::with(green_bag());
        world.proposes(dropped_bag());
        world
    }

    /// A repository with an estate and no commit.
    pub fn unborn(estate: impl Into<Estate>) -> Self {
        let world = Self(tempfile::tempdir().expect("a temporary folder can be made"));
        world.git("init -q -b main --template=");
        world.becomes(estate);
        world
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// The working tree holds this estate, and nothing else.
    pub fn becomes(&self, estate: impl Into<Estate>) -> &Self {
        for entry in fs::read_dir(self.0.path()).expect("the folder is there") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() && !path.ends_with(".git") {
                fs::remove_dir_all(path).expect("it can be removed");
            } else if path.is_file() {
                fs::remove_file(path).expect("it can be removed");
            }
        }
        self.add("", estate)
    }

    /// A folder holds this estate, beside what else there is.
    pub fn add(&self, folder: &str, estate: impl Into<Estate>) -> &Self {
        for (path, text) in estate.into().0 {
            let path = self.path(folder).join(path);
            fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("folders can be made");
            fs::write(path, text).expect("a file can be written");
        }
        self
    }

    pub fn commit(&self, message: &str) -> &Self {
        self.git("add -A");
        git(self.0.path(), &["commit", "-q", "--allow-empty", "-m", message]);
        self
    }

    /// A branch `work` holds this estate, and is checked out.
    pub fn proposes(&self, estate: impl Into<Estate>) -> &Self {
        self.git("switch -q -c work");
        self.becomes(estate);
        self.commit("the proposal")
    }

    pub fn git(&self, arguments: &str) -> String {
        git(self.0.path(), &arguments.split(' ').collect::<Vec<_>>())
    }

    pub fn gate(&self, arguments: &str) -> Verdict {
        gate_in(self.0.path(), arguments)
    }
}

/// Runs git, apart from what the machine's user has set.
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut git = Command::new("git");
    let settings = [
        "user.name=Test",
        "user.email=test@example.com",
        "protocol.file.allow=always",
        // What lives for a second needs no care.
        "core.fsync=none",
        "maintenance.auto=false",
    ];
    git.args(settings.iter().flat_map(|setting| ["-c", setting])).args(arguments);
    let output = apart(git.current_dir(folder)).output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Without what the machine's user has set, or a hook that runs the tests.
fn apart(command: &mut Command) -> &mut Command {
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1")
}

/// The program in a folder, to be run; today is today unless it is told otherwise.
pub fn program(folder: &Path, arguments: &str) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_fundamentals"));
    apart(program.current_dir(folder)).args(["--color", "never", "--width", "1000"]);
    if !arguments.contains("--today") {
        program.args(["--today", TODAY]);
    }
    program.args(arguments.split_whitespace());
    program
}

pub fn gate_in(folder: &Path, arguments: &str) -> Verdict {
    Verdict::of(&mut program(folder, &format!("gate {arguments}")))
}

/// How the gate ended.
#[derive(Debug)]
pub struct Verdict {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Verdict {
    pub fn of(program: &mut Command) -> Self {
        let output = program.output().expect("the program starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Every finding, as `denied drop-to-red bag-api`, and good news as `resolved bag-api`.
    pub fn told(&self) -> Vec<String> {
        let words = ["denied[", "warning[", "waived[", "standing[", "resolved:"];
        let entries = self.out.lines().filter(|line| words.iter().any(|word| line.starts_with(word)));
        let told = entries.map(|line| {
            let (what, text) = line.split_once(": ").unwrap_or((line, ""));
            let service = text.split_once("): ").and_then(|(name, _)| Some(name.rsplit_once('(')?.1));
            let words = what.replace('[', " ").replace(']', "");
            [Some(words.as_str()), service].into_iter().flatten().collect::<Vec<_>>().join(" ")
        });
        told.collect()
    }

    /// It ended with this exit code and told these findings, in this order, and nothing else.
    #[track_caller]
    pub fn is(&self, code: i32, told: &[&str]) -> &Self {
        assert_eq!(
            (self.code, self.told()),
            (Some(code), told.iter().map(ToString::to_string).collect()),
            "{self:#?}"
        );
        self
    }

    /// It was denied, by these findings alone.
    #[track_caller]
    pub fn denies(&self, told: &[&str]) -> &Self {
        self.is(4, told)
    }

    /// It passed, with these warnings and good news.
    #[track_caller]
    pub fn passes(&self, told: &[&str]) -> &Self {
        self.is(0, told).says_on_stdout("gate passed")
    }

    /// It compared nothing: exit code 3, no result, and these words on stderr.
    #[track_caller]
    pub fn refuses(&self, words: &str) -> &Self {
        assert!(
            self.code == Some(3) && self.out.is_empty() && self.err.contains(words),
            "{words}: {self:#?}"
        );
        self
    }

    #[track_caller]
    pub fn says_on_stdout(&self, words: &str) -> &Self {
        assert!(self.out.contains(words), "{words}: {self:#?}");
        self
    }
}
