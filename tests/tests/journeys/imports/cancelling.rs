//! An import that is stopped before it has a plan, here and where another node reads it.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use goldenthread::app::App;
use goldenthread::db::Db;
use goldenthread::imports::reader::Reader;
use goldenthread::jobs;
use serde_json::{Value, json};
use tests::{Client, Harness, UPLOAD_BYTES_MAX, World, for_each_database, trail, workbook};

use super::decisions::state;
use super::first_quarter;

const CANCEL: &str = "mutation($input: ImportCancelInput!) { importCancel(input: $input) { import { state } userErrors { code } } }";

async fn cancel(client: &Client<'_>, id: &str) -> Value {
    client.gql(CANCEL, json!({ "input": { "id": id } })).await.data()["importCancel"].clone()
}

/// Sends the first quarter and leaves it waiting.
async fn queued(client: &Client<'_>) -> String {
    let kept: Value = client.upload("q1.xlsx", workbook("Return", &first_quarter())).await.json().await.expect("JSON");
    let input = json!({ "council": "huntingdonshire", "upload": kept["upload"] });
    let data = client.run("ImportSubmit", json!({ "input": input })).await.data();
    data["importSubmit"]["import"]["id"].as_str().expect("an id").to_owned()
}

/// A node whose reader never ends, and tells its process's number through a pipe with a name.
fn slow(harness: &Harness, pid: &Path) -> App {
    assert!(std::process::Command::new("mkfifo").arg(pid).status().expect("runs").success());
    let program = harness.folder.join("slow-reader");
    std::fs::write(&program, format!("#!/bin/sh\necho $$ > '{}'\nexec sleep 600\n", pid.display())).expect("writes");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("may be run");
    App { reader: Reader::child_of(program, UPLOAD_BYTES_MAX), ..harness.app.clone() }
}

fn runs(pid: &str) -> bool {
    // One that ended and was not collected yet runs no more.
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    !stat.is_empty() && !stat.contains(") Z ")
}

#[tokio::test]
async fn an_import_that_waits_is_cancelled_and_never_read() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let before = harness.written(world.council).await;
        let id = queued(&keeper).await;
        assert_eq!(state(&keeper, &id).await["viewerActs"], json!(["CANCEL"]));
        assert_eq!(cancel(&keeper, &id).await, json!({ "import": { "state": "CANCELLED" }, "userErrors": [] }));
        harness.settle().await;
        let now = state(&keeper, &id).await;
        assert_eq!((&now["state"], &now["digest"], &now["viewerActs"]), (&json!("CANCELLED"), &Value::Null, &json!([])));
        assert_eq!(now["decisions"], json!([{ "kind": "CANCELLED", "by": "Perry Team", "reason": null }]));
        assert_eq!(trail(harness, world.council, 0).await.pop().expect("an event").verb, "import.cancel");
        assert_eq!(cancel(&keeper, &id).await["userErrors"][0]["code"], "IMPORT_NOT_READING");
        assert_eq!(keeper.accept(&id, json!({})).await["userErrors"][0]["code"], "IMPORT_NOT_PLANNED");
        assert_eq!(harness.written(world.council).await, before);
        // What is planned is refused or accepted, not cancelled.
        let planned = keeper.submit("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        assert_eq!(cancel(&keeper, &planned).await["userErrors"][0]["code"], "IMPORT_NOT_READING");
    })
    .await;
}

#[tokio::test]
async fn an_import_that_is_being_read_is_cancelled_within_two_seconds_on_any_node() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let before = harness.written(world.council).await;
        for node in ["this", "another"] {
            let pid = harness.folder.join(format!("pid-{node}"));
            let mut app = slow(harness, &pid);
            if node == "another" {
                // It hears nothing of what happens here.
                app.db = Db::open(&harness.database).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
            }
            let id = queued(&keeper).await;
            let reading = tokio::spawn(async move { jobs::run_until_idle(&app).await });
            // Answers as soon as the reader has said it.
            let reader = tokio::fs::read_to_string(&pid).await.expect("a number").trim().to_owned();
            assert!(runs(&reader));
            assert_eq!(state(&keeper, &id).await["state"], "READING");

            let since = Instant::now();
            assert_eq!(cancel(&keeper, &id).await["userErrors"], json!([]), "{node}");
            reading.await.expect("ends").unwrap_or_else(|error| panic!("{}", error.log_text()));
            // A process that was told to end is gone once the machine has come to it.
            while runs(&reader) && since.elapsed() < Duration::from_secs(2) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            assert!(!runs(&reader), "{node}: its reader is still there");
            assert!(since.elapsed() < Duration::from_secs(2), "{node}: {:?}", since.elapsed());
            assert_eq!(state(&keeper, &id).await["state"], "CANCELLED");
        }
        assert_eq!(harness.written(world.council).await, before);
        assert_eq!(harness.count(world.council, "import_change WHERE subject = 'OBSERVATION'").await, 0);
        assert_eq!(harness.count(world.council, "job WHERE state <> 'DONE'").await, 0);
    })
    .await;
}
