//! The program from outside: what it prints, where, and how it ends.

#![expect(clippy::disallowed_methods, reason = "tests make estates, read files and run other programs")]

mod across_rubrics;
mod actions;
mod add;
mod catalog;
mod check_formats;
mod commitments;
mod completions;
mod csv_columns;
mod directory;
mod early_entries;
mod excerpts;
mod explain;
mod filters;
mod gate;
mod gate_formats;
mod gate_hostile_text;
mod gate_hosts;
mod gate_markdown;
mod hidden_files;
mod ids;
mod import_backstage;
mod import_rubric;
mod import_tools;
mod init;
mod keys;
mod life;
mod lint_base;
mod lives;
mod log_commands;
mod man;
mod migrate;
mod moved_reviews;
mod movements;
mod other_models;
mod output;
#[cfg(unix)]
mod output_files;
mod real_data;
mod rename;
mod report;
mod report_formats;
mod report_hostile_text;
mod report_html;
mod report_numbers;
mod report_schema;
mod report_sheets;
mod rubric;
mod rubric_diff;
mod rubric_health;
mod sarif_schema;
mod schema;
mod schema_claims;
mod score;
mod several_rubrics;
mod show;
#[path = "../support/small_rubric.rs"]
mod small_rubric;
mod sparse_checkout;
mod support;
mod trend;
mod until;
mod writing;
