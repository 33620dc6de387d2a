//! What a service's own history says of a red, read in the plainest way: by several versions of a rubric, which rename,
//! merge, split, drop and ask again, and raise bars.

use std::collections::{BTreeMap, BTreeSet};

use fundamentals::model::Colour;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::DAYS_BETWEEN_REVIEWS;
use crate::random::date;
use crate::small_rubric::small_rubric;

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
    NeedsRescore(Colour),
    Rated(Colour),
}

/// What a category rests on: its own rating, or those of all that it continues.
struct Carried {
    /// By the bar of each.
    worst: State,
    /// Whether something that it continues was never rated.
    has_gap: bool,
    is_raised: bool,
}

/// Where a chain of categories ends: at the last colour of one of them.
struct End {
    category: (usize, &'static str),
    ago: i64,
    colour: Colour,
    /// The latest version that raised the bar since.
    raised: Option<usize>,
}

/// What is to be said of a red.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Red {
    New,
    /// By the latest of the versions that raised the bar.
    UnderRaisedBar(usize),
    Dropped,
}

impl Red {
    /// A red that was better, by the latest version that raised the bar since.
    fn under(raised: Option<usize>) -> Self {
        raised.map_or(Self::Dropped, Self::UnderRaisedBar)
    }
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
    fn rated(&self, version: usize, category: &str, ago: i64) -> impl Iterator<Item = Option<Colour>> {
        let assessments = self.assessments.range(ago..).map(|(_, assessment)| assessment);
        assessments
            .filter(move |it| it.version == version)
            .filter_map(move |it| it.scores.get(category).copied())
    }

    /// What a category is under a version, as of `ago` days before today.
    fn state(&self, version: usize, category: &'static str, ago: i64) -> State {
        let carried = self.carried(version, category, ago);
        match carried.worst {
            State::Rated(Colour::Green) | State::NotApplicable if carried.has_gap => State::Unknown,
            State::Rated(colour) if carried.is_raised => State::NeedsRescore(colour),
            State::Unknown | State::NotApplicable | State::NeedsRescore(_) | State::Rated(_) => carried.worst,
        }
    }

    fn carried(&self, version: usize, category: &'static str, ago: i64) -> Carried {
        if let Some(rated) = self.rated(version, category, ago).next() {
            let worst = rated.map_or(State::NotApplicable, State::Rated);
            return Carried { worst, has_gap: false, is_raised: false };
        }
        let sources = self.sources(version, category).into_iter();
        let sources: Vec<_> = sources.map(|source| self.carried(version - 1, source, ago)).collect();
        let colours = [Colour::Red, Colour::Amber, Colour::Green].map(State::Rated).into_iter();
        let mut order = colours.chain([State::NotApplicable]);
        let worst = order.find(|state| sources.iter().any(|it| it.worst == *state)).unwrap_or(State::Unknown);
        let is_raised_here =
            self.versions[version][category].raises_the_bar && matches!(worst, State::Rated(_));
        Carried {
            worst,
            has_gap: sources.iter().any(|it| it.has_gap || it.worst == State::Unknown),
            is_raised: is_raised_here || sources.iter().any(|it| it.is_raised),
        }
    }

    /// The categories of earlier versions that a category continues: its sources, and the latest of its own id.
    fn continued(&self, version: usize, category: &'static str) -> BTreeSet<(usize, &'static str)> {
        let sources = self.sources(version, category).into_iter().map(|source| (version - 1, source));
        let own = (0..version).rev().find(|earlier| self.versions[*earlier].contains_key(category));
        sources.chain(own.map(|earlier| (earlier, category))).collect()
    }

    fn leads_to(&self, from: (usize, &'static str), to: (usize, &'static str)) -> bool {
        from == to || self.continued(from.0, from.1).into_iter().any(|it| self.leads_to(it, to))
    }

    /// The last colours on the record of a category, one for each chain of categories that it continues, with the
    /// latest version that raised the bar since. What was rated later, of a category that continues it, replaces one.
    fn last_colours(&self, version: usize, category: &'static str, ago: i64) -> Vec<(Colour, Option<usize>)> {
        let ends = self.ends_of_chains((version, category), ago);
        let is_replaced =
            |end: &End| ends.iter().any(|it| it.ago < end.ago && self.leads_to(it.category, end.category));
        ends.iter().filter(|end| !is_replaced(end)).map(|end| (end.colour, end.raised)).collect()
    }

    fn ends_of_chains(&self, category: (usize, &'static str), ago: i64) -> Vec<End> {
        let (version, id) = category;
        let rated = self.assessments.range(ago..).filter(|(_, it)| it.version == version);
        let mut rated = rated.filter_map(|(ago, it)| Some((*ago, (*it.scores.get(id)?)?)));
        if let Some((ago, colour)) = rated.next() {
            return vec![End { category, ago, colour, raised: None }];
        }
        let raised = self.versions[version][id].raises_the_bar.then_some(version);
        let continued = self.continued(version, id).into_iter();
        let ends = continued.flat_map(|source| self.ends_of_chains(source, ago));
        ends.map(|end| End { raised: raised.max(end.raised), ..end }).collect()
    }

    /// For each chain from a category to an older one, the latest version that raised the bar on the way.
    fn raised_bars(&self, from: (usize, &'static str), to: (usize, &'static str)) -> Vec<Option<usize>> {
        if from == to {
            return vec![None];
        }
        let raised = self.versions[from.0][from.1].raises_the_bar.then_some(from.0);
        let continued = self.continued(from.0, from.1).into_iter();
        continued.flat_map(|it| self.raised_bars(it, to)).map(|it| raised.max(it)).collect()
    }

    /// The latest colour on any chain from a category to an older one.
    fn last_rating(&self, from: (usize, &'static str), to: (usize, &'static str)) -> Option<Colour> {
        let rated = self.assessments.values().flat_map(|assessment| {
            let rated = assessment.scores.iter().rev();
            rated.map(|(category, colour)| ((assessment.version, *category), *colour))
        });
        let mut on_the_way = rated.filter(|(it, _)| self.leads_to(from, *it) && self.leads_to(*it, to));
        on_the_way.find_map(|(_, colour)| colour)
    }

    fn is_red(&self, version: usize, category: &'static str, ago: i64) -> bool {
        self.state(version, category, ago) == State::Rated(Colour::Red)
    }

    /// Whether a category was red in the terms of a version, or of the service's own before that raised the bar.
    fn was_red(&self, version: usize, category: &'static str) -> bool {
        let is_later = self.version().is_some_and(|own| own < version);
        self.is_red(version, category, 0)
            || is_later
                && self.state(version, category, 0) == State::NeedsRescore(Colour::Red)
                && self.sources(version, category).into_iter().any(|source| self.was_red(version - 1, source))
    }

    /// The rated categories that a category rests on.
    fn rests_on(&self, version: usize, category: &'static str) -> BTreeSet<(usize, &'static str)> {
        if self.rated(version, category, 0).next().is_some() {
            return [(version, category)].into();
        }
        let sources = self.sources(version, category).into_iter();
        sources.flat_map(|source| self.rests_on(version - 1, source)).collect()
    }

    /// How many days ago a state began: since when the same was rated without a break. What
    /// several ratings were merged into begins with the latest of them, and a rating of it begins anew.
    fn began(&self, version: usize, category: &'static str) -> Option<i64> {
        let state = self.state(version, category, 0);
        let said = self.assessments.iter().filter(|(_, it)| it.version == version);
        let said: Vec<_> = said.filter_map(|(ago, it)| Some((*ago, *it.scores.get(category)?))).collect();
        let run: Vec<_> = said.iter().take_while(|(_, verdict)| *verdict == said[0].1).collect();
        let own = run.last().map(|(ago, _)| *ago);
        let known = |source: &&'static str| self.state(version - 1, source, 0) != State::Unknown;
        let sources: Vec<_> = self.sources(version, category).into_iter().filter(known).collect();
        let is_same = |source: &&'static str| self.state(version - 1, source, 0) == state;
        let rests_on: BTreeSet<_> =
            sources.iter().flat_map(|source| self.rests_on(version - 1, source)).collect();
        let is_carried = !self.versions[version][category].raises_the_bar
            && rests_on.len() == 1
            && sources.iter().all(is_same);
        if run.len() < said.len() || !run.is_empty() && !is_carried {
            return own;
        }
        sources.into_iter().filter_map(|source| self.began(version - 1, source)).min().or(own)
    }
}

fn is_better(colour: Colour) -> bool {
    matches!(colour, Colour::Amber | Colour::Green)
}

/// What is to be said of a category if it is red now, where the base knows so many versions.
pub fn red(
    [before, now]: [&History; 2],
    known: usize,
    (version, category): (usize, &'static str),
) -> Option<Red> {
    if !now.is_red(version, category, 0) {
        return None;
    }
    if before.was_red(version, category) {
        return red_since_merged([before, now], known, (version, category));
    }
    let mut record = before.last_colours(version, category, 0);
    let began = now.began(version, category).expect("a red was rated");
    let mut looks = now.assessments.iter().filter(|(_, it)| it.confirms_all || !it.scores.is_empty());
    let is_of_latest = looks.next().is_some_and(|(latest, _)| began <= *latest);
    if is_of_latest || began < DAYS_BETWEEN_REVIEWS {
        record.extend(now.last_colours(version, category, began + 1));
    }
    let better = record.iter().filter(|(colour, _)| is_better(*colour));
    Some(better.map(|(_, raised)| Red::under(*raised)).max().unwrap_or(Red::New))
}

/// What is to be said of a category that leads to a red of the base, but may lead to a better colour as well.
fn red_since_merged([before, now]: [&History; 2], known: usize, red: (usize, &'static str)) -> Option<Red> {
    let (version, category) = red;
    let then = before.version().filter(|then| *then != version)?;
    let continued: Vec<_> = now.versions[then].keys().filter(|it| now.leads_to(red, (then, it))).collect();
    let dropped = continued.iter().filter(|it| version >= known || ***it == category).flat_map(|it| {
        let is_drop = !before.is_red(then, it, 0) && now.last_rating(red, (then, it)) == Some(Colour::Red);
        let last = if is_drop { before.last_colours(then, it, 0) } else { Vec::new() };
        let better = last.into_iter().filter(|(colour, _)| is_better(*colour));
        let raised = now.raised_bars(red, (then, it));
        better.flat_map(move |(_, earlier)| {
            raised.clone().into_iter().map(move |it| Red::under(it.max(earlier)))
        })
    });
    let is_rated = now.rated(version, category, 0).next().is_some();
    let was_better = continued
        .iter()
        .filter(|it| is_rated || ***it == category)
        .any(|it| matches!(before.state(then, it, 0), State::Rated(Colour::Amber | Colour::Green)));
    dropped.max().or(was_better.then_some(Red::New))
}

pub fn rubric(at: usize, version: &Version) -> String {
    let lines = |definition: &Definition| {
        let from = (!definition.from.is_empty()).then(|| format!("from = {:?}\n", definition.from));
        from.unwrap_or_default() + if definition.raises_the_bar { "rescore = true\n" } else { "" }
    };
    let categories: Vec<_> = version.iter().map(|(id, definition)| (id, lines(definition))).collect();
    small_rubric(&format!("r@{}", at + 1), "", &categories)
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
