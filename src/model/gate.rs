//! What the gate looks for, and how seriously an organisation takes it.

use super::{Criticality, DomainId};

/// How seriously the gate takes a finding. Ordered mildest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum GateLevel {
    /// Not mentioned.
    #[default]
    Allow,
    /// Mentioned.
    Warn,
    /// The gate fails.
    Deny,
}

impl GateLevel {
    /// All levels, mildest first.
    pub const ALL: [Self; 3] = [Self::Allow, Self::Warn, Self::Deny];

    /// The word used in settings and output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }

    /// The level that a word in the settings names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }
}

macro_rules! rules {
    ($($variant:ident $name:literal $golden_thread:ident $elsewhere:ident: $summary:literal;)+) => {
        /// Something that the gate looks for. Names are stable: never renamed, never reused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum GateRule {$(
            #[doc = $summary]
            $variant,
        )+}

        impl GateRule {
            /// All rules, in the order of their findings.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in settings and output.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {$(Self::$variant => $name),+}
            }

            /// What it finds, in a few words.
            #[must_use]
            pub const fn summary(self) -> &'static str {
                match self {$(Self::$variant => $summary),+}
            }

            /// How seriously it is taken if the settings don't say.
            fn default_levels(self) -> RuleLevels {
                match self {$(Self::$variant => RuleLevels::new(GateLevel::$golden_thread, GateLevel::$elsewhere)),+}
            }
        }
    };
}

rules! {
    DropToRed "drop-to-red" Deny Warn: "a category was amber or green, and is red";
    RedUnderRaisedBar "red-under-raised-bar" Warn Warn: "a category is red under a bar that a newer rubric raised";
    NewRed "new-red" Warn Allow: "a category is red that was not, and no better colour is on record";
    SlipToAmber "slip-to-amber" Allow Allow: "a category was green, and is amber";
    StandingRed "standing-red" Allow Allow: "a category has been red for several reviews";
    Stale "stale" Allow Allow: "nobody has looked at a colour for too long";
    NotAssessed "not-assessed" Allow Allow: "a category was never judged, or needs a re-score";
    OverdueAction "overdue-action" Allow Allow: "an action is not done, and its day has passed";
    ExpiredWaiver "expired-waiver" Warn Warn: "a waiver has ended, and its category is still red";
    SloMissed "slo-missed-while-green" Warn Warn: "everything is green, and an objective was missed";
    RedToNotApplicable "red-to-not-applicable" Warn Warn: "a red became not applicable";
    ColourToNotApplicable "colour-to-not-applicable" Warn Allow: "an amber or green became not applicable";
    ColourToUnknown "colour-to-unknown" Warn Allow: "an amber or green became another service's colour, which isn't known";
    RedToInherited "red-to-inherited" Warn Warn: "a red became another service's colour";
    RedToUnknown "red-to-unknown" Warn Warn: "a red is gone, and nobody has judged it anew";
    RedRedefined "red-redefined" Warn Warn: "a red is gone, and the same change redefines or retires its category";
    JudgementRemoved "judgement-removed" Warn Warn: "a judgement is no longer in the file";
    PastRewritten "past-rewritten" Warn Warn: "a judgement of the past says something else";
    ServiceRemoved "service-removed" Warn Warn: "a service is no longer there";
    ServiceRetired "service-retired" Warn Warn: "a service is retired";
    ServiceMoved "service-moved" Warn Warn: "a service has another domain, platform or owner";
    ImportanceLowered "importance-lowered" Warn Warn: "a service left the Golden Thread, or its criticality is lower";
    RubricSwitched "rubric-switched" Warn Warn: "a service is judged by another rubric, or by an older version";
    RubricDropped "rubric-dropped" Warn Warn: "a rubric no longer counts for a service";
    RubricEdited "rubric-edited" Warn Warn: "a rubric that is published or in use was edited in place";
    WaiverAdded "waiver-added" Warn Warn: "a waiver is new, or ends later";
    FindingWithdrawn "finding-withdrawn" Warn Warn: "an overdue action, ended waiver or missed objective was removed or postponed";
    SettingsLoosened "settings-loosened" Warn Warn: "the settings are less strict";
}

impl GateRule {
    /// The rule with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.name() == name)
    }

    /// Whether it is about what lasts, whatever a change did.
    #[must_use]
    pub fn is_about_a_condition(self) -> bool {
        matches!(
            self,
            Self::StandingRed
                | Self::Stale
                | Self::NotAssessed
                | Self::OverdueAction
                | Self::ExpiredWaiver
                | Self::SloMissed
        )
    }

    /// Whether it is mentioned wherever a drop to red is denied, also if the settings allow it: without it, a service or
    /// one of its rubrics could leave the gate, or become red, unnoticed.
    #[must_use]
    pub fn is_never_silent(self) -> bool {
        matches!(
            self,
            Self::RedUnderRaisedBar
                | Self::NewRed
                | Self::ServiceRemoved
                | Self::ServiceRetired
                | Self::ImportanceLowered
                | Self::RubricDropped
        )
    }

    /// Whether its findings are about the estate, not about one service.
    #[must_use]
    pub fn is_about_the_estate(self) -> bool {
        matches!(self, Self::RubricEdited | Self::SettingsLoosened)
    }
}

/// How seriously one rule is taken, by scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleLevels {
    /// In Golden Thread services.
    pub golden_thread: GateLevel,
    /// In services of a domain.
    pub domains: Vec<(DomainId, GateLevel)>,
    /// In services of a criticality.
    pub criticality: Vec<(Criticality, GateLevel)>,
    /// In services that none of these scopes holds.
    pub elsewhere: GateLevel,
    /// What a finding that a change did not cause is taken for at most.
    pub standing: GateLevel,
}

impl RuleLevels {
    fn new(golden_thread: GateLevel, elsewhere: GateLevel) -> Self {
        Self {
            golden_thread,
            domains: Vec::new(),
            criticality: Vec::new(),
            elsewhere,
            standing: GateLevel::Allow,
        }
    }

    /// One level for everything.
    #[must_use]
    pub fn everywhere(level: GateLevel) -> Self {
        Self::new(level, level)
    }

    /// The strictest level of the scopes that hold a service.
    #[must_use]
    pub fn level(&self, scope: Scope<'_>) -> GateLevel {
        let golden_thread = scope.golden_thread.then_some(self.golden_thread);
        let domain = self.domains.iter().filter(|(domain, _)| domain == scope.domain);
        let criticality =
            self.criticality.iter().filter(|(level, _)| level.name() == scope.criticality.name());
        let levels = domain.map(|(_, level)| *level).chain(criticality.map(|(_, level)| *level));
        levels.chain(golden_thread).max().unwrap_or(self.elsewhere)
    }
}

/// What a service is, as far as the gate's policy cares.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'s> {
    /// Whether it is on the Golden Thread.
    pub golden_thread: bool,
    pub domain: &'s DomainId,
    pub criticality: &'s Criticality,
}

/// What fails a build, and what is only mentioned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatePolicy {
    /// A level for each rule, in the order of [`GateRule::ALL`].
    levels: Vec<RuleLevels>,
    /// A category that has been red for this many reviews is a standing red.
    pub standing_red_reviews: u32,
}

impl GatePolicy {
    /// How seriously a rule is taken.
    #[must_use]
    pub fn levels(&self, rule: GateRule) -> &RuleLevels {
        &self.levels[rule as usize]
    }

    /// The same, to be set.
    pub fn levels_mut(&mut self, rule: GateRule) -> &mut RuleLevels {
        &mut self.levels[rule as usize]
    }

    /// How seriously a rule is taken in a service; without a service, elsewhere.
    #[must_use]
    pub fn level(&self, rule: GateRule, scope: Option<Scope<'_>>) -> GateLevel {
        let levels = self.levels(rule);
        scope.map_or(levels.elsewhere, |scope| levels.level(scope))
    }
}

impl Default for GatePolicy {
    fn default() -> Self {
        let levels = GateRule::ALL.iter().map(|rule| rule.default_levels()).collect();
        Self { levels, standing_red_reviews: 3 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CriticalityLevels;

    #[test]
    fn the_strictest_scope_counts_and_elsewhere_where_there_is_none() {
        let levels = CriticalityLevels::default();
        let (low, top) = (levels.find("low").expect("a level"), levels.top());
        let [shop, other] = ["shop", "other"].map(|id| DomainId::new(id).expect("an id"));
        let mut rule = RuleLevels::new(GateLevel::Allow, GateLevel::Warn);
        rule.domains.push((shop.clone(), GateLevel::Deny));
        let level =
            |golden_thread, domain, criticality| rule.level(Scope { golden_thread, domain, criticality });
        assert_eq!(level(false, &other, low), GateLevel::Warn);
        assert_eq!(level(true, &other, top), GateLevel::Allow, "the Golden Thread is a scope of its own");
        assert_eq!(level(true, &shop, top), GateLevel::Deny);
        rule.criticality.push((low.clone(), GateLevel::Allow));
        assert_eq!(
            rule.level(Scope { golden_thread: false, domain: &other, criticality: low }),
            GateLevel::Allow
        );
        assert_eq!(
            rule.level(Scope { golden_thread: false, domain: &shop, criticality: low }),
            GateLevel::Deny
        );
    }
}
