//! Talking at a terminal: what is asked, what answers come to, and how it looks. Most tests press keys at a terminal
//! that is only made up; those in `pty` run the program itself in a pseudo-terminal.

mod answering;
mod looking;
mod offering;
#[cfg(unix)]
mod program;
#[cfg(unix)]
mod pty;
mod scripted;
