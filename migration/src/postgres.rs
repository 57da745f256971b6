//! What PostgreSQL enforces for us: the server's role, its grants, and row-level security.
//!
//! A backstop behind queries that are scoped anyway, never instead of them. Whoever migrates owns the tables; the server
//! connects as the same user or another and takes on [`SERVER_ROLE`], by `SET ROLE` or by the connection option
//! `-c role=goldenthread_server`. In each transaction it says `SELECT set_config('app.council', <council's id>, true)`.
//! Without that it sees no tenant's row at all.

use sea_orm_migration::prelude::*;

/// The role the server works in. It owns no table, may not log in by itself, and does not bypass row-level security.
pub const SERVER_ROLE: &str = "goldenthread_server";

/// Creates the role unless the cluster has it, and lets the current user take it on.
///
/// What an administrator has to do is said in the message itself: hints do not reach the reader of a log. Databases of
/// one cluster may be migrated at the same time, hence the tolerance of a role that appears in between.
const ENSURE_ROLE: &str = "
DO $$
DECLARE
  before text := current_setting('role');
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'goldenthread_server') THEN
    BEGIN
      CREATE ROLE goldenthread_server NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN NULL;
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'the role goldenthread_server is missing and % may not create it: ask an administrator to run: '
          'CREATE ROLE goldenthread_server NOLOGIN; GRANT goldenthread_server TO %', current_user, quote_ident(current_user);
    END;
  END IF;
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'goldenthread_server' AND (rolsuper OR rolbypassrls)) THEN
    RAISE EXCEPTION 'the role goldenthread_server bypasses row-level security: ask an administrator to run: '
      'ALTER ROLE goldenthread_server NOSUPERUSER NOBYPASSRLS';
  END IF;
  BEGIN
    PERFORM set_config('role', 'goldenthread_server', true);
    PERFORM set_config('role', before, true);
  EXCEPTION WHEN insufficient_privilege THEN
    BEGIN
      EXECUTE format('GRANT goldenthread_server TO %I', current_user);
    EXCEPTION WHEN insufficient_privilege THEN
      RAISE EXCEPTION '% may not take on the role goldenthread_server: ask an administrator to run: '
        'GRANT goldenthread_server TO %', current_user, quote_ident(current_user);
    END;
  END;
END
$$";

/// Makes sure of [`SERVER_ROLE`] before tables come that name it, as those of a backup do.
pub async fn ensure_server_role(database: &sea_orm_migration::sea_orm::DatabaseConnection) -> Result<(), DbErr> {
    server_role(&SchemaManagerConnection::Connection(database)).await
}

/// Makes sure of [`SERVER_ROLE`]; says what an administrator has to do where the current user may not.
pub(crate) async fn server_role(database: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    database.execute_unprepared(ENSURE_ROLE).await.map(drop)
}

/// Lets the server do these things with a table.
pub(crate) async fn grant(database: &SchemaManagerConnection<'_>, verbs: &str, table: &str) -> Result<(), DbErr> {
    database.execute_unprepared(&format!(r#"GRANT {verbs} ON "{table}" TO {SERVER_ROLE}"#)).await.map(drop)
}

/// Shows only the rows of the transaction's council, and takes only such rows. FORCE holds the owner to it too; unique
/// and foreign-key checks look past it, which is why those carry `council_id` themselves.
pub(crate) async fn keep_to_council(database: &SchemaManagerConnection<'_>, table: &str) -> Result<(), DbErr> {
    // A transaction that set it leaves an empty text behind on its connection: no council either.
    let ours = "council_id = nullif(current_setting('app.council', true), '')::uuid";
    let statements = format!(
        r#"ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;
        ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY;
        CREATE POLICY council ON "{table}" USING ({ours}) WITH CHECK ({ours});"#
    );
    database.execute_unprepared(&statements).await.map(drop)
}

/// Shows rows of every council to a transaction that says what it looks for: `set_config('app.purpose', …, true)`.
pub(crate) async fn open_for(database: &SchemaManagerConnection<'_>, table: &str, verbs: &str, purpose: &str) -> Result<(), DbErr> {
    let said = format!("current_setting('app.purpose', true) = '{purpose}'");
    let policy = format!(r#"CREATE POLICY purpose ON "{table}" FOR {verbs} USING ({said})"#);
    database.execute_unprepared(&policy).await.map(drop)
}

/// Shows rows of other councils for which a condition holds, to be read and nothing more.
pub(crate) async fn show_to(database: &SchemaManagerConnection<'_>, table: &str, condition: &str) -> Result<(), DbErr> {
    let policy = format!(r#"CREATE POLICY addressed ON "{table}" FOR SELECT USING ({condition})"#);
    database.execute_unprepared(&policy).await.map(drop)
}

/// Shows a table that belongs to no council to everybody, and takes rows from transactions alone that say what they are for:
/// `set_config('app.purpose', …, true)`. The owner is held to it too.
pub(crate) async fn keep_to_purpose(database: &SchemaManagerConnection<'_>, table: &str, purpose: &str) -> Result<(), DbErr> {
    let said = format!("current_setting('app.purpose', true) = '{purpose}'");
    let statements = format!(
        r#"ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;
        ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY;
        CREATE POLICY everybody ON "{table}" FOR SELECT USING (true);
        CREATE POLICY purpose_insert ON "{table}" FOR INSERT WITH CHECK ({said});
        CREATE POLICY purpose_update ON "{table}" FOR UPDATE USING ({said}) WITH CHECK ({said});"#
    );
    database.execute_unprepared(&statements).await.map(drop)
}
