//! How often one address and one actor may ask this node.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::reply::{Refused, Reply, wait};
use super::{Door, identity};
use crate::access::Credential;
use crate::accounts;
use crate::bounds::{Limit, Limits, Pace};

/// Who asked this node lately, and how often.
#[derive(Debug, Default)]
pub struct Paces {
    actors: Pace<Uuid>,
    addresses: Pace<String>,
}

/// Which limit was passed, and when the next request passes.
#[derive(Debug, Clone, Copy)]
pub struct TooFast {
    pub limit: Limit,
    pub wait: Duration,
}

impl TooFast {
    /// As an answer.
    pub fn refused(self, limits: &Limits) -> Refused {
        Refused::of(StatusCode::TOO_MANY_REQUESTS, limits.refusal(self.limit))
    }

    /// Whole seconds to wait.
    pub const fn seconds(self) -> u64 {
        self.wait.as_secs().saturating_add(1)
    }
}

impl Paces {
    /// Counts a request from an address.
    pub fn address(&self, limits: &Limits, address: Option<IpAddr>, now: DateTime<Utc>) -> Result<(), TooFast> {
        let limit = Limit::OperationsOfAddress;
        let Some(per_minute) = limits.rate(limit) else { return Ok(()) };
        self.addresses.take(accounts::limits::place(address), per_minute, now).map_err(|wait| TooFast { limit, wait })
    }

    /// Counts an operation of whoever shows a credential. Visitors are counted by address alone.
    pub fn actor(&self, limits: &Limits, credential: Option<&Credential>, now: DateTime<Utc>) -> Result<(), TooFast> {
        let limit = Limit::OperationsOfActor;
        let (Some(per_minute), Some(who)) = (limits.rate(limit), credential.map(Credential::who)) else { return Ok(()) };
        self.actors.take(who, per_minute, now).map_err(|wait| TooFast { limit, wait })
    }
}

/// Lets requests of an address pass, as many as it may send.
pub async fn address(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let address = identity::address(&door.app, request.headers(), peer);
    let limits = &door.app.bounds.limits;
    let Err(fast) = door.paces.address(limits, address, door.app.clock.now()) else { return next.run(request).await };
    let refused = fast.refused(limits);
    let response = if request.uri().path().starts_with("/graphql") {
        Reply::of(request.headers()).map_or_else(Reply::unacceptable, |reply| reply.refused(&refused))
    } else {
        let body = json!({ "error": { "code": refused.error.code.text(), "message": refused.error.message } });
        (refused.status, Json(body)).into_response()
    };
    wait(response, fast.seconds())
}
