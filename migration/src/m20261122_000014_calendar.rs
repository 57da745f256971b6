//! On which days reporting periods open and close by themselves.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::postgres;
use crate::table::Kind::{Date, Instant, Int, To};
use crate::table::{Table, may, need, unique};

/// A reporting period's days, and when what was to be done on them was done. Set anew, a row supersedes the one before.
const PERIOD_SCHEDULE: Table = Table::tenant(
    "period_schedule",
    &[
        need("period_start", Date),
        need("period_months", Int),
        need("opens_on", Date),
        may("closes_on", Date),
        may("opened_at", Instant),
        may("closed_at", Instant),
        need("set_by", To("person")),
        need("set_at", Instant),
        may("superseded_at", Instant),
    ],
    &[unique(&["period_start", "period_months"]).only("superseded_at IS NULL")],
);

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        PERIOD_SCHEDULE.create(schema).await?;
        if schema.get_database_backend() == DbBackend::Postgres {
            let database = schema.get_connection();
            postgres::grant(database, "SELECT, INSERT, UPDATE, DELETE", PERIOD_SCHEDULE.name).await?;
            postgres::keep_to_council(database, PERIOD_SCHEDULE.name).await?;
            // Whoever looks what is due looks through every council at once, and acts in each by itself.
            postgres::open_for(database, PERIOD_SCHEDULE.name, "SELECT", "calendar").await?;
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        PERIOD_SCHEDULE.drop(schema).await
    }
}
