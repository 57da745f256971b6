//! Figures entered through GraphQL do everything a workbook's rows do.

mod refused;
mod taken;
mod who;

use serde_json::{Value, json};
use tests::Client;

pub const RECORD: &str = "mutation($input: ValuesRecordInput!) { valuesRecord(input: $input) {
    import { id state layout fileName sha256 digest entered counts { new changed same refused errors warnings } }
    userErrors { code message field } } }";
const POINT: &str = "query($council: String!, $code: String!, $period: Period!) { council(code: $council) { indicator(code: $code) {
    series(until: $period, last: 1) { period value numerator denominator absence state commentary qualityNote
        remedialAction { text owner due } yearEnd { forecast } } } } }";

/// A figure of a quarter or month.
pub fn figure(indicator: &str, period: &str, value: &str) -> Value {
    json!({ "indicator": indicator, "period": period, "value": value })
}

/// Enters figures of the first council; answers the payload.
pub async fn record(client: &Client<'_>, figures: Value) -> Value {
    send(client, json!({ "council": "huntingdonshire", "figures": figures })).await
}

/// Enters figures, taking every revision upon oneself.
pub async fn correct(client: &Client<'_>, figures: Value) -> Value {
    let acknowledge = json!([{ "code": "CHG-003", "reason": "Late tonnages" }]);
    send(client, json!({ "council": "huntingdonshire", "figures": figures, "acknowledge": acknowledge })).await
}

pub async fn send(client: &Client<'_>, input: Value) -> Value {
    client.gql(RECORD, json!({ "input": input })).await.data()["valuesRecord"].clone()
}

/// All that is held of an indicator for a period.
pub async fn point(client: &Client<'_>, council: &str, code: &str, period: &str) -> Value {
    let data = client.gql(POINT, json!({ "council": council, "code": code, "period": period })).await.data();
    data["council"]["indicator"]["series"][0].clone()
}

/// New, changed and same rows of an import that was accepted.
#[track_caller]
pub fn accepted(payload: &Value) -> [i64; 3] {
    assert_eq!((&payload["userErrors"], &payload["import"]["state"]), (&json!([]), &json!("ACCEPTED")), "{payload:#}");
    ["new", "changed", "same"].map(|of| payload["import"]["counts"][of].as_i64().expect("a count"))
}

/// Codes and fields of a refusal: `IND-001 input.figures.1.indicator`.
#[track_caller]
pub fn refusals(payload: &Value) -> Vec<String> {
    assert_eq!(payload["import"], Value::Null, "{payload:#}");
    let errors = payload["userErrors"].as_array().expect("a list");
    let told = errors.iter().map(|error| {
        let field: Vec<&str> = error["field"].as_array().expect("a path").iter().filter_map(Value::as_str).collect();
        assert!(error["message"].as_str().is_some_and(|message| message.ends_with(['.', '?'])), "{error:#}");
        format!("{} {}", error["code"].as_str().expect("a code"), field.join("."))
    });
    told.collect()
}
