//! Real traffic moves the right counters, by as much as there was.

use serde_json::json;
use tests::{Harness, Socket, World, for_each_database, workbook};

use super::exposition::{Exposition, gather};
use crate::imports::first_quarter;

/// How much a sample grew.
fn grown(before: &Exposition, after: &Exposition, sample: &str) -> f64 {
    assert!(after.samples.contains_key(sample), "there is no {sample}: {:#?}", after.samples.keys().collect::<Vec<_>>());
    after.value(sample) - before.value(sample)
}

#[tokio::test]
async fn what_is_asked_is_counted_by_its_name_and_what_it_cost() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let before = gather(harness).await;
        let scorecard = json!({ "council": "huntingdonshire", "period": "2024/25 Q1" });
        let (sent, _) = harness
            .statements(async {
                for _ in 0..3 {
                    keeper.run("Scorecard", scorecard.clone()).await.data();
                }
            })
            .await;
        assert_eq!(keeper.gql("{ viewer { name } }", json!({})).await.status, 200);
        let refused = keeper.gql("query Mine { councils { code } }", json!({})).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
        assert_eq!(harness.visitor().gql("query Mine { viewer { name } councils { code } }", json!({})).await.codes().len(), 1);
        let after = gather(harness).await;
        let grew = |sample: &str| grown(&before, &after, sample);
        assert_eq!(grew(r#"goldenthread_operation_duration_seconds_count{operation="Scorecard",kind="query"}"#), 3.0);
        assert_eq!(grew(r#"goldenthread_operation_statements_total{operation="Scorecard",kind="query"}"#), sent as f64);
        assert_eq!(grew(r#"goldenthread_operation_duration_seconds_count{operation="anonymous",kind="query"}"#), 1.0);
        assert_eq!(grew(r#"goldenthread_operation_duration_seconds_count{operation="Mine",kind="query"}"#), 2.0);
        assert_eq!(grew(r#"goldenthread_operation_errors_total{operation="Mine",code="FORBIDDEN"}"#), 1.0);
        assert_eq!(grew(r#"goldenthread_operation_errors_total{operation="Mine",code="UNAUTHENTICATED"}"#), 1.0);
        assert_eq!(grew(r#"goldenthread_http_requests_total{route="/graphql",method="POST",status="200"}"#), 5.0);
        assert_eq!(grew(r#"goldenthread_http_requests_total{route="/graphql",method="POST",status="401"}"#), 1.0);
        assert_eq!(grew("goldenthread_statements_per_operation_count"), 6.0);
        assert_eq!(grew("goldenthread_statements_per_operation_sum"), after_sum(&before, &after));
        assert!(grew("goldenthread_transaction_begin_seconds_count") >= 5.0);
        assert!(grew(r#"goldenthread_statement_duration_seconds_count{verb="SELECT"}"#) >= sent as f64);
        assert!(after.value("process_resident_memory_bytes") > 1e6 && after.value("process_cpu_seconds_total") > 0.0);
        assert_eq!(after.value("process_start_time_seconds"), 1_728_896_400.0, "by the journey's clock");
        assert!(after.value(r#"goldenthread_database_connections{state="idle"}"#) >= 1.0);
        assert_eq!(after.value("goldenthread_database_connections_max"), 12.0);
    })
    .await;
}

/// All statements of operations, whatever they are called.
fn after_sum(before: &Exposition, after: &Exposition) -> f64 {
    let all = |of: &Exposition| -> f64 {
        let operations = of.samples.iter().filter(|(name, _)| name.starts_with("goldenthread_operation_statements_total"));
        operations.map(|(_, value)| value).sum()
    };
    all(after) - all(before)
}

#[tokio::test]
async fn jobs_rows_sockets_and_refusals_are_counted_as_they_come_and_go() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let door: Harness = harness.limited(&["aliases=2", "operations-per-actor=0"]).await;
        let keeper = door.client(Some(world.keeper.token.clone()));
        let before = gather(&door).await;
        // A job that waits, and one that is done: 6 rows of figures read, planned and written.
        let kept: serde_json::Value = keeper.upload("q1.xlsx", workbook("Return", &first_quarter())).await.json().await.expect("JSON");
        let input = json!({ "input": { "council": "huntingdonshire", "upload": kept["upload"] } });
        let submitted = keeper.run("ImportSubmit", input).await.data();
        let waiting = gather(&door).await;
        assert_eq!(waiting.value(r#"goldenthread_jobs_waiting{kind="PLAN_IMPORT"}"#), 1.0);
        assert_eq!(waiting.value(r#"goldenthread_jobs_waiting{kind="BUILD_PACK"}"#), 0.0);
        door.later(chrono::Duration::seconds(90));
        assert_eq!(gather(&door).await.value("goldenthread_oldest_job_wait_seconds"), 90.0);
        door.settle().await;
        let id = submitted["importSubmit"]["import"]["id"].as_str().expect("an id").to_owned();
        assert_eq!(keeper.accept(&id, json!({})).await["userErrors"], json!([]));
        let after = gather(&door).await;
        let grew = |sample: &str| grown(&before, &after, sample);
        assert_eq!(after.value(r#"goldenthread_jobs_waiting{kind="PLAN_IMPORT"}"#), 0.0);
        assert_eq!(after.value(r#"goldenthread_jobs_running{kind="PLAN_IMPORT"}"#), 0.0);
        assert_eq!(grew(r#"goldenthread_jobs_total{kind="PLAN_IMPORT",outcome="done"}"#), 1.0);
        assert_eq!(grew(r#"goldenthread_jobs_total{kind="PLAN_IMPORT",outcome="failed"}"#), 0.0);
        assert_eq!(grew(r#"goldenthread_job_wait_seconds_sum{kind="PLAN_IMPORT"}"#), 90.0);
        assert_eq!(grew(r#"goldenthread_job_duration_seconds_count{kind="PLAN_IMPORT"}"#), 1.0);
        for stage in ["read", "planned", "accepted"] {
            assert_eq!(grew(&format!("goldenthread_import_rows_total{{stage=\"{stage}\"}}")), 6.0, "{stage}");
        }
        // What is open is there as long as it is.
        let mut socket = Socket::open(&door.url, &world.keeper.token).await;
        socket.ask("1", &tests::operation("ImportProgress").replace("ImportProgress(", "Watch("), json!({ "id": id })).await;
        socket.next().await.expect("is told");
        let open = gather(&door).await;
        assert_eq!(open.value("goldenthread_sockets_open"), 1.0);
        assert!(open.value("goldenthread_connections_open") >= 1.0);
        // A refusal is counted by its limit, in whatever way it came.
        assert_eq!(keeper.gql("{ a: __typename b: __typename c: __typename }", json!({})).await.codes(), ["LIMIT"]);
        let refused = gather(&door).await;
        assert_eq!(grown(&before, &refused, r#"goldenthread_refusals_total{limit="aliases"}"#), 1.0);
        assert_eq!(grown(&before, &refused, r#"goldenthread_refusals_total{limit="depth"}"#), 0.0);
        for _ in 0..2 {
            keeper.run("Scorecard", json!({ "council": "huntingdonshire", "period": "2024/25 Q1" })).await.data();
        }
        assert_eq!(grown(&before, &gather(&door).await, r#"goldenthread_kept_answers_total{outcome="hit"}"#), 1.0);
        door.close();
    })
    .await;
}

#[tokio::test]
async fn whoever_invents_names_makes_no_more_series_than_stated() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        for n in 0..250 {
            let query = format!("query Invented{n} {{ __typename }}");
            assert_eq!(world.keeper().gql(&query, json!({})).await.status, 200);
        }
        let after = gather(harness).await;
        let counts = after.samples.iter().filter(|(name, _)| name.starts_with("goldenthread_operation_duration_seconds_count{"));
        let (mut told_apart, mut other) = (0, 0.0);
        for (name, value) in counts {
            told_apart += usize::from(name.contains("Invented"));
            other += if name.contains("operation=\"other\"") { *value } else { 0.0 };
        }
        assert!((190..=200).contains(&told_apart), "{told_apart}");
        assert_eq!(told_apart as f64 + other, 250.0);
    })
    .await;
}

#[tokio::test]
async fn there_are_no_metrics_at_the_clients_door() {
    for_each_database(async |harness| {
        assert_eq!(harness.visitor().get("/metrics").send().await.expect("is answered").status(), 404);
    })
    .await;
}
