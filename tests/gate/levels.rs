//! Each rule finds what it is for and nothing beside it, and is taken as seriously as the policy says.

use fundamentals::model::{GateLevel, GateRule};
use rayon::prelude::*;

use crate::review::review;
use crate::world::{Estate, RUBRIC, Service, Verdict, World, golden, other, rubric_2};

/// What a rule is about: a change that it finds, and the nearest one that it doesn't.
struct Case {
    found: [Estate; 2],
    passed_over: [Estate; 2],
}

/// From either of two estates to one of two.
fn case<A: Into<Estate>, B: Into<Estate>>(found: [A; 2], passed_over: [B; 2]) -> Case {
    Case { found: found.map(Into::into), passed_over: passed_over.map(Into::into) }
}

/// A service that was judged twice: the base has the first, the change adds the second.
fn turn(before: &str, now: &str) -> [Service; 2] {
    let first = golden("bag-api").on("2026-10-01", before);
    [first.clone(), first.on("2026-11-10", now)]
}

/// Nothing was changed.
fn still<S: Clone>(it: S) -> [S; 2] {
    [it.clone(), it]
}

/// All of a rubric's categories that ask a service with this tag are green; an objective was just met, or missed.
fn missed_objective() -> Case {
    let green = golden("bag-api").but("tags", "[data]");
    let green = green.on_by("2026-10-01", "ours@1", "logs: green, restore: green");
    let attained = |share| {
        let result =
            format!("service,slo,period,objective,attained\nbag-api,availability,2026-10,99.9%,{share}\n");
        Estate::from(green.clone()).with("rubric/ours.toml", RUBRIC).with("slo/2026.csv", &result)
    };
    case([attained("99.9%"), attained("99.89%")], [attained("99.8%"), attained("99.9%")])
}

/// A change that brings version 2 of the rubric, and an assessment under it.
fn under_a_new_version(before: &str, rubric: &str, now: &str) -> [Estate; 2] {
    let first = golden("bag-api").on_by("2026-10-01", "ours@1", &format!("logs: {before}"));
    let second = first.clone().on_by("2026-11-10", "ours@2", &format!("logs: {now}"));
    let base = Estate::from(first).with("rubric/ours.toml", RUBRIC);
    [base, Estate::from(second).with("rubric/ours.toml", RUBRIC).with("rubric/ours-2.toml", rubric)]
}

fn raised_bar() -> Case {
    let raised = rubric_2().replace("title = \"Logs\"", "title = \"Logs\"\nrescore = true");
    let rated = |colour| under_a_new_version("green", &raised, colour);
    case(rated("red"), rated("amber"))
}

fn redefined_red() -> Case {
    let reworded = rubric_2().replace("Somebody can.", "Some can, in the end.");
    let rated = |rubric| under_a_new_version("red", rubric, "amber");
    case(rated(&reworded), rated(&rubric_2()))
}

fn withdrawn_waiver() -> Case {
    let red = || golden("bag-api").on("2026-10-01", "logging: red");
    let waived = || red().waiving("logging", "2026-11-01");
    case([waived(), red()], still(waived()))
}

fn inherited_unknown() -> Case {
    let inherits = |gateway: Service| {
        turn("logging: green", "logging: { inherited-from: gateway }")
            .map(|bag| Estate::of([bag, gateway.clone()]))
    };
    case(inherits(other("gateway")), inherits(other("gateway").on("2026-09-01", "logging: amber")))
}

fn inherited_red() -> Case {
    let gateway = || other("gateway").on("2026-09-01", "logging: green");
    let inherits =
        |before| turn(before, "logging: { inherited-from: gateway }").map(|bag| Estate::of([bag, gateway()]));
    case(inherits("logging: red"), inherits("logging: amber"))
}

fn removed_rating() -> Case {
    // Today's assessment may still change.
    let removes = |day| {
        [
            golden("bag-api").on("2026-10-01", "logging: green").on(day, "metrics: green"),
            golden("bag-api").on("2026-10-01", "logging: green"),
        ]
    };
    case(removes("2026-11-19"), removes("2026-11-20"))
}

fn switched_rubric() -> Case {
    let moves = |from, to| {
        let first = golden("bag-api").on_by("2026-09-01", from, "");
        [first.clone(), first.on_by("2026-11-10", to, "alerting: green")]
    };
    case(moves("fundamentals@2", "fundamentals@1"), moves("fundamentals@1", "fundamentals@2"))
}

fn retired_service() -> Case {
    let beside = |bag: Service| Estate::of([bag, other("keeper").on("2026-10-01", "logging: green")]);
    let retired = |day: &str| beside(golden("bag-api").also(&format!("retired: {day}\n")));
    case([beside(golden("bag-api")), retired("2026-11-20")], still(retired("2026-11-21")))
}

fn dropped_rubric() -> Case {
    let both =
        || golden("bag-api").on("2026-10-01", "logging: green").on_by("2026-10-02", "ours@1", "logs: green");
    let of = |bag: Service| Estate::from(bag).with("rubric/ours.toml", RUBRIC);
    let only = |rubrics| of(both().but("rubrics", rubrics));
    case([of(both()), only("[fundamentals]")], [of(both()), only("[fundamentals, ours]")])
}

fn case_of(rule: GateRule) -> Case {
    let bag = || golden("bag-api");
    match rule {
        GateRule::DropToRed => {
            case(turn("logging: amber", "logging: red"), turn("metrics: green", "logging: red"))
        }
        GateRule::RedUnderRaisedBar => raised_bar(),
        GateRule::NewRed => {
            case(turn("metrics: green", "logging: red"), turn("logging: red", "logging: red"))
        }
        GateRule::RedRedefined => redefined_red(),
        GateRule::FindingWithdrawn => withdrawn_waiver(),
        GateRule::SlipToAmber => {
            case(turn("logging: green", "logging: amber"), turn("logging: amber", "logging: amber"))
        }
        GateRule::StandingRed => {
            // Three times eight weeks ago, and a day less.
            let since = |day| still(bag().on(day, "logging: red"));
            case(since("2026-06-05"), since("2026-06-06"))
        }
        GateRule::Stale => {
            let since = |day| still(bag().on(day, "logging: green"));
            case(since("2026-07-30"), since("2026-07-31"))
        }
        GateRule::NotAssessed => {
            let of = |scores| Estate::from(bag().but("tags", "[data]").on_by("2026-10-01", "ours@1", scores));
            let of = |scores| still(of(scores).with("rubric/ours.toml", RUBRIC));
            case(of("logs: green"), of("logs: green, restore: green"))
        }
        GateRule::OverdueAction => {
            let due = |day| format!("actions: [{{ what: Write it down, raised: 2026-10-01, due: {day} }}]\n");
            let due = |day| still(bag().on("2026-10-01", "logging: green").also(&due(day)));
            case(due("2026-11-19"), due("2026-11-20"))
        }
        GateRule::ExpiredWaiver => {
            let until = |day| still(bag().on("2026-10-01", "logging: red").waiving("logging", day));
            case(until("2026-11-19"), until("2026-11-20"))
        }
        GateRule::SloMissed => missed_objective(),
        GateRule::RedToNotApplicable => {
            let now = "logging: { rag: not-applicable, because: It has none }";
            case(turn("logging: red", now), turn("logging: amber", now))
        }
        GateRule::ColourToNotApplicable => {
            let now = "logging: { rag: not-applicable, because: It has none }";
            case(turn("logging: green", now), turn("metrics: green", now))
        }
        GateRule::ColourToUnknown => inherited_unknown(),
        GateRule::RedToInherited => inherited_red(),
        GateRule::RedToUnknown => {
            let forgets = |scores| [bag().on("2026-11-10", scores), bag()];
            case(forgets("logging: red"), forgets("logging: amber"))
        }
        GateRule::JudgementRemoved => removed_rating(),
        GateRule::PastRewritten => {
            let rewrites = |day| [bag().on(day, "logging: amber"), bag().on(day, "logging: green")];
            case(rewrites("2026-11-19"), rewrites("2026-11-20"))
        }
        GateRule::ServiceRemoved => {
            let keeper = || other("keeper").on("2026-10-01", "logging: green");
            let both = || Estate::of([bag().on("2026-10-02", "logging: green"), keeper()]);
            let moved = Estate::from(keeper());
            let moved =
                moved.with("services/web/bag-api.yaml", &bag().on("2026-10-02", "logging: green").text());
            case([both(), keeper().into()], [both(), moved])
        }
        GateRule::ServiceRetired => retired_service(),
        GateRule::ServiceMoved => {
            let owned = |by: &str| bag().also(&format!("owner: {by}\n"));
            case(
                ["team-bag", "team-cart"].map(owned),
                [owned("team-bag"), owned("team-bag").but("tags", "[x]")],
            )
        }
        GateRule::ImportanceLowered => {
            let low = || bag().but("golden-thread", "false");
            case([bag(), low()], [low(), bag()])
        }
        GateRule::RubricSwitched => switched_rubric(),
        GateRule::RubricDropped => dropped_rubric(),
        GateRule::RubricEdited => {
            let rubric = |text: &str| Estate::from(bag()).with("rubric/ours.toml", text);
            let edited = RUBRIC.replace("Somebody can.", "Some can.");
            let minor = edited.replace("\"1.0\"", "\"1.1\"");
            case([rubric(RUBRIC), rubric(&edited)], [rubric(RUBRIC), rubric(&minor)])
        }
        GateRule::WaiverAdded => {
            let until = |day| bag().on("2026-10-01", "logging: red").waiving("logging", day);
            case(["2026-11-30", "2026-12-01"].map(until), ["2026-12-01", "2026-11-30"].map(until))
        }
        GateRule::SettingsLoosened => {
            let weeks = |weeks: [u8; 2]| {
                weeks.map(|weeks| Estate::from(bag()).set(&format!("[review]\nstale-after-weeks = {weeks}")))
            };
            case(weeks([16, 17]), weeks([16, 15]))
        }
    }
}

/// What a rule says of a change, if the policy of the base takes it so seriously.
fn found(rule: GateRule, level: GateLevel, [before, now]: [Estate; 2]) -> (Option<i32>, Vec<String>) {
    let (name, level) = (rule.name(), level.word());
    let policy = if rule.is_about_the_estate() {
        format!("[gate]\n{name} = \"{level}\"")
    } else {
        format!("[gate.{name}]\ngolden-thread = \"{level}\"\nelsewhere = \"{level}\"\nstanding = \"deny\"")
    };
    let verdict = review(before.set(&policy), now.set(&policy));
    assert_eq!(verdict.err, "", "{rule:?}");
    let told = verdict.told().into_iter().map(|told| told.split(' ').take(2).collect::<Vec<_>>().join(" "));
    (verdict.code, told.filter(|told| told.ends_with(rule.name())).collect())
}

#[test]
fn each_rule_finds_what_it_is_for_as_seriously_as_the_policy_says() {
    GateRule::ALL.par_iter().for_each(|rule| {
        for level in GateLevel::ALL {
            let (code, told) = match level {
                GateLevel::Allow if rule.is_never_silent() => (0, Some("warning")),
                GateLevel::Allow => (0, None),
                GateLevel::Warn => (0, Some("warning")),
                GateLevel::Deny => (4, Some("denied")),
            };
            let told = told.map(|word| format!("{word} {}", rule.name()));
            assert_eq!(
                found(*rule, level, case_of(*rule).found),
                (Some(code), told.into_iter().collect()),
                "{rule:?} {level:?}"
            );
        }
    });
}

#[test]
fn no_rule_finds_what_lies_just_beside_it() {
    GateRule::ALL.par_iter().for_each(|rule| {
        assert_eq!(found(*rule, GateLevel::Deny, case_of(*rule).passed_over), (Some(0), vec![]), "{rule:?}");
    });
}

/// A service that drops, under a policy.
fn drop_of(service: &Service, policy: &str) -> Verdict {
    let before = service.clone().on("2026-10-01", "logging: green");
    let now = before.clone().on("2026-11-10", "logging: red");
    review(Estate::from(before).set(policy), Estate::from(now).set(policy))
}

#[test]
fn the_strictest_scope_of_a_service_counts() {
    let policy = "[gate.drop-to-red]\ngolden-thread = \"allow\"\nelsewhere = \"allow\"\n\
                  domain = { shop = \"deny\" }\ncriticality = { business-critical = \"warn\" }";
    let shop = drop_of(&golden("bag-api"), policy);
    shop.denies(&["denied drop-to-red bag-api"]);
    let golden = drop_of(&golden("bag-api").but("domain", "edge"), policy);
    golden.passes(&[]);
    let critical = other("bag-api").but("domain", "edge").but("criticality", "business-critical");
    drop_of(&critical, policy).passes(&["warning drop-to-red bag-api"]);
    drop_of(&other("bag-api").but("domain", "edge"), policy).passes(&[]);
}

#[test]
fn without_a_policy_only_the_golden_thread_is_denied_a_drop() {
    drop_of(&golden("bag-api"), "").denies(&["denied drop-to-red bag-api"]);
    drop_of(&other("bag-api"), "").passes(&["warning drop-to-red bag-api"]);
}

#[test]
fn a_waiver_of_the_base_silences_its_category_until_its_last_day_and_is_shown() {
    let before = |until| {
        golden("bag-api").on("2026-10-01", "logging: green, metrics: green").waiving("logging", until)
    };
    let now = |until| before(until).on("2026-11-10", "logging: red, metrics: amber");
    review(before("2026-11-20"), now("2026-11-20")).passes(&["waived drop-to-red bag-api"]);
    let ended = review(before("2026-11-19"), now("2026-11-19"));
    ended.denies(&["denied drop-to-red bag-api", "warning expired-waiver bag-api"]);
    let both = |until| before(until).on("2026-11-10", "logging: red, metrics: red");
    let other_category = review(before("2026-11-20"), both("2026-11-20"));
    other_category.denies(&["waived drop-to-red bag-api", "denied drop-to-red bag-api"]);
}

#[test]
fn a_trial_shows_what_would_be_denied_and_passes_but_never_over_files_with_errors() {
    let before = golden("bag-api").on("2026-10-01", "logging: green");
    let now = before.clone().on("2026-11-10", "logging: red");
    let world = World::with(before);
    let trial = world.proposes(now).gate("--base main --exit-zero");
    trial.is(0, &["denied drop-to-red bag-api"]).says_on_stdout("gate failed");
    assert!(trial.err.contains("would exit with 4"), "{trial:?}");
    world.becomes(golden("bag-api").on("2026-10-01", "logging: green").also("colour: red\n"));
    assert_eq!(world.gate("--base main --exit-zero").code, Some(3));
}
