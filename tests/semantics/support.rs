//! Estates from a few lines of text.

use fundamentals::check;
use fundamentals::diag::Code;
use fundamentals::eval::{
    Base, Finding, GateVerdict, Selection, ServiceState, Standing, Turn, gate, service_state,
};
use fundamentals::load::{Loaded, load_texts};
use fundamentals::model::{Date, Estate, GateRule, Service};

/// Two pillars; `c` is there or not. `d` is asked of services with the tag `api` only.
pub const RUBRIC_1: &str = r#"
id = "r"
version = "1.0"
title = "Test rubric"
published = 2020-01-01
[[pillar]]
id = "p"
title = "P"
[[pillar.category]]
id = "a"
title = "A"
red = "r"
amber = "a"
green = "g"
[[pillar.category]]
id = "b"
title = "B"
red = "r"
amber = "a"
green = "g"
[[pillar]]
id = "q"
title = "Q"
[[pillar.category]]
id = "c"
title = "C"
red = "r"
green = "g"
[[pillar.category]]
id = "d"
title = "D"
red = "r"
amber = "a"
green = "g"
applies-to = { tags = ["api"] }
"#;

/// Renames `a`, merges `b` and `c`, raises the bar of `d`, adds `e`.
pub const RUBRIC_2: &str = r#"
id = "r"
version = "2.0"
title = "Test rubric"
published = 2021-01-01
[[pillar]]
id = "p"
title = "P"
[[pillar.category]]
id = "alpha"
title = "Alpha"
red = "r"
amber = "a"
green = "g"
from = ["a"]
[[pillar.category]]
id = "bc"
title = "B and C"
red = "r"
amber = "a"
green = "g"
from = ["b", "c"]
[[pillar.category]]
id = "d"
title = "D"
red = "r"
amber = "a"
green = "g"
rescore = true
[[pillar.category]]
id = "e"
title = "E"
red = "r"
amber = "a"
green = "g"
"#;

/// Continues version 2: splits `bc` into `b` and `c`, keeps the others.
pub const RUBRIC_3: &str = r#"
id = "r"
version = "3.0"
title = "Test rubric"
published = 2022-01-01
retired = ["e"]
[[pillar]]
id = "p"
title = "P"
[[pillar.category]]
id = "alpha"
title = "Alpha"
red = "r"
amber = "a"
green = "g"
[[pillar.category]]
id = "b"
title = "B"
red = "r"
amber = "a"
green = "g"
from = ["bc"]
[[pillar.category]]
id = "c"
title = "C"
red = "r"
amber = "a"
green = "g"
from = ["bc"]
[[pillar.category]]
id = "d"
title = "D"
red = "r"
amber = "a"
green = "g"
"#;

pub const RUBRICS: [(&str, &str); 3] = [("r1.toml", RUBRIC_1), ("r2.toml", RUBRIC_2), ("r3.toml", RUBRIC_3)];

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
    let mut loaded = load_texts(settings, &RUBRICS, &services);
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
) -> impl Iterator<Item = (&'v Finding<'e>, &'e Service, &'v Turn<'e>)> {
    let drops = verdict.findings.iter().filter(|finding| finding.rule == GateRule::DropToRed);
    drops.filter_map(|finding| Some((finding, finding.service?, finding.turn()?)))
}

/// The state of a service on a day.
pub fn state<'e>(estate: &'e Estate, id: &str, on: &str) -> ServiceState<'e> {
    service_state(estate, estate.service(id).expect("the service is there"), day(on))
}

/// The standing of a category of a service on a day.
pub fn standing<'e>(estate: &'e Estate, id: &str, category: &str, on: &str) -> Standing<'e> {
    let state = state(estate, id, on);
    let found = state.categories().find(|(_, found, _)| found.id.as_str() == category);
    *found.expect("the category is in the rubric in force").2
}
