//! A rubric made from a model of another form, as far as that gives one.

use std::collections::HashSet;

use clap::ValueEnum;

use super::{CategoryId, Date, Guidance, PillarId, RubricId, Version};

/// A form of model that a rubric can be made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RubricForm {
    /// A custom lens of the AWS Well-Architected Tool, as JSON
    AwsLens,
    /// The Open Source Project Security Baseline, as YAML
    Osps,
    /// OWASP's maturity model for development, security and operations (DSOMM), as YAML
    Dsomm,
    /// Scorecards of Cortex, as YAML or JSON
    Cortex,
    /// Scorecards of Compass: templates, or answers of its API
    Compass,
    /// Scorecard rules of Datadog, as entities of v3
    Datadog,
    /// A table with a category on each line
    Csv,
}

impl RubricForm {
    /// What it is, in a message.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::AwsLens => "AWS Well-Architected lens",
            Self::Osps => "security baseline",
            Self::Dsomm => "DevSecOps maturity model",
            Self::Cortex => "scorecard of Cortex",
            Self::Compass => "scorecard of Compass",
            Self::Datadog => "scorecard of Datadog",
            Self::Csv => "table of categories",
        }
    }

    /// What is always in it.
    #[must_use]
    pub fn needs(self) -> &'static str {
        match self {
            Self::AwsLens => "list of `pillars`",
            Self::Osps => "list of `controls`, or of families with `controls`",
            Self::Dsomm => "activity with `risk`, `measure` and `level`",
            Self::Cortex => "list of `rules`",
            Self::Compass => "list of `criteria` or `criterias`",
            Self::Datadog => "entity of the kind `scorecard-rule`",
            Self::Csv => "columns `pillar` and `category`",
        }
    }
}

/// A rubric to be completed by hand. Ids are as the source spells them; [`RubricSkeleton::ids`] makes them
/// ids of a rubric.
#[derive(Clone, Debug)]
pub struct RubricSkeleton {
    pub id: RubricId,
    pub title: String,
    pub version: Version,
    pub published: Date,
    /// What of the source as a whole could not be carried.
    pub comments: Vec<String>,
    pub pillars: Vec<SkeletonPillar>,
}

/// A group of categories.
#[derive(Clone, Debug, Default)]
pub struct SkeletonPillar {
    /// Its id or name in the source.
    pub source_id: String,
    pub title: String,
    pub comments: Vec<String>,
    pub categories: Vec<SkeletonCategory>,
}

/// A category. A definition without statements is one that the source doesn't give.
#[derive(Clone, Debug, Default)]
pub struct SkeletonCategory {
    /// Its id or name in the source.
    pub source_id: String,
    pub title: String,
    pub question: Option<String>,
    pub red: Vec<String>,
    pub amber: Vec<String>,
    pub green: Vec<String>,
    pub guidance: Vec<Guidance>,
    pub comments: Vec<String>,
}

/// An id made from a name in another model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeId<I> {
    pub id: I,
    /// Why it doesn't follow from the name alone.
    pub comment: Option<String>,
}

/// The ids of a skeleton: one for each pillar, with those of its categories.
pub type SkeletonIds = Vec<(MadeId<PillarId>, Vec<MadeId<CategoryId>>)>;

impl RubricSkeleton {
    /// How many definitions of red and green the source doesn't give.
    #[must_use]
    pub fn missing_definitions(&self) -> usize {
        let categories = self.pillars.iter().flat_map(|pillar| &pillar.categories);
        categories
            .flat_map(|category| [&category.red, &category.green])
            .filter(|texts| texts.iter().all(|text| text.trim().is_empty()))
            .count()
    }

    /// The ids of pillars and categories, all different.
    #[must_use]
    pub fn ids(&self) -> SkeletonIds {
        let (mut pillars, mut categories) = (IdsInUse::default(), IdsInUse::default());
        let ids = self.pillars.iter().map(|pillar| {
            let name = pillars.unused(&pillar.source_id, &pillar.title, "pillar");
            let own = pillar.categories.iter().map(|category| {
                let name = categories.unused(&category.source_id, &category.title, "category");
                MadeId { id: made(CategoryId::new(&name.id)), comment: name.comment }
            });
            (MadeId { id: made(PillarId::new(&name.id)), comment: name.comment }, own.collect())
        });
        ids.collect()
    }
}

fn made<I, E: std::fmt::Debug>(id: Result<I, E>) -> I {
    id.expect("kebab-case is what an id is")
}

/// Ids that are taken.
#[derive(Debug, Default)]
struct IdsInUse(HashSet<String>);

impl IdsInUse {
    /// An id that is not taken yet, from a name, else a title, else what the thing is.
    fn unused(&mut self, name: &str, title: &str, what: &str) -> MadeId<String> {
        let usual = [name, title].into_iter().find_map(kebab_case);
        let wanted = usual.clone().unwrap_or_else(|| what.to_owned());
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let mut candidates = std::iter::once(wanted.clone()).chain(numbered);
        let id = candidates.find(|id| !self.0.contains(id)).expect("numbers don't end");
        self.0.insert(id.clone());
        let comment = match usual {
            None => Some(format!("No id can be made from `{name}`: choose one.")),
            Some(_) if id != wanted => Some(format!("`{wanted}` is taken above: choose an id.")),
            Some(_) => None,
        };
        MadeId { id, comment }
    }
}

/// A name as an id: lower-case letters and digits in words joined by single hyphens (`OSPS-AC-01.01` is `osps-ac-01-01`);
/// `None` where no letter or digit is left.
#[must_use]
pub fn kebab_case(name: &str) -> Option<String> {
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect();
    (!words.is_empty()).then(|| words.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_words_joined_by_single_hyphens() {
        for (name, id) in [
            ("OSPS-AC-01.01", Some("osps-ac-01-01")),
            (" Test & Verification ", Some("test-verification")),
            ("opsRisk_1", Some("opsrisk-1")),
            ("监控", None),
            ("--", None),
        ] {
            assert_eq!(kebab_case(name).as_deref(), id, "{name}");
        }
    }

    #[test]
    fn an_id_that_is_taken_or_can_not_be_made_is_told() {
        let mut ids = IdsInUse::default();
        let mut unused = |name: &str, title: &str| ids.unused(name, title, "category");
        assert_eq!(unused("A.1", "x"), MadeId { id: "a-1".to_owned(), comment: None });
        let second = unused("a_1", "x");
        assert_eq!(second.id, "a-1-2");
        assert_eq!(second.comment.as_deref(), Some("`a-1` is taken above: choose an id."));
        assert_eq!(unused("", "Logging").id, "logging");
        assert_eq!(
            (unused("监", "控").id, unused("监", "控").id),
            ("category".to_owned(), "category-2".to_owned())
        );
    }
}
