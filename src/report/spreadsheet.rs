//! Text that a spreadsheet must not run.

use std::borrow::Cow;

/// The text with an apostrophe before it if a spreadsheet would take it for a formula. Looks behind leading white
/// space, which spreadsheets skip.
pub(super) fn inert(text: &str) -> Cow<'_, str> {
    let begins = text.starts_with(['\t', '\r', '\n'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if begins { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_a_formula_is_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"] {
            assert!(inert(formula).starts_with('\''), "{formula}");
        }
        assert_eq!(inert("checkout-api"), "checkout-api");
    }
}
