//! A database of its own for each test, on every kind of database there is.

use std::fmt::Debug;
use std::io::Write;

use migration::Migrator;
use rust_decimal::Decimal;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend};
use sea_orm_migration::MigratorTrait;

const POSTGRES: &str = "GOLDENTHREAD_TEST_POSTGRES";

/// A migrated database, empty.
pub struct TestDatabase {
    /// Connected as whoever made the tables.
    pub owner: DatabaseConnection,
    /// Connected as the server is: on PostgreSQL in its role. SQLite knows one kind of user.
    pub server: DatabaseConnection,
}

impl TestDatabase {
    pub fn is_postgres(&self) -> bool {
        self.owner.get_database_backend() == DbBackend::Postgres
    }
}

/// One database of each kind, migrated.
pub async fn databases(test: &str) -> Vec<TestDatabase> {
    let mut all = unmigrated(test).await;
    for database in &mut all {
        Migrator::up(&database.owner, None).await.expect("migrates");
        if database.is_postgres() {
            database.server = connect(&url(test), Some(migration::SERVER_ROLE)).await;
        }
    }
    all
}

/// The PostgreSQL one alone, for what only PostgreSQL does. None, and said so, when there is none.
pub async fn postgres(test: &str) -> Option<TestDatabase> {
    databases(test).await.into_iter().find(TestDatabase::is_postgres)
}

/// The database as a login of one's own, made for it, which is a member of the server's role and nothing else.
pub async fn login(database: &TestDatabase, test: &str) -> DatabaseConnection {
    let name = format!("member_{test}");
    for statement in [
        // It may be left from an earlier run: roles belong to the whole cluster.
        format!("DROP ROLE IF EXISTS {name}"),
        format!("CREATE ROLE {name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS IN ROLE {}", migration::SERVER_ROLE),
    ] {
        database.owner.execute_unprepared(&statement).await.expect("a login for the test");
    }
    let url = url(test);
    let (scheme, rest) = url.split_once("://").expect("a URL");
    let host = rest.split_once('@').map_or(rest, |(_, host)| host);
    connect_with(&format!("{scheme}://{name}@{host}"), None, 1).await
}

/// One database of each kind, with nothing in it; `server` is the owner too.
pub async fn unmigrated(test: &str) -> Vec<TestDatabase> {
    let sqlite = connect("sqlite::memory:", None).await;
    let mut all = vec![TestDatabase { owner: sqlite.clone(), server: sqlite }];
    if let Ok(cluster) = std::env::var(POSTGRES) {
        let cluster = connect(&cluster, None).await;
        for statement in [format!("DROP DATABASE IF EXISTS tables_{test}"), format!("CREATE DATABASE tables_{test}")] {
            cluster.execute_unprepared(&statement).await.expect("a database for the test");
        }
        let owner = connect(&url(test), None).await;
        all.push(TestDatabase { owner: owner.clone(), server: owner });
    } else {
        // The harness swallows what passing tests print; what was not tested must be seen.
        writeln!(std::io::stderr(), "SKIPPED on PostgreSQL: {test} ({POSTGRES} is not set)").expect("stderr takes a line");
    }
    all
}

/// Asserts that a statement was refused, with words that say why.
pub fn refused<T: Debug, E: Debug>(outcome: Result<T, E>, why: &str) {
    let error = format!("{:?}", outcome.expect_err("this must be refused"));
    assert!(error.contains(why), "refused, but not because of {why:?}: {error}");
}

fn url(test: &str) -> String {
    let cluster = std::env::var(POSTGRES).expect("asked only where it is set");
    let (server, _) = cluster.rsplit_once('/').expect("a URL with a database");
    format!("{server}/tables_{test}")
}

async fn connect(url: &str, role: Option<&'static str>) -> DatabaseConnection {
    connect_with(url, role, if url.starts_with("sqlite:") { 1 } else { 4 }).await
}

async fn connect_with(url: &str, role: Option<&'static str>, connections: u32) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite.foreign_keys(true).collation("decimal", |left, right| {
            let number = |text: &str| text.parse::<Decimal>().expect("a decimal column holds decimals");
            number(left).cmp(&number(right))
        })
    });
    options.map_sqlx_postgres_opts(move |postgres| match role {
        Some(role) => postgres.options([("role", role)]),
        None => postgres,
    });
    Database::connect(options).await.expect("connects")
}
