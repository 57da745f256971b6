//! What every error of an answer carries, whoever made it.

use async_graphql::{ErrorExtensionValues, Response, Value};
use uuid::Uuid;

/// Gives a code to errors the library made (of parsing, validation and its limits), and the request's id to failures of
/// our own, under which the log tells what happened.
pub fn finish(answer: &mut Response, request: Uuid) {
    for error in &mut answer.errors {
        let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
        match extensions.get("code") {
            None => extensions.set("code", if error.message.starts_with("Query is ") { "LIMIT" } else { "BAD_USER_INPUT" }),
            Some(Value::String(code)) if code == "INTERNAL" => extensions.set("requestId", request.to_string()),
            Some(_) => {}
        }
    }
}

/// Whether nothing was answered but that one has to sign in.
pub fn all_unauthenticated(answer: &Response) -> bool {
    let nothing = match &answer.data {
        Value::Null => true,
        Value::Object(fields) => fields.values().all(|value| *value == Value::Null),
        _ => false,
    };
    let code = |error: &async_graphql::ServerError| error.extensions.as_ref().and_then(|e| e.get("code").cloned());
    nothing && !answer.errors.is_empty() && answer.errors.iter().all(|error| code(error) == Some(Value::from("UNAUTHENTICATED")))
}

/// Whether an error says that a right was missing.
pub fn is_forbidden(error: &async_graphql::ServerError) -> bool {
    error.extensions.as_ref().and_then(|e| e.get("code")) == Some(&Value::from("FORBIDDEN"))
}
