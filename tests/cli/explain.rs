//! `fundamentals explain`: a diagnostic's page, or what a category asks for.

use std::fs;
use std::path::Path;

use crate::small_rubric::small_rubric;
use crate::support::{ELSEWHERE, Estate, assert_snapshot, assessed, run};

#[test]
fn a_code_prints_its_page() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics/unknown-category.md");
    let page = fs::read_to_string(page).expect("the page is there");
    assert_eq!(Estate::empty().run("explain unknown-category").fine(), page);
}

#[test]
fn a_category_prints_what_it_asks_for_and_its_guidance() {
    let out = run("explain load-testing").fine();
    let guidance = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guidance/load-testing.md");
    let guidance = fs::read_to_string(guidance).expect("the page is there");
    let head = out.strip_suffix(&guidance).expect("the guidance ends the output");
    assert_snapshot!("explain-category", head);
}

#[test]
fn a_category_is_explained_outside_any_estate() {
    assert_eq!(Estate::empty().run("explain load-testing").fine(), run("explain load-testing").fine());
}

#[test]
fn an_estate_s_own_category_wins_over_the_built_in_one() {
    let logging = "title = \"Our logging\"\nred = \"None.\"\n# no amber\ngreen = \"Some.\"";
    let rubric = small_rubric("ours@1", "", &[("basics/logging", logging)]);
    let service = assessed("2026-11-01", "logging: red").replace("fundamentals@2", "ours@1");
    let estate =
        Estate::empty().with("rubric/ours/v1.toml", &rubric).with_service("bag-api", ELSEWHERE, &service);
    assert_eq!(
        estate.run("explain logging").fine(),
        "Our logging (logging)\n  R  None.\n  G  Some.\n\nAsked by ours@1 under Basics, whose text this is; also \
         asked by fundamentals@2, fundamentals@1.\n"
    );
}

#[test]
fn what_only_an_older_version_asks_is_explained_with_what_became_of_it() {
    for (category, expected) in [
        ("uptime-page", "Asked by fundamentals@1 under Observability. fundamentals@2 retired it."),
        ("continuous-delivery", "fundamentals@2 continues it as deployment-pipeline."),
        ("auto-scaling", "fundamentals@2 continues it as scaling and startup-time."),
    ] {
        let out = run(&format!("explain {category} --width 200")).fine();
        assert!(out.contains(expected), "{out}");
        assert!(!out.contains("also asked"), "{out}");
    }
}

#[test]
fn of_several_rubrics_the_default_one_explains_and_the_others_are_named() {
    let rubric = |id: &str, published: &str| {
        let drift = format!("red = \"By {id}.\"");
        small_rubric(&format!("{id}@1"), &format!("published = {published}"), &[("drift", drift)])
    };
    let estate = Estate::empty()
        .with("rubric/ours.toml", &rubric("ours", "2024-01-01"))
        .with("rubric/theirs.toml", &rubric("theirs", "2025-01-01"));
    let out = estate.run("explain drift").fine();
    assert!(out.contains("Asked by theirs@1 under P, whose text this is; also asked by ours@1.\n"), "{out}");
    let estate = estate.with("fundamentals.toml", "[estate]\ndefault-rubric = \"ours@1\"\n");
    let out = estate.run("explain drift").fine();
    assert!(out.contains("By ours.") && out.contains("also asked by theirs@1."), "{out}");
}

#[test]
fn a_rubric_before_a_category_says_which_of_several_explains_it() {
    let rubric = |key: &str, published: &str| {
        let drift = format!("red = \"By {key}.\"");
        small_rubric(key, &format!("published = {published}"), &[("drift", drift)])
    };
    let estate = Estate::empty()
        .with("rubric/ours-1.toml", &rubric("ours@1", "2023-01-01"))
        .with("rubric/ours-2.toml", &rubric("ours@2", "2024-01-01"))
        .with("rubric/theirs.toml", &rubric("theirs@1", "2025-01-01"));
    for (topic, key) in [("ours/drift", "ours@2"), ("ours@1/drift", "ours@1"), ("theirs/drift", "theirs@1")] {
        let out = estate.run(&format!("explain {topic}")).fine();
        assert!(out.contains(&format!("By {key}.")), "{topic}: {out}");
        assert!(out.contains(&format!("Asked by {key} under P")), "{topic}: {out}");
    }
    for (topic, meant) in [("their/drift", "theirs/drift"), ("ours/drfit", "ours/drift")] {
        let refused = estate.run(&format!("explain {topic}")).refused(2);
        assert!(refused.contains(&format!("did you mean `{meant}`?")), "{topic}: {refused}");
    }
    let offered = estate.run("complete -- fundamentals explain ours").fine();
    assert_eq!(offered, "ours/drift\n");
}

#[test]
fn a_built_in_page_does_not_stand_in_for_the_estate_s_own_at_the_same_path() {
    let guidance = "guidance = [{ title = \"Logging\", href = \"docs/guidance/logging.md\" }]";
    let rubric = small_rubric("ours@1", "", &[("logging", guidance)]);
    let estate = Estate::empty().with("rubric/ours/v1.toml", &rubric);
    assert!(estate.run("explain logging").fine().contains("\n# Logging\n"));
    let with_page = estate.with("docs/guidance/logging.md", "# Ours\n");
    let out = with_page.run("explain logging").fine();
    assert!(out.ends_with(".\n\n# Ours\n"), "{out}");
}

/// A rubric of one category, whose guidance is at a path.
fn guided_by(href: &str) -> String {
    small_rubric(
        "ours@1",
        "",
        &[("drift", format!("guidance = [{{ title = \"Drift\", href = \"{href}\" }}]"))],
    )
}

#[test]
fn an_own_page_is_printed_or_the_section_of_it_that_the_link_names() {
    let page = "# Guide\n\n## Drift\n\nAct\u{1b}[31m.\n\n## Other\n\nNo.\n";
    for (href, expected) in [
        ("guide.md", "\n\n# Guide\n\n## Drift\n\nAct␛[31m.\n\n## Other\n\nNo.\n"),
        ("guide.md#drift", "\n\n## Drift\n\nAct␛[31m.\n"),
        ("guide.md#gone", "\n\n## Other\n\nNo.\n"),
    ] {
        let estate = Estate::empty().with("rubric/v1.toml", &guided_by(href)).with("rubric/guide.md", page);
        let out = estate.run("explain drift").fine();
        assert!(out.ends_with(expected), "{href}: {out}");
    }
}

#[test]
fn a_page_outside_the_estate_is_not_printed() {
    let outside = Estate::empty().with("secret.md", "SECRET\n");
    let absolute = outside.path().join("secret.md").display().to_string().replace('\\', "/");
    // Folders of tests are neighbours.
    let folder = outside.path().file_name().expect("a folder has a name");
    let neighbour = format!("../{}/secret.md", folder.display());
    for href in [absolute, neighbour, "rubric".to_owned()] {
        let estate = Estate::empty().with("rubric/v1.toml", &guided_by(&href));
        assert!(estate.path().join(&href).exists(), "{href}");
        let out = estate.run("explain drift").fine();
        assert!(out.ends_with("Asked by ours@1 under P.\n"), "{out}");
    }
}

#[test]
fn an_unknown_topic_is_wrong_usage_with_a_suggestion() {
    for (topic, meant) in [("load-test", "load-testing"), ("unknown-categry", "unknown-category")] {
        assert_eq!(
            run(&format!("explain {topic}")).refused(2),
            format!("error: no code, rule or category is called `{topic}`: did you mean `{meant}`?\n")
        );
    }
    run("explain something-else-entirely").refused(2);
}

#[test]
fn a_rule_of_the_gate_is_explained_also_where_a_code_has_its_name() {
    let out = run("explain drop-to-red").fine();
    assert!(
        out.starts_with("# drop-to-red, a rule of the gate\n\nA category was amber or green, and is red."),
        "{out}"
    );
    let both = run("explain expired-waiver").fine();
    assert!(both.starts_with("# expired-waiver\n"), "{both}");
    assert!(both.contains("\n# expired-waiver, a rule of the gate\n"), "{both}");
    let said = run("explain drop-to-rd").refused(2);
    assert!(said.contains("did you mean `drop-to-red`?"), "{said}");
}

#[test]
fn guidance_in_words_is_shown_wherever_guidance_is() {
    let guidance =
        "guidance = [\"Ask the log team.\", { title = \"The page\", href = \"https://a.example/x\" }]";
    let rubric = small_rubric("ours@1", "", &[("logging", guidance)]);
    let service = "service: till\ndomain: shop\nplatform: team\ncriticality: low\nassessments:\n  \
                   - { date: 2026-01-05, rubric: ours@1, scores: { logging: red } }\n";
    let estate = Estate::empty().with("rubric/ours.toml", &rubric).with("services/till.yaml", service);
    for command in ["explain logging", "rubric show", "rubric show --format markdown", "show till"] {
        let out = estate.run(command).fine();
        assert!(out.contains("Ask the log team."), "{command}: {out}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&estate.run("show till --format json").fine()).expect("JSON");
    let step = &json["next_steps"][0];
    assert_eq!(step["advice"], serde_json::json!(["Ask the log team."]), "{json:#}");
    assert_eq!(step["guidance"], serde_json::json!([{ "title": "The page", "href": "https://a.example/x" }]));
    let lint = estate.run("rubric lint").fine();
    assert!(!lint.contains("missing-guidance"), "{lint}");
}
