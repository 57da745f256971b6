//! What a rule would have found is what it found.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::{World, for_each_database};

use super::{CODE, MISSED, bring, council, month};
use crate::notices::{node, turn};

const TRY: &str = "query($council: String!, $kind: WarningKind!, $parameters: [WarningParameterInput!], $from: Date, $to: Date) {
    council(code: $council) { warningBackTest(kind: $kind, parameters: $parameters, from: $from, to: $to) {
        from to subjects periods fired standing rule { parameters { name value } }
        firings(first: 100) { nodes { code since firedOn until untilPeriod because evidence { words } } } } } }";
const FEED: &str = "query($council: String!) { council(code: $council) { warningFeed(first: 100) {
    nodes { kind code since firedOn recordedAt ceasedOn } } } }";

async fn tried(world: &World<'_>, mut variables: Value) -> Value {
    variables["council"] = json!(CODE);
    world.keeper_now().gql(TRY, variables).await.data()["council"]["warningBackTest"].clone()
}

#[tokio::test]
async fn a_rule_is_tried_over_the_past_before_it_is_set() {
    for_each_database(async |harness| {
        let world = council(harness).await;
        let found = tried(&world, json!({ "kind": "RED_FOR_PERIODS" })).await;
        assert_eq!(json!([found["fired"], found["standing"], found["subjects"], found["to"]]), json!([2, 1, 5, "2024-10-14"]));
        let firings = found["firings"]["nodes"].as_array().expect("firings").clone();
        let line = |one: &Value| json!([one["code"], one["since"], one["firedOn"], one["untilPeriod"], one["because"]]);
        assert_eq!(line(&firings[0]), json!(["WM02", "2024-05-01", "2024-06-30", "2024-07", "NO_LONGER"]));
        assert_eq!(line(&firings[1]), json!(["WM02", "2024-08-01", "2024-09-30", null, null]));
        // Tried otherwise, without setting anything.
        let one = json!([{ "name": "periods", "value": 1 }]);
        let found = tried(&world, json!({ "kind": "RED_FOR_PERIODS", "parameters": one, "from": "2024-05-01", "to": "2024-05-31" })).await;
        assert_eq!(json!([found["fired"], found["standing"]]), json!([1, 1]), "{found:#}");
        assert_eq!(found["rule"]["parameters"], one);
        assert_eq!(harness.count(world.council, "warning_rule").await, 0);
        let wrong = json!({ "council": CODE, "kind": "RED_FOR_PERIODS", "parameters": [{ "name": "periods", "value": 99 }] });
        let answer = world.keeper().gql(TRY, wrong).await;
        assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
    })
    .await;
}

#[tokio::test]
async fn what_would_have_fired_is_what_did_as_the_figures_came() {
    for_each_database(async |harness| {
        harness.at("2023-05-02T09:00:00Z");
        let world = World::new(harness, CODE).await;
        let node = node(harness, None);
        turn(&node).await;
        // On the second of each month the figure of the month before comes in, and a node looks before and after.
        for (n, value) in MISSED.iter().enumerate() {
            let next = month(n + 1);
            harness.at(&format!("{next}-02T09:00:00Z"));
            bring(&world.keeper_now(), vec![json!(["Ref", "Period", "Result"]), json!(["WM02", month(n), value])]).await;
            turn(&node).await;
        }
        let data = world.keeper_now().gql(FEED, json!({ "council": CODE })).await.data();
        let recorded = data["council"]["warningFeed"]["nodes"].as_array().expect("records").clone();
        for kind in ["RED_FOR_PERIODS", "SPECIAL_CAUSE", "DECLINING"] {
            let key = |one: &Value| format!("{} {} {}", one["code"], one["since"], one["firedOn"]);
            let fed: BTreeSet<String> = recorded.iter().filter(|one| one["kind"] == kind && one["code"] == "WM02").map(key).collect();
            let found = tried(&world, json!({ "kind": kind })).await;
            let firings = found["firings"]["nodes"].as_array().expect("firings").clone();
            assert_eq!(fed, firings.iter().map(key).collect(), "{kind}");
            let standing = recorded.iter().filter(|one| one["kind"] == kind && one["code"] == "WM02" && one["ceasedOn"].is_null()).count();
            assert_eq!(found["standing"], standing, "{kind}");
        }
        let fired = recorded.iter().filter(|one| one["kind"] == "SPECIAL_CAUSE").count();
        assert_eq!(fired, 2, "in May, and in September");
    })
    .await;
}
