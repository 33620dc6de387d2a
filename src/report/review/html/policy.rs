//! The page's style and script, and the policy that lets a browser apply these two and nothing else.

/// How it looks.
pub(super) const STYLE: &str = include_str!("style.css");
/// What sorts and filters.
pub(super) const SCRIPT: &str = include_str!("script.js");

/// SHA-256 of [`STYLE`] in base64; a test says what it should be.
const STYLE_HASH: &str = "RzTGOjPVsIH+nlE38U0fnzQ6FZwKuiNhqWJR+S6adzE=";
/// SHA-256 of [`SCRIPT`] in base64.
const SCRIPT_HASH: &str = "ePBBHslnWfFFAqT2/kzSav0fUdxuwQhukXXQZmQ7EVI=";

/// Nothing may be fetched, sent, framed or run but what the page came with: should a text ever become markup, it still
/// couldn't act.
pub(super) fn content_security_policy() -> String {
    format!(
        "default-src 'none'; style-src 'sha256-{STYLE_HASH}'; script-src 'sha256-{SCRIPT_HASH}'; \
         base-uri 'none'; form-action 'none'"
    )
}

#[cfg(test)]
mod tests {
    use base64::prelude::{BASE64_STANDARD, Engine as _};
    use sha2::{Digest as _, Sha256};

    use super::*;

    #[test]
    fn the_policy_names_the_style_and_the_script_as_they_are() {
        assert_eq!(STYLE_HASH, hash(STYLE), "STYLE_HASH");
        assert_eq!(SCRIPT_HASH, hash(SCRIPT), "SCRIPT_HASH");
    }

    #[test]
    fn neither_ends_its_element() {
        assert!([STYLE, SCRIPT].iter().all(|text| !text.contains("</") && !text.contains("<!--")));
    }

    #[test]
    fn the_style_fetches_nothing() {
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    }

    /// As a browser reads them whatever a checkout made of line breaks.
    fn lines(text: &str) -> String {
        text.replace("\r\n", "\n")
    }

    fn hash(text: &str) -> String {
        BASE64_STANDARD.encode(Sha256::digest(lines(text)))
    }
}
