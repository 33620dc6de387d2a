//! A document of a catalog → an entity, or why it is none.

use crate::diag::Problems;
use crate::load::foreign::{self, ForeignDocument, Part, is_filled_in_later};
use crate::model::{CatalogEntry, CatalogSettings, EntityRef};
use crate::source::{Node, Span, Spanned, Value};

use super::location::Location;
use super::select::select;
use super::texts::{links, text, texts};

/// Kinds that catalogs know, as they spell them.
const KINDS: [&str; 9] =
    ["API", "Component", "Domain", "Group", "Location", "Resource", "System", "Template", "User"];

/// An entity, and what it refers to.
#[derive(Debug)]
pub(super) struct Entity {
    pub id: EntityRef,
    /// Its kind as catalogs spell it.
    pub kind: String,
    pub name: Spanned<String>,
    /// The whole of it.
    pub span: Span,
    pub type_name: Option<Spanned<String>>,
    pub owner: Written,
    pub system: Written,
    /// The domain that it says itself, or that a domain is part of.
    pub domain: Written,
    /// The component that it is part of.
    pub parent: Written,
    pub location: Option<Location>,
    /// What it says of itself as a service; `None` if its kind is none of services.
    pub described: Option<Box<Described>>,
}

/// What an entity says of itself as a service.
#[derive(Debug)]
pub(super) struct Described {
    /// Without what follows from other entities, but with what selectors choose in its place.
    pub entry: CatalogEntry,
    /// What is wrong with the values that were chosen.
    pub problems: Problems,
}

/// A reference as it is written.
#[derive(Clone, Debug)]
pub(super) enum Written {
    Nothing,
    /// Not of the form of a reference.
    Unreadable(Spanned<String>),
    /// The entity, and its name as it is spelled.
    To(EntityRef, Spanned<String>),
}

/// What a document is.
#[derive(Debug)]
pub(super) enum DocumentReading {
    Entity(Box<Entity>),
    /// No entity: where it begins, and what it is instead.
    Skipped(Span, String),
    /// Where it can't be read, and why.
    Unreadable(Span, String),
}

/// Reads the documents of a part of a file.
pub(super) fn read_part(part: &Part<'_>, settings: &CatalogSettings) -> Vec<DocumentReading> {
    let readings = part.read().into_iter().flat_map(|reading| match reading {
        Ok(ForeignDocument { node, repeated_keys }) => {
            let repeated = repeated_keys.into_iter().map(|repeated| {
                let reason = format!("the key `{}` is given again, and the last counts", repeated.key.value);
                DocumentReading::Skipped(repeated.first, reason)
            });
            std::iter::once(read(&node, part, settings)).chain(repeated).collect::<Vec<_>>()
        }
        Err(foreign::Unreadable { span, reason }) => {
            vec![if is_filled_in_later(part.text()) {
                DocumentReading::Skipped(span, "a template for other files".to_owned())
            } else {
                DocumentReading::Unreadable(span, reason)
            }]
        }
    });
    readings.collect()
}

fn read(node: &Node, part: &Part<'_>, settings: &CatalogSettings) -> DocumentReading {
    let head = Span { end: node.span.start, ..node.span };
    let skipped = |reason: &str| DocumentReading::Skipped(head, reason.to_owned());
    match node.get("apiVersion").and_then(Node::text) {
        Some(version) if is_backstage(version) => {}
        Some(version) => return skipped(&format!("of another format: its `apiVersion` is `{version}`")),
        None => return skipped("of another format: it has no `apiVersion` of Backstage"),
    }
    let Some(kind) = text(node.get("kind")) else { return skipped("an entity without `kind`") };
    let metadata = node.get("metadata");
    let name = metadata.and_then(|metadata| metadata.get("name"));
    if name.is_some_and(|name| matches!(name.value, Value::Table(_) | Value::List(_))) {
        return skipped("a template for other files");
    }
    let Some(name) = text(name) else { return skipped("an entity without `metadata.name`") };
    let namespace = text(metadata.and_then(|metadata| metadata.get("namespace")));
    let namespace = namespace.as_ref().map_or(EntityRef::DEFAULT_NAMESPACE, |text| &text.value).to_owned();
    let known = KINDS.into_iter().find(|known| known.eq_ignore_ascii_case(&kind.value));
    let kind = known.map_or(kind.value, str::to_owned);
    let Some(id) = EntityRef::new(&kind, &namespace, &name.value) else {
        return skipped("an entity without a name");
    };
    let spec = node.get("spec");
    let relations = Relations(node.get("relations"));
    let written = |key: &str, kind: &str| written(spec.and_then(|spec| spec.get(key)), kind, &namespace);
    let owner = written("owner", "group").or(|| relations.find("ownedBy", &["group", "user"], &namespace));
    let system = written("system", "system").or(|| relations.find("partOf", &["system"], &namespace));
    let around = written("domain", "domain").or(|| written("subdomainOf", "domain"));
    let domain = around.or(|| relations.find("partOf", &["domain"], &namespace));
    let parent = written("subcomponentOf", "component");
    let parent = parent.or(|| relations.find("partOf", &["component"], &namespace));
    let names = [&owner, &system, &domain].into_iter().filter_map(|written| written.text());
    if names.chain([name.value.as_str(), namespace.as_str()]).any(is_filled_in_later) {
        return skipped("a template for other files");
    }
    let is_service = settings.kinds.iter().any(|wanted| wanted.eq_ignore_ascii_case(&kind));
    let entity = Entity {
        location: (kind == "Location").then(|| Location::read(spec, matches!(part, Part::Yaml { .. }))),
        type_name: text(spec.and_then(|spec| spec.get("type"))),
        described: is_service.then(|| Box::new(described(&name, node, settings))),
        span: node.span,
        id,
        kind,
        name,
        owner,
        system,
        domain,
        parent,
    };
    DocumentReading::Entity(Box::new(entity))
}

fn described(name: &Spanned<String>, node: &Node, settings: &CatalogSettings) -> Described {
    let metadata = |key: &str| node.get("metadata").and_then(|metadata| metadata.get(key));
    let mut entry = CatalogEntry {
        name: name.clone(),
        title: text(metadata("title")),
        owner: None,
        platform: None,
        domains: Vec::new(),
        lifecycle: text(node.get("spec").and_then(|spec| spec.get("lifecycle"))),
        criticality: None,
        golden_thread: None,
        tags: metadata("tags").map(texts).unwrap_or_default(),
        links: links(metadata("links")),
    };
    let mut problems = Problems::default();
    select(&mut entry, node, settings, &mut problems);
    Described { entry, problems }
}

fn is_backstage(version: &str) -> bool {
    let group = version.split('/').next().unwrap_or(version);
    version.contains('/') && (group == "backstage.io" || group.ends_with(".backstage.io"))
}

/// A reference, as a text or in its parts.
fn written(node: Option<&Node>, kind: &str, namespace: &str) -> Written {
    let Some(node) = node else { return Written::Nothing };
    let (entity, written) = match &node.value {
        Value::Table(_) => {
            let part = |key: &str| text(node.get(key));
            let Some(name) = part("name") else { return Written::Nothing };
            let kind = part("kind").map_or_else(|| kind.to_owned(), |kind| kind.value);
            let namespace = part("namespace").map_or_else(|| namespace.to_owned(), |part| part.value);
            (EntityRef::new(&kind, &namespace, &name.value), name)
        }
        Value::Scalar(..) => {
            let Some(text) = text(Some(node)) else { return Written::Nothing };
            (EntityRef::parse(&text.value, kind, namespace), text)
        }
        Value::Null | Value::List(_) => return Written::Nothing,
    };
    match entity {
        Some(entity) => {
            // As it is spelled, without kind and namespace; lower case has other lengths in some scripts.
            let spelled = written.value.rsplit(['/']).next().unwrap_or_default();
            let spelled = if written.value.contains('/') { spelled } else { after_kind(spelled) };
            Written::To(entity, Spanned::new(spelled.trim().to_owned(), written.span))
        }
        None => Written::Unreadable(written),
    }
}

fn after_kind(text: &str) -> &str {
    text.split_once(':').map_or(text, |(_, name)| name)
}

impl Written {
    /// The entity that is meant, if that can be known.
    pub fn entity(&self) -> Option<&EntityRef> {
        match self {
            Self::To(entity, _) => Some(entity),
            Self::Nothing | Self::Unreadable(_) => None,
        }
    }

    fn text(&self) -> Option<&str> {
        match self {
            Self::Nothing => None,
            Self::Unreadable(text) | Self::To(_, text) => Some(&text.value),
        }
    }

    fn or(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Self::Nothing => other(),
            Self::Unreadable(_) | Self::To(..) => self,
        }
    }
}

/// What an API's answer says of an entity's relations.
struct Relations<'n>(Option<&'n Node>);

impl Relations<'_> {
    /// The first relation of a type to an entity of one of the kinds.
    fn find(&self, relation: &str, kinds: &[&str], namespace: &str) -> Written {
        let Some(Value::List(relations)) = self.0.map(|node| &node.value) else { return Written::Nothing };
        let of_type = relations.iter().filter(|node| node.get("type").and_then(Node::text) == Some(relation));
        let targets = of_type.map(|node| {
            let target = node.get("targetRef").or_else(|| node.get("target"));
            written(target, "", namespace)
        });
        let is_wanted = |written: &Written| {
            written.entity().is_some_and(|entity| kinds.iter().any(|kind| *kind == entity.kind()))
        };
        targets.into_iter().find(is_wanted).unwrap_or(Written::Nothing)
    }
}
