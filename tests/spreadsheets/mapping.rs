//! What values and names mean: without a map, by a map, and the map that is offered.

use crate::tables::{PLAIN, Reading, estate, problems, ratings, read};

#[test]
fn words_and_first_letters_are_understood_in_any_case_and_nothing_else() {
    for (value, score) in [
        ("red", "red"),
        ("RED", "red"),
        (" Amber ", "amber"),
        ("g", "green"),
        ("R", "red"),
        ("A", "amber"),
        ("Not applicable", "not-applicable"),
    ] {
        let table = format!("service,a\ncart-api,{value}\n");
        let map = "not-applicable-because = \"No such thing\"";
        let expected = format!("cart-api a 2026-11-03 {score}");
        assert_eq!(ratings(table, Reading { map, ..PLAIN }), [expected], "{value}");
    }
    for value in
        ["1", "0.5", "Y", "n/a", "NA", "🟢", "x", "yellow", "ok", "gren", "redd", "R/A", "#N/A", "TRUE"]
    {
        let table = format!("service,a\ncart-api,{value}\n");
        let expected = format!("unmapped-value: unknown value `{value}`: line 2");
        assert_eq!(problems(table, PLAIN), [expected]);
    }
}

#[test]
fn an_empty_cell_means_what_the_map_says() {
    let table = "service,a,b\ncart-api,red,\ntill,,green\n";
    let title = "unmapped-value: empty cells without a meaning: 2 cells, the first is line 2";
    assert_eq!(problems(table, PLAIN), [title]);
    let skipped = Reading { map: "[values]\n\"\" = \"not-assessed\"", ..PLAIN };
    assert_eq!(ratings(table, skipped), ["cart-api a 2026-11-03 red", "till b 2026-11-03 green"]);
    assert_eq!(read(table, skipped).notes(), ["2 cells are left out: not assessed"]);
    let green = Reading { map: "[values]\n\"\" = \"green\"", ..PLAIN };
    assert_eq!(ratings(table, green).len(), 4);
}

#[test]
fn a_map_gives_values_names_headings_and_dates_their_meaning() {
    let map = r#"
skip = ["Total"]
[columns]
"Squad's service" = "service"
"When" = "date"
[values]
"1" = "red"
"Yes" = "green"
"👍" = "green"
[services]
"The Cart" = "cart-api"
[categories]
"Logs" = "a"
[dates]
"last autumn" = 2025-11-30
"#;
    let table = "Squad's service,When,Logs,b\nThe Cart,last autumn,1,yes\ntill,2026-10-01,👍,1\nTotal,,2,0\n";
    let expected = [
        "cart-api Logs 2025-11-30 red",
        "cart-api b 2025-11-30 green",
        "till Logs 2026-10-01 green",
        "till b 2026-10-01 red",
    ];
    assert_eq!(ratings(table, Reading { map, ..PLAIN }), expected);
}

#[test]
fn what_a_map_says_must_make_sense() {
    for (map, code) in [
        ("[values]\n1 = \"\"", "invalid-value"),
        ("[values]\n1 = \"reed\"", "invalid-value"),
        ("[values]\n1 = 2", "wrong-type"),
        ("[columns]\nx = \"servce\"", "invalid-value"),
        ("[services]\nx = \"\"", "invalid-id"),
        ("[categories]\nx = \"Not an id\"", "invalid-id"),
        ("[dates]\nx = \"soon\"", "invalid-date"),
        ("date-order = \"ymd\"", "invalid-value"),
        ("epoch = 1970", "invalid-value"),
        ("rubric = \"r\"", "invalid-value"),
        ("not-applicable-because = \"tbd\"", "missing-because"),
        ("vales = {}", "unknown-key"),
        ("values = 3", "wrong-type"),
        ("= 3", "invalid-toml"),
    ] {
        let found = problems("service,a\ncart-api,red\n", Reading { map, ..PLAIN });
        assert!(found.len() == 1 && found[0].starts_with(code), "{map}: {found:?}");
    }
}

#[test]
fn the_map_that_is_offered_makes_the_table_readable_once_it_is_filled_in() {
    let table = "service,Logs,b,date\nThe \"Cart\",1,yes,03/04/2026\ntill,2,1,someday\n";
    let table = table.replace("The \"Cart\"", "\"The \"\"Cart\"\"\"");
    let map = "[categories]\nLogs = \"a\"\n[values]\n\"2\" = \"amber\"";
    let draft = read(&table, Reading { map, ..PLAIN }).draft(&estate()).expect("a draft");
    let expected = r#"# What a table of scores means. Fill in what is empty, and save it: --map map.toml
date-order = ""  # day-month-year or month-day-year? line 2 is 03/04/2026

# Understood: 2 (1)

[values]
"2" = "amber"
"1" = ""  # 2 cells, the first is line 2; red, amber, green, not-applicable or not-assessed?
"yes" = ""  # line 2; red, amber, green, not-applicable or not-assessed?

[services]
"The \"Cart\"" = ""  # line 2

[categories]
"Logs" = "a"

[dates]
"someday" = ""  # line 3; YYYY-MM-DD
"#;
    assert_eq!(draft, expected);
    let mut filled = draft;
    for (name, meaning) in [
        ("date-order", "day-month-year"),
        ("\"1\"", "red"),
        ("\"yes\"", "green"),
        ("\"The \\\"Cart\\\"\"", "cart-api"),
        ("\"someday\"", "2026-01-31"),
    ] {
        filled = filled.replace(&format!("{name} = \"\""), &format!("{name} = \"{meaning}\""));
    }
    assert_eq!(ratings(&table, Reading { map: &filled, ..PLAIN }).len(), 4);
    assert_eq!(read(&table, Reading { map: &filled, ..PLAIN }).draft(&estate()), None);
}
