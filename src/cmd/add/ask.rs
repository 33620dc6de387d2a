//! Asks what has to be known of a new service.

use std::io;

use super::super::required_fact::RequiredFact;
use super::ServiceAnswers;
use crate::dialog::{self, Answers, FormAnswer, FormQuestion, Reply, Session, Terminal, ask_line};
use crate::model::Estate;

/// Whether everything was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormEnding {
    Answered,
    /// By Ctrl-C, Esc, or the end of input.
    Left,
}

/// Asks for what is missing; and if something is, also for what is good to know.
pub(super) fn complete(
    wanted: &mut ServiceAnswers,
    estate: &Estate,
    terminal: &mut dyn Terminal,
) -> io::Result<FormEnding> {
    if wanted.missing(estate).is_empty() {
        return Ok(FormEnding::Answered);
    }
    let mut session = Session::open(terminal)?;
    let terminal = session.terminal();
    // What is answered may tell what comes next: a platform's domain, say.
    while let Some(fact) = wanted.missing(estate).first().copied() {
        let FormAnswer::Given(answer) = ask_line(&question(fact, &fact.known(estate), estate), terminal)?
        else {
            return Ok(FormEnding::Left);
        };
        *match fact {
            RequiredFact::Platform => &mut wanted.platform,
            RequiredFact::Domain => &mut wanted.domain,
            RequiredFact::Criticality => &mut wanted.criticality,
        } = Some(answer);
    }
    if !wanted.golden_thread && wanted.criticality(estate) == Some(estate.settings.criticality.top().name()) {
        match dialog::ask(
            "Is it on the Golden Thread: can customers not browse and buy without it?",
            terminal,
        )? {
            Reply::Yes => wanted.golden_thread = true,
            Reply::No => {}
            Reply::Ended => return Ok(FormEnding::Left),
        }
    }
    let optional = [("Its name for people", &mut wanted.title), ("Who to ask about it", &mut wanted.owner)];
    for (text, place) in optional {
        if place.is_some() {
            continue;
        }
        let question = FormQuestion { text, known: &[], answers: Answers::AnyOrNone, suggestion: "" };
        let FormAnswer::Given(answer) = ask_line(&question, terminal)? else { return Ok(FormEnding::Left) };
        *place = Some(answer).filter(|answer| !answer.is_empty());
    }
    Ok(FormEnding::Answered)
}

fn question<'q>(fact: RequiredFact, known: &'q [&'q str], estate: &Estate) -> FormQuestion<'q> {
    let (text, answers) = match fact {
        RequiredFact::Platform => ("The platform or team that owns it", Answers::Any),
        RequiredFact::Domain if estate.settings.domains.is_empty() => {
            ("The domain in which it is reviewed", Answers::Any)
        }
        RequiredFact::Domain => ("The domain in which it is reviewed", Answers::Known),
        RequiredFact::Criticality => ("What an outage would cost", Answers::Known),
    };
    FormQuestion { text, known, answers, suggestion: "" }
}
