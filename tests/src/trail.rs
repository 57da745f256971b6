//! The audit trail as the tables hold it.

use goldenthread::access::By;
use goldenthread::audit::{Behind, Event, Outcome, record_of};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};
use uuid::Uuid;

use crate::harness::Harness;

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub seq: i64,
    pub person: Option<Uuid>,
    pub role: Option<String>,
    pub via: String,
    pub verb: String,
    pub subject: String,
    pub outcome: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub request: Option<String>,
    pub address: Option<String>,
}

/// A council's events behind a number, in order.
///
/// # Panics
/// When they cannot be read.
pub async fn trail(harness: &Harness, council: Uuid, after: i64) -> Vec<Told> {
    let sql = "SELECT seq, person_id, role, via, verb, subject, outcome, before, after, request_id, address FROM audit_event \
        WHERE council_id = $1 AND seq > $2 ORDER BY seq";
    let snapshot = harness.app.db.snapshot(council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    let statement = Statement::from_sql_and_values(harness.app.db.backend(), sql, [council.into(), after.into()]);
    let rows = snapshot.query_all_raw(statement).await.expect("reads the trail");
    rows.iter()
        .map(|row| Told {
            seq: row.try_get_by_index(0).expect("a number"),
            person: row.try_get_by_index(1).expect("a person"),
            role: row.try_get_by_index(2).expect("a role"),
            via: row.try_get_by_index(3).expect("a way"),
            verb: row.try_get_by_index(4).expect("a verb"),
            subject: row.try_get_by_index(5).expect("a subject"),
            outcome: row.try_get_by_index(6).expect("an outcome"),
            before: row.try_get_by_index(7).expect("a state"),
            after: row.try_get_by_index(8).expect("a state"),
            request: row.try_get_by_index(9).expect("a request"),
            address: row.try_get_by_index(10).expect("an address"),
        })
        .collect()
}

/// Puts an event of nobody's into a council's trail, as the service does.
///
/// # Panics
/// When it is refused.
pub async fn tell(harness: &Harness, council: Uuid, subject: &str) {
    let app = &harness.app;
    let by = By { actor: "Somebody <somebody@example.org>".into(), via: "test".into(), ..By::default() };
    let behind = Behind { person: None, role: None, by: &by };
    let event = Event { verb: "test.tell", subject: subject.into(), before: None, after: Some("{\"n\":1}".into()) };
    let told = async {
        let tx = app.db.change(council).await?;
        record_of(app, &tx, council, &behind, Outcome::Done, event).await?;
        tx.commit().await
    };
    told.await.unwrap_or_else(|error| panic!("{}", error.log_text()));
}

/// The database as its owner: whom neither grants nor row-level security hold, nor, once dropped, triggers.
///
/// # Panics
/// When it cannot be reached.
pub async fn owner(harness: &Harness) -> DatabaseConnection {
    let mut options = ConnectOptions::new(&harness.database);
    options.max_connections(1).sqlx_logging(false);
    let owner = Database::connect(options).await.expect("the owner is let in");
    let statements = match owner.get_database_backend() {
        sea_orm::DbBackend::Postgres => {
            vec!["ALTER TABLE audit_event DISABLE TRIGGER USER".to_owned(), "ALTER TABLE audit_head DISABLE TRIGGER USER".to_owned()]
        }
        _ => {
            let all = Statement::from_string(owner.get_database_backend(), "SELECT name FROM sqlite_schema WHERE type = 'trigger'");
            let rows = owner.query_all_raw(all).await.expect("lists triggers");
            rows.iter().map(|row| format!("DROP TRIGGER {}", row.try_get_by_index::<String>(0).expect("a name"))).collect()
        }
    };
    for statement in statements {
        owner.execute_unprepared(&statement).await.expect("the owner may");
    }
    owner
}
