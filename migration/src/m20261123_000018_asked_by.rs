//! Which request asked for a job, and in which trace: whoever reads the log finds the one from the other. Programs before this
//! leave both empty.

use sea_orm_migration::prelude::*;

/// Characters of a traceparent: version, trace, span and flags.
const TRACEPARENT: u32 = 55;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for column in [ColumnDef::new("request_id").uuid().to_owned(), ColumnDef::new("traceparent").string_len(TRACEPARENT).to_owned()] {
            schema.alter_table(Table::alter().table("job").add_column(column).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for column in ["request_id", "traceparent"] {
            schema.alter_table(Table::alter().table("job").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
