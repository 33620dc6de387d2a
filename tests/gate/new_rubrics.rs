//! One change brings a rubric and a red. The rubric does not hide the red.

use fundamentals::eval::Selection;

use crate::review::{category, review, review_of, selections};
use crate::world::{DROP, Estate, RUBRIC, Service, Verdict, golden, rubric_2};

/// Everything is green by version 1.
fn green() -> Service {
    judged("logs: green, restore: green")
}

fn judged(scores: &str) -> Service {
    golden("bag-api").but("tags", "[data]").on_by("2026-10-01", "ours@1", scores)
}

fn with(service: Service, rubrics: &[&str]) -> Estate {
    let path = |at| format!("rubric/ours-{at}.toml");
    let texts = rubrics.iter().enumerate();
    texts.fold(Estate::from(service), |estate, (at, text)| estate.with(&path(at), text))
}

/// Version 2 with a line after the id of the logs category.
fn second(lines: &str) -> String {
    rubric_2().replace("id = \"logs\"\n", &format!("id = \"logs\"\n{lines}\n"))
}

/// Version 2, in which the logs category is called `lines`.
fn renamed(lines: &str) -> String {
    rubric_2().replace("id = \"logs\"\n", &format!("id = \"lines\"\n{lines}\n"))
}

/// A rubric without its logs category.
fn without_logs(rubric: &str) -> String {
    let (head, rest) = rubric.split_once("[[pillar.category]]").expect("a category");
    let (_, restore) = rest.split_once("[[pillar.category]]").expect("two categories");
    format!("{head}[[pillar.category]]{restore}")
}

fn third(rubric: &str) -> String {
    rubric.replace("\"2.0\"", "\"3.0\"").replace("2026-11-01", "2026-11-05")
}

/// A change that brings a version and a rating by it.
fn brings(rubric: &str, scores: &str) -> Verdict {
    let now = green().on_by("2026-11-10", "ours@2", scores);
    review(with(green(), &[RUBRIC]), with(now, &[RUBRIC, rubric]))
}

#[test]
fn a_red_by_a_version_in_the_same_words_that_the_change_brings_is_a_drop() {
    brings(&rubric_2(), "logs: red").denies(&[DROP]);
}

#[test]
fn a_red_under_a_bar_that_the_change_raises_is_named() {
    brings(&second("rescore = true"), "logs: red").passes(&["warning red-under-raised-bar bag-api"]);
}

#[test]
fn a_policy_can_deny_a_red_under_a_bar_that_the_same_change_raises() {
    let policy = "[gate]\nred-under-raised-bar = \"deny\"";
    let now = green().on_by("2026-11-10", "ours@2", "logs: red");
    let now = with(now, &[RUBRIC, &second("rescore = true")]).set(policy);
    review(with(green(), &[RUBRIC]).set(policy), now).denies(&["denied red-under-raised-bar bag-api"]);
}

#[test]
fn a_red_under_a_bar_that_an_earlier_change_raised_is_no_more_than_a_warning() {
    let policy = "[gate]\nred-under-raised-bar = \"deny\"";
    let raised = second("rescore = true");
    let of = |bag: Service| with(bag, &[RUBRIC, &raised]).set(policy);
    let now = of(green().on_by("2026-11-10", "ours@2", "logs: red"));
    review(of(green()), now).passes(&["warning red-under-raised-bar bag-api"]);
}

#[test]
fn a_red_of_a_category_renamed_without_from_is_a_new_red() {
    brings(&renamed(""), "lines: red").passes(&["warning new-red bag-api"]);
}

#[test]
fn a_red_of_a_category_renamed_with_from_is_a_drop() {
    brings(&renamed("from = \"logs\""), "lines: red").denies(&[DROP]);
}

#[test]
fn a_red_of_a_category_renamed_and_raised_is_named() {
    brings(&renamed("from = \"logs\"\nrescore = true"), "lines: red")
        .passes(&["warning red-under-raised-bar bag-api"]);
}

#[test]
fn a_category_retired_in_the_second_version_and_asked_anew_in_the_third_keeps_its_record() {
    let (second, third) = (without_logs(&rubric_2()), third(&rubric_2()));
    let now = green().on_by("2026-11-10", "ours@3", "logs: red");
    review(with(green(), &[RUBRIC]), with(now, &[RUBRIC, &second, &third])).denies(&[DROP]);
}

#[test]
fn a_category_retired_by_an_earlier_change_and_asked_anew_by_this_one_keeps_its_record() {
    let (second, third) = (without_logs(&rubric_2()), third(&rubric_2()));
    let before = green().on_by("2026-11-03", "ours@2", "restore: green");
    let now = before.clone().on_by("2026-11-10", "ours@3", "logs: red, restore: green");
    review(with(before, &[RUBRIC, &second]), with(now, &[RUBRIC, &second, &third])).denies(&[DROP]);
}

#[test]
fn a_green_merged_with_a_category_never_assessed_and_red_is_a_drop() {
    let merged = without_restore(&second("from = [\"logs\", \"restore\"]"));
    let before = judged("logs: green");
    let now = before.clone().on_by("2026-11-10", "ours@2", "logs: red");
    review(with(before, &[RUBRIC]), with(now, &[RUBRIC, &merged])).denies(&[DROP]);
}

#[test]
fn a_green_merged_with_a_red_one_and_red_is_a_drop() {
    let merged = without_restore(&second("from = [\"logs\", \"restore\"]"));
    let before = judged("logs: green, restore: red");
    let now = before.clone().on_by("2026-11-10", "ours@2", "logs: red");
    review(with(before, &[RUBRIC]), with(now, &[RUBRIC, &merged])).denies(&[DROP]);
}

/// Version 2, with one category, `lines`, that merges both.
fn merged() -> String {
    without_restore(&renamed("from = [\"logs\", \"restore\"]"))
}

#[test]
fn a_green_merged_with_a_red_one_under_a_new_name_and_red_is_a_drop() {
    let before = judged("logs: green, restore: red");
    let now = before.clone().on_by("2026-11-10", "ours@2", "lines: red");
    review(with(before, &[RUBRIC]), with(now, &[RUBRIC, &merged()])).denies(&[DROP]);
}

#[test]
fn a_drop_by_the_old_version_that_the_new_one_merges_with_a_red_is_a_drop() {
    let before = judged("logs: green, restore: red");
    let dropped = before.clone().on_by("2026-11-09", "ours@1", "logs: red");
    let now = dropped.on_by("2026-11-10", "ours@2", "");
    review(with(before, &[RUBRIC]), with(now, &[RUBRIC, &merged()])).denies(&[DROP]);
}

#[test]
fn a_red_under_a_bar_that_the_first_of_two_new_versions_raises_is_named() {
    let now = green().on_by("2026-11-10", "ours@3", "logs: red");
    let now = with(now, &[RUBRIC, &second("rescore = true"), &third(&rubric_2())]);
    review(with(green(), &[RUBRIC]), now).passes(&["warning red-under-raised-bar bag-api"]);
}

#[test]
fn a_red_that_needed_a_rescore_is_named_though_another_category_carried_it() {
    let raised = second("rescore = true") + "from = [\"logs\"]\n";
    let before = judged("logs: red").on_by("2026-11-02", "ours@2", "");
    let now = before.clone().on_by("2026-11-10", "ours@2", "logs: red");
    let rubrics = [RUBRIC, &raised];
    review(with(before, &rubrics), with(now, &rubrics)).passes(&["warning new-red bag-api"]);
}

#[test]
fn a_red_under_a_bar_that_was_raised_before_a_version_that_the_change_brings_is_no_more_than_a_warning() {
    let policy = "[gate]\nred-under-raised-bar = \"deny\"";
    let raised = second("rescore = true");
    let of = |bag: Service, rubrics: &[&str]| with(bag, rubrics).set(policy);
    let now = green().on_by("2026-11-10", "ours@3", "logs: red");
    let now = of(now, &[RUBRIC, &raised, &third(&rubric_2())]);
    review(of(green(), &[RUBRIC, &raised]), now).passes(&["warning red-under-raised-bar bag-api"]);
}

fn without_restore(rubric: &str) -> String {
    rubric.rsplit_once("[[pillar.category]]").expect("two categories").0.to_owned()
}

#[test]
fn a_red_by_a_version_of_the_number_99_is_a_drop() {
    let rubric = rubric_2().replace("\"2.0\"", "\"99.0\"");
    let now = green().on_by("2026-11-10", "ours@99", "logs: red");
    review(with(green(), &[RUBRIC]), with(now, &[RUBRIC, &rubric])).denies(&[DROP]);
}

#[test]
fn a_red_by_a_version_published_in_the_future_does_not_pass_in_silence() {
    let rubric = rubric_2().replace("2026-11-01", "2027-11-01");
    brings(&rubric, "logs: red").denies(&[DROP]);
}

#[test]
fn a_red_by_the_built_in_version_that_a_service_moves_to_is_a_drop() {
    let before = golden("bag-api").on_by("2026-10-01", "fundamentals@1", "rollback: green");
    review(before.clone(), before.on("2026-11-10", "rollback: red")).denies(&[DROP]);
}

#[test]
fn words_weakened_as_a_minor_together_with_a_better_colour_are_named() {
    let weakened = RUBRIC.replace("\"1.0\"", "\"1.1\"").replace("Nobody can find", "The dog ate");
    let before = judged("logs: red, restore: green");
    let now = before.clone().on_by("2026-11-10", "ours@1", "logs: amber");
    let verdict = review(with(before, &[RUBRIC]), with(now, &[&weakened]));
    verdict.passes(&["warning red-redefined bag-api"]);
}

#[test]
fn words_tightened_as_a_minor_together_with_a_red_are_a_drop() {
    let tightened = RUBRIC.replace("\"1.0\"", "\"1.1\"").replace("a failed request", "any request");
    let now = green().on_by("2026-11-10", "ours@1", "logs: red");
    review(with(green(), &[RUBRIC]), with(now, &[&tightened])).denies(&[DROP]);
}

#[test]
fn a_red_retired_by_the_version_that_the_change_brings_is_named() {
    let before = judged("logs: red, restore: green");
    let now = before.clone().on_by("2026-11-10", "ours@2", "restore: green");
    let now = with(now, &[RUBRIC, &without_logs(&rubric_2())]);
    review(with(before, &[RUBRIC]), now).passes(&["warning red-redefined bag-api"]);
}

#[test]
fn a_red_that_a_new_version_asks_of_others_only_stays_red() {
    let before = judged("logs: green, restore: red");
    let others = rubric_2().replace("tags = [\"data\"]", "tags = [\"batch\"]");
    let now = before.clone().on_by("2026-11-10", "ours@2", "logs: green");
    let policy = "[gate]\nstanding-red-reviews = 1\n[review]\ncadence-weeks = 1\n\
                  [gate.standing-red]\ngolden-thread = \"deny\"\nstanding = \"deny\"";
    let of = |bag, rubrics: &[&str]| with(bag, rubrics).set(policy);
    let verdict = review(of(before, &[RUBRIC]), of(now, &[RUBRIC, &others]));
    verdict.denies(&["denied standing-red bag-api"]);
}

#[test]
fn a_red_under_weaker_words_of_a_new_version_is_named_when_it_becomes_green() {
    let before = judged("logs: red, restore: green");
    let weaker = rubric_2().replace("Nobody can find", "The dog ate");
    let now = before.clone().on_by("2026-11-10", "ours@2", "logs: green");
    let verdict = review(with(before, &[RUBRIC]), with(now, &[RUBRIC, &weaker]));
    verdict.passes(&["warning red-redefined bag-api"]);
}

#[test]
fn a_rubric_whose_file_is_gone_is_no_pass() {
    let now = green().on_by("2026-11-10", "ours@1", "logs: red");
    let verdict = review(with(green(), &[RUBRIC]), with(now, &[]));
    verdict.refuses("nothing was looked at, which is never a pass");
}

#[test]
fn a_version_whose_file_is_gone_together_with_its_ratings_is_a_drop() {
    let before = green().on_by("2026-11-02", "ours@2", "logs: green");
    let now = green().on_by("2026-11-10", "ours@1", "logs: red");
    let verdict = review(with(before, &[RUBRIC, &rubric_2()]), with(now, &[RUBRIC]));
    verdict.denies(&[DROP, "warning judgement-removed bag-api", "warning rubric-switched bag-api"]);
}

#[test]
fn filters_do_not_switch_off_rules_about_rubrics_and_settings() {
    let edited = RUBRIC.replace("Nobody can", "The dog ate");
    let now = with(green(), &[&edited]).set("[review]\nstale-after-weeks = 200");
    let told = ["warning rubric-edited", "warning settings-loosened"];
    let tagged = Selection { tags: vec!["data".to_owned()], ..Selection::default() };
    for selection in selections().into_iter().chain([category("restore"), tagged]) {
        review_of(&selection, with(green(), &[RUBRIC]), now.clone()).passes(&told);
    }
}

#[test]
fn a_new_version_alone_is_fine() {
    for version in [&rubric_2(), &second("rescore = true"), &renamed("from = \"logs\"")] {
        review(with(green(), &[RUBRIC]), with(green(), &[RUBRIC, version])).passes(&[]);
    }
}

#[test]
fn a_rubric_of_another_name_alone_is_fine() {
    let theirs = RUBRIC.replace("id = \"ours\"", "id = \"theirs\"");
    review(with(green(), &[RUBRIC]), with(green(), &[RUBRIC, &theirs])).passes(&[]);
}

#[test]
fn a_migration_that_keeps_its_colours_is_fine() {
    brings(&rubric_2(), "logs: green, restore: green").passes(&[]);
}

#[test]
fn a_minor_that_only_gives_another_title_is_fine() {
    let minor = RUBRIC.replace("\"1.0\"", "\"1.1\"").replace("title = \"Logs\"", "title = \"Log lines\"");
    review(with(green(), &[RUBRIC]), with(green(), &[&minor])).passes(&[]);
}
