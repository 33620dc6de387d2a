//! The keys of a service file.

use serde_json::json;

use super::Form::{Address, Any, CategoryName, Domain, Evidence, Level, Platform, Provider, Reason, Rubric};
use super::Form::{KnownRubric, Service, Tag, Words};
use super::Kind::{Colour, Confirmed, Date, DateOr, Scores, Tables, Text, Texts, Truth, Verdict};
use super::Presence::{Optional, OrDefault, OrMeans, Required, RequiredByReader};
use super::{Items, Key, TableKeys, keys};

keys! {
    /// Who a service is, how it was assessed, its commitments, and its waivers.
    FILE "Service file" "a service file" {
        /// The service's id. It equals the file's name without extension, unless the settings' `id-from` says otherwise.
        "service": Text(Service), Required;
        /// Ids that the service had before. References to them mean this service.
        "renamed-from": Texts(Service, Items::Any), Optional;
        /// The service's name for people.
        "title": Text(Any), OrMeans("the id");
        /// The set of platforms that the service is reviewed with. If the settings list domains, it is one of them.
        "domain": Text(Domain), RequiredByReader;
        /// The platform or team that owns the service.
        "platform": Text(Platform), RequiredByReader;
        /// Who to ask.
        "owner": Text(Any), Optional;
        /// What an outage would cost: one of the levels in the settings.
        "criticality": Text(Level), RequiredByReader;
        /// Whether customers can't browse and buy without the service. It then has the highest criticality.
        "golden-thread": Truth, OrDefault(|| json!(false));
        /// Where the service is in its life, such as `production` or `deprecated`, in words of your own. No count depends on it.
        "lifecycle": Text(Any), Optional;
        /// Free labels, for `--tag` and for rubrics with categories that apply to some services only.
        "tags": Texts(Tag, Items::Any), Optional;
        /// The rubrics that count for the service, by their ids. One that it was never assessed under counts as not assessed.
        "rubrics": Texts(KnownRubric, Items::Distinct), OrMeans("all that its assessments use");
        /// When the service joined the estate, as YYYY-MM-DD. Before that day it is in no count, unless anything in the file is
        /// dated earlier.
        "joined": Date, OrMeans("it was always there, and is not assessed before its first assessment");
        /// Who the service was before. Figures of a past day count it as what it was then.
        "previously": Tables(&PREVIOUSLY, Items::Any), Optional;
        /// The first day on which the service is in no count, gate or list, as YYYY-MM-DD, or that day with a reason.
        "retired": DateOr(&RETIREMENT), Optional;
        /// Where to read on.
        "links": Tables(&LINK, Items::Any), Optional;
        /// How the service was assessed, in any order. Each assessment has its own date.
        "assessments": Tables(&ASSESSMENT, Items::Any), Optional;
        /// Commitments. They outlive the assessment that they came from.
        "actions": Tables(&ACTION, Items::Any), Optional;
        /// Approved exceptions for the gate. The colour stays what it is.
        "waivers": Tables(&WAIVER, Items::Any), Optional;
    }

    /// Who the service was up to a day. What is left out was as it is after that day.
    PREVIOUSLY "Previously" "an entry of `previously`" {
        /// The last day on which this holds, as YYYY-MM-DD.
        "until": Date, Required;
        /// The domain then.
        "domain": Text(Domain), Optional;
        /// The platform or team that owned the service then.
        "platform": Text(Platform), Optional;
        /// Who to ask then; nothing, `""`, if there was nobody.
        "owner": Text(Any), Optional;
        /// The level of criticality then.
        "criticality": Text(Level), Optional;
        /// Whether it was on the Golden Thread then.
        "golden-thread": Truth, Optional;
        /// The labels then.
        "tags": Texts(Tag, Items::Any), Optional;
        /// The rubrics that counted then. An empty list means all that its assessments use.
        "rubrics": Texts(KnownRubric, Items::Any), Optional;
        /// When it had been retired then, if it came back after `until`.
        "retired": DateOr(&RETIREMENT), Optional;
    }

    /// The end of a service.
    RETIREMENT "Retirement" "`retired`" {
        /// The first day on which the service is in no count, as YYYY-MM-DD.
        "on": Date, Required;
        /// Why, or what replaces it.
        "because": Text(Any), Optional;
    }

    /// A page to read.
    LINK "Link" "a link" {
        /// What the reader sees.
        "title": Text(Words), Required;
        /// Where it leads: a path, or an address with `https:`, `http:` or `mailto:`.
        "href": Text(Address), Required;
    }

    /// What was assessed on one day.
    ASSESSMENT "Assessment" "an assessment" {
        /// The day, as YYYY-MM-DD. It is not after today.
        "date": Date, Required;
        /// The rubric that was used, as `id@major`. `fundamentals rubric list` lists them.
        "rubric": Text(Rubric), Required;
        /// Who assessed.
        "by": Texts(Any, Items::Any), Optional;
        /// Who took part from outside the team.
        "with": Texts(Any, Items::Any), Optional;
        /// The categories that were assessed on this day, each with its colour. Every other category keeps its last one.
        "scores": Scores(&SCORE), Optional;
        /// What was checked again and is unchanged: a list of categories, or `all` for everything assessed before.
        "confirmed": Confirmed, Optional;
    }

    /// A score with its reason.
    SCORE "LongScore" "a score" {
        /// What was found. Either this or `inherited-from` is required.
        "rag": Verdict, Optional;
        /// Why. Required with `not-applicable`.
        "because": Text(Any), Optional;
        /// Where it can be seen: addresses, paths or words.
        "evidence": Texts(Evidence, Items::Any), Optional;
        /// Anything else worth knowing.
        "note": Text(Any), Optional;
        /// Another service of the estate that does this for this one: its colour counts.
        "inherited-from": Text(Provider), Optional;
    }

    /// A commitment.
    ACTION "Action" "an action" {
        /// What will be done.
        "what": Text(Words), Required;
        /// The category that it should improve: its id or, where several rubrics of the service have it, `rubric/category`.
        "category": Text(CategoryName), Optional;
        /// Who will do it.
        "owner": Text(Any), Optional;
        /// When it was decided, as YYYY-MM-DD. It is not after today.
        "raised": Date, Required;
        /// By when, as YYYY-MM-DD. It is not before `raised`.
        "due": Date, Optional;
        /// The colour that it should bring.
        "target": Colour, Optional;
        /// Who outside the team is needed.
        "support": Text(Any), Optional;
        /// When it was done, as YYYY-MM-DD. It is not before `raised`, and not after today. Leave it out while the action is
        /// open.
        "done": Date, Optional;
        /// Why.
        "because": Text(Any), Optional;
    }

    /// An approved exception for the gate.
    WAIVER "Waiver" "a waiver" {
        /// Which category: its id or, where several rubrics of the service have it, `rubric/category`.
        "category": Text(CategoryName), RequiredByReader;
        /// When it was requested, as YYYY-MM-DD. It is not after today.
        "raised": Date, Optional;
        /// The last day on which it counts, as YYYY-MM-DD. It is at most `max-weeks` of the settings after `raised`,
        /// or after today where that is not given.
        "until": Date, RequiredByReader;
        /// Why, in words.
        "because": Text(Reason), RequiredByReader;
        /// Who approved it: a name, or several. Without a name, the waiver is a request and doesn't count.
        "approved-by": Texts(Any, Items::Any), Optional;
        /// Addresses or paths where the approval can be read.
        "evidence": Texts(Address, Items::Any), Optional;
    }
}
