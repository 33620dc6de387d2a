//! Reviews of a service that was in several domains: each counts where and when it was held.

use serde_json::json;

use crate::small_rubric::small_rubric;
use crate::support::{Estate, parse_csv, parse_json};

const SETTINGS: &str = "[[domain]]
id = \"a\"
reviews = [2026-06-01, 2026-09-01, 2026-11-10, 2027-01-10]

[[domain]]
id = \"b\"
reviews = [2026-05-15, 2026-08-15, 2026-10-15, 2026-12-15]
";

fn estate(services: &[(&str, &str)]) -> Estate {
    let rubric = small_rubric("ops@1", "", &[("load", ""), ("logs", "")]);
    let estate = Estate::empty().with("fundamentals.toml", SETTINGS).with("rubric/ops.toml", &rubric);
    services.iter().fold(estate, |estate, (id, more)| {
        let text = format!(
            "service: {id}\nplatform: p\ncriticality: low\n{more}\nassessments:\n  \
             - {{ date: 2026-03-10, rubric: ops@1, scores: {{ load: red, logs: green }} }}\n"
        );
        estate.with(&format!("services/{id}.yaml"), &text)
    })
}

#[test]
fn a_red_is_as_old_in_reviews_as_the_domains_that_the_service_was_in_held() {
    let moved = estate(&[("s", "domain: b\npreviously:\n  - { until: 2026-09-30, domain: a }")]);
    let pack = parse_json(&moved.run("report --domain b --section changes --format json").fine());
    let red =
        pack["changes"]["lines"].as_array().expect("lines").iter().find(|line| line["label"] == "standing");
    // Two of a until September, one of b in October.
    assert_eq!(red.expect("a red")["reviews"], 3, "{pack}");
}

#[test]
fn the_summary_has_a_line_for_a_domain_that_every_service_left() {
    let left = "domain: b\npreviously:\n  - { until: 2026-11-12, domain: a }";
    for (more, what) in [(left, "moved"), ("domain: a\nretired: 2026-11-12", "retired")] {
        let estate = estate(&[("s", more), ("other", "domain: b")]);
        let summary = parse_json(&estate.run("report --section domains --format json").fine());
        let of_a =
            summary["domains"].as_array().expect("domains").iter().find(|line| line["id"] == "a").cloned();
        let of_a = of_a.unwrap_or_else(|| panic!("{what}: {summary}"));
        let october = of_a["history"].as_array().expect("periods").iter().rev().nth(1).cloned();
        assert_eq!(
            (&of_a["total"], &october.expect("October")["applicable"]),
            (&json!(0), &json!(2)),
            "{what}"
        );
    }
}

#[test]
fn a_retired_service_counts_before_as_what_it_was_at_the_review_of_its_domain_then() {
    let more = "domain: b\nretired: 2026-11-18\npreviously:\n  - { until: 2026-07-31, domain: a }";
    let estate = estate(&[("s", more), ("other", "domain: b")]);
    let path = "services/s.yaml";
    let later = "  - { date: 2026-10-20, rubric: ops@1, scores: { load: green, logs: red } }\n";
    let estate = {
        let text = estate.read(path);
        estate.with(path, &format!("{text}{later}"))
    };
    let glance = parse_json(&estate.run("report --section glance --format json").fine());
    let all = glance["glance"]["lines"].as_array().expect("lines").last().cloned().expect("all services");
    // At the review of b on 15 October, load was red; at that of a on 10 November, logs would be.
    assert_eq!(all["before"]["judgements"]["red"], 2, "{all}");
}

#[test]
fn a_later_move_renames_no_period_of_a_past_review() {
    let label = |more: &str| {
        let estate = estate(&[("s", more)]);
        let csv = estate.run("trend --period review --by domain --domain a --until 2026-11-14 --format csv");
        let rows = parse_csv(&csv.fine());
        rows.last().expect("a row")["period"].clone()
    };
    let moved = label("domain: b\npreviously:\n  - { until: 2026-11-16, domain: a }");
    assert_eq!((label("domain: a").as_str(), moved.as_str()), ("2027-01-10", "2027-01-10"));
}
