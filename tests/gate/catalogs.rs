//! Services that a catalog describes: what happens there is told as if it were in their files.

use crate::review::{alone, review};
use crate::world::{DROP, Estate, Service, World, dropped_bag, green_bag, other};

const SETTINGS: &str = "\
[catalog]
files = [\"catalog/*.yaml\"]
criticality.label = \"level\"
golden-thread.tag = \"golden-thread\"";

/// An estate whose only service is described by a catalog.
fn described(service: &Service, level: &str, tags: &str, domain: &str) -> Estate {
    let component = format!(
        "apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {{ name: bag-api, labels: {{ level: {level} }}, tags: {tags} }}
spec: {{ type: service, owner: team-bag, system: web, domain: {domain} }}
"
    );
    let supplied = ["criticality", "golden-thread", "domain", "platform"];
    let text = service.text();
    let kept = text.lines().filter(|line| !supplied.iter().any(|key| line.starts_with(key)));
    let text = kept.collect::<Vec<_>>().join("\n");
    Estate::default().with(&service.path(), &text).with("catalog/bag.yaml", &component).set(SETTINGS)
}

fn golden(service: &Service) -> Estate {
    described(service, "mission-critical", "[golden-thread]", "shop")
}

#[test]
fn a_drop_of_a_service_that_the_catalog_describes_is_denied() {
    review(golden(&green_bag()), golden(&dropped_bag())).denies(&[DROP]);
}

#[test]
fn a_service_demoted_in_the_catalog_in_the_change_in_which_it_drops_is_denied() {
    for (level, tags) in [("mission-critical", "[]"), ("low", "[]")] {
        let now = described(&dropped_bag(), level, tags, "shop");
        let told = [DROP, "warning past-rewritten bag-api", "warning importance-lowered bag-api"];
        review(golden(&green_bag()), now).denies(&told);
    }
}

#[test]
fn a_service_that_moves_in_the_catalog_is_told() {
    let now = described(&green_bag(), "mission-critical", "[golden-thread]", "customer");
    review(golden(&green_bag()), now)
        .passes(&["warning past-rewritten bag-api", "warning service-moved bag-api"]);
}

#[test]
fn an_identity_that_moves_from_the_catalog_into_the_file_is_no_news() {
    let in_file = green_bag().also("owner: team-bag\ntags: [golden-thread]\n");
    review(golden(&green_bag()), in_file.clone()).passes(&[]);
    review(in_file, golden(&green_bag())).passes(&[]);
}

#[test]
fn a_catalog_is_read_at_the_base_as_well() {
    let world = World::with(golden(&green_bag()));
    world.proposes(described(&dropped_bag(), "low", "[]", "shop"));
    let told = [DROP, "warning past-rewritten bag-api", "warning importance-lowered bag-api"];
    world.gate("--base main").denies(&told);
}

#[test]
fn services_that_lose_their_catalog_leave_the_gate_undecided() {
    let cart = || other("cart-api").on("2026-10-02", "alerting: green");
    let beside = |estate: Estate| estate.with(&cart().path(), &cart().text());
    let before = beside(golden(&green_bag()));
    let now = beside(golden(&dropped_bag())).with("catalog/bag.yaml", "kind: Other\n");
    review(before, now).is(3, &[]).says_on_stdout("gate undecided");
}

#[test]
fn a_catalog_that_is_never_committed_says_at_the_base_too_who_services_are() {
    let ignored = |estate: Estate| estate.with(".gitignore", "catalog/\n");
    let world = World::with(ignored(golden(&green_bag())));
    world.proposes(ignored(golden(&dropped_bag().on("2026-11-12", "logging: red"))));
    world.gate("--base main").denies(&[DROP]);
}

/// With all but the Golden Thread in the service's own file.
fn tagged(service: &Service, component: &str) -> Estate {
    let text = service.text().replace("golden-thread: true\n", "");
    let beside = other("cart-api").on("2026-10-02", "alerting: green");
    let estate = Estate::of([beside]).with(&service.path(), &text).with("catalog/bag.yaml", component);
    estate.set("[catalog]\nfiles = [\"catalog/*.yaml\"]\ngolden-thread.tag = \"golden-thread\"")
}

#[test]
fn what_can_not_be_read_in_the_catalog_takes_no_service_off_the_golden_thread() {
    let good = "apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: bag-api, tags: [golden-thread] }
spec: { owner: team-bag, system: web, domain: shop }
";
    alone(tagged(&dropped_bag(), good)).denies(&[DROP]);
    let location = "apiVersion: backstage.io/v1alpha1
kind: Location
metadata: { name: all }
spec: { target: ./gone.yaml }
";
    let twice = format!("{good}---\n{}", good.replace("name: bag-api,", "name: bag-api, namespace: other,"));
    for broken in [&format!("{good}\t- x\n"), location, &twice, "a: [\n"] {
        let verdict = alone(tagged(&dropped_bag(), broken));
        verdict.is(3, &[]).says_on_stdout("gate undecided");
        let verdict = review(tagged(&green_bag(), good), tagged(&dropped_bag(), broken));
        verdict.is(3, &[]).says_on_stdout("gate undecided");
    }
}
