//! The file of a service that is new.

use crate::model::{Date, Link};

use super::fresh::{Fresh, Indents};

/// The identity of a new service, as the user gives it. What is `None`, the catalog gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewService {
    pub id: String,
    pub title: Option<String>,
    /// The domain in which it is reviewed.
    pub domain: Option<String>,
    /// The platform or team that owns it.
    pub platform: Option<String>,
    pub owner: Option<String>,
    /// What an outage would cost.
    pub criticality: Option<String>,
    /// Whether customers can't browse and buy without it.
    pub golden_thread: bool,
    /// Where it is in its life, such as `production`.
    pub lifecycle: Option<String>,
    /// Free labels.
    pub tags: Vec<String>,
    /// Where to read on.
    pub links: Vec<Link>,
    /// The day it joins the estate, if that is known.
    pub joined: Option<Date>,
}

/// The text of its file.
#[must_use]
pub fn new_service(service: &NewService) -> String {
    let mut entries = vec![("service", Fresh::text(&service.id))];
    let facts = [
        ("title", &service.title),
        ("domain", &service.domain),
        ("platform", &service.platform),
        ("owner", &service.owner),
        ("criticality", &service.criticality),
    ];
    entries.extend(facts.into_iter().filter_map(|(key, fact)| Some((key, Fresh::text(fact.as_ref()?)))));
    if service.golden_thread {
        entries.push(("golden-thread", Fresh::Truth(true)));
    }
    entries.extend(service.lifecycle.as_ref().map(|lifecycle| ("lifecycle", Fresh::text(lifecycle))));
    if !service.tags.is_empty() {
        entries.push(("tags", Fresh::texts(&service.tags)));
    }
    if !service.links.is_empty() {
        let link = |link: &Link| {
            Fresh::table(vec![("title", Fresh::text(&link.title)), ("href", Fresh::text(&link.href))])
        };
        entries.push(("links", Fresh::List(service.links.iter().map(link).collect())));
    }
    entries.extend(service.joined.as_ref().map(|joined| ("joined", Fresh::bare(joined))));
    let mut text = Fresh::table(entries).lines(Indents { keys: 2, dashes: 2 }).join("\n");
    text.push('\n');
    text
}
