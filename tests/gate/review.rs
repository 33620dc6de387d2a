//! Pull requests on paper: two estates, compared by the gate's own code without git, disk or another program.

use std::collections::BTreeMap;

use fundamentals::check;
use fundamentals::cmd::{Comparison, Stop};
use fundamentals::diag::{Diagnostic, Format, Severity};
use fundamentals::eval::Selection;
use fundamentals::load::{Loaded, SETTINGS_FILE, load_tree};
use fundamentals::model::{CategoryId, Date, DomainId, ServiceId};
use fundamentals::report::gate::{Extent, render};

use crate::world::{Estate, TODAY, Verdict};

/// What the gate says of a pull request that makes one estate of another.
pub fn review(before: impl Into<Estate>, now: impl Into<Estate>) -> Verdict {
    compare(Some(before.into()), &now.into(), &Selection::default(), Extent::Caused)
}

/// The same for what is selected.
pub fn review_of(selection: &Selection, before: impl Into<Estate>, now: impl Into<Estate>) -> Verdict {
    compare(Some(before.into()), &now.into(), selection, Extent::Caused)
}

/// The same with what the change did not cause.
pub fn review_all(before: impl Into<Estate>, now: impl Into<Estate>) -> Verdict {
    compare(Some(before.into()), &now.into(), &Selection::default(), Extent::All)
}

/// What the gate says of an estate that is compared with nothing but its own past.
pub fn alone(estate: impl Into<Estate>) -> Verdict {
    compare(None, &estate.into(), &Selection::default(), Extent::Caused)
}

/// Selections of services that `bag-api` is in as long as it is on the Golden Thread.
pub fn selections() -> [Selection; 3] {
    let services = vec![ServiceId::new("bag-api").expect("an id")];
    let domains = vec![DomainId::new("shop").expect("an id")];
    [
        Selection { services, ..Selection::default() },
        Selection { domains, ..Selection::default() },
        Selection { golden_thread_only: true, ..Selection::default() },
    ]
}

/// A selection of a category.
pub fn category(id: &str) -> Selection {
    Selection { categories: vec![CategoryId::new(id).expect("an id")], ..Selection::default() }
}

fn compare(before: Option<Estate>, now: &Estate, selection: &Selection, extent: Extent) -> Verdict {
    let today = Date::parse(TODAY).expect("a day");
    let now = loaded("", now.texts(), today);
    let base = before.map(|before| loaded("main:", before.texts(), today));
    let base = base.as_ref().map(|base| ("main", base));
    let comparison = Comparison { now: &now, base, history: &[], settings: SETTINGS_FILE, today };
    let verdict = match comparison.verdict(selection) {
        Ok(verdict) => verdict,
        Err(Stop::Refused(refusal)) => {
            let code = Some(refusal.outcome.exit_code().into());
            return Verdict { code, out: String::new(), err: refusal.reason };
        }
        Err(Stop::Failed(error)) => panic!("{error:?}"),
    };
    let mut out = Vec::new();
    render(&comparison.report(&verdict, extent), Format::Human, 1000, &mut out).expect("it can be written");
    let out = String::from_utf8(anstream::adapter::strip_bytes(&out).into_vec()).expect("it is UTF-8");
    let loaded = [Some(&now), base.map(|(_, base)| base)].into_iter().flatten();
    let errors = loaded.flat_map(|loaded| loaded.problems.iter());
    let errors = errors.filter(|problem| problem.severity() == Severity::Error);
    let err = errors.map(|problem| problem.title.as_str()).collect::<Vec<_>>().join("\n");
    Verdict { code: Some(comparison.outcome(&verdict).exit_code().into()), out, err }
}

/// An estate, loaded and checked. Only what the command refuses is not for these tests.
fn loaded(place: &str, texts: &BTreeMap<String, String>, today: Date) -> Loaded {
    let mut loaded = load_tree(place, texts);
    check::check(&mut loaded, today);
    let settings = loaded.files.settings;
    let is_refused = |problem: &&Diagnostic| {
        let is_in_settings = problem.at.as_ref().is_some_and(|label| Some(label.place.file()) == settings);
        is_in_settings && problem.severity() == Severity::Error
    };
    assert_eq!(loaded.problems.iter().find(is_refused), None);
    assert!(!loaded.files.services.is_empty(), "no service file in {texts:?}");
    loaded
}
