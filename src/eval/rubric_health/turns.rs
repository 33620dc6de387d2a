//! Judgements that go back and forth.

use std::cmp::Ordering;

use crate::model::{CategoryIx, Colour, Date, Rubric, Service, Verdict};

/// How often a service's own judgements of a category changed direction from `since` on: green, amber, green is one
/// change, red, amber, green is none. `None` if it never gave the category a colour itself under this rubric.
///
/// Only colours that follow one another under the same rubric are compared. Another rubric in between, a version of
/// the same one included, asked another question; *not applicable* and *inherited* are no colours of the service's own.
/// After each of them it begins afresh.
pub(super) fn turns(
    service: &Service,
    rubric: &Rubric,
    category: CategoryIx,
    since: Date,
    as_of: Date,
) -> Option<usize> {
    let key = rubric.key();
    let mut turns = None;
    let mut path = Path::default();
    for assessment in service.assessments.iter().take_while(|assessment| assessment.date <= as_of) {
        if assessment.rubric.key() != key {
            path = Path::default();
            continue;
        }
        let judgement = assessment.judgements.iter().find(|judgement| judgement.category == category);
        match judgement.map(|judgement| &judgement.verdict) {
            Some(Verdict::Rated { colour, .. }) => {
                let turned = path.turns_with(*colour) && assessment.date >= since;
                *turns.get_or_insert(0) += usize::from(turned);
            }
            Some(Verdict::NotApplicable { .. } | Verdict::Inherited { .. }) => path = Path::default(),
            None => {}
        }
    }
    turns
}

/// The state of a run through colours in time order.
#[derive(Default)]
struct Path {
    last: Option<Colour>,
    /// Up or down, once it has moved.
    direction: Option<Ordering>,
}

impl Path {
    /// Goes on to a colour, and tells whether that changes the direction.
    fn turns_with(&mut self, colour: Colour) -> bool {
        let Some(last) = self.last.replace(colour).filter(|last| *last != colour) else { return false };
        let direction = colour.cmp(&last);
        self.direction.replace(direction).is_some_and(|before| before != direction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(colours: &str) -> usize {
        let mut path = Path::default();
        let colour = |letter| Colour::ALL.into_iter().find(|colour| colour.letter() == letter);
        colours.chars().filter_map(colour).filter(|colour| path.turns_with(*colour)).count()
    }

    #[test]
    fn going_on_in_one_direction_is_no_turn_and_coming_back_is_one() {
        for (colours, turns) in [
            ("", 0),
            ("G", 0),
            ("GA", 0),
            ("RAG", 0),
            ("GGAAR", 0),
            ("GAG", 1),
            ("AGGA", 1),
            ("RGA", 1),
            ("GAGAG", 3),
        ] {
            assert_eq!(count(colours), turns, "{colours}");
        }
    }
}
