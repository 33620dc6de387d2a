//! `fundamentals report`

use std::path::Path;

use super::open::{open_until, outcome};
use super::stop::{Result, Stop};
use super::{Context, filter, output};
use crate::cli::{FilterArgs, ReportArgs, ReportSince, ScopeArgs};
use crate::eval::Selection;
use crate::load::Loaded;
use crate::model::Date;
use crate::report::review::{self as report, PackFormat, PackRequest, Section};
use crate::report::{TableFormat, upcoming};

pub(super) fn run(args: &ReportArgs, context: &mut Context<'_>) -> Result {
    let (loaded, today) = open_until(args.until, context)?;
    let estate = &loaded.estate;
    let selection = filter::selection(&args.filter, estate, None)?;
    if args.upcoming {
        return upcoming(args, &selection, &loaded, today, context);
    }
    let (format, since) = (format(args)?, since(args, today)?);
    let domain = if let [only] = selection.domains.as_slice() { Some(only) } else { None };
    check_sections(&args.section, domain.is_some(), format)?;
    let filters = chosen(&args.filter);
    let command = command(args, today);
    let request = PackRequest {
        estate,
        selection: &selection,
        domain,
        since,
        today,
        sections: &args.section,
        filters: filters.as_deref(),
        command: &command,
    };
    let review = request.review();
    if review.services.is_empty()
        && review.departed.is_empty()
        && selection.services(estate, today).is_empty()
    {
        return Err(Stop::invalid(filter::no_service_left(estate)));
    }
    let pack = request.pack(&review);
    if pack.is_empty() {
        return Err(Stop::invalid(filter::NO_CATEGORY_LEFT));
    }
    let (output, width) = (args.output.as_deref(), context.width);
    match output::file(output) {
        // A spreadsheet is no text.
        Some(path) if format == PackFormat::Xlsx => {
            let mut workbook = Vec::new();
            report::render(&pack, format, width, &mut workbook)?;
            output::write_bytes(path, context, &workbook)?;
        }
        Some(_) | None => {
            output::write_text(output, context, |out| report::render(&pack, format, width, out))?;
        }
    }
    Ok(outcome(&loaded))
}

/// Which domain is reviewed when.
fn upcoming(
    args: &ReportArgs,
    selection: &Selection,
    loaded: &Loaded,
    today: Date,
    context: &mut Context<'_>,
) -> Result {
    let format = match format(args)? {
        PackFormat::Table => TableFormat::Table,
        PackFormat::Markdown => TableFormat::Markdown,
        PackFormat::Csv => TableFormat::Csv,
        PackFormat::Json => TableFormat::Json,
        PackFormat::Html | PackFormat::Xlsx => {
            return Err(Stop::usage("--upcoming is printed as table, markdown, csv or json"));
        }
    };
    let list = upcoming::build(&loaded.estate, selection, today);
    let (output, width) = (args.output.as_deref(), context.width);
    output::write_text(output, context, |out| upcoming::render(&list, format, width, out))?;
    Ok(outcome(loaded))
}

/// How the pack is shown: as asked, or as the name of its file says.
fn format(args: &ReportArgs) -> Result<PackFormat> {
    let extension = args.output.as_deref().and_then(Path::extension).and_then(|extension| extension.to_str());
    let by_name = match extension {
        Some("html" | "htm") => Some(PackFormat::Html),
        Some("md" | "markdown") => Some(PackFormat::Markdown),
        Some("csv") => Some(PackFormat::Csv),
        Some("json") => Some(PackFormat::Json),
        Some("xlsx") => Some(PackFormat::Xlsx),
        Some(_) | None => None,
    };
    let format = args.format.or(by_name).unwrap_or(PackFormat::Table);
    if format == PackFormat::Xlsx && output::file(args.output.as_deref()).is_none() {
        return Err(Stop::usage("a spreadsheet is not for standard output: name a file with `-o pack.xlsx`"));
    }
    Ok(format)
}

fn since(args: &ReportArgs, today: Date) -> Result<Option<Date>> {
    match args.since {
        ReportSince::LastReview => Ok(None),
        ReportSince::Day(day) if day >= today => {
            let end = args.until.map_or(format!("today, {today}"), |until| until.to_string());
            Err(Stop::usage(format!("--since {day} is not before {end}")))
        }
        ReportSince::Day(day) => Ok(Some(day)),
    }
}

/// What is wrong with the sections that were asked for, if anything.
fn check_sections(sections: &[Section], has_domain: bool, format: PackFormat) -> Result<()> {
    let (there, whose): (&[Section], _) = if has_domain {
        (&Section::OF_DOMAIN, "a domain's pack")
    } else {
        (&Section::OF_ESTATE, "a summary; name one `--domain` for its pack")
    };
    if let Some(missing) = sections.iter().find(|section| !there.contains(section)) {
        return Err(Stop::usage(format!("there is no section `{}` in {whose}", missing.id())));
    }
    if format == PackFormat::Csv && sections.len() > 1 {
        return Err(Stop::usage("CSV is one table: ask for one `--section`"));
    }
    Ok(())
}

/// The filters, as they were given, but for the domain; `None` without any.
fn chosen(filter: &FilterArgs) -> Option<String> {
    let flags: Vec<_> =
        filter_flags(filter).into_iter().filter(|flag| !flag.starts_with("--domain ")).collect();
    (!flags.is_empty()).then(|| flags.join(" "))
}

/// The filters as flags.
fn filter_flags(filter: &FilterArgs) -> Vec<String> {
    let FilterArgs { scope, rubric } = filter;
    let ScopeArgs { domain, platform, service, pillar, category, criticality, tag, golden_thread } = scope;
    let lists = [
        ("--domain", domain),
        ("--platform", platform),
        ("--service", service),
        ("--pillar", pillar),
        ("--category", category),
        ("--criticality", criticality),
        ("--tag", tag),
        ("--rubric", rubric),
    ];
    let given = lists.into_iter().filter(|(_, values)| !values.is_empty());
    let mut flags: Vec<_> =
        given.map(|(flag, values)| format!("{flag} {}", quoted(&values.join(",")))).collect();
    flags.extend(golden_thread.then(|| "--golden-thread".to_owned()));
    flags
}

/// The command that makes the same pack again. Where it is written isn't part of it, nor is the format: all formats show
/// the same.
fn command(args: &ReportArgs, today: Date) -> String {
    let mut words = vec![match args.until {
        Some(until) => format!("fundamentals report --until {until}"),
        None => format!("fundamentals --today {today} report"),
    }];
    words.extend(filter_flags(&args.filter));
    if let ReportSince::Day(day) = args.since {
        words.push(format!("--since {day}"));
    }
    let sections: Vec<_> = args.section.iter().map(|section| section.id()).collect();
    if !sections.is_empty() {
        words.push(format!("--section {}", sections.join(",")));
    }
    words.join(" ")
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.,@/:".contains(letter);
    if word.chars().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}
