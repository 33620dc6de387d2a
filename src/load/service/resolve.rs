//! [`ServiceParts`] → [`Service`], once all sources of its identity are known.

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Criticality, CriticalityLevels, Service};
use crate::source::{Span, Spanned};

use super::ServiceParts;
use super::identity::{Identity, RequiredField};

impl ServiceParts {
    /// Takes each field of the identity from the first source that gives it. Reports the required fields that no source
    /// gives, and contradictions between fields. Returns `None` without an id or a required field.
    pub fn resolve(self, levels: &CriticalityLevels, problems: &mut Problems) -> Option<Service> {
        let sources = &self.identities;
        let domain = required(sources, |source| &source.domain, problems);
        let platform = required(sources, |source| &source.platform, problems);
        let criticality = required(sources, |source| &source.criticality, problems);
        let golden_thread = sources.iter().find_map(|source| source.golden_thread.as_ref());
        if let Some(level) = criticality
            && let Some(Spanned { value: true, span }) = golden_thread
        {
            check_golden_thread(level, *span, levels, problems);
        }
        let id = self.id?;
        let title = sources.iter().find_map(|source| source.title.as_ref());
        let owner = sources.iter().find_map(|source| source.owner.as_ref());
        let tags = sources.iter().map(|source| &source.tags).find(|tags| !tags.is_empty());
        let links = sources.iter().map(|source| &source.links).find(|links| !links.is_empty());
        Some(Service {
            title: title.map_or_else(|| id.value.to_string(), |title| title.value.clone()),
            domain: domain?.value.clone(),
            platform: platform?.value.clone(),
            owner: owner.map(|owner| owner.value.clone()),
            tags: tags.into_iter().flatten().map(|tag| tag.value.clone()).collect(),
            links: links.cloned().unwrap_or_default(),
            criticality: criticality?.value.clone(),
            golden_thread: golden_thread.is_some_and(|golden| golden.value),
            assessments: self.assessments,
            actions: self.actions,
            waivers: self.waivers,
            id: id.value,
            span: id.span,
        })
    }
}

/// A required field from the first source that gives it. If none does, that is reported where the first could give it.
fn required<'i, T>(
    sources: &'i [Identity],
    field: impl Fn(&'i Identity) -> &'i RequiredField<T>,
    problems: &mut Problems,
) -> Option<&'i Spanned<T>> {
    let mut absence = None;
    for source in sources {
        match field(source) {
            RequiredField::Given(value) => return Some(value),
            RequiredField::Unreadable => return None,
            RequiredField::Absent(problem) => absence = absence.or(Some(problem)),
        }
    }
    if let Some(problem) = absence {
        problems.push(Diagnostic::clone(problem));
    }
    None
}

/// Reports a Golden Thread service below the top level of criticality.
fn check_golden_thread(
    level: &Spanned<Criticality>,
    golden_thread: Span,
    levels: &CriticalityLevels,
    problems: &mut Problems,
) {
    let top = levels.top().name();
    if level.value.name() == top {
        return;
    }
    let title = format!("a Golden Thread service is `{top}`, not `{}`", level.value.name());
    let problem = Diagnostic::new(Code::GoldenThreadCriticality, title)
        .at(level.span, format!("below `{top}`"))
        .and(golden_thread, "customers can't browse and buy without it");
    problems.push(problem.help(format!("write `criticality: {top}`, or remove `golden-thread`")));
}

#[cfg(test)]
mod tests {
    use super::super::{ReadContext, read};
    use super::*;
    use crate::load::rubric::BrokenRubrics;
    use crate::load::{load_texts, yaml};
    use crate::model::Estate;
    use crate::source::FileId;

    /// A service whose identity is given by several texts, the first of which is its file.
    fn resolve(texts: &[&str]) -> (Option<Service>, Vec<Diagnostic>) {
        let Estate { settings, rubrics, .. } = load_texts(None, &[], &[]).estate;
        let context =
            ReadContext { settings: &settings, rubrics: &rubrics, broken: &BrokenRubrics::default() };
        let mut problems = Problems::default();
        let mut sources = texts.iter().enumerate().map(|(at, text)| {
            let root = yaml::parse(text, FileId::from_index(at), &mut problems).expect("YAML");
            read(&root, None, &context, &mut problems).expect("a table")
        });
        let mut file = sources.next().expect("a text");
        file.identities.extend(sources.flat_map(|parts| parts.identities));
        let service = file.resolve(&settings.criticality, &mut problems);
        (service, problems.iter().cloned().collect())
    }

    #[test]
    fn another_source_supplies_what_the_file_leaves_out() {
        let catalog =
            "{ domain: shop, platform: web, criticality: low, title: Catalog, tags: [b], service: x }";
        let (service, problems) = resolve(&["{ service: a, title: File, domain: shop }", catalog]);
        let service = service.expect("a service");
        assert_eq!(problems, []);
        assert_eq!((service.id.as_str(), service.title.as_str()), ("a", "File"));
        assert_eq!((service.platform.as_str(), service.criticality.name()), ("web", "low"));
        assert_eq!(service.tags, ["b"]);
    }

    #[test]
    fn what_no_source_gives_is_reported_once() {
        let (service, problems) =
            resolve(&["{ service: a, domain: shop }", "{ service: a, criticality: low }"]);
        assert!(service.is_none());
        let titles: Vec<_> = problems.iter().map(|problem| problem.title.as_str()).collect();
        assert_eq!(titles, ["a service file needs `platform`"]);
    }

    #[test]
    fn a_contradiction_between_sources_points_at_both() {
        let file = "{ service: a, domain: shop, platform: web, golden-thread: true }";
        let (_, problems) = resolve(&[file, "{ service: a, criticality: low }"]);
        assert_eq!(
            problems.iter().map(|problem| problem.code).collect::<Vec<_>>(),
            [Code::GoldenThreadCriticality]
        );
        let files: Vec<_> = problems.iter().flat_map(Diagnostic::places).map(|place| place.file()).collect();
        assert_eq!(files, [FileId::from_index(1), FileId::from_index(0)]);
    }
}
