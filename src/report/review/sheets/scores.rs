//! What was judged and measured, as tables.

use super::{
    CATEGORY, CHANGES, Column, JUDGEMENTS, SERVICE, SERVICES, Sheet, Value, counted_changes,
    counted_judgements, counted_services, day, name, named_category, named_service, number, optional,
    optional_text, prose, sheet, text, word, word_of,
};
use crate::report::review::{
    About, Change, Changed, DomainLine, Glance, GlanceLine, HistoryPoint, HotSpot, Map, Section, Slo,
    SloMonth, Slos, Tally, Told,
};

/// One row for each line, now and before. What changed is told of now.
pub(super) fn glance_sheet(glance: &Glance, about: &About) -> Sheet {
    let columns = [
        &[name("which", "Which"), word("when", "When"), day("as_of", "As of")][..],
        &[number("services", "Services")],
        &SERVICES,
        &JUDGEMENTS,
        &CHANGES,
    ];
    let row = |line: &GlanceLine, when: &str, date, tally: &Tally, changes: Vec<Value>| {
        let which = vec![text(line.title), Value::Word(when.to_owned()), optional(date, Value::Date)];
        let total = vec![Value::Number(line.total)];
        let (services, judgements) =
            (counted_services(&tally.services), counted_judgements(&tally.judgements));
        [which, total, services, judgements, changes].concat()
    };
    let since = about.since.as_ref().map(|since| since.date);
    let rows = glance.lines.iter().flat_map(|line| {
        [
            row(line, "now", Some(about.as_of), &line.now, counted_changes(&line.changes)),
            row(line, "before", since, &line.before, vec![Value::Empty; CHANGES.len()]),
        ]
    });
    sheet(Some(Section::Glance), ("glance", Section::Glance.title()), columns.concat(), rows)
}

/// One row for each period.
pub(super) fn history_sheet(glance: &Glance) -> Sheet {
    let columns = vec![
        name("period", "Period"),
        day("as_of", "As of"),
        number("green_share", "Green share"),
        number("green", "Green"),
        number("applicable", "Applicable"),
        number("rubric_changed", "Rubric changed"),
    ];
    let row = |point: &HistoryPoint| {
        vec![
            text(&point.period),
            Value::Date(point.as_of),
            optional(point.green_share, Value::Share),
            Value::Number(point.green),
            Value::Number(point.applicable),
            Value::YesNo(point.rubric_changed),
        ]
    };
    sheet(Some(Section::Glance), ("history", "Trend"), columns, glance.history.iter().map(row))
}

/// One row for each domain.
pub(super) fn domains_sheet(domains: &[DomainLine]) -> Sheet {
    let columns = [
        &[name("domain", "Domain id"), name("domain_title", "Domain"), number("services", "Services")][..],
        &SERVICES,
        &JUDGEMENTS,
        &CHANGES,
        &[
            day("since", "Compared with"),
            word("since_basis", "Why that day"),
            day("next_review", "Next review"),
            number("next_review_planned", "Planned"),
            number("next_review_in_days", "In days"),
            number("open_commitments", "Open commitments"),
            number("overdue_commitments", "Overdue commitments"),
        ],
    ];
    let row = |line: &DomainLine| {
        let next = line.next_review;
        [
            vec![text(&line.id), text(&line.title), Value::Number(line.total)],
            counted_services(&line.now.services),
            counted_judgements(&line.now.judgements),
            counted_changes(&line.changes),
            vec![
                Value::Date(line.since.date),
                word_of(line.since.basis),
                optional(next, |next| Value::Date(next.date)),
                optional(next, |next| Value::YesNo(next.planned)),
                optional(next, |next| Value::Signed(next.in_days)),
                Value::Number(line.open_commitments),
                Value::Number(line.overdue_commitments),
            ],
        ]
        .concat()
    };
    let rows = domains.iter().map(row);
    sheet(Some(Section::Domains), ("domains", Section::Domains.title()), columns.concat(), rows)
}

/// One row for each category of a service that changed, or stayed red.
pub(super) fn changes_sheet(changed: &Changed) -> Sheet {
    let columns = [
        &SERVICE[..],
        &CATEGORY,
        &[
            word("kind", "What happened"),
            word("label", "Label"),
            number("reviews", "Reviews outlasted"),
            word("before", "Before"),
            prose("before_because", "Why it was so before"),
            day("before_judged", "Judged before"),
            name("before_inherited_from", "Inherited before from"),
            word("now", "Now"),
            prose("now_because", "Why it is so now"),
            day("now_judged", "Judged now"),
            name("now_inherited_from", "Inherited now from"),
            day("red_on", "Red in between"),
        ],
    ];
    let told = |told: &Told| {
        vec![
            Value::State(told.status),
            optional_text(told.because.as_ref()),
            optional(told.judged, Value::Date),
            optional_text(told.inherited_from.as_ref()),
        ]
    };
    let row = |change: &Change| {
        [
            named_service(&change.service),
            named_category(&change.category),
            vec![word_of(change.kind), word_of(change.label), optional(change.reviews, Value::Number)],
            told(&change.before),
            told(&change.now),
            vec![optional(change.red_on, Value::Date)],
        ]
        .concat()
    };
    let rows = changed.lines.iter().map(row);
    sheet(Some(Section::Changes), ("changes", Section::Changes.title()), columns.concat(), rows)
}

/// One row for each category of each service, if its rubric has it.
pub(super) fn map_sheet(map: &Map) -> Sheet {
    let columns = [
        &SERVICE[..],
        &CATEGORY,
        &[
            word("status", "Status"),
            day("since", "Since"),
            day("reviewed", "Looked at"),
            number("stale", "Stale"),
            number("carried", "Carried over"),
            name("inherited_from", "Inherited from"),
            prose("because", "Because"),
            number("asked", "Asked"),
            word("service_colour", "Service's colour"),
        ],
    ];
    let rows = map.rows.iter().flat_map(|row| {
        let categories = map.pillars.iter().flat_map(|pillar| &pillar.categories);
        categories.zip(&row.cells).filter_map(|(category, cell)| {
            let cell = cell.as_ref()?;
            let values = vec![
                Value::State(cell.status),
                optional(cell.since, Value::Date),
                optional(cell.reviewed, Value::Date),
                Value::YesNo(cell.stale),
                Value::YesNo(cell.carried),
                optional_text(cell.inherited_from.as_ref()),
                optional_text(cell.because.as_ref()),
                Value::YesNo(cell.asked),
                Value::Colour(row.colour),
            ];
            Some([named_service(&row.service), named_category(category), values].concat())
        })
    });
    // A workbook shows the map itself as well.
    sheet(Some(Section::Map), ("map", "Judgements"), columns.concat(), rows)
}

/// One row for each category that hurts in several services.
pub(super) fn hot_spots_sheet(spots: &[HotSpot]) -> Sheet {
    let columns = [
        &CATEGORY[..],
        &JUDGEMENTS,
        &[
            prose("services", "Red and amber services"),
            prose("remark", "Remark"),
            number("guidance_gap", "No guidance"),
            prose("guidance", "Guidance"),
        ],
    ];
    let row = |spot: &HotSpot| {
        let services: Vec<_> = spot.services.iter().map(|it| it.service.id.as_str()).collect();
        let guidance: Vec<_> = spot.guidance.iter().map(|it| it.title.as_str()).collect();
        [
            named_category(&spot.category),
            counted_judgements(&spot.judgements),
            vec![
                text(services.join("; ")),
                text(&spot.remark),
                Value::YesNo(spot.guidance_gap),
                text(guidance.join("; ")),
            ],
        ]
        .concat()
    };
    let rows = spots.iter().map(row);
    sheet(Some(Section::HotSpots), ("hot_spots", Section::HotSpots.title()), columns.concat(), rows)
}

const SLO: [Column; 8] = [
    word("colour", "Service's colour"),
    name("slo", "Objective"),
    name("month", "Month"),
    number("objective_percent", "Aim in percent"),
    number("attained_percent", "Attained in percent"),
    number("met", "Met"),
    number("budget_left_percent", "Error budget left in percent"),
    prose("question", "Question to the service"),
];

/// One row for each month of each objective of each service. A service of which nothing was measured is a row without
/// an objective, so that it is missed; one whose last measurement is older has only that month.
pub(super) fn slos_sheet(slos: &Slos) -> Sheet {
    let question = |line: &Slo| {
        let about = slos.questions.iter().filter(|question| question.service.id == line.service.id);
        let texts: Vec<_> = about.map(|question| question.text.as_str()).collect();
        if texts.is_empty() { Value::Empty } else { text(texts.join(" ")) }
    };
    let row = |line: &Slo, month: &SloMonth| {
        let values = vec![
            Value::Colour(line.colour),
            text(&line.slo),
            text(&month.month),
            Value::Percent(month.objective_percent),
            Value::Percent(month.attained_percent),
            Value::YesNo(month.met),
            optional(month.budget_left_percent, Value::Percent),
            question(line),
        ];
        [named_service(&line.service), values].concat()
    };
    let measured =
        slos.lines.iter().flat_map(|line| line.months.iter().flatten().map(move |month| row(line, month)));
    let unmeasured = slos
        .unmeasured
        .iter()
        .map(|service| [named_service(service), vec![Value::Empty; SLO.len()]].concat());
    let outdated = slos.outdated.iter().map(|old| {
        let values = SLO.iter().map(|column| match column.id {
            "month" => text(&old.last_month),
            _ => Value::Empty,
        });
        [named_service(&old.service), values.collect()].concat()
    });
    let columns = [&SERVICE[..], &SLO].concat();
    let rows = measured.chain(outdated).chain(unmeasured);
    sheet(Some(Section::Slos), ("slos", Section::Slos.title()), columns, rows)
}
