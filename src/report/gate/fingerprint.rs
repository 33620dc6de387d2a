//! What makes a finding the same one in every run: its rule, service and category, and not its words or its line.

use crate::eval::Finding;
use crate::text::fnv_1a;

/// 16 hexadecimal digits.
pub(super) fn fingerprint(finding: &Finding<'_>) -> String {
    let service = finding.service.map_or("", |service| service.id.as_str());
    let parts = [finding.rule.name(), service].into_iter().map(ToOwned::to_owned);
    hash(&parts.chain(finding.what.identity()).collect::<Vec<_>>())
}

/// The same for what is no finding, by what it is about.
pub(super) fn of_note(about: &str) -> String {
    hash(&[about.to_owned()])
}

fn hash(parts: &[String]) -> String {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    format!("{:016x}", fnv_1a(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_never_changes_and_keeps_parts_apart() {
        let hash = |parts: [&str; 2]| hash(&parts.map(ToOwned::to_owned));
        assert_eq!(hash(["drop-to-red", "bag-api"]), "217f99abcf533df9");
        assert_ne!(hash(["ab", "c"]), hash(["a", "bc"]));
    }
}
