//! Names that begin with a dot: what editors and systems keep beside our files is none of ours.

use crate::support::{Estate, run_in};

const HEAD: &str = "domain: shop\nplatform: web\ncriticality: low\n";

fn estate() -> Estate {
    Estate::empty().with("services/bag-api.yaml", &format!("service: bag-api\n{HEAD}"))
}

#[test]
fn files_whose_names_begin_with_a_dot_are_skipped_and_named_on_request() {
    let estate = estate()
        .with("services/._bag-api.yaml", "\u{5}\u{16}\u{7}")
        .with("services/.backup/bag-api.yaml", "service: bag-api\n");
    #[cfg(unix)]
    std::os::unix::fs::symlink("nobody@host.4711", estate.path().join("services/.#bag-api.yaml"))
        .expect("a link");
    let quiet = estate.run("check");
    assert_eq!((quiet.code, quiet.err.as_str()), (0, ""), "{}", quiet.out);
    let told = estate.run("check --verbose").err;
    assert!(told.starts_with("note: skipped, since the name begins with a dot: "), "{told}");
    for name in ["services/._bag-api.yaml", "services/.backup"] {
        assert!(told.contains(name), "{told}");
    }
    assert_eq!(told.contains("services/.#bag-api.yaml"), cfg!(unix), "{told}");
    assert!(estate.run("trend --verbose").err.contains("services/.backup"));
}

#[test]
fn a_hidden_file_that_is_named_is_checked() {
    let estate = estate().with("services/.draft.yaml", "service: draft\n");
    let told = estate.run("check --verbose services/.draft.yaml");
    assert!(told.out.contains("missing-key"), "{}", told.out);
    assert!(!told.err.contains("skipped"), "{}", told.err);
}

#[test]
fn a_glob_that_writes_the_dot_finds_them() {
    let text = format!("service: bag-api\n{HEAD}");
    for (glob, path) in [
        (".reliability/*.yaml", ".reliability/bag-api.yaml"),
        ("**/.reliability/*.yaml", "apps/bag/.reliability/bag-api.yaml"),
        ("apps/.*.yaml", "apps/.bag-api.yaml"),
    ] {
        let estate = Estate::empty()
            .with("fundamentals.toml", &format!("[estate]\nservices = [\"{glob}\"]\n"))
            .with(path, &text);
        let told = estate.run("check");
        assert!(told.out.contains("checked 1 service file"), "{glob}: {}{}", told.out, told.err);
    }
}

#[test]
fn a_wildcard_does_not_match_a_dot_at_the_start() {
    let estate = estate()
        .with("fundamentals.toml", "[estate]\nservices = [\"**/*.yaml\"]\n")
        .with(".github/workflows/ci.yaml", "on: push\n");
    let told = estate.run("check");
    assert!(told.out.contains("checked 1 service file"), "{}{}", told.out, told.err);
}

#[test]
fn where_only_hidden_files_are_found_that_is_said_without_being_asked() {
    let estate = Estate::empty().with("services/.bag-api.yaml", &format!("service: bag-api\n{HEAD}"));
    let told = estate.run("check");
    assert_eq!(told.code, 3);
    assert!(
        told.out.contains("skipped, since the name begins with a dot: `services/.bag-api.yaml`"),
        "{}",
        told.out
    );
}

#[cfg(unix)]
#[test]
fn a_hidden_link_to_a_folder_is_skipped_and_named() {
    let estate = estate().with("teams/till.yaml", &format!("service: till\n{HEAD}"));
    std::os::unix::fs::symlink("../teams", estate.path().join("services/.teams")).expect("a link");
    let told = estate.run("check --verbose");
    assert!(told.out.contains("checked 1 service file"), "{}", told.out);
    assert!(told.err.contains("services/.teams"), "{}", told.err);
}

#[test]
fn what_was_skipped_elsewhere_is_not_named_where_a_path_is_checked() {
    let estate = estate().with("services/.old/till.yaml", HEAD).with("services/shop/cart.yaml", HEAD);
    assert!(!estate.run("check --verbose services/shop").err.contains(".old"));
}

#[test]
fn a_service_is_added_from_a_folder_beside_the_others() {
    let estate = estate().with("fundamentals.toml", "").with("services/shop/README", "");
    let args = "add till --platform web --domain shop --criticality low";
    run_in(&estate.path().join("services/shop"), args).fine();
    assert!(estate.read("services/till.yaml").contains("service: till"));
}
