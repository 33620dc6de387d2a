//! What the gate says of services that are renamed, copied, moved to another file, removed and added; held against a
//! second implementation that reads the plan in the plainest way.

use std::collections::{BTreeMap, BTreeSet};

use fundamentals::check;
use fundamentals::eval::{Base, Selection, gate};
use fundamentals::load::load_texts;
use fundamentals::model::{Estate, GateLevel, GateRule};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::config;
use super::history::{Assessment, CATEGORIES, Definition, Draft, History, Red, Version, draft, red, rubric};
use crate::random::TODAY;
use crate::support::day;

const OF_CONCERN: [GateRule; 3] = [GateRule::DropToRed, GateRule::NewRed, GateRule::ServiceRemoved];

/// A rule, its level, the service, and the category if it is about one.
type Found = (GateRule, GateLevel, String, Option<String>);

type Assessments = BTreeMap<i64, Assessment>;

/// Services by id. All are on the Golden Thread.
type Services = BTreeMap<String, Assessments>;

/// What became of a service.
#[derive(Clone, Copy, Debug)]
enum Fate {
    AssessedAgain,
    /// It has another id, and its history.
    Renamed,
    /// Likewise, but for its latest assessments.
    RenamedWithoutItsLatest,
    /// It has another id, and a copy that has its id keeps its history.
    RenamedWithDecoy,
    /// Two services have its history.
    RenamedTwice,
    /// Something else is there instead.
    Replaced,
    Removed,
    Added,
}

const FATES: [Fate; 8] = [
    Fate::AssessedAgain,
    Fate::Renamed,
    Fate::RenamedWithoutItsLatest,
    Fate::RenamedWithDecoy,
    Fate::RenamedTwice,
    Fate::Replaced,
    Fate::Removed,
    Fate::Added,
];

fn assessments(draft: &Draft) -> Assessments {
    let assess = |(ago, (scores, confirms_all)): (&i64, &(BTreeMap<_, _>, bool))| {
        (*ago, Assessment { version: 0, scores: scores.clone(), confirms_all: *confirms_all })
    };
    draft.iter().map(assess).collect()
}

fn change() -> impl Strategy<Value = (Services, Services)> {
    vec((draft(), draft(), select(&FATES)), 1..4).prop_map(|services| {
        let (mut before, mut now) = (Services::new(), Services::new());
        for (at, (one, other, fate)) in services.iter().enumerate() {
            let (one, other) = (assessments(one), assessments(other));
            let [own, renamed, second] = ["own", "renamed", "second"].map(|it| format!("{it}-{at}"));
            let more = |history: &Assessments| -> Assessments {
                history.clone().into_iter().chain(other.clone()).collect()
            };
            if !matches!(fate, Fate::Added) {
                before.insert(own.clone(), one.clone());
            }
            match fate {
                Fate::AssessedAgain => drop(now.insert(own, more(&one))),
                Fate::Renamed => drop(now.insert(renamed, more(&one))),
                Fate::RenamedWithoutItsLatest => {
                    let older = one.clone().into_iter().skip(1).collect();
                    now.insert(renamed, more(&older));
                }
                Fate::RenamedWithDecoy => {
                    now.insert(own, one.clone());
                    now.insert(renamed, more(&one));
                }
                Fate::RenamedTwice => {
                    now.insert(renamed, more(&one));
                    now.insert(second, one.clone());
                }
                Fate::Replaced => drop(now.insert(renamed, other)),
                Fate::Removed => {}
                Fate::Added => drop(now.insert(own, other)),
            }
        }
        (before, now)
    })
}

/// How many ratings of a service that is gone another one has, if these are at least three of four.
fn shared(gone: &Assessments, other: &Assessments) -> Option<usize> {
    let ratings = |assessments: &Assessments| -> BTreeSet<_> {
        let all =
            assessments.iter().flat_map(|(ago, it)| it.scores.iter().map(move |(id, it)| (*ago, *id, *it)));
        all.collect()
    };
    let all = ratings(gone);
    let kept = all.intersection(&ratings(other)).count();
    (kept > 0 && 4 * kept >= 3 * all.len()).then_some(kept)
}

/// Which service of the base each one is: the one of its id, or else the one that is gone and shares the most with it.
fn counterpart<'s>(before: &'s Services, now: &Services, id: &str) -> Option<&'s str> {
    if let Some((same, _)) = before.get_key_value(id) {
        return Some(same);
    }
    let gone = before.iter().rev().filter(|(id, _)| !now.contains_key(*id));
    let shared = gone.filter_map(|(gone, assessments)| Some((shared(assessments, &now[id])?, gone.as_str())));
    shared.max_by_key(|(shared, _)| *shared).map(|(_, gone)| gone)
}

fn expected(versions: &[Version], before: &Services, now: &Services) -> BTreeSet<Found> {
    let mut found = BTreeSet::new();
    for (id, assessments) in now {
        let counterpart = counterpart(before, now, id);
        let history = |it: Assessments| History { versions, assessments: it };
        let was = history(counterpart.map(|id| before[id].clone()).unwrap_or_default());
        let is = history(assessments.clone());
        for category in CATEGORIES {
            let (rule, level) = match red([&was, &is], versions.len(), (0, category)) {
                Some(Red::Dropped) => (GateRule::DropToRed, GateLevel::Deny),
                Some(Red::New) => (GateRule::NewRed, GateLevel::Warn),
                Some(Red::UnderRaisedBar(_)) => unreachable!("there is one version"),
                None => continue,
            };
            found.insert((rule, level, id.clone(), Some(category.to_owned())));
        }
    }
    let new: Vec<_> = now.iter().filter(|(id, _)| !before.contains_key(*id)).collect();
    let gone = before.iter().filter(|(id, _)| !now.contains_key(*id));
    let removed = gone.filter(|(_, it)| new.iter().all(|(_, new)| shared(it, new).is_none()));
    found.extend(removed.map(|(id, _)| (GateRule::ServiceRemoved, GateLevel::Warn, id.clone(), None)));
    found
}

fn estate(versions: &[Version], services: &Services, folder: &str) -> Estate {
    let rubric = rubric(0, &versions[0]);
    let file = |(id, assessments): (&String, &Assessments)| {
        let mut text = format!(
            "service: {id}\ndomain: d\nplatform: p\ncriticality: mission-critical\ngolden-thread: true\n"
        );
        if !assessments.is_empty() {
            text.push_str("assessments:\n");
        }
        text.extend(assessments.iter().map(|(ago, it)| it.text(*ago)));
        (format!("{folder}{id}.yaml"), text)
    };
    let files: Vec<_> = services.iter().map(file).collect();
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut loaded = load_texts(None, &[("r.toml", &rubric)], &files);
    check::check(&mut loaded, day(TODAY));
    assert!(!loaded.problems.has_errors(), "{:?}", loaded.problems);
    loaded.estate
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_new_id_or_file_hides_no_red_and_no_service_that_is_gone(
        (before, now) in change(), folder in select(&["", "moved/"]),
    ) {
        let plain = || Definition { from: Vec::new(), raises_the_bar: false };
        let versions = [CATEGORIES.map(|category| (category, plain())).into()];
        let (base, side) = (estate(&versions, &before, ""), estate(&versions, &now, folder));
        let [base, side] = [&base, &side];
        let selection = Selection::default();
        let verdict = gate(side, Base::Estate(base), &selection, day(TODAY));
        let found = verdict.findings.iter().filter_map(|finding| {
            let category = finding.turn().map(|turn| turn.category.id.to_string());
            Some((finding.rule, finding.level, finding.service?.id.to_string(), category))
        });
        let is_of_concern = |(rule, ..): &Found| OF_CONCERN.contains(rule);
        prop_assert_eq!(found.filter(is_of_concern).collect::<BTreeSet<_>>(), expected(&versions, &before, &now));
    }
}
