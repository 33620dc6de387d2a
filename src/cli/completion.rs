//! What may stand at the end of a command line that is being typed. It reads flags, never files: what ids there are is
//! for [`crate::cmd`] to say.

use clap::{Arg, Command, CommandFactory, ValueHint};

use super::Cli;
use crate::model::Colour;

/// What a word may be completed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Candidate {
    /// This word, and what it is for.
    Word(String, String),
    /// The id of a thing in the estate.
    Id(IdKind),
    /// A file or folder.
    File,
    /// A folder.
    Folder,
}

/// Things whose ids are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdKind {
    /// A service.
    Service,
    /// A domain.
    Domain,
    /// A platform.
    Platform,
    /// A pillar.
    Pillar,
    /// A category.
    Category,
    /// A level of criticality.
    Criticality,
    /// A tag.
    Tag,
    /// A rubric with its major version.
    Rubric,
    /// A rubric in all its versions.
    RubricId,
    /// What `explain` explains: a code, a rule of the gate, or a category.
    Topic,
}

/// A command line that is being typed, up to the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What may stand at the cursor.
    pub candidates: Vec<Candidate>,
    /// What of the word at the cursor stays before each candidate: `--service=` or `bag-api,`.
    pub before: String,
    /// What a candidate has to begin with.
    pub typed: String,
    /// The folder that `-C` names earlier on the line.
    pub directory: Option<String>,
}

/// Reads a command line: the program's name, the words after it, and the word at the cursor, which may be empty.
#[must_use]
pub fn completion(words: &[String]) -> Completion {
    let mut root = Cli::command();
    root.build();
    let (current, before) = words.split_last().map_or(("", words), |(last, before)| (last.as_str(), before));
    let mut line = ParsedWords {
        root: &root,
        command: &root,
        waiting: None,
        said: Vec::new(),
        options: true,
        directory: None,
    };
    before.iter().skip(1).for_each(|word| line.read(word));
    line.complete(current)
}

/// What is known after some words.
struct ParsedWords<'c> {
    root: &'c Command,
    command: &'c Command,
    /// The option whose value comes next.
    waiting: Option<&'c Arg>,
    /// The words that stand for themselves, after the last command.
    said: Vec<&'c str>,
    /// Whether a word may still be an option: no `--` yet.
    options: bool,
    directory: Option<String>,
}

impl<'c> ParsedWords<'c> {
    fn read(&mut self, word: &'c str) {
        if let Some(option) = self.waiting.take() {
            self.note(option, word);
        } else if self.options && word == "--" {
            self.options = false;
        } else if self.options && word.len() > 1 && word.starts_with('-') {
            let Some((option, value)) = self.option(word) else { return };
            match value {
                Some(value) => self.note(option, &word[value..]),
                None => self.waiting = takes_value(option).then_some(option),
            }
        } else if let Some(command) = self.command.find_subcommand(word).filter(|_| self.said.is_empty()) {
            self.command = command;
        } else {
            self.said.push(word);
        }
    }

    fn note(&mut self, option: &Arg, value: &str) {
        if option.get_id() == "directory" {
            self.directory = Some(value.to_owned());
        }
    }

    /// The option that a word is, and where in the word its value begins if it has one.
    fn option(&self, word: &str) -> Option<(&'c Arg, Option<usize>)> {
        if let Some(long) = word.strip_prefix("--") {
            let name = long.split('=').next().unwrap_or(long);
            let option = self.command.get_arguments().find(|option| option.get_long() == Some(name))?;
            let value = (name.len() < long.len()).then_some("--=".len() + name.len());
            return Some((option, value));
        }
        // Short options stand together until one takes a value: `-qC DIR`, `-qCDIR`.
        let mut found = None;
        for (at, letter) in word.char_indices().skip(1) {
            let option = self.command.get_arguments().find(|option| option.get_short() == Some(letter))?;
            let after = at + letter.len_utf8();
            if takes_value(option) {
                return Some((option, (after < word.len()).then_some(after)));
            }
            found = Some((option, None));
        }
        found
    }

    fn complete(self, current: &str) -> Completion {
        let (mut candidates, value) = if let Some(option) = self.waiting {
            (of_argument(option), Some((option, 0)))
        } else if self.options && current.starts_with('-') {
            match self.option(current) {
                Some((option, Some(start))) if takes_value(option) => {
                    (of_argument(option), Some((option, start)))
                }
                Some(_) | None => (self.flags(), None),
            }
        } else {
            self.words()
        };
        let mut start = value.map_or(0, |(argument, start)| {
            let delimiter = argument.get_value_delimiter();
            let last = delimiter.and_then(|delimiter| Some(current.rfind(delimiter)? + delimiter.len_utf8()));
            last.filter(|last| *last > start).unwrap_or(start)
        });
        // `--set logging=` asks for a category first, and then for its score.
        let is_score = value.is_some_and(|(argument, _)| value_name(argument) == Some(SCORE));
        if let Some(equals) = current[start..].find('=').filter(|_| is_score) {
            start += equals + 1;
            candidates = scores();
        }
        let (before, typed) = current.split_at(start);
        Completion {
            candidates,
            before: before.to_owned(),
            typed: typed.to_owned(),
            directory: self.directory,
        }
    }

    fn flags(&self) -> Vec<Candidate> {
        let options = self.command.get_arguments().filter(|option| !option.is_hide_set());
        let named = options.filter_map(|option| Some((option.get_long()?, option)));
        named.map(|(long, option)| word(format!("--{long}"), option.get_help())).collect()
    }

    /// Commands and values that stand for themselves.
    fn words(&self) -> (Vec<Candidate>, Option<(&'c Arg, usize)>) {
        let starts = self.said.is_empty() && self.options;
        let mut candidates = if starts { names_of_commands(self.command) } else { Vec::new() };
        let argument = self.command.get_positionals().nth(self.said.len()).or_else(|| {
            let last = self.command.get_positionals().last();
            last.filter(|last| last.get_num_args().is_some_and(|count| count.max_values() > 1))
        });
        candidates.extend(argument.into_iter().flat_map(of_argument));
        // `man rubric diff` names a command as it is called.
        if argument.is_some_and(|argument| value_name(argument) == Some("COMMAND")) {
            let named = self.said.iter().try_fold(self.root, |command, name| command.find_subcommand(name));
            candidates.extend(named.into_iter().flat_map(names_of_commands));
        }
        (candidates, argument.map(|argument| (argument, 0)))
    }
}

fn names_of_commands(command: &Command) -> Vec<Candidate> {
    let commands = command.get_subcommands().filter(|command| !command.is_hide_set());
    commands.map(|command| word(command.get_name().to_owned(), command.get_about())).collect()
}

/// How the value of `--set` is called.
const SCORE: &str = "CATEGORY=COLOUR";

/// How the value of `--confirm` is called.
const CATEGORY_OR_ALL: &str = "CATEGORY|all";

/// What a category may be judged.
fn scores() -> Vec<Candidate> {
    let colours = Colour::ALL.map(Colour::word);
    let words = colours.into_iter().chain(["not-applicable"]);
    words.map(|score| Candidate::Word(score.to_owned(), String::new())).collect()
}

fn takes_value(option: &Arg) -> bool {
    option.get_action().takes_values()
}

fn value_name(argument: &Arg) -> Option<&str> {
    argument.get_value_names()?.first().map(|name| name.as_str())
}

fn word(word: String, help: Option<&clap::builder::StyledStr>) -> Candidate {
    Candidate::Word(word, help.map(ToString::to_string).unwrap_or_default())
}

/// What an argument may be. Ids are known by what the argument's value is called, so that a new option needs no word
/// about it here.
fn of_argument(argument: &Arg) -> Vec<Candidate> {
    let values = argument.get_possible_values();
    let values = values.iter().filter(|value| takes_value(argument) && !value.is_hide_set());
    let mut candidates: Vec<_> =
        values.map(|value| word(value.get_name().to_owned(), value.get_help())).collect();
    let ids: &[_] = match value_name(argument) {
        Some("SERVICE") => &[Candidate::Id(IdKind::Service)],
        Some("DOMAIN") => &[Candidate::Id(IdKind::Domain)],
        Some("PLATFORM") => &[Candidate::Id(IdKind::Platform)],
        Some("PILLAR") => &[Candidate::Id(IdKind::Pillar)],
        Some("CATEGORY" | CATEGORY_OR_ALL | SCORE) => &[Candidate::Id(IdKind::Category)],
        Some("LEVEL") => &[Candidate::Id(IdKind::Criticality)],
        Some("TAG") => &[Candidate::Id(IdKind::Tag)],
        Some("RUBRIC") => &[Candidate::Id(IdKind::Rubric)],
        Some("RUBRIC-ID") => &[Candidate::Id(IdKind::RubricId)],
        // `rubric diff A B` also takes files.
        Some("A" | "B") => &[Candidate::Id(IdKind::Rubric), Candidate::File],
        Some("CODE|RULE|CATEGORY") => &[Candidate::Id(IdKind::Topic)],
        Some(_) | None => &[],
    };
    candidates.extend(ids.iter().cloned());
    if value_name(argument) == Some(CATEGORY_OR_ALL) {
        candidates.push(word("all".to_owned(), None));
    }
    let hint = argument.get_value_hint();
    if hint == ValueHint::DirPath {
        candidates.push(Candidate::Folder);
    } else if matches!(hint, ValueHint::AnyPath | ValueHint::FilePath) {
        candidates.push(Candidate::File);
    }
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: &str) -> Completion {
        completion(&line.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    fn words(line: &str) -> Vec<String> {
        let candidates = at(line).candidates.into_iter();
        let words = candidates.filter_map(|candidate| match candidate {
            Candidate::Word(word, _) => Some(word),
            Candidate::Id(_) | Candidate::File | Candidate::Folder => None,
        });
        words.collect()
    }

    #[test]
    fn each_place_asks_for_the_ids_of_its_kind() {
        for (line, kind) in [
            ("fundamentals show ", IdKind::Service),
            ("fundamentals migrate bag-api ", IdKind::Service),
            ("fundamentals trend --service ", IdKind::Service),
            ("fundamentals trend --service=", IdKind::Service),
            ("fundamentals gate --domain a,", IdKind::Domain),
            ("fundamentals report --platform ", IdKind::Platform),
            ("fundamentals -q trend --pillar ", IdKind::Pillar),
            ("fundamentals trend --golden-thread --category ", IdKind::Category),
            ("fundamentals trend --criticality ", IdKind::Criticality),
            ("fundamentals actions --tag ", IdKind::Tag),
            ("fundamentals show bag-api --rubric ", IdKind::Rubric),
            ("fundamentals rubric show ", IdKind::Rubric),
            ("fundamentals explain ", IdKind::Topic),
            ("fundamentals score ", IdKind::Service),
            ("fundamentals score bag-api --set ", IdKind::Category),
            ("fundamentals action add ", IdKind::Service),
            ("fundamentals action done ", IdKind::Service),
            ("fundamentals action add bag-api what --category ", IdKind::Category),
            ("fundamentals waive bag-api ", IdKind::Category),
            ("fundamentals add new-api --platform ", IdKind::Platform),
            ("fundamentals retire ", IdKind::Service),
            ("fundamentals move ", IdKind::Service),
            ("fundamentals rename ", IdKind::Service),
            ("fundamentals move bag-api --domain ", IdKind::Domain),
            ("fundamentals move bag-api --platform=", IdKind::Platform),
            ("fundamentals move bag-api --criticality ", IdKind::Criticality),
            ("fundamentals move bag-api --tag a,", IdKind::Tag),
            ("fundamentals move bag-api --rubrics a,", IdKind::RubricId),
            ("fundamentals add new-api --criticality ", IdKind::Criticality),
        ] {
            assert_eq!(at(line).candidates, [Candidate::Id(kind)], "{line}");
        }
        assert_eq!(at("fundamentals -C ").candidates, [Candidate::Folder]);
        assert_eq!(at("fundamentals check a ").candidates, [Candidate::File]);
        assert_eq!(at("fundamentals show bag-api ").candidates, []);
        assert_eq!(at("fundamentals gate --base ").candidates, []);
    }

    #[test]
    fn a_value_is_told_from_what_stays_before_it() {
        for (line, before, typed) in [
            ("fundamentals trend --service b", "", "b"),
            ("fundamentals trend --service=b", "--service=", "b"),
            ("fundamentals trend --service=a,b", "--service=a,", "b"),
            ("fundamentals trend --service a,", "a,", ""),
            ("fundamentals -Csho", "-C", "sho"),
            ("fundamentals show b", "", "b"),
        ] {
            let completion = at(line);
            assert_eq!((completion.before.as_str(), completion.typed.as_str()), (before, typed), "{line}");
        }
    }

    #[test]
    fn all_may_stand_for_what_can_be_confirmed() {
        let line = "fundamentals score bag-api --confirm logging,";
        assert!(at(line).candidates.contains(&Candidate::Id(IdKind::Category)));
        assert_eq!(words(line), ["all"]);
    }

    #[test]
    fn behind_a_category_comes_its_score() {
        for line in ["fundamentals score bag-api --set logging=", "fundamentals score bag-api --set=logging="]
        {
            assert_eq!(words(line), ["red", "amber", "green", "not-applicable"], "{line}");
            assert!(at(line).before.ends_with("logging="));
        }
    }

    #[test]
    fn the_folder_is_found_however_it_is_written() {
        for line in ["-C a show ", "-Ca show ", "-qC a show ", "--directory a show ", "show --directory=a "] {
            assert_eq!(at(&format!("fundamentals {line}")).directory.as_deref(), Some("a"), "{line}");
        }
        assert_eq!(at("fundamentals show -- -C a ").directory, None);
    }

    #[test]
    fn commands_options_and_their_values_are_words() {
        assert_eq!(words("fundamentals rubric "), ["list", "show", "diff", "lint", "health", "help"]);
        assert_eq!(
            words("fundamentals trend --by "),
            ["service", "platform", "domain", "pillar", "category"]
        );
        assert!(words("fundamentals trend -").contains(&"--golden-thread".to_owned()));
        assert!(words("fundamentals trend -").contains(&"--directory".to_owned()));
        // A flag that takes no value: what there is doesn't begin like that, and nothing is offered.
        assert!(words("fundamentals trend --golden-thread=").iter().all(|word| !word.ends_with('=')));
        assert_eq!(words("fundamentals show -- -"), Vec::<String>::new());
        assert!(words("fundamentals man ").contains(&"trend".to_owned()));
        assert_eq!(words("fundamentals man rubric d"), words("fundamentals rubric "));
        assert!(!words("fundamentals ").contains(&"complete".to_owned()));
    }
}
