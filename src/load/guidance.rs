//! Guidance: the pages of the built-in rubric, so that `explain` can print them wherever the program runs, and sections
//! of an estate's own pages.

macro_rules! pages {
    ($($name:literal),+ $(,)?) => {
        &[$((
            concat!("docs/guidance/", $name, ".md"),
            include_str!(concat!("../../docs/guidance/", $name, ".md")),
        )),+]
    };
}

const PAGES: &[(&str, &str)] = pages![
    "alerting",
    "automated-tests",
    "backup-and-restore",
    "capacity-planning",
    "configuration-and-secrets",
    "deployment-pipeline",
    "failure-testing",
    "graceful-degradation",
    "incident-learning",
    "infrastructure-as-code",
    "load-testing",
    "logging",
    "metrics",
    "overload-protection",
    "performance-targets",
    "progressive-rollout",
    "redundancy",
    "rollback",
    "runbooks",
    "scaling",
    "service-level-objectives",
    "startup-time",
    "timeouts-and-retries",
    "tracing",
];

/// The page that a link of the built-in rubric leads to.
#[must_use]
pub fn built_in_page(href: &str) -> Option<&'static str> {
    PAGES.iter().find(|(page, _)| *page == href).map(|(_, text)| *text)
}

/// The path of a link to a page, without the section that it names.
#[must_use]
pub fn page_path(href: &str) -> &str {
    place(href).0
}

/// A link's path, and the section of the page that it names.
pub(super) fn place(href: &str) -> (&str, Option<&str>) {
    href.split_once('#').map_or((href, None), |(path, section)| (path, Some(section)))
}

/// A section of a Markdown page: from the heading that is named, as code hosts name them, to the next one that isn't
/// below it.
pub(super) fn section<'p>(page: &'p str, name: &str) -> Option<&'p str> {
    let headings = headings(page);
    let at = headings.iter().position(|heading| anchor(heading.text) == name)?;
    let (from, rest) = (&headings[at], &headings[at + 1..]);
    let end = rest.iter().find(|next| next.level <= from.level).map_or(page.len(), |next| next.start);
    Some(page[from.start..end].trim_end())
}

struct Heading<'p> {
    start: usize,
    level: usize,
    text: &'p str,
}

/// The headings of a page; what looks like one within a fenced block is none.
fn headings(page: &str) -> Vec<Heading<'_>> {
    let (mut headings, mut start, mut is_fenced) = (Vec::new(), 0, false);
    for line in page.split_inclusive('\n') {
        is_fenced ^= line.starts_with("```") || line.starts_with("~~~");
        let text = line.trim_start_matches('#');
        if !is_fenced && line.starts_with('#') && text.starts_with(' ') {
            headings.push(Heading { start, level: line.len() - text.len(), text: text.trim() });
        }
        start += line.len();
    }
    headings
}

/// "Push-Button Release" is `push-button-release`.
fn anchor(heading: &str) -> String {
    let words = heading.to_lowercase().replace(' ', "-");
    words.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_ends_where_the_next_one_of_its_level_begins() {
        let page =
            "# Page\n\n## One, two\n\nText.\n\n### Below\n\n```\n# no heading\n```\n\n## Three\n\nEnd.\n";
        let one = section(page, "one-two").expect("it is there");
        assert!(one.starts_with("## One, two\n") && one.ends_with("# no heading\n```"), "{one}");
        assert_eq!(section(page, "three"), Some("## Three\n\nEnd."));
        assert_eq!(section(page, "no-heading"), None);
    }
}
