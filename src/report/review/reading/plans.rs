//! What was promised and agreed, and what is worth talking about.

use super::super::model::{CommitmentSection, WaiverLine};
use super::super::words;
use super::{name, table};
use crate::eval::{ActionStatus, Commitment, Prompt, RollUp};
use crate::model::WaiverState;
use crate::report::document::{Block, Cell, Document, Item};

/// Commitments, with how many stand how.
pub(in crate::report) fn commitments(commitments: &CommitmentSection<'_>, text: &mut Document) {
    let counts = &commitments.counts;
    let mut parts = vec![
        format!("{} kept", counts.kept),
        format!("{} slipped", counts.slipped),
        format!("{} open", counts.open),
        format!("{} overdue", counts.overdue),
    ];
    for (count, what) in [
        (counts.without_owner, "without an owner"),
        (counts.without_date, "without a date"),
        (counts.without_effect, "done, but the colour did not move"),
    ] {
        parts.extend((count > 0).then(|| format!("{count} {what}")));
    }
    text.text(format!("{}.", parts.join(", ")));
    for of_status in commitments.lines.chunk_by(|a, b| a.status == b.status) {
        let Some(first) = of_status.first() else { continue };
        text.push(Block::Subheading(format!("{} ({})", words::status(first.status), of_status.len())));
        text.items(of_status.iter().map(commitment_item).collect());
    }
}

/// "due 2026-12-15 · ★ Bag API: Retire the noisy alerts (alerting to green)".
fn commitment_item(commitment: &Commitment<'_, '_>) -> Item {
    let action = commitment.action;
    let day = match (commitment.done(), action.due) {
        (Some(done), _) => format!("done {done}"),
        (None, Some(due)) => format!("due {due}"),
        (None, None) => "no date".to_owned(),
    };
    let target = action.target.map(|target| format!(" to {target}")).unwrap_or_default();
    let category = action.category.as_ref().map(|category| format!(" ({category}{target})"));
    let text = format!(
        "{day} · {}: {}{}",
        name(commitment.reviewed.member()),
        action.what,
        category.unwrap_or_default()
    );
    let mut who = vec![action.owner.clone().unwrap_or_else(|| "nobody's yet".to_owned())];
    who.extend(action.support.as_ref().map(|support| format!("needs {support}")));
    let remark = Some(words::commitment(commitment)).filter(|remark| !remark.is_empty());
    let mut details = vec![who.into_iter().chain(remark).collect::<Vec<_>>().join("; ")];
    details.extend(action.because.as_ref().map(|because| format!("because {because}")));
    let sign = match commitment.status {
        ActionStatus::Overdue => Cell::coloured("!", RollUp::Red),
        ActionStatus::Open => Cell::plain("□"),
        ActionStatus::Slipped => Cell::coloured("✓", RollUp::Amber),
        ActionStatus::Kept => Cell::coloured("✓", RollUp::Green),
    };
    Item { sign: Some(sign), text, details }
}

pub(super) fn talk(prompts: &[Prompt<'_, '_>], text: &mut Document) {
    if prompts.is_empty() {
        text.text("There is nothing to go by yet.");
    } else {
        text.push(Block::Numbered(prompts.iter().map(|prompt| words::prompt(&prompt.topic)).collect()));
    }
}

/// Who approved a waiver, or why it doesn't count. That it has ended stands beside its last day.
fn approval(line: &WaiverLine<'_>) -> String {
    match &line.objection {
        Some(objection) if line.state != WaiverState::Expired => format!("does not count: {objection}"),
        Some(_) | None => line.waiver.approvers(),
    }
}

pub(super) fn waivers(lines: &[WaiverLine<'_>], text: &mut Document) {
    if lines.is_empty() {
        text.text("There is no waiver.");
        return;
    }
    let headings = ["Until", "Service", "Category", "", "Because", "Approved by"];
    let rows = lines.iter().map(|line| {
        let (waiver, service) = (line.waiver, line.reviewed.member());
        let ended = if line.state == WaiverState::Expired { " (ended)" } else { "" };
        vec![
            Cell::plain(format!("{}{ended}", waiver.until)),
            Cell::plain(name(service)),
            Cell::plain(waiver.category.to_string()),
            line.status.map(|status| Cell::sign(RollUp::of([status]))).unwrap_or_default(),
            Cell::plain(&waiver.because),
            Cell::plain(approval(line)),
        ]
    });
    text.push(Block::Table(table(headings, rows.collect())));
    // An address in a narrow column would be broken.
    let evidence = lines.iter().filter_map(|line| {
        let (service, evidence) = (name(line.reviewed.member()), line.waiver.evidence_text()?);
        Some(Item::new(format!("{service}, {}: evidence: {evidence}", line.waiver.category)))
    });
    text.items(evidence.collect());
}
