//! The service on a database that somebody else made, as its handbook says to install it.

use goldenthread::db::Db;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};
use serde_json::json;
use tests::{Harness, for_each_database};

/// The database a journey is on, by a login of one's own; none on SQLite, which has no logins.
pub async fn address(harness: &Harness, login: &str) -> Option<String> {
    let cluster = std::env::var("GOLDENTHREAD_TEST_POSTGRES").ok()?;
    let sql = "SELECT current_database()::text";
    let row = harness.app.db.pool().query_one_raw(Statement::from_string(harness.app.db.backend(), sql)).await.ok()??;
    let name: String = row.try_get_by_index(0).expect("a name");
    let (_, rest) = cluster.split_once('@').expect("a URL with a user");
    let (server, _) = rest.rsplit_once('/').expect("a URL with a database");
    Some(format!("postgres://{login}@{server}/{name}"))
}

pub async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.expect("the database answers")
}

#[tokio::test]
async fn a_login_that_owns_nothing_serves_and_cannot_do_more() {
    for_each_database(async |harness| {
        let council = harness.council("huntingdonshire").await;
        let person = harness.performance_team(council).await;
        let login = format!("app_{}", harness.app.ids.next().simple());
        let (Some(owner), Some(app)) = (address(harness, "postgres").await, address(harness, &login).await) else { return };
        let owner = connect(&owner).await;
        let role = format!("CREATE ROLE {login} LOGIN NOINHERIT IN ROLE goldenthread_server");
        owner.execute_unprepared(&role).await.expect("makes a login");

        let folder = tempfile::tempdir().expect("a folder");
        let served = Harness::start(&app, folder.path()).await;
        let told = served.app.db.advice().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        assert_eq!(told, None, "it is installed as it should be");
        let viewer = served.client(Some(served.token(person.id, Some(council)))).gql("{ viewer { name } }", json!({})).await;
        assert_eq!(viewer.data()["viewer"]["name"], "Perry Team");
        served.stop().await;

        // Whoever takes over its connection gets no further than the service itself.
        let taken = connect(&app).await;
        for statement in [
            "SELECT count(*) FROM person",
            "DELETE FROM audit_event",
            "ALTER TABLE audit_event DISABLE ROW LEVEL SECURITY",
            "SET ROLE postgres",
            "CREATE TABLE elsewhere (id int)",
            "SET ROLE goldenthread_server; UPDATE audit_event SET verb = 'other'",
            "SET ROLE goldenthread_server; TRUNCATE audit_event",
        ] {
            let why = taken.execute_unprepared(statement).await.expect_err(statement).to_string();
            assert!(why.contains("permission denied") || why.contains("must be owner"), "{statement}: {why}");
            taken.execute_unprepared("RESET ROLE").await.expect("resets");
        }
        taken.close().await.expect("closes");

        // A database that a newer program made is left alone, once that says so.
        owner
            .execute_unprepared("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000001_later', 1)")
            .await
            .expect("inserts");
        let beside = Db::open(&app).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        beside.pool().close_by_ref().await.expect("closes");
        owner.execute_unprepared("UPDATE installation SET oldest = 'm29990101_000001_later'").await.expect("says so");
        let newer = Db::open(&app).await.err().expect("is refused").log_text();
        assert!(newer.contains("newer version"), "{newer}");
        let drop = format!("DELETE FROM seaql_migrations WHERE version = 'm29990101_000001_later'; DROP ROLE {login}");
        owner.execute_unprepared(&drop).await.expect("drops");
        owner.close().await.expect("closes");
    })
    .await;
}
