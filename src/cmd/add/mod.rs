//! `fundamentals add`

mod ask;

use std::path::PathBuf;

use super::change::{try_out, wrong_file};
use super::new_id::{IdOf, refuse_new_id};
use super::open::settings_error;
use super::stop::{Result, Stop};
use super::{Context, Outcome};
use crate::cli::AddArgs;
use crate::edit::{self, NewService};
use crate::load::Loaded;
use crate::model::{Date, Estate, Identity, Service, ServiceId};
use crate::text::{list_some, sanitize};

pub(super) fn run(args: &AddArgs, context: &mut Context<'_>) -> Result {
    let loaded = context.estate.load();
    if let Some(title) = settings_error(&loaded) {
        let reason = format!("the settings have errors: {title}; `fundamentals check` shows them");
        return Err(Stop::invalid(reason));
    }
    let id = ServiceId::new(&args.service)
        .map_err(|rule| Stop::usage(format!("`{}` can't be an id: an id {rule}", args.service)))?;
    refuse_new_id(&id, IdOf::New, &loaded)?;
    let mut wanted = ServiceAnswers::of(args);
    if let Some(terminal) = context.terminal.as_deref_mut()
        && ask::complete(&mut wanted, &loaded.estate, terminal)? == ask::FormEnding::Left
    {
        writeln!(context.err, "Nothing was written.")?;
        return Ok(Outcome::Interrupted);
    }
    let service = wanted.describe(args, &loaded.estate, context.today)?;
    let path = match &args.file {
        Some(path) => context.path(path),
        None => default_path(&service, &id, &loaded, context)?,
    };
    if !context.estate.is_service_path(&loaded.estate.settings, &path) {
        let globs = list_some(&loaded.estate.settings.services);
        let reason =
            format!("{} would not be found: service files are those that match {globs}", path.display());
        return Err(Stop::usage(reason));
    }
    if let Some(reason) = edit::refuse_new_name(&path) {
        return Err(Stop::usage(reason));
    }
    let text = edit::new_service(&service);
    let shown = context.estate.shown(&path);
    if let Err(after) = try_out(&loaded, &[(&shown, Some(text.clone()))], context.clock()) {
        return Err(wrong_file(&after, context)?);
    }
    edit::create(&path, &text)?;
    writeln!(context.out, "Written to {}.", sanitize(&shown))?;
    writeln!(context.out, "\nNext: `fundamentals score {}` judges it for the first time.", service.id)?;
    Ok(Outcome::Fine)
}

/// What is known of a new service.
struct ServiceAnswers {
    title: Option<String>,
    platform: Option<String>,
    domain: Option<String>,
    owner: Option<String>,
    criticality: Option<String>,
    golden_thread: bool,
}

/// Something that has to be known of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RequiredFact {
    Platform,
    Domain,
    Criticality,
}

impl RequiredFact {
    fn flag(self) -> &'static str {
        match self {
            Self::Platform => "--platform",
            Self::Domain => "--domain",
            Self::Criticality => "--criticality",
        }
    }

    /// What the estate has of it.
    fn known(self, estate: &Estate) -> Vec<&str> {
        let (settings, identities) = (&estate.settings, latest_identities(estate));
        match self {
            Self::Platform => sorted(identities.map(|identity| identity.platform.as_str())),
            Self::Domain if !settings.domains.is_empty() => {
                settings.domains.iter().map(|domain| domain.id.as_str()).collect()
            }
            Self::Domain => sorted(identities.map(|identity| identity.domain.as_str())),
            Self::Criticality => settings.criticality.names().collect(),
        }
    }
}

impl ServiceAnswers {
    fn of(args: &AddArgs) -> Self {
        Self {
            title: args.title.clone(),
            platform: args.platform.clone(),
            domain: args.domain.clone(),
            owner: args.owner.clone(),
            criticality: args.criticality.clone(),
            golden_thread: args.golden_thread,
        }
    }

    /// What has to be known and isn't, even by what follows from the rest.
    fn missing(&self, estate: &Estate) -> Vec<RequiredFact> {
        let facts = [
            (RequiredFact::Platform, self.platform.is_none()),
            (RequiredFact::Domain, self.domain(estate).is_none()),
            (RequiredFact::Criticality, self.criticality(estate).is_none()),
        ];
        facts.into_iter().filter(|(_, is_missing)| *is_missing).map(|(fact, _)| fact).collect()
    }

    /// Its domain, if need be that of its platform's other services.
    fn domain<'w>(&'w self, estate: &'w Estate) -> Option<&'w str> {
        let mut of_platform = latest_identities(estate)
            .filter(|identity| Some(identity.platform.as_str()) == self.platform.as_deref())
            .map(|identity| identity.domain.as_str());
        let implied = || {
            let first = of_platform.next()?;
            of_platform.all(|domain| domain == first).then_some(first)
        };
        self.domain.as_deref().or_else(implied)
    }

    /// Its level, which the Golden Thread implies.
    fn criticality<'w>(&'w self, estate: &'w Estate) -> Option<&'w str> {
        let top = || self.golden_thread.then(|| estate.settings.criticality.top().name());
        self.criticality.as_deref().or_else(top)
    }

    /// The service, if everything required is known.
    fn describe(&self, args: &AddArgs, estate: &Estate, today: Date) -> Result<NewService> {
        let known = self.platform.clone().zip(self.domain(estate)).zip(self.criticality(estate));
        let Some(((platform, domain), criticality)) = known else {
            let missing = self.missing(estate).into_iter();
            let missing: Vec<_> = missing.map(|fact| needed(fact.flag(), &fact.known(estate))).collect();
            return Err(Stop::usage(format!("more must be known of the service: {}", missing.join("; "))));
        };
        Ok(NewService {
            id: args.service.clone(),
            title: self.title.clone(),
            domain: domain.to_owned(),
            platform,
            owner: self.owner.clone(),
            criticality: criticality.to_owned(),
            golden_thread: self.golden_thread,
            tags: args.tag.clone(),
            joined: args.joined.unwrap_or(today),
        })
    }
}

fn latest_identities(estate: &Estate) -> impl Iterator<Item = &Identity> {
    estate.services().iter().map(|service| service.identities.latest())
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

/// The path for a new service's file: it looks like those of its platform or, without one, of its domain; else as the globs
/// say.
fn default_path(new: &NewService, id: &ServiceId, loaded: &Loaded, context: &Context<'_>) -> Result<PathBuf> {
    let files = |is_like: &dyn Fn(&&Service) -> bool| -> Vec<&str> {
        let like = loaded.estate.services().iter().filter(is_like);
        like.map(|service| loaded.sources.file(service.span.file).path()).collect()
    };
    let mut beside = files(&|other| other.identities.latest().platform.as_str() == new.platform);
    if beside.is_empty() {
        beside = files(&|other| other.identities.latest().domain.as_str() == new.domain);
    }
    let settings = &loaded.estate.settings;
    let mut paths = context.estate.new_service_paths(settings, id, &beside).into_iter();
    let path = paths.next().ok_or_else(|| {
        let globs = list_some(&settings.services);
        Stop::usage(format!("give a path with `--file`: no usual one for `{id}` matches {globs}"))
    })?;
    if path.symlink_metadata().is_ok() {
        let shown = context.estate.shown(&path);
        return Err(Stop::usage(format!("{shown} exists already; give another path with `--file`")));
    }
    Ok(path)
}
