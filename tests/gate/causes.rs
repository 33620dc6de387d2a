//! With a base, the gate speaks of what this change caused; what the base has as well today is counted.

use crate::review::{alone, review, review_all};
use crate::world::{Estate, RUBRIC, Service, golden, other};

const ONE: &str = "1 finding that this change did not cause (`--all` shows it)";

/// A policy that denies what rules find everywhere, and takes standing findings for so much at most.
fn policy(rules: &[&str], standing: &str) -> String {
    let rule = |name: &&str| {
        format!("[gate.{name}]\ngolden-thread = \"deny\"\nelsewhere = \"deny\"\nstanding = \"{standing}\"\n")
    };
    rules.iter().map(rule).collect()
}

fn bag() -> Service {
    golden("bag-api").on("2026-10-01", "logging: green")
}

fn action(due: &str) -> String {
    format!("actions: [{{ what: Write it down, raised: 2026-10-01, due: {due} }}]\n")
}

/// A service whose objective was missed.
fn missed(scores: &str, attained: &str) -> Estate {
    let service = golden("bag-api").but("tags", "[data]").on_by("2026-10-01", "ours@1", scores);
    let result =
        format!("service,slo,period,objective,attained\nbag-api,availability,2026-10,99.9%,{attained}\n");
    Estate::from(service).with("rubric/ours.toml", RUBRIC).with("slo/2026.csv", &result)
}

/// For each rule about what lasts an estate in which it finds something, whatever is changed.
fn standing() -> Vec<(&'static str, Estate)> {
    vec![
        ("stale", golden("bag-api").on("2026-01-01", "logging: green").into()),
        ("standing-red", golden("bag-api").on("2026-01-01", "logging: red").into()),
        ("not-assessed", bag().into()),
        ("overdue-action", bag().also(&action("2026-10-02")).into()),
        (
            "expired-waiver",
            golden("bag-api").on("2026-10-01", "logging: red").waiving("logging", "2026-11-01").into(),
        ),
        ("slo-missed-while-green", missed("logs: green, restore: green", "99%")),
    ]
}

#[test]
fn what_the_base_has_today_as_well_is_one_line_and_fails_nothing() {
    for (rule, estate) in standing() {
        let estate = estate.set(&policy(&[rule], "allow"));
        review(estate.clone(), estate).passes(&[]).says_on_stdout(ONE);
    }
}

#[test]
fn all_shows_standing_findings_in_full_and_still_fails_nothing() {
    for (rule, estate) in standing() {
        let estate = estate.set(&policy(&[rule], "allow"));
        let verdict = review_all(estate.clone(), estate);
        verdict.is(0, &[&format!("standing {rule} bag-api")]);
        verdict.says_on_stdout("note: 1 finding that this change did not cause\n");
    }
}

#[test]
fn a_rule_may_take_standing_findings_as_seriously_as_others_or_milder() {
    for (rule, estate) in standing() {
        let of = |standing| review(estate.clone().set(&policy(&[rule], standing)), estate.clone());
        let loosened = "warning settings-loosened";
        of("deny").is(4, &[&format!("denied {rule} bag-api"), loosened]);
        of("warn").is(0, &[&format!("warning {rule} bag-api"), loosened]);
    }
    let warned = "[gate.stale]\ngolden-thread = \"warn\"\nstanding = \"deny\"\n";
    let stale = Estate::from(golden("bag-api").on("2026-01-01", "logging: green")).set(warned);
    review(stale.clone(), stale).passes(&["warning stale bag-api"]);
}

#[test]
fn without_a_base_standing_findings_count_like_all() {
    for (rule, estate) in standing() {
        alone(estate.set(&policy(&[rule], "allow"))).is(4, &[&format!("denied {rule} bag-api")]);
    }
}

/// What is denied of a change under a policy that counts standing findings only.
fn denied(rule: &str, before: impl Into<Estate>, now: impl Into<Estate>) {
    let policy = policy(&[rule], "allow");
    let verdict = review(before.into().set(&policy), now.into().set(&policy));
    let told = verdict.told();
    assert!(told.contains(&format!("denied {rule} bag-api")), "{verdict:#?}");
}

/// What passes without a word, but for the count.
fn counted(rule: &str, before: impl Into<Estate>, now: impl Into<Estate>) {
    let policy = policy(&[rule], "allow");
    let verdict = review(before.into().set(&policy), now.into().set(&policy));
    assert!(verdict.code == Some(0) && !verdict.out.contains(&format!("[{rule}]")), "{verdict:#?}");
    verdict.says_on_stdout(ONE);
}

#[test]
fn a_list_that_grew_is_of_this_change_and_one_that_shrank_is_not() {
    let old = |scores| golden("bag-api").on("2026-01-01", scores);
    let confirmed = old("logging: green, metrics: green").on("2026-11-01", "metrics: green");
    let both = old("logging: green, metrics: green");
    denied("stale", confirmed.clone(), both.clone());
    counted("stale", both, confirmed);
    let data = |scores| {
        let bag = golden("bag-api").but("tags", "[data]").on_by("2026-10-01", "ours@1", scores);
        Estate::from(bag).with("rubric/ours.toml", RUBRIC)
    };
    denied("not-assessed", data("logs: green"), data(""));
    counted("not-assessed", data(""), data("logs: green"));
}

#[test]
fn an_overdue_action_with_another_due_date_is_of_this_change() {
    let due = |day| bag().also(&action(day));
    denied("overdue-action", due("2026-11-01"), due("2026-11-02"));
    denied("overdue-action", due("2027-11-01"), due("2026-11-02"));
}

#[test]
fn a_condition_that_becomes_a_finding_through_this_change_is_of_this_change() {
    // The waiver ended long ago, but the category only turns red now.
    let waiver = |scores| golden("bag-api").on("2026-10-01", scores).waiving("logging", "2026-11-01");
    denied("expired-waiver", waiver("logging: green"), waiver("logging: red"));
    // The objective was missed before, but only now everything is green.
    let green = missed("logs: green, restore: green", "99%");
    denied("slo-missed-while-green", missed("logs: amber, restore: green", "99%"), green.clone());
    denied("slo-missed-while-green", missed("logs: green, restore: green", "99.5%"), green);
}

#[test]
fn a_standing_finding_that_loses_its_waiver_is_of_this_change() {
    let red = || golden("bag-api").on("2026-01-01", "logging: red");
    denied("standing-red", red().waiving("logging", "2026-12-31"), red());
    let stale = || golden("bag-api").on("2026-01-01", "logging: green");
    denied("stale", stale().waiving("logging", "2026-12-31"), stale());
}

#[test]
fn a_standing_finding_that_the_policy_takes_more_seriously_now_is_of_this_change() {
    let policy = "[gate.stale]\ngolden-thread = \"deny\"\nelsewhere = \"warn\"\n";
    let stale = |service: Service| Estate::from(service.on("2026-01-01", "logging: green")).set(policy);
    review(stale(other("bag-api")), stale(golden("bag-api")))
        .denies(&["denied stale bag-api", "warning past-rewritten bag-api"]);
    review(stale(other("bag-api")), stale(other("bag-api"))).passes(&[]).says_on_stdout(ONE);
}

#[test]
fn a_service_or_category_with_another_name_brings_no_standing_finding_back() {
    let stale = |id| golden(id).on("2026-01-01", "logging: green, metrics: green, tracing: green");
    let policy = policy(&["stale"], "allow");
    let verdict =
        review(Estate::from(stale("bag-api")).set(&policy), Estate::from(stale("cart-api")).set(&policy));
    verdict.passes(&[]).says_on_stdout(ONE);
    let newer = RUBRIC
        .replace("\"1.0\"", "\"2.0\"")
        .replace("id = \"logs\"", "id = \"log-lines\"\nfrom = [\"logs\"]");
    let newer = newer.replace("published = 2026-01-01", "published = 2026-11-01");
    let red = golden("bag-api").on_by("2026-02-01", "ours@1", "logs: red");
    let before = Estate::from(red.clone()).with("rubric/ours.toml", RUBRIC);
    let moved = red.on_by("2026-11-10", "ours@2", "");
    let now = Estate::from(moved).with("rubric/ours.toml", RUBRIC).with("rubric/ours-2.toml", &newer);
    counted("standing-red", before, now);
}

#[test]
fn a_milder_word_on_standing_findings_is_looser() {
    let of = |standing| Estate::from(bag()).set(&policy(&["stale"], standing));
    for (strict, milder) in [("deny", "warn"), ("deny", "allow"), ("warn", "allow")] {
        let verdict = review(of(strict), of(milder));
        verdict.passes(&["warning settings-loosened"]);
        verdict.says_on_stdout(&format!("`stale` where it is standing: {strict} → {milder}"));
        review(of(milder), of(strict)).passes(&[]);
    }
}

#[test]
fn a_new_service_is_of_this_change_with_everything_that_is_left_undone() {
    let keeper = || other("keeper").on("2026-11-01", "logging: green");
    let stale = golden("bag-api").on("2026-01-01", "logging: green");
    denied("stale", keeper(), Estate::of([keeper(), stale]));
}
