//! Drawings, as SVG within the page. Each has a title that says the same in words; colour is never the only sign.

use maud::{Markup, html};

use super::super::model::PeriodCounts;
use super::parts::NEEDS_RESCORE;
use crate::eval::{Counts, Status};
use crate::model::{Colour, SloResult};
use crate::report::glyph;

/// A bar of judgements as they are, and below it a thinner one as they were.
pub(super) fn bars(id: &str, title: &str, now: &Counts, before: &Counts) -> Markup {
    html! {
        svg.bars role="img" aria-labelledby=(id) width="100%" height="54" {
            title id=(id) { (title) }
            (bar(now, 0, 36))
            (bar(before, 42, 12))
        }
    }
}

/// A single bar of judgements.
pub(super) fn single_bar(id: &str, title: &str, judgements: &Counts) -> Markup {
    bar_of_height(id, title, judgements, 22)
}

/// A bar for a row of a table that has the numbers beside it: too low for letters.
pub(super) fn low_bar(id: &str, title: &str, judgements: &Counts) -> Markup {
    bar_of_height(id, title, judgements, 14)
}

fn bar_of_height(id: &str, title: &str, judgements: &Counts, height: usize) -> Markup {
    html! {
        svg.bars role="img" aria-labelledby=(id) width="100%" height=(height) {
            title id=(id) { (title) }
            (bar(judgements, 0, height))
        }
    }
}

/// The parts together are the applicable judgements.
fn bar(judgements: &Counts, y: usize, height: usize) -> Markup {
    let parts = [
        (Status::Rated(Colour::Red), judgements.red),
        (Status::Rated(Colour::Amber), judgements.amber),
        (Status::Rated(Colour::Green), judgements.green),
        (NEEDS_RESCORE, judgements.needs_rescore),
        (Status::NotAssessed, judgements.not_assessed),
    ];
    let mut start = 0.0;
    let mut drawn = Vec::new();
    for (status, count) in parts.into_iter().filter(|(_, count)| *count > 0) {
        let width = 100.0 * ratio(count, judgements.applicable());
        drawn.push((status, count, start, width));
        start += width;
    }
    html! {
        rect.empty x="0" y=(y) width="100%" height=(height) {}
        @for (status, count, x, width) in drawn {
            rect.part data-colour=(status.word()) x=(percent(x)) y=(y) width=(percent(width)) height=(height) {}
            // Letters only where there is room for them, and in bars that are high enough.
            @if height > 16 && width > 3.5 {
                text.sign data-colour=(status.word()) x=(percent(x + width / 2.0)) y=(y + height / 2 + 5)
                    text-anchor="middle" {
                    @let sign = glyph::status(status);
                    @if width > room(count) { (sign) " " (count) } @else { (sign) }
                }
            }
        }
    }
}

/// The percent of a bar that a sign and its count need, on a phone too.
fn room(count: usize) -> f64 {
    match count {
        ..10 => 8.0,
        10..100 => 11.0,
        _ => 14.0,
    }
}

/// How much of a whole a part is, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "no estate has that many judgements")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn percent(share: f64) -> String {
    format!("{share:.2}%")
}

/// Where something is drawn, in the drawing's own units.
type ChartPlace = (f64, f64);

fn point((x, y): ChartPlace) -> String {
    format!("{x:.1},{y:.1}")
}

fn path(places: &[ChartPlace]) -> String {
    places.iter().copied().map(point).collect::<Vec<_>>().join(" ")
}

/// Evenly spaced places between two borders.
fn across(count: usize, from: f64, to: f64) -> impl Fn(usize) -> f64 {
    move |at| if count < 2 { f64::midpoint(from, to) } else { from + (to - from) * ratio(at, count - 1) }
}

/// Runs of places that belong together: a gap ends one, and so does a break.
fn runs(places: impl Iterator<Item = (Option<ChartPlace>, bool)>) -> Vec<Vec<ChartPlace>> {
    let mut runs = vec![Vec::new()];
    for (place, is_break) in places {
        if (is_break || place.is_none()) && runs.last().is_some_and(|run| !run.is_empty()) {
            runs.push(Vec::new());
        }
        if let (Some(place), Some(run)) = (place, runs.last_mut()) {
            run.push(place);
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

const LEFT: f64 = 48.0;
const RIGHT: f64 = 690.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 168.0;

/// Whether a share can't be compared with the one before.
fn is_apart(point: &PeriodCounts) -> bool {
    point.is_break || point.has_other_members
}

/// The green share over time. It is broken where the rubric or the services changed, and open where nothing was rated.
pub(super) fn history(id: &str, title: &str, history: &[PeriodCounts]) -> Markup {
    let x = across(history.len(), LEFT + 34.0, RIGHT - 34.0);
    let place = |(at, point): (usize, &PeriodCounts)| {
        point.counts.green_share().map(|share| (x(at), BOTTOM - share * (BOTTOM - TOP)))
    };
    let places: Vec<_> = history.iter().enumerate().map(place).collect();
    let runs = runs(places.iter().zip(history).map(|(place, point)| (*place, is_apart(point))));
    let breaks = (1..history.len()).filter(|at| is_apart(&history[*at]));
    let breaks = breaks.map(|at| (format!("{:.1}", f64::midpoint(x(at - 1), x(at))), &history[at]));
    let breaks: Vec<_> = breaks.collect();
    html! {
        svg.history role="img" aria-labelledby=(id) viewBox="0 0 720 204" {
            title id=(id) { (title) }
            @for (share, name) in [(0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")] {
                @let y = BOTTOM - share * (BOTTOM - TOP);
                line.grid x1=(LEFT) x2=(RIGHT) y1=(y) y2=(y) {}
                text.axis x=(LEFT - 8.0) y=(y + 4.0) text-anchor="end" { (name) }
            }
            @for (x, point) in &breaks {
                line.break x1=(x) x2=(x) y1=(TOP - 12.0) y2=(BOTTOM) {}
                @if point.has_other_members {
                    text.axis x=(x) y=(TOP - 14.0) text-anchor="middle" { (glyph::OTHER_MEMBERS) }
                }
            }
            @for run in runs.iter().filter(|run| run.len() > 1) {
                polygon.area points=(area(run)) {}
                polyline.line points=(path(run)) {}
            }
            @for (at, (place, point)) in places.iter().zip(history).enumerate() {
                @if let Some((x, y)) = place {
                    circle.dot.last[at + 1 == history.len()] cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="4.5" {}
                    text.value x=(format!("{x:.1}")) y=(format!("{:.1}", y - 11.0)) text-anchor="middle" {
                        (point.counts.green) "/" (point.counts.applicable())
                    }
                }
                text.axis x=(format!("{:.1}", x(at))) y=(BOTTOM + 22.0) text-anchor="middle" { (point.period.label) }
            }
        }
    }
}

/// What lies below a line.
fn area(run: &[ChartPlace]) -> String {
    let ends = [run.last(), run.first()].into_iter().flatten();
    let foot: Vec<_> = ends.map(|(x, _)| (*x, BOTTOM)).collect();
    format!("{} {}", path(run), path(&foot))
}

/// Numbers from 0 to 1 as a line in the size of a word.
pub(super) fn sparkline(id: &str, title: &str, history: &[PeriodCounts]) -> Markup {
    let x = across(history.len(), 4.0, 60.0);
    let place = |(at, point): (usize, &PeriodCounts)| point.bar.map(|height| (x(at), 17.0 - height * 14.0));
    let places: Vec<_> = history.iter().enumerate().map(place).collect();
    let runs = runs(places.iter().map(|place| (*place, false)));
    html! {
        svg.spark role="img" aria-labelledby=(id) viewBox="0 0 64 20" width="64" height="20" {
            title id=(id) { (title) }
            line.grid x1="2" x2="62" y1="17" y2="17" {}
            @for run in &runs { polyline.line points=(path(run)) {} }
            @if let Some(Some((x, y))) = places.last() {
                circle.dot cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="2.6" {}
            }
        }
    }
}

/// What was attained each month, beside the line of what was to be. A month that missed it is a cross, not a dot.
pub(super) fn attained(id: &str, title: &str, months: &[Option<&SloResult>]) -> Markup {
    let values =
        || months.iter().flatten().flat_map(|month| [month.objective.percent(), month.attained.percent()]);
    let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    let span = if high > low { high - low } else { 1.0 };
    let y = |value: f64| 35.0 - (value - low) / span * 26.0;
    let x = across(months.len(), 14.0, 106.0);
    let measured: Vec<_> = months.iter().enumerate().filter_map(|(at, it)| Some((x(at), (*it)?))).collect();
    let lines = runs(
        months
            .iter()
            .enumerate()
            .map(|(at, month)| (month.map(|month| (x(at), y(month.attained.percent()))), false)),
    );
    html! {
        svg.attained role="img" aria-labelledby=(id) viewBox="0 0 120 44" width="120" height="44" {
            title id=(id) { (title) }
            @for (x, month) in &measured {
                @let y = y(month.objective.percent());
                line.objective x1=(x - 12.0) x2=(x + 12.0) y1=(y) y2=(y) {}
            }
            @for run in &lines { polyline.line points=(path(run)) {} }
            @for (x, month) in &measured {
                @let y = y(month.attained.percent());
                @if month.is_met() {
                    circle.dot cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="3" {}
                } @else {
                    path.missed d=(format!("M{:.1} {:.1}l8 8m0 -8l-8 8", x - 4.0, y - 4.0)) {}
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::Period;
    use crate::model::{Date, ServiceId, Share};
    use crate::source::{FileId, Span};

    fn history_of(points: &[(Option<usize>, bool)]) -> String {
        let date = Date::new(2026, 1, 1).expect("a date");
        let point = |&(green, is_break): &(Option<usize>, bool)| PeriodCounts {
            period: Period { label: "p".to_owned(), as_of: date },
            counts: green.map_or_else(Counts::default, |green| Counts {
                green,
                red: 9 - green,
                ..Counts::default()
            }),
            bar: None,
            is_break,
            has_other_members: false,
        };
        history("id", "title", &points.iter().map(point).collect::<Vec<_>>()).into_string()
    }

    #[test]
    fn a_gap_is_a_gap() {
        let drawing = history_of(&[(Some(5), false), (Some(6), false), (None, false), (Some(7), false)]);
        assert_eq!(drawing.matches("<polyline").count(), 1, "{drawing}");
        assert_eq!(drawing.matches("<circle").count(), 3, "{drawing}");
    }

    #[test]
    fn no_line_runs_across_a_change_of_the_rubric() {
        let drawing = history_of(&[(Some(5), false), (Some(6), true)]);
        assert_eq!(drawing.matches("<polyline").count(), 0, "{drawing}");
        assert_eq!(drawing.matches(r#"class="break""#).count(), 1, "{drawing}");
    }

    #[test]
    fn nothing_applicable_is_an_empty_bar() {
        assert!(!bar(&Counts::default(), 0, 20).into_string().contains("NaN"));
    }

    #[test]
    fn a_missed_month_has_another_shape() {
        let month = |attained| SloResult {
            service: ServiceId::new("s").expect("an id"),
            slo: "availability".to_owned(),
            month: Date::new(2026, 10, 1).expect("a date"),
            objective: Share::parse("99.9%").expect("a share"),
            attained: Share::parse(attained).expect("a share"),
            span: Span { file: FileId::from_index(0), start: 0, end: 0 },
        };
        let (met, missed) = (month("99.95%"), month("99.5%"));
        let drawing = attained("id", "title", &[Some(&met), None, Some(&missed)]).into_string();
        assert_eq!(drawing.matches("<circle").count(), 1, "{drawing}");
        assert_eq!(drawing.matches("<path").count(), 1, "{drawing}");
    }
}
