//! What a request that was given up at any instant leaves behind on the connection it had.

use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use tests::{World, for_each_database};

/// Instants at which it is given up, ten microseconds apart: from before the transaction begins until after.
const INSTANTS: u32 = 300;
const APART: Duration = Duration::from_micros(10);
/// How long it may take until a connection is as it was.
const PATIENCE: Duration = Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_nobody_waits_for_any_more_is_not_left_open() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let db = &harness.app.db;
        let (mut begun, mut given_up) = (0, 0);
        let beside = Database::connect(&harness.database).await.expect("a connection of its own");
        for instant in 0..INSTANTS {
            tokio::select! {
                biased;
                change = db.change(world.council) => {
                    drop(change);
                    begun += 1;
                }
                () = waited(APART * instant) => given_up += 1,
            }
            if db.backend() == DbBackend::Postgres {
                let open = async || {
                    let sql =
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
                    let row = beside.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.expect("answers");
                    row.expect("a row").try_get_by_index::<i64>(0).expect("a number")
                };
                let since = Instant::now();
                while open().await > 0 {
                    assert!(since.elapsed() < PATIENCE, "given up after {:?}, its connection stays in a transaction", APART * instant);
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            }
        }
        beside.close().await.expect("closes");
        assert!(begun > 0 && given_up > 0, "{begun} begun, {given_up} given up: the instants are not those");
        // Changes of this council wait for nobody, and what is written without a transaction is there for everybody.
        drop(tokio::time::timeout(PATIENCE, db.change(world.council)).await.expect("waits for nobody"));
    })
    .await;
}

/// Finer than the clock tasks sleep by.
async fn waited(long: Duration) {
    let since = Instant::now();
    while since.elapsed() < long {
        tokio::task::yield_now().await;
    }
}
