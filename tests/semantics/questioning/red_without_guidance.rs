//! Red without guidance.

use fundamentals::eval::SignKind;
use fundamentals::load::load_texts;

use super::{estate, judged, on, sign};
use crate::support::{self, RUBRICS};

const KIND: SignKind = SignKind::RedWithoutGuidance;

#[test]
fn half_of_those_with_a_colour_are_enough_and_less_is_not() {
    let (red, green) = (judged(&[("2026-06-01", "red")]), judged(&[("2026-06-01", "green")]));
    assert_eq!(sign(&estate(&[(2, &red), (2, &green)]), "a", KIND), Some((2, 4)));
    assert_eq!(sign(&estate(&[(2, &red), (3, &green)]), "a", KIND), None);
}

#[test]
fn what_has_no_colour_is_outside_the_denominator() {
    let (red, other) = (judged(&[("2026-06-01", "red")]), on("2026-06-01", "b: red"));
    assert_eq!(sign(&estate(&[(3, &red), (9, &other)]), "a", KIND), Some((3, 3)));
}

#[test]
fn guidance_takes_it_away() {
    let link = "title = \"A\"\nguidance = [{ title = \"How\", href = \"https://example.com/a\" }]";
    let rubric = RUBRICS[0].1.replacen("title = \"A\"", link, 1);
    let red = format!("assessments:\n{}", on("2026-06-01", "a: red, b: red"));
    let services: Vec<_> = (0..3).map(|at| support::service(&format!("s{at}"), &red)).collect();
    let services: Vec<_> = services.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let estate = load_texts(None, &[("r1.toml", &rubric)], &services).estate;
    assert_eq!((sign(&estate, "a", KIND), sign(&estate, "b", KIND)), (None, Some((3, 3))));
}
