//! The door of whoever watches over the service: metrics, and whether it is alive and ready. It stands at an address of its own,
//! where clients do not come, and stays open until the other is closed.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tower_http::timeout::TimeoutLayer;

use super::health;
use crate::app::App;
use crate::telemetry::metrics::{CONTENT_TYPE, exposition};

/// Longer than anything here waits.
const WAIT_MAX: Duration = Duration::from_secs(10);

/// Serves until it is dropped.
pub async fn serve(listener: TcpListener, app: App) {
    let routes = Router::new()
        .route("/metrics", get(metrics))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(ready))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, WAIT_MAX))
        .with_state(app);
    if let Err(why) = axum::serve(listener, routes).await {
        tracing::error!(%why, "nobody can gather metrics any more");
    }
}

async fn metrics(State(app): State<App>) -> Response {
    match exposition(&app).await {
        Ok(text) => ([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response(),
        Err(error) => {
            tracing::error!(cause = error.log_text(), "metrics could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn ready(State(app): State<App>) -> Response {
    health::of(&app).await
}
