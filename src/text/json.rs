//! JSON that may be looked at in a terminal.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use super::build_log::CommandScanner;
use super::sanitize::replacement;

/// Writes a document, indented, and a line break. What [`sanitize()`](super::sanitize()) would replace is escaped instead: readers get
/// the text as it is in the file, and a terminal or the log of a build gets nothing to act on.
///
/// # Errors
/// When `out` can't be written to.
pub fn write_json(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let json = serde_json::to_string_pretty(document)?;
    let mut escaped = String::with_capacity(json.len());
    let mut scanner = CommandScanner::default();
    for letter in json.chars() {
        // Outside texts there is nothing that a build server obeys, so what completes a command is within one.
        let acts = scanner.completes(letter);
        // Line breaks lay the document out; those in texts are escaped already.
        if !acts && (letter == '\n' || replacement(letter).is_none()) {
            escaped.push(letter);
        } else {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                write!(escaped, "\\u{unit:04x}").map_err(io::Error::other)?;
            }
        }
    }
    writeln!(out, "{escaped}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_act_on_is_escaped_and_reads_back_the_same() {
        let text = "a\u{1b}[2J\u{7f}\u{9b}2J\u{202e}b\u{e0041}\n抽選 🎁 ##[error] ##vso[x] section_end:1";
        let mut out = Vec::new();
        write_json(&[text], &mut out).expect("a vector takes everything");
        let json = String::from_utf8(out).expect("JSON is UTF-8");
        let line = r#"  "a\u001b[2J\u007f\u009b2J\u202eb\udb40\udc41\n抽選 🎁 ##\u005berror] ##vso\u005bx] section_end\u003a1""#;
        assert_eq!(json, format!("[\n{line}\n]\n"));
        assert_eq!(serde_json::from_str::<[String; 1]>(&json).expect("it is JSON"), [text]);
    }
}
