//! The domain, in its users' words: rubrics, services, assessments, commitments. Pure: no files, environment, clock
//! or printing, and nothing computed that depends on a date other than the one given.

mod applies_to;
mod catalog;
mod category_name;
mod clock;
mod colour;
mod criticality;
mod date;
mod date_order;
mod entity;
mod estate;
mod gate;
mod id;
mod identity;
mod reason;
mod rubric;
mod rubric_skeleton;
mod scoring;
mod service;
mod settings;
mod slo;
mod waiver;
mod waiver_policy;

pub use applies_to::{AppliesTo, Requirement, TagCondition};
pub use catalog::{CatalogEntry, CatalogField, CatalogSelector, CatalogSettings, is_same_value};
pub use category_name::CategoryName;
pub use clock::Clock;
pub use colour::Colour;
pub use criticality::{Criticality, CriticalityLevels};
pub use date::Date;
pub use date_order::DateOrder;
pub use entity::{CatalogComponent, EntityRef};
pub use estate::{ByNow, Estate, Rubrics};
pub use gate::{GateLevel, GatePolicy, GateRule, RuleLevels, Scope};
pub use id::{CategoryId, DomainId, InvalidId, PillarId, PlatformId, RubricId, ServiceId};
pub use identity::{Identities, Identity, PastIdentity, Retirement};
pub use reason::{is_evidence, is_name, is_reason};
pub use rubric::{
    Bar, Category, CategoryIx, CategoryRole, Definition, EvidenceNeed, Guidance, Link, Lookup, Pillar,
    Rubric, RubricKey, Version,
};
pub use rubric_skeleton::{
    MadeId, RubricForm, RubricSkeleton, SkeletonCategory, SkeletonIds, SkeletonPillar, kebab_case,
};
pub use scoring::{Confirmation, Score, Scoring};
pub use service::{Action, ActionSpans, Assessment, Confirmed, Judgement, Rating, Service, Verdict};
pub use settings::{Domain, IdFrom, ReviewSettings, RubricSettings, Settings};
pub use slo::{Share, SloResult};
pub use waiver::Waiver;
pub use waiver_policy::{Approval, OwnApproval, WaiverPolicy, WaiverState};
