//! Estates made up at random whose services move, retire, come back and are renamed, under several rubrics: as plans that can
//! be cut off at a day and then written as files.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fundamentals::check;
use fundamentals::diag::{Code, Severity};
use fundamentals::load::load_texts;
use fundamentals::model::{Date, Estate};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::random::date;
use crate::small_rubric::small_rubric;
use crate::support::RUBRICS;

/// Everything lies up to this many days before today, and some of it as many days after.
pub const DAYS: i64 = 600;
const PLANNED: i64 = 90;
pub const DOMAINS: [&str; 3] = ["d0", "d1", "d2"];

/// A rubric's key, the days since it was published, and its categories.
type KnownRubric = (&'static str, i64, &'static [&'static str]);

const KNOWN: [KnownRubric; 5] = [
    ("r@1", 2000, &["a", "b", "d"]),
    ("r@2", 1900, &["alpha", "bc", "d", "e"]),
    ("orr@1", 700, &["a", "launch"]),
    ("peak@1", 400, &["load", "freeze"]),
    ("peak@2", 200, &["load", "scale"]),
];

/// Those that are not in [`RUBRICS`].
static OTHERS: LazyLock<[(&str, String); 3]> = LazyLock::new(|| {
    let published = |ago| format!("published = {}", date(ago));
    let replaces = format!("{}\nreplaces = [\"orr\"]", published(200));
    [
        ("orr.toml", small_rubric("orr@1", &published(700), &[("p/a", ""), ("s/launch", "")])),
        ("peak1.toml", small_rubric("peak@1", &published(400), &[("s/load", ""), ("s/freeze", "")])),
        (
            "peak2.toml",
            small_rubric(
                "peak@2",
                &replaces,
                &[("s/load", "rescore = true"), ("t/scale", "from = [\"freeze\"]")],
            ),
        ),
    ]
});

#[derive(Clone, Debug)]
pub struct LifePlan {
    services: Vec<PlannedLife>,
    /// A rubric that some must have been assessed under, from a day on.
    required: Option<(&'static str, i64, &'static str)>,
    /// The day as of which the plan is written: none later is in it.
    cut: i64,
}

/// Who a service is. What is `None` is left out of the file.
#[derive(Clone, Debug)]
struct PlannedIdentity {
    domain: usize,
    platform: usize,
    is_golden: bool,
    is_api: bool,
    owner: Option<usize>,
    rubrics: Vec<&'static str>,
    /// Days before today; below 0 it is planned.
    retired: Option<i64>,
}

#[derive(Clone, Debug)]
struct PlannedLife {
    latest: PlannedIdentity,
    /// By the days since each ended.
    previously: BTreeMap<i64, PlannedIdentity>,
    was_renamed: bool,
    joined: Option<i64>,
    /// By days before today and rubric.
    assessments: BTreeMap<(i64, &'static str), PlannedLook>,
    actions: Vec<PlannedAction>,
}

#[derive(Clone, Debug)]
struct PlannedLook {
    major: usize,
    scores: Vec<PlannedScore>,
    confirms_all: bool,
}

#[derive(Clone, Copy, Debug)]
enum PlannedScore {
    Nothing,
    Rated(&'static str),
    /// From the service at this place, if it comes earlier; perhaps by its old id.
    Inherited(usize, bool),
}

#[derive(Clone, Debug)]
struct PlannedAction {
    what: usize,
    raised: i64,
    /// Days after it was raised.
    due: i64,
    done: Option<i64>,
}

fn identity() -> impl Strategy<Value = PlannedIdentity> {
    let rubrics = vec![vec![], vec![], vec!["r"], vec!["peak"], vec!["r", "peak"], vec!["orr", "r"]];
    let place = (0..3usize, 0..3usize, option::of(0..2usize), select(rubrics));
    (place, any::<bool>(), any::<bool>(), option::weighted(0.25, -PLANNED..DAYS)).prop_map(
        |((domain, platform, owner, rubrics), is_golden, is_api, retired)| PlannedIdentity {
            domain,
            platform,
            is_golden,
            is_api,
            owner,
            rubrics,
            retired,
        },
    )
}

fn score() -> impl Strategy<Value = PlannedScore> {
    prop_oneof![
        2 => Just(PlannedScore::Nothing),
        5 => select(vec!["red", "amber", "green", "{ rag: not-applicable, because: so }"]).prop_map(PlannedScore::Rated),
        2 => (0..6usize, any::<bool>()).prop_map(|(from, by_old_id)| PlannedScore::Inherited(from, by_old_id)),
    ]
}

fn look() -> impl Strategy<Value = PlannedLook> {
    (0..2usize, vec(score(), 4), any::<bool>()).prop_map(|(major, scores, confirms_all)| PlannedLook {
        major,
        scores,
        confirms_all,
    })
}

fn life() -> impl Strategy<Value = PlannedLife> {
    let action = (0..1000usize, 0..DAYS, 0..200i64, option::of(0..200i64));
    let action = action.prop_map(|(what, raised, due, done)| PlannedAction { what, raised, due, done });
    let assessments = btree_map((0..DAYS, select(vec!["r", "r", "orr", "peak"])), look(), 0..7);
    let previously = btree_map(-PLANNED..DAYS, identity(), 0..4);
    let joined = option::weighted(0.4, DAYS / 2..DAYS + 60);
    (identity(), previously, any::<bool>(), joined, assessments, vec(action, 0..3)).prop_map(
        |(latest, previously, was_renamed, joined, assessments, actions)| PlannedLife {
            // Whoever was something was there.
            joined: joined.filter(|joined| previously.keys().all(|until| until < joined)),
            latest,
            previously,
            was_renamed,
            assessments,
            actions,
        },
    )
}

pub fn lives() -> impl Strategy<Value = LifePlan> {
    let condition = select(vec!["", "tags = [\"api\"]", "criticality = [\"mission-critical\"]"]);
    let required = option::of((select(vec!["peak", "orr"]), 0..DAYS, condition));
    (vec(life(), 1..6), required).prop_map(|(services, required)| LifePlan { services, required, cut: 0 })
}

/// The day that lies `ago` days before today, or after it.
fn written(ago: i64) -> Date {
    let weeks = (-ago).max(0).unsigned_abs().div_ceil(7);
    let later = date(0).weeks_later(u32::try_from(weeks).expect("a few weeks"));
    let days = ago + i64::try_from(weeks * 7).expect("a few days");
    (0..days).fold(later, |day, _| day.day_before())
}

impl LifePlan {
    /// The plan as it would have been written `ago` days before today: what is dated later is not there, and who a service was
    /// then is who it is.
    pub fn cut_off(&self, ago: i64) -> Self {
        let services = self.services.iter().map(|service| service.cut_off(ago)).collect();
        Self { services, required: self.required, cut: ago }
    }

    /// The files of services; `turned` writes files, keys and entries in the opposite order.
    fn files(&self, turned: bool) -> Vec<(String, String)> {
        let files = self.services.iter().enumerate();
        let mut files: Vec<_> =
            files.map(|(at, service)| (format!("s{at}.yaml"), service.text(at, self, turned))).collect();
        if turned {
            files.reverse();
        }
        files
    }

    fn settings(&self) -> String {
        let domain =
            |id: &str| format!("[[domain]]\nid = \"{id}\"\nreviews = [{}, {}]\n", date(300), date(77));
        let mut text = domain(DOMAINS[0]) + &format!("[[domain]]\nid = \"{}\"\n", DOMAINS[1]);
        text += &format!("[[domain]]\nid = \"{}\"\nreviews = [{}]\n", DOMAINS[2], date(120));
        if let Some((rubric, from, condition)) = self.required {
            text += &format!("[[require]]\nrubric = \"{rubric}\"\nfrom = {}\n{condition}\n", date(from));
        }
        text
    }

    /// The rubrics: those that were published later than the day as of which it is written only if anything names them.
    fn rubrics(&self) -> Vec<(&str, &str)> {
        let own = RUBRICS.iter().take(2).copied();
        let others = OTHERS.iter().map(|(path, text)| (*path, text.as_str()));
        let is_named = |key: &str| {
            let id = key.split('@').next();
            let mut identities = self.services.iter().flat_map(PlannedLife::identities);
            identities.any(|identity| identity.rubrics.iter().any(|listed| Some(*listed) == id))
                || self.required.is_some_and(|(required, ..)| Some(required) == id)
                || self
                    .services
                    .iter()
                    .flat_map(|service| &service.assessments)
                    .any(|((_, used), look)| Some(*used) == id && rubric(used, look.major).0 == key)
        };
        let published = |(key, ago, _): &KnownRubric| *ago >= self.cut || is_named(key);
        own.chain(others).zip(KNOWN).filter(|(_, known)| published(known)).map(|(file, _)| file).collect()
    }

    /// The estate on the day as of which it is written.
    pub fn estate(&self, turned: bool) -> Estate {
        let files = self.files(turned);
        let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let mut rubrics = self.rubrics();
        if turned {
            rubrics.reverse();
        }
        let mut loaded = load_texts(Some(&self.settings()), &rubrics, &files);
        check::check(&mut loaded, date(self.cut));
        let errors = loaded.problems.iter().filter(|problem| problem.severity() == Severity::Error);
        let errors: Vec<(Code, &String)> = errors.map(|problem| (problem.code, &problem.title)).collect();
        assert!(errors.is_empty(), "{errors:?}\n{files:#?}");
        loaded.estate
    }
}

/// The version of a rubric that is used: its key and categories.
fn rubric(id: &str, major: usize) -> KnownRubric {
    let versions: Vec<_> = KNOWN.into_iter().filter(|(key, ..)| key.split('@').next() == Some(id)).collect();
    versions[major.min(versions.len() - 1)]
}

impl PlannedLife {
    fn identities(&self) -> impl Iterator<Item = &PlannedIdentity> {
        self.previously.values().chain([&self.latest])
    }

    fn cut_off(&self, ago: i64) -> Self {
        // What ended on that day or later was not over: the first to end is the latest.
        let latest = self.previously.range(..=ago).next_back().map_or(&self.latest, |(_, identity)| identity);
        let mut latest = latest.clone();
        latest.retired = latest.retired.filter(|retired| *retired >= ago);
        let mut cut = Self { latest, ..self.clone() };
        cut.previously.retain(|until, _| *until > ago);
        cut.assessments.retain(|(on, _), _| *on >= ago);
        cut.actions.retain(|action| action.raised >= ago);
        for action in &mut cut.actions {
            action.done = action.done.filter(|after| action.raised - after >= ago);
        }
        cut
    }

    fn text(&self, at: usize, plan: &LifePlan, turned: bool) -> String {
        let mut keys = vec![format!("service: s{at}"), format!("title: Service {at}")];
        keys.extend(self.latest.keys());
        if self.was_renamed {
            keys.push(format!("renamed-from: [older{at}, old{at}]"));
        }
        keys.extend(self.joined.map(|ago| format!("joined: {}", date(ago))));
        let previously = self.previously.iter().map(|(until, identity)| {
            format!("  - {{ until: {}, {} }}", written(*until), identity.keys().join(", "))
        });
        let assessments = self.assessments.iter().map(|((on, id), look)| look.text(*on, id, at, plan));
        let actions = self.actions.iter().map(PlannedAction::text);
        let lists: [(&str, Vec<String>); 3] = [
            ("previously", previously.collect()),
            ("assessments", assessments.collect()),
            ("actions", actions.collect()),
        ];
        for (key, mut entries) in lists.into_iter().filter(|(_, entries)| !entries.is_empty()) {
            // The order of actions is that of the file.
            if turned && key != "actions" {
                entries.reverse();
            }
            keys.push(format!("{key}:\n{}", entries.join("\n")));
        }
        if turned {
            keys.reverse();
        }
        keys.join("\n") + "\n"
    }
}

impl PlannedIdentity {
    /// Each key with its value; all of them, so that nothing is as it was later.
    fn keys(&self) -> Vec<String> {
        let criticality = if self.is_golden { "mission-critical" } else { "low" };
        let mut keys = vec![
            format!("domain: {}", DOMAINS[self.domain]),
            format!("platform: p{}", self.platform),
            format!("criticality: {criticality}"),
            format!("golden-thread: {}", self.is_golden),
            format!("owner: {}", self.owner.map_or("''".to_owned(), |owner| format!("team-{owner}"))),
            format!("tags: [{}]", if self.is_api { "api" } else { "web" }),
            format!("rubrics: [{}]", self.rubrics.join(", ")),
        ];
        keys.extend(self.retired.map(|ago| format!("retired: {}", written(ago))));
        keys
    }
}

impl PlannedLook {
    fn text(&self, on: i64, id: &str, at: usize, plan: &LifePlan) -> String {
        let (key, _, categories) = rubric(id, self.major);
        let score = |(category, score): (&&str, &PlannedScore)| match score {
            PlannedScore::Nothing => None,
            PlannedScore::Inherited(..) if at == 0 => Some(format!("{category}: green")),
            PlannedScore::Inherited(from, by_old_id) => {
                let from = from % at;
                let name = if *by_old_id && plan.services[from].was_renamed { "old" } else { "s" };
                Some(format!("{category}: {{ inherited-from: {name}{from} }}"))
            }
            PlannedScore::Rated(rating) => Some(format!("{category}: {rating}")),
        };
        let scores: Vec<_> = categories.iter().zip(&self.scores).filter_map(score).collect();
        let confirmed = if self.confirms_all { ", confirmed: all" } else { "" };
        format!("  - {{ date: {}, rubric: {key}, scores: {{ {} }}{confirmed} }}", date(on), scores.join(", "))
    }
}

impl PlannedAction {
    fn text(&self) -> String {
        let due = written(self.raised - self.due);
        let done = self.done.filter(|after| self.raised >= *after);
        let done = done.map(|after| format!(", done: {}", date(self.raised - after)));
        let (what, raised) = (self.what, date(self.raised));
        format!("  - {{ what: 'Action {what}', raised: {raised}, due: {due}{} }}", done.unwrap_or_default())
    }
}
