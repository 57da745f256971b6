//! What it costs depends on what is asked, never on how much there is.

use serde_json::{Value, json};
use tests::{Harness, World, for_each_database, framework_of, workbook};

use super::WARNINGS;
use crate::delivery::accept_all;
use crate::notices::{node, turn};

const LIST: &str = "query($council: String!) { council(code: $council) { framework { indicators(first: 100) { totalCount nodes {
    specialCauses(until: \"2024/25 Q2\") { variation points { value upper } } yearEndForecast(period: \"2024/25 Q2\") { value reason } } } } } }";
const TRY: &str = "query($council: String!) { council(code: $council) { warningBackTest(kind: RED_FOR_PERIODS) { fired } } }";
const FEED: &str =
    "query($council: String!) { council(code: $council) { warningFeed(first: 100) { totalCount nodes { code evidence { words } } } } }";

/// Statements of each operation in a council of so many indicators, every third of them red.
async fn costs(harness: &Harness, council: &'static str, indicators: usize) -> Vec<(&'static str, u64)> {
    let world = World::with(harness, council, &framework_of(council, indicators)).await;
    let keeper = world.keeper();
    let mut rows = vec![json!(["Ref", "Period", "Result"])];
    for period in ["2024/25 Q1", "2024/25 Q2"] {
        rows.extend(["PL01", "BN01"].map(|code| json!([code, period, 40])));
        rows.extend((6..=indicators).map(|n| json!([format!("IX{n:03}"), period, if n % 3 == 0 { 70 } else { 30 }])));
    }
    let id = keeper.submit(council, "figures.xlsx", workbook("Return", &Value::Array(rows))).await;
    accept_all(&keeper, &id).await;
    let mut costs = Vec::new();
    let (sent, answer) = harness.statements(keeper.gql(WARNINGS, json!({ "council": council, "kind": ["RED_FOR_PERIODS"] }))).await;
    let found = answer.data()["council"]["warnings"]["totalCount"].as_u64().expect("a count");
    assert_eq!(found, 2 + u64::try_from((6..=indicators).filter(|n| n % 3 == 0).count()).expect("few"));
    costs.push(("warnings of a rule", sent));
    let (sent, _) = harness.statements(keeper.gql(WARNINGS, json!({ "council": council }))).await;
    costs.push(("warnings of all rules", sent));
    let (sent, answer) = harness.statements(keeper.gql(LIST, json!({ "council": council }))).await;
    assert_eq!(answer.data()["council"]["framework"]["indicators"]["totalCount"], indicators);
    costs.push(("charts and forecasts", sent));
    let (sent, _) = harness.statements(keeper.gql(TRY, json!({ "council": council }))).await;
    costs.push(("a rule tried", sent));
    let looker = node(harness, None);
    let (sent, _) = harness.statements(turn(&looker)).await;
    costs.push(("a look", sent));
    let (sent, answer) = harness.statements(keeper.gql(FEED, json!({ "council": council }))).await;
    assert!(answer.data()["council"]["warningFeed"]["totalCount"].as_u64().expect("a count") >= found);
    costs.push(("the feed", sent));
    costs
}

#[tokio::test]
async fn statements_do_not_grow_with_indicators() {
    for_each_database(async |harness| {
        let few = costs(harness, "huntingdonshire", 6).await;
        // The other is not looked at again.
        let many = costs(harness, "devon", 60).await;
        assert_eq!(few, many);
        for (name, sent) in few {
            assert!(sent <= 50, "{name} sends {sent}");
        }
    })
    .await;
}
