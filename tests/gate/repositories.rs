//! Every shape in which a repository comes.

use std::fs;

use crate::world::{
    DROP, Estate, Service, Verdict, World, dropped_bag, gate_in, git, golden, green_bag, other, program,
};

/// A clone of it beside it, with these options.
fn clone(world: &World, options: &str) -> World {
    let clones = World::unborn(Estate::default());
    let source = format!("file://{}", world.path("").display());
    let options = options.split_whitespace();
    let arguments: Vec<_> =
        ["clone", "-q"].into_iter().chain(options).chain([source.as_str(), "clone"]).collect();
    git(&clones.path(""), &arguments);
    clones
}

fn in_clone(clones: &World, arguments: &str) -> Verdict {
    gate_in(&clones.path("clone"), arguments)
}

#[test]
fn a_worktree_of_a_bare_clone() {
    let clones = clone(&World::dropped(), "--bare");
    git(&clones.path("clone"), &["worktree", "add", "-q", "../tree", "work"]);
    gate_in(&clones.path("tree"), "--base main").denies(&[DROP]);
}

#[test]
fn a_bare_clone_has_nothing_to_look_at() {
    in_clone(&clone(&World::dropped(), "--bare"), "--base main").refuses("error[nothing-to-check]");
}

#[test]
fn a_linked_worktree() {
    let world = World::dropped();
    world.git("worktree add -q --detach tree work");
    gate_in(&world.path("tree"), "--base main").denies(&[DROP]);
}

#[test]
fn a_shallow_clone_without_the_base_says_what_to_fetch() {
    let clones = clone(&World::dropped(), "--depth=1 --branch=work");
    for base in ["origin/main", "main", "HEAD~1"] {
        let verdict = in_clone(&clones, &format!("--base {base}"));
        verdict.refuses("this clone is shallow").refuses("`fetch-depth: 0`").refuses("git fetch --unshallow");
    }
}

#[test]
fn a_shallow_clone_that_fetched_the_base_without_what_lies_between_says_what_to_fetch() {
    let world = World::with(green_bag());
    world.proposes(green_bag().on("2026-11-01", "metrics: green")).becomes(dropped_bag()).commit("more");
    let clones = clone(&world, "--depth=1 --branch=work");
    git(&clones.path("clone"), &["fetch", "-q", "--depth=1", "origin", "main:refs/remotes/origin/main"]);
    in_clone(&clones, "--base origin/main").refuses("no commit in common").refuses("this clone is shallow");
}

#[test]
fn a_shallow_clone_that_reaches_the_base() {
    let clones = clone(&World::dropped(), "--depth=2 --branch=work --no-single-branch");
    in_clone(&clones, "--base origin/main").denies(&[DROP]);
}

#[test]
fn a_clone_without_blobs_is_refused_and_fetches_nothing() {
    let world = World::dropped();
    world.git("config uploadpack.allowFilter true");
    let clones = clone(&world, "--filter=blob:none --branch=work");
    let verdict = in_clone(&clones, "--base origin/main");
    verdict.refuses("`services/bag-api.yaml`").refuses("`git fetch --refetch --no-filter`");
    git(&clones.path("clone"), &["fetch", "-q", "--refetch", "--no-filter"]);
    in_clone(&clones, "--base origin/main").denies(&[DROP]);
}

#[test]
fn a_detached_head() {
    let world = World::dropped();
    world.git("checkout -q --detach");
    world.gate("--base main").denies(&[DROP]);
}

#[test]
fn the_merge_commit_that_a_code_host_makes_of_a_pull_request() {
    let world = World::dropped();
    world.git("switch -q main");
    world.add("", Estate::default().with("README.md", "# Bag\n")).commit("main moved on");
    world.git("checkout -q --detach");
    world.git("merge -q --no-edit work");
    world.gate("--base main").denies(&[DROP]);
    world.gate("--base HEAD^1").denies(&[DROP]);
    world.gate("--base HEAD^2").passes(&[]);
}

#[test]
fn an_estate_in_a_subfolder() {
    let world = World::with(Estate::default().with("README.md", "# All\n"));
    world.add("teams/shop", Estate::from(green_bag()).set("")).commit("estate");
    world.add("teams/shop", Estate::from(dropped_bag()).set(""));
    let from_its_folder = gate_in(&world.path("teams/shop"), "--base main");
    from_its_folder.denies(&[DROP]).says_on_stdout("--> services/bag-api.yaml:");
    gate_in(&world.path("teams/shop/services"), "--base main").denies(&[DROP]);
    world.gate("-C teams/shop --base main").denies(&[DROP]);
}

#[test]
fn another_estate_of_the_repository_is_not_this_one() {
    let world = World::with(Estate::default());
    world.add("shop", Estate::from(green_bag()).set("")).add("edge", Estate::from(other("gateway")).set(""));
    world.commit("two estates").add("shop", Estate::from(dropped_bag()).set(""));
    gate_in(&world.path("edge"), "--base main").passes(&[]);
}

#[test]
fn an_estate_that_moved_to_another_folder_has_no_base_there() {
    let world = World::with(Estate::from(green_bag()).set(""));
    world.becomes(Estate::default()).add("shop", Estate::from(dropped_bag()).set("")).commit("moved");
    let verdict = gate_in(&world.path("shop"), "--base HEAD~1");
    verdict.refuses("the settings of this folder are `../fundamentals.toml`");
    let world = World::with(green_bag());
    world.becomes(Estate::default()).add("shop", dropped_bag());
    gate_in(&world.path("shop"), "--base main").refuses("there is no service file here at `main`");
}

#[test]
fn a_service_in_another_folder_or_file_is_the_same_service() {
    let world = World::with(green_bag());
    let moved = Estate::default().with("services/shop/api/bag-api.yml", &dropped_bag().text());
    world.proposes(moved).gate("--base main").denies(&[DROP]);
}

#[test]
fn a_missing_base_is_refused() {
    let world = World::dropped();
    world
        .gate("--base nowhere")
        .refuses("git knows no revision `nowhere` here; it may have to be fetched first");
    world.gate("--base=--all").refuses("git knows no revision `--all` here");
    world.gate("--base main:services").refuses("git knows no revision");
    world.gate("--base=").refuses("git knows no revision");
}

#[test]
fn a_base_that_only_the_remote_has_is_named() {
    let clones = clone(&World::dropped(), "--branch=work");
    in_clone(&clones, "--base main").refuses("did you mean `origin/main`?");
    in_clone(&clones, "--base origin/main").denies(&[DROP]);
}

#[test]
fn a_renamed_default_branch() {
    let world = World::dropped();
    world.git("branch -q -m main trunk");
    world.gate("--base main").refuses("git knows no revision `main` here");
    world.gate("--base trunk").denies(&[DROP]);
}

#[test]
fn histories_with_nothing_in_common_are_refused() {
    let world = World::dropped();
    world.git("switch -q --orphan new");
    world.becomes(dropped_bag()).commit("begun anew");
    world.gate("--base main").refuses("no commit in common");
}

#[test]
fn tags_and_commits_are_bases_too() {
    let world = World::with(green_bag());
    world.git("tag plain");
    git(&world.path(""), &["tag", "-a", "annotated", "-m", "a release"]);
    let commit = world.git("rev-parse HEAD");
    world.proposes(dropped_bag());
    for base in ["plain", "annotated", &commit, &commit[..10], "HEAD~1", "@{-1}"] {
        world.gate(&format!("--base {base}")).denies(&[DROP]);
    }
}

#[test]
fn what_main_did_since_is_not_held_against_the_branch() {
    let world = World::with(Estate::of([green_bag(), golden("cart-api").on("2026-10-02", "logging: red")]));
    world.git("switch -q -c work");
    world.git("switch -q main");
    let cart = golden("cart-api").on("2026-10-02", "logging: red").on("2026-11-10", "logging: green");
    world.becomes(Estate::of([green_bag(), cart])).commit("main put cart-api right");
    world.git("switch -q work");
    world.gate("--base main").passes(&[]);
}

#[test]
fn a_drop_on_main_that_was_merged_into_the_branch_is_not_its_doing() {
    let world = World::with(Estate::of([green_bag(), golden("cart-api").on("2026-10-02", "logging: red")]));
    world.git("switch -q -c work");
    let cart = golden("cart-api").on("2026-10-02", "logging: red").on("2026-11-10", "logging: green");
    world.add("", cart).commit("work");
    world.git("switch -q main");
    world.add("", dropped_bag()).commit("a drop");
    world.git("switch -q work");
    world.git("merge -q --no-edit main");
    world.gate("--base main").passes(&["resolved cart-api"]);
}

#[test]
fn a_merge_commit_is_a_base() {
    let world = World::with(green_bag());
    world.git("switch -q -c side");
    world.add("", Estate::default().with("a.md", "a\n")).commit("side");
    world.git("switch -q main");
    world.add("", Estate::default().with("b.md", "b\n")).commit("main");
    world.git("merge -q --no-edit side");
    world.proposes(dropped_bag()).gate("--base main").denies(&[DROP]);
}

#[test]
fn reverting_an_improvement_brings_back_a_red_that_was_there() {
    let red = golden("bag-api").on("2026-10-01", "logging: red");
    let world = World::with(red.clone());
    world.becomes(red.on("2026-11-10", "logging: green")).commit("put right");
    world.git("revert --no-edit HEAD");
    world.gate("--base HEAD~1").denies(&[DROP, "warning judgement-removed bag-api"]);
    world.gate("--base HEAD~2").passes(&[]);
}

#[test]
fn what_is_not_committed_counts() {
    let world = World::with(green_bag());
    world.becomes(dropped_bag()).gate("--base HEAD").denies(&[DROP]);
    world.git("add -A");
    world.gate("--base HEAD").denies(&[DROP]);
}

#[test]
fn a_file_that_git_does_not_know_counts() {
    let world = World::with(green_bag());
    let heir = golden("heir-api").on("2026-10-01", "logging: { inherited-from: bag-api }");
    world.add("", heir);
    world.gate("--base HEAD").passes(&[]).says_on_stdout("not there at `HEAD`: `heir-api`");
}

#[test]
fn a_deleted_file_counts_before_it_is_committed() {
    let world = World::with(Estate::of([green_bag(), other("cart-api")]));
    fs::remove_file(world.path("services/bag-api.yaml")).expect("it can be removed");
    world.gate("--base HEAD").passes(&["warning service-removed bag-api"]);
}

#[test]
fn line_ends_of_windows_change_nothing() {
    let windows = |service: &Service| {
        Estate::default().with("services/bag-api.yaml", &service.text().replace('\n', "\r\n"))
    };
    let world = World::with(green_bag());
    world.becomes(windows(&green_bag())).gate("--base HEAD").passes(&[]);
    world.becomes(windows(&dropped_bag())).gate("--base HEAD").denies(&[DROP]);
}

#[test]
fn folders_with_unusual_names() {
    let world =
        World::with(Estate::default().with("services/Läden & mehr/bag-api.yaml", &green_bag().text()));
    world.becomes(dropped_bag()).gate("--base HEAD").denies(&[DROP]);
}

#[test]
fn what_a_hook_sets_does_not_mislead() {
    let world = World::dropped();
    let elsewhere = World::with(dropped_bag());
    for folder in [world.path(".git"), elsewhere.path(".git")] {
        let mut hook = program(&world.path(""), "gate --base main");
        let hook = hook.env("GIT_DIR", folder).env("GIT_INDEX_FILE", "index").env("GIT_PREFIX", "services/");
        Verdict::of(hook).denies(&[DROP]);
    }
}

#[test]
fn without_git_it_is_said_that_git_is_missing() {
    let world = World::dropped();
    let empty = world.path("empty");
    fs::create_dir(&empty).expect("a folder can be made");
    let run = |arguments| Verdict::of(program(&world.path(""), arguments).env("PATH", &empty));
    run("gate --base main").refuses("git can't be run");
    run("gate").denies(&[DROP]);
}

#[test]
fn a_folder_that_is_no_repository_is_refused() {
    let world = World::dropped();
    fs::remove_dir_all(world.path(".git")).expect("it can be removed");
    world.gate("--base main").refuses("not a git repository");
    world.gate("").denies(&[DROP]);
}

#[test]
fn a_repository_without_a_commit_is_refused() {
    World::unborn(green_bag()).gate("--base HEAD").refuses("git knows no revision `HEAD` here");
}

#[test]
fn settings_with_errors_are_refused_on_either_side() {
    let broken = || Estate::from(green_bag()).set("[gate]\ndrop-to-red = \"shout\"");
    let world = World::with(broken());
    world.becomes(dropped_bag()).gate("--base HEAD").refuses("the settings have errors at `HEAD`");
    world.commit("mended").becomes(broken()).gate("--base HEAD").refuses("error[invalid-value]");
}

#[test]
fn a_base_without_services_is_no_pass() {
    let world = World::with(Estate::default().with("README.md", "# Soon\n"));
    world.becomes(green_bag()).gate("--base HEAD").refuses("there is no service file here at `HEAD`");
}

#[test]
fn an_estate_without_services_is_no_pass() {
    let world = World::with(green_bag());
    world.becomes(Estate::default()).gate("--base HEAD").refuses("error[nothing-to-check]");
}

#[test]
fn reverting_a_drop_removes_what_was_judged_and_is_no_good_news() {
    let world = World::dropped();
    world.git("revert --no-edit HEAD");
    world
        .gate("--base HEAD~1")
        .passes(&["warning red-to-unknown bag-api", "warning judgement-removed bag-api"]);
    world.gate("--base main").passes(&[]);
}
