//! A disk that is full: whoever writes is told so, nothing is half written, reading goes on, and when there is room again so does
//! writing, without anybody starting the service anew.
//!
//! No file of the node may grow, which to it is the same: `prlimit` of util-linux says so to a process that runs.

use serde_json::{Value, json};
use tests::{Served, World, for_each_database, workbook};

fn return_of(value: u32) -> Vec<u8> {
    workbook("Return", &json!([["Ref", "Period", "Result"], ["WM01", "2024/25 Q1", value]]))
}

/// Lets the files of a process grow to as many bytes, for now: `0:`.
fn room(node: &Served, bytes: &str) {
    let done = std::process::Command::new("prlimit").args(["--pid", &node.pid().to_string(), &format!("--fsize={bytes}")]).output();
    let done = done.expect("prlimit of util-linux is there");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[tokio::test]
async fn a_full_disk_is_said_to_be_full_and_nothing_is_half_written() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        world.keeper().take(world.code, "q1.xlsx", return_of(58)).await;
        harness.app.clock.set(goldenthread::app::Clock::System.now());
        let token = harness.token(world.keeper.id, Some(world.council));
        let sqlite = harness.app.db.backend() == sea_orm::DbBackend::Sqlite;
        let node = Served::start(harness, &[("RUST_LOG", "error")]);
        let http = reqwest::Client::new();
        let ask = async |query: &str| -> Value {
            let asked = http.post(format!("{}/graphql", node.url)).bearer_auth(&token).json(&json!({ "query": query }));
            asked.send().await.expect("is answered").json().await.expect("JSON")
        };
        let send = async |value: u32| {
            http.post(format!("{}/uploads?name=a.xlsx", node.url)).bearer_auth(&token).body(return_of(value)).send().await
        };
        let figure =
            "{ council(code: \"huntingdonshire\") { indicator(code: \"WM01\") { series(until: \"2024/25 Q1\", last: 1) { value } } } }";
        let enter = "mutation { valuesRecord(input: { council: \"huntingdonshire\", acknowledge: [], figures: [{ indicator: \"WM01\", \
            period: \"2024/25 Q1\", value: \"61\", reason: \"Recounted\" }] }) { import { state } userErrors { code message } } }";
        // What the node finds by itself when it starts, returns that are overdue, it has written down.
        let mut patience = 600;
        while harness.count(world.council, "warning_look").await == 0 {
            assert!(patience > 0, "the node looked for no warnings in a minute");
            patience -= 1;
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        let held = harness.holds(world.council).await;

        room(&node, "0:");
        let sent = send(60).await.expect("is answered");
        assert_eq!((sent.status().as_u16(), sent.headers()["retry-after"].to_str().expect("text")), (503, "60"));
        let refused: Value = sent.json().await.expect("JSON");
        assert_eq!(refused["error"]["code"], "UNAVAILABLE", "{refused}");
        assert!(refused["error"]["message"].as_str().is_some_and(|said| said.starts_with("The service has no room left")), "{refused}");
        if sqlite {
            let refused = ask(enter).await;
            let error = &refused["errors"][0];
            assert_eq!(
                (&error["extensions"]["code"], &error["extensions"]["retryAfterSeconds"]),
                (&json!("UNAVAILABLE"), &json!(60)),
                "{refused}"
            );
            assert!(error["extensions"]["requestId"].is_string(), "{refused}");
        }
        // Whoever reads notices nothing.
        let read = ask(figure).await;
        assert_eq!(read["data"]["council"]["indicator"]["series"][0]["value"], "58", "{read}");
        assert_eq!(http.get(format!("{}/readyz", node.url)).send().await.expect("is answered").status(), 200);
        assert_eq!(harness.holds(world.council).await, held, "nothing was written");

        room(&node, "unlimited:");
        assert_eq!(send(60).await.expect("is answered").status(), 201);
        let entered = ask(enter).await;
        assert_eq!(entered["data"]["valuesRecord"]["import"]["state"], "ACCEPTED", "{entered}");
        assert_eq!(ask(figure).await["data"]["council"]["indicator"]["series"][0]["value"], "61");
        let report = goldenthread::audit::verify::verify(&harness.app, world.council, &[])
            .await
            .unwrap_or_else(|error| panic!("{}", error.log_text()));
        assert!(report.is_well(), "{report:?}");
        let staged = walk(&harness.folder.join("files")).into_iter().filter(|name| name.contains('#')).count();
        assert_eq!(staged, 0, "no part of a file is left behind");
    })
    .await;
}

/// Names of the files below a folder.
fn walk(folder: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path.display().to_string()] }).collect()
}
