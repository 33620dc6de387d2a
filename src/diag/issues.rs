//! Diagnostics as issues, for the formats that they share with findings of the gate.

use std::collections::HashMap;

use super::render::{
    Decision, Fact, FactKind, Group, Issue, IssueEffect, IssueReport, Location, Rule, Wording,
};
use super::{Checked, Checker, Code, Diagnostic, Label, Problems, Severity, locate};
use crate::source::{FileId, Sources};
use crate::text::fingerprint;

const CHECK: Wording = Wording {
    run: "fundamentals check",
    heading: "Estate check",
    failures: "Errors",
    success: "no errors",
    verdict: Decision::None,
    rules,
};

const LINT: Wording = Wording { run: "fundamentals rubric lint", heading: "Rubric lint", ..CHECK };

/// The group of what is in no file.
const FILES: &str = "files";

fn rules() -> Vec<Rule> {
    let rule = |code: &Code| Rule { id: code.name(), summary: code.summary(), page: code.page() };
    Code::ALL.iter().map(rule).collect()
}

/// An issue for each problem, in their order, and the groups that they are in: a file each.
pub(super) fn issues<'a>(
    problems: &Problems,
    sources: &'a Sources,
    files: &[FileId],
) -> (Vec<Issue>, Vec<Group<'a>>) {
    let mut groups: Vec<_> = files.iter().copied().map(Some).collect();
    let mut indexes: HashMap<_, _> = groups.iter().enumerate().map(|(at, file)| (*file, at)).collect();
    let mut repeats = HashMap::new();
    let issues = problems.iter().map(|problem| {
        let file = problem.at.as_ref().map(|label| label.place.file());
        let group = *indexes.entry(file).or_insert_with(|| {
            groups.push(file);
            groups.len() - 1
        });
        let place = problem.at.as_ref().map(|label| location(label, sources));
        let path = place.as_ref().map_or("", |place| &place.path);
        let identity = fingerprint([problem.code.name(), path, &problem.title]);
        let repeat = repeats.entry(identity.clone()).or_insert(0_usize);
        *repeat += 1;
        let fingerprint = match *repeat {
            1 => identity,
            repeat => fingerprint([identity, repeat.to_string()]),
        };
        Issue { place, fingerprint, group, ..issue(problem, sources) }
    });
    let issues = issues.collect();
    let path = |file: Option<FileId>| file.map_or(FILES, |file| sources.file(file).path());
    (issues, groups.into_iter().map(|file| Group { id: path(file), title: path(file).into() }).collect())
}

/// All of a problem but for what it takes its place among others to know.
fn issue(problem: &Diagnostic, sources: &Sources) -> Issue {
    let help = problem.help.iter();
    Issue {
        rule: problem.code.name(),
        effect: match (problem.code, problem.severity()) {
            (Code::NothingToCheck, _) => IssueEffect::Stops,
            (_, Severity::Error) => IssueEffect::Fails,
            (_, Severity::Warning) => IssueEffect::Warns,
        },
        word: problem.severity().word(),
        subject: None,
        title: problem.title.clone(),
        place: None,
        related: problem.related.iter().map(|label| location(label, sources)).collect(),
        facts: help
            .map(|text| Fact { kind: FactKind::ToDo, label: "help".to_owned(), text: text.clone() })
            .collect(),
        fingerprint: String::new(),
        group: 0,
        baseline: None,
        waived_because: None,
        part: None,
    }
}

fn location(label: &Label, sources: &Sources) -> Location {
    let (path, position) = locate(label.place, sources);
    Location { path: path.to_owned(), position, text: label.text.clone() }
}

pub(super) fn report<'a>(
    issues: &'a [Issue],
    groups: Vec<Group<'a>>,
    summary: String,
    checked: &Checked<'_>,
    elsewhere: &'a str,
) -> IssueReport<'a> {
    let wording = match checked.by {
        Checker::Check => &CHECK,
        Checker::Lint => &LINT,
    };
    IssueReport {
        wording,
        command: wording.run.to_owned(),
        summary,
        scope: checked.scope.to_owned(),
        groups,
        issues: issues.iter().collect(),
        resolved: Vec::new(),
        notes: &[],
        standing: None,
        incomplete: None,
        elsewhere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, Span};

    fn unknown(file: FileId, start: usize) -> Diagnostic {
        let span = Span::new(file, start..start + 1);
        Diagnostic::new(Code::UnknownKey, "unknown key `a`").at(span, "")
    }

    fn issues_of(problems: Vec<Diagnostic>, sources: &Sources, files: &[FileId]) -> Vec<Issue> {
        let mut all = Problems::default();
        problems.into_iter().for_each(|problem| all.push(problem));
        issues(&all, sources, files).0
    }

    #[test]
    fn a_fingerprint_depends_on_code_path_title_and_repetition_and_not_on_lines() {
        let files = ["a.yaml", "b.yaml"].map(|path| SourceFile::new(path, "a: 1\n\na: 1\n"));
        let sources = Sources::new(files.into());
        let [a, b] = [0, 1].map(FileId::from_index);
        let fingerprints = |problems| -> Vec<_> {
            issues_of(problems, &sources, &[a, b]).into_iter().map(|issue| issue.fingerprint).collect()
        };
        let of_lines = |lines: [usize; 2]| fingerprints(lines.map(|start| unknown(a, start)).into());
        assert_eq!(of_lines([0, 6]), of_lines([5, 7]));
        let other = Diagnostic { code: Code::DuplicateKey, ..unknown(a, 0) };
        let title = Diagnostic { title: "unknown key `b`".to_owned(), ..unknown(a, 0) };
        let different = fingerprints(vec![unknown(a, 0), unknown(a, 6), unknown(b, 0), other, title]);
        let unique: std::collections::BTreeSet<_> = different.iter().collect();
        assert_eq!(unique.len(), 5, "{different:?}");
    }

    #[test]
    fn a_problem_outside_the_files_looked_at_has_a_group_of_its_own() {
        let files = ["a.yaml", "b.yaml"].map(|path| SourceFile::new(path, "a: 1\n"));
        let sources = Sources::new(files.into());
        let [a, b] = [0, 1].map(FileId::from_index);
        let mut problems = Problems::default();
        problems.push(Diagnostic::new(Code::NothingToCheck, "no service file"));
        problems.push(unknown(b, 0));
        let (issues, groups) = issues(&problems, &sources, &[a]);
        let group = |issue: &Issue| groups[issue.group].id;
        assert_eq!(issues.iter().map(group).collect::<Vec<_>>(), [FILES, "b.yaml"]);
        assert_eq!(groups.iter().map(|group| group.id).collect::<Vec<_>>(), ["a.yaml", FILES, "b.yaml"]);
        assert_eq!(issues[0].effect, IssueEffect::Stops);
    }
}
