//! Figures entered without a workbook: what was sent, and why each figure that was held is changed.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::postgres;
use crate::table::Kind::{Text, To};
use crate::table::{Table, need, unique};

/// What was sent with an import that is no workbook, as canonical JSON: it is written once and never changed.
const IMPORT_ENTRY: Table =
    Table::tenant("import_entry", &[need("import_id", To("import")), need("figures", Text)], &[unique(&["import_id"])]);

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        IMPORT_ENTRY.create(schema).await?;
        if schema.get_database_backend() == DbBackend::Postgres {
            let database = schema.get_connection();
            postgres::grant(database, "SELECT, INSERT", IMPORT_ENTRY.name).await?;
            postgres::keep_to_council(database, IMPORT_ENTRY.name).await?;
        }
        let mut column = ColumnDef::new("reason");
        column.text();
        schema.alter_table(sea_query::Table::alter().table("import_change").add_column(&mut column).to_owned()).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let column = sea_query::Table::alter().table("import_change").drop_column("reason").to_owned();
        schema.alter_table(column).await?;
        IMPORT_ENTRY.drop(schema).await
    }
}
