//! Scores of which a service's file says something else on the same day.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic};
use crate::load::{Loaded, RatingTable, TableRating};
use crate::source::{FileId, Span};

/// Service files that scores contradict, by their ids in the estate, with their ids beside the table.
#[derive(Default)]
pub(super) struct ContradictedFiles(BTreeMap<FileId, FileId>);

impl ContradictedFiles {
    /// Reports a score to the table, with the place where the service's file says something else.
    pub fn report(&mut self, rating: &TableRating, there: Span, loaded: &Loaded, table: &mut RatingTable) {
        let file = *self.0.entry(there.file).or_insert_with(|| {
            let id = table.next_file();
            table.add_file(loaded.sources.file(there.file).clone());
            id
        });
        let title = format!(
            "`{}` of `{}` has another score on {}: {}",
            rating.category.value,
            rating.service,
            rating.date,
            table.cell_name(rating)
        );
        let problem = Diagnostic::new(Code::ConflictingScore, title);
        let problem = problem.at(rating.span, "would replace it").and(Span { file, ..there }, "this one");
        table.problems.push(problem.help("leave it out; or say `--replace` if the table is right"));
    }
}
