//! Long output in parts that can be read before they are accepted: sections, starts of them, and fewer lines.

use crate::support::assert_snapshot;

/// Compares each section of a text with a snapshot of its own, and what stands before the first one.
pub(crate) fn assert_sections(name: &str, text: &str, id_of: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let sections = sections(text, id_of);
    for (id, text) in &sections {
        assert_snapshot!(if id.is_empty() { name.to_owned() } else { format!("{name}-{id}") }, text);
    }
    sections.into_iter().map(|(id, _)| id).collect()
}

/// A text's sections: what stands before the first one, without an id, and each with the line that has its id.
pub(crate) fn sections(text: &str, id_of: impl Fn(&str) -> Option<String>) -> Vec<(String, String)> {
    let mut sections = vec![(String::new(), String::new())];
    for line in text.lines() {
        sections.extend(id_of(line).map(|id| (id, String::new())));
        let (_, section) = sections.last_mut().expect("there is always one");
        section.push_str(line);
        section.push('\n');
    }
    sections
}

/// The id of a section of a pack, if a line of text or Markdown is its heading.
pub(crate) fn heading(line: &str) -> Option<String> {
    let title = line.strip_prefix("── ").or_else(|| line.strip_prefix("## "))?;
    let words = title.split_whitespace().filter(|word| !word.starts_with('─'));
    Some(words.collect::<Vec<_>>().join("-").to_lowercase())
}

/// The first lines of a text, and how many follow.
pub(crate) fn start(text: &str, lines: usize) -> String {
    let first: Vec<_> = text.lines().take(lines).collect();
    match text.lines().count() - first.len() {
        0 => text.to_owned(),
        more => format!("{}\n… {more} lines\n", first.join("\n")),
    }
}

/// Pretty JSON with each object or list on one line that fits there; nothing but white space is changed.
pub(crate) fn dense(json: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut open = Vec::new();
    for line in json.lines() {
        lines.push(line.to_owned());
        if line.ends_with(['{', '[']) {
            open.push(lines.len() - 1);
        } else if line.trim_start().starts_with(['}', ']']) {
            let first = open.pop().expect("what is closed was opened");
            let within: Vec<_> = lines[first + 1..].iter().map(|line| line.trim_start()).collect();
            let joined = format!("{} {}", lines[first], within.join(" "));
            if joined.chars().count() <= 160 {
                lines.truncate(first);
                lines.push(joined);
            }
        }
    }
    lines.join("\n") + "\n"
}

/// The key of a member of the document, if a line of pretty JSON begins one; its format belongs to the head.
pub(crate) fn member(line: &str) -> Option<String> {
    let (key, _) = line.strip_prefix("  \"")?.split_once("\":")?;
    (key != "format").then(|| key.to_owned())
}
