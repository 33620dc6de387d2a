//! Whatever the file and whatever the change: it says what it should, and everything else stays to the byte.

use std::cell::Cell;

use fundamentals::edit::EditError;
use fundamentals::load::{Loaded, load_texts, parse_yaml};
use fundamentals::source::{Node, Value};
use proptest::prelude::*;
use proptest::test_runner::{TestCaseResult, TestRunner};

use super::choices::{Choices, choices};
use super::edits::{self, Edit};
use super::facts::Facts;
use super::touched::Touched;
use super::tree;
use super::written::{Written, write};
use crate::support::RUBRICS;

/// What a file says, or what is wrong with it.
pub fn read(text: &str) -> Result<Facts, String> {
    // What goes together is for the checks to say; here it matters what was understood.
    thread_local! {
        static ESTATE: Loaded = load_texts(None, &RUBRICS[..1], &[("s.yaml", "service: s\n")]);
    }
    let loaded = ESTATE.with(|estate| estate.with_service_file("s.yaml", text.to_owned()));
    match loaded.estate.service("s") {
        Some(service) if !loaded.problems.has_errors() => Ok(Facts::of(service)),
        Some(_) | None => Err(format!("{:?}", loaded.problems)),
    }
}

/// Everything made up for one case.
fn case() -> impl Strategy<Value = (Choices, Choices, Choices)> {
    (choices(160), choices(700), choices(80))
}

/// How many cases there were, and how they ended.
#[derive(Debug, Default)]
struct Counts {
    all: Cell<u32>,
    with_alias: Cell<u32>,
    refused: Cell<u32>,
}

fn count(of: &Cell<u32>) {
    of.set(of.get() + 1);
}

/// `PROPTEST_CASES` may ask for more.
#[test]
fn any_change_to_any_file_says_what_it_should_and_keeps_the_rest() {
    let default = ProptestConfig::default();
    let config = ProptestConfig {
        cases: default.cases.max(1000),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let counts = Counts::default();
    let result = TestRunner::new(config).run(&case(), |(mut facts, mut layout, mut edit)| {
        let facts = Facts::any(&mut facts);
        let file = write(tree::root(&facts, &mut layout), &mut layout);
        let edit = edits::any(&facts, &mut edit);
        check(&facts, &file, &edit, &counts)
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
    // What is named to be repeated elsewhere may be refused, but seldom is; everything else never is.
    assert!(counts.refused.get() * 20 <= counts.with_alias.get(), "{counts:?}");
}

fn check(facts: &Facts, file: &Written, edit: &Edit, counts: &Counts) -> TestCaseResult {
    let before = &file.text;
    count(&counts.all);
    let read_before = read(before);
    prop_assert_eq!(read_before.as_ref(), Ok(facts), "made up wrongly:\n{}", before);
    if file.has_aliases {
        count(&counts.with_alias);
    }
    let after = match edit.apply(before) {
        Ok(after) => after,
        Err(EditError::Alias | EditError::NoPlace) if file.has_aliases => {
            count(&counts.refused);
            return Ok(());
        }
        Err(refusal) => {
            return Err(TestCaseError::fail(format!("{refusal:?}: {edit:?}\n{before}")));
        }
    };
    let shown = format!("{edit:?}\n--- before\n{before}\n--- after\n{after}\n--- end");
    prop_assert_eq!(read(&after), Ok(edit.on(facts)), "says what it should: {}", shown);
    evidence_is_there(edit, &after).map_err(|why| failed(&why, &shown))?;
    comments_stay(file, &after).map_err(|why| failed(&why, &shown))?;
    other_lines_stay(file, &after, &Touched::by(edit, facts, file)).map_err(|why| failed(&why, &shown))?;
    line_ends_stay(before, &after).map_err(|why| failed(&why, &shown))?;
    if edit.is_idempotent() {
        let again = edit.apply(&after);
        prop_assert_eq!(again.as_deref(), Ok(after.as_str()), "once more changes nothing: {}", shown);
    }
    if file.is_json {
        let read = serde_json::from_str::<serde_json::Value>(&after);
        prop_assert!(read.is_ok(), "stays JSON: {}", shown);
    }
    Ok(())
}

fn failed(why: &str, shown: &str) -> TestCaseError {
    TestCaseError::fail(format!("{why}: {shown}"))
}

/// A waiver's evidence, which only the file keeps.
fn evidence_is_there(edit: &Edit, after: &str) -> Result<(), String> {
    let Edit::Waive(waiver, evidence) = edit else { return Ok(()) };
    let root = parse_yaml(after).ok_or("it can be read")?;
    let get = |node: &Node, key: &str| {
        let Value::Table(entries) = &node.value else { return None };
        entries.iter().find(|entry| entry.key.value == key).map(|entry| entry.node.clone())
    };
    let items = |node: Option<Node>| match node.map(|node| node.value) {
        Some(Value::List(items)) => items,
        Some(Value::Null | Value::Scalar(..) | Value::Table(_)) | None => Vec::new(),
    };
    let mut waivers = items(get(&root, "waivers")).into_iter().rev();
    let category = |node: &Node| get(node, "category").and_then(|node| node.text().map(str::to_owned));
    let found = waivers.find(|node| category(node).as_ref() == Some(&waiver.category));
    let found = items(found.and_then(|node| get(&node, "evidence")));
    let found: Vec<_> = found.iter().filter_map(Node::text).collect();
    if found == *evidence { Ok(()) } else { Err(format!("the evidence is {evidence:?}, not {found:?}")) }
}

/// Every comment is there, once.
fn comments_stay(file: &Written, after: &str) -> Result<(), String> {
    for number in 0..file.comments {
        let end = format!("c{number}.");
        let comment = |text: &str| {
            let line = text.lines().find(|line| line.trim_end().ends_with(&end))?.trim_end();
            let words = line.rfind("# ").map(|at| &line[at..]);
            words.map(str::to_owned)
        };
        let there = after.lines().filter(|line| line.trim_end().ends_with(&end)).count();
        if there != 1 || comment(&file.text) != comment(after) {
            return Err(format!("the comment {end} stays"));
        }
    }
    Ok(())
}

/// Lines that may not be touched are all there, in their order; what comes lies within the lines it should.
fn other_lines_stay(file: &Written, after: &str, touched: &Touched) -> Result<(), String> {
    let before: Vec<_> = file.text.split_inclusive('\n').collect();
    let mut left = after.split_inclusive('\n');
    let last = before.len() - 1;
    // A last line without an end may get one, and lends having none to the one that is the last now.
    let is_open = |text: &str| !text.ends_with('\n');
    let is_same = |at: usize, new: &str| {
        let bare = |line: &str| line.trim_end_matches(['\r', '\n']).to_owned();
        before[at] == new
            || (is_open(before[last]) && (at == last || is_open(new)) && bare(before[at]) == bare(new))
    };
    for at in (0..before.len()).filter(|at| !touched.anew.contains(at)) {
        if !left.any(|new| is_same(at, new)) {
            return Err(format!("line {} stays ({touched:?})", at + 1));
        }
    }
    let Some(within) = touched.within.clone() else { return Ok(()) };
    let after: Vec<_> = after.split_inclusive('\n').collect();
    let head = (0..within.start).all(|at| after.get(at).is_some_and(|new| before[at] == *new));
    let tail = before.len().saturating_sub(within.end);
    let foot = after.len() >= tail && before[before.len() - tail..] == after[after.len() - tail..];
    if head && foot { Ok(()) } else { Err(format!("the change lies within {within:?}")) }
}

/// New lines end as the others do, and so does the last one.
fn line_ends_stay(before: &str, after: &str) -> Result<(), String> {
    let count = |text: &str| (text.matches("\r\n").count(), text.replace("\r\n", "").matches('\n').count());
    let is_uniform = match count(before) {
        (0, _) => count(after).0 == 0,
        (_, 0) => count(after).1 == 0,
        (_, _) => true,
    };
    let has_end = |text: &str| text.ends_with('\n');
    // A blank line that is the last now is one only with its end.
    let ends_blank = after.lines().last().is_some_and(|line| line.trim().is_empty());
    match (is_uniform, has_end(before) == has_end(after) || ends_blank) {
        (true, true) => Ok(()),
        (false, _) => Err("new lines end as the others".to_owned()),
        (_, false) => Err("the last line ends as before".to_owned()),
    }
}
