//! Formats of the gate that the files for CI ask for before the program has them. Once it has them all, nothing here does
//! anything, and this module can go.

use std::process::Command;

/// What the files for CI ask `gate --format` for.
const ASKED_FOR: [&str; 4] = ["github", "markdown", "gitlab", "junit"];

/// Whether the program has a format, by its own help.
pub(crate) fn has(format: &str) -> bool {
    let help = Command::new(env!("CARGO_BIN_EXE_fundamentals")).args(["gate", "--help"]).output();
    let help = String::from_utf8(help.expect("the program starts").stdout).expect("UTF-8");
    help.lines().any(|line| line.trim_start().starts_with(&format!("- {format}:")))
}

/// A script to stand in front of the program, which says `human` where a step asks the gate for a format that there isn't
/// yet; none once there are all.
pub(crate) fn shim() -> Option<String> {
    let missing: Vec<_> = ASKED_FOR.into_iter().filter(|format| !has(format)).collect();
    if missing.is_empty() {
        return None;
    }
    Some(format!(
        "#!/usr/bin/env bash\n\
         words=()\n\
         gate=\n\
         for word; do\n\
         if [ \"$word\" = gate ]; then gate=yes; fi\n\
         case \"$gate$word\" in {}) word=human ;; esac\n\
         words+=(\"$word\")\n\
         done\n\
         exec '{}' \"${{words[@]}}\"\n",
        missing.iter().map(|format| format!("yes{format}")).collect::<Vec<_>>().join(" | "),
        env!("CARGO_BIN_EXE_fundamentals"),
    ))
}
