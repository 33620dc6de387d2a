//! What is said of a service goes into its file, and everything else stays.

mod brackets;
mod choices;
mod edits;
mod facts;
mod found;
mod living;
mod properties;
mod scalars;
mod touched;
mod tree;
mod who;
mod written;

use fundamentals::edit::{NewAction, NewWaiver, add_action, assess, finish_action, waive};
use fundamentals::model::{CategoryId, Colour, Confirmation, RubricKey, Score, Scoring, ServiceId, Verdict};

use crate::support::{HEAD, day};

fn category(id: &str) -> CategoryId {
    CategoryId::new(id).expect("an id")
}

/// What is said on 1 June.
fn scoring(scores: Vec<Score>, confirmation: Confirmation) -> Scoring {
    Scoring {
        date: day("2026-06-01"),
        rubric: RubricKey::parse("r@1").expect("a key"),
        by: Vec::new(),
        with: Vec::new(),
        scores,
        confirmation,
    }
}

fn score(id: &str, colour: Colour, because: Option<&str>) -> Score {
    let verdict = Verdict::Rated { colour, because: because.map(str::to_owned) };
    Score { category: category(id), verdict, evidence: Vec::new(), note: None }
}

fn confirm(ids: &[&str]) -> Scoring {
    scoring(Vec::new(), Confirmation::These(ids.iter().map(|id| category(id)).collect()))
}

fn said(scores: Vec<Score>) -> Scoring {
    scoring(scores, Confirmation::These(Vec::new()))
}

/// The text before and after: what stands between `<` and `|` goes, what stands between `|` and `>` comes.
#[track_caller]
fn marked(text: &str) -> (String, String) {
    let (mut before, mut after) = (String::new(), String::new());
    let mut rest = text;
    while let Some((same, place)) = rest.split_once('‹') {
        let (change, behind) = place.split_once('›').expect("a place ends");
        let (old, new) = change.split_once('|').expect("a place says what goes and what comes");
        before.extend([same, old]);
        after.extend([same, new]);
        rest = behind;
    }
    (before + rest, after + rest)
}

#[track_caller]
fn rewrites(text: &str, scoring: &Scoring) {
    let (before, after) = marked(&format!("{HEAD}{text}"));
    let result = assess(&before, scoring).unwrap_or_else(|refusal| panic!("{refusal}: {before}"));
    assert_eq!(result, after);
}

#[test]
fn a_new_day_gets_an_assessment_of_its_own() {
    let mut all = said(vec![
        score("a", Colour::Green, None),
        score("b", Colour::Red, Some("Alerts page: nobody reads them")),
    ]);
    all.by = vec!["team-s".to_owned()];
    all.confirmation = Confirmation::All;
    all.scores[1].evidence = vec!["https://x.example/a".to_owned()];
    rewrites(
        "assessments:\n  - date: 2026-01-01\n    rubric: r@1\n    scores: {a: red}  # so\n‹|  - date: 2026-06-01\n    \
         rubric: r@1\n    by: [team-s]\n    scores:\n      a: green\n      b:\n        rag: red\n        \
         because: \"Alerts page: nobody reads them\"\n        evidence: [https://x.example/a]\n    confirmed: all\n›# end\n",
        &all,
    );
}

#[test]
fn the_first_assessment_brings_its_list() {
    let new = "assessments:\n  - date: 2026-06-01\n    rubric: r@1\n    scores:\n      a: green\n";
    let says = said(vec![score("a", Colour::Green, None)]);
    rewrites(&format!("‹|{new}›"), &says);
}

#[test]
fn an_empty_list_becomes_one_with_an_assessment() {
    let says = said(vec![score("a", Colour::Green, None)]);
    let new = "\n  - date: 2026-06-01\n    rubric: r@1\n    scores:\n      a: green";
    rewrites(&format!("assessments:‹ []|›  # soon‹|{new}›\nactions: []\n"), &says);
    rewrites(&format!("assessments:‹|{new}›\nactions: []\n"), &says);
}

const TODAY: &str = "assessments:\n  - date: 2026-06-01\n    rubric: r@1\n";

#[test]
fn a_second_run_on_one_day_goes_into_that_days_assessment() {
    let says = said(vec![score("a", Colour::Amber, None), score("c", Colour::Red, None)]);
    rewrites(
        &format!(
            "{TODAY}    scores:\n      a: ‹'green'|amber›  # as ever\n      # c: later\n      b: green\n‹|      c: red\n›\n# end\n"
        ),
        &says,
    );
    rewrites(&format!("{TODAY}    scores: {{a: ‹green|amber›, b: red‹|, c: red›}} # all\n"), &says);
    rewrites(&format!("{TODAY}    by: [x]\n‹|    scores:\n      a: amber\n      c: red\n›"), &says);
}

#[test]
fn a_reason_turns_a_short_score_into_a_long_one() {
    let says = said(vec![score("a", Colour::Red, Some("It broke"))]);
    rewrites(
        &format!(
            "{TODAY}    scores:\n      a:‹ green|›  # as ever‹|\n        rag: red\n        because: It broke›\n      b: green\n"
        ),
        &says,
    );
    rewrites(&format!("{TODAY}    scores: {{ a: ‹green|{{ rag: red, because: It broke }}› }}\n"), &says);
}

#[test]
fn a_long_score_keeps_its_comments_and_quotes() {
    let says = said(vec![score("a", Colour::Red, Some("It broke"))]);
    rewrites(
        &format!(
            "{TODAY}    scores:\n      a:  # hm\n        # once\n        rag: ‹amber|red› # or so\n        because: ‹\"It \
             creaks\"|It broke›\n‹        note: Look again # and again\n|        # and again\n›      b: green\n"
        ),
        &says,
    );
    rewrites(
        &format!("{TODAY}    scores: {{ a: {{ because: 'It broke', rag: ‹green|red›‹, note: x|› }} }}\n"),
        &says,
    );
}

#[test]
fn what_is_judged_on_a_day_is_not_confirmed_as_well() {
    let says = said(vec![score("a", Colour::Green, None)]);
    rewrites(&format!("{TODAY}    confirmed: [‹a, |›b]\n‹|    scores:\n      a: green\n›"), &says);
    rewrites(
        &format!(
            "{TODAY}    confirmed:\n‹      - a  # well\n|      # well\n›      - b\n‹|    scores:\n      a: green\n›"
        ),
        &says,
    );
    rewrites(&format!("{TODAY}‹    confirmed: [a]\n|    scores:\n      a: green\n›"), &says);
}

#[test]
fn confirming_adds_to_what_was_confirmed_that_day() {
    rewrites(&format!("{TODAY}    confirmed: [a‹|, b›]\n"), &confirm(&["a", "b"]));
    rewrites(&format!("{TODAY}    confirmed: all\n"), &confirm(&["a", "b"]));
    rewrites(&format!("{TODAY}    scores: {{a: green}}\n‹|    confirmed: [b]\n›"), &confirm(&["a", "b"]));
    let all = scoring(Vec::new(), Confirmation::All);
    rewrites(&format!("{TODAY}    confirmed: ‹[a]|all›\n"), &all);
    rewrites(&format!("{TODAY}    confirmed:‹\n      - a\n      - b| all›\n"), &all);
    rewrites(&format!("{TODAY}‹|    # c\n›    confirmed:‹\n      - a # c\n      - b| all›\n"), &all);
}

#[test]
fn who_judged_is_added_to_who_did() {
    let mut says = confirm(&["a"]);
    says.by = vec!["x".to_owned(), "z".to_owned()];
    rewrites(&format!("{TODAY}    by: [x‹|, z›]\n    confirmed: [a]\n"), &says);
    rewrites(&format!("{TODAY}    by: ‹x|[x, z]›\n    confirmed: [a]\n"), &says);
}

#[test]
fn saying_the_same_again_changes_nothing() {
    let says = said(vec![score("a", Colour::Green, Some("Fine"))]);
    rewrites(&format!("{TODAY}    scores:\n      a: {{ because: 'Fine', rag: \"green\" }}\n"), &says);
}

#[test]
fn an_inherited_category_may_be_judged_by_oneself_and_back() {
    let own = said(vec![score("a", Colour::Green, None)]);
    rewrites(&format!("{TODAY}    scores:\n      a: ‹{{ inherited-from: x }}|{{ rag: green }}›\n"), &own);
    let inherits = Score {
        verdict: Verdict::Inherited { provider: ServiceId::new("x").expect("an id"), because: None },
        ..score("a", Colour::Green, None)
    };
    rewrites(
        &format!("{TODAY}    scores:\n      a:‹ green|\n        inherited-from: x›\n"),
        &said(vec![inherits]),
    );
}

#[test]
fn a_file_that_is_json_stays_json() {
    let text = r#"{"service": "s", "assessments": [{"date": "2026-06-01", "rubric": "r@1", "scores": {"a": "red"}}]}"#;
    let changed =
        assess(text, &said(vec![score("a", Colour::Green, None), score("b", Colour::Red, Some("x"))]));
    let changed = changed.expect("it can be changed");
    let read: serde_json::Value = serde_json::from_str(&changed).expect("it is JSON");
    assert_eq!(read["assessments"][0]["scores"]["b"]["because"], "x");
}

#[test]
fn an_action_is_added_and_done() {
    let action = NewAction {
        what: "Retire the noisy alerts".to_owned(),
        category: Some(category("a").into()),
        owner: None,
        raised: day("2026-06-01"),
        due: Some(day("2026-07-01")),
        target: Some(Colour::Green),
        support: None,
        because: None,
    };
    let (before, after) = marked(&format!(
        "{HEAD}# none yet\n\ntags: [x]‹|\n\nactions:\n  - what: Retire the noisy alerts\n    category: a\n    \
         raised: 2026-06-01\n    due: 2026-07-01\n    target: green›"
    ));
    assert_eq!(add_action(&before, &action).as_deref(), Ok(after.as_str()));
    let (before, after) = marked(&format!(
        "{HEAD}actions:\n- what: One\n  raised: 2026-01-01  # soon\n‹|  done: 2026-06-01\n›\n- {{what: Two, raised: 2026-01-01}}\n"
    ));
    assert_eq!(finish_action(&before, 0, day("2026-06-01")).as_deref(), Ok(after.as_str()));
}

#[test]
fn a_waiver_replaces_the_one_before() {
    let waiver = NewWaiver {
        category: category("a").into(),
        raised: day("2026-05-01"),
        until: day("2026-09-01"),
        because: "Vendor is late".to_owned(),
        approved_by: vec!["ops".to_owned()],
        evidence: Vec::new(),
    };
    let (before, after) = marked(&format!(
        "{HEAD}waivers:\n  - {{ category: a, raised: ‹2026-01-05|2026-05-01›, until: ‹2026-06-30|2026-09-01›, because: Vendor is late, approved-by: ops }}\n"
    ));
    assert_eq!(waive(&before, &waiver).as_deref(), Ok(after.as_str()));
}
