//! A database of its own for each journey, on every kind there is.

use std::io::Write;
use std::path::Path;

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DbBackend};
use tempfile::TempDir;

use crate::harness::Harness;

const POSTGRES: &str = "GOLDENTHREAD_TEST_POSTGRES";

/// Runs a journey on each kind of database, each time with a product of its own.
///
/// # Panics
/// When the journey does; which database it was on is said on standard error.
pub async fn for_each_database(journey: impl AsyncFn(&Harness)) {
    let folder = tempfile::tempdir().expect("a folder for the journey");
    let url = format!("sqlite://{}", folder.path().join("goldenthread.db").display());
    run("SQLite", &url, &folder, &journey).await;

    let Ok(cluster) = std::env::var(POSTGRES) else {
        // What passing tests print is swallowed; what was not tested must be seen.
        let name = std::thread::current().name().unwrap_or("a journey").to_owned();
        writeln!(std::io::stderr(), "SKIPPED on PostgreSQL: {name} ({POSTGRES} is not set)").expect("stderr takes a line");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder for the journey");
    let name = format!("journey_{}", goldenthread::app::Ids.next().simple());
    administer(&cluster, &format!("CREATE DATABASE {name}")).await;
    let (server, _) = cluster.rsplit_once('/').expect("a URL with a database");
    run("PostgreSQL", &format!("{server}/{name}"), &folder, &journey).await;
    administer(&cluster, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

/// Runs something on another database of the same kind that is there and empty, and a folder of its own. On SQLite there is no file
/// yet.
///
/// # Panics
/// When it does, or the database cannot be had.
pub async fn elsewhere(beside: &Harness, something: impl AsyncFn(&str, &Path)) {
    let folder = tempfile::tempdir().expect("a folder");
    if beside.app.db.backend() == DbBackend::Sqlite {
        let url = format!("sqlite://{}", folder.path().join("data/goldenthread.db").display());
        return something(&url, &folder.path().join("data")).await;
    }
    let cluster = std::env::var(POSTGRES).expect("there is a cluster");
    let name = format!("journey_{}", goldenthread::app::Ids.next().simple());
    administer(&cluster, &format!("CREATE DATABASE {name}")).await;
    let (server, _) = cluster.rsplit_once('/').expect("a URL with a database");
    something(&format!("{server}/{name}"), &folder.path().join("data")).await;
    administer(&cluster, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

async fn run(kind: &'static str, url: &str, folder: &TempDir, journey: &impl AsyncFn(&Harness)) {
    let said = SaysWhere { kind };
    let harness = Harness::start(url, folder.path()).await;
    journey(&harness).await;
    harness.stop().await;
    drop(said);
}

/// Makes or drops a database. Two at once may find the template busy, which passes.
async fn administer(cluster: &str, statement: &str) {
    let mut options = ConnectOptions::new(cluster);
    options.max_connections(1).sqlx_logging(false);
    let connection = Database::connect(options).await.expect("the cluster answers");
    // Databases are copies of a template that one connection at a time may copy.
    connection.execute_unprepared("SELECT pg_advisory_lock(20261122)").await.expect("a turn");
    connection.execute_unprepared(statement).await.expect("a database of the journey's own");
    connection.close().await.expect("closes");
}

/// Says which database a journey failed on.
struct SaysWhere {
    kind: &'static str,
}

impl Drop for SaysWhere {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("this was on {}", self.kind);
        }
    }
}
