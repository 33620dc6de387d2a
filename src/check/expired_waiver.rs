//! A waiver that has ended.

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::Service;

pub(super) fn check(service: &Service, context: &CheckContext<'_>, problems: &mut Problems) {
    for waiver in service.waivers.iter().filter(|waiver| waiver.has_ended(context.today)) {
        let title = format!("the waiver for `{}` ended on {}", waiver.category, waiver.until);
        let problem =
            Diagnostic::new(Code::ExpiredWaiver, title).at(waiver.span, "past; it silences nothing any more");
        problems.push(problem.help("delete it, or agree on a new one"));
    }
}
