//! `fundamentals move` and `fundamentals retire`: the present changes, and the past and the rest of the file stay.

use crate::support::{ELSEWHERE, Estate, GOLDEN_THREAD, apply, assessed, parse_csv};

const BAG: &str = "services/bag-api.yaml";

/// Two services, of which one inherits from the other.
fn estate() -> Estate {
    let history = assessed("2026-09-10", "logging: green, tracing: amber");
    let heir = assessed("2026-10-10", "logging: red, tracing: { inherited-from: bag-api }");
    Estate::empty()
        .with_service("bag-api", ELSEWHERE, &format!("\n  # oldest first\n{history}# the end"))
        .with_service("cart", ELSEWHERE, &format!("\n{heir}"))
}

/// How many judgements a domain's month in a trend has of each kind; `None` if it has none.
fn counts(estate: &Estate, domain: &str, period: &str) -> Option<String> {
    let csv = estate.run("trend --by domain --since 2026-09-01 --format csv").fine();
    let rows = parse_csv(&csv).into_iter().filter(|row| row["applicable"] != "0");
    let row = rows.into_iter().find(|row| row["domain"] == domain && row["period"] == period)?;
    Some(["red", "amber", "green", "not_assessed"].map(|column| row[column].as_str()).join(" "))
}

#[test]
fn a_move_changes_its_own_lines_and_no_past_figure() {
    let estate = estate();
    let (before, october) = (estate.read(BAG), counts(&estate, "shop", "2026-10"));
    let said = estate.run("move bag-api --domain till --owner sam").fine();
    assert_eq!(
        said,
        "bag-api from 2026-11-20 on:\n- domain: shop → till\n- owner: nobody → sam\nFigures up to 2026-11-19 count it as \
         what it was.\nWritten to services/bag-api.yaml.\n"
    );
    let expected = before.replace("domain: shop", "domain: till").replace(
        "platform: web\ncriticality: low\n",
        "platform: web\nowner: sam\ncriticality: low\npreviously:\n  - until: 2026-11-19\n    domain: shop\n    owner: \"\"\n",
    );
    assert_eq!(estate.read(BAG), expected);
    assert_eq!(counts(&estate, "shop", "2026-10"), october);
    assert_eq!(counts(&estate, "till", "2026-10"), None);
    assert!(counts(&estate, "till", "2026-11").is_some());
    estate.run("check").fine();
}

#[test]
fn a_second_move_on_a_day_keeps_what_was_before_the_first() {
    let estate = estate();
    estate.run("move bag-api --domain till").fine();
    estate.run("move bag-api --domain desk --platform net").fine();
    let text = estate.read(BAG);
    assert_eq!(text.matches("until:").count(), 1, "{text}");
    assert!(text.contains("  - until: 2026-11-19\n    domain: shop\n    platform: web\n"), "{text}");
    assert!(text.contains("domain: desk\nplatform: net\n"), "{text}");
}

#[test]
fn moves_on_different_days_each_keep_their_time() {
    let estate = estate();
    estate.run("move bag-api --domain till --on 2026-10-01").fine();
    estate.run("move bag-api --domain desk --on 2026-12-01").fine();
    for (domain, period, is_there) in [
        ("till", "2026-09", false),
        ("till", "2026-10", true),
        ("till", "2026-11", true),
        ("desk", "2026-11", false),
    ] {
        assert_eq!(counts(&estate, domain, period).is_some(), is_there, "{domain} {period}");
    }
    let earlier = estate.run("move bag-api --platform net --on 2026-11-01").refused(2);
    assert!(
        earlier.contains("`bag-api` changed on 2026-12-01") && earlier.contains("`--on 2026-12-01` or later"),
        "{earlier}"
    );
    let retired =
        estate.run_with(&["retire", "bag-api", "--because", "Sold", "--on", "2026-11-20"]).refused(2);
    assert!(retired.contains("`bag-api` changed on 2026-12-01"), "{retired}");
}

#[test]
fn a_move_to_what_is_so_already_changes_nothing() {
    let estate = estate();
    let before = estate.read(BAG);
    assert_eq!(
        estate.run("move bag-api --domain shop --golden-thread false").fine(),
        "services/bag-api.yaml says so already.\n"
    );
    assert_eq!(estate.read(BAG), before);
}

#[test]
fn a_service_that_joins_that_day_has_no_earlier_time_to_keep() {
    let estate = Estate::empty();
    estate.run("add a --platform p --domain d --criticality low").fine();
    let said = estate.run("move a --domain e --tag x,z").fine();
    assert!(
        said.ends_with(
            "It had not joined before, so there is no earlier time to keep.\nWritten to services/a.yaml.\n"
        ),
        "{said}"
    );
    assert_eq!(
        estate.read("services/a.yaml"),
        "service: a\ndomain: e\nplatform: p\ncriticality: low\ntags: [x, z]\njoined: 2026-11-20\n"
    );
}

#[test]
fn a_move_that_the_estate_does_not_allow_is_not_written() {
    let estate = Estate::shop();
    let path = "services/shopping/bag-api.yaml";
    let before = estate.read(path);
    let unknown = estate.run("move bag-api --domain shoping").refused(3);
    assert!(
        unknown.starts_with("error[unknown-domain]") && unknown.contains("did you mean `shopping`?"),
        "{unknown}"
    );
    let lower = estate.run("move bag-api --criticality low").refused(3);
    assert!(lower.starts_with("error[golden-thread-criticality]"), "{lower}");
    assert!(estate.run("move bag-api").refused(2).contains("--domain"));
    assert_eq!(estate.read(path), before);
    let slip = estate.run("move bag-api --platform chekout --dry-run");
    assert!(
        slip.err.starts_with("note: no other service has the platform `chekout`: did you mean `checkout`?\n")
    );
}

#[test]
fn a_demotion_keeps_the_golden_thread_of_the_past() {
    let history = assessed("2026-09-10", "logging: green");
    let estate = Estate::empty().with_service("bag-api", GOLDEN_THREAD, &format!("\n{history}"));
    estate.run("move bag-api --golden-thread false --criticality low --on 2026-11-01").fine();
    let golden = |args: &str| estate.run(&format!("trend --golden-thread --format csv {args}")).out;
    assert!(golden("--until 2026-10-31").contains("bag-api"));
    assert!(!golden("--last 1").contains("bag-api"));
    estate.run("check").fine();
}

#[test]
fn a_retired_service_counts_up_to_the_day_and_its_heirs_are_named() {
    let estate = estate();
    let (before, october) = (estate.read(BAG), counts(&estate, "shop", "2026-10"));
    let said =
        estate.run_with(&["retire", "bag-api", "--on", "2026-11-03", "--because", "Cart: does it"]).fine();
    assert_eq!(
        said,
        "bag-api is retired from 2026-11-03 on: Cart: does it\nFigures up to 2026-11-02 count it as before; from 2026-11-03 \
         on it is in no count, no gate and no\n  list of what is due.\n1 service inherits from it what is not assessed from \
         2026-11-03 on:\n- cart: tracing\nNext: assess them anew, such as `fundamentals score cart --set tracing=green` or \
         `fundamentals score\n  cart --set tracing=inherited-from:SERVICE`.\nWritten to services/bag-api.yaml.\n"
    );
    let retired = "criticality: low\nretired:\n  on: 2026-11-03\n  because: \"Cart: does it\"\n";
    assert_eq!(estate.read(BAG), before.replace("criticality: low\n", retired));
    assert_eq!(counts(&estate, "shop", "2026-10"), october);
    assert_eq!(counts(&estate, "shop", "2026-11").as_deref(), Some("1 0 0 23"));
}

#[test]
fn a_retired_service_may_be_retired_another_day_or_for_another_reason() {
    let estate = estate();
    estate.run("retire bag-api --because Sold").fine();
    let text = estate.read(BAG);
    assert_eq!(
        estate.run("retire bag-api --because Sold").fine().lines().last(),
        Some("services/bag-api.yaml says so already.")
    );
    assert_eq!(estate.read(BAG), text);
    estate.run("retire bag-api --because Bought --on 2027-01-31").fine();
    assert_eq!(estate.read(BAG), text.replace("2026-11-20", "2027-01-31").replace("Sold", "Bought"));
}

#[test]
fn what_a_retirement_would_contradict_refuses_it() {
    let estate = estate();
    let before = estate.read(BAG);
    for (args, reason) in [
        (&["--because", "Sold", "--on", "2026-09-10"][..], "`bag-api` was assessed on 2026-09-10"),
        (&["--because", "Sold", "--on", "2026-09-01"], "give `--on 2026-09-11` or later"),
        (&["--because", "tbd"], "is not a reason"),
        (&[], "--because <TEXT>"),
        (&["--undo"], "`bag-api` is not retired"),
        (&["--undo", "--because", "Back"], "cannot be used with"),
    ] {
        let said = estate.run_with(&[&["retire", "bag-api"], args].concat()).refused(2);
        assert!(said.contains(reason), "{args:?}: {said}");
    }
    assert_eq!(estate.read(BAG), before);
    estate.run("retire bag-api --because Sold").fine();
    let moved = estate.run("move bag-api --domain till --on 2026-12-01").refused(2);
    assert!(moved.contains("`bag-api` is retired from 2026-11-20 on") && moved.contains("--undo"), "{moved}");
}

#[test]
fn nothing_is_written_of_a_day_on_which_a_service_is_retired() {
    let waive = "waive bag-api logging --until 2026-12-15 --because Agreed --approved-by head";
    let add = "action add bag-api Later --owner sam --due 2026-12-15";
    let estate = estate();
    estate.run("retire bag-api --because Sold --on 2026-10-15").fine();
    let retired = estate.read(BAG);
    for args in [
        "score bag-api --set logging=green",
        "score bag-api --set logging=green --date 2026-10-15 --dry-run",
        "score bag-api --confirm all",
        add,
        waive,
    ] {
        let said = estate.run(args).refused(2);
        assert!(said.contains("`bag-api` is retired from 2026-10-15 on"), "{args}: {said}");
        assert!(said.contains("`fundamentals retire bag-api --undo` brings it back"), "{args}: {said}");
        assert_eq!(estate.read(BAG), retired, "{args}");
    }
    // What was forgotten of the days before still counts.
    estate.run("score bag-api --set logging=green --date 2026-10-14").fine();
    estate.run(&format!("{add} --raised 2026-10-14")).fine();
    // It is back, but not on the days between.
    estate.run("retire bag-api --undo").fine();
    let said = estate.run("score bag-api --set logging=green --date 2026-10-20").refused(2);
    assert!(
        said.contains("`bag-api` was retired from 2026-10-15 on, and on 2026-10-20 it still was"),
        "{said}"
    );
    for args in ["score bag-api --set logging=green", waive] {
        estate.run(args).fine();
    }
}

#[test]
fn a_retirement_that_is_planned_refuses_nothing_before_its_day() {
    let estate = estate();
    estate.run("retire bag-api --because Sold --on 2026-11-21").fine();
    for args in [
        "score bag-api --set logging=green",
        "action add bag-api Later --owner sam --due 2026-12-15",
        "waive bag-api logging --until 2026-12-15 --because Agreed --approved-by head",
    ] {
        estate.run(args).fine();
    }
}

#[test]
fn a_service_that_is_back_leaves_its_absence_as_it_was() {
    let estate = estate();
    estate.run("retire bag-api --because Sold --on 2026-10-15").fine();
    let october = counts(&estate, "shop", "2026-10");
    let said = estate.run("retire bag-api --undo").fine();
    assert_eq!(
        said,
        "bag-api is back from 2026-11-20 on; figures from 2026-10-15 to 2026-11-19 stay without it.\nWritten to \
         services/bag-api.yaml.\n"
    );
    assert_eq!(counts(&estate, "shop", "2026-10"), october);
    assert_eq!(counts(&estate, "shop", "2026-11").as_deref(), Some("1 2 1 44"));
}

#[test]
fn a_retirement_that_never_came_leaves_nothing_behind() {
    let estate = estate();
    let before = estate.read(BAG);
    estate.run("retire bag-api --because Sold --on 2026-12-15").fine();
    estate.run("retire bag-api --undo").fine();
    assert_eq!(estate.read(BAG), before);
}

#[test]
fn the_patch_of_a_dry_run_makes_the_change() {
    for args in ["move bag-api --domain till --tag x", "retire bag-api --because Sold"] {
        let estate = estate();
        let before = estate.read(BAG).replace('\n', "\r\n");
        estate.with_text(BAG, &before);
        let run = estate.run(&format!("{args} --dry-run"));
        assert_eq!(run.code, 0);
        assert!(run.err.ends_with("No file was changed.\n"), "{}", run.err);
        assert_eq!(estate.read(BAG), before);
        apply(&estate, &run.out);
        let applied = estate.read(BAG);
        assert!(!applied.replace("\r\n", "").contains('\n'), "{applied:?}");
        estate.with_text(BAG, &before);
        estate.run(args).fine();
        assert_eq!(estate.read(BAG), applied);
    }
}
