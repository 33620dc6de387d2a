//! The parts of a SARIF 2.1.0 log that code hosts read.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use serde::Serialize;

use super::{BaselineState, Part};
use crate::text::sanitize_lines;

#[derive(Serialize)]
pub(super) struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

/// A log with one run.
pub(super) fn log(run: Run) -> Log {
    Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Run {
    tool: Tool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub invocations: Vec<Invocation>,
    /// Columns count characters, not bytes.
    column_kind: &'static str,
    results: Vec<SarifResult>,
}

impl Run {
    pub fn new(rules: Vec<ReportingDescriptor>, results: Vec<SarifResult>) -> Self {
        let driver = Driver { name: "fundamentals", version: env!("CARGO_PKG_VERSION"), rules };
        Self { tool: Tool { driver }, invocations: Vec::new(), column_kind: "unicodeCodePoints", results }
    }
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<ReportingDescriptor>,
}

/// How the run went.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation {
    /// Whether everything could be looked at.
    pub execution_successful: bool,
    #[serde(rename = "toolExecutionNotifications", skip_serializing_if = "Vec::is_empty")]
    pub notifications: Vec<Notification>,
}

/// What is to be known of a run that is no result.
#[derive(Serialize)]
pub(super) struct Notification {
    level: Level,
    message: Message,
}

impl Notification {
    pub fn new(level: Level, text: &str) -> Self {
        Self { level, message: Message::new(text) }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReportingDescriptor {
    pub id: &'static str,
    pub short_description: Message,
    pub help: Message,
}

#[derive(Serialize)]
pub(super) struct Message {
    text: String,
}

impl Message {
    /// A text that may come from a file: viewers would turn `[…](…)` into a link.
    pub fn new(text: &str) -> Self {
        Self { text: sanitize_lines(text).replace("](", "] (") }
    }

    /// A text of the program's own, whose links may stay.
    pub fn of_our_own(text: &str) -> Self {
        Self { text: text.to_owned() }
    }
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Level {
    Error,
    Warning,
    Note,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SarifResult {
    pub rule_id: &'static str,
    pub level: Level,
    pub message: Message,
    pub locations: Vec<Location>,
    pub related_locations: Vec<Location>,
    pub partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline_state: Option<BaselineState>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suppressions: Vec<Suppression>,
}

/// What makes a result the same as one of another run.
#[derive(Serialize)]
pub(super) struct Fingerprints {
    #[serde(rename = "fundamentals/v1")]
    pub fundamentals: String,
}

/// Why a result counts for nothing.
#[derive(Serialize)]
pub(super) struct Suppression {
    /// `external`: it is not in the code.
    pub kind: &'static str,
    pub justification: String,
}

#[derive(Serialize)]
pub(super) struct Location {
    #[serde(rename = "physicalLocation")]
    pub file: PhysicalLocation,
    #[serde(rename = "logicalLocations", skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
}

impl Location {
    /// A place in a file, or a file as a whole.
    pub fn new(path: &str, position: Option<(usize, usize)>) -> Self {
        let region = position.map(|(start_line, start_column)| Region { start_line, start_column });
        let place = PhysicalLocation { artifact_location: ArtifactLocation { uri: uri(path) }, region };
        Self { file: place, parts: Vec::new(), message: None }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
}

/// A relative path as a URI reference: everything but unreserved characters and `/` is percent-encoded.
fn uri(path: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    path.bytes().map(encode).collect()
}
