//! Talking at a terminal: what is asked, what answers come to, and how it looks. Most tests press keys at a terminal
//! that is only made up; those in `program` run the program itself in a pseudo-terminal.
#![cfg_attr(
    unix,
    expect(clippy::disallowed_methods, reason = "tests make estates, read files and run other programs")
)]

#[cfg(unix)]
mod adding;
mod answering;
mod looking;
mod offering;
#[cfg(unix)]
mod program;
#[cfg(unix)]
mod pty;
mod scripted;
#[path = "../support/small_rubric.rs"]
mod small_rubric;
