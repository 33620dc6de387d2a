//! What is ready-made for CI does what it says: every shell step of the action, the hooks and the examples is run, in a
//! repository of its own and with the variables that the CI system would set.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "a test may read files and run programs")]

mod azure;
mod comment;
mod files;
mod github;
mod gitlab;
mod hooks;
mod machine;
mod plain;
mod repository;
