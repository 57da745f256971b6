//! Queries read from a streaming replica: never stale, whatever it does.

use std::time::{Duration, Instant};

use goldenthread::access::GrantScope;
use goldenthread::app::App;
use rules::permission::Role;
use sea_orm::ConnectionTrait;
use serde_json::json;
use tests::{Cluster, Harness};

use super::Stage;

/// A product on a cluster of its own, and a door to it that reads the replica.
async fn doors(primary: &Cluster, replica: &Cluster, folder: &std::path::Path) -> (Harness, Harness) {
    let harness = Harness::start(&primary.url, folder).await;
    let db = harness.app.db.clone().with_replica(&replica.url).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    let door = harness.door(App { db, kept: None, ..harness.app.clone() }).await;
    (harness, door)
}

/// How many snapshots were read there, how many it lagged for, how many it did not answer.
fn counts(door: &Harness) -> [u64; 3] {
    door.app.db.replica().expect("a replica").counts()
}

/// Waits for what comes by itself.
async fn until(what: &str, mut so: impl AsyncFnMut() -> bool) {
    let since = Instant::now();
    while !so().await {
        assert!(since.elapsed() < Duration::from_secs(20), "{what} did not come");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn what_is_read_on_a_replica_is_never_stale_however_far_it_lags() {
    let Some(primary) = Cluster::start() else { return };
    let replica = primary.replica();
    let folder = tempfile::tempdir().expect("a folder");
    let (harness, door) = doors(&primary, &replica, folder.path()).await;
    let stage = Stage::anywhere(&harness).await;

    // One's own write is read by the very next query, again and again; once all is quiet, on the replica.
    for value in 60..80 {
        assert_eq!(stage.enter(&door.url, value).await["userErrors"], json!([]));
        assert_eq!(stage.figure(&door.url).await, json!(value.to_string()));
    }
    until("a fresh replica", async || {
        assert_eq!(stage.figure(&door.url).await, "79");
        counts(&door)[0] > 0
    })
    .await;

    // It stands still: nobody reads what was before, and what nobody changed is still read there.
    let other = harness.council("devon").await;
    let stranger = harness.performance_team(other).await;
    let auditor = harness.person(other, "Ada Audit", &[(Role::InternalAudit, GrantScope::Council)]).await;
    let name = "{ viewer { name } }";
    until("the other council", async || {
        let before = counts(&door)[0];
        harness.sign_in(&stranger).at(&door.url).gql(name, json!({})).await.data();
        counts(&door)[0] > before
    })
    .await;
    let owner = crate::installation::connect(&replica.url).await;
    owner.execute_unprepared("SELECT pg_wal_replay_pause()").await.expect("pauses");
    let lagged = counts(&door)[1];
    for value in 80..90 {
        assert_eq!(stage.enter(&door.url, value).await["userErrors"], json!([]));
        for _ in 0..3 {
            assert_eq!(stage.figure(&door.url).await, json!(value.to_string()), "the replica stands still");
        }
    }
    assert!(counts(&door)[1] > lagged, "it was asked, and found behind");
    tokio::time::sleep(Duration::from_millis(150)).await;
    let before = counts(&door)[0];
    let told = harness.sign_in(&stranger).at(&door.url).gql(name, json!({})).await.data();
    assert_eq!((&told["viewer"]["name"], counts(&door)[0]), (&json!("Perry Team"), before + 1), "nothing of theirs changed");

    // A refusal changes nothing of a council but its trail, which is read as it ends now.
    let head = "{ council(code: \"devon\") { auditHead { seq } } }";
    let seq = async || harness.sign_in(&auditor).at(&door.url).gql(head, json!({})).await.data()["council"]["auditHead"]["seq"].clone();
    let ended = seq().await.as_i64();
    let refused = harness.sign_in(&stranger).at(&door.url).gql(head, json!({})).await;
    assert_eq!(refused.body["errors"][0]["extensions"]["code"], "FORBIDDEN", "{:#}", refused.body);
    assert_eq!(seq().await.as_i64(), ended.map(|ended| ended + 1));

    // A right that was withdrawn is withdrawn, though the replica still knows it.
    let change = harness.app.db.change(other).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    change.execute_unprepared("UPDATE person SET suspended_at = now()").await.expect("suspends");
    change.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    tokio::time::sleep(Duration::from_millis(150)).await;
    assert_eq!(harness.sign_in(&stranger).at(&door.url).gql(name, json!({})).await.status, 401);

    owner.execute_unprepared("SELECT pg_wal_replay_resume()").await.expect("goes on");
    let before = counts(&door)[0];
    until("a replica that caught up", async || {
        assert_eq!(stage.figure(&door.url).await, "89");
        counts(&door)[0] > before
    })
    .await;
    owner.close().await.expect("closes");
    harness.stop().await;
}

#[tokio::test]
async fn a_replica_that_is_away_costs_one_query_a_moment_and_nobody_an_answer() {
    let Some(primary) = Cluster::start() else { return };
    let replica = primary.replica();
    let folder = tempfile::tempdir().expect("a folder");
    let (harness, door) = doors(&primary, &replica, folder.path()).await;
    let stage = Stage::anywhere(&harness).await;
    assert_eq!(stage.enter(&door.url, 61).await["userErrors"], json!([]));
    until("a fresh replica", async || {
        stage.figure(&door.url).await;
        counts(&door)[0] > 0
    })
    .await;
    drop(replica);
    let mut slowest = Duration::ZERO;
    for value in 62..72 {
        assert_eq!(stage.enter(&door.url, value).await["userErrors"], json!([]));
        let since = Instant::now();
        assert_eq!(stage.figure(&door.url).await, json!(value.to_string()));
        slowest = slowest.max(since.elapsed());
    }
    let [_, _, away] = counts(&door);
    assert!((1..=4).contains(&away), "it was asked {away} times while it was away");
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
    harness.stop().await;
}
