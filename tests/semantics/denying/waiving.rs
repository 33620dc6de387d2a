//! Which waivers keep a drop from failing the gate, held against a second implementation that reads the policy in the
//! plainest way.

use std::collections::BTreeMap;

use fundamentals::eval::{Base, FindingOutcome, Selection, gate};
use fundamentals::model::{Date, Estate, GateRule};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::config;
use crate::random::{CATEGORIES_1, TODAY, date};
use crate::support::{day, load_with, service};

/// The last is the platform of the service.
const NAMES: [&str; 3] = ["ana", "head", "team"];

#[derive(Clone, Debug)]
struct Waiver {
    category: &'static str,
    /// Days before today.
    raised: Option<i64>,
    /// Days after today.
    until: i64,
    approved_by: Vec<&'static str>,
}

#[derive(Clone, Debug)]
struct Policy {
    max_weeks: Option<i64>,
    approvers: Option<Vec<&'static str>>,
    owner_may_approve: Option<bool>,
}

impl Policy {
    fn counts(&self, waiver: &Waiver) -> bool {
        let longest = 7 * self.max_weeks.unwrap_or(26) - waiver.raised.unwrap_or(0);
        let may_approve = |name: &&&str| self.approvers.as_ref().is_none_or(|names| names.contains(*name));
        let is_enough = |name: &&str| *name != "team" || self.owner_may_approve != Some(false);
        let is_approved = waiver.approved_by.iter().filter(may_approve).any(is_enough);
        (0..=longest).contains(&waiver.until) && is_approved
    }

    fn settings(&self) -> String {
        let mut text = "[gate]\ndrop-to-red = \"deny\"\n[waivers]\n".to_owned();
        text.extend(self.max_weeks.map(|weeks| format!("max-weeks = {weeks}\n")));
        text.extend(self.approvers.as_ref().map(|names| format!("approvers = {names:?}\n")));
        text.extend(self.owner_may_approve.map(|may| format!("owner-may-approve = {may}\n")));
        text
    }
}

impl Waiver {
    fn text(&self) -> String {
        let Self { category, approved_by, .. } = self;
        let raised = self.raised.map(|ago| format!("raised: {}, ", date(ago))).unwrap_or_default();
        let approved_by =
            if approved_by.is_empty() { String::new() } else { format!(", approved-by: {approved_by:?}") };
        let until = later(self.until);
        format!("  - {{ category: {category}, {raised}until: {until}, because: New vendor{approved_by} }}\n")
    }
}

/// The day that lies so many days after today, or before it.
fn later(days: i64) -> Date {
    let weeks = u32::try_from(days.max(0) / 7 + 1).expect("not negative");
    let mut later = day(TODAY).weeks_later(weeks);
    for _ in days..i64::from(7 * weeks) {
        later = later.day_before();
    }
    later
}

fn policy() -> impl Strategy<Value = Policy> {
    let approvers = prop::option::of(subsequence(NAMES.to_vec(), 1..=2));
    let max_weeks = prop::option::of(1..40i64);
    (max_weeks, approvers, any::<Option<bool>>()).prop_map(|(max_weeks, approvers, owner_may_approve)| {
        Policy { max_weeks, approvers, owner_may_approve }
    })
}

fn waiver() -> impl Strategy<Value = Waiver> {
    let category = select(CATEGORIES_1.to_vec());
    let approved_by = subsequence(NAMES.to_vec(), 0..=3);
    // Around the end of a waiver of any length, and of none.
    let until =
        prop_oneof![-30..250i64, (1..40i64, -1..=1i64).prop_map(|(weeks, days)| 7 * weeks + days), -1..=1i64];
    let raised = prop::option::of(prop_oneof![0..200i64, (0..20i64).prop_map(|weeks| 7 * weeks)]);
    (category, raised, until, approved_by).prop_map(|(category, raised, until, approved_by)| {
        let until = raised.map_or(until, |ago| until.max(-ago));
        Waiver { category, raised, until, approved_by }
    })
}

fn estate(policy: &Policy, rest: &str) -> Estate {
    let loaded = load_with(Some(&policy.settings()), &[service("s", rest)], TODAY);
    assert!(!loaded.problems.has_errors(), "{rest}\n{:?}", loaded.problems);
    loaded.estate
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_drop_is_denied_unless_a_waiver_for_it_is_approved_by_the_policy_for_no_longer_than_that_allows(
        policy in policy(), waivers in vec(waiver(), 1..6), reds in subsequence(CATEGORIES_1.to_vec(), 1..=4),
    ) {
        let assessed = |ago, scores: String| {
            format!("  - {{ date: {}, rubric: r@1, scores: {{ {scores} }} }}\n", date(ago))
        };
        let all = |categories: &[&str], colour| -> String {
            let scores: Vec<_> = categories.iter().map(|category| format!("{category}: {colour}")).collect();
            scores.join(", ")
        };
        let green = format!("assessments:\n{}", assessed(60, all(&CATEGORIES_1, "green")));
        let red = assessed(1, all(&reds, "red"));
        let waived: String = waivers.iter().map(Waiver::text).collect();
        let base = estate(&policy, &green);
        let now = estate(&policy, &format!("{green}{red}waivers:\n{waived}"));
        let [base, side] = [&base, &now];
        let selection = Selection::default();
        let verdict = gate(side, Base::Estate(base), &selection, day(TODAY));
        let drops = verdict.findings.iter().filter(|finding| finding.rule == GateRule::DropToRed);
        let found = drops.map(|finding| {
            (finding.turn().expect("a drop is of a colour").category.id.to_string(), finding.outcome())
        });
        let expected = reds.iter().map(|category| {
            let counts = waivers.iter().any(|it| it.category == *category && policy.counts(it));
            ((*category).to_owned(), if counts { FindingOutcome::Waived } else { FindingOutcome::Denied })
        });
        prop_assert_eq!(found.collect::<BTreeMap<_, _>>(), expected.collect::<BTreeMap<_, _>>());
    }
}
