//! The spine: councils and people, frameworks, figures, workbooks in and documents out, audit and jobs.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::postgres;
use crate::table::Table;

pub(crate) mod documents;
mod figures;
mod frameworks;
pub(crate) mod people;

/// In an order in which each table only points at earlier ones.
const TABLES: &[Table] = &[
    people::COUNCIL,
    people::PERSON,
    frameworks::FRAMEWORK,
    frameworks::ELEMENT,
    frameworks::PLACEMENT,
    frameworks::ELEMENT_LINK,
    frameworks::FORUM,
    frameworks::FORUM_REMIT,
    frameworks::REPORTING_PERIOD,
    figures::INDICATOR,
    documents::UPLOAD,
    documents::IMPORT,
    documents::IMPORT_CHANGE,
    documents::IMPORT_DIAGNOSTIC,
    figures::INDICATOR_VERSION,
    figures::MEMBERSHIP,
    figures::INDICATOR_LINK,
    figures::STATUS_RULE,
    figures::TARGET,
    figures::OBSERVATION,
    documents::PACK,
    documents::RETURN_TEMPLATE,
    people::ROLE_GRANT,
    people::AUDIT_EVENT,
    people::JOB,
];

/// SQLite has no grants to withhold, so triggers keep the audit trail append-only there.
const AUDIT_TRIGGERS: &str = "
CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;
CREATE TRIGGER audit_event_is_never_deleted BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing on SQLite too, which runs none by default.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES {
            table.create(schema).await?;
        }
        let database = schema.get_connection();
        if schema.get_database_backend() != DbBackend::Postgres {
            database.execute_unprepared(AUDIT_TRIGGERS).await?;
            return Ok(());
        }
        postgres::server_role(database).await?;
        for table in TABLES {
            let verbs = match table.name {
                "audit_event" => "SELECT, INSERT",
                "council" => "SELECT, INSERT, UPDATE",
                _ => "SELECT, INSERT, UPDATE, DELETE",
            };
            postgres::grant(database, verbs, table.name).await?;
            if table.tenant {
                postgres::keep_to_council(database, table.name).await?;
            }
        }
        // So that a node can tell whether its database is the one it was built for.
        postgres::grant(database, "SELECT", "seaql_migrations").await
    }

    /// The server's role stays: roles belong to the whole cluster, and other databases on it may use it.
    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES.iter().rev() {
            table.drop(schema).await?;
        }
        Ok(())
    }
}
