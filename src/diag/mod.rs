//! What is wrong with a user's files, and how to fix it.
//!
//! [`Problems`] collects; the other modules show: `human` as rustc would, `json` for programs, and `render` what
//! problems share with findings of the gate. Nothing here decides whether something *is* wrong.

mod code;
mod human;
mod issues;
mod json;
pub(crate) mod render;

use std::io::{self, Write};

use clap::ValueEnum;

pub use code::{Code, Severity};

use crate::source::{FileId, Sources, Span};
use crate::text::{plural, shorten};

/// One problem.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    pub code: Code,
    /// What is wrong, naming the thing: lower case, no full stop.
    pub title: String,
    /// Where; `None` when it is about no file at all.
    pub at: Option<Label>,
    /// Other places that explain it: where two disagree, the second.
    pub related: Vec<Label>,
    pub help: Vec<String>,
}

/// A place in a file with a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub place: Place,
    /// What is wrong *here*; may be empty.
    pub text: String,
}

/// Where a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The file as a whole.
    File(FileId),
    /// A part of its text.
    Span(Span),
}

impl Place {
    /// The file.
    #[must_use]
    pub fn file(self) -> FileId {
        match self {
            Self::File(file) => file,
            Self::Span(span) => span.file,
        }
    }
}

impl Diagnostic {
    /// A problem that is in no file.
    #[must_use]
    pub fn new(code: Code, title: impl Into<String>) -> Self {
        let title = shorten(title.into());
        Self { code, title, at: None, related: Vec::new(), help: Vec::new() }
    }

    /// Says where it is, and what is wrong there.
    #[must_use]
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        let text = shorten(text.into());
        self.at = Some(Label { place: Place::Span(span), text });
        self
    }

    /// Says that a whole file is meant.
    #[must_use]
    pub fn in_file(mut self, file: FileId) -> Self {
        self.at = Some(Label { place: Place::File(file), text: String::new() });
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn and(mut self, span: Span, text: impl Into<String>) -> Self {
        let text = shorten(text.into());
        self.related.push(Label { place: Place::Span(span), text });
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(shorten(text.into()));
        self
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Every place it mentions, the main one first.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        self.at.iter().chain(&self.related).map(|label| label.place)
    }
}

/// The problems of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems(Vec<Diagnostic>);

impl Problems {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all of another collection.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Keeps those that `keep` accepts.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(keep);
    }

    /// Brings them into the order of reading: by file, by place, and the order in which they were found.
    pub fn sort(&mut self) {
        let key = |diagnostic: &Diagnostic| {
            let place = diagnostic.at.as_ref().map(|label| label.place);
            let start = place.map(|place| match place {
                Place::File(_) => 0,
                Place::Span(span) => span.start,
            });
            (place.map(Place::file), start)
        };
        self.0.sort_by_key(key);
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// Whether there are none at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether any is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.iter().filter(|diagnostic| diagnostic.severity() == severity).count()
    }

    /// "2 errors, 1 warning"
    #[must_use]
    pub fn summary(&self) -> String {
        let errors = |count| plural(count, "error", "errors");
        let warnings = |count| plural(count, "warning", "warnings");
        match (self.count(Severity::Error), self.count(Severity::Warning)) {
            (0, 0) => "nothing wrong".to_owned(),
            (count, 0) => errors(count),
            (0, count) => warnings(count),
            (some, others) => format!("{}, {}", errors(some), warnings(others)),
        }
    }
}

/// How problems, and findings of the gate, are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal or a build's log.
    Human,
    /// One a line, for editors and grep.
    Concise,
    /// One JSON document, for programs.
    Json,
    /// Annotations for GitHub workflows.
    Github,
    /// SARIF 2.1.0.
    Sarif,
    /// JUnit's XML, with a suite for each file or service.
    Junit,
    /// GitLab's report on code quality.
    Gitlab,
    /// For a comment or a job's summary.
    Markdown,
}

impl Format {
    /// Whether a code host or a build server reads it, which names files from the root of the repository.
    #[must_use]
    pub fn is_for_a_host(self) -> bool {
        match self {
            Self::Human | Self::Concise | Self::Json => false,
            Self::Github | Self::Sarif | Self::Junit | Self::Gitlab | Self::Markdown => true,
        }
    }
}

/// What was looked at for problems.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// Who looked.
    pub by: Checker,
    /// The files, with problems or without.
    pub files: &'a [FileId],
    /// The same in words: "checked 17 service files".
    pub scope: &'a str,
}

/// A command whose result is problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checker {
    Check,
    /// `rubric lint`
    Lint,
}

/// Writes problems in a format. `width` concerns the human format only; `elsewhere` is the path at which a code host
/// shows what is in no file.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(
    problems: &Problems,
    sources: &Sources,
    checked: &Checked<'_>,
    format: Format,
    elsewhere: &str,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (issues, groups) = issues::issues(problems, sources, checked.files);
    let report = issues::report(&issues, groups, problems.summary(), checked, elsewhere);
    match format {
        Format::Human => human::render(problems, sources, width, out),
        Format::Json => json::render(problems, sources, out),
        Format::Concise => render::concise::render(&report, out),
        Format::Github => render::github::render(&report, out),
        Format::Sarif => render::sarif::render(&report, out),
        Format::Junit => render::junit::render(&report, out),
        Format::Gitlab => render::gitlab::render(&report, out),
        Format::Markdown => render::markdown::render(&report, out),
    }
}

/// Writes problems for people, with the lines of source that they are about.
///
/// # Errors
/// When `out` can't be written to.
pub fn render_human(
    problems: &Problems,
    sources: &Sources,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    human::render(problems, sources, width, out)
}

/// Path, line and column of a label's place; a whole file has neither line nor column.
fn locate(place: Place, sources: &Sources) -> (&str, Option<(usize, usize)>) {
    let path = sources.file(place.file()).path();
    match place {
        Place::File(_) => (path, None),
        Place::Span(span) => {
            let position = sources.position(span);
            (path, Some((position.line, position.column)))
        }
    }
}
