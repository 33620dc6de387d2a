//! Rubrics: a list, one in full, one category.

mod json;

use std::io::{self, Write};

use comfy_table::Cell;

use super::glyph::{self, styled};
use super::layout::{self, MIN_WIDTH};
use crate::model::{Category, Colour, Date, Estate, Guidance, Link, Rubric, Service};
use crate::text::{escape, plural, sanitize, wrap};

/// One line of the list of rubrics.
#[derive(Debug)]
pub struct ListedRubric<'e> {
    rubric: &'e Rubric,
    /// How many services' last assessments under a version of the rubric pin it; those that are retired are left out.
    pinned_by: usize,
}

/// All rubrics that assessments may pin, by id and version, with who pins them on a day.
#[must_use]
pub fn build_list(estate: &Estate, today: Date) -> Vec<ListedRubric<'_>> {
    let pins = |rubric: &Rubric, service: &Service| {
        let mut past = service.assessments.iter().rev();
        let last = past.find(|assessment| assessment.rubric.id == rubric.id);
        last.is_some_and(|assessment| assessment.rubric.key() == rubric.key())
    };
    let listed = |rubric| ListedRubric {
        rubric,
        pinned_by: estate.services_on(today).filter(|service| pins(rubric, service)).count(),
    };
    estate.rubrics.iter().map(|rubric| listed(rubric)).collect()
}

/// Writes the list for a terminal.
///
/// # Errors
/// When `out` can't be written to.
pub fn render_list(rubrics: &[ListedRubric<'_>], width: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut table = layout::table(width.max(MIN_WIDTH));
    let headings = ["Rubric", "Version", "Published", "Pillars", "Categories", "Pinned by", "Title"];
    table.set_header(headings.map(|heading| layout::styled(heading, glyph::HEADING)));
    for ListedRubric { rubric, pinned_by } in rubrics {
        table.add_row([
            Cell::new(rubric.key()),
            Cell::new(rubric.version),
            Cell::new(rubric.published),
            layout::right(Cell::new(rubric.pillars.len())),
            layout::right(Cell::new(rubric.categories.len())),
            Cell::new(plural(*pinned_by, "service", "services")),
            layout::text(&rubric.title),
        ]);
    }
    layout::print(table, out)
}

/// Writes a whole rubric for a terminal.
///
/// # Errors
/// When `out` can't be written to.
pub fn render_text(rubric: &Rubric, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let title = format!("{} {}", sanitize(&rubric.title), rubric.version);
    writeln!(out, "{}", styled(glyph::HEADING, &title))?;
    writeln!(out, "{}, published {}", rubric.key(), rubric.published)?;
    for (at, pillar) in rubric.pillars.iter().enumerate() {
        writeln!(out, "\n{}", styled(glyph::HEADING, &sanitize(&pillar.title).to_uppercase()))?;
        for category in rubric.categories.iter().filter(|category| category.pillar == at) {
            writeln!(out)?;
            render_category(category, width, out)?;
        }
    }
    Ok(())
}

/// Writes what a category asks for.
///
/// # Errors
/// When `out` can't be written to.
pub fn render_category(category: &Category, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let width = width.max(MIN_WIDTH);
    writeln!(out, "{} ({})", styled(glyph::HEADING, &sanitize(&category.title)), category.id)?;
    if let Some(question) = &category.question {
        writeln!(out, "{}", wrap(&format!("  {}", sanitize(question)), width, "  "))?;
    }
    for fact in category.facts() {
        writeln!(out, "{}", wrap(&format!("  {}", sanitize(&fact)), width, "  "))?;
    }
    for colour in Colour::ALL {
        for statement in category.definition(colour).into_iter().flat_map(|definition| &definition.statements)
        {
            let letter = styled(glyph::colour_style(colour), &colour.letter().to_string());
            writeln!(out, "{}", wrap(&format!("  {letter}  {}", sanitize(statement)), width, "     "))?;
        }
    }
    for guidance in &category.guidance {
        let text = format!("  →  {}", sanitize(&guidance.to_string()));
        writeln!(out, "{}", wrap(&text, width, "     "))?;
    }
    Ok(())
}

/// Writes a whole rubric as JSON, for programs.
///
/// # Errors
/// When `out` can't be written to.
pub fn render_json(rubric: &Rubric, out: &mut dyn Write) -> io::Result<()> {
    json::render(rubric, out)
}

/// Writes a whole rubric as Markdown, for a page that colleagues read.
///
/// # Errors
/// When `out` can't be written to.
pub fn render_markdown(rubric: &Rubric, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {} {}\n", escape(&rubric.title), rubric.version)?;
    writeln!(out, "`{}`, published {}", rubric.key(), rubric.published)?;
    for (at, pillar) in rubric.pillars.iter().enumerate() {
        writeln!(out, "\n## {}", escape(&pillar.title))?;
        for category in rubric.categories.iter().filter(|category| category.pillar == at) {
            writeln!(out, "\n### {}\n\n`{}`", escape(&category.title), category.id)?;
            if let Some(question) = &category.question {
                writeln!(out, "\n{}", escape(question))?;
            }
            for fact in category.facts() {
                writeln!(out, "\n{}", escape(&fact))?;
            }
            writeln!(out)?;
            for colour in Colour::ALL {
                match category.definition(colour).map(|definition| definition.statements.as_slice()) {
                    None => {}
                    Some([only]) => writeln!(out, "- **{colour}**: {}", escape(only))?,
                    Some(all) => {
                        writeln!(out, "- **{colour}**, all of:")?;
                        for statement in all {
                            writeln!(out, "  - {}", escape(statement))?;
                        }
                    }
                }
            }
            for guidance in &category.guidance {
                match guidance {
                    Guidance::Link(Link { title, href, .. }) => {
                        let href = href.replace([' ', '<', '>', '(', ')', '\\'], "").replace('&', "&amp;");
                        writeln!(out, "- [{}]({href})", escape(title))?;
                    }
                    Guidance::Text(text) => writeln!(out, "- {}", escape(&text.value))?,
                }
            }
        }
    }
    Ok(())
}
