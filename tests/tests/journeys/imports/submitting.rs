//! Sending and submitting are one change: whoever's right goes meanwhile has kept nothing, and so has whoever is refused.

use std::time::Duration;

use goldenthread::access::GrantScope;
use rules::permission::Role;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tests::{World, for_each_database, workbook};

use super::first_quarter;

#[tokio::test]
async fn a_right_that_goes_while_a_submission_waits_is_gone() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let bytes = workbook("Return", &first_quarter());
        for way in ["an upload", "a file", "POST /uploads"] {
            let sender = harness.person(world.council, &format!("Sid {way}"), &[(Role::PerformanceTeam, GrantScope::Council)]).await;
            let client = harness.sign_in(&sender);
            let kept: Value = client.upload("q1.xlsx", bytes.clone()).await.json().await.expect("JSON");
            let before = (harness.count(world.council, "import").await, harness.count(world.council, "upload").await);
            let change = harness.app.db.change(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
            let input = json!({ "council": "huntingdonshire" });
            let (refused, ()) = tokio::join!(
                async {
                    match way {
                        "an upload" => {
                            let mut input = input;
                            input["upload"] = kept["upload"].clone();
                            client.run("ImportSubmit", json!({ "input": input })).await.codes()
                        }
                        "a file" => client.run_with_file("ImportSubmit", json!({ "input": input }), "q1.xlsx", bytes.clone()).await.codes(),
                        _ => vec![client.upload("q1.xlsx", bytes.clone()).await.status().as_str().to_owned()],
                    }
                },
                async {
                    // By now it was looked at who sends, and the submission waits for this change.
                    tokio::time::sleep(Duration::from_millis(500)).await;
                    let sql = "UPDATE role_grant SET withdrawn_at = '2024-10-14 09:00:00+00:00' WHERE person_id = $1";
                    let statement = Statement::from_sql_and_values(harness.app.db.backend(), sql, [sender.id.into()]);
                    change.execute_raw(statement).await.expect("withdraws");
                    change.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
                }
            );
            assert!(matches!(refused[0].as_str(), "FORBIDDEN" | "403"), "{way}: {refused:?}");
            let now = (harness.count(world.council, "import").await, harness.count(world.council, "upload").await);
            assert_eq!(now, before, "{way}");
        }
        assert_eq!(harness.count(world.council, "job WHERE state <> 'DONE'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_not_submitted_is_not_kept_either() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let before = harness.holds(world.council).await;
        let input = json!({ "council": "huntingdonshire", "mappingName": "of nobody" });
        let refused =
            keeper.run_with_file("ImportSubmit", json!({ "input": input }), "q1.xlsx", workbook("Return", &first_quarter())).await;
        let refused = refused.data()["importSubmit"].clone();
        assert_eq!((&refused["import"], &refused["userErrors"][0]["code"]), (&Value::Null, &json!("MAPPING_NOT_FOUND")), "{refused}");
        assert_eq!(harness.holds(world.council).await, before);
    })
    .await;
}
