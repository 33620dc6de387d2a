//! The file of a rubric that is new: a skeleton as TOML, for a person to complete.

use toml::Value;

use crate::model::{Guidance, Link, MadeId, RubricSkeleton, SkeletonCategory, SkeletonPillar};
use crate::text::{sanitize, wrap};

/// Columns that a comment fills.
const WIDTH: usize = 100;
/// A list on one line is at most so long.
const LINE: usize = 100;

/// The text of a rubric's file. A definition that is missing is a comment in its place: `rubric lint` then says which
/// category needs one.
#[must_use]
pub fn rubric_text(skeleton: &RubricSkeleton) -> String {
    let ids = skeleton.ids();
    let mut file = RubricText::default();
    file.comments(&skeleton.comments);
    if !skeleton.comments.is_empty() {
        file.line("");
    }
    file.text("id", skeleton.id.as_str());
    file.text("version", &skeleton.version.to_string());
    file.text("title", &skeleton.title);
    file.line(&format!("published = {}", skeleton.published));
    for (pillar, (id, categories)) in skeleton.pillars.iter().zip(&ids) {
        file.pillar(pillar, id, categories);
    }
    file.0
}

/// Lines of TOML.
#[derive(Default)]
struct RubricText(String);

impl RubricText {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn text(&mut self, key: &str, text: &str) {
        self.line(&format!("{key} = {}", quoted(text)));
    }

    fn comment(&mut self, comment: &str) {
        for line in comment.lines().filter(|line| !line.trim().is_empty()) {
            // A control character in a comment is not TOML.
            self.line(&wrap(&format!("# {}", sanitize(line.trim())), WIDTH, "# "));
        }
    }

    fn comments(&mut self, comments: &[String]) {
        comments.iter().for_each(|comment| self.comment(comment));
    }

    fn pillar<I: ToString>(
        &mut self,
        pillar: &SkeletonPillar,
        id: &MadeId<I>,
        categories: &[MadeId<impl ToString>],
    ) {
        self.line("");
        if pillar.categories.is_empty() {
            // A pillar without categories is an error.
            self.comment(&format!(
                "The pillar `{}` has no questions in the source, so it is left out.",
                pillar.title
            ));
            self.comments(&pillar.comments);
            return;
        }
        self.line("[[pillar]]");
        self.comments(&pillar.comments);
        self.named(id, &pillar.source_id, &pillar.title);
        for (category, id) in pillar.categories.iter().zip(categories) {
            self.category(category, id);
        }
    }

    fn category(&mut self, category: &SkeletonCategory, id: &MadeId<impl ToString>) {
        self.line("");
        self.line("[[pillar.category]]");
        self.comments(&category.comments);
        self.named(id, &category.source_id, &category.title);
        if let Some(question) = &category.question {
            self.text("question", question);
        }
        self.required("red", &category.red);
        let amber = statements(&category.amber);
        if !amber.is_empty() {
            self.list("amber", &amber);
        }
        self.required("green", &category.green);
        if !category.guidance.is_empty() {
            self.guidance(&category.guidance);
        }
    }

    /// An id and a title, with what the source calls it where neither says that.
    fn named(&mut self, id: &MadeId<impl ToString>, source_id: &str, title: &str) {
        let own = id.id.to_string();
        id.comment.iter().for_each(|comment| self.comment(comment));
        let title = if title.trim().is_empty() { source_id } else { title };
        if source_id != title && source_id != own && !source_id.trim().is_empty() {
            self.comment(&format!("In the source: {source_id}"));
        }
        self.text("id", &own);
        self.text("title", if title.trim().is_empty() { &own } else { title });
    }

    /// A definition that every category has.
    fn required(&mut self, key: &str, texts: &[String]) {
        let statements = statements(texts);
        if statements.is_empty() {
            self.line(&format!("# {key} = \"\"  # the source doesn't say: write what {key} looks like"));
        } else {
            self.list(key, &statements);
        }
    }

    fn guidance(&mut self, guidance: &[Guidance]) {
        let items: Vec<_> = guidance.iter().map(guidance_item).collect();
        match (guidance, items.as_slice()) {
            ([Guidance::Link(_)], [link]) => self.line(&format!("guidance = [{link}]")),
            (_, items) => self.list("guidance", items),
        }
    }

    /// One text alone, or a list: on one line if it is short.
    fn list(&mut self, key: &str, items: &[String]) {
        let line = format!("{key} = [{}]", items.join(", "));
        match items {
            [only] => self.line(&format!("{key} = {only}")),
            _ if line.len() <= LINE && !line.contains('\n') => self.line(&line),
            _ => {
                self.line(&format!("{key} = ["));
                items.iter().for_each(|item| self.line(&format!("  {item},")));
                self.line("]");
            }
        }
    }
}

fn guidance_item(guidance: &Guidance) -> String {
    match guidance {
        Guidance::Link(Link { title, href, .. }) => {
            format!("{{ title = {}, href = {} }}", quoted(title), quoted(href))
        }
        Guidance::Text(text) => quoted(&text.value),
    }
}

/// The statements of a definition that say something, in quotes.
fn statements(texts: &[String]) -> Vec<String> {
    texts.iter().filter(|text| !text.trim().is_empty()).map(|text| quoted(text)).collect()
}

/// A text in quotes.
fn quoted(text: &str) -> String {
    Value::from(text.trim()).to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::load;
    use crate::model::{Date, Rubric, RubricId, Version};
    use crate::source::{FileId, Span};

    fn skeleton(pillars: Vec<SkeletonPillar>) -> RubricSkeleton {
        RubricSkeleton {
            id: RubricId::new("ours").expect("an id"),
            title: "Ours".to_owned(),
            version: Version { major: 1, minor: 0 },
            published: Date::parse("2026-01-31").expect("a date"),
            comments: Vec::new(),
            pillars,
        }
    }

    fn category(source_id: &str, red: &str, green: &[&str]) -> SkeletonCategory {
        SkeletonCategory {
            source_id: source_id.to_owned(),
            title: format!("About {source_id}"),
            red: vec![red.to_owned()],
            green: green.iter().map(ToString::to_string).collect(),
            ..SkeletonCategory::default()
        }
    }

    fn pillar(source_id: &str, categories: Vec<SkeletonCategory>) -> SkeletonPillar {
        let title = source_id.to_owned();
        SkeletonPillar { source_id: title.clone(), title, categories, ..SkeletonPillar::default() }
    }

    /// The rubric that a text is, and the codes of its problems.
    fn read(text: &str) -> (Option<Rubric>, Vec<String>) {
        let loaded = load::load_texts(None, &[("rubric/ours.toml", text)], &[]);
        let codes = loaded.problems.iter().map(|problem| problem.code.to_string()).collect();
        (loaded.own_rubrics().next().cloned(), codes)
    }

    #[test]
    fn a_skeleton_is_a_rubric_with_its_comments() {
        let link = Link {
            title: "The page".to_owned(),
            href: "https://a.example/x".to_owned(),
            span: Span::new(FileId::from_index(0), 0..0),
        };
        let mut first = category("OPS-01.01", "Nobody knows.", &["Somebody knows.", "They can be asked."]);
        first.comments = vec!["Weight in the source: 3".to_owned()];
        first.guidance = vec![Guidance::Link(link)];
        let second = SkeletonCategory { red: Vec::new(), ..category("ops_01-01", "", &["A \"rota\"."]) };
        let mut skeleton =
            skeleton(vec![pillar("Operations", vec![first, second]), pillar("Empty", Vec::new())]);
        skeleton.comments = vec!["From a model with levels 1 to 3.".to_owned()];
        insta::assert_snapshot!(rubric_text(&skeleton), @r##"
        # From a model with levels 1 to 3.

        id = "ours"
        version = "1.0"
        title = "Ours"
        published = 2026-01-31

        [[pillar]]
        id = "operations"
        title = "Operations"

        [[pillar.category]]
        # Weight in the source: 3
        # In the source: OPS-01.01
        id = "ops-01-01"
        title = "About OPS-01.01"
        red = "Nobody knows."
        green = ["Somebody knows.", "They can be asked."]
        guidance = [{ title = "The page", href = "https://a.example/x" }]

        [[pillar.category]]
        # `ops-01-01` is taken above: choose an id.
        # In the source: ops_01-01
        id = "ops-01-01-2"
        title = "About ops_01-01"
        # red = ""  # the source doesn't say: write what red looks like
        green = 'A "rota".'

        # The pillar `Empty` has no questions in the source, so it is left out.
        "##);
    }

    #[test]
    fn a_missing_definition_is_a_missing_key_of_its_category() {
        let green_alone = SkeletonCategory { red: Vec::new(), ..category("a", "", &["It is there."]) };
        let text = rubric_text(&skeleton(vec![pillar("p", vec![green_alone])]));
        assert_eq!(read(&text).1, ["missing-key"]);
    }

    fn words() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            "[a-zA-Z .:#'\"\\\\{}\\[\\],=-]{1,12}",
            Just("\n".to_owned()),
            Just("\r\n".to_owned()),
            Just("\"\"\"".to_owned()),
            Just("'''".to_owned()),
            any::<char>().prop_map(String::from),
        ];
        proptest::collection::vec(part, 1..6).prop_map(|parts| format!("a{}z", parts.concat()))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_the_texts_the_file_is_a_rubric_that_says_them(
            names in proptest::collection::vec(words(), 1..5),
            red in words(),
            green in proptest::collection::vec(words(), 1..4),
            comment in words(),
        ) {
            let greens: Vec<_> = green.iter().map(String::as_str).collect();
            let categories = names.iter().map(|name| SkeletonCategory {
                comments: vec![comment.clone()],
                ..category(name, &red, &greens)
            });
            let text = rubric_text(&skeleton(vec![pillar(&comment, categories.collect())]));
            let (rubric, codes) = read(&text);
            prop_assert!(codes.is_empty(), "{:?}: {}", codes, text);
            let rubric = rubric.expect("a rubric");
            prop_assert_eq!(rubric.categories.len(), names.len());
            for (category, name) in rubric.categories.iter().zip(&names) {
                // TOML reads every line end as the same one.
                let plain = |text: &str| text.replace("\r\n", "\n");
                prop_assert_eq!(plain(&category.title), plain(&format!("About {name}")));
                prop_assert_eq!(plain(&category.red.statements[0]), plain(&red));
                let read: Vec<_> = category.green.statements.iter().map(|text| plain(text)).collect();
                prop_assert_eq!(read, green.iter().map(|text| plain(text)).collect::<Vec<_>>());
            }
        }
    }
}
