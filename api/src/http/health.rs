//! Whether the service lives, and whether it can work.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::Door;
use crate::app::App;

/// The process answers, and work gets its turn.
pub async fn alive() -> Response {
    // A task of its own: not only whoever reads requests is awake.
    match tokio::spawn(std::future::ready(())).await {
        Ok(()) => told(StatusCode::OK, Json(json!({ "status": "alive" }))),
        Err(_) => told(StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "not alive" }))),
    }
}

/// It can work, or what keeps it from it.
pub async fn ready(State(door): State<Arc<Door>>) -> Response {
    of(&door.app).await
}

/// The same for whoever watches over the service.
pub async fn of(app: &App) -> Response {
    let report = app.health.report(app).await;
    let (status, words) = if report.ready { (StatusCode::OK, "ready") } else { (StatusCode::SERVICE_UNAVAILABLE, "not ready") };
    told(status, Json(json!({ "status": words, "checks": report.checks })))
}

fn told(status: StatusCode, body: Json<serde_json::Value>) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], body).into_response()
}
