use super::*;

/// What a tool's documents say, each given by itself.
fn catalog(tool: CatalogTool, documents: &[&str]) -> ToolCatalog {
    let file = |index: usize| FileId::from_index(index);
    let documents =
        documents.iter().enumerate().flat_map(|(index, text)| super::documents(text, file(index)));
    read(tool, documents.collect(), &["service".to_owned()])
}

/// The only service of a document.
fn service(tool: CatalogTool, document: &str) -> CatalogEntry {
    only(catalog(tool, &[document]))
}

/// The only service of a catalog without problems.
fn only(mut catalog: ToolCatalog) -> CatalogEntry {
    assert_eq!(codes(&catalog), []);
    assert_eq!(catalog.entries.len(), 1, "{catalog:?}");
    catalog.entries.remove(0)
}

/// The codes of what is wrong, but for owners, which most examples don't need.
fn codes(catalog: &ToolCatalog) -> Vec<Code> {
    let codes = catalog.problems.iter().map(|problem| problem.code);
    codes.filter(|code| *code != Code::MissingOwner).collect()
}

/// An entry in one line: what is known of it, in the order of a service file.
fn line(entry: &CatalogEntry) -> String {
    let texts = |texts: &[Spanned<String>]| {
        texts.iter().map(|text| text.value.as_str()).collect::<Vec<_>>().join(", ")
    };
    let fields = [
        ("title", entry.title.iter().map(|it| it.value.as_str()).collect()),
        ("domains", texts(&entry.domains)),
        ("platform", entry.platform.iter().map(|it| it.value.as_str()).collect()),
        ("owner", entry.owner.iter().map(|it| it.value.as_str()).collect()),
        ("criticality", entry.criticality.iter().map(|it| it.value.as_str()).collect()),
        ("golden-thread", entry.golden_thread.iter().map(|it| it.value.as_str()).collect()),
        ("lifecycle", entry.lifecycle.iter().map(|it| it.value.as_str()).collect()),
        ("tags", texts(&entry.tags)),
        (
            "links",
            entry
                .links
                .iter()
                .map(|link| format!("{} → {}", link.title, link.href))
                .collect::<Vec<_>>()
                .join(", "),
        ),
    ];
    let known: Vec<String> = fields
        .into_iter()
        .filter(|(_, text): &(&str, String)| !text.is_empty())
        .map(|(name, text)| format!("{name}: {text}"))
        .collect();
    format!("{} – {}", entry.name.value, known.join("; "))
}

fn reasons(catalog: &ToolCatalog) -> Vec<&str> {
    catalog.skipped.iter().map(|skipped| skipped.reason.as_str()).collect()
}

#[test]
fn datadog_definitions_of_every_second_schema_are_read() {
    let v2 = "
schema-version: v2
dd-service: cart
team: checkout
links: [{ name: Runbook, type: runbook, url: 'https://wiki.example/cart' }]
docs: [{ name: Design, provider: wiki, url: 'https://wiki.example/design' }]
repos: [{ name: Code, url: 'https://git.example/cart' }]
tags: ['env:prod']
";
    insta::assert_snapshot!(line(&service(CatalogTool::Datadog, v2)), @"cart – owner: checkout; tags: env:prod; links: Runbook → https://wiki.example/cart, Design → https://wiki.example/design, Code → https://git.example/cart");
    for version in ["v2.1", "v2.2"] {
        let text = format!(
            "schema-version: {version}\ndd-service: cart\nteam: checkout\napplication: shop\ntier: 1\n\
             lifecycle: production\nlanguages: [go]\ntype: web\n"
        );
        assert_eq!(
            line(&service(CatalogTool::Datadog, &text)),
            "cart – platform: shop; owner: checkout; criticality: 1; lifecycle: production"
        );
    }
}

#[test]
fn datadog_systems_are_platforms_and_what_contains_them_is_a_domain() {
    let cart = "
apiVersion: v3
kind: service
metadata: { name: cart, displayName: Shopping cart, tags: ['env:prod'] }
spec: { tier: '0', lifecycle: production, componentOf: ['system:checkout'] }
";
    let stock = "{ apiVersion: v3, kind: Service, metadata: { name: stock, owner: 'team:default/stores' } }";
    let old = "{ apiVersion: v3, kind: service, metadata: { name: old, inheritFrom: 'application:default/checkout' } }";
    let checkout = "
apiVersion: v3
kind: system
metadata: { name: checkout, owner: buyers, additionalOwners: [{ name: others }] }
spec: { components: ['service:stock', 'queue:orders'] }
";
    let shop = "
apiVersion: v3
kind: custom.domain
metadata: { name: shop }
spec: { components: ['system:checkout'] }
";
    let queue = "{ apiVersion: v3, kind: queue, metadata: { name: orders } }";
    let catalog = catalog(CatalogTool::Datadog, &[cart, stock, old, checkout, shop, queue]);
    let lines: Vec<_> = catalog.entries.iter().map(line).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    cart – title: Shopping cart; domains: shop; platform: checkout; owner: buyers; criticality: 0; lifecycle: production; tags: env:prod
    stock – domains: shop; platform: checkout; owner: stores
    old – domains: shop; platform: checkout; owner: buyers
    ");
    assert_eq!(
        reasons(&catalog),
        ["of the kind `system`", "of the kind `custom.domain`", "of the kind `queue`"]
    );
}

#[test]
fn opslevel_services_components_systems_and_domains_are_read() {
    let cart = "
version: 1
service:
  name: Shopping Cart
  aliases: [Shopping Cart, cart]
  owner: checkout_team
  tier: tier_1
  lifecycle: generally_available
  system: checkout
  product: Retail
  tags: [{ key: db, value: mysql }, { key: pci }, plain]
  tools: [{ name: Logs, category: logs, url: 'https://logs.example/cart', environment: }]
";
    let stock = "{ version: 1, component: { name: stock, type: service, product: Retail } }";
    let page = "{ version: 1, component: { name: page, type: website } }";
    let system = "{ version: 1, system: { name: Checkout System, alias: checkout, domain: shop } }";
    let domain = "{ version: 1, domain: { name: Shop, aliases: [shop] } }";
    let repository = "{ version: 1, repository: { owner: checkout_team } }";
    let catalog = catalog(CatalogTool::OpsLevel, &[cart, stock, page, system, domain, repository]);
    let lines: Vec<_> = catalog.entries.iter().map(line).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    cart – title: Shopping Cart; domains: shop; platform: checkout; owner: checkout_team; criticality: tier_1; lifecycle: generally_available; tags: db:mysql, pci, plain; links: Logs → https://logs.example/cart
    stock – platform: Retail
    ");
    assert_eq!(
        reasons(&catalog),
        ["describes a repository", "of the kind `website`", "of the kind `system`", "of the kind `domain`"]
    );
}

#[test]
fn cortex_descriptors_are_read_with_the_domains_around_them() {
    let cart = "
openapi: 3.0.1
info:
  title: Shopping cart
  x-cortex-tag: cart
  x-cortex-owners:
    - { type: slack, channel: help }
    - { type: EMAIL, email: someone@shop.example }
    - { type: group, name: checkout, provider: CORTEX }
  x-cortex-groups: ['exposure:external']
  x-cortex-custom-metadata: { tier: { value: 1, description: How much it matters }, other: [a] }
  x-cortex-link: [{ name: Runbook, type: RUNBOOK, url: 'https://wiki.example/cart' }]
  x-cortex-domain-parents: [{ tag: basket }]
";
    let basket = "{ openapi: 3.0.1, info: { x-cortex-tag: basket, x-cortex-type: domain } }";
    let shop = "
openapi: 3.0.1
info: { x-cortex-tag: shop, x-cortex-type: domain, x-cortex-children: [{ tag: basket }, { tag: stock }] }
";
    let stock =
        "{ openapi: 3.0.1, info: { x-cortex-tag: stock, x-cortex-service-groups: [java], x-cortex-link: } }";
    let catalog = catalog(CatalogTool::Cortex, &[cart, basket, shop, stock]);
    let lines: Vec<_> = catalog.entries.iter().map(line).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    cart – title: Shopping cart; domains: basket, shop; owner: checkout; criticality: 1; tags: exposure:external; links: Runbook → https://wiki.example/cart
    stock – domains: shop; tags: java
    ");
}

#[test]
fn compass_components_are_read() {
    let cart = "
configVersion: 1
name: cart
id: ari:cloud:compass:x:component/y/z
typeId: SERVICE
ownerId: ari:cloud:identity::team/1234
fields: { tier: 4, lifecycle: [Active] }
links: [{ name: null, type: REPOSITORY, url: 'https://git.example/cart' }]
relationships: { DEPENDS_ON: [], CHILD_OF: ['ari:cloud:compass:x:component/y/a'] }
labels: ['language:rust', source:git]
customFields:
  - { name: Domain, type: single_select, value: shop }
  - { name: Owner, type: text, value: checkout }
  - { name: Colour, type: text, value: blue }
";
    let shop = "{ name: web-shop, id: 'ari:cloud:compass:x:component/y/a', typeId: APPLICATION }";
    let catalog = catalog(CatalogTool::Compass, &[cart, shop]);
    insta::assert_snapshot!(line(&only(catalog)), @"cart – domains: shop; platform: web-shop; owner: checkout; criticality: 4; lifecycle: Active; tags: language:rust, source:git; links: Repository → https://git.example/cart");
    let bare =
        "{ name: bare, id: 'ari:cloud:compass:x:component/y/z', customFields: null, fields: null, links: }";
    assert_eq!(line(&service(CatalogTool::Compass, bare)), "bare – ");
}

#[test]
fn a_document_of_another_format_is_skipped_by_every_tool() {
    let others = [
        "{ schema-version: v2, dd-service: cart }",
        "{ apiVersion: v3, kind: service, metadata: { name: stock } }",
        "{ version: 1, service: { name: cart } }",
        "{ openapi: 3.0.1, info: { x-cortex-tag: cart } }",
        "{ name: cart, configVersion: 1, typeId: SERVICE }",
        "{ openapi: 3.0.1, info: { title: An API }, paths: {} }",
        "{ apiVersion: backstage.io/v1alpha1, kind: Component, metadata: { name: cart } }",
        "{ apiVersion: v1, kind: Service, metadata: { name: cart } }",
        "{ version: '3', services: { cart: { image: x } } }",
        "[a, b]",
        "text",
    ];
    for tool in CatalogTool::ALL {
        let catalog = catalog(tool, &others);
        let own = if tool == CatalogTool::Datadog { 2 } else { 1 };
        assert_eq!((catalog.entries.len(), catalog.skipped.len()), (own, others.len() - own), "{tool:?}");
        assert_eq!(codes(&catalog), [], "{tool:?}");
    }
}

#[test]
fn plain_words_dates_and_numbers_are_names() {
    for name in ["No", "2026-01-05", "0123", "true", "1e3"] {
        let text = format!("{{ version: 1, service: {{ name: {name}, owner: {name}, tier: {name} }} }}");
        let entry = service(CatalogTool::OpsLevel, &text);
        assert_eq!(line(&entry), format!("{name} – owner: {name}; criticality: {name}"));
    }
}

#[test]
fn a_name_that_is_no_id_becomes_one_and_stays_as_title() {
    let catalog = catalog(CatalogTool::Datadog, &["{ schema-version: v2, dd-service: Payments API }"]);
    assert_eq!(line(&catalog.entries[0]), "payments-api – title: Payments API");
    let [(name, id)] = &catalog.renamed[..] else { panic!("{:?}", catalog.renamed) };
    assert_eq!((name.value.as_str(), id.as_str()), ("Payments API", "payments-api"));
}

#[test]
fn names_that_become_the_same_id_are_reported_with_both_places() {
    let texts = [
        "{ schema-version: v2, dd-service: Payments API }",
        "{ schema-version: v2, dd-service: payments-api }",
    ];
    let catalog = catalog(CatalogTool::Datadog, &texts);
    assert_eq!((catalog.entries.len(), codes(&catalog)), (1, vec![Code::DuplicateEntity]));
    assert!(catalog.problems.iter().any(|problem| problem.places().count() == 2));
}

#[test]
fn an_entity_that_is_described_twice_counts_once() {
    let text = "{ schema-version: v2, dd-service: cart }";
    let catalog = catalog(CatalogTool::Datadog, &[text, text]);
    assert_eq!((catalog.entries.len(), codes(&catalog)), (1, vec![Code::DuplicateEntity]));
    assert!(catalog.problems.iter().any(|problem| problem.places().count() == 2));
}

#[test]
fn values_of_the_wrong_shape_are_reported_and_nothing_else_is_lost() {
    let text = "
schema-version: v2.2
dd-service: cart
team: [a, b]
tier: { level: 1 }
application: shop
tags: [{ a: b }, ok]
links: [plain, { name: x, url: [y] }, { name: bad, url: 'javascript:alert(1)' }, { name: ok, url: 'https://a.example' }]
";
    let catalog = catalog(CatalogTool::Datadog, &[text]);
    assert_eq!(line(&catalog.entries[0]), "cart – platform: shop; tags: ok; links: ok → https://a.example");
    let problems = catalog.problems.iter().filter(|problem| problem.code == Code::InvalidCatalogValue);
    let titles: Vec<_> = problems.map(|problem| problem.title.as_str()).collect();
    insta::assert_snapshot!(titles.join("\n"), @"
    `team` should be text
    `tier` should be text
    `tags` should be text
    `links` should be tables of keys
    `url` should be text
    a link may not begin with `javascript:`: the link is left out
    ");
}

#[test]
fn nulls_and_empty_texts_count_as_absent() {
    let text = "
version: 1
service: { name: cart, owner: '', tier: , product: ' ', aliases: , tags: [null], tools: [null], system: null }
";
    assert_eq!(line(&service(CatalogTool::OpsLevel, text)), "cart – ");
}

#[test]
fn documents_without_a_name_and_templates_are_skipped() {
    let texts = [
        "{ schema-version: v2, team: a }",
        "schema-version: v2\ndd-service: {{ cookiecutter.name }}\n",
        "schema-version: v2\ndd-service: cart\nteam: {{ values.team }}\n",
        "schema-version: v2\ndd-service: ${{ values.name }}\n",
        "schema-version: v2\ndd-service: cart\nteam: '{{ team }}'\n",
        "schema-version: v2\n{% if x %}\ndd-service: cart\n{% endif %}\n",
    ];
    let catalog = catalog(CatalogTool::Datadog, &texts);
    let (nameless, templates) = reasons(&catalog).into_iter().partition(|reason| *reason != TEMPLATE);
    let (nameless, templates): (Vec<_>, Vec<_>) = (nameless, templates);
    assert_eq!((nameless, templates.len()), (vec!["`dd-service` is missing"], 5));
    assert!(catalog.entries.is_empty() && catalog.problems.is_empty(), "{catalog:?}");
    let description = "{ version: 1, service: { name: cart, description: 'Renders {{ mustache }}' } }";
    assert_eq!(line(&service(CatalogTool::OpsLevel, description)), "cart – ");
}

#[test]
fn entities_that_contain_each_other_end_somewhere() {
    let system = |name: &str, inner: &str| {
        format!(
            "{{ apiVersion: v3, kind: system, metadata: {{ name: {name} }}, spec: {{ components: ['{inner}'] }} }}"
        )
    };
    let texts = [
        system("a", "system:b"),
        system("b", "system:a"),
        "{ apiVersion: v3, kind: service, metadata: { name: a }, spec: { componentOf: ['system:a'] } }"
            .to_owned(),
    ];
    let texts: Vec<_> = texts.iter().map(String::as_str).collect();
    assert_eq!(line(&catalog(CatalogTool::Datadog, &texts).entries[0]), "a – domains: b; platform: a");
}

#[test]
fn definitions_in_an_answer_of_datadogs_api_are_read() {
    let text = r#"{
  "data": [
    { "type": "service-definition", "attributes": { "meta": {}, "schema": { "schema-version": "v2", "dd-service": "cart" } } }
  ],
  "included": [
    { "type": "schema", "attributes": { "schema": { "apiVersion": "v3", "kind": "service", "metadata": { "name": "stock" } } } }
  ],
  "meta": { "count": 2 }
}"#;
    let catalog = catalog(CatalogTool::Datadog, &[text]);
    let names: Vec<_> = catalog.entries.iter().map(|entry| entry.name.value.as_str()).collect();
    assert_eq!(names, ["cart", "stock"]);
}

#[test]
fn of_several_domains_the_first_counts_and_both_places_are_reported() {
    let text =
        "{ openapi: 3.0.1, info: { x-cortex-tag: cart, x-cortex-domain-parents: [{ tag: a }, { tag: b }] } }";
    let catalog = catalog(CatalogTool::Cortex, &[text]);
    assert_eq!(line(&catalog.entries[0]), "cart – domains: a");
    let problem = catalog.problems.iter().next().expect("a problem");
    assert_eq!(problem.title, "`cart` has more than one domain: `a` and `b`");
    assert_eq!((problem.code, problem.places().count()), (Code::InvalidCatalogValue, 2));
}

#[test]
fn a_reference_dangles_only_where_the_files_describe_others_of_its_kind() {
    let cart = "{ version: 1, service: { name: cart, system: chekout } }";
    let system = "{ version: 1, system: { name: checkout } }";
    let alone = catalog(CatalogTool::OpsLevel, &[cart]);
    assert_eq!(codes(&alone), []);
    let both = catalog(CatalogTool::OpsLevel, &[cart, system]);
    assert_eq!(codes(&both), [Code::DanglingReference]);
    assert_eq!(line(&both.entries[0]), "cart – platform: chekout");
}

#[test]
fn an_owner_that_only_the_tool_knows_is_not_missing() {
    let compass = |owner: &str| {
        let text = format!("{{ name: cart, configVersion: 1, typeId: SERVICE, ownerId: {owner} }}");
        catalog(CatalogTool::Compass, &[&text])
    };
    assert!(compass("'ari:cloud:identity::team/1'").problems.is_empty());
    let problems = compass("null").problems;
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::MissingOwner]);
}

#[test]
fn a_title_of_the_source_is_kept_where_the_name_becomes_an_id() {
    let text = "{ openapi: 3.0.1, info: { title: Gift Card Vault, x-cortex-tag: 'Gift Cards!' } }";
    assert_eq!(line(&service(CatalogTool::Cortex, text)), "gift-cards – title: Gift Card Vault");
}

#[test]
fn a_platform_of_compass_comes_before_a_product_and_a_blank_name_of_a_link_is_its_address() {
    let text = "
name: cart
typeId: SERVICE
customFields: [{ name: Platform, value: web }, { name: Product, value: shop }]
links: [{ name: __, type: OTHER_LINK, url: 'https://wiki.example/cart' }]
";
    assert_eq!(
        line(&service(CatalogTool::Compass, text)),
        "cart – platform: web; links: https://wiki.example/cart → https://wiki.example/cart"
    );
}
