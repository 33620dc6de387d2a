//! Actions and objectives that go on under another name: a corrected title changes nothing else.

use crate::model::{Action, Date, Service, Share, SloResult};

/// What an action of the base is now, if its title is gone and a single new one has its days and category.
pub(super) fn retitled_action<'e>(action: &Action, before: &Service, now: &'e Service) -> Option<&'e Action> {
    let is_alike = |candidate: &&Action| {
        (candidate.raised, candidate.due, &candidate.category)
            == (action.raised, action.due, &action.category)
    };
    let is_gone = |candidate: &&Action| !now.actions.iter().any(|new| new.what == candidate.what);
    let is_new = |candidate: &&Action| !before.actions.iter().any(|old| old.what == candidate.what);
    let mut gone = before.actions.iter().filter(is_gone).filter(is_alike);
    let mut new = now.actions.iter().filter(is_new).filter(is_alike);
    let is_single =
        gone.next().is_some_and(|candidate| candidate.what == action.what) && gone.next().is_none();
    new.next().filter(|_| is_single && new.next().is_none())
}

/// What an objective of the base is called now, if its name is gone and a single new one has the same results.
pub(super) fn renamed_objective<'e>(
    name: &str,
    before: &[SloResult],
    now: &'e [SloResult],
) -> Option<&'e str> {
    let has = |results: &[SloResult], name: &str| results.iter().any(|result| result.slo == name);
    let of = series(before, name);
    if has(now, name) {
        return None;
    }
    let mut gone = names(before).filter(|name| !has(now, name) && series(before, name) == of);
    let mut new = names(now).filter(|name| !has(before, name) && series(now, name) == of);
    let is_single = gone.next().is_some() && gone.next().is_none();
    new.next().filter(|_| is_single && new.next().is_none())
}

/// The objectives of a service, whose results are sorted by them.
fn names(results: &[SloResult]) -> impl Iterator<Item = &str> {
    results
        .chunk_by(|a, b| a.slo == b.slo)
        .filter_map(|results| results.first())
        .map(|result| result.slo.as_str())
}

fn series(results: &[SloResult], name: &str) -> Vec<(Date, Share, Share)> {
    let results = results.iter().filter(|result| result.slo == name);
    results.map(|result| (result.month, result.objective, result.attained)).collect()
}
