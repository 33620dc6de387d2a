//! "Standing for N reviews" counts the reviews at which it was so.

use crate::review::alone;
use crate::world::{Estate, RUBRIC, Service, golden};

const REVIEWS: &str = "[[domain]]\nid = \"shop\"\nreviews = [2026-02-03, 2026-04-01, 2026-06-02, 2026-08-04, 2026-09-29, 2026-11-10]\n\n";

fn bag(scores: &[(&str, &str)]) -> Service {
    scores.iter().fold(golden("bag-api"), |bag, (day, scores)| bag.on_by(day, "ours@1", scores))
}

/// What the gate says of a service alone, with a rule that warns.
fn told(rule: &str, bag: Service, months: &[&str]) -> String {
    let settings = format!("{REVIEWS}[gate]\n{rule} = \"warn\"\nstanding-red-reviews = 1");
    let lines = months.iter().map(|month| format!("bag-api,availability,{month}"));
    let header = "service,slo,period,objective,attained".to_owned();
    let slos = std::iter::once(header).chain(lines).collect::<Vec<_>>().join("\n");
    let estate = Estate::from(bag).set(&settings).with("rubric/ours.toml", RUBRIC).with("slo/all.csv", &slos);
    alone(estate).out
}

#[track_caller]
fn stands_for(out: &str, reviews: &str) {
    let status = out.lines().find_map(|line| line.trim().strip_prefix("status ")).map(str::trim);
    assert_eq!(status, Some(reviews), "{out}");
}

#[test]
fn a_red_stands_since_it_is_red_again() {
    let red = |scores: &[(&str, &str)]| told("standing-red", bag(scores), &[]);
    let once = red(&[("2026-01-05", "logs: red"), ("2026-11-11", "restore: red")]);
    assert!(once.contains("red for 6 reviews"), "{once}");
    for between in ["logs: { rag: not-applicable, because: No logs }", "logs: amber", "logs: green"] {
        let again = red(&[
            ("2026-01-05", "logs: red"),
            ("2026-04-02", between),
            ("2026-08-05", "logs: red"),
            ("2026-11-11", "restore: red"),
        ]);
        assert!(again.contains("red for 2 reviews"), "{between}: {again}");
    }
    // On the day of a review, nobody had seen it red before.
    let at_a_review = red(&[("2026-09-29", "logs: red"), ("2026-11-11", "restore: red")]);
    assert!(at_a_review.contains("red for 1 review\n"), "{at_a_review}");
}

#[test]
fn a_miss_stands_for_the_reviews_at_which_all_was_green_and_it_was_missed() {
    let green = [("2026-01-05", "logs: green")];
    let miss = |scores: &[(&str, &str)], months: &[&str]| told("slo-missed-while-green", bag(scores), months);
    let months =
        ["2026-06,99%,99%", "2026-07,99%,98%", "2026-08,99%,98%", "2026-09,99%,97%", "2026-10,99%,98%"];
    stands_for(&miss(&green, &months), "standing for 3 reviews");
    stands_for(&miss(&green, &months[3..]), "standing for 1 review");
    // A month that was met lies between, and one at which something was red.
    let met = ["2026-01,99%,98%", "2026-08,99%,99%", "2026-10,99%,98%"];
    stands_for(&miss(&green, &met), "standing for 1 review");
    let greened = [("2026-01-05", "logs: red"), ("2026-10-01", "logs: green")];
    stands_for(&miss(&greened, &months), "standing for 1 review");
    // What was measured after the last review is new.
    stands_for(&miss(&green, &["2026-11,99%,98%"]), "new");
}

#[test]
fn a_colour_stands_stale_since_it_is_too_old_and_not_since_it_was_given() {
    // Too old from 2026-07-27 on.
    stands_for(&told("stale", bag(&[("2026-04-06", "logs: green")]), &[]), "standing for 3 reviews");
}

#[test]
fn an_expired_waiver_stands_since_its_category_is_red() {
    let waived = |red: &str| {
        let bag = bag(&[("2026-01-05", "logs: green"), (red, "logs: red"), ("2026-11-11", "restore: red")]);
        told("expired-waiver", bag.waiving("logs", "2026-05-01"), &[])
    };
    stands_for(&waived("2026-03-01"), "standing for 4 reviews");
    stands_for(&waived("2026-10-01"), "standing for 1 review");
}
