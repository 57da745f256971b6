//! Why an indicator is retained, amended or removed in the next edition.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let mut column = ColumnDef::new("disposition_reason");
        column.text();
        schema.alter_table(sea_query::Table::alter().table("membership").add_column(&mut column).to_owned()).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let column = sea_query::Table::alter().table("membership").drop_column("disposition_reason").to_owned();
        schema.alter_table(column).await
    }
}
