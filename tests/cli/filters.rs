//! Filters: each leaves what the service files and the rubric say it should.

use std::collections::BTreeSet;

use crate::support::{ServiceFile, TODAY, csv, rubric_file, run, service_files, shop, values};

/// Files of the services that have not retired.
fn living() -> Vec<ServiceFile> {
    service_files(&shop()).into_iter().filter(|file| file.is_there_on(TODAY)).collect()
}

/// Ids of the services whose files meet a condition. A test about nothing or everything would show nothing.
fn services(condition: impl Fn(&ServiceFile) -> bool) -> BTreeSet<String> {
    let files = living();
    let ids: BTreeSet<_> =
        files.iter().filter(|file| condition(file)).map(|file| file.service.clone()).collect();
    assert!(!ids.is_empty() && ids.len() < files.len(), "{ids:?}");
    ids
}

#[track_caller]
fn assert_shows(args: &str, condition: impl Fn(&ServiceFile) -> bool) {
    assert_eq!(values(&csv(args), "service"), services(condition), "{args}");
}

#[test]
fn without_a_filter_every_service_is_shown() {
    let all: BTreeSet<_> = living().into_iter().map(|file| file.service).collect();
    assert_eq!(all.len(), 17);
    assert_eq!(values(&csv(""), "service"), all);
}

#[test]
fn domain_leaves_its_services() {
    for domain in ["shopping", "customer", "engagement"] {
        assert_shows(&format!("--domain {domain}"), |file| file.domain == domain);
    }
}

#[test]
fn platform_leaves_its_services() {
    for platform in ["storefront", "edge", "launches"] {
        assert_shows(&format!("--platform {platform}"), |file| file.platform == platform);
    }
}

#[test]
fn service_leaves_that_service() {
    assert_shows("--service gift-finder", |file| file.service == "gift-finder");
}

#[test]
fn criticality_leaves_services_of_that_level() {
    for level in ["mission-critical", "business-critical", "experimental"] {
        assert_shows(&format!("--criticality {level}"), |file| file.criticality == level);
    }
}

#[test]
fn tag_leaves_services_that_have_it() {
    for tag in ["api", "side-cache", "batch"] {
        assert_shows(&format!("--tag {tag}"), |file| file.tags.iter().any(|other| other == tag));
    }
}

#[test]
fn golden_thread_leaves_its_services() {
    assert_shows("--golden-thread", |file| file.golden_thread);
}

#[test]
fn several_values_of_a_filter_mean_any_of_them() {
    let either = |file: &ServiceFile| file.platform == "edge" || file.platform == "identity";
    assert_shows("--platform edge,identity", either);
    assert_shows("--platform edge --platform identity", either);
}

#[test]
fn several_filters_must_all_be_met() {
    assert_shows("--domain shopping --tag side-cache,web --golden-thread", |file| {
        let tagged = file.tags.iter().any(|tag| tag == "side-cache" || tag == "web");
        file.domain == "shopping" && tagged && file.golden_thread
    });
    assert_shows("--domain customer --criticality mission-critical --platform privacy,edge", |file| {
        let platform = file.platform == "privacy" || file.platform == "edge";
        file.domain == "customer" && file.criticality == "mission-critical" && platform
    });
}

#[test]
fn pillar_leaves_its_categories() {
    let of_rubric = |rubric| {
        let categories = rubric_file(rubric).into_iter();
        let ids: BTreeSet<_> = categories.filter(|it| it.pillar == "resilience").map(|it| it.id).collect();
        assert_eq!(ids.len(), 6);
        ids
    };
    // Services were judged by both versions in this time.
    let mut expected = &of_rubric("fundamentals@1") | &of_rubric("fundamentals@2");
    assert!(expected.remove("post-incident-reviews"), "it is in the row of `incident-learning`");
    let rows = csv("--by category --pillar resilience");
    assert_eq!(values(&rows, "category"), expected);
    assert_eq!(values(&rows, "pillar"), BTreeSet::from(["resilience".to_owned()]));
    // A service then has no more judgements than the pillar has categories.
    for row in csv("--pillar resilience") {
        let judgements =
            ["applicable", "not_applicable"].map(|column| row[column].parse::<usize>().expect("a count"));
        assert_eq!(judgements.iter().sum::<usize>(), 6, "{row:?}");
    }
}

#[test]
fn category_leaves_that_category_in_every_row() {
    let rows = csv("--by category --category load-testing,rollback");
    assert_eq!(values(&rows, "category"), BTreeSet::from(["load-testing".to_owned(), "rollback".to_owned()]));
    for row in csv("--by domain --category load-testing --last 1") {
        let services = living().into_iter().filter(|file| file.domain == row["domain"]).count();
        assert_eq!(row["applicable"], services.to_string(), "{row:?}");
    }
}

#[test]
fn filters_that_together_match_no_category_are_no_input() {
    for format in ["table", "csv", "json", "markdown"] {
        assert_eq!(
            run(&format!("trend --format {format} --pillar resilience --category logging")).refused(3),
            "error: no category is left: the filters together match none\n"
        );
    }
}

#[test]
fn filters_mean_the_same_for_every_kind_of_row() {
    let filter = "--domain shopping --golden-thread --pillar resilience --last 1";
    let total = |by: &str| {
        let rows = csv(&format!("--by {by} {filter}"));
        rows.iter().map(|row| row["applicable"].parse::<usize>().expect("a count")).sum::<usize>()
    };
    let totals = ["service", "platform", "domain", "pillar", "category"].map(total);
    assert!(totals[0] > 0);
    assert_eq!(totals, [totals[0]; 5]);
}

#[test]
fn a_value_that_does_not_exist_is_wrong_usage_with_a_suggestion() {
    for (filter, given, meant) in [
        ("domain", "shoping", "shopping"),
        ("platform", "check-out", "checkout"),
        ("service", "bag-apu", "bag-api"),
        ("pillar", "resiliance", "resilience"),
        ("category", "load-test", "load-testing"),
        ("criticality", "mission_critical", "mission-critical"),
        ("tag", "kubernets", "kubernetes"),
    ] {
        for command in ["trend", "gate"] {
            let message = run(&format!("{command} --{filter} {given}")).refused(2);
            let expected = format!("error: unknown {filter} `{given}`: did you mean `{meant}`?");
            assert!(message.starts_with(&expected), "{message}");
        }
    }
}

#[test]
fn a_value_that_is_like_nothing_is_answered_with_what_there_is() {
    assert_eq!(
        run("trend --domain warehouse").refused(2),
        "error: unknown domain `warehouse`: known here: `customer`, `engagement` and `shopping`\n"
    );
}

#[test]
fn one_unknown_value_among_known_ones_is_wrong_usage_too() {
    let message = run("trend --domain shopping,custmer").refused(2);
    assert!(message.contains("unknown domain `custmer`: did you mean `customer`?"), "{message}");
}

#[test]
fn filters_that_together_match_no_service_are_no_input() {
    for filters in [
        "--domain shopping --platform edge",
        "--golden-thread --criticality low",
        "--tag batch --tag web --domain customer",
    ] {
        assert_eq!(
            run(&format!("trend {filters}")).refused(3),
            "error: no service is left: the filters together match none\n"
        );
    }
}
