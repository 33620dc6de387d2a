//! `fundamentals import scores`

use crate::cli::ImportScoresArgs;
use crate::cmd::Context;
use crate::cmd::change::Mode;
use crate::cmd::score_table::{TableRequest, apply, finish, read_table};
use crate::cmd::stop::Result;
use crate::eval::{Contradictions, Repeats};
use crate::load::{BlankCells, FillUse, MapFile};

pub(in crate::cmd) fn run(args: &ImportScoresArgs, context: &mut Context<'_>) -> Result {
    let map = args.map.as_ref();
    let map = map.map(|path| MapFile::read(context.estate.named_file(path, context.stdin)));
    let request = TableRequest {
        file: read_table(&args.file, context),
        map,
        sheet: args.sheet.as_deref(),
        fills: if args.use_fill { FillUse::Read } else { FillUse::Ignore },
        date_order: args.date_order,
        date: args.date,
        rubric: args.rubric.as_deref(),
        service: None,
        options: None,
        by: &args.by,
        with: &[],
        blanks: BlankCells::Mapped,
        repeats: if args.confirm { Repeats::Confirm } else { Repeats::LeaveOut },
        contradictions: if args.replace { Contradictions::Replace } else { Contradictions::Refuse },
        mode: Mode::of(args.dry_run),
    };
    let applied = apply(&request, context)?;
    finish(&applied, request.mode, context)
}
