//! An old id of a service that may mean another one.

use super::CheckContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::Service;

const HELP: &str = "remove it from `renamed-from`";

pub(super) fn check(service: &Service, context: &CheckContext<'_>, problems: &mut Problems) {
    let others = || {
        let all = context.estate.services().iter().chain(context.flawed);
        all.filter(|other| other.id != service.id)
    };
    for old in &service.renamed_from {
        let id = &old.value;
        let problem = |label: String, help: &str| {
            let title = format!("the old id `{id}` of `{}` is taken", service.id);
            Diagnostic::new(Code::OldIdTaken, title).at(old.span, label).help(help)
        };
        if *id == service.id {
            problems.push(problem("the service's own id".to_owned(), HELP));
        } else if let Some(other) = others().find(|other| other.id == *id) {
            let problem =
                problem("a service has this id".to_owned(), &format!("{HELP}, or rename the other service"));
            problems.push(problem.and(other.span, "this one"));
        } else if context.estate.is_unreadable(id.as_str()) {
            let label = "a service has this id, and its file has errors".to_owned();
            problems.push(problem(label, &format!("{HELP}, or rename the other service")));
        }
        for other in others() {
            let Some(again) = other.renamed_from.iter().find(|again| again.value == *id) else { continue };
            let label = format!("`{}` had this id as well", other.id);
            let help =
                format!("{HELP} in one of them: of a service that was split, one part keeps the old id");
            problems.push(problem(label, &help).and(again.span, "listed here"));
        }
    }
}
