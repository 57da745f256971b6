//! When each council was changed last: no later change is recorded before it, whatever clocks say.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let database = schema.get_connection();
        let kind = match database.get_database_backend() {
            DbBackend::Postgres => "TIMESTAMPTZ",
            _ => "timestamp_with_timezone_text",
        };
        // Empty where nothing was changed since: the trail's end, which it is compared with nowhere, is not later than now.
        database.execute_unprepared(&format!("ALTER TABLE council ADD COLUMN changed_at {kind}")).await.map(drop)
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.get_connection().execute_unprepared("ALTER TABLE council DROP COLUMN changed_at").await.map(drop)
    }
}
