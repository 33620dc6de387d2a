//! What a pull request meets: `fundamentals gate` in real git repositories, scenario by scenario.
#![expect(clippy::disallowed_methods, reason = "tests lay out repositories and run git")]

mod attacks;
mod causes;
mod drafts;
mod evasions;
mod excuses;
mod levels;
mod links;
mod lost_colours;
mod merges;
mod new_rubrics;
mod pull_requests;
mod repositories;
mod retitled;
mod revisions;
mod standing;
mod waivers;
mod watch;
mod withdrawn;
mod world;
