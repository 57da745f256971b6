//! Editions of a pack: for an audience, of a service or directorate, in a language; what was found before a pack was
//! given out; how each council's documents look; and which measures explain others.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::m20261122_000001_spine::documents;
use crate::postgres;
use crate::table::Kind::{BigInt, Date, Instant, Int, Text, To};
use crate::table::{Table, may, need, on, or_false, unique};

const PACK: Table = Table::tenant(
    "pack",
    &[
        need("forum_id", To("forum")),
        need("person_id", To("person")),
        need("period_start", Date),
        need("period_months", Int),
        need("profile", Text),
        or_false("chart_all"),
        need("as_at", Instant),
        may("meeting_on", Date),
        need("state", Text),
        may("sha256", Text),
        may("size_bytes", BigInt),
        may("storage_key", Text),
        may("file_name", Text),
        may("failure", Text),
        need("created_at", Instant),
        may("element_id", To("element")),
        or_false("reaches_beyond"),
        need("language", Text),
    ],
    &[on(&["forum_id", "period_start"]), on(&["sha256"])],
);

/// What stands in both, and what the new columns of a row made before are.
const BEFORE: &str = "council_id, id, forum_id, person_id, period_start, period_months, chart_all, as_at, meeting_on, state, sha256, \
    size_bytes, storage_key, file_name, failure, created_at";

/// What an officer was told of a pack when it was made.
const PACK_CHECK: Table = Table::tenant(
    "pack_check",
    &[need("pack_id", To("pack")), need("seq", Int), need("code", Text), need("indicator", Text), need("words", Text)],
    &[unique(&["pack_id", "seq"])],
);

/// How a council's documents look, from when until when: a pack asked for earlier looks as it did then.
const COUNCIL_BRAND: Table = Table::tenant(
    "council_brand",
    &[
        may("display_name", Text),
        may("heading_colour", Text),
        may("chart_colour", Text),
        may("logo_key", Text),
        may("logo_format", Text),
        may("logo_width", Int),
        may("logo_height", Int),
        need("languages", Text),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        need("recorded_by", To("person")),
    ],
    &[on(&["recorded_at"])],
);

/// New tables, with what the server may do with each: what was told of a pack is not untold.
const NEW: [(Table, &str); 2] = [(PACK_CHECK, "SELECT, INSERT"), (COUNCIL_BRAND, "SELECT, INSERT, UPDATE, DELETE")];

/// What a definition says besides: whether what is written beside its figures may speak of persons, and the refs of the
/// indicators it explains, as a JSON list.
const COLUMNS: [&str; 2] = [
    "ALTER TABLE indicator_version ADD COLUMN sensitive BOOLEAN NOT NULL DEFAULT FALSE",
    "ALTER TABLE indicator_version ADD COLUMN context_for TEXT",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let profile = "CASE profile WHEN 'FULL' THEN 'SCRUTINY' ELSE profile END";
        remake(schema, PACK, &format!("{BEFORE}, profile, language"), &format!("{BEFORE}, {profile}, 'en-GB'")).await?;
        for column in COLUMNS {
            schema.get_connection().execute_unprepared(column).await?;
        }
        for (table, verbs) in NEW {
            table.create(schema).await?;
            guard(schema, table, verbs).await?;
        }
        Ok(())
    }

    /// What was kept in the new tables and columns is lost, and editions for other audiences with it.
    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for (table, _) in NEW.iter().rev() {
            table.drop(schema).await?;
        }
        for column in ["context_for", "sensitive"] {
            let column = sea_query::Table::alter().table("indicator_version").drop_column(column).to_owned();
            schema.alter_table(column).await?;
        }
        let profile = "CASE profile WHEN 'EXCEPTIONS' THEN profile ELSE 'FULL' END";
        remake(schema, documents::PACK, &format!("{BEFORE}, profile"), &format!("{BEFORE}, {profile}")).await
    }
}

/// Makes the table of packs anew with all it held: SQLite can add no column that is part of a foreign key, and nothing
/// points at packs yet.
async fn remake(schema: &SchemaManager<'_>, table: Table, columns: &str, values: &str) -> Result<(), DbErr> {
    let database = schema.get_connection();
    let name = table.name;
    if schema.get_database_backend() == DbBackend::Postgres {
        // So that an owner who is no superuser sees the rows.
        database.execute_unprepared(&format!("ALTER TABLE {name} DISABLE ROW LEVEL SECURITY")).await?;
    }
    database.execute_unprepared(&format!("CREATE TABLE {name}_before AS SELECT * FROM {name}")).await?;
    table.drop(schema).await?;
    table.create(schema).await?;
    database.execute_unprepared(&format!("INSERT INTO {name} ({columns}) SELECT {values} FROM {name}_before")).await?;
    database.execute_unprepared(&format!("DROP TABLE {name}_before")).await?;
    guard(schema, table, "SELECT, INSERT, UPDATE, DELETE").await
}

/// What the server may do with a table, on PostgreSQL, and whose rows of it.
async fn guard(schema: &SchemaManager<'_>, table: Table, verbs: &str) -> Result<(), DbErr> {
    if schema.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let database = schema.get_connection();
    postgres::grant(database, verbs, table.name).await?;
    postgres::keep_to_council(database, table.name).await
}
