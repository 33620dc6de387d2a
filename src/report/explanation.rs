//! What a category asks for, by which version of which rubric, and what became of it since.

use std::cmp::Reverse;
use std::io::{self, Write};

use super::layout::MIN_WIDTH;
use super::rubric::render_category;
use crate::model::{ByNow, Category, Estate, Rubric, RubricKey};
use crate::text::{sanitize, wrap};

/// A category of one rubric, and what readers of another should know.
#[derive(Debug)]
pub struct Explanation<'e> {
    /// The rubric whose text it is.
    pub rubric: &'e Rubric,
    pub category: &'e Category,
    /// Other rubrics and versions that have a category of this id.
    also_asked_by: Vec<RubricKey>,
    /// The newest version of its rubric, if that doesn't have it, and what became of it there.
    by_now: Option<(&'e Rubric, ByNow<'e>)>,
}

/// Looks a category up by its id: in the newest version of the default rubric that has it, else in the rubric that was
/// published last. `rubric/category` and `rubric@1/category` look it up in that one.
#[must_use]
pub fn build<'e>(estate: &'e Estate, name: &str) -> Option<Explanation<'e>> {
    let (wanted, id) = name.rsplit_once('/').map_or((None, name), |(rubric, id)| (Some(rubric), id));
    let is_wanted = |rubric: &Rubric| {
        wanted.is_none_or(|wanted| rubric.id.as_str() == wanted || rubric.key().to_string() == wanted)
    };
    let having = estate.rubrics.iter().filter_map(|rubric| Some((&**rubric, rubric.find(id)?)));
    let mut having: Vec<_> = having.collect();
    let default = &estate.default_rubric().id;
    having.sort_by_key(|(rubric, _)| {
        (!is_wanted(rubric), rubric.id != *default, Reverse((rubric.published, rubric.key())))
    });
    let ((rubric, category), others) = having.split_first().filter(|((rubric, _), _)| is_wanted(rubric))?;
    let category = rubric.category(*category);
    let newest = estate.rubrics.versions(&rubric.id).last().filter(|newest| newest.key() != rubric.key());
    Some(Explanation {
        rubric,
        category,
        also_asked_by: others.iter().map(|(rubric, _)| rubric.key()).collect(),
        by_now: newest.map(|newest| (&**newest, estate.rubrics.by_now(newest, &category.id))),
    })
}

/// Writes the category for a terminal.
///
/// # Errors
/// When `out` can't be written to.
pub fn render(explanation: &Explanation<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let Explanation { rubric, category, also_asked_by, by_now } = explanation;
    render_category(category, width, out)?;
    let pillar = sanitize(&rubric.pillar_of(category).title);
    let mut said = format!("Asked by {} under {pillar}", rubric.key());
    if also_asked_by.is_empty() {
        said.push('.');
    } else {
        let others: Vec<_> = also_asked_by.iter().map(ToString::to_string).collect();
        said.push_str(&format!(", whose text this is; also asked by {}.", others.join(", ")));
    }
    said.extend(by_now.as_ref().and_then(|(newest, by_now)| became(category, newest, by_now)));
    writeln!(out, "\n{}", wrap(&said, width.max(MIN_WIDTH), ""))
}

/// " fundamentals@2 continues it as scaling and startup-time."
fn became(category: &Category, newest: &Rubric, by_now: &ByNow<'_>) -> Option<String> {
    let key = newest.key();
    match by_now {
        ByNow::Same | ByNow::Unrelated => None,
        ByNow::Others(others) => {
            let others: Vec<_> = others.iter().map(ToString::to_string).collect();
            Some(format!(" {key} continues it as {}.", others.join(" and ")))
        }
        ByNow::NoLonger if newest.retired.iter().any(|retired| retired.value == category.id) => {
            Some(format!(" {key} retired it."))
        }
        ByNow::NoLonger => Some(format!(" {key} doesn't ask it any more.")),
    }
}
