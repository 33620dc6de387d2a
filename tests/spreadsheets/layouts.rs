//! Layouts of tables, each of which says the same.

use fundamentals::model::DateOrder;

use crate::tables::{PLAIN, Reading, problems, ratings, read};

const THREE: [&str; 3] =
    ["cart-api a 2026-11-03 red", "cart-api b 2026-11-03 green", "till a 2026-11-03 amber"];

#[test]
fn separator_quotes_line_ends_and_encoding_do_not_matter() {
    let table = "service,category,colour\ncart-api,a,red\ncart-api,b,green\ntill,a,amber\n";
    let utf_16: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [
        table.as_bytes().to_vec(),
        table.replace(',', ";").into_bytes(),
        table.replace(',', "\t").into_bytes(),
        format!("sep=;\n{}", table.replace(',', ";")).into_bytes(),
        table.replace('\n', "\r\n").into_bytes(),
        format!("\u{feff}{table}").into_bytes(),
        table.replace("red", "\"red\"").into_bytes(),
        format!("\n\n,,\n{}", table.replace("till", ",,\n\ntill")).into_bytes(),
        [&[0xff, 0xfe], utf_16.as_slice()].concat(),
        utf_16,
    ] {
        assert_eq!(ratings(&bytes, PLAIN), THREE, "{}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn a_text_that_is_not_unicode_is_read_as_windows_1252_and_a_note_says_so() {
    let bytes = b"service,category,colour,comment\ncart-api,a,red,caf\xe9 \x96 late\n";
    let table = read(bytes, PLAIN);
    assert_eq!(table.ratings.len(), 1);
    assert_eq!(table.notes(), ["the file is not UTF-8: it is read as Windows-1252"]);
}

#[test]
fn headings_may_have_any_case_and_the_usual_words() {
    for header in
        ["SERVICE,Category,Color", "Application,Criterion,RAG status", "Service name,capability,Rating"]
    {
        let table = format!("{header}\ncart-api,a,red\ncart-api,b,green\ntill,a,amber\n");
        assert_eq!(ratings(&table, PLAIN), THREE, "{header}");
    }
}

#[test]
fn the_header_is_found_below_a_title_and_empty_rows() {
    let table = "Scorecard of the shop,,\n,,\nas of this month,,\nservice,category,colour\ncart-api,a,red\ncart-api,b,green\n\
                 ,,\ntill,a,amber\nservice,category,colour\n";
    assert_eq!(ratings(table, PLAIN), THREE);
}

#[test]
fn services_and_categories_are_found_by_id_old_id_and_title_in_any_case() {
    let table = "service,category,colour\nBasket,A,red\nshopping cart,B and C,green\nTILL,title of a,amber\n";
    let table = table.replace("title of a", "a");
    let expected =
        ["cart-api A 2026-11-03 red", "cart-api B and C 2026-11-03 green", "till a 2026-11-03 amber"];
    assert_eq!(ratings(table, PLAIN), expected);
}

#[test]
fn a_wide_table_has_a_category_in_each_column() {
    let table = "service,a,b\ncart-api,red,green\ntill,amber,red\n";
    let expected = [&THREE[..], &["till b 2026-11-03 red"]].concat();
    assert_eq!(ratings(table, PLAIN), expected);
}

#[test]
fn columns_may_be_months_with_a_category_on_each_row() {
    let table = "service,category,Sep 2026,2026-10,Q4 2026\ncart-api,a,red,green,amber\n";
    let expected =
        ["cart-api a 2026-09-30 red", "cart-api a 2026-10-31 green", "cart-api a 2026-11-20 amber"];
    assert_eq!(ratings(table, PLAIN), expected);
}

#[test]
fn months_may_stand_above_categories() {
    let table = ",Sep 2026,,Oct 2026,\nservice,a,b,a,b\ncart-api,red,green,amber,red\n";
    let expected = [
        "cart-api a 2026-09-30 red",
        "cart-api b 2026-09-30 green",
        "cart-api a 2026-10-31 amber",
        "cart-api b 2026-10-31 red",
    ];
    assert_eq!(ratings(table, PLAIN), expected);
}

#[test]
fn a_header_may_take_two_rows() {
    let table = "Service,Pillar one,,\n,a,b,Owner\ncart-api,red,green,x\ntill,amber,red,y\n";
    assert_eq!(ratings(table, PLAIN).len(), 4);
    let table = read(table, PLAIN);
    assert_eq!(table.notes(), ["columns that are not read: `Owner`"]);
}

#[test]
fn a_date_on_each_row_wins_over_the_one_for_all() {
    let table = "service,category,colour,date\ncart-api,a,red,2026-10-01\ncart-api,a,green,\n";
    assert_eq!(ratings(table, PLAIN), ["cart-api a 2026-10-01 red", "cart-api a 2026-11-03 green"]);
}

#[test]
fn scores_without_a_date_are_refused() {
    let table = "service,category,colour\ncart-api,a,red\ncart-api,b,red\n";
    let found = problems(table, Reading { date: None, ..PLAIN });
    assert_eq!(found, ["invalid-date: scores without a date: 2 cells, the first is line 2"]);
    assert_eq!(ratings(table, Reading { date: None, map: "date = 2026-10-01", ..PLAIN }).len(), 2);
}

#[test]
fn a_date_of_two_meanings_is_refused_without_its_order() {
    let table = "service,category,colour,date\ncart-api,a,red,03/04/2026\n";
    assert_eq!(problems(table, PLAIN), ["invalid-date: `03/04/2026` is two days: line 2"]);
    let in_order = |order| ratings(table, Reading { date_order: Some(order), ..PLAIN });
    assert_eq!(in_order(DateOrder::DayMonthYear), ["cart-api a 2026-04-03 red"]);
    assert_eq!(in_order(DateOrder::MonthDayYear), ["cart-api a 2026-03-04 red"]);
    let by_map = Reading { map: "date-order = \"day-month-year\"", ..PLAIN };
    assert_eq!(ratings(table, by_map), ["cart-api a 2026-04-03 red"]);
}

#[test]
fn a_number_is_a_day_of_csv_only_where_the_map_names_the_epoch() {
    let table = "service,category,colour,date\ncart-api,a,red,46000\n";
    assert_eq!(problems(table, PLAIN), ["invalid-date: `46000` is not a date: line 2"]);
    assert_eq!(ratings(table, Reading { map: "epoch = 1900", ..PLAIN }), ["cart-api a 2025-12-09 red"]);
    let later = Reading { map: "epoch = 1904", ..PLAIN };
    assert_eq!(ratings(table.replace("46000", "44538"), later), ["cart-api a 2025-12-09 red"]);
}

#[test]
fn line_breaks_commas_and_quotes_stay_within_their_cell() {
    let table = "service,category,colour,reason,evidence,by\n\"cart-api\",a,red,\"Two\nlines, \"\"quoted\"\"\",docs/a.md,\"x, y\"\n\
                 till,a,green,,,\n";
    let table = read(table, PLAIN);
    assert!(table.problems.is_empty(), "{:?}", table.problems);
    assert_eq!(table.ratings.len(), 2);
    assert_eq!(table.ratings[0].by(), ["x", "y"]);
    let line = table.cell_name(&table.ratings[1]);
    assert_eq!(line, "line 4");
}

#[test]
fn surplus_columns_are_named_and_two_columns_for_one_thing_are_refused() {
    let table = "service,category,colour,Squad,Cost centre\ncart-api,a,red,x,y\n";
    assert_eq!(read(table, PLAIN).notes(), ["columns that are not read: `Squad` and `Cost centre`"]);
    let table = "service,category,status,score\ncart-api,a,red,green\n";
    assert_eq!(
        problems(table, PLAIN),
        ["invalid-table: two columns may be the colour: `status` and `score`"]
    );
    let map = "[columns]\nscore = \"ignore\"";
    assert_eq!(ratings(table, Reading { map, ..PLAIN }), ["cart-api a 2026-11-03 red"]);
}

#[test]
fn all_that_is_wrong_is_told_at_once_and_each_thing_once() {
    let table = "service,category,colour,date\nnobody,a,meh,2026-13-01\nnobody,z,meh,2026-10-01\n,a,red,2026-10-01\n\
                 till,a,red,2026-12-24\ntill,,red,2026-10-01\n";
    let mut found = problems(table, PLAIN);
    found.sort();
    let expected = [
        "future-date: scores of 2026-12-24, which has not begun: line 5",
        "invalid-date: `2026-13-01` is not a date: line 2",
        "unknown-category: `z` is not a category of r@3: line 3",
        "unknown-category: scores without a category: line 6",
        "unmapped-value: unknown value `meh`: 2 cells, the first is line 2",
        "unmatched-service: no service is called `nobody`: 2 cells, the first is line 2",
        "unmatched-service: scores without a service: line 4",
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_is_no_table_is_refused() {
    for text in ["a,b,c\n1,2,3\n", "just words\n", "service\ncart-api\n", "category,colour\na,red\n"] {
        assert!(problems(text, PLAIN)[0].starts_with("invalid-table: "), "{text}");
    }
    assert_eq!(problems("", PLAIN), ["empty-file: the file says nothing"]);
    assert!(problems(b"%PDF-1.7", PLAIN)[0].contains("a PDF"));
    assert!(problems([0xd0, 0xcf, 0x11, 0xe0], PLAIN)[0].contains("of the old kind"));
    let named = Reading { sheet: Some("Scores"), ..PLAIN };
    assert!(problems("service,a\ncart-api,red\n", named)[0].contains("a text has no sheets"));
}
