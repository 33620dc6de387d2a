//! Models of other forms → [`RubricSkeleton`]: texts where they belong, and a comment for everything that a rubric has no
//! place for.

mod aws_lens;
mod dsomm;
mod osps;
mod rows;
mod scorecards;
mod source_table;

use std::path::Path;

use super::files::{Input, Limit};
use super::foreign;
use super::place::NamedFile;
use super::values::address;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{
    Date, Guidance, Link, RubricForm, RubricId, RubricSkeleton, SkeletonPillar, Version, kebab_case,
};
use crate::source::{FileId, Node, Sources, Span, Spanned};

use source_table::SourceTable;

/// What a model of another form came to.
#[derive(Debug)]
pub struct ForeignRubric {
    /// `None` if it is not of the form.
    pub skeleton: Option<RubricSkeleton>,
    /// The file.
    pub sources: Sources,
    pub problems: Problems,
}

/// What a form gives of a rubric.
#[derive(Debug, Default)]
struct SourceModel {
    title: Option<String>,
    comments: Vec<String>,
    pillars: Vec<SkeletonPillar>,
}

/// Reads a model. Without an `id`, its title gives the rubric's, or else the file's name.
#[must_use]
pub fn read_foreign_rubric(
    form: RubricForm,
    NamedFile(input): NamedFile,
    id: Option<RubricId>,
    today: Date,
) -> ForeignRubric {
    let file = FileId::from_index(0);
    let stem = stem(&input);
    let (source, refusal) = input.read(file, Limit::Foreign);
    let mut problems = Problems::default();
    let model = match refusal {
        Some(refusal) => {
            problems.push(refusal);
            None
        }
        None => read(form, source.text(), file, &mut problems),
    };
    if let Some(model) = &model
        && model.pillars.iter().all(|pillar| pillar.categories.is_empty())
        && !problems.has_errors()
    {
        let problem =
            Diagnostic::new(Code::EmptyRubric, format!("no questions found in this {}", form.title()));
        problems.push(problem.in_file(file).help("check `--from`: the file may be of another form"));
    }
    let model = model.filter(|_| !problems.has_errors());
    problems.sort();
    let skeleton = model.map(|model| {
        let named = model.title.iter().chain([&stem]).find_map(|name| RubricId::new(&kebab_case(name)?).ok());
        RubricSkeleton {
            id: id.or(named).unwrap_or_else(unnamed),
            title: model.title.unwrap_or(stem),
            version: Version { major: 1, minor: 0 },
            published: today,
            comments: model.comments,
            pillars: model.pillars,
        }
    });
    ForeignRubric { skeleton, sources: Sources::new(vec![source]), problems }
}

/// The id of a rubric whose source has no name.
fn unnamed() -> RubricId {
    RubricId::new("imported").expect("it is kebab-case")
}

/// The name of a file without what follows its first dot.
fn stem(input: &Input) -> String {
    let name = Path::new(input.shown()).file_name().unwrap_or_default().to_string_lossy();
    let stem = name.split('.').next().unwrap_or_default();
    if stem.is_empty() || stem == "-" { "Imported".to_owned() } else { stem.to_owned() }
}

fn read(form: RubricForm, text: &str, file: FileId, problems: &mut Problems) -> Option<SourceModel> {
    if form == RubricForm::Csv {
        return Some(rows::read(text, file, problems));
    }
    let mut comments = Vec::new();
    let mut nodes = Vec::new();
    for document in foreign::documents(text, file) {
        match document {
            Ok(document) => {
                let again = document.repeated_keys.into_iter();
                comments.extend(
                    again.map(|key| format!("`{}` stands twice in a table: the last counts.", key.key.value)),
                );
                nodes.push(document.node);
            }
            Err(unreadable) => {
                let problem = Diagnostic::new(Code::InvalidYaml, "this is neither YAML nor JSON");
                problems.push(problem.at(unreadable.span, unreadable.reason));
            }
        }
    }
    let mut model = match form {
        RubricForm::AwsLens => aws_lens::read(&nodes),
        RubricForm::Osps => osps::read(&nodes),
        RubricForm::Dsomm => Some(dsomm::read(&nodes)),
        RubricForm::Cortex => scorecards::read(&nodes, scorecards::CORTEX),
        RubricForm::Compass => scorecards::read(&nodes, scorecards::COMPASS),
        RubricForm::Datadog => scorecards::read_datadog(&nodes),
        RubricForm::Csv => None,
    };
    if model.is_none() && !problems.has_errors() {
        let at =
            nodes.first().map_or(Span::new(file, 0..0), |node| Span { end: node.span.start, ..node.span });
        let problem = Diagnostic::new(Code::MissingKey, format!("this is no {}", form.title()));
        let problem = problem.at(at, format!("has no {}", form.needs()));
        problems.push(problem.help("check `--from`: the file may be of another form"));
    }
    if let Some(model) = &mut model {
        model.comments.extend(comments);
    }
    model
}

/// A page as guidance: a link, or words where a rubric may not link to its address.
fn page(title: &str, href: &str, at: &Node) -> Guidance {
    let mut problems = Problems::default();
    address(&Spanned::new(href.to_owned(), at.span), &mut problems);
    if problems.is_empty() {
        Guidance::Link(Link { title: title.to_owned(), href: href.to_owned(), span: at.span })
    } else {
        words(&format!("{title}: {href}"), at)
    }
}

/// Words as guidance.
fn words(text: &str, at: &Node) -> Guidance {
    Guidance::Text(Spanned::new(text.to_owned(), at.span))
}

/// Items that are no tables, as comments on what should be there.
fn not_tables(what: &str, items: &[Node]) -> Vec<String> {
    let others = items.iter().filter(|item| SourceTable::of(item).is_none());
    others.filter_map(|item| Some(format!("{what}: {}", source_table::in_words(item)?))).collect()
}
