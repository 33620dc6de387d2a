//! In what a service is another than it was, in words.

use crate::eval::{LostImportance, Onset, Presence};
use crate::model::{Date, Identity, RubricId};

/// What a service was on a day of the past, and now was.
pub(super) fn other_past(on: Date, was: Presence<'_>, is: Presence<'_>) -> String {
    match (was, is) {
        (Some(was), Some(is)) => {
            format!("what it was on {on} was rewritten: {}", differences(was, is).join("; "))
        }
        (Some(_), None) => format!("it was in the estate on {on}, and now says that it was not"),
        (None, _) => format!("it was not in the estate on {on}, and now says that it was"),
    }
}

/// In what a service matters less than it did.
pub(super) fn lost_importance(lost: &LostImportance<'_>, onset: Onset) -> String {
    let change = |from: &str, to: &str| match onset {
        Onset::Today => format!("it was {from}, and is {to}"),
        Onset::Planned(day) => format!("it is {from}, and will be {to} from {day} on"),
    };
    match lost {
        LostImportance::GoldenThread => match onset {
            Onset::Today => "it was on the Golden Thread, and is no longer".to_owned(),
            Onset::Planned(day) => format!("it leaves the Golden Thread on {day}"),
        },
        LostImportance::Criticality { from, to } => change(from.name(), to.name()),
        LostImportance::MilderDomain { from, to } => change(
            &format!("in the domain `{from}`"),
            &format!("in the domain `{to}`, where the gate is milder"),
        ),
    }
}

/// Where a service belongs, as far as that differs: "domain: shop → edge".
pub(super) fn homes(was: &Identity, is: &Identity) -> Vec<String> {
    let owner = |identity: &Identity| identity.owner.clone().unwrap_or_else(|| "nobody".to_owned());
    let homes = [
        ("domain", was.domain.to_string(), is.domain.to_string()),
        ("platform", was.platform.to_string(), is.platform.to_string()),
        ("owner", owner(was), owner(is)),
    ];
    changed(homes)
}

fn differences(was: &Identity, is: &Identity) -> Vec<String> {
    let golden_thread = |identity: &Identity| if identity.golden_thread { "yes" } else { "no" }.to_owned();
    let tags = |identity: &Identity| {
        if identity.tags.is_empty() { "none".to_owned() } else { identity.tags.join(" ") }
    };
    let rubrics = |identity: &Identity| {
        let ids = identity.rubrics.as_ref().map(|ids| ids.iter().map(RubricId::as_str).collect::<Vec<_>>());
        ids.map_or_else(|| "all that are used".to_owned(), |ids| ids.join(" "))
    };
    let others = [
        ("criticality", was.criticality.name().to_owned(), is.criticality.name().to_owned()),
        ("Golden Thread", golden_thread(was), golden_thread(is)),
        ("tags", tags(was), tags(is)),
        ("rubrics", rubrics(was), rubrics(is)),
    ];
    homes(was, is).into_iter().chain(changed(others)).collect()
}

fn changed<const N: usize>(parts: [(&str, String, String); N]) -> Vec<String> {
    let changed = parts.into_iter().filter(|(_, was, is)| was != is);
    changed.map(|(name, was, is)| format!("{name}: {was} → {is}")).collect()
}
