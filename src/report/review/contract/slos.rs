//! What was measured, beside what was judged.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::model::{SloLine, SloSection};
use super::super::words;
use super::{ServiceRef, each};
use crate::eval::{Disagreement, Member, RollUp};
use crate::model::{Date, SloResult};

/// What was measured, beside what was judged.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Slos {
    /// The months that are shown, oldest first.
    pub months: Vec<String>,
    /// One for each objective of each service.
    pub lines: Vec<Slo>,
    /// Where measurements and judgements seem to contradict each other.
    pub questions: Vec<Question>,
    /// Services of which nothing was ever measured.
    pub unmeasured: Vec<ServiceRef>,
    /// Services whose last measurement is older than the months that are shown.
    pub outdated: Vec<Outdated>,
}

/// A service whose last measurement is older than the months that are shown.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Outdated {
    /// The service.
    pub service: ServiceRef,
    /// The last month that was measured, as `2026-04`.
    pub last_month: String,
}

/// An objective of a service.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Slo {
    /// The service.
    pub service: ServiceRef,
    /// The service's colour.
    pub colour: RollUp,
    /// The objective's name.
    pub slo: String,
    /// One for each month of the section; `null` where nothing was measured.
    pub months: Vec<Option<SloMonth>>,
}

/// A month of an objective. All numbers are percent.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct SloMonth {
    /// The month, as `2026-10`.
    pub month: String,
    /// What was to be attained.
    pub objective_percent: f64,
    /// What was.
    pub attained_percent: f64,
    /// The same as text, exact.
    pub objective: String,
    /// The same as text, exact.
    pub attained: String,
    /// Whether the objective was met.
    pub met: bool,
    /// What was left of the error budget: 100 if nothing went wrong, negative if it was overspent; `null` where the
    /// objective is 100 percent, which leaves none.
    pub budget_left_percent: Option<f64>,
}

/// A contradiction, as a question.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Question {
    /// The service.
    pub service: ServiceRef,
    /// What to ask.
    pub text: String,
}

impl From<&SloSection<'_>> for Slos {
    fn from(section: &SloSection<'_>) -> Self {
        let question = |disagreement: &Disagreement<'_, '_>| Question {
            service: disagreement.reviewed().member().into(),
            text: words::disagreement(disagreement),
        };
        let outdated = |(member, last): &(Member<'_>, Date)| Outdated {
            service: (*member).into(),
            last_month: last.month_in_digits(),
        };
        Self {
            months: section.months.iter().map(|month| month.month_in_digits()).collect(),
            lines: each(&section.lines),
            questions: section.disagreements.iter().map(question).collect(),
            unmeasured: section.unmeasured.iter().map(|service| (*service).into()).collect(),
            outdated: section.outdated.iter().map(outdated).collect(),
        }
    }
}

impl From<&SloLine<'_>> for Slo {
    fn from(line: &SloLine<'_>) -> Self {
        Self {
            service: line.reviewed.member().into(),
            colour: line.reviewed.whole_colour(),
            slo: line.slo.to_owned(),
            months: line.months.iter().map(|month| month.map(Into::into)).collect(),
        }
    }
}

impl From<&SloResult> for SloMonth {
    fn from(result: &SloResult) -> Self {
        Self {
            month: result.month_in_digits(),
            objective_percent: result.objective.percent(),
            attained_percent: result.attained.percent(),
            objective: result.objective.to_string(),
            attained: result.attained.to_string(),
            met: result.is_met(),
            budget_left_percent: result.budget_left_percent(),
        }
    }
}
