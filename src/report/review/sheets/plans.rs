//! Commitments, support, prompts, waivers, and what the pack is about, as tables.

use super::service;
use crate::report::review::{About, Ask, Commitment, Commitments, Prompt, ReportModel, Support, Waiver};
use crate::report::sheet::{
    COUNT, CellValue, DATE, DAYS, FACT, NAME, PROSE, Sheet, SheetColumns, WORD, YES_NO, word,
};
use crate::text::plural;

/// One row for each commitment.
pub(in crate::report) fn commitments_sheet(commitments: &Commitments) -> Sheet<'_> {
    SheetColumns::<&Commitment>::new()
        .add(NAME, "domain", "Domain id", |it| it.domain.clone())
        .add_all(service(), |it| &it.service)
        .add(PROSE, "what", "What", |it| it.what.clone())
        .add(PROSE, "because", "Because", |it| it.because.clone())
        .add(NAME, "category", "Category id", |it| it.category.clone())
        .add(NAME, "owner", "Owner", |it| it.owner.clone())
        .add(NAME, "support", "Support from", |it| it.support.clone())
        .add(DATE, "raised", "Raised", |it| it.raised)
        .add(DATE, "due", "Due", |it| it.due)
        .add(DATE, "done", "Done", |it| it.done)
        .add(WORD, "target", "Target", |it| it.target.map(word))
        .add(WORD, "status", "Status", |it| word(it.status))
        .add(YES_NO, "new", "New", |it| it.new)
        .add(WORD, "effect", "Effect", |it| it.effect.map(word))
        .add(WORD, "colour_now", "Colour now", |it| it.colour_now.map(word))
        .add(PROSE, "remark", "Remark", |it| it.remark.clone())
        .over(&commitments.lines)
}

/// One row for each thing that somebody outside a team is needed for.
pub(super) fn support_sheet(support: &[Support]) -> Sheet<'_> {
    SheetColumns::<(&Support, &Ask)>::new()
        .add_all(service(), |(_, ask)| &ask.service)
        .add(NAME, "support", "Support from", |(support, _)| support.from.clone())
        .add(PROSE, "what", "What", |(_, ask)| ask.what.clone())
        .add(DATE, "due", "Due", |(_, ask)| ask.due)
        .add(YES_NO, "overdue", "Overdue", |(_, ask)| ask.overdue)
        .over(support.iter().flat_map(|it| it.asks.iter().map(move |ask| (it, ask))))
}

/// One row for each prompt.
pub(super) fn talk_sheet(prompts: &[Prompt]) -> Sheet<'_> {
    SheetColumns::<(usize, &Prompt)>::new()
        .add(COUNT, "nr", "No.", |(number, _)| number)
        .add(PROSE, "text", "Worth talking about", |(_, prompt)| prompt.text.clone())
        .add(YES_NO, "went_well", "Went well", |(_, prompt)| prompt.went_well)
        .add(NAME, "team", "Team", |(_, prompt)| prompt.team.clone())
        .over((1..).zip(prompts))
}

/// One row for each waiver.
pub(super) fn waivers_sheet(waivers: &[Waiver]) -> Sheet<'_> {
    SheetColumns::<&Waiver>::new()
        .add_all(service(), |it| &it.service)
        .add(NAME, "category", "Category id", |it| it.category.clone())
        .add(WORD, "status", "Status", |it| it.status.map(word))
        .add(DATE, "until", "Until", |it| it.until)
        .add(DAYS, "in_days", "In days", |it| it.in_days)
        .add(PROSE, "because", "Because", |it| it.because.clone())
        .add(NAME, "approved_by", "Approved by", |it| it.approved_by.clone())
        .add(WORD, "state", "State", |it| word(it.state))
        .add(DATE, "raised", "Raised", |it| it.raised)
        .add(PROSE, "objection", "Objection", |it| it.objection.clone())
        .add(PROSE, "evidence", "Evidence", |it| (!it.evidence.is_empty()).then(|| it.evidence.join("; ")))
        .over(waivers)
}

/// What the pack is about and what its numbers rest on, a fact a row.
pub(in crate::report::review) fn about_sheet(report: &ReportModel) -> Sheet<'_> {
    let About { title, domain, estate, as_of, since, next_review, services, filters, .. } = &report.about;
    let About { rubrics, stale_after_weeks, left_out, command, made_by, .. } = &report.about;
    let weeks = usize::try_from(*stale_after_weeks).unwrap_or(usize::MAX);
    let mut facts = vec![
        ("Title", PROSE.cell(title.clone())),
        ("Estate", PROSE.cell(estate.clone())),
        ("Domain id", NAME.cell(domain.clone())),
        ("As of", DATE.cell(*as_of)),
        ("Compared with", DATE.cell(since.as_ref().map(|since| since.date))),
        ("Why that day", WORD.cell(since.as_ref().map(|since| word(since.basis)))),
        ("Next review", DATE.cell(next_review.map(|next| next.date))),
        ("Next review is planned", YES_NO.cell(next_review.map(|next| next.planned))),
        ("Services", COUNT.cell(*services)),
    ];
    facts.extend(report.glance.iter().flat_map(|glance| {
        let quality = &glance.quality;
        [
            ("Services that nobody has ever assessed", quality.never_assessed),
            ("Services that nobody has looked at since then", quality.not_looked_at),
            ("Services with a stale colour", quality.services_with_stale),
            ("Judgements that are stale", quality.stale),
            ("Judgements that are missing", quality.not_assessed),
            ("Judgements that a newer rubric asks for anew", quality.needs_rescore),
            ("Services that moved to another rubric since then", glance.moved),
            ("Files with errors, in the whole estate", quality.invalid_files),
        ]
        .map(|(what, count)| (what, COUNT.cell(count)))
    }));
    facts.push(("Stale after weeks", COUNT.cell(weeks)));
    facts.push(("Filters", PROSE.cell(filters.clone())));
    facts.extend(rubrics.iter().map(|rubric| {
        let services = plural(rubric.services, "service", "services");
        ("Rubric", PROSE.cell(format!("{} {}: {services}", rubric.title, rubric.version)))
    }));
    facts.extend(left_out.iter().map(|it| ("Left out", PROSE.cell(format!("{}: {}", it.what, it.why)))));
    facts.push(("Made again by", PROSE.cell(command.clone())));
    facts.push(("Made by", PROSE.cell(made_by.to_string())));
    SheetColumns::<(&str, CellValue)>::new()
        .add(PROSE, "what", "What", |(what, _)| what.to_owned())
        .add(FACT, "value", "Value", |(_, value)| value)
        .over(facts)
}
