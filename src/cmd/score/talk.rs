//! The conversation of `fundamentals score`, and the draft that it keeps.

use anyhow::{Context as _, Result};

use super::draft::{DraftFile, StoredDraft};
use crate::cmd::{Context, Verbosity};
use crate::dialog::{
    self, Ending, Preview, Reply, Session, SessionHost, SessionScope, SessionSubject, Terminal,
};
use crate::eval::{RubricState, service_state_in};
use crate::load::Loaded;
use crate::model::{Scoring, Service};
use crate::text::{plural, sanitize, sanitize_lines, wrap};

/// Previews what writing a scoring would change, at a width.
pub(super) type PreviewFn<'s> = dyn FnMut(&Scoring, usize) -> Result<Preview> + 's;

/// Talks about a service at the terminal that there is, taking up what was entered before. Says how it ended, unless
/// there is something to write; then [`forget_draft`] follows once it is written.
pub(super) fn talk(
    loaded: &Loaded,
    service: &Service,
    start: Scoring,
    scope: SessionScope,
    context: &mut Context<'_>,
    summary: &mut PreviewFn<'_>,
) -> Result<Ending> {
    let estate = &loaded.estate;
    let rubric = estate.rubrics.get(&start.rubric).context("the rubric in force is among the rubrics")?;
    let state = service_state_in(estate, service, start.date, rubric);
    let file = draft_file(loaded, service, context)?;
    let terminal = context.terminal.as_deref_mut().context("there is no terminal to ask at")?;
    let mut session = Session::open(terminal).context("failed to open the terminal")?;
    let mut clerk = DraftKeeper { state: &state, file: file.as_ref(), kept: Kept::Nothing, summary };
    let ending = match clerk.take_up(start, session.terminal())? {
        Some(start) => {
            let topic = SessionSubject { estate, service, today: start.date, scope };
            dialog::converse(&topic, start, session.terminal(), &mut clerk)?
        }
        None => Ending::Interrupted,
    };
    drop(session);
    let kept = clerk.kept;
    if ending == Ending::Discard
        && let Some(file) = &file
    {
        file.remove()?;
    }
    say_ending(&ending, kept, service, context)?;
    Ok(ending)
}

/// Removes the draft of a service, once what it held is written.
pub(super) fn forget_draft(loaded: &Loaded, service: &Service, context: &Context<'_>) -> Result<()> {
    draft_file(loaded, service, context)?.map_or(Ok(()), |file| file.remove())
}

fn draft_file(loaded: &Loaded, service: &Service, context: &Context<'_>) -> Result<Option<DraftFile>> {
    let path = context.estate.path(loaded.sources.file(service.span.file).path());
    let state_dir = context.state_dir.as_ref();
    state_dir.map(|state_dir| DraftFile::of(state_dir, &service.id, &path)).transpose()
}

fn say_ending(ending: &Ending, kept: Kept, service: &Service, context: &mut Context<'_>) -> Result<()> {
    let said = match (ending, kept) {
        (Ending::Write(_), _) => return Ok(()),
        (Ending::Discard, _) => "Nothing was written, and what you entered is forgotten.".to_owned(),
        (Ending::Left | Ending::Interrupted, Kept::Nothing) => "Nothing was written.".to_owned(),
        (Ending::Left | Ending::Interrupted, Kept::Draft) => format!(
            "Nothing was written. What you entered is kept:\n`fundamentals score {}` takes it up again.",
            service.id
        ),
        (Ending::Left | Ending::Interrupted, Kept::Failed(error)) => {
            format!("Nothing was written, nor could what you entered be kept: {error}")
        }
    };
    if context.verbosity != Verbosity::Quiet {
        writeln!(context.err, "{}", wrap(&sanitize_lines(&said), context.width, ""))?;
    }
    Ok(())
}

/// What became of the answers so far.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kept {
    Nothing,
    Draft,
    Failed(String),
}

/// Keeps the draft.
struct DraftKeeper<'c> {
    state: &'c RubricState<'c>,
    /// Where; `None` where the user has no folder for such things.
    file: Option<&'c DraftFile>,
    kept: Kept,
    summary: &'c mut PreviewFn<'c>,
}

impl DraftKeeper<'_> {
    /// What to begin with: what was entered before, if it is wanted. `None` if the question wasn't answered.
    fn take_up(&mut self, start: Scoring, terminal: &mut dyn Terminal) -> Result<Option<Scoring>> {
        let Some(file) = self.file else {
            terminal.settle("There is no folder for drafts: what you enter is lost unless it is written.")?;
            return Ok(Some(start));
        };
        let draft = match file.read() {
            StoredDraft::Nothing => return Ok(Some(start)),
            StoredDraft::Unusable(why) => {
                terminal.settle(&format!("There is a draft, and it is not used: {}.", sanitize(&why)))?;
                return Ok(Some(start));
            }
            StoredDraft::Draft(draft) => draft,
        };
        let (resumed, left_out) = draft.take_up(start.clone(), self.state);
        for left_out in &left_out {
            let (category, why) = (sanitize(&left_out.category), left_out.why);
            terminal.settle(&format!("Not taken from the draft: `{category}` {why}."))?;
        }
        let count = draft.answers.len() - left_out.len();
        if count == 0 {
            return Ok(Some(start));
        }
        let day = draft.entered().map_or_else(|| "Some time ago".to_owned(), |day| format!("On {day}"));
        let answers = plural(count, "answer that was", "answers that were");
        let them = if count == 1 { "it" } else { "them" };
        let question = format!("{day} you entered {answers} not written. Take {them} up?");
        Ok(match dialog::ask(&question, terminal)? {
            Reply::Yes => {
                self.kept = Kept::Draft;
                Some(resumed)
            }
            Reply::No => Some(start),
            Reply::Ended => {
                self.kept = Kept::Draft;
                None
            }
        })
    }
}

impl SessionHost for DraftKeeper<'_> {
    fn keep(&mut self, scoring: &Scoring) -> Result<()> {
        let Some(file) = self.file else { return Ok(()) };
        // An older draft that wasn't wanted is there until there is something better.
        if scoring.is_empty() && self.kept == Kept::Nothing {
            return Ok(());
        }
        let (done, kept) = if scoring.is_empty() {
            (file.remove(), Kept::Nothing)
        } else {
            (file.write(scoring, self.state), Kept::Draft)
        };
        // The session is worth more than its draft: it goes on, and the error is shown at its end.
        self.kept = done.map_or_else(|error| Kept::Failed(format!("{error:#}")), |()| kept);
        Ok(())
    }

    fn summary(&mut self, scoring: &Scoring, width: usize) -> Result<Preview> {
        (self.summary)(scoring, width)
    }
}
