//! GraphQL over HTTP: what may be asked how, and how it is answered.
//!
//! async-graphql's extractors obey no body limit, take any content type as JSON and run batches of any length, so
//! the door reads requests itself.

use std::sync::Arc;

use async_graphql::http::{MultipartOptions, receive_batch_body};
use async_graphql::parser::types::OperationType;
use async_graphql::{BatchRequest, ParseRequestError, Request, Response as Answer};
use axum::body::Body;
use axum::extract::{Query, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::TryStreamExt;
use serde::Deserialize;
use tokio_util::compat::TokioAsyncReadCompatExt;
use tokio_util::io::StreamReader;
use tracing::Instrument;

use super::identity::named;
use super::{Door, graphiql, identity};
use crate::access::Origin;
use crate::audit::refusals;
use crate::error::{Code, Error, Result};
use crate::graphql::session::Session;
use crate::graphql::{errors, limits};

/// A JSON request holds a document and variables, never a file.
const JSON_BYTES_MAX: usize = 1 << 20;
/// Files of one multipart request.
const FILES_MAX: usize = 1;
/// A form on another site can send multipart but none of these headers without asking the browser first.
const PREFLIGHT_HEADERS: [&str; 3] = ["graphql-require-preflight", "apollo-require-preflight", "x-requested-with"];

const GRAPHQL_JSON: &str = "application/graphql-response+json";
const JSON: &str = "application/json";

/// A document sent in the address.
#[derive(Deserialize)]
pub struct InAddress {
    query: Option<String>,
    #[serde(rename = "operationName")]
    operation_name: Option<String>,
    variables: Option<String>,
}

/// A browser gets GraphiQL; a client that sent a query in the address gets its answer.
pub async fn get(
    State(door): State<Arc<Door>>,
    origin: Origin,
    RawQuery(raw): RawQuery,
    Query(address): Query<InAddress>,
    headers: HeaderMap,
) -> Response {
    let Some(query) = address.query else {
        return graphiql::page();
    };
    let session = match enter(&door, origin, &headers, raw.as_deref()).await {
        Ok(session) => session,
        Err(error) => return unauthenticated(&headers, origin, error),
    };
    let mut request = Request::new(query);
    if let Some(name) = address.operation_name {
        request = request.operation_name(name);
    }
    if let Some(variables) = address.variables {
        match serde_json::from_str(&variables) {
            Ok(variables) => request = request.variables(async_graphql::Variables::from_json(variables)),
            Err(_) => return refused(&headers, StatusCode::BAD_REQUEST, "`variables` is not a JSON object."),
        }
    }
    if let Ok(document) = request.parsed_query()
        && document.operations.iter().any(|(_, operation)| operation.node.ty != OperationType::Query)
    {
        let mut response = refused(&headers, StatusCode::METHOD_NOT_ALLOWED, "Send mutations with POST.");
        response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("POST"));
        return response;
    }
    answer(&door, &headers, session, request).await
}

/// A client's request, as JSON or, with a file, as multipart.
pub async fn post(State(door): State<Arc<Door>>, origin: Origin, RawQuery(raw): RawQuery, headers: HeaderMap, body: Body) -> Response {
    // A token that does not hold is refused before a body is read. A slow sender holds no connection meanwhile.
    let session = match enter(&door, origin, &headers, raw.as_deref()).await {
        Ok(session) => session,
        Err(error) => return unauthenticated(&headers, origin, error),
    };
    match read(&door, &headers, body).await {
        Ok(request) => answer(&door, &headers, session, request).await,
        Err((status, message)) => refused(&headers, status, &message),
    }
}

async fn read(door: &Door, headers: &HeaderMap, body: Body) -> std::result::Result<Request, (StatusCode, String)> {
    let bad = |message: &str| (StatusCode::BAD_REQUEST, message.to_owned());
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let bytes_max = match essence.as_str() {
        JSON | GRAPHQL_JSON => JSON_BYTES_MAX,
        "multipart/form-data" => {
            if !PREFLIGHT_HEADERS.iter().any(|name| headers.contains_key(*name)) {
                return Err(bad("A multipart request needs the header `graphql-require-preflight: 1`."));
            }
            door.app.upload_bytes_max.saturating_add(JSON_BYTES_MAX)
        }
        _ => return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send `Content-Type: application/json`.".into())),
    };
    let limited = http_body_limit(body, bytes_max);
    let options = MultipartOptions::default().max_file_size(door.app.upload_bytes_max).max_num_files(FILES_MAX);
    match receive_batch_body(Some(content_type), limited.compat(), options).await {
        Ok(BatchRequest::Single(request)) => Ok(request),
        Ok(BatchRequest::Batch(_)) => Err(bad("Send one operation a request; batches are not taken.")),
        Err(ParseRequestError::PayloadTooLarge) => {
            Err((StatusCode::PAYLOAD_TOO_LARGE, format!("A workbook is {} bytes at most.", door.app.upload_bytes_max)))
        }
        Err(ParseRequestError::Io(error)) if error.kind() == std::io::ErrorKind::FileTooLarge => {
            Err((StatusCode::PAYLOAD_TOO_LARGE, format!("This request is {bytes_max} bytes at most.")))
        }
        Err(_) => Err(bad("The body is not a GraphQL request: send `{\"query\": …, \"variables\": …}`.")),
    }
}

/// The body as a reader that fails once more than `bytes_max` came through.
fn http_body_limit(body: Body, bytes_max: usize) -> impl tokio::io::AsyncRead + Send {
    let mut left = bytes_max;
    let stream = body.into_data_stream().map_err(std::io::Error::other).and_then(move |chunk| {
        let within = left.checked_sub(chunk.len());
        left = within.unwrap_or_default();
        std::future::ready(within.map(|_| chunk).ok_or_else(|| std::io::Error::from(std::io::ErrorKind::FileTooLarge)))
    });
    StreamReader::new(stream)
}

async fn answer(door: &Door, headers: &HeaderMap, session: Arc<Session>, mut request: Request) -> Response {
    let origin = session.origin;
    // Who asks is looked up before anything is answered, in the state the operation will read.
    if let Err(error) = session.admit().await {
        return unauthenticated(headers, origin, error);
    }
    if let Err(refusal) = limits::check(&mut request) {
        return reply(headers, StatusCode::BAD_REQUEST, &Answer::from_errors(vec![*refusal]));
    }
    let request_id = origin.request.unwrap_or_default();
    let visitor = !session.signed_in();
    let span = tracing::info_span!("graphql", request = %request_id);
    let operation = limits::operation(&mut request);
    let mut answer = door.schema.execute(request.data(Arc::clone(&session))).instrument(span).await;
    errors::finish(&mut answer, request_id);
    refusals::of_operation(&session, operation.as_deref(), &answer.errors).await;
    // A visitor who asked for nothing that is for visitors gets what a bad token gets.
    if visitor && errors::all_unauthenticated(&answer) {
        return unauthenticated(headers, origin, Error::unauthenticated("a visitor"));
    }
    let status = if unexecuted(&answer) { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    named(reply(headers, status, &answer), origin)
}

/// A session for whoever a request's head shows.
async fn enter(door: &Door, origin: Origin, headers: &HeaderMap, query: Option<&str>) -> Result<Arc<Session>, Error> {
    let credential = identity::credential(door, origin, headers, query).await?;
    let client = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).map(str::to_owned);
    Ok(Arc::new(Session::new(door.app.clone(), credential, origin).of_client(client)))
}

fn refused(headers: &HeaderMap, status: StatusCode, message: &str) -> Response {
    let error = if status == StatusCode::PAYLOAD_TOO_LARGE { Error::limit(message) } else { Error::bad_input(message) };
    reply(headers, status, &answer_of(error))
}

/// The same answer whatever was wrong: the log says what. Failures of ours come this way too and stay theirs.
fn unauthenticated(headers: &HeaderMap, origin: Origin, error: Error) -> Response {
    let status = match error.code {
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::UNAUTHORIZED,
    };
    tracing::info!(request = %origin.request.unwrap_or_default(), why = error.log_text(), "not signed in");
    let mut response = named(reply(headers, status, &answer_of(error)), origin);
    if status == StatusCode::UNAUTHORIZED {
        identity::challenge(&mut response);
    }
    response
}

fn answer_of(error: Error) -> Answer {
    Answer::from_errors(vec![async_graphql::Error::from(error).into_server_error(Default::default())])
}

/// Clients that ask for the newer media type get real status codes; the others get 200, as the specification says.
fn reply(headers: &HeaderMap, status: StatusCode, answer: &Answer) -> Response {
    let accept = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let newer = accept.contains(GRAPHQL_JSON);
    let soft = status == StatusCode::BAD_REQUEST && !newer;
    let status = if soft { StatusCode::OK } else { status };
    let media = if newer { "application/graphql-response+json; charset=utf-8" } else { "application/json; charset=utf-8" };
    match body_of(answer) {
        Ok(body) => (status, [(header::CONTENT_TYPE, media)], body).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The answer as JSON. Of a request that was not executed there is no `data`, and an error that is of no place in the
/// document names none.
fn body_of(answer: &Answer) -> serde_json::Result<Vec<u8>> {
    if !unexecuted(answer) {
        return serde_json::to_vec(answer);
    }
    let errors = answer.errors.iter().map(|error| {
        let mut told = serde_json::json!({ "message": error.message, "extensions": error.extensions });
        let places: Vec<_> = error.locations.iter().filter(|at| at.line > 0).collect();
        if let (false, Some(told)) = (places.is_empty(), told.as_object_mut()) {
            told.insert("locations".into(), serde_json::to_value(places)?);
        }
        Ok(told)
    });
    serde_json::to_vec(&serde_json::json!({ "errors": errors.collect::<serde_json::Result<Vec<_>>>()? }))
}

/// Nothing was executed when there is no data and no error has a path: the request itself was wrong.
fn unexecuted(answer: &Answer) -> bool {
    answer.data == async_graphql::Value::Null && !answer.errors.is_empty() && answer.errors.iter().all(|e| e.path.is_empty())
}
