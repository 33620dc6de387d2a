//! Estates made up at random, as plans that can be changed and then written as files.

use std::collections::BTreeMap;

use fundamentals::model::{Colour, Date, Estate};
use proptest::prelude::*;

use crate::support;

/// The day on which random estates are looked at; all assessments are earlier.
pub const TODAY: &str = "2026-06-30";
/// Assessments lie on this many days before today.
const DAYS: i64 = 900;

pub const CATEGORIES_1: [&str; 4] = ["a", "b", "c", "d"];
const CATEGORIES_2: [&str; 4] = ["alpha", "bc", "d", "e"];

#[derive(Clone, Debug)]
pub struct Plan {
    pub services: Vec<PlannedService>,
}

#[derive(Clone, Debug)]
pub struct PlannedService {
    /// Whether it has a file at all.
    pub is_there: bool,
    pub is_golden: bool,
    pub is_api: bool,
    /// By days before today.
    pub assessments: BTreeMap<i64, PlannedAssessment>,
}

#[derive(Clone, Debug)]
pub struct PlannedAssessment {
    pub major: u32,
    pub scores: BTreeMap<String, PlannedVerdict>,
    pub confirms_all: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlannedVerdict {
    Rated(Colour),
    NotApplicable,
    /// From the service at this place, which comes earlier: so there are no circles.
    Inherited(usize),
}

fn verdict() -> impl Strategy<Value = PlannedVerdict> {
    prop_oneof![
        3 => Just(PlannedVerdict::Rated(Colour::Red)),
        3 => Just(PlannedVerdict::Rated(Colour::Amber)),
        4 => Just(PlannedVerdict::Rated(Colour::Green)),
        1 => Just(PlannedVerdict::NotApplicable),
        2 => (0..8usize).prop_map(PlannedVerdict::Inherited),
    ]
}

fn assessment(major: u32) -> impl Strategy<Value = PlannedAssessment> {
    let categories = if major == 1 { CATEGORIES_1 } else { CATEGORIES_2 };
    let scores =
        proptest::collection::btree_map(proptest::sample::select(categories.to_vec()), verdict(), 0..=4);
    (scores, any::<bool>()).prop_map(move |(scores, confirms_all)| PlannedAssessment {
        major,
        scores: scores.into_iter().map(|(category, verdict)| (category.to_owned(), verdict)).collect(),
        confirms_all,
    })
}

/// Up to `majors` versions, the later ones on later days.
fn service(majors: u32) -> impl Strategy<Value = PlannedService> {
    // Many lie close to today, where a review may not have been held since.
    let ago = prop_oneof![1..DAYS, 1..120i64];
    let days = proptest::collection::btree_map(ago, (assessment(1), assessment(2)), 0..6);
    (any::<bool>(), any::<bool>(), days, 0..DAYS).prop_map(move |(is_golden, is_api, days, switch)| {
        let pick = |(ago, (old, new)): (i64, (PlannedAssessment, PlannedAssessment))| {
            (ago, if majors > 1 && ago < switch { new } else { old })
        };
        PlannedService {
            is_there: true,
            is_golden,
            is_api,
            assessments: days.into_iter().map(pick).collect(),
        }
    })
}

/// Estates under one version of the rubric.
pub fn plan() -> impl Strategy<Value = Plan> {
    proptest::collection::vec(service(1), 1..6).prop_map(tidy)
}

/// Estates in which some services have moved on to the second version.
pub fn plan_across_versions() -> impl Strategy<Value = Plan> {
    proptest::collection::vec(service(2), 1..6).prop_map(tidy)
}

/// What became of a service.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Untouched,
    JudgedAgain,
    Rewritten,
    Added,
    Removed,
    /// Nothing was judged again, but it matters more, or less.
    JoinedTheGoldenThread,
    LeftTheGoldenThread,
    /// Its youngest assessment is gone, and others may have come.
    AssessmentRemoved,
    /// At the base everything was not applicable or inherited in the end; now it is red.
    RedAfterNotApplicable,
    RedAfterInherited,
}

/// An estate under one version of the rubric, and what became of it.
pub fn change() -> impl Strategy<Value = (Plan, Plan)> {
    use Fate::{
        Added, AssessmentRemoved, JoinedTheGoldenThread, JudgedAgain, LeftTheGoldenThread, RedAfterInherited,
        RedAfterNotApplicable, Removed, Rewritten, Untouched,
    };
    let fates = vec![
        Untouched,
        JudgedAgain,
        JudgedAgain,
        Rewritten,
        Added,
        Removed,
        JoinedTheGoldenThread,
        LeftTheGoldenThread,
        AssessmentRemoved,
        RedAfterNotApplicable,
        RedAfterInherited,
    ];
    let fate = proptest::sample::select(fates);
    let service = (service(1), service(1), fate, 2..DAYS, 0..8usize);
    proptest::collection::vec(service, 1..6).prop_map(|services| {
        let sides = services.into_iter().map(|(one, other, fate, ago, provider)| {
            let gone = PlannedService { is_there: false, ..one.clone() };
            let mut more = PlannedService { assessments: one.assessments.clone(), ..other.clone() };
            more.assessments.extend(other.assessments.clone());
            let golden = |is_golden| PlannedService { is_golden, ..one.clone() };
            match fate {
                Untouched => (one.clone(), one),
                JudgedAgain => (one, more),
                Rewritten => (one, other),
                Added => (gone, one),
                Removed => (one, gone),
                JoinedTheGoldenThread => (golden(false), golden(true)),
                LeftTheGoldenThread => (golden(true), golden(false)),
                AssessmentRemoved => {
                    if let Some(youngest) = one.assessments.keys().next() {
                        more.assessments.remove(youngest);
                    }
                    (one, more)
                }
                RedAfterNotApplicable => red_after(PlannedVerdict::NotApplicable, one, other.is_golden, ago),
                RedAfterInherited => {
                    red_after(PlannedVerdict::Inherited(provider), one, other.is_golden, ago)
                }
            }
        });
        let (before, now) = sides.unzip();
        (without_absent_providers(tidy(before)), without_absent_providers(tidy(now)))
    })
}

/// A service in which every category lost its colour at the base, and is red now, for half as long.
fn red_after(
    lost: PlannedVerdict,
    mut before: PlannedService,
    is_golden: bool,
    ago: i64,
) -> (PlannedService, PlannedService) {
    let all = |verdict| PlannedAssessment {
        major: 1,
        scores: CATEGORIES_1.iter().map(|category| ((*category).to_owned(), verdict)).collect(),
        confirms_all: false,
    };
    before.assessments = before.assessments.split_off(&(ago + 1));
    before.assessments.insert(ago, all(lost));
    let mut now = PlannedService { is_golden, ..before.clone() };
    now.assessments.insert(ago / 2, all(PlannedVerdict::Rated(Colour::Red)));
    (before, now)
}

/// What would be inherited from a service without a file is green instead.
fn without_absent_providers(mut plan: Plan) -> Plan {
    let is_there: Vec<_> = plan.services.iter().map(|service| service.is_there).collect();
    let assessments = plan.services.iter_mut().flat_map(|service| service.assessments.values_mut());
    for verdict in assessments.flat_map(|assessment| assessment.scores.values_mut()) {
        if let PlannedVerdict::Inherited(from) = verdict
            && !is_there[*from]
        {
            *verdict = PlannedVerdict::Rated(Colour::Green);
        }
    }
    plan
}

/// Makes inheritance point at earlier services, and drops what the rubric doesn't define.
fn tidy(services: Vec<PlannedService>) -> Plan {
    let mut plan = Plan { services };
    for (at, service) in plan.services.iter_mut().enumerate() {
        for assessment in service.assessments.values_mut() {
            for (category, verdict) in &mut assessment.scores {
                *verdict = match *verdict {
                    PlannedVerdict::Inherited(from) if at > 0 => PlannedVerdict::Inherited(from % at),
                    PlannedVerdict::Inherited(_) => PlannedVerdict::Rated(Colour::Green),
                    PlannedVerdict::Rated(Colour::Amber) if category == "c" => {
                        PlannedVerdict::Rated(Colour::Red)
                    }
                    other @ (PlannedVerdict::Rated(_) | PlannedVerdict::NotApplicable) => other,
                };
            }
        }
    }
    plan
}

pub fn id(at: usize) -> String {
    format!("s{at}")
}

/// The day that lies `ago` days before today.
pub fn date(ago: i64) -> Date {
    let mut day = support::day(TODAY);
    for _ in 0..ago {
        day = day.day_before();
    }
    day
}

impl Plan {
    /// The files; `turned` writes files and assessments in the opposite order.
    pub fn files(&self, turned: bool) -> Vec<(String, String)> {
        let there = self.services.iter().enumerate().filter(|(_, service)| service.is_there);
        let mut files: Vec<_> = there.map(|(at, service)| service.file(at, turned)).collect();
        if turned {
            files.reverse();
        }
        files
    }

    /// The colour of a category `ago` days before today: the youngest judgement that is at least that old.
    pub fn colour(&self, at: usize, category: &str, ago: i64) -> Option<Colour> {
        let old_enough = self.services[at].assessments.range(ago..);
        let verdict =
            old_enough.map(|(_, assessment)| &assessment.scores).find_map(|scores| scores.get(category))?;
        match verdict {
            PlannedVerdict::Rated(colour) => Some(*colour),
            PlannedVerdict::NotApplicable => None,
            PlannedVerdict::Inherited(from) => self.colour(*from, category, ago),
        }
    }

    pub fn estate(&self) -> Estate {
        support::estate(&self.files(false), TODAY)
    }
}

impl PlannedService {
    fn file(&self, at: usize, turned: bool) -> (String, String) {
        let id = id(at);
        let criticality = if self.is_golden { "mission-critical" } else { "low" };
        let tags = if self.is_api { "[api]" } else { "[]" };
        let mut text = format!(
            "service: {id}\ndomain: d{}\nplatform: p{}\ncriticality: {criticality}\ngolden-thread: {}\ntags: {tags}\n",
            at % 2,
            at % 3,
            self.is_golden
        );
        let mut assessments: Vec<_> = self.assessments.iter().map(|(ago, it)| it.text(date(*ago))).collect();
        if turned {
            assessments.reverse();
        }
        if !assessments.is_empty() {
            text.push_str("assessments:\n");
            text.extend(assessments);
        }
        (format!("{id}.yaml"), text)
    }
}

impl PlannedAssessment {
    fn text(&self, date: Date) -> String {
        let score = |(category, verdict): (&String, &PlannedVerdict)| match verdict {
            PlannedVerdict::Rated(colour) => format!("{category}: {colour}"),
            PlannedVerdict::NotApplicable => format!("{category}: {{ rag: not-applicable, because: so }}"),
            PlannedVerdict::Inherited(from) => format!("{category}: {{ inherited-from: {} }}", id(*from)),
        };
        let scores: Vec<_> = self.scores.iter().map(score).collect();
        let confirmed = if self.confirms_all { ", confirmed: all" } else { "" };
        format!(
            "  - {{ date: {date}, rubric: r@{}, scores: {{ {} }}{confirmed} }}\n",
            self.major,
            scores.join(", ")
        )
    }
}
