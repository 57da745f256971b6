//! What an operation costs depends on its document, never on the number of rows.

use serde_json::{Value, json};
use tests::{Harness, World, for_each_database, framework_of, workbook};

/// The most a Scorecard may send, transactions not counted.
const SCORECARD_MAX: u64 = 8;

/// Everything the screen of a performance officer shows of a period's returns.
const RETURNS: &str = "query($code: String!, $period: Period!) { council(code: $code) {
    returns(period: $period, first: 10) { nodes { state overdue viewerCan viewerActs { act possible } lock { because }
        history { act by } questions { question } figures(first: 100) { totalCount nodes { missing differs indicator { code }
            point { value status { colour } } approved { value } } } } }
    collection(period: $period) { whole { owed figuresGiven } directorates { element { title } counts { owed } } }
    workflow { from } } }";

/// A figure of a quarter for every indicator that is reported by the quarter.
fn quarter(period: &str, indicators: usize, value: usize) -> Vec<u8> {
    let mut rows = vec![json!(["Ref", "Period", "Result"])];
    rows.extend(["WM01", "PL01", "BN01"].map(|code| json!([code, period, 40 + value])));
    rows.extend((6..=indicators).map(|n| json!([format!("IX{n:03}"), period, n + value])));
    workbook("Return", &Value::Array(rows))
}

/// Statements sent for each operation by a council of so many indicators.
async fn costs(harness: &Harness, council: &'static str, indicators: usize) -> Vec<(&'static str, u64)> {
    let world = World::with(harness, council, &framework_of(council, indicators)).await;
    let keeper = world.keeper();
    keeper.take(council, "q1.xlsx", quarter("2024/25 Q1", indicators, 1)).await;

    let mut costs = Vec::new();
    let (planning, id) = harness.statements(keeper.submit(council, "q2.xlsx", quarter("2024/25 Q2", indicators, 2))).await;
    costs.push(("upload, submit and plan", planning));
    let (plan, _) = harness.statements(keeper.plan(&id)).await;
    costs.push(("ImportPlan", plan));
    let (accept, accepted) = harness.statements(keeper.accept(&id, json!({}))).await;
    assert_eq!(accepted["userErrors"], json!([]));
    costs.push(("ImportAccept", accept));

    let again: Vec<Value> = ["WM01", "PL01", "BN01"]
        .into_iter()
        .map(str::to_owned)
        .chain((6..=indicators).map(|n| format!("IX{n:03}")))
        .map(|code| json!({ "indicator": code, "period": "2023/24 Q4", "value": "45" }))
        .collect();
    let input = json!({ "council": council, "figures": again, "acknowledge": [{ "code": "VAL-031", "reason": "Few" }] });
    let (entering, entered) = harness.statements(keeper.gql(crate::entry::RECORD, json!({ "input": input }))).await;
    assert_eq!(crate::entry::accepted(&entered.data()["valuesRecord"])[0], i64::try_from(indicators - 2).expect("few"));
    costs.push(("valuesRecord", entering));

    let period = "2024/25 Q2";
    for (name, variables) in [
        ("Viewer", json!({})),
        ("Scorecard", json!({ "council": council, "period": period })),
        ("Indicator", json!({ "council": council, "code": "WM01", "period": period })),
        ("GoldenThread", json!({ "council": council, "code": "O1" })),
    ] {
        let (sent, answer) = harness.statements(keeper.run(name, variables)).await;
        let data = answer.data();
        if name == "Scorecard" {
            assert_eq!(data["council"]["framework"]["indicators"]["totalCount"], indicators);
        }
        costs.push((name, sent));
    }
    let listed = "query($code: String!) { council(code: $code) { imports { totalCount nodes { id state counts { new } } } packs { nodes { id } } } }";
    let (sent, _) = harness.statements(keeper.gql(listed, json!({ "code": council }))).await;
    costs.push(("imports and packs", sent));
    let (sent, answer) = harness.statements(keeper.gql(RETURNS, json!({ "code": council, "period": period }))).await;
    let nodes = answer.data()["council"]["returns"]["nodes"].clone();
    let figures = nodes.as_array().expect("returns").iter().map(|one| one["figures"]["totalCount"].as_u64().expect("a count"));
    assert_eq!((figures.len(), figures.sum::<u64>()), (3, u64::try_from(indicators).expect("a count") + 1));
    costs.push(("returns and their collection", sent));
    let input = json!({ "council": council, "forum": "SLT", "period": period });
    let (sent, _) = harness.statements(keeper.run("PackBuild", json!({ "input": input }))).await;
    costs.push(("PackBuild", sent));
    let (sent, ()) = harness.statements(harness.settle()).await;
    costs.push(("the pack's job", sent));
    let (undo, undone) = harness.statements(keeper.undo(&id)).await;
    assert_eq!(undone["reversed"], indicators - 2);
    costs.push(("ImportUndo", undo));
    costs
}

#[tokio::test]
async fn sixty_indicators_cost_as_many_statements_as_five() {
    for_each_database(async |harness| {
        let few = costs(harness, "huntingdonshire", 5).await;
        let many = costs(harness, "devon", 60).await;
        assert_eq!(few, many);
        let scorecard = few.iter().find(|(name, _)| *name == "Scorecard").expect("it was asked").1;
        assert!(scorecard <= SCORECARD_MAX, "the Scorecard sent {scorecard} statements");
    })
    .await;
}
