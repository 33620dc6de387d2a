//! `fundamentals show`: one service, and that it says the same as the trend.

use serde_json::json;

use crate::support::{
    ELSEWHERE, Estate, GOLDEN_THREAD, assert_snapshot, counts, csv, json_counts, parse_json, run,
    service_files, shop,
};

#[test]
fn a_service_is_shown_with_its_history_and_next_steps() {
    for service in ["bag-api", "edge-gateway", "gift-finder", "wishlist-api", "raffle-site"] {
        assert_snapshot!(format!("show-{service}"), run(&format!("show {service}")).fine());
    }
}

#[test]
fn a_narrow_terminal_drops_dates_and_keeps_colours() {
    let out = run("--width 60 show payments-api").fine();
    assert_snapshot!("show-width-60", out);
}

#[test]
fn the_trend_s_last_column_is_what_show_shows() {
    let trend = csv("--last 1");
    assert_eq!(trend.len(), 17);
    for row in trend {
        let shown = parse_json(&run(&format!("show {} --format json", row["service"])).fine());
        assert_eq!(shown["format"], "fundamentals/service/v1");
        assert_eq!(shown["service"], row["service"]);
        assert_eq!(shown["as_of"], row["as_of"]);
        assert_eq!(shown["colour"], row["colour"], "{}", row["service"]);
        assert_eq!(json_counts(&shown["counts"]), counts(&row), "{}", row["service"]);
        let states = shown["categories"].as_array().expect("categories");
        let of = |state: &str| states.iter().filter(|category| category["state"] == state).count();
        let counted = ["red", "amber", "green", "not-applicable", "not-assessed", "needs-rescore"].map(of);
        assert_eq!(counted, counts(&row)[..6], "{}", row["service"]);
    }
}

#[test]
fn what_the_files_say_of_a_service_is_in_its_json() {
    for file in service_files(&shop()).into_iter().filter(|file| file.domain == "customer") {
        let shown = parse_json(&run(&format!("show {} --format json", file.service)).fine());
        assert_eq!(shown["platform"], file.platform);
        assert_eq!(shown["criticality"], file.criticality);
        assert_eq!(shown["golden_thread"], file.golden_thread);
        let last = file.assessments.iter().map(|assessment| &assessment.date).max();
        assert_eq!(shown["last_assessed"].as_str(), last.map(String::as_str));
    }
}

#[test]
fn inherited_colours_name_whose_they_are() {
    let shown = parse_json(&run("show bag-api --format json").fine());
    let categories = shown["categories"].as_array().expect("categories");
    let inherited = categories.iter().filter(|category| !category["inherited_from"].is_null());
    let inherited: Vec<_> =
        inherited.map(|category| (&category["id"], &category["inherited_from"])).collect();
    assert_eq!(inherited.len(), 1);
    assert_eq!((inherited[0].0.as_str(), inherited[0].1.as_str()), (Some("tracing"), Some("edge-gateway")));
}

#[test]
fn a_waiver_in_force_is_shown() {
    let out = run("show pricing-api").fine();
    assert!(out.contains("\nWaivers\n- graceful-degradation until 2027-01-31: "), "{out}");
    assert!(!run("--today 2027-02-01 show pricing-api").out.contains("Waivers"));
}

#[test]
fn an_unknown_service_is_wrong_usage_with_a_suggestion() {
    assert_eq!(run("show bag-ap").refused(2), "error: unknown service `bag-ap`: did you mean `bag-api`?\n");
    assert!(run("show zzz").refused(2).contains("known here: `bag-api`, `checkout-api`"));
}

#[test]
fn a_service_whose_file_has_errors_is_not_shown() {
    let estate = Estate::shop().appending("services/customer/wishlist-api.yaml", "colour: red\n");
    assert_eq!(
        estate.run("-q show wishlist-api").refused(3),
        "error: the file of `wishlist-api` has errors; `fundamentals check` shows them\n"
    );
    let other = estate.run("show bag-api");
    assert_eq!(other.code, 3, "the estate has errors");
    assert!(other.out.starts_with("★ Bag API (bag-api)\n"), "{}", other.out);
}

#[test]
fn a_service_that_was_never_assessed_can_be_shown() {
    let estate = Estate::empty().with_service("new", GOLDEN_THREAD, "  []");
    let out = estate.run("--width 120 show new").fine();
    assert!(out.contains("0 of 24 green, 0 amber, 0 red, 24 not assessed\nnever assessed\n"), "{out}");
}

/// What `show` says to do next.
fn next_steps(out: &str) -> &str {
    out.split_once("\nNext steps\n").expect("there are next steps").1
}

#[test]
fn next_steps_are_told_quick_wins_first() {
    let out = run("show raffle-site").fine();
    let steps = next_steps(&out);
    let headings: Vec<_> = steps
        .lines()
        .filter(|line| ["Quick wins", "Takes more"].iter().any(|it| line.starts_with(it)))
        .collect();
    assert_eq!(headings, ["Quick wins: one step from green", "Takes more: two steps from green"]);
}

#[test]
fn a_step_that_is_promised_says_so() {
    let out = run("show raffle-site").fine();
    for expected in [
        "\nR → A  Service-Level Objectives – promised, due 2026-12-04\n",
        "\nR → A  Startup Time – promised, overdue since 2026-10-13\n",
    ] {
        assert!(next_steps(&out).contains(expected), "{out}");
    }
}

#[test]
fn a_step_that_is_waived_says_so() {
    let out = run("show pricing-api").fine();
    assert!(next_steps(&out).contains("; waived until 2027-01-31\n"), "{out}");
}

#[test]
fn what_is_stale_and_green_shares_one_step() {
    let out = run("show wishlist-api").fine();
    assert_eq!(next_steps(&out).matches("still green? If so,").count(), 1, "{out}");
}

#[test]
fn a_guidance_page_is_told_in_one_line_at_any_width() {
    for width in [60, 80, 100] {
        let out = run(&format!("--width {width} show raffle-site")).fine();
        let mut lines = next_steps(&out).lines().filter(|line| line.starts_with("       how    "));
        assert!(lines.all(|line| line.contains("docs/guidance/")), "{out}");
    }
}

#[test]
fn the_steps_of_the_table_are_those_of_the_json_in_the_same_order() {
    for service in ["bag-api", "raffle-site", "identity-api", "gift-finder"] {
        let json = parse_json(&run(&format!("show {service} --format json")).fine());
        let out = run(&format!("show {service}")).fine();
        let mut rest = next_steps(&out);
        for step in json["next_steps"].as_array().expect("next steps") {
            let asks = step["asks"][0].as_str().expect("a statement");
            let start: String = asks.chars().take(30).collect();
            let found = rest.find(&start).unwrap_or_else(|| panic!("{start} in {out}"));
            rest = &rest[found..];
        }
    }
}

#[test]
fn a_step_in_json_says_all_that_the_table_says() {
    let shown = parse_json(&run("show bag-api --format json").fine());
    let steps = shown["next_steps"].as_array().expect("next steps");
    let step = steps.iter().find(|step| step["category"] == "load-testing").expect("a step");
    assert_eq!(
        *step,
        json!({
            "category": "load-testing",
            "from": "red",
            "to": "amber",
            "who": "own",
            "asks": ["In the last 12 months a test reached the largest volume expected, but with data or settings \
                      unlike production, or without finding what gives way first."],
            "guidance": [{ "title": "Load testing guidance", "href": "docs/guidance/load-testing.md" }],
            "quick_win": false,
            "action": shown["actions"][0],
            "waiver": null,
            "effort": "two-steps",
            "rubric": "fundamentals@2",
        })
    );
}

#[test]
fn open_actions_are_in_the_json_what_is_due_first_before_all_else() {
    let shown = parse_json(&run("show bag-api --format json").fine());
    let second = json!({
        "what": "Fill the peak test's bags from recorded ones",
        "category": "load-testing",
        "status": "open",
        "owner": "team-bag",
        "raised": "2026-06-09",
        "due": "2027-01-19",
        "target": "green",
        "support": null,
    });
    assert_eq!(shown["actions"].as_array().map(Vec::len), Some(2));
    assert_eq!(shown["actions"][0]["due"], "2026-11-24");
    assert_eq!(shown["actions"][1], second);
}

#[test]
fn hostile_guidance_does_not_act_on_a_terminal() {
    let rubric = r#"
id = "tiny"
version = "1.0"
title = "Tiny"
published = 2025-01-01
[[pillar]]
id = "basics"
title = "Basics"
[[pillar.category]]
id = "logging"
title = "Logging"
red = "None."
green = "All."
guidance = [
  { title = "short \u001b[2J\u202e ##[error]x", href = "docs/\u001b[7m\u009b.md" },
  { title = "long \u001b[2J ::error::x ", href = "docs/a-path-that-leaves-no-room-for-its-title/\u001b[7m\u009b.md" },
  { title = "web \u001b[2J", href = "https://example.com/\u001b[7m\u009b" },
]
"#;
    let assessments = "  - { date: 2026-10-01, rubric: tiny@1, scores: { logging: red } }\n";
    let estate = Estate::empty().with("rubric/v1.toml", rubric).with_service("s", ELSEWHERE, assessments);
    for width in [60, 200] {
        let out = estate.run(&format!("--width {width} --color always show s")).fine();
        assert_eq!(out.lines().filter(|line| line.trim_start().starts_with("how")).count(), 3, "{out}");
        for hostile in ["\u{1b}[2J", "\u{1b}[7m", "\u{9b}", "\u{202e}", "##[error]"] {
            assert!(!out.contains(hostile), "{hostile:?} in {out}");
        }
        assert!(!out.lines().any(|line| line.trim_start().starts_with("::")), "{out}");
    }
}

#[test]
fn what_is_inherited_is_told_as_a_step_for_its_provider() {
    let assessed = |verdict: &str| {
        format!("  - {{ date: 2026-11-01, rubric: fundamentals@2, scores: {{ logging: {verdict} }} }}\n")
    };
    let estate = Estate::empty()
        .with_service("heir", ELSEWHERE, &assessed("{ inherited-from: gateway }"))
        .with_service("gateway", ELSEWHERE, &assessed("red"));
    let out = estate.run("show heir").fine();
    assert!(next_steps(&out).contains("\nUp to others\nR      Logging: a step for gateway\n\n"), "{out}");
    let json = parse_json(&estate.run("show heir --format json").fine());
    let last = json["next_steps"].as_array().expect("next steps").last().expect("a step");
    let facts = ["category", "from", "to", "who", "effort"].map(|field| last[field].as_str());
    assert_eq!(facts, ["logging", "red", "amber", "provider", "up-to-others"].map(Some));
}
