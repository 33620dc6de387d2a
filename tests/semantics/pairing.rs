//! Which services the gate takes for the same under another id, compared with the plainest way to find out.

use std::collections::{BTreeMap, BTreeSet};

use fundamentals::eval::{Base, Selection, gate};
use fundamentals::model::{CategoryId, Date, Estate, Service, Verdict};
use proptest::prelude::*;
use proptest::sample::select;

use crate::random::{CATEGORIES_1, TODAY};
use crate::support::{self, day, service};

type Files = Vec<(String, String)>;

/// What services were rated, by day and category: few days and verdicts, so that much is shared by chance.
type Record = BTreeMap<(u32, &'static str), &'static str>;

const VERDICTS: [&str; 4] =
    ["red", "green", "{ rag: not-applicable, because: so }", "{ inherited-from: provider }"];

/// What became of a service's file.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Kept,
    Renamed,
    Copied,
    Removed,
}

#[derive(Clone, Debug)]
struct PlannedService {
    /// A place among the records of the estate: several services may have the same.
    record: usize,
    fate: Fate,
    /// What else its file says now.
    edits: Record,
}

fn record(ratings: std::ops::Range<usize>) -> impl Strategy<Value = Record> {
    let verdict = select(VERDICTS.to_vec());
    proptest::collection::btree_map((1..5u32, select(CATEGORIES_1.to_vec())), verdict, ratings)
}

fn change() -> impl Strategy<Value = (Files, Files)> {
    let fate = select(vec![Fate::Kept, Fate::Renamed, Fate::Renamed, Fate::Copied, Fate::Removed]);
    let edits = prop_oneof![Just(Record::new()), record(1..4)];
    let planned = (any::<usize>(), fate, edits).prop_map(|(record, fate, edits)| PlannedService {
        record,
        fate,
        edits,
    });
    let records = proptest::collection::vec(record(0..14), 1..3);
    let services = proptest::collection::vec(planned, 1..10);
    let ids = Just((0..20usize).collect::<Vec<_>>()).prop_shuffle();
    (records, services, ids, proptest::collection::vec(record(0..12), 0..3)).prop_map(files)
}

/// The files at the base and now.
fn files(
    (records, services, ids, new): (Vec<Record>, Vec<PlannedService>, Vec<usize>, Vec<Record>),
) -> (Files, Files) {
    let mut ids = ids.into_iter().map(|id| format!("n{id:02}"));
    let mut id = || ids.next().expect("enough ids");
    let provider = service("provider", "");
    let (mut before, mut now) = (vec![provider.clone()], vec![provider]);
    for (at, PlannedService { record, fate, edits }) in services.into_iter().enumerate() {
        let was = &records[record % records.len()];
        let mut is = was.clone();
        is.extend(edits);
        let old_id = format!("b{at}");
        before.push(file(&old_id, was));
        match fate {
            Fate::Kept => now.push(file(&old_id, &is)),
            Fate::Renamed => now.push(file(&id(), &is)),
            Fate::Copied => now.extend([file(&id(), &is), file(&id(), was)]),
            Fate::Removed => {}
        }
    }
    now.extend(new.iter().take(2).map(|record| file(&id(), record)));
    (before, now)
}

fn file(id: &str, record: &Record) -> (String, String) {
    let days: BTreeSet<_> = record.keys().map(|(day, _)| *day).collect();
    let mut text = String::new();
    for day in days {
        let of_day = record.range((day, "")..(day + 1, ""));
        let scores: Vec<_> =
            of_day.map(|((_, category), verdict)| format!("{category}: {verdict}")).collect();
        let scores = scores.join(", ");
        text.push_str(&format!("  - {{ date: 2026-0{day}-01, rubric: r@1, scores: {{ {scores} }} }}\n"));
    }
    service(id, &if text.is_empty() { text } else { format!("assessments:\n{text}") })
}

fn ratings(service: &Service) -> impl Iterator<Item = (Date, &CategoryId, &Verdict)> {
    service.assessments.iter().flat_map(|assessment| {
        let id = |category| &assessment.rubric.category(category).id;
        assessment.judgements.iter().map(move |it| (assessment.date, id(it.category), &it.verdict))
    })
}

/// How many ratings a new service shares with one that is gone, if these are at least three quarters.
fn shared(new: &Service, gone: &Service) -> Option<usize> {
    let is_kept = |(date, id, verdict): &(Date, &CategoryId, &Verdict)| {
        ratings(new).any(|it| it.0 == *date && it.1 == *id && it.2.agrees_with(verdict))
    };
    let all = ratings(gone).count();
    let kept = ratings(gone).filter(is_kept).count();
    (all > 0 && kept * 4 >= all * 3).then_some(kept)
}

/// Which service each new one was, and which are gone, by comparing each with each.
fn naive(before: &Estate, now: &Estate) -> (Vec<(String, String)>, BTreeSet<String>) {
    let is_in = |service: &Service, estate: &Estate| estate.service(service.id.as_str()).is_some();
    let gone: Vec<_> = before.services().iter().filter(|it| !is_in(it, now)).collect();
    let new: Vec<_> = now.services().iter().filter(|it| !is_in(it, before)).collect();
    let mut renamed = Vec::new();
    for new in &new {
        let mut best: Option<(usize, &Service)> = None;
        for gone in &gone {
            if let Some(shared) = shared(new, gone)
                && best.is_none_or(|(most, _)| shared > most)
            {
                best = Some((shared, *gone));
            }
        }
        renamed.extend(best.map(|(_, was)| (was.id.to_string(), new.id.to_string())));
    }
    let removed = gone.iter().filter(|gone| new.iter().all(|new| shared(new, gone).is_none()));
    (renamed, removed.map(|gone| gone.id.to_string()).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn services_are_paired_as_comparing_each_with_each_pairs_them((before, now) in change()) {
        let [before, now] = [before, now].map(|files| support::estate(&files, TODAY));
        let [base, side] = [&before, &now];
        let selection = Selection::default();
        let verdict = gate(side, Base::Estate(base), &selection, day(TODAY));
        let renamed = verdict.renamed.iter().map(|(was, is)| (was.id.to_string(), is.id.to_string()));
        let looked_at = verdict.looked_at.iter().map(|service| service.id.to_string());
        let removed = looked_at.filter(|id| now.service(id).is_none());
        prop_assert_eq!((renamed.collect(), removed.collect()), naive(&before, &now));
    }
}
