//! What several sections are made of: chips, names, tables, dates.

use maud::{Markup, html};

use super::links::{Leads, leads};
use crate::eval::{Counts, Member, RollUp, Status};
use crate::model::{Colour, Date, Pillar};
use crate::report::glyph;
use crate::text::plural;

/// "20 November 2026".
pub(super) fn long_date(date: Date) -> Markup {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let digits = date.to_string();
    let day = digits.rsplit('-').next().unwrap_or_default().trim_start_matches('0');
    let month = usize::try_from(date.month()).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    html! { time datetime=(digits) { (day) " " (month.copied().unwrap_or_default()) " " (date.year()) } }
}

/// The day as tables have it, or a dash.
pub(super) fn day(date: Option<Date>) -> Markup {
    html! {
        @if let Some(date) = date { (date) } @else { "–" }
    }
}

/// What needs a re-score looks the same, whatever it was before.
pub(super) const NEEDS_RESCORE: Status = Status::NeedsRescore(Colour::Green);

/// A status as a coloured letter, with its word for those who hear it.
pub(super) fn status_chip(status: Status) -> Markup {
    chip(status.word(), glyph::status(status), glyph::status_word(status))
}

/// A roll-up as a coloured letter.
pub(super) fn roll_up_chip(colour: RollUp) -> Markup {
    chip(colour.word(), glyph::roll_up(colour), glyph::roll_up_word(colour))
}

fn chip(colour: &str, sign: &str, word: &str) -> Markup {
    html! { span.chip data-colour=(colour) role="img" aria-label=(word) title=(word) { (sign) } }
}

/// A service's name, with its star.
pub(super) fn service_name(member: Member<'_>) -> Markup {
    html! {
        @if member.identity.golden_thread {
            span.star role="img" aria-label="Golden Thread" title="Golden Thread" { (glyph::GOLDEN_THREAD) }
        }
        (member.service.title)
    }
}

/// A service's name, and the platform that owns it.
pub(super) fn service(member: Member<'_>) -> Markup {
    html! { span.name { (service_name(member)) } " " small { (member.identity.platform) } }
}

/// A category's name, and its pillar.
pub(super) fn category(pillar: &Pillar, name: &str) -> Markup {
    html! { span.name { (name) } " " small { (pillar.title) } }
}

/// From this number of rows on, a table scrolls by itself, below heads that stay.
const LONG: usize = 25;

/// A table, or a drawing without rows, that scrolls sideways where there is no room for it.
pub(super) fn scroll(label: &str, rows: usize, wide: &Markup) -> Markup {
    html! { div.scroll.long[rows >= LONG] tabindex="0" role="region" aria-label=(label) { (wide) } }
}

/// The heads of columns.
pub(super) fn columns(names: &[&str]) -> Markup {
    html! { @for name in names { th scope="col" { (name) } } }
}

/// The heads of columns of numbers.
pub(super) fn numbers(names: &[&str]) -> Markup {
    html! { @for name in names { th.num scope="col" { (name) } } }
}

/// "13 red, 43 amber, 157 green of 213".
pub(super) fn tally(counts: &Counts) -> String {
    let Counts { red, amber, green, .. } = counts;
    format!("{red} red, {amber} amber, {green} green of {}", counts.applicable())
}

/// A list of services, of which no more are named at once; the rest can be unfolded.
pub(super) fn services<Named>(services: &[Named], at_once: usize, item: impl Fn(&Named) -> Markup) -> Markup {
    let (named, more) = services.split_at(services.len().min(at_once));
    html! {
        ul.services { @for service in named { li { (item(service)) } } }
        @if !more.is_empty() {
            details {
                summary { "and " (more.len()) " more" }
                ul.services { @for service in more { li { (item(service)) } } }
            }
        }
    }
}

/// "8 weeks".
pub(super) fn weeks(weeks: u32) -> String {
    plural(usize::try_from(weeks).unwrap_or(usize::MAX), "week", "weeks")
}

/// A field that leaves only the rows of a table in which a text occurs.
pub(super) fn filter(table: &str, label: &str) -> Markup {
    let id = format!("{table}-filter");
    html! {
        p.filter.needs-script {
            label for=(id) { (label) }
            input id=(id) type="search" data-filter-for=(table) autocomplete="off" spellcheck="false";
            output for=(id) aria-live="polite" data-filter-count-for=(table) {}
        }
    }
}

/// A number that counts, with its name: one of a row of them.
pub(super) fn figure(count: usize, name: &str) -> Markup {
    html! { div.zero[count == 0] { dt { (name) } dd { (count) } } }
}

/// A note that there is nothing to show.
pub(super) fn nothing(text: &str) -> Markup {
    html! { p.nothing { (text) } }
}

/// A text as a link, if its address may be one on a page that travels alone.
pub(super) fn link(href: &str, text: &str) -> Markup {
    html! {
        @match leads(href) {
            Leads::Elsewhere => { a href=(href) rel="noopener noreferrer" { (text) } },
            Leads::Here | Leads::Nowhere => { (text) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_said_as_people_say_it() {
        let date = Date::new(2026, 9, 3).expect("a date");
        assert_eq!(long_date(date).into_string(), r#"<time datetime="2026-09-03">3 September 2026</time>"#);
    }

    #[test]
    fn a_chip_has_a_letter_and_a_word_beside_its_colour() {
        let chip = status_chip(NEEDS_RESCORE).into_string();
        assert!(chip.contains(">?<") && chip.contains("to be re-scored"), "{chip}");
    }
}
