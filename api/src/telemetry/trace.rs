//! Spans of OpenTelemetry: a request, its operation, the statements it sends; a job, with a link to the request that asked for it.
//!
//! Spans are made here and nowhere else, of what is named here: nothing gets into one because a library logs it. Where nobody collects
//! them ([`super::otlp`]) or this one is not sampled, there are none.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, SystemTime};

use axum::http::HeaderMap;
use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::{Link, Span as _, SpanBuilder, SpanContext, SpanKind, Status, TraceContextExt};
use opentelemetry::{Context, KeyValue};
use opentelemetry_http::{HeaderExtractor, HeaderInjector};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracer;

use super::sql::Summary;

/// Spans of statements of one piece of work; what it sends beyond is counted, and has none.
const STATEMENTS_MAX: u32 = 200;
/// `00-` trace `-` span `-` flags.
const TRACEPARENT: &str = "traceparent";

/// Set once, where spans are collected.
static TRACER: OnceLock<(SdkTracer, &'static str)> = OnceLock::new();

/// Has spans made from now on. `database` is what OpenTelemetry calls the database: `sqlite` or `postgresql`.
pub fn begin(tracer: SdkTracer, database: &'static str) {
    let _ = TRACER.set((tracer, database));
}

/// The spans of one piece of work.
#[derive(Debug, Default)]
pub struct Spans {
    root: Option<Context>,
    operation: Mutex<Option<Context>>,
    statements: AtomicU32,
}

impl Spans {
    /// A request's, which goes on with its client's trace where it names one.
    pub fn of_request(method: &'static str, route: &str, headers: &HeaderMap) -> Self {
        let parent = || TraceContextPropagator::new().extract_with_context(&Context::new(), &HeaderExtractor(headers));
        let attributes = || vec![KeyValue::new("http.request.method", method), KeyValue::new("http.route", route.to_owned())];
        Self::of(|| (format!("{method} {route}").into(), SpanKind::Server, attributes(), parent(), Vec::new()))
    }

    /// An operation's over a socket: a trace of its own, with a link to the request that opened the socket.
    pub fn of_socket(opened: Option<&str>) -> Self {
        Self::of(|| ("graphql-transport-ws".into(), SpanKind::Server, Vec::new(), Context::new(), linked(opened)))
    }

    /// A job's: a trace of its own, as it may come much later, with a link to what asked for it.
    pub fn of_job(kind: &str, asked: Option<&str>) -> Self {
        let attributes = || vec![KeyValue::new("goldenthread.job.kind", kind.to_owned())];
        Self::of(|| (format!("job {kind}").into(), SpanKind::Consumer, attributes(), Context::new(), linked(asked)))
    }

    fn of(begun: impl FnOnce() -> (Cow<'static, str>, SpanKind, Vec<KeyValue>, Context, Vec<Link>)) -> Self {
        let Some((tracer, _)) = TRACER.get() else { return Self::default() };
        let (name, kind, attributes, parent, links) = begun();
        let span = SpanBuilder::from_name(name).with_kind(kind).with_attributes(attributes).with_links(links);
        let root = parent.with_span(span.start_with_context(tracer, &parent));
        Self { root: Some(root), ..Self::default() }
    }

    /// The operation's, inside the request's.
    pub fn operation(&self, kind: &'static str, label: &str) {
        let (Some((tracer, _)), Some(root)) = (TRACER.get(), self.recording()) else { return };
        let attributes = [KeyValue::new("graphql.operation.type", kind), KeyValue::new("graphql.operation.name", label.to_owned())];
        let span = SpanBuilder::from_name(format!("{kind} {label}")).with_kind(SpanKind::Internal).with_attributes(attributes);
        let span = root.with_span(span.start_with_context(tracer, root));
        *self.operation.lock().unwrap_or_else(PoisonError::into_inner) = Some(span);
    }

    /// A statement that has just been answered: what it did and to what, never its text or values.
    pub fn statement(&self, summary: &Summary<'_>, took: Duration, failed: bool) {
        let (Some((tracer, database)), Some(root)) = (TRACER.get(), self.recording()) else { return };
        if self.statements.fetch_add(1, Ordering::Relaxed) >= STATEMENTS_MAX {
            return;
        }
        let now = SystemTime::now();
        let mut attributes = vec![
            KeyValue::new("db.system.name", *database),
            KeyValue::new("db.operation.name", summary.verb),
            KeyValue::new("db.query.summary", summary.text()),
        ];
        attributes.extend(summary.table.map(|table| KeyValue::new("db.collection.name", table.to_owned())));
        let operation = self.operation.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let parent = operation.as_ref().unwrap_or(root);
        let began = now.checked_sub(took).unwrap_or(now);
        let span = SpanBuilder::from_name(summary.text()).with_kind(SpanKind::Client).with_attributes(attributes).with_start_time(began);
        let mut span = span.start_with_context(tracer, parent);
        if failed {
            span.set_status(Status::error("the database refused it"));
        }
        span.end_with_timestamp(now);
    }

    /// Ends them, with what is to be said of the whole. A failure of ours is said to be one.
    pub fn end(&self, attributes: &[KeyValue], failed: bool) {
        let operation = self.operation.lock().unwrap_or_else(PoisonError::into_inner).take();
        for context in operation.iter().chain(self.root.as_ref()) {
            let span = context.span();
            span.set_attributes(attributes.iter().cloned());
            if failed {
                span.set_status(Status::error(""));
            }
            span.end();
        }
    }

    /// What another piece of work is linked to this one by; none where there are no spans.
    pub fn traceparent(&self) -> Option<String> {
        let operation = self.operation.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let context = operation.as_ref().or(self.root.as_ref())?;
        let mut headers = HeaderMap::new();
        TraceContextPropagator::new().inject_context(context, &mut HeaderInjector(&mut headers));
        headers.get(TRACEPARENT)?.to_str().ok().map(str::to_owned)
    }

    /// The trace this belongs to, for the log; none where there is none.
    pub fn trace(&self) -> Option<String> {
        let context = self.root.as_ref()?.span().span_context().clone();
        context.is_valid().then(|| context.trace_id().to_string())
    }

    fn recording(&self) -> Option<&Context> {
        self.root.as_ref().filter(|root| root.span().is_recording())
    }
}

/// A link to what a traceparent names; none where it names nothing.
fn linked(traceparent: Option<&str>) -> Vec<Link> {
    let context = traceparent.and_then(|text| text.parse().ok()).map(|value| {
        let headers = HeaderMap::from_iter([(axum::http::HeaderName::from_static(TRACEPARENT), value)]);
        TraceContextPropagator::new().extract_with_context(&Context::new(), &HeaderExtractor(&headers)).span().span_context().clone()
    });
    context.filter(SpanContext::is_valid).map(Link::with_context).into_iter().collect()
}
