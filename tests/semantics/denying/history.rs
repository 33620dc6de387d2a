//! What a service's own history says of a red, read in the plainest way: by several versions of a rubric, which rename,
//! merge, split, drop and ask again, and raise bars.

use std::collections::{BTreeMap, BTreeSet};

use fundamentals::model::Colour;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::DAYS_BETWEEN_REVIEWS;
use crate::random::date;

pub const CATEGORIES: [&str; 4] = ["a", "b", "c", "d"];
pub const DAYS: i64 = 300;

/// One version of the rubric, by category.
pub type Version = BTreeMap<&'static str, Definition>;

#[derive(Clone, Debug)]
pub struct Definition {
    /// Empty if the file does not say.
    pub from: Vec<&'static str>,
    pub raises_the_bar: bool,
}

/// Scores by category; `None` is not applicable.
#[derive(Clone, Debug)]
pub struct Assessment {
    pub version: usize,
    pub scores: BTreeMap<&'static str, Option<Colour>>,
    pub confirms_all: bool,
}

/// One side of a change: a service, by days before today, and how many versions of the rubric there are.
#[derive(Clone, Debug)]
pub struct History<'v> {
    pub versions: &'v [Version],
    pub assessments: BTreeMap<i64, Assessment>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Unknown,
    NotApplicable,
    NeedsRescore,
    Rated(Colour),
}

/// What is to be said of a red.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Red {
    New,
    /// By the latest of the versions that raised the bar.
    UnderRaisedBar(usize),
    Dropped,
}

impl History<'_> {
    /// The version that asks, if any assessment was made.
    pub fn version(&self) -> Option<usize> {
        Some(self.assessments.values().next()?.version)
    }

    /// Categories of the version before that a category continues.
    fn sources(&self, version: usize, category: &'static str) -> Vec<&'static str> {
        let Some(previous) = version.checked_sub(1) else { return Vec::new() };
        let from = &self.versions[version][category].from;
        let own = Some(category).filter(|own| from.is_empty() && self.versions[previous].contains_key(own));
        from.iter().copied().chain(own).collect()
    }

    /// What was said of a category by a version itself, latest first, since `ago` days before today.
    fn said(&self, version: usize, category: &str, ago: i64) -> impl Iterator<Item = Option<Colour>> {
        let assessments = self.assessments.range(ago..).map(|(_, assessment)| assessment);
        assessments
            .filter(move |it| it.version == version)
            .filter_map(move |it| it.scores.get(category).copied())
    }

    /// What a category is in the terms of a version, as of `ago` days before today.
    fn state(&self, version: usize, category: &'static str, ago: i64) -> State {
        if let Some(said) = self.said(version, category, ago).next() {
            return said.map_or(State::NotApplicable, State::Rated);
        }
        let sources = self.sources(version, category);
        let states: Vec<_> = sources.iter().map(|source| self.state(version - 1, source, ago)).collect();
        let worst = [Colour::Red, Colour::Amber].map(State::Rated).into_iter();
        let order = worst.chain([
            State::Unknown,
            State::NeedsRescore,
            State::Rated(Colour::Green),
            State::NotApplicable,
        ]);
        let state = order.into_iter().find(|state| states.contains(state)).unwrap_or(State::Unknown);
        match state {
            State::Rated(_) if self.versions[version][category].raises_the_bar => State::NeedsRescore,
            State::Unknown | State::NotApplicable | State::NeedsRescore | State::Rated(_) => state,
        }
    }

    /// The categories of earlier versions that a category continues: its sources, and the one of its own id if no chain
    /// of `from` leads there.
    fn continued(&self, version: usize, category: &'static str) -> BTreeSet<(usize, &'static str)> {
        let sources = self.sources(version, category).into_iter();
        let mut continued: BTreeSet<_> = sources.map(|source| (version - 1, source)).collect();
        let own = (0..version).rev().find(|earlier| self.versions[*earlier].contains_key(category));
        if let Some(own) = own.map(|earlier| (earlier, category))
            && !continued.iter().any(|it| self.leads_to(*it, own))
        {
            continued.insert(own);
        }
        continued
    }

    fn leads_to(&self, from: (usize, &'static str), to: (usize, &'static str)) -> bool {
        from == to || self.continued(from.0, from.1).into_iter().any(|it| self.leads_to(it, to))
    }

    /// The last colours on the record of a category, one for each chain of categories that it continues, with the
    /// latest version that raised the bar since.
    fn last_colours(&self, version: usize, category: &'static str, ago: i64) -> Vec<(Colour, Option<usize>)> {
        if let Some(colour) = self.said(version, category, ago).flatten().next() {
            return vec![(colour, None)];
        }
        let continued = self.continued(version, category);
        let raised = self.versions[version][category].raises_the_bar.then_some(version);
        let colours =
            continued.into_iter().flat_map(|(version, source)| self.last_colours(version, source, ago));
        colours.map(|(colour, since)| (colour, raised.max(since))).collect()
    }

    fn is_red(&self, version: usize, category: &'static str, ago: i64) -> bool {
        self.state(version, category, ago) == State::Rated(Colour::Red)
    }

    /// Whether a category was red in the terms of a version, or of the service's own before that raised the bar.
    fn was_red(&self, version: usize, category: &'static str) -> bool {
        let is_later = self.version().is_some_and(|own| own < version);
        self.is_red(version, category, 0)
            || is_later
                && self.state(version, category, 0) == State::NeedsRescore
                && self.sources(version, category).into_iter().any(|source| self.was_red(version - 1, source))
    }

    /// How many days ago a state began: since when the same was said without a break, in every category it continues.
    fn began(&self, version: usize, category: &'static str) -> Option<i64> {
        let state = self.state(version, category, 0);
        let said = self.assessments.iter().filter(|(_, it)| it.version == version);
        let said: Vec<_> = said.filter_map(|(ago, it)| Some((*ago, *it.scores.get(category)?))).collect();
        let run: Vec<_> = said.iter().take_while(|(_, verdict)| *verdict == said[0].1).collect();
        let own = run.last().map(|(ago, _)| *ago);
        let known = |source: &&'static str| self.state(version - 1, source, 0) != State::Unknown;
        let sources: Vec<_> = self.sources(version, category).into_iter().filter(known).collect();
        let is_same = |source: &&'static str| self.state(version - 1, source, 0) == state;
        let is_carried = !self.versions[version][category].raises_the_bar && sources.iter().all(is_same);
        if run.len() < said.len() || !run.is_empty() && !is_carried {
            return own;
        }
        sources.into_iter().filter_map(|source| self.began(version - 1, source)).min().or(own)
    }
}

fn is_better(colour: Colour) -> bool {
    matches!(colour, Colour::Amber | Colour::Green)
}

/// Whose record counts.
#[derive(Clone, Copy, PartialEq)]
pub enum Record {
    OfBase,
    OfBoth,
}

/// What is to be said of a category if it is red now, where the base knows so many versions.
pub fn red(
    [before, now]: [&History; 2],
    known: usize,
    (version, category): (usize, &'static str),
    whose: Record,
) -> Option<Red> {
    if !now.is_red(version, category, 0) {
        return None;
    }
    let was_red = before.was_red(version, category);
    if version < known && was_red {
        return None;
    }
    if was_red && now.said(version, category, 0).next().is_none() {
        // Red on both sides, by a version that is new and by which nobody rated it: a category that it merges may drop.
        let sources = now.sources(version, category).into_iter();
        let found =
            sources.filter_map(|source| red([before, now], known, (version - 1, source), Record::OfBase));
        return found.max().filter(|red| *red > Red::New);
    }
    let mut record = before.last_colours(version, category, 0);
    if was_red && !record.iter().any(|(colour, _)| is_better(*colour)) {
        return None;
    }
    let began = now.began(version, category).expect("a red was rated");
    let mut looks = now.assessments.iter().filter(|(_, it)| it.confirms_all || !it.scores.is_empty());
    let is_of_latest = looks.next().is_some_and(|(latest, _)| began <= *latest);
    if whose == Record::OfBoth && (is_of_latest || began < DAYS_BETWEEN_REVIEWS) {
        record.extend(now.last_colours(version, category, began + 1));
    }
    let better = record.iter().filter(|(colour, _)| is_better(*colour));
    Some(better.map(|(_, raised)| raised.map_or(Red::Dropped, Red::UnderRaisedBar)).max().unwrap_or(Red::New))
}

pub fn rubric(at: usize, version: &Version) -> String {
    let number = at + 1;
    let mut text = format!(
        "id = \"r\"\nversion = \"{number}.0\"\ntitle = \"R\"\npublished = 2020-01-0{number}\n[[pillar]]\nid = \"p\"\ntitle = \"P\"\n"
    );
    for (id, definition) in version {
        text += &format!(
            "[[pillar.category]]\nid = \"{id}\"\ntitle = \"T\"\nred = \"R\"\namber = \"A\"\ngreen = \"G\"\n"
        );
        if !definition.from.is_empty() {
            text += &format!("from = {:?}\n", definition.from);
        }
        if definition.raises_the_bar {
            text += "rescore = true\n";
        }
    }
    text
}

impl Assessment {
    pub fn text(&self, ago: i64) -> String {
        let score = |(category, colour): (&&str, &Option<Colour>)| match colour {
            Some(colour) => format!("{category}: {colour}"),
            None => format!("{category}: {{ rag: not-applicable, because: so }}"),
        };
        let scores: Vec<_> = self.scores.iter().map(score).collect();
        let confirmed = if self.confirms_all { ", confirmed: all" } else { "" };
        let (date, number, scores) = (date(ago), self.version + 1, scores.join(", "));
        format!("  - {{ date: {date}, rubric: r@{number}, scores: {{ {scores} }}{confirmed} }}\n")
    }
}

/// Up to three versions, each of which may rename, merge, split, drop and ask again.
pub fn versions() -> impl Strategy<Value = Vec<Version>> {
    let definition = (subsequence(CATEGORIES.to_vec(), 0..=2), prop::bool::weighted(0.3));
    let version = btree_map(select(CATEGORIES.to_vec()), definition, 1..=4);
    vec(version, 2..=3).prop_map(|drafts| {
        let mut versions: Vec<Version> = Vec::new();
        for draft in drafts {
            let previous = versions.last();
            let is_asked = |source: &&str| previous.is_some_and(|previous| previous.contains_key(source));
            let define = |(id, (from, raises_the_bar)): (_, (Vec<_>, bool))| {
                let from: Vec<_> = from.into_iter().filter(is_asked).collect();
                let raises_the_bar = raises_the_bar && (!from.is_empty() || is_asked(&id));
                (id, Definition { from, raises_the_bar })
            };
            versions.push(draft.into_iter().map(define).collect());
        }
        versions
    })
}

pub type Draft = BTreeMap<i64, (BTreeMap<&'static str, Option<Colour>>, bool)>;

pub fn draft() -> impl Strategy<Value = Draft> {
    let colour =
        select(vec![Some(Colour::Red), Some(Colour::Red), Some(Colour::Amber), Some(Colour::Green), None]);
    let scores = btree_map(select(CATEGORIES.to_vec()), colour, 0..=4);
    btree_map(1..DAYS, (scores, any::<bool>()), 0..5)
}
