//! The keys of a service file.

use serde_json::json;

use super::Form::{Address, Any, Category, Domain, Evidence, Level, Platform, Provider, Reason, Rubric};
use super::Form::{Service, Tag, Words};
use super::Kind::{Colour, Confirmed, Date, Scores, Tables, Text, Texts, Truth, Verdict};
use super::{Items, Key, TableKeys};

/// The whole file.
pub static SERVICE: TableKeys = TableKeys {
    what: "a service file",
    name: "Service file",
    doc: "Who a service is, how it was judged, what was promised, and which exceptions were agreed.",
    keys: &[
        Key::required(
            "service",
            Text(Service),
            "The service's id. It equals the file's name without extension.",
        ),
        Key::optional("title", Text(Any), "The service's name for people.").means("the id"),
        Key::required(
            "domain",
            Text(Domain),
            "The set of platforms that the service is reviewed with. If the settings list domains, it is one of them.",
        ),
        Key::required("platform", Text(Platform), "The platform or team that owns the service."),
        Key::optional("owner", Text(Any), "Who to ask."),
        Key::required(
            "criticality",
            Text(Level),
            "What an outage would cost: one of the levels in the settings.",
        ),
        Key::optional(
            "golden-thread",
            Truth,
            "Whether customers can't browse and buy without the service. It then has the highest criticality.",
        )
        .default(|| json!(false)),
        Key::optional(
            "tags",
            Texts(Tag, Items::Any),
            "Free labels, for `--tag` and for rubrics that ask only some services.",
        ),
        Key::optional("links", Tables(&LINK, Items::Any), "Where to read on."),
        Key::optional(
            "assessments",
            Tables(&ASSESSMENT, Items::Any),
            "How the service was judged, in any order. Each assessment has its own date.",
        ),
        Key::optional(
            "actions",
            Tables(&ACTION, Items::Any),
            "Commitments. They outlive the assessment that they came from.",
        ),
        Key::optional(
            "waivers",
            Tables(&WAIVER, Items::Any),
            "Agreed exceptions for the gate. The colour stays what it is.",
        ),
    ],
};

/// A link; rubrics have them, too.
pub(in super::super) static LINK: TableKeys = TableKeys {
    what: "a link",
    name: "Link",
    doc: "A page to read.",
    keys: &[
        Key::required("title", Text(Words), "What the reader sees."),
        Key::required(
            "href",
            Text(Address),
            "Where it leads: a path, or an address with `https:`, `http:` or `mailto:`.",
        ),
    ],
};

pub(in super::super) static ASSESSMENT: TableKeys = TableKeys {
    what: "an assessment",
    name: "Assessment",
    doc: "What was judged on one day.",
    keys: &[
        Key::required("date", Date, "The day, as YYYY-MM-DD. It is not after today."),
        Key::required(
            "rubric",
            Text(Rubric),
            "The rubric that was used, as `id@major`. `fundamentals rubric list` lists them.",
        ),
        Key::optional("by", Texts(Any, Items::Any), "Who judged."),
        Key::optional("with", Texts(Any, Items::Any), "The outside view: who judged with them."),
        Key::optional(
            "scores",
            Scores(&SCORE),
            "The categories that were judged on this day, each with its colour. What isn't mentioned keeps its last one.",
        ),
        Key::optional(
            "confirmed",
            Confirmed,
            "What was looked at again and found unchanged: a list of categories, or `all` for everything judged before.",
        ),
    ],
};

/// A score in long form.
pub static SCORE: TableKeys = TableKeys {
    what: "a score",
    name: "LongScore",
    doc: "A score with its reason.",
    keys: &[
        Key::optional("rag", Verdict, "What was found. Not applicable needs a `because`."),
        Key::optional("because", Text(Any), "Why."),
        Key::optional(
            "evidence",
            Texts(Evidence, Items::Any),
            "Where it can be seen: addresses, paths or words.",
        ),
        Key::optional("note", Text(Any), "Anything else worth knowing."),
        Key::optional(
            "inherited-from",
            Text(Provider),
            "Another service of the estate that does this for us: its colour counts. It stands in place of `rag`.",
        ),
    ],
};

/// The columns of a table of scores.
pub static SCORES: TableKeys = TableKeys {
    what: "scores",
    name: "Scores",
    doc: "A category and its score on each line.",
    keys: &[
        Key::required("category", Text(Category), "Which category."),
        Key::required("colour", Verdict, "What was found. A line without a colour is skipped."),
        Key::optional("service", Text(Service), "Which service.").means("the one that is assessed"),
        Key::optional("because", Text(Any), "Why."),
        Key::optional(
            "evidence",
            Text(Evidence),
            "Where it can be seen: addresses or paths, with spaces between.",
        ),
        Key::optional("note", Text(Any), "Anything else worth knowing."),
        Key::optional("inherited-from", Text(Provider), "Another service, whose colour counts."),
    ],
};

pub(in super::super) static ACTION: TableKeys = TableKeys {
    what: "an action",
    name: "Action",
    doc: "A commitment.",
    keys: &[
        Key::required("what", Text(Words), "What was promised."),
        Key::optional("category", Text(Category), "The category that it should improve."),
        Key::optional("owner", Text(Any), "Who will do it."),
        Key::required("raised", Date, "When it was promised, as YYYY-MM-DD. It is not after today."),
        Key::optional("due", Date, "By when, as YYYY-MM-DD. It is not before `raised`."),
        Key::optional("target", Colour, "The colour that it should bring."),
        Key::optional("support", Text(Any), "Who outside the team is needed."),
        Key::optional(
            "done",
            Date,
            "When it was done, as YYYY-MM-DD. Leave it out while the action is open.",
        ),
        Key::optional("because", Text(Any), "Why it was promised."),
    ],
};

pub(in super::super) static WAIVER: TableKeys = TableKeys {
    what: "a waiver",
    name: "Waiver",
    doc: "An agreed exception for the gate.",
    keys: &[
        Key::needed("category", Text(Category), "Which category."),
        Key::optional("raised", Date, "When it was asked for, as YYYY-MM-DD. It is not after today."),
        Key::needed(
            "until",
            Date,
            "The last day on which it counts, as YYYY-MM-DD. It is at most `max-weeks` of the settings after `raised`, \
             or after today where that is not given.",
        ),
        Key::needed("because", Text(Reason), "Why, in words."),
        Key::optional(
            "approved-by",
            Texts(Any, Items::Any),
            "Who approved it: a name, or several. Without, the waiver is a request and doesn't count.",
        ),
        Key::optional(
            "evidence",
            Texts(Address, Items::Any),
            "Addresses or paths where the agreement can be read.",
        ),
    ],
};
