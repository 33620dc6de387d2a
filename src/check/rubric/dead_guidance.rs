//! Guidance whose page doesn't exist. Web addresses are not checked: the answer would depend on the day.

use super::LintContext;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Category, Rubric};

pub(super) fn lint(rubric: &Rubric, context: &LintContext<'_>, problems: &mut Problems) {
    for link in rubric.categories.iter().flat_map(Category::links) {
        let Some(path) = relative_path(&link.href) else { continue };
        if context.has_page(path) {
            continue;
        }
        let title = match link.href.as_str() {
            "" => "a link to guidance without a path".to_owned(),
            href => format!("no guidance at `{href}`"),
        };
        let problem = Diagnostic::new(Code::DeadGuidance, title).at(link.span, "leads nowhere");
        problems.push(
            problem.help("a path is looked up from the estate's folder, and from the folder of the rubric"),
        );
    }
}

/// The path that a link names, without the place in the page; `None` for an address or what only the web can resolve.
fn relative_path(href: &str) -> Option<&str> {
    let path = href.split(['#', '?']).next().unwrap_or_default();
    let has_scheme = path.split('/').next().is_some_and(|first| first.contains(':'));
    let is_elsewhere = has_scheme || path.starts_with('/');
    (!is_elsewhere).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_relative_paths_are_looked_up_and_without_the_place_in_the_page() {
        for elsewhere in ["https://example.com/a", "mailto:a@example.com", "/a.md", "//example.com/a"] {
            assert_eq!(relative_path(elsewhere), None, "{elsewhere}");
        }
        for (href, path) in [
            ("docs/a.md", "docs/a.md"),
            ("../a.md#green", "../a.md"),
            ("a/b:c", "a/b:c"),
            ("a?b:c", "a"),
            ("", ""),
        ] {
            assert_eq!(relative_path(href), Some(path), "{href}");
        }
    }
}
