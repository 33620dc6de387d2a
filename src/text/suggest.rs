//! "Did you mean …?"

use super::list;

/// The candidate that `given` most likely means, if one is close enough to say so.
pub fn closest<'c>(given: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    // Comparing takes time and memory for each pair of letters, and nothing known is that long.
    if given.len() > 100 {
        return None;
    }
    let wanted = normal(given);
    let scored = candidates.into_iter().map(|candidate| (likeness(&wanted, &normal(candidate)), candidate));
    let best = scored.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    (best.0 >= 0.7).then_some(best.1)
}

/// Case, surrounding space and the choice between `_`, space and `-` are never what was meant.
fn normal(text: &str) -> String {
    text.trim().to_lowercase().replace(['_', ' '], "-")
}

/// From 0 to 1: equal is 1; a slip of the finger in a short word or a missing half of a long one is still likely.
fn likeness(given: &str, candidate: &str) -> f64 {
    if given == candidate {
        return 1.0;
    }
    let distance = strsim::normalized_damerau_levenshtein(given, candidate);
    // In a word of three letters one slip is a third of it.
    let slip = given.len() >= 3 && strsim::damerau_levenshtein(given, candidate) == 1;
    let abbreviated = given.len() >= 3 && is_abbreviation(given, candidate);
    let initials: String = candidate.split('-').filter_map(|word| word.chars().next()).collect();
    let acronym = given.len() >= 2 && (given == initials || given.strip_suffix('s') == Some(&initials));
    if abbreviated || acronym {
        distance.max(0.9)
    } else if slip {
        distance.max(0.7)
    } else {
        distance
    }
}

/// `config` for `configuration-and-secrets`, or `grn` for `green`: a beginning, or a first letter and others in order
/// that are at least half of the word.
fn is_abbreviation(given: &str, candidate: &str) -> bool {
    let mut rest = candidate.chars();
    let first = given.chars().next() == candidate.chars().next();
    let skips = first && candidate.len() <= 2 * given.len();
    candidate.starts_with(given) || (skips && given.chars().all(|letter| rest.any(|other| other == letter)))
}

/// Help for something that isn't one of a few known things: the closest of them if one is close, all of them if
/// they are few, else `otherwise`.
pub fn did_you_mean<'c>(
    given: &str,
    candidates: impl IntoIterator<Item = &'c str> + Clone,
    otherwise: &str,
) -> String {
    const FEW: usize = 5;
    let all: Vec<_> = candidates.clone().into_iter().collect();
    let known = || format!("known here: {}", list(&all));
    match closest(given, candidates) {
        Some(candidate) if (2..=FEW).contains(&all.len()) => {
            format!("did you mean `{candidate}`? {}", known())
        }
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None if all.len() <= FEW || otherwise.is_empty() => known(),
        None => otherwise.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CATEGORIES: [&str; 5] =
        ["logging", "alerting", "load-testing", "service-level-objectives", "rollback"];

    #[test]
    fn slips_and_short_forms_find_their_word() {
        for (given, meant) in [
            ("loging", "logging"),
            ("Logging ", "logging"),
            ("load_testing", "load-testing"),
            ("slo", "service-level-objectives"),
            ("slos", "service-level-objectives"),
            ("rolback", "rollback"),
            ("alertign", "alerting"),
        ] {
            assert_eq!(closest(given, CATEGORIES), Some(meant), "{given}");
        }
        assert_eq!(closest("grn", ["red", "amber", "green"]), Some("green"));
        assert_eq!(closest("deu", ["done", "due"]), Some("due"));
    }

    #[test]
    fn nothing_is_suggested_for_something_else_altogether() {
        assert_eq!(closest("gdpr-compliance", CATEGORIES), None);
        assert_eq!(closest("", CATEGORIES), None);
        assert_eq!(closest("foo", ["file-too-large"]), None);
        assert_eq!(closest(&"x".repeat(1 << 20), ["x"]), None);
    }

    #[test]
    fn few_known_values_are_all_listed() {
        assert_eq!(did_you_mean("x", ["a", "b", "c"], ""), "known here: `a`, `b` and `c`");
        assert_eq!(did_you_mean("A", ["a", "b"], ""), "did you mean `a`? known here: `a` and `b`");
        assert_eq!(did_you_mean("A", ["a"], ""), "did you mean `a`?");
    }
}
