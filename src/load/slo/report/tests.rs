//! Reports of both versions, and files that only look like them.

use proptest::prelude::*;

use super::super::Measured;
use crate::diag::{Code, Place, Problems};
use crate::load::load_texts;
use crate::model::SloResult;
use crate::source::{FileId, SourceFile};

/// 30 days.
const MONTH: &str = "2592000";
/// 1 November 2026, so that 30 days before it are October's.
const NOVEMBER: &str = "1793491200";

/// What files come to, and what is told of them, as `code at the text pointed to`.
fn read_files(files: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let (mut measured, mut problems) = (Measured::default(), Problems::default());
    let files: Vec<_> = files.iter().map(|(path, text)| SourceFile::new(*path, *text)).collect();
    for (at, file) in files.iter().enumerate() {
        measured.read(file, FileId::from_index(at), &mut problems);
    }
    let results = measured.finish(&load_texts(None, &[], &[]).estate, &mut problems);
    let told = problems.iter().map(|problem| {
        let place = problem.at.as_ref().map(|label| label.place);
        match place {
            Some(Place::Span(span)) => {
                let file = &files[usize::from(span.file != FileId::from_index(0))];
                format!("{} at {}", problem.code, &file.text()[span.range()])
            }
            Some(Place::File(_)) | None => problem.code.to_string(),
        }
    });
    (results.iter().map(said).collect(), told.collect())
}

fn said(result: &SloResult) -> String {
    let SloResult { service, slo, objective, attained, .. } = result;
    format!("{service} {slo} {} {attained} of {objective}", result.month_in_digits())
}

/// What one file of JSON comes to.
fn read(text: &str) -> (Vec<String>, Vec<String>) {
    read_files(&[("slo/a.json", text)])
}

/// The one result of a file in which nothing is wrong.
#[track_caller]
fn result(text: &str) -> String {
    let (results, told) = read(text);
    assert!(told.is_empty(), "{told:?}");
    assert_eq!(results.len(), 1, "{results:?}");
    results[0].clone()
}

/// What is told of a file of which nothing is used.
#[track_caller]
fn told(text: &str) -> Vec<String> {
    let (results, told) = read(text);
    assert!(results.is_empty(), "{results:?}");
    told
}

/// A report of version 1 with one value replaced, or added.
fn v1_with(key: &str, value: &str) -> String {
    let mut entries = vec![
        ("service_name", "\"checkout-api\""),
        ("slo_name", "\"availability\""),
        ("slo_target", "0.999"),
        ("sli_measurement", "0.9995"),
        ("window", MONTH),
        ("timestamp", NOVEMBER),
    ];
    match entries.iter_mut().find(|entry| entry.0 == key) {
        Some(entry) => entry.1 = value,
        None => entries.push((key, value)),
    }
    let entries: Vec<_> = entries.iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
    format!("{{{}}}", entries.join(", "))
}

fn v1() -> String {
    v1_with("slo_target", "0.999")
}

const V2: &str = r#"{
  "goal": 0.95,
  "metadata": {
    "name": "checkout-api-latency",
    "labels": {"service_name": "checkout-api", "feature_name": "payment", "slo_name": "latency-300ms"}
  },
  "sli_measurement": 0.931,
  "timestamp": 1793491200.5,
  "valid": true,
  "window": 2592000
}"#;

const FINE: &str = "checkout-api availability 2026-10 99.95% of 99.9%";

#[test]
fn both_versions_are_read() {
    assert_eq!(result(&v1()), FINE);
    assert_eq!(result(V2), "checkout-api payment/latency-300ms 2026-10 93.1% of 95%");
}

#[test]
fn a_number_may_be_written_as_text() {
    for (key, value) in [
        ("slo_target", "\"0.999\""),
        ("sli_measurement", "\"9.995e-1\""),
        ("window", "\"2592000\""),
        ("timestamp", "\"1793491200.25\""),
    ] {
        assert_eq!(result(&v1_with(key, value)), FINE, "{key}");
    }
}

#[test]
fn the_feature_is_part_of_the_name() {
    let name = |report: &str| result(report).split(' ').nth(1).map(str::to_owned);
    assert_eq!(name(&v1_with("feature_name", "\"payment\"")).as_deref(), Some("payment/availability"));
    assert_eq!(name(&v1_with("feature_name", "null")).as_deref(), Some("availability"));
    assert_eq!(name(&v1_with("feature_name", "\" \"")).as_deref(), Some("availability"));
}

#[test]
fn without_a_name_of_its_own_an_objective_is_called_as_its_configuration() {
    let report = V2.replace(", \"slo_name\": \"latency-300ms\"", "");
    assert_eq!(result(&report), "checkout-api payment/checkout-api-latency 2026-10 93.1% of 95%");
}

#[test]
fn a_file_is_a_report_an_array_of_them_or_one_a_line() {
    let (one, other) = (v1(), v1_with("slo_name", "\"latency\""));
    let both = vec![FINE.to_owned(), FINE.replace("availability", "latency")];
    for text in [format!("[{one},\n\t{other}]"), format!("{one}\r\n{other}\n"), format!("{one}{other}")] {
        assert_eq!(read(&text), (both.clone(), Vec::new()), "{text}");
    }
    assert_eq!(read("[]"), (Vec::new(), Vec::new()));
}

#[test]
fn what_is_json_and_no_yaml_is_read() {
    let slo = |text: &str| v1_with("slo_name", text);
    assert_eq!(result(&slo(r#""a\/b""#)), FINE.replace("availability", "a/b"));
    assert_eq!(result(&slo(r#""\ud83d\ude00""#)), FINE.replace("availability", "😀"));
    let tabs = v1().replace(", ", ",\n\t\t").replace('{', "{\n\t");
    assert_eq!(result(&tabs), FINE);
}

#[test]
fn keys_that_nobody_asked_for_may_hold_anything() {
    let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    let nested = format!("{}1{}", r#"{"metadata":"#.repeat(50_000), "}".repeat(50_000));
    for value in ["null", "{\"goal\": []}", "[{\"key\": \"env\"}]", "\"\\ud800\"", "1e400", &deep, &nested] {
        assert_eq!(result(&v1_with("other", value)), FINE);
    }
    for value in ["null", "[{\"key\": \"env\", \"value\": \"test\"}]", "7", "{\"labels\": []}", &nested] {
        assert_eq!(result(&v1_with("metadata", value)), FINE);
    }
}

#[test]
fn the_month_is_the_one_in_which_most_of_the_window_lies() {
    let month = |end: &str| result(&v1_with("timestamp", end)).split(' ').nth(2).map(str::to_owned);
    // 15 November at 23:59:59, and a second later.
    assert_eq!(month("1794787199").as_deref(), Some("2026-10"));
    assert_eq!(month("1794787200").as_deref(), Some("2026-11"));
}

#[test]
fn only_a_window_of_28_to_31_days_is_a_month() {
    for window in ["2419200", "2505600", "2678400"] {
        assert_eq!(result(&v1_with("window", window)), FINE);
    }
    for window in ["3600", "43200", "604800", "2419199", "2678401", "7776000"] {
        assert_eq!(read(&v1_with("window", window)), (Vec::new(), Vec::new()), "{window}");
    }
}

#[test]
fn what_was_not_measured_is_passed_over_and_not_zero() {
    for (key, value) in [
        ("sli_measurement", "null"),
        ("sli_measurement", "-1"),
        ("sli_measurement", "\"-1.0\""),
        ("valid", "false"),
        ("valid", "\"False\""),
    ] {
        assert_eq!(read(&v1_with(key, value)), (Vec::new(), Vec::new()), "{key} {value}");
    }
    let failed = r#"{"metadata": {"name": "a"}, "errors": ["Backend returned None."], "valid": false}"#;
    assert_eq!(read(failed), (Vec::new(), Vec::new()));
    assert_eq!(result(&v1_with("sli_measurement", "0")), "checkout-api availability 2026-10 0% of 99.9%");
}

#[test]
fn of_several_reports_about_a_month_the_one_that_saw_most_of_it_counts() {
    // A day earlier all 30 days lie in October too; two days earlier and a day later it is 29.
    for end in ["1793404800", "1793318400", "1793577600"] {
        let other = v1_with("timestamp", end).replace("0.9995", "0.9991");
        let expected = (vec![FINE.to_owned()], Vec::new());
        assert_eq!(read(&format!("[{}, {other}]", v1())), expected, "{end}");
        assert_eq!(read(&format!("[{other}, {}]", v1())), expected, "{end}");
        assert_eq!(read_files(&[("a.json", &other), ("b.jsonl", &v1())]), expected, "{end}");
    }
}

#[test]
fn of_two_windows_with_one_end_the_longer_counts() {
    let longer = v1_with("window", "2678400").replace("0.9995", "0.9991");
    assert_eq!(read(&format!("[{}, {longer}]", v1())), (vec![FINE.replace("99.95%", "99.91%")], Vec::new()));
}

#[test]
fn the_same_report_twice_is_one_and_two_that_disagree_are_told() {
    assert_eq!(read(&format!("{}\n{}", v1(), v1())), (vec![FINE.to_owned()], Vec::new()));
    let other = v1_with("sli_measurement", "0.9");
    let repeated = vec!["duplicate-slo at \"checkout-api\"".to_owned()];
    assert_eq!(read(&format!("{}\n{other}", v1())), (vec![FINE.to_owned()], repeated));
}

#[test]
fn a_line_of_csv_and_a_report_about_the_same_month_are_a_repeat() {
    let csv =
        "service,slo,period,objective,attained\ncheckout-api,availability,2026-10,99.9%,99.2%\n".to_owned();
    let report = v1();
    for files in [[("a.csv", &*csv), ("b.json", &*report)], [("b.json", &*report), ("a.csv", &*csv)]] {
        let (results, told) = read_files(&files);
        assert_eq!(results, [FINE.replace("99.95%", "99.2%")]);
        assert_eq!(told, ["duplicate-slo at \"checkout-api\""]);
    }
}

#[test]
fn a_wrong_value_is_told_where_it_is() {
    for (key, value, code) in [
        ("slo_target", "99.9", Code::InvalidValue),
        ("slo_target", "-0.1", Code::InvalidValue),
        ("slo_target", "1e400", Code::InvalidValue),
        ("slo_target", "true", Code::WrongType),
        ("slo_target", "\"NaN\"", Code::WrongType),
        ("slo_target", "\"99.9%\"", Code::WrongType),
        ("slo_target", "\"\"", Code::WrongType),
        ("sli_measurement", "1.01", Code::InvalidValue),
        ("sli_measurement", "-0.5", Code::InvalidValue),
        ("sli_measurement", "[]", Code::WrongType),
        ("window", "0", Code::InvalidValue),
        ("window", "-2592000", Code::InvalidValue),
        ("window", "1e400", Code::InvalidValue),
        ("window", "\"30d\"", Code::WrongType),
        ("timestamp", "1793491200000", Code::InvalidDate),
        ("timestamp", "0", Code::InvalidDate),
        ("timestamp", "-1e400", Code::InvalidDate),
        ("timestamp", "1e400", Code::InvalidDate),
        ("timestamp", "\"2026-11-01\"", Code::WrongType),
        ("service_name", "\"check out\"", Code::InvalidId),
        ("service_name", "[\"a\"]", Code::WrongType),
        ("slo_name", "{}", Code::WrongType),
        ("feature_name", "[]", Code::WrongType),
    ] {
        let (results, told) = read(&v1_with(key, value));
        assert!(results.is_empty(), "{key} {value}: {results:?}");
        assert_eq!(told, [format!("{code} at {value}")], "{key}");
    }
}

#[test]
fn a_missing_value_is_told_of_the_report() {
    for key in ["service_name", "slo_name", "slo_target", "sli_measurement", "window", "timestamp"] {
        let renamed = v1().replace(&format!("\"{key}\""), "\"x\"");
        assert_eq!(told(&renamed), ["missing-key at {"], "{key}");
    }
    assert_eq!(told(&v1_with("slo_target", "null")), ["missing-key at {"]);
}

#[test]
fn a_key_given_twice_is_told() {
    assert_eq!(told(&v1().replace("\"slo_name\"", "\"window\": 3600, \"slo_name\"")).len(), 1);
    assert_eq!(
        told(&v1().replace("\"slo_name\"", "\"window\": 1, \"slo_name\"")),
        ["duplicate-key at \"window\""]
    );
    let often = format!("{{{}\"goal\": 1}}", "\"goal\": 1, ".repeat(1000));
    assert!(told(&often).len() < 30);
}

#[test]
fn one_wrong_report_hides_no_other() {
    let wrong = v1_with("slo_target", "2").replace("availability", "latency");
    for text in [format!("[{wrong}, {}]", v1()), format!("{wrong}\n{}", v1())] {
        assert_eq!(read(&text), (vec![FINE.to_owned()], vec!["invalid-value at 2".to_owned()]));
    }
}

#[test]
fn lines_before_one_that_is_not_json_are_used() {
    let cut = format!("{}\n{}", v1(), &v1()[..40]);
    assert_eq!(read(&cut), (vec![FINE.to_owned()], vec!["invalid-slo-report at ".to_owned()]));
}

#[test]
fn what_is_no_json_is_told_where_it_begins_to_be_none() {
    let place = |text: &str| {
        let (mut measured, mut problems) = (Measured::default(), Problems::default());
        let file = SourceFile::new("a.json", text);
        measured.read(&file, FileId::from_index(0), &mut problems);
        let problem = problems.iter().next().expect("a problem");
        assert_eq!(problem.code, Code::InvalidSloReport, "{text}");
        let Some(Place::Span(span)) = problem.at.as_ref().map(|label| label.place) else {
            panic!("{problem:?}")
        };
        let at = file.position(span.start as usize);
        (at.line, at.column)
    };
    let text = v1_with("slo_target", "NaN");
    assert_eq!(place(&text), (1, text.find("NaN").expect("it is there") + 1));
    assert_eq!(place("{\n  \"é抽\": \"\\x\"\n}"), (2, 11));
    assert_eq!(place("service: checkout-api\n"), (1, 1));
    assert_eq!(place("\n{\"goal\": 1,\n\"slo_name\": \"\\ud800\"}"), (3, 20));
    assert_eq!(place("{\"goal\": 1, }"), (1, 13));
    assert_eq!(place("\n\n{"), (3, 1));
}

#[test]
fn what_is_no_report_is_told_to_be_none() {
    for text in ["{}", "7", "null", "\"goal\"", "[[]]", "[null]", "{\"data\": {\"goal\": 1}}", "true"] {
        let told = told(text);
        assert_eq!(told.len(), 1, "{text}: {told:?}");
        assert!(told[0].starts_with("invalid-slo-report at "), "{told:?}");
    }
    for text in ["", " \n\n", "\t"] {
        assert_eq!(told(text), ["empty-file"]);
    }
}

#[test]
fn of_another_kind_of_file_not_every_value_is_told() {
    for text in [format!("[{}0]", "0,".repeat(100_000)), "{\"goal\": 1}\n".repeat(10_000)] {
        assert!(told(&text).len() <= 120, "{}", told(&text).len());
    }
}

/// Texts near those that are reports.
fn nearly() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        Just("{".to_owned()),
        Just("[".to_owned()),
        Just("}]".to_owned()),
        Just("null,".to_owned()),
        Just("\"\\ud8".to_owned()),
        Just("é抽🎁".to_owned()),
        "[-+.eE0-9]{0,6}",
        "[\"a-z_:,\\[\\]{} \n]{0,12}",
    ];
    (0..300_usize, value).prop_map(|(at, value)| {
        let mut text = V2.to_owned();
        text.insert_str(at.min(text.len()), &value);
        text
    })
}

proptest! {
    #[test]
    fn nothing_makes_the_reader_stumble(text in prop_oneof![nearly(), any::<String>(), "[\\[\\]{}\":, a-z0-9]*"]) {
        let (results, told) = read(&text);
        prop_assert!(results.len() <= 1 && told.len() <= 120);
    }
}
