//! What is told from node to node, and what is not.

use std::time::{Duration, Instant};

use goldenthread::db::Db;
use goldenthread::news::{self, Told};
use sea_orm::sqlx::postgres::PgListener;
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::json;
use tests::{Served, for_each_database, workbook};
use uuid::Uuid;

use super::{Stage, event};
use crate::imports::first_quarter;

/// Within which what was done at one node is told at another. Without being told, a node looks every fifteen seconds.
const TOLD_WITHIN: Duration = Duration::from_secs(1);

#[tokio::test]
async fn what_is_done_at_one_node_is_told_at_another_within_a_second() {
    for_each_database(async |harness| {
        let Some(stage) = Stage::set(harness).await else { return };
        let (here, there) = (Served::start(harness, &[]), Served::start(harness, &[]));
        let mut watch = stage.watching(&there.url).await;
        for value in 70..80 {
            let entered = stage.enter(&here.url, value).await;
            let answered = Instant::now();
            assert_eq!(entered["userErrors"], json!([]));
            let mut kinds = Vec::new();
            while kinds.last() != Some(&json!("ACCEPTED")) {
                let (told, at) = event(&mut watch).await;
                assert!(at.saturating_duration_since(answered) < TOLD_WITHIN, "{told} came {:?} late", at - answered);
                kinds.push(told["importEvent"].clone());
            }
            // Its own write is read at once, wherever it is asked for.
            for node in [&here, &there] {
                assert_eq!(stage.figure(&node.url).await, json!(value.to_string()));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn an_import_one_node_reads_is_watched_at_another() {
    for_each_database(async |harness| {
        let Some(stage) = Stage::set(harness).await else { return };
        let (here, there) = (Served::start(harness, &[]), Served::start(harness, &[]));
        let keeper = stage.at(&here.url);
        let kept = keeper.upload("q1.xlsx", workbook("Return", &first_quarter())).await;
        let kept: serde_json::Value = kept.json().await.expect("JSON");
        let input = json!({ "council": "huntingdonshire", "upload": kept["upload"] });
        let data = keeper.run("ImportSubmit", json!({ "input": input })).await.data();
        let id = data["importSubmit"]["import"]["id"].clone();
        let mut socket = tests::Socket::open(&there.url, &stage.keeper.token).await;
        socket.subscribe("watch", "ImportProgress", json!({ "id": id })).await;
        let begun = Instant::now();
        let mut states = Vec::new();
        while let Some(message) = socket.next().await {
            if message["type"] == "complete" {
                break;
            }
            states.push(message["payload"]["data"]["importProgress"]["state"].clone());
        }
        assert_eq!(states.last(), Some(&json!("PLANNED")), "{states:?}");
        assert!(begun.elapsed() < Duration::from_secs(10), "it was looked for, not told: {:?}", begun.elapsed());
    })
    .await;
}

#[tokio::test]
async fn a_node_that_heard_nothing_for_a_while_looks_and_hears_again() {
    for_each_database(async |harness| {
        let Some(stage) = Stage::set(harness).await else { return };
        let (here, there) = (Served::start(harness, &[]), Served::start(harness, &[]));
        let mut watch = stage.watching(&there.url).await;
        let owner = crate::installation::connect(&harness.database).await;
        for value in [71, 72, 73] {
            let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                WHERE application_name = 'goldenthread news' AND datname = current_database()";
            let cut = owner.execute_unprepared(cut).await.expect("cuts them off").rows_affected();
            assert!(cut <= 2, "{cut} listen");
            stage.enter(&here.url, value).await;
            let answered = Instant::now();
            while event(&mut watch).await.0["importEvent"] != "ACCEPTED" {}
            assert!(answered.elapsed() < Duration::from_secs(3), "{:?}", answered.elapsed());
        }
        owner.close().await.expect("closes");
    })
    .await;
}

#[tokio::test]
async fn a_change_tells_once_when_it_is_committed_and_not_before() {
    for_each_database(async |harness| {
        if harness.app.db.backend() != DbBackend::Postgres {
            return;
        }
        let council = harness.council("huntingdonshire").await;
        let mut raw = PgListener::connect(&harness.database).await.expect("listens");
        raw.listen("goldenthread").await.expect("listens");
        let other = Db::open(&harness.database).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let listening = tokio::spawn(news::serve(other.clone()));
        while !other.news().hears() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let mut ear = other.news().listen();
        let import = Uuid::from_u128(7);
        let change = async || harness.app.db.change(council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));

        let undone = change().await;
        undone.tell(Told::Import(import));
        drop(undone);
        let silent = change().await;
        silent.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let told = change().await;
        for n in 0..100 {
            told.tell(Told::Import(Uuid::from_u128(n)));
            told.tell(Told::Activity);
            told.tell(Told::Job);
        }
        assert!(tokio::time::timeout(Duration::from_millis(300), ear.import(council, import)).await.is_err(), "not before");
        told.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        tokio::time::timeout(TOLD_WITHIN, ear.import(council, import)).await.expect("is told");
        let message = raw.recv().await.expect("a message");
        assert!(message.payload().len() < 1_000, "{}", message.payload());
        assert!(tokio::time::timeout(Duration::from_millis(300), raw.recv()).await.is_err(), "once");
        listening.abort();
        other.pool().clone().close().await.expect("closes");
    })
    .await;
}
