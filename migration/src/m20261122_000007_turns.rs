//! When a job was last taken up, so that councils take turns: the one that was served longest ago is served next. And the
//! way to what a council sent within a day, which is bounded.

use sea_orm_migration::prelude::*;

/// Of which table, its name and its columns.
const INDICES: [(&str, &str, [&str; 2]); 2] = [
    // The latest of a council's is asked whenever a node looks for work.
    ("job", "ix_job_council_id_claimed_at", ["council_id", "claimed_at"]),
    ("upload", "ix_upload_council_id_created_at", ["council_id", "created_at"]),
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let column = ColumnDef::new("claimed_at").timestamp_with_time_zone().to_owned();
        schema.alter_table(Table::alter().table("job").add_column(column).to_owned()).await?;
        for (table, name, [first, second]) in INDICES {
            schema.create_index(Index::create().name(name).table(table).col(first).col(second).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for (table, name, _) in INDICES {
            schema.drop_index(Index::drop().table(table).name(name).to_owned()).await?;
        }
        schema.alter_table(Table::alter().table("job").drop_column("claimed_at").to_owned()).await
    }
}
