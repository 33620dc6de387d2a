//! `fundamentals explain`

use std::collections::BTreeSet;

use super::open::{open_rubrics, outcome};
use super::stop::{Result, Stop};
use super::{Context, Outcome};
use crate::cli::ExplainArgs;
use crate::diag::Code;
use crate::load::{self, EstateDir, Loaded};
use crate::model::{GateRule, Rubric};
use crate::report::explanation::{self as report, Explanation};
use crate::report::gate::about_rule;
use crate::text::{did_you_mean, sanitize_lines};

pub(super) fn run(args: &ExplainArgs, context: &mut Context<'_>) -> Result {
    let (code, rule) = (Code::from_name(&args.topic), GateRule::from_name(&args.topic));
    if let Some(code) = code {
        write!(context.out, "{}", code.page())?;
    }
    if let Some(rule) = rule {
        let between = if code.is_some() { "\n" } else { "" };
        writeln!(context.out, "{between}# {}, a rule of the gate\n\n{}", rule.name(), about_rule(rule))?;
    }
    if code.is_some() || rule.is_some() {
        return Ok(Outcome::Fine);
    }
    let loaded = open_rubrics(context)?;
    let Some(explanation) = report::build(&loaded.estate, &args.topic) else {
        let codes = Code::ALL.iter().map(|code| code.name());
        let categories = || loaded.estate.rubrics.categories();
        let ids = categories().map(|(_, category)| category.id.as_str());
        let rules = GateRule::ALL.iter().map(|rule| rule.name());
        let names: BTreeSet<_> =
            categories().map(|(rubric, category)| format!("{}/{}", rubric.id, category.id)).collect();
        let topics: Vec<_> = if args.topic.contains('/') {
            names.iter().map(String::as_str).collect()
        } else {
            codes.chain(rules).chain(ids).collect()
        };
        let otherwise = "`rubric show` lists categories, `gate --list` rules, and `check` names the codes";
        let help = did_you_mean(&args.topic, topics.iter().copied(), otherwise);
        let reason = format!("no code, rule or category is called `{}`: {help}", args.topic);
        return Err(Stop::usage(reason));
    };
    report::render(&explanation, context.width, context.out)?;
    let Explanation { rubric, category, .. } = explanation;
    for link in category.links() {
        if let Some(page) = page(&link.href, rubric, &loaded, &context.estate) {
            write!(context.out, "\n{page}")?;
        }
    }
    Ok(outcome(&loaded))
}

/// The page that a link leads to. Of two at the same path, that of the estate is meant by its own rubric.
fn page(href: &str, rubric: &Rubric, loaded: &Loaded, estate: &EstateDir) -> Option<String> {
    let file = loaded.sources.file(rubric.span.file).path();
    if loaded.is_own(rubric) && estate.has_page(file, load::page_path(href)) {
        let page = estate.own_page(file, href)?;
        return Some(format!("{}\n", sanitize_lines(page.trim_end())));
    }
    load::built_in_page(href).map(str::to_owned)
}
