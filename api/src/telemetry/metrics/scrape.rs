//! The metrics as whoever gathers them reads them.

use std::time::Duration;

use prometheus_client::encoding::text::encode;
use tokio::time::timeout;

use super::Metrics;
use super::labels::{OfJob, OfPool};
use crate::app::App;
use crate::db::by_the_clock;
use crate::error::{ContextExt, Result};
use crate::jobs;

/// What the text is.
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// How long the database may take to say which jobs wait. The rest is known here.
const WAIT_MAX: Duration = Duration::from_secs(2);

/// Every metric as it is now.
pub async fn exposition(app: &App) -> Result<String> {
    let metrics = &app.metrics;
    let pool = app.db.connections();
    metrics.pool.get_or_create(&OfPool { state: "idle" }).set(i64::from(pool.open.saturating_sub(pool.in_use)));
    metrics.pool.get_or_create(&OfPool { state: "in_use" }).set(i64::from(pool.in_use));
    metrics.pool_max.set(i64::from(pool.most));
    match timeout(WAIT_MAX, by_the_clock(jobs::waiting(app))).await {
        Ok(Ok(waiting)) => metrics.waiting(app, &waiting),
        Ok(Err(_)) | Err(_) => metrics.jobs_waiting.clear(),
    }
    let mut text = String::new();
    encode(&mut text, &metrics.registry).context("writing the metrics")?;
    Ok(text)
}

impl Metrics {
    fn waiting(&self, app: &App, waiting: &[jobs::Waiting]) {
        for kind in jobs::Kind::ALL {
            let count = waiting.iter().find(|of| of.kind == *kind).map_or(0, |of| of.count);
            self.jobs_waiting.get_or_create(&OfJob { kind: kind.code() }).set(count);
        }
        let oldest = waiting.iter().map(|of| of.oldest).min();
        let since = oldest.and_then(|at| (app.clock.now() - at).to_std().ok());
        self.oldest_job_seconds.set(since.unwrap_or_default().as_secs_f64());
    }
}
