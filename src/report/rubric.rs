//! Rubrics, to be read by people.

use std::io::{self, Write};

use comfy_table::Cell;

use super::glyph::{self, styled};
use super::layout::{self, MIN_WIDTH};
use super::markdown::escape;
use crate::diag::harmless;
use crate::model::{Category, Colour, Estate, Rubric};

/// Writes a table of all rubrics that assessments may pin.
///
/// # Errors
/// When `out` can't be written to.
pub fn render_list(estate: &Estate, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut table = layout::table(width.max(MIN_WIDTH));
    let headings = ["Rubric", "Version", "Published", "Pillars", "Categories", "Pinned by", "Title"];
    table.set_header(headings.map(|heading| layout::styled(heading, glyph::HEADING)));
    for rubric in estate.rubrics.iter() {
        let pins = |service: &&crate::model::Service| {
            service.assessments.last().is_some_and(|assessment| assessment.rubric.key() == rubric.key())
        };
        let pinned = estate.services().iter().filter(pins).count();
        table.add_row([
            Cell::new(rubric.key()),
            Cell::new(rubric.version),
            Cell::new(rubric.published),
            layout::right(Cell::new(rubric.pillars.len())),
            layout::right(Cell::new(rubric.categories.len())),
            Cell::new(glyph::plural(pinned, "service", "services")),
            layout::text(&rubric.title),
        ]);
    }
    layout::pad(&mut table);
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Writes a whole rubric for a terminal.
///
/// # Errors
/// When `out` can't be written to.
pub fn render_text(rubric: &Rubric, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let title = format!("{} {}", harmless(&rubric.title), rubric.version);
    writeln!(out, "{}", styled(glyph::HEADING, &title))?;
    writeln!(out, "{}, published {}", rubric.key(), rubric.published)?;
    for (at, pillar) in rubric.pillars.iter().enumerate() {
        writeln!(out, "\n{}", styled(glyph::HEADING, &harmless(&pillar.title).to_uppercase()))?;
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
    writeln!(out, "{} ({})", styled(glyph::HEADING, &harmless(&category.title)), category.id)?;
    if let Some(question) = &category.question {
        writeln!(out, "{}", layout::wrap(&format!("  {}", harmless(question)), width, "  "))?;
    }
    for colour in Colour::ALL {
        for statement in category.definition(colour).into_iter().flat_map(|definition| &definition.0) {
            let letter = styled(glyph::colour_style(colour), &colour.letter().to_string());
            writeln!(
                out,
                "{}",
                layout::wrap(&format!("  {letter}  {}", harmless(statement)), width, "     ")
            )?;
        }
    }
    for link in &category.guidance {
        let text = format!("  →  {}: {}", harmless(&link.title), harmless(&link.href));
        writeln!(out, "{}", layout::wrap(&text, width, "     "))?;
    }
    Ok(())
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
            writeln!(out)?;
            for colour in Colour::ALL {
                if let Some(definition) = category.definition(colour) {
                    let statements: Vec<_> = definition.0.iter().map(|statement| escape(statement)).collect();
                    writeln!(out, "- **{colour}**: {}", statements.join("; "))?;
                }
            }
            for link in &category.guidance {
                let href = link.href.replace([' ', '<', '>', '(', ')'], "");
                writeln!(out, "- [{}]({href})", escape(&link.title))?;
            }
        }
    }
    Ok(())
}
