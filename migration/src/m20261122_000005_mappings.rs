//! How workbooks are read: the mappings a council keeps, and what each table of an import was taken for. Workbooks of
//! findings are made when they are fetched, so nothing is kept of them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::postgres;
use crate::table::Kind::{Instant, Int, Text, To};
use crate::table::{Table, need, unique};

const IMPORT_MAPPING: Table = Table::tenant(
    "import_mapping",
    &[need("name", Text), need("mapping", Text), need("saved_at", Instant), need("saved_by", To("person"))],
    &[unique(&["name"])],
);

const IMPORT_TABLE: Table = Table::tenant(
    "import_table",
    &[need("import_id", To("import")), need("seq", Int), need("taken_for", Text)],
    &[unique(&["import_id", "seq"])],
);

const NEW: [Table; 2] = [IMPORT_MAPPING, IMPORT_TABLE];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for table in NEW {
            table.create(schema).await?;
            if schema.get_database_backend() == DbBackend::Postgres {
                let database = schema.get_connection();
                postgres::grant(database, "SELECT, INSERT, UPDATE, DELETE", table.name).await?;
                postgres::keep_to_council(database, table.name).await?;
            }
        }
        let column = sea_query::Table::alter().table("import").drop_column("problems_key").to_owned();
        schema.alter_table(column).await?;
        let mut column = ColumnDef::new("place_count");
        column.integer();
        schema.alter_table(sea_query::Table::alter().table("import_diagnostic").add_column(&mut column).to_owned()).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let mut column = ColumnDef::new("problems_key");
        column.text();
        schema.alter_table(sea_query::Table::alter().table("import").add_column(&mut column).to_owned()).await?;
        let counted = sea_query::Table::alter().table("import_diagnostic").drop_column("place_count").to_owned();
        schema.alter_table(counted).await?;
        for table in NEW {
            table.drop(schema).await?;
        }
        Ok(())
    }
}
