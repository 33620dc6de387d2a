//! Text for people and logs: made sanitize, listed, counted, wrapped. Knows nothing of what the text is about.

mod build_log;
mod formula;
mod hash;
mod json;
mod list;
mod markdown;
mod sanitize;
mod shorten;
mod simplify;
mod suggest;
mod wrap;

pub use build_log::{Commands, LogWriter};
pub(crate) use formula::is_formula_like;
pub(crate) use hash::{fingerprint, fnv_1a};
pub use json::write_json;
pub use list::{days, list, list_some, plural};
pub(crate) use markdown::{escape, is_plain, prose};
pub use sanitize::{sanitize, sanitize_lines};
pub use shorten::shorten;
pub(crate) use simplify::simplified;
pub use suggest::{closest, did_you_mean};
pub(crate) use wrap::wrap;
