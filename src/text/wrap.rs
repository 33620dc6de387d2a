//! Lines of a given width.

/// Text broken at spaces into lines of at most `width`, the later ones indented. Dates, ids and addresses stay whole.
pub(crate) fn wrap(text: &str, width: usize, indent: &str) -> String {
    let options = textwrap::Options::new(width)
        .subsequent_indent(indent)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(text, options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_paths_are_not_broken_at_their_hyphens() {
        let wrapped = wrap("last assessed 2026-11-10: docs/guidance/load-testing.md", 20, "  ");
        assert_eq!(wrapped, "last assessed\n  2026-11-10:\n  docs/guidance/load-testing.md");
    }
}
