//! A waiver that only the service's own owner or platform approved.

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{OwnApproval, Service, WaiverState};

pub(super) fn check(service: &Service, context: &CheckContext<'_>, problems: &mut Problems) {
    let identity = service.identity_on(context.today);
    let policy = &context.estate.settings.waivers;
    match policy.own_approval {
        OwnApproval::Warned => {}
        // One that doesn't count is an ineffective waiver.
        OwnApproval::Refused | OwnApproval::Accepted => return,
    }
    let in_force = service
        .waivers
        .iter()
        .filter(|waiver| policy.judge(identity, waiver, context.today) == WaiverState::InForce);
    for waiver in in_force.filter(|waiver| policy.is_self_approved(identity, waiver)) {
        let title = format!("`{}` is waived by the service's own owner", waiver.category);
        let problem = Diagnostic::new(Code::SelfApprovedWaiver, title);
        let problem = problem.at(waiver.span, format!("approved by {}", waiver.approvers()));
        problems.push(problem.help("add an approver from outside the team to `approved-by`"));
    }
}
