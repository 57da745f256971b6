//! Every document the frontends send fits the schema.

use serde_json::{Value, json};
use tests::{Socket, for_each_database, operations};

/// The variables a document needs to be looked at.
fn variables(name: &str) -> Value {
    let council = "huntingdonshire";
    match name {
        "Viewer" => json!({}),
        "Scorecard" => json!({ "council": council, "period": "2024/25 Q1" }),
        "Indicator" => json!({ "council": council, "code": "WM01", "period": "2024/25 Q1" }),
        "GoldenThread" => json!({ "council": council, "code": "O1" }),
        "ImportSubmit" => json!({ "input": { "council": council, "upload": "u0" } }),
        "ImportProgress" | "ImportPlan" | "Pack" => json!({ "id": "w00000000000000000000000000000000" }),
        "ImportAccept" | "ImportUndo" => json!({ "input": { "id": "w0" } }),
        "PackBuild" => json!({ "input": { "council": council, "forum": "SLT", "period": "2024/25 Q1" } }),
        other => panic!("{other} is new: say here with which variables it is sent, and try it in a journey"),
    }
}

#[tokio::test]
async fn every_document_validates_and_a_visitor_is_asked_to_sign_in() {
    for_each_database(async |harness| {
        assert_eq!(operations().len(), 11);
        for (name, document) in operations() {
            let variables = variables(name);
            if document.starts_with("subscription") {
                let mut socket = Socket::connect(&harness.url).await;
                socket.send(&json!({ "type": "connection_init" })).await;
                assert_eq!(socket.next().await, Some(json!({ "type": "connection_ack" })));
                socket.subscribe("1", name, variables).await;
                let refused = socket.next().await.expect("is answered").to_string();
                assert!(refused.contains("\"UNAUTHENTICATED\""), "{name}: {refused}");
                continue;
            }
            let answer = harness.visitor().gql(document, variables).await;
            // A document that does not validate is answered 400.
            let (status, codes): (u16, &[&str]) = if name == "Viewer" { (200, &[]) } else { (401, &["UNAUTHENTICATED"]) };
            assert_eq!(answer.status, status, "{name}: {:#}", answer.body);
            assert_eq!(answer.codes(), codes, "{name}: {:#}", answer.body);
        }
    })
    .await;
}
