//! Text of a file as it was at a git revision. The only module that runs another program.

use std::path::Path;
use std::process::{Command, Output};

/// The bytes of `path` (relative to `folder`) at `revision`, or why there are none, to finish the sentence "error: …".
pub(super) fn read(folder: &Path, revision: &str, path: &str) -> Result<Vec<u8>, String> {
    // Resolved by itself first: a revision that begins with a hyphen must not become an option, and a missing revision
    // is another mistake than a missing file.
    let commit = format!("{revision}^{{commit}}");
    let resolved = run(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
    if !resolved.status.success() {
        return Err(format!(
            "git knows no revision `{revision}` here; in a shallow clone it may have to be fetched first"
        ));
    }
    let commit = String::from_utf8_lossy(&resolved.stdout).trim().to_owned();
    let blob = run(folder, &["cat-file", "blob", &format!("{commit}:./{path}")])?;
    if blob.status.success() {
        Ok(blob.stdout)
    } else {
        Err(format!("there is no file `{path}` at the revision `{revision}`"))
    }
}

#[expect(clippy::disallowed_methods, reason = "this is where git is run")]
fn run(folder: &Path, arguments: &[&str]) -> Result<Output, String> {
    let output = Command::new("git").current_dir(folder).args(arguments).output();
    output.map_err(|error| format!("git can't be run: {error}"))
}
