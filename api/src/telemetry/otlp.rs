//! Where spans go: to a collector, by OTLP over HTTP (`http/protobuf`), as the environment variables of OpenTelemetry say.
//!
//! Spans wait in a queue of a stated length and are sent in batches by a thread of their own; when the queue is full they are
//! dropped. Requests never wait for it.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use opentelemetry::trace::TracerProvider;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{SpanExporter, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tokio::runtime::Handle;

use super::metrics::Metrics;
use super::trace;
use crate::error::{ContextExt, Result};

/// Either of them has spans exported.
const ENDPOINTS: [&str; 2] = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"];
/// A collector has so long to answer, if `OTEL_EXPORTER_OTLP_TIMEOUT` does not say less.
const TIMEOUT: Duration = Duration::from_secs(10);
/// What is left when the service stops is sent within this.
const FAREWELL: Duration = Duration::from_secs(3);
/// More is not read of a collector's answer.
const ANSWER_BYTES_MAX: u64 = 64 * 1_024;

/// Exports until it is told that the service stops.
pub struct Exporting(Option<SdkTracerProvider>);

impl Exporting {
    /// Begins, where the environment names a collector. `database` is what OpenTelemetry calls the database.
    pub fn start(metrics: &Arc<Metrics>, database: &'static str) -> Result<Self> {
        let set = |name: &str| std::env::var(name).is_ok_and(|value| !value.trim().is_empty());
        let off = std::env::var("OTEL_SDK_DISABLED").is_ok_and(|value| value.eq_ignore_ascii_case("true"))
            || std::env::var("OTEL_TRACES_EXPORTER").is_ok_and(|value| value == "none");
        if off || !ENDPOINTS.iter().any(|name| set(name)) {
            return Ok(Self(None));
        }
        let client = reqwest::Client::builder().timeout(TIMEOUT).redirect(reqwest::redirect::Policy::none()).build();
        let client = client.context("making a client for the traces' collector")?;
        let sender = Sender { client, runtime: Handle::current(), metrics: Arc::clone(metrics), failing: AtomicBool::new(false) };
        let exporter = SpanExporter::builder().with_http().with_http_client(sender).build().context("setting up traces")?;
        let resource = Resource::builder().with_attribute(opentelemetry::KeyValue::new("service.version", env!("CARGO_PKG_VERSION")));
        // What the environment calls the service holds; this is its name where it says nothing.
        let named = std::env::var_os("OTEL_SERVICE_NAME").is_some()
            || std::env::var("OTEL_RESOURCE_ATTRIBUTES").is_ok_and(|said| said.contains("service.name="));
        let resource = if named { resource } else { resource.with_service_name("goldenthread") };
        let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource.build()).build();
        trace::begin(provider.tracer("goldenthread"), database);
        Ok(Self(Some(provider)))
    }

    /// Sends what waits, for a moment.
    pub async fn stop(self) {
        let Some(provider) = self.0 else { return };
        // The exporter's thread waits for this runtime: it must not be waited for on it.
        let _ = tokio::task::spawn_blocking(move || provider.shutdown_with_timeout(FAREWELL)).await;
    }
}

/// Sends batches on the service's own runtime, for the exporter's thread, which has none.
#[derive(Debug)]
struct Sender {
    client: reqwest::Client,
    runtime: Handle,
    metrics: Arc<Metrics>,
    /// Whether the last batch was lost: the log is told of a change.
    failing: AtomicBool,
}

impl HttpClient for Sender {
    fn send_bytes<'a, 'b>(
        &'a self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'b>>
    where
        'a: 'b,
        Self: 'b,
    {
        let sent = self.runtime.spawn(sent(self.client.clone(), request));
        Box::pin(async move {
            let answer = sent.await.map_err(HttpError::from).and_then(|answer| answer);
            let taken = answer.as_ref().is_ok_and(|answer| answer.status().is_success());
            self.metrics.exported(taken);
            if self.failing.swap(!taken, Ordering::Relaxed) == taken {
                let status = answer.as_ref().ok().map(|answer| answer.status().as_u16());
                if taken {
                    tracing::info!("the traces' collector takes them again");
                } else {
                    tracing::warn!(status, "the traces' collector takes nothing: spans are dropped meanwhile");
                }
            }
            answer
        })
    }
}

async fn sent(client: reqwest::Client, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
    let answer = client.execute(request.try_into()?).await?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    // Whoever answers at length is no collector.
    let short = answer.content_length().is_some_and(|bytes| bytes <= ANSWER_BYTES_MAX);
    let body = if short { answer.bytes().await? } else { Bytes::new() };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}
