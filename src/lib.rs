//! Scores the reliability of an organisation's services against a rubric, and shows how it changes.
//!
//! Data flows one way: files are loaded ([`load`]) into the domain ([`model`]), questioned ([`check`]), turned into
//! colours, counts and verdicts ([`eval`]), arranged for a reader ([`report`]) and written out. What is wrong with
//! a file is a [`diag::Diagnostic`]. [`schema`] describes them for editors. What a command writes into a
//! service's file goes through [`edit`]. What is talked over at a terminal is in [`dialog`]. [`cli`] knows the flags,
//! [`cmd`] strings the steps together.

pub mod check;
pub mod cli;
pub mod cmd;
pub mod diag;
pub mod dialog;
pub mod edit;
pub mod eval;
pub mod load;
pub mod model;
pub mod report;
pub mod schema;
pub mod source;
pub mod text;
