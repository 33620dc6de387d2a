//! Filter flags → [`Selection`]. A value that nothing in the estate has is wrong usage, never an empty result.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::stop::{Result, Stop};
use crate::cli::{FilterArgs, ScopeArgs};
use crate::eval::{RubricChoice, Selection, rubrics_in_force};
use crate::load::Loaded;
use crate::model::{
    CategoryId, CategoryName, Date, DomainId, Estate, InvalidId, PillarId, PlatformId, Rubric, RubricId,
    RubricKey, Service, ServiceId,
};
use crate::text::{did_you_mean, list_some};

/// The selection that the flags mean. With a base, they may also name services that only it has.
pub(super) fn selection(args: &FilterArgs, estate: &Estate, base: Option<&Estate>) -> Result<Selection> {
    let FilterArgs { scope: scope_args, rubric: named } = args;
    let rubrics: Vec<_> = estate.rubrics.iter().map(|rubric| &**rubric).collect();
    let named = named.iter().map(|name| rubric_choice(name, estate));
    let scope = scope(scope_args, estate, &rubrics, base)?;
    Ok(Selection { rubrics: named.collect::<Result<_>>()?, ..scope })
}

/// The selection that those flags mean which say nothing of rubrics; pillars and categories are those of `rubrics`.
pub(super) fn scope(
    args: &ScopeArgs,
    estate: &Estate,
    rubrics: &[&Rubric],
    base: Option<&Estate>,
) -> Result<Selection> {
    let ScopeArgs { domain, platform, service, pillar, category, criticality, tag, golden_thread } = args;
    let services = estate.services();
    // What a service was is a name too: it selects past figures.
    let identities = || services.iter().flat_map(|service| service.identities.all());
    let domains = identities().map(|identity| identity.domain.as_str());
    let known_domains = estate.settings.domains.iter().map(|domain| domain.id.as_str());
    let platforms = identities().map(|identity| identity.platform.as_str());
    let gone = base.into_iter().flat_map(Estate::services).map(|service| service.id.as_str());
    let pillars = rubrics.iter().flat_map(|rubric| rubric.pillars.iter().map(|pillar| pillar.id.as_str()));
    let categories =
        rubrics.iter().flat_map(|rubric| rubric.categories.iter().map(|category| category.id.as_str()));
    let tags = identities().flat_map(|identity| identity.tags.iter().map(String::as_str));
    let levels = estate.settings.criticality.names();
    Ok(Selection {
        domains: find("domain", domain, domains.chain(known_domains), DomainId::new)?,
        platforms: find("platform", platform, platforms, PlatformId::new)?,
        services: services_called(service, estate, gone)?,
        rubrics: Vec::new(),
        pillars: find("pillar", pillar, pillars, PillarId::new)?,
        categories: find("category", category, categories, CategoryId::new)?,
        criticality: find("criticality", criticality, levels, |name| Ok(name.to_owned()))?,
        tags: find("tag", tag, tags, |name| Ok(name.to_owned()))?,
        golden_thread_only: *golden_thread,
    })
}

/// The services that these ids are or were those of; `gone` are ids that only a base has.
fn services_called<'e>(
    names: &[String],
    estate: &'e Estate,
    gone: impl Iterator<Item = &'e str>,
) -> Result<Vec<ServiceId>> {
    let old = estate.old_ids().map(|(old, _)| old.as_str());
    let known: Vec<_> = estate.service_names().chain(old).chain(gone).collect();
    if let Some(name) = names.iter().find(|name| !known.contains(&name.as_str()))
        && let Some(reason) = may_be_unidentified(name, estate)
    {
        return Err(Stop::invalid(reason));
    }
    let ids = find("service", names, known.into_iter(), ServiceId::new)?;
    let id_now = |id: ServiceId| estate.service(id.as_str()).map_or(id, |service| service.id.clone());
    Ok(ids.into_iter().map(id_now).collect())
}

/// Why there is nothing to show when the filters leave no service.
pub(super) fn no_service_left(estate: &Estate) -> &'static str {
    match estate.unreadable() {
        [] => "no service is left: the filters together match none",
        _ => "no service is left: those that are meant have errors in their files, or the filters match none",
    }
}

/// Why there is nothing to show when the filters leave no category.
pub(super) const NO_CATEGORY_LEFT: &str = "no category is left: the filters together match none";

fn find<'k, T>(
    what: &str,
    given: &[String],
    known: impl Iterator<Item = &'k str>,
    make: impl Fn(&str) -> std::result::Result<T, InvalidId>,
) -> Result<Vec<T>> {
    if given.is_empty() {
        return Ok(Vec::new());
    }
    let known: BTreeSet<_> = known.collect();
    let one = |name: &String| {
        let id = make(name).ok().filter(|_| known.contains(name.as_str()));
        id.ok_or_else(|| unknown(what, name, &known))
    };
    given.iter().map(one).collect()
}

/// The one service that a name means.
pub(super) fn service<'e>(name: &str, loaded: &'e Loaded) -> Result<&'e Service> {
    loaded.estate.service(name).ok_or_else(|| {
        if loaded.estate.is_unreadable(name) {
            return Stop::invalid(format!(
                "the file of `{name}` has errors; `fundamentals check` shows them"
            ));
        }
        if let Some(reason) = may_be_unidentified(name, &loaded.estate) {
            return Stop::invalid(reason);
        }
        unknown("service", name, &loaded.estate.service_names().collect())
    })
}

/// Why it is unknown whether there is a service of this name that was not found: a file with errors may be its.
pub(super) fn may_be_unidentified(name: &str, estate: &Estate) -> Option<String> {
    let files = estate.unidentified();
    (!files.is_empty()).then(|| {
        format!(
            "`{name}` may be in a file with errors that doesn't say its service: {}; `fundamentals check` shows them",
            list_some(files)
        )
    })
}

/// The day as of which a report is made: the one that was given, or today.
pub(super) fn until(asked: Option<Date>, today: Date) -> Result<Date> {
    match asked {
        Some(until) if until > today => Err(Stop::usage(format!("--until {until} is after today, {today}"))),
        Some(until) => Ok(until),
        None => Ok(today),
    }
}

/// The rubric that a name means, in every version or in one: `fundamentals`, `fundamentals@2`, or `2` alone for a version of
/// the estate's own.
fn rubric_choice(name: &str, estate: &Estate) -> Result<RubricChoice> {
    if let Some(id) = rubric_id(name, estate) {
        return Ok(RubricChoice { id: id.clone(), major: None });
    }
    let RubricKey { id, major } = rubric(name, estate)?.key();
    Ok(RubricChoice { id, major: Some(major) })
}

/// The rubric whose id a name is.
fn rubric_id<'e>(name: &str, estate: &'e Estate) -> Option<&'e RubricId> {
    estate.rubrics.iter().map(|rubric| &rubric.id).find(|id| id.as_str() == name)
}

/// The version of a rubric that a name means for a service on a day: by the id alone the one in force or, if none is, the
/// newest published one.
pub(super) fn rubric_of<'e>(
    name: &str,
    estate: &'e Estate,
    service: &'e Service,
    day: Date,
) -> Result<&'e Arc<Rubric>> {
    let Some(id) = rubric_id(name, estate) else { return rubric(name, estate) };
    let in_force = rubrics_in_force(estate, service, day).into_iter().find(|rubric| rubric.id == *id);
    let past = service.assessments.iter().rev().filter(|assessment| assessment.date <= day);
    let used = || past.map(|assessment| &assessment.rubric).find(|rubric| rubric.id == *id);
    let version = in_force.or_else(used).or_else(|| estate.rubrics.version_on(id, day));
    version.map_or_else(|| rubric(name, estate), Ok)
}

/// The rubric that a name means: `fundamentals@2`, or `2` alone for a version of the estate's own.
pub(super) fn rubric<'e>(name: &str, estate: &'e Estate) -> Result<&'e Arc<Rubric>> {
    let full = format!("{}@{name}", estate.default_rubric().id);
    let key = RubricKey::parse(name).or_else(|| RubricKey::parse(&full));
    let known = key.as_ref().and_then(|key| estate.rubrics.get(key));
    known.ok_or_else(|| {
        let keys: Vec<_> = estate.rubrics.iter().map(|rubric| rubric.key().to_string()).collect();
        let written = key.map_or_else(|| name.to_owned(), |key| key.to_string());
        unknown("rubric", &written, &keys.iter().map(String::as_str).collect())
    })
}

/// The category that a name means in one of the rubrics that are in force for a service: `load-testing`, or
/// `peak-readiness/load-testing` where several have it.
pub(super) fn category_of(
    name: &str,
    estate: &Estate,
    service: &Service,
    today: Date,
) -> Result<CategoryName> {
    let rubrics = rubrics_in_force(estate, service, today);
    let is_ambiguous = |id: &str| rubrics.iter().filter(|rubric| rubric.find(id).is_some()).count() > 1;
    let (rubric_name, id) = name.split_once('/').map_or((None, name), |(rubric, id)| (Some(rubric), id));
    let of_rubric = rubrics.iter().filter(|rubric| rubric_name.is_none_or(|name| rubric.id.as_str() == name));
    let having: Vec<_> = of_rubric.filter_map(|rubric| Some((*rubric, rubric.find(id)?))).collect();
    match having.as_slice() {
        [(rubric, ix)] => Ok(CategoryName {
            id: rubric.category(*ix).id.clone(),
            rubric: Some(rubric.id.clone()),
            is_qualified: is_ambiguous(id),
        }),
        [] => {
            let names = rubrics.iter().flat_map(|rubric| {
                let ids = rubric.categories.iter().map(|category| category.id.as_str());
                ids.map(|id| if is_ambiguous(id) { format!("{}/{id}", rubric.id) } else { id.to_owned() })
            });
            let names: Vec<_> = names.collect();
            Err(unknown("category", name, &names.iter().map(String::as_str).collect()))
        }
        several => {
            let names: Vec<_> = several.iter().map(|(rubric, _)| format!("`{}/{id}`", rubric.id)).collect();
            Err(Stop::usage(format!("`{name}` is in several rubrics: say {}", names.join(" or "))))
        }
    }
}

/// "unknown domain `shoping`: did you mean `shopping`?"
fn unknown(what: &str, name: &str, known: &BTreeSet<&str>) -> Stop {
    let all: Vec<_> = known.iter().copied().collect();
    let otherwise = format!("known here: {}", list_some(&all));
    let help = did_you_mean(name, all.iter().copied(), &otherwise);
    Stop::usage(format!("unknown {what} `{name}`: {help}"))
}
