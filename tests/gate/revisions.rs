//! A revision is one commit, and a reader knows which.

use std::fs;

use crate::world::{DROP, Estate, World, dropped_bag, git, green_bag};

#[test]
fn a_tag_that_shadows_a_branch_is_refused_with_what_to_write() {
    let world = World::dropped();
    world.git("tag main work");
    world
        .gate("--base main")
        .refuses("`main` is ambiguous")
        .refuses("`refs/heads/main` and `refs/tags/main`");
    world.gate("--base main~0").refuses("is ambiguous");
    world.gate("--base main^{commit}").refuses("is ambiguous");
    world.gate("--base refs/heads/main").denies(&[DROP]);
    world.gate("--base heads/main").denies(&[DROP]);
}

#[test]
fn a_tag_that_shadows_a_remotes_branch_is_refused() {
    let world = World::dropped();
    world.git("update-ref refs/remotes/origin/main main");
    world.git("tag origin/main work");
    world.gate("--base origin/main").refuses("`refs/remotes/origin/main`");
    world.git("tag -d origin/main");
    world.git("branch -q origin/main work");
    world.gate("--base origin/main").refuses("`refs/heads/origin/main`");
    world.gate("--base refs/remotes/origin/main").denies(&[DROP]);
}

#[test]
fn a_tag_named_like_a_branch_that_only_the_remote_has_is_refused() {
    let world = World::dropped();
    world.git("update-ref refs/remotes/origin/main main");
    world.git("branch -q -D main");
    world.git("tag main work");
    world.gate("--base main").refuses("`refs/tags/main` and `refs/remotes/origin/main`");
}

#[test]
fn a_branch_here_and_of_that_name_at_the_remote_is_the_branch_here() {
    let world = World::dropped();
    world.git("update-ref refs/remotes/origin/main work");
    world.gate("--base main").denies(&[DROP]);
}

#[test]
fn a_full_name_that_is_not_there_is_never_another_ref() {
    let world = World::dropped();
    world.git("update-ref refs/heads/refs/heads/trunk main");
    world.git("update-ref refs/tags/refs/heads/trunk main");
    world.gate("--base refs/heads/trunk").refuses("git knows no revision `refs/heads/trunk` here");
}

#[test]
fn a_ref_named_like_an_id_is_refused() {
    let world = World::dropped();
    let id = world.git("rev-parse main");
    world.git(&format!("update-ref refs/heads/{} work", &id[..10]));
    world.gate(&format!("--base {}", &id[..10])).refuses("is ambiguous: a ref has that name");
    world.git(&format!("update-ref refs/tags/{id} work"));
    world.gate(&format!("--base {id}")).denies(&[DROP]);
}

#[test]
fn a_search_in_messages_is_refused() {
    let world = World::dropped();
    for search in [":/proposal", "HEAD^{/base}"] {
        world.gate(&format!("--base {search}")).refuses("a search in messages");
    }
}

#[test]
fn replaced_objects_and_grafts_count_as_they_were_and_that_is_said() {
    let world = World::dropped();
    let (main, work) = (world.git("rev-parse main"), world.git("rev-parse work"));
    world.git(&format!("replace {main} {work}"));
    let verdict = world.gate("--base main");
    verdict.denies(&[DROP]).says_on_stdout("this repository replaces objects");
    world.git(&format!("replace -d {main}"));
    let blob = |commit: &str| world.git(&format!("rev-parse {commit}:services/bag-api.yaml"));
    world.git(&format!("replace {} {}", blob("main"), blob("work")));
    world.gate("--base main").denies(&[DROP]);
    fs::create_dir_all(world.path(".git/info")).expect("made");
    fs::write(world.path(".git/info/grafts"), format!("{work}\n")).expect("written");
    world.gate("--base main").denies(&[DROP]);
}

/// Two commits, each merged into both branches.
fn criss_cross() -> World {
    let world = World::with(green_bag());
    world.proposes(dropped_bag());
    world.git("switch -q main");
    world.add("", Estate::default().with("a.md", "a\n")).commit("main moved on");
    world.git("branch -q old-main");
    world.git("merge -q --no-edit work");
    world.git("switch -q work");
    world.git("merge -q --no-edit old-main");
    world
}

#[test]
fn several_merge_bases_are_refused_with_their_ids() {
    let world = criss_cross();
    let bases = world.git("merge-base --all main work");
    let verdict = world.gate("--base main");
    verdict.refuses("have 2 merge bases").refuses(&bases[..40]);
    world.gate("--base old-main").denies(&[DROP]);
}

#[test]
fn an_older_merge_base_is_said_with_its_date_and_what_came_since() {
    let world = World::dropped();
    world.git("switch -q main");
    world.add("", Estate::default().with("a.md", "a\n")).commit("main moved on");
    world.git("switch -q work");
    let base = world.git("rev-parse --short=10 main~1");
    for format in ["human", "markdown", "json"] {
        let verdict = world.gate(&format!("--base main --format {format}"));
        let verdict = verdict.says_on_stdout("compared with an older commit of ");
        verdict.says_on_stdout(&base).says_on_stdout("1 commit on ");
    }
    git(&world.path(""), &["merge", "-q", "--no-edit", "main"]);
    let verdict = world.gate("--base main");
    assert!(!verdict.out.contains("an older commit"), "{verdict:?}");
}

#[test]
fn a_commit_compared_with_itself_passes_and_says_that_nothing_was_compared() {
    let world = World::with(green_bag());
    world.gate("--base main").passes(&[]).says_on_stdout("nothing was compared");
    world.gate("--base main --format markdown").says_on_stdout("nothing was compared");
    world.becomes(dropped_bag());
    let verdict = world.gate("--base main");
    assert!(!verdict.denies(&[DROP]).out.contains("nothing was compared"), "{verdict:?}");
}
