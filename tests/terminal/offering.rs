//! What is offered, and in which order.

use fundamentals::dialog::SessionScope;
use fundamentals::eval::{Agenda, Urgency, latest_state};

use crate::scripted::{Talk, estate, talk, today};

fn agenda(service: &str) -> (Vec<(String, Urgency)>, Vec<String>) {
    let estate = estate();
    let state = latest_state(&estate, estate.service(service).expect("a service"), today());
    let agenda = Agenda::of(&state, today());
    let name = |ix| state.rubric.category(ix).id.to_string();
    (
        agenda.urgent.iter().map(|(ix, urgency)| (name(*ix), *urgency)).collect(),
        agenda.others.iter().map(|ix| name(*ix)).collect(),
    )
}

#[test]
fn what_needs_a_new_colour_comes_first_then_red_then_stale_then_what_nobody_judged() {
    let (urgent, others) = agenda("s");
    let urgent: Vec<_> = urgent.iter().map(|(id, urgency)| (id.as_str(), *urgency)).collect();
    assert_eq!(
        urgent,
        [
            ("tight", Urgency::NeedsRescore),
            ("lists", Urgency::Red),
            ("logs", Urgency::Stale),
            ("new", Urgency::NeverJudged),
        ]
    );
    assert_eq!(others, ["shared", "old"]);
}

#[test]
fn what_is_inherited_is_the_providers_to_judge_and_what_is_not_asked_is_not_offered() {
    let (urgent, others) = agenda("s");
    assert!(urgent.iter().all(|(id, _)| id != "shared" && id != "tags"));
    assert!(!others.contains(&"tags".to_owned()));
}

#[test]
fn a_service_without_anything_urgent_is_said_to_have_none_and_can_still_be_gone_through() {
    let talked = Talk { service: "fine", ..Talk::default() }.pressing("⏎");
    assert!(talked.terminal.screen.contains("Nothing is red, stale, to be re-scored or unjudged."));
    assert!(!talked.terminal.screen.contains("[Enter]"));
    let talked = Talk { service: "fine", ..Talk::default() }.pressing("a");
    assert!(talked.terminal.screen.starts_with("── 1 of 6 · Seeing"), "{}", talked.terminal.screen);
}

#[test]
fn all_offers_the_others_too_after_what_is_urgent() {
    let talked = talk("⏎");
    assert!(talked.terminal.screen.starts_with("── 1 of 4 · Doing"));
    let talked = Talk { scope: SessionScope::All, ..Talk::default() }.pressing("⏎");
    assert!(talked.terminal.screen.starts_with("── 1 of 6 · Doing"));
    assert_eq!(talked.title(), "Tight");
}
