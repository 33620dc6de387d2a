//! `fundamentals action add`, `action done` and `action list`

use super::change::{AppliedChange, Mode, change_service, finish, planned};
use super::open::{open, outcome};
use super::stop::{Result, Stop};
use super::{Context, filter, past};
use crate::cli::{ActionAddArgs, ActionDoneArgs, ActionListArgs};
use crate::edit::{self, NewAction};
use crate::eval::action_status;
use crate::model::{CategoryName, Date, Service};
use crate::report::service::{self as report, Actions};

pub(super) fn add(args: &ActionAddArgs, context: &mut Context<'_>) -> Result {
    let mode = Mode::of(args.dry_run);
    let changed = change_service(&args.service, mode, context, &mut |loaded, service, context| {
        let raised = args.raised.unwrap_or(context.today);
        past::refuse_retired(service, raised)?;
        let known = service.actions.iter().find(|action| action.what == args.what && action.done.is_none());
        if known.is_some() {
            let reason = format!("`{}` is an open action of {} already", args.what, service.id);
            return Err(Stop::usage(reason));
        }
        let category = args.category.as_deref();
        let category = category.map(|name| filter::category_of(name, &loaded.estate, service, context.today));
        let category: Option<CategoryName> = category.transpose()?;
        let action = NewAction {
            what: args.what.clone(),
            category,
            owner: args.owner.clone(),
            raised,
            due: args.due,
            target: args.target,
            support: args.support.clone(),
            because: args.because.clone(),
        };
        let file = loaded.sources.file(service.span.file);
        planned(edit::add_action(file.text(), &action), file.path())
    })?;
    let last = |service: &Service| service.actions.len().checked_sub(1);
    tell(&changed, last, mode, context)
}

pub(super) fn done(args: &ActionDoneArgs, context: &mut Context<'_>) -> Result {
    let mode = Mode::of(args.dry_run);
    let mut which = None;
    let changed = change_service(&args.service, mode, context, &mut |loaded, service, context| {
        let at = find(&args.action, service, context.today)?;
        which = Some(at);
        let file = loaded.sources.file(service.span.file);
        // An action that was raised where it is tomorrow already is not done before that day.
        let raised = loaded.as_written(service).actions[at].raised;
        let on = args.on.unwrap_or(context.today.max(raised));
        planned(edit::finish_action(file.text(), at, on), file.path())
    })?;
    tell(&changed, |_| which, mode, context)
}

/// The place of the action that a number or some words mean.
fn find(named: &str, service: &Service, today: Date) -> Result<usize> {
    let list = format!("`fundamentals action list {}` lists them", service.id);
    if let Ok(number) = named.parse::<usize>() {
        let at = number.checked_sub(1).filter(|at| *at < service.actions.len());
        let at = at.ok_or_else(|| Stop::usage(format!("{} has no action {number}; {list}", service.id)))?;
        return match service.actions[at].done {
            Some(done) => Err(Stop::usage(format!("action {number} was done on {done}"))),
            None => Ok(at),
        };
    }
    let words = named.to_lowercase();
    let open = service.actions.iter().enumerate();
    let open = open.filter(|(_, action)| action_status(action, today).is_open() && action.done.is_none());
    let named: Vec<_> = open.filter(|(_, action)| action.what.to_lowercase().contains(&words)).collect();
    match named.as_slice() {
        [(at, _)] => Ok(*at),
        [] => Err(Stop::usage(format!("no open action of {} says `{words}`; {list}", service.id))),
        several => {
            let several: Vec<_> =
                several.iter().map(|(at, action)| format!("{} ({})", at + 1, action.what)).collect();
            let several = several.join(", ");
            Err(Stop::usage(format!("several open actions say `{words}`: {several}; name one by its number")))
        }
    }
}

/// Shows the action at a place as it is now.
fn tell(
    changed: &AppliedChange,
    which: impl FnOnce(&Service) -> Option<usize>,
    mode: Mode,
    context: &mut Context<'_>,
) -> Result {
    finish(changed, mode, context, |context, out| {
        if let Some((_, service)) = changed.services() {
            let which = which(service).map_or(Actions::Open, Actions::At);
            report::render_actions(&changed.after.estate, service, which, context.today, context.width, out)?;
        }
        Ok(())
    })
}

pub(super) fn list(args: &ActionListArgs, context: &mut Context<'_>) -> Result {
    let loaded = open(context)?;
    let service = filter::service(&args.service, &loaded)?;
    let which = if args.all { Actions::All } else { Actions::Open };
    report::render_actions(&loaded.estate, service, which, context.today, context.width, context.out)?;
    Ok(outcome(&loaded))
}
