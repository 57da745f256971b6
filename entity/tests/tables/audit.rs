//! The audit trail only grows.

use sea_orm::{ConnectionTrait, TransactionTrait};

use crate::databases::{databases, refused};
use crate::rows::{A, count, fill};

#[tokio::test]
async fn an_audit_event_is_never_changed_or_deleted() {
    for database in databases("audit").await {
        fill(&database.owner, A).await;
        let why = if database.is_postgres() { "permission denied for table audit_event" } else { "audit_event is append-only" };
        for statement in ["UPDATE audit_event SET verb = 'OTHER'", "DELETE FROM audit_event"] {
            let ours = database.server.begin().await.unwrap();
            if database.is_postgres() {
                ours.execute_unprepared(&format!("SELECT set_config('app.council', '{A}', true)")).await.unwrap();
            }
            assert_eq!(count(&ours, "audit_event").await, 1);
            refused(ours.execute_unprepared(statement).await, why);
            ours.rollback().await.unwrap();
        }
        assert_eq!(count(&database.owner, &format!("audit_event WHERE verb = '{}'", A.as_u128())).await, 1);
    }
}
