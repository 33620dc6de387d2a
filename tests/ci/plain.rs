//! The example for a plain shell, and the review pack that all examples write.

use std::collections::BTreeMap;
use std::fs;

use crate::files::has_content;
use crate::machine::{Machine, Run};
use crate::repository::{Change, Depth, Origin};

/// Runs one of the scripts in a checkout of the pull request.
fn run(machine: &Machine, origin: &Origin, depth: Depth, script: &str) -> Run {
    origin.checkout("change", depth, &machine.checkout());
    machine.bash(script, &machine.checkout(), &BTreeMap::new())
}

#[test]
fn the_example_for_a_shell_passes_a_clean_change_and_fails_a_drop() {
    for (change, code) in [(Change::Clean, 0), (Change::Drop, 4)] {
        let origin = Origin::with(change);
        for (script, target) in [("ci/plain.sh gate", "main"), ("ci/plain.sh gate origin/main", "elsewhere")]
        {
            let machine = Machine::new().with(&[("CHANGE_TARGET", target)]);
            run(&machine, &origin, Depth::Whole, script).assert_ended_with(code);
            let results = machine.checkout().join("gate.xml");
            assert!(has_content(&results), "{change:?}");
            let results = fs::read_to_string(results).expect("the results are there");
            assert!(results.starts_with("<?xml"), "{results}");
            let build = format!(
                "install --locked --git https://github.com/OWNER/fundamentals --tag v{} --root ",
                env!("CARGO_PKG_VERSION")
            );
            assert!(machine.installed().starts_with(&build), "{}", machine.installed());
        }
    }
}

#[test]
fn the_example_for_a_shell_takes_the_program_that_is_there() {
    let machine = Machine::new().with_program();
    run(&machine, &Origin::with(Change::Drop), Depth::Whole, "ci/plain.sh gate").assert_ended_with(4);
    assert_eq!(machine.installed(), "");
}

#[test]
fn the_example_for_a_shell_says_what_to_fetch_for_a_shallow_checkout() {
    let machine = Machine::new();
    let run = run(&machine, &Origin::with(Change::Drop), Depth::One, "ci/plain.sh gate");
    run.assert_ended_with(3).assert_says("`git fetch --unshallow`");
}

#[test]
fn the_example_for_a_shell_says_how_it_is_used() {
    let machine = Machine::new();
    let run = run(&machine, &Origin::with(Change::Clean), Depth::Whole, "ci/plain.sh deploy");
    run.assert_ended_with(2).assert_says("usage: plain.sh gate [BASE]");
}

#[test]
fn the_review_pack_has_a_page_for_each_thing_to_look_at() {
    let machine = Machine::new();
    let run = run(&machine, &Origin::with(Change::Clean), Depth::Whole, "ci/plain.sh review-pack pack");
    run.assert_ended_with(0);
    let pack = machine.checkout().join("pack");
    for page in [
        "check.txt",
        "summary.html",
        "summary.md",
        "upcoming.md",
        "actions.csv",
        "trend.csv",
        "rubric-health.md",
        "domains.csv",
        "shop.html",
        "shop.md",
        "shop.xlsx",
    ] {
        assert!(has_content(&pack.join(page)), "{page}");
    }
}

#[test]
fn the_review_pack_is_written_without_a_file_that_has_errors_and_says_so() {
    let machine = Machine::new();
    let origin = Origin::with(Change::Clean);
    let script = "echo 'serivce: x' > services/broken.yaml; ci/plain.sh review-pack pack";
    run(&machine, &origin, Depth::Whole, script).assert_ended_with(3);
    let pack = machine.checkout().join("pack");
    let read = |page: &str| fs::read_to_string(pack.join(page)).expect("the page is there");
    assert!(read("check.txt").contains("broken.yaml"));
    assert!(read("shop.md").contains("bag-api"));
}

#[test]
fn the_review_pack_can_be_of_an_estate_in_a_folder() {
    let machine = Machine::new().with(&[("ESTATE", "estate")]);
    let script = "mkdir estate; git mv fundamentals.toml services estate; ci/plain.sh review-pack pack";
    run(&machine, &Origin::with(Change::Clean), Depth::Whole, script).assert_ended_with(0);
    assert!(has_content(&machine.checkout().join("pack/shop.html")));
}
