//! What a service's id must agree with: the name of its file, of its folder, or nothing.

use crate::support::{Estate, command, ended, run_in};

fn text(id: &str) -> String {
    format!("service: {id}\ndomain: shop\nplatform: web\ncriticality: low\n")
}

fn from_folders() -> Estate {
    Estate::empty()
        .with(
            "fundamentals.toml",
            "[estate]\nservices = [\"apps/*/reliability.yaml\"]\nid-from = \"folder\"\n",
        )
        .with("apps/cart/reliability.yaml", &text("cart"))
}

fn from_keys() -> Estate {
    Estate::empty()
        .with("fundamentals.toml", "[estate]\nservices = [\"**/*.fundamentals.yaml\"]\nid-from = \"key\"\n")
        .with("shop/the-cart.fundamentals.yaml", &text("cart"))
}

#[test]
fn a_folder_can_give_the_id() {
    assert_eq!(from_folders().run("check").code, 0);
    let wrong = from_folders().with("apps/cart/reliability.yaml", &text("basket")).run("check");
    assert_eq!(wrong.code, 3);
    assert!(wrong.out.contains("the service `basket` is in a folder named for `cart`"), "{}", wrong.out);
    assert!(wrong.out.contains("rename the folder to `basket`, or write `service: cart`"), "{}", wrong.out);
}

#[test]
fn with_key_files_have_any_name() {
    assert_eq!(from_keys().run("check").code, 0);
}

#[test]
fn two_files_with_one_id_are_an_error_wherever_ids_come_from() {
    for estate in [
        from_folders().with("apps/basket/reliability.yaml", &text("cart")),
        from_keys().with("shop/other.fundamentals.yaml", &text("cart")),
    ] {
        let told = estate.run("check");
        assert_eq!(told.code, 3);
        assert!(told.out.contains("duplicate-service"), "{}", told.out);
    }
}

#[test]
fn services_are_scored_and_shown_and_completed_by_their_ids() {
    for (estate, path) in
        [(from_folders(), "apps/cart/reliability.yaml"), (from_keys(), "shop/the-cart.fundamentals.yaml")]
    {
        estate.run("score cart --set logging=green --by team").fine();
        assert!(estate.read(path).contains("logging: green"), "{}", estate.read(path));
        assert!(estate.run("show cart").fine().contains("cart"));
        let offered = estate.run("complete -- fundamentals show c");
        assert!(offered.out.lines().any(|line| line.starts_with("cart")), "{}{}", offered.out, offered.err);
    }
}

#[test]
fn a_retired_service_is_not_offered() {
    let retired = |on: &str| format!("{}retired: {on}\n", text("cart"));
    let named = Estate::empty().with("services/cart.yaml", &text("cart"));
    for (estate, path) in [
        (named, "services/cart.yaml"),
        (from_folders(), "apps/cart/reliability.yaml"),
        (from_keys(), "shop/the-cart.fundamentals.yaml"),
    ] {
        for (file, expected) in
            [(text("cart"), "cart\n"), (retired("2026-11-21"), "cart\n"), (retired("2026-11-20"), "")]
        {
            estate.with_text(path, &file);
            assert_eq!(estate.run("complete -- fundamentals score ca").out, expected, "{path}: {file}");
        }
    }
}

#[test]
fn a_new_service_gets_a_folder_where_folders_give_the_ids() {
    let estate = from_folders();
    estate.run("add till --platform web --domain shop --criticality low").fine();
    assert!(estate.read("apps/till/reliability.yaml").contains("service: till"));
    let first = Estate::empty().with(
        "fundamentals.toml",
        "[estate]\nservices = [\"apps/*/reliability.yaml\"]\nid-from = \"folder\"\n",
    );
    let told = first.run("add till --platform web --domain shop --criticality low");
    assert!(told.out.contains("apps/till/reliability.yaml"), "{}{}", told.out, told.err);
}

#[test]
fn a_file_in_the_estates_own_folder_may_have_any_id_however_it_was_cloned() {
    let estate = Estate::empty()
        .with("fundamentals.toml", "[estate]\nservices = [\"reliability.yaml\"]\nid-from = \"folder\"\n")
        .with("reliability.yaml", &text("cart"));
    assert_eq!(estate.run("check").code, 0);
}

#[test]
fn the_base_of_the_gate_finds_ids_in_the_same_way() {
    for (estate, path) in
        [(from_folders(), "apps/cart/reliability.yaml"), (from_keys(), "shop/the-cart.fundamentals.yaml")]
    {
        let assessed = |colour: &str| {
            let head = text("cart").replace("low", "mission-critical\ngolden-thread: true");
            format!(
                "{head}assessments:\n  - date: 2026-10-01\n    rubric: fundamentals@2\n    scores: {{ logging: green }}\n{}",
                match colour {
                    "red" =>
                        "  - date: 2026-11-01\n    rubric: fundamentals@2\n    scores: { logging: red }\n",
                    _ => "",
                }
            )
        };
        let estate = estate.with(path, &assessed("green"));
        estate.git(&["init", "-q", "-b", "main"]);
        estate.commit("green");
        let estate = estate.with(path, &assessed("red"));
        let told = estate.run("gate --base main --format concise");
        assert_eq!(told.code, 4, "{}{}", told.out, told.err);
        assert!(told.out.contains("drop-to-red"), "{}", told.out);
    }
}

#[test]
fn another_word_is_refused_with_those_that_are_known() {
    let told = from_keys().with("fundamentals.toml", "[estate]\nid-from = \"folders\"\n").run("check");
    assert!(told.out.contains("folder"), "{}", told.out);
    assert!(told.out.contains("invalid-value"), "{}", told.out);
}

const BROKEN: &str = "shop/the-cart.fundamentals.yaml";

/// An estate whose ids come from keys: `till` inherits from `cart`, whose file is this text, and `cart` has SLO results.
fn with_cart(cart_file: &str) -> Estate {
    let till = text("till")
        + "assessments:\n  - { date: 2026-10-01, rubric: fundamentals@2, scores: { logging: { inherited-from: cart } } }\n";
    from_keys()
        .with("shop/till.fundamentals.yaml", &till)
        .with("slo/a.csv", "service,slo,period,objective,attained\ncart,a,2026-10,99%,99.5%\n")
        .with(BROKEN, cart_file)
}

#[test]
fn a_file_that_cannot_be_parsed_keeps_the_id_that_its_text_says() {
    let estate = with_cart("# The cart.\nservice: cart\ndomain: [\n");
    let checked = estate.run("check --format concise");
    assert_eq!(checked.out.matches("error[").count(), 1, "{}", checked.out);
    assert!(checked.out.starts_with(BROKEN), "{}", checked.out);
    assert!(
        estate
            .run("show cart")
            .refused(3)
            .ends_with("the file of `cart` has errors; `fundamentals check` shows them\n")
    );
    let added = estate.run("add cart --platform web --domain shop --criticality low").refused(2);
    assert!(added.contains("there is a service `cart` already, whose file has errors"), "{added}");
    estate.run("add bag --platform web --domain shop --criticality low").fine();
}

#[test]
fn a_file_that_does_not_say_its_service_may_be_that_of_any_unknown_one() {
    for file in ["service: [\n", "service: cart\nservice: bag\ndomain: [\n", "", "service: not an id\n"] {
        let estate = with_cart(file);
        let checked = estate.run("check --format concise");
        assert_eq!(checked.code, 3);
        for wrong in ["unknown-provider", "unknown-service"] {
            assert!(!checked.out.contains(wrong), "{file}: {}", checked.out);
        }
        let reason = format!("`cart` may be in a file with errors that doesn't say its service: `{BROKEN}`");
        for command in ["show cart", "score cart --set logging=green", "trend --service cart"] {
            let refused = estate.run(command).refused(3);
            assert!(refused.contains(&reason), "{command}: {refused}");
        }
        let added = estate.run("add cart --platform web --domain shop --criticality low").refused(3);
        assert!(added.contains(&reason), "{added}");
        assert!(!estate.path().join("shop/cart.fundamentals.yaml").exists());
    }
}

#[test]
fn a_name_in_a_file_of_scores_is_unknown_only_where_every_file_says_its_service() {
    let estate = with_cart(&text("basket"));
    let checked = estate.run("check --format concise").out;
    assert!(checked.contains("error[unknown-provider]"), "{checked}");
    assert!(checked.contains("warning[unknown-service]"), "{checked}");
    assert_eq!(estate.run("show cart").code, 2);
}

#[test]
fn the_gate_calls_no_service_removed_that_a_broken_file_may_hold() {
    let estate = from_keys().with("shop/till.fundamentals.yaml", &text("till"));
    estate.commit("sound");
    for (file, notes) in [("service: cart\n[", 0), ("[", 1)] {
        estate.with_text(BROKEN, file);
        let run = estate.run("gate --base main");
        assert_eq!(run.code, 3, "{run:?}");
        assert!(!run.out.contains("service-removed"), "{run:?}");
        let note = "removed, or in a file with errors that doesn't say its service: `cart`";
        assert_eq!(run.out.matches(note).count(), notes, "{run:?}");
    }
    estate.with_text(BROKEN, &text("basket"));
    assert!(estate.run("gate --base main").out.contains("service-removed"));
}

#[test]
fn a_service_is_compared_with_its_own_past_if_the_base_may_hold_it_in_a_broken_file() {
    let estate = from_keys().with("shop/till.fundamentals.yaml", &text("till")).with(BROKEN, "[");
    estate.commit("broken");
    let dropped = |colour: &str, day: &str| {
        format!("  - {{ date: {day}, rubric: fundamentals@2, scores: {{ logging: {colour} }} }}\n")
    };
    let cart = text("cart").replace("low", "mission-critical\ngolden-thread: true");
    estate.with_text(
        BROKEN,
        &format!("{cart}assessments:\n{}{}", dropped("green", "2026-10-01"), dropped("red", "2026-11-01")),
    );
    let run = estate.run("gate --base main");
    assert_eq!(run.code, 4, "{run:?}");
    assert!(run.out.contains("drop-to-red"), "{run:?}");
}

#[test]
fn services_are_scored_from_the_folder_of_their_file() {
    let estate = from_folders();
    run_in(&estate.path().join("apps/cart"), "score cart --set logging=green --by team").fine();
    let beside = Estate::empty()
        .with("fundamentals.toml", "[estate]\nservices = [\"reliability.yaml\"]\nid-from = \"folder\"\n")
        .with("docs/a.md", "")
        .with("reliability.yaml", &text("cart"));
    run_in(&beside.path().join("docs"), "score cart --set logging=green --by team").fine();
    beside.run("score cart --set metrics=green --by team").fine();
    assert_eq!(beside.run("complete -- fundamentals show c").out.lines().count(), 1);
}

#[test]
fn a_file_that_is_named_by_a_roundabout_path_has_the_id_of_its_folder() {
    let estate = from_folders().with("apps/till/reliability.yaml", &text("till"));
    run_in(&estate.path().join("apps/till"), "check ../cart/../cart/./reliability.yaml").fine();
}

#[test]
fn a_file_that_a_sparse_checkout_leaves_out_is_that_of_its_folder() {
    let estate = from_folders().with("apps/till/reliability.yaml", &text("till"));
    estate.commit("both");
    estate.git(&["sparse-checkout", "set", "--cone", "apps/till"]);
    let refused = run_in(&estate.path().join("apps/till"), "show cart").refused(3);
    assert!(refused.contains("the file of `cart` has errors"), "{refused}");
}

#[test]
fn a_file_of_the_estates_own_folder_that_a_sparse_checkout_leaves_out_is_not_named_for_the_clone() {
    let estate = from_folders()
        .with("fundamentals.toml", "[estate]\nservices = [\"**/reliability.yaml\"]\nid-from = \"folder\"\n")
        .with("reliability.yaml", &text("till"));
    estate.commit("both");
    estate.git(&["sparse-checkout", "set", "--no-cone", "/*", "!/reliability.yaml"]);
    let refused = estate.run("show till").refused(3);
    assert!(refused.contains("`till` may be in a file with errors"), "{refused}");
}

#[test]
fn a_new_service_gets_a_path_that_a_glob_finds() {
    let estate = from_keys();
    let added = estate.run("add till --platform web --domain shop --criticality low").fine();
    assert!(added.starts_with("Written to shop/till.fundamentals.yaml.\n"), "{added}");
    run_in(&estate.path().join("shop"), "show till").fine();
    let below = run_in(&estate.path().join("shop"), "add bag --platform web --domain shop --criticality low");
    assert!(below.fine().starts_with("Written to bag.fundamentals.yaml.\n"));
    let first = Estate::empty()
        .with("fundamentals.toml", "[estate]\nservices = [\"**/*.fundamentals.yaml\"]\nid-from = \"key\"\n");
    let added = first.run("add till --platform web --domain shop --criticality low").fine();
    assert!(added.starts_with("Written to till.fundamentals.yaml.\n"), "{added}");
}

#[test]
fn where_a_file_is_in_the_way_another_path_is_asked_for() {
    let estate = from_keys().with("shop/till.fundamentals.yaml", &text("bag"));
    let add = "add till --platform web --domain shop --criticality low";
    let refused = estate.run(add).refused(2);
    let reason = "shop/till.fundamentals.yaml exists already; give another path with `--file`";
    assert!(refused.contains(reason), "{refused}");
    assert_eq!(estate.read("shop/till.fundamentals.yaml"), text("bag"));
    estate.run(&format!("{add} --file shop/other.fundamentals.yaml")).fine();
}

#[test]
fn where_no_usual_path_matches_one_is_asked_for() {
    let estate =
        Estate::empty().with("fundamentals.toml", "[estate]\nservices = [\"teams/*/services/*.yaml\"]\n");
    let refused = estate.run("add till --platform web --domain shop --criticality low").refused(2);
    assert!(refused.contains("give another path with `--file`"), "{refused}");
}

#[test]
fn a_new_file_in_the_folder_of_another_service_is_not_written() {
    let refused = from_folders()
        .with("fundamentals.toml", "[estate]\nservices = [\"apps/*/*.yaml\"]\nid-from = \"folder\"\n")
        .run("add till --platform web --domain shop --criticality low --file apps/cart/till.yaml")
        .refused(3);
    assert!(refused.contains("error[file-name-mismatch]"), "{refused}");
}

#[test]
fn the_help_on_a_wrong_name_offers_only_ids() {
    let help = |folder: &str, id: &str| {
        let path = format!("apps/{folder}/reliability.yaml");
        let out = from_folders().with(&path, &text(id)).run("check").out;
        let lines = out.lines().filter_map(|line| line.trim().strip_prefix("= help: ").map(str::to_owned));
        lines.collect::<Vec<_>>()
    };
    assert!(help("my cart", "bag").contains(&"rename the folder to `bag`".to_owned()));
    assert!(help("bag", "my cart").contains(&"write `service: bag`".to_owned()));
    let neither = help("the bag", "my cart");
    assert!(neither.contains(&"give the folder the service's id as its name".to_owned()), "{neither:?}");
}

#[test]
fn what_a_wrong_word_meant_is_unknown_so_no_name_is_called_wrong() {
    let told = from_folders()
        .with(
            "fundamentals.toml",
            "[estate]\nservices = [\"apps/*/reliability.yaml\"]\nid-from = \"directory\"\n",
        )
        .run("check --format concise");
    assert_eq!(told.out.matches("error[").count(), 1, "{}", told.out);
}

#[test]
fn broken_standard_input_stands_in_for_the_file_of_the_service_that_it_names() {
    let estate = from_keys();
    let mut check = command(estate.path(), "check - --format concise");
    let run = ended(check.write_stdin("service: cart\ndomain: [\n"));
    assert_eq!(run.code, 3);
    assert!(!run.out.contains("duplicate-service"), "{}", run.out);
}
