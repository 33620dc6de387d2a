//! Cells that hold several things, or a text that was made harmless.

use crate::text::is_formula_like;

/// The text without the apostrophe that keeps a spreadsheet from running it.
pub(super) fn plain(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_formula_like(rest)).unwrap_or(text)
}

/// The names in a cell.
pub(super) fn names(text: &str) -> Vec<String> {
    let names = text.split([',', ';', '\n']).map(|name| plain(name.trim()));
    names.filter(|name| !name.is_empty()).map(ToOwned::to_owned).collect()
}

/// The pieces of evidence in a cell: parts between `;` or line breaks, else addresses and paths between spaces, else the text.
pub(super) fn split_evidence(text: &str) -> Vec<String> {
    let parts: Vec<_> = text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let words: Vec<_> = text.split_whitespace().collect();
    let is_address = |word: &&str| word.trim_end_matches(['.', ':']).contains(['/', ':', '.']);
    let pieces = if parts.len() == 1 && words.iter().all(is_address) { words } else { parts };
    pieces.into_iter().map(|piece| plain(piece).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_parted_where_it_can_be_told() {
        for (text, parts) in [
            ("https://a.example/1 https://a.example/2", vec!["https://a.example/1", "https://a.example/2"]),
            ("docs/a.md runbook.md", vec!["docs/a.md", "runbook.md"]),
            ("See the runbook.", vec!["See the runbook."]),
            ("See the runbook; https://a.example", vec!["See the runbook", "https://a.example"]),
            ("one thing\nanother thing", vec!["one thing", "another thing"]),
            ("", vec![]),
        ] {
            assert_eq!(split_evidence(text), parts, "{text}");
        }
    }

    #[test]
    fn an_apostrophe_before_a_formula_is_none_of_the_text() {
        assert_eq!(plain("'=1+1"), "=1+1");
        assert_eq!(plain("'tis so"), "'tis so");
    }
}
