//! Findings as issues, for the formats that they share with diagnostics.

use super::{Coverage, Extent, GateReport, about_rule, service_name};
use crate::diag::render::{Decision, Group, Incomplete, IssueReport, Part, ResolvedIssue, Rule, Wording};
use crate::eval::Finding;
use crate::model::{CategoryId, GateRule};
use crate::text::{fingerprint, is_plain};

const GATE: Wording = Wording {
    run: "fundamentals gate",
    heading: "Reliability gate",
    failures: "Denied",
    success: "nothing is denied",
    verdict: Decision::Given,
    rules,
};

/// The group of what is about no service.
const ESTATE: &str = "settings and rubrics";

fn rules() -> Vec<Rule> {
    let rule = |rule: &GateRule| Rule { id: rule.name(), summary: rule.summary(), page: about_rule(*rule) };
    GateRule::ALL.iter().map(rule).collect()
}

/// What makes a finding the same one in every run: its rule, service and category, and not its words or its line.
pub(super) fn identity(finding: &Finding<'_>) -> String {
    let service = finding.service.map_or("", |service| service.id.as_str());
    let parts = [finding.rule.name(), service].into_iter().map(ToOwned::to_owned);
    fingerprint(parts.chain(finding.what.identity()))
}

/// The service that a finding is about, or a category of it.
pub(super) fn part(finding: &Finding<'_>, category: Option<&CategoryId>) -> Option<Part> {
    let service = finding.service?.id.as_str();
    Some(match category {
        Some(category) => Part {
            name: category.to_string(),
            qualified_name: format!("{service}/{category}"),
            kind: "category",
        },
        None => Part { name: service.to_owned(), qualified_name: service.to_owned(), kind: "service" },
    })
}

impl GateReport<'_> {
    /// What every format but two makes of the verdict.
    pub(super) fn issues(&self) -> IssueReport<'_> {
        let services = self.verdict.looked_at.iter();
        let mut groups: Vec<_> = services
            .map(|service| Group { id: service.id.as_str(), title: service_name(service, self.today).into() })
            .collect();
        if self.entries.iter().any(|entry| entry.issue.group == groups.len()) {
            groups.push(Group { id: ESTATE, title: ESTATE.into() });
        }
        let resolved = self.resolved.iter();
        IssueReport {
            wording: &GATE,
            command: self.command(),
            summary: self.summary(),
            scope: self.looked_at(),
            groups,
            issues: self.entries.iter().map(|entry| &entry.issue).collect(),
            resolved: resolved
                .map(|good| ResolvedIssue { text: good.full_title(), place: good.place.as_ref() })
                .collect(),
            notes: &self.notes,
            standing: self.standing(),
            incomplete: self.not_looked_at().map(|reason| match self.coverage {
                Coverage::Full | Coverage::Partial(_) => Incomplete::Partial(reason),
                Coverage::Nothing(_) => Incomplete::Nothing(reason),
            }),
            elsewhere: self.settings,
        }
    }

    /// What shows all of it in a terminal.
    fn command(&self) -> String {
        let base = self.base.map(|base| if is_plain(base) { base } else { "…" });
        let base = base.map_or_else(String::new, |base| format!(" --base {base}"));
        let all = match self.extent {
            Extent::Caused => "",
            Extent::All => " --all",
        };
        format!("fundamentals gate{base}{all}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_a_section_for_every_rule_that_begins_with_its_summary() {
        for rule in GateRule::ALL {
            let section = about_rule(*rule);
            assert!(section.to_lowercase().starts_with(&rule.summary().to_lowercase()), "{section}");
        }
    }
}
