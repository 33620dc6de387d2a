//! Links lead to the same files in the base as in the working tree, or nothing is compared.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::world::{DROP, Estate, Service, Verdict, World, golden, other, program};

fn green_bag() -> Service {
    golden("bag-api").on("2026-10-01", "logging: green, metrics: green")
}

fn dropped_bag() -> Service {
    green_bag().on("2026-11-10", "logging: red")
}

/// An estate whose links are in the base; the service behind them drops in the working tree.
fn linked(file: &str, links: &[(&str, &str)]) -> Verdict {
    let world = World::with(
        Estate::default()
            .with(file, &green_bag().text())
            .with("services/cart-api.yaml", &other("cart-api").text()),
    );
    for (link, target) in links {
        let link = world.path(link);
        fs::create_dir_all(link.parent().expect("in a folder")).expect("made");
        let target =
            target.replace("TOP", &world.path("").canonicalize().expect("there").display().to_string());
        symlink(target, link).expect("linked");
    }
    world.commit("linked");
    fs::write(world.path(file), dropped_bag().text()).expect("written");
    world.gate("--base HEAD")
}

#[test]
fn links_are_followed_in_the_base_as_on_disk() {
    for links in [
        &[("services/bag-api.yaml", "../real/bag-api.yaml")][..],
        &[("services/team", "../real")],
        &[("services/team", ".././real//")],
        // `..` goes to the folder above the real one.
        &[
            ("services/team", "../deep/link/../.."),
            ("deep/link", "../real/in/ner"),
            ("real/in/ner/x", "../../bag-api.yaml"),
        ],
        &[("services/a", "../b"), ("b", "c"), ("c", "d"), ("d", "real")],
        &[("services/team", "TOP/real")],
    ] {
        linked("real/bag-api.yaml", links).denies(&[DROP]);
    }
    for (length, code) in [(12, 4), (38, 4), (50, 3)] {
        let chain: Vec<_> = (0..length).map(|at| (format!("l{at}"), format!("l{}", at + 1))).collect();
        let mut links: Vec<_> = chain.iter().map(|(link, target)| (link.as_str(), target.as_str())).collect();
        let end = format!("l{length}");
        links.extend([("services/team", "../l0"), (end.as_str(), "real")]);
        assert_eq!(linked("real/bag-api.yaml", &links).code, Some(code), "{length}");
    }
}

#[test]
fn links_that_lead_out_of_the_estate_are_refused() {
    for (link, target) in [
        ("services/etc", "/etc"),
        ("services/up", "../.."),
        ("services/x.yaml", "/etc/passwd"),
        ("fundamentals.toml", "/etc/passwd"),
        ("services/proc", "/proc/self"),
    ] {
        let verdict = linked("services/bag-api.yaml", &[(link, target)]);
        assert_eq!(verdict.code, Some(3), "{link}: {verdict:?}");
        assert!(!format!("{verdict:?}").contains("root:x"), "{link}: {verdict:?}");
    }
}

#[test]
fn links_that_multiply_end_soon() {
    let world = World::with(green_bag());
    for at in 0..18 {
        let folder = world.path(&format!("services/{at}"));
        fs::create_dir(&folder).expect("made");
        for to in 0..18 {
            symlink(format!("../{to}"), folder.join(to.to_string())).expect("linked");
        }
    }
    world.commit("linked");
    let started = Instant::now();
    world.gate("--base HEAD").refuses("lead to too many files");
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

const PLACES: [&str; 8] = [
    "services/a",
    "services/b",
    "services/c.yaml",
    "other/a",
    "other/b",
    "services/sub/d.yaml",
    "services/sub/e",
    "f",
];
const TARGETS: [&str; 14] = [
    ".",
    "..",
    "../services",
    "../other",
    "a",
    "b",
    "../f",
    "sub",
    "../services/sub/../../other",
    "real",
    "bag-api.yaml",
    "../other/x.yaml",
    "nowhere",
    "a/../b",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Whatever is linked: a file of the working tree is one of the base as well, or there is no comparison.
    #[test]
    fn the_base_has_the_files_of_the_working_tree_or_is_refused(
        links in prop::collection::vec((0..PLACES.len(), 0..TARGETS.len()), 1..6)
    ) {
        let world = World::with(green_bag());
        world.add("", Estate::default().with("other/x.yaml", &golden("x").text()).with("other/real/y.yaml", &golden("y").text()));
        for (place, target) in links {
            let place = world.path(PLACES[place]);
            fs::create_dir_all(place.parent().expect("in a folder")).expect("made");
            let _ = symlink(TARGETS[target], place);
        }
        world.commit("linked");
        let now = world.gate("--format json");
        let based = world.gate("--base HEAD --format json");
        let seen = |verdict: &Verdict| -> BTreeSet<String> {
            let json: serde_json::Value = serde_json::from_str(&verdict.out).unwrap_or_default();
            let list = |key: &str| json[key].as_array().cloned().unwrap_or_default();
            list("new_services").iter().chain(&list("unreadable_before")).map(|id| id.to_string()).collect()
        };
        let looked = |verdict: &Verdict| {
            serde_json::from_str(&verdict.out).map_or(0, |json: serde_json::Value| json["services"].as_u64().unwrap_or(0))
        };
        let refused = based.err.contains("error: ");
        prop_assert!(refused || looked(&now) == looked(&based), "{now:#?}\n{based:#?}");
        prop_assert!(!based.out.contains("service-removed"), "{based:#?}");
        prop_assert!(refused || seen(&based).is_empty(), "{now:#?}\n{based:#?}");
    }
}

#[test]
fn a_service_named_on_the_command_line_by_a_link_out_is_not_read() {
    let world = World::with(green_bag());
    symlink("/etc/passwd", world.path("services/x.yaml")).expect("linked");
    let check = Verdict::of(&mut program(&world.path(""), "check services/x.yaml"));
    assert_eq!(check.code, Some(3), "{check:?}");
    assert!(check.out.contains("leads out of the estate") && !check.out.contains("root:"), "{check:?}");
}
