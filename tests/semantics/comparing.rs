//! What changed between two rubrics.

use std::collections::BTreeSet;

use fundamentals::eval::{BarChange, CategoryChangeKind as Kind, RubricDiff, TextPart, Words, rubric_diff};
use fundamentals::load::load_texts;
use fundamentals::model::{RubricKey, Rubrics};
use proptest::prelude::*;

use crate::small_rubric::small_rubric;
use crate::support::RUBRICS;

fn rubrics(texts: &[(&str, &str)]) -> Rubrics {
    let loaded = load_texts(None, texts, &[]);
    let titles: Vec<_> = loaded.problems.iter().map(|problem| &problem.title).collect();
    assert!(loaded.problems.is_empty(), "{titles:?}");
    loaded.estate.rubrics
}

/// Kind, ids before and ids after of every change.
fn told(diff: &RubricDiff<'_>) -> BTreeSet<(Kind, String, String)> {
    let ids = |categories: &[&fundamentals::model::Category]| {
        categories.iter().map(|category| category.id.to_string()).collect::<Vec<_>>().join("+")
    };
    diff.changes.iter().map(|change| (change.kind, ids(&change.old), ids(&change.new))).collect()
}

fn between(texts: &[(&str, &str)], old: &str, new: &str) -> BTreeSet<(Kind, String, String)> {
    let rubrics = rubrics(texts);
    let get = |key| rubrics.get(&RubricKey::parse(key).expect("a key")).expect("a rubric");
    told(&rubric_diff(get(old), get(new)))
}

fn change(kind: Kind, old: &str, new: &str) -> (Kind, String, String) {
    (kind, old.to_owned(), new.to_owned())
}

#[test]
fn renames_merges_and_additions_are_told_apart() {
    let expected = [
        change(Kind::Merged, "b+c", "bc"),
        change(Kind::Renamed, "a", "alpha"),
        change(Kind::Added, "", "e"),
        change(Kind::Reworded, "d", "d"),
    ];
    assert_eq!(between(&*RUBRICS, "r@1", "r@2"), expected.into());
}

#[test]
fn splits_and_removals_are_told() {
    let expected = [change(Kind::Split, "bc", "b+c"), change(Kind::Removed, "e", "")];
    assert_eq!(between(&*RUBRICS, "r@2", "r@3"), expected.into());
}

#[test]
fn a_rubric_does_not_differ_from_itself() {
    for key in ["r@1", "r@2", "fundamentals@2"] {
        assert_eq!(between(&*RUBRICS, key, key), BTreeSet::new());
    }
}

#[test]
fn a_raised_bar_is_told_and_seen_backwards_it_was_lowered() {
    let rubrics = rubrics(&*RUBRICS);
    let get = |key| rubrics.get(&RubricKey::parse(key).expect("a key")).expect("a rubric");
    for (old, new, expected) in [("r@1", "r@2", BarChange::Raised), ("r@2", "r@1", BarChange::Lowered)] {
        let diff = rubric_diff(get(old), get(new));
        let d =
            diff.changes.iter().find(|change| change.old.iter().any(|category| category.id.as_str() == "d"));
        assert_eq!(d.map(|change| change.bar), Some(expected));
    }
}

#[test]
fn changed_words_are_told_and_a_text_written_anew_is_told_whole() {
    let reworded = RUBRICS[0].1.replace("version = \"1.0\"", "version = \"1.1\"");
    let with = |text: &str, red: &str| text.replacen("red = \"r\"", &format!("red = \"{red}\""), 1);
    let words = |old: &str, new: &str| {
        let (old, new) = (with(RUBRICS[0].1, old), with(&reworded, new));
        let (old, new) = (rubrics(&[("a", &old)]), rubrics(&[("a", &new)]));
        let key = RubricKey::parse("r@1").expect("a key");
        let diff = rubric_diff(old.get(&key).expect("there"), new.get(&key).expect("there"));
        let [change] = diff.changes.as_slice() else { panic!("one change: {:?}", diff.changes) };
        let [text] = change.texts.as_slice() else { panic!("one text: {:?}", change.texts) };
        assert_eq!(text.part, TextPart::Definition(fundamentals::model::Colour::Red));
        text.words.clone()
    };
    let own = str::to_owned;
    assert_eq!(
        words("Nobody is paged at night", "Nobody is called at night"),
        [
            Words::Same(own("Nobody is ")),
            Words::Removed(own("paged")),
            Words::Added(own("called")),
            Words::Same(own(" at night"))
        ]
    );
    assert_eq!(
        words("One two three", "Something else"),
        [Words::Removed(own("One two three")), Words::Added(own("Something else"))]
    );
}

const IDS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// A version of a rubric: which categories it has, and what each continues.
fn version() -> impl Strategy<Value = Vec<(usize, Vec<usize>, bool)>> {
    let category = (0..IDS.len(), proptest::collection::vec(0..IDS.len(), 0..3), any::<bool>());
    proptest::collection::btree_map(0..IDS.len(), category, 1..6).prop_map(|categories| {
        categories.into_iter().map(|(id, (_, from, raised))| (id, from, raised)).collect()
    })
}

fn text(major: u32, categories: &[(usize, Vec<usize>, bool)]) -> String {
    let category = |(id, from, raised): &(usize, Vec<usize>, bool)| {
        let from: Vec<_> = from.iter().map(|id| IDS[*id]).collect();
        (IDS[*id], format!("# no amber\nfrom = {from:?}\nrescore = {raised}"))
    };
    small_rubric(&format!("x@{major}"), "", &categories.iter().map(category).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_difference_seen_from_the_other_side_is_its_mirror_image(old in version(), new in version()) {
        let (old, new) = (text(1, &old), text(2, &new));
        let rubrics = rubrics(&[("1", &old), ("2", &new)]);
        let get = |key| rubrics.get(&RubricKey::parse(key).expect("a key")).expect("a rubric");
        let there = told(&rubric_diff(get("x@1"), get("x@2")));
        let back = told(&rubric_diff(get("x@2"), get("x@1")));
        let mirrored: BTreeSet<_> = back.into_iter().map(|(kind, old, new)| (kind.mirrored(), new, old)).collect();
        prop_assert_eq!(there, mirrored);
    }

    #[test]
    fn the_words_of_a_difference_make_up_both_texts(
        old in "[a-d]( [a-d]){0,8}", new in "[a-d]( [a-d]){0,8}",
    ) {
        let with = |red: &str| text(1, &[(0, Vec::new(), false)]).replace("red = \"r\"", &format!("red = \"{red}\""));
        let (left, right) = (rubrics(&[("1", &with(&old))]), rubrics(&[("1", &with(&new))]));
        let key = RubricKey::parse("x@1").expect("a key");
        let diff = rubric_diff(left.get(&key).expect("there"), right.get(&key).expect("there"));
        let words: Vec<_> = diff.changes.iter().flat_map(|change| &change.texts).flat_map(|text| &text.words).collect();
        prop_assert_eq!(words.is_empty(), old == new);
        if old != new {
            let side = |is_left: bool| -> String {
                words.iter().map(|words| match words {
                    Words::Same(text) => text.as_str(),
                    Words::Removed(text) => if is_left { text } else { "" },
                    Words::Added(text) => if is_left { "" } else { text },
                }).collect()
            };
            prop_assert_eq!(side(true), old);
            prop_assert_eq!(side(false), new);
        }
    }
}
