//! Text as YAML, in one of the ways in which people may write it.

use super::choices::Choices;

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Around {
    /// Behind a key or a dash on lines of their own.
    Block,
    /// In brackets.
    Brackets,
}

/// A text as part of a line or of several; further lines are indented so far.
pub fn in_line(text: &str, around: Around, indent: usize, choices: &mut Choices) -> String {
    let fits_plain = is_plain(text, around);
    let fits_single = text.chars().all(|letter| is_printable(letter) && letter != '\n');
    let written = match choices.below(6) {
        0..=2 if fits_plain => text.to_owned(),
        0..=3 if fits_single => format!("'{}'", text.replace('\'', "''")),
        _ => double_quoted(text, choices),
    };
    if !text.contains("  ") && choices.once_in(6) { folded(&written, indent, choices) } else { written }
}

/// A text as JSON that is YAML, too.
pub fn json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    let letter = |letter: char| match letter {
        letter if is_printable(letter) => letter.to_string(),
        letter => format!("\\u{:04x}", u32::from(letter)),
    };
    quoted.chars().map(letter).collect()
}

/// Whether a text means itself without quotes, in this format, in which that is never a number or a date.
pub fn is_plain(text: &str, around: Around) -> bool {
    let mut letters = text.chars();
    let may_start = letters.next().is_some_and(char::is_alphanumeric);
    let is_sign = |letter| match around {
        Around::Block => false,
        Around::Brackets => ",[]{}".contains(letter),
    };
    may_start
        && text.chars().all(|letter| is_printable(letter) && !"\n\t".contains(letter) && !is_sign(letter))
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !["null", "Null", "NULL"].contains(&text)
}

fn is_printable(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{2030}'..='\u{d7ff}')
        || matches!(letter, '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}' | '\u{10000}'..)
}

fn double_quoted(text: &str, choices: &mut Choices) -> String {
    let is_all_escaped = choices.once_in(4);
    let letter = |letter: char| match letter {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\u{85}' => "\\N".to_owned(),
        '\u{2028}' => "\\L".to_owned(),
        '\u{2029}' => "\\P".to_owned(),
        letter if is_printable(letter) && (letter.is_ascii() || !is_all_escaped) => letter.to_string(),
        letter => format!("\\U{:08x}", u32::from(letter)),
    };
    format!("\"{}\"", text.chars().map(letter).collect::<String>())
}

/// The same on several lines, broken at single spaces between letters.
fn folded(written: &str, indent: usize, choices: &mut Choices) -> String {
    let letters: Vec<_> = written.chars().collect();
    let mut folded = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let is_letter = |at: usize| letters.get(at).is_some_and(|letter| letter.is_alphabetic());
        if *letter == ' ' && is_letter(at.wrapping_sub(1)) && is_letter(at + 1) && choices.once_in(2) {
            folded.push_str(&format!("\n{}", " ".repeat(indent)));
        } else {
            folded.push(*letter);
        }
    }
    folded
}

/// A text as a block (`|`, `>`): what stands behind the key, and its lines, where that can be.
pub fn block(text: &str, parent: usize, choices: &mut Choices) -> Option<(String, Vec<String>)> {
    let content = text.trim_end_matches('\n');
    let is_blank = |line: &str| !line.is_empty() && line.trim().is_empty();
    if content.is_empty() || !text.chars().all(is_printable) || content.lines().any(is_blank) {
        return None;
    }
    let ends = text.len() - content.len();
    let chomping = match ends {
        0 => "-",
        1 => choices.one_of(&["", "+"]),
        _ => "+",
    };
    let width = choices.one_of(&[2, 1, 4, 3]);
    let needs_indicator = text.starts_with([' ', '\n', '\t']);
    let indicator = if needs_indicator || choices.once_in(6) { width.to_string() } else { String::new() };
    let indent = " ".repeat(parent + width);
    let can_fold = !content.contains('\n') && !content.contains("  ") && !content.starts_with([' ', '\t']);
    let is_folded = can_fold && choices.once_in(2);
    let mut content = content.to_owned();
    if is_folded {
        content = folded(&content, 0, choices);
    }
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("{indent}{line}") };
    let mut lines: Vec<_> = content.split('\n').map(line).collect();
    lines.extend((1..ends).map(|_| String::new()));
    let sign = if is_folded { ">" } else { "|" };
    let header = match choices.below(2) {
        0 => format!("{sign}{indicator}{chomping}"),
        _ => format!("{sign}{chomping}{indicator}"),
    };
    Some((header, lines))
}
