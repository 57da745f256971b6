//! From a request's head to who asks and where from.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::Door;
use crate::access::machine::{self, MachineKey};
use crate::access::token::{Keys, TOKEN_BYTES_MAX};
use crate::access::{Credential, Origin};
use crate::app::App;
use crate::directories;
use crate::error::{Code, Error, Result};
use crate::telemetry::account;

/// What an address must not carry: it ends up in histories and logs.
const TOKENS_IN_ADDRESS: [&str; 5] = ["access_token", "token", "authorization", "bearer", "id_token"];

/// Where a request comes from.
impl FromRequestParts<Arc<Door>> for Origin {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, door: &Arc<Door>) -> std::result::Result<Self, Self::Rejection> {
        // `observed` found it out when the request came.
        let known = parts.extensions.get::<Self>().copied();
        Ok(known.unwrap_or_else(|| Self { request: Some(door.app.ids.next()), address: None }))
    }
}

/// A client's address: the connection's, or what trusted proxies in between say it is.
pub fn address(app: &App, headers: &HeaderMap, peer: Option<IpAddr>) -> Option<IpAddr> {
    forwarded(headers, app.trusted_proxies).or(peer).map(canonical)
}

/// The address the outermost trusted proxy saw: each proxy adds the one it was called from at the end.
fn forwarded(headers: &HeaderMap, trusted: usize) -> Option<IpAddr> {
    let behind = trusted.checked_sub(1)?;
    let lines = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let seen: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    seen.get(seen.len().checked_sub(behind + 1)?)?.parse().ok()
}

/// An IPv4 address written as IPv6 is the IPv4 address.
fn canonical(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

/// What a request shows of who asks; none without a token. A token that does not hold is an error, not a visitor, and
/// so is one in the address.
pub async fn credential(door: &Door, origin: Origin, headers: &HeaderMap, query: Option<&str>) -> Result<Option<Credential>> {
    let in_address = |pair: &str| {
        let name = pair.split('=').next().unwrap_or_default();
        TOKENS_IN_ADDRESS.iter().any(|token| name.eq_ignore_ascii_case(token))
    };
    if query.is_some_and(|query| query.split('&').any(in_address)) {
        return Err(Error::unauthenticated("a token in the address"));
    }
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let malformed = || Error::unauthenticated("no bearer token");
    if values.next().is_some() {
        return Err(malformed());
    }
    let text = value.to_str().map_err(|_| malformed())?;
    let (scheme, token) = text.split_once(' ').ok_or_else(malformed)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(malformed());
    }
    let credential = of_token(&door.app, origin, token.trim()).await?;
    account::with(|account| account.shown(Some(&credential)));
    Ok(Some(credential))
}

/// Whom a bearer token names: one of ours, a machine token, or one of a council's identity provider.
pub async fn of_token(app: &App, origin: Origin, token: &str) -> Result<Credential> {
    if token.len() > TOKEN_BYTES_MAX {
        return Err(Error::unauthenticated("too long"));
    }
    if token.starts_with(machine::PREFIX) {
        return MachineKey::read(token).map(Credential::Machine).ok_or_else(|| Error::unauthenticated("no machine token"));
    }
    if Keys::says_ours(token) {
        return app.keys.read(token, app.clock.now());
    }
    directories::sign_in::identify(app, origin, token).await
}

/// What every refusal for want of a valid token says in its head, whatever was wrong.
pub fn challenge(response: &mut Response) {
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"goldenthread\""));
}

/// Tells the client the request's id, to quote: the log and the audit trail know it by that.
pub fn named(mut response: Response, origin: Origin) -> Response {
    let id = origin.request.unwrap_or_default().to_string();
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

/// An error as a response outside GraphQL.
pub fn refuse(error: &Error) -> Response {
    refuse_as(status(error), error)
}

/// The same, where the error alone does not say which status it is.
pub fn refuse_as(status: StatusCode, error: &Error) -> Response {
    account::with(|account| account.refused(error.code.text()));
    match error.code {
        Code::Internal | Code::Unavailable => tracing::error!(cause = error.log_text(), "request failed"),
        Code::Unauthenticated => tracing::info!(why = error.log_text(), "not signed in"),
        _ => {}
    }
    let mut response = (status, Json(json!({ "error": { "code": error.code.text(), "message": error.message } }))).into_response();
    if status == StatusCode::UNAUTHORIZED {
        challenge(&mut response);
    }
    come_again(&mut response, error);
    response
}

/// Tells a client when what it met is over, where that is known.
pub fn come_again(response: &mut Response, error: &Error) {
    if let Some(seconds) = error.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
}

/// The status of an error outside GraphQL.
pub const fn status(error: &Error) -> StatusCode {
    match error.code {
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::Forbidden => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::BadUserInput => StatusCode::BAD_REQUEST,
        Code::Conflict => StatusCode::CONFLICT,
        Code::DocumentUnknown | Code::DocumentsOff => StatusCode::BAD_REQUEST,
        Code::Limit => StatusCode::PAYLOAD_TOO_LARGE,
        Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
