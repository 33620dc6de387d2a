//! What to do next: the nearest step of each category, quick wins first.

use fundamentals::check;
use fundamentals::eval::{NextStep, Task, next_steps};
use fundamentals::load::load_texts;
use fundamentals::model::Estate;

use crate::small_rubric::small_rubric;
use crate::support::{day, service, state};

const TODAY: &str = "2026-05-01";

/// The first of two versions: `guided` and `steep` have guidance, `steep` no amber; `alone` has no guidance; `api-only` asks
/// nobody here.
fn first() -> String {
    let guidance = |page: &str| format!("guidance = [{{ title = \"How\", href = \"docs/{page}.md\" }}]");
    let categories = [
        ("alone", String::new()),
        ("guided", format!("amber = \"half\"\ngreen = \"whole\"\n{}", guidance("guided"))),
        ("steep", format!("# no amber\n{}", guidance("steep"))),
        ("api-only", "# no amber\napplies-to = { tags = [\"nobody\"] }".to_owned()),
    ];
    small_rubric("steps@1", "", &categories)
}

/// The second renames `guided`, merges `alone` and `steep`, and raises the bar of `api-only`.
fn second() -> String {
    let categories = [
        ("guided-by-now", "from = [\"guided\"]"),
        ("steep", "# no amber\nfrom = [\"steep\", \"alone\"]"),
        ("api-only", "# no amber\nrescore = true"),
    ];
    small_rubric("steps@2", "", &categories)
}

fn estate(services: &[(String, String)]) -> Estate {
    let services: Vec<_> = services.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut loaded = load_texts(None, &[("s1.toml", &first()), ("s2.toml", &second())], &services);
    check::check(&mut loaded, day(TODAY));
    assert!(!loaded.problems.has_errors(), "{:?}", loaded.problems.iter().collect::<Vec<_>>());
    loaded.estate
}

/// "guided: red to amber, two-steps"
fn in_words(step: &NextStep<'_>) -> String {
    let verb = match step.task {
        Task::LookAgain => "look again, ",
        Task::Show => "show, ",
        Task::JudgeAgain => "judge again, ",
        Task::Judge => "judge, ",
        Task::Reach => "",
        Task::Providers(provider) => &format!("{provider}'s, "),
    };
    let (category, from, to) = (&step.category.id, step.now.status.word(), step.target);
    format!("{category}: {verb}{from} to {to}, {}", step.effort.word())
}

fn steps_of(estate: &Estate) -> Vec<String> {
    next_steps(estate, &[state(estate, "s", TODAY)], day(TODAY)).iter().map(in_words).collect()
}

/// All green by the first version on a day, but for these.
fn judged(on: &str, but: &[(&str, &str)]) -> String {
    let of = |category: &str| {
        let other = but.iter().find(|(id, _)| *id == category);
        format!("{category}: {}", other.map_or("green", |(_, verdict)| verdict))
    };
    let scores: Vec<_> = ["alone", "guided", "steep"].map(of).into_iter().collect();
    format!("assessments:\n  - {{ date: {on}, rubric: steps@1, scores: {{ {} }} }}\n", scores.join(", "))
}

/// The steps of a service that is green by the first version, but for these.
fn steps(but: &[(&str, &str)]) -> Vec<String> {
    steps_of(&estate(&[service("s", &judged("2026-04-10", but))]))
}

/// What is said beside the one step of a service that is green but for this category, after these lines: what is
/// promised and until when it is waived.
fn beside(category: &str, rest: &str) -> (Option<String>, Option<String>) {
    let estate = estate(&[service("s", &format!("{}{rest}", judged("2026-04-10", &[(category, "red")])))]);
    let steps = next_steps(&estate, &[state(&estate, "s", TODAY)], day(TODAY));
    assert_eq!(steps.len(), 1, "{:?}", steps_of(&estate));
    let promised = steps[0].promised.map(|promise| promise.action.what.clone());
    (promised, steps[0].waiver.map(|waiver| waiver.until.to_string()))
}

#[test]
fn red_is_first_brought_to_amber_where_there_is_one() {
    assert_eq!(steps(&[("guided", "red")]), ["guided: red to amber, two-steps"]);
}

#[test]
fn red_is_one_step_from_green_where_there_is_no_amber() {
    assert_eq!(steps(&[("steep", "red")]), ["steep: red to green, one-step"]);
}

#[test]
fn a_step_asks_what_the_colour_it_aims_at_means() {
    for (verdict, expected) in [("red", "half"), ("amber", "whole")] {
        let estate = estate(&[service("s", &judged("2026-04-10", &[("guided", verdict)]))]);
        let steps = next_steps(&estate, &[state(&estate, "s", TODAY)], day(TODAY));
        assert_eq!(steps[0].asks, [expected]);
    }
}

#[test]
fn what_is_green_not_applicable_or_not_asked_needs_no_step() {
    assert_eq!(steps(&[("alone", "{ rag: not-applicable, because: x }")]), [] as [&str; 0]);
}

#[test]
fn what_was_never_judged_is_judged_first() {
    let rest =
        "assessments: [{ date: 2026-04-10, rubric: steps@1, scores: { alone: green, guided: green } }]";
    assert_eq!(
        steps_of(&estate(&[service("s", rest)])),
        ["steep: judge, not-assessed to green, look"],
        "with guidance or without"
    );
}

#[test]
fn what_needs_a_re_score_is_judged_again() {
    let first = judged("2026-04-10", &[]).replace("steep: green", "steep: green, api-only: red");
    let both =
        format!("{first}  - {{ date: 2026-04-20, rubric: steps@2, scores: {{ guided-by-now: green }} }}\n");
    assert_eq!(
        steps_of(&estate(&[service("s", &both)])),
        ["api-only: judge again, needs-rescore to green, look"]
    );
}

#[test]
fn a_green_that_nobody_has_looked_at_for_too_long_is_looked_at_again() {
    let later = "  - { date: 2026-04-10, rubric: steps@1, confirmed: [alone, guided] }\n";
    let estate = estate(&[service("s", &format!("{}{later}", judged("2025-10-10", &[])))]);
    assert_eq!(steps_of(&estate), ["steep: look again, green to green, look"]);
}

#[test]
fn a_look_does_not_make_an_old_amber_green() {
    let estate = estate(&[service("s", &judged("2025-10-10", &[("guided", "amber")]))]);
    assert!(steps_of(&estate).contains(&"guided: amber to green, one-step".to_owned()));
}

#[test]
fn what_is_inherited_is_the_providers_to_do() {
    let own = judged("2026-04-10", &[("guided", "{ inherited-from: gateway }")]);
    let gateway = judged("2026-04-10", &[("guided", "amber")]);
    let estate = estate(&[service("s", &own), service("gateway", &gateway)]);
    assert_eq!(steps_of(&estate), ["guided: gateway's, amber to green, up-to-others"]);
}

#[test]
fn an_inherited_green_is_the_providers_to_look_at() {
    let own = judged("2026-04-10", &[("guided", "{ inherited-from: gateway }")]);
    let estate = estate(&[service("s", &own), service("gateway", &judged("2025-10-10", &[]))]);
    assert!(state(&estate, "s", TODAY).categories().any(|(_, _, now)| now.is_stale));
    assert_eq!(steps_of(&estate), [] as [&str; 0]);
}

#[test]
fn a_gap_of_our_own_is_ours_to_judge_beside_what_is_inherited() {
    // `steep` continues `steep`, which is inherited, and `alone`, which was never judged.
    let own = "
assessments:
  - { date: 2026-04-10, rubric: steps@1, scores: { guided: green, steep: { inherited-from: gateway } } }
  - { date: 2026-04-20, rubric: steps@2, scores: { api-only: green } }
";
    let estate = estate(&[service("s", own), service("gateway", &judged("2026-04-10", &[]))]);
    assert_eq!(steps_of(&estate), ["steep: judge, not-assessed to green, look"]);
}

#[test]
fn a_quick_win_comes_before_what_takes_two_steps() {
    assert_eq!(
        steps(&[("alone", "red"), ("steep", "red")]),
        ["steep: red to green, one-step", "alone: red to amber, two-steps"]
    );
}

#[test]
fn a_step_that_guidance_tells_how_to_take_comes_before_one_without() {
    assert_eq!(
        steps(&[("alone", "amber"), ("guided", "amber")]),
        ["guided: amber to green, one-step", "alone: amber to green, one-step-without-guidance"]
    );
}

#[test]
fn what_only_has_to_be_looked_at_comes_before_any_work() {
    let rest = "assessments: [{ date: 2026-04-10, rubric: steps@1, scores: { alone: red, guided: amber } }]";
    assert_eq!(
        steps_of(&estate(&[service("s", rest)])),
        [
            "steep: judge, not-assessed to green, look",
            "guided: amber to green, one-step",
            "alone: red to amber, two-steps"
        ]
    );
}

#[test]
fn what_is_up_to_others_comes_last() {
    let own = judged("2026-04-10", &[("alone", "{ inherited-from: gateway }"), ("guided", "red")]);
    let gateway = judged("2026-04-10", &[("alone", "red")]);
    let estate = estate(&[service("s", &own), service("gateway", &gateway)]);
    assert_eq!(
        steps_of(&estate),
        ["guided: red to amber, two-steps", "alone: gateway's, red to amber, up-to-others"]
    );
}

#[test]
fn of_steps_that_take_the_same_red_comes_before_amber() {
    assert_eq!(
        steps(&[("guided", "amber"), ("steep", "red")]),
        ["steep: red to green, one-step", "guided: amber to green, one-step"]
    );
}

#[test]
fn of_steps_that_are_alike_the_rubric_s_order_decides() {
    assert_eq!(
        steps(&[("guided", "red"), ("alone", "red")]),
        ["alone: red to amber, two-steps", "guided: red to amber, two-steps"]
    );
}

#[test]
fn an_open_action_about_a_category_is_told_beside_its_step() {
    let actions = "actions: [{ what: It, category: guided, raised: 2026-04-10 }]";
    assert_eq!(beside("guided", actions).0.as_deref(), Some("It"));
    assert_eq!(beside("steep", actions).0, None, "only there");
}

#[test]
fn of_several_open_actions_the_one_due_first_is_told() {
    let actions = "
actions:
  - { what: Some day, category: guided, raised: 2026-04-10 }
  - { what: Later, category: guided, raised: 2026-04-10, due: 2026-07-01 }
  - { what: Soon, category: guided, raised: 2026-04-10, due: 2026-06-01 }
  - { what: Done, category: guided, raised: 2026-04-10, due: 2026-04-20, done: 2026-04-15 }
";
    assert_eq!(beside("guided", actions).0.as_deref(), Some("Soon"));
}

#[test]
fn a_waiver_is_told_beside_its_step_while_it_is_in_force() {
    let waiver =
        |until| format!("waivers: [{{ category: guided, until: {until}, because: x, approved-by: y }}]");
    assert_eq!(beside("guided", &waiver(TODAY)).1.as_deref(), Some(TODAY));
    assert_eq!(beside("guided", &waiver("2026-04-30")).1, None);
}

#[test]
fn what_was_promised_and_waived_by_an_older_name_still_is() {
    let rest = "  - { date: 2026-04-20, rubric: steps@2, scores: { api-only: green } }
actions: [{ what: It, category: guided, raised: 2026-04-10 }]
waivers: [{ category: guided, until: 2026-06-01, because: x, approved-by: y }]
";
    assert_eq!(beside("guided", rest), (Some("It".to_owned()), Some("2026-06-01".to_owned())));
}
