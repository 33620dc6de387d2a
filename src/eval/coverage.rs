//! Which services of a catalog have a service file, and which files have no service in the catalog.

use std::collections::{HashMap, HashSet};

use crate::model::{CatalogComponent, Date, Estate, Service, ServiceId, kebab_case};

/// A catalog and an estate, side by side.
#[derive(Debug)]
pub struct Coverage<'c> {
    /// In the order of the catalog, each with the name of the service whose file is its.
    pub components: Vec<(&'c CatalogComponent, Option<&'c str>)>,
    /// Services in force that the catalog doesn't have, by id.
    pub without_component: Vec<&'c Service>,
}

/// Returns which services of the catalog have a file in the estate. Names are the same whatever their case, as catalogs have
/// it.
#[must_use]
pub fn coverage<'c>(components: &'c [CatalogComponent], estate: &'c Estate, today: Date) -> Coverage<'c> {
    let names = estate.service_names().map(|name| (name.to_lowercase(), name));
    let renamed = estate.old_ids().map(|(old, now)| (old.as_str().to_lowercase(), now.as_str()));
    // A name that is in use comes before the same name as it was used before.
    let by_name: HashMap<String, &str> = renamed.chain(names).collect();
    let service = |component: &CatalogComponent| {
        let id = service_id(&component.entry.name.value)?;
        by_name.get(&id.as_str().to_lowercase()).copied()
    };
    let components: Vec<_> = components.iter().map(|component| (component, service(component))).collect();
    let covered: HashSet<&str> = components.iter().filter_map(|(_, service)| *service).collect();
    let others = estate.services_on(today).filter(|service| !covered.contains(service.id.as_str()));
    Coverage { without_component: others.collect(), components }
}

/// The id of the service that a catalog knows by a name: the name or, if that can't be an id, its words.
#[must_use]
pub fn service_id(name: &str) -> Option<ServiceId> {
    ServiceId::new(name).ok().or_else(|| ServiceId::new(&kebab_case(name)?).ok())
}
