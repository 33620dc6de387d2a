//! `fundamentals explain`: a diagnostic's page, or what a category asks for.

use std::fs;
use std::path::Path;

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
    let rubric = "id = \"ours\"\nversion = \"1.0\"\ntitle = \"Ours\"\npublished = 2025-01-01\n\n[[pillar]]\n\
                  id = \"basics\"\ntitle = \"Basics\"\n\n[[pillar.category]]\nid = \"logging\"\ntitle = \"Our logging\"\n\
                  red = \"None.\"\ngreen = \"Some.\"\n";
    let service = assessed("2026-11-01", "logging: red").replace("fundamentals@2", "ours@1");
    let estate =
        Estate::empty().with("rubric/ours/v1.toml", rubric).with_service("bag-api", ELSEWHERE, &service);
    assert_eq!(
        estate.run("explain logging").fine(),
        "Our logging (logging)\n  R  None.\n  G  Some.\n\nAsked by ours@1 under Basics.\n"
    );
}

#[test]
fn a_built_in_page_does_not_stand_in_for_the_estate_s_own_at_the_same_path() {
    let rubric = "id = \"ours\"\nversion = \"1.0\"\ntitle = \"Ours\"\npublished = 2025-01-01\n\n[[pillar]]\n\
                  id = \"basics\"\ntitle = \"Basics\"\n\n[[pillar.category]]\nid = \"logging\"\ntitle = \"Our logging\"\n\
                  red = \"None.\"\ngreen = \"Some.\"\n\
                  guidance = [{ title = \"Logging\", href = \"docs/guidance/logging.md\" }]\n";
    let estate = Estate::empty().with("rubric/ours/v1.toml", rubric);
    assert!(estate.run("explain logging").fine().contains("\n# Logging\n"));
    let with_page = estate.with("docs/guidance/logging.md", "# Ours\n");
    let out = with_page.run("explain logging").fine();
    assert!(out.ends_with("Asked by ours@1 under Basics.\n"), "{out}");
}

#[test]
fn an_unknown_topic_is_wrong_usage_with_a_suggestion() {
    for (topic, meant) in [("load-test", "load-testing"), ("unknown-categry", "unknown-category")] {
        assert_eq!(
            run(&format!("explain {topic}")).refused(2),
            format!("error: no code or category is called `{topic}`: did you mean `{meant}`?\n")
        );
    }
    run("explain something-else-entirely").refused(2);
}
