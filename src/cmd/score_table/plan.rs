//! What a table adds to each service: by day and rubric, oldest first, without what is said already.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use rayon::prelude::*;

use super::TableRequest;
use super::contradictions::ContradictedFiles;
use crate::cmd::filter;
use crate::cmd::stop::Result;
use crate::diag::{Code, Diagnostic, Problems};
use crate::eval::{Contradictions, replaced, rubrics_in_force, with_scoring, without_repeats};
use crate::load::{Loaded, RatingTable, ScoreInput, TableRating};
use crate::model::{Assessment, CategoryId, Date, Rubric, RubricId, RubricKey, Scoring, Service, ServiceId};
use crate::report::scored::ScoredCounts;
use crate::source::Span;
use crate::text::list;

/// What a table adds to a service.
pub(super) struct ServicePlan {
    pub id: ServiceId,
    /// By day; none if nothing is new.
    pub scorings: Vec<Scoring>,
    pub counts: ScoredCounts,
}

/// Decides what a table adds to each service that it names, or to the only one that was asked for; what is wrong is reported
/// to the table.
pub(super) fn plan(
    request: &TableRequest<'_>,
    loaded: &Loaded,
    only: Option<&Service>,
    table: &mut RatingTable,
) -> Result<Vec<ServicePlan>> {
    let ratings = std::mem::take(&mut table.ratings);
    let options = request.options.map(|options| {
        let (input, file) = options(table.next_file());
        table.add_file(file);
        input
    });
    let mut by_service: BTreeMap<&ServiceId, Vec<&TableRating>> = BTreeMap::new();
    if let Some(service) = only {
        if ratings.is_empty() && table.skipped == 0 {
            table.report_no_row_about(&service.id);
        }
        by_service.insert(&service.id, Vec::new());
    }
    for rating in &ratings {
        by_service.entry(&rating.service).or_default().push(rating);
    }
    let known =
        by_service.iter().filter_map(|(id, ratings)| Some((loaded.estate.with_id(id.as_str())?, ratings)));
    let known: Vec<_> = known.collect();
    if let (Some(name), Some((service, _))) = (request.rubric, known.first()) {
        // A name that means nothing is wrong usage, once.
        filter::rubric_of(name, &loaded.estate, service, loaded.estate.rubrics.newest().published)?;
    }
    let shared = &*table;
    let outcomes = known.into_par_iter().map(|(service, ratings)| {
        let current = loaded.as_written(service).clone();
        let planner = Planner { request, loaded, table: shared, current, outcome: Outcome::default() };
        planner.plan(ratings, options.clone())
    });
    let outcomes: Vec<_> = outcomes.collect();
    let (mut plans, mut contradictions) = (Vec::new(), ContradictedFiles::default());
    for (plan, outcome) in outcomes {
        table.problems.extend(outcome.problems);
        for finding in outcome.findings {
            match finding {
                Finding::UnknownCategory(rating, rubric) => table.note_unknown_category(rating, &rubric),
                Finding::Contradiction(rating, there) => {
                    contradictions.report(rating, there, loaded, table);
                }
                Finding::Other { code, title, help, rating } => table.note(code, &title, help, rating),
            }
        }
        plans.push(plan);
    }
    table.report_noted();
    Ok(plans)
}

/// What is wrong with scores, and may be so with many.
enum Finding<'t> {
    UnknownCategory(&'t TableRating, Arc<Rubric>),
    /// The file says something else on that day, at this place of it.
    Contradiction(&'t TableRating, Span),
    Other {
        code: Code,
        title: String,
        help: String,
        rating: &'t TableRating,
    },
}

#[derive(Default)]
struct Outcome<'t> {
    problems: Problems,
    findings: Vec<Finding<'t>>,
}

/// Goes through the days of a service, which becomes what it would be.
struct Planner<'p, 't> {
    request: &'p TableRequest<'p>,
    loaded: &'p Loaded,
    table: &'p RatingTable,
    current: Service,
    outcome: Outcome<'t>,
}

/// Scores of a day under one rubric.
struct DayGroup<'t> {
    rubric: Arc<Rubric>,
    input: ScoreInput,
    by: Vec<String>,
    with: Vec<String>,
    known: BTreeMap<CategoryId, &'t TableRating>,
}

impl<'t> Planner<'_, 't> {
    fn plan(
        mut self,
        ratings: &[&'t TableRating],
        options: Option<ScoreInput>,
    ) -> (ServicePlan, Outcome<'t>) {
        let mut days: BTreeMap<Date, Vec<&TableRating>> = BTreeMap::new();
        for rating in ratings {
            days.entry(rating.date).or_default().push(*rating);
        }
        let mut options = options.zip(self.request.date);
        if let Some((_, date)) = &options {
            days.entry(*date).or_default();
        }
        let mut plan = ServicePlan {
            id: self.current.id.clone(),
            scorings: Vec::new(),
            counts: ScoredCounts::default(),
        };
        for (date, ratings) in days {
            if let Some((retired, first)) = self.current.retirement_on(date).zip(ratings.first()) {
                let title = format!("`{}` is retired from {} on", plan.id, retired.on);
                let help =
                    "leave these scores out; or `fundamentals retire SERVICE --undo` brings the service back";
                self.find(Code::InvalidDate, title, help.to_owned(), first);
                continue;
            }
            let of_day = options.take_if(|(_, day)| *day == date).map(|(input, _)| input);
            for group in self.groups(date, &ratings, of_day) {
                plan.scorings.extend(self.scoring(date, group, &mut plan.counts));
            }
        }
        (plan, self.outcome)
    }

    fn find(&mut self, code: Code, title: String, help: String, rating: &'t TableRating) {
        self.outcome.findings.push(Finding::Other { code, title, help, rating });
    }

    /// The scores of a day by their rubrics.
    fn groups(
        &mut self,
        date: Date,
        ratings: &[&'t TableRating],
        options: Option<ScoreInput>,
    ) -> Vec<DayGroup<'t>> {
        let mut groups: BTreeMap<RubricKey, DayGroup<'t>> = BTreeMap::new();
        for rating in ratings {
            let Some(rubric) = self.rubric_of(date, rating) else { continue };
            let Some(category) = self.table.find_category(rating, &rubric) else {
                self.outcome.findings.push(Finding::UnknownCategory(rating, rubric));
                continue;
            };
            let id = rubric.category(category).id.clone();
            let group = groups.entry(rubric.key()).or_insert_with(|| self.group(rubric));
            match group.known.entry(id.clone()) {
                Entry::Occupied(first) if first.get().says_the_same_as(rating) => {}
                Entry::Occupied(first) => {
                    let title = format!("`{id}` of `{}` has two scores on {date}", rating.service);
                    let problem = Diagnostic::new(Code::ConflictingScore, title);
                    let problem =
                        problem.at(rating.span, "the second one").and(first.get().span, "the first one");
                    self.outcome
                        .problems
                        .push(problem.help("keep one of them, or give them different dates"));
                }
                Entry::Vacant(place) => {
                    place.insert(rating);
                    group.input.add_rating(rating, &id);
                    add_new(&mut group.by, rating.by());
                    add_new(&mut group.with, rating.with());
                }
            }
        }
        if let Some(options) = options {
            self.add_options(date, options, &mut groups);
        }
        groups.into_values().collect()
    }

    fn group(&self, rubric: Arc<Rubric>) -> DayGroup<'t> {
        DayGroup {
            rubric,
            input: ScoreInput::default(),
            by: self.request.by.to_vec(),
            with: self.request.with.to_vec(),
            known: BTreeMap::new(),
        }
    }

    /// Adds what the command line says besides, under the rubric of the table's scores.
    fn add_options(&self, date: Date, options: ScoreInput, groups: &mut BTreeMap<RubricKey, DayGroup<'t>>) {
        let estate = &self.loaded.estate;
        let named =
            self.request.rubric.and_then(|name| filter::rubric_of(name, estate, &self.current, date).ok());
        let in_force = rubrics_in_force(estate, &self.current, date);
        let has_all = |rubric: &&&Arc<Rubric>| {
            options.categories().iter().all(|category| rubric.find(category).is_some())
        };
        let of_table = groups.values().map(|group| &group.rubric).next();
        let rubric = named
            .or_else(|| in_force.iter().find(has_all).copied())
            .or(of_table)
            .or(in_force.first().copied());
        if let Some(rubric) = rubric.cloned() {
            groups.entry(rubric.key()).or_insert_with(|| self.group(rubric)).input.extend(options);
        }
    }

    /// The rubric that a score was given under: the one that is pinned, or the one in force that has the category.
    fn rubric_of(&mut self, date: Date, rating: &'t TableRating) -> Option<Arc<Rubric>> {
        let estate = &self.loaded.estate;
        if let Some(name) = self.request.rubric {
            return filter::rubric_of(name, estate, &self.current, date).ok().cloned();
        }
        let in_force: Vec<_> = rubrics_in_force(estate, &self.current, date).into_iter().cloned().collect();
        let of_map = self.table.rubric.as_ref().map(ToString::to_string);
        if let Some(name) = rating.rubric().or(of_map) {
            let key = RubricKey::parse(&name);
            let pinned = key.as_ref().and_then(|key| estate.rubrics.get(key)).cloned();
            let id = RubricId::new(&name).ok();
            let of_id = id.and_then(|id| {
                let current = in_force.iter().find(|rubric| rubric.id == id);
                current.or_else(|| estate.rubrics.version_on(&id, date)).cloned()
            });
            if pinned.is_none() && of_id.is_none() {
                let keys: Vec<_> = estate.rubrics.iter().map(|rubric| rubric.key().to_string()).collect();
                let title = format!("unknown rubric `{name}`");
                self.find(Code::UnknownRubric, title, format!("known here: {}", list(&keys)), rating);
            }
            return pinned.or(of_id);
        }
        let having: Vec<_> =
            in_force.iter().filter(|rubric| self.table.find_category(rating, rubric).is_some()).collect();
        match (having.as_slice(), in_force.as_slice()) {
            ([rubric], _) if rubric.published > date => {
                let (key, published) = (rubric.key(), rubric.published);
                let title = format!("{key} was published on {published}, after the day of a score");
                let help =
                    format!("say `--rubric {key}` if it was given under that one, or `rubric` in a map");
                self.find(Code::UnpinnedRubric, title, help, rating);
                None
            }
            ([rubric], _) => Some(Arc::clone(rubric)),
            ([], [first, ..]) => self.other_version(rating, first),
            ([], []) => None,
            (several, _) => {
                let keys: Vec<_> = several.iter().map(|rubric| rubric.key().to_string()).collect();
                let title = format!("`{}` is a category of {}", rating.category.value, list(&keys));
                let help = "say which with `--rubric`, a column `rubric`, or `rubric` in a map".to_owned();
                self.find(Code::UnpinnedRubric, title, help, rating);
                None
            }
        }
    }

    /// Reports a category that the rubric in force doesn't have and another version does; else the category is unknown under
    /// the rubric in force.
    fn other_version(&mut self, rating: &'t TableRating, in_force: &Arc<Rubric>) -> Option<Arc<Rubric>> {
        let rubrics = &self.loaded.estate.rubrics;
        let mut others = rubrics
            .versions(&in_force.id)
            .filter(|rubric| self.table.find_category(rating, rubric).is_some());
        let Some(other) = others.next() else { return Some(Arc::clone(in_force)) };
        let (key, in_force) = (other.key(), in_force.key());
        let title =
            format!("`{}` is a category of {key}, and {in_force} was in force", rating.category.value);
        let help =
            format!("say `--rubric {key}` if the scores were given under that one, or correct the table");
        self.find(Code::UnpinnedRubric, title, help, rating);
        None
    }

    /// What a group adds to the service.
    fn scoring(&mut self, date: Date, group: DayGroup<'t>, counts: &mut ScoredCounts) -> Option<Scoring> {
        let DayGroup { rubric, input, by, with, known } = group;
        let parsed = input.parse(&rubric);
        let is_wrong = parsed.problems.has_errors();
        self.outcome.problems.extend(parsed.problems);
        let is_same = |assessment: &&Assessment| assessment.date == date && assessment.rubric.id == rubric.id;
        let same_day = self.current.assessments.iter().find(is_same).cloned();
        if is_wrong {
            return None;
        }
        let scoring = Scoring {
            date,
            rubric: rubric.key(),
            by,
            with,
            scores: parsed.scores,
            confirmation: parsed.confirmation,
        };
        let estate = &self.loaded.estate;
        let (scoring, repeated) =
            without_repeats(estate, &self.current, &rubric, scoring, self.request.repeats);
        counts.repeated += repeated;
        if scoring.is_empty() {
            return None;
        }
        if let Some(other) = same_day.as_ref().filter(|other| other.rubric.key() != rubric.key()) {
            if let Some(first) = known.values().next() {
                let title =
                    format!("`{}` has an assessment under {} on {date}", first.service, other.rubric.key());
                let help = format!("say `--rubric {}`, or give the scores another date", other.rubric.key());
                self.find(Code::DuplicateAssessment, title, help, first);
            }
            return None;
        }
        let others = replaced(estate, &self.current, &rubric, &scoring);
        counts.replacing += others.len();
        match self.request.contradictions {
            Contradictions::Replace => {}
            Contradictions::Refuse => {
                let found = others.iter().filter_map(|(id, there)| Some((known.get(id)?, *there)));
                let found = found.map(|(rating, there)| Finding::Contradiction(rating, there));
                self.outcome.findings.extend(found);
            }
        }
        let scoring = match &same_day {
            Some(assessment) => scoring.onto(assessment),
            None => scoring,
        };
        self.current = with_scoring(&self.current, &rubric, &scoring);
        Some(scoring)
    }
}

/// Adds names that aren't there yet.
fn add_new(names: &mut Vec<String>, more: &[String]) {
    for name in more {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
}
