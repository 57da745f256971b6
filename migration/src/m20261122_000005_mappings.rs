//! How workbooks are read: the mappings a council keeps, and what each table of an import was taken for.

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
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for table in NEW {
            table.drop(schema).await?;
        }
        Ok(())
    }
}
