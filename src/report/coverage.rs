//! Which services of a catalog have a service file, and which files have no service in the catalog.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::TableFormat;
use super::document::{Block, Cell, Document, TextTable};
use super::sheet::{COUNT, NAME, Sheet, SheetColumns, write_csv};
use crate::eval::Coverage;
use crate::model::{CatalogComponent, Service};
use crate::source::{Sources, Span, Spanned};
use crate::text::{plural, write_json};

/// Services of a catalog beside service files.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[schemars(title = "CatalogCoverage")]
pub struct CoverageReport {
    /// Always `fundamentals/catalog-coverage/v1`.
    format: &'static str,
    /// The estate's name.
    estate: Option<String>,
    /// Services of the catalog, in its order; each entity once.
    components: Vec<ComponentLine>,
    /// Services that are not retired and that the catalog doesn't have, by id.
    without_component: Vec<ServiceLine>,
}

/// A service of the catalog. References are complete and in lower case.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ComponentLine {
    /// The entity, such as `component:default/cart`.
    entity: String,
    /// Its kind, such as `Component`.
    kind: String,
    /// Its type, such as `service`.
    r#type: Option<String>,
    /// Its lifecycle, such as `production`.
    lifecycle: Option<String>,
    /// The group or user that owns it.
    owner: Option<String>,
    /// The system that it is part of.
    system: Option<String>,
    /// Its domain.
    domain: Option<String>,
    /// The service that has a file; `null` if none has.
    service: Option<String>,
    /// The file in which the entity is described.
    file: String,
    /// The line in it.
    line: usize,
}

/// A service that the catalog doesn't have.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ServiceLine {
    /// Its id.
    service: String,
    /// Its file.
    file: String,
    /// The line in it that names the service.
    line: usize,
}

/// The JSON Schema (draft-07) of the document `fundamentals/catalog-coverage/v1`.
#[must_use]
pub fn schema() -> Schema {
    super::schema::<CoverageReport>()
}

/// Arranges what is covered. Places are those in the files of the catalog, and of the estate.
#[must_use]
pub fn build(
    coverage: &Coverage<'_>,
    estate: Option<&str>,
    catalog: &Sources,
    services: &Sources,
) -> CoverageReport {
    let component = |(component, service): &(&CatalogComponent, Option<&str>)| {
        let text = |value: &Option<Spanned<String>>| value.as_ref().map(|text| text.value.clone());
        let (file, line) = place(component.span, catalog);
        ComponentLine {
            entity: component.entity.to_string(),
            kind: component.kind.clone(),
            r#type: text(&component.entity_type),
            lifecycle: text(&component.entry.lifecycle),
            owner: component.owner.as_ref().map(ToString::to_string),
            system: component.system.as_ref().map(ToString::to_string),
            domain: component.domains.first().map(ToString::to_string),
            service: service.map(str::to_owned),
            file,
            line,
        }
    };
    let service = |service: &&Service| {
        let (file, line) = place(service.span, services);
        ServiceLine { service: service.id.to_string(), file, line }
    };
    CoverageReport {
        format: "fundamentals/catalog-coverage/v1",
        estate: estate.map(str::to_owned),
        components: coverage.components.iter().map(component).collect(),
        without_component: coverage.without_component.iter().map(service).collect(),
    }
}

fn place(span: Span, sources: &Sources) -> (String, usize) {
    (sources.file(span.file).path().to_owned(), sources.line(span))
}

/// Writes what is covered in a format. `width` concerns the terminal only.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(
    report: &CoverageReport,
    format: TableFormat,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        TableFormat::Table => document(report).to_terminal(width, out),
        TableFormat::Markdown => document(report).to_markdown(out),
        TableFormat::Csv => write_csv(&sheet(report), out),
        TableFormat::Json => write_json(report, out),
    }
}

fn document(report: &CoverageReport) -> Document {
    let mut document = Document::default();
    let cell = |reference: &Option<String>, kind: &str| {
        Cell::plain(reference.as_deref().map_or("–", |reference| short(reference, kind)))
    };
    let rows = report.components.iter().map(|component| {
        let service = component.service.as_deref().unwrap_or("no file");
        vec![
            Cell::plain(short(&component.entity, "component")),
            Cell::plain(service),
            cell(&component.owner, "group"),
            cell(&component.system, "system"),
            cell(&component.domain, "domain"),
        ]
    });
    let headings = ["Entity", "Service", "Owner", "System", "Domain"];
    let table = TextTable { headings: headings.map(str::to_owned).to_vec(), rows: rows.collect() };
    if !report.components.is_empty() {
        document.push(Block::Table(table));
    }
    if !report.without_component.is_empty() {
        let rows = report.without_component.iter();
        let rows = rows.map(|line| {
            vec![Cell::plain(&line.service), Cell::plain(format!("{}:{}", line.file, line.line))]
        });
        document.push(Block::Subheading("Not in the catalog".to_owned()));
        let headings = ["Service", "File"].map(str::to_owned).to_vec();
        document.push(Block::Table(TextTable { headings, rows: rows.collect() }));
    }
    document.text(summary(report));
    document
}

/// A reference without the kind that its column is about, and without the namespace that most entities are in.
fn short<'r>(reference: &'r str, kind: &str) -> &'r str {
    let rest = reference.strip_prefix(kind).and_then(|rest| rest.strip_prefix(':')).unwrap_or(reference);
    rest.strip_prefix("default/").unwrap_or(rest)
}

/// "2 of 3 services of the catalog have a file; 1 service is not in the catalog."
fn summary(report: &CoverageReport) -> String {
    let covered = report.components.iter().filter(|component| component.service.is_some()).count();
    let all = plural(report.components.len(), "service", "services");
    let have = if covered == 1 { "has" } else { "have" };
    let without = report.without_component.len();
    let are = if without == 1 { "is" } else { "are" };
    let others = match without {
        0 => String::new(),
        _ => format!("; {} {are} not in the catalog", plural(without, "other service", "other services")),
    };
    format!("{covered} of {all} of the catalog {have} a file{others}.")
}

/// A row of CSV: a service of the catalog, or one that it doesn't have.
#[derive(Clone, Copy)]
enum CoverageRow<'r> {
    Component(&'r ComponentLine),
    Service(&'r ServiceLine),
}

impl<'r> CoverageRow<'r> {
    fn component(self) -> Option<&'r ComponentLine> {
        match self {
            Self::Component(component) => Some(component),
            Self::Service(_) => None,
        }
    }

    /// The name of the service that has a file, and where the row's subject stands.
    fn place(self) -> (Option<&'r str>, &'r str, usize) {
        match self {
            Self::Component(line) => (line.service.as_deref(), &line.file, line.line),
            Self::Service(line) => (Some(&line.service), &line.file, line.line),
        }
    }
}

fn sheet(report: &CoverageReport) -> Sheet<'_> {
    let components = report.components.iter().map(CoverageRow::Component);
    let others = report.without_component.iter().map(CoverageRow::Service);
    SheetColumns::<CoverageRow<'_>>::new()
        .add(NAME, "entity", "Entity", |row: CoverageRow<'_>| row.component().map(|line| line.entity.clone()))
        .add(NAME, "kind", "Kind", |row: CoverageRow<'_>| row.component().map(|line| line.kind.clone()))
        .add(NAME, "type", "Type", |row: CoverageRow<'_>| row.component()?.r#type.clone())
        .add(NAME, "lifecycle", "Lifecycle", |row: CoverageRow<'_>| row.component()?.lifecycle.clone())
        .add(NAME, "owner", "Owner", |row: CoverageRow<'_>| row.component()?.owner.clone())
        .add(NAME, "system", "System", |row: CoverageRow<'_>| row.component()?.system.clone())
        .add(NAME, "domain", "Domain", |row: CoverageRow<'_>| row.component()?.domain.clone())
        .add(NAME, "service", "Service", |row: CoverageRow<'_>| row.place().0.map(str::to_owned))
        .add(NAME, "file", "File", |row: CoverageRow<'_>| row.place().1.to_owned())
        .add(COUNT, "line", "Line", |row: CoverageRow<'_>| row.place().2)
        .over(components.chain(others))
}
