//! What was changed in settings and rubrics, which concerns every service.

use crate::model::{Assessment, Estate, GateRule, Rubric, Rubrics};

use super::loosening::loosened;
use super::{Base, Finding, FindingPlace, Gate, What};
use crate::eval::rubric_edit;

impl<'e> Gate<'e> {
    /// Rubrics edited in place, and settings that are less strict.
    pub(super) fn estate_findings(&self) -> Vec<Finding<'e>> {
        let Base::Estate(base) = self.base else { return Vec::new() };
        let mut findings = Vec::new();
        for rubric in self.now.rubrics.iter() {
            let Some(published) = base.rubrics.get(&rubric.key()) else { continue };
            let edit = rubric_edit(published, rubric);
            let is_draft = published.published > self.today;
            if is_draft && (edit.is_empty() || !self.is_binding(base, published)) {
                continue;
            }
            if edit.breaks_what_was_published() {
                let categories = edit.words.into_iter().chain(edit.meaning).chain(edit.gone).collect();
                let what = What::Edited(rubric.key(), categories);
                findings.push(self.estate_finding(
                    GateRule::RubricEdited,
                    what,
                    FindingPlace::Now(rubric.span),
                ));
            }
        }
        let loosened = loosened(&base.settings, &self.now.settings, self.today);
        if !loosened.is_empty() {
            let what = What::Loosened(loosened);
            findings.push(self.estate_finding(GateRule::SettingsLoosened, what, FindingPlace::Settings));
        }
        findings
    }

    /// Whether an estate rests on what a version of a rubric says: it is published, or an assessment is under it or under a
    /// later version, which continues it.
    fn is_binding(&self, estate: &Estate, rubric: &Rubric) -> bool {
        let rests_on_it = |assessment: &Assessment| {
            let used = &assessment.rubric;
            used.id == rubric.id && used.version.major >= rubric.version.major
        };
        rubric.published <= self.today
            || estate.services().iter().any(|service| service.assessments.iter().any(rests_on_it))
    }

    /// Whether this change brings a version of a rubric, or rewrites a draft that nothing at the base rests on.
    pub(super) fn is_rubric_new(&self, rubric: &Rubric) -> bool {
        let Base::Estate(base) = self.base else { return false };
        base.rubrics.get(&rubric.key()).is_none_or(|known| {
            known.published > self.today
                && !rubric_edit(known, rubric).is_empty()
                && !self.is_binding(base, known)
        })
    }

    /// Whether this change brings or removes a version of a rubric, up to the one given: what is carried from older
    /// versions may be another colour by that.
    pub(super) fn is_lineage_new(&self, rubric: &Rubric) -> bool {
        let Base::Estate(base) = self.base else { return false };
        let until = |rubrics: &'e Rubrics| {
            let versions = rubrics.versions(&rubric.id);
            versions.filter(|version| version.version.major <= rubric.version.major).collect::<Vec<_>>()
        };
        let now = until(&self.now.rubrics);
        now.iter().any(|version| self.is_rubric_new(version)) || until(&base.rubrics).len() > now.len()
    }

    fn estate_finding(&self, rule: GateRule, what: What<'e>, place: FindingPlace) -> Finding<'e> {
        let level = self.level(rule, None);
        Finding::new(rule, None, what, level, place)
    }
}
