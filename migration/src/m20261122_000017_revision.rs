//! Each council's revision: how often it was changed, and which change was the last.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for column in ["revision", "last_change"] {
            let add = format!("ALTER TABLE council ADD COLUMN {column} BIGINT NOT NULL DEFAULT 0");
            schema.get_connection().execute_unprepared(&add).await?;
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for column in ["last_change", "revision"] {
            schema.get_connection().execute_unprepared(&format!("ALTER TABLE council DROP COLUMN {column}")).await?;
        }
        Ok(())
    }
}
