//! The door: HTTP routes, and nothing that knows what they are for.

pub mod calendar;
pub mod files;
pub mod graphiql;
pub mod graphql;
pub mod health;
pub mod identity;
pub mod open;
pub mod uploads;
pub mod ws;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::http::StatusCode;
use axum::routing::{any, get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::graphql::schema::{Api, build};

/// A request that takes longer is given up.
const REQUEST_TIME_MAX: Duration = Duration::from_secs(60);

/// What every handler shares.
#[derive(Clone)]
pub struct Door {
    pub app: App,
    pub schema: Api,
}

/// All routes, told where each connection comes from.
pub fn service(app: App) -> IntoMakeServiceWithConnectInfo<Router, SocketAddr> {
    routes(app).into_make_service_with_connect_info()
}

/// All routes.
fn routes(app: App) -> Router {
    let door = Arc::new(Door { schema: build(), app });
    let timed = Router::new()
        .route("/graphql", get(graphql::get).post(graphql::post))
        .route("/graphiql/{name}", get(graphiql::asset))
        .route("/uploads", post(uploads::post))
        .route("/files/{token}", get(files::get))
        .route("/calendar/{file}", get(calendar::get))
        .route("/open/{council}/{file}", any(open::of_council))
        .route("/open/{council}/indicators/{file}", any(open::of_indicator))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, REQUEST_TIME_MAX));
    Router::new()
        .route("/graphql/ws", get(ws::get))
        .merge(timed)
        // Each handler that reads a body bounds it itself, by what it is for.
        .layer(DefaultBodyLimit::disable())
        .layer(CatchPanicLayer::new())
        .with_state(door)
}
