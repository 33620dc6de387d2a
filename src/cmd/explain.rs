//! `fundamentals explain`

use anyhow::Result;

use super::{Context, Outcome, filter};
use crate::cli::ExplainArgs;
use crate::diag::{Code, harmless};
use crate::load::{self, Request, Stdin};
use crate::report::rubric as report;

pub(super) fn run(args: &ExplainArgs, context: &mut Context<'_>) -> Result<Outcome> {
    if let Some(code) = Code::from_name(&args.topic) {
        write!(context.out, "{}", code.page())?;
        return Ok(Outcome::Fine);
    }
    let request = Request {
        current_dir: &context.current_dir,
        start: &context.start,
        named: &[],
        stdin: Stdin::Unused,
    };
    let loaded = load::load(request);
    let mut categories = loaded.estate.rubrics.categories();
    let Some((rubric, category)) = categories.find(|(_, category)| category.id.as_str() == args.topic) else {
        let codes = Code::ALL.iter().map(|code| code.name());
        let ids = loaded.estate.rubrics.categories().map(|(_, category)| category.id.as_str());
        let message = filter::unknown("code or category", &args.topic, &codes.chain(ids).collect());
        writeln!(context.err, "error: {message}")?;
        return Ok(Outcome::WrongUsage);
    };
    report::render_category(category, context.width, context.out)?;
    let pillar = harmless(&rubric.pillar_of(category).title);
    writeln!(context.out, "\nAsked by {} under {pillar}.", rubric.key())?;
    for page in category.guidance.iter().filter_map(|link| load::built_in_page(&link.href)) {
        write!(context.out, "\n{page}")?;
    }
    Ok(Outcome::Fine)
}
