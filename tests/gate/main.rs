//! What a pull request meets, scenario by scenario: the gate on two estates of texts or, where git is the subject, the
//! program in real repositories.
#![expect(clippy::disallowed_methods, reason = "tests lay out repositories and run git")]

mod advisory;
mod attacks;
mod catalogs;
mod causes;
mod drafts;
mod evasions;
mod excuses;
mod levels;
mod links;
mod lives;
mod lost_colours;
mod merges;
mod new_rubrics;
mod new_services;
mod pull_requests;
mod renames;
mod repositories;
mod retitled;
mod review;
mod revisions;
mod several_rubrics;
#[path = "../support/small_rubric.rs"]
mod small_rubric;
mod standing;
mod waivers;
mod watch;
mod withdrawn;
mod world;
