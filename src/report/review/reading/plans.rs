//! What was promised and agreed, and what is worth talking about.

use super::super::model::{Commitment, CommitmentStatus, Commitments, Prompt, Waiver, WaiverStatus};
use super::super::words;
use super::{name, table};
use crate::eval::RollUp;
use crate::report::document::{Block, Cell, Document, Item};

/// Commitments, with how many stand how.
pub(in crate::report) fn commitments(commitments: &Commitments, text: &mut Document) {
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
fn commitment_item(line: &Commitment) -> Item {
    let day = match (line.done, line.due) {
        (Some(done), _) => format!("done {done}"),
        (None, Some(due)) => format!("due {due}"),
        (None, None) => "no date".to_owned(),
    };
    let target = line.target.map(|target| format!(" to {}", target.word())).unwrap_or_default();
    let category = line.category.as_ref().map(|category| format!(" ({category}{target})"));
    let text = format!("{day} · {}: {}{}", name(&line.service), line.what, category.unwrap_or_default());
    let mut who = vec![line.owner.clone().unwrap_or_else(|| "nobody's yet".to_owned())];
    who.extend(line.support.as_ref().map(|support| format!("needs {support}")));
    let remark = (!line.remark.is_empty()).then(|| line.remark.clone());
    let mut details = vec![who.into_iter().chain(remark).collect::<Vec<_>>().join("; ")];
    details.extend(line.because.as_ref().map(|because| format!("because {because}")));
    let sign = match line.status {
        CommitmentStatus::Overdue => Cell::coloured("!", RollUp::Red),
        CommitmentStatus::Open => Cell::plain("□"),
        CommitmentStatus::Slipped => Cell::coloured("✓", RollUp::Amber),
        CommitmentStatus::Kept => Cell::coloured("✓", RollUp::Green),
    };
    Item { sign: Some(sign), text, details }
}

pub(super) fn talk(prompts: &[Prompt], text: &mut Document) {
    if prompts.is_empty() {
        text.text("There is nothing to go by yet.");
    } else {
        text.push(Block::Numbered(prompts.iter().map(|prompt| prompt.text.clone()).collect()));
    }
}

/// Who approved a waiver, or why it doesn't count. That it has ended stands beside its last day.
fn approval(waiver: &Waiver) -> String {
    match &waiver.objection {
        Some(objection) if waiver.state != WaiverStatus::Expired => format!("does not count: {objection}"),
        Some(_) | None => waiver.approved_by.clone(),
    }
}

pub(super) fn waivers(waivers: &[Waiver], text: &mut Document) {
    if waivers.is_empty() {
        text.text("There is no waiver.");
        return;
    }
    let headings = ["Until", "Service", "Category", "", "Because", "Approved by"];
    let rows = waivers.iter().map(|waiver| {
        let ended = if waiver.in_days < 0 { " (ended)" } else { "" };
        vec![
            Cell::plain(format!("{}{ended}", waiver.until)),
            Cell::plain(name(&waiver.service)),
            Cell::plain(&waiver.category),
            waiver.status.map(|status| Cell::sign(status.roll_up())).unwrap_or_default(),
            Cell::plain(&waiver.because),
            Cell::plain(approval(waiver)),
        ]
    });
    text.push(Block::Table(table(headings, rows.collect())));
    // An address in a narrow column would be broken.
    let evidence = waivers.iter().filter(|waiver| !waiver.evidence.is_empty()).map(|waiver| {
        let evidence = waiver.evidence.join(", ");
        Item::new(format!("{}, {}: evidence: {evidence}", name(&waiver.service), waiver.category))
    });
    text.items(evidence.collect());
}
