//! What the gate says of reds where a rubric has several versions, which rename, merge, split, drop and ask again, and
//! raise bars; held against a second implementation that reads the plan in the plainest way.

use std::collections::{BTreeMap, BTreeSet};

use fundamentals::check;
use fundamentals::eval::{Base, Selection, gate};
use fundamentals::load::load_texts;
use fundamentals::model::{Estate, GateLevel, GateRule};
use proptest::prelude::*;
use proptest::sample::select;

use super::config;
use super::history::{Assessment, DAYS, Draft, History, Red, Version, draft, red, rubric, versions};
use crate::random::TODAY;
use crate::support::day;

const OF_CONCERN: [GateRule; 3] = [GateRule::DropToRed, GateRule::RedUnderRaisedBar, GateRule::NewRed];

/// A rule, its level and the category.
type Found = (GateRule, GateLevel, String);

#[derive(Clone, Debug)]
struct Change {
    versions: Vec<Version>,
    /// How many the base knows.
    known: usize,
    before: BTreeMap<i64, Assessment>,
    now: BTreeMap<i64, Assessment>,
    is_golden: bool,
    denies_raised: bool,
}

impl Change {
    fn history<'v>(&'v self, assessments: &BTreeMap<i64, Assessment>) -> History<'v> {
        History { versions: &self.versions, assessments: assessments.clone() }
    }

    fn expected(&self) -> BTreeSet<Found> {
        let (before, now) = (self.history(&self.before), self.history(&self.now));
        let Some(version) = now.version() else { return BTreeSet::new() };
        let (drop, new) = if self.is_golden {
            (GateLevel::Deny, GateLevel::Warn)
        } else {
            (GateLevel::Warn, GateLevel::Allow)
        };
        let found = self.versions[version].keys().filter_map(|category| {
            let (rule, level) = match red([&before, &now], self.known, (version, *category))? {
                Red::Dropped => (GateRule::DropToRed, drop),
                Red::UnderRaisedBar(version) if self.denies_raised && version >= self.known => {
                    (GateRule::RedUnderRaisedBar, GateLevel::Deny)
                }
                Red::UnderRaisedBar(_) => (GateRule::RedUnderRaisedBar, GateLevel::Warn),
                Red::New => (GateRule::NewRed, new),
            };
            Some((rule, level, (*category).to_owned())).filter(|_| level > GateLevel::Allow)
        });
        found.collect()
    }

    fn estate(&self, versions: usize, assessments: &BTreeMap<i64, Assessment>) -> Estate {
        let rubrics: Vec<_> =
            self.versions[..versions].iter().enumerate().map(|(at, it)| rubric(at, it)).collect();
        let rubrics: Vec<_> = rubrics.iter().map(|text| ("r.toml", text.as_str())).collect();
        let (level, is_golden) = if self.is_golden { ("mission-critical", true) } else { ("low", false) };
        let mut text = format!(
            "service: s\ndomain: d\nplatform: p\ncriticality: {level}\ngolden-thread: {is_golden}\nassessments:\n"
        );
        text.extend(assessments.iter().map(|(ago, it)| it.text(*ago)));
        let other = "service: other\ndomain: d\nplatform: p\ncriticality: low\n";
        let mut services = vec![("other.yaml", other)];
        if !assessments.is_empty() {
            services.push(("s.yaml", &text));
        }
        let settings = if self.denies_raised { "[gate]\nred-under-raised-bar = \"deny\"\n" } else { "" };
        let mut loaded = load_texts(Some(settings), &rubrics, &services);
        check::check(&mut loaded, day(TODAY));
        assert!(!loaded.problems.has_errors(), "{:?}", loaded.problems);
        loaded.estate
    }
}

/// What became of a service.
#[derive(Clone, Copy, Debug)]
enum Fate {
    AssessedAgain,
    AssessmentRemoved,
    Rewritten,
    Added,
}

fn change() -> impl Strategy<Value = Change> {
    let fate = select(vec![
        Fate::AssessedAgain,
        Fate::AssessedAgain,
        Fate::AssessmentRemoved,
        Fate::Rewritten,
        Fate::Added,
    ]);
    let moves = (1..DAYS, 1..DAYS);
    let policy = (any::<bool>(), any::<bool>());
    (versions(), 1..=3usize, draft(), draft(), moves, fate, policy).prop_map(
        |(versions, known, one, other, (first, second), fate, (is_golden, denies_raised))| {
            let known = known.min(versions.len());
            // A service moves to the next version on the same day on either side.
            let mut moves = [first, second];
            moves.sort_unstable_by_key(|ago| -ago);
            let version = |ago: i64| moves[..versions.len() - 1].iter().filter(|at| ago < **at).count();
            let history = |draft: &Draft| -> BTreeMap<i64, Assessment> {
                let assess = |(ago, (scores, confirms_all)): (&i64, &(BTreeMap<_, _>, bool))| {
                    let version = version(*ago);
                    let mut scores = scores.clone();
                    scores.retain(|category: &&str, _| versions[version].contains_key(category));
                    (*ago, Assessment { version, scores, confirms_all: *confirms_all })
                };
                draft.iter().map(assess).collect()
            };
            let (mut before, mut now) = (history(&one), history(&other));
            match fate {
                Fate::AssessedAgain => now.extend(before.clone()),
                Fate::AssessmentRemoved => {
                    let more = now.into_iter().chain(before.clone().into_iter().skip(1));
                    now = more.collect();
                }
                Fate::Rewritten => {}
                Fate::Added => before.clear(),
            }
            before.retain(|_, assessment| assessment.version < known);
            // Going back to an older version is not among these changes.
            if let Some(Assessment { version, .. }) = now.values().next() {
                before.retain(|_, assessment| assessment.version <= *version);
            }
            Change { versions, known, before, now, is_golden, denies_raised }
        },
    )
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_version_hides_no_red_that_has_a_better_last_colour_under_any_chain_of_from(change in change()) {
        let base = change.estate(change.known, &change.before);
        let now = change.estate(change.versions.len(), &change.now);
        let [base, now] = [&base, &now];
        let selection = Selection::default();
        let verdict = gate(now, Base::Estate(base), &selection, day(TODAY));
        let found = verdict.findings.iter().filter_map(|finding| {
            let category = finding.turn()?.category.id.to_string();
            Some((finding.rule, finding.level, category))
        });
        let is_of_concern = |(rule, ..): &Found| OF_CONCERN.contains(rule);
        prop_assert_eq!(found.filter(is_of_concern).collect::<BTreeSet<_>>(), change.expected());
    }
}
