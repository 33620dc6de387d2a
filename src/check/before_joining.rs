//! Something dated before its service joined.

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::Service;

pub(super) fn check(service: &Service, _: &CheckContext<'_>, problems: &mut Problems) {
    let (Some(joined), Some(first)) = (service.joined, service.first_day()) else { return };
    if first >= joined {
        return;
    }
    let title = format!("`{}` joined on {joined}, and was there on {first}", service.id);
    let problem =
        Diagnostic::new(Code::BeforeJoining, title).at(service.span, format!("counts from {first} on"));
    problems.push(problem.help("correct `joined`, or the day of the earlier entry"));
}
