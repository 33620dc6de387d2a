//! Tables of scores in the shapes that spreadsheets have: what they mean, what of them is refused, and that our own come back
//! as they were.

#![expect(clippy::disallowed_methods, reason = "tests make files and run the program")]

#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "shared with other tests that run the program")]
mod folder;
mod hostile;
mod importing;
mod layouts;
mod mapping;
#[path = "../semantics/random.rs"]
#[expect(dead_code, reason = "shared with the tests of what scores mean")]
mod random;
mod round_trip;
#[path = "../support/small_rubric.rs"]
mod small_rubric;
#[path = "../semantics/support.rs"]
#[expect(dead_code, reason = "shared with the tests of what scores mean")]
mod support;
mod tables;
mod workbooks;
