//! The page's style and script, and the policy that lets a browser apply these two and nothing else.

/// How it looks.
pub(super) const STYLE: &str = include_str!("style.css");
/// What sorts and filters.
pub(super) const SCRIPT: &str = include_str!("script.js");

/// SHA-256 of [`STYLE`] in base64; a test says what it should be.
const STYLE_HASH: &str = "jqmIZ33XexumSHyifbZEkotwJx7ABhCQemmYfb4jmRs=";
/// SHA-256 of [`SCRIPT`] in base64.
const SCRIPT_HASH: &str = "ePBBHslnWfFFAqT2/kzSav0fUdxuwQhukXXQZmQ7EVI=";

/// Nothing may be fetched, sent, framed or run but what the page came with: should a text ever become markup, it still
/// couldn't act.
pub(super) fn content_security_policy() -> String {
    format!(
        "default-src 'none'; style-src 'sha256-{STYLE_HASH}'; script-src 'sha256-{SCRIPT_HASH}'; \
         base-uri 'none'; form-action 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::harmless_lines;

    #[test]
    fn the_policy_names_the_style_and_the_script_as_they_are() {
        assert_eq!(STYLE_HASH, base64(&sha256(&lines(STYLE))), "STYLE_HASH");
        assert_eq!(SCRIPT_HASH, base64(&sha256(&lines(SCRIPT))), "SCRIPT_HASH");
    }

    #[test]
    fn neither_ends_its_element_nor_is_changed_on_the_way_out() {
        for text in [STYLE, SCRIPT] {
            assert!(!text.contains("</") && !text.contains("<!--"));
            assert_eq!(harmless_lines(text), text);
        }
    }

    #[test]
    fn the_style_fetches_nothing() {
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    }

    #[test]
    fn the_hash_is_the_one_of_the_standard() {
        assert_eq!(base64(&sha256("abc")), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }

    /// As a browser reads them, whatever a checkout made of line breaks.
    fn lines(text: &str) -> String {
        text.replace("\r\n", "\n")
    }

    /// FIPS 180-4. Here only to see that the constants are right: no reason for a dependency.
    fn sha256(text: &str) -> [u8; 32] {
        let (mut state, constants) = constants();
        let mut bytes = text.as_bytes().to_vec();
        let bits = u64::try_from(bytes.len()).expect("a length") * 8;
        bytes.push(0x80);
        bytes.resize(bytes.len().next_multiple_of(64), 0);
        if bytes.len() - text.len() < 9 {
            bytes.resize(bytes.len() + 64, 0);
        }
        let end = bytes.len() - 8;
        bytes[end..].copy_from_slice(&bits.to_be_bytes());
        for block in bytes.chunks_exact(64) {
            let mut words = [0_u32; 64];
            for (word, four) in words.iter_mut().zip(block.chunks_exact(4)) {
                *word = u32::from_be_bytes(four.try_into().expect("four bytes"));
            }
            for at in 16..64 {
                let (a, b) = (words[at - 15], words[at - 2]);
                let a = a.rotate_right(7) ^ a.rotate_right(18) ^ (a >> 3);
                let b = b.rotate_right(17) ^ b.rotate_right(19) ^ (b >> 10);
                words[at] = words[at - 16].wrapping_add(a).wrapping_add(words[at - 7]).wrapping_add(b);
            }
            let mut v = state;
            for at in 0..64 {
                let s1 = v[4].rotate_right(6) ^ v[4].rotate_right(11) ^ v[4].rotate_right(25);
                let choice = (v[4] & v[5]) ^ (!v[4] & v[6]);
                let one = [s1, choice, constants[at], words[at]].into_iter().fold(v[7], u32::wrapping_add);
                let s0 = v[0].rotate_right(2) ^ v[0].rotate_right(13) ^ v[0].rotate_right(22);
                let two = s0.wrapping_add((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
                v.rotate_right(1);
                v[4] = v[4].wrapping_add(one);
                v[0] = one.wrapping_add(two);
            }
            for (word, more) in state.iter_mut().zip(v) {
                *word = word.wrapping_add(more);
            }
        }
        let mut hash = [0; 32];
        for (four, word) in hash.chunks_exact_mut(4).zip(state) {
            four.copy_from_slice(&word.to_be_bytes());
        }
        hash
    }

    /// The first 32 bits behind the point of the square roots of the first 8 primes, and of the cube roots of the
    /// first 64.
    fn constants() -> ([u32; 8], [u32; 64]) {
        let mut primes = (2_u128..).filter(|n| (2..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0));
        let primes: Vec<u128> = primes.by_ref().take(64).collect();
        let root = |target: u128, power: u32| {
            let (mut low, mut high) = (0_u128, 1 << 36);
            while high - low > 1 {
                let middle = u128::midpoint(low, high);
                if middle.pow(power) <= target { low = middle } else { high = middle }
            }
            u32::try_from(low & 0xffff_ffff).expect("32 bits")
        };
        (
            std::array::from_fn(|at| root(primes[at] << 64, 2)),
            std::array::from_fn(|at| root(primes[at] << 96, 3)),
        )
    }

    fn base64(bytes: &[u8]) -> String {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for three in bytes.chunks(3) {
            let number = three.iter().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte))
                << (8 * (3 - three.len()));
            for at in 0..4 {
                let letter = char::from(LETTERS[number >> (18 - 6 * at) & 63]);
                text.push(if at <= three.len() { letter } else { '=' });
            }
        }
        text
    }
}
