//! What code hosts need: a document in every format whatever happens, and paths from the repository's root.

use serde_json::Value;

use crate::gate_formats::{FORMATS, xml_elements};
use crate::rubric_diff::OLD;
use crate::sarif_schema::is_valid_sarif;
use crate::support::{ELSEWHERE, Estate, GOLDEN_THREAD, assessed, parse_json, run_in};

/// What can't be decided, with the arguments, the exit code and what the reason says.
fn undecided() -> Vec<(Estate, &'static str, i32, &'static str)> {
    let green = || {
        let estate = Estate::empty();
        estate.with_service("bag-api", GOLDEN_THREAD, &assessed("2026-11-01", "logging: green"))
    };
    let committed = green();
    committed.commit("Before");
    let empty = Estate::empty();
    empty.commit("Nothing");
    let unset = empty.with_service("bag-api", GOLDEN_THREAD, &assessed("2026-11-01", "logging: green"));
    vec![
        (Estate::empty(), "gate", 3, "no service file in"),
        (committed, "gate --base nowhere", 3, "nowhere"),
        (unset, "gate --base HEAD", 3, "there is no service file here at"),
        (green().with("fundamentals.toml", "colour = 1\n"), "gate", 3, "unknown key"),
        (green(), "gate --service wish-api", 2, "wish-api"),
        (green(), "gate --pillar resilience --category load-testing", 3, "nothing was looked at"),
        (green(), "-C nowhere gate", 2, "there is no folder"),
    ]
}

fn reason(format: &str, out: &str) -> String {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    match format {
        "json" => {
            let json = parse_json(out);
            assert_eq!((json["result"].as_str(), json["services"].as_u64()), (Some("undecided"), Some(0)));
            text(&json["reason"])
        }
        "github" => {
            let line = out.lines().next().expect("a line");
            line.strip_prefix("::error title=undecided::").expect("a command").to_owned()
        }
        "sarif" => {
            let run = &is_valid_sarif(out)["runs"][0];
            assert_eq!(run["results"], Value::Array(Vec::new()));
            assert_eq!(run["invocations"][0]["executionSuccessful"], false);
            text(&run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"])
        }
        "junit" => {
            assert_eq!(xml_elements(out).get("error"), Some(&1), "{out}");
            let message = out.split("<error message=\"").nth(1).expect("an error");
            message.split('"').next().expect("a message").to_owned()
        }
        "gitlab" => {
            let json = parse_json(out);
            assert_eq!(json[0]["severity"], "blocker");
            assert!(
                json[0]["location"]["path"].as_str().is_some_and(|path| path.ends_with("fundamentals.toml"))
            );
            text(&json[0]["description"])
        }
        "markdown" => {
            assert!(
                out.starts_with("## Reliability gate\n\n**gate undecided: nothing was looked at**"),
                "{out}"
            );
            out.replace('\\', "")
        }
        other => panic!("`{other}` is for people"),
    }
}

#[test]
fn every_format_for_programs_gives_the_reason_why_nothing_was_decided() {
    for (estate, args, code, words) in undecided() {
        for format in FORMATS {
            let run = estate.run(&format!("{args} --format {format}"));
            assert_eq!(run.code, code, "{args} {format}");
            assert!(run.err.contains("error"), "{args} {format}: {}", run.err);
            if ["human", "concise"].contains(&format) {
                assert_eq!(run.out, "", "{args}");
            } else {
                let reason = reason(format, &run.out);
                assert!(reason.contains(words), "{args} {format}: {reason}");
            }
        }
    }
}

#[test]
fn a_check_that_finds_nothing_says_so_in_valid_documents_with_a_place() {
    for args in ["check", "-C nowhere check"] {
        let estate = Estate::empty();
        let sarif = is_valid_sarif(&estate.run(&format!("{args} --format sarif")).out);
        let run = &sarif["runs"][0];
        let place = &run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert!(place.as_str().is_some_and(|uri| uri.ends_with("fundamentals.toml")), "{args}: {run}");
        assert_eq!(run["invocations"][0]["executionSuccessful"], false);
        let json = parse_json(&estate.run(&format!("{args} --format json")).out);
        assert_eq!(json["problems"][0]["code"], "nothing-to-check", "{args}");
    }
}

#[test]
fn every_format_says_that_nothing_was_compared_or_an_older_commit() {
    let estate = Estate::empty();
    let estate = estate.with_service("bag-api", GOLDEN_THREAD, &assessed("2026-11-01", "logging: green"));
    estate.commit("Before");
    estate.git(&["branch", "later"]);
    estate.git(&["switch", "-q", "later"]);
    estate.commit("Later");
    estate.git(&["switch", "-q", "main"]);
    for (base, words) in [("main", "nothing was compared"), ("later", "compared with an older commit")] {
        for format in FORMATS {
            let run = estate.run(&format!("gate --base {base} --format {format}"));
            assert_eq!((run.code, run.err.as_str()), (0, ""), "{base} {format}");
            let notes = match format {
                "json" => parse_json(&run.out)["notes"].to_string(),
                "sarif" => {
                    let invocation = is_valid_sarif(&run.out)["runs"][0]["invocations"][0].clone();
                    assert_eq!(invocation["executionSuccessful"], true);
                    invocation["toolExecutionNotifications"].to_string()
                }
                "junit" => {
                    assert_eq!(xml_elements(&run.out).get("failure"), None, "{}", run.out);
                    run.out.split("<testsuite name=\"notes\"").nth(1).expect("a suite").to_owned()
                }
                "gitlab" => {
                    let entries = parse_json(&run.out);
                    assert!(entries.as_array().expect("a list").iter().all(|it| it["severity"] == "info"));
                    entries.to_string()
                }
                "github" => {
                    let is_note = |line: &&str| line.starts_with("::notice title=note::");
                    run.out.lines().filter(is_note).collect()
                }
                _ => run.out,
            };
            assert!(notes.contains(words), "{base} {format}: {notes}");
        }
    }
}

/// Every path of a document for a host.
fn paths(format: &str, out: &str) -> Vec<String> {
    let after = |start: &str, end: char| {
        let rest = out.split(start).skip(1);
        rest.map(|rest| rest.split(end).next().expect("a path").to_owned()).collect()
    };
    match format {
        "github" => after(" file=", ','),
        "sarif" => after("\"uri\": \"", '"'),
        "gitlab" | "json" => after("\"path\": \"", '"'),
        "junit" => after(" file=\"", '"'),
        "markdown" => {
            after("**file**: ", ',').into_iter().map(|path: String| path.replace(['\\', '`'], "")).collect()
        }
        "human" | "concise" => after("--> ", ':'),
        other => panic!("`{other}` is no format"),
    }
}

const BAG: &str = "teams/shop/services/bag-api.yaml";

/// A repository whose estate is in a folder of it; a service dropped to red, and another file has an error.
fn repository() -> Estate {
    let first = assessed("2026-06-01", "logging: green");
    let head = format!("service: bag-api\ndomain: shop\nplatform: web\n{GOLDEN_THREAD}\n{first}");
    let settings = "[estate]\nname = \"Shop\"\n";
    let estate = Estate::empty().with("teams/shop/fundamentals.toml", settings).with(BAG, &head);
    estate.commit("Before");
    estate.with(BAG, &(head + &assessed("2026-11-10", "logging: red")))
}

#[test]
fn hosts_get_paths_from_the_repositorys_root_wherever_the_program_is_started() {
    let estate = repository();
    let root = estate.path();
    let elsewhere = tempfile::tempdir().expect("a temporary folder can be made");
    std::os::unix::fs::symlink(root.join("teams"), elsewhere.path().join("link"))
        .expect("a link can be made");
    let starts = [
        (root.to_path_buf(), "-C teams/shop"),
        (root.join("teams/shop/services"), ""),
        (root.join("teams"), "-C ../teams/shop/services/.."),
        (elsewhere.path().to_path_buf(), "-C link/shop"),
        (root.parent().expect("a folder").to_path_buf(), &format!("-C {}/teams/shop", root.display())),
    ];
    for (folder, directory) in starts {
        for format in ["github", "sarif", "gitlab", "junit", "markdown"] {
            let run = run_in(&folder, &format!("{directory} gate --base main --format {format}"));
            assert_eq!(run.code, 4, "{directory}: {}", run.err);
            let paths = paths(format, &run.out);
            assert!(
                !paths.is_empty() && paths.iter().all(|path| path == BAG),
                "{directory} {format}: {paths:?}"
            );
        }
    }
    let people = run_in(&root.join("teams"), "-C shop gate --base main --format json");
    assert_eq!(paths("json", &people.out), ["shop/services/bag-api.yaml"]);
    let people = run_in(&root.join("teams"), "-C shop gate --base main");
    assert_eq!(paths("human", &people.out), ["shop/services/bag-api.yaml"]);
}

#[test]
fn check_gives_hosts_the_same_paths() {
    let estate = repository().with("teams/shop/services/wish-api.yaml", "colour: red\n");
    let wish = "teams/shop/services/wish-api.yaml";
    for (folder, args) in [("", "-C teams/shop check"), ("teams", "check shop/services/wish-api.yaml")] {
        let folder = estate.path().join(folder);
        for format in ["github", "sarif", "gitlab"] {
            let paths = paths(format, &run_in(&folder, &format!("{args} --format {format}")).out);
            assert!(!paths.is_empty() && paths.iter().all(|path| path == wish), "{args} {format}: {paths:?}");
        }
    }
    let out = run_in(&estate.path().join("teams"), "check shop/services/wish-api.yaml").out;
    assert!(out.contains("--> shop/services/wish-api.yaml"), "{out}");
}

#[test]
fn rubric_lint_gives_hosts_the_same_paths_and_finds_guidance_beside_the_rubric() {
    let rubric = "teams/shop/rubric/ours/v1.toml";
    let guidance = "guidance = [{ title = \"How\", href = \"how.md\" }]";
    let text = OLD.replacen("red =", &format!("{guidance}\nred ="), 1);
    let settings = "[estate]\nrubrics = [\"rubric/**/*.toml\"]\n";
    let estate = repository().with(rubric, &text).with("teams/shop/fundamentals.toml", settings);
    let estate = estate.with("teams/shop/rubric/ours/how.md", "# How\n");
    estate.commit("A rubric");
    let estate = estate.replacing(rubric, "Somebody can find them.", "Nearly everybody can.");
    let starts = [("", "-C teams/shop"), ("teams", "-C shop"), ("teams/shop/rubric/ours", "")];
    for (folder, directory) in starts {
        for format in ["github", "sarif", "gitlab"] {
            let args = format!("{directory} rubric lint --base HEAD --format {format}");
            let out = run_in(&estate.path().join(folder), &args).out;
            let paths = paths(format, &out);
            assert!(
                paths.len() > 1 && paths.iter().all(|path| path == rubric),
                "{directory} {format}: {paths:?}"
            );
            assert!(!out.contains("no guidance at"), "{out}");
        }
    }
    let people = run_in(&estate.path().join("teams"), "-C shop rubric lint --base HEAD").out;
    assert!(people.contains("--> shop/rubric/ours/v1.toml"), "{people}");
}

#[test]
fn a_lint_that_compares_nothing_says_so_in_valid_documents() {
    let estate = repository().with("teams/shop/rubric/v1.toml", OLD);
    for args in ["-C teams/shop rubric lint --base nowhere", "-C teams/shop rubric lint theirs"] {
        let sarif = is_valid_sarif(&estate.run(&format!("{args} --format sarif")).out);
        assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false, "{args}");
        let json = parse_json(&estate.run(&format!("{args} --format json")).out);
        assert_eq!(json["errors"], 1, "{args}");
        let github = estate.run(&format!("{args} --format github")).out;
        assert!(github.starts_with("::error title=nothing-to-check::"), "{github}");
    }
}

#[test]
fn without_a_repository_paths_are_from_the_estates_folder() {
    let estate = Estate::empty();
    let text = format!(
        "service: bag-api\ndomain: shop\nplatform: web\n{ELSEWHERE}\n{}",
        assessed("2026-06-01", "logging: green") + &assessed("2026-11-10", "logging: red")
    );
    let estate = estate.with("shop/services/bag-api.yaml", &text);
    std::fs::remove_dir_all(estate.path().join(".git")).ok();
    let run = run_in(estate.path(), "-C shop gate --format gitlab");
    assert_eq!(paths("gitlab", &run.out), ["services/bag-api.yaml"]);
}
