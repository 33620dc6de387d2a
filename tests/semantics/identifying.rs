//! Whose a service file is: what its path or its text says.

use std::collections::BTreeMap;

use fundamentals::check;
use fundamentals::diag::Code;
use fundamentals::load::{Loaded, SETTINGS_FILE, load_tree};

use crate::support::{codes, day};

const KEYS: &str = "[estate]\nservices = [\"*.yaml\"]\nid-from = \"key\"\n";
const FOLDERS: &str = "[estate]\nservices = [\"**/reliability.yaml\"]\nid-from = \"folder\"\n";

fn text(id: &str) -> String {
    format!("service: {id}\ndomain: shop\nplatform: web\ncriticality: low\nassessments: []\n")
}

fn load(place: &str, settings: &str, services: &[(&str, &str)]) -> Loaded {
    let services = services.iter().map(|(path, text)| (path.to_string(), text.to_string()));
    let settings = (SETTINGS_FILE.to_owned(), settings.to_owned());
    let texts: BTreeMap<_, _> = services.chain([settings]).collect();
    let mut loaded = load_tree(place, &texts);
    check::check(&mut loaded, day("2026-05-01"));
    loaded
}

fn errors(loaded: &Loaded) -> Vec<Code> {
    codes(loaded).into_iter().filter(|code| *code != Code::NoAssessments).collect()
}

#[test]
fn a_folder_gives_the_id_by_its_place_in_the_estate_however_paths_are_shown() {
    let (root, cart) = (text("anything"), text("cart"));
    let files = [("reliability.yaml", root.as_str()), ("apps/cart/reliability.yaml", cart.as_str())];
    for place in ["", "repository/", "main:"] {
        assert_eq!(errors(&load(place, FOLDERS, &files)), []);
    }
    let wrong = [("apps/bag/reliability.yaml", cart.as_str())];
    assert_eq!(errors(&load("cart/", FOLDERS, &wrong)), [Code::FileNameMismatch]);
}

#[test]
fn a_changed_text_has_the_id_of_the_same_place() {
    let loaded = load("repository/", FOLDERS, &[("reliability.yaml", &text("anything"))]);
    let changed = loaded.with_service_file("repository/reliability.yaml", text("another"));
    assert_eq!(errors(&changed), []);
    let changed = loaded.with_service_file("repository/apps/cart/reliability.yaml", text("bag"));
    assert_eq!(errors(&changed), [Code::FileNameMismatch]);
}

#[test]
fn a_broken_text_that_says_no_service_leaves_open_what_the_estate_has() {
    let loaded = load("", KEYS, &[("a.yaml", "["), ("b.yaml", &text("bag"))]);
    assert_eq!(
        (loaded.estate.unreadable(), loaded.estate.unidentified()),
        (&["a.yaml".to_owned()][..], &["a.yaml".to_owned()][..])
    );
    assert!(loaded.estate.may_have("cart"));
    assert_eq!(loaded.estate.service_names().collect::<Vec<_>>(), ["bag"]);
    let named = load("", KEYS, &[("a.yaml", "service: cart\n["), ("b.yaml", &text("bag"))]);
    assert!(named.estate.unidentified().is_empty() && named.estate.is_unreadable("cart"));
    assert!(!named.estate.may_have("basket"));
}

#[test]
fn a_mended_text_leaves_nothing_open() {
    let broken = load("", KEYS, &[("a.yaml", "["), ("b.yaml", &text("bag"))]);
    let mended = broken.with_service_file("a.yaml", text("cart"));
    assert!(mended.estate.unreadable().is_empty() && !mended.estate.may_have("basket"));
    assert!(mended.estate.service("cart").is_some());
}

#[test]
fn two_files_with_one_id_are_an_error_even_if_one_is_broken() {
    let loaded = load("", KEYS, &[("a.yaml", "service: cart\n["), ("b.yaml", &text("cart"))]);
    assert!(errors(&loaded).contains(&Code::DuplicateService));
    assert!(loaded.estate.service("cart").is_none() && loaded.estate.is_unreadable("cart"));
}
