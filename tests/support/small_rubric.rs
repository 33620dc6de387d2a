//! The text of a small rubric.

/// The text of the rubric `id@major`. A category is its id and more lines for it; `q/c` is the category `c` of the pillar
/// `q`, and a category without one is of the pillar `p`. What lines say of a key counts instead of what is usual, also
/// `# no amber`.
pub fn small_rubric(key: &str, head: &str, categories: &[(impl AsRef<str>, impl AsRef<str>)]) -> String {
    let (id, major) = key.split_once('@').expect("a rubric is id@major");
    let usual = [
        ("id", format!("{id:?}")),
        ("version", format!("\"{major}.0\"")),
        ("title", format!("{:?}", title(id))),
        ("published", format!("2020-01-{major:0>2}")),
    ];
    let mut text = with_usual(head, &usual);
    let mut last = None;
    for (place, more) in categories {
        let (pillar, id) = place.as_ref().split_once('/').unwrap_or(("p", place.as_ref()));
        if last != Some(pillar) {
            text += &format!("[[pillar]]\nid = {pillar:?}\ntitle = {:?}\n", title(pillar));
            last = Some(pillar);
        }
        let usual = ["r", "a", "g"].map(|words| format!("{words:?}"));
        let [red, amber, green] = usual;
        let names = [("id", format!("{id:?}")), ("title", format!("{:?}", title(id)))];
        let colours = [("red", red), ("amber", amber), ("green", green)];
        text += "[[pillar.category]]\n";
        text += &with_usual(more.as_ref(), &[&names[..], &colours].concat());
    }
    text
}

fn title(id: &str) -> String {
    id[..1].to_uppercase() + &id[1..].replace('-', " ")
}

/// Lines of a table, after the keys of which they say nothing.
fn with_usual(lines: &str, usual: &[(&str, String)]) -> String {
    let is_given = |key: &str| lines.lines().any(|line| line.trim_start_matches("# no ").starts_with(key));
    let usual = usual.iter().filter(|(key, _)| !is_given(key)).map(|(key, value)| format!("{key} = {value}"));
    usual.chain([lines.trim_end().to_owned(), String::new()]).collect::<Vec<_>>().join("\n")
}
