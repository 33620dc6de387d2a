use super::*;

fn file() -> FileId {
    FileId::from_index(0)
}

/// A tree in a form that is easy to compare: text in quotes where it is always text.
fn form(node: &Node) -> String {
    match &node.value {
        Value::Null => "~".to_owned(),
        Value::Scalar(text, ScalarStyle::Text) => format!("{text:?}"),
        Value::Scalar(text, ScalarStyle::Plain | ScalarStyle::Literal) => text.clone(),
        Value::List(items) => format!("[{}]", items.iter().map(form).collect::<Vec<_>>().join(" ")),
        Value::Table(entries) => {
            let entries = entries.iter().map(|entry| format!("{}={}", entry.key.value, form(&entry.node)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
        }
    }
}

/// Each document, or why it can't be read.
fn forms(text: &str) -> Vec<String> {
    let documents = documents(text, file()).into_iter();
    documents
        .map(|document| match document {
            Ok(read) => form(&read.node),
            Err(unreadable) => format!("! {}", unreadable.reason),
        })
        .collect()
}

#[test]
fn what_our_own_files_may_not_hold_is_taken() {
    let text = "base: &base {a: 1, b: No}\nmerged:\n  <<: *base\n  b: 2\nlist: [*base]\ntag: !Ref thing\nbin: !!binary aGk=\nday: 2026-11-27\noct: 0123\n";
    assert_eq!(
        forms(text),
        ["{base={a=1 b=No} merged={b=2 a=1} list=[{a=1 b=No}] tag=thing bin=aGk= day=2026-11-27 oct=0123}"]
    );
}

#[test]
fn numbers_and_truth_values_stay_as_they_were_written() {
    assert_eq!(
        forms("a: 1.50\nb: 0x1F\nc: True\nd: \"4\"\ne: -7 # x\nf: 1_000\ng: .inf\n"),
        ["{a=1.50 b=0x1F c=True d=\"4\" e=-7 f=1_000 g=.inf}"]
    );
    assert_eq!(forms("1: a\ntrue: b\n~: c\n? [x, y]\n: d\n"), ["{1=a true=b ~=c [x, y]=d}"]);
}

#[test]
fn places_are_those_in_the_file() {
    let text = "# é\r\na: 1\r\n---\r\nname: \"é x\"\r\nlist:\r\n  - one\r\n";
    let documents = documents(text, file());
    let read = documents[1].as_ref().expect("a document");
    let Value::Table(entries) = &read.node.value else { panic!("a table") };
    assert_eq!(&text[entries[0].key.span.range()], "name");
    assert_eq!(&text[entries[0].node.span.range()], "\"é x\"");
    let Value::List(items) = &entries[1].node.value else { panic!("a list") };
    assert_eq!(&text[items[0].span.range()], "one");
    assert!(text[read.node.span.range()].starts_with("name:"));
}

#[test]
fn a_marker_within_a_block_of_text_ends_no_document() {
    assert_eq!(
        forms("a: |\n  one\n  ---\n  two\n---\nb: >-\n  ---\n"),
        ["{a=\"one\\n---\\ntwo\\n\"}", "{b=\"---\"}"]
    );
    assert_eq!(forms("a: \"x\n  --- y\"\n"), ["{a=\"x --- y\"}"]);
}

#[test]
fn directives_comments_and_empty_documents_are_no_documents() {
    assert_eq!(forms("# only\n"), Vec::<String>::new());
    assert_eq!(forms("---\n---\n# c\n--- # d\na: 1\n...\n%YAML 1.2\n---\nb: 2\n"), ["{a=1}", "{b=2}"]);
    assert_eq!(forms("%TAG ! tag:example.org,2026:\n---\na: !x 1\n---\nb: 2\n"), ["{a=1}", "{b=2}"]);
}

#[test]
fn what_cannot_be_read_hides_no_other_document() {
    let text = "a: 1\n---\n{% if x %}\nb: [\n---\nc: 3\n";
    let at = documents(text, file()).into_iter().find_map(Result::err).expect("an error").span;
    assert!((5..27).contains(&at.start), "{at:?}");
    let forms = forms(text);
    assert_eq!((forms[0].as_str(), forms[2].as_str()), ("{a=1}", "{c=3}"));
    assert!(forms[1].starts_with("! "), "{forms:?}");
}

#[test]
fn of_repeated_keys_the_last_counts_and_both_places_are_known() {
    for text in ["a: 1\nb: 2\na: 3\n", r#"{"a": 1, "b": 2, "a": 3}"#] {
        let documents = documents(text, file());
        let read = documents[0].as_ref().expect("a document");
        assert_eq!(form(&read.node), "{a=3 b=2}");
        let [repeated] = &read.repeated_keys[..] else { panic!("one: {:?}", read.repeated_keys) };
        assert!(repeated.key.span.start > repeated.first.start);
    }
    // What a merge key brings in is overridden, not repeated.
    let documents = documents("x: &x {a: 1}\ny:\n  <<: *x\n  a: 2\n", file());
    assert!(documents[0].as_ref().expect("a document").repeated_keys.is_empty());
}

#[test]
fn json_is_taken_apart_into_the_items_of_its_pages() {
    assert_eq!(
        forms(r#"[{"a": 1}, {"a": [true, null, "x"]}]"#),
        ["{\"a\"=1}".replace('"', ""), "{a=[true ~ \"x\"]}".to_owned()]
    );
    assert_eq!(
        forms("{\"items\": [{\"a\": 1}], \"totalItems\": 1}\n{\"items\": [{\"a\": 2}]}\n"),
        ["{a=1}", "{a=2}"]
    );
    assert_eq!(forms(r#"{"items": "none"}"#), ["{items=\"none\"}"]);
    let text = r#"[ {"name": "é\n"} ]"#;
    let documents = documents(text, file());
    let node = &documents[0].as_ref().expect("a document").node;
    assert_eq!(&text[node.span.range()], r#"{"name": "é\n"}"#);
}

#[test]
fn flow_style_yaml_that_begins_like_json_is_yaml() {
    assert_eq!(forms("{a: 1, b: [x]}\n"), ["{a=1 b=[x]}"]);
    assert_eq!(forms("[a, b]\n"), ["[a b]"]);
    let cut_off = forms("[{\"a\": 1}, {\"a\":");
    assert!(cut_off.len() == 1 && cut_off[0].starts_with("! "), "{cut_off:?}");
}

#[test]
fn hostile_documents_are_refused() {
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n";
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), "*a,".repeat(900));
    let hostile = [
        "[".repeat(160_000),
        "{\"a\":".repeat(160_000),
        format!("{}{}", "[".repeat(160_000), "]".repeat(160_000)),
        "- ".repeat(10_000),
        bomb.to_owned(),
        long,
        "a,".repeat(400_000).replacen('a', "[a", 1) + "]",
        "a: &a [*a]\n".to_owned(),
        "? ".repeat(5_000),
        "&a ".repeat(5_000),
        format!("a: &a {}\nb: [{}]\n", "\"\\t".to_owned() + &"x".repeat(60_000) + "\"", "*a,".repeat(900)),
        "a: 'never closed\n".repeat(5_000),
    ];
    for text in hostile {
        let forms = forms(&text);
        assert!(forms.iter().all(|form| form.starts_with("! ")), "{}", &text[..40]);
    }
}
