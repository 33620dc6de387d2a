//! A waiver that has not ended and does not count.

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Service, WaiverState};

pub(super) fn check(service: &Service, context: &CheckContext<'_>, problems: &mut Problems) {
    let identity = service.identity_on(context.today);
    let policy = &context.estate.settings.waivers;
    for waiver in &service.waivers {
        let state = policy.judge(identity, waiver, context.today);
        let help = match &state {
            WaiverState::InForce | WaiverState::Expired => continue,
            WaiverState::Requested(_) => "an approver adds their name to `approved-by`".to_owned(),
            WaiverState::TooLong(latest) => format!("set `until: {latest}` or an earlier day"),
        };
        let Some(objection) = policy.objection(identity, waiver, &state) else { continue };
        let title = format!("the waiver for `{}` does not count", waiver.category);
        let problem = Diagnostic::new(Code::IneffectiveWaiver, title).at(waiver.span, objection);
        problems.push(problem.help(help));
    }
}
