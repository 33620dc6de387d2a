//! `fundamentals add`

mod ask;

use super::change::{try_out, wrong_file};
use super::new_id::{IdOf, refuse_new_id};
use super::new_place::{NewPlaces, PlaceChoice};
use super::open::settings_error;
use super::required_fact::{RequiredFact, domain_of_platform};
use super::stop::{Result, Stop};
use super::{Context, Outcome};
use crate::cli::AddArgs;
use crate::edit::{self, NewService};
use crate::load::{CatalogService, Loaded, MappedField};
use crate::model::{Date, Estate, ServiceId};
use crate::text::sanitize;

pub(super) fn run(args: &AddArgs, context: &mut Context<'_>) -> Result {
    let loaded = context.estate.load();
    if let Some(title) = settings_error(&loaded) {
        let reason = format!("the settings have errors: {title}; `fundamentals check` shows them");
        return Err(Stop::invalid(reason));
    }
    let id = ServiceId::new(&args.service)
        .map_err(|rule| Stop::usage(format!("`{}` can't be an id: an id {rule}", args.service)))?;
    refuse_new_id(&id, IdOf::New, &loaded)?;
    let mut wanted = ServiceAnswers::of(args, &id, &loaded);
    if let Some(terminal) = context.terminal.as_deref_mut()
        && ask::complete(&mut wanted, &loaded.estate, terminal)? == ask::FormEnding::Left
    {
        writeln!(context.err, "Nothing was written.")?;
        return Ok(Outcome::Interrupted);
    }
    let service = wanted.describe(args, &loaded.estate, context.today)?;
    let mut places = NewPlaces::new(&loaded, context, PlaceChoice::ByFlag);
    let path = match &args.file {
        Some(path) => context.path(path),
        None => places.usual(&service, &id)?,
    };
    places.refuse(&path)?;
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
    /// What the catalog says of it.
    in_catalog: Vec<MappedField>,
}

impl ServiceAnswers {
    fn of(args: &AddArgs, id: &ServiceId, loaded: &Loaded) -> Self {
        Self {
            in_catalog: loaded.catalog_service(id).into_iter().flat_map(CatalogService::given).collect(),
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
        let missing = facts.into_iter().filter(|(_, is_missing)| *is_missing).map(|(fact, _)| fact);
        missing.filter(|fact| !self.in_catalog.contains(&fact.in_catalog())).collect()
    }

    /// Its domain, if need be that of its platform's other services.
    fn domain<'w>(&'w self, estate: &'w Estate) -> Option<&'w str> {
        let implied = || domain_of_platform(self.platform.as_deref()?, estate);
        self.domain.as_deref().or_else(implied)
    }

    /// Its level, which the Golden Thread implies.
    fn criticality<'w>(&'w self, estate: &'w Estate) -> Option<&'w str> {
        let top = || self.golden_thread.then(|| estate.settings.criticality.top().name());
        self.criticality.as_deref().or_else(top)
    }

    /// The service, if everything required is known.
    fn describe(&self, args: &AddArgs, estate: &Estate, today: Date) -> Result<NewService> {
        let missing = self.missing(estate).into_iter();
        let missing: Vec<_> = missing.map(|fact| fact.request(estate)).collect();
        if !missing.is_empty() {
            return Err(Stop::usage(format!("more must be known of the service: {}", missing.join("; "))));
        }
        Ok(NewService {
            id: args.service.clone(),
            title: self.title.clone(),
            domain: self.domain(estate).map(str::to_owned),
            platform: self.platform.clone(),
            owner: self.owner.clone(),
            criticality: self.criticality(estate).map(str::to_owned),
            golden_thread: self.golden_thread,
            lifecycle: None,
            tags: args.tag.clone(),
            links: Vec::new(),
            joined: Some(args.joined.unwrap_or(today)),
        })
    }
}
