//! `fundamentals completions`, and `fundamentals complete`, which its scripts call at each press of the key.
//!
//! A script only asks and hands over the answer, so that it need not change when a command does. What comes from files
//! reaches the shell as text of one line, and only if no shell could take it for anything but a plain word.

use std::collections::{BTreeMap, BTreeSet};

use super::stop::Result;
use super::{Context, Outcome};
use crate::cli::{Candidate, CompleteArgs, CompletionsArgs, IdKind, Shell, completion};
use crate::diag::Code;
use crate::load::EstateDir;
use crate::model::{CategoryId, Date, Estate, GateRule, RubricId};

pub(super) fn run(args: &CompletionsArgs, context: &mut Context<'_>) -> Result {
    let script = match args.shell {
        Shell::Bash => include_str!("fundamentals.bash"),
        Shell::Zsh => include_str!("fundamentals.zsh"),
        Shell::Fish => include_str!("fundamentals.fish"),
        Shell::PowerShell => include_str!("fundamentals.ps1"),
    };
    context.out.write_all(script.as_bytes())?;
    Ok(Outcome::Fine)
}

/// Prints a candidate a line, with what it is for after a tab. `:file` and `:folder` leave it to the shell to find some.
pub(super) fn complete(args: &CompleteArgs, context: &mut Context<'_>) -> Result {
    let mut words: Vec<_> = args.words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    if args.new_word {
        words.push(String::new());
    }
    let completion = completion(&words);
    if let Some(folder) = &completion.directory {
        let start = context.path(folder.as_ref());
        context.search_from(&start);
    }
    let mut known = None;
    let mut found = BTreeSet::new();
    let mut paths = BTreeSet::new();
    for candidate in completion.candidates {
        match candidate {
            Candidate::Word(word, help) => _ = found.insert((word, help)),
            Candidate::Id(kind) => {
                // From a folder that isn't there, the search upwards would find what the command itself will not.
                if context.estate.start().is_dir() {
                    let known = known.get_or_insert_with(|| Known::of(&context.estate, context.today));
                    found.extend(known.ids(kind).into_iter().map(|id| (id, String::new())));
                }
            }
            Candidate::File => _ = paths.insert(":file"),
            Candidate::Folder => _ = paths.insert(":folder"),
        }
    }
    for (word, help) in found {
        let is_option = word.starts_with("--") && completion.typed.starts_with('-');
        if word.starts_with(&completion.typed) && (is_option || is_plain(&word)) {
            let help = help.lines().next().unwrap_or_default();
            let tab = if help.is_empty() { "" } else { "\t" };
            writeln!(context.out, "{}{word}{tab}{help}", completion.before)?;
        }
    }
    for path in paths {
        writeln!(context.out, "{path}")?;
    }
    Ok(Outcome::Fine)
}

/// Whether a text from a file is one word to every shell, and nothing but a word. Others are not offered: each shell
/// quotes in its own way, and what is wrongly quoted may be run.
fn is_plain(word: &str) -> bool {
    word.starts_with(char::is_alphanumeric)
        && word.chars().all(|letter| letter.is_alphanumeric() || "-_.:@/+".contains(letter))
}

/// What is known of the estate at hand, each part once it is asked for: services are only read where their names don't
/// do.
struct Known<'r> {
    estate: &'r EstateDir,
    today: Date,
    without_services: Option<Estate>,
    whole: Option<Estate>,
}

impl<'r> Known<'r> {
    fn of(estate: &'r EstateDir, today: Date) -> Self {
        Self { estate, today, without_services: None, whole: None }
    }

    fn without_services(&mut self) -> &Estate {
        self.without_services.get_or_insert_with(|| self.estate.load_rubrics().estate)
    }

    fn whole(&mut self) -> &Estate {
        self.whole.get_or_insert_with(|| self.estate.load().estate)
    }

    fn ids(&mut self, kind: IdKind) -> Vec<String> {
        match kind {
            IdKind::Service => {
                let (estate, today) = (self.estate, self.today);
                estate.service_names(&self.without_services().settings, today)
            }
            IdKind::Domain => {
                let estate = self.whole();
                let known = estate.settings.domains.iter().map(|domain| domain.id.to_string());
                known
                    .chain(
                        estate
                            .services()
                            .iter()
                            .map(|service| service.identities.latest().domain.to_string()),
                    )
                    .collect()
            }
            IdKind::Platform => self
                .whole()
                .services()
                .iter()
                .map(|service| service.identities.latest().platform.to_string())
                .collect(),
            IdKind::Tag => self
                .whole()
                .services()
                .iter()
                .flat_map(|service| service.identities.latest().tags.iter().cloned())
                .collect(),
            IdKind::Pillar => {
                let pillars = self.without_services().rubrics.iter().flat_map(|rubric| &rubric.pillars);
                pillars.map(|pillar| pillar.id.to_string()).collect()
            }
            IdKind::Category => self.categories(),
            IdKind::Criticality => {
                self.without_services().settings.criticality.names().map(str::to_owned).collect()
            }
            IdKind::RubricId => {
                self.without_services().rubrics.iter().map(|rubric| rubric.id.to_string()).collect()
            }
            IdKind::Rubric => {
                self.without_services().rubrics.iter().map(|rubric| rubric.key().to_string()).collect()
            }
            IdKind::Topic => {
                let codes = Code::ALL.iter().map(|code| code.name().to_owned());
                let rules = GateRule::ALL.iter().map(|rule| rule.name().to_owned());
                codes.chain(rules).chain(self.categories()).chain(self.shared_categories()).collect()
            }
        }
    }

    fn categories(&mut self) -> Vec<String> {
        let rubrics = &self.without_services().rubrics;
        rubrics.categories().map(|(_, category)| category.id.to_string()).collect()
    }

    /// `rubric/category`, for each rubric, where several have a category of this id.
    fn shared_categories(&mut self) -> Vec<String> {
        let rubrics = &self.without_services().rubrics;
        let mut having: BTreeMap<&CategoryId, BTreeSet<&RubricId>> = BTreeMap::new();
        for (rubric, category) in rubrics.categories() {
            having.entry(&category.id).or_default().insert(&rubric.id);
        }
        having.retain(|_, rubrics| rubrics.len() > 1);
        let names =
            having.iter().flat_map(|(id, rubrics)| rubrics.iter().map(move |it| format!("{it}/{id}")));
        names.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn only_what_no_shell_interprets_is_plain() {
        for plain in ["bag-api", "fundamentals@2", "team:web", "a/b", "v1.2_x+y", "店舗"] {
            assert!(is_plain(plain), "{plain}");
        }
        for other in [
            "",
            "-x",
            "~",
            "@x",
            "=ls",
            ":file",
            "a b",
            "a\tb",
            "a\nb",
            "$(id)",
            "`id`",
            "a;b",
            "a&b",
            "a|b",
            "a>b",
            "a<b",
            "a'b",
            "a\"b",
            "a\\b",
            "a*",
            "a?",
            "a[b]",
            "a{b,c}",
            "a!b",
            "a#b",
            "a$b",
            "a(b)",
            "a,b",
            "a%b",
            "a^b",
            "a\u{1b}[31m",
            "a\u{202e}b",
            "a\u{a0}b",
            "a\u{201d}b",
        ] {
            assert!(!is_plain(other), "{other:?}");
        }
    }
}
