//! What series of one metric are told apart by. Every label is of a closed set, or of a bounded one ([`super::names`]).

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;

/// Histograms told apart by something.
pub type Histograms<L> = Family<L, Histogram, fn() -> Histogram>;

macro_rules! labels {
    ($($(#[$words:meta])* $set:ident { $($label:ident: $is:ty),* })*) => {$(
        $(#[$words])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
        pub struct $set { $(pub $label: $is),* }
    )*};
}

labels! {
    /// A request by its route (never its path, which may hold a secret), method and status.
    OfRequest { route: String, method: &'static str, status: u16 }
    OfRoute { route: String }
    OfOperation { operation: String, kind: &'static str }
    OfError { operation: String, code: &'static str }
    OfVerb { verb: &'static str }
    OfPool { state: &'static str }
    OfJob { kind: &'static str }
    OfEndedJob { kind: &'static str, outcome: &'static str }
    OfStage { stage: &'static str }
    OfLimit { limit: &'static str }
    OfLoop { r#loop: &'static str }
    OfOutcome { outcome: &'static str }
    OfBuild { version: &'static str, database: &'static str }
}

/// From a thousandth of a second to a minute.
const SECONDS: [f64; 15] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0];
/// From a tenth of a thousandth to ten seconds: statements.
const SHORT: [f64; 13] = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1.0, 5.0, 10.0];
/// From a tenth of a second to an hour: jobs.
const LONG: [f64; 12] = [0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3_600.0];
/// Statements of one operation.
const COUNTS: [f64; 11] = [1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0, 30.0, 50.0, 100.0, 200.0];

pub fn seconds() -> Histogram {
    Histogram::new(SECONDS)
}

pub fn short_seconds() -> Histogram {
    Histogram::new(SHORT)
}

pub fn long_seconds() -> Histogram {
    Histogram::new(LONG)
}

pub fn counts() -> Histogram {
    Histogram::new(COUNTS)
}

/// A method by its name; those that are not HTTP's are one.
pub fn method(method: &axum::http::Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("OTHER")
}
