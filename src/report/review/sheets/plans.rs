//! Commitments, support, prompts, waivers, and what the pack is about, as tables.

use super::service;
use crate::eval::{ActionStatus, Commitment, Effect, Prompt, SupportNeed};
use crate::model::Colour;
use crate::report::review::model::{CommitmentSection, Cover, MADE_BY, WaiverLine};
use crate::report::review::{Pack, words};
use crate::report::sheet::{
    COUNT, CellValue, DATE, DAYS, FACT, NAME, PROSE, Sheet, SheetColumns, WORD, YES_NO,
};
use crate::text::plural;

/// One row for each commitment.
pub(in crate::report) fn commitments_sheet<'r>(commitments: &'r CommitmentSection<'_>) -> Sheet<'r> {
    SheetColumns::<&Commitment<'_, '_>>::new()
        .add(NAME, "domain", "Domain id", |commitment| commitment.reviewed.identity.domain.to_string())
        .add_all(service(), |commitment| commitment.reviewed.member())
        .add(PROSE, "what", "What", |commitment| commitment.action.what.clone())
        .add(PROSE, "because", "Because", |commitment| commitment.action.because.clone())
        .add(NAME, "category", "Category id", |commitment| {
            commitment.action.category.as_ref().map(ToString::to_string)
        })
        .add(NAME, "owner", "Owner", |commitment| commitment.action.owner.clone())
        .add(NAME, "support", "Support from", |commitment| commitment.action.support.clone())
        .add(DATE, "raised", "Raised", |commitment| commitment.action.raised)
        .add(DATE, "due", "Due", |commitment| commitment.action.due)
        .add(DATE, "done", "Done", Commitment::done)
        .add(WORD, "target", "Target", |commitment| commitment.action.target.map(Colour::word))
        .add(WORD, "status", "Status", |commitment| commitment.status.word())
        .add(YES_NO, "new", "New", |commitment| commitment.is_new)
        .add(WORD, "effect", "Effect", |commitment| commitment.effect.map(Effect::word))
        .add(WORD, "colour_now", "Colour now", |commitment| {
            commitment.effect.map(|effect| effect.colour().word())
        })
        .add(PROSE, "remark", "Remark", words::commitment)
        .over(&commitments.lines)
}

/// One row for each thing that somebody outside a team is needed for.
pub(super) fn support_sheet<'r>(support: &'r [SupportNeed<'_, '_>]) -> Sheet<'r> {
    SheetColumns::<(&SupportNeed<'_, '_>, &Commitment<'_, '_>)>::new()
        .add_all(service(), |(_, ask)| ask.reviewed.member())
        .add(NAME, "support", "Support from", |(need, _)| need.from.to_owned())
        .add(PROSE, "what", "What", |(_, ask)| ask.action.what.clone())
        .add(DATE, "due", "Due", |(_, ask)| ask.action.due)
        .add(YES_NO, "overdue", "Overdue", |(_, ask)| ask.status == ActionStatus::Overdue)
        .over(support.iter().flat_map(|need| need.asks.iter().map(move |ask| (need, ask))))
}

/// One row for each prompt.
pub(super) fn talk_sheet<'r>(prompts: &'r [Prompt<'_, '_>]) -> Sheet<'r> {
    SheetColumns::<(usize, &Prompt<'_, '_>)>::new()
        .add(COUNT, "nr", "No.", |(number, _)| number)
        .add(PROSE, "text", "Worth talking about", |(_, prompt)| words::prompt(&prompt.topic))
        .add(YES_NO, "went_well", "Went well", |(_, prompt)| prompt.topic.went_well())
        .add(NAME, "team", "Team", |(_, prompt)| prompt.team.map(ToString::to_string))
        .over((1..).zip(prompts))
}

/// One row for each waiver.
pub(super) fn waivers_sheet<'r>(waivers: &'r [WaiverLine<'_>]) -> Sheet<'r> {
    SheetColumns::<&WaiverLine<'_>>::new()
        .add_all(service(), |line| line.reviewed.member())
        .add(NAME, "category", "Category id", |line| line.waiver.category.to_string())
        .add(WORD, "status", "Status", |line| line.status.map(|status| status.word()))
        .add(DATE, "until", "Until", |line| line.waiver.until)
        .add(DAYS, "in_days", "In days", WaiverLine::in_days)
        .add(PROSE, "because", "Because", |line| line.waiver.because.clone())
        .add(NAME, "approved_by", "Approved by", |line| line.waiver.approvers())
        .add(WORD, "state", "State", |line| line.state.word())
        .add(DATE, "raised", "Raised", |line| line.waiver.raised)
        .add(PROSE, "objection", "Objection", |line| line.objection.clone())
        .add(PROSE, "evidence", "Evidence", |line| {
            let evidence = &line.waiver.evidence;
            (!evidence.is_empty()).then(|| evidence.join("; "))
        })
        .over(waivers)
}

/// What the pack is about and what its numbers rest on, a fact a row.
pub(in crate::report::review) fn about_sheet<'r>(pack: &'r Pack<'_>) -> Sheet<'r> {
    let Cover { title, domain, estate, as_of, since, next_review, services, filters, .. } = &pack.cover;
    let Cover { rubrics, stale_after_weeks, left_out, command, .. } = &pack.cover;
    let weeks = usize::try_from(*stale_after_weeks).unwrap_or(usize::MAX);
    let text = |text: Option<&str>| PROSE.cell(text.map(str::to_owned));
    let mut facts = vec![
        ("Title", text(Some(title))),
        ("Estate", text(*estate)),
        ("Domain id", NAME.cell(domain.map(ToString::to_string))),
        ("As of", DATE.cell(*as_of)),
        ("Compared with", DATE.cell(since.map(|since| since.date))),
        ("Why that day", WORD.cell(since.map(|since| since.basis.word()))),
        ("Next review", DATE.cell(next_review.map(|next| next.date))),
        ("Next review is planned", YES_NO.cell(next_review.map(|next| next.is_planned))),
        ("Services", COUNT.cell(*services)),
    ];
    facts.extend(pack.glance.iter().flat_map(|glance| {
        let (all, judgements) = (&glance.all, &glance.all.now.judgements);
        [
            ("Services that nobody has ever assessed", all.never_assessed),
            ("Services that nobody has looked at since then", all.not_looked_at),
            ("Services with a stale colour", all.with_stale),
            ("Judgements that are stale", judgements.stale),
            ("Judgements that are missing", judgements.not_assessed),
            ("Judgements that a newer rubric asks for anew", judgements.needs_rescore),
            ("Services that moved to another rubric since then", all.moved),
            ("Files with errors, in the whole estate", glance.invalid_files),
        ]
        .map(|(what, count)| (what, COUNT.cell(count)))
    }));
    facts.push(("Stale after weeks", COUNT.cell(weeks)));
    facts.push(("Filters", text(*filters)));
    facts.extend(rubrics.iter().map(|(rubric, services)| {
        let services = plural(*services, "service", "services");
        ("Rubric", PROSE.cell(format!("{} {}: {services}", rubric.title, rubric.version)))
    }));
    facts.extend(left_out.iter().map(|(what, why)| ("Left out", PROSE.cell(format!("{what}: {why}")))));
    facts.push(("Made again by", text(Some(command))));
    facts.push(("Made by", text(Some(MADE_BY))));
    SheetColumns::<(&str, CellValue)>::new()
        .add(PROSE, "what", "What", |(what, _)| what.to_owned())
        .add(FACT, "value", "Value", |(_, value)| value)
        .over(facts)
}
