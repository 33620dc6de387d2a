//! The comment on a pull or merge request, with a `curl` that keeps comments in a file.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::files::root;
use crate::machine::{Machine, Run};

/// A host with one comment, in which somebody who is not the job wrote what the job's comments begin with.
const CURL: &str = r#"#!/usr/bin/env bash
set -euo pipefail
printf '%s\n' "$*" >> "$HOME/calls"
[ -f "$HOME/comments" ] || echo '[{"id": 3, "body": "<!-- fundamentals gate -->\nforged", "user": {"type": "User"}, "author": {"id": 9}}]' > "$HOME/comments"
method=GET
while [ $# -gt 0 ]; do
  case "$1" in
    --request) method="$2"; shift 2 ;;
    --data) body="$(cat)"; shift 2 ;;
    --header) case "$2" in @*) cat "${2#@}" > "$HOME/token" ;; esac; shift 2 ;;
    --retry) shift 2 ;;
    --*) shift ;;
    *) url="$1"; shift ;;
  esac
done
case "$method $url" in
  "GET "*/user) echo '{"id": 1}' ;;
  "GET "*"&page=2") cat "$HOME/comments" ;;
  "GET "*"&page=1") echo '[{"id": 2, "body": "Nice", "user": {"type": "Bot"}, "author": {"id": 1}}]' ;;
  "GET "*) echo '[]' ;;
  "POST "*) new="$(jq --argjson it "$body" '. + [{id: 7, body: $it.body, user: {type: "Bot"}, author: {id: 1}}]' "$HOME/comments")"; echo "$new" > "$HOME/comments" ;;
  *) new="$(jq --argjson it "$body" --argjson id "${url##*/}" 'map(if .id == $id then .body = $it.body else . end)' "$HOME/comments")"; echo "$new" > "$HOME/comments" ;;
esac
"#;

/// A machine that reaches such a host.
pub(crate) fn with_host(machine: Machine) -> Machine {
    machine.install("curl", CURL);
    machine.with(&[
        ("GITHUB_API_URL", "https://api.example"),
        ("GITHUB_REPOSITORY", "org/estate"),
        ("CI_API_V4_URL", "https://gitlab.example/api/v4"),
        ("CI_PROJECT_ID", "12"),
        ("CI_MERGE_REQUEST_IID", "34"),
        ("FUNDAMENTALS_TOKEN", "s3cret"),
    ])
}

/// The texts of the comments that the host has now.
pub(crate) fn comments(machine: &Machine) -> Vec<String> {
    let comments: Value = serde_json::from_str(&in_home(machine, "comments")).expect("the host keeps JSON");
    let comments = comments.as_array().expect("a list").iter();
    comments.map(|comment| comment["body"].as_str().expect("a text").to_owned()).collect()
}

fn in_home(machine: &Machine, name: &str) -> String {
    fs::read_to_string(machine.home().join(name)).expect("the host was asked")
}

fn post(machine: &Machine, host: &str, text: &str) -> Run {
    fs::write(machine.temp().join("gate.md"), text).expect("the file can be written");
    let script = root().join("examples/ci/comment.sh");
    let line = format!("bash '{}' {host} gate.md", script.display());
    let variables = [("GITHUB_TOKEN", "s3cret"), ("PULL_REQUEST", "5")];
    let variables: BTreeMap<_, _> =
        variables.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    machine.bash(&line, &machine.temp(), &variables)
}

#[test]
fn there_is_one_comment_and_later_runs_update_it() {
    for (host, place) in [
        ("github", "https://api.example/repos/org/estate/issues/comments/7"),
        ("gitlab", "https://gitlab.example/api/v4/projects/12/merge_requests/34/notes/7"),
    ] {
        let machine = with_host(Machine::new());
        for text in ["first `$(touch pwned)`", "second \"quoted\"\nline"] {
            post(&machine, host, text).assert_ended_with(0);
            let comments = comments(&machine);
            assert_eq!(comments.len(), 2, "{host}: {comments:?}");
            assert!(comments[0].ends_with("forged"), "{host}: what others wrote stays");
            assert_eq!(comments[1], format!("<!-- fundamentals gate -->\n{text}"), "{host}");
        }
        let calls = in_home(&machine, "calls");
        assert!(calls.lines().last().is_some_and(|call| call.ends_with(place)), "{host}: {calls}");
        assert!(!calls.contains("s3cret"), "{host}: arguments are seen by others: {calls}");
        assert!(in_home(&machine, "token").contains("s3cret"), "{host}");
    }
}

#[test]
fn a_comment_without_a_text_or_a_host_is_wrong_usage() {
    let machine = with_host(Machine::new());
    post(&machine, "github", "").assert_ended_with(2).assert_says("usage: comment.sh");
    post(&machine, "elsewhere", "text").assert_ended_with(2).assert_says("usage: comment.sh");
}
