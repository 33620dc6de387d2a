//! What keys come to.

use fundamentals::dialog::{Ending, SessionScope};
use fundamentals::eval::WhatIf;
use fundamentals::model::{Assessment, Confirmation, Confirmed, Scoring};

use crate::scripted::{Talk, estate, said, talk, today};

#[test]
fn colours_reasons_and_confirmations_become_one_scoring() {
    // Tight green, lists red without a new reason, logs red for a reason, new not judged, the others unchanged.
    let talked = talk("⏎grstill none⏎r lost them ⏎kyy");
    assert_eq!(
        said(talked.written()),
        "logs=red (lost them), lists=red (still none), tight=green, old confirmed"
    );
    assert_eq!(talked.written().by, ["us"]);
}

#[test]
fn that_nothing_changed_takes_two_keys() {
    let talked = talk("cy");
    assert_eq!(said(talked.written()), "all confirmed");
    let record = talked.terminal.record.join("\n");
    assert!(
        record.contains("3 categories confirmed as unchanged; 2 need a colour, and stay as they are."),
        "{record}"
    );
}

#[test]
fn keep_confirms_what_was_judged_and_leaves_open_what_needs_a_colour() {
    let talked = talk("⏎kkkkn");
    assert_eq!(said(&talked.notes.kept.expect("kept")), "logs confirmed, lists confirmed");
    let record = talked.terminal.record.join("\n");
    assert!(record.contains("Tight: ? needs re-score, left as it is"), "{record}");
    assert!(record.contains("New: · never judged, left as it is"), "{record}");
    assert!(record.contains("Logs: A amber, unchanged"), "{record}");
}

#[test]
fn only_some_confirmed_are_named() {
    let talked = talk("⏎kkkqy");
    assert_eq!(said(talked.written()), "logs confirmed, lists confirmed");
}

#[test]
fn a_reason_is_asked_for_red_for_worse_and_for_not_applicable_and_for_nothing_else() {
    for (keys, asks) in [
        ("⏎g", false),
        ("⏎a", true),
        ("⏎r", true),
        ("⏎n", true),
        ("⏎kg", false),
        ("⏎kkg", false),
        ("⏎kkkr", true),
        ("⏎kkka", false),
    ] {
        let screen = talk(keys).terminal.screen;
        assert_eq!(screen.contains("because …"), asks, "{keys}: {screen}");
    }
}

#[test]
fn not_applicable_needs_a_reason() {
    let talked = talk("⏎n.⏎");
    assert!(talked.terminal.screen.contains("Say why"), "{}", talked.terminal.screen);
    let talked = talk("⏎n  ⏎no traffic⏎qy");
    assert_eq!(said(talked.written()), "tight=n/a (no traffic)");
}

#[test]
fn the_reason_given_last_is_offered_again_for_the_same_colour_only() {
    let talked = Talk { scope: SessionScope::All, ..Talk::default() }.pressing("⏎kkn");
    assert!(talked.terminal.screen.ends_with("\n> "), "{}", talked.terminal.screen);
    // Logs is amber because of free text: amber again needs no reason, so that is what `keep` is for.
    let talked = talk("⏎kkaqy");
    assert_eq!(said(talked.written()), "logs=amber, lists confirmed");
}

#[test]
fn escape_returns_from_the_reason_to_the_colours() {
    let talked = talk("⏎rbecause⎋gqy");
    assert_eq!(said(talked.written()), "tight=green");
}

#[test]
fn amber_where_there_is_none_says_so_and_changes_nothing() {
    let talked = talk("⏎ka");
    assert!(talked.terminal.screen.contains("There is no amber here"), "{}", talked.terminal.screen);
    assert!(!talked.terminal.screen.contains("[a]mber"));
    assert_eq!(talked.title(), "Lists");
}

#[test]
fn undo_takes_answers_back_one_by_one_up_to_the_overview() {
    let talked = talk("⏎gkuu");
    assert_eq!(talked.title(), "Tight");
    assert_eq!(talk("⏎gkuuu").terminal.screen.lines().next(), talk("").terminal.screen.lines().next());
    assert_eq!(said(talk("⏎gku").notes.kept.as_ref().expect("kept")), "tight=green");
    let again = talk("⏎gkkkyuy").notes.kept.expect("kept");
    assert_eq!(said(&again), "tight=green, logs confirmed, lists confirmed, old confirmed");
}

#[test]
fn undo_at_the_summary_returns_to_the_last_question() {
    let talked = talk("⏎gquqy");
    assert_eq!(said(talked.written()), "tight=green");
    assert_eq!(talk("cu").terminal.screen, talk("").terminal.screen);
}

#[test]
fn the_others_can_be_gone_through_one_by_one() {
    let talked = talk("⏎gkkga");
    assert!(talked.terminal.screen.starts_with("── 1 of 1 · Doing"), "{}", talked.terminal.screen);
    let talked = talk("⏎gkkgaa⏎y");
    assert_eq!(said(talked.written()), "old=amber, tight=green, new=green, all confirmed");
}

#[test]
fn what_is_inherited_is_not_offered_or_counted_as_confirmed() {
    let talked = talk("");
    assert!(talked.terminal.screen.contains("[c] nothing changed: confirm 3"), "{}", talked.terminal.screen);
    let talked = talk("⏎gkkg");
    assert!(
        talked.terminal.screen.contains("Confirm the other one as unchanged?"),
        "{}",
        talked.terminal.screen
    );
    let talked = Talk { scope: SessionScope::All, ..Talk::default() }.pressing("⏎kkkkkkn");
    let kept = said(&talked.notes.kept.expect("kept"));
    assert!(kept.contains("old confirmed") && !kept.contains("shared"), "{kept}");
}

#[test]
fn as_many_categories_are_offered_for_confirmation_as_count_as_looked_at_again() {
    let estate = estate();
    let before = estate.service("s").expect("it is there");
    let mut after = before.clone();
    let last = before.assessments.last().expect("an assessment");
    after.assessments.push(Assessment {
        date: today(),
        judgements: Vec::new(),
        confirmed: Confirmed::All(last.span),
        ..last.clone()
    });
    let what_if = WhatIf::new((&estate, before), (&estate, &after), &last.rubric, today());
    assert_eq!(what_if.looked_at_again(), 3);
    assert!(talk("").terminal.screen.contains("confirm 3"));
}

#[test]
fn an_inheritance_can_be_replaced_by_a_colour_of_ones_own() {
    let talked = Talk { scope: SessionScope::All, ..Talk::default() }.pressing("⏎kkkka⏎qy");
    assert!(said(talked.written()).contains("shared=amber"), "{}", said(talked.written()));
}

#[test]
fn broken_off_anywhere_nothing_is_to_be_written_and_answers_are_kept() {
    for before in ["", "⏎", "⏎r", "⏎rbec", "⏎n", "⏎gkkg", "c", "⏎gq"] {
        for end in ["␃", ""] {
            let talked = talk(&format!("{before}{end}"));
            assert_eq!(talked.ending, Ending::Interrupted, "{before}");
        }
    }
    // Ctrl-D ends every question, and a line that is empty.
    for before in ["", "⏎", "⏎r", "⏎gkkg", "c"] {
        assert_eq!(talk(&format!("{before}␄")).ending, Ending::Interrupted, "{before}");
    }
    assert_eq!(said(&talk("⏎gr␃").notes.kept.expect("kept")), "tight=green");
}

#[test]
fn what_was_entered_before_is_taken_up() {
    let half = talk("⏎grnone⏎").notes.kept.expect("kept");
    let talked = Talk { start: Some(half.clone()), ..Talk::default() }.pressing("");
    assert!(
        talked.terminal.screen.contains("✓ 2 entered before. › 2 categories to look at now."),
        "{}",
        talked.terminal.screen
    );
    assert!(talked.terminal.screen.contains("?→G"), "{}", talked.terminal.screen);
    let talked = Talk { start: Some(half), ..Talk::default() }.pressing("⏎kgyy");
    assert_eq!(said(talked.written()), "lists=red (none), tight=green, new=green, all confirmed");
}

#[test]
fn what_cannot_be_written_is_not_written() {
    let talked = Talk { refusal: Some("it is laid out oddly"), ..Talk::default() }.pressing("cyyq");
    assert_eq!(talked.ending, Ending::Left);
    assert!(talked.terminal.screen.contains("This can't be written: it is laid out oddly"));
    assert!(!talked.terminal.screen.contains("[y]es"));
}

#[test]
fn nothing_said_is_nothing_to_write() {
    assert_eq!(talk("q").ending, Ending::Left);
    let talked = talk("⏎qyd");
    assert!(talked.terminal.screen.contains("Nothing was judged or confirmed."));
    assert_eq!(talked.ending, Ending::Interrupted);
    assert_eq!(talk("⏎qq").ending, Ending::Left);
}

#[test]
fn leaving_keeps_the_draft_and_discarding_says_so() {
    assert_eq!(talk("⏎gqq").ending, Ending::Left);
    assert_eq!(talk("⏎gqd").ending, Ending::Discard);
}

#[test]
fn a_confirmation_of_all_in_what_was_entered_is_each_by_name() {
    let start = Scoring { confirmation: Confirmation::All, ..talk("⏎g").notes.kept.expect("kept") };
    let talked = Talk { start: Some(start), ..Talk::default() }.pressing("qy");
    assert_eq!(said(talked.written()), "tight=green, all confirmed");
}

#[test]
fn what_was_entered_before_can_be_answered_again() {
    let half = talk("⏎grnone⏎").notes.kept.expect("kept");
    let talked = Talk { start: Some(half.clone()), ..Talk::default() }.pressing("ak");
    assert!(talked.terminal.screen.contains("Entered: R red, because: none"), "{}", talked.terminal.screen);
    let talked = Talk { start: Some(half.clone()), ..Talk::default() }.pressing("akr");
    assert!(talked.terminal.screen.ends_with("\n> none"), "{}", talked.terminal.screen);
    let talked = Talk { start: Some(half), ..Talk::default() }.pressing("akgqy");
    assert_eq!(said(talked.written()), "lists=green, tight=green");
}
