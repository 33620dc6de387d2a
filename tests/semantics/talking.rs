//! What a review pack asks: whom, in which order, and what it keeps quiet about.

use fundamentals::model::Estate;
use fundamentals::report::review::contract::Prompt;

use crate::reviewing::{ALL_GREEN, assessed, estate, golden, measured, of_team, pack, pack_on};
use crate::support::service;

fn talk(services: &[(String, String)]) -> Vec<String> {
    texts(&estate(services))
}

fn texts(estate: &Estate) -> Vec<String> {
    prompts(estate).into_iter().map(|it| it.text).collect()
}

fn prompts(estate: &Estate) -> Vec<Prompt> {
    pack(estate).talk.expect("prompts")
}

fn has(texts: &[String], part: &str) -> bool {
    texts.iter().any(|text| text.contains(part))
}

/// The place of the first prompt with these words.
fn place(texts: &[String], part: &str) -> usize {
    texts.iter().position(|text| text.contains(part)).unwrap_or_else(|| panic!("“{part}” in {texts:?}"))
}

#[test]
fn a_pack_of_services_that_only_inherit_what_nobody_judged_still_asks_five_questions() {
    let inherited = "a: { inherited-from: p }, b: { inherited-from: p }, c: { inherited-from: p }, d: { inherited-from: p }";
    let provider = service("p", "").1.replace("domain: shop", "domain: other");
    let texts =
        talk(&[service("s", &assessed(&[("2026-04-01", inherited)])), ("p.yaml".to_owned(), provider)]);
    assert_eq!(texts.len(), 5, "{texts:?}");
    assert_eq!(texts[4], "No colour yet of 4 judgements: where would a first look tell most?");
}

#[test]
fn a_colour_becomes_a_question_once_it_has_outlasted_two_reviews() {
    let standing = |since: &str| talk(&[service("s", &assessed(&[(since, "a: amber, b: green")]))]);
    assert!(has(&standing("2026-03-09"), "A has been amber on s for two reviews"));
    assert!(!has(&standing("2026-03-10"), "A has been amber"), "one review is no habit");
}

#[test]
fn what_stands_for_long_begins_with_the_golden_thread_and_with_red() {
    let long = |scores: &str| assessed(&[("2026-01-20", scores)]);
    let texts = talk(&[
        of_team("r", "one", &long("a: amber, b: red")),
        golden("z", &long("a: amber")),
        of_team("s", "three", &long("c: red")),
    ]);
    let at = |what: &str| place(&texts, what);
    assert!(at("A has been amber on z") < at("B has been red on r"), "{texts:?}");
    assert!(at("B has been red on r") < at("C has been red on s"), "{texts:?}");
    assert!(!has(&texts[..at("C has been red on s")], "A has been amber on r"), "{texts:?}");
}

#[test]
fn a_team_is_not_asked_about_a_colour_that_it_inherits() {
    let inherits = assessed(&[("2026-01-10", "a: { inherited-from: p }")]);
    let asked = |provider: &[(&str, &str)]| {
        talk(&[of_team("p", "base", &assessed(provider)), of_team("s", "team", &inherits)])
    };
    let standing = asked(&[("2026-01-10", "a: amber")]);
    assert!(
        has(&standing, "A has been amber on p") && !has(&standing, "A has been amber on s"),
        "{standing:?}"
    );
    let dropped = asked(&[("2026-01-10", "a: green"), ("2026-06-01", "a: red")]);
    assert!(has(&dropped, "A on p went from") && !has(&dropped, "A on s went from"), "{dropped:?}");
}

#[test]
fn a_team_is_not_asked_to_look_at_what_it_inherits() {
    let rest = assessed(&[("2026-06-01", "a: { inherited-from: p }, b: green")]);
    let texts = talk(&[of_team("p", "base", ""), of_team("s", "team", &rest)]);
    assert!(has(&texts, "2 categories of s (of 4) have no colour"), "c and d, but not a: {texts:?}");
}

#[test]
fn services_with_the_most_unseen_colours_are_asked_about_first_old_colours_among_them() {
    let texts = talk(&[
        of_team("s", "one", &assessed(&[("2026-06-01", "a: green, b: green, c: green")])),
        of_team(
            "t",
            "two",
            &assessed(&[("2026-01-20", "a: green, b: green, c: green"), ("2026-06-01", "d: green")]),
        ),
    ]);
    let (most, fewest) = ("3 categories of t (of 4)", "1 category of s (of 4)");
    assert!(place(&texts, most) < place(&texts, fewest), "{texts:?}");
}

#[test]
fn what_was_never_seen_at_all_is_asked_about_as_a_whole() {
    let na = "a: { rag: not-applicable, because: x }";
    let texts = talk(&[service("s", &assessed(&[("2026-06-01", na)]))]);
    assert!(has(&texts, "any of the 3 categories of s"), "what isn't applicable needs no look: {texts:?}");
}

#[test]
fn a_waived_red_is_asked_about_only_when_its_waiver_ends() {
    let on_first_day = |first: &str, until: &str, scores: &str| {
        let waiver = format!("waivers: [{{ category: a, until: {until}, because: x, approved-by: y }}]\n");
        talk(&[service("s", &format!("{}{waiver}", assessed(&[(first, scores)])))])
    };
    let waived = |until: &str, scores: &str| on_first_day("2026-04-01", until, scores);
    let question = "The waiver for a on s";
    let long = on_first_day("2026-01-10", "2026-12-01", "a: red, b: amber");
    assert!(!has(&long, "A has been red") && !has(&long, question), "{long:?}");
    assert!(has(&waived("2026-07-06", "a: red"), "The waiver for a on s ends on 2026-07-06"));
    assert!(!has(&waived("2026-07-07", "a: red"), question), "the next review is in time to renew it");
    assert!(has(&waived("2026-06-30", "a: red"), "ends on 2026-06-30"), "it holds on its last day");
    assert!(has(&waived("2026-06-29", "a: red"), "ended on 2026-06-29"));
    assert!(!has(&waived("2026-06-29", "a: amber"), question), "nothing is left to waive");
}

#[test]
fn the_waiver_that_ends_first_is_asked_about_first() {
    let waived = |id: &str, until: &str| {
        let waiver = format!("waivers: [{{ category: a, until: {until}, because: x, approved-by: y }}]\n");
        of_team(id, id, &format!("{}{waiver}", assessed(&[("2026-06-01", "a: red")])))
    };
    let estate = estate(&[waived("s", "2026-07-05"), waived("t", "2026-07-01")]);
    let waivers = pack(&estate).waivers.expect("waivers");
    assert_eq!(waivers.iter().map(|it| it.service.id.as_str()).collect::<Vec<_>>(), ["t", "s"]);
}

#[test]
fn a_first_amber_is_not_called_red() {
    let texts = talk(&[service("s", &assessed(&[("2026-06-01", "a: amber, b: red")]))]);
    assert!(has(&texts, "B on s was judged for the first time, and is red"), "{texts:?}");
    assert!(!has(&texts, "A on s was judged for the first time"), "{texts:?}");
}

#[test]
fn praise_comes_first_and_from_red_to_green_before_any_other() {
    let texts = talk(&[
        of_team(
            "s",
            "one",
            &assessed(&[("2026-04-01", "a: amber, b: green"), ("2026-06-01", "a: green, b: red")]),
        ),
        of_team("t", "two", &assessed(&[("2026-04-01", "a: red"), ("2026-06-01", "a: green")])),
    ]);
    assert!(texts[0].starts_with("A on t went from red to green"), "{texts:?}");
    assert!(
        place(&texts, "B on s went from green to red") < place(&texts, "A on s went from amber"),
        "{texts:?}"
    );
}

#[test]
fn an_improvement_with_a_reason_is_praised_before_one_without_and_then_the_golden_thread() {
    let better = |then: &str| assessed(&[("2026-04-01", "a: red"), ("2026-06-01", then)]);
    let (bare, told) = (better("a: green"), better("a: { rag: green, because: x }"));
    let first = |services: &[(String, String)]| talk(services)[0].clone();
    assert!(first(&[golden("g", &bare), of_team("s", "one", &told)]).starts_with("A on s went"));
    assert!(first(&[of_team("a", "one", &bare), golden("g", &bare)]).starts_with("A on g went"));
}

#[test]
fn a_promise_kept_without_effect_is_not_praised() {
    let rest = |then: &str| {
        let actions = "actions: [{ what: x, category: a, raised: 2026-04-01, done: 2026-05-20 }]\n";
        let scores =
            assessed(&[("2026-04-01", "a: red, b: green, c: green, d: green"), ("2026-05-01", then)]);
        talk(&[service("s", &format!("{scores}{actions}"))])
    };
    assert!(has(&rest("a: green"), "s kept a promise"));
    assert!(!has(&rest("a: red"), "s kept a promise"));
}

#[test]
fn all_green_is_no_praise_where_objectives_were_missed() {
    let green = || estate(&[service("s", &assessed(&[("2026-06-01", ALL_GREEN)]))]);
    assert!(has(&texts(&green()), "what could others borrow?"));
    let missed = measured(green(), &[("2026-06", "99%", "98%")]);
    assert!(!has(&texts(&missed), "what could others borrow?"));
}

#[test]
fn a_strength_is_green_in_several_services_and_in_more_than_half() {
    let strong = |scores: [&str; 3]| {
        let services = ["s", "t", "u"].into_iter().zip(scores);
        let services: Vec<_> =
            services.map(|(id, scores)| of_team(id, id, &assessed(&[("2026-06-01", scores)]))).collect();
        talk(&services)
    };
    assert!(has(&strong(["a: green", "a: green", "a: red"]), "A is green in 2 of 3 services"));
    let na = "a: { rag: not-applicable, because: x }";
    assert!(!has(&strong(["a: green", na, na]), "A is green in"), "one service is not several");
    let half: Vec<_> = [("s", "green"), ("t", "green"), ("u", "red"), ("v", "red")]
        .map(|(id, colour)| of_team(id, id, &assessed(&[("2026-06-01", &format!("a: {colour}"))])))
        .to_vec();
    assert!(!has(&talk(&half), "A is green in"), "half is not more than half");
}

#[test]
fn the_service_that_was_looked_at_last_is_praised_if_that_was_since_the_last_review() {
    let looked = |on: [&str; 2]| {
        let services = ["s", "t"].into_iter().zip(on);
        let services: Vec<_> =
            services.map(|(id, on)| of_team(id, id, &assessed(&[(on, "a: red")]))).collect();
        talk(&services)
    };
    assert!(has(&looked(["2026-06-10", "2026-06-01"]), "s was looked at lately"));
    assert!(has(&looked(["2026-06-01", "2026-06-10"]), "t was looked at lately"));
    assert!(!has(&looked(["2026-05-05", "2026-05-04"]), "was looked at lately"), "then is not since");
}

#[test]
fn one_category_of_a_service_is_asked_about_once() {
    let actions = "actions: [{ what: x, category: a, raised: 2026-01-20, done: 2026-05-20 }]\n";
    let rest = format!("{}{actions}", assessed(&[("2026-01-20", "a: red"), ("2026-06-01", "a: red")]));
    let texts = talk(&[service("s", &rest)]);
    assert!(has(&texts, "A has been red on s") && !has(&texts, "“x” on s is done"), "{texts:?}");
}

#[test]
fn there_is_one_of_each_kind_before_a_second_of_any() {
    let dropped = assessed(&[("2026-04-01", "a: green"), ("2026-06-01", "a: red")]);
    let mut services: Vec<_> =
        ["s", "t", "u", "v", "w", "x", "y", "z"].map(|id| of_team(id, id, &dropped)).to_vec();
    services.push(of_team("o", "o", "actions: [{ what: late, raised: 2026-01-10, due: 2026-06-01 }]\n"));
    let texts = talk(&services);
    assert!(has(&texts, "“late” on o was due on 2026-06-01"), "{texts:?}");
    assert!(has(&texts, "went from green to red"), "{texts:?}");
}

#[test]
fn a_hot_spot_of_one_team_is_among_what_that_team_is_asked() {
    let prompts = prompts(&estate(&[
        of_team("s", "one", &assessed(&[("2026-06-01", "a: amber, b: green")])),
        of_team("t", "one", &assessed(&[("2026-06-01", "a: amber, b: green")])),
    ]));
    let spot = prompts.iter().find(|it| it.text.contains("what does one need?")).expect("a hot spot");
    assert_eq!(spot.team.as_deref(), Some("one"));
}

#[test]
fn who_is_asked_for_most_support_comes_first() {
    let actions = "actions:\n  - { what: x, raised: 2026-05-10, support: legal }\n  \
                   - { what: y, raised: 2026-05-10, support: platform }\n  \
                   - { what: z, raised: 2026-05-10, support: platform }\n";
    let estate = estate(&[service("s", actions)]);
    let texts = texts(&estate);
    let (most, fewest) = ("Two commitments ask for support from platform", "One commitment asks for support");
    assert!(place(&texts, most) < place(&texts, fewest), "{texts:?}");
    assert!(!has(&texts, "Nobody asks for support"), "{texts:?}");
    let support = pack(&estate).hot_spots.expect("hot spots").support;
    assert_eq!(support.iter().map(|it| it.from.as_str()).collect::<Vec<_>>(), ["platform", "legal"]);
}

#[test]
fn support_for_what_is_done_only_later_is_still_asked_for() {
    let actions = "actions: [{ what: x, raised: 2026-05-10, support: legal, done: 2026-06-20 }]\n";
    let report = pack_on("2026-06-10", &[], &estate(&[service("s", actions)]));
    let texts: Vec<_> = report.talk.expect("prompts").into_iter().map(|it| it.text).collect();
    assert!(has(&texts, "One commitment asks for support from legal"), "{texts:?}");
}

#[test]
fn only_what_is_open_is_counted_as_open() {
    let actions = "actions: [{ what: x, raised: 2026-05-10, done: 2026-06-01, support: legal }]\n";
    let texts = talk(&[service("s", &format!("{}{actions}", assessed(&[("2026-06-01", ALL_GREEN)])))]);
    assert!(has(&texts, "No commitment is open"), "{texts:?}");
}
