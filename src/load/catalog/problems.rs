//! What is wrong with a catalog as a whole: names given twice, references that lead nowhere.

use std::collections::{HashMap, HashSet};

use super::entity::{Entity, Written};
use super::resolve::{DescribedService, EntityIndex};
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::EntityRef;
use crate::source::{Span, Spanned};

/// How many problems of a kind are reported one by one. Where nobody owns anything, the rest says nothing new.
const MAX_OF_A_KIND: usize = 50;

/// Reports what is wrong with the entities, as far as it concerns these services.
pub(super) fn report(
    entities: &[Entity],
    index: &EntityIndex<'_>,
    services: &[DescribedService],
    problems: &mut Problems,
) {
    let mut all = Problems::default();
    find(entities, index, services, &mut all);
    let mut counts: HashMap<Code, usize> = HashMap::new();
    for problem in all.iter() {
        *counts.entry(problem.code).or_default() += 1;
    }
    let mut left: HashMap<Code, usize> = HashMap::new();
    for problem in all.iter() {
        let left = left.entry(problem.code).or_insert(MAX_OF_A_KIND);
        let Some(next) = left.checked_sub(1) else { continue };
        *left = next;
        let more = counts[&problem.code].saturating_sub(MAX_OF_A_KIND);
        let problem = problem.clone();
        problems.push(if next == 0 && more > 0 {
            problem.help(format!("{more} more are like this"))
        } else {
            problem
        });
    }
}

fn find(
    entities: &[Entity],
    index: &EntityIndex<'_>,
    services: &[DescribedService],
    problems: &mut Problems,
) {
    for entity in entities.iter().filter(|entity| !index.is_first(entity)) {
        if let Some(first) = index.get(&entity.id) {
            problems.push(duplicate(entity, first));
        }
    }
    let mut by_name: HashMap<&str, &DescribedService> = HashMap::new();
    for service in services {
        let first = *by_name.entry(service.component.entity.name()).or_insert(service);
        if !std::ptr::eq(first, service) {
            problems.push(ambiguous(service, first));
        }
    }
    let kinds: HashSet<&str> = entities.iter().map(|entity| entity.id.kind()).collect();
    let references = References { index, kinds };
    let services = services.iter().filter_map(|service| index.get(&service.component.entity));
    // What services belong to, each once.
    let mut around: Vec<&Entity> = Vec::new();
    let mut known = HashSet::new();
    for service in services {
        if let Some(problem) = missing_owner(service) {
            problems.push(problem);
        }
        around.push(service);
        known.insert(&service.id);
    }
    let mut at = 0;
    while let Some(entity) = around.get(at).copied() {
        at += 1;
        for (what, written) in [
            ("owner", &entity.owner),
            ("system", &entity.system),
            ("domain", &entity.domain),
            ("component", &entity.parent),
        ] {
            if let Some(problem) = references.dangling(what, written) {
                problems.push(problem);
            }
            let next = written.entity().and_then(|entity| index.get(entity));
            if let Some(next) = next.filter(|next| what != "owner" && known.insert(&next.id)) {
                around.push(next);
            }
        }
    }
}

fn duplicate(entity: &Entity, first: &Entity) -> Diagnostic {
    let title = format!("the entity `{}` is described twice", entity.id);
    Diagnostic::new(Code::DuplicateEntity, title)
        .at(entity.name.span, "again here, and not used")
        .and(first.name.span, "first here")
        .help("delete one of the two, or give it another name")
}

fn ambiguous(service: &DescribedService, first: &DescribedService) -> Diagnostic {
    let name = &service.component.entry.name;
    Diagnostic::new(Code::AmbiguousEntity, format!("two services of the catalog are named `{}`", name.value))
        .at(name.span, format!("in the namespace `{}`", service.component.entity.namespace()))
        .and(first.component.entry.name.span, format!("in `{}`", first.component.entity.namespace()))
        .help("a service file is found by its name alone: give one of them another name")
}

fn missing_owner(service: &Entity) -> Option<Diagnostic> {
    let place: Span = match &service.owner {
        Written::Nothing => service.name.span,
        Written::Unreadable(_) | Written::To(..) => return None,
    };
    let problem = Diagnostic::new(Code::MissingOwner, format!("`{}` has no owner", service.id));
    Some(
        problem
            .at(place, "nobody owns it")
            .help("write `owner` under its `spec`: a group or user of the catalog"),
    )
}

struct References<'e> {
    index: &'e EntityIndex<'e>,
    /// Kinds of which the catalog has entities: of other kinds it names entities that are described elsewhere.
    kinds: HashSet<&'e str>,
}

impl References<'_> {
    fn dangling(&self, what: &str, written: &Written) -> Option<Diagnostic> {
        let (place, entity): (&Spanned<String>, &EntityRef) = match written {
            Written::Nothing => return None,
            Written::Unreadable(text) => {
                let title = format!("`{}` is no reference to an entity", text.value);
                let problem = Diagnostic::new(Code::DanglingReference, title);
                let problem = problem.at(text.span, format!("names no {what}"));
                return Some(problem.help("write `name`, `namespace/name` or `kind:namespace/name`"));
            }
            Written::To(entity, name) => (name, entity),
        };
        if self.index.get(entity).is_some() || !self.kinds.contains(entity.kind()) {
            return None;
        }
        let title = format!("the {what} `{entity}` is not in the catalog");
        let problem = Diagnostic::new(Code::DanglingReference, title).at(place.span, "no such entity");
        Some(problem.help(format!("correct the reference, or describe a {} of that name", entity.kind())))
    }
}
