//! Workbooks that are built to take time, memory or files: each is refused, and soon.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::tables::{PLAIN, problems, ratings};
use crate::workbooks::{archive, sheet};

/// Far more than any of these takes, also on a busy machine in a build for debugging.
const SOON: Duration = Duration::from_secs(20);

#[track_caller]
fn refused(bytes: &[u8], title: &str) {
    let begun = Instant::now();
    let found = problems(bytes, PLAIN);
    assert!(found.len() == 1 && found[0].contains(title), "{found:?}");
    assert!(found[0].starts_with("invalid-table: "), "{found:?}");
    assert!(begun.elapsed() < SOON, "{title}: {:?}", begun.elapsed());
}

fn inline(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn scores(rows: &str) -> String {
    let head = [inline("A1", "service"), inline("B1", "a")].concat();
    sheet(&format!("<row r=\"1\">{head}</row>{rows}"))
}

#[test]
fn a_cell_at_the_far_corner_is_refused_by_its_name() {
    let rows = format!("<row r=\"1048576\">{}</row>", inline("XFD1048576", "x"));
    refused(
        &archive(&[("xl/worksheets/sheet1.xml", &scores(&rows))]),
        "the cell Scores!XFD1048576 lies outside",
    );
    // A cell that is empty is no matter, wherever it is.
    let rows = format!(
        "<row r=\"2\">{}{}</row><row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row>",
        inline("A2", "till"),
        inline("B2", "red")
    );
    let bytes = archive(&[("xl/worksheets/sheet1.xml", &scores(&rows))]);
    assert_eq!(ratings(bytes, PLAIN), ["till a 2026-11-03 red"]);
}

#[test]
fn parts_that_expand_without_measure_are_refused() {
    let blank = " ".repeat(64 * 1024 * 1024);
    let bomb = archive(&[("xl/worksheets/sheet1.xml", &sheet(&blank))]);
    assert!(bomb.len() < 128 * 1024);
    refused(&bomb, "holds too much");
    for (tag, title) in [("<row/>", "times the size"), ("<row><c><v>1</v></c></row>", "too many cells")] {
        let bomb =
            archive(&[("xl/worksheets/sheet1.xml", &sheet(&tag.repeat(30 * 1024 * 1024 / tag.len())))]);
        refused(&bomb, title);
    }
    let shared = format!("<sst>{}</sst>", "<si/>".repeat(6 * 1024 * 1024));
    refused(&archive(&[("xl/sharedStrings.xml", &shared)]), "too many different texts");
    let styles = format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(1024 * 1024));
    refused(&archive(&[("xl/styles.xml", &styles)]), "more styles");
    let merged = "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(20_000);
    let merged = format!("<worksheet><sheetData/><mergeCells>{merged}</mergeCells></worksheet>");
    refused(&archive(&[("xl/worksheets/sheet1.xml", &merged)]), "merged ranges");
}

#[test]
fn a_long_text_that_many_cells_share_is_not_kept_for_each() {
    let long = "x".repeat(30_000);
    let strings = format!("<sst><si><t>{long}</t></si></sst>");
    let cell = "<c t=\"s\"><v>0</v></c>";
    let name = |cells: &str| format!("<row>{cells}</row>").repeat(20_000);
    let with =
        |rows: &str| archive(&[("xl/worksheets/sheet1.xml", rows), ("xl/sharedStrings.xml", &strings)]);
    refused(&with(&scores(&name(cell))), "names or scores that are too long");
    let head = ["service", "category", "colour", "reason"]
        .map(|name| inline("", name))
        .concat()
        .replace(" r=\"\"", "");
    let reasons = name(&format!(
        "{}{cell}",
        ["till", "a", "red"].map(|text| inline("", text)).concat().replace(" r=\"\"", "")
    ));
    refused(&with(&sheet(&format!("<row r=\"1\">{head}</row>{reasons}"))), "longer than scores need");
}

#[test]
fn entities_of_a_workbook_are_never_followed() {
    for declared in ["<!ENTITY x SYSTEM \"file:///etc/passwd\">", "<!ENTITY x \"lots\">"] {
        let text = format!("<!DOCTYPE sst [{declared}]><sst><si><t>&x;</t></si></sst>");
        refused(&archive(&[("xl/sharedStrings.xml", &text)]), "declares a document type");
    }
    refused(
        &archive(&[("xl/sharedStrings.xml", "<sst><si><t>&x;</t></si></sst>")]),
        "text that can't be read",
    );
}

#[test]
fn a_hundred_thousand_sheets_are_refused() {
    let sheets = "<sheet name=\"S\" r:id=\"r1\"/>".repeat(100_000);
    let list = format!("<workbook xmlns:r=\"r\"><sheets>{sheets}</sheets></workbook>");
    refused(&archive(&[("xl/workbook.xml", &list), ("xl/worksheets/sheet1.xml", &sheet(""))]), "1000 sheets");

    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..100_000 {
        zip.start_file(format!("xl/worksheets/sheet{at}.xml"), SimpleFileOptions::default()).expect("a part");
    }
    refused(&zip.finish().expect("an archive").into_inner(), "100000 parts");
}

#[test]
fn a_file_that_is_broken_is_refused_with_what_is_broken() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).expect("a part");
    zip.write_all(b"<document/>").expect("a part");
    refused(&zip.finish().expect("an archive").into_inner(), "it has no list of sheets");
    refused(b"PK\x03\x04 and nothing else", "the workbook can't be read");
    let unclosed = "<worksheet><sheetData><row><c></row></worksheet>";
    refused(&archive(&[("xl/worksheets/sheet1.xml", unclosed)]), "`xl/worksheets/sheet1.xml`");
    let absent = sheet("<row><c t=\"s\"><v>7</v></c></row>");
    refused(&archive(&[("xl/worksheets/sheet1.xml", &absent)]), "a text that is not there");
    let whole = archive(&[("xl/worksheets/sheet1.xml", &scores(""))]);
    for end in (0..whole.len()).step_by(97) {
        assert!(!problems(&whole[..end], PLAIN).is_empty(), "{end}");
    }
}
