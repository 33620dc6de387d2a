//! Guidance pages of the built-in rubric, so that `explain` can print them wherever the program runs.

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
