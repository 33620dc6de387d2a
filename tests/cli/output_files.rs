//! What `-o` writes, and what it leaves alone.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use crate::support::{Estate, Run, TODAY};

const PACK: &str = "report --domain shopping --format";

#[test]
fn no_file_of_the_estate_is_overwritten() {
    let estate = Estate::shop().with("README.md", "# Shop\n").with("data.csv", "a,b\n1,2\n");
    estate.commit("Before");
    symlink("fundamentals.toml", estate.path().join("link.json")).expect("a link");
    fs::hard_link(estate.path().join("README.md"), estate.path().join("hard.md")).expect("a link");
    for path in [
        "fundamentals.toml",
        "services/shopping/bag-api.yaml",
        "slo/search-api.json",
        "README.md",
        "data.csv",
        "link.json",
        "hard.md",
    ] {
        let before = estate.read(path);
        for command in [
            "schema service",
            &format!("{PACK} json"),
            &format!("{PACK} html"),
            &format!("{PACK} csv"),
            &format!("{PACK} markdown"),
            &format!("{PACK} table"),
            &format!("{PACK} xlsx"),
        ] {
            let run = estate.run(&format!("{command} -o {path}"));
            assert_eq!((run.code, run.out.as_str()), (2, ""), "{command} -o {path}: {}", run.err);
            assert!(run.err.contains("is no earlier result"), "{}", run.err);
            assert_eq!(estate.read(path), before, "{command} -o {path}");
        }
    }
}

#[test]
fn an_earlier_result_is_replaced_whatever_its_format() {
    let estate = Estate::shop();
    for (format, name) in
        [("json", "a"), ("html", "b"), ("csv", "c"), ("markdown", "d"), ("table", "e"), ("xlsx", "f")]
    {
        for day in ["2026-11-19", "2026-11-20"] {
            estate.run(&format!("--today {day} {PACK} {format} -o {name}")).fine();
        }
    }
    for _ in 0..2 {
        estate.run("schema service -o schema.json").fine();
        estate.run("report --upcoming -o soon.md").fine();
    }
}

#[test]
fn what_is_no_regular_file_is_written_to() {
    let estate = Estate::shop();
    estate.run(&format!("{PACK} json -o /dev/null")).fine();
    assert!(estate.run(&format!("{PACK} json -o /dev/stdout")).fine().starts_with('{'));
}

#[test]
fn what_a_killed_run_left_is_cleaned_up_unless_somebody_writes_it() {
    let estate = Estate::shop();
    let old = SystemTime::now() - Duration::from_secs(3600);
    let file = |name: &str| {
        let file = fs::File::create(estate.path().join(name)).expect("a file");
        file.set_modified(old).expect("its day is set");
        file
    };
    drop(file(".fundamentals-dead.tmp"));
    let held = file(".fundamentals-alive.tmp");
    held.lock().expect("it can be locked");
    drop(file(".other.tmp"));
    estate.run("schema service -o schema.json").fine();
    let is_there = |name: &str| estate.path().join(name).exists();
    assert!(!is_there(".fundamentals-dead.tmp"));
    assert!(is_there(".fundamentals-alive.tmp") && is_there(".other.tmp"));
}

/// The program with these arguments, after a shell ran `setup`.
fn after(setup: &str, estate: &Estate, args: &str) -> Command {
    let mut shell = Command::new("sh");
    let script = format!("{setup}; exec \"$0\" --today {TODAY} --width 100 {args}");
    shell.args(["-c", &script, env!("CARGO_BIN_EXE_fundamentals")]);
    shell.current_dir(estate.path()).stdin(Stdio::null());
    shell
}

fn output(mut command: Command) -> Output {
    command.output().expect("a shell starts")
}

/// How a command ended; fails if it doesn't within 20 seconds.
#[track_caller]
fn in_time(mut command: Command) -> ExitStatus {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a shell starts");
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            return status;
        }
        if started.elapsed() > Duration::from_secs(20) {
            child.kill().expect("it can be killed");
            panic!("it hangs");
        }
        sleep(Duration::from_millis(5));
    }
}

/// Files that a run didn't put in their place.
fn left_behind(estate: &Estate) -> Vec<String> {
    let entries = fs::read_dir(estate.path()).expect("listed");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with(".fundamentals-")).collect()
}

#[test]
fn on_a_full_disk_the_earlier_file_is_whole_and_nothing_is_left() {
    let estate = Estate::shop();
    estate.run("schema service -o schema.json").fine();
    let before = estate.read("schema.json");
    // The signal would end the program; without it, writing fails after half a block of 512 bytes, as on a full disk.
    for args in ["schema report -o schema.json", "schema report -o new.json"] {
        let failed = output(after("trap '' XFSZ; ulimit -f 1", &estate, args));
        let said = String::from_utf8_lossy(&failed.stderr).into_owned();
        assert_eq!((failed.status.code(), failed.stdout.as_slice()), (Some(1), &b""[..]), "{said}");
        assert!(said.starts_with("error: failed to write "), "{said}");
        assert_eq!(estate.read("schema.json"), before);
        assert!(!estate.path().join("new.json").exists());
        assert_eq!(left_behind(&estate), [""; 0]);
    }
    let device = estate.run("schema service -o /dev/full");
    assert_eq!(device.code, 1, "{device:?}");
    assert!(device.err.contains("failed to write /dev/full"), "{device:?}");
}

#[test]
fn what_a_run_leaves_that_is_killed_while_it_writes_the_next_one_removes() {
    let estate = Estate::shop();
    estate.run("schema service -o schema.json").fine();
    let before = estate.read("schema.json");
    let limit = "ulimit -c 0; ulimit -f 1";
    let killed = output(after(limit, &estate, "schema report -o schema.json")).status;
    assert!(killed.signal().is_some(), "{killed:?}");
    assert_eq!((left_behind(&estate).len(), estate.read("schema.json")), (1, before));
    estate.run("schema report -o schema.json").fine();
    assert_eq!(left_behind(&estate), [""; 0]);
    // Nobody can tell what was left of a new file from what is being written, before it is old.
    let killed = output(after(limit, &estate, "schema report -o new.json")).status;
    assert!(killed.signal().is_some() && !estate.path().join("new.json").exists());
    let left = left_behind(&estate);
    assert_eq!(left.len(), 1);
    let old = SystemTime::now() - Duration::from_secs(61);
    let file = fs::File::options().write(true).open(estate.path().join(&left[0])).expect("opened");
    file.set_modified(old).expect("its day is set");
    drop(file);
    estate.run("schema report -o new.json").fine();
    assert_eq!(left_behind(&estate), [""; 0]);
}

#[test]
fn killed_at_any_moment_the_file_is_the_old_or_the_new_one() {
    let estate = Estate::shop();
    let whole = ["service", "report"].map(|kind| {
        estate.run(&format!("schema {kind} -o schema.json")).fine();
        estate.read("schema.json")
    });
    let mut killed = 0;
    for round in 0..40 {
        let kind = ["service", "report"][round % 2];
        let mut child =
            after(":", &estate, &format!("schema {kind} -o schema.json")).spawn().expect("started");
        sleep(Duration::from_micros(500 * (round as u64)));
        let _ = child.kill();
        killed += usize::from(child.wait().expect("it ended").signal() == Some(9));
        let text = estate.read("schema.json");
        assert!(whole.contains(&text), "in round {round}: {text}");
    }
    assert!(killed > 0, "no run was killed");
    estate.run("schema service -o schema.json").fine();
    assert_eq!(left_behind(&estate), [""; 0]);
}

#[test]
fn a_pipe_gets_the_result_from_whoever_reads_it_and_without_a_reader_nobody_waits() {
    let estate = Estate::shop();
    let made = Command::new("mkfifo").current_dir(estate.path()).arg("pipe.json").status();
    assert!(made.expect("mkfifo runs").success());
    let refused = in_time(after(":", &estate, "schema service -o pipe.json"));
    assert_eq!(refused.code(), Some(2));
    let reader =
        Command::new("cat").current_dir(estate.path()).arg("pipe.json").stdout(Stdio::piped()).spawn();
    let reader = reader.expect("cat runs");
    let started = Instant::now();
    // It may not have opened the pipe yet.
    while in_time(after(":", &estate, "schema service -o pipe.json")).code() != Some(0) {
        assert!(started.elapsed() < Duration::from_secs(20), "nobody reads");
    }
    let read = reader.wait_with_output().expect("it ends").stdout;
    assert_eq!(String::from_utf8_lossy(&read), estate.run("schema service").fine());
}

#[test]
fn a_path_that_no_result_can_have_is_wrong_usage() {
    let estate = Estate::shop().with("Pack.json", "{}");
    symlink("nowhere/pack.json", estate.path().join("dead.json")).expect("linked");
    symlink("services", estate.path().join("folder.json")).expect("linked");
    let socket = std::os::unix::net::UnixListener::bind(estate.path().join("socket.json")).expect("bound");
    for (path, why) in [
        ("services", "is a folder"),
        ("folder.json", "is a folder"),
        ("nowhere/pack.json", "is in a folder that does not exist"),
        ("dead.json", "is a symbolic link to a file that does not exist"),
        ("socket.json", "is a disk, socket"),
        ("pack.json", "`Pack.json` is there"),
        ("con.json", "on Windows it is a device"),
        ("pack.", "Windows leaves out a dot"),
    ] {
        for command in ["schema service", &format!("{PACK} json"), &format!("{PACK} xlsx")] {
            let Run { code, out, err } = estate.run(&format!("{command} -o {path}"));
            assert_eq!((code, out.as_str()), (2, ""), "{path}: {err}");
            assert!(err.starts_with(&format!("error: `{path}` ")) && err.contains(why), "{path}: {err}");
        }
    }
    drop(socket);
}

#[test]
fn a_link_to_an_earlier_result_stays_a_link() {
    let estate = Estate::shop();
    estate.run("schema service -o real.json").fine();
    symlink("real.json", estate.path().join("link.json")).expect("linked");
    estate.run("schema report -o link.json").fine();
    assert!(estate.path().join("link.json").is_symlink());
    assert_eq!(estate.read("real.json"), estate.run("schema report").fine());
}
