//! Reminders of every council that wait are found by whichever node has time.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::postgres;

/// What a node reads of every council, and what it says it looks for: what waits, and where it goes.
const TABLES: [(&str, &str); 2] = [("notice", "notices"), ("notice_setting", "notice-settings")];
const WAITING: &str = "ix_notice_waiting";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let database = schema.get_connection();
        let waiting = format!("CREATE INDEX {WAITING} ON notice (next_at) WHERE state = 'WAITING'");
        database.execute_unprepared(&waiting).await?;
        if schema.get_database_backend() == DbBackend::Postgres {
            for (table, purpose) in TABLES {
                postgres::open_for(database, table, "SELECT", purpose).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let database = schema.get_connection();
        if schema.get_database_backend() == DbBackend::Postgres {
            for (table, _) in TABLES {
                database.execute_unprepared(&format!(r#"DROP POLICY purpose ON "{table}""#)).await?;
            }
        }
        database.execute_unprepared(&format!("DROP INDEX {WAITING}")).await.map(drop)
    }
}
