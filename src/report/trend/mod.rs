//! The trend: rows of services, or of what they add up to, over periods.

mod json;
mod legend;
mod markdown;
mod sheet;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::sheet::write_csv;
use super::{TableFormat, glyph};
use crate::eval::{By, Changes, Counts, Period, RollUp, Row, Subject, Trend, TrendCell};
use crate::model::{Date, DomainId, Estate, PlatformId, Rubric, RubricId, RubricKey};

/// Everything that a trend shows, in its order.
#[derive(Debug)]
pub struct TrendReport {
    pub estate: Option<String>,
    /// The day that the last period is looked at.
    pub as_of: Date,
    /// What a row stands for.
    pub by: By,
    /// The columns, oldest first.
    pub periods: Vec<Period>,
    pub lines: Vec<TrendLine>,
    /// All lines together, at the end of the last period.
    pub total: Counts,
    /// The rubrics in force at the end of the last period.
    pub rubrics: Vec<RubricKey>,
    /// How many services it is about.
    pub services: usize,
    /// How many of them are Golden Thread.
    pub golden_thread: usize,
    /// Services that it should be about but that have errors in their files.
    pub unreadable: Vec<String>,
    /// Weeks after which a colour is stale.
    pub stale_after_weeks: u32,
}

/// One line.
#[derive(Debug)]
pub struct TrendLine {
    pub title: String,
    /// The name of what it is shown under, if rows are grouped.
    pub group: Option<String>,
    /// The versions that alone have its category, such as "fundamentals@1"; `None` if the newest one has it.
    pub only_in: Option<String>,
    pub subject: Subject,
    /// Whether it is a Golden Thread service.
    pub is_golden_thread: bool,
    /// A state for each period.
    pub cells: Vec<TrendCell>,
    /// What changed in the last period.
    pub changes: Changes,
}

impl TrendLine {
    /// What its sparkline draws, one bar a period.
    fn bars(&self) -> impl Iterator<Item = Option<f64>> {
        self.cells.iter().map(|cell| self.subject.bar(&cell.counts))
    }

    /// Whether a cell is about other services than the one before, which a row of one service never is.
    fn has_other_members(&self, at: usize) -> bool {
        self.counts_services() && self.cells[at].has_other_members(&self.cells[..at])
    }

    /// Whether a cell is the first after the service of the row retired.
    fn ends_at(&self, at: usize) -> bool {
        !self.counts_services() && self.cells[at].retired > 0
    }

    /// The domain of a cell: that of the day, where the row is about a service.
    fn domain<'l>(&'l self, cell: &'l TrendCell) -> Option<&'l DomainId> {
        if self.counts_services() {
            self.subject.domain.as_ref()
        } else {
            cell.home.as_ref().map(|home| &home.domain)
        }
    }

    /// The platform of a cell likewise.
    fn platform<'l>(&'l self, cell: &'l TrendCell) -> Option<&'l PlatformId> {
        if self.counts_services() {
            self.subject.platform.as_ref()
        } else {
            cell.home.as_ref().map(|home| &home.platform)
        }
    }

    /// What stands before the text of a cell because it can't simply be compared with the one before.
    fn marks(&self, at: usize) -> String {
        let rubric = if self.cells[at].is_break() { glyph::BREAK } else { "" };
        let members = if self.has_other_members(at) { glyph::OTHER_MEMBERS } else { "" };
        let end = if self.ends_at(at) { glyph::RETIRED } else { "" };
        format!("{rubric}{members}{end}")
    }

    /// Whether it is about several services, so that it says how many have which colour.
    fn counts_services(&self) -> bool {
        self.subject.service.is_none()
    }
}

/// Arranges a trend for its readers.
///
/// # Panics
/// When the trend has no period; there is always the current one.
#[must_use]
pub fn build(estate: &Estate, trend: Trend) -> TrendReport {
    let as_of = trend.periods.last().map(|period| period.as_of).expect("a trend has at least one period");
    let mut lines: Vec<_> = trend.rows.into_iter().map(|row| line(estate, trend.by, row, as_of)).collect();
    name_rubrics(&mut lines);
    TrendReport {
        estate: estate.settings.name.clone(),
        as_of,
        by: trend.by,
        periods: trend.periods,
        lines,
        total: trend.total.cells.last().map(|cell| cell.counts).unwrap_or_default(),
        rubrics: trend.total.cells.last().map(|cell| cell.rubrics.clone()).unwrap_or_default(),
        golden_thread: trend.services.golden_thread,
        services: trend.services.all,
        unreadable: estate.unreadable().to_vec(),
        stale_after_weeks: estate.settings.review.stale_after_weeks,
    }
}

fn line(estate: &Estate, by: By, row: Row, as_of: Date) -> TrendLine {
    let subject = &row.subject;
    let service = subject.service.as_ref().and_then(|id| estate.service(id.as_str()));
    let titles = Titles(estate);
    let (title, group) = match by {
        By::Service => (service.map(|service| service.title.clone()), titles.domain(subject)),
        By::Platform => (subject.platform.as_ref().map(ToString::to_string), titles.domain(subject)),
        By::Domain => (titles.domain(subject), None),
        By::Pillar => (titles.pillar(subject), None),
        By::Category => (titles.category(subject), titles.pillar(subject)),
    };
    let versions: Vec<_> = row.only_in.iter().map(ToString::to_string).collect();
    let only_in = (!versions.is_empty()).then(|| versions.join(" and "));
    TrendLine {
        title: title.unwrap_or_default(),
        group: only_in.as_ref().map(|versions| format!("Only in {versions}")).or(group),
        only_in,
        is_golden_thread: by == By::Service
            && service.is_some_and(|service| service.identity_on(as_of).golden_thread),
        subject: row.subject,
        cells: row.cells,
        changes: row.changes,
    }
}

/// Puts the rubric before a name that lines of several rubrics have: "peak-readiness/Capacity".
fn name_rubrics(lines: &mut [TrendLine]) {
    let shared = |name: &dyn Fn(&TrendLine) -> Option<String>| {
        let mut rubrics: BTreeMap<String, BTreeSet<RubricId>> = BTreeMap::new();
        for line in lines.iter() {
            if let (Some(rubric), Some(name)) = (&line.subject.rubric, name(line)) {
                rubrics.entry(name).or_default().insert(rubric.clone());
            }
        }
        rubrics.retain(|_, ids| ids.len() > 1);
        rubrics
    };
    let titles = shared(&|line| line.subject.pillar.is_some().then(|| line.title.clone()));
    let groups = shared(&|line| line.subject.category.as_ref().and(line.group.clone()));
    for line in lines {
        let Some(rubric) = &line.subject.rubric else { continue };
        if titles.contains_key(&line.title) {
            line.title = format!("{rubric}/{}", line.title);
        }
        line.group = line
            .group
            .take()
            .map(|group| if groups.contains_key(&group) { format!("{rubric}/{group}") } else { group });
    }
}

/// Names for people of what a row is about; its id where nothing gives it a name.
struct Titles<'e>(&'e Estate);

impl Titles<'_> {
    fn domain(&self, subject: &Subject) -> Option<String> {
        Some(self.0.settings.domain_title(subject.domain.as_ref()?).to_owned())
    }

    fn pillar(&self, subject: &Subject) -> Option<String> {
        let id = subject.pillar.as_ref()?;
        let mut pillars = self.rubrics(subject).flat_map(|rubric| &rubric.pillars);
        let known = pillars.find(|pillar| pillar.id == *id);
        Some(known.map_or_else(|| id.to_string(), |pillar| pillar.title.clone()))
    }

    fn category(&self, subject: &Subject) -> Option<String> {
        let id = subject.category.as_ref()?;
        let known = self.rubrics(subject).find_map(|rubric| Some(rubric.category(rubric.find(id.as_str())?)));
        Some(known.map_or_else(|| id.to_string(), |category| category.marked_title()))
    }

    /// The versions of the rubric that a row is about; a newer version's words win over an older one's.
    fn rubrics<'s>(&'s self, subject: &'s Subject) -> impl Iterator<Item = &'s Rubric> {
        let id = subject.rubric.as_ref();
        let rubrics = self.0.rubrics.iter().rev().filter(move |rubric| Some(&rubric.id) == id);
        rubrics.map(|rubric| &**rubric)
    }
}

/// Writes a trend in a format. `width` concerns the table only.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(
    report: &TrendReport,
    format: TableFormat,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        TableFormat::Table => table::render(report, width, out),
        TableFormat::Csv => write_csv(&sheet::sheet(report), out),
        TableFormat::Markdown => markdown::render(report, out),
        TableFormat::Json => json::render(report, out),
    }
}

/// The heading of the rows' names.
fn subject_heading(by: By) -> &'static str {
    match by {
        By::Service => "Service",
        By::Platform => "Platform",
        By::Domain => "Domain",
        By::Pillar => "Pillar",
        By::Category => "Category",
    }
}

/// What a cell says in one line: `A 14/22~` or `»A 14/22` for one service, `88/122` for several; a category alone needs no counts.
/// It says nothing where another rubric was in force.
fn cell_text(line: &TrendLine, cell: &TrendCell) -> String {
    let counts = &cell.counts;
    let stale = if counts.stale > 0 { glyph::STALE } else { "" };
    let carried = if counts.carried > 0 { glyph::CARRIED } else { "" };
    let share = format!("{}/{}", counts.green, counts.applicable());
    match sign(cell) {
        _ if is_blank(cell) => String::new(),
        Some(sign) if counts.rated() == 0 || line.subject.category.is_some() => {
            format!("{carried}{}{stale}", glyph::roll_up(sign))
        }
        Some(sign) => format!("{carried}{} {share}{stale}", glyph::roll_up(sign)),
        None => format!("{carried}{share}{stale}"),
    }
}

/// Whether nothing of what the line is about was asked: each of its services was under a rubric that doesn't have it,
/// or that is not selected.
fn is_blank(cell: &TrendCell) -> bool {
    cell.services.total() == 0
}

/// The colour of one service, or why several have no share of green; `None` where they have one.
fn sign(cell: &TrendCell) -> Option<RollUp> {
    let counts = &cell.counts;
    let is_rated = counts.rated() > 0;
    let why_not = || match (counts.needs_rescore, counts.not_assessed) {
        (0, 0) => RollUp::NotApplicable,
        (0, _) => RollUp::NotAssessed,
        (_, _) => RollUp::Incomplete,
    };
    cell.colour.or_else(|| (!is_rated && !is_blank(cell)).then(why_not))
}
