//! `fundamentals add` in a terminal: it asks for what is missing.

use crate::pty::{Pty, Shop};

/// Each question with the answer that leads to the next one.
const QUESTIONS: [(&str, &str); 6] = [
    ("The platform or team that owns it", "gifts\r"),
    ("The domain in which it is reviewed", "shop\r"),
    ("What an outage would cost", "mission\r"),
    ("on the Golden Thread", "y"),
    ("Its name for people", "Gift: cards\r"),
    ("Who to ask about it", "\r"),
];

/// Answers that many questions, and waits for the next.
fn answer(pty: &mut Pty, count: usize) {
    for (question, answer) in &QUESTIONS[..count] {
        pty.see(question).press(answer);
    }
    if let Some((question, _)) = QUESTIONS.get(count) {
        pty.see(question);
    }
}

#[test]
fn whoever_adds_a_service_is_asked_what_has_to_be_known() {
    let shop = Shop::new();
    let mut pty = shop.run(80, &["add", "gift-cards"]);
    answer(&mut pty, QUESTIONS.len());
    let ended = pty.ended();
    assert_eq!(ended.code, 0, "{}", ended.screen);
    assert_eq!(
        shop.read("services/shopping/gift-cards.yaml"),
        "service: gift-cards\ntitle: \"Gift: cards\"\ndomain: shopping\nplatform: gifts\ncriticality: mission-critical\n\
         golden-thread: true\njoined: 2026-11-21\n"
    );
}

#[test]
fn what_follows_from_an_answer_is_not_asked() {
    let shop = Shop::new();
    let mut pty = shop.run(80, &["add", "gift-cards"]);
    pty.see("The platform or team").press("checkout\r");
    pty.see("What an outage would cost").press("low\r");
    pty.see("Its name for people").press("\r").see("Who to ask").press("\r");
    let ended = pty.ended();
    assert!(!ended.screen.contains("The domain in which"), "{}", ended.screen);
    assert!(
        shop.read("services/shopping/gift-cards.yaml").contains("domain: shopping\nplatform: checkout\n")
    );
}

#[test]
fn nothing_is_asked_where_everything_is_said() {
    let shop = Shop::new();
    let ended = shop.run(80, &["add", "a", "--platform", "checkout", "--golden-thread"]).ended();
    assert!(ended.screen.starts_with("Written to services/shopping/a.yaml."), "{}", ended.screen);
}

#[test]
fn an_answer_that_is_none_of_those_known_is_asked_again() {
    let shop = Shop::new();
    let mut pty = shop.run(80, &["add", "gift-cards"]);
    answer(&mut pty, 1);
    pty.press("nowhere\r").see("`nowhere` is none of those").press("\u{15}shop\r");
    pty.see("What an outage would cost").press("\u{3}").ended();
}

#[test]
fn broken_off_at_any_question_nothing_is_written() {
    for count in 0..QUESTIONS.len() {
        for key in ["\u{3}", "\u{4}"] {
            let shop = Shop::new();
            let mut pty = shop.run(80, &["add", "gift-cards"]);
            answer(&mut pty, count);
            let ended = pty.press(key).ended();
            assert_eq!(ended.code, 130, "{count}: {}", ended.screen);
            assert!(ended.screen.ends_with("Nothing was written."), "{count}: {}", ended.screen);
            assert!(!shop.has("services/shopping/gift-cards.yaml"));
        }
    }
}

#[test]
fn a_question_fits_a_terminal_that_shrinks() {
    let shop = Shop::new();
    let mut pty = shop.run(100, &["add", "gift-cards"]);
    pty.see("storefront").press("gif").see("> gif").resize(60);
    pty.wait_until("all lines fit", |screen| {
        screen.contains("> gif") && screen.lines().all(|line| line.len() <= 60)
    });
    let ended = pty.press("\u{3}").ended();
    assert_eq!(ended.code, 130);
}
