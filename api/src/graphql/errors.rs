//! What every error of an answer carries, whoever made it.

use async_graphql::{ErrorExtensionValues, Response, Value};
use uuid::Uuid;

use crate::bounds::{Limit, Limits};

/// Longer messages repeat what the client sent.
const MESSAGE_BYTES_MAX: usize = 500;

/// What the library says of its own limits, and which of ours they are.
const LIMITS: [(&str, Limit); 2] = [("Query is too complex.", Limit::Complexity), ("Query is nested too deep.", Limit::Depth)];

/// Gives a code to errors the library made (of parsing, validation and its limits), and the request's id to failures of
/// our own, under which the log tells what happened.
pub fn finish(answer: &mut Response, request: Uuid, limits: &Limits) {
    // Every field was left out, by `@skip` or `@include`: the library answers nothing, the specification an empty object.
    if answer.errors.is_empty() && answer.data == Value::Null {
        answer.data = Value::Object(Default::default());
    }
    for error in &mut answer.errors {
        let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
        match extensions.get("code") {
            None => match LIMITS.iter().find(|(message, _)| *message == error.message) {
                Some((_, limit)) => {
                    error.message = limits.passed(*limit);
                    extensions.set("code", "LIMIT");
                }
                None => {
                    error.message = short(&error.message);
                    extensions.set("code", "BAD_USER_INPUT");
                }
            },
            Some(Value::String(code)) if code == "INTERNAL" || code == "UNAVAILABLE" => extensions.set("requestId", request.to_string()),
            Some(_) => {}
        }
    }
}

/// The library's words of a document that is wrong. Its parser draws the line with an arrow under it, however long the line is:
/// where and what it expected is enough.
fn short(message: &str) -> String {
    let drawn = message.trim_start().strip_prefix("--> ").and_then(|drawn| Some((drawn.lines().next()?, drawn.rsplit_once("\n  = ")?.1)));
    match drawn {
        Some((at, expected)) => format!("The document cannot be read at {}: {}.", at.trim(), cut(expected)),
        None => cut(message).to_owned(),
    }
}

/// A text no longer than is worth reading.
fn cut(text: &str) -> &str {
    text[..text.floor_char_boundary(MESSAGE_BYTES_MAX)].trim()
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

#[cfg(test)]
mod tests {
    use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};

    use super::*;

    struct Query;

    #[Object]
    impl Query {
        async fn value(&self) -> i32 {
            7
        }
    }

    /// What a client is told of a document.
    async fn told(document: &str) -> String {
        let mut answer = Schema::new(Query, EmptyMutation, EmptySubscription).execute(document).await;
        finish(&mut answer, Uuid::nil(), &Limits::default());
        answer.errors[0].message.clone()
    }

    #[tokio::test]
    async fn an_operation_whose_fields_are_all_left_out_answers_an_empty_object() {
        let mut answer = Schema::new(Query, EmptyMutation, EmptySubscription).execute("{ value @skip(if: true) }").await;
        assert_eq!(answer.data, Value::Null, "the library may have learnt it");
        finish(&mut answer, Uuid::nil(), &Limits::default());
        assert_eq!(serde_json::to_string(&answer).unwrap(), r#"{"data":{}}"#);
    }

    #[tokio::test]
    async fn a_document_that_cannot_be_read_is_not_told_back() {
        assert_eq!(told("{ value(").await, "The document cannot be read at 1:9: expected name.");
        let long = format!("{{ value {}", "value ".repeat(10_000));
        let message = told(&long).await;
        assert!(message.starts_with("The document cannot be read at 1:60009: expected ") && message.len() < 200, "{message}");
        assert!(told(&format!("{{ v{} }}", "é".repeat(10_000))).await.len() <= 550);
        let name = format!("{{ {} }}", "v".repeat(10_000));
        assert!(told(&name).await.len() <= MESSAGE_BYTES_MAX);
        assert_eq!(told("{ nothing }").await, "Unknown field \"nothing\" on type \"Query\".");
    }
}
