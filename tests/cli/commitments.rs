//! `fundamentals action` and `fundamentals waive`: commitments go into the file, and nothing else changes.

use crate::support::{ELSEWHERE, Estate, GOLDEN_THREAD, assessed, parse_csv, parse_json};

fn estate() -> Estate {
    let rest = format!(
        "\n{}\n# what we promised\nactions:\n  - what: Write runbooks  # at last\n    raised: 2026-05-10\n",
        assessed("2026-05-10", "logging: red")
    );
    Estate::empty().with_service("bag-api", ELSEWHERE, &rest)
}

#[test]
fn an_action_is_promised_listed_and_done() {
    let estate = estate();
    let before = estate.read("services/bag-api.yaml");
    let args = [
        "action",
        "add",
        "bag-api",
        "Read the logs: daily",
        "--category",
        "logging",
        "--target",
        "green",
        "--due",
        "2026-12-24",
    ];
    let said = estate.run_with(&args).fine();
    assert_eq!(
        said,
        "2  due 2026-12-24: Read the logs: daily (logging to green) – nobody's yet\nWritten to services/bag-api.yaml.\n"
    );
    estate.run("action done bag-api runbooks --on 2026-06-01").fine();
    let after = estate.read("services/bag-api.yaml");
    let added = after.replace("    done: 2026-06-01\n", "");
    assert!(added.starts_with(before.trim_end()), "{after}");
    assert!(after.contains("raised: 2026-05-10\n    done: 2026-06-01\n"), "{after}");
    assert_eq!(
        estate.run("action list bag-api").fine(),
        "2  due 2026-12-24: Read the logs: daily (logging to green) – nobody's yet\n"
    );
    let all = estate.run("action list bag-api --all").fine();
    assert!(all.starts_with("1  done 2026-06-01, no date: Write runbooks"), "{all}");
    estate.run("check").fine();
}

#[test]
fn which_action_is_done_must_be_clear() {
    let estate = estate();
    estate.run_with(&["action", "add", "bag-api", "Write more runbooks"]).fine();
    let said = estate.run("action done bag-api runbooks").refused(2);
    assert!(
        said.contains("several open actions say `runbooks`: 1 (Write runbooks), 2 (Write more runbooks)"),
        "{said}"
    );
    assert!(estate.run("action done bag-api 3").refused(2).contains("has no action 3"));
    assert!(estate.run("action done bag-api backups").refused(2).contains("no open action of bag-api says"));
    estate.run("action done bag-api 1").fine();
    assert!(estate.run("action done bag-api 1").refused(2).contains("was done on 2026-11-20"));
    estate.run("action done bag-api more").fine();
    assert_eq!(
        estate.run("action list bag-api").fine(),
        "bag-api has no open action; `--all` lists those that are done.\n"
    );
}

#[test]
fn a_promise_that_makes_no_sense_is_not_written() {
    let estate = estate();
    let before = estate.read("services/bag-api.yaml");
    for (args, code, reason) in [
        (&["--category", "loging"][..], 2, "did you mean `logging`?"),
        (&["--due", "2026-01-01"], 3, "error[due-before-raised]"),
        (&["--raised", "2027-01-01"], 3, "error[future-date]"),
    ] {
        let said =
            estate.run_with(&[&["action", "add", "bag-api", "Something"], args].concat()).refused(code);
        assert!(said.contains(reason), "{said}");
    }
    let again = estate.run_with(&["action", "add", "bag-api", "Write runbooks"]).refused(2);
    assert!(again.contains("is an open action of bag-api already"), "{again}");
    assert_eq!(estate.read("services/bag-api.yaml"), before);
}

#[test]
fn a_waiver_keeps_a_drop_from_failing_the_gate_until_its_day() {
    let rest =
        format!("\n{}{}", assessed("2026-05-10", "logging: green"), assessed("2026-11-10", "logging: red"));
    let estate = Estate::empty().with_service("bag-api", GOLDEN_THREAD, &rest);
    assert_eq!(estate.run("gate").code, 4);
    let args = [
        "waive",
        "bag-api",
        "logging",
        "--until",
        "2027-01-31",
        "--because",
        "New vendor",
        "--approved-by",
        "ops",
    ];
    let said = estate.run_with(&args).fine();
    assert_eq!(
        said,
        "logging until 2027-01-31: New vendor – approved by ops\nWritten to services/bag-api.yaml.\n"
    );
    assert_eq!(estate.run("gate").code, 0);
    // Given again, it ends another day; there is still one.
    estate.run_with(&[&args[..3], &["--until", "2026-12-31"], &args[5..]].concat()).fine();
    let text = estate.read("services/bag-api.yaml");
    assert_eq!(
        (text.matches("category: logging").count(), text.matches("2026-12-31").count()),
        (1, 1),
        "{text}"
    );
    let past = estate.run_with(&[&args[..3], &["--until", "2026-01-31"], &args[5..]].concat()).refused(2);
    assert!(past.contains("--until 2026-01-31 is before today"), "{past}");
}

#[test]
fn a_waiver_without_an_approver_is_a_request_and_says_who_may_approve_it() {
    let rest =
        format!("\n{}{}", assessed("2026-05-10", "logging: green"), assessed("2026-11-10", "logging: red"));
    let estate = Estate::empty().with_service("bag-api", GOLDEN_THREAD, &rest);
    let estate = estate.with("fundamentals.toml", "[waivers]\napprovers = [\"head\"]\n");
    let request = ["waive", "bag-api", "logging", "--until", "2027-01-31", "--because", "New vendor"];
    let said = estate.run_with(&request).fine();
    assert!(said.replace("\n ", "").contains("not approved yet; approvers: head"), "{said}");
    assert!(!estate.read("services/bag-api.yaml").contains("approved-by"));
    assert_eq!(estate.run("gate").code, 4);
    estate.run_with(&[&request[..], &["--approved-by", " head "]].concat()).fine();
    assert!(estate.read("services/bag-api.yaml").contains("approved-by: head\n"));
    assert_eq!(estate.run("gate").code, 0);
    // Asked for anew, it is no longer approved.
    estate.run_with(&request).fine();
    assert_eq!(estate.run("gate").code, 4);
}

#[test]
fn a_waiver_that_could_never_count_is_not_written() {
    let estate = Estate::empty().with_service("bag-api", GOLDEN_THREAD, "");
    let refused = |until: &str, because: &str, by: &str| {
        let options = ["--until", until, "--because", because, "--approved-by", by];
        estate.run_with(&[&["waive", "bag-api", "logging"], &options[..]].concat()).refused(2)
    };
    assert!(refused("2027-05-22", "New vendor", "head").contains("more than 26 weeks away; 2027-05-21"));
    assert!(refused("9999-12-31", "New vendor", "head").contains("more than 26 weeks away"));
    for empty in [".", "", "\u{200b}", "tbd"] {
        assert!(refused("2027-01-31", empty, "head").contains("is not a reason"), "{empty:?}");
    }
    for nobody in ["me", "-", ""] {
        assert!(refused("2027-01-31", "New vendor", nobody).contains("names nobody"), "{nobody:?}");
    }
}

#[test]
fn a_score_is_not_applicable_only_for_a_reason_in_words() {
    let estate = Estate::empty().with_service("bag-api", GOLDEN_THREAD, "");
    let score = |because: &str| {
        estate.run_with(&["score", "bag-api", "--set", "logging=not-applicable", "--because", because])
    };
    for empty in [".", "-", "n/a", "\u{200b}"] {
        let said = score(empty).refused(2);
        assert!(said.contains("missing-because"), "{empty:?}: {said}");
    }
    score("It prints nothing").fine();
}

/// A Golden Thread service whose red is waived, with evidence of the agreement.
fn waived() -> Estate {
    let history = assessed("2026-10-01", "logging: amber") + &assessed("2026-11-01", "logging: red");
    let estate = Estate::empty().with_service("bag-api", GOLDEN_THREAD, &history);
    let waiver =
        ["waive", "bag-api", "logging", "--until", "2026-12-31", "--because", "It comes in December"];
    let approval = ["--approved-by", "head-of-shop", "--evidence", AGREED, "--evidence", "docs/minutes.md"];
    let said = estate.run_with(&[&waiver[..], &approval].concat()).fine();
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("approved by head-of-shop; evidence: https://decisions.example/17, docs/minutes.md"),
        "{said}"
    );
    estate
}

const AGREED: &str = "https://decisions.example/17";

#[test]
fn the_evidence_of_a_waiver_is_shown_wherever_the_waiver_is() {
    let estate = waived();
    for command in [
        "show bag-api",
        "show bag-api --format json",
        "report --domain shop",
        "report --domain shop --format markdown",
        "report --domain shop --format html",
        "report --domain shop --format csv --section waivers",
        "report --domain shop --format json",
        "gate",
        "gate --format json",
        "gate --format markdown",
    ] {
        let out = estate.run(command).out;
        assert!(out.contains("minutes.md"), "{command}: {out}");
    }
    let row = parse_csv(&estate.run("report --domain shop --format csv --section waivers").fine()).remove(0);
    assert_eq!(row["evidence"], "https://decisions.example/17; docs/minutes.md");
}

#[test]
fn the_evidence_of_a_waiver_is_a_list_in_json_and_empty_without_any() {
    let bare =
        "\nwaivers:\n  - { category: logging, until: 2026-12-31, because: Later, approved-by: head }\n";
    let history = assessed("2026-10-01", "logging: amber") + &assessed("2026-11-01", "logging: red");
    let without = Estate::empty().with_service("bag-api", GOLDEN_THREAD, &(history + bare));
    let evidence = serde_json::json!([AGREED, "docs/minutes.md"]);
    for (estate, evidence) in [(waived(), evidence), (without, serde_json::json!([]))] {
        let json = |args: &str| parse_json(&estate.run(args).fine());
        let shown = json("show bag-api --format json");
        assert_eq!(shown["waivers"][0]["evidence"], evidence);
        let steps = shown["next_steps"].as_array().expect("a list");
        let waived = steps.iter().find(|step| !step["waiver"].is_null()).expect("a step is waived");
        assert_eq!(waived["waiver"]["evidence"], evidence);
        assert_eq!(json("report --domain shop --format json")["waivers"][0]["evidence"], evidence);
        assert_eq!(json("gate --format json")["findings"][0]["waiver"]["evidence"], evidence);
    }
}

#[test]
fn only_an_address_among_the_evidence_of_a_waiver_is_a_link() {
    let page = waived().run("report --domain shop --format html").fine();
    assert!(
        page.contains(&format!("<a href=\"{AGREED}\" rel=\"noopener noreferrer\">{AGREED}</a>")),
        "{page}"
    );
    assert!(page.contains("<small>docs/minutes.md</small>"), "{page}");
}
