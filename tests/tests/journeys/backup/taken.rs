//! What is put back is what there was, at one instant.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use tests::{Client, Harness, World, elsewhere, for_each_database, workbook};

use super::{back_up, restore, run, said};

const Q1: &str = "2024/25 Q1";

fn return_of(value: usize) -> Vec<u8> {
    let both = json!([["Ref", "Period", "Result"], ["WM01", Q1, value], ["WM02", "2024-04", value]]);
    workbook("Return", &both)
}

/// Two figures that are always changed together.
async fn pair(client: &Client<'_>, council: &str) -> (Value, Value) {
    let query = "query($council: String!, $code: String!, $period: Period!) { council(code: $council) { indicator(code: $code) {
        series(until: $period, last: 1) { value } } } }";
    let mut values = Vec::new();
    for (code, period) in [("WM01", Q1), ("WM02", "2024-04")] {
        let data = client.gql(query, json!({ "council": council, "code": code, "period": period })).await.data();
        values.push(data["council"]["indicator"]["series"][0]["value"].clone());
    }
    (values[0].clone(), values[1].clone())
}

async fn pack(world: &World<'_>) -> (String, Vec<u8>) {
    let input = json!({ "input": { "council": world.code, "forum": "OSP", "period": Q1 } });
    let built = world.keeper().run("PackBuild", input).await.data();
    let id = built["packBuild"]["pack"]["id"].as_str().unwrap_or_else(|| panic!("{built}")).to_owned();
    world.harness.settle().await;
    let bytes = fetched(&world.keeper(), &id).await;
    (id, bytes)
}

async fn fetched(client: &Client<'_>, id: &str) -> Vec<u8> {
    let found = client.run("Pack", json!({ "id": id })).await.data();
    let url = found["node"]["download"]["url"].as_str().unwrap_or_else(|| panic!("{found:#}")).to_owned();
    client.download(&url).await.bytes().await.expect("a file").to_vec()
}

async fn scorecard(client: &Client<'_>, council: &str) -> Value {
    client.run("Scorecard", json!({ "council": council, "period": Q1 })).await.data()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_taken_under_traffic_is_of_one_instant_and_works_elsewhere() {
    for_each_database(async |harness| {
        let quiet = World::new(harness, "huntingdonshire").await;
        quiet.keeper().take(quiet.code, "q1.xlsx", return_of(58)).await;
        let (id, bytes) = pack(&quiet).await;
        let shown = scorecard(&quiet.keeper(), quiet.code).await;
        let busy = World::new(harness, "devon").await;
        busy.keeper().take(busy.code, "q1.xlsx", return_of(50)).await;

        let folder = tempfile::tempdir().expect("a folder");
        let to = folder.path().join("backup");
        let changed = AtomicUsize::new(0);
        let traffic = async {
            for value in (51..95).cycle() {
                let import = busy.keeper().submit(busy.code, "again.xlsx", return_of(value)).await;
                let saying = json!({ "acknowledgedWarnings": ["CHG-003"], "reason": "Recounted" });
                let accepted = busy.keeper().accept(&import, saying).await;
                assert_eq!(accepted["userErrors"], json!([]), "nobody waits for a backup");
                changed.fetch_add(1, Ordering::Relaxed);
            }
        };
        let taking = async {
            while changed.load(Ordering::Relaxed) < 1 {
                tokio::task::yield_now().await;
            }
            std::fs::write(harness.folder.join("signing.key"), tests::SECRET).expect("keeps the key");
            let (database, data, to) = (harness.database.clone(), harness.folder.clone(), to.display().to_string());
            let taken = tokio::task::spawn_blocking(move || run(&database, &data, &["backup", "--to", &to, "--with-key"])).await;
            taken.expect("it comes back")
        };
        let taken = tokio::select! {
            () = traffic => unreachable!("it goes on for ever"),
            taken = taking => taken,
        };
        assert!(taken.status.success(), "{}", said(&taken));
        assert!(said(&taken).contains("  trail     huntingdonshire "), "{}", said(&taken));

        elsewhere(harness, async |url, data| {
            let restored = restore(url, data, &to, &[]);
            assert!(restored.status.success(), "{}", said(&restored));
            assert!(said(&restored).contains("of 2 audit trails, each to where it ended"), "{}", said(&restored));
            let verified = run(url, data, &["audit", "verify"]);
            assert!(verified.status.success(), "{}", said(&verified));
            there(url, data, &quiet, (&id, &bytes, &shown)).await;
            let other = Harness::start(url, data).await;
            let (first, second) = pair(&other.sign_in(&busy.keeper), busy.code).await;
            assert_eq!(first, second, "no change is in it by half");
            let value: usize = first.as_str().and_then(|text| text.parse().ok()).expect("a number");
            assert!((50..95).contains(&value), "{value}");
            other.stop().await;
        })
        .await;
    })
    .await;
}

/// The same answers and the same bytes, and work goes on.
async fn there(url: &str, data: &Path, was: &World<'_>, (id, bytes, shown): (&str, &[u8], &Value)) {
    let other = Harness::start(url, data).await;
    let keeper = other.sign_in(&was.keeper);
    assert_eq!(scorecard(&keeper, was.code).await, *shown);
    assert_eq!(fetched(&keeper, id).await, bytes);
    let import = keeper.submit(was.code, "on.xlsx", return_of(61)).await;
    let saying = json!({ "acknowledgedWarnings": ["CHG-003"], "reason": "Recounted" });
    assert_eq!(keeper.accept(&import, saying).await["userErrors"], json!([]));
    assert_eq!(pair(&keeper, was.code).await.0, "61");
    other.stop().await;
}

#[tokio::test]
async fn a_file_that_is_gone_is_named_and_the_rest_is_saved() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        world.keeper().take(world.code, "q1.xlsx", return_of(58)).await;
        let (_, bytes) = pack(&world).await;
        let key = format!("{}/packs/{}", world.council, goldenthread::files::sha256(&bytes));
        let path = harness.folder.join("files").join(&key);
        let folder = tempfile::tempdir().expect("a folder");
        for (name, damage) in [("altered", true), ("gone", false)] {
            if damage {
                std::fs::write(&path, b"other bytes").expect("writes");
            } else {
                std::fs::remove_file(&path).expect("removes");
            }
            let to = folder.path().join(name);
            let taken = back_up(harness, &to, &[]);
            assert_eq!(taken.status.code(), Some(2), "{}", said(&taken));
            assert!(said(&taken).contains(&key), "{}", said(&taken));
            assert!(!to.join("signing.key").exists(), "the key is kept apart");
            elsewhere(harness, async |url, data| {
                let without = restore(url, data, &to, &[]);
                assert!(!without.status.success() && said(&without).contains("name it with --key"), "{}", said(&without));
                let own = harness.folder.join("signing.key");
                let restored = restore(url, data, &to, &["--key", own.to_str().expect("a path")]);
                assert_eq!(restored.status.code(), Some(2), "{}", said(&restored));
                assert!(said(&restored).contains(&key), "{}", said(&restored));
            })
            .await;
        }
    })
    .await;
}
