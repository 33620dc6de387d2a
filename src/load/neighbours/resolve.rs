//! Which platform and domains services are part of, by the references between the entities of a catalog.

use std::collections::{HashMap, HashSet};

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{CatalogEntry, PlatformId};
use crate::source::Spanned;
use crate::text::list;

use super::part::{CatalogPart, PartReference};

/// Whether what says nothing of its owner has that of what contains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ownership {
    Inherited,
    OwnOnly,
}

/// Gives the services among the parts the platform and the domains that contain them, as far as their own documents don't.
/// References that lead nowhere or are ambiguous are reported where they concern services or what contains them.
pub(super) fn resolve(
    parts: Vec<CatalogPart>,
    is_service: impl Fn(&CatalogPart) -> bool,
    ownership: Ownership,
    problems: &mut Problems,
) -> Vec<CatalogEntry> {
    let containers = Containers::of(&parts, problems);
    for (part, direct) in parts.iter().zip(&containers.of).filter(|(part, _)| is_service(part)) {
        let (domains, platforms): (Vec<_>, Vec<_>) = direct.iter().partition(|direct| direct.is_domain());
        report_several(part, "domain", &domains, problems);
        report_several(part, "platform", &platforms, problems);
    }
    let found: Vec<_> = (0..parts.len())
        .map(|index| is_service(&parts[index]).then(|| containers.around(index, ownership)))
        .collect();
    let services = parts.into_iter().zip(found).filter_map(|(part, found)| {
        let Surroundings { platform, domains, owner } = found?;
        let mut entry = part.entry;
        entry.platform = platform.or(entry.platform);
        if entry.domains.is_empty() {
            entry.domains = domains;
        }
        entry.owner = entry.owner.or(owner);
        if entry.owner.is_none() && !part.has_numbered_owner {
            let problem = Diagnostic::new(Code::MissingOwner, format!("`{}` has no owner", entry.name.value));
            let problem = problem.at(entry.name.span, "nobody owns it");
            problems.push(problem.help("name a team in the catalog, or write `owner` in the service's file"));
        }
        Some(entry)
    });
    services.collect()
}

/// What contains a service.
#[derive(Default)]
struct Surroundings {
    platform: Option<Spanned<String>>,
    /// The nearest first.
    domains: Vec<Spanned<String>>,
    owner: Option<Spanned<String>>,
}

/// What contains which part, directly.
struct Containers<'p> {
    parts: &'p [CatalogPart],
    of: Vec<Vec<Container<'p>>>,
}

#[derive(Clone)]
struct Container<'p> {
    /// The part; `None` if the files don't describe it.
    index: Option<usize>,
    kind: &'p str,
    /// Its name where it is referred to.
    name: Spanned<String>,
}

impl Container<'_> {
    fn is_domain(&self) -> bool {
        // Kinds of one's own are named `custom.…`.
        self.kind.rsplit('.').next() == Some("domain")
    }
}

impl<'p> Containers<'p> {
    fn of(parts: &'p [CatalogPart], problems: &mut Problems) -> Self {
        let names = Names::of(parts);
        for reference in parts.iter().flat_map(|part| &part.parents) {
            problems.extend(names.dangling(reference));
        }
        // As it is referred to, if that can be an id: services are grouped by it, whatever its own file calls it.
        let container = |index: usize, reference: &PartReference| {
            let part = &parts[index];
            let written = Some(&reference.name.value).filter(|name| PlatformId::new(name).is_ok());
            let name = written.cloned().or_else(|| part.id());
            let name = name.unwrap_or_else(|| part.entry.name.value.clone());
            Container { index: Some(index), kind: &part.kind, name: Spanned::new(name, reference.name.span) }
        };
        let described = |reference: &'p PartReference| match names.find(reference) {
            Some(index) => Some(container(index, reference)),
            None if reference.is_telling => {
                Some(Container { index: None, kind: &reference.kind, name: reference.name.clone() })
            }
            None => None,
        };
        let parents = parts.iter().map(|part| part.parents.iter().filter_map(described).collect());
        let mut of: Vec<Vec<Container<'p>>> = parents.collect();
        for (index, part) in parts.iter().enumerate() {
            let own = PartReference::new(&part.kind, part.entry.name.clone());
            for child in part.children.iter().filter_map(|child| names.find(child)) {
                if !of[child].iter().any(|known| known.index == Some(index)) {
                    of[child].push(container(index, &own));
                }
            }
        }
        Self { parts, of }
    }

    /// What is around a part: the first platform or system is its platform, and whatever contains that is a domain.
    fn around(&self, index: usize, ownership: Ownership) -> Surroundings {
        let mut around = Surroundings::default();
        let mut seen = HashSet::from([index]);
        let direct = &self.of[index];
        let platform = direct.iter().find(|container| !container.is_domain());
        let domain = direct.iter().find(|container| container.is_domain());
        around.platform = platform.map(|container| container.name.clone());
        let mut next = domain;
        if let Some(at) = platform.and_then(|container| container.index) {
            seen.insert(at);
            around.take_owner(&self.parts[at], ownership);
            next = next.or_else(|| self.of[at].first());
        }
        while let Some(container) = next {
            let is_new = container.index.is_none_or(|at| seen.insert(at));
            if !is_new {
                break;
            }
            around.domains.push(container.name.clone());
            next = container.index.and_then(|at| {
                around.take_owner(&self.parts[at], ownership);
                self.of[at].first()
            });
        }
        around
    }
}

/// Reports that a service is part of several things of which it can be part of one only.
fn report_several(part: &CatalogPart, what: &str, containers: &[&Container<'_>], problems: &mut Problems) {
    let Some((first, others)) = containers.split_first() else { return };
    let is_other = |other: &&&Container<'_>| !other.name.value.eq_ignore_ascii_case(&first.name.value);
    let Some(second) = others.iter().find(is_other) else { return };
    let names = list(&[first.name.value.as_str(), second.name.value.as_str()]);
    let title = format!("`{}` has more than one {what}: {names}", part.entry.name.value);
    let problem = Diagnostic::new(Code::InvalidCatalogValue, title).at(second.name.span, "not used");
    let problem = problem.and(first.name.span, "the first counts");
    problems.push(problem.help(format!("leave one of them, or correct the {what} in the service's file")));
}

impl Surroundings {
    fn take_owner(&mut self, container: &CatalogPart, ownership: Ownership) {
        match ownership {
            Ownership::Inherited => {
                if self.owner.is_none() {
                    self.owner.clone_from(&container.entry.owner);
                }
            }
            Ownership::OwnOnly => {}
        }
    }
}

/// Parts by their names, in lower case.
struct Names<'p> {
    parts: &'p [CatalogPart],
    by_name: HashMap<String, Vec<usize>>,
    kinds: HashSet<&'p str>,
}

impl<'p> Names<'p> {
    fn of(parts: &'p [CatalogPart]) -> Self {
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, part) in parts.iter().enumerate() {
            for name in part.names() {
                by_name.entry(name.to_lowercase()).or_default().push(index);
            }
        }
        let kinds = parts.iter().map(|part| part.kind.as_str()).collect();
        Self { parts, by_name, kinds }
    }

    /// The part that a reference means: rather one of its kind.
    fn find(&self, reference: &PartReference) -> Option<usize> {
        let named = self.by_name.get(&reference.name.value.to_lowercase())?;
        let is_kind = |index: &&usize| self.parts[**index].kind == reference.kind;
        named.iter().find(is_kind).or_else(|| named.first()).copied()
    }

    /// The problem that a reference leads nowhere, if the files describe anything of its kind: many catalogs describe
    /// their domains elsewhere.
    fn dangling(&self, reference: &PartReference) -> Problems {
        let mut problems = Problems::default();
        let is_known = self.find(reference).is_some();
        if !is_known && reference.is_telling && self.kinds.contains(reference.kind.as_str()) {
            let PartReference { kind, name, .. } = reference;
            let title = format!("the {kind} `{}` is not in the catalog", name.value);
            let problem = Diagnostic::new(Code::DanglingReference, title).at(name.span, "no such entity");
            problems.push(problem.help(format!("correct the reference, or describe a {kind} of that name")));
        }
        problems
    }
}
