//! What was promised and agreed, what is worth talking about, and what the pack is about, as tables.

use super::{
    Column, SERVICE, Sheet, Value, day, name, named_service, number, optional, optional_text, prose, sheet,
    text, word, word_of,
};
use crate::report::review::{
    About, Ask, Commitment, Commitments, Prompt, ReportModel, Section, Support, Waiver,
};

/// One row for each commitment.
pub(in crate::report) fn commitments_sheet(commitments: &Commitments) -> Sheet {
    let columns = [
        &[name("domain", "Domain id")][..],
        &SERVICE,
        &[
            prose("what", "What"),
            prose("because", "Because"),
            name("category", "Category id"),
            name("owner", "Owner"),
            name("support", "Support from"),
            day("raised", "Raised"),
            day("due", "Due"),
            day("done", "Done"),
            word("target", "Target"),
            word("status", "Status"),
            number("new", "New"),
            word("effect", "Effect"),
            word("colour_now", "Colour now"),
            prose("remark", "Remark"),
        ],
    ];
    let row = |it: &Commitment| {
        [
            vec![text(&it.domain)],
            named_service(&it.service),
            vec![
                text(&it.what),
                optional_text(it.because.as_ref()),
                optional_text(it.category.as_ref()),
                optional_text(it.owner.as_ref()),
                optional_text(it.support.as_ref()),
                Value::Date(it.raised),
                optional(it.due, Value::Date),
                optional(it.done, Value::Date),
                optional(it.target, Value::State),
                word_of(it.status),
                Value::YesNo(it.new),
                optional(it.effect, word_of),
                optional(it.colour_now, Value::State),
                text(&it.remark),
            ],
        ]
        .concat()
    };
    let names = ("commitments", Section::Commitments.title());
    sheet(Some(Section::Commitments), names, columns.concat(), commitments.lines.iter().map(row))
}

/// One row for each thing that somebody outside a team is needed for.
pub(super) fn support_sheet(support: &[Support]) -> Sheet {
    let columns = [
        &SERVICE[..],
        &[
            name("support", "Support from"),
            prose("what", "What"),
            day("due", "Due"),
            number("overdue", "Overdue"),
        ],
    ];
    let row = |from: &str, ask: &Ask| {
        let values =
            vec![text(from), text(&ask.what), optional(ask.due, Value::Date), Value::YesNo(ask.overdue)];
        [named_service(&ask.service), values].concat()
    };
    let rows = support.iter().flat_map(|it| it.asks.iter().map(|ask| row(&it.from, ask)));
    sheet(Some(Section::HotSpots), ("support", "Support"), columns.concat(), rows)
}

/// One row for each prompt.
pub(super) fn talk_sheet(prompts: &[Prompt]) -> Sheet {
    let columns = vec![
        number("nr", "No."),
        prose("text", "Worth talking about"),
        number("went_well", "Went well"),
        name("team", "Team"),
    ];
    let row = |(nr, prompt): (usize, &Prompt)| {
        let Prompt { text: question, went_well, team } = prompt;
        vec![Value::Number(nr), text(question), Value::YesNo(*went_well), optional_text(team.as_ref())]
    };
    sheet(Some(Section::Talk), ("talk", Section::Talk.title()), columns, (1..).zip(prompts).map(row))
}

/// One row for each waiver.
pub(super) fn waivers_sheet(waivers: &[Waiver]) -> Sheet {
    let columns = [
        &SERVICE[..],
        &[
            name("category", "Category id"),
            word("status", "Status"),
            day("until", "Until"),
            number("in_days", "In days"),
            prose("because", "Because"),
            name("approved_by", "Approved by"),
            word("state", "State"),
            day("raised", "Raised"),
            prose("objection", "Objection"),
        ],
    ];
    let row = |waiver: &Waiver| {
        let values = vec![
            text(&waiver.category),
            optional(waiver.status, Value::State),
            Value::Date(waiver.until),
            Value::Signed(waiver.in_days),
            text(&waiver.because),
            text(&waiver.approved_by),
            word_of(waiver.state),
            optional(waiver.raised, Value::Date),
            optional_text(waiver.objection.as_ref()),
        ];
        [named_service(&waiver.service), values].concat()
    };
    let names = ("waivers", Section::Waivers.title());
    sheet(Some(Section::Waivers), names, columns.concat(), waivers.iter().map(row))
}

const ABOUT: [Column; 2] = [prose("what", "What"), prose("value", "Value")];

/// What the pack is about and what its numbers rest on, a fact a row.
pub(in crate::report::review) fn about_sheet(report: &ReportModel) -> Sheet {
    let About { title, domain, estate, as_of, since, next_review, services, filters, .. } = &report.about;
    let About { rubrics, stale_after_weeks, left_out, command, made_by, .. } = &report.about;
    let weeks = usize::try_from(*stale_after_weeks).unwrap_or(usize::MAX);
    let mut facts = vec![
        ("Title", text(title)),
        ("Estate", optional_text(estate.as_ref())),
        ("Domain id", optional_text(domain.as_ref())),
        ("As of", Value::Date(*as_of)),
        ("Compared with", optional(since.as_ref(), |since| Value::Date(since.date))),
        ("Why that day", optional(since.as_ref(), |since| word_of(since.basis))),
        ("Next review", optional(*next_review, |next| Value::Date(next.date))),
        ("Next review is planned", optional(*next_review, |next| Value::YesNo(next.planned))),
        ("Services", Value::Number(*services)),
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
        .map(|(what, count)| (what, Value::Number(count)))
    }));
    facts.push(("Stale after weeks", Value::Number(weeks)));
    facts.push(("Filters", optional_text(filters.as_ref())));
    facts.extend(rubrics.iter().map(|rubric| {
        let services = crate::text::plural(rubric.services, "service", "services");
        ("Rubric", text(format!("{} {}: {services}", rubric.title, rubric.version)))
    }));
    facts.extend(left_out.iter().map(|it| ("Left out", text(format!("{}: {}", it.what, it.why)))));
    facts.push(("Made again by", text(command)));
    facts.push(("Made by", text(*made_by)));
    let rows = facts.into_iter().map(|(what, value)| vec![text(what), value]);
    sheet(None, ("about", "About"), ABOUT.into(), rows)
}
