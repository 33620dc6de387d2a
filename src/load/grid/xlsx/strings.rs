//! The texts that the cells of a workbook share.

use std::sync::Arc;

use super::archive::{Archive, PartXml, Result, XmlPiece, too_much};

/// Reads the shared texts, of which there may be `most`.
pub(super) fn read(archive: &mut Archive<'_>, part: Option<&str>, most: usize) -> Result<Vec<Arc<str>>> {
    let xml = part.map(|part| archive.part(part)).transpose()?.flatten();
    let Some(mut xml) = xml else { return Ok(Vec::new()) };
    let (mut strings, mut buffer) = (Vec::new(), Vec::new());
    let nothing: Arc<str> = "".into();
    while let Some(piece) = xml.next(&mut buffer)? {
        if piece.opened().is_none_or(|tag| tag.local_name().as_ref() != b"si") {
            continue;
        }
        let text = if piece.has_content() { rich_text(&mut xml, b"si")? } else { String::new() };
        if strings.len() == most {
            return Err(too_much("too many different texts for its size"));
        }
        strings.push(if text.is_empty() { Arc::clone(&nothing) } else { text.into() });
    }
    Ok(strings)
}

/// The text up to the end of a tag, of all its runs; how it is pronounced is left out.
pub(super) fn rich_text(xml: &mut PartXml<'_, '_>, end: &[u8]) -> Result<String> {
    let (mut text, mut buffer) = (String::new(), Vec::new());
    let (mut is_text, mut is_phonetic) = (false, false);
    while let Some(piece) = xml.next(&mut buffer)? {
        match &piece {
            XmlPiece::Start(tag) => match tag.local_name().as_ref() {
                b"t" => is_text = true,
                b"rPh" => is_phonetic = true,
                _ => {}
            },
            XmlPiece::End(tag) => match tag.local_name().as_ref() {
                b"t" => is_text = false,
                b"rPh" => is_phonetic = false,
                name if name == end => break,
                _ => {}
            },
            XmlPiece::Text(part) if is_text && !is_phonetic => {
                xml.text(part, &mut text)?;
                if text.len() > MAX_TEXT {
                    return Err(too_much("a cell with more text than a spreadsheet program allows"));
                }
            }
            XmlPiece::Text(_) | XmlPiece::Empty(_) | XmlPiece::Ignored => {}
        }
    }
    Ok(without_escapes(text))
}

/// Bytes of a cell's text: spreadsheet programs allow 32,767 characters.
const MAX_TEXT: usize = 4 * 32_767;

/// Characters that XML can't hold stand as `_x000D_` in a workbook.
fn without_escapes(text: String) -> String {
    let Some(at) = text.find("_x") else { return text };
    let (before, rest) = text.split_at(at);
    let mut plain = before.to_owned();
    let mut rest = rest;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        let escaped = rest.get(at + 2..at + 6).zip(rest.get(at + 6..at + 7)).filter(|(_, end)| *end == "_");
        let letter =
            escaped.and_then(|(digits, _)| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        match letter {
            Some(letter) => {
                plain.push(letter);
                rest = &rest[at + 7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    plain.push_str(rest);
    plain
}
