//! Workbooks: cells of all kinds, sheets, merged and hidden cells, fills. Written by a library and by hand, and read a second
//! time by another reader.

use std::io::{Cursor, Write};

use calamine::{DataType, Reader, Xlsx};
use fundamentals::load::FillUse;
use rust_xlsxwriter::{Color, ExcelDateTime, Format, Formula, Workbook, Worksheet};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::tables::{PLAIN, Reading, problems, ratings, read};

/// What is written into a sheet.
type Filling<'f> = &'f dyn Fn(&mut Worksheet);

/// A workbook with one sheet for each name.
pub fn workbook(sheets: &[(&str, Filling<'_>)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, fill) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).expect("a name");
        fill(sheet);
    }
    workbook.save_to_buffer().expect("a workbook")
}

/// Writes a row of texts.
pub fn row(sheet: &mut Worksheet, row: u32, texts: &[&str]) {
    for (column, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        sheet.write(row, u16::try_from(column).expect("few columns"), *text).expect("a cell");
    }
}

/// An archive of these parts; the rest of a workbook is added.
pub fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("a part");
    };
    let defaults = [
        (
            "xl/workbook.xml",
            r#"<workbook xmlns:r="r"><sheets><sheet name="Scores" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="x/styles" Target="/xl/styles.xml"/></Relationships>"#,
        ),
    ];
    for (name, text) in defaults.iter().filter(|(name, _)| parts.iter().all(|(own, _)| own != name)) {
        add(name, text);
    }
    parts.iter().for_each(|(name, text)| add(name, text));
    zip.finish().expect("an archive").into_inner()
}

/// A sheet of rows, each of cells as XML.
pub fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

#[test]
fn a_sheet_for_each_month_is_read_with_its_name_as_the_date() {
    let month = |colour: &'static str| {
        move |sheet: &mut Worksheet| {
            row(sheet, 2, &["Service", "a", "b"]);
            row(sheet, 3, &["Shopping Cart", colour, "G"]);
        }
    };
    let bytes = workbook(&[
        ("Sep 2026", &month("R")),
        ("Oct 2026", &month("A")),
        ("Legend", &|sheet| row(sheet, 0, &["R is bad"])),
    ]);
    let expected = [
        "cart-api a 2026-09-30 red",
        "cart-api b 2026-09-30 green",
        "cart-api a 2026-10-31 amber",
        "cart-api b 2026-10-31 green",
    ];
    let undated = Reading { date: None, ..PLAIN };
    assert_eq!(ratings(&bytes, undated), expected);
    assert_eq!(read(&bytes, undated).notes(), ["no table of scores in `Legend`"]);
    assert_eq!(ratings(&bytes, Reading { sheet: Some("oct 2026"), ..undated }), expected[2..]);
    let unknown = problems(&bytes, Reading { sheet: Some("Dec"), ..undated });
    assert_eq!(unknown, ["invalid-table: the workbook has no sheet called `Dec`"]);
    let skipped = Reading { map: "skip = [\"Sep 2026\", \"Legend\"]", ..undated };
    assert_eq!(ratings(&bytes, skipped), expected[2..]);
}

#[test]
fn hidden_rows_are_read_and_hidden_sheets_only_by_name() {
    let bytes = workbook(&[
        ("Scores", &|sheet| {
            row(sheet, 0, &["service", "a"]);
            row(sheet, 1, &["till", "red"]);
            sheet.set_row_hidden(1).expect("a row");
        }),
        ("Old", &|sheet| {
            row(sheet, 0, &["service", "a"]);
            row(sheet, 1, &["till", "green"]);
            sheet.set_hidden(true);
        }),
    ]);
    assert_eq!(ratings(&bytes, PLAIN), ["till a 2026-11-03 red"]);
    let notes = read(&bytes, PLAIN).notes();
    let expected = [
        "hidden sheets are not read unless `--sheet` names one: `Old`",
        "1 hidden row is read like the others",
    ];
    assert_eq!(notes, expected);
    assert_eq!(ratings(&bytes, Reading { sheet: Some("Old"), ..PLAIN }), ["till a 2026-11-03 green"]);
}

#[test]
fn merged_cells_say_the_same_everywhere() {
    let bytes = workbook(&[("Scores", &|sheet| {
        let plain = Format::new();
        sheet.merge_range(0, 1, 0, 2, "Sep 2026", &plain).expect("a range");
        sheet.merge_range(0, 3, 0, 4, "Oct 2026", &plain).expect("a range");
        sheet.merge_range(2, 0, 3, 0, "till", &plain).expect("a range");
        row(sheet, 1, &["service", "a", "b", "a", "b"]);
        row(sheet, 2, &["", "red", "green", "amber", "red"]);
    })]);
    let map = "[values]\n\"\" = \"not-assessed\"";
    let expected = [
        "till a 2026-09-30 red",
        "till b 2026-09-30 green",
        "till a 2026-10-31 amber",
        "till b 2026-10-31 red",
    ];
    assert_eq!(ratings(&bytes, Reading { map, ..PLAIN }), expected);
    let long = workbook(&[("Scores", &|sheet| {
        row(sheet, 0, &["service", "category", "colour"]);
        sheet.merge_range(1, 0, 2, 0, "till", &Format::new()).expect("a range");
        row(sheet, 1, &["till", "a", "red"]);
        row(sheet, 2, &["", "b", "green"]);
    })]);
    assert_eq!(ratings(&long, PLAIN), ["till a 2026-11-03 red", "till b 2026-11-03 green"]);
}

#[test]
fn fills_count_only_where_they_are_asked_for_and_mapped() {
    let bytes = workbook(&[("Scores", &|sheet| {
        row(sheet, 0, &["service", "a", "b"]);
        row(sheet, 1, &["till", "", "green"]);
        let filled = |colour| Format::new().set_background_color(Color::RGB(colour));
        sheet.write_blank(1, 1, &filled(0x00ff_0000)).expect("a cell");
        sheet.write_with_format(1, 2, "green", &filled(0x0000_b050)).expect("a cell");
    })]);
    let blank = "unmapped-value: empty cells without a meaning: Scores!B2";
    assert_eq!(problems(&bytes, PLAIN), [blank]);
    let filled = Reading { fills: FillUse::Read, ..PLAIN };
    let expected = [
        "unmapped-value: unknown value `fill:#ff0000`: Scores!B2",
        "unmapped-value: unknown value `fill:#00b050`: Scores!C2",
    ];
    assert_eq!(problems(&bytes, filled), expected);
    let map = "[values]\n\"fill:#ff0000\" = \"red\"\n\"fill:#00B050\" = \"green\"";
    assert_eq!(
        ratings(&bytes, Reading { map, ..filled }),
        ["till a 2026-11-03 red", "till b 2026-11-03 green"]
    );
    let other = map.replace("\"green\"", "\"amber\"");
    let found = problems(&bytes, Reading { map: &other, ..filled });
    assert_eq!(found, ["unmapped-value: Scores!C2 says green and is filled with what means amber"]);
}

#[test]
fn numbers_dates_formulas_and_errors_are_what_they_show() {
    let bytes = workbook(&[("Scores", &|sheet| {
        row(sheet, 0, &["service", "category", "date", "colour"]);
        let date = Format::new().set_num_format("d mmm yyyy");
        for at in 1..=4 {
            sheet.write(at, 0, "till").expect("a cell");
            sheet.write(at, 1, ["a", "b", "c", "d"][at as usize - 1]).expect("a cell");
        }
        let day = ExcelDateTime::from_ymd(2026, 9, 3).expect("a day");
        sheet.write_with_format(1, 2, &day, &date).expect("a cell");
        sheet.write_with_format(2, 2, 46000, &date).expect("a cell");
        sheet.write(3, 2, "2026-10").expect("a cell");
        sheet.write(4, 2, "3 Nov 2026").expect("a cell");
        sheet.write(1, 3, Formula::new("=LOWER(\"RED\")").set_result("red")).expect("a cell");
        sheet.write(2, 3, 0.5).expect("a cell");
        sheet.write(3, 3, true).expect("a cell");
        sheet.write(4, 3, Formula::new("=NA()").set_result("#N/A")).expect("a cell");
    })]);
    let map = "[values]\n\"0.5\" = \"amber\"\n\"TRUE\" = \"green\"\n\"#N/A\" = \"red\"";
    let expected = [
        "till a 2026-09-03 red",
        "till b 2025-12-09 amber",
        "till c 2026-10-31 green",
        "till d 2026-11-03 red",
    ];
    assert_eq!(ratings(&bytes, Reading { map, ..PLAIN }), expected);
}

/// The days of workbooks that have a number with a format in the column of dates, or what is wrong with them.
fn dated(number: f64, format: &str, reading: Reading<'_>) -> Vec<String> {
    let bytes = workbook(&[("Scores", &|sheet| {
        row(sheet, 0, &["service", "category", "date", "colour"]);
        row(sheet, 1, &["till", "a", "", "red"]);
        sheet.write_with_format(1, 2, number, &Format::new().set_num_format(format)).expect("a cell");
    })]);
    let found = problems(&bytes, reading);
    if found.is_empty() { ratings(&bytes, reading) } else { found }
}

#[test]
fn a_number_that_is_not_shown_as_a_date_is_none() {
    for (number, shown) in [(2026.0, "2026"), (46000.0, "46000"), (0.0, "0"), (20_261_103.0, "20261103")] {
        for format in ["General", "0"] {
            let expected = format!("invalid-date: `{shown}` is not a date: Scores!C2");
            assert_eq!(dated(number, format, PLAIN), [expected], "{format}");
        }
    }
    let time = dated(1.0 / 24.0, "hh:mm", PLAIN);
    assert!(time.len() == 1 && time[0].ends_with(" is not a date: Scores!C2"), "{time:?}");
    let counted = Reading { map: "epoch = 1900", ..PLAIN };
    assert_eq!(dated(46000.0, "General", counted), ["till a 2025-12-09 red"]);
    assert_eq!(dated(2026.0, "General", counted), ["invalid-date: `2026` is not a date: Scores!C2"]);
    let said = Reading { map: "[dates]\n\"2026\" = 2026-10-31", ..PLAIN };
    assert_eq!(dated(2026.0, "General", said), ["till a 2026-10-31 red"]);
}

#[test]
fn a_day_before_anything_was_assessed_is_an_error_with_its_cell() {
    for (number, day) in
        [(2026.0, "1905-07-18"), (0.0, "1899-12-31"), (60.0, "1900-02-28"), (36525.0, "1999-12-31")]
    {
        let expected = format!("invalid-date: scores of {day}, before anything was assessed: Scores!C2");
        assert_eq!(dated(number, "yyyy-mm-dd", PLAIN), [expected]);
    }
    assert_eq!(dated(36526.0, "yyyy-mm-dd", PLAIN), ["till a 2000-01-01 red"]);
    let table = "service,category,colour,date\ntill,a,red,1905-07-18\n";
    let expected = "invalid-date: scores of 1905-07-18, before anything was assessed: line 2";
    assert_eq!(problems(table, PLAIN), [expected]);
}

#[test]
fn days_are_counted_from_1904_where_the_workbook_says_so() {
    let rows = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>service</t></is></c><c r="B1" t="inlineStr"><is><t>category</t></is></c><c r="C1" t="inlineStr"><is><t>date</t></is></c><c r="D1" t="inlineStr"><is><t>colour</t></is></c></row>
        <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="inlineStr"><is><t>a</t></is></c><c r="C2" s="1"><v>44538.75</v></c><c r="D2" t="str"><f>X()</f><v>red</v></c></row>"#;
    let strings = "<sst><si><r><t>ti</t></r><r><t>ll</t></r><rPh><t>nothing</t></rPh></si></sst>";
    let styles = "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    let list = |date1904: &str| {
        format!(
            "<workbook xmlns:r=\"r\"><workbookPr {date1904}/><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>"
        )
    };
    for (date1904, day) in [("date1904=\"1\"", "2025-12-09"), ("", "2021-12-08")] {
        let bytes = archive(&[
            ("xl/workbook.xml", &list(date1904)),
            ("xl/worksheets/sheet1.xml", &sheet(rows)),
            ("xl/sharedStrings.xml", strings),
            ("xl/styles.xml", styles),
        ]);
        assert_eq!(ratings(&bytes, PLAIN), [format!("till a {day} red")]);
    }
}

#[test]
fn a_second_reader_finds_the_same_texts() {
    let texts =
        ["plain", "<&>\"'", "ünïcödé 🎉", "  spaces  ", "_x0041_ and _xyz", "a\nb", "x".repeat(300).as_str()]
            .map(ToOwned::to_owned);
    let bytes = workbook(&[("Scores", &|sheet| {
        row(sheet, 0, &["service", "category", "colour"]);
        for (at, text) in (1..).zip(&texts) {
            row(sheet, at, &[text, "a", "red"]);
        }
    })]);
    let mut second: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).expect("a workbook");
    let range = second.worksheet_range("Scores").expect("a sheet");
    let by_second =
        range.rows().skip(1).filter_map(|row| row[0].get_string().map(|text| text.trim().to_owned()));
    let by_second: Vec<String> = by_second.collect();
    let draft = read(&bytes, PLAIN).draft(&crate::tables::estate()).expect("unknown names need a map");
    let parsed: toml::Table = draft.parse().expect("a draft is TOML");
    let names: Vec<_> = parsed["services"].as_table().expect("a table").keys().cloned().collect();
    assert_eq!(names, by_second);
}
