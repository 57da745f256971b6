//! A job in hand: told of when it ended.

use std::sync::Arc;
use std::time::Duration;

use opentelemetry::KeyValue;
use tokio::time::Instant;

use super::account::Account;
use super::line::milliseconds;
use super::metrics::Open;
use super::trace::Spans;
use crate::app::App;
use crate::jobs::Job;

/// A try at a job.
pub struct Doing {
    pub account: Arc<Account>,
    began: Instant,
    waited: Duration,
    _running: Open,
}

impl Doing {
    /// Begun, after it had waited.
    pub fn begin(app: &App, job: &Job) -> Self {
        let waited = (app.clock.now() - job.asked_at).to_std().unwrap_or_default();
        let spans = Spans::of_job(job.kind.code(), job.traceparent.as_deref());
        // What nobody asked for over the network is known by its own id.
        let account = Account::new(job.request.unwrap_or(job.id), spans);
        account.on_behalf_of(job.council, job.person, job.machine);
        Self { account: Arc::new(account), began: Instant::now(), waited, _running: app.metrics.job_begun(job.kind, waited) }
    }

    /// Ended as it did: `done`, `failed`, `given_up`, `taken_over`, `handed_back` or `put_off`.
    pub fn end(self, app: &App, job: &Job, outcome: &'static str) {
        let took = self.began.elapsed();
        app.metrics.job_ended(job.kind, outcome, took);
        let account = &self.account;
        tracing::info!(
            target: "goldenthread::job",
            request = %account.request,
            trace = account.spans.trace(),
            job = %job.id,
            kind = job.kind.code(),
            subject = %job.subject,
            council = %job.council,
            actor = %job.machine.unwrap_or(job.person),
            actor_kind = if job.machine.is_some() { "machine" } else { "person" },
            attempt = job.attempts,
            outcome,
            waited_ms = milliseconds(self.waited.as_secs_f64()),
            duration_ms = milliseconds(took.as_secs_f64()),
            statements = account.statements(),
            sql_ms = milliseconds(account.sql_time().as_secs_f64()),
            "job ended"
        );
        let attributes = [
            KeyValue::new("goldenthread.request", account.request.to_string()),
            KeyValue::new("goldenthread.council", job.council.to_string()),
            KeyValue::new("goldenthread.actor", job.machine.unwrap_or(job.person).to_string()),
            KeyValue::new("goldenthread.job.attempt", i64::from(job.attempts)),
            KeyValue::new("goldenthread.job.outcome", outcome),
            KeyValue::new("goldenthread.sql.statements", i64::try_from(account.statements()).unwrap_or(i64::MAX)),
            KeyValue::new("goldenthread.sql.seconds", account.sql_time().as_secs_f64()),
        ];
        account.spans.end(&attributes, matches!(outcome, "failed" | "given_up"));
    }
}
