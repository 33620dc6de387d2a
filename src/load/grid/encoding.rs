//! Bytes of a text → characters, whichever program saved it.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text, and whether its encoding was guessed.
pub(super) struct Decoded {
    /// Without byte-order mark.
    pub text: String,
    pub is_windows_1252: bool,
}

/// Decodes a text by its byte-order mark; without one it is UTF-8 or, with a NUL in every other byte, UTF-16. What
/// is neither is Windows-1252, which spreadsheets write where they don't write Unicode.
pub(super) fn decode(bytes: &[u8]) -> Decoded {
    let unicode =
        Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or_else(|| utf_16_without_mark(bytes));
    let encoding = match unicode {
        Some(encoding) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => WINDOWS_1252,
    };
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    Decoded { text: text.into_owned(), is_windows_1252: encoding == WINDOWS_1252 }
}

/// UTF-16 of mostly Latin letters, by where its NULs are.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(64)];
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    match (even, odd) {
        (0, odd) if odd > pairs / 2 => Some(UTF_16LE),
        (even, 0) if even > pairs / 2 => Some(UTF_16BE),
        (_, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_that_spreadsheets_write_is_read() {
        let text = "service,grün\r\ncafé,–";
        let utf_16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<_>>();
        let windows = b"service,gr\xfcn\r\ncaf\xe9,\x96".to_vec();
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(&[0xef, 0xbb, 0xbf], text.as_bytes().to_vec()),
            utf_16(u16::to_le_bytes),
            utf_16(u16::to_be_bytes),
            marked(&[0xff, 0xfe], utf_16(u16::to_le_bytes)),
            marked(&[0xfe, 0xff], utf_16(u16::to_be_bytes)),
            windows.clone(),
        ] {
            let decoded = decode(&bytes);
            assert_eq!((decoded.text.as_str(), decoded.is_windows_1252), (text, bytes == windows));
        }
    }
}
