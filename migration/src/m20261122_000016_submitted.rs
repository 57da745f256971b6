//! What returns were submitted with.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::postgres;
use crate::table::Kind::{Date, Instant, Int, To};
use crate::table::{Table, may, need, on, unique};

/// A figure as its return was submitted: which reading of it, or that there was none. Submitted again, it supersedes its own row.
const SUBMITTED_FIGURE: Table = Table::tenant(
    "submitted_figure",
    &[
        need("return_id", To("service_return")),
        need("step_id", To("return_step")),
        need("indicator_id", To("indicator")),
        need("period_start", Date),
        need("period_end", Date),
        need("period_months", Int),
        may("observation_id", To("observation")),
        need("submitted_at", Instant),
        may("superseded_at", Instant),
    ],
    &[
        unique(&["return_id", "indicator_id", "period_start", "period_months"]).only("superseded_at IS NULL"),
        on(&["period_end"]).only("superseded_at IS NULL"),
    ],
);

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        SUBMITTED_FIGURE.create(schema).await?;
        if schema.get_database_backend() == DbBackend::Postgres {
            let database = schema.get_connection();
            postgres::grant(database, "SELECT, INSERT, UPDATE, DELETE", SUBMITTED_FIGURE.name).await?;
            postgres::keep_to_council(database, SUBMITTED_FIGURE.name).await?;
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        SUBMITTED_FIGURE.drop(schema).await
    }
}
