//! From the `Authorization` header to who asks.

use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::Door;
use crate::access::token::Claims;
use crate::error::{Code, Error, Result};

/// What the bearer token says; none without one. A token that does not hold is an error, not a visitor.
pub fn claims(door: &Door, headers: &HeaderMap) -> Result<Option<Claims>> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let text = value.to_str().map_err(|_| malformed())?;
    let (scheme, token) = text.split_once(' ').ok_or_else(malformed)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(malformed());
    }
    door.app.keys.read(token.trim(), door.app.clock.now()).map(Some)
}

fn malformed() -> Error {
    Error::unauthenticated("Send `Authorization: Bearer …` with a token.")
}

/// An error as a response outside GraphQL.
pub fn refuse(error: &Error) -> Response {
    if error.code == Code::Internal {
        tracing::error!(cause = error.log_text(), "request failed");
    }
    let status = match error.code {
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::Forbidden => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::BadUserInput => StatusCode::BAD_REQUEST,
        Code::Conflict => StatusCode::CONFLICT,
        Code::Limit => StatusCode::PAYLOAD_TOO_LARGE,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    };
    (status, Json(json!({ "error": { "code": error.code.text(), "message": error.message } }))).into_response()
}
