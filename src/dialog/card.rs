//! One category as a screenful of text: what it is, and what each colour means.

use unicode_width::UnicodeWidthStr;

use super::round::Keep;
use super::words;
use crate::eval::{Standing, Urgency};
use crate::model::{Category, Colour, Date, Definition};
use crate::report::glyph::{self, styled};
use crate::text::{sanitize, wrap};

/// Narrower than this, definitions stand below one another.
const SIDE_BY_SIDE: usize = 76;
/// Spaces between two definitions.
const GAP: usize = 3;

/// Everything that a card shows.
pub(super) struct Card<'c> {
    pub category: &'c Category,
    pub pillar: &'c str,
    pub standing: &'c Standing<'c>,
    pub urgency: Option<Urgency>,
    pub keep: Keep,
    /// What was answered before, in words.
    pub entered: Option<String>,
    /// Which of how many.
    pub progress: (usize, usize),
    pub today: Date,
    pub stale_after_weeks: u32,
}

/// The card without its keys.
pub(super) fn render(card: &Card<'_>, width: usize) -> String {
    let mut lines = vec![title(card, width), wrap(&words::standing(card.standing, card.today), width, "  ")];
    if let Some(because) = card.standing.because() {
        lines.push(wrap(&format!("Last time, because: {}", sanitize(because)), width, "  "));
    }
    if let Some(entered) = &card.entered {
        lines.push(wrap(&format!("Entered: {entered}"), width, "  "));
    }
    let why = card.urgency.map(|urgency| words::urgency(urgency, card.stale_after_weeks).into_owned());
    let why = why.or_else(|| card.standing.provider.map(|provider| {
        format!("Theirs to judge: keep it, unless {provider} doesn't do this for you; a colour of your own replaces it.")
    }));
    lines.extend(why.map(|why| wrap(&why, width, "  ")));
    lines.push(String::new());
    if let Some(question) = &card.category.question {
        lines.push(wrap(&sanitize(question), width, ""));
        lines.push(String::new());
    }
    lines.push(definitions(card.category, width));
    let guidance = guidance(card.category, width);
    if !guidance.is_empty() {
        lines.push(format!("\n{guidance}"));
    }
    lines.join("\n")
}

/// Which of how many, where it belongs, and its name.
fn title(card: &Card<'_>, width: usize) -> String {
    let (at, of) = card.progress;
    let rule = words::rule(&format!("{at} of {of} · {}", sanitize(card.pillar)), width);
    let title = wrap(&sanitize(&card.category.title), width, "");
    format!("{rule}\n{}", styled(glyph::HEADING, &title))
}

fn guidance(category: &Category, width: usize) -> String {
    let guidance =
        category.guidance.iter().map(|guidance| wrap(&sanitize(&guidance.to_string()), width, "  "));
    guidance.collect::<Vec<_>>().join("\n")
}

/// The keys that a card answers to.
pub(super) fn keys(card: &Card<'_>, width: usize) -> String {
    let keep = match (&card.entered, card.keep) {
        (Some(_), _) | (None, Keep::Confirms | Keep::Inherits) => "[k]eep",
        (None, Keep::LeavesOpen) => "[k] leave open",
    };
    let amber = card.category.amber.is_some().then_some("[a]mber");
    let judge = ["[r]ed"].into_iter().chain(amber).chain(["[g]reen", "[n]ot applicable", keep]);
    words::keys(judge.chain(["[u]ndo", "[q] finish", "[?] help"]), width)
}

/// What the keys mean, in place of what the colours mean: both together are more than a screenful.
pub(super) fn help(card: &Card<'_>, width: usize) -> String {
    let keep = match (&card.entered, card.keep) {
        (Some(_), _) => "k  leave it as you entered it",
        (None, Keep::Confirms) => "k  looked at again, and it is as it was: its age begins anew",
        (None, Keep::LeavesOpen) => "k  leave it as it is, for another day",
        (None, Keep::Inherits) => "k  go on inheriting it; nothing is confirmed",
    };
    let lines = [
        "r  a  g  the colour whose definition holds in full; whatever falls short of amber is red",
        "n  makes no sense for this service; you are asked why",
        keep,
        "u  take the last answer back, and ask it again",
        "q  no more questions: see what it comes to, then write it or not",
        "Ctrl-C  stop; nothing is written, and what you entered is kept",
        &format!("`fundamentals explain {}` prints its guidance:", card.category.id),
    ];
    let lines = lines.map(|line| wrap(line, width, "   ")).join("\n");
    format!("{}\n\n{lines}\n{}", title(card, width), guidance(card.category, width))
}

fn definitions(category: &Category, width: usize) -> String {
    let definitions: Vec<_> = category.definitions().collect();
    if width < SIDE_BY_SIDE {
        let stacked = definitions.iter().map(|(colour, definition)| {
            let indented = width.saturating_sub(2);
            let text = statements(definition, indented).into_iter().map(|line| format!("  {line}"));
            let lines: Vec<_> = std::iter::once(words::colour(*colour)).chain(text).collect();
            lines.join("\n")
        });
        return stacked.collect::<Vec<_>>().join("\n");
    }
    let room = (width - GAP * (definitions.len() - 1)) / definitions.len();
    let columns: Vec<_> =
        definitions.iter().map(|(colour, definition)| column(*colour, definition, room)).collect();
    let height = columns.iter().map(Vec::len).max().unwrap_or(0);
    let row = |at: usize| {
        let cells = columns.iter().map(|column| column.get(at).cloned().unwrap_or_else(|| " ".repeat(room)));
        cells.collect::<Vec<_>>().join(&" ".repeat(GAP)).trim_end().to_owned()
    };
    (0..height).map(row).collect::<Vec<_>>().join("\n")
}

/// A colour's definition as lines of the same width.
fn column(colour: Colour, definition: &Definition, width: usize) -> Vec<String> {
    let heading = format!("{} {}", colour.letter(), colour.word());
    let spaces = " ".repeat(width.saturating_sub(heading.width()));
    let heading = format!("{}{spaces}", words::colour(colour));
    let text = statements(definition, width);
    let filled = text.iter().map(|line| format!("{line}{}", " ".repeat(width.saturating_sub(line.width()))));
    std::iter::once(heading).chain(filled).collect()
}

/// One statement is a sentence; several are a list.
fn statements(definition: &Definition, width: usize) -> Vec<String> {
    let (mark, indent) = if definition.statements.len() > 1 { ("- ", "  ") } else { ("", "") };
    let wrapped = |statement: &String| {
        let options = textwrap::Options::new(width).initial_indent(mark).subsequent_indent(indent);
        let options = options.word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::wrap(&sanitize(statement), options)
            .into_iter()
            .map(|line| line.into_owned())
            .collect::<Vec<_>>()
    };
    definition.statements.iter().flat_map(wrapped).collect()
}
