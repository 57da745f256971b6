//! Both ways in, and watching.

use std::cell::Cell;
use std::time::{Duration, Instant};

use goldenthread::access::GrantScope;
use rules::permission::Role;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tests::{World, for_each_database, framework_of, workbook};

use super::fair::queued;
use super::{counts, first_quarter};

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn a_file_beside_the_request_goes_the_same_way_as_an_upload() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let bytes = workbook("Return", &first_quarter());

        let kept = keeper.upload("../Q1 return.xlsx", bytes.clone()).await;
        assert_eq!(kept.status(), 201);
        let kept: Value = kept.json().await.expect("JSON");
        assert_eq!((&kept["sha256"], &kept["bytes"]), (&json!(sha256(&bytes)), &json!(bytes.len())));
        let by_upload = keeper.submit("huntingdonshire", "../Q1 return.xlsx", bytes.clone()).await;

        let variables = json!({ "input": { "council": "huntingdonshire" } });
        let data = keeper.run_with_file("ImportSubmit", variables, "Q1 return.xlsx", bytes.clone()).await.data();
        assert_eq!(data["importSubmit"]["userErrors"], json!([]));
        harness.settle().await;
        let by_file = data["importSubmit"]["import"]["id"].as_str().expect("an id");

        for id in [by_upload.as_str(), by_file] {
            let plan = keeper.plan(id).await;
            assert_eq!((&plan["state"], &plan["sha256"]), (&json!("PLANNED"), &json!(sha256(&bytes))));
            assert_eq!(plan["fileName"], "Q1 return.xlsx");
            assert_eq!(counts(&plan), [6, 0, 0, 0, 0, 0]);
        }
    })
    .await;
}

#[tokio::test]
async fn an_import_needs_one_workbook_and_no_more() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let kept: Value = keeper.upload("q1.xlsx", workbook("Return", &first_quarter())).await.json().await.expect("JSON");
        let submit = async |input: Value| keeper.run("ImportSubmit", json!({ "input": input })).await.data()["importSubmit"].clone();
        let none = submit(json!({ "council": "huntingdonshire" })).await;
        assert_eq!((&none["import"], &none["userErrors"][0]["code"]), (&Value::Null, &json!("UPLOAD_NEEDED")));
        let both = json!({ "input": { "council": "huntingdonshire", "upload": kept["upload"] } });
        let both = keeper.run_with_file("ImportSubmit", both, "q1.xlsx", b"PK".to_vec()).await.data();
        assert_eq!(both["importSubmit"]["userErrors"][0]["code"], "UPLOAD_NEEDED");
        for upload in ["u0", "w00000000000000000000000000000000", "u00000000000000000000000000000000"] {
            let unknown = submit(json!({ "council": "huntingdonshire", "upload": upload })).await;
            assert_eq!(unknown["userErrors"][0]["code"], "UPLOAD_NOT_FOUND", "{upload}");
        }
        harness.later(chrono::Duration::hours(24));
        let late = submit(json!({ "council": "huntingdonshire", "upload": kept["upload"] })).await;
        assert_eq!(late["userErrors"][0]["code"], "UPLOAD_NOT_FOUND");
        assert_eq!(harness.count(world.council, "import WHERE file_name <> 'framework.xlsx'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn whoever_watches_is_told_of_every_step_until_the_plan_is_ready() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let kept: Value = keeper.upload("q1.xlsx", workbook("Return", &first_quarter())).await.json().await.expect("JSON");
        let input = json!({ "council": "huntingdonshire", "upload": kept["upload"] });
        let data = keeper.run("ImportSubmit", json!({ "input": input })).await.data();
        let id = &data["importSubmit"]["import"]["id"];

        let mut socket = harness.socket(&world.keeper).await;
        socket.subscribe("watch", "ImportProgress", json!({ "id": id })).await;
        let queued = json!({ "state": "QUEUED", "done": 0, "total": 0 });
        let first = socket.next().await.expect("is told");
        assert_eq!(first, json!({ "type": "next", "id": "watch", "payload": { "data": { "importProgress": queued } } }));

        let ((), told) = tokio::join!(harness.settle(), async {
            let mut told = Vec::new();
            while let Some(message) = socket.next().await {
                if message["type"] == "complete" {
                    break;
                }
                told.push(message["payload"]["data"]["importProgress"].clone());
            }
            told
        });
        assert_eq!(told.last(), Some(&json!({ "state": "PLANNED", "done": 1000, "total": 1000 })), "{told:?}");
        assert!(told.iter().rev().skip(1).all(|step| step["state"] == "READING"), "{told:?}");

        // What is over is told once, and that it is over.
        socket.subscribe("late", "ImportProgress", json!({ "id": id })).await;
        assert_eq!(socket.next().await.expect("is told")["payload"]["data"]["importProgress"]["state"], "PLANNED");
        assert_eq!(socket.next().await, Some(json!({ "type": "complete", "id": "late" })));
    })
    .await;
}

/// Figures of three hundred indicators in two quarters of twenty years, most of them in no period that takes any.
fn large() -> Vec<u8> {
    let mut rows = vec![json!(["Ref", "Period", "Result"])];
    for year in 2005..=2024 {
        for quarter in ["Q1", "Q2"] {
            let period = format!("{year}/{:02} {quarter}", (year + 1) % 100);
            rows.extend((6..=INDICATORS).map(|n| json!([format!("IX{n:03}"), period, n])));
        }
    }
    workbook("Return", &Value::Array(rows))
}

const INDICATORS: usize = 300;

/// The steps one after the other: what is done and of how much, while it is read and planned.
fn moves(told: &[Value]) -> Vec<i64> {
    let mut steps = Vec::new();
    for step in told.iter().filter(|step| step["state"] == "READING") {
        assert_eq!(step["total"], 1000, "{told:?}");
        steps.push(step["done"].as_i64().expect("a number"));
    }
    assert!(steps.iter().all(|done| (0..=1000).contains(done)) && steps.is_sorted(), "{told:?}");
    steps.dedup();
    steps
}

#[tokio::test]
async fn progress_moves_while_a_large_workbook_is_read_and_while_it_is_planned() {
    for_each_database(async |harness| {
        let world = World::with(harness, "huntingdonshire", &framework_of("huntingdonshire", INDICATORS)).await;
        let keeper = world.keeper();
        let id = queued(&keeper, "huntingdonshire", "large.xlsx", large()).await;
        let mut socket = harness.socket(&world.keeper).await;
        socket.subscribe("watch", "ImportProgress", json!({ "id": id })).await;
        let query = "query($id: ID!) { node(id: $id) { ... on Import { progress { state done total } } } }";
        let (since, over) = (Instant::now(), Cell::new(false));
        let (kept, told, asked) = tokio::join!(
            async {
                harness.settle().await;
                over.set(true);
                since.elapsed()
            },
            async {
                let mut told = Vec::new();
                while let Some(message) = socket.next().await.filter(|message| message["type"] != "complete") {
                    if message["type"] == "next" {
                        told.push(message["payload"]["data"]["importProgress"].clone());
                        // Whoever says nothing for a minute is taken for gone.
                        socket.send(&json!({ "type": "ping" })).await;
                    }
                }
                told
            },
            async {
                let mut asked = Vec::new();
                while !over.get() {
                    asked.push(keeper.gql(query, json!({ "id": id })).await.data()["node"]["progress"].clone());
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                asked
            }
        );
        assert_eq!(told.last(), Some(&json!({ "state": "PLANNED", "done": 1000, "total": 1000 })), "{told:?}");
        for steps in [moves(&told), moves(&asked)] {
            // The workbook is read when half of it is done.
            assert!(steps.iter().any(|done| (1..1000).contains(done)), "{steps:?} in {kept:?}");
            // It is told twice a second, so that a machine that is quick with one half may leave no word of it.
            if kept > Duration::from_secs(4) {
                assert!(steps.iter().any(|done| (1..500).contains(done)), "{steps:?} in {kept:?}");
                assert!(steps.iter().any(|done| (501..1000).contains(done)), "{steps:?} in {kept:?}");
            }
        }
        // Whoever watches is woken twice a second, looks once a second besides, and looks again after each news: however many
        // rows there are.
        let most = 6 + usize::try_from(kept.as_millis() * 6 / 1_000).expect("a number");
        assert!(moves(&told).len() <= most, "{told:?} in {kept:?}");
        // Planned anew, it begins again.
        let again = "mutation($input: ImportReplanInput!) { importReplan(input: $input) { import { progress { done total } } userErrors { code } } }";
        let again = keeper.gql(again, json!({ "input": { "id": id } })).await.data()["importReplan"].clone();
        assert_eq!(again, json!({ "import": { "progress": { "done": 0, "total": 0 } }, "userErrors": [] }));
    })
    .await;
}

#[tokio::test]
async fn whoever_loses_the_right_while_watching_is_told_nothing_more() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        for (how, sql) in [
            ("their role is withdrawn", "UPDATE role_grant SET withdrawn_at = '2024-10-14 09:00:00+00:00'"),
            ("they are suspended", "UPDATE person SET suspended_at = '2024-10-14 09:00:00+00:00'"),
        ] {
            let watcher = harness.person(world.council, how, &[(Role::PerformanceTeam, GrantScope::Council)]).await;
            let keeper = world.keeper();
            let kept: Value = keeper.upload("q1.xlsx", workbook("Return", &first_quarter())).await.json().await.expect("JSON");
            let input = json!({ "council": "huntingdonshire", "upload": kept["upload"] });
            let data = keeper.run("ImportSubmit", json!({ "input": input })).await.data();
            let mut socket = harness.socket(&watcher).await;
            socket.subscribe("watch", "ImportProgress", json!({ "id": data["importSubmit"]["import"]["id"] })).await;
            let first = socket.next().await.expect("is told");
            assert_eq!(first["payload"]["data"]["importProgress"]["state"], "QUEUED");

            let change = harness.app.db.change(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
            let whose = if sql.contains("role_grant") { "person_id" } else { "id" };
            let statement = format!("{sql} WHERE {whose} = $1");
            let statement = Statement::from_sql_and_values(harness.app.db.backend(), statement, [watcher.id.into()]);
            change.execute_raw(statement).await.expect("changes");
            change.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
            harness.settle().await;

            let next = socket.next().await.expect("is told").to_string();
            assert!(!next.contains("PLANNED") && !next.contains("READING") && next.contains("errors"), "{how}: {next}");
            assert_eq!(socket.next().await, Some(json!({ "type": "complete", "id": "watch" })), "{how}");
        }
    })
    .await;
}
