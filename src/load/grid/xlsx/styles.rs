//! How the cells of a workbook look, as far as it says something: which numbers are days, and what is filled with which
//! colour.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::super::Fill;
use super::archive::{Archive, Result, attribute, too_much};
use super::workbook::Workbook;

/// Formats, fills and styles, of each: spreadsheet programs allow 65,490 styles.
const MAX_STYLES: usize = 65_536;

/// The look of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CellStyle {
    /// Whether a number is shown as a day.
    pub is_day: bool,
    pub fill: Option<Fill>,
}

/// Reads the styles of cells, in the order of their numbers.
pub(super) fn read(archive: &mut Archive<'_>, workbook: &Workbook) -> Result<Vec<CellStyle>> {
    let theme = read_theme(archive, workbook.theme.as_deref())?;
    let xml = workbook.styles.as_deref().map(|part| archive.part(part)).transpose()?.flatten();
    let Some(mut xml) = xml else { return Ok(Vec::new()) };
    let mut formats: HashMap<u32, bool> = HashMap::new();
    let (mut fills, mut styles): (Vec<Option<Fill>>, Vec<CellStyle>) = (Vec::new(), Vec::new());
    let (mut is_cell_style, mut is_filled, mut buffer) = (false, false, Vec::new());
    while let Some(piece) = xml.next(&mut buffer)? {
        if let Some(tag) = piece.opened() {
            match tag.local_name().as_ref() {
                b"numFmt" => {
                    let id = number(tag, "numFmtId").unwrap_or(0);
                    formats.insert(id, attribute(tag, "formatCode").is_some_and(|code| shows_day(&code)));
                }
                b"fill" => fills.push(None),
                b"patternFill" => {
                    let pattern = attribute(tag, "patternType");
                    is_filled = pattern.is_some_and(|pattern| pattern != "none" && pattern != "gray125");
                }
                b"fgColor" if is_filled => {
                    if let Some(fill) = fills.last_mut() {
                        *fill = colour(tag, &theme);
                    }
                }
                b"cellXfs" => is_cell_style = true,
                b"xf" if is_cell_style => {
                    let format = number(tag, "numFmtId").unwrap_or(0);
                    let fill = number(tag, "fillId").and_then(|at| *fills.get(at as usize)?);
                    let is_day = formats.get(&format).copied().unwrap_or_else(|| is_built_in_day(format));
                    styles.push(CellStyle { is_day, fill });
                }
                _ => {}
            }
        }
        is_cell_style &= !piece.closes(b"cellXfs");
        is_filled &= !piece.closes(b"patternFill");
        if formats.len().max(fills.len()).max(styles.len()) > MAX_STYLES {
            return Err(too_much("more styles than a spreadsheet program allows"));
        }
    }
    Ok(styles)
}

fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.parse().ok()
}

/// Whether a format that has a number and no code shows a day.
fn is_built_in_day(format: u32) -> bool {
    matches!(format, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58)
}

/// Whether a format's code shows a day: it has the letter of a year, month or day outside of quotes and brackets. Hours alone
/// are a time.
fn shows_day(code: &str) -> bool {
    let (mut is_quoted, mut is_bracketed, mut is_escaped) = (false, false, false);
    // What follows `;` is for negative numbers.
    let first = code.split(';').next().unwrap_or_default();
    let mut shown = String::new();
    for letter in first.chars() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '\\' | '_' | '*' => is_escaped = true,
            '[' => is_bracketed = true,
            ']' => is_bracketed = false,
            _ if is_bracketed => {}
            letter => shown.push(letter.to_ascii_lowercase()),
        }
    }
    let is_general = shown.contains("general");
    // Minutes are an `m` as well, beside hours or seconds.
    !is_general && (shown.contains(['y', 'd']) || (shown.contains('m') && !shown.contains(['h', 's'])))
}

/// The colours of a theme, as cells number them.
fn read_theme(archive: &mut Archive<'_>, part: Option<&str>) -> Result<Vec<Fill>> {
    let xml = part.map(|part| archive.part(part)).transpose()?.flatten();
    let Some(mut xml) = xml else { return Ok(Vec::new()) };
    let (mut colours, mut is_scheme, mut buffer) = (Vec::new(), false, Vec::new());
    while let Some(piece) = xml.next(&mut buffer)? {
        if let Some(tag) = piece.opened() {
            match tag.local_name().as_ref() {
                b"clrScheme" => is_scheme = true,
                b"srgbClr" if is_scheme => {
                    colours.extend(attribute(tag, "val").and_then(|value| hex(&value)));
                }
                b"sysClr" if is_scheme => {
                    colours.extend(attribute(tag, "lastClr").and_then(|value| hex(&value)));
                }
                _ => {}
            }
        }
        if piece.closes(b"clrScheme") || colours.len() > 64 {
            break;
        }
    }
    // A theme lists dark before light, and cells count light first.
    for pair in colours.chunks_exact_mut(2).take(2) {
        pair.swap(0, 1);
    }
    Ok(colours)
}

/// The colour that a tag names: by its value, by its place in the theme, or in the old palette.
fn colour(tag: &BytesStart<'_>, theme: &[Fill]) -> Option<Fill> {
    let by_value = attribute(tag, "rgb").and_then(|value| hex(&value));
    let by_theme = || theme.get(number(tag, "theme")? as usize).copied();
    let by_index = || indexed(number(tag, "indexed")?);
    let plain = by_value.or_else(by_theme).or_else(by_index)?;
    let tint: f64 = attribute(tag, "tint").and_then(|tint| tint.parse().ok()).unwrap_or(0.0);
    Some(Fill(plain.0.map(|part| tinted(part, tint))))
}

/// A part of a colour, darker for a negative tint and lighter for a positive one.
fn tinted(part: u8, tint: f64) -> u8 {
    let part = f64::from(part);
    let tint = tint.clamp(-1.0, 1.0);
    let other = if tint < 0.0 { part * (1.0 + tint) } else { part + (255.0 - part) * tint };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is from 0 to 255")]
    let rounded = other.round() as u8;
    rounded
}

/// `FFRRGGBB`, or without what says how opaque it is.
fn hex(text: &str) -> Option<Fill> {
    let digits = if text.len() == 8 { text.get(2..)? } else { text };
    let value = u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 6)?;
    let [_, red, green, blue] = value.to_be_bytes();
    Some(Fill([red, green, blue]))
}

/// The palette of workbooks before themes; its first eight colours come twice.
fn indexed(at: u32) -> Option<Fill> {
    const PALETTE: [u32; 56] = [
        0x00_0000, 0xff_ffff, 0xff_0000, 0x00_ff00, 0x00_00ff, 0xff_ff00, 0xff_00ff, 0x00_ffff, 0x80_0000,
        0x00_8000, 0x00_0080, 0x80_8000, 0x80_0080, 0x00_8080, 0xc0_c0c0, 0x80_8080, 0x99_99ff, 0x99_3366,
        0xff_ffcc, 0xcc_ffff, 0x66_0066, 0xff_8080, 0x00_66cc, 0xcc_ccff, 0x00_0080, 0xff_00ff, 0xff_ff00,
        0x00_ffff, 0x80_0080, 0x80_0000, 0x00_8080, 0x00_00ff, 0x00_ccff, 0xcc_ffff, 0xcc_ffcc, 0xff_ff99,
        0x99_ccff, 0xff_99cc, 0xcc_99ff, 0xff_cc99, 0x33_66ff, 0x33_cccc, 0x99_cc00, 0xff_cc00, 0xff_9900,
        0xff_6600, 0x66_6699, 0x96_9696, 0x00_3366, 0x33_9966, 0x00_3300, 0x33_3300, 0x99_3300, 0x99_3366,
        0x33_3399, 0x33_3333,
    ];
    let place = if at < 8 { at } else { at - 8 };
    let value = PALETTE.get(place as usize)?;
    let [_, red, green, blue] = value.to_be_bytes();
    Some(Fill([red, green, blue]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_with_a_year_a_month_or_a_day_shows_a_day() {
        for code in [
            "yyyy-mm-dd",
            "DD/MM/YYYY",
            "mmm yyyy",
            "mmm",
            "[$-809]d mmmm yyyy;@",
            "d \"of\" mmmm",
            "yyyy\\-mm",
        ] {
            assert!(shows_day(code), "{code}");
        }
        for code in
            ["General", "0.00", "hh:mm", "[h]:mm:ss", "mm:ss", "0 \"days\"", "[Red]0", "#,##0.00\\d", "@"]
        {
            assert!(!shows_day(code), "{code}");
        }
    }
}
