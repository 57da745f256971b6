//! The audit trail only grows.

use sea_orm::{ConnectionTrait, DatabaseTransaction, TransactionTrait};

use crate::databases::{TestDatabase, databases, postgres, refused};
use crate::rows::{A, count, fill, literal};

/// A transaction of the server's that works for the council.
async fn working(database: &TestDatabase) -> DatabaseTransaction {
    let ours = database.server.begin().await.expect("begins");
    if database.is_postgres() {
        ours.execute_unprepared(&format!("SELECT set_config('app.council', '{A}', true)")).await.expect("names its council");
    }
    ours
}

/// Asserts that the server is refused a statement, for one of these reasons on SQLite and PostgreSQL.
async fn never(database: &TestDatabase, statement: &str, (sqlite, on_postgres): (&str, &str)) {
    let ours = working(database).await;
    assert_eq!(count(&ours, "audit_event").await, 1);
    let why = if database.is_postgres() { on_postgres } else { sqlite };
    refused(ours.execute_unprepared(statement).await, why);
    ours.rollback().await.expect("rolls back");
}

#[tokio::test]
async fn an_audit_event_is_never_changed_deleted_or_replaced() {
    for database in databases("audit").await {
        fill(&database.owner, A).await;
        let append_only = ("audit_event is append-only", "permission denied for table audit_event");
        never(&database, "UPDATE audit_event SET verb = 'OTHER'", append_only).await;
        never(&database, "DELETE FROM audit_event", append_only).await;
        let council = literal(&database.owner, A);
        // The same id, or the same number in the chain: SQLite would replace the row and tell no delete trigger.
        for same in [format!("{council}, NULL"), format!("{}, 1", literal(&database.owner, sea_orm::prelude::Uuid::from_u128(9)))] {
            let values = format!("(council_id, id, seq, at, verb, subject) VALUES ({council}, {same}, '2026-04-01', 'OTHER', 'x')");
            let unique = ("audit_event is append-only", "duplicate key value");
            never(&database, &format!("INSERT INTO audit_event {values}"), unique).await;
            if database.is_postgres() {
                let upsert = format!("INSERT INTO audit_event {values} ON CONFLICT (council_id, id) DO UPDATE SET verb = 'OTHER'");
                never(&database, &upsert, ("", "permission denied for table audit_event")).await;
                continue;
            }
            never(&database, &format!("INSERT OR REPLACE INTO audit_event {values}"), unique).await;
            never(&database, &format!("REPLACE INTO audit_event {values}"), unique).await;
            for target in ["(council_id, id)", "(council_id, seq)"] {
                let upsert = format!("INSERT INTO audit_event {values} ON CONFLICT {target} DO UPDATE SET verb = 'OTHER'");
                never(&database, &upsert, unique).await;
            }
            never(&database, "UPDATE OR REPLACE audit_event SET verb = 'OTHER'", unique).await;
        }
        assert_eq!(count(&database.owner, &format!("audit_event WHERE verb = '{}'", A.as_u128())).await, 1);
        assert_eq!(count(&database.owner, "audit_event").await, 1);
    }
}

#[tokio::test]
async fn the_end_of_the_trail_goes_forward_and_never_away() {
    for database in databases("audit_head").await {
        fill(&database.owner, A).await;
        let forward = ("audit_head only goes forward", "audit_head only goes forward");
        never(&database, "UPDATE audit_head SET seq = seq - 1", forward).await;
        never(&database, "UPDATE audit_head SET hash = 'x'", forward).await;
        never(&database, "DELETE FROM audit_head", ("audit_head is never deleted", "permission denied for table audit_head")).await;
        if !database.is_postgres() {
            let council = literal(&database.owner, A);
            let values = format!("VALUES ({council}, {council}, 1, 'x', 'x', '2026-04-01')");
            never(&database, &format!("INSERT OR REPLACE INTO audit_head (council_id, id, seq, hash, seal, at) {values}"), forward).await;
        }
        let ours = working(&database).await;
        ours.execute_unprepared("UPDATE audit_head SET seq = seq + 1, hash = 'y'").await.unwrap();
        ours.commit().await.unwrap();
        assert_eq!(count(&database.owner, "audit_head WHERE seq = 2 AND hash = 'y'").await, 1);
    }
}

#[tokio::test]
async fn the_server_cannot_take_the_guards_away() {
    let Some(database) = postgres("audit_guards").await else { return };
    fill(&database.owner, A).await;
    for (statement, why) in [
        ("TRUNCATE audit_event", "permission denied for table audit_event"),
        ("TRUNCATE audit_head", "permission denied for table audit_head"),
        ("DROP TABLE audit_event", "must be owner of"),
        ("ALTER TABLE audit_event ADD COLUMN x text", "must be owner of"),
        ("ALTER TABLE audit_event DISABLE ROW LEVEL SECURITY", "must be owner of"),
        ("ALTER TABLE audit_event NO FORCE ROW LEVEL SECURITY", "must be owner of"),
        ("ALTER TABLE audit_event OWNER TO goldenthread_server", "must be owner of"),
        ("DROP POLICY council ON audit_event", "must be owner of"),
        ("DROP INDEX ux_audit_event_seq", "must be owner of"),
        ("DROP TRIGGER audit_head_never_goes_back ON audit_head", "must be owner of"),
        ("ALTER TABLE audit_head DISABLE TRIGGER ALL", "must be owner of"),
        ("DROP FUNCTION audit_head_only_goes_forward()", "must be owner of"),
        ("SET session_replication_role = replica", "permission denied to set parameter"),
        ("CREATE RULE nothing AS ON INSERT TO audit_event DO INSTEAD NOTHING", "must be owner of"),
        ("COPY audit_event TO PROGRAM 'true'", "pg_execute_server_program"),
    ] {
        refused(database.server.execute_unprepared(statement).await, why);
    }
    // PostgreSQL only warns that it granted nothing.
    let _ = database.server.execute_unprepared("GRANT DELETE, UPDATE ON audit_event TO goldenthread_server").await;
    never(&database, "DELETE FROM audit_event", ("", "permission denied for table audit_event")).await;
    assert_eq!(count(&database.owner, "audit_event").await, 1);
}
