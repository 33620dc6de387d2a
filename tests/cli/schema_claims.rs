//! What the schemas refuse and accept, claim by claim, and that the program says the same.

use fundamentals::check::check;
use fundamentals::load::{Loaded, load_texts};
use fundamentals::model::Date;
use jsonschema::Validator;

use crate::schema::{Schemas, toml, yaml};
use crate::support::TODAY;

/// A service file in which everything is right.
const SERVICE: &str = "\
service: checkout-api
title: Checkout API
domain: shopping
platform: checkout
owner: team-checkout
criticality: mission-critical
golden-thread: true
tags: [web-api]
links: [{ title: Dashboard, href: https://example.com/a }]
assessments:
  - date: 2026-09-08
    rubric: fundamentals@2
    by: [team-checkout]
    scores:
      logging: green
      alerting: { rag: amber, because: Two are noise, evidence: [docs/a.md] }
      startup-time: { rag: not-applicable, because: A nightly batch }
      tracing: { inherited-from: api-gateway }
  - date: 2026-11-03
    rubric: fundamentals@2
    confirmed: [alerting]
actions:
  - { what: Retire two alerts, category: alerting, raised: 2026-11-03, due: 2026-12-15, target: green }
waivers:
  - { category: alerting, until: 2027-01-31, because: Agreed, approved-by: head, evidence: docs/w.md }
";

/// The service that it inherits from.
const GATEWAY: &str = "\
service: api-gateway
domain: shopping
platform: edge
criticality: mission-critical
assessments: [{ date: 2026-09-01, rubric: fundamentals@2, scores: { tracing: green } }]
";

const RUBRIC: &str = r#"
id = "ours"
version = "2.0"
title = "Ours"
published = 2025-01-07
retired = ["old"]
[[pillar]]
id = "basics"
title = "Basics"
[[pillar.category]]
id = "logging"
title = "Logging"
question = "Why?"
red = "No."
amber = ["Here.", "There."]
green = "Yes."
guidance = [{ title = "Page", href = "docs/a.md" }]
applies-to = { criticality = ["mission-critical"], tags = ["web-api"] }
from = ["older"]
rescore = true
"#;

const SETTINGS: &str = r#"
[estate]
name = "Shop"
services = ["services/**/*.yaml"]
default-rubric = "fundamentals@2"
max-file-mib = 8
[criticality]
levels = ["low", "business-critical", "mission-critical"]
[review]
cadence-weeks = 8
[rubric]
max-words = 40
vague-words = ["good"]
[[domain]]
id = "shopping"
title = "Shopping"
reviews = [2026-08-04]
[slo]
files = ["slo/*.csv"]
[gate]
standing-red-reviews = 3
waiver-added = "deny"
[gate.stale]
golden-thread = "deny"
elsewhere = "allow"
domain = { shopping = "warn" }
criticality = { low = "allow" }
"#;

/// What is claimed of a file with one passage changed: a claim, the passage, what is there instead.
type Claim = (&'static str, &'static str, &'static str);

const REFUSED_SERVICES: [Claim; 41] = [
    ("an unknown key is refused", "owner:", "ownr:"),
    ("one of an assessment is", "    by:", "    bye:"),
    ("one of a score is", "because: Two", "why: Two"),
    ("one of an action is", "due:", "until:"),
    ("one of a waiver is", "approved-by: head", "approved-by: head, by: me"),
    ("one of a link is", "title: Dashboard", "title: Dashboard, name: D"),
    ("a service has an id", "service: checkout-api\n", ""),
    ("a service has a domain", "domain: shopping\n", ""),
    ("a service has a platform", "platform: checkout\n", "platform:\n"),
    ("a service has a criticality", "criticality: mission-critical\n", ""),
    ("an id has no space", "service: checkout-api", "service: checkout api"),
    ("a domain is an id", "domain: shopping", "domain: -shopping"),
    ("a title is one text", "Checkout API", "[Checkout, API]"),
    ("an owner is no table", "owner: team-checkout", "owner: { team: checkout }"),
    ("a truth value has no quotes", "golden-thread: true", "golden-thread: \"true\""),
    ("a truth value is no other word", "golden-thread: true", "golden-thread: yes"),
    ("a tag is a text", "[web-api]", "[[web-api]]"),
    (
        "links are a list",
        "links: [{ title: Dashboard, href: https://example.com/a }]",
        "links: https://example.com/a",
    ),
    ("a link has a title that says something", "title: Dashboard", "title: ' '"),
    ("a link leads somewhere", "href: https://example.com/a", "href:"),
    ("a link doesn't run anything", "href: https://example.com/a", "href: 'javascript:alert(1)'"),
    ("an assessment has a date", "  - date: 2026-09-08\n    rubric", "  - rubric"),
    ("an assessment names its rubric", "    rubric: fundamentals@2\n    by", "    by"),
    ("a date has leading zeros", "2026-09-08", "2026-9-8"),
    ("a date is a day of the calendar", "2026-09-08", "2026-02-30"),
    ("a rubric is pinned by its major version", "fundamentals@2\n    by", "fundamentals@2.1\n    by"),
    ("scores are a table", "    confirmed: [alerting]", "    scores: [alerting]"),
    ("a colour is one of three", "logging: green", "logging: yellow"),
    ("a colour is in lower case", "logging: green", "logging: Green"),
    ("a score says something", "logging: green", "logging:"),
    (
        "not applicable has a reason",
        "startup-time: { rag: not-applicable, because: A nightly batch }",
        "startup-time: not-applicable",
    ),
    ("its reason says something", "because: A nightly batch", "because: ' '"),
    ("its reason is a value", "because: A nightly batch", "because:"),
    ("a score isn't given twice", "{ inherited-from", "{ rag: red, inherited-from"),
    ("a long form has a score", "{ rag: amber, because", "{ because"),
    ("evidence doesn't run anything", "evidence: [docs/a.md]", "evidence: ['javascript:alert(1)']"),
    ("what is confirmed is a list or all", "confirmed: [alerting]", "confirmed: everything"),
    ("an action says what", "what: Retire two alerts, ", ""),
    ("an action's target is a colour", "target: green", "target: not-applicable"),
    ("a waiver has an end", "until: 2027-01-31, ", ""),
    ("a waiver's reason says something", "because: Agreed", "because: '…'"),
];

/// What only an estate's schema can refuse.
const REFUSED_IN_ESTATE: [Claim; 13] = [
    ("a category is one of the rubric's", "logging: green", "loging: green"),
    ("a category of another version is not", "logging: green", "auto-scaling: green"),
    ("a pillar is no category", "logging: green", "observability: green"),
    (
        "what is confirmed is one of the rubric's categories",
        "confirmed: [alerting]",
        "confirmed: [alertings]",
    ),
    ("a category that is confirmed alone is in a list", "confirmed: [alerting]", "confirmed: alerting"),
    ("an action is about a category", "category: alerting, raised", "category: alertings, raised"),
    ("a waiver is about a category", "category: alerting, until", "category: alertings, until"),
    ("a rubric is one that there is", "fundamentals@2\n    by", "fundamentals@7\n    by"),
    (
        "a level is one of the estate's",
        "criticality: mission-critical\ngolden-thread: true",
        "criticality: experimental",
    ),
    (
        "the Golden Thread is of the highest level",
        "criticality: mission-critical",
        "criticality: business-critical",
    ),
    ("a domain is one that is listed", "domain: shopping", "domain: shoping"),
    ("a provider is a service", "inherited-from: api-gateway", "inherited-from: api-gatewai"),
    ("a rubric isn't left out", "    rubric: fundamentals@2\n    confirmed", "    confirmed"),
];

const ACCEPTED_SERVICES: [Claim; 25] = [
    ("everything as it should be", "", ""),
    ("a number where text is wanted", "owner: team-checkout", "owner: 2026"),
    ("a truth value where text is wanted", "title: Checkout API", "title: true"),
    ("a number as an id", "platform: checkout", "platform: 2026"),
    ("an id with dots", "platform: checkout", "platform: Check_out.v2"),
    ("an empty title", "title: Checkout API", "title: ''"),
    ("a key with nothing behind it", "owner: team-checkout", "owner:"),
    ("a list with nothing behind it", "tags: [web-api]", "tags:"),
    ("a truth value with nothing behind it", "golden-thread: true", "golden-thread:"),
    ("one text for a list", "tags: [web-api]", "tags: web-api"),
    ("a number among texts", "by: [team-checkout]", "by: [team-checkout, 7]"),
    ("a date in quotes", "date: 2026-09-08", "date: '2026-09-08'"),
    ("no scores", "    confirmed: [alerting]", "    scores:\n    confirmed: all"),
    ("everything confirmed", "confirmed: [alerting]", "confirmed: all"),
    ("nothing confirmed", "confirmed: [alerting]", "confirmed:\n    scores: { logging: red }"),
    (
        "a provider with a reason",
        "{ inherited-from: api-gateway }",
        "{ inherited-from: api-gateway, because: It does }",
    ),
    ("a colour and no provider", "logging: green", "logging: { rag: green, inherited-from: }"),
    ("a reason of another script", "because: A nightly batch", "because: 夜間バッチ"),
    ("evidence in words", "evidence: [docs/a.md]", "evidence: ['seen: on screen']"),
    ("evidence on its own", "evidence: [docs/a.md]", "evidence: docs/a.md"),
    ("a path with a colon further on", "href: https://example.com/a", "href: 'docs/a:b.md'"),
    ("an address in capitals", "href: https://example.com/a", "href: 'HTTPS://example.com'"),
    ("an action without a category", "category: alerting, raised", "raised"),
    ("an action of an older version's category", "category: alerting, raised", "category: metrics, raised"),
    ("a waiver that is requested", ", approved-by: head", ", raised: 2026-11-03"),
];

const REFUSED_RUBRICS: [Claim; 25] = [
    ("an unknown key is refused", "question =", "questions ="),
    ("one of a pillar is", "title = \"Basics\"", "title = \"Basics\"\nname = \"B\""),
    ("an id is kebab-case", "id = \"logging\"", "id = \"Logging\""),
    ("an id is a text", "id = \"logging\"", "id = 7"),
    ("a version has a minor", "\"2.0\"", "\"2\""),
    ("a version is in quotes", "\"2.0\"", "2.0"),
    ("a version has no leading zeros", "\"2.0\"", "\"2.01\""),
    ("a title says something", "title = \"Ours\"", "title = \"\""),
    ("a rubric is published on a day", "published = 2025-01-07\n", ""),
    ("that day is in the calendar", "2025-01-07", "\"2025-02-30\""),
    ("red is defined", "red = \"No.\"\n", ""),
    ("green is defined", "green = \"Yes.\"\n", ""),
    ("amber says something", "[\"Here.\", \"There.\"]", "\"\""),
    ("amber says something in every line", "\"There.\"", "\" \""),
    ("amber is not nothing", "[\"Here.\", \"There.\"]", "[]"),
    (
        "a link is in a list",
        "[{ title = \"Page\", href = \"docs/a.md\" }]",
        "{ title = \"Page\", href = \"a.md\" }",
    ),
    ("guidance in words says something", "[{ title = \"Page\", href = \"docs/a.md\" }]", "\"\""),
    ("tags are of any or of all", "tags = [\"web-api\"]", "tags = { each = [\"web-api\"] }"),
    ("each tag of all is a text", "tags = [\"web-api\"]", "tags = { all = [7] }"),
    ("a link has a title", "title = \"Page\", ", ""),
    ("a link doesn't run anything", "docs/a.md", "javascript:alert(1)"),
    ("a tag is a text", "tags = [\"web-api\"]", "tags = [7]"),
    ("what is continued is an id", "from = [\"older\"]", "from = [\"Older\"]"),
    ("a truth value has no quotes", "rescore = true", "rescore = \"true\""),
    ("what is retired is no number", "retired = [\"old\"]", "retired = 1"),
];

const ACCEPTED_RUBRICS: [Claim; 10] = [
    ("everything as it should be", "", ""),
    ("no amber", "amber = [\"Here.\", \"There.\"]\n", ""),
    ("a date in quotes", "2025-01-07", "\"2025-01-07\""),
    ("one text for a list", "from = [\"older\"]", "from = \"older\""),
    ("nobody in particular", "criticality = [\"mission-critical\"]", "criticality = []"),
    ("an empty address, which leads nowhere", "docs/a.md", ""),
    ("guidance in words", "[{ title = \"Page\", href = \"docs/a.md\" }]", "\"Ask.\""),
    ("guidance in words and links", "href = \"docs/a.md\" }]", "href = \"docs/a.md\" }, \"Ask.\"]"),
    ("one tag for a list", "tags = [\"web-api\"]", "tags = \"web-api\""),
    ("all of several tags", "tags = [\"web-api\"]", "tags = { all = [\"web-api\", \"pci\"], any = \"x\" }"),
];

const REFUSED_SETTINGS: [Claim; 20] = [
    ("an unknown table is refused", "[review]", "[reviews]"),
    ("an unknown key is", "cadence-weeks", "cadence"),
    ("a glob stays within the estate", "slo/*.csv", "../slo/*.csv"),
    ("a glob is relative", "slo/*.csv", "/slo/*.csv"),
    ("a rubric is pinned by its major version", "fundamentals@2", "fundamentals"),
    ("a size is a number", "max-file-mib = 8", "max-file-mib = \"8\""),
    ("a size is not 0", "max-file-mib = 8", "max-file-mib = 0"),
    ("weeks are whole", "cadence-weeks = 8", "cadence-weeks = 8.5"),
    ("weeks are not negative", "cadence-weeks = 8", "cadence-weeks = -8"),
    ("there are levels", "[\"low\", \"business-critical\", \"mission-critical\"]", "[]"),
    ("a level is listed once", "\"business-critical\", ", "\"low\", "),
    ("a domain has an id", "id = \"shopping\"\n", ""),
    ("a domain's id has no space", "id = \"shopping\"", "id = \"the shop\""),
    ("a review is a day", "2026-08-04", "\"August\""),
    ("reviews are a list", "[2026-08-04]", "2026-08-04"),
    ("a rule has a level", "waiver-added = \"deny\"", "waiver-added = \"forbid\""),
    ("a rule is one that there is", "waiver-added", "waiver-add"),
    ("a rule about the estate has no scopes", "[gate.stale]", "[gate.rubric-edited]"),
    ("a scope is one that there is", "golden-thread = \"deny\"", "golden = \"deny\""),
    ("a level of a scope is one", "{ shopping = \"warn\" }", "{ shopping = \"no\" }"),
];

const ACCEPTED_SETTINGS: [Claim; 5] = [
    ("everything as it should be", "", ""),
    ("nothing", SETTINGS, ""),
    ("one glob for a list", "[\"slo/*.csv\"]", "\"slo/*.csv\""),
    ("a review in quotes", "[2026-08-04]", "[\"2026-08-04\"]"),
    ("a rule about the estate", "[gate.stale]", "[gate.rubric-edited]\nelsewhere = \"deny\"\n[gate.stale]"),
];

#[track_caller]
fn changed(whole: &str, (claim, old, new): &Claim) -> String {
    assert!(old.is_empty() || whole.matches(old).count() == 1, "{claim}: `{old}` is there once");
    if old.is_empty() { whole.to_owned() } else { whole.replace(old, new) }
}

/// The estate with one service, or with its settings, changed.
fn estate(service: &str, rubric: Option<&str>, settings: &str) -> Loaded {
    let rubrics: Vec<_> = rubric.iter().map(|rubric| ("ours.toml", *rubric)).collect();
    load_texts(Some(settings), &rubrics, &[("checkout-api.yaml", service), ("api-gateway.yaml", GATEWAY)])
}

fn is_taken(mut loaded: Loaded) -> bool {
    check(&mut loaded, Date::parse(TODAY).expect("a day"));
    !loaded.problems.has_errors()
}

#[track_caller]
fn assert_valid(schema: &Validator, document: &serde_json::Value, claim: &str) {
    let errors = schema.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path()));
    assert_eq!(errors.collect::<Vec<_>>(), Vec::<String>::new(), "{claim}");
}

#[test]
fn what_is_no_service_is_refused() {
    let loaded = estate(SERVICE, None, SETTINGS);
    let (any, own) = (Schemas::of_any(), Schemas::of(&loaded));
    for claim in &REFUSED_SERVICES {
        let text = changed(SERVICE, claim);
        assert!(!any.service.is_valid(&yaml(&text)), "{}", claim.0);
        assert!(!own.service.is_valid(&yaml(&text)), "{}, also in an estate", claim.0);
        assert!(!is_taken(estate(&text, None, SETTINGS)), "{}, by the program", claim.0);
    }
}

#[test]
fn what_is_no_service_of_the_estate_is_refused() {
    let loaded = estate(SERVICE, None, SETTINGS);
    let own = Schemas::of(&loaded);
    for claim in &REFUSED_IN_ESTATE {
        let text = changed(SERVICE, claim);
        assert!(!own.service.is_valid(&yaml(&text)), "{}", claim.0);
        assert!(!is_taken(estate(&text, None, SETTINGS)), "{}, by the program", claim.0);
    }
}

#[test]
fn what_is_a_service_is_accepted() {
    let loaded = estate(SERVICE, None, SETTINGS);
    let (any, own) = (Schemas::of_any(), Schemas::of(&loaded));
    for claim in &ACCEPTED_SERVICES {
        let text = changed(SERVICE, claim);
        assert!(is_taken(estate(&text, None, SETTINGS)), "{}, by the program", claim.0);
        assert_valid(&any.service, &yaml(&text), claim.0);
        assert_valid(&own.service, &yaml(&text), claim.0);
    }
}

#[test]
fn what_is_no_rubric_is_refused() {
    let any = Schemas::of_any();
    for claim in &REFUSED_RUBRICS {
        let text = changed(RUBRIC, claim);
        assert!(!any.rubric.is_valid(&toml(&text)), "{}", claim.0);
        assert!(!is_taken(estate(SERVICE, Some(&text), SETTINGS)), "{}, by the program", claim.0);
    }
}

#[test]
fn what_is_a_rubric_is_accepted() {
    let loaded = estate(SERVICE, Some(RUBRIC), SETTINGS);
    let (any, own) = (Schemas::of_any(), Schemas::of(&loaded));
    for claim in &ACCEPTED_RUBRICS {
        let text = changed(RUBRIC, claim);
        assert!(is_taken(estate(SERVICE, Some(&text), SETTINGS)), "{}, by the program", claim.0);
        assert_valid(&any.rubric, &toml(&text), claim.0);
        assert_valid(&own.rubric, &toml(&text), claim.0);
    }
    let level = changed(
        RUBRIC,
        &("a level that the estate doesn't have", "\"mission-critical\"", "\"experimental\""),
    );
    assert!(any.rubric.is_valid(&toml(&level)) && !own.rubric.is_valid(&toml(&level)));
}

#[test]
fn what_are_no_settings_are_refused() {
    let any = Schemas::of_any();
    for claim in &REFUSED_SETTINGS {
        let text = changed(SETTINGS, claim);
        assert!(!any.settings.is_valid(&toml(&text)), "{}", claim.0);
        assert!(!is_taken(estate(SERVICE, None, &text)), "{}, by the program", claim.0);
    }
}

#[test]
fn what_are_settings_are_accepted() {
    let loaded = estate(SERVICE, None, SETTINGS);
    let (any, own) = (Schemas::of_any(), Schemas::of(&loaded));
    for claim in &ACCEPTED_SETTINGS {
        let text = changed(SETTINGS, claim);
        assert!(is_taken(estate(SERVICE, None, &text)), "{}, by the program", claim.0);
        assert_valid(&any.settings, &toml(&text), claim.0);
        assert_valid(&own.settings, &toml(&text), claim.0);
    }
    let domain = SETTINGS.replace("id = \"shopping\"", "id = \"other\"").replace("{ shopping", "{ other");
    assert_valid(&own.settings, &toml(&domain), "a domain that only the same file says");
}

/// Platforms and tags are whatever service files say: those of others are only suggested.
#[test]
fn an_estate_takes_new_platforms_and_tags() {
    let loaded = estate(SERVICE, None, SETTINGS);
    let own = Schemas::of(&loaded);
    let text =
        SERVICE.replace("platform: checkout", "platform: brand-new").replace("[web-api]", "[brand-new]");
    assert_valid(&own.service, &yaml(&text), "new ones");
}
