//! What counts as a reason, a name and evidence where one is required.

/// Placeholders for what is still missing.
const PLACEHOLDERS: [&str; 12] =
    ["n/a", "na", "none", "nil", "null", "tba", "tbc", "tbd", "todo", "unknown", "pending", "xxx"];

/// Words that name nobody who could be asked later.
const NOBODY: [&str; 10] = ["anyone", "i", "me", "myself", "no one", "nobody", "self", "someone", "us", "we"];

/// Whether a text is a reason: it has a letter of some script, and isn't a placeholder such as `tbd`.
#[must_use]
pub fn is_reason(text: &str) -> bool {
    text.chars().any(is_letter) && !is_one_of(text, &PLACEHOLDERS, is_letter)
}

/// Whether a text names somebody: a reason's rule, and no word such as `me` or `nobody`.
#[must_use]
pub fn is_name(text: &str) -> bool {
    is_reason(text) && !is_one_of(text, &NOBODY, is_letter)
}

/// Whether a text says where something can be seen: a reason's rule, but a number is enough, such as a ticket's.
#[must_use]
pub fn is_evidence(text: &str) -> bool {
    let is_sign = |letter: char| is_letter(letter) || letter.is_numeric();
    text.chars().any(is_sign) && !is_one_of(text, &PLACEHOLDERS, is_sign)
}

/// The Hangul fillers are letters to Unicode, and show nothing.
fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() && !matches!(letter, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}')
}

/// Whether a text is one of some words, whatever its case and what is around it that isn't part of a word.
fn is_one_of(text: &str, words: &[&str], is_of_a_word: impl Fn(char) -> bool) -> bool {
    let word = text.trim_matches(|letter: char| !is_of_a_word(letter)).to_lowercase();
    words.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_has_a_letter_of_any_script() {
        for reason in ["x", "Vendor is late", "抽選のみ", "нет пути", "لا يوجد", "none of it applies"]
        {
            assert!(is_reason(reason), "{reason}");
        }
        for empty in ["", " ", ".", "-", "…", "?", "—", "42", "🎁", "\u{200b}", "\u{3164}", "\u{feff}.", "\n"]
        {
            assert!(!is_reason(empty), "{empty:?}");
        }
    }

    #[test]
    fn a_placeholder_is_no_reason_and_no_name() {
        for placeholder in ["tbd", "TBD.", "n/a", "N/A", "none", "<todo>", "\u{200b}tbd\u{200b}"] {
            assert!(!is_reason(placeholder), "{placeholder:?}");
            assert!(!is_name(placeholder), "{placeholder:?}");
        }
    }

    #[test]
    fn evidence_is_whatever_points_somewhere_and_no_placeholder() {
        for evidence in ["x", "https://example.com", "docs/runbook.md", "#42", "NA-12", "王の記録", "4"] {
            assert!(is_evidence(evidence), "{evidence}");
        }
        for nothing in ["", " ", ".", "-", "…", "tbd", "TBD.", "<todo>", "n/a", "\u{3164}", "\u{200b}", "\n"]
        {
            assert!(!is_evidence(nothing), "{nothing:?}");
        }
    }

    #[test]
    fn a_name_is_of_somebody_who_can_be_asked() {
        for name in ["y", "ana", "head-of-engineering", "Meghan", "王"] {
            assert!(is_name(name), "{name}");
        }
        for nobody in ["me", "Me", "self", "nobody", "@me", "-", ""] {
            assert!(!is_name(nobody), "{nobody}");
        }
    }
}
