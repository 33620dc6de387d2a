//! Which waivers count, and how one stands on a day.

use super::{CategoryId, Date, DomainId, Identity, RubricId, Service, Waiver};

/// Which waivers count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiverPolicy {
    /// The longest time between the day it was asked for and its last day.
    pub max_weeks: u32,
    /// Who may approve in every domain; `None` where the settings don't say.
    pub approvers: Option<Vec<String>>,
    /// Who else may approve in a domain.
    pub domains: Vec<(DomainId, Vec<String>)>,
    /// What an approval by the service's own owner is worth.
    pub own_approval: OwnApproval,
}

impl Default for WaiverPolicy {
    fn default() -> Self {
        Self { max_weeks: 26, approvers: None, domains: Vec::new(), own_approval: OwnApproval::Warned }
    }
}

/// What an approval by the owner of the service or by its platform is worth. Ordered strictest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwnApproval {
    /// It is none.
    Refused,
    /// It counts, with a warning.
    Warned,
    /// It counts.
    Accepted,
}

/// How a waiver stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaiverState {
    /// It counts.
    InForce,
    /// Its last day is over.
    Expired,
    /// It lacks an approval that counts.
    Requested(Approval),
    /// It lasts longer than the policy allows: its last day may be this one at most.
    TooLong(Date),
}

/// Why an approval doesn't count yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approval {
    /// Nobody is named.
    Missing,
    /// Nobody who is named may approve it.
    NotAllowed,
    /// Only the service's own owner or platform is named.
    Own,
}

impl WaiverState {
    /// Its word in output.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::Expired => "expired",
            Self::Requested(_) => "requested",
            Self::TooLong(_) => "breaks-policy",
        }
    }
}

impl WaiverPolicy {
    /// How a waiver of a service stands on a day.
    #[must_use]
    pub fn judge(&self, identity: &Identity, waiver: &Waiver, today: Date) -> WaiverState {
        if waiver.has_ended(today) {
            return WaiverState::Expired;
        }
        // A day that has begun nowhere is `future-date`, so that no request gains time by being dated ahead.
        let longest = waiver.raised.unwrap_or(today).weeks_later(self.max_weeks);
        if waiver.until > longest {
            return WaiverState::TooLong(longest);
        }
        match self.missing_approval(identity, waiver) {
            Some(missing) => WaiverState::Requested(missing),
            None => WaiverState::InForce,
        }
    }

    /// Why a waiver of a service in this state doesn't count, in words; `None` if it does.
    #[must_use]
    pub fn objection(&self, identity: &Identity, waiver: &Waiver, state: &WaiverState) -> Option<String> {
        let max_weeks = self.max_weeks;
        match state {
            WaiverState::InForce => None,
            WaiverState::Expired => Some(format!("it ended on {}", waiver.until)),
            WaiverState::TooLong(latest) => {
                Some(format!("it lasts longer than {max_weeks} weeks; it may end on {latest} at the latest"))
            }
            WaiverState::Requested(missing) => {
                let named = waiver.approvers();
                let why = match missing {
                    Approval::Missing => "it is requested and not approved yet".to_owned(),
                    Approval::NotAllowed => format!("{named} may not approve it"),
                    Approval::Own => format!("{named} owns the service and may not approve it"),
                };
                Some(format!("{why}; approvers: {}", self.who_may_approve(identity)))
            }
        }
    }

    /// Who may approve waivers of a service, in words.
    #[must_use]
    pub fn who_may_approve(&self, identity: &Identity) -> String {
        let approvers = self.approvers_of(Some(&identity.domain));
        let refuses_own = self.own_approval == OwnApproval::Refused;
        match approvers {
            None if refuses_own => "anyone but its owner and platform".to_owned(),
            None => "anyone".to_owned(),
            Some(mut names) => {
                names.retain(|name| !refuses_own || !is_own(identity, name));
                if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
            }
        }
    }

    /// Why a waiver isn't approved; `None` if it is.
    fn missing_approval(&self, identity: &Identity, waiver: &Waiver) -> Option<Approval> {
        if waiver.approved_by.is_empty() {
            Some(Approval::Missing)
        } else if self.allowed(identity, waiver).is_empty() {
            Some(Approval::NotAllowed)
        } else if self.own_approval == OwnApproval::Refused && self.is_self_approved(identity, waiver) {
            Some(Approval::Own)
        } else {
            None
        }
    }

    /// Whether everybody who approved a waiver, and may, is the owner of the service.
    #[must_use]
    pub fn is_self_approved(&self, identity: &Identity, waiver: &Waiver) -> bool {
        let allowed = self.allowed(identity, waiver);
        !allowed.is_empty() && allowed.iter().all(|name| is_own(identity, name))
    }

    /// Those of a waiver's approvers who may approve it.
    fn allowed<'w>(&self, identity: &Identity, waiver: &'w Waiver) -> Vec<&'w str> {
        let approvers = self.approvers_of(Some(&identity.domain));
        let names = waiver.approved_by.iter().map(String::as_str);
        names.filter(|name| approvers.as_ref().is_none_or(|list| list.contains(name))).collect()
    }

    /// Who may approve waivers in a domain, or in one without approvers of its own; `None` where anybody may.
    #[must_use]
    pub fn approvers_of(&self, domain: Option<&DomainId>) -> Option<Vec<&str>> {
        let of_domain = self.domains.iter().find(|(id, _)| Some(id) == domain).map(|(_, names)| names);
        let lists: Vec<_> = self.approvers.iter().chain(of_domain).collect();
        (!lists.is_empty()).then(|| lists.into_iter().flatten().map(String::as_str).collect())
    }
}

/// Whether a name is that of the service's owner or platform, however it is written: `@Team-Checkout` is `team checkout`.
fn is_own(identity: &Identity, name: &str) -> bool {
    let fold = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let name = fold(name);
    let own = [identity.platform.as_str()].into_iter().chain(identity.owner.as_deref());
    own.map(fold).any(|own| own == name)
}

impl Service {
    /// The waiver in force for a category of a rubric on a day, if there is one; the longest if several are. `names` are the
    /// category's id and those that it had in older versions of the rubric.
    #[must_use]
    pub fn waiver(
        &self,
        policy: &WaiverPolicy,
        rubric: &RubricId,
        names: &[&CategoryId],
        today: Date,
    ) -> Option<&Waiver> {
        let for_category = self.waivers.iter().filter(|waiver| waiver.category.means(rubric, names));
        let in_force = for_category
            .filter(|waiver| policy.judge(self.identity_on(today), waiver, today) == WaiverState::InForce);
        in_force.max_by_key(|waiver| waiver.until)
    }
}
