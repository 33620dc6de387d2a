//! A service moves, retires, comes back and gets another name; everything else in its file stays.

use fundamentals::edit::{
    EditError, IdentityChange, NewRetirement, PartialIdentity, change_identity, reinstate, rename,
    rename_provider, retire,
};
use fundamentals::model::ServiceId;

use super::marked;
use crate::support::day;

fn id(id: &str) -> ServiceId {
    ServiceId::new(id).expect("an id")
}

#[track_caller]
fn becomes(text: &str, edit: impl Fn(&str) -> Result<String, EditError>) {
    let (before, after) = marked(text);
    assert_eq!(edit(&before).as_deref(), Ok(after.as_str()));
}

fn domain(until: &str, was: &str, now: &str) -> IdentityChange {
    let of = |domain: &str| PartialIdentity { domain: Some(domain.to_owned()), ..PartialIdentity::default() };
    IdentityChange { until: Some(day(until)), was: of(was), becomes: of(now) }
}

#[test]
fn what_a_service_was_stands_before_its_assessments_and_only_what_changes() {
    becomes(
        "service: s\ndomain: ‹shop|cash›  # for now\nplatform: web\ncriticality: low  # so far\n‹|previously:\n  \
         - until: 2026-06-30\n    domain: shop\n›\n# oldest first\nassessments:\n  - date: 2026-01-01\n",
        |text| change_identity(text, &domain("2026-06-30", "shop", "cash")),
    );
}

#[test]
fn past_identities_stay_in_the_order_in_which_they_are() {
    let change = domain("2026-06-30", "shop", "cash");
    let old = "  - until: 2026-03-31 # merged\n    platform: web\n";
    let older = "  - { until: 2025-03-31, platform: net }\n";
    let new = "‹|  - until: 2026-06-30\n    domain: shop\n›";
    for list in [format!("{new}{old}{older}"), format!("{older}{old}{new}")] {
        becomes(&format!("service: s\nprevously: x\npreviously:\n{list}domain: ‹shop|cash›\n"), |text| {
            change_identity(text, &change)
        });
    }
}

#[test]
fn a_second_change_on_a_day_adds_to_what_is_known_of_the_day_before() {
    let change = IdentityChange {
        was: PartialIdentity {
            domain: Some("cash".to_owned()),
            owner: Some(String::new()),
            golden_thread: Some(true),
            ..PartialIdentity::default()
        },
        becomes: PartialIdentity {
            domain: Some("till".to_owned()),
            owner: Some("sam".to_owned()),
            golden_thread: Some(false),
            ..PartialIdentity::default()
        },
        ..domain("2026-06-30", "", "")
    };
    becomes(
        "service: s\ndomain: ‹cash|till›\n‹|owner: sam\n›golden-thread: ‹true|false›\npreviously:\n  - until: 2026-06-30\n    \
         domain: shop # once\n‹|    owner: \"\"\n    golden-thread: true\n›assessments: []\n",
        |text| change_identity(text, &change),
    );
}

#[test]
fn an_owner_labels_or_rubrics_that_are_gone_leave_nothing_behind() {
    let texts = |texts: &[&str]| Some(texts.iter().map(ToString::to_string).collect());
    let gone = |owner: &str, tags: &[&str], rubrics: &[&str]| PartialIdentity {
        owner: Some(owner.to_owned()),
        tags: texts(tags),
        rubrics: texts(rubrics),
        ..PartialIdentity::default()
    };
    let change = IdentityChange {
        until: Some(day("2026-06-30")),
        was: gone("sam", &["a", "b"], &["ours"]),
        becomes: gone("", &[], &[]),
    };
    becomes(
        "service: s\n‹owner: sam\n|›tags: ‹[a, b]|[]›\n‹rubrics: [ours]\n|›‹|previously:\n  - until: 2026-06-30\n    owner: \
         sam\n    tags: [a, b]\n    rubrics: [ours]\n›",
        |text| change_identity(text, &change),
    );
}

#[test]
fn a_file_that_is_json_stays_json_when_its_service_moves_and_retires() {
    let text = "{\"service\": \"s\", \"domain\": \"shop\",\n \"assessments\": []}\n";
    let change = IdentityChange {
        becomes: PartialIdentity { golden_thread: Some(true), ..domain("2026-06-30", "", "cash").becomes },
        ..domain("2026-06-30", "shop", "")
    };
    let moved = change_identity(text, &change).expect("it can be changed");
    let retired = NewRetirement { on: day("2026-07-01"), because: Some("Sold".to_owned()) };
    let retired = retire(&moved, &retired).expect("it can be changed");
    let read: serde_json::Value = serde_json::from_str(&retired).expect("it is JSON");
    assert_eq!(
        read,
        serde_json::json!({
            "service": "s", "domain": "cash", "golden-thread": true,
            "previously": [{ "until": "2026-06-30", "domain": "shop" }],
            "retired": { "on": "2026-07-01", "because": "Sold" },
            "assessments": [],
        }),
    );
}

#[test]
fn another_day_or_reason_replaces_the_one_of_a_retired_service() {
    let retirement = NewRetirement { on: day("2026-07-01"), because: Some("Sold".to_owned()) };
    let edit = |text: &str| retire(text, &retirement);
    becomes("service: s\n‹|retired:\n  on: 2026-07-01\n  because: Sold\n›assessments: []\n", edit);
    becomes("service: s\nretired: { on: ‹2026-06-01|2026-07-01›, because: Sold }\n", edit);
    becomes("service: s\nretired: { on: 2026-07-01‹|, because: Sold› } # late\n", edit);
    becomes("service: s\nretired:‹ 2026-07-01|\n  on: 2026-07-01\n  because: Sold›\n", edit);
}

#[test]
fn a_service_that_is_back_was_retired_up_to_a_day() {
    let retirement = NewRetirement { on: day("2026-07-01"), because: None };
    becomes(
        "service: s\n‹retired: 2026-07-01\n|previously:\n  - until: 2026-09-30\n    retired: 2026-07-01\n›assessments: []\n",
        |text| reinstate(text, &retirement, Some(day("2026-09-30"))),
    );
    becomes("service: s\n‹retired: 2026-07-01 # why?\n|# why?\n›assessments: []\n", |text| {
        reinstate(text, &retirement, None)
    });
}

#[test]
fn a_renamed_service_keeps_all_its_old_ids() {
    let edit = |text: &str| rename(text, &id("s"), &id("t"));
    becomes("service: ‹s|t› # us\n‹|renamed-from: [s]\n›title: S\n", edit);
    becomes("service: ‹\"s\"|t›\nrenamed-from: [a‹|, s›]\n", edit);
    becomes("service: ‹s|t›\nrenamed-from: ‹a|[a, s]›\n", edit);
    becomes("service: ‹s|t›\nrenamed-from:\n- a # first\n‹|- s\n›", edit);
}

#[test]
fn an_id_that_a_service_gets_back_is_no_old_one_any_more() {
    becomes("service: ‹s|t›\nrenamed-from: [‹t|s›]\n", |text| rename(text, &id("s"), &id("t")));
}

#[test]
fn each_reference_to_a_renamed_service_names_it_anew() {
    becomes(
        "service: a\ntitle: s\nassessments:\n  - scores:\n      x: { inherited-from: ‹s|t›, because: s does it }\n      y: green\n\
         \n  - scores: # s\n      x:\n        inherited-from: ‹'s'|t›  # for s\n      z: { inherited-from: s2 }\n  - confirmed: [s]\n",
        |text| rename_provider(text, &id("s"), &id("t")),
    );
}

#[test]
fn a_reference_that_is_an_alias_is_not_changed_by_halves() {
    let text =
        "service: a\nassessments:\n  - scores:\n      x: &gate { inherited-from: s }\n      y: *gate\n";
    assert_eq!(rename_provider(text, &id("s"), &id("t")), Err(EditError::NoPlace));
}
