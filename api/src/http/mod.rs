//! The door: HTTP routes, and nothing that knows what they are for.

pub mod accept;
pub mod asked;
pub mod body;
pub mod calendar;
pub mod files;
pub mod graphiql;
pub mod graphql;
pub mod health;
pub mod identity;
pub mod measured;
pub mod multipart;
pub mod observed;
pub mod open;
pub mod paces;
pub mod reply;
pub mod serve;
pub mod uploads;
pub mod ws;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get, post};
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use uuid::Uuid;

use self::paces::Paces;
use crate::app::App;
use crate::bounds::{Limit, Places};
use crate::graphql::schema::{Api, build, keepable};
use crate::kept::Keepable;

pub use serve::serve;

/// What every handler shares.
#[derive(Clone)]
pub struct Door {
    pub app: App,
    pub schema: Api,
    /// Whose answers may be kept.
    pub keepable: Arc<Keepable>,
    /// Who asked this node lately.
    pub paces: Arc<Paces>,
    /// Sockets that are open here, by address and by who opened them.
    pub sockets: Arc<Places<String>>,
    pub sockets_of: Arc<Places<Uuid>>,
    /// Whether the service was told to stop.
    pub stopping: watch::Receiver<bool>,
}

/// All routes.
fn routes(app: App, stopping: watch::Receiver<bool>) -> Router {
    let schema = build(&app.bounds);
    // What each handler bounds itself, and then some: nothing is left waiting.
    let limits = &app.bounds.limits;
    let longest = limits.time(Limit::BodySeconds) + limits.time(Limit::OperationSeconds) + limits.time(Limit::StallSeconds);
    let keepable = Arc::new(keepable());
    let door = Door { schema, keepable, paces: Arc::default(), sockets: Arc::default(), sockets_of: Arc::default(), stopping, app };
    let door = Arc::new(door);
    let timed = Router::new()
        .route("/graphql", get(graphql::get).post(graphql::post))
        .route("/graphiql/{name}", get(graphiql::asset))
        .route("/uploads", post(uploads::post))
        .route("/files/{token}", get(files::get))
        .route("/calendar/{file}", get(calendar::get))
        .route("/open/{council}/{file}", any(open::of_council))
        .route("/open/{council}/indicators/{file}", any(open::of_indicator))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, longest));
    let paced = Router::new().route("/graphql/ws", get(ws::get)).merge(timed).layer(from_fn_with_state(Arc::clone(&door), paces::address));
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .merge(paced)
        // Each handler that reads a body bounds it itself, by what it is for.
        .layer(DefaultBodyLimit::disable())
        .layer(CatchPanicLayer::new())
        // Outermost, so that whatever becomes of a request is told.
        .layer(from_fn_with_state(Arc::clone(&door), observed::request))
        .with_state(door)
}
