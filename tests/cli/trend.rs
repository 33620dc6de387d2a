//! `fundamentals trend`: its table, its periods, and that its numbers are those of the files.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::support::{
    AssessmentInFile, BY, CategoryInFile, ELSEWHERE, Estate, ServiceFile, TODAY, assert_snapshot, assessed,
    counts, csv, ended, parse_csv, rubric_file, run, run_in, service_files, shop, values,
};

#[test]
fn there_is_a_table_for_every_kind_of_row() {
    for by in BY {
        assert_snapshot!(format!("trend-by-{by}"), run(&format!("trend --by {by}")).fine());
    }
}

#[test]
fn periods_are_months_quarters_or_reviews() {
    assert_snapshot!("trend-quarters", run("trend --by platform --period quarter").fine());
    assert_snapshot!("trend-reviews", run("trend --domain shopping --period review").fine());
}

#[test]
fn one_period_has_no_trend() {
    assert_snapshot!("trend-last-1", run("trend --last 1 --domain customer").fine());
}

/// `period` and `as_of` of the first row.
fn periods(args: &str) -> Vec<(String, String)> {
    let rows = csv(args);
    let service = rows[0]["service"].clone();
    let of_first = rows.into_iter().filter(|row| row["service"] == service);
    of_first.map(|row| (row["period"].clone(), row["as_of"].clone())).collect()
}

fn dates(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(period, as_of)| ((*period).to_owned(), (*as_of).to_owned())).collect()
}

#[test]
fn the_current_period_is_looked_at_today_and_others_on_their_last_day() {
    assert_eq!(periods("--last 2"), dates(&[("2026-10", "2026-10-31"), ("2026-11", TODAY)]));
    assert_eq!(periods("--last 2 --period quarter"), dates(&[("2026-Q3", "2026-09-30"), ("2026-Q4", TODAY)]));
    assert_eq!(
        periods("--last 2 --period review --domain engagement"),
        dates(&[("2026-10-13", "2026-10-13"), ("2026-12-08", TODAY)])
    );
}

#[test]
fn six_periods_are_shown_unless_told_otherwise() {
    assert_eq!(periods("").len(), 6);
    assert_eq!(periods("--last 9").len(), 9);
    assert_eq!(periods("--since 2025-11-20").len(), 13);
    assert_eq!(periods("--since 2025-11-20 --last 4").len(), 4);
}

#[test]
fn since_and_until_name_the_first_and_the_last_period() {
    assert_eq!(
        periods("--since 2026-08-31 --until 2026-10-10"),
        dates(&[("2026-08", "2026-08-31"), ("2026-09", "2026-09-30"), ("2026-10", "2026-10-10")])
    );
}

#[test]
fn there_is_nothing_before_the_first_assessment() {
    let all = periods("--since 2000-01-01");
    assert_eq!(all[0].0, "2024-11");
    assert_eq!(all.len(), 25);
    assert_eq!(periods("--since 2000-01-01 --service gift-finder").len(), 2);
}

#[test]
fn days_that_make_no_sense_are_wrong_usage() {
    for (args, message) in [
        ("--until 2026-11-21", "error: --until 2026-11-21 is after today, 2026-11-20\n"),
        ("--since 2026-11-21", "error: --since 2026-11-21 is after 2026-11-20\n"),
        ("--since 2026-11-01 --until 2026-10-31", "error: --since 2026-11-01 is after 2026-10-31\n"),
    ] {
        assert_eq!(run(&format!("trend {args}")).refused(2), message);
    }
    for args in
        ["--since yesterday", "--until 2026-02-30", "--last 0", "--last x", "--period week", "--by team"]
    {
        let message = run(&format!("trend {args}")).refused(2);
        assert!(message.starts_with("error: invalid value"), "{args}: {message}");
    }
}

#[test]
fn reviews_need_review_dates() {
    let estate = Estate::empty().with_service("bag-api", ELSEWHERE, &assessed("2026-11-01", "logging: red"));
    let message = estate.run("trend --period review").refused(2);
    assert_eq!(
        message,
        "error: no review dates are known: add `reviews = […]` to a `[[domain]]` of fundamentals.toml\n"
    );
}

/// A judgement in a file: a colour, `not-applicable`, or `inherited-from` somebody.
enum JudgementRecord {
    Here(String),
    Inherited(String),
}

/// The last judgement of a category under a rubric.
fn judged(
    assessments: &[AssessmentInFile],
    rubric: &str,
    category: &str,
    day: &str,
) -> Option<JudgementRecord> {
    let past = assessments.iter().filter(|past| past.date.as_str() <= day && past.rubric == rubric);
    let latest = past.filter(|past| past.scores.contains_key(category)).max_by_key(|past| &past.date)?;
    Some(match &latest.scores[category] {
        Value::String(colour) => JudgementRecord::Here(colour.clone()),
        long @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            match long.get("inherited-from") {
                Some(provider) => {
                    JudgementRecord::Inherited(provider.as_str().expect("a service's id").to_owned())
                }
                None => JudgementRecord::Here(long["rag"].as_str().expect("a colour").to_owned()),
            }
        }
    })
}

/// The assessments of each service.
type Files = BTreeMap<String, Vec<AssessmentInFile>>;

/// The colour of a category under a rubric, or `not-assessed`, or `needs-rescore` where a colour of version 1 was
/// carried over a raised bar.
fn colour(files: &Files, service: &str, rubric: &str, category: &CategoryInFile, day: &str) -> String {
    match judged(&files[service], rubric, &category.id, day) {
        Some(JudgementRecord::Inherited(provider)) => return colour(files, &provider, rubric, category, day),
        Some(JudgementRecord::Here(colour)) => return colour,
        None => {}
    }
    let before = category.from.iter().filter(|_| rubric == "fundamentals@2").map(|id| {
        match judged(&files[service], "fundamentals@1", id, day) {
            Some(JudgementRecord::Here(colour)) => colour,
            Some(JudgementRecord::Inherited(provider)) => {
                panic!("inherited from {provider} before version 2")
            }
            None => "not-assessed".to_owned(),
        }
    });
    let worst_first = ["red", "amber", "not-assessed", "green", "not-applicable"];
    let worst = before.min_by_key(|colour| worst_first.iter().position(|other| other == colour));
    match worst {
        Some(colour) if category.rescore && ["red", "amber", "green"].contains(&colour.as_str()) => {
            "needs-rescore".to_owned()
        }
        Some(colour) => colour,
        None => "not-assessed".to_owned(),
    }
}

/// Judgements of a service on a day by column of the CSV, worked out from the files alone: under each of its rubrics in the
/// version of its latest assessment, or under that of its very first if that is still to come, and under what is required.
fn counted(files: &Files, service: &str, day: &str, required: Option<&str>) -> [usize; 7] {
    let mut assessments: Vec<_> = files[service].iter().collect();
    assessments.sort_by_key(|assessment| &assessment.date);
    let past = assessments.partition_point(|assessment| assessment.date.as_str() <= day).max(1);
    let pins = assessments[..past].iter().map(|assessment| assessment.rubric.as_str());
    let in_force: BTreeMap<_, _> =
        required.into_iter().chain(pins).map(|pin| (pin.split('@').next(), pin)).collect();
    let categories = in_force.into_values().flat_map(|pin| {
        let categories = rubric_file(pin).into_iter();
        categories.map(move |category| (pin, category))
    });
    let categories: Vec<_> = categories.collect();
    let mut counts = [0; 7];
    for (rubric, category) in &categories {
        let column = match colour(files, service, rubric, category, day).as_str() {
            "red" => 0,
            "amber" => 1,
            "green" => 2,
            "not-applicable" => 3,
            "not-assessed" => 4,
            "needs-rescore" => 5,
            other => panic!("`{other}` is no colour"),
        };
        counts[column] += 1;
    }
    counts[6] = categories.len() - counts[3];
    counts
}

#[test]
fn counts_are_those_of_the_files_on_that_day() {
    let files = service_files(&shop());
    let rows = csv("--since 2024-11-01 --period quarter");
    let is_there = |row: &&BTreeMap<String, String>| {
        files.iter().any(|file| file.service == row["service"] && file.is_there_on(&row["as_of"]))
    };
    let (rows, absent): (Vec<_>, Vec<_>) = rows.iter().partition(is_there);
    assert_eq!(rows.len(), 17 * 9 + 2 - 1, "one retired after two quarters, and one joined after the first");
    assert!(absent.iter().all(|row| counts(row) == [0; 7]), "{absent:?}");
    let is_asked = |file: &&ServiceFile| {
        file.criticality == "mission-critical"
            && file.tags.iter().any(|tag| ["web", "api"].contains(&tag.as_str()))
    };
    let asked: BTreeSet<_> = files.iter().filter(is_asked).map(|file| file.service.clone()).collect();
    assert_eq!(asked.len(), 11, "{asked:?}");
    let files: Files = files.into_iter().map(|file| (file.service, file.assessments)).collect();
    for row in rows {
        let is_required = row["as_of"].as_str() >= "2026-11-01" && asked.contains(&row["service"]);
        let required = is_required.then_some("peak-readiness@1");
        let expected = counted(&files, &row["service"], &row["as_of"], required);
        assert_eq!(counts(row), expected, "{} as of {}", row["service"], row["as_of"]);
    }
}

#[test]
fn a_period_without_assessments_is_a_gap_and_not_a_zero() {
    let table = run("trend --service gift-finder --since 2026-08-01").fine();
    assert_eq!(table.lines().nth(3).expect("a row").split_whitespace().last(), Some("="), "{table}");
    let estate = Estate::empty()
        .with_service("new", ELSEWHERE, &assessed("2026-11-01", "logging: green"))
        .with_service("old", ELSEWHERE, &assessed("2026-09-01", "logging: red"));
    assert_snapshot!("trend-gap", estate.run("trend").fine());
}

/// A text's beginning and end around a column of the terminal, unless a wide character lies across it.
fn split_at_column(line: &str, column: usize) -> Option<(&str, &str)> {
    let place = line.char_indices().map(|(at, _)| at).find(|at| line[..*at].width() >= column)?;
    (line[..place].width() == column).then(|| line.split_at(place))
}

/// The lines of the table itself: heading, rule and rows.
fn table_lines(output: &str) -> Vec<&str> {
    output.lines().take_while(|line| !line.is_empty()).collect()
}

#[track_caller]
fn assert_columns_are_aligned(output: &str) {
    let lines = table_lines(output);
    let heading = lines[0];
    let starts =
        heading.char_indices().filter(|(at, letter)| *letter != ' ' && heading[..*at].ends_with("  "));
    let columns: Vec<_> = starts.map(|(at, _)| (&heading[at..], heading[..at].width())).collect();
    assert!(!columns.is_empty(), "{output}");
    // A row's second column tells it from a continued first one.
    let is_row = |line: &&&str| line.width() > columns[0].1;
    for row in lines[2..].iter().filter(is_row) {
        for (name, start) in columns.iter().filter(|(_, start)| *start < row.width()) {
            let split = split_at_column(row, *start);
            let (before, cell) = split.unwrap_or_else(|| panic!("a character lies across {start}: {row}"));
            assert!(before.ends_with("  "), "column {start} is not aligned: {row}\n{output}");
            // A trend may begin with a gap.
            let is_aligned = name.starts_with("Trend") || !cell.starts_with(' ');
            assert!(is_aligned, "column {start} is not aligned: {row}\n{output}");
        }
    }
}

#[test]
#[should_panic(expected = "is not aligned:   Gift Finder")]
fn a_row_that_is_shifted_to_the_left_is_noticed() {
    assert_columns_are_aligned(&run("trend").fine().replacen("🎁 ", "🎁", 1));
}

#[test]
#[should_panic(expected = "is not aligned:   Gift Finder")]
fn a_row_that_is_shifted_to_the_right_is_noticed() {
    assert_columns_are_aligned(&run("trend").fine().replacen("🎁 ", "🎁  ", 1));
}

/// An estate whose titles are hard to measure.
fn titles() -> Estate {
    let titles = [
        ("抽選サイト", "a"),
        ("ギフトを探すための新しいサービスと、その他のいろいろな便利なもの", "b"),
        ("Gift Finder 🎁", "c"),
        ("Family 👨‍👩‍👧 and flag 🇯🇵", "d"),
        ("Cafe\u{301} (combining)", "e"),
        ("Plain", "f"),
        ("An-English-title-that-has-no-space-in-it-and-is-longer-than-any-column-should-ever-be", "g"),
    ];
    titles.iter().fold(Estate::empty(), |estate, (title, id)| {
        let head = format!("title: \"{title}\"\n{ELSEWHERE}");
        estate.with_service(id, &head, &assessed("2026-06-01", "logging: red"))
    })
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let titles = titles();
    for width in [60, 80, 100, 140] {
        for by in BY {
            for folder in [shop().as_path(), titles.path()] {
                let output = run_in(folder, &format!("--width {width} trend --by {by}")).fine();
                for line in output.lines() {
                    assert!(line.width() <= width, "{} columns of {width}: {line}", line.width());
                }
            }
        }
    }
}

#[test]
fn columns_stay_aligned_whatever_the_titles() {
    let titles = titles();
    for width in [60, 80, 100, 140] {
        for folder in [shop().as_path(), titles.path()] {
            let output = run_in(folder, &format!("--width {width} trend")).fine();
            assert_columns_are_aligned(&output);
        }
    }
}

#[test]
fn a_title_that_is_broken_keeps_its_indentation() {
    let table = run("trend --width 60").fine();
    assert!(table.contains("\n  抽選サイト (Raffle    R 11/24") && table.contains("\n  site)\n"), "{table}");
    for by in BY {
        let table = run_in(titles().path(), &format!("trend --width 60 --by {by}")).fine();
        let rows = table_lines(&table).into_iter().skip(2).filter(|line| !line.starts_with("  "));
        let groups =
            ["shop", "web", "Deployability", "Monitoring", "Observability", "Resilience", "Performance"];
        assert!(rows.clone().all(|row| groups.iter().any(|group| row.starts_with(group))), "{table}");
    }
}

#[test]
fn what_does_not_fit_is_named() {
    for (width, note) in [
        (60, Some("Not shown at this width: platform, 2026-06 to 2026-09.")),
        (80, Some("Not shown at this width: platform, 2026-06 to 2026-07.")),
        (100, Some("Not shown at this width: platform.")),
        (140, None),
    ] {
        let output = run(&format!("trend --width {width}")).fine();
        let unwrapped = output.replace("\n  ", " ");
        let line = unwrapped.lines().find(|line| line.starts_with("Not shown"));
        assert_eq!(line.map(|line| line.split_inclusive('.').next().unwrap_or_default()), note);
        let heading = output.lines().next().expect("a heading");
        assert_eq!(heading.contains("Platform"), width == 140);
        assert!(heading.contains("2026-11"), "{heading}");
    }
}

#[test]
fn a_narrow_terminal_keeps_the_newest_periods() {
    assert_snapshot!("trend-width-60", run("trend --width 60 --domain shopping").fine());
}

#[test]
fn the_width_is_asked_for_or_the_shell_s() {
    let heading = |command: &mut assert_cmd::Command| {
        let output = ended(command.arg("trend")).fine();
        output.lines().next().expect("a heading").contains("Platform")
    };
    let without_width = || {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_fundamentals"));
        command.current_dir(shop()).args(["--today", TODAY]).env_remove("COLUMNS");
        command
    };
    assert!(!heading(&mut without_width()), "100 columns are the default");
    assert!(heading(without_width().env("COLUMNS", "140")));
    assert!(!heading(without_width().env("COLUMNS", "140").args(["--width", "100"])));
    assert!(!heading(without_width().env("COLUMNS", "wide")));
}

#[test]
fn a_service_whose_file_has_errors_is_left_out_and_named() {
    let estate = Estate::shop().appending("services/customer/wishlist-api.yaml", "colour: red\n");
    let run = estate.run("trend --format csv --last 1");
    assert_eq!(run.code, 3);
    assert_eq!(
        run.err,
        "warning: `wishlist-api` is left out: its file has errors; `fundamentals check` shows them\n"
    );
    let rows = parse_csv(&run.out);
    assert_eq!(rows.len(), 16);
    assert!(!values(&rows, "service").contains("wishlist-api"));
}
