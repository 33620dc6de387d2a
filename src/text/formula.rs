//! Texts that a spreadsheet would run.

/// Whether a spreadsheet would take a text for a formula if it were typed in.
#[must_use]
pub fn is_formula_like(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}
