//! What a release gave: the indicators of the forum's remit as it was then. A remit that grows later shows nothing that
//! was not released.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::postgres;
use crate::table::Kind::To;
use crate::table::{Table, need, on, unique};

const RELEASE_INDICATOR: Table = Table::tenant(
    "release_indicator",
    &[need("release_id", To("forum_release")), need("indicator_id", To("indicator"))],
    &[unique(&["release_id", "indicator_id"]), on(&["indicator_id"])],
);

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        RELEASE_INDICATOR.create(schema).await?;
        if schema.get_database_backend() == DbBackend::Postgres {
            let database = schema.get_connection();
            // What was given is not taken back: a release is withdrawn as a whole.
            postgres::grant(database, "SELECT, INSERT", RELEASE_INDICATOR.name).await?;
            postgres::keep_to_council(database, RELEASE_INDICATOR.name).await?;
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        RELEASE_INDICATOR.drop(schema).await
    }
}
