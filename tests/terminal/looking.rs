//! What it looks like, at widths of terminals.

use fundamentals::dialog::SessionScope;
use unicode_width::UnicodeWidthStr;

use crate::scripted::Talk;

/// What is on the screen after these keys.
fn screen(keys: &str, width: usize) -> String {
    let talked = Talk { width, ..Talk::default() }.pressing(keys);
    let too_wide = talked.terminal.screen.lines().find(|line| line.width() > width);
    assert_eq!(too_wide, None, "wider than {width}");
    talked.terminal.screen
}

macro_rules! assert_screen {
    ($name:expr, $text:expr) => {
        insta::with_settings!(
            {
                snapshot_path => "../snapshots/terminal",
                prepend_module_to_snapshot => false,
                omit_expression => true
            },
            { insta::assert_snapshot!($name, $text) }
        )
    };
}

#[test]
fn the_overview_fits() {
    for width in [100, 80, 60] {
        assert_screen!(format!("overview-{width}"), screen("", width));
    }
}

#[test]
fn a_card_has_definitions_side_by_side_where_there_is_room() {
    for width in [100, 80, 60] {
        assert_screen!(format!("card-{width}"), screen("⏎kk", width));
    }
}

#[test]
fn lists_of_statements_without_amber_fit() {
    for width in [100, 60] {
        assert_screen!(format!("card-lists-{width}"), screen("⏎k", width));
    }
}

#[test]
fn a_card_says_why_it_is_asked_and_whose_it_is() {
    let text = Talk { scope: SessionScope::All, ..Talk::default() }.pressing("⏎kkkk").terminal.screen;
    assert_screen!("card-inherited", text);
    assert_screen!("card-needs-rescore", screen("⏎", 80));
    assert_screen!("card-never-judged", screen("⏎kkk", 80));
}

#[test]
fn help_explains_the_keys_and_goes_away_again() {
    assert_screen!("card-help", screen("⏎?", 80));
    assert_eq!(screen("⏎??", 80), screen("⏎", 80));
}

#[test]
fn the_other_questions_fit() {
    for width in [80, 60] {
        assert_screen!(
            format!("because-{width}"),
            screen("⏎kkrit loses them, every other night, when the queue is full and nobody looks", width)
        );
        assert_screen!(format!("rest-{width}"), screen("⏎kkkk", width));
        assert_screen!(format!("summary-{width}"), screen("c", width));
    }
}

#[test]
fn no_colour_stands_without_its_letter_and_its_word() {
    let text = screen("⏎kk", 80);
    for sign in ["R red", "A amber", "G green"] {
        assert!(text.contains(sign), "{text}");
    }
}
