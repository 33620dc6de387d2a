//! The columns and keys of files with SLO results.

use super::Form::{Any, Month, Percentage, Service};
use super::Kind::{Number, Table, Text, Truth};
use super::{Key, TableKeys};

/// The columns of a CSV file.
pub static SLO_RESULTS: TableKeys = TableKeys {
    what: "SLO results",
    name: "SloResults",
    doc: "What was measured, a month and objective on each line.",
    keys: &[
        Key::required("service", Text(Service), "The service, as its file names it."),
        Key::required("slo", Text(Any), "The objective's name, the same in every month."),
        Key::required("period", Text(Month), "The month that was measured."),
        Key::required("objective", Text(Percentage), "What was to be attained."),
        Key::required("attained", Text(Percentage), "What was."),
    ],
};

/// A report of slo-generator. Version 1 has all names at the top; version 2 has them in `metadata.labels`. The file isn't
/// ours: other keys are fine.
pub static SLO_REPORT: TableKeys = TableKeys {
    what: "an SLO report",
    name: "SloReport",
    doc: "What slo-generator exports about one objective.",
    keys: &[
        Key::optional("service_name", Text(Service), "The same label, in version 1."),
        Key::optional("feature_name", Text(Any), "The same label, in version 1."),
        Key::optional("slo_name", Text(Any), "The same label, in version 1."),
        Key::optional("slo_target", Number, "The goal, in version 1."),
        Key::needed("goal", Number, "What was to be attained, from 0 to 1."),
        Key::needed("sli_measurement", Number, "What was, from 0 to 1."),
        Key::needed("window", Number, "How many seconds were measured."),
        Key::needed("timestamp", Number, "When they ended, in seconds since 1970."),
        Key::optional("valid", Truth, "`false`: there is no measurement."),
        Key::optional("metadata", Table(&METADATA), "Names, in version 2."),
    ],
};

static METADATA: TableKeys = TableKeys {
    what: "`metadata`",
    name: "Metadata",
    doc: "Names.",
    keys: &[
        Key::optional("name", Text(Any), "The objective's name, where no label gives it."),
        Key::optional("labels", Table(&LABELS), "Labels of the SLO."),
    ],
};

static LABELS: TableKeys = TableKeys {
    what: "`metadata.labels`",
    name: "Labels",
    doc: "Labels of the SLO.",
    keys: &[
        Key::needed(
            "service_name",
            Text(Service),
            "The service's id. If monitoring calls the service otherwise, give its SLOs this label.",
        ),
        Key::needed("slo_name", Text(Any), "The objective's name. Without it, `metadata.name` is."),
        Key::optional(
            "feature_name",
            Text(Any),
            "Comes before the objective's name, as in `payment/latency-300ms`.",
        ),
    ],
};
