//! From a request to the operation it asks for.

use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Variables};
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::reply::Refused;
use super::{Door, body, multipart};
use crate::bounds::Limit;
use crate::error::Error;
use crate::files::hex;

/// A form on another site can send multipart but none of these headers without asking the browser first.
const PREFLIGHT_HEADERS: [&str; 3] = ["graphql-require-preflight", "apollo-require-preflight", "x-requested-with"];

const MALFORMED: &str = "The body is not a GraphQL request: send `{\"query\": …, \"variables\": …}`.";

/// The parameters of a GraphQL request, from its body, its address or a message.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Parameters {
    #[serde(default)]
    query: Option<String>,
    /// The document by its SHA-256.
    #[serde(default)]
    document_id: Option<String>,
    #[serde(default)]
    operation_name: Option<String>,
    #[serde(default)]
    variables: Variables,
    #[serde(default)]
    extensions: Option<Map<String, Value>>,
}

/// The same as they stand in an address: objects as JSON.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InAddress {
    query: Option<String>,
    document_id: Option<String>,
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

impl InAddress {
    /// Whether an address asks nothing: somebody wants to look around.
    pub const fn is_empty(&self) -> bool {
        self.query.is_none() && self.document_id.is_none() && self.extensions.is_none()
    }

    fn parameters(self) -> Result<Parameters, Refused> {
        let variables = self.variables.as_deref().filter(|text| !text.is_empty());
        let variables = variables.map_or_else(|| Ok(Variables::default()), serde_json::from_str);
        let variables = variables.map_err(|_| Refused::malformed("`variables` is not a JSON object."))?;
        let extensions = self.extensions.as_deref().filter(|text| !text.is_empty()).map(serde_json::from_str).transpose();
        let extensions = extensions.map_err(|_| Refused::malformed("`extensions` is not a JSON object."))?;
        let (query, document_id, operation_name) = (self.query, self.document_id, self.operation_name);
        Ok(Parameters { query, document_id, operation_name, variables, extensions })
    }
}

/// What an address asks: a query, as an address may be followed by whoever sees it.
pub fn of_address(door: &Door, address: InAddress) -> Result<Request, Refused> {
    let mut request = of_parameters(door, address.parameters()?)?;
    if let Ok(document) = request.parsed_query()
        && document.operations.iter().any(|(_, operation)| operation.node.ty != OperationType::Query)
    {
        let error = Error::bad_input("Send mutations with POST, and subscriptions over /graphql/ws.");
        return Err(Refused::of(StatusCode::METHOD_NOT_ALLOWED, error));
    }
    Ok(request)
}

/// What a body asks: JSON or, with a file, multipart.
pub async fn of_body(door: &Door, headers: &HeaderMap, sent: Body) -> Result<Request, Refused> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (essence, parameters) = content_type.split_once(';').unwrap_or((content_type, ""));
    match essence.trim().to_ascii_lowercase().as_str() {
        "application/json" | "application/graphql-response+json" if is_utf8(parameters) => {
            let limits = &door.app.bounds.limits;
            let bytes = body::whole(headers, sent, limits.count(Limit::RequestBytes), limits).await;
            let bytes = bytes.map_err(|broken| broken.refused(limits, limits.refusal(Limit::RequestBytes)))?;
            of_parameters(door, parsed(door, &bytes)?)
        }
        "multipart/form-data" => {
            if !PREFLIGHT_HEADERS.iter().any(|name| headers.contains_key(*name)) {
                return Err(Refused::malformed("A multipart request needs the header `graphql-require-preflight: 1`."));
            }
            multipart::receive(door, headers, content_type, sent).await
        }
        _ => {
            let error = Error::bad_input("Send `Content-Type: application/json`, in UTF-8.");
            Err(Refused::of(StatusCode::UNSUPPORTED_MEDIA_TYPE, error))
        }
    }
}

/// Whether a media type's parameters leave the encoding at UTF-8.
fn is_utf8(parameters: &str) -> bool {
    parameters
        .split(';')
        .filter_map(|parameter| parameter.split_once('='))
        .all(|(name, value)| !name.trim().eq_ignore_ascii_case("charset") || value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8"))
}

/// Reads parameters from JSON.
pub fn parsed(door: &Door, json: &[u8]) -> Result<Parameters, Refused> {
    if json.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
        return Err(Refused::of(StatusCode::BAD_REQUEST, door.app.bounds.limits.refusal(Limit::Batch)));
    }
    serde_json::from_slice(json).map_err(|_| Refused::malformed(MALFORMED))
}

/// The operation that parameters ask for, its document found where only its hash came.
pub fn of_parameters(door: &Door, asked: Parameters) -> Result<Request, Refused> {
    let by_extension = || asked.extensions?.get("persistedQuery")?.get("sha256Hash")?.as_str().map(str::to_owned);
    let hash = asked.document_id.or_else(by_extension);
    let query = document(door, asked.query.filter(|query| !query.is_empty()), hash.as_deref())?;
    let mut request = Request::new(query).variables(asked.variables);
    request.operation_name = asked.operation_name.filter(|name| !name.is_empty());
    Ok(request)
}

fn document(door: &Door, query: Option<String>, hash: Option<&str>) -> Result<String, Refused> {
    let unknown = || Refused::of(StatusCode::BAD_REQUEST, Error::document_unknown());
    if let (Some(query), Some(hash)) = (&query, hash) {
        let made = hex(&Sha256::digest(query.as_bytes()));
        if !hash.strip_prefix("sha256:").unwrap_or(hash).eq_ignore_ascii_case(&made) {
            return Err(Refused::malformed("The hash is not the SHA-256 of `query`."));
        }
    }
    match (&door.app.bounds.trusted, query, hash) {
        (None, Some(query), _) => Ok(query),
        (Some(trusted), Some(query), _) if trusted.holds(&query) => Ok(query),
        (Some(trusted), None, Some(hash)) => trusted.find(hash).map(str::to_owned).ok_or_else(unknown),
        (Some(_), Some(_), _) => Err(unknown()),
        (None, None, Some(_)) => Err(Refused::of(StatusCode::BAD_REQUEST, Error::documents_off())),
        (_, None, None) => Err(Refused::malformed("The request has no `query`.")),
    }
}
