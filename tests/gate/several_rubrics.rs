//! Services under several rubrics: each is looked at by itself, and none leaves unmentioned.

use crate::review::{alone, review, review_of};
use crate::small_rubric::small_rubric;
use crate::world::{DROP, Estate, RUBRIC, Service, golden};
use fundamentals::eval::{RubricChoice, Selection};
use fundamentals::model::RubricId;

const DROPPED: &str = "warning rubric-dropped bag-api";
const LOOSENED: &str = "warning settings-loosened";

/// With a rubric beside the built-in one.
fn of(service: Service) -> Estate {
    Estate::from(service).with("rubric/ours.toml", RUBRIC)
}

/// Green under both rubrics.
fn bag() -> Service {
    golden("bag-api").on("2026-09-01", "logging: green").on_by("2026-09-02", "ours@1", "logs: green")
}

/// Red under the second one since November, and confirmed under the first one after that.
fn red() -> Service {
    confirmed(bag().on_by("2026-11-10", "ours@1", "logs: red"))
}

fn confirmed(service: Service) -> Service {
    service.on_by("2026-11-11", "fundamentals@2, confirmed: all", "")
}

fn only(service: Service, rubrics: &str) -> Service {
    service.but("rubrics", rubrics)
}

#[test]
fn a_drop_under_one_rubric_is_denied_though_another_is_confirmed_after_it() {
    alone(of(red())).denies(&[DROP]);
    review(of(bag()), of(red())).denies(&[DROP]);
}

#[test]
fn a_first_red_under_another_rubric_is_news_though_the_first_is_confirmed_after_it() {
    let green = || golden("bag-api").on("2026-09-01", "logging: green");
    let now = confirmed(green().on_by("2026-11-10", "ours@1", "logs: red"));
    review(of(green()), of(now)).passes(&["warning new-red bag-api"]);
}

#[test]
fn a_rubric_left_out_is_named_with_its_reds() {
    let verdict = review(of(red()), of(only(red(), "[fundamentals]")));
    verdict.passes(&["warning past-rewritten bag-api", DROPPED]);
    verdict.says_on_stdout("ours@1 no longer counts for it").says_on_stdout("red under it    logs");
    let was = "previously: [{ until: 2026-11-19, rubrics: [] }]\n";
    review(of(bag()), of(only(bag(), "[fundamentals]").also(was))).passes(&[DROPPED]);
}

#[test]
fn a_rubric_left_out_is_named_though_the_policy_allows_it() {
    let was = "previously: [{ until: 2026-11-19, rubrics: [] }]\n";
    let of = |bag| of(bag).set("[gate]\nrubric-dropped = \"allow\"");
    review(of(bag()), of(only(bag(), "[fundamentals]").also(was))).passes(&[DROPPED]);
}

#[test]
fn a_drop_under_a_rubric_that_is_left_out_by_the_same_change_is_denied() {
    for until in ["2026-09-02", "2026-11-09", "2026-11-19", "2026-11-20", "2027-01-01"] {
        let was = format!("previously: [{{ until: {until}, rubrics: [] }}]\n");
        let now = only(red(), "[fundamentals]").also(&was);
        review(of(bag()), of(now)).denies(&[DROP, DROPPED]);
    }
}

#[test]
fn a_rubric_left_out_then_red_then_back_is_denied_at_its_third_change() {
    let was = "previously: [{ until: 2026-11-05, rubrics: [] }]\n";
    let without = |bag| of(only(bag, "[fundamentals]").also(was));
    let back =
        "previously: [{ until: 2026-11-05, rubrics: [] }, { until: 2026-11-19, rubrics: [fundamentals] }]\n";
    review(of(bag()), without(bag())).passes(&[DROPPED]);
    review(without(bag()), without(red())).passes(&[]);
    review(without(red()), of(red().also(back))).denies(&[DROP]);
}

#[test]
fn an_empty_list_of_rubrics_leaves_none_out() {
    review(of(bag()), of(only(red(), "[]"))).denies(&[DROP]);
    alone(of(only(red(), "[]"))).denies(&[DROP]);
}

#[test]
fn a_list_of_rubrics_that_there_are_not_is_no_pass() {
    let now = only(red(), "[theirs]").also("previously: [{ until: 2026-11-19, rubrics: [] }]\n");
    review(of(bag()), of(now)).is(3, &[]);
}

#[test]
fn a_planned_leave_of_a_rubric_is_named_when_it_is_written_and_not_when_its_day_comes() {
    let planned = |until: &str| {
        let was = format!("previously: [{{ until: {until}, rubrics: [] }}]\n");
        of(only(bag(), "[fundamentals]").also(&was))
    };
    let verdict = review(of(bag()), planned("2026-12-31"));
    verdict.passes(&[DROPPED]);
    verdict.says_on_stdout("ours@1 will no longer count for it from 2027-01-01 on");
    review(planned("2026-12-31"), planned("2026-12-31")).passes(&[]);
    review(planned("2026-11-19"), planned("2026-11-19")).passes(&[]);
}

/// A rubric that replaces others.
fn replacing(id: &str, others: &str) -> String {
    small_rubric(&format!("{id}@1"), &format!("replaces = {others}\n"), &[("reach", "")])
}

#[test]
fn a_rubric_that_is_replaced_is_named_and_its_drop_denied() {
    let theirs = |bag| of(bag).with("rubric/theirs.toml", &replacing("theirs", "[\"ours\"]"));
    let under_it = |bag: Service| bag.on_by("2026-11-12", "theirs@1", "reach: green");
    review(theirs(bag()), theirs(under_it(bag()))).passes(&[DROPPED]);
    review(theirs(bag()), theirs(under_it(red()))).denies(&[DROP, DROPPED]);
    review(of(bag()), theirs(under_it(red()))).denies(&[DROP, DROPPED]);
}

#[test]
fn rubrics_that_replace_each_other_hide_no_drop() {
    let cycle = |bag| {
        of(bag)
            .with("rubric/ours.toml", &RUBRIC.replace("[[pillar]]", "replaces = [\"theirs\"]\n[[pillar]]"))
            .with("rubric/theirs.toml", &replacing("theirs", "[\"ours\"]"))
    };
    let under_it = |bag: Service| bag.on_by("2026-11-12", "theirs@1", "reach: green");
    let verdict = review(cycle(bag()), cycle(under_it(red())));
    assert_eq!(verdict.code, Some(4), "{verdict:#?}");
    assert!(verdict.told().contains(&DROP.to_owned()), "{verdict:#?}");
}

#[test]
fn a_rubric_in_use_that_starts_to_replace_another_is_edited() {
    let edited = |bag, text: &str| of(bag).with("rubric/theirs.toml", text);
    let before = small_rubric("theirs@1", "", &[("reach", "")]);
    let bag = || bag().on_by("2026-09-03", "theirs@1", "reach: green");
    let verdict = review(edited(bag(), &before), edited(bag(), &replacing("theirs", "[\"ours\"]")));
    verdict.passes(&[DROPPED, "warning rubric-edited"]);
    let minor = replacing("theirs", "[\"ours\"]").replace("\"1.0\"", "\"1.1\"");
    review(edited(bag(), &before), edited(bag(), &minor)).passes(&[DROPPED, "warning rubric-edited"]);
}

fn required(conditions: &str) -> String {
    format!("[[require]]\nrubric = \"ours\"\n{conditions}\n")
}

#[test]
fn a_requirement_that_asks_less_is_named() {
    let service = || golden("bag-api").on("2026-09-01", "logging: green");
    let from = "from = 2026-06-01";
    let with = |settings: &[String]| of(service()).set(&settings.concat());
    let all = || with(&[required(from)]);
    review(all(), of(service())).passes(&[LOOSENED]).says_on_stdout("`ours` is no longer required");
    review(all(), with(&[required("from = 2026-10-01")]))
        .passes(&[LOOSENED])
        .says_on_stdout("`ours` is required from 2026-10-01 on, and was from 2026-06-01");
    for narrower in ["criticality = [\"mission-critical\"]", "tags = [\"web\"]", "tags = { all = [\"web\"] }"]
    {
        review(all(), with(&[required(&format!("{from}\n{narrower}"))]))
            .passes(&[LOOSENED])
            .says_on_stdout("`ours` is required of fewer services");
    }
}

#[test]
fn a_requirement_in_other_words_or_of_more_services_is_fine() {
    let service = || golden("bag-api").on("2026-09-01", "logging: green");
    let with = |settings: &[String]| of(service()).set(&settings.concat());
    let of = |levels: &str| required(&format!("from = 2026-06-01\ncriticality = [{levels}]"));
    let both = with(&[of("\"mission-critical\", \"low\"")]);
    let one_by_one = with(&[of("\"low\""), of("\"mission-critical\"")]);
    review(both.clone(), one_by_one.clone()).passes(&[]);
    review(one_by_one.clone(), both.clone()).passes(&[]);
    review(both.clone(), with(&[required("from = 2026-06-01")])).passes(&[]);
    review(both.clone(), with(&[required("from = 2026-05-01")])).passes(&[]);
    review(both, with(&[of("\"low\"")])).passes(&[LOOSENED]);
}

#[test]
fn a_requirement_of_services_with_all_tags_is_compared_with_those_of_services_with_any() {
    let service = || golden("bag-api").on("2026-09-01", "logging: green");
    let with = |tags: &str| of(service()).set(&required(&format!("from = 2026-06-01\ntags = {tags}")));
    let (any, all) = (|| with("[\"web\", \"pci\"]"), || with("{ all = [\"web\", \"pci\"] }"));
    review(all(), any()).passes(&[]);
    review(any(), all()).passes(&[LOOSENED]).says_on_stdout("`ours` is required of fewer services");
    review(all(), with("{ all = [\"pci\", \"web\"] }")).passes(&[]);
    review(all(), with("{ all = [\"web\"], any = [\"pci\", \"api\"] }")).passes(&[]);
    review(all(), with("{ all = [\"web\", \"pci\", \"api\"] }")).passes(&[LOOSENED]);
}

#[test]
fn a_required_rubric_that_is_red_and_no_longer_required_is_named_and_its_drop_denied() {
    let with = |bag, settings: &str| of(only(bag, "[fundamentals]")).set(settings);
    let requires = required("from = 2026-06-01");
    review(with(red(), &requires), with(red(), "")).passes(&[DROPPED, LOOSENED]);
    review(with(bag(), &requires), with(red(), "")).denies(&[DROP, DROPPED, LOOSENED]);
}

#[test]
fn who_no_longer_meets_the_conditions_of_a_required_rubric_is_named() {
    let requires = required("from = 2026-06-01\ntags = [\"web\"]");
    let tagged = |tags: &str| {
        of(golden("bag-api").but("tags", tags).on("2026-11-20", "logging: green")).set(&requires)
    };
    review(tagged("[web]"), tagged("[]")).passes(&[DROPPED]);
    review(tagged("[web]"), tagged("[data]")).passes(&[DROPPED]);
    review(tagged("[web]"), tagged("[data, web]")).passes(&[]);
}

#[test]
fn a_filter_by_rubric_does_not_hide_that_it_was_left_out() {
    let id = RubricId::new("ours").expect("an id");
    let selection = Selection { rubrics: vec![RubricChoice { id, major: None }], ..Selection::default() };
    let was = "previously: [{ until: 2026-11-19, rubrics: [] }]\n";
    let now = |bag| of(only(bag, "[fundamentals]").also(was));
    review_of(&selection, of(bag()), now(bag())).passes(&[DROPPED]);
    review_of(&selection, of(bag()), now(red())).denies(&[DROP, DROPPED]);
}

#[test]
fn a_first_assessment_under_another_rubric_than_the_default_leaves_none() {
    let green = golden("bag-api").on_by("2026-11-10", "ours@1", "logs: green");
    review(Estate::from(golden("bag-api")), of(green)).passes(&[]);
}

/// With a rubric that has a category of the same id as the built-in one.
fn with_peak(service: Service) -> Estate {
    let peak = small_rubric("peak@1", "published = 2026-01-01", &[("logging", ""), ("freeze", "")]);
    Estate::from(service).with("rubric/peak.toml", &peak)
}

#[test]
fn a_red_that_is_removed_is_not_put_right_by_another_rubric_of_its_category_id() {
    let green = || golden("bag-api").on("2026-09-01", "logging: green");
    let base = || green().on("2026-11-10", "logging: red, metrics: green");
    let now = || green().on("2026-11-10", "metrics: green");
    let told = ["warning red-to-unknown bag-api", "warning judgement-removed bag-api"];
    review(with_peak(base()), with_peak(now())).passes(&told);
    // Green under the other one since, without or with a red there on that day.
    let fixed = now().on_by("2026-11-15", "peak@1", "logging: green");
    review(with_peak(base()), with_peak(fixed)).passes(&told);
    let fixed = now().on_by("2026-11-10", "peak@1", "logging: red");
    let fixed = fixed.on_by("2026-11-15", "peak@1", "logging: green");
    review(with_peak(base()), with_peak(fixed)).passes(&told);
    let both = |service: Service| service.on_by("2026-11-10", "peak@1", "logging: red");
    review(with_peak(both(base())), with_peak(both(now()))).passes(&told);
}

#[test]
fn a_gap_under_one_rubric_withdraws_nothing_that_was_found_under_another() {
    let of = |rule: &str, service| with_peak(service).set(&format!("[gate]\n{rule} = \"deny\""));
    // Stale under the first rubric, and looked at again; the second doesn't know it yet.
    let stale = || golden("bag-api").on("2026-03-01", "logging: green");
    let confirmed = confirmed(stale()).on_by("2026-11-11", "peak@1", "freeze: green");
    review(of("stale", stale()), of("stale", confirmed)).passes(&[]);
}

#[test]
fn a_category_that_is_no_longer_asked_withdraws_nothing_that_was_found_under_another_rubric() {
    let asked = "applies-to = { tags = [\"data\"] }";
    let peak = small_rubric("peak@1", "published = 2026-01-01", &[("logs", asked), ("freeze", "")]);
    let of = |service: Service| {
        of(service.but("golden-thread", "false"))
            .with("rubric/peak.toml", &peak)
            .set("[gate.not-assessed]\nelsewhere = \"deny\"\nstanding = \"warn\"")
    };
    let bag = || golden("bag-api").on_by("2026-10-01", "ours@1", "restore: green");
    let was = "previously: [{ until: 2026-11-10, tags: [data] }]\n";
    let now = bag().also(was).on_by("2026-11-11", "peak@1", "freeze: green");
    review(of(bag().but("tags", "[data]")), of(now)).passes(&["warning not-assessed bag-api"]);
}

#[test]
fn a_gap_under_one_rubric_excuses_no_new_gap_of_its_category_id_under_another() {
    let asked = small_rubric("peak@1", "published = 2026-01-01", &[("logs", ""), ("freeze", "")]);
    let of = |service| {
        of(service)
            .with("rubric/peak.toml", &asked)
            .set("[gate.not-assessed]\ngolden-thread = \"deny\"\nstanding = \"warn\"")
    };
    let bag = || golden("bag-api").but("tags", "[data]").on_by("2026-10-01", "ours@1", "restore: green");
    review(of(bag()), of(bag())).passes(&["warning not-assessed bag-api"]);
    let now = || bag().on_by("2026-11-11", "peak@1", "freeze: green");
    review(of(bag()), of(now())).denies(&["denied not-assessed bag-api"]);
    review(of(now()), of(now())).passes(&["warning not-assessed bag-api"]);
}

#[test]
fn a_category_whose_id_several_rubrics_have_is_named_with_its_rubric() {
    let base = || {
        golden("bag-api").on("2026-09-01", "logging: green").on_by("2026-09-02", "peak@1", "logging: green")
    };
    let now = base().on("2026-11-10", "logging: red").on_by("2026-11-10", "peak@1", "logging: red");
    let verdict = review(with_peak(base()), with_peak(now));
    verdict.denies(&[DROP, DROP]);
    for rubric in ["fundamentals", "peak"] {
        verdict.says_on_stdout(&format!(": {rubric}/Logging dropped from green to red"));
        verdict.says_on_stdout(&format!("`fundamentals waive bag-api {rubric}/logging --until"));
        verdict.says_on_stdout(&format!("`fundamentals explain {rubric}/logging`"));
    }
    let alone = review(
        Estate::from(golden("bag-api").on("2026-09-01", "logging: green")),
        golden("bag-api").on("2026-09-01", "logging: green").on("2026-11-10", "logging: red"),
    );
    alone.says_on_stdout(": Logging dropped from green to red");
}
