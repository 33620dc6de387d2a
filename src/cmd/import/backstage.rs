//! `fundamentals import backstage`

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::super::stop::{Result, Stop};
use super::super::{Context, Outcome, Verbosity};
use super::notes::{self, ImportNotes};
use super::services::{Others, open_for_import, write_missing};
use crate::cli::ImportBackstageArgs;
use crate::diag::{Code, Diagnostic, Problems, Severity};
use crate::eval::{self, Coverage};
use crate::load::{
    DescribedService, LoadedCatalog, STDIN, StdinText, catalog_services, name_without_id, same_id,
};
use crate::model::{CatalogComponent, CatalogEntry, CatalogSettings};
use crate::report::coverage as report;
use crate::source::Spanned;
use crate::text::{list, list_some, plural, sanitize};

pub(super) fn run(args: &ImportBackstageArgs, context: &mut Context<'_>) -> Result {
    let loaded = open_for_import(context)?;
    let settings = chosen(args, &loaded.estate.settings.catalog);
    // A service whose component turned into something else has not left the catalog.
    let all = CatalogSettings { types: Vec::new(), lifecycles: Vec::new(), ..settings.clone() };
    let catalog = read(args, &all, context)?;
    let LoadedCatalog { services, sources, mut problems, skipped } = catalog;
    let mut components = Vec::with_capacity(services.len());
    for DescribedService { component, problems: own } in services {
        problems.extend(own);
        components.push(component);
    }
    let mut coverage = eval::coverage(&components, &loaded.estate, context.today);
    coverage.components.retain(|(component, _)| component.is_service(&settings));
    if args.coverage {
        problems.sort();
        let notes = ImportNotes { problems: &problems, sources: &sources, renamed: &[], skipped: &skipped };
        notes::show(&notes, context)?;
        refuse_nothing(&coverage, &settings, &problems)?;
        let estate = loaded.estate.settings.name.as_deref();
        let report = report::build(&coverage, estate, &sources, &loaded.sources);
        report::render(&report, args.format, context.width, context.out)?;
        let is_error = |problem: &Diagnostic| problem.severity() == Severity::Error;
        // An estate may begin with what its catalog has.
        let of_estate = loaded.problems.iter().filter(|problem| problem.code != Code::NothingToCheck);
        let is_wrong = of_estate.chain(problems.iter()).any(is_error);
        return Ok(if is_wrong { Outcome::InvalidInput } else { Outcome::Fine });
    }
    let MissingServices { entries, renamed, without_id, problems: unnamed } = missing_services(&coverage);
    problems.extend(unnamed);
    let (new, unknown) = catalog_services(entries, &loaded.estate.settings);
    problems.extend(unknown);
    problems.sort();
    let notes = ImportNotes { problems: &problems, sources: &sources, renamed: &renamed, skipped: &skipped };
    notes::show(&notes, context)?;
    refuse_nothing(&coverage, &settings, &problems)?;
    if problems.has_errors() {
        return Err(Stop::shown(Outcome::InvalidInput, "the catalog's files have errors"));
    }
    let present = coverage.components.iter().filter(|(_, service)| service.is_some()).count();
    let outcome = write_missing(new, &Others { present, without_id }, &args.services, &loaded, context)?;
    offer_retirement(&coverage, context)?;
    Ok(outcome)
}

/// The settings, with what the command line chooses in their place.
fn chosen(args: &ImportBackstageArgs, settings: &CatalogSettings) -> CatalogSettings {
    let or =
        |given: &Vec<String>, set: &Vec<String>| if given.is_empty() { set.clone() } else { given.clone() };
    CatalogSettings {
        kinds: or(&args.kind, &settings.kinds),
        types: or(&args.r#type, &settings.types),
        lifecycles: or(&args.lifecycle, &settings.lifecycles),
        ..settings.clone()
    }
}

/// Reads what the command line names, or else the catalog of the settings.
fn read(
    args: &ImportBackstageArgs,
    settings: &CatalogSettings,
    context: &mut Context<'_>,
) -> Result<LoadedCatalog> {
    let is_stdin = |path: &&PathBuf| path.as_path() == Path::new(STDIN);
    let stdin = args.paths.iter().any(|path| is_stdin(&path)).then(|| StdinText::read(context.stdin));
    if args.paths.is_empty() {
        if settings.files.is_empty() {
            let reason = "name the catalog's files or folders, or give their globs as `files` in `[catalog]` of fundamentals.toml";
            return Err(Stop::usage(reason));
        }
        return Ok(context.estate.load_catalog(settings));
    }
    let paths: Vec<_> =
        args.paths.iter().filter(|path| !is_stdin(path)).map(|path| context.path(path)).collect();
    Ok(context.estate.load_backstage(&paths, stdin, settings))
}

/// Ends the command where there is nothing to look at.
fn refuse_nothing(coverage: &Coverage<'_>, settings: &CatalogSettings, problems: &Problems) -> Result<()> {
    if !coverage.components.is_empty() {
        return Ok(());
    }
    if problems.has_errors() {
        return Err(Stop::shown(Outcome::InvalidInput, "the catalog's files have errors"));
    }
    let what = [
        (" of the kind ", &settings.kinds),
        (" of the type ", &settings.types),
        (" of the lifecycle ", &settings.lifecycles),
    ];
    let what = what.into_iter().filter(|(_, names)| !names.is_empty());
    let what: Vec<_> = what.map(|(what, names)| format!("{what}{}", list(names))).collect();
    let what = what.concat();
    Err(Stop::invalid(format!(
        "no entity of Backstage was found that is a service{what}; `-v` lists what was skipped"
    )))
}

/// The services of a catalog that have no file.
#[derive(Default)]
struct MissingServices {
    /// By the ids that they get.
    entries: Vec<CatalogEntry>,
    /// Names that are no ids, each with the id that takes its place.
    renamed: Vec<(Spanned<String>, String)>,
    /// Names of services that have no id of their own. Where two have one id, nobody knows which is meant: both are here.
    without_id: Vec<String>,
    problems: Problems,
}

fn missing_services(coverage: &Coverage<'_>) -> MissingServices {
    let id = |component: &CatalogComponent| eval::service_id(&component.entry.name.value);
    let mut of_id: HashMap<String, Vec<&CatalogComponent>> = HashMap::new();
    for (component, _) in &coverage.components {
        if let Some(id) = id(component) {
            of_id.entry(id.as_str().to_lowercase()).or_default().push(component);
        }
    }
    let mut missing = MissingServices::default();
    for (component, _) in coverage.components.iter().filter(|(_, service)| service.is_none()) {
        let mut entry = component.entry.clone();
        let Some(id) = id(component) else {
            missing.problems.push(name_without_id(&entry.name));
            missing.without_id.push(entry.name.value);
            continue;
        };
        let same = of_id.get(&id.as_str().to_lowercase()).map_or(&[][..], Vec::as_slice);
        if let [first, _, ..] = same {
            let is_first = std::ptr::eq(*first, *component);
            // Two of the same name are reported as that.
            if !is_first && first.entity.name() != component.entity.name() {
                missing.problems.push(same_id(id.as_str(), entry.name.span, first.entry.name.span));
            }
            missing.without_id.push(entry.name.value);
            continue;
        }
        if entry.name.value != id.as_str() {
            entry.title = entry.title.or_else(|| Some(entry.name.clone()));
            missing.renamed.push((entry.name.clone(), id.to_string()));
            entry.name.value = id.to_string();
        }
        missing.entries.push(entry);
    }
    missing
}

/// Says how to retire what the catalog doesn't have: whether it has gone, nobody here knows.
fn offer_retirement(coverage: &Coverage<'_>, context: &mut Context<'_>) -> Result<()> {
    let gone: Vec<_> = coverage.without_component.iter().map(|service| service.id.as_str()).collect();
    let Some(first) = gone.first().filter(|_| context.verbosity != Verbosity::Quiet) else { return Ok(()) };
    let count = plural(gone.len(), "service is", "services are");
    writeln!(context.err, "note: {count} not in this catalog: {}", sanitize(&list_some(&gone)))?;
    let command = format!("fundamentals retire {first} --on {} --because …", context.today);
    Ok(writeln!(context.err, "  if it has left for good: `{}`", sanitize(&command))?)
}
