//! Services of a catalog that can't have a file, since their names give them no id of their own.

use crate::diag::{Code, Diagnostic};
use crate::model::ServiceId;
use crate::source::{Span, Spanned};

/// A name from which no id can be made.
#[must_use]
pub fn name_without_id(name: &Spanned<String>) -> Diagnostic {
    let rule = ServiceId::new(&name.value).err().map(|rule| format!(": an id {rule}")).unwrap_or_default();
    Diagnostic::new(Code::InvalidCatalogValue, format!("`{}` can't be an id{rule}", name.value))
        .at(name.span, "the service is left out")
        .help("give it another name there, or write its file with `fundamentals add`")
}

/// An id that two names become.
#[must_use]
pub fn same_id(id: &str, second: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateEntity, format!("two services would have the id `{id}`"))
        .at(second, "the second")
        .and(first, "the first")
        .help("give one of them another name")
}
