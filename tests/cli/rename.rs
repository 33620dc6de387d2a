//! `fundamentals rename`: a service gets another id, in every file or in none.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::support::{ELSEWHERE, Estate, apply, assessed};

const OLD: &str = "services/bag-api.yaml";
const NEW: &str = "services/basket.yaml";
const HEIR: &str = "services/cart.yaml";

/// Two services, of which one inherits from the other, in its history too.
fn estate() -> Estate {
    let own = assessed("2026-09-10", "logging: green, tracing: amber");
    let old = assessed("2026-09-11", "tracing: { inherited-from: bag-api, because: bag-api has it }");
    let new = assessed("2026-10-11", "logging: { inherited-from: 'bag-api' }");
    Estate::empty().with_service("bag-api", ELSEWHERE, &format!("\n{own}# the end")).with_service(
        "cart",
        ELSEWHERE,
        &format!("\n{old}  # bag-api was first\n{new}"),
    )
}

/// All files and their texts.
fn files(estate: &Estate) -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(estate.path()).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path =
                entry.path().strip_prefix(estate.path()).expect("below it").to_string_lossy().into_owned();
            (path, fs::read_to_string(entry.path()).expect("text"))
        })
        .collect()
}

#[test]
fn the_file_and_every_reference_to_it_get_the_new_id_and_nothing_else_changes() {
    let estate = estate();
    let (own, heir) = (estate.read(OLD), estate.read(HEIR));
    assert_eq!(
        estate.run("rename bag-api basket").fine(),
        "bag-api is called basket now. Where `bag-api` is still written, it means basket.\n1 service inherits from it, and \
         names it anew: cart\nWritten to services/basket.yaml and 1 other file.\n"
    );
    assert!(!estate.path().join(OLD).exists());
    let renamed = own.replace("service: bag-api\n", "service: basket\nrenamed-from: [bag-api]\n");
    assert_eq!(estate.read(NEW), renamed);
    let anew = heir
        .replace("inherited-from: bag-api", "inherited-from: basket")
        .replace("inherited-from: 'bag-api'", "inherited-from: basket");
    assert_eq!(estate.read(HEIR), anew);
    estate.run("check").fine();
    assert_eq!(files(&estate).len(), 2);
}

#[test]
fn the_old_id_still_means_the_service() {
    let estate = estate();
    estate.run("rename bag-api basket").fine();
    assert!(estate.run("show bag-api").fine().contains("basket"));
    estate.run("score bag-api --set logging=amber").fine();
    assert!(estate.read(NEW).contains("logging: amber"));
    assert!(estate.run("rename bag-api basket").refused(2).contains("`bag-api` is called `basket` already"));
}

#[test]
fn a_chain_of_renames_and_the_way_back_keep_every_other_id() {
    let estate = estate();
    estate.run("rename bag-api basket").fine();
    estate.run("rename basket trolley").fine();
    let text = estate.read("services/trolley.yaml");
    assert!(text.contains("service: trolley\nrenamed-from: [bag-api, basket]\n"), "{text}");
    estate.run("rename trolley bag-api").fine();
    let text = estate.read(OLD);
    assert!(text.contains("service: bag-api\nrenamed-from: [basket, trolley]\n"), "{text}");
    assert_eq!(estate.read(HEIR).matches("inherited-from: bag-api").count(), 2);
    estate.run("check").fine();
}

#[test]
fn figures_do_not_change_with_the_id() {
    let estate = estate();
    let trend = || estate.run("trend --by category --format csv").fine().replace("basket", "bag-api");
    let before = trend();
    estate.run("rename bag-api basket").fine();
    assert_eq!(trend(), before);
}

#[test]
fn the_patch_of_a_dry_run_renames_the_file_and_changes_the_others() {
    let renamed = estate();
    renamed.run("rename bag-api basket").fine();
    let estate = estate();
    let before = files(&estate);
    let run = estate.run("rename bag-api basket --dry-run");
    assert_eq!(run.code, 0);
    assert!(run.out.starts_with(
        "diff --git a/services/bag-api.yaml b/services/basket.yaml\nrename from services/bag-api.yaml\n"
    ));
    assert!(run.err.ends_with("No file was changed.\n"), "{}", run.err);
    assert_eq!(files(&estate), before);
    apply(&estate, &run.out);
    assert_eq!(files(&estate), files(&renamed));
}

#[test]
fn the_patch_applies_further_up_where_it_is_made_in_a_folder_below() {
    let estate = estate().with("docs/x.md", "").with("fundamentals.toml", "");
    let below = estate.path().join("docs");
    let run = crate::support::run_in(&below, "rename bag-api basket --dry-run");
    assert!(run.err.contains("Apply the patch in `..`"), "{}", run.err);
    apply(&estate, &run.out);
    assert!(estate.read(NEW).contains("renamed-from: [bag-api]"));
}

#[test]
fn an_id_that_is_or_was_taken_is_refused_and_no_file_changes() {
    let estate = estate()
        .with_service("till", &format!("renamed-from: [desk]\n{ELSEWHERE}"), " []")
        .with("services/broken.yaml", "service: broken\ndomain: [\n")
        .with("services/Trolley.txt", "")
        .with("services/taken.yml", "");
    let before = files(&estate);
    for (new, reason) in [
        ("till", "there is a service `till` already, in services/till.yaml"),
        ("desk", "`desk` was the id of `till`"),
        ("Till", "there is a service `till` already: some file systems take `Till` for the same"),
        ("Bag-API", "there is a service `bag-api` already"),
        ("broken", "there is a service `broken` already, whose file has errors"),
        ("con", "Windows has no files of this name"),
        ("a/b", "can't be an id"),
        ("", "can't be an id"),
        ("bag-api", "`bag-api` is called `bag-api` already"),
    ] {
        let said = estate.run_with(&["rename", "bag-api", new]);
        assert_eq!(said.code, 2, "{new}: {}", said.err);
        assert!(said.err.contains(reason), "{new}: {}", said.err);
    }
    assert!(estate.run("rename bag-apu basket").err.contains("did you mean `bag-api`?"));
    assert_eq!(files(&estate), before);
}

#[test]
fn a_file_in_the_way_is_left_alone() {
    for (name, reason) in [
        ("services/BASKET.yaml", "some file systems take both"),
        (NEW, "there is a service `basket` already, whose file has errors"),
    ] {
        let estate = estate().with(
            "fundamentals.toml",
            "[estate]\nservices = [\"services/[bc]a[gr]*.yaml\", \"services/bas*.yaml\"]\n",
        );
        fs::create_dir(estate.path().join(name)).expect("made");
        let before = files(&estate);
        let said = estate.run("rename bag-api basket").refused(2);
        assert!(said.contains(reason), "{said}");
        assert_eq!(files(&estate), before);
    }
}

#[test]
fn a_name_that_no_glob_would_find_is_refused() {
    let estate = estate().with("fundamentals.toml", "[estate]\nservices = [\"services/[bc]a[gr]*.yaml\"]\n");
    let said = estate.run("rename bag-api basket").refused(2);
    assert!(said.contains("services/basket.yaml would not be found"), "{said}");
}

#[test]
fn one_file_that_can_not_be_changed_keeps_all_as_they_are() {
    let estate = estate();
    let alias = estate
        .read(HEIR)
        .replace("{ inherited-from: 'bag-api' }", "&it { inherited-from: bag-api }, metrics: *it");
    estate.with_text(HEIR, &alias);
    estate.run("check").fine();
    let before = files(&estate);
    let said = estate.run("rename bag-api basket").refused(3);
    assert!(said.contains("services/cart.yaml was not changed"), "{said}");
    assert_eq!(files(&estate), before);
    // Written, not planned: the folder of one of them can't be written.
    estate.with_text(HEIR, &alias.replace(", metrics: *it", "").replace("&it ", ""));
    fs::set_permissions(estate.path().join(HEIR), fs::Permissions::from_mode(0o444)).expect("set");
    let before = files(&estate);
    // Root may write everything.
    if fs::OpenOptions::new().write(true).open(estate.path().join(HEIR)).is_err() {
        assert_eq!(estate.run("rename bag-api basket").code, 1);
        assert_eq!(files(&estate), before);
    }
}

#[test]
fn mode_and_byte_order_mark_go_with_the_file_and_a_link_is_refused() {
    let estate = estate();
    let text = format!("\u{feff}{}", estate.read(OLD)).replace('\n', "\r\n");
    estate.with_text(OLD, &text);
    fs::set_permissions(estate.path().join(OLD), fs::Permissions::from_mode(0o640)).expect("set");
    estate.run("rename bag-api basket").fine();
    let renamed = estate.read(NEW);
    assert_eq!(
        renamed,
        text.replace("service: bag-api\r\n", "service: basket\r\nrenamed-from: [bag-api]\r\n")
    );
    let mode = estate.path().join(NEW).metadata().expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    fs::rename(estate.path().join(NEW), estate.path().join("services/real.txt")).expect("moved");
    symlink("real.txt", estate.path().join(NEW)).expect("linked");
    assert!(estate.run("rename basket trolley").refused(2).contains("is a symbolic link"));
}

#[test]
fn a_rename_that_was_interrupted_goes_on_when_it_is_run_again() {
    let renamed = estate();
    renamed.run("rename bag-api basket").fine();
    // The new file is there, and the old one is too.
    let estate = estate().with(NEW, &renamed.read(NEW));
    let again = estate.run("rename bag-api basket");
    assert_eq!(again.code, 0, "{}", again.err);
    assert_eq!(files(&estate), files(&renamed));
}

#[test]
fn no_figure_is_another_one_while_a_rename_is_under_way() {
    let estate = estate();
    let trend = || estate.run("trend --by category --format csv").out.replace("basket", "bag-api");
    let (before, own) = (trend(), estate.read(OLD));
    let renamed = own.replace("service: bag-api\n", "service: basket\nrenamed-from: [bag-api]\n");
    estate.with_text(NEW, &renamed);
    assert_eq!(trend(), before);
    fs::remove_file(estate.path().join(OLD)).expect("removed");
    assert_eq!(trend(), before);
}

/// An estate in which ids come from somewhere else.
fn identified_by(from: &str, own: &str, heir: &str) -> Estate {
    let texts = estate();
    let settings = format!("[estate]\nservices = [\"apps/**/*.yaml\"]\nid-from = \"{from}\"\n");
    Estate::empty()
        .with("fundamentals.toml", &settings)
        .with(own, &texts.read(OLD))
        .with(heir, &texts.read(HEIR))
}

#[test]
fn a_folder_of_its_own_gets_the_new_id() {
    let estate = identified_by("folder", "apps/bag-api/reliability.yaml", "apps/cart/reliability.yaml");
    estate.run("rename bag-api basket").fine();
    let paths: Vec<_> = files(&estate).into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["apps/basket/reliability.yaml", "apps/cart/reliability.yaml", "fundamentals.toml"]);
    assert!(!estate.path().join("apps/bag-api").exists());
    estate.run("check").fine();
}

#[test]
fn a_folder_that_holds_more_is_for_people_to_rename() {
    let estate = identified_by("folder", "apps/bag-api/reliability.yaml", "apps/cart/reliability.yaml")
        .with("apps/bag-api/main.rs", "");
    let before = files(&estate);
    let said = estate.run("rename bag-api basket").refused(2);
    assert!(
        said.contains("the folder `apps/bag-api`") && said.contains("`renamed-from: [bag-api]`"),
        "{said}"
    );
    assert_eq!(files(&estate), before);
    // What the message says to do is enough.
    fs::rename(estate.path().join("apps/bag-api"), estate.path().join("apps/basket")).expect("renamed");
    let path = "apps/basket/reliability.yaml";
    let text = estate.read(path).replace("service: bag-api", "service: basket\nrenamed-from: [bag-api]");
    estate.with_text(path, &text);
    estate.run("check").fine();
}

#[test]
fn a_file_whose_name_says_nothing_stays_where_it_is() {
    let estate = identified_by("key", "apps/one.yaml", "apps/two.yaml");
    estate.run("rename bag-api basket").fine();
    assert!(estate.read("apps/one.yaml").starts_with("service: basket\nrenamed-from: [bag-api]\n"));
    estate.run("check").fine();
}
