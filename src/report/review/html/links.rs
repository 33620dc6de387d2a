//! Which addresses from files may become links. The rest stays text.

/// Where an address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leads {
    /// To another page, or to somebody's mailbox: `http`, `https` or `mailto`.
    Elsewhere,
    /// Within this page, or to a path beside the file that it was read from.
    Here,
    /// Nowhere that a link may lead.
    Nowhere,
}

/// Where an address leads.
///
/// Browsers forgive much: they drop tabs and line breaks within a scheme and blanks before it, and take `\` for `/`.
/// So anything that isn't plainly harmless is no link at all.
pub(super) fn leads(href: &str) -> Leads {
    let acts = |letter: char| letter.is_whitespace() || letter.is_control() || letter == '\\';
    if href.is_empty() || href.contains(acts) || href.starts_with("//") {
        return Leads::Nowhere;
    }
    if href.starts_with('#') {
        return Leads::Here;
    }
    // A colon behind the first `/`, `?` or `#` belongs to a path, a query or a fragment.
    let head = href.split(['/', '?', '#']).next().unwrap_or_default();
    match head.split_once(':') {
        None => Leads::Here,
        Some((scheme, rest)) => {
            let has_host = href[scheme.len() + 1..].strip_prefix("//").is_some_and(|host| !host.is_empty());
            match scheme.to_ascii_lowercase().as_str() {
                "http" | "https" if has_host => Leads::Elsewhere,
                "mailto" if !rest.is_empty() => Leads::Elsewhere,
                _ => Leads::Nowhere,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_mailboxes_are_links() {
        for href in ["https://wiki.example.com/a?b=c:d#e", "http://localhost:8080/", "mailto:us@example.com"]
        {
            assert_eq!(leads(href), Leads::Elsewhere, "{href}");
        }
    }

    #[test]
    fn upper_case_makes_no_difference() {
        assert_eq!(leads("HTTPS://example.com"), Leads::Elsewhere);
        assert_eq!(leads("JavaScript:alert(1)"), Leads::Nowhere);
    }

    #[test]
    fn paths_without_a_scheme_stay_here() {
        for href in ["#map", "docs/guidance/logging.md", "../a.md", "/a:b", "./javascript:x", "?q=a:b"] {
            assert_eq!(leads(href), Leads::Here, "{href}");
        }
    }

    #[test]
    fn schemes_that_act_are_no_links() {
        for href in [
            "javascript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:msgbox(1)",
            "file:///etc/passwd",
            "blob:https://example.com/1",
            "ftp://example.com",
            "view-source:https://example.com",
        ] {
            assert_eq!(leads(href), Leads::Nowhere, "{href}");
        }
    }

    #[test]
    fn an_address_that_borrows_the_scheme_is_no_link() {
        for href in ["//evil.example.com", "\\\\evil.example.com", "/\\evil.example.com", "https:", "http:/x"]
        {
            assert_eq!(leads(href), Leads::Nowhere, "{href}");
        }
    }

    #[test]
    fn blanks_and_control_characters_hide_no_scheme() {
        for href in [
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "javascript\u{0}:alert(1)",
            "\u{a0}javascript:alert(1)",
            "https://example.com/\u{1b}[31m",
            "https://example.com/ onclick",
        ] {
            assert_eq!(leads(href), Leads::Nowhere, "{href:?}");
        }
    }

    #[test]
    fn nothing_is_no_link() {
        assert_eq!(leads(""), Leads::Nowhere);
        assert_eq!(leads(":x"), Leads::Nowhere);
    }
}
