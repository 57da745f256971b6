//! Early warnings: what fires and since when, who sees it, what is done about it, who is told, and what would have fired.

mod charts;
mod handled;
mod scale;
mod sight;
mod standing;
mod told;
mod tried;

use serde_json::{Value, json};
use tests::{Client, Harness, World, workbook};

use crate::delivery::accept_all;

pub const CODE: &str = "huntingdonshire";

/// Missed bins of eighteen months to September 2024, fewer is better; aimed at is 50 from April 2024 on, and above 60 somebody steps in.
/// Red in May and June, and again in August and September.
pub const MISSED: [i64; 18] = [44, 46, 43, 47, 45, 44, 46, 48, 45, 43, 47, 46, 44, 70, 71, 45, 65, 80];

pub const WARNINGS: &str = "query($council: String!, $at: Date, $kind: [WarningKind!], $state: [WarningState!]) { council(code: $council) {
    warnings(at: $at, kind: $kind, state: $state, first: 100) { totalCount nodes { id revision kind subject subjectId code title period since sincePeriod
        firedOn firedPeriod question state handledBy words mutedUntil viewerCan steps { act by words mutedUntil }
        evidence { words figures { label period value target on } } indicator { code } } } } }";

/// A council with the small framework and eighteen months of missed bins.
pub async fn council<'a>(harness: &'a Harness) -> World<'a> {
    let world = World::new(harness, CODE).await;
    bins(&world.keeper(), &MISSED).await;
    world
}

/// Month after month from April 2023 on.
pub fn month(n: usize) -> String {
    let (year, month) = (2023 + (n + 3) / 12, (n + 3) % 12 + 1);
    format!("{year}-{month:02}")
}

/// Brings in missed bins, every doubt taken upon oneself.
pub async fn bins(keeper: &Client<'_>, values: &[i64]) {
    let mut rows = vec![json!(["Ref", "Period", "Result"])];
    rows.extend(values.iter().enumerate().map(|(n, value)| json!(["WM02", month(n), value])));
    bring(keeper, rows).await;
}

/// Brings in figures, every doubt taken upon oneself.
pub async fn bring(keeper: &Client<'_>, rows: Vec<Value>) {
    let id = keeper.submit(CODE, "figures.xlsx", workbook("Return", &Value::Array(rows))).await;
    accept_all(keeper, &id).await;
}

/// The warnings somebody sees today.
pub async fn seen(client: &Client<'_>) -> Vec<Value> {
    asked(client, json!({})).await
}

/// Those of a rule.
pub async fn of_kind(client: &Client<'_>, kind: &str) -> Vec<Value> {
    asked(client, json!({ "kind": [kind] })).await
}

/// Those asked for.
pub async fn asked(client: &Client<'_>, mut variables: Value) -> Vec<Value> {
    variables["council"] = json!(CODE);
    let data = client.gql(WARNINGS, variables).await.data();
    let nodes = data["council"]["warnings"]["nodes"].as_array().expect("a list").clone();
    assert_eq!(data["council"]["warnings"]["totalCount"], nodes.len());
    nodes
}

/// `RED_FOR_PERIODS WM02 2024-08-01 OPEN`, in order.
pub fn lines(warnings: &[Value]) -> Vec<String> {
    let line = |one: &Value| {
        let [kind, code, since, state] = ["kind", "code", "since", "state"].map(|of| one[of].as_str().expect("a text").to_owned());
        format!("{kind} {code} {since} {state}")
    };
    warnings.iter().map(line).collect()
}

/// Does something by a mutation; answers its payload.
pub async fn act(client: &Client<'_>, verb: &str, input: Value) -> Value {
    let name = verb[..1].to_uppercase() + &verb[1..];
    let document = format!(
        "mutation($input: {name}Input!) {{ {verb}(input: $input) {{ warning {{ id revision state handledBy words mutedUntil }} \
        userErrors {{ code message field }} }} }}"
    );
    client.gql(&document, json!({ "input": input })).await.data()[verb].clone()
}

/// Sets a rule; answers the payload.
pub async fn set_rule(client: &Client<'_>, kind: &str, enabled: bool, parameters: Value) -> Value {
    let document = "mutation($input: WarningRuleSetInput!) { warningRuleSet(input: $input) {
        rule { kind enabled parameters { name value } setAt } userErrors { code message field } } }";
    let input = json!({ "council": CODE, "kind": kind, "enabled": enabled, "parameters": parameters });
    client.gql(document, json!({ "input": input })).await.data()["warningRuleSet"].clone()
}
