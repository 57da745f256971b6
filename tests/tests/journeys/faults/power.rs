//! What has reached the disk when somebody is told that it is kept.

use std::process::Command;

use sea_orm::{ConnectionTrait, DbBackend, Statement, TransactionTrait};
use serde_json::json;
use tests::{Harness, SECRET, Served, World, for_each_database, workbook};

/// More than the pool keeps.
const CONNECTIONS: usize = 12;

#[tokio::test]
async fn every_connection_to_sqlite_waits_for_the_disk() {
    for_each_database(async |harness| {
        if harness.app.db.backend() != DbBackend::Sqlite {
            return;
        }
        // All at once, so that each has one of its own.
        let held = futures::future::join_all((0..CONNECTIONS).map(|_| harness.app.db.pool().begin())).await;
        for tx in held {
            let tx = tx.expect("a connection");
            let row = tx.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA synchronous")).await.expect("answers");
            let synchronous: i64 = row.expect("a row").try_get_by_index(0).expect("a number");
            let row = tx.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA journal_mode")).await.expect("answers");
            let journal: String = row.expect("a row").try_get_by_index(0).expect("a word");
            assert_eq!((synchronous, journal.as_str()), (2, "wal"), "FULL, in a write-ahead log");
        }
    })
    .await;
}

/// Whether the program that tells what another asks of the system may look here.
fn may_look() -> bool {
    let looks = Command::new("strace").args(["-f", "-o", "/dev/null", "true"]).status().is_ok_and(|done| done.success());
    if !looks {
        eprintln!("SKIPPED: strace is missing, or may not look at processes here");
    }
    looks
}

/// Lines of what a process asked of the system, each with its place.
struct Trace(Vec<String>);

impl Trace {
    /// The first line behind a place that has all of these in it.
    fn after(&self, place: usize, what: &[&str]) -> usize {
        let found = self.0.iter().enumerate().skip(place).find(|(_, line)| what.iter().all(|what| line.contains(what)));
        found.unwrap_or_else(|| panic!("nothing with {what:?} behind line {place} of:\n{}", self.0.join("\n"))).0
    }
}

async fn traced(harness: &Harness, work: impl AsyncFn(&str)) -> Trace {
    let log = harness.folder.join("trace");
    let calls = "trace=fsync,fdatasync,rename,renameat,renameat2,link,linkat,sendto,writev,write";
    let through = ["strace", "-D", "-f", "-qq", "-y", "-s", "48", "-e", calls, "-o", log.to_str().expect("a path")];
    let node = Served::through(harness, &[("RUST_LOG", "error")], &through);
    work(&node.url).await;
    drop(node);
    let text = std::fs::read(&log).expect("a trace");
    Trace(String::from_utf8_lossy(&text).lines().map(str::to_owned).collect())
}

#[tokio::test]
async fn a_file_and_the_row_that_names_it_reach_the_disk_in_this_order_before_the_answer() {
    if !may_look() {
        return;
    }
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        harness.app.clock.set(goldenthread::app::Clock::System.now());
        let token = harness.token(world.keeper.id, Some(world.council));
        let file = workbook("Return", &json!([["Ref", "Period", "Result"], ["WM01", "2024/25 Q1", 58]]));
        let name = goldenthread::files::sha256(&file);
        let trace = traced(harness, async |url| {
            let sent = reqwest::Client::new().post(format!("{url}/uploads?name=a.xlsx")).bearer_auth(&token).body(file.clone());
            assert_eq!(sent.send().await.expect("is answered").status(), 201);
        })
        .await;
        let bytes = trace.after(0, &["fsync(", &name]);
        let named = trace.after(bytes, &["rename", &name]);
        let folder = trace.after(named, &["fsync(", "/uploads>"]);
        let row = match harness.app.db.backend() {
            DbBackend::Sqlite => trace.after(folder, &["sync(", "goldenthread.db-wal>"]),
            _ => trace.after(folder, &["sendto(", "COMMIT"]),
        };
        trace.after(row, &["HTTP/1.1 201"]);
    })
    .await;
}

#[tokio::test]
async fn a_new_key_is_there_whole_and_its_folder_knows_it() {
    if !may_look() {
        return;
    }
    for_each_database(async |harness| {
        let log = harness.folder.join("trace");
        let data = harness.folder.join("new");
        let done = Command::new("strace")
            .args(["-f", "-qq", "-y", "-s", "48", "-e", "trace=fsync,link,linkat,rename", "-o", log.to_str().expect("a path")])
            .arg(tests::program())
            .args(["council", "list"])
            .env("DATABASE_URL", &harness.database)
            .env("GOLDENTHREAD_DATA", &data)
            .output()
            .expect("runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let text = std::fs::read_to_string(&log).expect("a trace");
        let trace = Trace(text.lines().map(str::to_owned).collect());
        let bytes = trace.after(0, &["fsync(", ".signing.key."]);
        let named = trace.after(bytes, &["link", "/signing.key\""]);
        trace.after(named, &["fsync(", "/new>"]);
        assert_ne!(std::fs::read(data.join("signing.key")).expect("a key"), SECRET);
    })
    .await;
}
