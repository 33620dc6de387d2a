//! The columns and keys of files with SLO results.

use super::Form::{Any, Month, Percentage, Service};
use super::Kind::{Number, Table, Text, Truth};
use super::Presence::{Optional, OrMeans, Required, RequiredByReader};
use super::{Key, TableKeys, keys};

keys! {
    /// What was measured, a month and objective on each line.
    RESULTS "SloResults" "SLO results" {
        /// The service's id.
        "service": Text(Service), Required;
        /// The objective's name, the same in every month.
        "slo": Text(Any), Required;
        /// The month that was measured.
        "period": Text(Month), Required;
        /// The share that was to be attained.
        "objective": Text(Percentage), Required;
        /// The share that was attained.
        "attained": Text(Percentage), Required;
    }

    /// What slo-generator exports about one objective.
    REPORT "SloReport" "an SLO report" {
        /// The objective, from 0 to 1.
        "goal": Number, RequiredByReader;
        /// What was measured, from 0 to 1. `null` and `-1` mean that there was no data.
        "sli_measurement": Number, RequiredByReader;
        /// Length of the time that was measured, in seconds.
        "window": Number, RequiredByReader;
        /// End of that time, in seconds since 1970.
        "timestamp": Number, RequiredByReader;
        /// `false` means that there is no measurement.
        "valid": Truth, Optional;
        /// In version 1, what is `goal` in version 2.
        "slo_target": Number, Optional;
        /// In version 1, what is the label of this name in version 2.
        "service_name": Text(Service), Optional;
        /// In version 1, what is the label of this name in version 2.
        "slo_name": Text(Any), Optional;
        /// In version 1, what is the label of this name in version 2.
        "feature_name": Text(Any), Optional;
        /// Names, in version 2.
        "metadata": Table(&METADATA), Optional;
    }

    /// Names.
    METADATA "Metadata" "`metadata`" {
        /// The objective's name, where no label gives it.
        "name": Text(Any), Optional;
        /// Labels of the SLO.
        "labels": Table(&LABELS), Optional;
    }

    /// Labels of the SLO.
    LABELS "Labels" "`metadata.labels`" {
        /// The service's id. If monitoring calls the service otherwise, give its SLOs this label.
        "service_name": Text(Service), RequiredByReader;
        /// The objective's name.
        "slo_name": Text(Any), OrMeans("`metadata.name`");
        /// Comes before the objective's name, as in `payment/latency-300ms`.
        "feature_name": Text(Any), Optional;
    }
}
