//! `fundamentals add`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::change::{refuse_wrong_file, try_out};
use super::open::settings_error;
use super::{Context, Outcome, seen_from};
use crate::cli::AddArgs;
use crate::diag::{harmless, list_some};
use crate::edit::{self, NewService};
use crate::load::{self, Loaded};
use crate::model::{Service, ServiceId};

pub(super) fn run(args: &AddArgs, context: &mut Context<'_>) -> Result<Outcome> {
    let loaded = load::load(context.request());
    if let Some(title) = settings_error(&loaded) {
        let reason = format!("the settings have errors: {title}; `fundamentals check` shows them");
        return context.refuse(Outcome::InvalidInput, &reason);
    }
    if let Some(reason) = id_is_taken(&args.service, &loaded) {
        return context.refuse(Outcome::WrongUsage, &reason);
    }
    let service = match described(args, &loaded) {
        Ok(service) => service,
        Err(reason) => return context.refuse(Outcome::WrongUsage, &reason),
    };
    let path = match &args.file {
        Some(path) => seen_from(&context.current_dir, path),
        None => folder(&service, &loaded, context).join(format!("{}.yaml", service.id)),
    };
    if !load::is_service_path(context.request(), &loaded.estate.settings, &path) {
        let globs = list_some(&loaded.estate.settings.services);
        let reason =
            format!("{} would not be found: service files are those that match {globs}", path.display());
        return context.refuse(Outcome::WrongUsage, &reason);
    }
    let text = edit::new_service(&service);
    let shown = load::shown_path(context.request(), &path);
    if let Err(after) = try_out(&loaded, &shown, text.clone(), context.today) {
        return refuse_wrong_file(&after, context);
    }
    edit::create(&path, &text)?;
    writeln!(context.out, "Written to {}.", harmless(&shown))?;
    writeln!(context.out, "\nNext: `fundamentals score {}` judges it for the first time.", service.id)?;
    Ok(Outcome::Fine)
}

/// Why an id can't be that of a new service.
fn id_is_taken(id: &str, loaded: &Loaded) -> Option<String> {
    if let Err(rule) = ServiceId::new(id) {
        return Some(format!("`{id}` can't be an id: an id {rule}"));
    }
    if let Some(known) = loaded.estate.service(id) {
        let path = loaded.sources.file(known.span.file).path();
        return Some(format!("there is a service `{id}` already, in {path}"));
    }
    let has_errors = loaded.left_out.iter().any(|left_out| left_out == id);
    has_errors.then(|| format!("there is a service `{id}` already, whose file has errors"))
}

/// Who the service is, or what is missing.
fn described(args: &AddArgs, loaded: &Loaded) -> Result<NewService, String> {
    let settings = &loaded.estate.settings;
    let services = loaded.estate.services();
    let top = || Some(settings.criticality.top().name().to_owned()).filter(|_| args.golden_thread);
    let platform = args.platform.clone();
    let domain = args.domain.clone().or_else(|| {
        let of_platform = services.iter().filter(|it| Some(it.platform.as_str()) == platform.as_deref());
        only(of_platform.map(|service| service.domain.as_str())).map(str::to_owned)
    });
    let criticality = args.criticality.clone().or_else(top);
    let (Some(domain), Some(platform), Some(criticality)) =
        (domain.clone(), platform.clone(), criticality.clone())
    else {
        let known_domains = settings.domains.iter().map(|domain| domain.id.as_str());
        let domains = known_domains.chain(services.iter().map(|service| service.domain.as_str()));
        let platforms = services.iter().map(|service| service.platform.as_str());
        let levels = settings.criticality.names().collect();
        let missing = [
            ("--platform", platform.is_none(), sorted(platforms)),
            ("--domain", domain.is_none(), sorted(domains)),
            ("--criticality", criticality.is_none(), levels),
        ];
        let missing = missing.into_iter().filter(|(_, is_missing, _)| *is_missing);
        let missing: Vec<_> = missing.map(|(flag, _, known)| needed(flag, &known)).collect();
        return Err(format!("more must be known of the service: {}", missing.join("; ")));
    };
    Ok(NewService {
        id: args.service.clone(),
        title: args.title.clone(),
        domain,
        platform,
        owner: args.owner.clone(),
        criticality,
        golden_thread: args.golden_thread,
        tags: args.tag.clone(),
    })
}

/// `--domain (known here: …)`
fn needed(flag: &str, known: &[&str]) -> String {
    if known.is_empty() { flag.to_owned() } else { format!("{flag} (known here: {})", list_some(known)) }
}

fn sorted<'s>(names: impl Iterator<Item = &'s str>) -> Vec<&'s str> {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The one value that all have.
fn only<'s>(mut values: impl Iterator<Item = &'s str>) -> Option<&'s str> {
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

/// Where most services of its platform are or, without one, of its domain; else where the estate looks first.
fn folder(service: &NewService, loaded: &Loaded, context: &Context<'_>) -> PathBuf {
    let folder_of = |of: &Service| {
        let path = loaded.sources.file(of.span.file).path();
        Path::new(path).parent().unwrap_or(Path::new("")).to_owned()
    };
    let most = |is_like: &dyn Fn(&&Service) -> bool| {
        let mut counts: BTreeMap<PathBuf, usize> = BTreeMap::new();
        for like in loaded.estate.services().iter().filter(is_like) {
            *counts.entry(folder_of(like)).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(folder, _)| folder)
    };
    let beside = most(&|it| it.platform.as_str() == service.platform)
        .or_else(|| most(&|it| it.domain.as_str() == service.domain));
    match beside {
        Some(folder) => seen_from(&context.current_dir, &folder),
        None => load::first_service_folder(context.request(), &loaded.estate.settings),
    }
}
