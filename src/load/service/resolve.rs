//! [`ServiceParts`] → [`Service`], once all sources of its identity are known.

use std::cmp::Reverse;

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{
    Criticality, CriticalityLevels, Date, Identities, Identity, PastIdentity, Retirement, Service,
    is_same_value,
};
use crate::source::Spanned;

use super::ServiceParts;
use super::identity::{IdentitySource, PastEntry, RequiredField};
use crate::load::catalog::bare_name;

impl ServiceParts {
    /// Takes each field of the identity from the first source that gives it. Reports the required fields that no source
    /// gives, and contradictions between fields. Returns `None` without an id or a required field.
    pub fn resolve(self, levels: &CriticalityLevels, problems: &mut Problems) -> Option<Service> {
        let sources = &self.identities;
        let gap = self.catalog_gap.help.as_deref();
        let domain = required(sources, |source| &source.domain, gap, problems);
        let platform = required(sources, |source| &source.platform, gap, problems);
        let criticality = required(sources, |source| &source.criticality, gap, problems);
        let golden_thread = sources.iter().find_map(|source| source.golden_thread.as_ref());
        if golden_thread.is_none() && self.catalog_gap.hides_golden_thread {
            problems.push(with_help(self.no_golden_thread, gap));
        }
        report_differences(sources, problems);
        if let Some(level) = criticality {
            check_golden_thread(&self.previously, level, golden_thread, levels, problems);
        }
        let previously = report_same_days(self.previously, problems);
        report_misplaced_retirements(&previously, self.retired.as_ref(), problems);
        let id = self.id?;
        let title = sources.iter().find_map(|source| source.title.as_ref());
        let owner = sources.iter().find_map(|source| source.owner.as_ref());
        let lifecycle = sources.iter().find_map(|source| source.lifecycle.as_ref());
        let mut tags: Vec<String> = Vec::new();
        for tag in sources.iter().flat_map(|source| &source.tags) {
            if sources.len() == 1 || !tags.contains(&tag.value) {
                tags.push(tag.value.clone());
            }
        }
        let links = sources.iter().map(|source| &source.links).find(|links| !links.is_empty());
        let latest = Identity {
            domain: domain?.value.clone(),
            platform: platform?.value.clone(),
            owner: owner.and_then(|owner| team(owner.value.clone())),
            tags,
            criticality: criticality?.value.clone(),
            golden_thread: golden_thread.is_some_and(|golden| golden.value),
            rubrics: self.rubrics.filter(|rubrics| !rubrics.is_empty()),
            retired: self.retired,
        };
        Some(Service {
            title: title.map_or_else(|| id.value.to_string(), |title| title.value.clone()),
            lifecycle: lifecycle.map(|lifecycle| lifecycle.value.clone()),
            renamed_from: self.renamed_from,
            links: links.cloned().unwrap_or_default(),
            identities: identities(latest, previously),
            joined: self.joined,
            assessments: self.assessments,
            actions: self.actions,
            waivers: self.waivers,
            id: id.value,
            span: id.span,
        })
    }
}

/// Each past identity is the one after it, but for what its entry gives. It was retired only if its own entry says so.
fn identities(latest: Identity, mut previously: Vec<PastEntry>) -> Identities {
    previously.sort_by_key(|entry| entry.until.value);
    let mut after = latest.clone();
    let past = previously.into_iter().rev().map(|entry| {
        let identity = Identity {
            domain: entry.domain.unwrap_or_else(|| after.domain.clone()),
            platform: entry.platform.unwrap_or_else(|| after.platform.clone()),
            owner: entry.owner.map_or_else(|| after.owner.clone(), team),
            tags: entry.tags.unwrap_or_else(|| after.tags.clone()),
            criticality: entry.criticality.map_or_else(|| after.criticality.clone(), |level| level.value),
            golden_thread: entry.golden_thread.map_or(after.golden_thread, |golden| golden.value),
            rubrics: entry
                .rubrics
                .map_or_else(|| after.rubrics.clone(), |ids| Some(ids).filter(|ids| !ids.is_empty())),
            retired: entry.retired,
        };
        after = identity.clone();
        PastIdentity { until: entry.until.value, identity, span: entry.until.span }
    });
    let past = past.collect();
    Identities::new(latest, past)
}

/// A team by its name; an empty name says that there is none.
fn team(name: String) -> Option<String> {
    Some(name).filter(|name| !name.trim().is_empty())
}

/// Reports entries that end on the same day, and returns the entries.
fn report_same_days(mut previously: Vec<PastEntry>, problems: &mut Problems) -> Vec<PastEntry> {
    previously.sort_by_key(|entry| (entry.until.value, entry.until.span));
    for pair in previously.windows(2).filter(|pair| pair[0].until.value == pair[1].until.value) {
        let title = format!("two entries of `previously` end on {}", pair[0].until.value);
        let problem =
            Diagnostic::new(Code::OverlappingIdentity, title).at(pair[1].until.span, "a second one");
        let problem = problem.and(pair[0].until.span, "the first one");
        problems
            .push(problem.help(
                "join them into one, or correct the day: each holds from the day after the one before",
            ));
    }
    previously
}

/// Reports each retirement on a day on which the service was something else than the entry that says so.
fn report_misplaced_retirements(
    previously: &[PastEntry],
    retired: Option<&Retirement>,
    problems: &mut Problems,
) {
    let mut before: Option<&Spanned<Date>> = None;
    let ends = previously.iter().map(|entry| (entry.retired.as_ref(), Some(&entry.until)));
    for (retired, until) in ends.chain([(retired, None)]) {
        let Some(retired) = retired else {
            before = until;
            continue;
        };
        let too_early = before.filter(|before| retired.on <= before.value);
        let too_late = until.filter(|until| retired.on > until.value);
        if let Some(end) = too_early.or(too_late) {
            let title = format!("retired on {}, when `previously` says otherwise", retired.on);
            let problem =
                Diagnostic::new(Code::MisplacedRetirement, title).at(retired.span, "not a day of this time");
            let label = if too_early.is_some() {
                "this holds up to and including that day"
            } else {
                "this ends before"
            };
            let problem = problem.and(end.span, label);
            problems.push(problem.help(
                "correct one of the days: an entry holds from the day after the one before up to its `until`",
            ));
        }
        before = until;
    }
}

fn with_help(problem: Diagnostic, help: Option<&str>) -> Diagnostic {
    match help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

/// Reports each field that two sources give differently. Tags add up, and links are those of the first source that has any.
fn report_differences(sources: &[IdentitySource], problems: &mut Problems) {
    let [file, others @ ..] = sources else { return };
    for other in others {
        for ((field, mine), (_, theirs)) in file.fields().into_iter().zip(other.fields()) {
            let (Some(mine), Some(theirs)) = (mine, theirs) else { continue };
            if says_the_same(field, &mine.value, &theirs.value) {
                continue;
            }
            let title =
                format!("`{field}` is `{}` in the file and `{}` in the catalog", mine.value, theirs.value);
            let problem =
                Diagnostic::new(Code::CatalogMismatch, title).at(mine.span, "differs from the catalog");
            let problem = problem.and(theirs.span, "in the catalog");
            problems.push(
                problem.help(format!(
                    "correct one of them; without `{field}` the file takes it from the catalog"
                )),
            );
        }
    }
}

/// Whether two values of a field mean the same. Domains and platforms are told apart by every letter; of a reference, the name
/// counts.
fn says_the_same(field: &str, mine: &str, theirs: &str) -> bool {
    match field {
        "domain" | "platform" => mine == theirs,
        _ => is_same_value(bare_name(mine), bare_name(theirs)),
    }
}

/// A required field from the first source that gives it. If none does, that is reported where the first could give it.
fn required<'i, T>(
    sources: &'i [IdentitySource],
    field: impl Fn(&'i IdentitySource) -> &'i RequiredField<T>,
    catalog_gap: Option<&str>,
    problems: &mut Problems,
) -> Option<&'i Spanned<T>> {
    let mut absence: Option<Diagnostic> = None;
    for source in sources {
        match field(source) {
            RequiredField::Given(value) => return Some(value),
            RequiredField::Unreadable => return None,
            RequiredField::Absent(problem) => {
                let mut first = absence.unwrap_or_else(|| Diagnostic::clone(problem));
                first.related.extend(problem.at.clone().filter(|_| problem.at != first.at));
                absence = Some(first);
            }
        }
    }
    if let Some(problem) = absence {
        problems.push(with_help(problem, catalog_gap));
    }
    None
}

/// Reports each time in which the service is on the Golden Thread below the top level of criticality.
fn check_golden_thread(
    previously: &[PastEntry],
    criticality: &Spanned<Criticality>,
    golden_thread: Option<&Spanned<bool>>,
    levels: &CriticalityLevels,
    problems: &mut Problems,
) {
    let top = levels.top().name();
    let (mut level, mut golden) = (criticality, golden_thread);
    let mut newest_first: Vec<_> = previously.iter().collect();
    newest_first.sort_by_key(|entry| Reverse(entry.until.value));
    let mut check = |level: &Spanned<Criticality>, golden: Option<&Spanned<bool>>| {
        let Some(Spanned { value: true, span }) = golden else { return };
        if level.value.name() == top {
            return;
        }
        let title = format!("a Golden Thread service is `{top}`, not `{}`", level.value.name());
        let problem = Diagnostic::new(Code::GoldenThreadCriticality, title)
            .at(level.span, format!("below `{top}`"))
            .and(*span, "customers can't browse and buy without it");
        problems.push(problem.help(format!("write `criticality: {top}`, or remove `golden-thread`")));
    };
    check(level, golden);
    for entry in newest_first {
        let is_given = entry.criticality.is_some() || entry.golden_thread.is_some();
        level = entry.criticality.as_ref().unwrap_or(level);
        golden = entry.golden_thread.as_ref().or(golden);
        if is_given {
            check(level, golden);
        }
    }
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
            "{ domain: shop, platform: web, criticality: low, title: Catalog, tags: [b, c], service: x }";
        let (service, problems) = resolve(&["{ service: a, domain: shop, tags: [a, b] }", catalog]);
        let service = service.expect("a service");
        assert_eq!(problems, []);
        assert_eq!((service.id.as_str(), service.title.as_str()), ("a", "Catalog"));
        let identity = service.identities.latest();
        assert_eq!((identity.domain.as_str(), identity.platform.as_str()), ("shop", "web"));
        assert_eq!(identity.criticality.name(), "low");
        assert_eq!(identity.tags, ["a", "b", "c"]);
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
    fn a_field_that_two_sources_give_differently_is_an_error_at_both() {
        let file = "{ service: a, title: A, domain: d, platform: p, owner: o, criticality: low, golden-thread: false, \
                    lifecycle: new }";
        for other in [
            "title: B",
            "domain: e",
            "platform: q",
            "owner: r",
            "criticality: mission-critical",
            "golden-thread: true",
            "lifecycle: old",
        ] {
            let (_, problems) = resolve(&[file, &format!("{{ service: a, {other} }}")]);
            let [problem] = problems.as_slice() else { panic!("{other}: {problems:?}") };
            assert_eq!(problem.code, Code::CatalogMismatch);
            let files = problem.places().map(|place| place.file()).collect::<Vec<_>>();
            assert_eq!(files, [0, 1].map(FileId::from_index), "{other}");
        }
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
