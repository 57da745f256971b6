//! Alive and ready, and each thing that makes a node not ready.

use std::sync::Arc;
use std::time::{Duration, Instant};

use goldenthread::app::App;
use goldenthread::telemetry::Health;
use goldenthread::telemetry::health::{Found, Loop};
use sea_orm::{ConnectionTrait, Database};
use serde_json::{Value, json};
use tests::{Harness, Served, for_each_database, free};

/// What a node that has just begun to look finds.
async fn looked(harness: &Harness) -> Value {
    let app = App { health: Arc::new(Health::default()), ..harness.app.clone() };
    serde_json::to_value(app.health.report(&app).await).expect("JSON")
}

async fn asked(url: &str) -> (u16, Value) {
    let response = reqwest::get(url).await.expect("is answered");
    assert_eq!(response.headers()["cache-control"], "no-store");
    (response.status().as_u16(), response.json().await.expect("JSON"))
}

#[tokio::test]
async fn a_node_that_can_work_says_so() {
    for_each_database(async |harness| {
        assert_eq!(asked(&format!("{}/healthz", harness.url)).await, (200, json!({ "status": "alive" })));
        let fine = json!({ "database": "ok", "migrations": "ok", "files": "ok", "running": "ok" });
        assert_eq!(asked(&format!("{}/readyz", harness.url)).await, (200, json!({ "status": "ready", "checks": fine })));
        harness.app.health.seen(Loop::Jobs);
        assert_eq!(asked(&format!("{}/readyz", harness.url)).await.1["checks"]["jobs"], "ok");
        // Whoever asks without end asks the database once a second.
        let (sent, ()) = harness
            .statements(async {
                for _ in 0..50 {
                    assert_eq!(asked(&format!("{}/readyz", harness.url)).await.0, 200);
                }
            })
            .await;
        assert_eq!(sent, 0, "and what it asks goes by the clock");
    })
    .await;
}

#[tokio::test]
async fn a_migration_that_is_missing_makes_a_node_not_ready_and_one_it_does_not_know_does_not() {
    for_each_database(async |harness| {
        let owner = Database::connect(&harness.database).await.expect("its owner");
        let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29991231_000001_later', 0)";
        owner.execute_unprepared(newer).await.expect("writes");
        assert_eq!(looked(harness).await["ready"], true, "the next version may have started beside this one");
        owner.execute_unprepared("DELETE FROM seaql_migrations WHERE version LIKE '%_submitted'").await.expect("writes");
        let found = looked(harness).await;
        assert_eq!((&found["ready"], &found["checks"]["migrations"]), (&json!(false), &json!("behind")));
        assert_eq!(found["checks"]["database"], "ok");
        owner.close().await.expect("closes");
    })
    .await;
}

#[tokio::test]
async fn files_that_cannot_be_kept_are_told_and_the_node_goes_on_reading() {
    for_each_database(async |harness| {
        let (files, aside) = (harness.folder.join("files"), harness.folder.join("aside"));
        std::fs::rename(&files, &aside).expect("moves");
        std::fs::write(&files, "in its place").expect("writes");
        let found = looked(harness).await;
        assert_eq!((&found["ready"], &found["checks"]["files"]), (&json!(true), &json!("unreachable")));
        std::fs::remove_file(&files).expect("removes");
        std::fs::rename(&aside, &files).expect("moves back");
        assert_eq!(looked(harness).await["ready"], true);
    })
    .await;
}

#[tokio::test]
async fn a_database_that_answers_late_or_not_at_all_makes_a_node_not_ready() {
    for_each_database(async |harness| {
        let council = harness.council("huntingdonshire").await;
        let mut held = Vec::new();
        for _ in 0..harness.app.db.connections().most {
            held.push(harness.app.db.snapshot(council).await.unwrap_or_else(|error| panic!("{}", error.log_text())));
        }
        let began = Instant::now();
        let found = looked(harness).await;
        assert_eq!(found["checks"]["database"], "late");
        assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
        drop(held);
        assert_eq!(looked(harness).await["ready"], true);
        harness.app.db.pool().close_by_ref().await.expect("closes");
        let found = looked(harness).await;
        assert_eq!((&found["ready"], &found["checks"]["database"]), (&json!(false), &json!("unreachable")));
        // What is told of it is no secret.
        let (status, body) = asked(&format!("{}/readyz", harness.url)).await;
        assert_eq!((status, &body["status"], body.to_string().contains("postgres")), (503, &json!("not ready"), false));
        assert_eq!(asked(&format!("{}/healthz", harness.url)).await.0, 200, "it is alive all the same");
    })
    .await;
}

#[tokio::test]
async fn a_runner_that_is_gone_makes_a_node_not_ready() {
    for_each_database(async |harness| {
        let health = Health::default();
        let app = App { health: Arc::new(health), ..harness.app.clone() };
        app.health.seen(Loop::Jobs);
        assert!(app.health.report(&app).await.ready);
        app.health.seen_at(Loop::Jobs, Instant::now().checked_sub(Duration::from_secs(61)).expect("a minute ago"));
        let report = app.health.report(&app).await;
        assert_eq!((report.ready, report.checks["jobs"]), (false, Found::Silent));
    })
    .await;
}

#[tokio::test]
async fn a_node_that_is_told_to_stop_is_not_ready_at_once_and_serves_for_a_while_yet() {
    for_each_database(async |harness| {
        let watch = free();
        let settings = [("GOLDENTHREAD_DRAIN_SECONDS", "3"), ("GOLDENTHREAD_METRICS_LISTEN", &watch.to_string())];
        let mut served = Served::start(harness, &settings);
        let (status, body) = asked(&format!("{}/readyz", served.url)).await;
        assert_eq!((status, &body["checks"]["jobs"]), (200, &json!("ok")));
        assert_eq!(asked(&format!("http://{watch}/readyz")).await.0, 200);
        assert!(super::exposition::fetched(&format!("http://{watch}/metrics")).await.value("process_start_time_seconds") > 1.7e9);
        served.tell_to_stop();
        let began = Instant::now();
        // The signal reaches the process when the system gets to it.
        let told = loop {
            let (status, body) = asked(&format!("{}/readyz", served.url)).await;
            if status == 503 {
                break body;
            }
            assert!(began.elapsed() < Duration::from_secs(2), "{body}");
        };
        assert_eq!((&told["status"], &told["checks"]["running"]), (&json!("not ready"), &json!("stopping")));
        let answer = served.door(harness).visitor().gql("{ __typename }", json!({})).await;
        assert_eq!(answer.data(), json!({ "__typename": "Query" }), "whoever comes all the same is served");
        assert_eq!(asked(&format!("{}/healthz", served.url)).await.0, 200);
        assert_eq!(served.terminate(), 0);
        assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    })
    .await;
}
