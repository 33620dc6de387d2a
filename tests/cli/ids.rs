//! What a service's id must agree with: the name of its file, of its folder, or nothing.

use crate::support::Estate;

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
