//! The program in a terminal: what it writes, and what it leaves behind when it is broken off.

use std::path::Path;

use portable_pty::CommandBuilder;

use crate::pty::{SERVICE, Shop};

/// Keys to press, each when what stands before it is seen.
type Way = &'static [(&'static str, &'static str)];

/// Every question: its name, a way to it, and what is seen there.
const QUESTIONS: [(&str, Way, &str); 6] = [
    ("overview", &[], "[q]uit"),
    ("card", &[("[q]uit", "\r"), ("1 of 3", "g")], "2 of 3"),
    ("because", &[("[q]uit", "\r"), ("1 of 3", "g"), ("2 of 3", "r")], "because …"),
    ("not applicable", &[("[q]uit", "\r"), ("1 of 3", "g"), ("2 of 3", "n")], "because …"),
    ("rest", &[("[q]uit", "\r"), ("1 of 3", "g"), ("2 of 3", "k"), ("3 of 3", "k")], "Confirm the other 19"),
    ("summary", &[("[q]uit", "\r"), ("1 of 3", "g"), ("2 of 3", "q")], "Write this?"),
];

const KEPT: &str = "What you entered is kept";

#[test]
fn a_team_scores_three_confirms_the_rest_and_writes() {
    let shop = Shop::new();
    let before = shop.text();
    let mut pty = shop.score(100);
    pty.see("› 3 categories to look at now.").press("\r");
    pty.see("1 of 3 · Monitoring & Observability").press("a");
    pty.see("2 of 3 · Deployability").press("g");
    pty.see("3 of 3 · Resilience").press("r");
    pty.see("because …").press("No time: a raid on the shop\r");
    pty.see("Confirm the other 19 as unchanged?").press("y");
    pty.see("Write this?");
    let screen = pty.text();
    for line in [
        "service-level-objectives  R red → A amber",
        "R 11 of 24 green, 10 amber, 3 red → R 12 of 24 green, 11 amber, 1 red",
        "The gate passes since the last assessment.",
    ] {
        assert!(screen.contains(line), "{screen}");
    }
    let ended = pty.press("y").ended();
    assert_eq!(ended.code, 0, "{}", ended.screen);
    assert!(ended.screen.ends_with("Written to services/customer/identity-api.yaml."), "{}", ended.screen);
    let after = shop.text();
    let new: Vec<_> = after.lines().filter(|line| !before.lines().any(|old| old == *line)).collect();
    assert_eq!(
        new,
        [
            "  - date: 2026-11-21",
            "      service-level-objectives: amber",
            "      progressive-rollout: green",
            "        because: \"No time: a raid on the shop\"",
        ]
    );
    assert!(after.contains("    confirmed: all\n"));
    assert_eq!(shop.draft(), None, "what is written is no draft any more");
}

#[test]
fn the_page_on_scoring_shows_what_the_program_shows() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scoring.md");
    let page = std::fs::read_to_string(page).expect("the page is there");
    let screens: Vec<_> =
        page.split("```text\n").skip(1).filter_map(|rest| rest.split("\n```").next()).collect();
    let shop = Shop::new();
    let mut pty = shop.score(80);
    let is_shown = |screen: &str, shown: &str| screen.ends_with(shown);
    pty.see("[q]uit").press("\r").wait_until("the card of the page", |screen| is_shown(screen, screens[0]));
    pty.press("a").see("2 of 3").press("r").see("because …").press("No time: a raid on the shop\r");
    pty.see("3 of 3").press("k").see("Confirm the other").press("y");
    pty.wait_until("the summary of the page", |screen| is_shown(screen, screens[1])).press("\u{3}").ended();
}

#[test]
fn a_small_terminal_is_not_filled_with_the_same_card_again_and_again() {
    let shop = Shop::new();
    let mut pty = shop.run_sized((60, 20), &["score", SERVICE]);
    pty.see("[q]uit").press("\r").see("[?] help").press("g").see("automated check").press("n");
    pty.see("because …");
    let before = pty.scrolled_off();
    pty.press("no work").see("> no work").press("\u{15}").press("at all").see("> at all");
    assert_eq!(pty.scrolled_off(), before);
    pty.press("\r").see("Failure testing guidance").press("\u{3}").ended();
}

#[test]
fn a_drop_on_the_golden_thread_is_said_to_fail_the_gate_before_it_is_written() {
    let shop = Shop::new();
    let mut pty = shop.run(100, &["score", SERVICE, "--all"]);
    pty.see("[q]uit").press("\r");
    for at in 1..=3 {
        pty.see(&format!("{at} of 24")).press("k");
    }
    pty.see("4 of 24").press("r").see("because …").press("\r").see("5 of 24").press("q");
    pty.see("The gate fails since the last assessment:")
        .see("Write this?")
        .press("u")
        .see("5 of 24")
        .press("\u{3}")
        .ended();
}

#[test]
fn confirming_that_nothing_changed_takes_two_keys() {
    let shop = Shop::new();
    let mut pty = shop.score(80);
    pty.see("[c] nothing changed: confirm 22").press("c");
    pty.see("Write this?").press("y");
    assert_eq!(pty.ended().code, 0);
    assert_eq!(pty.keys, 2);
    assert!(shop.text().contains("  - date: 2026-11-21\n    rubric: fundamentals@2\n    confirmed: all\n"));
}

#[test]
fn scoring_everything_takes_a_key_a_category_and_two() {
    let shop = Shop::new();
    let mut pty = shop.run(100, &["score", SERVICE, "--all"]);
    pty.see("[q]uit").press("\r");
    for at in 1..=24 {
        pty.see(&format!("{at} of 24")).press("g");
    }
    pty.see("Write this?").press("y");
    assert_eq!(pty.ended().code, 0);
    assert_eq!(pty.keys, 26);
    let text = shop.text();
    let new = text.split("  - date: 2026-11-21\n").nth(1).expect("the new assessment");
    let new = new.lines().take_while(|line| line.starts_with("    "));
    assert_eq!(new.filter(|line| line.ends_with(": green")).count(), 24, "{text}");
}

#[test]
fn broken_off_at_any_question_nothing_is_written_and_what_was_entered_is_offered_again() {
    for (name, way, seen) in QUESTIONS {
        // Ctrl-C, and the end of input.
        for end in ["\u{3}", "\u{4}"] {
            let shop = Shop::new();
            let before = shop.text();
            let mut pty = shop.score(100);
            for (see, key) in way {
                pty.see(see).press(key);
            }
            let ended = pty.see(seen).press(end).ended();
            assert_eq!(ended.code, 130, "{name}: {}", ended.screen);
            assert!(ended.screen.contains("Nothing was written."), "{name}: {}", ended.screen);
            assert_eq!(shop.text(), before, "{name}");
            let has_entered = !way.is_empty();
            assert_eq!(ended.screen.contains(KEPT), has_entered, "{name}: {}", ended.screen);
            assert_eq!(shop.draft().is_some(), has_entered, "{name}");
            if has_entered {
                let mut pty = shop.score(100);
                pty.see("On 2026-11-21 you entered").see("not written").press("y");
                pty.see("R→G").press("\u{3}");
                assert_eq!(pty.ended().code, 130);
            }
        }
    }
}

#[test]
fn broken_off_at_the_question_about_the_draft_it_stays() {
    let shop = Shop::new();
    let mut pty = shop.score(80);
    pty.see("[q]uit").press("\r").see("1 of 3").press("g").see("2 of 3").press("\u{3}").ended();
    let mut pty = shop.score(80);
    let ended = pty.see("Take it up?").press("\u{3}").ended();
    assert_eq!(ended.code, 130);
    assert!(ended.screen.contains(KEPT), "{}", ended.screen);
    // Not wanted, and yet there as long as there is nothing better.
    shop.score(80).see("Take it up?").press("n").see("[q]uit").press("q").ended();
    assert!(shop.draft().is_some());
    let mut pty = shop.score(80);
    pty.see("Take it up?").press("n").see("[Enter]").press("\r").see("1 of 3").press("kq");
    let ended = pty.see("Write this?").press("d").ended();
    assert_eq!(ended.code, 0);
    assert!(ended.screen.contains("what you entered is forgotten"), "{}", ended.screen);
    assert_eq!(shop.draft(), None);
}

#[test]
fn closing_the_terminal_writes_nothing_and_keeps_what_was_entered() {
    for (name, way, seen) in QUESTIONS {
        let shop = Shop::new();
        let before = shop.text();
        let mut pty = shop.score(100);
        for (see, key) in way {
            pty.see(see).press(key);
        }
        pty.see(seen);
        pty.hang_up();
        assert_eq!(shop.text(), before, "{name}");
        assert_eq!(shop.draft().is_some(), !way.is_empty(), "{name}");
    }
}

#[test]
fn a_program_that_should_outlive_its_terminal_ends_with_it_all_the_same() {
    let shop = Shop::new();
    let mut command = CommandBuilder::new("sh");
    let program = env!("CARGO_BIN_EXE_fundamentals");
    command.args(["-c", &format!("trap '' HUP; exec {program} --today 2026-11-21 score {SERVICE}")]);
    let mut pty = shop.start(80, command);
    pty.see("[q]uit");
    pty.hang_up();
}

#[test]
fn a_terminal_that_goes_away_without_a_word_ends_it_too() {
    let shop = Shop::new();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_fundamentals"));
    command.args(["--today", "2026-11-21", "score", SERVICE]);
    command.set_controlling_tty(false);
    let mut pty = shop.start(80, command);
    pty.see("[q]uit").press("\r").see("1 of 3");
    pty.hang_up();
}

#[test]
fn told_to_end_it_leaves_the_terminal_as_it_was() {
    let shop = Shop::new();
    let mut pty = shop.score(80);
    pty.see("[q]uit").terminate();
    pty.ended();
}

#[test]
fn a_card_is_drawn_anew_when_the_terminal_gets_narrower() {
    let shop = Shop::new();
    let mut pty = shop.score(100);
    pty.see("[q]uit").press("\r").see("[?] help");
    pty.resize(60);
    pty.wait_until("a card of 60 columns", |screen| {
        screen.starts_with("── 1 of 3") && screen.contains("[?] help")
    });
    insta::with_settings!(
        { snapshot_path => "../snapshots/terminal", prepend_module_to_snapshot => false, omit_expression => true },
        { insta::assert_snapshot!("resized-to-60", pty.text()) }
    );
    // And on it goes, in one that is wider again.
    pty.resize(120).wait_until("a wide card", |screen| {
        screen.lines().next().is_some_and(|line| line.chars().count() > 100)
    });
    pty.press("g").see("2 of 3").press("\u{3}");
    assert_eq!(pty.ended().code, 130);
}

#[test]
fn a_narrower_terminal_leaves_a_reason_that_is_being_typed_alone() {
    let shop = Shop::new();
    let mut pty = shop.score(100);
    pty.see("[q]uit").press("\r").see("1 of 3").press("r").see("because …");
    // The reason of last time is there already, and can be taken away at once.
    pty.press("\u{15}half a reas").see("> half a reas").resize(60);
    pty.wait_until("narrow", |screen| screen.starts_with("── 1 of 3") && screen.ends_with("> half a reas"));
    pty.press("on\r").see("because: half a").press("\u{3}");
    assert_eq!(pty.ended().code, 130);
}

#[test]
fn undo_returns_to_the_question_and_takes_the_answer_out_of_the_draft() {
    let shop = Shop::new();
    let mut pty = shop.score(80);
    pty.see("[q]uit").press("\r").see("1 of 3").press("g").see("2 of 3").press("u");
    pty.see("Taken back.").see("1 of 3 ·").press("\u{3}");
    let ended = pty.ended();
    assert!(!ended.screen.contains(KEPT), "{}", ended.screen);
    assert_eq!(shop.draft(), None);
}

#[test]
fn what_was_judged_in_the_file_since_is_not_taken_from_the_draft() {
    let shop = Shop::new();
    let mut pty = shop.score(80);
    pty.see("[q]uit")
        .press("\r")
        .see("1 of 3")
        .press("g")
        .see("2 of 3")
        .press("g")
        .see("3 of 3")
        .press("\u{3}");
    pty.ended();
    let newer = "assessments:\n  - date: 2026-11-20\n    rubric: fundamentals@2\n    scores: { progressive-rollout: red }\n";
    shop.replace("assessments:\n", newer);
    let mut pty = shop.score(80);
    pty.see("Not taken from the draft: `progressive-rollout` was judged in the file since.");
    pty.see("you entered 1 answer that was not written. Take it up?").press("y");
    pty.see("✓ R→G").press("q").see("Write this?").press("y");
    assert_eq!(pty.ended().code, 0);
    assert!(shop.text().contains("service-level-objectives: green"));
}

#[test]
fn a_draft_that_cannot_be_read_is_said_to_be_and_is_in_nobodys_way() {
    for text in
        ["", "{}", "{ \"format\": \"fundamentals/draft/v9\" }", "{ \"format\": \"fundamentals/draft/v1\" }"]
    {
        let shop = Shop::new();
        shop.score(80)
            .see("[q]uit")
            .press("\r")
            .see("1 of 3")
            .press("g")
            .see("2 of 3")
            .press("\u{3}")
            .ended();
        std::fs::write(shop.draft().expect("a draft"), text).expect("it can be spoilt");
        let mut pty = shop.score(80);
        pty.see("There is a draft, and it is not used").see("[c]").press("c").see("Write this?").press("y");
        assert_eq!(pty.ended().code, 0);
        assert_eq!(shop.draft(), None);
    }
}

#[cfg(unix)]
#[test]
fn a_draft_is_for_its_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    let shop = Shop::new();
    shop.score(80).see("[q]uit").press("\r").see("1 of 3").press("g").see("2 of 3").press("\u{3}").ended();
    let mode = std::fs::metadata(shop.draft().expect("a draft")).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn without_colour_no_colour_is_written() {
    let has_colour = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.split("\u{1b}[")
            .skip(1)
            .any(|rest| rest.trim_start_matches(|it: char| it.is_ascii_digit() || it == ';').starts_with('m'))
    };
    for (args, coloured) in
        [(&["score", SERVICE][..], true), (&["--color", "never", "score", SERVICE], false)]
    {
        let shop = Shop::new();
        let mut pty = shop.run(80, args);
        pty.see("[q]uit").press("\r").see("1 of 3").press("r").see("because …").press("\r");
        pty.see("2 of 3").press("q").see("Write this?").press("q").ended();
        assert_eq!(has_colour(&pty.bytes), coloured, "{args:?}");
    }
    let shop = Shop::new();
    let mut command = CommandBuilder::new("sh");
    let program = env!("CARGO_BIN_EXE_fundamentals");
    command.args(["-c", &format!("NO_COLOR=1 exec {program} --today 2026-11-21 score {SERVICE}")]);
    let mut pty = shop.start(80, command);
    pty.see("[q]uit").press("c").see("Write this?").press("q").ended();
    assert!(!has_colour(&pty.bytes));
}
