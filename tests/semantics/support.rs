//! Estates from a few lines of text.

use std::sync::LazyLock;

use fundamentals::check;
use fundamentals::diag::Code;
use fundamentals::eval::{
    Base, Finding, GateVerdict, RubricState, Selection, Standing, Transition, gate, latest_state,
};
use fundamentals::load::{Loaded, load_texts};
use fundamentals::model::{Date, Estate, GateRule, Service};

use crate::small_rubric::small_rubric;

/// The versions of a rubric.
///
/// 1. Two pillars; `c` is there or not. `d` is asked of services with the tag `api` only.
/// 2. Renames `a`, merges `b` and `c`, raises the bar of `d`, adds `e`.
/// 3. Splits `bc` into `b` and `c`, keeps the others.
pub static RUBRICS: LazyLock<[(&str, &str); 3]> = LazyLock::new(|| {
    let head = |year: u32, more: &str| format!("title = \"Test rubric\"\npublished = {year}-01-01\n{more}");
    let first =
        [("p/a", ""), ("p/b", ""), ("q/c", "# no amber"), ("q/d", "applies-to = { tags = [\"api\"] }")];
    let second = [
        ("alpha", "from = [\"a\"]"),
        ("bc", "title = \"B and C\"\nfrom = [\"b\", \"c\"]"),
        ("d", "rescore = true"),
        ("e", ""),
    ];
    let third = [("alpha", ""), ("b", "from = [\"bc\"]"), ("c", "from = [\"bc\"]"), ("d", "")];
    [
        ("r1.toml", small_rubric("r@1", &head(2020, ""), &first).leak()),
        ("r2.toml", small_rubric("r@2", &head(2021, ""), &second).leak()),
        ("r3.toml", small_rubric("r@3", &head(2022, "retired = [\"e\"]"), &third).leak()),
    ]
});

/// The lines that the file of a service `s` begins with.
pub const HEAD: &str = "service: s\ndomain: shop\nplatform: team\ncriticality: low\n";

/// A day.
pub fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

/// A service's file: `rest` follows the head.
pub fn service(id: &str, rest: &str) -> (String, String) {
    let head = format!("service: {id}\ndomain: shop\nplatform: team\ncriticality: low\ntags: [api]\n");
    (format!("{id}.yaml"), format!("{head}{rest}"))
}

/// Loads and checks services, as of a day.
pub fn load(services: &[(String, String)], today: &str) -> Loaded {
    load_with(None, services, today)
}

/// Likewise, with settings.
pub fn load_with(settings: Option<&str>, services: &[(String, String)], today: &str) -> Loaded {
    let services: Vec<_> = services.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut loaded = load_texts(settings, &*RUBRICS, &services);
    check::check(&mut loaded, day(today));
    loaded
}

/// A valid estate: no errors in any file.
pub fn estate(services: &[(String, String)], today: &str) -> Estate {
    let loaded = load(services, today);
    let errors: Vec<_> = loaded.problems.iter().map(|problem| (problem.code, &problem.title)).collect();
    assert!(!loaded.problems.has_errors(), "{errors:?}");
    loaded.estate
}

/// Codes of all problems, in order.
pub fn codes(loaded: &Loaded) -> Vec<Code> {
    loaded.problems.iter().map(|problem| problem.code).collect()
}

/// An estate of one service `s`, as of a day.
pub fn one(rest: &str, today: &str) -> Estate {
    estate(&[service("s", rest)], today)
}

/// What the gate finds in an estate by itself: each service compared with what it was before its latest assessment.
pub fn gate_alone<'e>(estate: &'e Estate, today: &str, selection: &'e Selection) -> GateVerdict<'e> {
    gate(estate, Base::LatestAssessment, selection, day(today))
}

/// Drops to red: each with what it was and is.
pub fn drops<'e, 'v>(
    verdict: &'v GateVerdict<'e>,
) -> impl Iterator<Item = (&'v Finding<'e>, &'e Service, &'v Transition<'e>)> {
    let drops = verdict.findings.iter().filter(|finding| finding.rule == GateRule::DropToRed);
    drops.filter_map(|finding| Some((finding, finding.service?, finding.turn()?)))
}

/// The state of a service on a day.
pub fn state<'e>(estate: &'e Estate, id: &str, on: &str) -> RubricState<'e> {
    latest_state(estate, estate.service(id).expect("the service is there"), day(on))
}

/// The standing of a category of a service on a day.
pub fn standing<'e>(estate: &'e Estate, id: &str, category: &str, on: &str) -> Standing<'e> {
    let state = state(estate, id, on);
    let found = state.categories().find(|(_, found, _)| found.id.as_str() == category);
    *found.expect("the category is in the rubric in force").2
}
