//! A collector of traces, as OpenTelemetry's is: takes OTLP over HTTP and keeps what came.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::KeyValue;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// How long spans may be on their way.
const WAIT_MAX: Duration = Duration::from_secs(20);

/// A span as it came.
#[derive(Debug, Clone)]
pub struct Collected {
    pub name: String,
    /// Hexadecimal, as `traceparent` has them.
    pub trace: String,
    pub span: String,
    pub parent: String,
    /// Traces and spans it is linked to.
    pub links: Vec<(String, String)>,
    pub attributes: BTreeMap<String, String>,
    /// Nanoseconds.
    pub took: u64,
    pub failed: bool,
    /// What the service calls itself.
    pub service: String,
}

#[derive(Default)]
struct Kept {
    spans: Mutex<Vec<Collected>>,
    came: Notify,
    /// What it answers instead of taking anything.
    refusing: Option<StatusCode>,
}

/// Takes spans until it is dropped.
pub struct Collector {
    /// What `OTEL_EXPORTER_OTLP_ENDPOINT` is set to.
    pub url: String,
    kept: Arc<Kept>,
    serving: JoinHandle<()>,
}

impl Collector {
    /// One that takes everything.
    pub async fn start() -> Self {
        Self::answering(None).await
    }

    /// One that takes nothing, and says so with a status.
    pub async fn refusing(status: u16) -> Self {
        Self::answering(Some(StatusCode::from_u16(status).expect("a status"))).await
    }

    async fn answering(refusing: Option<StatusCode>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let kept = Arc::new(Kept { refusing, ..Kept::default() });
        let routes = Router::new().route("/v1/traces", post(take)).with_state(Arc::clone(&kept));
        let serving = tokio::spawn(async move { axum::serve(listener, routes).await.expect("serves") });
        Self { url, kept, serving }
    }

    /// The spans there are as soon as they are as they should be.
    ///
    /// # Panics
    /// When they do not come in time: shows what came.
    pub async fn once(&self, enough: impl Fn(&[Collected]) -> bool) -> Vec<Collected> {
        let waited = tokio::time::timeout(WAIT_MAX, async {
            loop {
                let came = self.kept.came.notified();
                let spans = self.spans();
                if enough(&spans) {
                    return spans;
                }
                came.await;
            }
        });
        waited.await.unwrap_or_else(|_| panic!("these spans came: {:#?}", self.spans()))
    }

    /// The spans that came so far.
    #[must_use]
    pub fn spans(&self) -> Vec<Collected> {
        self.kept.spans.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn take(State(kept): State<Arc<Kept>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if let Some(status) = kept.refusing {
        kept.came.notify_waiters();
        return status;
    }
    assert_eq!(headers["content-type"], "application/x-protobuf");
    let request = ExportTraceServiceRequest::decode(body).expect("an export of spans");
    let mut spans = kept.spans.lock().unwrap_or_else(PoisonError::into_inner);
    for resource in request.resource_spans {
        let told = attributes(&resource.resource.expect("says whose spans they are").attributes);
        let of_scopes = resource.scope_spans.into_iter().flat_map(|scope| scope.spans);
        spans.extend(of_scopes.map(|span| collected(span, told.get("service.name").cloned().unwrap_or_default())));
    }
    drop(spans);
    kept.came.notify_waiters();
    StatusCode::OK
}

fn collected(span: Span, service: String) -> Collected {
    Collected {
        trace: hex(&span.trace_id),
        span: hex(&span.span_id),
        parent: hex(&span.parent_span_id),
        links: span.links.iter().map(|link| (hex(&link.trace_id), hex(&link.span_id))).collect(),
        attributes: attributes(&span.attributes),
        took: span.end_time_unix_nano.saturating_sub(span.start_time_unix_nano),
        // As the protocol has it: 2 is an error.
        failed: span.status.is_some_and(|status| status.code == 2),
        name: span.name,
        service,
    }
}

fn attributes(pairs: &[KeyValue]) -> BTreeMap<String, String> {
    let text = |pair: &KeyValue| match pair.value.as_ref().and_then(|value| value.value.as_ref()) {
        Some(Value::StringValue(text)) => text.clone(),
        Some(Value::IntValue(number)) => number.to_string(),
        Some(Value::DoubleValue(number)) => number.to_string(),
        other => format!("{other:?}"),
    };
    pairs.iter().map(|pair| (pair.key.clone(), text(pair))).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
