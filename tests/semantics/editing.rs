//! Adding to files without touching what people wrote, whatever their layout.

use fundamentals::edit::{EditError, NewAssessment, add_assessment};
use proptest::prelude::*;

use crate::support::{HEAD, day, load};

fn new(date: &str) -> NewAssessment {
    let rubric = fundamentals::model::RubricKey::parse("r@2").expect("a key");
    NewAssessment { date: day(date), rubric, comments: vec!["scores:".to_owned(), "  a:".to_owned()] }
}

/// The text with an assessment of 1 June added.
#[track_caller]
fn added(text: &str) -> String {
    add_assessment(text, &new("2026-06-01")).unwrap_or_else(|refusal| panic!("{refusal}: {text}"))
}

/// What stands between `<` and `>` is the text after; without it, it is the text before.
#[track_caller]
fn inserts(marked: &str) {
    let (before, rest) = marked.split_once('<').expect("a place is marked");
    let (new, after) = rest.split_once('>').expect("the place ends");
    assert_eq!(added(&format!("{before}{after}")), format!("{before}{new}{after}"));
}

const ITEM: &str = "- date: 2026-06-01\n    rubric: r@2\n    # scores:\n    #   a:\n";

#[test]
fn the_newest_assessment_goes_last_with_the_comments_of_the_one_before_left_to_it() {
    inserts(&format!(
        "{HEAD}assessments:\n  - date: 2026-01-01\n    rubric: r@1\n    # a word on it\n\n    # and another\n<  {ITEM}>\n\
         # about actions\nactions: []\n"
    ));
}

#[test]
fn where_the_newest_comes_first_it_goes_first() {
    inserts(&format!(
        "{HEAD}assessments:\n  # newest first\n<  {ITEM}\n>  - date: 2026-02-01\n    rubric: r@1\n\n\
         \x20 - date: 2026-01-01\n    rubric: r@1\n"
    ));
}

#[test]
fn a_comment_above_the_first_assessment_stays_with_it() {
    inserts(&format!(
        "{HEAD}assessments:  # newest first\n\n<  {ITEM}>  # in a hurry\n  # and at night\n  - date: 2026-02-01\n    rubric: r@1\n\
         \x20 - date: 2026-01-01\n    rubric: r@1\n"
    ));
}

#[test]
fn a_comment_that_is_no_deeper_than_the_last_assessment_stays_behind_the_list() {
    inserts(&format!(
        "{HEAD}assessments:\n  - date: 2026-01-01\n    rubric: r@1\n<  {ITEM}>  # add above this line\nactions: []\n"
    ));
}

#[test]
fn blank_lines_between_assessments_are_kept_up() {
    inserts(&format!(
        "{HEAD}assessments:\n  - date: 2026-01-01\n    rubric: r@1\n\n  - date: 2026-02-01\n    rubric: r@1 # so\n<\n  {ITEM}>"
    ));
}

#[test]
fn a_list_in_brackets_stays_in_brackets() {
    inserts(&format!(
        "{HEAD}assessments: [{{date: 2026-01-01, rubric: r@1}}<, {{ date: 2026-06-01, rubric: r@2 }}>]\n"
    ));
    inserts(&format!(
        "{HEAD}assessments: [\n  {{date: 2026-01-01, rubric: r@1}},\n  {{date: 2026-02-01, rubric: r@1}}, # last\n<  \
         {{ date: 2026-06-01, rubric: r@2 }},\n>]\n"
    ));
}

#[test]
fn a_file_without_a_last_line_end_gets_none() {
    let item = ITEM.trim_end();
    inserts(&format!(
        "{HEAD}assessments:\n- date: 2026-01-01\n  rubric: r@1<\n{}>",
        item.replace("\n    ", "\n  ")
    ));
}

#[test]
fn a_block_of_text_keeps_its_blank_lines() {
    inserts(&format!(
        "{HEAD}assessments:\n  - date: 2026-01-01\n    rubric: r@1\n    scores:\n      a:\n        rag: red\n        \
         because: |+\n          so\n\n\n<  {ITEM}>title: S\n"
    ));
}

#[test]
fn a_list_that_is_named_elsewhere_is_refused() {
    let text = "title: &x [{date: 2026-01-01, rubric: r@1}]\nassessments: *x\n";
    assert_eq!(add_assessment(text, &new("2026-06-01")), Err(EditError::Alias));
    assert_eq!(add_assessment("\t", &new("2026-06-01")), Err(EditError::Unreadable));
}

#[test]
fn an_item_may_end_in_an_alias() {
    inserts(&format!(
        "{HEAD}assessments:\n  - date: 2026-01-01\n    rubric: r@1\n    by: &us [a]\n  - date: 2026-02-01\n    rubric: r@1\n    \
         by: *us  # all\n    # of us\n<  {ITEM}>actions: []\n"
    ));
    inserts(&format!(
        "{HEAD}assessments:\n  - date: 2026-01-01\n    scores:\n      a: &how {{rag: red}}\n      b: green\n      c: *how\n<  {ITEM}>"
    ));
}

/// How a team may have laid out its file.
#[derive(Clone, Debug)]
struct Layout {
    indent: usize,
    has_crlf: bool,
    ends_with_newline: bool,
    is_newest_first: bool,
    blank_lines: usize,
    comments: Vec<Option<&'static str>>,
    items: Vec<usize>,
    follows: &'static str,
}

/// Items without indentation, all of which end in another way; `DATE` is their day.
const ITEMS: [&str; 11] = [
    "- date: DATE\n  rubric: r@1\n  scores: {a: green}\n",
    "- date: DATE\n  rubric: \"r@1\"\n  scores:\n    a: green # fine\n    b: amber\n",
    "- {date: DATE, rubric: r@1, confirmed: []}\n",
    "- { date: DATE, rubric: r@1,\n    scores: {a: red} }   # over two lines\n",
    "-\n  date: DATE\n  rubric: r@1\n  by:\n  - someone\n",
    "-   rubric: r@1\n    date: 'DATE'\n    confirmed:\n",
    "- date: DATE\n  rubric: r@1\n  scores:\n    a:\n      rag: red\n      because: >-\n        folded # no comment\n\n        - text\n",
    "- date: DATE\n  rubric: r@1\n  scores:\n    a:\n      because: |+\n        kept\n\n      rag: red\n",
    "- date: DATE\n  rubric: r@1\n  scores:\n    a:\n      rag: red\n      note: |+\n        kept to the end\n\n",
    "- date: DATE\n  rubric: r@1\n  by: &us [one]\n  with: *us # none else\n",
    "- date: DATE\n  # in between\n  rubric: r@1\n  with: [\n    one, two,\n  ]\n",
];

fn layout() -> impl Strategy<Value = Layout> {
    let comments = ["", "# left", "  # deeper", "      # deepest: - [", "\t"];
    let comment = proptest::option::of(proptest::sample::select(comments.to_vec()));
    let item = (comment, 0..ITEMS.len());
    let follows = ["", "actions: []\n", "# the end\n", "...\n", "\n\ntitle: S\n"];
    let shape = (0..3usize, any::<bool>(), any::<bool>(), any::<bool>(), 0..3usize);
    (shape, proptest::collection::vec(item, 1..4), proptest::sample::select(follows.to_vec())).prop_map(
        |((indent, has_crlf, ends_with_newline, is_newest_first, blank_lines), items, follows)| {
            let (comments, items) = items.into_iter().unzip();
            let indent = indent * 2;
            Layout {
                indent,
                has_crlf,
                ends_with_newline,
                is_newest_first,
                blank_lines,
                comments,
                items,
                follows,
            }
        },
    )
}

impl Layout {
    fn text(&self) -> String {
        let mut text = format!("# head\n{HEAD}assessments:\n");
        let indent = " ".repeat(self.indent);
        for (at, (item, comment)) in self.items.iter().zip(&self.comments).enumerate() {
            let month = if self.is_newest_first { 5 - at } else { at + 1 };
            if at > 0 {
                text.push_str(&"\n".repeat(self.blank_lines));
            }
            for line in ITEMS[*item].replace("DATE", &format!("2026-0{month}-01")).lines() {
                let line = if line.is_empty() { String::new() } else { format!("{indent}{line}") };
                text.push_str(&format!("{line}\n"));
            }
            if let Some(comment) = comment {
                text.push_str(&format!("{comment}\n"));
            }
        }
        text.push_str(self.follows);
        if !self.ends_with_newline {
            text.truncate(text.trim_end_matches('\n').len());
        }
        if self.has_crlf { text.replace('\n', "\r\n") } else { text }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_layout_an_assessment_is_added_in_one_place_and_nothing_else_changes(layout in layout()) {
        let text = layout.text();
        let service = |text: &str| load(&[("s.yaml".to_owned(), text.to_owned())], "2026-06-30");
        let before = service(&text);
        prop_assume!(!before.problems.has_errors());
        let changed = add_assessment(&text, &new("2026-06-01"));
        // A kept block at the very end of a text without a last line end can't be followed by anything without gaining
        // that line end.
        let is_open_block = !text.ends_with('\n') && text.contains("kept to the end");
        prop_assume!(!(is_open_block && changed == Err(EditError::NoPlace)));
        prop_assert!(changed.is_ok(), "{changed:?}: {text}");
        let changed = changed.expect("just checked");

        let prefix = text.bytes().zip(changed.bytes()).take_while(|(old, new)| old == new).count();
        prop_assert!(changed.len() > text.len());
        prop_assert!(changed.ends_with(&text[prefix..]), "one place: {changed}");
        prop_assert!(!layout.has_crlf || !changed.replace("\r\n", "").contains('\n'), "{changed:?}");

        let after = service(&changed);
        prop_assert!(!after.problems.has_errors(), "{:?}", after.problems);
        let (before, after) = (&before.estate.services()[0], &after.estate.services()[0]);
        let (newest, rest) = after.assessments.split_last().expect("one was added");
        prop_assert_eq!((newest.date, newest.rubric.key()), (day("2026-06-01"), new("2026-06-01").rubric));
        prop_assert!(!newest.looks_at_anything());
        prop_assert_eq!(before.assessments.len(), rest.len());
        for (old, new) in before.assessments.iter().zip(rest) {
            let says = |assessment: &fundamentals::model::Assessment| {
                let judged = assessment.judgements.iter();
                let judged = judged.map(|it| (it.category, it.verdict.clone(), it.note.clone()));
                (assessment.date, assessment.by.clone(), assessment.with.clone(), judged.collect::<Vec<_>>())
            };
            prop_assert_eq!(says(old), says(new));
        }
    }
}
