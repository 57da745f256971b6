//! A planned figure in columns of its own, so that accepting an import is a statement inside the database.
//!
//! Until now a plan kept its figures as JSON, and what stood before them as a copy. What stood before is still there,
//! superseded, so its id is enough; and the figure is kept as the table of figures keeps it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

const TABLE: &str = "import_change";

/// Texts of a figure, as `observation` names them.
const TEXTS: [&str; 6] = ["absence", "state", "commentary", "remedial_action", "remedial_owner", "quality_note"];
const NUMBERS: [&str; 4] = ["value", "numerator", "denominator", "forecast"];

/// Fills the columns from the JSON of plans made before.
/// Row-level security would hide the rows from an owner who is no superuser.
const FROM_JSON_ON_POSTGRES: &str = "
ALTER TABLE import_change DISABLE ROW LEVEL SECURITY;
UPDATE import_change SET
  held_id = (before_row::jsonb ->> 'observation')::uuid,
  definition_version = (after_row::jsonb ->> 'definition_version')::integer,
  value = (after_row::jsonb ->> 'value')::numeric,
  numerator = (after_row::jsonb ->> 'numerator')::numeric,
  denominator = (after_row::jsonb ->> 'denominator')::numeric,
  forecast = (after_row::jsonb ->> 'forecast')::numeric,
  absence = after_row::jsonb ->> 'absence',
  state = after_row::jsonb ->> 'state',
  commentary = after_row::jsonb ->> 'commentary',
  remedial_action = after_row::jsonb ->> 'action',
  remedial_owner = after_row::jsonb ->> 'action_owner',
  remedial_due = (after_row::jsonb ->> 'action_due')::date,
  quality_note = after_row::jsonb ->> 'quality_note',
  before_row = NULL,
  after_row = NULL
WHERE subject = 'OBSERVATION' AND after_row IS NOT NULL;
ALTER TABLE import_change ENABLE ROW LEVEL SECURITY;";

const FROM_JSON_ON_SQLITE: &str = "
UPDATE import_change SET
  held_id = unhex(replace(before_row ->> 'observation', '-', '')),
  definition_version = after_row ->> 'definition_version',
  value = after_row ->> 'value',
  numerator = after_row ->> 'numerator',
  denominator = after_row ->> 'denominator',
  forecast = after_row ->> 'forecast',
  absence = after_row ->> 'absence',
  state = after_row ->> 'state',
  commentary = after_row ->> 'commentary',
  remedial_action = after_row ->> 'action',
  remedial_owner = after_row ->> 'action_owner',
  remedial_due = after_row ->> 'action_due',
  quality_note = after_row ->> 'quality_note',
  before_row = NULL,
  after_row = NULL
WHERE subject = 'OBSERVATION' AND after_row IS NOT NULL;";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let on_postgres = schema.get_database_backend() == DbBackend::Postgres;
        for column in columns(on_postgres) {
            schema.alter_table(Table::alter().table(TABLE).add_column(column).to_owned()).await?;
        }
        // A plan is read in its order and nothing else; every index costs each row of it.
        schema.drop_index(Index::drop().table(TABLE).name("ix_import_change_import_id_kind_seq").to_owned()).await?;
        let database = schema.get_connection();
        if on_postgres {
            // The row's import is the council's, or there is no such import.
            database.execute_unprepared("ALTER TABLE import_change DROP CONSTRAINT import_change_council_id_fkey").await?;
        }
        let fill = if on_postgres { FROM_JSON_ON_POSTGRES } else { FROM_JSON_ON_SQLITE };
        database.execute_unprepared(fill).await.map(drop)
    }

    /// Plans of figures that were not accepted yet are lost with their columns: they are made again from the workbook.
    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let on_postgres = schema.get_database_backend() == DbBackend::Postgres;
        let mut index = Index::create();
        index.name("ix_import_change_import_id_kind_seq").table(TABLE).col("council_id").col("import_id").col("kind").col("seq");
        schema.create_index(index.to_owned()).await?;
        if on_postgres {
            let key = "ALTER TABLE import_change ADD FOREIGN KEY (council_id) REFERENCES council (id)";
            schema.get_connection().execute_unprepared(key).await?;
        }
        for column in columns(on_postgres) {
            let name = Alias::new(column.get_column_name());
            schema.alter_table(Table::alter().table(TABLE).drop_column(name).to_owned()).await?;
        }
        Ok(())
    }
}

fn columns(on_postgres: bool) -> Vec<ColumnDef> {
    let mut columns = vec![ColumnDef::new("held_id").uuid().to_owned(), ColumnDef::new("definition_version").integer().to_owned()];
    for name in NUMBERS {
        let mut column = ColumnDef::new(name);
        // As every decimal is kept: exact, and on SQLite text that sorts as a number.
        match on_postgres {
            true => column.decimal(),
            false => column.custom("TEXT COLLATE decimal"),
        };
        columns.push(column);
    }
    columns.extend(TEXTS.map(|name| ColumnDef::new(name).text().to_owned()));
    columns.push(ColumnDef::new("remedial_due").date().to_owned());
    columns
}
