//! Which domain is reviewed when.

use std::io::{self, Write};

use serde::Serialize;

use super::TableFormat;
use super::document::{Block, Cell, Document, TextTable};
use super::sheet::{COUNT, DATE, DAYS, NAME, Sheet, SheetColumns, YES_NO, write_csv};
use crate::eval::{ReviewCalendar, Selection};
use crate::model::{Date, DomainId, Estate};
use crate::text::{days, write_json};

/// The reviews to come, the first one first.
#[derive(Debug, Serialize)]
pub struct UpcomingReport {
    format: &'static str,
    as_of: Date,
    domains: Vec<Upcoming>,
}

/// A domain's next review.
#[derive(Debug, Serialize)]
struct Upcoming {
    id: String,
    title: String,
    services: usize,
    last_review: Option<Date>,
    /// `null` if no review is known: then it could be on any day.
    next_review: Option<Date>,
    /// Whether the settings name that day. If not, it is due by the usual rhythm.
    planned: bool,
    in_days: Option<i64>,
}

/// Lists the domains of the selected services, and those that the settings name if nothing is left out.
#[must_use]
pub fn build(estate: &Estate, selection: &Selection, today: Date) -> UpcomingReport {
    let services = selection.services(estate, today);
    let identities: Vec<_> = services.iter().map(|service| service.identity_on(today)).collect();
    let of_services = identities.iter().map(|identity| &identity.domain);
    let named = estate.settings.domains.iter().map(|domain| &domain.id);
    let named = named.filter(|id| !selection.restricts() || selection.domains.contains(id));
    let mut ids: Vec<&DomainId> = of_services.chain(named).collect();
    ids.sort();
    ids.dedup();
    let upcoming = |id: &DomainId| {
        let calendar = ReviewCalendar::of(&estate.settings, id);
        let next = calendar.next_from(today);
        Upcoming {
            id: id.to_string(),
            title: estate.settings.domain_title(id).to_owned(),
            services: identities.iter().filter(|identity| identity.domain == *id).count(),
            last_review: calendar.last_before(today),
            next_review: next.map(|next| next.date),
            planned: next.is_some_and(|next| next.is_planned),
            in_days: next.map(|next| next.in_days),
        }
    };
    let mut domains: Vec<_> = ids.into_iter().map(upcoming).collect();
    domains.sort_by_key(|domain| (domain.next_review.is_none(), domain.next_review));
    UpcomingReport { format: "fundamentals/upcoming/v1", as_of: today, domains }
}

/// Writes the list in a format. `width` concerns the terminal only.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(
    report: &UpcomingReport,
    format: TableFormat,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        TableFormat::Table => document(report).to_terminal(width, out),
        TableFormat::Markdown => document(report).to_markdown(out),
        TableFormat::Csv => write_csv(&sheet(report), out),
        TableFormat::Json => write_json(report, out),
    }
}

fn document(report: &UpcomingReport) -> Document {
    let headings = ["Next review", "Domain", "Services", "Last review", ""];
    let rows = report.domains.iter().map(|domain| {
        let day = |day: Option<Date>| Cell::plain(day.map_or("–".to_owned(), |day| day.to_string()));
        let services = Cell::plain(domain.services.to_string());
        vec![
            day(domain.next_review),
            Cell::plain(&domain.title),
            services,
            day(domain.last_review),
            Cell::plain(remark(domain)),
        ]
    });
    let mut document = Document::default();
    let table = TextTable { headings: headings.map(str::to_owned).to_vec(), rows: rows.collect() };
    document.push(Block::Table(table));
    document.text(format!("As of {}.", report.as_of));
    document
}

/// "in 4 days", or why there is no day to keep free.
fn remark(it: &Upcoming) -> String {
    match (it.in_days, it.planned) {
        (None, _) => "no review is known: add `reviews` to its `[[domain]]`".to_owned(),
        (Some(0), true) => "today".to_owned(),
        (Some(ahead), true) => format!("in {}", days(ahead)),
        (Some(late), false) if late < 0 => {
            format!("was due {} ago by the usual rhythm; not planned", days(late))
        }
        (Some(ahead), false) => format!("due in {} by the usual rhythm; not planned", days(ahead)),
    }
}

fn sheet(report: &UpcomingReport) -> Sheet<'_> {
    SheetColumns::<&Upcoming>::new()
        .add(NAME, "domain", "Domain id", |domain| domain.id.clone())
        .add(NAME, "title", "Domain", |domain| domain.title.clone())
        .add(COUNT, "services", "Services", |domain| domain.services)
        .add(DATE, "last_review", "Last review", |domain| domain.last_review)
        .add(DATE, "next_review", "Next review", |domain| domain.next_review)
        .add(YES_NO, "planned", "Planned", |domain| domain.planned)
        .add(DAYS, "in_days", "In days", |domain| domain.in_days)
        .over(&report.domains)
}
