//! Problems as SARIF 2.1.0, as far as code hosts read it.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::io::{self, Write};

use serde::Serialize;

use super::{Code, Diagnostic, Label, Problems, locate, write_json};
use crate::source::Sources;

#[derive(Serialize)]
struct Log<'p> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'p>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'p> {
    tool: Tool,
    /// Columns count characters, not bytes.
    column_kind: &'static str,
    results: Vec<Finding<'p>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Message<'static>,
    help: Message<'static>,
}

#[derive(Serialize)]
struct Message<'p> {
    text: std::borrow::Cow<'p, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'p> {
    rule_id: &'static str,
    level: &'static str,
    message: Message<'p>,
    locations: Vec<Location<'p>>,
    related_locations: Vec<Location<'p>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'p> {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'p>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
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

pub(super) fn render(problems: &Problems, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "fundamentals",
                    version: env!("CARGO_PKG_VERSION"),
                    rules: Code::ALL.iter().map(|code| rule(*code)).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            results: problems.iter().map(|problem| finding(problem, sources)).collect(),
        }],
    };
    write_json(&log, out)
}

fn rule(code: Code) -> Rule {
    Rule {
        id: code.name(),
        short_description: Message { text: code.summary().into() },
        help: Message { text: code.page().into() },
    }
}

fn finding<'p>(problem: &'p Diagnostic, sources: &Sources) -> Finding<'p> {
    let lines = std::iter::once(&problem.title).chain(&problem.help);
    let message = lines.map(String::as_str).collect::<Vec<_>>().join("\nhelp: ");
    Finding {
        rule_id: problem.code.name(),
        level: problem.severity().word(),
        message: Message { text: message.into() },
        locations: problem.at.iter().map(|label| location(label, sources)).collect(),
        related_locations: problem.related.iter().map(|label| location(label, sources)).collect(),
    }
}

fn location<'p>(label: &'p Label, sources: &Sources) -> Location<'p> {
    let (path, position) = locate(label.place, sources);
    Location {
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation { uri: uri(path) },
            region: position.map(|(start_line, start_column)| Region { start_line, start_column }),
        },
        message: (!label.text.is_empty()).then(|| Message { text: label.text.as_str().into() }),
    }
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
