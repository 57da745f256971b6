//! Whether the service lives, and whether it can work.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use super::Door;

/// The process answers.
pub async fn alive() -> &'static str {
    "alive\n"
}

/// The database answers too.
pub async fn ready(State(door): State<Arc<Door>>) -> (StatusCode, &'static str) {
    match door.app.db.ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
