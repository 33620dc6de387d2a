//! `fundamentals show`: one service, and that it says the same as the trend.

use crate::support::{
    Estate, GOLDEN_THREAD, assert_snapshot, counts, csv, json_counts, parse_json, run, service_files, shop,
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
