//! How a GraphQL answer leaves over HTTP.

use async_graphql::Response as Answer;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::accept::{self, Media};
use super::identity;
use crate::error::{Code, Error};
use crate::graphql::written;
use crate::kept::Body;
use crate::telemetry::account;

/// Why a request is not executed: what was wrong with the request as such, with the status for it.
#[derive(Debug, Clone)]
pub struct Refused {
    pub status: StatusCode,
    pub error: Error,
}

impl Refused {
    /// The request is not one.
    pub fn malformed(message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, error: Error::bad_input(message) }
    }

    pub const fn of(status: StatusCode, error: Error) -> Self {
        Self { status, error }
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self { status: identity::status(&error), error }
    }
}

/// The form a client wants its answer in.
#[derive(Debug, Clone, Copy)]
pub struct Reply {
    media: Media,
    /// Whether the client takes an answer packed.
    pub gzip: bool,
}

impl Reply {
    /// What a request's head asks for; none when it takes neither type.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        accept::wanted(headers).map(|media| Self { media, gzip: accept::takes_gzip(headers) })
    }

    /// What is told to whoever takes neither type, before anything is done.
    pub fn unacceptable() -> Response {
        let message = "Answers are `application/graphql-response+json` or `application/json`: accept one of them.";
        Self { media: Media::Json, gzip: false }.refused(&Refused::of(StatusCode::NOT_ACCEPTABLE, Error::bad_input(message)))
    }

    /// The answer of an operation that was executed, or of a document that could not be: to the older type the latter is
    /// an answer like another, and 200.
    pub fn answer(self, answer: &Answer) -> Response {
        account::with(|account| account.answered(&answer.errors));
        let executed = !unexecuted(answer);
        let status = if executed || self.media == Media::Json { StatusCode::OK } else { StatusCode::BAD_REQUEST };
        self.written(status, answer)
    }

    /// A request as such is refused. The status says so to everybody.
    pub fn refused(self, refused: &Refused) -> Response {
        let soft = matches!(refused.error.code, Code::DocumentUnknown | Code::DocumentsOff);
        if soft {
            return self.answer(&answer_of(refused.error.clone()));
        }
        account::with(|account| account.refused(refused.error.code.text()));
        self.written(refused.status, &answer_of(refused.error.clone()))
    }

    /// An answer in the form the client takes it in.
    pub async fn suited(self, body: Body) -> Option<Body> {
        body.suited(self.gzip).await
    }

    /// An answer without errors that is written already, in the form it is to be sent in.
    pub fn sent(self, body: &Body) -> Response {
        let mut response = (StatusCode::OK, self.headers(), body.bytes().clone()).into_response();
        if body.is_packed() {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    }

    /// An answer without errors, written.
    pub fn worked_out(answer: &Answer) -> serde_json::Result<Body> {
        written::answer(answer).map(|json| Body::Plain(json.into()))
    }

    const fn headers(self) -> [(HeaderName, &'static str); 3] {
        let varies = (header::VARY, "accept, accept-encoding");
        [(header::CONTENT_TYPE, self.media.content_type()), (header::CACHE_CONTROL, "no-store"), varies]
    }

    fn written(self, status: StatusCode, answer: &Answer) -> Response {
        match body_of(answer) {
            Ok(body) => (status, self.headers(), body).into_response(),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

/// Tells a client when to come again.
pub fn wait(mut response: Response, seconds: u64) -> Response {
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
    response
}

/// One error as an answer.
pub fn answer_of(error: Error) -> Answer {
    Answer::from_errors(vec![async_graphql::Error::from(error).into_server_error(Default::default())])
}

/// Nothing was executed when there is no data and no error has a path: the request itself was wrong.
pub fn unexecuted(answer: &Answer) -> bool {
    answer.data == async_graphql::Value::Null && !answer.errors.is_empty() && answer.errors.iter().all(|e| e.path.is_empty())
}

/// The answer as JSON. Of a request that was not executed there is no `data`.
fn body_of(answer: &Answer) -> serde_json::Result<Vec<u8>> {
    if !unexecuted(answer) {
        return written::answer(answer);
    }
    serde_json::to_vec(&serde_json::json!({ "errors": errors_of(answer)? }))
}

/// The errors of a request that was not executed. One that is of no place in the document names none.
pub fn errors_of(answer: &Answer) -> serde_json::Result<Vec<serde_json::Value>> {
    let told = answer.errors.iter().map(|error| {
        let mut told = serde_json::json!({ "message": error.message, "extensions": error.extensions });
        let places: Vec<_> = error.locations.iter().filter(|at| at.line > 0).collect();
        if let (false, Some(told)) = (places.is_empty(), told.as_object_mut()) {
            told.insert("locations".into(), serde_json::to_value(places)?);
        }
        Ok(told)
    });
    told.collect()
}
