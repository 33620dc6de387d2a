//! `import scores` and `score --from` from outside: what is written, what is not, and how they end.

use std::process::Command;

use crate::folder::{Estate, Run};

const HEAD: &str = "domain: shop\nplatform: team\ncriticality: low\n";

/// Three services, one of which was assessed.
fn estate() -> Estate {
    let cart = "assessments:\n  # Kept\n  - date: 2026-09-01\n    rubric: fundamentals@2\n    scores:\n      logging: { rag: red, because: Gaps }\n";
    Estate::new()
        .file("services/cart.yaml", format!("service: cart\ntitle: Shopping Cart\n{HEAD}{cart}"))
        .file("services/till.yaml", format!("service: till\n{HEAD}"))
        .file("services/bank.yaml", format!("service: bank\n{HEAD}"))
}

const TABLE: &str = "service,category,date,colour,reason,evidence,by\n\
                     Shopping Cart,Logging,2026-09-30,red,,,\n\
                     cart,logging,Oct 2026,amber,Two gaps,https://a.example/1 https://a.example/2,team-cart\n\
                     cart,metrics,Oct 2026,green,,,team-cart; sre\n\
                     cart,metrics,3 Nov 2026,green,,,\n\
                     till,alerting,3 Nov 2026,A,,,\n";

fn read(estate: &Estate, path: &str) -> String {
    std::fs::read_to_string(estate.path(path)).expect("a file")
}

#[track_caller]
fn fine(run: &Run) -> &str {
    assert_eq!((run.exit, run.err.as_str()), (Some(0), ""), "{}", run.out);
    &run.out
}

#[test]
fn each_day_of_each_service_becomes_an_assessment_and_what_is_said_is_not_repeated() {
    let estate = estate().file("table.csv", TABLE);
    let before = read(&estate, "services/bank.yaml");
    let run = estate.run(&["import", "scores", "table.csv"]);
    let expected = "cart: 2 scores on 2026-10-31\ntill: 1 score on 2026-11-03\n3 scores of 2 services on 2 days written. 2 scores \
                    are there already.\n";
    assert_eq!(fine(&run), expected);
    let cart = read(&estate, "services/cart.yaml");
    let added = "\
  - date: 2026-10-31
    rubric: fundamentals@2
    by: [team-cart, sre]
    scores:
      logging:
        rag: amber
        because: Two gaps
        evidence: [https://a.example/1, https://a.example/2]
      metrics: green
";
    assert!(cart.contains("  # Kept\n") && cart.ends_with(added), "{cart}");
    assert_eq!(cart.matches("date:").count(), 2, "{cart}");
    assert_eq!(read(&estate, "services/bank.yaml"), before);
    assert_eq!(estate.run(&["check"]).exit, Some(0));

    let again = estate.run(&["import", "scores", "table.csv"]);
    assert_eq!(fine(&again), "Nothing is new. 5 scores are there already. No file was changed.\n");
    assert_eq!(read(&estate, "services/cart.yaml"), cart);
}

#[test]
fn what_is_said_already_is_confirmed_where_that_is_asked_for() {
    let estate = estate().file("table.csv", TABLE);
    let run = estate.run(&["import", "scores", "table.csv", "--confirm"]);
    assert!(
        fine(&run)
            .starts_with("cart: 2 scores and 2 confirmations on 3 days from 2026-09-30 to 2026-11-03\n"),
        "{}",
        run.out
    );
    let cart = read(&estate, "services/cart.yaml");
    assert!(cart.contains("2026-09-30\n    rubric: fundamentals@2\n    confirmed: [logging]"), "{cart}");
    let again = estate.run(&["import", "scores", "table.csv", "--confirm"]);
    assert!(fine(&again).starts_with("Nothing is new."), "{}", again.out);
}

#[test]
fn a_dry_run_prints_one_patch_that_does_what_the_run_would_do() {
    let estate = estate().file("table.csv", TABLE);
    let git = |arguments: &[&str]| {
        let status = Command::new("git").current_dir(estate.path("")).args(arguments).output();
        assert!(status.expect("git runs").status.success(), "{arguments:?}");
    };
    let patch = estate.run(&["import", "scores", "table.csv", "--dry-run"]);
    assert_eq!(patch.exit, Some(0), "{}", patch.err);
    assert!(patch.err.ends_with(
        "3 scores of 2 services on 2 days to be written. 2 scores are there already.\nNo file was changed.\n"
    ));
    git(&["init", "-q"]);
    let before = read(&estate, "services/cart.yaml");
    std::fs::write(estate.path("change.patch"), &patch.out).expect("a file");
    git(&["apply", "change.patch"]);
    let patched = ["cart", "till"].map(|name| read(&estate, &format!("services/{name}.yaml")));
    git(&["apply", "-R", "change.patch"]);
    assert_eq!(read(&estate, "services/cart.yaml"), before);
    fine(&estate.run(&["import", "scores", "table.csv"]));
    assert_eq!(["cart", "till"].map(|name| read(&estate, &format!("services/{name}.yaml"))), patched);
}

#[test]
fn one_thing_that_is_not_understood_keeps_all_files_as_they_are() {
    let estate = estate().file("table.csv", format!("{TABLE}till,metrics,3 Nov 2026,meh,,,\n"));
    let before = read(&estate, "services/cart.yaml");
    let run = estate.run(&["import", "scores", "table.csv"]);
    assert_eq!((run.exit, run.out.as_str()), (Some(3), ""));
    assert!(
        run.err.starts_with("error[unmapped-value]: unknown value `meh`: line 7\n --> table.csv:7:25\n"),
        "{}",
        run.err
    );
    assert!(run.err.ends_with("error: nothing was written\n"), "{}", run.err);
    let draft = estate.run(&["import", "scores", "table.csv", "--dry-run"]);
    assert_eq!(draft.exit, Some(3));
    let estate = estate.file("map.toml", draft.out.replace("\"meh\" = \"\"", "\"meh\" = \"amber\""));
    let wrong = estate.run(&["import", "scores", "table.csv", "--map", "nothing.toml"]);
    assert!(wrong.exit == Some(3) && wrong.err.contains("error[no-such-path]"), "{}", wrong.err);
    assert_eq!(read(&estate, "services/cart.yaml"), before);
    assert!(fine(&estate.run(&["import", "scores", "table.csv", "--map", "map.toml"])).contains("4 scores"));
}

#[test]
fn history_before_a_rubric_was_published_asks_which_rubric_it_is_under() {
    let table = "service,category,colour,date\ntill,logging,red,2020-01-31\ntill,tracing,red,2026-02-28\n";
    let estate = estate().file("table.csv", table);
    let run = estate.run(&["import", "scores", "table.csv"]);
    assert_eq!(run.exit, Some(3), "{}", run.out);
    assert!(run.err.contains("error[unpinned-rubric]: fundamentals@1 was published on "), "{}", run.err);
    assert!(run.err.contains("say `--rubric fundamentals@1`"), "{}", run.err);
    let run = estate.run(&["import", "scores", "table.csv", "--rubric", "fundamentals@2"]);
    assert!(fine(&run).contains("2 scores of 1 service on 2 days written"), "{}", run.out);
    assert_eq!(read(&estate, "services/till.yaml").matches("rubric: fundamentals@2").count(), 2);
    let run = estate.run(&["import", "scores", "table.csv", "--rubric", "fundamentals@9"]);
    assert_eq!((run.exit, run.out.as_str()), (Some(2), ""), "{}", run.err);
    let estate = estate.file("map.toml", "rubric = \"fundamentals@2\"\n");
    assert!(
        fine(&estate.run(&["import", "scores", "table.csv", "--map", "map.toml"]))
            .starts_with("Nothing is new.")
    );
}

#[test]
fn a_table_takes_the_rubric_that_its_own_column_names() {
    let table = "service,category,colour,date,rubric\ntill,logging,red,2020-01-31,fundamentals@2\ntill,metrics,red,2026-11-03,nonsense\n";
    let run = estate().file("table.csv", table).run(&["import", "scores", "table.csv"]);
    assert_eq!(run.exit, Some(3));
    assert!(run.err.starts_with("error[unknown-rubric]: unknown rubric `nonsense`: line 3"), "{}", run.err);
}

#[test]
fn two_scores_of_a_category_on_a_day_are_refused_unless_they_say_the_same() {
    let table = "service,category,colour,date\ntill,logging,red,2026-11-03\ntill,Logging,R,2026-11-03\n";
    let estate = estate().file("same.csv", table).file("table.csv", table.replace(",R,", ",G,"));
    let run = estate.run(&["import", "scores", "table.csv"]);
    assert_eq!(run.exit, Some(3));
    assert!(
        run.err.starts_with("error[conflicting-score]: `logging` of `till` has two scores on 2026-11-03"),
        "{}",
        run.err
    );
    assert!(fine(&estate.run(&["import", "scores", "same.csv"])).contains("1 score of 1 service"));
}

#[test]
fn what_a_table_says_of_a_service_must_be_valid() {
    for (row, code) in [
        ("till,logging,not-applicable,2026-11-03,,", "missing-because"),
        ("till,logging,red,2026-11-03,,nobody", "unknown-provider"),
        ("till,logging,red,2026-11-03,,till", "inherited-loop"),
        ("till,logging,red,2026-11-03,,not an id", "invalid-id"),
    ] {
        let table = format!("service,category,colour,date,reason,inherited from\n{row}\n");
        let run = estate().file("table.csv", table).run(&["import", "scores", "table.csv"]);
        assert!(run.exit == Some(3) && run.err.starts_with(&format!("error[{code}]")), "{row}: {}", run.err);
    }
    let retired = format!("service: till\nretired: 2026-10-01\n{HEAD}");
    let estate = estate().file("services/till.yaml", retired);
    let run = estate.file("table.csv", TABLE).run(&["import", "scores", "table.csv"]);
    assert!(run.err.contains("`till` is retired from 2026-10-01 on"), "{}", run.err);
}

/// A service that was judged, confirmed and merged on a day, under another id of its provider.
const JUDGED: &str = "assessments:
  - date: 2026-09-01
    rubric: fundamentals@2
    scores: { metrics: amber }
  - date: 2026-11-01
    rubric: fundamentals@2
    scores:
      logging: green
      alerting: { rag: red, because: Nobody is called, evidence: [https://a.example/x] }
      tracing: { inherited-from: cart }
      runbooks: { rag: not-applicable, because: No people }
    confirmed: [metrics]
";

#[test]
fn what_was_rated_otherwise_on_the_same_day_is_replaced_only_when_asked() {
    let rows = [
        "logging,amber,Other",
        "alerting,green,",
        "alerting,red,Another reason",
        "tracing,green,",
        "runbooks,green,",
        "metrics,red,",
    ];
    for row in rows {
        let table = format!("service,category,colour,reason,date\ntill,{row},2026-11-01\n");
        let estate = estate().file("services/till.yaml", format!("service: till\n{HEAD}{JUDGED}"));
        let estate = estate.file("table.csv", &table);
        let before = read(&estate, "services/till.yaml");
        let run = estate.run(&["import", "scores", "table.csv"]);
        let category = row.split(',').next().expect("a category");
        let title = format!(
            "error[conflicting-score]: `{category}` of `till` has another score on 2026-11-01: line 2"
        );
        assert!(run.exit == Some(3) && run.err.starts_with(&title), "{row}: {}", run.err);
        assert!(run.err.contains("services/till.yaml:") && run.err.contains("--replace"), "{}", run.err);
        assert_eq!(read(&estate, "services/till.yaml"), before);
        let run = estate.run(&["import", "scores", "table.csv", "--replace"]);
        let expected = "till: 1 score on 2026-11-01\n1 score of 1 service on 1 day written. 1 score replaces another of its day.\n";
        assert_eq!(fine(&run), expected, "{row}");
        assert_eq!(estate.run(&["check"]).exit, Some(0));
    }
    let all = rows.iter().filter(|row| **row != "alerting,green,");
    let all = all.map(|row| format!("till,{row},2026-11-01\n")).collect::<Vec<_>>().concat();
    let estate = estate()
        .file("services/till.yaml", format!("service: till\n{HEAD}{JUDGED}"))
        .file("table.csv", format!("service,category,colour,reason,date\n{all}"));
    let run = estate.run(&["import", "scores", "table.csv", "--dry-run"]);
    assert_eq!(run.err.matches("error[conflicting-score]").count(), 5, "{}", run.err);
}

#[test]
fn what_adds_to_a_score_of_the_same_day_replaces_nothing() {
    let table = "service,category,colour,reason,evidence,date\ntill,logging,green,Seen,https://a.example/y,2026-11-01\n\
                 till,alerting,red,,https://a.example/z,2026-11-01\ntill,metrics,red,,,2026-11-02\n";
    let estate = estate().file("services/till.yaml", format!("service: till\n{HEAD}{JUDGED}"));
    let estate = estate.file("table.csv", table);
    let run = estate.run(&["import", "scores", "table.csv"]);
    assert!(fine(&run).ends_with("3 scores of 1 service on 2 days written.\n"), "{}", run.out);
    let till = read(&estate, "services/till.yaml");
    assert!(till.contains("Nobody is called") && till.contains("https://a.example/x"), "{till}");
    let again = estate.run(&["import", "scores", "table.csv"]);
    assert!(fine(&again).starts_with("Nothing is new."), "{}", again.out);
}

#[test]
fn score_replaces_what_was_rated_on_the_same_day_and_says_so() {
    let table = "service,category,colour,date\ntill,logging,amber,2026-11-01\n";
    let estate = estate().file("services/till.yaml", format!("service: till\n{HEAD}{JUDGED}"));
    let estate = estate.file("table.csv", table);
    let run = estate.run(&["score", "--from", "table.csv"]);
    assert_eq!(run.exit, Some(0), "{}", run.err);
    assert!(run.out.ends_with("1 score replaces another of its day.\n"), "{}", run.out);
}

#[test]
fn score_takes_many_services_and_days_from_a_table() {
    let table = "service,category,colour,date\ncart,metrics,green,2026-10-31\ncart,metrics,amber,\ntill,metrics,,\ntill,logging,g,\n";
    let estate = estate().file("table.csv", table);
    let run = estate.run(&["score", "--from", "table.csv", "--by", "us"]);
    assert_eq!(run.exit, Some(0), "{}", run.err);
    assert_eq!(run.err, "note: 1 cell is left out: not assessed\n");
    let expected = "cart: 2 scores on 2 days from 2026-10-31 to 2026-11-20\ntill: 1 score on 2026-11-20\n3 scores of 2 services on 2 \
                    days written.\n";
    assert_eq!(run.out, expected);
    assert_eq!(read(&estate, "services/cart.yaml").matches("by: [us]").count(), 2);
    for arguments in [
        &["score", "--from", "table.csv", "--set", "logging=red"][..],
        &["score", "--confirm", "all"],
        &["score"],
    ] {
        assert_eq!(estate.run(arguments).exit, Some(2), "{arguments:?}");
    }
}
