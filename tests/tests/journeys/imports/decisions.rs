//! What people decide about a plan: part of it, none of it, with warnings taken upon themselves, taken back in part.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{Client, World, for_each_database, trail, workbook};

use super::{counts, first_quarter, read};

const ROWS: &str = "query($id: ID!, $outcome: ChangeOutcome) { node(id: $id) { ... on Import { counts { leftOut }
    changes(first: 100, outcome: $outcome) { totalCount nodes { id key kind outcome because } } } } }";
const STATE: &str = "query($id: ID!) { node(id: $id) { ... on Import { state digest lock { because } viewerActs viewerCan
    openWarnings { code findings places messages } acknowledgements { code reason places by } decisions { kind by reason } } } }";
pub const REFUSE: &str =
    "mutation($input: ImportRefuseInput!) { importRefuse(input: $input) { import { state } userErrors { code message field } } }";
pub const UNDO: &str =
    "mutation($input: ImportUndoInput!) { importUndo(input: $input) { import { state changes(outcome: REVERSED) { nodes { key } } }
    reversed kept { key because } keptCount failed { key because indicator { code } period } failedCount userErrors { code message } } }";

/// Keys of the rows of which this became.
async fn keys(client: &Client<'_>, id: &str, outcome: &str) -> Vec<String> {
    let data = client.gql(ROWS, json!({ "id": id, "outcome": outcome })).await.data();
    let changes = &data["node"]["changes"];
    let nodes = changes["nodes"].as_array().expect("rows");
    assert_eq!(changes["totalCount"], nodes.len());
    nodes.iter().map(|row| row["key"].as_str().expect("a key").to_owned()).collect()
}

/// The ids of a plan's rows, by their keys.
async fn row(client: &Client<'_>, id: &str, key: &str) -> Value {
    let data = client.gql(ROWS, json!({ "id": id })).await.data();
    let nodes = data["node"]["changes"]["nodes"].as_array().expect("rows").clone();
    nodes.iter().find(|row| row["key"] == key).unwrap_or_else(|| panic!("{key} in {nodes:#?}"))["id"].clone()
}

pub async fn state(client: &Client<'_>, id: &str) -> Value {
    client.gql(STATE, json!({ "id": id })).await.data()["node"].clone()
}

fn figures(rows: &[(&str, &str, f64)]) -> Vec<u8> {
    let mut sheet = vec![json!(["Ref", "Period", "Result"])];
    sheet.extend(rows.iter().map(|(code, period, value)| json!([code, period, value])));
    workbook("Return", &json!(sheet))
}

#[tokio::test]
async fn rows_that_are_named_are_left_out_and_listed_and_never_undone() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let other = keeper.submit("huntingdonshire", "other.xlsx", figures(&[("PL01", "2024/25 Q2", 71.0)])).await;
        let id = keeper.submit("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let before = (harness.written(world.council).await, trail(harness, world.council, 0).await.len());

        let foreign = row(&keeper, &other, "PL01 2024/25 Q2").await;
        let named = row(&keeper, &id, "PL01 2024/25 Q1").await;
        for (saying, code, field) in [
            (json!({ "leaveOut": [named, foreign] }), "ROW_NOT_FOUND", "leaveOut"),
            (json!({ "leaveOut": ["w00000000000000000000000000000000"] }), "ROW_NOT_FOUND", "leaveOut"),
            (json!({ "leaveOutIndicators": ["BN01", "XX99"] }), "ROW_NOT_FOUND", "leaveOutIndicators"),
            (json!({ "leaveOutIndicators": vec!["BN01"; 10_001] }), "TOO_MANY_ROWS", "leaveOut"),
        ] {
            let refused = keeper.accept(&id, saying).await;
            assert_eq!(refused["import"], Value::Null);
            assert_eq!((&refused["userErrors"][0]["code"], &refused["userErrors"][0]["field"]), (&json!(code), &json!(["input", field])));
        }
        assert_eq!((harness.written(world.council).await, trail(harness, world.council, 0).await.len()), before);

        let saying = json!({ "leaveOut": [named], "leaveOutIndicators": ["bn01"] });
        assert_eq!(keeper.accept(&id, saying).await["userErrors"], json!([]));
        assert_eq!(keys(&keeper, &id, "LEFT_OUT").await, ["PL01 2024/25 Q1", "BN01 2024/25 Q1"]);
        assert_eq!(keeper.gql(ROWS, json!({ "id": id })).await.data()["node"]["counts"]["leftOut"], 2);
        assert_eq!(harness.count(world.council, "observation").await, 4);
        for (code, value) in [("WM01", json!("61.2")), ("PL01", Value::Null), ("BN01", Value::Null)] {
            assert_eq!(read(&keeper, code, "2024/25 Q1", None).await["value"], value, "{code}");
        }
        let told = trail(harness, world.council, 0).await.pop().expect("an event");
        let after: Value = serde_json::from_str(told.after.as_deref().expect("a state")).expect("JSON");
        assert_eq!((told.verb.as_str(), &after["left_out"]), ("import.accept", &json!(2)));
        assert_eq!(after["rows_left_out"], json!(["PL01 2024/25 Q1", "BN01 2024/25 Q1"]));

        // What was never written is not there to be taken back.
        let undone = keeper.gql(UNDO, json!({ "input": { "id": id } })).await.data()["importUndo"].clone();
        assert_eq!((&undone["reversed"], &undone["keptCount"], &undone["failedCount"]), (&json!(4), &json!(0), &json!(0)));
        assert_eq!(keys(&keeper, &id, "LEFT_OUT").await.len(), 2);
        assert_eq!(keys(&keeper, &id, "REVERSED").await.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_warning_about_rows_that_are_left_out_needs_nobody() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        keeper.take("huntingdonshire", "q1.xlsx", figures(&[("WM01", "2024/25 Q1", 61.2), ("PL01", "2024/25 Q1", 88.0)])).await;
        let again = figures(&[("WM01", "2024/25 Q1", 56.4), ("PL01", "2024/25 Q1", 87.0), ("BN01", "2024/25 Q1", 22.4)]);
        let id = keeper.submit("huntingdonshire", "again.xlsx", again).await;
        // One of two is still in.
        let refused = keeper.accept(&id, json!({ "leaveOutIndicators": ["WM01"] })).await;
        assert_eq!(refused["userErrors"][0]["code"], "WARNINGS_NOT_ACKNOWLEDGED");
        let saying = json!({ "leaveOutIndicators": ["WM01", "PL01"] });
        assert_eq!(keeper.accept(&id, saying).await["userErrors"], json!([]));
        assert_eq!(read(&keeper, "WM01", "2024/25 Q1", None).await["value"], "61.2");
        assert_eq!(read(&keeper, "BN01", "2024/25 Q1", None).await["value"], "22.4");
        assert_eq!(state(&keeper, &id).await["acknowledgements"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_warning_waits_for_a_reason_which_is_kept() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        keeper.take("huntingdonshire", "q1.xlsx", figures(&[("WM01", "2024/25 Q1", 61.2), ("PL01", "2024/25 Q1", 88.0)])).await;
        let again = figures(&[("WM01", "2024/25 Q1", 56.4), ("PL01", "2024/25 Q1", 87.0)]);
        let id = keeper.submit("huntingdonshire", "again.xlsx", again).await;

        let open = state(&keeper, &id).await["openWarnings"].clone();
        let message = "These figures differ from those held, and will be kept as corrections.";
        assert_eq!(open, json!([{ "code": "CHG-003", "findings": 1, "places": 2, "messages": [message] }]));
        let before = harness.written(world.council).await;
        for (saying, code) in [
            (json!({}), "WARNINGS_NOT_ACKNOWLEDGED"),
            (json!({ "acknowledgements": [{ "code": "VAL-031", "reason": "Right" }] }), "WARNINGS_NOT_ACKNOWLEDGED"),
            (json!({ "acknowledgements": [{ "code": "CHG-003", "reason": "  " }] }), "REASON_NEEDED"),
            (json!({ "acknowledgedWarnings": ["CHG-003"] }), "REASON_NEEDED"),
            (json!({ "acknowledgements": [{ "code": "CHG-003", "reason": "x".repeat(2_001) }] }), "TEXT_TOO_LONG"),
        ] {
            let refused = keeper.accept(&id, saying).await;
            assert_eq!((&refused["import"], &refused["userErrors"][0]["code"]), (&Value::Null, &json!(code)));
            let message = refused["userErrors"][0]["message"].as_str().expect("a sentence");
            assert!(message.contains("CHG-003 (2 places)"), "{message}");
        }
        assert_eq!(harness.written(world.council).await, before);
        assert_eq!(harness.count(world.council, "import_acknowledgement").await, 0);

        let saying = json!({ "acknowledgements": [{ "code": "CHG-003", "reason": "Tonnages arrived late" }] });
        assert_eq!(keeper.accept(&id, saying).await["userErrors"], json!([]));
        let now = state(&keeper, &id).await;
        assert_eq!(now["openWarnings"], json!([]));
        let kept = json!([{ "code": "CHG-003", "reason": "Tonnages arrived late", "places": 2, "by": "Perry Team" }]);
        assert_eq!(now["acknowledgements"], kept);
        assert_eq!(now["decisions"], json!([{ "kind": "ACCEPTED", "by": "Perry Team", "reason": "Tonnages arrived late" }]));
        assert_eq!(harness.count(world.council, "observation WHERE reason = 'Tonnages arrived late'").await, 2);
        let told = trail(harness, world.council, 0).await.pop().expect("an event");
        let after: Value = serde_json::from_str(told.after.as_deref().expect("a state")).expect("JSON");
        assert_eq!(after["acknowledged"], json!([{ "code": "CHG-003", "reason": "Tonnages arrived late", "places": 2 }]));
    })
    .await;
}

#[tokio::test]
async fn a_plan_that_somebody_refused_is_never_applied() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let id = keeper.submit("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let before = harness.written(world.council).await;
        assert_eq!(state(&keeper, &id).await["viewerActs"], json!(["ACCEPT", "REFUSE", "REPLAN"]));
        let refuse = async |reason: &str| {
            keeper.gql(REFUSE, json!({ "input": { "id": id, "reason": reason } })).await.data()["importRefuse"].clone()
        };
        let wordless = refuse(" ").await;
        assert_eq!((&wordless["import"], &wordless["userErrors"][0]["code"]), (&Value::Null, &json!("REASON_NEEDED")));
        assert_eq!(state(&keeper, &id).await["state"], "PLANNED");
        assert_eq!(refuse("Last year's figures").await["import"]["state"], "DECLINED");

        let now = state(&keeper, &id).await;
        assert_eq!(now["decisions"], json!([{ "kind": "DECLINED", "by": "Perry Team", "reason": "Last year's figures" }]));
        assert_eq!((&now["viewerActs"], &now["viewerCan"]), (&json!([]), &json!([])));
        assert!(now["lock"]["because"].as_str().expect("a sentence").starts_with("Somebody refused it"), "{now:#}");
        assert_eq!(refuse("Again").await["userErrors"][0]["code"], "IMPORT_NOT_PLANNED");
        assert_eq!(keeper.accept(&id, json!({})).await["userErrors"][0]["code"], "IMPORT_NOT_PLANNED");
        assert_eq!(harness.written(world.council).await, before);
        let told = trail(harness, world.council, 0).await.pop().expect("an event");
        assert_eq!(told.verb, "import.refuse");
        assert!(told.after.as_deref().is_some_and(|after| after.contains("Last year's figures")), "{told:#?}");
        // The plan stays to be read.
        assert_eq!(counts(&keeper.plan(&id).await)[..4], [6, 0, 0, 0]);
    })
    .await;
}

#[tokio::test]
async fn undoing_says_of_each_row_what_became_of_it_and_tries_the_failed_ones_again() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let rows = [("WM01", "2024/25 Q1", 61.2), ("PL01", "2024/25 Q1", 88.0), ("WM01", "2024/25 Q2", 62.0), ("PL01", "2024/25 Q2", 89.0)];
        let id = keeper.take("huntingdonshire", "both.xlsx", figures(&rows)).await;
        harness.later(Duration::hours(1));
        let second = keeper.submit("huntingdonshire", "again.xlsx", figures(&[("WM01", "2024/25 Q2", 63.0)])).await;
        let saying = json!({ "acknowledgements": [{ "code": "CHG-003", "reason": "Late tonnages" }] });
        assert_eq!(keeper.accept(&second, saying).await["userErrors"], json!([]));
        let period = async |verb: &str| {
            let text = format!(
                "mutation {{ done: {verb}(input: {{ council: \"huntingdonshire\", period: \"2024/25 Q1\" }}) {{ userErrors {{ code }} }} }}"
            );
            assert_eq!(keeper.gql(&text, json!({})).await.data()["done"]["userErrors"], json!([]));
        };
        period("periodClose").await;

        harness.later(Duration::hours(1));
        let undo = async || keeper.gql(UNDO, json!({ "input": { "id": id } })).await.data()["importUndo"].clone();
        let undone = undo().await;
        assert_eq!((&undone["import"]["state"], &undone["reversed"], &undone["userErrors"]), (&json!("UNDONE"), &json!(1), &json!([])));
        let kept = json!([{ "key": "WM01 2024/25 Q2", "because": "corrected on 14 October 2024 by Perry Team, with again.xlsx" }]);
        assert_eq!((&undone["kept"], &undone["keptCount"]), (&kept, &json!(1)));
        let failed = |code: &str| {
            let because = "2024/25 Q1 has been closed since";
            json!({ "key": format!("{code} 2024/25 Q1"), "because": because, "indicator": { "code": code }, "period": "2024/25 Q1" })
        };
        assert_eq!((&undone["failed"], &undone["failedCount"]), (&json!([failed("WM01"), failed("PL01")]), &json!(2)));
        assert_eq!(undone["import"]["changes"]["nodes"], json!([{ "key": "PL01 2024/25 Q2" }]));
        assert_eq!(keys(&keeper, &id, "KEPT").await, ["WM01 2024/25 Q2"]);
        assert_eq!(keys(&keeper, &id, "FAILED").await, ["WM01 2024/25 Q1", "PL01 2024/25 Q1"]);
        for (code, quarter, value) in
            [("WM01", "2024/25 Q1", json!("61.2")), ("WM01", "2024/25 Q2", json!("63")), ("PL01", "2024/25 Q2", Value::Null)]
        {
            assert_eq!(read(&keeper, code, quarter, None).await["value"], value, "{code} {quarter}");
        }

        // Nothing more can be taken back while the period is closed; then what failed is tried again, and only that.
        assert_eq!(undo().await["userErrors"][0]["code"], "NOTHING_REVERSED");
        period("periodOpen").await;
        harness.later(Duration::hours(1));
        let again = undo().await;
        assert_eq!((&again["reversed"], &again["keptCount"], &again["failedCount"]), (&json!(2), &json!(0), &json!(0)));
        assert_eq!(keys(&keeper, &id, "REVERSED").await.len(), 3);
        assert_eq!(keys(&keeper, &id, "KEPT").await, ["WM01 2024/25 Q2"]);
        assert_eq!(read(&keeper, "WM01", "2024/25 Q1", None).await["value"], Value::Null);
        assert_eq!(read(&keeper, "WM01", "2024/25 Q2", None).await["value"], "63");
        assert_eq!(undo().await["userErrors"][0]["code"], "IMPORT_NOT_ACCEPTED");
    })
    .await;
}
