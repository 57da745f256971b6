//! One council's rows are out of another's reach: by foreign key on both databases, by raw SQL on PostgreSQL.

use migration::TENANT_TABLES;
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, TransactionTrait};

use crate::databases::{TestDatabase, databases, postgres, refused};
use crate::rows::{A, B, SHARED, columns, count, fill, insertion, insertion_with, literal, tables};

/// References that no foreign key holds, and why not.
const UNHELD: [&str; 25] = [
    // The council that follows, or came before.
    "carried_element.to_council_id",
    "carried_grant.to_council_id",
    // The council that is invited, and the group a council is in, which is another council's.
    "council_group_invitation.to_council_id",
    "council_group_member.group_id",
    "handed_figure.to_council_id",
    "handed_indicator.to_council_id",
    // A figure a plan was compared with, looked for among the council's own: a key would cost each row of a large plan.
    "import_change.held_id",
    // An indicator that the import itself is to create.
    "import_change.indicator_id",
    // Of the request that asked, which has no row.
    "job.request_id",
    // An import or a pack, as the kind of job says.
    "job.subject_id",
    "predecessor_indicator.of_council_id",
    "reception.of_council_id",
    "reception.reorganisation_id",
    "reorganisation.to_council_id",
    // With whom something is shared: a council, or a group that is another council's.
    "share.to_council_id",
    "share.to_group_id",
    // Whose it is that a council answers to.
    "share_answer.of_council_id",
    "share_answer.share_id",
    // A measure published for all councils, which stands in no council.
    "shared_figure.measure_id",
    "shared_figure.to_council_id",
    "shared_figure.to_group_id",
    "succession.other_council_id",
    // What a warning is about: a return may have no row yet; and a warning, which stands before it has one.
    "warning.subject_id",
    "warning_step.subject_id",
    "warning_step.warning_id",
];

/// Tables whose rows the server never changes, not even a council's own.
const WRITTEN_ONCE: [&str; 22] = [
    "carried_element",
    "carried_grant",
    "comparator_member",
    "council_group",
    "council_group_invitation",
    "handed_figure",
    "handed_indicator",
    "import_acknowledgement",
    "import_decision",
    "import_entry",
    "import_template",
    "late_entry",
    "pack_check",
    "question_step",
    "reception",
    "release_indicator",
    "reorganisation",
    "return_step",
    "share_indicator",
    "shared_figure",
    "target_proposal_step",
    "warning_step",
];

/// Tables whose rows the server ends and never deletes.
const KEPT: [&str; 23] = [
    "action",
    "assessment",
    "assessment_evidence",
    "comparator_group",
    "council_group_member",
    "delivery_record",
    "dependency",
    "insight",
    "metric_mapping",
    "milestone",
    "money",
    "predecessor_indicator",
    "project",
    "recommendation",
    "risk",
    "share",
    "share_answer",
    "spc_baseline",
    "succession",
    "theme",
    "warning",
    "warning_look",
    "warning_rule",
];

/// How a database says that a foreign key held.
fn foreign_key(database: &TestDatabase) -> &'static str {
    if database.is_postgres() { "violates foreign key constraint" } else { "FOREIGN KEY constraint failed" }
}

/// A transaction of the server's that works for one council.
async fn working_for(server: &DatabaseConnection, council: Uuid) -> DatabaseTransaction {
    let transaction = server.begin().await.expect("begins");
    transaction.execute_unprepared(&format!("SELECT set_config('app.council', '{council}', true)")).await.expect("names its council");
    transaction
}

#[tokio::test]
async fn no_foreign_key_can_point_into_another_council() {
    for database in databases("foreign_keys").await {
        let db = &database.owner;
        fill(db, A).await;
        fill(db, B).await;
        let (mut held, mut unheld) = (0, Vec::new());
        for table in tables().into_iter().filter(|table| !["council", "operator", "audit_event"].contains(table) && !SHARED.contains(table))
        {
            for column in columns(db, table).await.iter().filter(|column| column.is_reference()) {
                let (name, ours, theirs) = (&column.name, literal(db, A), literal(db, B));
                let update = format!("UPDATE {table} SET {name} = {theirs} WHERE council_id = {ours}");
                if UNHELD.contains(&format!("{table}.{name}").as_str()) {
                    unheld.push(format!("{table}.{name}"));
                } else {
                    refused(db.execute_unprepared(&update).await, foreign_key(&database));
                    held += 1;
                }
            }
        }
        unheld.sort();
        assert_eq!((held, unheld.as_slice()), (218, UNHELD.map(str::to_owned).as_slice()));
        // The audit trail takes no update, so its one reference is tried by inserting.
        let second = |event: String| event.replacen(", 1, '2026", ", 2, '2026", 1);
        let event = insertion_with(db, "audit_event", A, &[("id", Uuid::from_u128(1)), ("person_id", B)]).await;
        refused(db.execute_unprepared(&second(event)).await, foreign_key(&database));
        let event = second(insertion_with(db, "audit_event", A, &[("id", Uuid::from_u128(1))]).await);
        db.execute_unprepared(&event).await.unwrap();
    }
}

#[tokio::test]
async fn a_row_of_no_council_is_refused() {
    for database in databases("no_council").await {
        for table in TENANT_TABLES {
            let row = insertion(&database.owner, table, Uuid::from_u128(0xC)).await;
            refused(database.owner.execute_unprepared(&row).await, foreign_key(&database));
        }
    }
}

#[tokio::test]
async fn the_server_sees_its_councils_rows_and_no_others() {
    let Some(database) = postgres("sees").await else { return };
    fill(&database.owner, A).await;
    fill(&database.owner, B).await;
    for table in TENANT_TABLES {
        assert_eq!(count(&database.owner, table).await, 2, "{table} as its owner, a superuser");
        assert_eq!(count(&database.server, table).await, 0, "{table} without a council");
        let ours = working_for(&database.server, A).await;
        assert_eq!(count(&ours, table).await, 1, "{table}");
        assert_eq!(count(&ours, &format!("{table} WHERE council_id = '{A}'")).await, 1, "{table}");
        assert_eq!(count(&ours, &format!("{table} WHERE council_id = '{B}' OR id = '{B}'")).await, 0, "{table}");
        ours.commit().await.unwrap();
        assert_eq!(count(&database.server, table).await, 0, "{table} after a transaction that had one");
    }
}

#[tokio::test]
async fn the_server_cannot_change_another_councils_rows() {
    let Some(database) = postgres("changes").await else { return };
    fill(&database.owner, A).await;
    fill(&database.owner, B).await;
    // What the trail refuses even of one's own is tried beside it.
    for table in TENANT_TABLES.iter().filter(|table| !table.starts_with("audit_") && !WRITTEN_ONCE.contains(table)) {
        let ours = working_for(&database.server, A).await;
        let set = format!("UPDATE {table} SET id = id WHERE council_id = '{B}'");
        assert_eq!(ours.execute_unprepared(&set).await.unwrap().rows_affected(), 0, "{table}");
        if !KEPT.contains(table) {
            let delete = format!("DELETE FROM {table} WHERE council_id = '{B}'");
            assert_eq!(ours.execute_unprepared(&delete).await.unwrap().rows_affected(), 0, "{table}");
        }
        let give_away = format!("UPDATE {table} SET council_id = '{B}', id = '{}'", Uuid::from_u128(9));
        refused(ours.execute_unprepared(&give_away).await, "row-level security");
        ours.rollback().await.unwrap();
    }
    for table in WRITTEN_ONCE {
        let ours = working_for(&database.server, A).await;
        refused(ours.execute_unprepared(&format!("UPDATE {table} SET id = id")).await, "permission denied");
        ours.rollback().await.unwrap();
    }
    for table in KEPT {
        let ours = working_for(&database.server, A).await;
        refused(ours.execute_unprepared(&format!("DELETE FROM {table}")).await, "permission denied");
        ours.rollback().await.unwrap();
    }
    for table in TENANT_TABLES {
        let theirs = insertion(&database.owner, table, B).await;
        let ours = working_for(&database.server, A).await;
        refused(ours.execute_unprepared(&theirs).await, "row-level security");
        ours.rollback().await.unwrap();
        refused(database.server.execute_unprepared(&theirs).await, "row-level security");
        assert_eq!(count(&database.owner, table).await, 2, "{table}");
    }
}

#[tokio::test]
async fn the_server_owns_nothing_and_bypasses_nothing() {
    let Some(database) = postgres("role").await else { return };
    let server = &database.server;
    assert_eq!(count(server, "pg_roles WHERE rolname = current_user AND rolname = 'goldenthread_server'").await, 1);
    assert_eq!(count(server, "pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls OR rolcanlogin)").await, 0);
    assert_eq!(count(server, "pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)").await, 0);
    refused(server.execute_unprepared("ALTER TABLE person DISABLE ROW LEVEL SECURITY").await, "must be owner");
    refused(server.execute_unprepared("TRUNCATE observation").await, "permission denied");
    refused(server.execute_unprepared("DELETE FROM council").await, "permission denied");
}
