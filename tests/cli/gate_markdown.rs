//! The gate's comment, as a code host renders it.

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};

use crate::support::{Estate, GOLDEN_THREAD, assessed, run_in, shop};

/// The text of every node that is no markup, with what the node is.
pub(crate) fn nodes(markdown: &str) -> Vec<(&'static str, String)> {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.footnotes = true;
    let root = parse_document(&arena, markdown, &options);
    let described = root.descendants().map(|node| {
        let value = &node.data.borrow().value;
        let is_layout = matches!(
            value,
            NodeValue::Document
                | NodeValue::Heading(_)
                | NodeValue::Paragraph
                | NodeValue::SoftBreak
                | NodeValue::List(_)
                | NodeValue::Item(_)
                | NodeValue::Strong
        );
        if is_layout {
            ("layout", String::new())
        } else if let NodeValue::Text(text) = value {
            ("text", text.to_string())
        } else if let NodeValue::Code(code) = value {
            ("code", code.literal.clone())
        } else if let NodeValue::CodeBlock(block) = value {
            ("block", block.literal.clone())
        } else {
            ("foreign", format!("{value:?}"))
        }
    });
    described.collect()
}

#[test]
fn no_backquote_is_shown_and_every_command_is_in_a_block() {
    let shop = run_in(&shop(), "gate --format markdown").out;
    let change = crate::gate_formats::estate().run("gate --base main --format markdown").out;
    for markdown in [shop, change] {
        let nodes = nodes(&markdown);
        for (kind, text) in &nodes {
            assert_ne!(*kind, "foreign", "{text}");
            assert!(*kind != "text" || !text.contains('`'), "{text}");
            assert!(*kind == "block" || !text.contains("fundamentals "), "{kind}: {text}");
        }
        assert!(nodes.iter().any(|(kind, text)| *kind == "block" && text.starts_with("fundamentals waive ")));
    }
}

#[test]
fn each_finding_is_said_once() {
    let out = crate::gate_formats::estate().run("gate --base main --format markdown").out;
    for title in
        ["Logging dropped from amber to red", "Metrics dropped from green to red", "the service is gone"]
    {
        assert_eq!(out.matches(title).count(), 1, "{title}: {out}");
    }
}

#[test]
fn texts_that_mean_harm_are_nothing_but_text() {
    let base = "a|`b`<b>@team,%0A##x";
    let out =
        crate::gate_hostile_text::estate().run_with(&["gate", "--base", base, "--format", "markdown"]).out;
    for (kind, text) in nodes(&out) {
        assert_ne!(kind, "foreign", "{text}");
        let harmless = |letter: char| letter.is_alphanumeric() || " -_./=…".contains(letter);
        assert!(kind != "code" || text.chars().all(harmless), "{text}");
        assert!(kind != "block" || text.starts_with("fundamentals "), "{text}");
    }
}

/// Services that dropped to red, each with a reason of so many letters.
fn dropped(count: usize, letters: usize) -> Estate {
    let reason = "é".repeat(letters);
    let now = format!("logging: {{ rag: red, because: \"{reason}\" }}");
    let history = assessed("2026-06-01", "logging: amber") + &assessed("2026-11-10", &now);
    let services = (0..count).map(|number| format!("api-{number:04}"));
    services.fold(Estate::empty(), |estate, id| estate.with_service(&id, GOLDEN_THREAD, &history))
}

#[test]
fn what_does_not_fit_a_comment_is_cut_by_whole_findings_and_counted() {
    for (count, letters) in [(500, 10), (300, 5_000), (1, 100_000)] {
        let run = dropped(count, letters).run("gate --format markdown");
        assert_eq!(run.code, 4);
        assert!(run.out.len() < 65_536, "{count}: {} bytes", run.out.len());
        let shown = run.out.matches("\n#### ").count();
        let whole = run.out.matches("\n- **what to do**: ").count();
        assert_eq!(shown, whole, "{count}: each finding is whole");
        let rest = run.out.split("\n… and ").nth(1).map_or(0, |rest| {
            assert!(rest.ends_with(" more findings: run\n\n```sh\nfundamentals gate\n```\n"), "{rest}");
            rest.split(' ').next().and_then(|number| number.parse().ok()).expect("a number")
        });
        assert_eq!(shown + rest, count);
        assert!(shown > 0, "{count}");
    }
}
