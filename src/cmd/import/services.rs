//! Missing service files of a catalog's services: all of them are written, or none.

use std::collections::BTreeMap;

use super::super::change::{Mode, say_where_to_apply, try_out, write_new_file_patch, wrong_file};
use super::super::new_id::{IdOf, refuse_new_id};
use super::super::new_place::{NewPlaces, PlaceChoice};
use super::super::open::settings_error;
use super::super::required_fact::{RequiredFact, domain_of_platform};
use super::super::stop::{Result, Stop};
use super::super::{Context, Outcome};
use crate::cli::NewServicesArgs;
use crate::edit::{self, NewFile, NewService};
use crate::load::{CatalogService, FileText, Loaded, MappedField};
use crate::model::{CatalogEntry, ServiceId};
use crate::text::{list_some, plural, sanitize};

/// Loads the estate that services are brought into. It may be empty.
pub(super) fn open_for_import(context: &Context<'_>) -> Result<Loaded> {
    let loaded = context.estate.load();
    match settings_error(&loaded) {
        Some(title) => {
            let reason = format!("the settings have errors: {title}; `fundamentals check` shows them");
            Err(Stop::invalid(reason))
        }
        None => Ok(loaded),
    }
}

/// The services of a catalog that have no file, and how many have one.
pub(super) fn without_file(mut entries: Vec<CatalogEntry>, loaded: &Loaded) -> (Vec<CatalogEntry>, usize) {
    let all = entries.len();
    entries.retain(|entry| {
        let id = entry.name.value.as_str();
        loaded.estate.service(id).is_none() && !loaded.estate.is_unreadable(id)
    });
    let present = all - entries.len();
    (entries, present)
}

/// Services of a catalog for which no file is written.
pub(super) struct Others {
    /// How many have a file already.
    pub present: usize,
    /// Names of those that have no id of their own.
    pub without_id: Vec<String>,
}

/// Writes a file for each service, none of which has one.
pub(super) fn write_missing(
    missing: Vec<CatalogService>,
    others: &Others,
    args: &NewServicesArgs,
    loaded: &Loaded,
    context: &mut Context<'_>,
) -> Result {
    let new = describe(missing, args, loaded)?;
    let files = place(&new, loaded, context)?;
    let texts: Vec<FileText<'_>> =
        files.iter().map(|(shown, file)| (shown.as_str(), Some(file.text.clone()))).collect();
    if let Err(after) = try_out(loaded, &texts, context.clock()) {
        return Err(wrong_file(&after, context)?);
    }
    let mode = Mode::of(args.dry_run);
    match mode {
        Mode::DryRun => {
            let levels = files.iter().map(|(shown, _)| edit::levels_up(shown)).max().unwrap_or(0);
            for (shown, file) in &files {
                write_new_file_patch(shown, &file.text, levels, context)?;
            }
            say_where_to_apply(levels, context)?;
        }
        Mode::Write => {
            let new: Vec<_> = files.iter().map(|(_, file)| file.clone()).collect();
            edit::create_together(&new)?;
            for (shown, _) in &files {
                writeln!(context.out, "Written to {}.", sanitize(shown))?;
            }
        }
    }
    finish(mode, files.len(), others, context)
}

/// The new services, as far as everything required is known of each.
fn describe(
    services: Vec<CatalogService>,
    args: &NewServicesArgs,
    loaded: &Loaded,
) -> Result<Vec<(ServiceId, NewService)>> {
    let estate = &loaded.estate;
    let mut lacking: BTreeMap<RequiredFact, Vec<String>> = BTreeMap::new();
    let mut described = Vec::new();
    for service in services {
        let name = &service.entry.name.value;
        let id = ServiceId::new(name)
            .map_err(|rule| Stop::invalid(format!("`{name}` can't be an id: an id {rule}")))?;
        // What the estate's own catalog says stands there and needs no second place.
        let in_catalog = loaded.catalog_service(&id);
        let supplied: Vec<_> = in_catalog.into_iter().flat_map(CatalogService::given).collect();
        let golden_thread = service.golden_thread.is_some_and(|golden| golden.value);
        let platform = service.platform.map(|platform| platform.value.to_string());
        let platform = platform.or_else(|| args.platform.clone());
        let implied = platform.as_deref().and_then(|platform| domain_of_platform(platform, estate));
        let domain = service.domain.map(|domain| domain.value.to_string());
        let domain = domain.or_else(|| implied.map(str::to_owned)).or_else(|| args.domain.clone());
        let top = || golden_thread.then(|| estate.settings.criticality.top().name().to_owned());
        let criticality = service.criticality.map(|level| level.value.name().to_owned());
        let criticality = criticality.or_else(top).or_else(|| args.criticality.clone());
        for (fact, value) in [
            (RequiredFact::Platform, &platform),
            (RequiredFact::Domain, &domain),
            (RequiredFact::Criticality, &criticality),
        ] {
            if value.is_none() && !supplied.contains(&fact.in_catalog()) {
                lacking.entry(fact).or_default().push(name.clone());
            }
        }
        let unless_supplied = |field, value| Some(value).filter(|_| !supplied.contains(&field)).flatten();
        let mut new = NewService {
            id: name.clone(),
            title: None,
            domain: unless_supplied(MappedField::Domain, domain),
            platform: unless_supplied(MappedField::Platform, platform),
            owner: None,
            criticality: unless_supplied(MappedField::Criticality, criticality),
            golden_thread: golden_thread && !supplied.contains(&MappedField::GoldenThread),
            lifecycle: None,
            tags: Vec::new(),
            links: Vec::new(),
            // What a catalog knows was there before, and its past may be imported next.
            joined: args.joined,
        };
        if in_catalog.is_none() {
            let entry = service.entry;
            new.title = entry.title.map(|title| title.value);
            new.owner = entry.owner.map(|owner| owner.value);
            new.lifecycle = entry.lifecycle.map(|lifecycle| lifecycle.value);
            new.tags = entry.tags.into_iter().map(|tag| tag.value).collect();
            new.links = entry.links;
        }
        described.push((id, new));
    }
    if lacking.is_empty() {
        return Ok(described);
    }
    let requests =
        lacking.iter().map(|(fact, services)| format!("{} of {}", fact.request(estate), list_some(services)));
    let requests: Vec<_> = requests.collect();
    Err(Stop::usage(format!("more must be known of the services: {}", requests.join("; "))))
}

/// The files of new services, by their paths as they are shown.
fn place(
    services: &[(ServiceId, NewService)],
    loaded: &Loaded,
    context: &mut Context<'_>,
) -> Result<Vec<(String, NewFile)>> {
    let mut files = Vec::new();
    let mut refusals = Vec::new();
    let mut places = NewPlaces::new(loaded, context, PlaceChoice::Usual);
    for (id, new) in services {
        let path = refuse_new_id(id, IdOf::New, loaded).and_then(|()| {
            let path = places.usual(new, id)?;
            places.refuse(&path)?;
            Ok(path)
        });
        match path {
            Ok(path) => {
                files.push((context.estate.shown(&path), NewFile { path, text: edit::new_service(new) }));
            }
            Err(Stop::Refused(refusal)) => refusals.push(refusal),
            Err(Stop::Failed(error)) => return Err(Stop::Failed(error)),
        }
    }
    // The last one ends the command.
    let Some(last) = refusals.pop() else { return Ok(files) };
    for refusal in refusals {
        writeln!(context.err, "error: {}", sanitize(&refusal.reason))?;
    }
    Err(Stop::Refused(last))
}

/// Says what came of it.
fn finish(mode: Mode, written: usize, others: &Others, context: &mut Context<'_>) -> Result {
    let Others { present, without_id } = others;
    let out = match mode {
        Mode::Write => &mut *context.out,
        Mode::DryRun => &mut *context.err,
    };
    if written > 0 {
        let files = plural(written, "service file", "service files");
        match mode {
            Mode::Write => writeln!(out, "Written: {files}.")?,
            Mode::DryRun => writeln!(out, "{files} would be written. No file was changed.")?,
        }
    }
    if *present > 0 {
        let have = if *present == 1 { "has" } else { "have" };
        writeln!(out, "{} {have} a file already.", plural(*present, "service", "services"))?;
    }
    if !without_id.is_empty() {
        let count = plural(without_id.len(), "service was left out", "services were left out");
        let whose = if without_id.len() == 1 { "its" } else { "their" };
        let names = list_some(without_id);
        writeln!(out, "{count}, for lack of an id of {whose} own: {}.", sanitize(&names))?;
    }
    Ok(Outcome::Fine)
}
