//! Statements of this node's pool, and how long transactions wait to begin. The pool counts them itself, from its first on.

use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use tokio::time::Instant;

use super::labels::{Histograms, OfVerb, short_seconds};
use crate::telemetry::sql::Summary;

/// What a pool sent.
#[derive(Debug, Clone)]
pub struct Sent {
    pub(super) seconds: Histograms<OfVerb>,
    pub(super) failed: Family<OfVerb, Counter>,
    /// From asking for a transaction to having a connection on which it began.
    pub(super) begun: Histogram,
    /// Transactions that have not begun yet.
    pub(super) waiting: Gauge,
}

impl Default for Sent {
    fn default() -> Self {
        let failed: Family<OfVerb, Counter> = Family::default();
        // What never failed is 0 and not absent.
        for verb in ["SELECT", "INSERT", "UPDATE", "DELETE"] {
            drop(failed.get_or_create(&OfVerb { verb }));
        }
        Self { seconds: Family::new_with_constructor(short_seconds), failed, begun: short_seconds(), waiting: Gauge::default() }
    }
}

impl Sent {
    /// A statement that was answered.
    pub fn statement(&self, summary: &Summary<'_>, took: Duration, failed: bool) {
        let of = OfVerb { verb: summary.verb };
        self.seconds.get_or_create(&of).observe(took.as_secs_f64());
        if failed {
            self.failed.get_or_create(&of).inc();
        }
    }

    /// Waits for a transaction to begin.
    pub async fn beginning<T>(&self, begin: impl Future<Output = T>) -> T {
        let (_waiting, since) = (super::Open::one_of(&self.waiting), Instant::now());
        let begun = begin.await;
        self.begun.observe(since.elapsed().as_secs_f64());
        begun
    }
}
