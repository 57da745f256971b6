//! Workbooks in, from the upload to the figure everybody reads.

mod annotated;
mod bad_input;
mod cancelling;
mod command_line;
mod corrections;
pub mod decisions;
mod earlier;
mod fair;
mod forms;
mod frameworks;
mod hostile;
mod killed;
mod layouts;
mod mappings;
mod progress;
mod returned;
mod submitting;
pub mod templates;
mod together;
mod upgraded;

use serde_json::{Value, json};
use tests::Client;

/// A first quarter of all three services: six figures.
pub fn first_quarter() -> Value {
    json!([
        ["Ref", "Indicator", "Period", "Result", "Numerator", "Denominator", "Commentary"],
        ["WM01", "Household waste recycled", "2024/25 Q1", 61.2, 612, 1000, "A dry spring."],
        ["WM02", "Missed bins", "2024-04", 45, null, null, null],
        ["WM02", "Missed bins", "2024-05", 52, null, null, null],
        ["WM02", "Missed bins", "2024-06", 61, null, null, "Two crews short."],
        ["PL01", "Major applications decided in time", "2024/25 Q1", 88, null, null, null],
        ["BN01", "Days to process a claim", "2024/25 Q1", 22.4, null, null, null],
    ])
}

/// A figure everybody reads, of a period.
pub async fn read(client: &Client<'_>, code: &str, period: &str, as_at: Option<&str>) -> Value {
    let query = "query($code: String!, $period: Period!, $asAt: DateTime) { council(code: \"huntingdonshire\") { indicator(code: $code) {
        series(until: $period, last: 1, asAt: $asAt) { period value commentary status { colour } } } } }";
    let data = client.gql(query, json!({ "code": code, "period": period, "asAt": as_at })).await.data();
    data["council"]["indicator"]["series"][0].clone()
}

/// What a plan says, in a line a row: `NEW WM01 2024/25 Q1: nothing → 61.2%`.
pub fn lines(plan: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("nothing").to_owned();
    let nodes = plan["changes"]["nodes"].as_array().expect("changes");
    nodes
        .iter()
        .map(|row| {
            let indicator = text(&row["indicator"]["code"]);
            format!("{} {indicator} {}: {} → {}", text(&row["kind"]), text(&row["period"]), text(&row["before"]), text(&row["after"]))
        })
        .collect()
}

/// A plan's counts, in the order new, changed, same, refused, errors, warnings.
pub fn counts(plan: &Value) -> [i64; 6] {
    ["new", "changed", "same", "refused", "errors", "warnings"].map(|of| plan["counts"][of].as_i64().expect("a count"))
}

/// Codes of a plan's errors and warnings, each with its places: `IND-001 at Return!A4`.
pub fn findings(plan: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let nodes = plan["diagnostics"]["nodes"].as_array().expect("findings");
    nodes
        .iter()
        .filter(|found| found["severity"] != "INFO")
        .map(|found| {
            let places = found["places"].as_array().expect("places").iter();
            let places: Vec<String> = places.map(|place| format!("{}!{}", text(&place["sheet"]), text(&place["cell"]))).collect();
            format!("{} at {}", text(&found["code"]), places.join(", "))
        })
        .collect()
}
