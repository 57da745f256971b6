//! What is counted, in the text format of OpenMetrics. Each metric is registered once, with its help and unit, and counted through
//! a method of [`Metrics`]: the rest of the product knows no labels.

pub mod labels;
pub mod names;
mod process;
mod register;
mod scrape;
mod sent;

use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::sync::atomic::AtomicU64;

use self::labels::{Histograms, OfEndedJob, OfError, OfJob, OfLoop, OfOperation, OfOutcome, OfPool, OfRequest, OfRoute, OfStage};
use self::names::Names;
use super::account::Told;
use super::health::Loop;
use crate::error::Code;
use crate::jobs::Kind;

pub use self::scrape::{CONTENT_TYPE, exposition};
pub use self::sent::Sent;

/// A value with a fraction.
type Seconds = Gauge<f64, AtomicU64>;

/// Everything this node counts.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    pub names: Names,
    requests: Family<OfRequest, Counter>,
    request_seconds: Histograms<OfRoute>,
    operation_seconds: Histograms<OfOperation>,
    operation_errors: Family<OfError, Counter>,
    operation_statements: Family<OfOperation, Counter>,
    statements: Histogram,
    connections: Gauge,
    sockets: Gauge,
    subscriptions: Gauge,
    pool: Family<OfPool, Gauge>,
    pool_max: Gauge,
    jobs_waiting: Family<OfJob, Gauge>,
    oldest_job_seconds: Seconds,
    jobs_running: Family<OfJob, Gauge>,
    jobs: Family<OfEndedJob, Counter>,
    job_seconds: Histograms<OfJob>,
    job_wait_seconds: Histograms<OfJob>,
    import_rows: Family<OfStage, Counter>,
    kept_answers: Family<OfOutcome, Counter>,
    loops: Family<OfLoop, Seconds>,
    trace_exports: Family<OfOutcome, Counter>,
}

/// How far rows of workbooks came.
#[derive(Debug, Clone, Copy)]
pub enum Rows {
    /// Found in a workbook.
    Read,
    /// Of a plan: new, changed or the same.
    Planned,
    /// Written, when a plan was accepted.
    Accepted,
}

/// Whether an answer was kept.
#[derive(Debug, Clone, Copy)]
pub enum KeptAnswer {
    Hit,
    Miss,
}

/// What is open, as long as this is there.
#[derive(Debug)]
pub struct Open(Gauge);

impl Open {
    fn one_of(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    /// A request that was answered; without a status one whose client went away.
    pub fn request(&self, route: &str, method: &'static str, status: Option<u16>, took: Duration) {
        // What nginx says of the same.
        let status = status.unwrap_or(499);
        self.requests.get_or_create(&OfRequest { route: route.to_owned(), method, status }).inc();
        self.request_seconds.get_or_create(&OfRoute { route: route.to_owned() }).observe(took.as_secs_f64());
    }

    /// An operation that ended, as far as it was understood as one.
    pub fn operation(&self, told: &Told, took: Duration, statements: u64) {
        let Some(kind) = told.kind else { return };
        let operation = self.names.label(told.operation.as_deref(), told.actor.is_none());
        let labels = OfOperation { operation: operation.clone(), kind };
        // How long somebody watched says nothing.
        if kind != "subscription" {
            self.operation_seconds.get_or_create(&labels).observe(took.as_secs_f64());
            self.statements.observe(statements as f64);
        }
        self.operation_statements.get_or_create(&labels).inc_by(statements);
        for code in &told.codes {
            self.operation_errors.get_or_create(&OfError { operation: operation.clone(), code: Code::known(code) }).inc();
        }
    }

    /// A connection that was taken.
    pub fn connection(&self) -> Open {
        Open::one_of(&self.connections)
    }

    /// A WebSocket that was opened.
    pub fn socket(&self) -> Open {
        Open::one_of(&self.sockets)
    }

    /// A subscription that began.
    pub fn subscription(&self) -> Open {
        Open::one_of(&self.subscriptions)
    }

    /// A job this node took up, after it had waited; it is in hand as long as what comes back is there.
    pub fn job_begun(&self, kind: Kind, waited: Duration) -> Open {
        self.job_wait_seconds.get_or_create(&OfJob { kind: kind.code() }).observe(waited.as_secs_f64());
        Open::one_of(&self.jobs_running.get_or_create(&OfJob { kind: kind.code() }))
    }

    /// How a try at a job ended: `done`, `failed` (it is tried again), `given_up`, `taken_over`, `handed_back` or `put_off`.
    pub fn job_ended(&self, kind: Kind, outcome: &'static str, took: Duration) {
        self.jobs.get_or_create(&OfEndedJob { kind: kind.code(), outcome }).inc();
        self.job_seconds.get_or_create(&OfJob { kind: kind.code() }).observe(took.as_secs_f64());
    }

    /// Rows of workbooks.
    pub fn import_rows(&self, came: Rows, rows: usize) {
        let stage = match came {
            Rows::Read => "read",
            Rows::Planned => "planned",
            Rows::Accepted => "accepted",
        };
        self.import_rows.get_or_create(&OfStage { stage }).inc_by(rows as u64);
    }

    /// An answer that might have been kept.
    pub fn kept_answer(&self, found: KeptAnswer) {
        let outcome = match found {
            KeptAnswer::Hit => "hit",
            KeptAnswer::Miss => "miss",
        };
        self.kept_answers.get_or_create(&OfOutcome { outcome }).inc();
    }

    /// A loop went round without an error, at an instant in seconds since 1970.
    pub fn went_round(&self, which: Loop, at: f64) {
        self.loops.get_or_create(&OfLoop { r#loop: which.text() }).set(at);
    }

    /// A batch of spans was sent.
    pub fn exported(&self, taken: bool) {
        let outcome = if taken { "taken" } else { "lost" };
        self.trace_exports.get_or_create(&OfOutcome { outcome }).inc();
    }
}
