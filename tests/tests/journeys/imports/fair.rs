//! Several councils on one node: none waits for another's slow workbooks, whatever that one sends and however much.

use std::cell::Cell;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use goldenthread::access::Actor;
use goldenthread::app::{App, Clock};
use goldenthread::imports::reader::Reader;
use goldenthread::jobs::{self, Share};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tests::{Client, Harness, UPLOAD_BYTES_MAX, World, for_each_database, program, workbook};

use super::{counts, findings, first_quarter};

const STATES: &str = "query($code: String!) { council(code: $code) { imports(first: 50) { nodes { id state } } } }";

/// Sends a workbook and leaves it waiting.
pub async fn queued(client: &Client<'_>, council: &str, file_name: &str, bytes: Vec<u8>) -> String {
    let kept: Value = client.upload(file_name, bytes).await.json().await.expect("JSON");
    let data = client.run("ImportSubmit", json!({ "input": { "council": council, "upload": kept["upload"] } })).await.data();
    assert_eq!(data["importSubmit"]["userErrors"], json!([]));
    data["importSubmit"]["import"]["id"].as_str().expect("an id").to_owned()
}

/// A node whose reading processes note in the journey's folder what they read, and do with a file called `slow…` what `slow`
/// says instead of reading it.
fn node(harness: &Harness, slow: &str) -> App {
    let reader = harness.folder.join("reader");
    let text = format!(
        "#!/bin/sh\necho \"$2\" >> '{}/read'\ncase \"$2\" in --file-name=slow*) {slow};; esac\nexec '{}' \"$@\"\n",
        harness.folder.display(),
        program().display()
    );
    std::fs::write(&reader, text).expect("writes");
    std::fs::set_permissions(&reader, std::fs::Permissions::from_mode(0o755)).expect("may be run");
    // Who was served longest ago is told by a clock that goes.
    App { reader: Reader::child_of(reader, UPLOAD_BYTES_MAX), clock: Clock::System, ..harness.app.clone() }
}

/// Imports of a council that nobody works on any more and nobody waits for.
async fn settled(client: &Client<'_>, council: &str) -> usize {
    let data = client.gql(STATES, json!({ "code": council })).await.data();
    let nodes = data["council"]["imports"]["nodes"].as_array().expect("imports").clone();
    nodes.iter().filter(|import| import["state"] == "REFUSED").count()
}

/// The slow workbooks of a council and when each was taken up.
async fn taken_up(harness: &Harness, world: &World<'_>) -> Vec<(DateTime<Utc>, String)> {
    let sql = "SELECT j.claimed_at, i.file_name FROM job j JOIN import i ON i.council_id = j.council_id AND i.id = j.subject_id \
        WHERE j.council_id = $1 AND i.file_name LIKE 'slow%'";
    let statement = Statement::from_sql_and_values(harness.app.db.backend(), sql, [world.council.into()]);
    let snapshot = harness.app.db.snapshot(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    let rows = snapshot.query_all_raw(statement).await.expect("jobs");
    rows.iter().map(|row| (row.try_get_by_index(0).expect("an instant"), row.try_get_by_index(1).expect("a name"))).collect()
}

async fn scorecard(client: &Client<'_>, council: &str) -> Duration {
    let since = Instant::now();
    client.run("Scorecard", json!({ "council": council, "period": "2024/25 Q1" })).await.data();
    since.elapsed()
}

#[tokio::test]
async fn a_small_return_is_planned_while_another_councils_slow_files_wait() {
    for_each_database(async |harness| {
        let many = World::new(harness, "devon").await;
        let few = World::new(harness, "huntingdonshire").await;
        let (flood, small) = (many.keeper(), few.keeper());
        let patience = Duration::from_secs(1).max(scorecard(&small, "huntingdonshire").await * 4);
        // As a file that takes all the processor time a workbook may have: two seconds of it here, twenty where people work.
        let app = node(harness, "ulimit -t 2; while :; do :; done");
        let mut slow = Vec::new();
        for n in 0..10 {
            let bytes = workbook("Return", &json!([["Ref", "Period", "Result"], ["WM01", "2024/25 Q1", n]]));
            slow.push(queued(&flood, "devon", &format!("slow-{n}.xlsx"), bytes).await);
        }
        let working = tokio::spawn(jobs::serve(app.clone(), tokio::sync::watch::channel(false).1));
        // The first of them is being read.
        while !harness.folder.join("read").exists() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let over = Cell::new(false);
        let (waited, slowest) = tokio::join!(
            async {
                let since = Instant::now();
                let id = queued(&small, "huntingdonshire", "small.xlsx", workbook("Return", &first_quarter())).await;
                let plan = loop {
                    let plan = small.plan(&id).await;
                    if plan["state"] != "QUEUED" && plan["state"] != "READING" {
                        break plan;
                    }
                    tokio::time::sleep(Duration::from_millis(50)).await;
                };
                over.set(true);
                assert_eq!((&plan["state"], counts(&plan)), (&json!("PLANNED"), [6, 0, 0, 0, 0, 0]));
                since.elapsed()
            },
            async {
                let mut slowest = scorecard(&small, "huntingdonshire").await;
                while !over.get() {
                    slowest = slowest.max(scorecard(&small, "huntingdonshire").await);
                }
                slowest
            }
        );
        let done = settled(&flood, "devon").await;
        eprintln!("a small return beside ten slow files: planned in {waited:?} when {done} of them were read; a Scorecard in {slowest:?}");
        assert!(done <= 2 * Share::of_this_machine().council, "it waited for {done} of ten slow files");
        assert!(slowest < patience, "a Scorecard took {slowest:?}");
        // The slow council is served all the same, and told what is wrong.
        while settled(&flood, "devon").await < 2 {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        working.abort();
        let first = flood.plan(&slow[0]).await;
        assert!(findings(&first)[0].starts_with("FIL-012"), "{first:#}");
    })
    .await;
}

#[tokio::test]
async fn councils_take_turns_however_much_one_has_in_the_queue() {
    for_each_database(async |harness| {
        let worlds =
            [World::new(harness, "devon").await, World::new(harness, "huntingdonshire").await, World::new(harness, "nottingham").await];
        let app = node(harness, "sleep 0.3; exit 1");
        // The first has sent all of its own before the others, and the second before the third.
        for (world, files) in worlds.iter().zip([5, 3, 1]) {
            for n in 0..files {
                queued(&world.keeper(), world.code, &format!("slow-{}-{n}.xlsx", world.code), workbook("Return", &first_quarter())).await;
            }
        }
        jobs::run_until_idle(&app).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let mut order = Vec::new();
        for world in &worlds {
            order.extend(taken_up(harness, world).await);
        }
        order.sort();
        assert_eq!(order.len(), 9, "{order:?}");
        let at = |file: &str| order.iter().position(|(_, read)| *read == format!("slow-{file}.xlsx")).expect("was read");
        assert!(at("nottingham-0") < 3, "{order:?}");
        for n in 0..2 {
            // Both have as many waiting for them, and neither is served twice before the other was once.
            let next = |council: &str| at(&format!("{council}-{}", n + 1));
            assert!(
                next("devon") > at(&format!("huntingdonshire-{n}")) && next("huntingdonshire") > at(&format!("devon-{n}")),
                "{order:?}"
            );
        }
        for world in &worlds {
            assert_eq!(harness.count(world.council, "job WHERE state <> 'DONE'").await, 0);
        }
    })
    .await;
}

#[tokio::test]
async fn a_council_has_no_more_in_the_queue_than_it_can_wait_for() {
    for_each_database(async |harness| {
        let many = World::new(harness, "devon").await;
        let few = World::new(harness, "huntingdonshire").await;
        let tx = harness.app.db.change(many.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let today = harness.app.clock.today();
        let actor =
            Actor::load_person(&*tx, many.council, many.keeper.id, today).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let mut waiting = 0;
        let refused = loop {
            // None of them is there: each will be done as soon as it is taken up.
            match jobs::enqueue(&harness.app, &tx, &actor.own_scope(), jobs::Kind::PlanImport, harness.app.ids.next()).await {
                Ok(()) => waiting += 1,
                Err(refused) => break refused,
            }
        };
        tx.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        assert_eq!((waiting, refused.code.text()), (500, "LIMIT"));
        let kept: Value = many.keeper().upload("q1.xlsx", workbook("Return", &first_quarter())).await.json().await.expect("JSON");
        let submit = json!({ "input": { "council": "devon", "upload": kept["upload"] } });
        let refused = many.keeper().run("ImportSubmit", submit.clone()).await;
        assert_eq!(refused.codes(), ["LIMIT"]);
        assert!(refused.message().starts_with("500 workbooks and packs of your council wait"), "{}", refused.message());
        assert_eq!(harness.count(many.council, "import WHERE state = 'QUEUED'").await, 0);
        queued(&few.keeper(), "huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        harness.settle().await;
        assert_eq!(many.keeper().run("ImportSubmit", submit).await.data()["importSubmit"]["userErrors"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_council_sends_no_more_in_a_day_than_there_is_room_for() {
    for_each_database(async |harness| {
        let many = World::new(harness, "devon").await;
        let few = World::new(harness, "huntingdonshire").await;
        let send = async |world: &World<'_>| world.keeper().upload("q1.xlsx", workbook("Return", &first_quarter())).await.status().as_u16();
        assert_eq!(send(&many).await, 201);
        let tx = harness.app.db.change(many.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        // As two hundred of the largest would.
        tx.execute_unprepared("UPDATE upload SET size_bytes = 5368700000 WHERE file_name = 'q1.xlsx'").await.expect("is so");
        tx.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let files =
            || std::fs::read_dir(harness.folder.join("files").join(many.council.to_string()).join("uploads")).expect("files").count();
        let (before, uploads) = (files(), harness.count(many.council, "upload").await);
        let another = workbook("Return", &json!([["Ref", "Period", "Result"], ["WM01", "2024/25 Q1", 7]]));
        let refused = many.keeper().upload("q2.xlsx", another.clone()).await;
        assert!(!refused.status().is_success() && refused.status().as_u16() < 500, "{}", refused.status());
        let refused = refused.text().await.expect("a text");
        assert!(refused.contains("LIMIT") && refused.contains("send this one tomorrow"), "{refused}");
        let beside = json!({ "input": { "council": "devon" } });
        assert_eq!(many.keeper().run_with_file("ImportSubmit", beside, "q2.xlsx", another).await.codes(), ["LIMIT"]);
        assert_eq!((files(), harness.count(many.council, "upload").await), (before, uploads), "something was stored");
        assert_eq!(send(&few).await, 201);
        harness.later(chrono::Duration::hours(24));
        assert_eq!(send(&many).await, 201);
    })
    .await;
}
