//! Text in Markdown that can't become markup.

use std::borrow::Cow;

use super::sanitize;

/// Text from a file, with everything that means something in Markdown or HTML escaped.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    const MARKUP: &[char] =
        &['\\', '|', '`', '*', '_', '[', ']', '<', '>', '#', '!', '&', '~', '$', '@', ':'];
    let text = sanitize(text);
    if !text.contains(MARKUP) && !text.char_indices().any(|(at, _)| is_www(&text[at..])) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for (at, letter) in text.char_indices() {
        let rest = &text[at + letter.len_utf8()..];
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' if rest.starts_with(|next: char| next == '#' || next.is_ascii_alphanumeric()) => {
                escaped.push_str("&amp;");
            }
            // Code hosts look for mentions, numbers of issues and addresses in what Markdown and HTML have become:
            // neither a backslash nor the sign as an entity stops them, a space without width behind it does.
            '@' => escaped.extend(["@", NO_SPACE]),
            ':' if rest.starts_with(|next: char| next.is_alphanumeric() || "/+-_".contains(next)) => {
                escaped.extend([":", NO_SPACE]);
            }
            '#' | '!' if rest.starts_with(|next: char| next.is_ascii_alphanumeric()) => {
                escaped.extend(['\\', letter]);
                escaped.push_str(NO_SPACE);
            }
            'w' | 'W' if is_www(&text[at..]) => {
                escaped.push(letter);
                escaped.push_str(NO_SPACE);
            }
            ':' | '&' => escaped.push(letter),
            _ if MARKUP.contains(&letter) => escaped.extend(['\\', letter]),
            _ => escaped.push(letter),
        }
    }
    Cow::Owned(escaped)
}

/// A text in which names and commands stand between backquotes, as code. What could mean more than letters in code, on any
/// host, is quoted instead.
pub(crate) fn prose(text: &str) -> String {
    let parts: Vec<_> = text.split('`').collect();
    let mut markdown = String::with_capacity(text.len() + 8);
    for (at, part) in parts.iter().enumerate() {
        let is_code = at % 2 == 1;
        if !is_code {
            markdown.push_str(&escape(part));
        } else if at + 1 == parts.len() {
            markdown.push_str(&format!("\\`{}", escape(part)));
        } else if is_plain(part) {
            markdown.push_str(&format!("`{part}`"));
        } else {
            markdown.push_str(&format!("“{}”", escape(part)));
        }
    }
    markdown
}

/// Whether a text is nothing but a name, a path or a command.
pub(crate) fn is_plain(text: &str) -> bool {
    let is_plain = |letter: char| letter.is_alphanumeric() || " -_./=…".contains(letter);
    text.trim() == text && !text.is_empty() && text.chars().all(is_plain)
}

/// A space without width, which is shown as nothing; as an entity, so that it is seen in the source.
const NO_SPACE: &str = "&#8203;";

/// Whether a text begins like an address without `https:`, which would become a link.
fn is_www(text: &str) -> bool {
    text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_between_backquotes_are_code_and_what_could_act_in_it_is_quoted() {
        assert_eq!(prose("judge `logging` again"), "judge `logging` again");
        assert_eq!(prose("`@team | x` was due"), "“@&#8203;team \\| x” was due");
        assert_eq!(prose("one ` alone, and `` none"), "one “ alone, and ”\\` none");
    }

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(escape("a|b\nc"), "a\\|b c");
        assert_eq!(
            escape("<script> [x](javascript:1) @all"),
            "&lt;script&gt; \\[x\\](javascript:&#8203;1) @&#8203;all"
        );
        assert_eq!(escape("a: b https://x"), "a: b https:&#8203;//x");
        assert_eq!(escape("as in www.x.example"), "as in w&#8203;ww.x.example");
        assert_eq!(escape("as #12, !3 and # says"), "as \\#&#8203;12, \\!&#8203;3 and \\# says");
        assert_eq!(escape("抽選サイト (Raffle site)"), "抽選サイト (Raffle site)");
    }
}
