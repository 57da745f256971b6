//! Somebody's calendar for their calendar program: `GET /calendar/{secret}.ics`.
//!
//! The address is the secret: no header is looked at. Whatever is wrong with it is the same 404, statement for statement.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use tokio::sync::Semaphore;

use super::Door;
use super::identity::named;
use crate::access::Origin;
use crate::error::{Code, ContextExt, Error, Result};
use crate::files::sha256;
use crate::forums::calendar::feeds;

/// Feeds read at once: calendar programs come on the hour, and the rest of the connections are people's.
static TURNS: Semaphore = Semaphore::const_new(3);
/// How long a request waits for its turn.
const WAIT_MAX: Duration = Duration::from_secs(5);

/// Answers a calendar, or that there is none at this address.
pub async fn get(State(door): State<Arc<Door>>, origin: Origin, headers: HeaderMap, Path(file): Path<String>) -> Response {
    let response = match read(&door, &file).await {
        Ok(Some(calendar)) => sent(calendar, &headers),
        Ok(None) => said(StatusCode::NOT_FOUND, "There is no calendar at this address."),
        Err(error) if matches!(error.code, Code::Limit | Code::Unavailable) => said(StatusCode::SERVICE_UNAVAILABLE, &error.message),
        Err(error) => {
            tracing::error!(cause = error.log_text(), "a calendar failed");
            said(StatusCode::INTERNAL_SERVER_ERROR, "The service could not finish this. Try again later.")
        }
    };
    named(response, origin)
}

async fn read(door: &Door, file: &str) -> Result<Option<String>> {
    let Some(secret) = file.strip_suffix(".ics") else { return Ok(None) };
    let turn = tokio::time::timeout(WAIT_MAX, TURNS.acquire()).await;
    let _turn = turn.map_err(|_| Error::limit("Many ask at once: try again in a few seconds."))?.context("waiting for a turn")?;
    feeds::read(&door.app, secret).await
}

fn sent(calendar: String, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", &sha256(calendar.as_bytes())[..32]);
    let unchanged = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = Response::new(if unchanged { Body::empty() } else { Body::from(calendar) });
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    put(&mut response, header::CONTENT_TYPE, "text/calendar; charset=utf-8");
    put(&mut response, header::CONTENT_DISPOSITION, "inline; filename=\"calendar.ics\"");
    // Nobody between keeps it, and its reader asks each time.
    put(&mut response, header::CACHE_CONTROL, "private, no-cache");
    put(&mut response, header::ETAG, &tag);
    put(&mut response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    response
}

fn said(status: StatusCode, words: &str) -> Response {
    let mut response = Response::new(Body::from(words.to_owned()));
    *response.status_mut() = status;
    put(&mut response, header::CONTENT_TYPE, "text/plain; charset=utf-8");
    put(&mut response, header::CACHE_CONTROL, "no-store");
    response
}

fn put(response: &mut Response, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
