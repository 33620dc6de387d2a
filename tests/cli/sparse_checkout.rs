//! Working trees that lack files of the estate because of a sparse checkout.

use std::fs;

use crate::support::{Estate, GOLDEN_THREAD, assessed, command, ended, git, parse_json, run_in};

const CART: &str = "shop/services/cart/cart-api.yaml";

/// A repository whose estate is in a folder of it, with two services, a rubric and measured SLOs.
fn repository() -> Estate {
    let service = |id: &str| {
        let assessments = assessed("2026-11-01", "logging: green");
        format!("service: {id}\ndomain: shop\nplatform: web\n{GOLDEN_THREAD}\n{assessments}")
    };
    let estate = Estate::empty()
        .with("docs/a.md", "a\n")
        .with("shop/fundamentals.toml", "[estate]\nname = \"Shop\"\n")
        .with("shop/rubric/ours/v1.toml", &crate::rubric_diff::OLD.replace("\"ours\"", "\"extra\""))
        .with("shop/slo/bag.csv", "service,slo,period,objective,attained\nbag-api,a,2026-10,99%,99.5%\n")
        .with("shop/services/bag/bag-api.yaml", &service("bag-api"))
        .with(CART, &service("cart-api"));
    estate.commit("Before");
    estate
}

fn sparse(estate: &Estate, args: &[&str]) {
    git(estate.path(), &[&["sparse-checkout", "set"], args].concat());
}

#[test]
fn a_file_that_is_not_checked_out_is_an_error_of_check() {
    for patterns in [
        &["--cone", "shop/services/bag", "shop/rubric", "shop/slo"][..],
        &["--cone", "--sparse-index", "shop/services/bag", "shop/rubric/ours", "shop/slo"],
        &["--no-cone", "/*", "!/shop/services/cart/"],
        &["--no-cone", "/*", "!*cart-api.yaml"],
    ] {
        let estate = repository();
        sparse(&estate, patterns);
        assert!(!estate.path().join(CART).exists(), "{patterns:?}");
        let run = estate.run("-C shop check --format concise");
        assert_eq!(run.code, 3, "{patterns:?}: {run:?}");
        assert_eq!(
            run.out,
            format!("{CART}: error[not-checked-out]: a sparse checkout leaves the file out\n"),
            "{patterns:?}"
        );
        sparse(&estate, &["--no-cone", "/*"]);
        run_in(&estate.path().join("shop"), "check").fine();
    }
}

#[test]
fn files_of_others_may_be_left_out() {
    for patterns in [&["--cone", "shop"][..], &["--no-cone", "/*", "!/docs/"]] {
        let estate = repository();
        sparse(&estate, patterns);
        assert!(!estate.path().join("docs/a.md").exists());
        estate.run("-C shop check").fine();
        estate.run("-C shop gate").fine();
    }
}

#[test]
fn commands_that_show_services_leave_it_out_by_name_and_say_what_to_set() {
    let estate = repository();
    sparse(&estate, &["--no-cone", "/*", "!*cart-api.yaml"]);
    for args in
        ["trend", "report", "report --domain shop", "actions", "show bag-api", "rubric health", "gate"]
    {
        let run = estate.run(&format!("-C shop {args}"));
        assert_eq!(run.code, 3, "{args}: {}", run.err);
        assert!(run.err.contains("`cart-api` is left out"), "{args}: {}", run.err);
        assert!(run.err.contains("git sparse-checkout disable"), "{args}: {}", run.err);
        assert!(!run.out.is_empty(), "{args}");
    }
    let gate = parse_json(&estate.run("-C shop gate --format json").out);
    assert_eq!(
        (gate["result"].as_str(), gate["left_out"][0].as_str()),
        (Some("undecided"), Some("cart-api"))
    );
}

#[test]
fn settings_and_rubrics_that_are_not_checked_out_are_never_replaced_by_defaults() {
    let estate = repository();
    sparse(&estate, &["--no-cone", "/*", "!fundamentals.toml"]);
    for folder in ["shop", "shop/services", "shop/services/bag"] {
        let run = run_in(&estate.path().join(folder), "trend");
        assert_eq!(run.code, 3, "{folder}: {run:?}");
        assert!(
            run.err.contains("error[not-checked-out]") && run.err.contains("fundamentals.toml"),
            "{}",
            run.err
        );
    }
    sparse(&estate, &["--no-cone", "/*", "!/shop/rubric/"]);
    let said = estate.run("-C shop rubric list");
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains("this is a sparse checkout"), "{}", said.err);
    sparse(&estate, &["--no-cone", "/*", "!/shop/slo/"]);
    let said = estate.run("-C shop check --format concise");
    assert_eq!(
        (said.code, said.out.contains("shop/slo/bag.csv: error[not-checked-out]")),
        (3, true),
        "{said:?}"
    );
}

#[test]
fn linked_working_trees_are_recognised_too() {
    let estate = repository();
    estate.git(&["worktree", "add", "-q", "--detach", "tree"]);
    let tree = estate.path().join("tree");
    git(&tree, &["sparse-checkout", "set", "--no-cone", "/*", "!*cart-api.yaml"]);
    assert_eq!(run_in(&tree.join("shop"), "check").code, 3);
    run_in(&estate.path().join("shop"), "check").fine();
}

#[test]
fn a_deleted_file_is_no_sparse_checkout() {
    let estate = repository();
    sparse(&estate, &["--no-cone", "/*", "!/docs/"]);
    fs::remove_file(estate.path().join(CART)).expect("removed");
    estate.run("-C shop check").fine();
    // Nor is one that somebody wrote in spite of it.
    estate.git(&["checkout", "-q", "--", "."]);
    let text = estate.read(CART);
    sparse(&estate, &["--no-cone", "/*", "!*cart-api.yaml"]);
    let folder = estate.path().join("shop/services/cart");
    fs::create_dir_all(folder).expect("made");
    estate.with_text(CART, &text);
    estate.run("-C shop check").fine();
}

#[test]
fn where_git_can_not_be_asked_that_is_an_error_only_if_a_sparse_checkout_was_set_up() {
    let estate = repository();
    let without_git = |args: &str| ended(command(estate.path(), args).env("PATH", ""));
    assert_eq!(without_git("-C shop check").code, 0);
    sparse(&estate, &["--no-cone", "/*", "!/docs/"]);
    let run = without_git("-C shop check --format concise");
    assert_eq!(run.code, 3, "{run:?}");
    assert!(
        run.out.contains("error[not-checked-out]: git can't say what a sparse checkout leaves out"),
        "{}",
        run.out
    );
    let run = without_git("-C shop trend");
    assert!(run.code == 3 && run.err.contains("git can't be run"), "{run:?}");
}
