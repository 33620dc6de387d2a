//! One service file → its service, with what the catalog gives.

use super::catalog::{CatalogIdentities, UnknownValue};
use super::files::{Input, Limit};
use super::service::IdentitySource;
use super::{service, yaml};
use crate::diag::Problems;
use crate::model::{Service, ServiceId};
use crate::source::{FileId, SourceFile, Spanned};

/// One service file, read.
pub(super) struct ServiceFile {
    pub file: SourceFile,
    pub problems: Problems,
    pub path: String,
    /// The service's name even if nothing of it can be used; `None` if neither the text nor the path gives it.
    pub name: Option<String>,
    pub id: Option<Spanned<ServiceId>>,
    /// The service, as far as it can be read.
    pub service: Option<Service>,
    /// Whether all of the file could be read, without errors.
    pub is_sound: bool,
    /// Values of the catalog that the service would need and that mean nothing in the estate.
    pub unknown: Vec<UnknownValue>,
}

/// Reads a service file, with what the catalog gives of the service.
pub(super) fn read_service(
    input: Input,
    id: FileId,
    context: &service::ReadContext<'_>,
    catalog: &CatalogIdentities,
) -> ServiceFile {
    let id_of_path = input.id(context.settings.id_from);
    let (file, refusal) = input.read(id, Limit::Service(context.settings.max_file_bytes));
    let mut problems = Problems::default();
    let node = match refusal {
        Some(refusal) => {
            problems.push(refusal);
            None
        }
        None => yaml::parse(file.text(), id, &mut problems),
    };
    let mut parts = node.and_then(|root| service::read(&root, id_of_path.as_deref(), context, &mut problems));
    let is_complete = parts.as_ref().is_some_and(|parts| parts.is_complete);
    let service_id = match &parts {
        Some(parts) => parts.id.clone(),
        None if id_of_path.is_none() => service::find_id(file.text(), id),
        None => None,
    };
    // A service that got another id may still have the old one in the catalog.
    let old_ids = parts.as_ref().map(service::ServiceParts::old_ids).unwrap_or_default();
    let ids = || service_id.as_ref().map(|id| &id.value).into_iter().chain(old_ids.iter());
    let entry = ids().find_map(|id| catalog.find(id));
    let mut unknown = Vec::new();
    if let (Some(parts), Some(id), None) = (&mut parts, &service_id, entry) {
        parts.catalog_gap = catalog.gap(&id.value);
    }
    if let (Some(parts), Some(entry)) = (&mut parts, entry) {
        unknown.clone_from(&entry.service.unknown);
        unknown.retain(|unknown| !parts.own_identity().is_some_and(|own| own.gives(unknown.field)));
        problems.extend(entry.problems.clone());
        parts.supplement(IdentitySource::from_catalog(&entry.service));
    }
    let service = parts.and_then(|parts| parts.resolve(&context.settings.criticality, &mut problems));
    let named = service_id.as_ref().map(|id| id.value.to_string());
    ServiceFile {
        path: file.path().to_owned(),
        name: named.or(id_of_path),
        file,
        id: service_id,
        service,
        is_sound: is_complete && unknown.is_empty() && !problems.has_errors(),
        unknown,
        problems,
    }
}
