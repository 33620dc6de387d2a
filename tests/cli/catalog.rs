//! Estates whose services a software catalog describes: their files say how they were assessed, and no more.

use crate::support::Estate;

const SETTINGS: &str = "\
[catalog]
files = [\"catalog/*.yaml\"]

[catalog.criticality]
annotation = \"example.com/tier\"
values = { mission-critical = [\"tier-1\"], low = [\"tier-4\"] }

[catalog.golden-thread]
tag = \"golden-thread\"
";

const CATALOG: &str = "\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: Cart-API
  title: Cart
  annotations: { example.com/tier: Tier_1 }
  tags: [java, golden-thread]
spec: { type: service, lifecycle: production, owner: 'group:default/team-cart', system: cart }
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: cart }
spec: { owner: team-cart, domain: carts }
---
apiVersion: backstage.io/v1alpha1
kind: Domain
metadata: { name: carts }
spec: { owner: team-cart, subdomainOf: shopping }
---
apiVersion: backstage.io/v1alpha1
kind: Domain
metadata: { name: shopping }
spec: { owner: team-cart }
---
name: not-an-entity
";

fn estate() -> Estate {
    Estate::empty().with("fundamentals.toml", SETTINGS).with("catalog/all.yaml", CATALOG)
}

fn assessed(id: &str, more: &str) -> String {
    format!(
        "service: {id}\n{more}assessments:\n  - {{ date: 2026-11-03, rubric: fundamentals@2, scores: {{ logging: green }} }}\n"
    )
}

#[test]
fn a_service_file_needs_only_its_service_and_assessments() {
    let estate = estate().with("services/cart-api.yaml", &assessed("cart-api", ""));
    assert_eq!(estate.run("check").fine(), "checked 1 service file: nothing wrong\n");
    let shown = estate.run("show cart-api").fine();
    let head: Vec<_> = shown.lines().take(2).collect();
    let facts = "carts / cart · owner team-cart · mission-critical · Golden Thread · production";
    assert_eq!(head, ["★ Cart (cart-api)", facts]);
    let trend =
        estate.run("trend --golden-thread --domain carts --tag java --by service --format csv").fine();
    assert!(trend.contains(",carts,cart,cart-api,"), "{trend}");
}

#[test]
fn what_no_entity_is_can_be_listed() {
    let estate = estate().with("services/cart-api.yaml", &assessed("cart-api", ""));
    let run = estate.run("check -v");
    assert!(run.err.contains("catalog/all.yaml:25: skipped: "), "{}", run.err);
    assert_eq!(estate.run("check").err, "");
}

#[test]
fn a_catalogs_file_may_be_named_to_check() {
    let estate = estate().with("services/cart-api.yaml", &assessed("cart-api", ""));
    assert_eq!(estate.run("check catalog/all.yaml").code, 0);
}

#[test]
fn adding_a_service_that_the_catalog_describes_asks_nothing() {
    let estate = estate();
    estate.run("add cart-api").fine();
    assert_eq!(estate.read("services/cart-api.yaml"), "service: cart-api\njoined: 2026-11-20\n");
    let missing = estate.run("add basket-api").refused(2);
    assert!(missing.contains("--platform") && missing.contains("--criticality"), "{missing}");
}

#[test]
fn a_changed_service_file_keeps_what_the_catalog_says_of_it() {
    let estate = estate().with("services/cart-api.yaml", &assessed("cart-api", ""));
    estate.run("score cart-api --set metrics=red --because none").fine();
    assert_eq!(estate.run("check").fine(), "checked 1 service file: nothing wrong\n");
}

#[test]
fn the_schema_of_the_estate_demands_nothing_that_the_catalog_supplies() {
    let estate = estate().with("services/cart-api.yaml", &assessed("cart-api", ""));
    let schema = estate.run("schema service --for-estate").fine();
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    assert_eq!(schema["required"], serde_json::json!(["service"]));
}

#[test]
fn moving_a_service_keeps_what_it_was_and_leaves_what_it_becomes_to_the_catalog() {
    let estate = estate().with("services/cart-api.yaml", &assessed("cart-api", ""));
    let run = estate.run("move cart-api --domain basket --owner team-b --golden-thread false");
    assert_eq!(run.code, 0, "{}", run.err);
    for (field, value) in [("domain", "basket"), ("owner", "team-b"), ("golden-thread", "false")] {
        assert!(run.err.contains(&format!("change its {field} there to `{value}`")), "{}", run.err);
    }
    let text = estate.read("services/cart-api.yaml");
    let past = "  - until: 2026-11-19\n    domain: carts\n    owner: team-cart\n    golden-thread: true\n";
    assert!(text.starts_with(&format!("service: cart-api\npreviously:\n{past}")), "{text}");
    let catalog = CATALOG.replace("name: carts", "name: basket").replace("domain: carts", "domain: basket");
    let estate = estate.with("catalog/all.yaml", &catalog);
    assert_eq!(estate.run("check").fine(), "checked 1 service file: nothing wrong\n");
    let shown = estate.run("show cart-api").fine();
    assert!(
        shown.contains("\nbasket / cart · ") && shown.contains("until 2026-11-19: carts / cart"),
        "{shown}"
    );
}

#[test]
fn a_renamed_service_is_found_in_the_catalog_by_its_old_id_too() {
    let estate = estate().with("services/cart-api.yaml", &assessed("cart-api", ""));
    estate.run("rename cart-api basket-api").fine();
    assert_eq!(estate.run("check").fine(), "checked 1 service file: nothing wrong\n");
    let estate = estate.with("catalog/all.yaml", &CATALOG.replace("Cart-API", "basket-api"));
    assert_eq!(estate.run("check").fine(), "checked 1 service file: nothing wrong\n");
}

#[test]
fn a_service_with_a_file_is_one_whatever_types_and_lifecycles_are_wanted() {
    let settings = format!("{SETTINGS}[catalog.lifecycle]\npath = \"spec.lifecycle\"\n");
    let settings =
        settings.replace("[catalog]\n", "[catalog]\ntypes = [\"website\"]\nlifecycles = [\"new\"]\n");
    let estate = estate().with("fundamentals.toml", &settings);
    let estate = estate.with("services/cart-api.yaml", &assessed("cart-api", ""));
    assert_eq!(estate.run("check").fine(), "checked 1 service file: nothing wrong\n");
}

#[test]
fn a_retired_service_keeps_who_it_was_when_it_leaves_the_catalog() {
    let estate = estate().with("services/cart-api.yaml", &assessed("cart-api", ""));
    let past = "trend --by domain --until 2026-11-10 --format csv";
    let before = estate.run(past).fine();
    estate.run_with(&["retire", "cart-api", "--because", "Replaced by the basket"]).fine();
    assert_eq!(estate.run("check").fine(), "checked 1 service file: nothing wrong\n");
    let estate = estate.with("catalog/all.yaml", "kind: Other\n");
    assert_eq!(estate.run("check").fine(), "checked 1 service file: nothing wrong\n");
    assert_eq!(estate.run(past).fine(), before);
}

#[test]
fn a_move_that_the_catalog_made_before_is_not_recorded_in_silence() {
    let estate = estate().with("services/cart-api.yaml", &assessed("cart-api", ""));
    let run = estate.run("move cart-api --owner team-cart");
    assert!(
        run.err.contains("the catalog says so already, and not what `cart-api` was before"),
        "{}",
        run.err
    );
}

#[test]
fn a_reference_and_the_name_in_it_are_the_same_owner() {
    for owner in ["group:default/team-cart", "team-cart", "Team_Cart"] {
        let more = format!("owner: {owner}\n");
        let estate = estate().with("services/cart-api.yaml", &assessed("cart-api", &more));
        assert_eq!(estate.run("check").fine(), "checked 1 service file: nothing wrong\n");
    }
}

#[test]
fn domains_and_platforms_are_told_apart_by_every_letter() {
    for more in ["domain: Carts\n", "platform: CART\n"] {
        let estate = estate().with("services/cart-api.yaml", &assessed("cart-api", more));
        let run = estate.run("check");
        assert!(run.code == 3 && run.out.contains("error[catalog-mismatch]"), "{}", run.out);
    }
}

#[test]
fn a_catalog_without_a_service_is_named_where_one_is_missed() {
    let settings = SETTINGS.replace("catalog/*.yaml", "catalogue/*.yaml");
    let estate = estate().with("fundamentals.toml", &settings);
    let estate = estate.with("services/cart-api.yaml", &assessed("cart-api", ""));
    let out = estate.run("check").out;
    assert!(
        out.contains("correct `files` of `[catalog]` in fundamentals.toml: no service is found there"),
        "{out}"
    );
}
