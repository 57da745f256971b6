//! Imports that people decide about: rows left out, warnings acknowledged with reasons, and who decided what and why.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::postgres;
use crate::table::Kind::{Instant, Int, Text, To};
use crate::table::{Table, may, need, on, unique};

/// A warning that somebody took upon themselves, and why.
const IMPORT_ACKNOWLEDGEMENT: Table = Table::tenant(
    "import_acknowledgement",
    &[
        need("import_id", To("import")),
        need("code", Text),
        need("reason", Text),
        need("places", Int),
        need("person_id", To("person")),
        need("at", Instant),
    ],
    &[unique(&["import_id", "code"])],
);

/// What somebody decided about an import.
const IMPORT_DECISION: Table = Table::tenant(
    "import_decision",
    &[need("import_id", To("import")), need("kind", Text), may("reason", Text), need("person_id", To("person")), need("at", Instant)],
    &[on(&["import_id"])],
);

/// The issue of a return template that an import is.
const IMPORT_TEMPLATE: Table = Table::tenant(
    "import_template",
    &[need("import_id", To("import")), need("template_id", To("return_template"))],
    &[unique(&["import_id"]), on(&["template_id"])],
);

/// New tables, with what the server may do with each: what was decided stays decided.
const NEW: [(Table, &str); 3] =
    [(IMPORT_ACKNOWLEDGEMENT, "SELECT, INSERT"), (IMPORT_DECISION, "SELECT, INSERT"), (IMPORT_TEMPLATE, "SELECT, INSERT, DELETE")];

const COLUMNS: [&str; 3] = [
    "ALTER TABLE import ADD COLUMN left_out_rows INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE import_change ADD COLUMN outcome TEXT",
    "ALTER TABLE import_change ADD COLUMN because TEXT",
];

const INDICES: [&str; 2] = [
    // The same file again.
    "CREATE INDEX ix_import_sha256 ON import (council_id, sha256)",
    // What became of a plan's rows, a page at a time. Most rows never get an outcome.
    "CREATE INDEX ix_import_change_outcome ON import_change (council_id, import_id, outcome, seq) WHERE outcome IS NOT NULL",
];

const BACK: [&str; 5] = [
    "DROP INDEX ix_import_change_outcome",
    "DROP INDEX ix_import_sha256",
    "ALTER TABLE import_change DROP COLUMN because",
    "ALTER TABLE import_change DROP COLUMN outcome",
    "ALTER TABLE import DROP COLUMN left_out_rows",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let database = schema.get_connection();
        let on_postgres = schema.get_database_backend() == DbBackend::Postgres;
        for column in COLUMNS {
            database.execute_unprepared(column).await?;
        }
        for index in INDICES {
            database.execute_unprepared(index).await?;
        }
        for (table, verbs) in NEW {
            table.create(schema).await?;
            if on_postgres {
                postgres::grant(database, verbs, table.name).await?;
                postgres::keep_to_council(database, table.name).await?;
            }
        }
        Ok(())
    }

    /// What was kept in the new tables and columns is lost.
    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for (table, _) in NEW.iter().rev() {
            table.drop(schema).await?;
        }
        for statement in BACK {
            schema.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
