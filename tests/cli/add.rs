//! `fundamentals add`: a service's file that is right from the start.

use crate::support::{Estate, assert_snapshot};

#[test]
fn a_new_service_lies_beside_its_platforms_others() {
    let estate = Estate::shop();
    let args = [
        "add",
        "checkout-worker",
        "--platform",
        "checkout",
        "--title",
        "Checkout: worker",
        "--golden-thread",
    ];
    let said = estate.run_with(&args).fine();
    assert!(said.starts_with("Written to services/shopping/checkout-worker.yaml.\n"), "{said}");
    assert_snapshot!("add-file", estate.read("services/shopping/checkout-worker.yaml"));
    let checked = estate.run("check").fine();
    assert!(checked.contains("no-assessments") && checked.contains(": 1 warning"), "{checked}");
    estate.run("score checkout-worker --set logging=green").fine();
}

#[test]
fn an_estate_may_begin_with_it() {
    let estate = Estate::empty();
    estate.run("add a --platform p --domain d --criticality low --owner o --tag x,y").fine();
    assert_eq!(
        estate.read("services/a.yaml"),
        "service: a\ndomain: d\nplatform: p\nowner: o\ncriticality: low\ntags: [x, \"y\"]\njoined: 2026-11-20\n"
    );
}

#[test]
fn a_new_service_joins_today_or_on_the_day_that_is_given() {
    let estate = Estate::empty();
    for (id, args, joined) in [("a", "", "2026-11-20"), ("b", "--joined 2026-03-01", "2026-03-01")] {
        estate.run(&format!("add {id} --platform p --domain d --criticality low {args}")).fine();
        let text = estate.read(&format!("services/{id}.yaml"));
        assert!(text.ends_with(&format!("\njoined: {joined}\n")), "{text}");
    }
}

#[test]
fn all_that_is_missing_is_named_with_what_is_known() {
    let said = Estate::shop().run("add new").refused(2);
    for part in ["--platform (known here:", "--domain (known here:", "--criticality (known here:"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn what_would_be_wrong_or_lost_is_not_written() {
    let estate = Estate::shop();
    let taken = estate.run("add bag-api --platform checkout --criticality low").refused(2);
    assert!(
        taken.contains("there is a service `bag-api` already, in services/shopping/bag-api.yaml"),
        "{taken}"
    );
    let unknown = estate.run("add new --platform p --domain nowhere --criticality low").refused(3);
    assert!(unknown.starts_with("error[unknown-domain]"), "{unknown}");
    let lower = estate.run("add new --platform checkout --criticality low --golden-thread").refused(3);
    assert!(lower.starts_with("error[golden-thread-criticality]"), "{lower}");
    let elsewhere =
        estate.run("add new --platform checkout --criticality low --file docs/new.yaml").refused(2);
    assert!(elsewhere.contains("would not be found"), "{elsewhere}");
    let misnamed =
        estate.run("add new --platform checkout --criticality low --file services/old.yaml").refused(3);
    assert!(misnamed.starts_with("error[file-name-mismatch]"), "{misnamed}");
    assert!(estate.run("add a/b --platform checkout").refused(2).contains("can't be an id"));
    assert!(!estate.path().join("services/old.yaml").exists());
}

#[test]
fn a_name_that_is_a_device_on_windows_is_refused() {
    let estate = Estate::shop();
    for id in ["con", "nul", "com1", "lpt9", "aux"] {
        let message =
            estate.run(&format!("add {id} --platform web --domain shopping --criticality low")).refused(2);
        assert!(message.contains("Windows"), "{message}");
    }
}

#[test]
fn a_file_or_folder_that_other_file_systems_take_for_another_is_refused() {
    let cart = "service: cart\nplatform: p\ndomain: d\ncriticality: low\n";
    let estate = Estate::empty().with("services/Shop/l\u{e4}den/cart.yaml", cart);
    for file in [
        "services/Shop/l\u{e4}den/CART.yaml",
        "services/shop/new.yaml",
        "services/Shop/la\u{308}den/new.yaml",
        "services/con/new.yaml",
        "services/Shop/aux.d/new.yaml",
        "services/Shop./new.yaml",
        "services/Shop/new /new.yaml",
        "services/Shop/nul.txt.yaml",
        "services/Shop/COM\u{b9}.yaml",
    ] {
        let args = ["add", "new", "--platform", "p", "--domain", "d", "--criticality", "low", "--file", file];
        let said = estate.run_with(&args).refused(2);
        assert!(said.contains("can't be the name of a new file or folder"), "{file}: {said}");
        assert!(!estate.path().join(file).exists(), "{file}");
    }
    estate.run("add new --platform p --domain d --criticality low --file services/Shop/new/new.yaml").fine();
}
