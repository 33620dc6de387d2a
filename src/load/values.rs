//! Text → dates, ids, colours and links, each refusal with its own diagnostic.

use std::collections::HashMap;

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Colour, Criticality, CriticalityLevels, Date, Guidance, InvalidId, Link, is_reason};
use crate::source::{Node, Span, Spanned, Value};
use crate::text::{did_you_mean, list};

use super::keys::service::LINK;
use super::keys::{Kind, NOT_APPLICABLE};
use super::table::{Table, date_text, text, wrong_type};

/// The date in a key of a table, if the key is there and holds one.
pub(super) fn date(table: &Table<'_>, key: &str, problems: &mut Problems) -> Option<Spanned<Date>> {
    table.assert_kind(key, |kind| matches!(kind, Kind::Date));
    date_of(table.get(key)?, key, problems)
}

/// The date that a node holds.
pub(super) fn date_of(node: &Node, key: &str, problems: &mut Problems) -> Option<Spanned<Date>> {
    let text = date_text(node, key, problems)?;
    let date = Date::parse(&text.value);
    if date.is_none() {
        let problem = Diagnostic::new(Code::InvalidDate, format!("`{}` is not a date", text.value));
        let shaped = text.value.len() == 10 && text.value.split('-').map(str::len).eq([4, 2, 2]);
        let problem = if shaped {
            problem.at(text.span, "no such day in the calendar").help("use a day that exists")
        } else {
            problem
                .at(text.span, "not written as YYYY-MM-DD")
                .help("write year-month-day with leading zeros: 2026-01-05")
        };
        problems.push(problem);
    }
    Some(Spanned::new(date?, text.span))
}

/// An id made from a text by its type's own rule.
pub(super) fn id<T>(
    text: &Spanned<String>,
    make: impl Fn(&str) -> Result<T, InvalidId>,
    problems: &mut Problems,
) -> Option<T> {
    match make(&text.value) {
        Ok(id) => Some(id),
        Err(rule) => {
            let problem = Diagnostic::new(Code::InvalidId, format!("`{}` can't be an id", text.value));
            problems.push(problem.at(text.span, "not an id").help(format!("an id {rule}")));
            None
        }
    }
}

/// The id in a key of a table.
pub(super) fn id_in<T>(
    table: &Table<'_>,
    key: &str,
    make: impl Fn(&str) -> Result<T, InvalidId>,
    problems: &mut Problems,
) -> Option<T> {
    id(&table.text(key, problems)?, make, problems)
}

/// A required reason. One without words is reported as `problem`, which gets its place and help here.
pub(super) fn reason(
    text: Spanned<String>,
    problem: Diagnostic,
    problems: &mut Problems,
) -> Option<Spanned<String>> {
    if is_reason(&text.value) {
        return Some(text);
    }
    let problem = problem.at(text.span, "says nothing");
    problems.push(problem.help("write the reason in words; a sign or a placeholder such as `tbd` is none"));
    None
}

/// The words that a score may be.
const SCORES: [&str; 4] = ["red", "amber", "green", NOT_APPLICABLE];

/// Reports a score that is no colour. `at` is the place to point at.
pub(super) fn invalid_score(node: &Node, at: Span, problems: &mut Problems) {
    problems.push(invalid_colour(node, at, &SCORES));
}

fn invalid_colour(node: &Node, at: Span, words: &[&str]) -> Diagnostic {
    let found = node.value.describe();
    let title = match &node.value {
        Value::Null => "a score without a colour".to_owned(),
        Value::Scalar(..) | Value::List(_) | Value::Table(_) => format!("{found} is not a colour"),
    };
    let problem = Diagnostic::new(Code::InvalidColour, title);
    let help = match &node.value {
        Value::Scalar(text, _) => match text.trim().to_lowercase().as_str() {
            "yellow" | "orange" | "y" | "a" => {
                format!("did you mean `amber`? known here: {}", list(words))
            }
            "n/a" | "na" | "none" if words.contains(&NOT_APPLICABLE) => {
                "did you mean `not-applicable`? it needs a `because`".to_owned()
            }
            _ => did_you_mean(text, words.iter().copied(), ""),
        },
        Value::Null | Value::List(_) | Value::Table(_) => {
            "write `red`, `amber` or `green`; leave the category out if it was not judged".to_owned()
        }
    };
    problem.at(at, format!("expected one of {}", words.join(", "))).help(help)
}

/// A colour alone, as in an action's `target`.
pub(super) fn colour(table: &Table<'_>, key: &str, problems: &mut Problems) -> Option<Colour> {
    table.assert_kind(key, |kind| matches!(kind, Kind::Colour));
    let node = table.get(key)?;
    let colour = match &node.value {
        Value::Scalar(text, _) => Colour::from_word(text),
        Value::Null | Value::List(_) | Value::Table(_) => None,
    };
    if colour.is_none() {
        problems.push(invalid_colour(node, node.span, &Colour::ALL.map(Colour::word)));
    }
    colour
}

/// A list of links: `[{ title, href }]`.
pub(super) fn links(table: &Table<'_>, key: &str, problems: &mut Problems) -> Vec<Link> {
    let items = table.items(key, problems);
    items.iter().filter_map(|item| link(item, problems)).collect()
}

/// Texts and links: one text alone, or a list of both.
pub(super) fn guidance(table: &Table<'_>, key: &str, problems: &mut Problems) -> Vec<Guidance> {
    table.assert_kind(key, |kind| matches!(kind, Kind::TextsOrTables(..)));
    let Some(node) = table.get(key) else { return Vec::new() };
    let items = match &node.value {
        Value::List(items) => items,
        Value::Scalar(..) => std::slice::from_ref(node),
        Value::Null | Value::Table(_) => {
            let problem = wrong_type(node, &format!("`{key}` must be a text or a list"));
            problems.push(problem.help("write a list, even of one link"));
            return Vec::new();
        }
    };
    let guidance = items.iter().filter_map(|item| match &item.value {
        Value::Table(_) => Some(Guidance::Link(link(item, problems)?)),
        Value::Null | Value::Scalar(..) | Value::List(_) => {
            let text = text(item, &format!("an entry of `{key}` that isn't a link"), problems)?;
            if text.value.trim().is_empty() {
                let problem = Diagnostic::new(Code::InvalidValue, format!("a text of `{key}` says nothing"));
                problems
                    .push(problem.at(text.span, "is empty").help("say how a team gets there, or remove it"));
            }
            Some(Guidance::Text(text))
        }
    });
    guidance.collect()
}

fn link(node: &Node, problems: &mut Problems) -> Option<Link> {
    let table = Table::open(node, node.span, &LINK, problems)?;
    let title = table.text("title", problems);
    // An empty one is reported where links are followed.
    let href = table.get("href").and_then(|node| text(node, "`href`", problems))?;
    address(&href, problems);
    Some(Link { title: title?.value, href: href.value, span: href.span })
}

/// Reports an address with a scheme that a reader shouldn't be sent to, or that may hide one; paths are fine.
pub(super) fn address(href: &Spanned<String>, problems: &mut Problems) {
    const SCHEMES: [&str; 3] = ["http", "https", "mailto"];
    if hides_scheme(&href.value) {
        let problem = Diagnostic::new(Code::InvalidValue, "a link that may hide its scheme");
        let problem = problem.at(href.span, "escapes before the first `/`, `?` or `#`");
        problems.push(problem.help("write the address plainly, with https, http, mailto or as a path"));
        return;
    }
    let scheme = href.value.split_once(':').map(|(scheme, _)| scheme);
    let scheme = scheme.filter(|scheme| !scheme.contains(['/', '?', '#']));
    if let Some(scheme) = scheme
        && !SCHEMES.contains(&scheme.to_ascii_lowercase().as_str())
    {
        let problem = Diagnostic::new(Code::InvalidValue, format!("a link may not begin with `{scheme}:`"));
        problems
            .push(problem.at(href.span, "leads out of the web").help("use https, http, mailto or a path"));
    }
}

/// Whether Markdown, HTML or a browser might read a scheme where this program sees none: in entities, or percent-encoded.
fn hides_scheme(href: &str) -> bool {
    let head = href.replace("&#", "&;");
    let head = head.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let has_entity = head.split_once('&').is_some_and(|(_, rest)| rest.contains(';'));
    has_entity || head.contains("%3a")
}

/// The level that a name stands for.
pub(super) fn criticality(
    name: &Spanned<String>,
    levels: &CriticalityLevels,
    problems: &mut Problems,
) -> Option<Criticality> {
    let level = levels.find(&name.value);
    if level.is_none() {
        let names: Vec<_> = levels.names().collect();
        let problem =
            Diagnostic::new(Code::UnknownCriticality, format!("unknown criticality `{}`", name.value));
        let help =
            did_you_mean(&name.value, names, "the levels are listed in `[criticality]` of fundamentals.toml");
        problems.push(problem.at(name.span, "not a level of this estate").help(help));
    }
    level.cloned()
}

/// Reports every id that occurs a second time in a list where it must be unique.
pub(super) fn report_twice<'i>(
    ids: impl Iterator<Item = (&'i str, Span)>,
    what: &str,
    problems: &mut Problems,
) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for (id, span) in ids {
        if let Some(first) = seen.get(id) {
            let problem = Diagnostic::new(Code::DuplicateId, format!("the {what} `{id}` is given twice"));
            let problem = problem.at(span, "given again here").and(*first, "first given here");
            problems.push(problem.help("give one of them another id, or delete it"));
        } else {
            seen.insert(id, span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn a_link_may_not_hide_its_scheme() {
        for href in [
            "javascript&#58;alert(1)",
            "javascript&#x3a;alert(1)",
            "javascript&colon;alert(1)",
            "&#x6A;avascript:alert(1)",
            "java&Tab;script:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "java\u{200b}script:x",
            "javascript%3Aalert(1)",
            "javascript%3aalert(1)",
            "data:text/html,x",
            " javascript:x",
            "jav\nascript:x",
        ] {
            let mut problems = Problems::default();
            address(&Spanned::new(href.to_owned(), Span::new(FileId::from_index(0), 0..0)), &mut problems);
            assert!(problems.has_errors(), "{href:?}");
        }
        for href in [
            "https://x.example/?a=1&#38;b;c",
            "docs/R&D/a.md",
            "R&D.md",
            "a b.md#x:y",
            "mailto:a@b",
            "?q=%3A",
        ] {
            let mut problems = Problems::default();
            address(&Spanned::new(href.to_owned(), Span::new(FileId::from_index(0), 0..0)), &mut problems);
            assert!(problems.is_empty(), "{href:?}");
        }
    }
}
