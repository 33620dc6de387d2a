//! Entities → services, with everything that they belong to by way of other entities.

use std::collections::{HashMap, HashSet};

use super::entity::{Entity, Written};
use crate::diag::Problems;
use crate::model::{CatalogComponent, CatalogSettings, EntityRef};
use crate::source::Spanned;

/// An entity that is a service, and what its own values have wrong with them: that matters where it is used.
#[derive(Debug)]
pub struct DescribedService {
    pub component: CatalogComponent,
    pub problems: Problems,
}

/// Entities by their names; of several with the same name, the first.
pub(super) struct EntityIndex<'e>(HashMap<&'e EntityRef, &'e Entity>);

/// An entity that another belongs to, and its name as it is spelled.
type Place<'e> = (&'e EntityRef, Spanned<String>);

impl<'e> EntityIndex<'e> {
    pub fn new(entities: &'e [Entity]) -> Self {
        let mut index = HashMap::with_capacity(entities.len());
        for entity in entities {
            index.entry(&entity.id).or_insert(entity);
        }
        Self(index)
    }

    pub fn get(&self, entity: &EntityRef) -> Option<&'e Entity> {
        self.0.get(entity).copied()
    }

    /// Whether an entity is the one that its name stands for.
    pub fn is_first(&self, entity: &Entity) -> bool {
        self.get(&entity.id).is_some_and(|first| std::ptr::eq(first, entity))
    }

    /// What is meant by a reference, spelled as the entity is, at the place of the reference.
    fn place(&self, written: &'e Written) -> Option<Place<'e>> {
        let Written::To(entity, name) = written else { return None };
        let spelled = self.get(entity).map_or(&name.value, |entity| &entity.name.value);
        Some((entity, Spanned::new(spelled.clone(), name.span)))
    }

    /// The entity, then the components that it is part of, from the inside out.
    fn wholes(&self, entity: &'e Entity) -> Vec<&'e Entity> {
        let mut wholes = vec![entity];
        while let Some(whole) = wholes.last().and_then(|part| self.get(part.parent.entity()?))
            && !wholes.iter().any(|known| std::ptr::eq(*known, whole))
        {
            wholes.push(whole);
        }
        wholes
    }

    /// The system of a component: its own, or that of the component that it is part of.
    fn system(&self, entity: &'e Entity) -> Option<Place<'e>> {
        self.wholes(entity).into_iter().find_map(|entity| self.place(&entity.system))
    }

    /// The domain of a component, then the domains around that one. A domain that it says itself comes before that of its
    /// system.
    fn domains(&self, entity: &'e Entity) -> Vec<Place<'e>> {
        let nearest = self.wholes(entity).into_iter().find_map(|entity| {
            let of_system =
                || self.get(entity.system.entity()?).and_then(|system| self.place(&system.domain));
            self.place(&entity.domain).or_else(of_system)
        });
        let mut known = HashSet::new();
        let mut domains = Vec::new();
        let mut next = nearest;
        while let Some((domain, name)) = next
            && known.insert(domain)
        {
            domains.push((domain, name));
            next = self.get(domain).and_then(|around| self.place(&around.domain));
        }
        domains
    }
}

/// The services among the entities, as the settings choose them.
pub(super) fn services(
    entities: &[Entity],
    index: &EntityIndex<'_>,
    settings: &CatalogSettings,
) -> Vec<DescribedService> {
    let of_kind = entities.iter().filter_map(|entity| Some((entity, entity.described.as_ref()?)));
    let firsts = of_kind.filter(|(entity, _)| index.is_first(entity));
    let described = firsts.map(|(entity, described)| {
        let (system, domains) = (index.system(entity), index.domains(entity));
        let mut entry = described.entry.clone();
        entry.owner = index.place(&entity.owner).map(|(_, name)| name);
        if settings.platform.selector.is_none() {
            entry.platform = system.as_ref().map(|(_, name)| name.clone());
        }
        if settings.domain.selector.is_none() {
            entry.domains = domains.iter().map(|(_, name)| name.clone()).collect();
        }
        let component = CatalogComponent {
            entity: entity.id.clone(),
            kind: entity.kind.clone(),
            entity_type: entity.type_name.clone(),
            owner: entity.owner.entity().cloned(),
            system: system.map(|(system, _)| system.clone()),
            domains: domains.into_iter().map(|(domain, _)| domain.clone()).collect(),
            entry,
            span: entity.span,
        };
        DescribedService { component, problems: described.problems.clone() }
    });
    described.filter(|service| service.component.is_service(settings)).collect()
}
