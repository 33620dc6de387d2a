//! What is worth talking about: a few things, from different sides, shared out among teams.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use crate::eval::{ActionStatus, Counts, RollUp, Standing, Status};
use crate::model::{Category, Colour, Date, PlatformId, Waiver};

use super::{
    CategoryMap, Commitment, Development, DevelopmentKind, Disagreement, Effect, Glance, HotSpot, MapColumn,
    Remedy, Review, Reviewed, ReviewedCategory, SupportNeed,
};

/// The most prompts of a review …
pub const MAX_PROMPTS: usize = 8;
/// … and the least.
pub const MIN_PROMPTS: usize = 5;
/// So many of them may be about one team.
pub const MAX_ABOUT_ONE_TEAM: usize = 2;

/// Reviews after which a lasting red or amber is worth a question.
const LONG_STANDING: usize = 2;

/// Something to talk about.
#[derive(Clone, Debug)]
pub struct Prompt<'r, 'e> {
    /// What it is about.
    pub topic: Topic<'r, 'e>,
    /// The team that it is about, if it is about one.
    pub team: Option<&'e PlatformId>,
}

/// What a prompt is about.
#[derive(Clone, Debug)]
pub enum Topic<'r, 'e> {
    /// A category got better.
    Improved(Development<'r, 'e>),
    /// A commitment was kept.
    Kept(Commitment<'r, 'e>),
    /// Everything asked of a service is green.
    AllGreen(&'r Reviewed<'e>),
    /// A category is green in most services.
    Strength(MapColumn<'e>, Counts),
    /// Somebody took the time to look.
    LookedAt(&'r Reviewed<'e>),
    /// A category became red or amber.
    Worse(Development<'r, 'e>),
    /// Measurements and judgements seem to contradict each other.
    Disagreement(Disagreement<'r, 'e>),
    /// A commitment is overdue.
    Overdue(Commitment<'r, 'e>),
    /// A category has been red or amber for this number of reviews.
    LongStanding(&'r Reviewed<'e>, &'e Category, Standing<'e>, usize),
    /// A category hurts in several services.
    HotSpot(HotSpot<'e>),
    /// Somebody outside is needed for this number of commitments.
    Support(&'e str, usize),
    /// A commitment is done, but the colour did not move.
    NoEffect(Commitment<'r, 'e>),
    /// Colours of a service that are stale, or were never reviewed.
    Unseen(&'r Reviewed<'e>, usize),
    /// A waiver ends before the review after this one, or has ended.
    Waiver(&'r Reviewed<'e>, &'e Waiver),
    /// Where everything stands: which green would matter most?
    NextGreen(Glance),
    /// How many commitments are open, over all services.
    OpenCommitments(usize),
    /// Nobody asked for support.
    NoSupport,
    /// Stale colours, and all colours.
    Freshness(usize, usize),
    /// What should be different at the next review, on this day.
    NextReview(Date),
    /// None of this number of ratings has a colour.
    NoColour(usize),
}

impl Topic<'_, '_> {
    /// Whether it is about something that went well.
    #[must_use]
    pub fn went_well(&self) -> bool {
        match self {
            Self::Improved(_)
            | Self::Kept(_)
            | Self::AllGreen(_)
            | Self::Strength(_, _)
            | Self::LookedAt(_) => true,
            Self::Worse(_)
            | Self::Disagreement(_)
            | Self::Overdue(_)
            | Self::LongStanding(_, _, _, _)
            | Self::HotSpot(_)
            | Self::Support(_, _)
            | Self::NoEffect(_)
            | Self::Unseen(_, _)
            | Self::Waiver(_, _)
            | Self::NextGreen(_)
            | Self::OpenCommitments(_)
            | Self::NoSupport
            | Self::Freshness(_, _)
            | Self::NextReview(_)
            | Self::NoColour(_) => false,
        }
    }
}

/// What prompts are drawn from.
pub struct PromptSources<'m, 'r, 'e> {
    /// What changed.
    pub developments: &'m [Development<'r, 'e>],
    /// Where it hurts.
    pub hot_spots: &'m [HotSpot<'e>],
    /// What was promised.
    pub commitments: &'m [Commitment<'r, 'e>],
    /// Where measurements disagree.
    pub disagreements: &'m [Disagreement<'r, 'e>],
    /// Where everything stands.
    pub map: &'m CategoryMap<'e>,
}

/// A topic, whom it is about, and what else must not be about the same.
struct PromptCandidate<'r, 'e> {
    topic: Topic<'r, 'e>,
    team: Option<&'e PlatformId>,
    about: Option<(&'e str, &'e str)>,
}

impl<'e> Review<'e> {
    /// Between [`MIN_PROMPTS`] and [`MAX_PROMPTS`] prompts: what went well first, then one of each kind before a second of
    /// any, and no more than [`MAX_ABOUT_ONE_TEAM`] about one team.
    #[must_use]
    pub fn prompts<'r>(&'r self, material: &PromptSources<'_, 'r, 'e>) -> Vec<Prompt<'r, 'e>> {
        let mut praise = self.praise(material);
        let mut chosen = Chosen::default();
        if let Some(first) = (!praise.is_empty()).then(|| praise.remove(0)) {
            chosen.take(first, 0);
        }
        let mut kinds = vec![
            worse(material),
            material.disagreements.iter().map(disagreement).collect(),
            material.commitments.iter().filter(|it| is_overdue(it)).map(overdue).collect(),
            self.long_standing(),
            material.hot_spots.iter().map(hot_spot).collect(),
            support(material),
            material.commitments.iter().filter(|it| it.is_without_effect()).map(no_effect).collect(),
            self.unseen(),
            self.waivers_ending(),
            praise,
        ];
        while chosen.prompts.len() < MAX_PROMPTS && kinds.iter().any(|kind| !kind.is_empty()) {
            for (at, kind) in kinds.iter_mut().enumerate() {
                while chosen.prompts.len() < MAX_PROMPTS && !kind.is_empty() {
                    let candidate = kind.remove(0);
                    if chosen.take(candidate, at + 1) {
                        break;
                    }
                }
            }
        }
        let mut fillers = self.fillers(material).into_iter();
        while chosen.prompts.len() < MIN_PROMPTS
            && let Some(filler) = fillers.next()
        {
            chosen.take(about_all(filler), usize::MAX);
        }
        chosen.prompts.sort_by_key(|(kind, _)| *kind);
        chosen.prompts.into_iter().map(|(_, prompt)| prompt).collect()
    }

    /// What went well, the most telling first. A green that its category wants to see, and nobody can, is no praise.
    fn praise<'r>(&'r self, material: &PromptSources<'_, 'r, 'e>) -> Vec<PromptCandidate<'r, 'e>> {
        let mut improved: Vec<_> = material
            .developments
            .iter()
            .filter(|it| it.kind == DevelopmentKind::Improved && !it.now.lacks_evidence(it.category))
            .collect();
        improved.sort_by_key(|it| {
            let is_from_red = it.before.status.colour() == Some(Colour::Red);
            let is_green = it.now.status.colour() == Some(Colour::Green);
            Reverse((is_from_red && is_green, it.now.because().is_some(), it.reviewed.identity.golden_thread))
        });
        let improved = improved.into_iter().map(|it| {
            let about = (it.reviewed.service.id.as_str(), it.category.id.as_str());
            PromptCandidate { about: Some(about), ..of(it.reviewed, Topic::Improved(*it)) }
        });
        let kept = material.commitments.iter().filter(|it| it.status == ActionStatus::Kept);
        let kept = kept.filter(|it| matches!(it.effect, None | Some(Effect::Reached(_))));
        let kept = kept.map(|it| of(it.reviewed, Topic::Kept(it.clone())));
        let is_questioned =
            |it: &Reviewed<'_>| material.disagreements.iter().any(|other| std::ptr::eq(other.reviewed(), it));
        let is_seen =
            |it: &Reviewed<'_>| !it.categories().any(|found| found.now.lacks_evidence(found.category));
        let green = self.services.iter();
        let green = green.filter(|it| it.colour() == RollUp::Green && !is_questioned(it) && is_seen(it));
        let green = green.map(|reviewed| of(reviewed, Topic::AllGreen(reviewed)));
        let is_seen = |at: &usize| {
            let category = material.map.columns[*at].category;
            !material.map.column(*at).any(|(_, standing)| standing.lacks_evidence(category))
        };
        let strongest =
            (0..material.map.columns.len()).filter(is_seen).map(|at| (at, material.map.counts(at)));
        let strongest =
            strongest.filter(|(_, counts)| counts.green > 1 && counts.green * 2 > counts.applicable());
        let strongest = strongest.max_by_key(|(at, counts)| (counts.green, Reverse(*at)));
        let strongest =
            strongest.map(|(at, counts)| about_all(Topic::Strength(material.map.columns[at], counts)));
        let latest = |reviewed: &&Reviewed<'e>| {
            let latest = reviewed.service.latest_assessment(self.today).map(|latest| latest.date);
            latest.filter(|latest| *latest > reviewed.since)
        };
        let looked_at = self.services.iter().filter(|it| latest(it).is_some()).max_by_key(latest);
        let looked_at = looked_at.map(|reviewed| of(reviewed, Topic::LookedAt(reviewed)));
        improved.chain(kept).chain(green).chain(strongest).chain(looked_at).collect()
    }

    /// Colours that outlasted reviews, and that are the team's own to change.
    fn long_standing<'r>(&'r self) -> Vec<PromptCandidate<'r, 'e>> {
        let of_service = |reviewed: &'r Reviewed<'e>| {
            let standing = reviewed.categories().filter_map(|found| {
                let ReviewedCategory { rubric, category, now, .. } = found;
                let colour = now.status.colour().filter(|colour| *colour < Colour::Green)?;
                let names = self.estate.rubrics.names_over_time(rubric, category);
                let is_waived = reviewed
                    .service
                    .waiver(&self.estate.settings.waivers, &rubric.id, &names, self.today)
                    .is_some();
                let reviews = self.reviews_outlasted(reviewed.service, now);
                let is_it = reviews >= LONG_STANDING && now.provider.is_none() && !is_waived;
                is_it.then_some((colour, category, *now, reviews))
            });
            standing.collect::<Vec<_>>()
        };
        let all = self
            .services
            .iter()
            .flat_map(|reviewed| of_service(reviewed).into_iter().map(move |standing| (reviewed, standing)));
        let mut all: Vec<_> = all.collect();
        all.sort_by_key(|(reviewed, (colour, _, _, reviews))| {
            (!reviewed.identity.golden_thread, *colour, Reverse(*reviews))
        });
        let candidate = |(reviewed, (_, category, now, reviews)): (&'r Reviewed<'e>, _)| {
            let category: &'e Category = category;
            let about = (reviewed.service.id.as_str(), category.id.as_str());
            let topic = Topic::LongStanding(reviewed, category, now, reviews);
            PromptCandidate { team: Some(&reviewed.identity.platform), about: Some(about), topic }
        };
        all.into_iter().map(candidate).collect()
    }

    /// Services with stale colours, or colours never reviewed; most of them first.
    fn unseen<'r>(&'r self) -> Vec<PromptCandidate<'r, 'e>> {
        let is_unseen = |now: &Standing<'_>| {
            let is_unknown = matches!(now.status, Status::NotAssessed | Status::NeedsRescore(_));
            now.is_stale || (is_unknown && now.provider.is_none())
        };
        let count =
            |reviewed: &Reviewed<'e>| reviewed.categories().filter(|found| is_unseen(found.now)).count();
        let counts = self.services.iter().map(|reviewed| (count(reviewed), reviewed));
        let mut unseen: Vec<_> = counts.filter(|(count, _)| *count > 0).collect();
        unseen.sort_by_key(|(count, reviewed)| (Reverse(*count), !reviewed.identity.golden_thread));
        unseen.into_iter().map(|(count, reviewed)| of(reviewed, Topic::Unseen(reviewed, count))).collect()
    }

    /// Waivers that end before the review after this one, or have ended while the category is still red; the first to end
    /// first.
    fn waivers_ending<'r>(&'r self) -> Vec<PromptCandidate<'r, 'e>> {
        let of_service = |reviewed: &'r Reviewed<'e>| {
            let next = self.calendar(reviewed.service).next_after(self.today);
            let is_red = |waiver: &&Waiver| {
                let standings = reviewed.standings_of(self.estate, &waiver.category);
                standings.iter().any(|found| found.now.status == Status::Rated(Colour::Red))
            };
            let ending = reviewed.service.waivers.iter().filter(move |waiver| waiver.until < next);
            ending.filter(is_red).map(|waiver| (reviewed, waiver)).collect::<Vec<_>>()
        };
        let mut ending: Vec<_> = self.services.iter().flat_map(of_service).collect();
        ending.sort_by_key(|(_, waiver)| waiver.until);
        let candidate = |(reviewed, waiver): (&'r Reviewed<'e>, &'e Waiver)| {
            let about = (reviewed.service.id.as_str(), waiver.category.id.as_str());
            PromptCandidate { about: Some(about), ..of(reviewed, Topic::Waiver(reviewed, waiver)) }
        };
        ending.into_iter().map(candidate).collect()
    }

    /// What can always be asked, about all services together.
    fn fillers<'r>(&'r self, material: &PromptSources<'_, 'r, 'e>) -> Vec<Topic<'r, 'e>> {
        let glance = self.glance(|_| true);
        let judgements = glance.now.judgements;
        let open: Vec<_> = material.commitments.iter().filter(|it| it.status.is_open()).collect();
        let next = self.services.iter().map(|it| self.calendar(it.service).next_after(self.today)).min();
        let has_no_colour = judgements.applicable() > 0 && judgements.rated() == 0;
        let asks_nobody = open.iter().all(|it| it.action.support.is_none());
        let fillers = [
            (judgements.applicable() > 0).then_some(Topic::NextGreen(glance)),
            Some(Topic::OpenCommitments(open.len())),
            (judgements.rated() > 0).then_some(Topic::Freshness(judgements.stale, judgements.rated())),
            asks_nobody.then_some(Topic::NoSupport),
            next.map(Topic::NextReview),
            has_no_colour.then_some(Topic::NoColour(judgements.applicable())),
        ];
        fillers.into_iter().flatten().collect()
    }
}

/// Prompts that are chosen, each with the place of its kind.
#[derive(Default)]
struct Chosen<'r, 'e> {
    prompts: Vec<(usize, Prompt<'r, 'e>)>,
    teams: BTreeMap<&'e PlatformId, usize>,
    about: HashSet<(&'e str, &'e str)>,
}

impl<'r, 'e> Chosen<'r, 'e> {
    /// Takes a candidate, unless its team or what it is about has had its turn.
    fn take(&mut self, candidate: PromptCandidate<'r, 'e>, kind: usize) -> bool {
        let PromptCandidate { topic, team, about } = candidate;
        let of_team = team.map_or(0, |team| self.teams.get(team).copied().unwrap_or(0));
        if of_team >= MAX_ABOUT_ONE_TEAM || about.is_some_and(|about| self.about.contains(&about)) {
            return false;
        }
        if let Some(team) = team {
            *self.teams.entry(team).or_default() += 1;
        }
        self.about.extend(about);
        self.prompts.push((kind, Prompt { topic, team }));
        true
    }
}

fn of<'r, 'e>(reviewed: &'r Reviewed<'e>, topic: Topic<'r, 'e>) -> PromptCandidate<'r, 'e> {
    PromptCandidate { topic, team: Some(&reviewed.identity.platform), about: None }
}

fn about_all<'r, 'e>(topic: Topic<'r, 'e>) -> PromptCandidate<'r, 'e> {
    PromptCandidate { topic, team: None, about: None }
}

/// What dropped, is red from the start, or slipped, in this order.
fn worse<'r, 'e>(material: &PromptSources<'_, 'r, 'e>) -> Vec<PromptCandidate<'r, 'e>> {
    let is_worse = |it: &&Development<'r, 'e>| match it.kind {
        DevelopmentKind::Dropped | DevelopmentKind::Slipped => true,
        DevelopmentKind::FirstRated => it.now.status.colour() == Some(Colour::Red),
        DevelopmentKind::NoLongerRated
        | DevelopmentKind::StillRed
        | DevelopmentKind::Recovered
        | DevelopmentKind::Improved => false,
    };
    let worse = material.developments.iter().filter(is_worse).filter(|it| it.now.provider.is_none());
    let candidate = |it: &Development<'r, 'e>| {
        let about = (it.reviewed.service.id.as_str(), it.category.id.as_str());
        PromptCandidate { about: Some(about), ..of(it.reviewed, Topic::Worse(*it)) }
    };
    worse.map(candidate).collect()
}

fn disagreement<'r, 'e>(it: &Disagreement<'r, 'e>) -> PromptCandidate<'r, 'e> {
    of(it.reviewed(), Topic::Disagreement(it.clone()))
}

fn is_overdue(it: &Commitment<'_, '_>) -> bool {
    it.status == ActionStatus::Overdue
}

fn overdue<'r, 'e>(it: &Commitment<'r, 'e>) -> PromptCandidate<'r, 'e> {
    of(it.reviewed, Topic::Overdue(it.clone()))
}

fn no_effect<'r, 'e>(it: &Commitment<'r, 'e>) -> PromptCandidate<'r, 'e> {
    let category = it.categories.first().map(|category| category.id.as_str());
    let about = category.map(|category| (it.reviewed.service.id.as_str(), category));
    PromptCandidate { about, ..of(it.reviewed, Topic::NoEffect(it.clone())) }
}

fn hot_spot<'r, 'e>(spot: &HotSpot<'e>) -> PromptCandidate<'r, 'e> {
    let team = if let Remedy::Team(team) = spot.remedy { Some(team) } else { None };
    PromptCandidate { topic: Topic::HotSpot(spot.clone()), team, about: None }
}

/// Who is needed from outside, most asked for first.
fn support<'r, 'e>(material: &PromptSources<'_, 'r, 'e>) -> Vec<PromptCandidate<'r, 'e>> {
    let needs = SupportNeed::of(material.commitments).into_iter();
    needs.map(|need| about_all(Topic::Support(need.from, need.asks.len()))).collect()
}
