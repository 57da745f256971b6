//! What the public may read: each figure as it read when it was published, whatever was recorded since.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::postgres;
use crate::table::Kind::{Date, Decimal, Instant, Int, Text, To};
use crate::table::{Table, may, need, unique};

const PUBLICATION: Table = Table::tenant(
    "publication",
    &[
        need("indicator_id", To("indicator")),
        may("observation_id", To("observation")),
        need("period_start", Date),
        need("period_end", Date),
        need("period_months", Int),
        need("title", Text),
        need("unit", Text),
        need("polarity", Text),
        may("value", Decimal),
        may("numerator", Decimal),
        may("denominator", Decimal),
        may("absence", Text),
        need("state", Text),
        may("target", Decimal),
        may("intervention", Decimal),
        may("lower", Decimal),
        may("upper", Decimal),
        need("status", Text),
        need("published_at", Instant),
        need("published_by", To("person")),
        may("superseded_at", Instant),
        may("withdrawn_at", Instant),
        may("notice", Text),
    ],
    &[unique(&["indicator_id", "period_start", "period_months"]).only("superseded_at IS NULL")],
);

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        PUBLICATION.create(schema).await?;
        if schema.get_database_backend() == DbBackend::Postgres {
            let database = schema.get_connection();
            postgres::grant(database, "SELECT, INSERT, UPDATE, DELETE", PUBLICATION.name).await?;
            postgres::keep_to_council(database, PUBLICATION.name).await?;
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        PUBLICATION.drop(schema).await
    }
}
