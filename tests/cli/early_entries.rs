//! Commands where it is tomorrow elsewhere: what is dated so counts from today, and today stays today.

use std::io;
use std::path::Path;

use clap::Parser;
use fundamentals::cli::Cli;
use fundamentals::cmd::{self, Context, Verbosity};
use fundamentals::load::EstateDir;
use fundamentals::model::Date;

use crate::support::{ELSEWHERE, Estate, GOLDEN_THREAD, Run, assessed, parse_csv};

/// The last day of a month and of a quarter.
const TODAY: &str = "2026-09-30";
const TOMORROW: &str = "2026-10-01";

const NOTE: &str =
    "note: 2026-10-01 has begun elsewhere: its entries count from today, 2026-09-30: `bag-api`\n";

/// Runs a command on a day, where it may be another day elsewhere.
fn run_on(folder: &Path, [today, latest_day]: [&str; 2], args: &str) -> Run {
    let cli = Cli::try_parse_from(["fundamentals"].into_iter().chain(args.split_whitespace()));
    let cli = cli.expect("the arguments are right");
    let [today, latest_day] = [today, latest_day].map(|day| Date::parse(day).expect("a day"));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut context = Context {
        current_dir: folder.to_owned(),
        estate: EstateDir::find(folder, folder),
        today,
        latest_day,
        width: 100,
        state_dir: None,
        verbosity: if cli.quiet { Verbosity::Quiet } else { Verbosity::Normal },
        stdin: &mut io::empty(),
        out: &mut out,
        err: &mut err,
        terminal: None,
    };
    let outcome = cmd::run(&cli.command, &mut context).expect("the tool can do its work");
    let plain = |bytes: &[u8]| {
        String::from_utf8(anstream::adapter::strip_bytes(bytes).into_vec()).expect("the program writes UTF-8")
    };
    Run { code: outcome.exit_code().into(), out: plain(&out), err: plain(&err) }
}

/// Runs a command today, where it is tomorrow elsewhere.
fn run_early(estate: &Estate, args: &str) -> Run {
    run_on(estate.path(), [TODAY, TOMORROW], args)
}

/// A service that is green, and another one with everything that ends today.
fn before() -> Estate {
    let other = assessed("2026-09-01", "logging: amber")
        + &assessed("2026-09-02", "logging: red")
        + &format!("actions: [{{ what: Tell the lines apart, raised: 2026-09-02, due: {TODAY} }}]\n")
        + &format!(
            "waivers: [{{ category: logging, raised: 2026-09-02, until: {TODAY}, because: Moved on Monday, \
             approved-by: head }}]\n"
        );
    // In a week it is 16 weeks old.
    let aging = assessed("2026-06-10", "logging: green");
    let estate =
        Estate::empty().with_service("bag-api", GOLDEN_THREAD, &assessed("2026-08-01", "logging: green"));
    estate.with_service("cart-api", GOLDEN_THREAD, &other).with_service("old-api", ELSEWHERE, &aging)
}

/// The same with a drop to red where it is tomorrow.
fn dropped() -> Estate {
    before().appending("services/bag-api.yaml", &assessed(TOMORROW, "logging: red"))
}

#[test]
fn check_accepts_an_entry_of_a_day_that_has_begun_elsewhere_and_says_so() {
    let run = run_early(&dropped(), "check");
    assert_eq!((run.code, run.err.as_str()), (0, NOTE), "{}", run.out);
    assert_eq!(run.out, "checked 3 service files: nothing wrong\n");
    assert_eq!(run_early(&dropped(), "check services/bag-api.yaml").err, NOTE);
    assert_eq!(run_early(&dropped(), "check services/cart-api.yaml").err, "");
    assert_eq!(run_early(&dropped(), "--quiet check").err, "");
    assert_eq!(run_early(&before(), "check").err, "");
}

#[test]
fn an_entry_of_a_day_that_has_begun_nowhere_is_an_error() {
    for days in [[TODAY, TODAY], ["2026-09-29", TODAY]] {
        let run = run_on(dropped().path(), days, "check --format concise");
        assert_eq!((run.code, run.err.as_str()), (3, ""));
        assert!(
            run.out.contains("error[future-date]: an assessment is dated 2026-10-01, after"),
            "{}",
            run.out
        );
    }
}

#[test]
fn the_gate_denies_a_drop_of_a_day_that_has_begun_elsewhere_and_says_so() {
    for args in ["gate", "gate --service bag-api"] {
        let run = run_early(&dropped(), args);
        assert_eq!((run.code, run.err.as_str()), (4, NOTE), "{}", run.out);
        assert!(run.out.contains("denied[drop-to-red]: ★ bag-api (bag-api)"), "{}", run.out);
        assert!(
            !run.out.contains("denied[drop-to-red]: ★ cart-api"),
            "its waiver has not ended: {}",
            run.out
        );
        assert!(!run.out.contains("expired-waiver"), "{}", run.out);
    }
    let elsewhere = run_early(&dropped(), "gate --service cart-api");
    assert_eq!((elsewhere.code, elsewhere.err.as_str()), (0, ""), "{}", elsewhere.out);
    assert_eq!(run_early(&dropped(), "--quiet gate").err, "");
}

#[test]
fn the_gate_holds_the_entry_against_a_base_that_may_have_it_already() {
    let estate = before();
    estate.commit("the base");
    estate.git(&["switch", "-q", "-c", "work"]);
    let estate = estate.appending("services/bag-api.yaml", &assessed(TOMORROW, "logging: red"));
    estate.commit("a drop");
    let run = run_early(&estate, "gate --base main");
    assert_eq!((run.code, run.err.as_str()), (4, NOTE), "{}", run.out);
    assert!(run.out.contains("denied[drop-to-red]: ★ bag-api (bag-api)"), "{}", run.out);
    let estate = estate.with("README.md", "# Bag\n");
    estate.commit("another change");
    let run = run_early(&estate, "gate --base HEAD~1");
    assert_eq!((run.code, run.err.as_str()), (0, NOTE), "{}", run.out);
}

#[test]
fn the_past_of_the_base_may_not_be_rewritten_through_an_entry_of_tomorrow() {
    let estate = dropped();
    estate.commit("the base");
    estate.git(&["switch", "-q", "-c", "work"]);
    let estate = estate.replacing(
        "services/bag-api.yaml",
        "date: 2026-08-01, rubric: fundamentals@2, by: [us], scores: { logging: green }",
        "date: 2026-08-01, rubric: fundamentals@2, by: [us], scores: { logging: red }",
    );
    let run = run_early(&estate, "gate --base main");
    assert!(run.out.contains("warning[past-rewritten]: ★ bag-api"), "{}", run.out);
    assert!(!run.out.contains("judgement-removed"), "{}", run.out);
}

#[test]
fn an_early_entry_adds_no_column_and_changes_no_row_of_another_service() {
    let of_others = |estate: &Estate, period: &str| {
        let rows = parse_csv(&run_early(estate, &format!("trend --format csv --period {period}")).fine());
        rows.into_iter().filter(|row| row["service"] != "bag-api").collect::<Vec<_>>()
    };
    for period in ["month", "quarter"] {
        let rows = of_others(&before(), period);
        assert!(rows.iter().all(|row| row["as_of"].as_str() <= TODAY), "{rows:?}");
        assert_eq!(of_others(&dropped(), period), rows);
    }
    let colours = |estate: &Estate| {
        let rows = parse_csv(&run_early(estate, "trend --format csv --service bag-api").fine());
        rows.into_iter().map(|row| [row["period"].clone(), row["red"].clone()]).collect::<Vec<_>>()
    };
    assert_eq!(colours(&before()).last().expect("a row"), &["2026-09", "0"]);
    assert_eq!(colours(&dropped()).last().expect("a row"), &["2026-09", "1"]);
}

#[test]
fn nothing_of_another_service_is_due_stale_or_ended_by_an_early_entry() {
    let commands = [
        "actions --format json",
        "show cart-api --format json",
        "show old-api --format json",
        "gate --service cart-api --service old-api --format json",
    ];
    for command in commands {
        let [run, was] = [dropped(), before()].map(|estate| run_early(&estate, command));
        assert_eq!((run.code, run.out), (was.code, was.out), "{command}");
    }
}

#[test]
fn score_writes_into_the_assessment_of_today_and_not_into_that_of_tomorrow() {
    let estate = before().appending("services/bag-api.yaml", &assessed(TOMORROW, "logging: red"));
    let run = run_early(&estate, "score bag-api --set metrics=green");
    assert_eq!(run.code, 0, "{}", run.err);
    let text = estate.read("services/bag-api.yaml");
    let today = text.split("- ").find(|entry| entry.contains(TODAY)).expect("an assessment of today");
    assert!(today.contains("metrics: green") && !today.contains("logging"), "{text}");
    assert!(text.contains(&assessed(TOMORROW, "logging: red")), "{text}");
    let check = run_early(&estate, "check");
    assert_eq!((check.code, check.err.as_str()), (0, NOTE), "{}", check.out);
}

#[test]
fn score_writes_tomorrow_where_it_is_tomorrow_already_and_counts_it_elsewhere() {
    let estate = before();
    let there =
        run_on(estate.path(), [TOMORROW, TOMORROW], "score bag-api --set logging=amber --because Slower");
    assert_eq!(there.code, 0, "{}", there.err);
    assert!(estate.read("services/bag-api.yaml").contains(&format!("date: {TOMORROW}")));
    assert_eq!(run_early(&estate, "check").err, NOTE);
    // Here, another one is added by its day.
    let here = run_early(&estate, &format!("score bag-api --date {TOMORROW} --set metrics=red"));
    assert_eq!(here.code, 0, "{}", here.err);
    let text = estate.read("services/bag-api.yaml");
    assert_eq!(text.matches(TOMORROW).count(), 1, "{text}");
    let refused = run_early(&estate, "score bag-api --date 2026-10-02 --set metrics=red");
    assert_eq!(refused.code, 3);
    assert!(refused.err.contains("error[future-date]"), "{}", refused.err);
}

#[test]
fn an_action_that_was_raised_where_it_is_tomorrow_can_be_done_here() {
    let action = format!("actions: [{{ what: Tell the lines apart, raised: {TOMORROW} }}]\n");
    let estate = before().appending("services/bag-api.yaml", &action);
    let run = run_early(&estate, "action done bag-api lines");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(estate.read("services/bag-api.yaml").contains(&format!("done: {TOMORROW}")));
    assert_eq!(run_early(&estate, "check").code, 0);
}

#[test]
fn the_note_names_each_day_that_has_begun_elsewhere_with_its_services() {
    let cart = assessed(TOMORROW, "metrics: green") + &assessed("2026-10-02", "logging: red");
    let estate = dropped().with_service("ops-api", ELSEWHERE, &cart);
    let run = run_on(estate.path(), [TODAY, "2026-10-02"], "check");
    assert_eq!(run.code, 0, "{}", run.out);
    let [first, second] = ["2026-10-01", "2026-10-02"];
    assert_eq!(
        run.err,
        format!(
            "note: {first} has begun elsewhere: its entries count from today, {TODAY}: `bag-api` and `ops-api`\n\
             note: {second} has begun elsewhere: its entries count from today, {TODAY}: `ops-api`\n"
        )
    );
}

#[test]
fn a_change_to_one_service_leaves_the_early_entries_of_another_alone() {
    let estate = dropped();
    for command in [
        "action add cart-api Fix --due 2026-12-01",
        "waive cart-api logging --until 2026-12-01 --because Moved --approved-by head",
        "score old-api --set logging=amber",
    ] {
        let run = run_early(&estate, command);
        assert_eq!(run.code, 0, "{command}: {}", run.err);
    }
    let check = run_early(&estate, "check");
    assert_eq!((check.code, check.err.as_str()), (0, NOTE), "{}", check.out);
}
