//! Repositories made so that git answers for another one, or runs a command.

use std::fs;
use std::path::Path;

use crate::world::{DROP, Estate, Service, Verdict, World, gate_in, git, golden, program};

fn green_bag() -> Service {
    golden("bag-api").on("2026-10-01", "logging: green, metrics: green")
}

fn dropped_bag() -> Service {
    green_bag().on("2026-11-10", "logging: red")
}

/// Green on `main`, dropped on `work`, which is checked out; the estate is in a subfolder.
fn dropped() -> World {
    let world = World::unborn(Estate::default());
    world.add("shop", Estate::from(green_bag()).set("")).commit("the base");
    world.git("switch -q -c work");
    world.add("shop", dropped_bag()).commit("the proposal");
    world
}

fn set(repository: &Path, key: &str, value: &str) {
    git(repository, &["config", key, value]);
}

/// A bare clone in which the service always was red, and whose remote is reached by a command that leaves a mark.
fn trap(options: &[&str], mark: &Path) -> World {
    let theirs = World::with(Estate::from(dropped_bag()).set(""));
    theirs.git("config uploadpack.allowFilter true");
    let trap = World::unborn(Estate::default());
    let source = format!("file://{}", theirs.path("").display());
    git(&trap.path(""), &[&["clone", "-q", "--bare"], options, &[&source, "bare"]].concat());
    set(&trap.path("bare"), "remote.origin.url", "ssh://example.com/theirs");
    set(&trap.path("bare"), "core.sshCommand", &format!("touch {};", mark.display()));
    trap
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("it can be listed") {
        let path = entry.expect("an entry can be read").path();
        let to = to.join(path.file_name().expect("it has a name"));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, to).expect("it can be copied");
        }
    }
}

#[test]
fn an_embedded_bare_repository_neither_answers_nor_runs_its_command() {
    for options in [&[][..], &["--filter=blob:none"]] {
        let world = dropped();
        let mark = world.path(".git/mark");
        copy(&trap(options, &mark).path("bare"), &world.path("shop"));
        for folder in ["refs/heads", "objects/info"] {
            world.add(&format!("shop/{folder}"), Estate::default().with("keep", ""));
        }
        world.commit("embedded");
        for folder in ["shop", "shop/services"] {
            gate_in(&world.path(folder), "--base main").denies(&[DROP]);
        }
        let lint = Verdict::of(&mut program(&world.path("shop"), "rubric lint --base main"));
        assert_eq!(lint.code, Some(0), "{lint:?}");
        Verdict::of(&mut program(&world.path("shop"), "rubric diff 1 main:services/bag-api.yaml"));
        assert!(!mark.exists(), "a command of the pull request ran");
    }
}

#[test]
fn a_missing_object_is_named_and_not_fetched_by_the_command_that_settings_name() {
    let world = dropped();
    world.git("config uploadpack.allowFilter true");
    for filter in ["blob:none", "tree:0"] {
        let clones = World::unborn(Estate::default());
        let source = format!("file://{}", world.path("").display());
        let filter = format!("--filter={filter}");
        git(&clones.path(""), &["clone", "-q", &filter, "--branch=work", &source, "clone"]);
        let (clone, mark) = (clones.path("clone"), clones.path("mark"));
        let command = format!("touch {};", mark.display());
        for (key, value) in [
            ("remote.origin.url", "ssh://example.com/theirs"),
            ("core.sshCommand", command.as_str()),
            ("remote.origin.uploadpack", &command),
            ("protocol.allow", "always"),
            ("protocol.ssh.allow", "always"),
            ("core.fsmonitor", &command),
            ("core.hooksPath", "/"),
            ("core.pager", &command),
            ("diff.external", &command),
            ("diff.trap.textconv", &command),
            ("filter.trap.smudge", &command),
            ("filter.trap.process", &command),
            ("credential.helper", &format!("!{command}")),
            ("core.gitProxy", &command),
            ("core.askPass", &command),
        ] {
            set(&clone, key, value);
        }
        fs::write(clone.join(".gitattributes"), "* filter=trap diff=trap\n").expect("written");
        for transport in ["ssh://example.com/theirs", "ext::touch mark", "git://example.com/theirs"] {
            set(&clone, "remote.origin.url", transport);
            let verdict = gate_in(&clone.join("shop"), "--base origin/main");
            verdict.refuses("git lacks an object of the commit: `shop");
        }
        assert!(!mark.exists() && !clone.join("mark").exists(), "{filter}: a command ran");
    }
}

#[test]
fn variables_of_git_choose_nothing() {
    let (world, other) = (dropped(), World::with(dropped_bag()));
    let theirs = other.path(".git").display().to_string();
    let mark = other.path("mark");
    let command = format!("touch {};", mark.display());
    let objects = format!("{theirs}/objects");
    let parameters = format!("'core.worktree={theirs}' 'core.fsmonitor={command}'");
    let variables = [
        ("GIT_DIR", theirs.as_str()),
        ("GIT_COMMON_DIR", &theirs),
        ("GIT_WORK_TREE", &theirs),
        ("GIT_INDEX_FILE", "nowhere"),
        ("GIT_OBJECT_DIRECTORY", &objects),
        ("GIT_ALTERNATE_OBJECT_DIRECTORIES", &objects),
        ("GIT_NAMESPACE", "theirs"),
        ("GIT_REPLACE_REF_BASE", "refs/heads/"),
        ("GIT_CEILING_DIRECTORIES", "/"),
        ("GIT_CONFIG_PARAMETERS", &parameters),
        ("GIT_EXTERNAL_DIFF", &command),
        ("GIT_SSH_COMMAND", &command),
        ("GIT_ALLOW_PROTOCOL", "ext:ssh:file"),
        ("GIT_PAGER", &command),
        ("GIT_EXEC_PATH", &theirs),
        ("GIT_GRAFT_FILE", &theirs),
        ("GIT_SHALLOW_FILE", &theirs),
        ("GIT_LITERAL_PATHSPECS", "0"),
        ("GIT_ICASE_PATHSPECS", "1"),
        ("GIT_DEFAULT_HASH", "sha256"),
        ("GIT_DISCOVERY_ACROSS_FILESYSTEM", "0"),
        ("GIT_ATTR_SOURCE", "nowhere"),
        ("GIT_TRACE", &theirs),
    ];
    for (name, value) in variables {
        let mut gate = program(&world.path("shop"), "gate --base main");
        Verdict::of(gate.env(name, value)).denies(&[DROP]);
    }
    let mut gate = program(&world.path("shop"), "gate --base main");
    gate.env("GIT_CONFIG_COUNT", "1").env("GIT_CONFIG_KEY_0", "core.worktree");
    Verdict::of(gate.env("GIT_CONFIG_VALUE_0", &theirs)).denies(&[DROP]);
    Verdict::of(program(&world.path("shop"), "gate --base main").envs(variables)).denies(&[DROP]);
    assert!(!mark.exists(), "a command ran");
}

#[cfg(unix)]
#[test]
fn a_program_named_git_in_the_checkout_is_not_run() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = dropped();
    let (script, mark) = (world.path("git"), world.path(".git/mark"));
    fs::write(&script, format!("#!/bin/sh\ntouch {}\n", mark.display())).expect("written");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("it may be run");
    let path = std::env::var("PATH").expect("there is a path");
    for first in [".", "", ".."] {
        let mut gate = program(&world.path("shop"), "gate --base main");
        Verdict::of(gate.env("PATH", format!("{first}:{path}"))).denies(&[DROP]);
    }
    assert!(!mark.exists(), "a program of the pull request ran");
}

#[test]
fn settings_that_a_tracked_file_adds_to_the_repositorys_own_run_nothing() {
    let world = dropped();
    let mark = world.path(".git/mark");
    let trap = format!("[core]\n\tfsmonitor = \"touch {};\"\n\thooksPath = shop\n", mark.display());
    world.add("", Estate::default().with(".gitconfig", &trap)).commit("settings");
    world.git("config include.path ../.gitconfig");
    gate_in(&world.path("shop"), "--base main").denies(&[DROP]);
    assert!(!mark.exists(), "a command ran");
}

#[test]
fn a_working_tree_that_settings_put_elsewhere_is_refused() {
    let world = dropped();
    let elsewhere = World::with(dropped_bag());
    set(&world.path(""), "core.worktree", &elsewhere.path("").display().to_string());
    gate_in(&world.path("shop"), "--base main").refuses("has its working tree elsewhere");
}

#[test]
fn a_repository_of_somebody_else_is_as_untrusted_as_git_finds_it() {
    let world = dropped();
    let owner = std::process::Command::new("chown").args(["-R", "12345"]).arg(world.path("")).output();
    if !owner.is_ok_and(|output| output.status.success()) {
        return;
    }
    gate_in(&world.path("shop"), "--base main").refuses("dubious ownership");
    let settings = world.path("../trusts-the-world");
    let trusted =
        format!("[safe]\n\tdirectory = {}\n", world.path("").canonicalize().expect("there").display());
    fs::write(&settings, trusted.replace("/\n", "\n")).expect("written");
    let mut gate = program(&world.path("shop"), "gate --base main");
    Verdict::of(gate.env("GIT_CONFIG_GLOBAL", &settings)).denies(&[DROP]);
    fs::remove_file(settings).expect("removed");
}

#[test]
fn a_submodule_is_refused_since_another_repository_chooses_what_is_in_it() {
    let inner = World::with(green_bag());
    let outer = World::with(Estate::default().with("README.md", "# All\n"));
    let source = inner.path("").display().to_string();
    git(&outer.path(""), &["submodule", "--quiet", "add", &source, "shop"]);
    gate_in(&outer.path("shop"), "--base HEAD").refuses("is a repository inside the repository");
    outer.commit("with a submodule");
    gate_in(&outer.path("shop"), "--base HEAD").refuses("a submodule");
}

#[test]
fn a_repository_among_files_that_an_outer_one_tracks_is_refused() {
    let world = dropped();
    let shop = world.path("shop");
    git(&shop, &["init", "-q", "-b", "main", "--template="]);
    git(&shop, &["add", "-A"]);
    git(&shop, &["commit", "-q", "-m", "theirs"]);
    gate_in(&shop, "--base main").refuses("which tracks that folder too");
    fs::rename(shop.join(".git"), world.path("theirs")).expect("moved");
    fs::write(shop.join(".git"), "gitdir: ../theirs\n").expect("written");
    gate_in(&shop, "--base main").refuses("which tracks that folder too");
    fs::write(shop.join(".git"), "gitdir: ../nowhere\n").expect("written");
    gate_in(&shop, "--base main").refuses("git can't be asked about");
}

#[test]
fn a_clone_within_a_checkout_that_does_not_track_it_is_its_own() {
    let outer = World::with(Estate::default().with("README.md", "# All\n"));
    let inner = dropped();
    git(&outer.path(""), &["clone", "-q", &inner.path("").display().to_string(), "clone"]);
    gate_in(&outer.path("clone/shop"), "--base origin/main").denies(&[DROP]);
}

#[cfg(unix)]
#[test]
fn an_estates_folder_that_is_a_link_to_another_estate_is_refused() {
    let world = dropped();
    world.add("edge", Estate::from(golden("edge-api")).set("")).commit("another");
    fs::rename(world.path("shop"), world.path("shop-2")).expect("moved");
    std::os::unix::fs::symlink("edge", world.path("shop")).expect("linked");
    world.gate("-C shop --base main").refuses("is a symbolic link");
}

#[test]
fn a_sparse_checkout_without_files_of_the_estate_is_refused() {
    let world = World::with(Estate::of([green_bag(), golden("cart-api")]).with("docs/a.md", "a\n"));
    world.git("sparse-checkout set --no-cone /* !/docs/");
    world.gate("--base main").passes(&[]);
    world.git("sparse-checkout set --no-cone /* !/services/cart-api.yaml");
    let verdict = world.gate("--base main");
    verdict.refuses("sparse checkout without `services/cart-api.yaml`").refuses("git sparse-checkout");
    let world = dropped();
    world.git("sparse-checkout set --cone --sparse-index docs");
    fs::create_dir_all(world.path("shop/services")).expect("made");
    fs::write(world.path("shop/fundamentals.toml"), "").expect("written");
    fs::write(world.path("shop/services/edge-api.yaml"), golden("edge-api").text()).expect("written");
    gate_in(&world.path("shop"), "--base main").refuses("sparse checkout without");
}

#[test]
fn a_sparse_checkout_without_files_of_the_estate_is_undecided_without_a_base() {
    let world = World::with(Estate::of([green_bag(), golden("cart-api")]).set(""));
    for patterns in ["--no-cone /* !/services/cart-api.yaml", "--no-cone /* !*cart*"] {
        world.git(&format!("sparse-checkout set {patterns}"));
        let verdict = world.gate("");
        verdict.is(3, &[]).says_on_stdout("gate undecided: some files have errors");
        assert!(verdict.err.contains("`cart-api` is left out"), "{verdict:#?}");
        assert!(verdict.err.contains("git sparse-checkout disable"), "{verdict:#?}");
    }
    world.git("sparse-checkout disable");
    world.gate("").passes(&[]);
    world.git("sparse-checkout set --no-cone /* !/fundamentals.toml");
    world.gate("").refuses("error[not-checked-out]");
}

#[test]
fn where_no_thread_can_be_made_the_base_is_still_compared() {
    let world = World::with(green_bag());
    world.proposes(dropped_bag());
    // No address space has room for such a stack.
    let mut gate = program(&world.path(""), "gate --base main");
    Verdict::of(gate.env("RUST_MIN_STACK", (1_u64 << 47).to_string()))
        .denies(&["denied drop-to-red bag-api"]);
}

#[cfg(target_os = "linux")]
#[test]
fn where_no_process_can_be_made_nothing_is_compared_and_that_is_said() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let world = dropped();
    fs::set_permissions(world.path(""), fs::Permissions::from_mode(0o755)).expect("set");
    // Root may make as many as it likes.
    let is_root = fs::metadata("/proc/self").is_ok_and(|about| about.uid() == 0);
    let user = if is_root { "setpriv --reuid 65534 --clear-groups" } else { "" };
    let gate = program(&world.path("shop"), "gate --base main");
    let mut limited = std::process::Command::new("sh");
    limited.current_dir(world.path("shop")).arg("-c");
    limited
        .arg(format!("exec {user} prlimit --nproc=0 \"$0\" \"$@\""))
        .arg(gate.get_program())
        .args(gate.get_args());
    let verdict = Verdict::of(&mut limited);
    // Where the shell finds no such programs, nothing is known.
    if !matches!(verdict.code, Some(126 | 127)) {
        verdict.refuses("git can't be run");
    }
}
