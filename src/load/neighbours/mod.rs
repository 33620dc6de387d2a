//! Catalog files of other tools: name, owner, tier, domain, tags and links of services. What else they hold is theirs,
//! and a document of another format is passed over. Nothing in such a file is an error of the estate.

mod compass;
mod cortex;
mod datadog;
mod fields;
mod opslevel;
mod part;
mod resolve;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use super::catalog::{SkippedDocument, name_without_id, same_id};
use super::files::{Limit, find_foreign};
use super::foreign::{self, Unreadable, is_filled_in_later};
use super::place::{EstateDir, StdinText};
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::CatalogEntry;
use crate::source::{FileId, Node, SourceFile, Sources, Span, Spanned, Value};

use fields::Fields;
use part::CatalogPart;
use resolve::{Ownership, resolve};

/// What a document is from which a generator makes others.
const TEMPLATE: &str = "a template for other files";

/// A tool whose catalog files can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CatalogTool {
    Datadog,
    OpsLevel,
    Cortex,
    Compass,
}

/// What became of a document.
enum PartReading {
    Part(Box<CatalogPart>),
    /// It is the tool's, and says nothing that is of use; why.
    Skipped(String),
    OtherFormat,
}

/// How a file was found.
#[derive(Clone, Copy)]
enum Origin {
    /// The user named it: it has to be readable.
    Named,
    /// It is in a folder that the user named, among files of any kind.
    Folder,
}

/// Files and folders that a user named, whole paths, and what they pipe in.
#[derive(Debug, Default)]
pub struct CatalogInput {
    pub paths: Vec<PathBuf>,
    pub stdin: Option<StdinText>,
}

/// What a tool's documents say.
#[derive(Debug, Default)]
pub struct ToolCatalog {
    /// Services. Names are ids where one could be made.
    pub entries: Vec<CatalogEntry>,
    /// Names that can't be ids, each with the id that takes its place.
    pub renamed: Vec<(Spanned<String>, String)>,
    /// Names of services that have no id of their own.
    pub without_id: Vec<String>,
    pub skipped: Vec<SkippedDocument>,
    pub problems: Problems,
    /// The files.
    pub sources: Sources,
}

impl CatalogTool {
    pub const ALL: [Self; 4] = [Self::Datadog, Self::OpsLevel, Self::Cortex, Self::Compass];

    /// How the tool is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Datadog => "Datadog",
            Self::OpsLevel => "OpsLevel",
            Self::Cortex => "Cortex",
            Self::Compass => "Compass",
        }
    }

    fn read(self, document: Fields<'_>, problems: &mut Problems) -> PartReading {
        match self {
            Self::Datadog => datadog::read(document, problems),
            Self::OpsLevel => opslevel::read(document, problems),
            Self::Cortex => cortex::read(document, problems),
            Self::Compass => compass::read(document, problems),
        }
    }

    /// The documents in one: an answer of an API holds many.
    fn unwrap(self, document: &Node) -> Vec<&Node> {
        let inner = match self {
            Self::Datadog => datadog::answered(document),
            Self::OpsLevel | Self::Cortex | Self::Compass => Vec::new(),
        };
        if inner.is_empty() { vec![document] } else { inner }
    }

    fn ownership(self) -> Ownership {
        match self {
            Self::Datadog => Ownership::Inherited,
            Self::OpsLevel | Self::Cortex | Self::Compass => Ownership::OwnOnly,
        }
    }
}

impl EstateDir {
    /// Reads the catalog files of a tool. Entities of the kinds are services.
    #[must_use]
    pub fn load_tool_catalog(&self, tool: CatalogTool, input: CatalogInput, kinds: &[String]) -> ToolCatalog {
        let mut problems = Problems::default();
        let stdin = input.stdin.map(|stdin| (stdin.0, Origin::Named));
        let mut inputs: Vec<_> = stdin.into_iter().collect();
        let mut files = Vec::new();
        let mut documents = Vec::new();
        let mut refuse =
            |origin, refusal: Diagnostic, file, documents: &mut Vec<foreign::Reading>| match origin {
                Origin::Named => problems.push(refusal),
                Origin::Folder => {
                    documents.push(Err(Unreadable { span: Span::new(file, 0..0), reason: refusal.title }));
                }
            };
        for named in &input.paths {
            let found = find_foreign(named);
            let origin = |path: &PathBuf| if path == named { Origin::Named } else { Origin::Folder };
            for (path, failure) in found.failures {
                let id = FileId::from_index(files.len());
                files.push(SourceFile::new(self.shown(&path), ""));
                refuse(origin(&path), failure.diagnostic().in_file(id), id, &mut documents);
            }
            inputs.extend(found.files.into_iter().map(|path| {
                let origin = origin(&path);
                (self.input(path), origin)
            }));
        }
        for (input, origin) in inputs {
            let id = FileId::from_index(files.len());
            let (file, refusal) = input.read(id, Limit::Foreign);
            match refusal {
                Some(refusal) => refuse(origin, refusal, id, &mut documents),
                None => documents.extend(self::documents(file.text(), id)),
            }
            files.push(file);
        }
        let mut catalog = read(tool, documents, kinds);
        problems.extend(catalog.problems);
        catalog.problems = problems;
        catalog.sources = Sources::new(files);
        catalog
    }
}

fn nameless(key: &str) -> PartReading {
    PartReading::Skipped(format!("`{key}` is missing"))
}

/// Reads documents of a tool's files. Entities of the kinds are services.
fn read(tool: CatalogTool, documents: Vec<foreign::Reading>, kinds: &[String]) -> ToolCatalog {
    let mut catalog = ToolCatalog::default();
    let mut parts = Vec::new();
    let mut skip = |span, reason| catalog.skipped.push(SkippedDocument { span, reason });
    for document in documents {
        let document = match document {
            Ok(document) => document,
            Err(Unreadable { span, reason }) => {
                skip(span, reason);
                continue;
            }
        };
        for node in tool.unwrap(&document.node) {
            let reading = match Fields::of(node) {
                Some(_) if has_placeholder(node) => PartReading::Skipped(TEMPLATE.to_owned()),
                Some(fields) => tool.read(fields, &mut catalog.problems),
                None => PartReading::OtherFormat,
            };
            match reading {
                PartReading::Part(part) if part.said().any(is_filled_in_later) => {
                    skip(part.span(), TEMPLATE.to_owned());
                }
                PartReading::Part(part) => parts.push(*part),
                PartReading::Skipped(reason) => skip(node.span, reason),
                PartReading::OtherFormat => skip(node.span, format!("not of {}", tool.title())),
            }
        }
    }
    let parts = first_of_each(parts, &mut catalog.problems);
    let is_service = |part: &CatalogPart| kinds.iter().any(|kind| kind.eq_ignore_ascii_case(&part.kind));
    let others = parts.iter().filter(|part| !is_service(part));
    catalog.skipped.extend(others.map(|part| {
        let reason = format!("of the kind `{}`", part.kind);
        SkippedDocument { span: part.span(), reason }
    }));
    let ids: Vec<_> = parts.iter().filter(|part| is_service(part)).map(CatalogPart::id).collect();
    catalog.entries = resolve(parts, is_service, tool.ownership(), &mut catalog.problems);
    for (mut entry, id) in std::mem::take(&mut catalog.entries).into_iter().zip(ids) {
        let Some(id) = id else {
            catalog.problems.push(name_without_id(&entry.name));
            catalog.without_id.push(entry.name.value);
            continue;
        };
        if id != entry.name.value {
            let name = std::mem::replace(&mut entry.name.value, id.clone());
            let name = Spanned::new(name, entry.name.span);
            entry.title = entry.title.or_else(|| Some(name.clone()));
            catalog.renamed.push((name, id));
        }
        catalog.entries.push(entry);
    }
    report_taken_ids(&mut catalog);
    let used: HashSet<_> = catalog.entries.iter().map(|entry| entry.name.span).collect();
    catalog.renamed.retain(|(name, _)| used.contains(&name.span));
    catalog
}

/// Keeps the first of the entities of one kind that have the same name, and reports the others.
fn first_of_each(parts: Vec<CatalogPart>, problems: &mut Problems) -> Vec<CatalogPart> {
    let mut seen: HashMap<(String, String), Span> = HashMap::new();
    let mut is_new = |part: &CatalogPart| {
        let name = &part.entry.name;
        match seen.entry((part.kind.clone(), name.value.to_lowercase())) {
            Entry::Vacant(vacant) => {
                vacant.insert(name.span);
                true
            }
            Entry::Occupied(first) => {
                let title = format!("the {} `{}` is described twice", part.kind, name.value);
                let problem = Diagnostic::new(Code::DuplicateEntity, title).at(name.span, "not used");
                problems.push(problem.and(*first.get(), "the first counts").help("delete one of the two"));
                false
            }
        }
    };
    parts.into_iter().filter(|part| is_new(part)).collect()
}

/// Reports services of which different names become the same id, and leaves out all but the first.
fn report_taken_ids(catalog: &mut ToolCatalog) {
    let mut seen: HashMap<String, Span> = HashMap::new();
    let ToolCatalog { problems, renamed, without_id, .. } = catalog;
    catalog.entries.retain(|entry| match seen.entry(entry.name.value.to_lowercase()) {
        Entry::Vacant(vacant) => {
            vacant.insert(entry.name.span);
            true
        }
        Entry::Occupied(first) => {
            problems.push(same_id(&entry.name.value, entry.name.span, *first.get()));
            let name = renamed.iter().find(|(name, _)| name.span == entry.name.span);
            without_id.push(name.map_or(&entry.name, |(name, _)| name).value.clone());
            false
        }
    });
}

/// The documents of a file. One that can't be read is often a template.
fn documents(text: &str, file: FileId) -> Vec<foreign::Reading> {
    let parts = foreign::parts(text, file);
    let readings = parts.iter().flat_map(|part| {
        let is_template = is_filled_in_later(part.text());
        let explained = move |unreadable: Unreadable| {
            let reason = format!("can't be read: {}", unreadable.reason);
            let reason = if is_template { TEMPLATE.to_owned() } else { reason };
            Unreadable { reason, ..unreadable }
        };
        part.read().into_iter().map(move |reading| reading.map_err(explained))
    });
    readings.collect()
}

/// Whether a value is `{{ … }}` without quotes, which YAML takes for a table with a table as its key.
fn has_placeholder(node: &Node) -> bool {
    match &node.value {
        Value::Table(entries) => entries.iter().any(|entry| {
            entry.key.value.starts_with('{') && entry.node.value == Value::Null
                || has_placeholder(&entry.node)
        }),
        Value::List(items) => items.iter().any(has_placeholder),
        Value::Null | Value::Scalar(..) => false,
    }
}

#[cfg(test)]
mod tests;
