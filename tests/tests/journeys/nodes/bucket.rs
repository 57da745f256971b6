//! Files in a bucket that speaks S3.

use std::io::Write;
use std::time::{Duration, Instant};

use futures::TryStreamExt;
use goldenthread::files::{Files, sha256};
use serde_json::{Value, json};
use tests::{Bucket, Client, Served, for_each_database, workbook};
use uuid::Uuid;

use super::Stage;
use crate::imports::first_quarter;

const PLACE: &str = "s3://performance/golden/thread";

fn files(bucket: &Bucket) -> Files {
    Files::bucket(PLACE, &bucket.environment()).unwrap_or_else(|error| panic!("{}", error.log_text()))
}

/// Waits until an import or a pack is no longer being made.
async fn settled(made: impl AsyncFn() -> Value) -> Value {
    let since = Instant::now();
    loop {
        let now = made().await;
        if !["QUEUED", "READING", "BUILDING"].iter().any(|state| now["state"] == *state) {
            return now;
        }
        assert!(since.elapsed() < Duration::from_secs(90), "{now}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Sends a workbook and answers the id of its import.
async fn submitted(client: &Client<'_>, bytes: Vec<u8>) -> String {
    let kept: Value = client.upload("q1.xlsx", bytes).await.json().await.expect("JSON");
    let input = json!({ "council": "huntingdonshire", "upload": kept["upload"] });
    let data = client.run("ImportSubmit", json!({ "input": input })).await.data();
    assert_eq!(data["importSubmit"]["userErrors"], json!([]));
    data["importSubmit"]["import"]["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn a_workbook_and_its_pack_go_through_a_bucket() {
    for_each_database(async |harness| {
        let stage = Stage::anywhere(harness).await;
        let bucket = Bucket::start().await;
        let settings = [&[("GOLDENTHREAD_FILES", PLACE)][..], &bucket.environment()].concat();
        let served = Served::start(harness, &settings);
        let keeper = stage.at(&served.url);
        let bytes = workbook("Return", &first_quarter());
        let id = submitted(&keeper, bytes.clone()).await;
        let plan = settled(async || keeper.plan(&id).await).await;
        assert_eq!((&plan["state"], &plan["sha256"]), (&json!("PLANNED"), &json!(sha256(&bytes))));
        assert_eq!(keeper.accept(&id, json!({})).await["userErrors"], json!([]));
        let input = json!({ "council": "huntingdonshire", "forum": "SLT", "period": "2024/25 Q1", "meetingOn": "2024-10-22" });
        let data = keeper.run("PackBuild", json!({ "input": input })).await.data();
        let pack = data["packBuild"]["pack"]["id"].as_str().expect("an id").to_owned();
        let pack = settled(async || crate::packs::pack(&keeper, &pack).await).await;
        assert_eq!(pack["state"], "READY", "{pack}");
        assert_eq!(pack["sha256"], json!(sha256(&crate::packs::downloaded(&keeper, &pack).await)));
        let council = stage.world.council;
        let below = |folder: &str, sha: &Value| format!("golden/thread/{council}/{folder}/{}", sha.as_str().expect("a hash"));
        assert_eq!(bucket.keys("").await, [below("packs", &pack["sha256"]), below("uploads", &plan["sha256"])]);
        let folder = harness.folder.join("files").join(council.to_string());
        let here = walk(&folder);
        assert!(here.iter().all(|name| !name.contains(&sha256(&bytes))), "nothing of it lies on the machine: {here:?}");
    })
    .await;
}

fn walk(folder: &std::path::Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries
        .flatten()
        .flat_map(|entry| if entry.path().is_dir() { walk(&entry.path()) } else { vec![entry.path().display().to_string()] })
        .collect()
}

#[tokio::test]
async fn a_large_file_goes_in_parts_and_comes_back_whole() {
    let bucket = Bucket::start().await;
    let (files, council) = (files(&bucket), Uuid::from_u128(7));
    let mut file = tempfile::tempfile().expect("a file");
    let block: Vec<u8> = (0..1_000_003_u32).map(|n| n.to_le_bytes()[(n % 3) as usize]).collect();
    let whole = block.repeat(21);
    file.write_all(&whole).expect("writes");
    std::io::Seek::rewind(&mut file).expect("rewinds");
    let sha = sha256(&whole);
    let key = files
        .keep_file(council, "data", file.try_clone().expect("a handle"), &sha)
        .await
        .unwrap_or_else(|error| panic!("{}", error.log_text()));
    assert_eq!(key, format!("{council}/data/{sha}"));
    let kept = files.open(&key).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    assert_eq!(kept.size_bytes, whole.len() as u64);
    let back: Vec<Vec<u8>> = kept.bytes.try_collect().await.expect("reads");
    assert!(back.concat() == whole, "it came back another");

    // Broken off in the middle, nothing of it lies about. Every try of every part fails.
    std::io::Seek::rewind(&mut file).expect("rewinds");
    bucket.fail("parts", 1_000).await;
    assert!(files.keep_file(council, "broken", file, &sha).await.is_err(), "it could not be kept");
    bucket.fail("none", 0).await;
    assert_eq!((bucket.unfinished().await, bucket.keys("golden/thread/").await.len()), (0, 1));

    // What was made for one download goes when there are newer ones.
    for n in 0..5_u8 {
        files.keep(council, "data", vec![n; 10]).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    }
    files.let_go(council, "data", 3).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    assert_eq!(bucket.keys("golden/thread/").await.len(), 3);
}

#[tokio::test]
async fn a_bucket_that_fails_is_asked_again_and_one_that_is_away_is_told_of() {
    let mut bucket = Bucket::start().await;
    let (files, council) = (files(&bucket), Uuid::from_u128(7));
    let keep = async |bytes: &[u8]| files.keep(council, "uploads", bytes.to_vec()).await;
    bucket.fail("error", 2).await;
    let key = keep(b"once more").await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    assert_eq!(files.load(&key).await.unwrap_or_else(|error| panic!("{}", error.log_text())), b"once more");

    // It never says a word: whoever waits is told, and not after minutes.
    bucket.fail("slow", 100).await;
    let since = Instant::now();
    let refused = files.load(&key).await.expect_err("is told");
    assert!(since.elapsed() < Duration::from_secs(40), "{:?}", since.elapsed());
    assert!(!refused.message.contains("127.0.0.1"), "{}", refused.message);
    bucket.fail("none", 0).await;
    assert!(files.load(&key).await.is_ok(), "it recovers");

    bucket.stop();
    let since = Instant::now();
    let refused = keep(b"nowhere").await.expect_err("is told");
    assert!(since.elapsed() < Duration::from_secs(20), "{:?}", since.elapsed());
    assert!(!refused.message.contains("127.0.0.1"), "{}", refused.message);
    bucket.again().await;
    keep(b"here again").await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    assert_eq!(bucket.keys("golden/thread/").await.len(), 1);
}
