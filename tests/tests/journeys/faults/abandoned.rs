//! What a request that was given up at any instant leaves behind on the connection it had.

use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use tests::{World, for_each_database};

/// Instants at which it is given up: from before the transaction begins until after, as far apart as the machine makes them.
const INSTANTS: u32 = 300;
/// How long it may take until a connection is as it was.
const PATIENCE: Duration = Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_nobody_waits_for_any_more_is_not_left_open() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let db = &harness.app.db;
        let since = Instant::now();
        drop(db.change(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text())));
        let apart = since.elapsed() * 2 / INSTANTS;
        let mut given_up = 0;
        let beside = Database::connect(&harness.database).await.expect("a connection of its own");
        for instant in 0..INSTANTS {
            tokio::select! {
                biased;
                change = db.change(world.council) => drop(change),
                () = waited(apart * instant) => given_up += 1,
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
                    assert!(since.elapsed() < PATIENCE, "given up after {:?}, its connection stays in a transaction", apart * instant);
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            }
        }
        beside.close().await.expect("closes");
        assert!(given_up > 0, "nothing was given up");
        // Changes of this council wait for nobody.
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
