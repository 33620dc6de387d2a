//! The domain review pack, and the summary of an estate: [`PackRequest::review`] evaluates, [`PackRequest::pack`] arranges what a
//! reader sees, [`render`] shows it.

mod arrange;
pub mod contract;
mod html;
pub mod json;
mod model;
mod movement_words;
mod reading;
mod sheets;
mod words;
mod xlsx;

use std::io::{self, Write};

use clap::ValueEnum;

use crate::eval::Selection;
use crate::model::{Date, DomainId, Estate};

pub(super) use model::CommitmentSection;
pub use model::Pack;
pub(super) use reading::commitments as read_commitments;
pub(super) use sheets::commitments_sheet;

/// What a pack is to be about.
#[derive(Clone, Copy, Debug)]
pub struct PackRequest<'e> {
    /// The estate.
    pub estate: &'e Estate,
    /// What is looked at.
    pub selection: &'e Selection,
    /// The domain whose review is prepared; `None` for the summary of the estate.
    pub domain: Option<&'e DomainId>,
    /// The day to compare with; `None` for the last review of each domain.
    pub since: Option<Date>,
    /// The day that it is about.
    pub today: Date,
    /// The sections that are wanted; none for all.
    pub sections: &'e [Section],
    /// What the filters chose, if anything.
    pub filters: Option<&'e str>,
    /// The command that makes it again.
    pub command: &'e str,
}

/// A part of a pack, in the order in which they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Section {
    /// How many of each, now and at the review before.
    Glance,
    /// A line for each domain (of the summary).
    Domains,
    /// What changed since the review before.
    Changes,
    /// Services by categories.
    Map,
    /// Where it hurts in several services.
    HotSpots,
    /// What was promised.
    Commitments,
    /// What was measured, beside what was judged.
    Slos,
    /// What is worth talking about.
    Talk,
    /// Agreed exceptions.
    Waivers,
}

impl Section {
    /// The sections of a domain's pack.
    pub const OF_DOMAIN: [Self; 8] = [
        Self::Glance,
        Self::Changes,
        Self::Map,
        Self::HotSpots,
        Self::Commitments,
        Self::Slos,
        Self::Talk,
        Self::Waivers,
    ];
    /// The sections of an estate's summary.
    pub const OF_ESTATE: [Self; 4] = [Self::Glance, Self::Domains, Self::HotSpots, Self::Waivers];

    /// Its id: what `--section` takes, and where a link leads.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Glance => "glance",
            Self::Domains => "domains",
            Self::Changes => "changes",
            Self::Map => "map",
            Self::HotSpots => "hot-spots",
            Self::Commitments => "commitments",
            Self::Slos => "slos",
            Self::Talk => "talk",
            Self::Waivers => "waivers",
        }
    }

    /// Its heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Glance => "At a glance",
            Self::Domains => "Domains",
            Self::Changes => "What changed",
            Self::Map => "The map",
            Self::HotSpots => "Hot spots",
            Self::Commitments => "Commitments",
            Self::Slos => "SLOs beside scores",
            Self::Talk => "Worth talking about",
            Self::Waivers => "Waivers and small print",
        }
    }
}

/// How a pack is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PackFormat {
    /// For a terminal.
    Table,
    /// For a page on a code host.
    Markdown,
    /// One page for a browser, to project or to print.
    Html,
    /// One section for spreadsheets and scripts; the map unless `--section` says otherwise.
    Csv,
    /// For programs.
    Json,
    /// A spreadsheet with a sheet for each section.
    Xlsx,
}

/// Writes a pack in a format. `width` concerns the terminal only.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(pack: &Pack<'_>, format: PackFormat, width: usize, out: &mut dyn Write) -> io::Result<()> {
    match format {
        PackFormat::Table => reading::document(pack).to_terminal(width, out),
        PackFormat::Markdown => reading::document(pack).to_markdown(out),
        PackFormat::Html => html::render(pack, out),
        PackFormat::Csv => sheets::render_csv(pack, out),
        PackFormat::Xlsx => xlsx::render(pack, out),
        PackFormat::Json => json::render(pack, out),
    }
}
