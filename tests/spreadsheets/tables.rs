//! Reads tables with an estate of two services and the small rubric of the other tests.

use fundamentals::load::{
    BlankCells, FillUse, MapFile, RatingOptions, RatingTable, TableFile, load_texts, read_ratings,
};
use fundamentals::model::{Clock, DateOrder, Estate};

use crate::support::{RUBRICS, day};

pub const TODAY: &str = "2026-11-20";

/// Two services, one of which had another id, and categories with ids unlike their titles.
pub fn estate() -> Estate {
    let head = "domain: shop\nplatform: team\ncriticality: low\ntags: [api]\n";
    let cart = format!("service: cart-api\ntitle: Shopping Cart\nrenamed-from: [basket]\n{head}");
    let till = format!("service: till\ntitle: Till\n{head}");
    let loaded = load_texts(None, &*RUBRICS, &[("cart-api.yaml", &cart), ("till.yaml", &till)]);
    assert!(!loaded.problems.has_errors(), "{:?}", loaded.problems);
    loaded.estate
}

/// How a table is read.
#[derive(Clone, Copy)]
pub struct Reading<'r> {
    pub map: &'r str,
    pub sheet: Option<&'r str>,
    pub fills: FillUse,
    pub date_order: Option<DateOrder>,
    pub date: Option<&'r str>,
}

pub const PLAIN: Reading<'_> =
    Reading { map: "", sheet: None, fills: FillUse::Ignore, date_order: None, date: Some("2026-11-03") };

pub fn read(bytes: impl AsRef<[u8]>, reading: Reading<'_>) -> RatingTable {
    let today = day(TODAY);
    let options = RatingOptions {
        sheet: reading.sheet,
        fills: reading.fills,
        date_order: reading.date_order,
        date: reading.date.map(day),
        clock: Clock { today, latest_day: today },
        only: None,
        blanks: BlankCells::Mapped,
    };
    let map = (!reading.map.is_empty()).then(|| MapFile::from_text("map.toml", reading.map));
    read_ratings(&TableFile::from_bytes("scores", bytes.as_ref()), map, &estate(), options)
}

/// The ratings of a table in which nothing is wrong, one a line.
#[track_caller]
pub fn ratings(bytes: impl AsRef<[u8]>, reading: Reading<'_>) -> Vec<String> {
    let table = read(bytes, reading);
    let titles: Vec<_> = table.problems.iter().map(|problem| &problem.title).collect();
    assert!(titles.is_empty(), "{titles:?}");
    let line = |rating: &fundamentals::load::TableRating| {
        format!("{} {} {} {}", rating.service, rating.category.value, rating.date, rating.score())
    };
    table.ratings.iter().map(line).collect()
}

/// Codes and titles of what is wrong with a table.
pub fn problems(bytes: impl AsRef<[u8]>, reading: Reading<'_>) -> Vec<String> {
    let table = read(bytes, reading);
    table.problems.iter().map(|problem| format!("{}: {}", problem.code, problem.title)).collect()
}
