//! What an answer comes to, in a word.

use serde_json::Value;
use tests::Answer;

/// `yes`, or why not.
pub fn of(answer: &Answer, field: &str) -> String {
    let errors = answer.body["errors"].as_array().cloned().unwrap_or_default();
    let at = |error: &Value| error["path"].as_array().is_none_or(|path| path.iter().any(|step| step == field));
    if let Some(error) = errors.iter().find(|error| at(error)) {
        return word(error["extensions"]["code"].as_str().unwrap_or("(none)")).to_owned();
    }
    let value = find(&answer.body["data"], field);
    if let Some(refusal) = value["userErrors"][0]["code"].as_str() {
        return match refusal {
            "NOT_YOURS_TO_GIVE" => "no".to_owned(),
            absent if absent.ends_with("_NOT_FOUND") => "none".to_owned(),
            other => other.to_owned(),
        };
    }
    if value.is_null() { "-".to_owned() } else { "yes".to_owned() }
}

/// The same of a field far down: an error anywhere on the way there is why not, and of a list that is empty `0`.
pub fn anywhere(answer: &Answer, field: &str) -> String {
    match answer.codes().first() {
        Some(code) => word(code).to_owned(),
        None if find(&answer.body["data"], field).as_array().is_some_and(Vec::is_empty) => "0".to_owned(),
        None => of(answer, field),
    }
}

/// An error's code as the matrix writes it.
pub fn word(code: &str) -> &str {
    match code {
        "FORBIDDEN" => "no",
        "UNAUTHENTICATED" => "who",
        "NOT_FOUND" => "none",
        "BAD_USER_INPUT" => "bad",
        other => other,
    }
}

/// A field, at the top of the data or anywhere below.
fn find(data: &Value, field: &str) -> Value {
    let below = || data.as_object().into_iter().flat_map(|o| o.values()).map(|value| find(value, field)).find(|found| !found.is_null());
    data.get(field).cloned().or_else(below).unwrap_or_default()
}
