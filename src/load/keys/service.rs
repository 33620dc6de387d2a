//! The keys of a service file.

use serde_json::json;

use super::Form::{Address, Any, Category, Domain, Evidence, Level, Platform, Provider, Reason, Rubric};
use super::Form::{Service, Tag, Words};
use super::Kind::{Colour, Confirmed, Date, Scores, Tables, Text, Texts, Truth, Verdict};
use super::Presence::{Optional, OrDefault, OrMeans, Required, RequiredByReader};
use super::{Items, Key, TableKeys, keys};

keys! {
    /// Who a service is, how it was judged, what was promised, and which exceptions were agreed.
    FILE "Service file" "a service file" {
        /// The service's id. It equals the file's name without extension.
        "service": Text(Service), Required;
        /// The service's name for people.
        "title": Text(Any), OrMeans("the id");
        /// The set of platforms that the service is reviewed with. If the settings list domains, it is one of them.
        "domain": Text(Domain), Required;
        /// The platform or team that owns the service.
        "platform": Text(Platform), Required;
        /// Who to ask.
        "owner": Text(Any), Optional;
        /// What an outage would cost: one of the levels in the settings.
        "criticality": Text(Level), Required;
        /// Whether customers can't browse and buy without the service. It then has the highest criticality.
        "golden-thread": Truth, OrDefault(|| json!(false));
        /// Free labels, for `--tag` and for rubrics that ask only some services.
        "tags": Texts(Tag, Items::Any), Optional;
        /// Where to read on.
        "links": Tables(&LINK, Items::Any), Optional;
        /// How the service was judged, in any order. Each assessment has its own date.
        "assessments": Tables(&ASSESSMENT, Items::Any), Optional;
        /// Commitments. They outlive the assessment that they came from.
        "actions": Tables(&ACTION, Items::Any), Optional;
        /// Agreed exceptions for the gate. The colour stays what it is.
        "waivers": Tables(&WAIVER, Items::Any), Optional;
    }

    /// A page to read.
    LINK "Link" "a link" {
        /// What the reader sees.
        "title": Text(Words), Required;
        /// Where it leads: a path, or an address with `https:`, `http:` or `mailto:`.
        "href": Text(Address), Required;
    }

    /// What was judged on one day.
    ASSESSMENT "Assessment" "an assessment" {
        /// The day, as YYYY-MM-DD. It is not after today.
        "date": Date, Required;
        /// The rubric that was used, as `id@major`. `fundamentals rubric list` lists them.
        "rubric": Text(Rubric), Required;
        /// Who judged.
        "by": Texts(Any, Items::Any), Optional;
        /// The outside view: who judged with them.
        "with": Texts(Any, Items::Any), Optional;
        /// The categories that were judged on this day, each with its colour. What isn't mentioned keeps its last
        /// one.
        "scores": Scores(&SCORE), Optional;
        /// What was looked at again and found unchanged: a list of categories, or `all` for everything judged before.
        "confirmed": Confirmed, Optional;
    }

    /// A score with its reason.
    SCORE "LongScore" "a score" {
        /// What was found. Not applicable needs a `because`.
        "rag": Verdict, Optional;
        /// Why.
        "because": Text(Any), Optional;
        /// Where it can be seen: addresses, paths or words.
        "evidence": Texts(Evidence, Items::Any), Optional;
        /// Anything else worth knowing.
        "note": Text(Any), Optional;
        /// Another service of the estate that does this for us: its colour counts. It stands in place of `rag`.
        "inherited-from": Text(Provider), Optional;
    }

    /// A category and its score on each line.
    SCORES "Scores" "scores" {
        /// Which category.
        "category": Text(Category), Required;
        /// What was found. A line without a colour is skipped.
        "colour": Verdict, Required;
        /// Which service.
        "service": Text(Service), OrMeans("the one that is assessed");
        /// Why.
        "because": Text(Any), Optional;
        /// Where it can be seen: addresses or paths, with spaces between.
        "evidence": Text(Evidence), Optional;
        /// Anything else worth knowing.
        "note": Text(Any), Optional;
        /// Another service, whose colour counts.
        "inherited-from": Text(Provider), Optional;
    }

    /// A commitment.
    ACTION "Action" "an action" {
        /// What was promised.
        "what": Text(Words), Required;
        /// The category that it should improve.
        "category": Text(Category), Optional;
        /// Who will do it.
        "owner": Text(Any), Optional;
        /// When it was promised, as YYYY-MM-DD. It is not after today.
        "raised": Date, Required;
        /// By when, as YYYY-MM-DD. It is not before `raised`.
        "due": Date, Optional;
        /// The colour that it should bring.
        "target": Colour, Optional;
        /// Who outside the team is needed.
        "support": Text(Any), Optional;
        /// When it was done, as YYYY-MM-DD. Leave it out while the action is open.
        "done": Date, Optional;
        /// Why it was promised.
        "because": Text(Any), Optional;
    }

    /// An agreed exception for the gate.
    WAIVER "Waiver" "a waiver" {
        /// Which category.
        "category": Text(Category), RequiredByReader;
        /// When it was asked for, as YYYY-MM-DD. It is not after today.
        "raised": Date, Optional;
        /// The last day on which it counts, as YYYY-MM-DD. It is at most `max-weeks` of the settings after `raised`,
        /// or after today where that is not given.
        "until": Date, RequiredByReader;
        /// Why, in words.
        "because": Text(Reason), RequiredByReader;
        /// Who approved it: a name, or several. Without, the waiver is a request and doesn't count.
        "approved-by": Texts(Any, Items::Any), Optional;
        /// Addresses or paths where the agreement can be read.
        "evidence": Texts(Address, Items::Any), Optional;
    }
}
