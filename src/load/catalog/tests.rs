use std::path::{Path, PathBuf};

use super::backstage::{CatalogReading, read_backstage};
use crate::diag::Code;
use crate::load::text_tree::TextTree;
use crate::model::{CatalogComponent, CatalogSettings};
use crate::source::Sources;

/// What is read from the first file on.
fn reading(files: &[(&str, &str)]) -> CatalogReading {
    let texts = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let texts = TextTree { root: Path::new("/root"), place: "", texts: &texts };
    let first = vec![PathBuf::from(files[0].0)];
    read_backstage(first, None, &texts, 0, &CatalogSettings::default())
        .unwrap_or_else(|_| panic!("no git here"))
}

fn read(text: &str) -> CatalogReading {
    reading(&[("catalog-info.yaml", text)])
}

/// The only service.
fn service(text: &str) -> CatalogComponent {
    let mut services = read(text).services;
    assert_eq!(services.len(), 1, "{services:?}");
    services.remove(0).component
}

fn names(reading: &CatalogReading) -> Vec<String> {
    reading.services.iter().map(|service| service.component.entity.to_string()).collect()
}

fn codes(reading: &CatalogReading) -> Vec<&'static str> {
    reading.problems.iter().map(|problem| problem.code.name()).collect()
}

fn reasons(reading: &CatalogReading) -> Vec<&str> {
    reading.skipped.iter().map(|skipped| skipped.reason.as_str()).collect()
}

/// An entity with an owner.
fn entity(kind: &str, name: &str, spec: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: {kind}\nmetadata: {{ name: {name} }}\nspec: {{ owner: user:jo, {spec} }}\n"
    )
}

fn documents(entities: &[String]) -> String {
    entities.join("---\n")
}

#[test]
fn the_domain_is_that_of_the_system_and_the_domains_around_it() {
    let text = documents(&[
        entity("Component", "cart", "system: checkout"),
        entity("System", "Checkout", "domain: default/Shopping"),
        entity("Domain", "Shopping", "subdomainOf: retail"),
        entity("Domain", "retail", ""),
    ]);
    let cart = service(&text);
    assert_eq!(cart.system.map(|system| system.to_string()).as_deref(), Some("system:default/checkout"));
    let domains: Vec<_> = cart.domains.iter().map(ToString::to_string).collect();
    assert_eq!(domains, ["domain:default/shopping", "domain:default/retail"]);
    // Spelled as those entities are.
    assert_eq!(cart.entry.platform.expect("a platform").value, "Checkout");
    let names: Vec<_> = cart.entry.domains.into_iter().map(|name| name.value).collect();
    assert_eq!(names, ["Shopping", "retail"]);
}

#[test]
fn domains_in_a_circle_come_to_an_end() {
    let text = documents(&[
        entity("Component", "cart", "domain: a"),
        entity("Domain", "a", "subdomainOf: b"),
        entity("Domain", "b", "subdomainOf: a"),
    ]);
    assert_eq!(service(&text).domains.len(), 2);
}

#[test]
fn a_component_may_say_its_domain_itself() {
    let text = documents(&[
        entity("Component", "cart", "domain: shop, system: checkout"),
        entity("System", "checkout", "domain: other"),
    ]);
    let domains: Vec<_> = service(&text).domains.iter().map(ToString::to_string).collect();
    assert_eq!(domains, ["domain:default/shop"]);
}

#[test]
fn a_subcomponent_has_the_system_and_domain_of_what_it_is_part_of() {
    let text = documents(&[
        entity("Component", "button", "subcomponentOf: page"),
        entity("Component", "page", "subcomponentOf: site"),
        entity("Component", "site", "system: web, subcomponentOf: button"),
        entity("System", "web", "domain: shop"),
    ]);
    for service in read(&text).services {
        let CatalogComponent { system, domains, .. } = service.component;
        assert_eq!(system.map(|system| system.to_string()).as_deref(), Some("system:default/web"));
        assert_eq!(domains.iter().map(ToString::to_string).collect::<Vec<_>>(), ["domain:default/shop"]);
    }
}

#[test]
fn a_reference_is_looked_for_in_the_entitys_own_namespace() {
    let text = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: a, namespace: Pay}\nspec: {owner: team, system: default/s}\n";
    let component = service(text);
    assert_eq!(component.entity.to_string(), "component:pay/a");
    assert_eq!(component.owner.map(|owner| owner.to_string()).as_deref(), Some("group:pay/team"));
    assert_eq!(component.system.map(|system| system.to_string()).as_deref(), Some("system:default/s"));
}

#[test]
fn owners_are_read_in_every_form() {
    for (written, full, short) in [
        ("team-a", "group:default/team-a", "team-a"),
        ("group:team-a", "group:default/team-a", "team-a"),
        ("group:default/team-a", "group:default/team-a", "team-a"),
        ("user:jo", "user:default/jo", "jo"),
        ("Group:Team-A", "group:default/team-a", "Team-A"),
        ("{ kind: User, name: jo }", "user:default/jo", "jo"),
        ("No", "group:default/no", "No"),
    ] {
        let text = format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{name: a}}\nspec:\n  owner: {written}\n"
        );
        let component = service(&text);
        assert_eq!(component.owner.map(|owner| owner.to_string()).as_deref(), Some(full), "{written}");
        assert_eq!(component.entry.owner.map(|owner| owner.value).as_deref(), Some(short), "{written}");
    }
}

#[test]
fn odd_but_readable_descriptors_are_read() {
    let text = "apiVersion: backstage.io/v1alpha1\nkind: COMPONENT\nmetadata:\n  name: No\n  title: 2026-11-27\n  tags: ~\n  links: null\n  annotations: {tier: null}\n  description: |\n    one\n    ---\n    two\nspec: {owner: a, lifecycle: production, dependsOn: }\n";
    let component = service(text);
    assert_eq!(component.entity.to_string(), "component:default/no");
    assert_eq!((component.kind.as_str(), component.entry.name.value.as_str()), ("Component", "No"));
    assert_eq!(component.entry.title.map(|title| title.value).as_deref(), Some("2026-11-27"));
    assert!(component.entry.tags.is_empty() && component.entry.links.is_empty());
}

#[test]
fn what_is_no_entity_is_skipped_and_named() {
    let other = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
    let nameless = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {title: A}\n";
    let quoted =
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: \"${{ values.name }}\"}\n";
    let bare =
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {{cookiecutter.name}}\n";
    let tags = "{% if x %}\napiVersion: backstage.io/v1alpha1\n";
    let foreign = "- just\n- a list\n";
    let owner = entity("Component", "b", "").replace("user:jo", "\"${{ values.owner }}\"");
    let good = entity("Component", "good", "");
    let all = [other, nameless, quoted, bare, tags, foreign, &owner, &good];
    let reading = read(&documents(&all.map(str::to_owned)));
    assert_eq!(names(&reading), ["component:default/good"]);
    let template = "a template for other files";
    assert_eq!(
        reasons(&reading),
        [
            "of another format: its `apiVersion` is `v1`",
            "an entity without `metadata.name`",
            template,
            template,
            template,
            "of another format: it has no `apiVersion` of Backstage",
            template,
        ]
    );
    assert!(reading.problems.is_empty());
}

#[test]
fn locations_are_followed_and_each_file_is_read_once() {
    let locations =
        entity("Location", "all", "targets: [./b/*.yaml, ../c.yaml, ./a.yaml, b/x.yaml, /root/d.yaml]")
            + "---\n"
            + &entity("Location", "more", "target: ./b/../e.yaml, type: file");
    let component = |name: &str| entity("Component", name, "");
    let reading = reading(&[
        ("top/a.yaml", &locations),
        ("top/b/x.yaml", &component("x")),
        ("top/b/y.yaml", &(component("y") + "---\n" + &entity("Location", "back", "target: ../a.yaml"))),
        ("top/b/.hidden.yaml", &component("hidden")),
        ("c.yaml", &component("c")),
        ("d.yaml", &component("d")),
        ("top/e.yaml", &component("e")),
        ("other.yaml", &component("other")),
    ]);
    let mut found = names(&reading);
    found.sort();
    assert_eq!(found, ["c", "d", "e", "x", "y"].map(|name| format!("component:default/{name}")));
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
}

#[test]
fn a_location_that_leads_nowhere_is_reported_and_one_on_the_network_is_not_followed() {
    let text = documents(&[
        entity("Location", "a", "target: ./gone.yaml"),
        entity("Location", "b", "target: ./gone/**/x.yaml"),
        entity("Location", "c", "target: ../../out.yaml"),
        entity("Location", "d", "target: ./gone.yaml, presence: optional"),
        entity("Location", "e", "target: https://example.com/catalog-info.yaml"),
        entity("Location", "f", "type: github-org, target: org"),
    ]);
    let reading = read(&text);
    assert_eq!(codes(&reading), [Code::MissingLocationTarget.name(); 3]);
    assert_eq!(reading.skipped.len(), 2, "{:?}", reading.skipped);
}

#[test]
fn an_apis_answer_is_read_with_the_relations_that_it_gives() {
    let answer = r#"{"items": [
        {"apiVersion": "backstage.io/v1alpha1", "kind": "Component", "metadata": {"name": "cart", "namespace": "default"},
         "spec": {"type": "service", "lifecycle": "production"},
         "relations": [{"type": "ownedBy", "targetRef": "group:default/team-a"}, {"type": "partOf", "targetRef": "system:default/web"}]},
        {"apiVersion": "backstage.io/v1alpha1", "kind": "System", "metadata": {"name": "web"}, "spec": {},
         "relations": [{"type": "partOf", "target": {"kind": "domain", "namespace": "default", "name": "shop"}}]},
        {"apiVersion": "backstage.io/v1alpha1", "kind": "Location", "metadata": {"name": "l"}, "spec": {"target": "./x.yaml"}}
    ], "totalItems": 3, "pageInfo": {}}"#;
    let reading = reading(&[("page.json", answer)]);
    let component = &reading.services[0].component;
    assert_eq!(component.owner.as_ref().map(ToString::to_string).as_deref(), Some("group:default/team-a"));
    assert_eq!(component.domains[0].to_string(), "domain:default/shop");
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let place = Sources::new(reading.files).position(component.span);
    assert_eq!((place.line, place.column), (2, 9));
}

#[test]
fn two_of_one_name_are_reported_with_both_places() {
    let text = documents(&[
        entity("Component", "a", "type: service"),
        entity("component", "A", "type: other"),
        entity("Component", "a", "").replace("name: a", "name: a, namespace: pay"),
        entity("API", "a", ""),
    ]);
    let reading = read(&text);
    assert_eq!(codes(&reading), ["duplicate-entity", "ambiguous-entity"]);
    assert!(reading.problems.iter().all(|problem| problem.places().count() == 2));
    assert_eq!(reading.services[0].component.entity_type.as_ref().expect("a type").value, "service");
    assert_eq!(names(&reading), ["component:default/a", "component:pay/a"]);
}

#[test]
fn a_reference_to_nothing_is_reported_where_the_catalog_has_entities_of_its_kind() {
    let cart = entity("Component", "cart", "system: gone").replace("user:jo", "team-a");
    assert_eq!(codes(&read(&cart)), [""; 0]);
    let group = entity("Group", "team-b", "");
    let system = entity("System", "web", "domain: gone");
    assert_eq!(codes(&read(&documents(&[cart.clone(), group, system]))), ["dangling-reference"; 2]);
    // What no service belongs to is not looked at.
    let domain = entity("Domain", "shop", "");
    let system = entity("System", "gone", "domain: nowhere");
    let other = entity("System", "other", "domain: nowhere");
    assert_eq!(codes(&read(&documents(&[cart, system, other, domain]))), ["dangling-reference"]);
}

#[test]
fn a_missing_owner_and_a_reference_of_no_form_are_reported() {
    let ownerless = entity("Component", "a", "").replace("owner: user:jo,", "");
    let odd = entity("Component", "b", "").replace("user:jo", "\"group:\"");
    assert_eq!(codes(&read(&documents(&[ownerless, odd]))), ["missing-owner", "dangling-reference"]);
}

#[test]
fn of_a_key_given_twice_the_last_counts_and_that_is_noted() {
    let reading =
        read("apiVersion: backstage.io/v1alpha1\nkind: Component\nkind: API\nmetadata: {name: a}\n");
    assert_eq!(names(&reading), [""; 0]);
    assert_eq!(reasons(&reading), ["the key `kind` is given again, and the last counts"]);
}
