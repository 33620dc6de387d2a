//! Rubrics from models of other forms.

use crate::support::{Estate, assert_snapshot, command, ended, run_in};

const FORMS: [(&str, &str); 7] = [
    ("aws-lens", "checkout-lens.json"),
    ("osps", "baseline.yaml"),
    ("dsomm", "maturity.yaml"),
    ("cortex", "scorecard.yaml"),
    ("compass", "scorecard.json"),
    ("datadog", "rules.yaml"),
    ("csv", "checklist.csv"),
];

/// The text of an example.
fn example(name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/docs/import-rubric");
    std::fs::read_to_string(folder.join(name)).expect("an example")
}

/// The skeleton that a text becomes.
fn skeleton(form: &str, name: &str, text: &str) -> String {
    Estate::empty()
        .with(name, text)
        .run(&format!("-q --today 2026-11-20 import rubric --from {form} {name}"))
        .fine()
}

#[test]
fn a_model_of_each_form_becomes_a_rubric_with_a_comment_for_what_does_not_fit() {
    for (form, name) in FORMS {
        assert_snapshot!(format!("import-rubric-{form}"), skeleton(form, name, &example(name)));
    }
}

#[test]
fn what_is_written_is_read_and_lacks_nothing_but_what_the_source_does_not_say() {
    for (form, name) in FORMS {
        let estate = Estate::empty().with(name, &example(name));
        estate
            .run(&format!("-q import rubric --from {form} --id theirs {name} -o rubric/theirs.toml"))
            .fine();
        let check = estate.run("check --format concise rubric/theirs.toml").out;
        let missing = estate.read("rubric/theirs.toml").matches("the source doesn't say").count();
        assert_eq!(check.matches("missing-key").count(), missing, "{check}");
        assert_eq!(check.lines().filter(|line| line.contains("error")).count(), missing, "{check}");
    }
    let estate = Estate::empty().with("maturity.yaml", &example("maturity.yaml"));
    estate.run("-q import rubric --from dsomm maturity.yaml -o rubric/dsomm.toml").fine();
    assert_eq!(estate.run("rubric lint").fine(), "linted 1 rubric: nothing wrong\n");
}

#[test]
fn a_file_that_is_there_is_never_replaced() {
    let estate =
        Estate::empty().with("maturity.yaml", &example("maturity.yaml")).with("ours.toml", "# ours\n");
    let said = estate.run("import rubric --from dsomm maturity.yaml -o ours.toml").refused(2);
    assert_eq!(said, "error: ours.toml is there already; name another file\n");
    assert_eq!(estate.read("ours.toml"), "# ours\n");
}

#[test]
fn a_model_can_be_piped_in() {
    let estate = Estate::empty();
    let mut piped = command(estate.path(), "-q import rubric --from csv --id house -");
    piped.write_stdin("pillar,category,red,green\nOps,Rota,Nobody.,Somebody.\n");
    let out = ended(&mut piped).fine();
    assert!(out.starts_with("id = \"house\"\nversion = \"1.0\"\ntitle = \"Imported\"\n"), "{out}");
}

#[test]
fn a_file_of_another_form_is_refused_with_its_place() {
    let refused = |form: &str, text: &str| {
        Estate::empty().with("x", text).run(&format!("import rubric --from {form} x")).refused(3)
    };
    for (form, text, problem) in [
        (
            "aws-lens",
            "title: Access\ncontrols: []\n",
            "error[missing-key]: this is no AWS Well-Architected lens",
        ),
        ("osps", "pillars: []\n", "error[missing-key]: this is no security baseline"),
        ("osps", "", "error[missing-key]: this is no security baseline"),
        ("osps", "controls: []\n", "error[empty-rubric]: no questions found in this security baseline"),
        ("dsomm", "a: b\n", "error[empty-rubric]: no questions found in this DevSecOps maturity model"),
        ("dsomm", "a: [\n", "error[invalid-yaml]: this is neither YAML nor JSON"),
        ("csv", "area,name\n", "error[invalid-csv]: "),
    ] {
        let said = refused(form, text);
        assert!(said.starts_with(problem), "{form}: {said}");
    }
    let said = run_in(Estate::empty().path(), "import rubric --from csv gone.csv").refused(3);
    assert!(said.starts_with("error[no-such-path]"), "{said}");
}

/// Whether what is left of a text once comments are gone holds some words.
fn holds(skeleton: &str, words: &str) -> bool {
    skeleton.lines().filter(|line| !line.starts_with('#')).any(|line| line.contains(words))
}

#[test]
fn choices_that_a_risk_rule_demands_together_are_a_definition_and_any_other_condition_a_comment() {
    let lens = |conditions: [&str; 3]| {
        let [high, medium, none] = conditions;
        let text = format!(
            r#"{{"name": "L", "pillars": [{{"id": "p", "name": "P", "questions": [{{"id": "q", "title": "Q",
               "choices": [{{"id": "a", "title": "Choice A."}}, {{"id": "b", "title": "Choice B."}}],
               "riskRules": [{{"condition": "{none}", "risk": "NO_RISK"}}, {{"condition": "{medium}",
               "risk": "MEDIUM_RISK"}}, {{"condition": "{high}", "risk": "HIGH_RISK"}}]}}]}}]}}"#
        );
        skeleton("aws-lens", "lens.json", &text)
    };
    let all = lens(["default", "a", "a && b"]);
    assert!(
        holds(&all, "amber = \"Choice A.\"") && holds(&all, "green = [\"Choice A.\", \"Choice B.\"]"),
        "{all}"
    );
    assert!(all.contains("# red = ") && all.contains("# Risk rule: HIGH_RISK where default\n"), "{all}");
    for condition in ["a || b", "(a && b)", "!a && b", "a && c", "default", ""] {
        let other = lens(["default", "default", condition]);
        assert!(!holds(&other, "Choice") && other.contains("# green = "), "{condition}: {other}");
        assert!(other.contains("# Choice a: Choice A.\n"), "{condition}: {other}");
    }
}

#[test]
fn catalogs_of_controls_of_every_shape_have_a_pillar_for_each_family() {
    let requirement = "assessment-requirements: [{ id: F-1.1, text: It is there. }]";
    let catalogs = [
        format!("groups: [{{ id: f, title: Family }}]\ncontrols: [{{ id: F-1, group: f, title: T, {requirement} }}]\n"),
        format!("title: X\ncontrol-families: [{{ id: f, title: Family, controls: [{{ id: F-1, title: T, {requirement} }}] }}]\n"),
        format!("category: Family\ncontrols: [{{ id: F-1, title: T, family: Family, {requirement} }}]\n"),
        "category: Family\ncriteria: [{ id: F-1.1, maturity_level: 2, criterion: It is there., details: Ask. }]\n".to_owned(),
        "criteria: [{ id: F-1.1, category: Family, criterion: It is there. }]\n".to_owned(),
    ];
    for catalog in catalogs {
        let rubric = skeleton("osps", "catalog.yaml", &catalog);
        assert_eq!(rubric.matches("[[pillar]]").count(), 1, "{catalog}: {rubric}");
        for line in ["title = \"Family\"", "id = \"f-1-1\"", "green = \"It is there.\""] {
            assert!(holds(&rubric, line), "{line}: {catalog}: {rubric}");
        }
    }
}

#[test]
fn nothing_of_a_model_is_lost() {
    let text = "D:\n  note: About D\n  P:\n    about: About P\n    A:\n      measure: M\n      level: 4\n      risk: [R1, R2]\n      \
                extra: { deep: [E1, { e: E2 }] }\n      no: No\n      on: 2026-01-01\n";
    let rubric = skeleton("dsomm", "model.yaml", text);
    for word in ["About D", "About P", "M", "4", "R1, R2", "E1", "E2", "No", "2026-01-01"] {
        assert!(rubric.contains(word), "{word}: {rubric}");
    }
}

#[test]
fn a_model_can_not_act_on_a_terminal_or_break_out_of_its_comment() {
    let text =
        "pillar,category,red,green,comment\nP,\"C\u{1b}[31m\",R,G,\"one\rid = \"\"x\"\"\n\u{1b}]0;t\u{7}\"\n";
    let rubric = skeleton("csv", "list.csv", text);
    assert!(!rubric.contains('\u{1b}') && !rubric.contains('\u{7}'), "{rubric:?}");
    assert!(!holds(&rubric, "id = \"x\""), "{rubric}");
}
