//! Services that move, retire and answer to several rubrics, as the readers of a trend see it.

use std::collections::BTreeSet;

use crate::small_rubric::small_rubric;
use crate::support::{BY, CsvRows, ELSEWHERE, Estate, counts, parse_csv, parse_json};

const PRICING: &str = "services/shopping/pricing-api.yaml";
const PRODUCT_PAGE: &str = "services/shopping/product-page.yaml";
const RAFFLE: &str = "services/engagement/raffle-draw.yaml";

/// The first day on which services of [`changed`] are something else.
pub(crate) const CHANGED_ON: &str = "2026-11-05";

/// The example shop, in which the pricing API moved to another domain and the product page left the Golden Thread in
/// November.
pub(crate) fn changed() -> Estate {
    Estate::shop()
        .replacing(
            PRICING,
            "domain: shopping\nplatform: catalogue\nowner: team-pricing\n",
            "domain: engagement\nplatform: promotions\nowner: team-deals\npreviously:\n  - \
             { until: 2026-11-04, domain: shopping, platform: catalogue, owner: team-pricing }\n",
        )
        .replacing(
            PRODUCT_PAGE,
            "criticality: mission-critical\ngolden-thread: true\n",
            "criticality: business-critical\npreviously:\n  - \
             { until: 2026-11-04, criticality: mission-critical, golden-thread: true }\n",
        )
}

/// The example shop, in which the raffle draw retired in October.
pub(crate) fn retired() -> Estate {
    let retired = "retired: { on: 2026-10-20, because: The raffle is over }\nassessments:\n";
    Estate::shop().replacing(RAFFLE, "assessments:\n", retired)
}

fn trend(estate: &Estate, args: &str) -> CsvRows {
    parse_csv(&estate.run(&format!("trend --format csv {args}")).fine())
}

/// The rows of days before a day, whatever their order.
fn before(rows: CsvRows, day: &str) -> BTreeSet<Vec<(String, String)>> {
    let past = rows.into_iter().filter(|row| row["as_of"].as_str() < day);
    past.map(|row| row.into_iter().collect()).collect()
}

#[test]
fn the_past_of_a_trend_is_unchanged_to_the_digit_by_what_changes_later() {
    let (original, changed) = (Estate::shop(), changed());
    let filters =
        ["", "--domain shopping", "--domain engagement", "--golden-thread", "--service pricing-api"];
    for by in BY {
        for period in ["month", "quarter", "review"] {
            for filter in filters {
                let args = format!("--by {by} --period {period} --since 2026-01-01 {filter}");
                let then = before(trend(&original, &args), CHANGED_ON);
                assert!(!then.is_empty(), "{args}");
                let now = before(trend(&changed, &args), CHANGED_ON);
                let differences: Vec<_> = then.symmetric_difference(&now).collect();
                assert!(differences.is_empty(), "{args}: {differences:?}");
            }
        }
    }
    let now = |estate: &Estate| trend(estate, "--by domain --last 1");
    assert_ne!(now(&original), now(&changed), "from that day on the services are elsewhere");
}

#[test]
fn the_rows_of_domains_add_up_to_the_services_there_in_every_period() {
    for estate in [changed(), retired()] {
        let sums = |by: &str| {
            let rows = trend(&estate, &format!("--by {by} --since 2026-01-01"));
            let days: BTreeSet<_> = rows.iter().map(|row| row["as_of"].clone()).collect();
            let sum = |day: &String| {
                let of_day = rows.iter().filter(|row| row["as_of"] == *day).map(counts);
                of_day.fold([0; 7], |sum, row| std::array::from_fn(|at| sum[at] + row[at]))
            };
            days.iter().map(|day| (day.clone(), sum(day))).collect::<Vec<_>>()
        };
        let all = sums("domain");
        assert_eq!(all.len(), 11);
        for by in BY {
            assert_eq!(sums(by), all, "{by}");
        }
    }
}

#[test]
fn a_service_is_in_the_domain_and_platform_that_it_was_in_on_the_day() {
    let rows = trend(&changed(), "--service pricing-api --last 3");
    let homes: Vec<_> = rows
        .iter()
        .map(|row| [&row["period"], &row["domain"], &row["platform"]].map(String::as_str))
        .collect();
    assert_eq!(
        homes,
        [
            ["2026-09", "shopping", "catalogue"],
            ["2026-10", "shopping", "catalogue"],
            ["2026-11", "engagement", "promotions"],
        ]
    );
}

#[test]
fn under_the_filter_of_a_domain_a_service_has_the_periods_in_which_it_was_there() {
    let periods = |domain: &str| {
        let rows = trend(&changed(), &format!("--domain {domain} --last 3"));
        let of_pricing = rows.into_iter().filter(|row| row["service"] == "pricing-api");
        of_pricing
            .map(|row| [&row["period"], &row["applicable"], &row["joined"], &row["left"]].map(Clone::clone))
            .collect::<Vec<_>>()
    };
    assert_eq!(periods("engagement"), [["2026-11", "32", "1", "0"]]);
    let in_shopping = [["2026-09", "24", "0", "0"], ["2026-10", "32", "0", "0"], ["2026-11", "0", "0", "1"]];
    assert_eq!(periods("shopping"), in_shopping);
}

#[test]
fn a_service_that_retired_within_a_month_is_out_of_that_month_and_in_the_one_before() {
    let estate = retired();
    let rows = trend(&estate, "--service raffle-draw --last 3");
    let told: Vec<_> = rows
        .iter()
        .map(|row| [&row["period"], &row["applicable"], &row["left"], &row["retired"]].map(String::as_str))
        .collect();
    assert_eq!(told, [["2026-09", "23", "0", "0"], ["2026-10", "0", "1", "1"]], "and then it has no row");
    let json = parse_json(&estate.run("trend --by domain --domain engagement --last 3 --format json").fine());
    let periods = json["rows"][0]["periods"].as_array().expect("a list");
    let told: Vec<_> = periods
        .iter()
        .map(|it| {
            let services = it["services"].as_object().expect("an object");
            let total: u64 = services.values().filter_map(serde_json::Value::as_u64).sum();
            (total, it["judgements"]["applicable"].as_u64(), it["left"].as_u64(), it["retired"].as_u64())
        })
        .collect();
    let gone = |applicable, left| (3, Some(applicable), Some(left), Some(left));
    assert_eq!(told, [(4, Some(94), Some(0), Some(0)), gone(71, 1), gone(71, 0)]);
}

#[test]
fn the_row_of_a_retired_service_ends_with_a_mark_that_the_legend_explains() {
    for format in ["table", "markdown"] {
        let trend = retired().run(&format!("trend --last 3 --format {format}")).fine();
        let row = trend.lines().find(|line| line.contains("Raffle draw")).expect("a row");
        assert_eq!(row.matches('†').count(), 1, "{row}");
        assert!(trend.contains("† retired"), "{trend}");
        let without = Estate::shop().run(&format!("trend --last 3 --format {format}")).fine();
        assert!(!without.contains('†'), "{without}");
    }
}

#[test]
fn a_cell_about_other_services_than_the_one_before_is_marked() {
    for format in ["table", "markdown"] {
        let args = format!("trend --by domain --last 3 --format {format}");
        let trend = changed().run(&args).fine();
        let row = |name: &str| trend.lines().find(|line| line.contains(name)).expect("a row").to_owned();
        for (domain, marks) in [("Shopping", 1), ("Engagement", 1), ("Customer", 0)] {
            assert_eq!(row(domain).matches('⇄').count(), marks, "{domain}: {trend}");
        }
        let words: Vec<_> = trend.split_whitespace().collect();
        assert!(words.join(" ").contains("⇄ other services than before: not comparable"), "{trend}");
        assert!(!Estate::shop().run(&args).fine().contains('⇄'));
    }
}

#[test]
fn the_first_period_in_which_a_row_has_anything_is_not_marked() {
    let trend = changed().run("trend --by platform --last 3").fine();
    let row = trend.lines().find(|line| line.contains("promotions")).expect("a row");
    assert!(!row.contains('⇄'), "{row}");
    assert!(trend.contains("blank: nothing was in it then"), "{trend}");
    assert!(!trend.contains("another rubric"), "{trend}");
}

/// A service under two rubrics that have a pillar and a category of the same name.
pub(crate) fn under_two_rubrics() -> Estate {
    let rubric = |key: &str, categories: &[&str]| {
        let categories: Vec<_> = categories.iter().map(|category| (*category, "")).collect();
        small_rubric(key, "", &categories)
    };
    let assessments = "
  - { date: 2026-09-10, rubric: ours@1, scores: { logging: green, rollback: green } }
  - { date: 2026-10-10, rubric: peak@1, scores: { logging: red, load: amber } }
";
    Estate::empty()
        .with("rubric/ours.toml", &rubric("ours@1", &["p/logging", "p/rollback"]))
        .with("rubric/peak.toml", &rubric("peak@1", &["p/logging", "q/load"]))
        .with_service("bag-api", ELSEWHERE, assessments)
}

#[test]
fn a_category_names_its_rubric_where_two_rubrics_have_its_name() {
    let estate = under_two_rubrics();
    for format in ["table", "markdown"] {
        let trend = estate.run(&format!("trend --by category --format {format}")).fine();
        for title in ["ours/Logging", "peak/Logging"] {
            assert_eq!(trend.matches(title).count(), 1, "{title}: {trend}");
        }
        assert!(!trend.contains("ours/Rollback") && !trend.contains("peak/Load"), "{trend}");
    }
    let table = estate.run("trend --by category").fine();
    assert!(
        table.contains("\nours/P\n") && table.contains("\npeak/P\n") && table.contains("\nQ\n"),
        "{table}"
    );
    let pillars = estate.run("trend --by pillar").fine();
    assert!(
        pillars.contains("\nours/P ") && pillars.contains("\npeak/P ") && pillars.contains("\nQ "),
        "{pillars}"
    );
}

#[test]
fn programs_read_the_rubric_of_a_row() {
    let estate = under_two_rubrics();
    let of_csv: BTreeSet<_> = trend(&estate, "--by category")
        .into_iter()
        .map(|row| (row["rubric_id"].clone(), row["category"].clone()))
        .collect();
    let json = parse_json(&estate.run("trend --by category --format json").fine());
    let text = |row: &serde_json::Value, key: &str| row[key].as_str().expect("a text").to_owned();
    let rows = json["rows"].as_array().expect("a list").iter();
    let of_json: BTreeSet<_> = rows.map(|row| (text(row, "rubric"), text(row, "category"))).collect();
    let expected = [("ours", "logging"), ("ours", "rollback"), ("peak", "load"), ("peak", "logging")];
    let expected = expected.map(|(rubric, category)| (rubric.to_owned(), category.to_owned()));
    assert_eq!((of_csv, of_json), (expected.clone().into(), expected.into()));
}

#[test]
fn rubrics_stand_everywhere_in_the_order_of_their_publication() {
    let rubric = |key: &str, published: &str, category: &str| {
        small_rubric(key, &format!("published = {published}\n"), &[(category, "")])
    };
    let assessments = "
  - { date: 2026-09-10, rubric: alpha@1, scores: { load: amber } }
  - { date: 2026-09-10, rubric: beta@2, scores: { logging: green } }
";
    let estate = Estate::empty()
        .with("rubric/alpha.toml", &rubric("alpha@1", "2024-06-01", "late/load"))
        .with("rubric/beta-1.toml", &rubric("beta@1", "2023-06-01", "early/logging"))
        .with("rubric/beta-2.toml", &rubric("beta@2", "2026-06-01", "early/logging"))
        .with_service("bag-api", ELSEWHERE, assessments);
    let commands = ["trend --by pillar", "trend --by category", "show bag-api", "report --domain shop"];
    for command in commands.into_iter().chain(["report --domain shop --format html"]) {
        let out = estate.run(command).fine();
        let place = |title: &str| out.find(title).unwrap_or_else(|| panic!("{title}: {out}"));
        assert!(place("Early") < place("Late"), "{command}: {out}");
    }
}
