//! The end of a request, or of an operation over a socket: told to the log, the metrics and the trace.

use std::sync::Arc;

use opentelemetry::KeyValue;
use tokio::time::Instant;
use tracing::Level;
use uuid::Uuid;

use super::account::{Account, Told};
use super::metrics::{Metrics, Open};

/// How work came in.
#[derive(Debug)]
enum Way {
    Http { route: String, method: &'static str, status: Option<u16> },
    Socket { answers: u64, subscription: Option<Open> },
}

/// Tells of a piece of work when it is dropped: when it was answered, or when its client went away.
#[derive(Debug)]
pub struct Line {
    pub account: Arc<Account>,
    metrics: Arc<Metrics>,
    began: Instant,
    way: Way,
}

impl Line {
    /// Of a request.
    pub fn of_request(metrics: &Arc<Metrics>, account: Account, route: String, method: &'static str) -> Self {
        Self::of(metrics, account, Way::Http { route, method, status: None })
    }

    /// Of an operation over a socket.
    pub fn of_socket(metrics: &Arc<Metrics>, account: Account) -> Self {
        Self::of(metrics, account, Way::Socket { answers: 0, subscription: None })
    }

    fn of(metrics: &Arc<Metrics>, account: Account, way: Way) -> Self {
        Self { account: Arc::new(account), metrics: Arc::clone(metrics), began: Instant::now(), way }
    }

    /// A request's answer begins.
    pub const fn answers(&mut self, with: u16) {
        if let Way::Http { status, .. } = &mut self.way {
            *status = Some(with);
        }
    }

    /// One more answer goes over the socket.
    pub fn goes(&mut self) {
        if let Way::Socket { answers, subscription } = &mut self.way {
            *answers += 1;
            if subscription.is_none() && self.account.told().kind == Some("subscription") {
                *subscription = Some(self.metrics.subscription());
            }
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let (told, took, statements) = (self.account.told(), self.began.elapsed(), self.account.statements());
        let failed = told.codes.iter().any(|code| code == "INTERNAL");
        let mut attributes = attributes(&told, self.account.request, statements, self.account.sql_time().as_secs_f64());
        self.metrics.operation(&told, took, statements);
        let ended = match &self.way {
            Way::Http { route, method, status } => {
                self.metrics.request(route, method, *status, took);
                attributes.extend(status.map(|status| KeyValue::new("http.response.status_code", i64::from(status))));
                let watched = matches!(route.as_str(), "/healthz" | "/readyz") && *status == Some(200);
                Ended { route: Some(route), method: Some(method), status: *status, answers: None, watched }
            }
            Way::Socket { answers, .. } => Ended { answers: Some(*answers), ..Ended::default() },
        };
        let failed = failed || ended.status.is_some_and(|status| status >= 500);
        log(&told, &ended, &Cost { account: &self.account, seconds: took.as_secs_f64(), failed });
        self.account.spans.end(&attributes, failed);
    }
}

/// How it ended.
#[derive(Default)]
struct Ended<'a> {
    route: Option<&'a str>,
    method: Option<&'static str>,
    status: Option<u16>,
    answers: Option<u64>,
    /// Whether whoever watches over the service asked, as it does all day.
    watched: bool,
}

struct Cost<'a> {
    account: &'a Account,
    seconds: f64,
    failed: bool,
}

fn log(told: &Told, ended: &Ended<'_>, cost: &Cost<'_>) {
    let account = cost.account;
    let codes = (!told.codes.is_empty()).then(|| told.codes.join(","));
    macro_rules! line {
        ($level:expr) => {
            tracing::event!(
                target: "goldenthread::request",
                $level,
                request = %account.request,
                trace = account.spans.trace(),
                route = ended.route,
                method = ended.method,
                status = ended.status,
                answers = ended.answers,
                operation = told.operation,
                kind = told.kind,
                actor = told.actor.map(tracing::field::display),
                actor_kind = told.actor_kind,
                council = told.council.map(tracing::field::display),
                council_code = told.council_code,
                codes,
                duration_ms = milliseconds(cost.seconds),
                statements = account.statements(),
                sql_ms = milliseconds(account.sql_time().as_secs_f64()),
                "{}",
                if ended.status.is_none() && ended.answers.is_none() { "the client went away" } else { "answered" }
            )
        };
    }
    if cost.failed {
        line!(Level::WARN);
    } else if ended.watched {
        line!(Level::DEBUG);
    } else {
        line!(Level::INFO);
    }
}

/// To a thousandth.
pub(super) fn milliseconds(seconds: f64) -> f64 {
    (seconds * 1_000_000.0).round() / 1_000.0
}

/// What stands on the spans of a request and of its operation.
fn attributes(told: &Told, request: Uuid, statements: u64, sql_seconds: f64) -> Vec<KeyValue> {
    let mut attributes = vec![
        KeyValue::new("goldenthread.request", request.to_string()),
        KeyValue::new("goldenthread.sql.statements", i64::try_from(statements).unwrap_or(i64::MAX)),
        KeyValue::new("goldenthread.sql.seconds", sql_seconds),
    ];
    attributes.extend(told.actor.map(|actor| KeyValue::new("goldenthread.actor", actor.to_string())));
    attributes.extend(told.council.map(|council| KeyValue::new("goldenthread.council", council.to_string())));
    if !told.codes.is_empty() {
        attributes.push(KeyValue::new("error.type", told.codes.join(",")));
    }
    attributes
}
