//! A node that is told to stop finishes what it does or hands it over.

use std::process::Command;
use std::time::{Duration, Instant};

use goldenthread::db::Db;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use tests::{Harness, Served, for_each_database, program, workbook};

use super::Stage;
use crate::imports::first_quarter;

/// Within which another node has what one handed over, from when that was told to stop.
const TAKEN_WITHIN: Duration = Duration::from_secs(2);

/// A job: its state, how often it was tried, when it was last taken up, in microseconds.
async fn job(harness: &Harness) -> (String, i32, i64) {
    let db = Db::clone(&harness.app.db);
    let sql = "SELECT state, attempts, CAST(EXTRACT(EPOCH FROM claimed_at) * 1000000 AS BIGINT) FROM job ORDER BY id DESC LIMIT 1";
    let tx = db.across_councils("jobs").await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    let row = tx.query_one_raw(Statement::from_string(db.backend(), sql)).await.expect("a table").expect("a job");
    let get = "a column";
    (
        row.try_get_by_index(0).expect(get),
        row.try_get_by_index(1).expect(get),
        row.try_get_by_index::<Option<i64>>(2).expect(get).unwrap_or(0),
    )
}

/// Waits until the job is in hand, and was taken up after an instant; answers when that was.
async fn taken(harness: &Harness, after: i64) -> i64 {
    let since = Instant::now();
    loop {
        let (state, _, at) = job(harness).await;
        if state == "RUNNING" && at > after {
            return at;
        }
        assert!(since.elapsed() < Duration::from_secs(30), "nobody took the job: {state}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// What is asked for is in the middle of being done by one node; it is told to stop, and another does it.
async fn handed_over(stage: &Stage<'_>, what: &str) {
    let harness = stage.world.harness;
    // Whoever does it waits for this in the middle, as for another change of the council.
    let held = harness.app.db.change(stage.world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    let mut one = Served::start(harness, &[]);
    let first = taken(harness, 0).await;
    let other = Served::start(harness, &[]);
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(job(harness).await, ("RUNNING".to_owned(), 1, first), "{what}: it is in hand");
    let told = Instant::now();
    assert_eq!(one.terminate(), 0);
    taken(harness, first).await;
    assert!(told.elapsed() < TAKEN_WITHIN, "{what} was taken up after {:?}", told.elapsed());
    drop(held);
    while job(harness).await.0 != "DONE" {
        assert!(told.elapsed() < Duration::from_secs(60), "{what} is not done: {:?}", job(harness).await);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(job(harness).await.1, 1, "{what}: being handed over is no failure");
    drop(other);
}

#[tokio::test]
async fn what_a_stopping_node_has_in_hand_another_takes_up_within_two_seconds() {
    for_each_database(async |harness| {
        let Some(stage) = Stage::set(harness).await else { return };
        let keeper = stage.at(&harness.url);
        let kept = keeper.upload("q1.xlsx", workbook("Return", &first_quarter())).await;
        let kept: serde_json::Value = kept.json().await.expect("JSON");
        let input = json!({ "council": "huntingdonshire", "upload": kept["upload"] });
        let data = keeper.run("ImportSubmit", json!({ "input": input })).await.data();
        let id = data["importSubmit"]["import"]["id"].as_str().expect("an id").to_owned();
        handed_over(&stage, "an import").await;
        assert_eq!(keeper.plan(&id).await["state"], "PLANNED");

        let input = json!({ "council": "huntingdonshire", "forum": "SLT", "period": "2024/25 Q1", "meetingOn": "2024-10-22" });
        let data = keeper.run("PackBuild", json!({ "input": input })).await.data();
        let id = data["packBuild"]["pack"]["id"].as_str().expect("an id").to_owned();
        handed_over(&stage, "a pack").await;
        assert_eq!(crate::packs::pack(&keeper, &id).await["state"], "READY");
        assert_eq!(harness.count(stage.world.council, "audit_event WHERE verb = 'pack.ready'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_node_alone_takes_up_again_what_it_left_when_it_stopped() {
    for_each_database(async |harness| {
        let Some(stage) = Stage::set(harness).await else { return };
        let keeper = stage.at(&harness.url);
        let kept = keeper.upload("q1.xlsx", workbook("Return", &first_quarter())).await;
        let kept: serde_json::Value = kept.json().await.expect("JSON");
        let input = json!({ "council": "huntingdonshire", "upload": kept["upload"] });
        keeper.run("ImportSubmit", json!({ "input": input })).await.data();
        let held = harness.app.db.change(stage.world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let mut node = Served::start(harness, &[]);
        let first = taken(harness, 0).await;
        assert_eq!(node.terminate(), 0);
        assert_eq!(job(harness).await, ("QUEUED".to_owned(), 0, first));
        drop(held);
        // It waits for no lease to end.
        let _node = node.again(harness, &[]);
        let since = Instant::now();
        while job(harness).await.0 != "DONE" {
            assert!(since.elapsed() < Duration::from_secs(15), "{:?}", job(harness).await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_watches_over_a_container_is_told_whether_the_service_answers() {
    for_each_database(async |harness| {
        let served = Served::start(harness, &[]);
        let listen = served.url.trim_start_matches("http://").to_owned();
        let healthy =
            || Command::new(program()).arg("healthy").env("GOLDENTHREAD_LISTEN", &listen).output().expect("runs").status.success();
        assert!(healthy());
        drop(served);
        assert!(!healthy());
    })
    .await;
}
