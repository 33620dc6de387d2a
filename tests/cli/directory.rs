//! Folders on the command line: every relative path begins in that of `-C`, as with git, and `check` takes what is beneath one.

use assert_cmd::Command;

use crate::support::{Estate, TODAY};

/// What the program prints when it is started in the folder above the estate.
fn above(estate: &Estate, arguments: &str) -> String {
    let (folder, name) =
        (estate.path().parent().expect("a folder"), estate.path().file_name().expect("a name"));
    let mut program = Command::cargo_bin("fundamentals").expect("the program is built");
    program.current_dir(folder).arg("-C").arg(name).args(["--today", TODAY]);
    let output = program.args(arguments.split(' ')).output().expect("the program starts");
    let shown =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    shown.replace(&*name.to_string_lossy(), "ESTATE")
}

#[test]
fn check_takes_its_paths_from_there() {
    let shown = above(&Estate::shop(), "check services/shopping/bag-api.yaml");
    assert!(shown.contains("checked 1 service file"), "{shown}");
}

#[test]
fn a_result_is_written_there_and_shown_from_where_the_user_is() {
    let estate = Estate::shop();
    above(&estate, "schema service -o service.json");
    assert!(estate.read("service.json").contains("$schema"));
}

#[test]
fn a_new_service_is_written_there() {
    let estate = Estate::shop();
    let shown = above(
        &estate,
        "add new-api --platform web --domain shopping --criticality low --file services/shopping/new-api.yaml",
    );
    assert!(shown.contains("Written to ESTATE/services/shopping/new-api.yaml."), "{shown}");
    assert!(estate.read("services/shopping/new-api.yaml").contains("service: new-api"));
}

#[test]
fn a_table_of_scores_is_read_from_there() {
    let estate = Estate::shop().with("scores.csv", "category,colour\nlogging,green\n");
    let shown = above(&estate, "score bag-api --from scores.csv --dry-run");
    assert!(shown.contains("logging"), "{shown}");
    assert!(!shown.contains("no-such-path"), "{shown}");
}

#[test]
fn a_rubric_to_compare_is_read_from_there() {
    let estate = Estate::shop();
    let rubric = fundamentals::load::BUILT_IN_RUBRICS[1];
    let estate = estate.with("drafts/v3.toml", &rubric.replace("version = \"2.", "version = \"3."));
    let shown = above(&estate, "rubric diff fundamentals@2 drafts/v3.toml");
    assert!(shown.contains('→'), "{shown}");
}

#[test]
fn a_folder_whose_name_only_begins_like_the_one_named_is_not_beneath_it() {
    let settings = "[estate]\nservices = [\"services*/*.yaml\"]\n";
    let service = |id: &str, more: &str| {
        format!("service: {id}\ndomain: shop\nplatform: web\ncriticality: low\n{more}")
    };
    let estate = Estate::empty()
        .with("fundamentals.toml", settings)
        .with("services/bag-api.yaml", &service("bag-api", ""))
        .with("services-old/cart-api.yaml", &service("cart-api", "colour: red\n"));
    assert_eq!(estate.run("check services").code, 0);
    assert_eq!(estate.run("check services-old").code, 3);
}
