//! Every request on its way in and out: its id, its account, and the line that tells of it.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use uuid::Uuid;

use super::{Door, identity};
use crate::access::Origin;
use crate::app::App;
use crate::telemetry::metrics::labels::method;
use crate::telemetry::trace::Spans;
use crate::telemetry::{Account, Line};

/// What is told of a request to no route: its path is the client's, and may hold anything.
const NOWHERE: &str = "unmatched";

/// Answers a request and tells of it: by its route and never its path, which of files and calendars is a secret.
pub async fn request(State(door): State<Arc<Door>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let id = id(&door.app, request.headers());
    let origin = Origin { request: Some(id), address: identity::address(&door.app, request.headers(), peer) };
    let route = request.extensions().get::<MatchedPath>().map_or(NOWHERE, MatchedPath::as_str).to_owned();
    let method = method(request.method());
    let account = Account::new(id, Spans::of_request(method, &route, request.headers()));
    let mut line = Line::of_request(&door.app.metrics, account, route, method);
    request.extensions_mut().insert(origin);
    let answered = Arc::clone(&line.account).of(next.run(request));
    let response = answered.instrument(tracing::info_span!("request", request = %id)).await;
    line.answers(response.status().as_u16());
    identity::named(response, origin)
}

/// The id a request is known by: what a trusted proxy calls it, where that is an id (a UUID, with its dashes or without), or one of
/// ours. A client's own word is not taken: it could give many requests the id of one.
fn id(app: &App, headers: &HeaderMap) -> Uuid {
    let given = || {
        let mut values = headers.get_all("x-request-id").iter();
        let only = values.next().filter(|_| values.next().is_none())?;
        Uuid::try_parse(only.to_str().ok()?.trim()).ok().filter(|id| !id.is_nil() && !id.is_max())
    };
    let trusted = app.trusted_proxies > 0;
    trusted.then(given).flatten().unwrap_or_else(|| app.ids.next())
}
