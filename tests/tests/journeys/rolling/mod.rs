//! From one edition of the framework to the next: marked, rolled forward, adopted, compared.

mod forward;

use serde_json::{Value, json};
use tests::Client;

pub const CODE: &str = "huntingdonshire";

const SHOWN: &str = "framework { edition state title standsFrom standsUntil adoptedBy minuteReference indicators { nodes { code } } }";

/// What came of an act on editions: the payload without its errors, or the code of the first of them.
pub async fn act(client: &Client<'_>, name: &str, mut input: Value) -> Result<Value, String> {
    let field = format!("{}{}", name[..1].to_lowercase(), &name[1..]);
    let more = if name == "FrameworkRollForward" { "carried unmarked left { code because } ended" } else { "" };
    let document =
        format!("mutation($input: {name}Input!) {{ {field}(input: $input) {{ {SHOWN} {more} userErrors {{ code message }} }} }}");
    input["council"] = input.get("council").cloned().unwrap_or_else(|| json!(CODE));
    let answer = client.gql(&document, json!({ "input": input })).await;
    let payload = &answer.body["data"][field.as_str()];
    match payload["framework"].as_object() {
        Some(_) => {
            assert_eq!(payload["userErrors"], json!([]));
            Ok(payload.clone())
        }
        None => Err(payload["userErrors"][0]["code"].as_str().map_or_else(|| answer.codes().join(" "), str::to_owned)),
    }
}

pub fn next() -> Value {
    json!({ "edition": "2025/26", "standsFrom": "2025-04-01", "standsUntil": "2026-03-31" })
}

pub fn adoption() -> Value {
    json!({ "edition": "2025/26", "adoptedBy": "Council", "adoptedOn": "2024-10-09", "minuteReference": "24/90" })
}

pub fn marks() -> Value {
    json!({ "marks": [
        { "indicator": "PL01", "disposition": "REMOVE", "reason": "No longer ours" },
        { "indicator": "WM01", "disposition": "AMEND", "reason": "Food waste counts too" },
        { "indicator": "BN01", "disposition": "RETAIN" },
    ] })
}

/// Codes of the indicators of an edition that a payload shows.
pub fn codes(payload: &Value) -> Vec<String> {
    let nodes = payload["framework"]["indicators"]["nodes"].as_array().expect("indicators");
    nodes.iter().map(|node| node["code"].as_str().expect("a code").to_owned()).collect()
}
