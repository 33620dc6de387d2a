//! Problems as rustc shows them: title, place, source line, caret, help.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Padding, Renderer, Snippet,
    renderer::DecorStyle,
};
use anstream::adapter::strip_str;

use super::{Diagnostic, Label, Place, Problems, Severity};
use crate::source::{SourceFile, Sources};
use crate::text::{sanitize, sanitize_lines};

/// Always styled; the stream that it is written to takes the styles away where they are not wanted.
pub(super) fn render(
    problems: &Problems,
    sources: &Sources,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii).term_width(width);
    for problem in problems.iter() {
        let text = renderer.render(&[group(problem, sources)]);
        text.lines().try_for_each(|line| writeln!(out, "{}", without_colons(line)))?;
        writeln!(out)?;
    }
    Ok(())
}

/// A line of the renderer, whose mark of a second file, `:::`, a build server may take for a command.
fn without_colons(line: &str) -> Cow<'_, str> {
    match line.split_once(":::") {
        Some((before, path)) if strip_str(before).to_string().trim().is_empty() => {
            format!("{before}-->{path}").into()
        }
        Some(_) | None => line.into(),
    }
}

fn group<'s>(problem: &'s Diagnostic, sources: &'s Sources) -> Group<'s> {
    let level = match problem.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(sanitize(&problem.title)).id(problem.code.name());
    let places = problem.at.iter().map(|label| (label, AnnotationKind::Primary));
    let related = problem.related.iter().map(|label| (label, AnnotationKind::Context));
    let help = problem.help.iter().map(|text| Level::HELP.message(sanitize(text)));
    Group::with_title(title).elements(snippets(places.chain(related).collect(), sources)).elements(help)
}

/// One snippet a file, holding every label in that file, so that two places of one file are shown in their order –
/// unless they are far apart.
fn snippets<'s>(labels: Vec<(&'s Label, AnnotationKind)>, sources: &'s Sources) -> Vec<Element<'s>> {
    let mut elements = Vec::new();
    let mut rest = labels;
    while let Some((first, _)) = rest.first() {
        let file_id = first.place.file();
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|(label, _)| label.place.file() == file_id);
        rest = elsewhere;
        let file = sources.file(file_id);
        let path = sanitize(file.path());
        let spans: Vec<_> = here.iter().filter_map(|(label, kind)| annotated(label, *kind, file)).collect();
        if spans.is_empty() {
            elements.push(Origin::path(path).into());
            elements.push(Padding.into());
            continue;
        }
        let (from, to) = extent(&spans);
        let parts =
            if to - from > FAR { spans.into_iter().map(|span| vec![span]).collect() } else { vec![spans] };
        elements.extend(parts.into_iter().map(|spans| snippet(spans, file).path(path.clone()).into()));
    }
    elements
}

/// Bytes between two places above which each is shown by itself: the renderer scans all that lies between.
const FAR: usize = 16 * 1024;

type Annotated<'s> = (Range<usize>, &'s str, AnnotationKind);

/// Where the first of these places begins and the last one ends.
fn extent(spans: &[Annotated<'_>]) -> (usize, usize) {
    let from = spans.iter().map(|(range, _, _)| range.start).min().unwrap_or(0);
    (from, spans.iter().map(|(range, _, _)| range.end).max().unwrap_or(0))
}

/// The lines from the first to the last of these places.
fn snippet<'s>(spans: Vec<Annotated<'s>>, file: &'s SourceFile) -> Snippet<'s, Annotation<'s>> {
    let (from, to) = extent(&spans);
    let excerpt = file.excerpt(from..to, 0);
    let base = from - excerpt.range.start;
    // What is made visible may be longer than what it stands for.
    let carry = |offset: usize| sanitize_lines(&excerpt.text[..offset - base]).len();
    let mut snippet = Snippet::source(sanitize_lines(excerpt.text)).line_start(excerpt.first_line);
    for (range, text, kind) in spans {
        let annotation = kind.span(carry(range.start)..carry(range.end));
        let text = sanitize(text);
        snippet = snippet.annotation(if text.is_empty() { annotation } else { annotation.label(text) });
    }
    snippet
}

/// The label's range, clamped to the text and to its first line: a caret under ten lines says less than one.
fn annotated<'s>(label: &'s Label, kind: AnnotationKind, file: &SourceFile) -> Option<Annotated<'s>> {
    let Place::Span(span) = label.place else { return None };
    let excerpt = file.excerpt(span.range(), 0);
    let base = (span.start as usize).min(file.text().len()) - excerpt.range.start;
    let marked = &excerpt.text[excerpt.range.clone()];
    let first_line = marked.split(['\n', '\r']).next().unwrap_or_default();
    let start = base + excerpt.range.start;
    Some((start..start + first_line.len(), &label.text, kind))
}
