//! Tables for the public over HTTP: `GET`, `HEAD` and `OPTIONS`, from any site, cached for minutes, asked again by `ETag`.
//!
//! What a request shows of who asks is not looked at: the answer is the same for everybody, and caches may keep it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use serde_json::json;
use tokio::sync::Semaphore;

use super::Door;
use super::identity::named;
use crate::access::Origin;
use crate::error::{Code, ContextExt, Error, Result};
use crate::files::sha256;
use crate::open::{File, Media, Table, table};

/// What may be asked.
const ALLOWED: &str = "GET, HEAD, OPTIONS";
/// Caches keep a table so long: a withdrawn figure is gone soon.
const FRESH: &str = "public, max-age=300, must-revalidate";
/// Readings of the public at once: the rest of the connections are the councils' own.
static TURNS: Semaphore = Semaphore::const_new(3);
/// How long a request waits for its turn.
const WAIT_MAX: Duration = Duration::from_secs(2);
/// A name in an address that is longer names nothing.
const NAME_CHARS_MAX: usize = 100;

/// `/open/{council}/indicators.csv`, `indicators.json` and `metadata.json`.
pub async fn of_council(
    State(door): State<Arc<Door>>,
    origin: Origin,
    method: Method,
    headers: HeaderMap,
    Path((council, file)): Path<(String, String)>,
) -> Response {
    let file = match file.as_str() {
        "indicators.csv" => Some(File::Indicators(Media::Csv)),
        "indicators.json" => Some(File::Indicators(Media::Json)),
        "metadata.json" => Some(File::Metadata),
        _ => None,
    };
    named(answer(&door, &method, &headers, &council, file).await, origin)
}

/// `/open/{council}/indicators/{ref}.csv` and `.json`.
pub async fn of_indicator(
    State(door): State<Arc<Door>>,
    origin: Origin,
    method: Method,
    headers: HeaderMap,
    Path((council, file)): Path<(String, String)>,
) -> Response {
    let file = file.rsplit_once('.').and_then(|(code, ending)| match ending {
        "csv" => Some(File::Indicator(code, Media::Csv)),
        "json" => Some(File::Indicator(code, Media::Json)),
        _ => None,
    });
    named(answer(&door, &method, &headers, &council, file).await, origin)
}

async fn answer(door: &Door, method: &Method, headers: &HeaderMap, council: &str, file: Option<File<'_>>) -> Response {
    match *method {
        Method::GET | Method::HEAD => {}
        Method::OPTIONS => return preflight(),
        _ => {
            let mut response = problem(StatusCode::METHOD_NOT_ALLOWED, "These tables are for reading: send GET.");
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(ALLOWED));
            return response;
        }
    }
    let absent = || problem(StatusCode::NOT_FOUND, "Nothing is published at this address.");
    let named = |name: &str| name.len() <= NAME_CHARS_MAX;
    let file = file.filter(|file| named(council) && !matches!(file, File::Indicator(code, _) if !named(code)));
    let Some(file) = file else { return absent() };
    match read(door, council, file).await {
        Ok(Some(table)) => sent(table, method, headers),
        Ok(None) => absent(),
        Err(error) if matches!(error.code, Code::Limit | Code::Unavailable) => {
            let mut response = problem(StatusCode::SERVICE_UNAVAILABLE, &error.message);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
            response
        }
        Err(error) => {
            tracing::error!(cause = error.log_text(), "an open table failed");
            problem(StatusCode::INTERNAL_SERVER_ERROR, "The service could not finish this. Try again later.")
        }
    }
}

async fn read(door: &Door, council: &str, file: File<'_>) -> Result<Option<Table>> {
    let turn = tokio::time::timeout(WAIT_MAX, TURNS.acquire()).await;
    let _turn = turn.map_err(|_| Error::limit("Many ask at once: try again in a few seconds."))?.context("waiting for a turn")?;
    table(&door.app, council, file).await
}

fn sent(table: Table, method: &Method, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", &sha256(&table.body)[..32]);
    let unchanged = headers.get_all(header::IF_NONE_MATCH).iter().any(|value| matches(value, &tag));
    let length = table.body.len();
    let body = if unchanged || *method == Method::HEAD { Body::empty() } else { Body::from(table.body) };
    let mut response = Response::new(body);
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        put(&mut response, header::CONTENT_TYPE, table.content_type);
        put(&mut response, header::CONTENT_LENGTH, &length.to_string());
    }
    put(&mut response, header::ETAG, &tag);
    put(&mut response, header::CACHE_CONTROL, FRESH);
    if let Some(described_by) = table.described_by {
        put(&mut response, header::LINK, &format!("<{described_by}>; rel=\"describedby\"; type=\"application/csvm+json\""));
    }
    open_to_all(&mut response);
    response
}

/// Whether a caller has what it would be sent: any of the tags it lists, weak or not.
fn matches(value: &HeaderValue, tag: &str) -> bool {
    let listed = value.to_str().unwrap_or_default().split(',').map(str::trim);
    listed.map(|said| said.strip_prefix("W/").unwrap_or(said)).any(|said| said == "*" || said == tag)
}

/// What a browser asks before another site's page may ask with a header of its own.
fn preflight() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    put(&mut response, header::ALLOW, ALLOWED);
    put(&mut response, header::ACCESS_CONTROL_ALLOW_METHODS, ALLOWED);
    put(&mut response, header::ACCESS_CONTROL_ALLOW_HEADERS, "If-None-Match");
    put(&mut response, header::ACCESS_CONTROL_MAX_AGE, "86400");
    open_to_all(&mut response);
    response
}

/// What went wrong, as RFC 9457 says it.
fn problem(status: StatusCode, detail: &str) -> Response {
    let title = status.canonical_reason().unwrap_or("Problem");
    let said = json!({ "type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail });
    let mut response = Response::new(Body::from(said.to_string()));
    *response.status_mut() = status;
    put(&mut response, header::CONTENT_TYPE, "application/problem+json");
    put(&mut response, header::CACHE_CONTROL, "no-store");
    open_to_all(&mut response);
    response
}

/// Any site's page may read it.
fn open_to_all(response: &mut Response) {
    put(response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    put(response, header::ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Link, X-Request-Id");
    put(response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(response, HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
}

fn put(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_matches_in_a_list_weak_or_strong() {
        let said = |text: &'static str| matches(&HeaderValue::from_static(text), "\"abc\"");
        assert!(said("\"abc\"") && said("W/\"abc\"") && said("\"x\", \"abc\"") && said("*"));
        assert!(!said("\"abcd\"") && !said("abc") && !said(""));
    }
}
