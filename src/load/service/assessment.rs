//! `assessments:` → [`Assessment`]s.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{
    Assessment, Category, Colour, Confirmed, Judgement, Rubric, RubricKey, ServiceId, Verdict,
};
use crate::source::{Entry, Node, ScalarStyle, Span, Spanned, Value};

use super::super::keys::{NOT_APPLICABLE, service as keys};
use super::super::rubric::help_for_unknown;
use super::super::table::{Table, text, wrong_type};
use super::super::values::{address, date, id_in, invalid_score, reason};
use super::{ReadContext, find_category};

/// All assessments that can be read, oldest first, and whether these are all there are.
pub(super) fn read_all(
    table: &Table<'_>,
    context: &ReadContext<'_>,
    problems: &mut Problems,
) -> (Vec<Assessment>, bool) {
    let nodes = table.items("assessments", problems);
    let mut assessments: Vec<_> = nodes.iter().filter_map(|node| read(node, context, problems)).collect();
    let is_complete = assessments.len() == nodes.len();
    // On one day, the order of different rubrics means nothing.
    assessments.sort_by_cached_key(|assessment| (assessment.date, assessment.rubric.key()));
    for same_day in assessments.chunk_by(|one, other| one.date == other.date) {
        for (at, again) in same_day.iter().enumerate() {
            if let Some(first) = same_day[..at].iter().find(|first| first.rubric.id == again.rubric.id) {
                report_same_date(first, again, problems);
            }
        }
    }
    (assessments, is_complete)
}

fn report_same_date(one: &Assessment, other: &Assessment, problems: &mut Problems) {
    let (first, second) = if one.span < other.span { (one, other) } else { (other, one) };
    let problem = Diagnostic::new(
        Code::DuplicateAssessment,
        format!("two assessments under {} on {}", one.rubric.id, one.date),
    );
    let problem = problem.at(second.span, "a second one").and(first.span, "the first one");
    problems.push(problem.help("join them into one, or correct the date"));
}

fn read(node: &Node, context: &ReadContext<'_>, problems: &mut Problems) -> Option<Assessment> {
    let head = Span { end: node.span.start, ..node.span };
    let table = Table::open(node, head, &keys::ASSESSMENT, problems)?;
    let date = date(&table, "date", problems);
    let rubric = read_rubric(&table, context, problems);
    let by = table.texts("by", problems).into_iter().map(|name| name.value).collect();
    let with = table.texts("with", problems).into_iter().map(|name| name.value).collect();
    let rubric = rubric?;
    let judgements = read_scores(&table, &rubric, problems);
    let confirmed = read_confirmed(&table, &rubric, problems);
    let Spanned { value: date, span } = date?;
    Some(Assessment { date, span, rubric, by, with, judgements, confirmed })
}

fn read_rubric(table: &Table<'_>, context: &ReadContext<'_>, problems: &mut Problems) -> Option<Arc<Rubric>> {
    let text = table.text("rubric", problems)?;
    let key = RubricKey::parse(&text.value);
    if key.as_ref().is_some_and(|key| context.broken.may_be(key)) {
        // The diagnostics of that rubric's own file explain it.
        return None;
    }
    let known = key.as_ref().and_then(|key| context.rubrics.get(key));
    if known.is_none() {
        let (title, label) = match key {
            Some(key) => (format!("unknown rubric `{key}`"), "no such rubric and major version"),
            None => (format!("`{}` does not name a rubric", text.value), "not of the form id@major"),
        };
        let help = help_for_unknown(&text.value, context.rubrics);
        problems.push(Diagnostic::new(Code::UnknownRubric, title).at(text.span, label).help(help));
    }
    known.cloned()
}

fn read_scores(table: &Table<'_>, rubric: &Rubric, problems: &mut Problems) -> Vec<Judgement> {
    match table.get("scores") {
        None => Vec::new(),
        Some(Node { value: Value::Table(entries), .. }) => read_entries(entries, rubric, problems),
        Some(node) => {
            let problem = wrong_type(node, "`scores` must be a table of categories");
            problems.push(problem.help("write a category and its colour on each line: `logging: green`"));
            Vec::new()
        }
    }
}

/// One judgement for each valid entry.
pub(in super::super) fn read_entries(
    entries: &[Entry],
    rubric: &Rubric,
    problems: &mut Problems,
) -> Vec<Judgement> {
    entries.iter().filter_map(|entry| read_score(entry, rubric, problems)).collect()
}

fn read_score(entry: &Entry, rubric: &Rubric, problems: &mut Problems) -> Option<Judgement> {
    let found = find_category(&entry.key, &[rubric], problems);
    let long = match &entry.node.value {
        Value::Table(_) => Some(read_long_form(&entry.node, entry.key.span, problems)?),
        Value::Null | Value::Scalar(..) | Value::List(_) => None,
    };
    let (rag, because, evidence, note, provider) = match long {
        Some(long) => (long.rag, long.because, long.evidence, long.note, long.provider),
        None => (Some(&entry.node), None, Vec::new(), None, None),
    };
    let verdict = match (rag, provider) {
        (Some(rag), None) => {
            let category = found.map(|(rubric, category)| rubric.category(category));
            rated(rag, because, entry, category, rubric, problems)?
        }
        (None, Some(provider)) => Verdict::Inherited { provider, because: because.map(|text| text.value) },
        (Some(_), Some(_)) => {
            let problem =
                Diagnostic::new(Code::ConflictingScore, format!("`{}` has two scores", entry.key.value));
            let problem = problem.at(entry.key.span, "both a `rag` of its own and `inherited-from`");
            problems.push(problem.help("keep `rag` if this service does it itself, else `inherited-from`"));
            return None;
        }
        (None, None) => {
            let problem =
                Diagnostic::new(Code::ConflictingScore, format!("`{}` has no score", entry.key.value));
            let problem = problem.at(entry.key.span, "neither `rag` nor `inherited-from`");
            problems.push(problem.help("add `rag: red`, `amber`, `green` or `not-applicable`"));
            return None;
        }
    };
    Some(Judgement { category: found?.1, verdict, evidence, note, span: entry.key.span })
}

struct LongForm<'n> {
    rag: Option<&'n Node>,
    because: Option<Spanned<String>>,
    evidence: Vec<String>,
    note: Option<String>,
    provider: Option<ServiceId>,
}

fn read_long_form<'n>(node: &'n Node, head: Span, problems: &mut Problems) -> Option<LongForm<'n>> {
    let table = Table::open(node, head, &keys::SCORE, problems)?;
    let evidence = table.texts("evidence", problems);
    for link in evidence.iter().filter(|link| link.value.contains(':') && !link.value.contains(' ')) {
        address(link, problems);
    }
    let provider = id_in(&table, "inherited-from", ServiceId::new, problems);
    // Reported already: that it can't be read doesn't mean that nothing was written.
    let is_unreadable = provider.is_none() && table.get("inherited-from").is_some();
    let long = LongForm {
        rag: table.mentions("rag").map(|entry| &entry.node),
        because: table.text("because", problems).filter(|text| !text.value.trim().is_empty()),
        evidence: evidence.into_iter().map(|link| link.value).collect(),
        note: table.text("note", problems).map(|note| note.value),
        provider,
    };
    (!is_unreadable).then_some(long)
}

/// A colour or not-applicable; `category` is `None` where the category is unknown, which is reported already.
fn rated(
    rag: &Node,
    because: Option<Spanned<String>>,
    entry: &Entry,
    category: Option<&Category>,
    rubric: &Rubric,
    problems: &mut Problems,
) -> Option<Verdict> {
    let word = match &rag.value {
        Value::Scalar(word, ScalarStyle::Plain | ScalarStyle::Text) => word.as_str(),
        Value::Scalar(_, ScalarStyle::Literal) | Value::Null | Value::List(_) | Value::Table(_) => "",
    };
    if word == NOT_APPLICABLE {
        let title = |why: &str| {
            let title = format!("`{}` is not applicable for {why}", entry.key.value);
            Diagnostic::new(Code::MissingBecause, title)
        };
        let Some(because) = because else {
            let example = format!("{}: {{ rag: not-applicable, because: … }}", entry.key.value);
            let problem = title("no given reason").at(rag.span, "needs a `because`");
            let problem = problem.help(format!("say why it makes no sense here: `{example}`"));
            problems.push(problem.help("if another service does it for you, use `inherited-from` instead"));
            return None;
        };
        let because = reason(because, title("a reason that says nothing"), problems)?;
        return Some(Verdict::NotApplicable { because: because.value });
    }
    let Some(colour) = Colour::from_word(word) else {
        // Where nothing is written there is nothing to point at but the key.
        let at = if rag.value == Value::Null { entry.key.span } else { rag.span };
        invalid_score(rag, at, problems);
        return None;
    };
    if let Some(category) = category
        && category.definition(colour).is_none()
    {
        let title = format!("{} has no definition of {colour} for `{}`", rubric.key(), category.id);
        let defined = Colour::ALL.into_iter().filter(|colour| category.definition(*colour).is_some());
        let defined: Vec<_> = defined.map(|colour| format!("`{colour}`")).collect();
        let problem = Diagnostic::new(Code::UndefinedColour, title).at(rag.span, "not defined here");
        let asks = format!("`fundamentals rubric show {}` says what they ask for", rubric.key());
        problems.push(problem.help(format!("choose {}; {asks}", defined.join(" or "))));
        return None;
    }
    Some(Verdict::Rated { colour, because: because.map(|text| text.value) })
}

fn read_confirmed(table: &Table<'_>, rubric: &Rubric, problems: &mut Problems) -> Confirmed {
    let Some(node) = table.get("confirmed") else { return Confirmed::Nothing };
    match &node.value {
        Value::Scalar(word, _) if word == "all" => Confirmed::All(node.span),
        Value::List(items) => {
            let names = items
                .iter()
                .filter_map(|item| text(item, "every category in `confirmed`", problems))
                .collect::<Vec<_>>();
            let found = names.iter().filter_map(|name| {
                let (_, category) = find_category(name, &[rubric], problems)?;
                Some((category, name.span))
            });
            Confirmed::These(found.collect())
        }
        Value::Null | Value::Scalar(..) | Value::Table(_) => {
            let problem = wrong_type(node, "`confirmed` must be `all` or a list of categories");
            problems.push(
                problem.help("write `confirmed: all`, or for example `confirmed: [metrics, runbooks]`"),
            );
            Confirmed::Nothing
        }
    }
}
