//! Accepting: exactly the plan, by whoever may record each of its rows, over what is held as the plan saw it.

use goldenthread::access::GrantScope;
use rules::delivery::book::DeliveryRow::{Action, Milestone, Money, Project, Recommendation};
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, for_each_database};

use super::model::{Small, action, book, milestone, money, project, recommendation};
use super::{CODE, bring, delivery, someone, tell, withdraw};
use crate::imports::counts;

const ACCEPT: &str = "mutation($input: ImportAcceptInput!) { importAccept(input: $input) { import { state } stale { key because }
    userErrors { code message } } }";
const REPLAN: &str = "mutation($input: ImportReplanInput!) { importReplan(input: $input) { import { state } userErrors { code } } }";

async fn accept(client: &Client<'_>, id: &str) -> Value {
    client.gql(ACCEPT, json!({ "input": { "id": id } })).await.data()["importAccept"].clone()
}

/// The code it was refused with, and the rows that are stale.
#[track_caller]
fn refused(payload: &Value) -> (&str, &Value) {
    assert_eq!(payload["import"], Value::Null, "{payload:#}");
    (payload["userErrors"][0]["code"].as_str().expect("a code"), &payload["stale"])
}

#[tokio::test]
async fn a_plan_that_saw_something_else_is_not_applied_and_says_what_moved() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        bring(&small.keeper, "first.xlsx", book([Action(action("A1")), Action(action("A2")), Action(action("A3"))])).await;
        let row = |code: &str| {
            let mut row = action(code);
            row.progress = Some("By workbook".to_owned());
            Action(row)
        };
        let id = small.keeper.submit(CODE, "second.xlsx", book([row("A1"), row("A2"), row("A3"), row("A4")])).await;
        harness.later(chrono::Duration::hours(1));
        tell(&small.keeper, "action", "code", json!({ "code": "A1", "progress": "By entry" })).await.expect("is told");
        let new = json!({ "code": "A4", "title": "Mine", "kind": "SERVICE_PLAN", "element": "S1", "leadOfficer": "Head",
            "status": "NOT_STARTED", "asAt": "2024-10-01" });
        tell(&small.keeper, "action", "code", new).await.expect("is told");
        withdraw(&small.keeper, "ACTION", "A3", "Told twice").await.expect("is withdrawn");
        let before = harness.written(small.world.council).await;
        let answer = accept(&small.keeper, &id).await;
        let stale = json!([
            { "key": "action A1", "because": "it was changed since" },
            { "key": "action A3", "because": "it is no longer there" },
            { "key": "action A4", "because": "it is there by now" },
        ]);
        assert_eq!(refused(&answer), ("PLAN_OUT_OF_DATE", &stale));
        assert_eq!(harness.written(small.world.council).await, before);
        let told = delivery(&small.keeper, "actions(first: 10) { nodes { code progress title } }").await;
        assert_eq!(told["actions"]["nodes"][0]["progress"], "By entry");
        assert_eq!(super::codes(&told["actions"]["nodes"]), ["A1", "A2", "A4"]);
        // Planned anew it says what it would do now.
        let again = small.keeper.gql(REPLAN, json!({ "input": { "id": id } })).await.data();
        assert_eq!(again["importReplan"]["userErrors"], json!([]));
        harness.settle().await;
        assert_eq!(counts(&small.keeper.plan(&id).await)[..4], [1, 2, 0, 1], "A4 was told of a later day");
    })
    .await;
}

#[tokio::test]
async fn a_plan_whose_rows_lead_to_what_is_gone_is_not_applied() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        bring(&small.keeper, "held.xlsx", book([Recommendation(recommendation("R1"))])).await;
        bring(&small.office, "programme.xlsx", book([Project(project("PA")), Milestone(milestone("M1", "PA", "2024-12-13"))])).await;
        let (mut answers, mut done_for) = (action("A1"), action("A2"));
        answers.answers = Some("R1".to_owned());
        done_for.milestone = Some("M1".to_owned());
        let one = small.keeper.submit(CODE, "one.xlsx", book([Action(answers)])).await;
        let two = small.keeper.submit(CODE, "two.xlsx", book([Action(done_for)])).await;
        harness.later(chrono::Duration::hours(1));
        withdraw(&small.keeper, "RECOMMENDATION", "R1", "Never made").await.expect("is withdrawn");
        withdraw(&small.office, "MILESTONE", "M1", "Never agreed").await.expect("is withdrawn");
        let before = harness.written(small.world.council).await;
        for id in [one, two] {
            let answer = accept(&small.keeper, &id).await;
            assert_eq!(refused(&answer).0, "PLAN_OUT_OF_DATE");
            assert_eq!(harness.written(small.world.council).await, before);
        }
    })
    .await;
}

#[tokio::test]
async fn leaving_a_row_out_takes_nothing_that_leads_to_it() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let mut answers = action("A1");
        answers.answers = Some("R1".to_owned());
        let rows = [Recommendation(recommendation("R1")), Action(answers), Action(action("A2"))];
        let id = small.keeper.submit(CODE, "plans.xlsx", book(rows)).await;
        let query = "query($id: ID!) { node(id: $id) { ... on Import { changes(first: 10) { nodes { id key } } } } }";
        let rows = small.keeper.gql(query, json!({ "id": id })).await.data()["node"]["changes"]["nodes"].clone();
        let row = |key: &str| rows.as_array().expect("rows").iter().find(|row| row["key"] == key).expect("a row")["id"].clone();
        let before = harness.written(small.world.council).await;
        let refused = small.keeper.accept(&id, json!({ "leaveOut": [row("R1")] })).await;
        assert_eq!(refused["userErrors"][0]["code"], "PLAN_OUT_OF_DATE");
        assert_eq!(harness.written(small.world.council).await, before);
        let taken = small.keeper.accept(&id, json!({ "leaveOut": [row("A2"), row("A1")] })).await;
        assert_eq!(taken["userErrors"], json!([]));
        let told = delivery(&small.keeper, "actions(first: 10) { totalCount } recommendations { code }").await;
        assert_eq!((&told["actions"]["totalCount"], super::codes(&told["recommendations"])), (&json!(0), vec!["R1".to_owned()]));
    })
    .await;
}

#[tokio::test]
async fn whoever_accepts_records_each_row_themselves() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let id = small.finance.submit(CODE, "money.xlsx", book([Money(money("S1", "2024/25", 1000))])).await;
        let before = harness.written(small.world.council).await;
        // The performance team sees everybody's imports, and keeps no money.
        let answer = accept(&small.keeper, &id).await;
        assert_eq!(refused(&answer), ("ROWS_NOT_YOURS", &json!([])));
        assert!(
            answer["userErrors"][0]["message"].as_str().is_some_and(|message| message.starts_with("Money S1 2024/25 revenue")),
            "{answer:#}"
        );
        // To others it is not there.
        for other in [&small.office, &small.manager] {
            assert_eq!(refused(&accept(other, &id).await).0, "IMPORT_NOT_FOUND");
        }
        assert_eq!(harness.written(small.world.council).await, before);
        let second = someone(&small.world, "Fred Nance", Role::Finance, GrantScope::Council).await;
        assert_eq!(refused(&accept(&second, &id).await).0, "IMPORT_NOT_FOUND");
        assert_eq!(accept(&small.finance, &id).await["import"]["state"], "ACCEPTED");

        // A manager's own rows, the performance team may record as well.
        let theirs = small.manager.submit(CODE, "actions.xlsx", book([Action(action("A1"))])).await;
        assert_eq!(accept(&small.keeper, &theirs).await["import"]["state"], "ACCEPTED");
        let told = delivery(&small.keeper, "action(code: \"A1\") { recordedBy }").await;
        assert_eq!(told["action"]["recordedBy"], "Perry Team");
    })
    .await;
}
