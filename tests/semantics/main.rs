//! What scores mean: claims from the design, and properties that must always hold. Estates are built from text; no
//! files are touched.

mod advising;
mod bounding;
mod carrying;
mod comparing;
mod denying;
mod early_entries;
mod editing;
mod evidencing;
mod gating;
mod identifying;
mod inheriting;
mod judging;
mod life;
mod living;
mod pairing;
mod promising;
mod properties;
mod questioning;
mod random;
mod reviewing;
mod rewriting;
mod scoring;
mod several_rubrics;
#[path = "../support/small_rubric.rs"]
mod small_rubric;
mod stepping;
mod support;
mod talking;
mod trending;
