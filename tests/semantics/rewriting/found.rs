//! Layouts that were refused or came out ugly once.

use fundamentals::edit::assess;
use fundamentals::model::{Colour, Confirmation, ServiceId, Verdict};

use super::{TODAY, category, confirm, marked, rewrites, said, score, scoring};

#[test]
fn a_day_between_others_goes_between_them() {
    let says = said(vec![score("a", Colour::Green, None)]);
    let item = |date| format!("  - date: {date}\n    rubric: r@1\n");
    let new = "  - date: 2026-06-01\n    rubric: r@1\n    scores:\n      a: green\n";
    let (old, late) = (item("2026-01-01"), item("2026-07-01"));
    rewrites(&format!("assessments:\n{old}    # old\n\n‹|{new}\n›  # late\n{late}"), &says);
    rewrites(&format!("assessments:\n{late}\n‹|{new}\n›{old}"), &says);
    rewrites(&format!("assessments:\n‹|{new}›{late}"), &says);
    rewrites(
        "assessments: [‹|{ date: 2026-06-01, rubric: r@1, scores: { a: green } }, ›{date: 2026-07-01, rubric: r@1}]\n",
        &says,
    );
}

#[test]
fn comments_in_brackets_that_give_way_stay() {
    let all = scoring(Vec::new(), Confirmation::All);
    let open = "assessments:\n  - { date: 2026-06-01, rubric: r@1,\n";
    rewrites(&format!("{open}‹|      # c\n›      confirmed: ‹[ a, # c\n        b ]|all› }}\n"), &all);
    rewrites(
        &format!("{open}      by: x, confirmed:‹ [ a, # c\n        b ]| all # c\n             › }}\n"),
        &all,
    );
}

#[test]
fn comments_of_what_leaves_a_list_in_brackets_stay() {
    let says = said(vec![score("a", Colour::Green, None)]);
    let open = format!("{TODAY}    scores: {{ a: green }}\n");
    rewrites(&format!("{open}    confirmed: [\n‹      a, # c\n|      # c\n›      b,\n    ]\n"), &says);
    rewrites(&format!("{open}    confirmed: [\n      b‹,|› # b\n‹      a # a\n|      # a\n›    ]\n"), &says);
    rewrites(&format!("{open}    confirmed: [‹a|› # c\n     ‹ , |           ›b]\n"), &says);
}

#[test]
fn a_part_on_a_line_of_its_own_gets_a_neighbour_on_the_next() {
    let list = "assessments: [\n  {date: 2026-01-01, rubric: r@1}‹|,› # old\n‹|  { date: 2026-06-01, rubric: r@1, confirmed: [a] }\n›]\n";
    rewrites(list, &confirm(&["a"]));
    let table = "assessments:\n  - {\n      date: 2026-06-01,\n      rubric: r@1, # so\n‹|      confirmed: [a],\n›    }\n";
    rewrites(table, &confirm(&["a"]));
}

#[test]
fn json_on_many_lines_grows_by_lines() {
    let before = "{\n  \"service\": \"s\",\n  \"assessments\": [\n    {\n      \"date\": \"2026-06-01\",\n      \"rubric\": \"r@1\"‹|,\n      \"confirmed\": [\"a\"]›\n    }\n  ]\n}\n";
    let (before, after) = marked(before);
    assert_eq!(assess(&before, &confirm(&["a"])).as_deref(), Ok(after.as_str()));
}

#[test]
fn what_is_confirmed_stays_where_it_is_though_all_of_it_changes() {
    let mut says = said(vec![score("a", Colour::Green, None)]);
    says.confirmation = Confirmation::These(vec![category("b")]);
    rewrites(&format!("{TODAY}    confirmed: [‹a|b›]\n    scores: {{ a: green }}\n"), &says);
    says.confirmation = Confirmation::All;
    rewrites(&format!("{TODAY}    confirmed: ‹[a]|all›\n    scores: {{ a: green }}\n"), &says);
}

#[test]
fn comments_of_a_first_key_that_goes_stay_behind_the_dash() {
    let mut says = said(vec![score("a", Colour::Green, None)]);
    says.confirmation = Confirmation::All;
    rewrites(
        "assessments:\n  - confirmed:‹\n      - a| all› # c\n    date: 2026-06-01\n    rubric: r@1\n    scores: {a: green}\n",
        &says,
    );
    let says = said(vec![score("a", Colour::Green, None)]);
    rewrites(
        "assessments:\n  - ‹confirmed:\n      - a # c\n    |# c\n    ›date: 2026-06-01\n    rubric: r@1\n    scores: {a: green}\n",
        &says,
    );
}

#[test]
fn a_last_line_that_goes_takes_the_line_end_before_it_along() {
    let says = said(vec![score("a", Colour::Green, None)]);
    rewrites(&format!("{TODAY}    scores: {{ a: green }}‹\n    confirmed: [a]|›"), &says);
}

#[test]
fn lists_and_dashes_look_like_those_that_are_there() {
    let mut inherits = score("a", Colour::Green, None);
    inherits.verdict = Verdict::Inherited { provider: ServiceId::new("x").expect("an id"), because: None };
    let says = said(vec![inherits]);
    let new = "date: 2026-06-01";
    rewrites(
        &format!(
            "tags:\n- x\n‹|assessments:\n- {new}\n  rubric: r@1\n  scores:\n    a:\n      inherited-from: x\n›"
        ),
        &says,
    );
    rewrites(
        &format!(
            "assessments:\n-   date: 2026-01-01\n    rubric: r@1\n‹|-   {new}\n    rubric: r@1\n    confirmed: [a]\n›"
        ),
        &confirm(&["a"]),
    );
}
