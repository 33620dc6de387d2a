//! Every kind of problem that a user's files can have. A code is stable: never renamed, never reused.

use std::fmt;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file can't be used as it is.
    Error,
    /// It can, but somebody should look.
    Warning,
}

impl Severity {
    /// The word shown to the user.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($severity:ident $variant:ident $name:literal: $summary:literal;)+) => {
        /// A kind of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {$(
            #[doc = $summary]
            $variant,
        )+}

        impl Code {
            /// All codes, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as the user sees it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {$(Self::$variant => $name),+}
            }

            /// What it means, in a few words.
            #[must_use]
            pub fn summary(self) -> &'static str {
                match self {$(Self::$variant => $summary),+}
            }

            /// How bad it is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self {$(Self::$variant => Severity::$severity),+}
            }

            /// Its page, as Markdown: what it means, why it matters, what to do.
            #[must_use]
            pub fn page(self) -> &'static str {
                match self {$(Self::$variant => include_str!(concat!("../../docs/diagnostics/", $name, ".md"))),+}
            }
        }
    };
}

codes! {
    Error NothingToCheck "nothing-to-check": "no service file was found";
    Error NoSuchPath "no-such-path": "a path named on the command line does not exist";
    Error UnreadableFile "unreadable-file": "a file or folder can't be read";
    Error NotCheckedOut "not-checked-out": "a sparse checkout leaves a file of the estate out";
    Error NotAFile "not-a-file": "something other than a file stands where a file is expected";
    Error FileTooLarge "file-too-large": "a file is larger than the limit";
    Error NotUtf8 "not-utf8": "a file is not UTF-8 text";
    Error MergeConflict "merge-conflict": "a merge left its conflict markers in a file";
    Error EmptyFile "empty-file": "a file says nothing";
    Error InvalidYaml "invalid-yaml": "a file is not YAML";
    Error InvalidToml "invalid-toml": "a file is not TOML";
    Error SeveralDocuments "several-documents": "a file holds more than one YAML document";
    Error TooDeep "too-deep": "values are nested too deeply";
    Error TooComplex "too-complex": "a file holds too many values";
    Error MergeKey "merge-key": "a YAML merge key is used";
    Error UnsupportedTag "unsupported-tag": "a YAML tag is used";
    Error DuplicateKey "duplicate-key": "a key is given twice";
    Error UnknownKey "unknown-key": "a key is not one that the format has";
    Error MissingKey "missing-key": "a required key is missing";
    Error WrongType "wrong-type": "a value is of another kind than expected";
    Error InvalidValue "invalid-value": "a value is not one that is allowed";
    Error InvalidId "invalid-id": "an id has characters that it may not have";
    Error InvalidDate "invalid-date": "a date is not in the calendar or not written YYYY-MM-DD";
    Error DuplicateRubric "duplicate-rubric": "two files hold the same version of a rubric";
    Error DuplicateId "duplicate-id": "an id is given twice";
    Error EmptyRubric "empty-rubric": "a rubric has no pillars, or a pillar no categories";
    Error FileNameMismatch "file-name-mismatch": "a service's id is not the name of its file or folder";
    Error DuplicateService "duplicate-service": "two files describe the same service";
    Error UnknownCriticality "unknown-criticality": "a criticality is not one of the estate's levels";
    Error UnknownDomain "unknown-domain": "a domain is not one of the estate's";
    Error GoldenThreadCriticality "golden-thread-criticality": "a Golden Thread service is not of the top criticality";
    Error CatalogMismatch "catalog-mismatch": "a service file and the catalog say different things";
    Error UnknownCatalogValue "unknown-catalog-value": "a value in the catalog means nothing in the estate";
    Error OverlappingIdentity "overlapping-identity": "two entries of `previously` end on the same day";
    Error OldIdTaken "old-id-taken": "an old id of a service is the id, or an old id, of another";
    Error UnknownRubric "unknown-rubric": "a rubric is named that is not known";
    Error UnknownCategory "unknown-category": "a category is not one of the rubric's";
    Error InvalidColour "invalid-colour": "a score is not a colour";
    Error UndefinedColour "undefined-colour": "a score is a colour that the rubric does not define there";
    Error MissingBecause "missing-because": "a category is not applicable for no given reason";
    Error ConflictingScore "conflicting-score": "a score says two things, or nothing";
    Error NeverJudged "never-judged": "a category is confirmed that was never judged";
    Warning RedundantConfirmation "redundant-confirmation": "a category is confirmed that needs no confirming";
    Error DuplicateAssessment "duplicate-assessment": "two assessments under one rubric have the same date";
    Error FutureDate "future-date": "something is dated after today";
    Warning BeforePublication "before-publication": "an assessment is older than its rubric";
    Warning NoAssessments "no-assessments": "a service was never assessed";
    Warning EmptyAssessment "empty-assessment": "an assessment judges and confirms nothing";
    Warning MisplacedRetirement "misplaced-retirement": "a service retired on a day on which `previously` says something else";
    Warning BeforeJoining "before-joining": "something is dated before its service joined";
    Warning AfterRetirement "after-retirement": "an assessment is dated after the service retired";
    Error UnknownProvider "unknown-provider": "a category is inherited from a service that does not exist";
    Warning RetiredProvider "retired-provider": "a category is inherited from a service that is retired";
    Warning GreenWithoutEvidence "green-without-evidence": "a category that wants evidence is green without";
    Error InheritedLoop "inherited-loop": "services inherit a category from each other in a circle, or through too many";
    Error DoneBeforeRaised "done-before-raised": "an action was done before it was raised";
    Error DueBeforeRaised "due-before-raised": "an action was due before it was raised";
    Error InvalidCsv "invalid-csv": "a file of SLO results is not laid out as it should be";
    Error InvalidTable "invalid-table": "a table of scores can't be read, or is not laid out as one";
    Error UnmappedValue "unmapped-value": "a value in a table of scores has no meaning yet";
    Error UnmatchedService "unmatched-service": "a table of scores names no service of the estate, or several";
    Error UnpinnedRubric "unpinned-rubric": "it is unknown under which rubric a score was given";
    Error InvalidSloReport "invalid-slo-report": "a JSON file of SLO reports can't be read as such";
    Error DuplicateSlo "duplicate-slo": "an SLO has two results for the same month";
    Warning UnreadableDescriptor "unreadable-descriptor": "a document of a catalog can't be read";
    Warning DuplicateEntity "duplicate-entity": "a catalog describes the same entity twice";
    Warning AmbiguousEntity "ambiguous-entity": "two namespaces of a catalog have a service of the same name";
    Warning DanglingReference "dangling-reference": "an entity of a catalog names one that is not there";
    Warning MissingOwner "missing-owner": "a service of a catalog has no owner";
    Warning MissingLocationTarget "missing-location-target": "a location of a catalog leads to no file";
    Warning InvalidCatalogValue "invalid-catalog-value": "a value in a catalog can't be used";
    Warning UnknownService "unknown-service": "SLO results name a service that does not exist";
    Error IncompleteWaiver "incomplete-waiver": "a waiver lacks its category, end or reason";
    Warning IneffectiveWaiver "ineffective-waiver": "a waiver is not approved, or breaks the policy";
    Warning SelfApprovedWaiver "self-approved-waiver": "a waiver is approved only by the service's owner";
    Warning ExpiredWaiver "expired-waiver": "a waiver has ended";
    Warning MissingGuidance "missing-guidance": "a category has no guidance";
    Warning DeadGuidance "dead-guidance": "a path to guidance leads nowhere";
    Warning LongDefinition "long-definition": "a level takes too many words";
    Warning SameDefinition "same-definition": "two levels of a category read the same";
    Warning VagueWord "vague-word": "a level says a word that people understand differently";
    Error UnknownSource "unknown-source": "a category continues one that does not exist";
    Error LostCategory "lost-category": "a category is neither continued nor retired";
    Error UnknownRetired "unknown-retired": "a category is retired that does not exist, or lives on";
    Warning SkippedMajor "skipped-major": "the major version before is missing";
    Warning NeverAsked "never-asked": "a category asks no service of the estate";
    Error EditedInPlace "edited-in-place": "a published version of a rubric was edited";
    Error MinorChangesMeaning "minor-changes-meaning": "a minor version changes what scores mean";
}

impl Code {
    /// The code with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
