//! `POST /uploads?name=return.xlsx`: the workbook as the body, an id for `importSubmit` as the answer.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Query, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::reply::{Refused, wait};
use super::{Door, body, identity};
use crate::access::Origin;
use crate::audit::refusals;
use crate::error::{Error, Result};
use crate::graphql::id::{self, Kind};
use crate::graphql::session::Session;
use crate::imports;
use crate::imports::verbs::{self, Deed};

/// What the file is called.
#[derive(Deserialize)]
pub struct Named {
    name: Option<String>,
}

/// Keeps a workbook for an import to come.
pub async fn post(
    State(door): State<Arc<Door>>,
    origin: Origin,
    RawQuery(raw): RawQuery,
    Query(named): Query<Named>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let asked = Asked { origin, name: named.name.as_deref(), query: raw.as_deref() };
    let response = match keep(&door, asked, &headers, body).await {
        Ok(response) => response,
        Err(refused) => identity::refuse_as(refused.status, &refused.error),
    };
    identity::named(response, origin)
}

/// What the request's head says.
struct Asked<'a> {
    origin: Origin,
    name: Option<&'a str>,
    query: Option<&'a str>,
}

async fn keep(door: &Door, asked: Asked<'_>, headers: &HeaderMap, body: Body) -> Result<Response, Refused> {
    let credential = identity::credential(door, asked.origin, headers, asked.query).await?;
    let limits = &door.app.bounds.limits;
    if let Err(fast) = door.paces.actor(limits, credential.as_ref(), door.app.clock.now()) {
        let refused = fast.refused(limits);
        return Ok(wait(identity::refuse_as(refused.status, &refused.error), fast.seconds()));
    }
    let session = Arc::new(Session::new(door.app.clone(), credential, asked.origin));
    let kept = keep_for(door, &session, asked.name, (headers, body)).await;
    if let Err(refused) = &kept {
        refusals::of_request(&session, "POST /uploads", &refused.error).await;
    }
    kept
}

async fn keep_for(door: &Door, session: &Session, name: Option<&str>, sent: (&HeaderMap, Body)) -> Result<Response, Refused> {
    session.admit().await?;
    // Who may not upload is told before a byte is read. A slow sender holds no connection meanwhile, and is asked for
    // again when all is there: rights may have gone.
    let scope = imports::service::may_import(&*session.actor().await?)?;
    session.refresh().await;
    let bytes = received(door, sent).await?;
    let stored = verbs::store_bytes(&door.app, &scope, name.unwrap_or("workbook"), bytes).await?;
    let (tx, actor) = session.change().await?;
    let kept = verbs::keep_upload(&Deed { app: &door.app, tx: &tx, actor: &actor }, stored).await?;
    tx.commit().await?;
    let answer = json!({ "upload": id::id(Kind::Upload, kept.id).as_str(), "sha256": kept.sha256, "bytes": kept.size_bytes });
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

/// The workbook's bytes, none more than are taken.
async fn received(door: &Door, (headers, body): (&HeaderMap, Body)) -> Result<Vec<u8>, Refused> {
    let bytes_max = door.app.upload_bytes_max;
    let too_large = || Error::limit(format!("A workbook is {bytes_max} bytes at most."));
    let limits = &door.app.bounds.limits;
    let whole = body::whole(headers, body, bytes_max, limits).await;
    whole.map_err(|broken| broken.refused(limits, too_large()))
}
