//! `fundamentals explain`

use anyhow::Result;

use super::open::{open_rubrics, outcome};
use super::{Context, Outcome};
use crate::cli::ExplainArgs;
use crate::diag::{Code, did_you_mean, harmless_lines};
use crate::load::{self, Loaded, Request};
use crate::model::Rubric;
use crate::report::explanation::{self as report, Explanation};

pub(super) fn run(args: &ExplainArgs, context: &mut Context<'_>) -> Result<Outcome> {
    if let Some(code) = Code::from_name(&args.topic) {
        write!(context.out, "{}", code.page())?;
        return Ok(Outcome::Fine);
    }
    let loaded = open_rubrics(context)?;
    let Some(explanation) = report::build(&loaded.estate, &args.topic) else {
        let codes = Code::ALL.iter().map(|code| code.name());
        let ids = loaded.estate.rubrics.categories().map(|(_, category)| category.id.as_str());
        let topics: Vec<_> = codes.chain(ids).collect();
        let otherwise = "`fundamentals rubric show` lists the categories, and `check` names the codes";
        let help = did_you_mean(&args.topic, topics.iter().copied(), otherwise);
        let reason = format!("no code or category is called `{}`: {help}", args.topic);
        return context.refuse(Outcome::WrongUsage, &reason);
    };
    report::render(&explanation, context.width, context.out)?;
    let Explanation { rubric, category, .. } = explanation;
    for link in &category.guidance {
        if let Some(page) = page(&link.href, rubric, &loaded, context.request()) {
            write!(context.out, "\n{page}")?;
        }
    }
    Ok(outcome(&loaded))
}

/// The page that a link leads to. Of two at the same path, that of the estate is meant by its own rubric.
fn page(href: &str, rubric: &Rubric, loaded: &Loaded, request: Request<'_>) -> Option<String> {
    let file = loaded.sources.file(rubric.span.file).path();
    if loaded.is_own(rubric) && load::has_page(request, file, load::page_path(href)) {
        let page = load::own_page(request, file, href)?;
        return Some(format!("{}\n", harmless_lines(page.trim_end())));
    }
    load::built_in_page(href).map(str::to_owned)
}
