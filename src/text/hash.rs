//! A hash that lasts.

/// FNV-1a of 64 bits. The same in every version of this program, which the standard library doesn't promise of its hashes:
/// for what is kept or handed on, such as names of files and fingerprints.
pub(crate) fn fnv_1a(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The hash of several texts, each kept apart from the next, as 16 hexadecimal digits.
pub(crate) fn fingerprint<T: AsRef<[u8]>>(parts: impl IntoIterator<Item = T>) -> String {
    let bytes = parts.into_iter().flat_map(|part| {
        let mut bytes = part.as_ref().to_vec();
        bytes.push(0);
        bytes
    });
    format!("{:016x}", fnv_1a(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_specification() {
        for (text, hash) in
            [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)]
        {
            assert_eq!(fnv_1a(text.bytes()), hash, "{text}");
        }
    }

    #[test]
    fn a_fingerprint_never_changes_and_keeps_parts_apart() {
        assert_eq!(fingerprint(["drop-to-red", "bag-api"]), "217f99abcf533df9");
        assert_ne!(fingerprint(["ab", "c"]), fingerprint(["a", "bc"]));
    }
}
