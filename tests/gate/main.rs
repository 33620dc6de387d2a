//! What a pull request meets: `fundamentals gate` in real git repositories, scenario by scenario.
#![expect(clippy::disallowed_methods, reason = "tests lay out repositories and run git")]

mod causes;
mod evasions;
mod levels;
mod pull_requests;
mod repositories;
mod standing;
mod waivers;
mod world;
