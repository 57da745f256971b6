//! Each event provable by itself, and the last ways closed in which the trail could be changed without a word.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::SERVER_ROLE;

/// The hash an event continues from, and what only the holder of the service's key can say of it.
const COLUMNS: [&str; 2] = ["previous_hash", "seal"];

/// SQLite deletes the row an `INSERT OR REPLACE` collides with without telling any delete trigger, so a row that is
/// there already is refused before it is inserted. The end of the trail may move and is never taken away: without it,
/// missing events at the end would not be missed.
const GUARDS: &str = "
CREATE TRIGGER audit_event_is_never_replaced BEFORE INSERT ON audit_event
WHEN EXISTS (SELECT 1 FROM audit_event e WHERE e.council_id = NEW.council_id AND (e.id = NEW.id OR e.seq = NEW.seq))
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;
CREATE TRIGGER audit_head_is_never_deleted BEFORE DELETE ON audit_head
BEGIN SELECT RAISE(ABORT, 'audit_head is never deleted'); END;
CREATE TRIGGER audit_head_never_goes_back BEFORE UPDATE ON audit_head
WHEN NEW.council_id <> OLD.council_id OR NEW.id <> OLD.id OR NEW.seq <= OLD.seq
BEGIN SELECT RAISE(ABORT, 'audit_head only goes forward'); END;
CREATE TRIGGER audit_head_is_never_replaced BEFORE INSERT ON audit_head
WHEN EXISTS (SELECT 1 FROM audit_head h WHERE h.council_id = NEW.council_id AND NEW.seq <= h.seq)
BEGIN SELECT RAISE(ABORT, 'audit_head only goes forward'); END;";

const GUARD_NAMES: [&str; 4] =
    ["audit_event_is_never_replaced", "audit_head_is_never_deleted", "audit_head_never_goes_back", "audit_head_is_never_replaced"];

/// The same on PostgreSQL, where grants do the rest.
const ONLY_FORWARD: &str = "
CREATE FUNCTION audit_head_only_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.council_id <> OLD.council_id OR NEW.id <> OLD.id OR NEW.seq <= OLD.seq THEN
    RAISE EXCEPTION 'audit_head only goes forward';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER audit_head_never_goes_back BEFORE UPDATE ON audit_head
FOR EACH ROW EXECUTE FUNCTION audit_head_only_goes_forward();";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let database = schema.get_connection();
        for name in COLUMNS {
            schema.alter_table(Table::alter().table("audit_event").add_column(ColumnDef::new(name).text()).to_owned()).await?;
        }
        if schema.get_database_backend() != DbBackend::Postgres {
            return database.execute_unprepared(GUARDS).await.map(drop);
        }
        database.execute_unprepared(&format!("REVOKE DELETE ON audit_head FROM {SERVER_ROLE}")).await?;
        database.execute_unprepared(ONLY_FORWARD).await.map(drop)
    }

    /// What was kept in the new columns is lost.
    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let database = schema.get_connection();
        if schema.get_database_backend() == DbBackend::Postgres {
            database.execute_unprepared("DROP TRIGGER audit_head_never_goes_back ON audit_head").await?;
            database.execute_unprepared("DROP FUNCTION audit_head_only_goes_forward()").await?;
            database.execute_unprepared(&format!("GRANT DELETE ON audit_head TO {SERVER_ROLE}")).await?;
        } else {
            for guard in GUARD_NAMES {
                database.execute_unprepared(&format!("DROP TRIGGER {guard}")).await?;
            }
        }
        for name in COLUMNS {
            schema.alter_table(Table::alter().table("audit_event").drop_column(name).to_owned()).await?;
        }
        Ok(())
    }
}
