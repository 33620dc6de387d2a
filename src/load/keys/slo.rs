//! The columns and keys of files with SLO results.

use super::Form::{Any, Month, Percentage, Service};
use super::Kind::{Number, Table, Text, Truth};
use super::Presence::{Optional, Required, RequiredByReader};
use super::{Key, TableKeys, keys};

keys! {
    /// What was measured, a month and objective on each line.
    RESULTS "SloResults" "SLO results" {
        /// The service, as its file names it.
        "service": Text(Service), Required;
        /// The objective's name, the same in every month.
        "slo": Text(Any), Required;
        /// The month that was measured.
        "period": Text(Month), Required;
        /// What was to be attained.
        "objective": Text(Percentage), Required;
        /// What was.
        "attained": Text(Percentage), Required;
    }

    /// What slo-generator exports about one objective.
    REPORT "SloReport" "an SLO report" {
        /// The same label, in version 1.
        "service_name": Text(Service), Optional;
        /// The same label, in version 1.
        "feature_name": Text(Any), Optional;
        /// The same label, in version 1.
        "slo_name": Text(Any), Optional;
        /// The goal, in version 1.
        "slo_target": Number, Optional;
        /// What was to be attained, from 0 to 1.
        "goal": Number, RequiredByReader;
        /// What was, from 0 to 1.
        "sli_measurement": Number, RequiredByReader;
        /// How many seconds were measured.
        "window": Number, RequiredByReader;
        /// When they ended, in seconds since 1970.
        "timestamp": Number, RequiredByReader;
        /// `false`: there is no measurement.
        "valid": Truth, Optional;
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
        /// The objective's name. Without it, `metadata.name` is.
        "slo_name": Text(Any), RequiredByReader;
        /// Comes before the objective's name, as in `payment/latency-300ms`.
        "feature_name": Text(Any), Optional;
    }
}
