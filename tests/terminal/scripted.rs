//! A terminal that presses what a test says, and remembers what it was shown.

use std::collections::VecDeque;
use std::io;

use anstream::adapter::strip_str;
use anyhow::Result;
use fundamentals::dialog::{
    self, Cursor, Ending, Event, KeyPress, Preview, SessionHost, SessionScope, SessionSubject, Size, Terminal,
};
use fundamentals::eval::latest_state;
use fundamentals::load::load_texts;
use fundamentals::model::{Confirmation, Date, Estate, Scoring};

use crate::small_rubric::small_rubric;

/// A terminal without anybody.
pub(crate) struct Scripted {
    events: VecDeque<Event>,
    pub(crate) size: Size,
    /// What was shown last.
    pub(crate) screen: String,
    /// What stayed, in order.
    pub(crate) record: Vec<String>,
    /// Every text that was shown.
    pub(crate) shown: Vec<String>,
    pub(crate) is_open: bool,
}

impl Scripted {
    /// Presses these keys, and then nobody is there. `⏎` is Enter, `⎋` Escape, `␃` Ctrl-C, `␄` Ctrl-D.
    pub(crate) fn pressing(keys: &str, width: usize) -> Self {
        let key = |letter| match letter {
            '⏎' => KeyPress::Enter,
            '⎋' => KeyPress::Escape,
            '␃' => KeyPress::Interrupt,
            '␄' => KeyPress::EndOfInput,
            letter => KeyPress::Char(letter),
        };
        Self {
            events: keys.chars().map(|letter| Event::Key(key(letter))).collect(),
            size: Size { width: width + 1, height: 24 },
            screen: String::new(),
            record: Vec::new(),
            shown: Vec::new(),
            is_open: false,
        }
    }
}

impl Terminal for Scripted {
    fn open(&mut self) -> io::Result<()> {
        self.is_open = true;
        Ok(())
    }

    fn close(&mut self) -> io::Result<()> {
        self.is_open = false;
        Ok(())
    }

    fn size(&self) -> Size {
        self.size
    }

    fn show(&mut self, text: &str, _: Cursor) -> io::Result<()> {
        self.screen = strip_str(text).to_string();
        self.shown.push(self.screen.clone());
        Ok(())
    }

    fn settle(&mut self, text: &str) -> io::Result<()> {
        self.record.push(strip_str(text).to_string());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn next(&mut self) -> io::Result<Event> {
        assert!(self.is_open, "a terminal that isn't open is asked");
        Ok(self.events.pop_front().unwrap_or(Event::Gone))
    }
}

/// A desk that only remembers.
#[derive(Default)]
pub(crate) struct Notes {
    /// What was last to be kept.
    pub(crate) kept: Option<Scoring>,
    /// Why nothing can be written, if so.
    pub(crate) refusal: Option<String>,
}

impl SessionHost for Notes {
    fn keep(&mut self, scoring: &Scoring) -> Result<()> {
        self.kept = Some(scoring.clone());
        Ok(())
    }

    fn summary(&mut self, scoring: &Scoring, _: usize) -> Result<Preview> {
        let confirmed = match &scoring.confirmation {
            Confirmation::All => "all".to_owned(),
            Confirmation::These(these) => these.len().to_string(),
        };
        let text = || Preview::Text(format!("{} judged, {confirmed} confirmed", scoring.scores.len()));
        Ok(self.refusal.clone().map_or_else(text, Preview::Impossible))
    }
}

/// The day on which it is talked.
pub(crate) const TODAY: &str = "2026-11-21";

/// A version of a rubric: `lists` has lists and no amber; `tight` is tightened and `new` is new in the second; `tags` isn't asked
/// of everybody.
fn rubric(major: u32) -> String {
    let logs = r#"question = "When something breaks, can someone tell from the logs alone what failed, for which unit of work, and why?"
red = "At least one of the last three failures left no log line, left it only where the work ran, or lost it within 14 days."
amber = "The last three failures each left a line in one searchable place, kept 14 days, but as free text or without naming the unit of work."
green = "The last three failures each left a line within 5 minutes, kept 14 days, searchable by field: time, severity, version, unit of work, cause."
guidance = [{ title = "Logging guidance", href = "docs/guidance/logging.md" }]"#;
    let lists = r#"red = ["Nobody made a list.", "Or somebody did, and nobody has looked at it in the last twelve months."]
# no amber
green = ["There is a list.", "Everybody knows where it is, and the last person who looked at it changed something."]"#;
    let is_first = major == 1;
    let mut categories = vec![
        ("seeing/logs", logs),
        ("seeing/lists", lists),
        ("doing/shared", ""),
        ("doing/old", ""),
        ("doing/tight", if is_first { "" } else { "rescore = true" }),
        ("doing/tags", "applies-to = { tags = [\"none\"] }"),
    ];
    categories.extend((!is_first).then_some(("doing/new", "")));
    small_rubric(&format!("r@{major}"), "title = \"Test rubric\"", &categories)
}

/// `s` has a category in every state: `logs` amber and stale with a reason, `lists` red, `shared` inherited from `p`,
/// `old` green and fresh, `tight` to be re-scored, `new` never judged.
pub(crate) fn estate() -> Estate {
    let service = |id: &str, assessments: &str| {
        (
            format!("{id}.yaml"),
            format!(
                "service: {id}\ndomain: shop\nplatform: web\ncriticality: low\nassessments:\n{assessments}"
            ),
        )
    };
    let files = [
        service(
            "s",
            "  - date: 2026-01-05\n    rubric: r@1\n    scores:\n      logs: { rag: amber, because: Free text }\n      \
             lists: red\n      shared: { inherited-from: p }\n      old: green\n      tight: green\n  \
             - date: 2026-11-02\n    rubric: r@2\n    confirmed: [lists, old]\n",
        ),
        service("p", "  - { date: 2026-10-01, rubric: r@2, scores: { shared: green } }\n"),
        service(
            "fine",
            "  - { date: 2026-11-01, rubric: r@2, scores: { logs: green, lists: green, shared: amber, old: green, tight: green, new: green } }\n",
        ),
    ];
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let rubrics = [1, 2].map(rubric);
    let rubrics = [("r1.toml", rubrics[0].as_str()), ("r2.toml", &rubrics[1])];
    let mut loaded = load_texts(None, &rubrics, &files);
    fundamentals::check::check(&mut loaded, today());
    let errors: Vec<_> = loaded.problems.iter().map(|problem| &problem.title).collect();
    assert!(!loaded.problems.has_errors(), "{errors:?}");
    loaded.estate
}

pub(crate) fn today() -> Date {
    Date::parse(TODAY).expect("a day")
}

/// A conversation that is over.
pub(crate) struct Talked {
    pub(crate) ending: Ending,
    pub(crate) terminal: Scripted,
    pub(crate) notes: Notes,
}

/// Talks about a service.
pub(crate) struct Talk<'a> {
    pub(crate) service: &'a str,
    pub(crate) scope: SessionScope,
    pub(crate) width: usize,
    pub(crate) start: Option<Scoring>,
    pub(crate) refusal: Option<&'a str>,
}

impl Default for Talk<'_> {
    fn default() -> Self {
        Self { service: "s", scope: SessionScope::Urgent, width: 100, start: None, refusal: None }
    }
}

impl Talk<'_> {
    pub(crate) fn pressing(self, keys: &str) -> Talked {
        let estate = estate();
        let service = estate.service(self.service).expect("the service is there");
        let start = self.start.unwrap_or_else(|| Scoring {
            date: today(),
            rubric: latest_state(&estate, service, today()).rubric.key(),
            by: vec!["us".to_owned()],
            with: Vec::new(),
            scores: Vec::new(),
            confirmation: Confirmation::These(Vec::new()),
        });
        let mut terminal = Scripted::pressing(keys, self.width);
        let mut notes = Notes { refusal: self.refusal.map(str::to_owned), ..Notes::default() };
        let topic = SessionSubject { estate: &estate, service, today: today(), scope: self.scope };
        let ending = dialog::converse(&topic, start, &mut terminal, &mut notes).expect("it can be talked");
        assert!(!terminal.is_open, "the terminal is left as it was");
        Talked { ending, terminal, notes }
    }
}

/// Presses keys in a conversation about `s`.
pub(crate) fn talk(keys: &str) -> Talked {
    Talk::default().pressing(keys)
}

impl Talked {
    /// What is to be written.
    #[track_caller]
    pub(crate) fn written(&self) -> &Scoring {
        match &self.ending {
            Ending::Write(scoring) => scoring,
            ending @ (Ending::Left | Ending::Discard | Ending::Interrupted) => {
                panic!("{ending:?}\n{}", self.terminal.screen)
            }
        }
    }

    /// The first line of what was shown last that says which question it is.
    pub(crate) fn title(&self) -> &str {
        let mut lines = self.terminal.screen.lines();
        let first = lines.next().unwrap_or_default();
        if first.contains(" of ") { lines.next().unwrap_or_default() } else { first }
    }
}

/// `logs=red because … , old confirmed`: a scoring in a line.
pub(crate) fn said(scoring: &Scoring) -> String {
    use fundamentals::model::Verdict;
    let scores = scoring.scores.iter().map(|score| {
        let what = match &score.verdict {
            Verdict::Rated { colour, .. } => colour.word().to_owned(),
            Verdict::NotApplicable { .. } => "n/a".to_owned(),
            Verdict::Inherited { provider, .. } => format!("from {provider}"),
        };
        let because = score.verdict.because().map(|because| format!(" ({because})")).unwrap_or_default();
        format!("{}={what}{because}", score.category)
    });
    let confirmed = match &scoring.confirmation {
        Confirmation::All => vec!["all".to_owned()],
        Confirmation::These(these) => these.iter().map(ToString::to_string).collect(),
    };
    let confirmed = confirmed.iter().map(|id| format!("{id} confirmed"));
    scores.chain(confirmed).collect::<Vec<_>>().join(", ")
}
