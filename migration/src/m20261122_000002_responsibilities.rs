//! Responsibilities: roles with their reasons, ways to sign in, and an audit trail whose events are chained.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::m20261122_000001_spine::people;
use crate::postgres;
use crate::table::Table;

mod accounts;
mod directories;
mod trail;

use accounts::{CREDENTIAL, MACHINE_TOKEN, OPERATOR, REFRESH_TOKEN, ROLE_GRANT, SESSION, SETUP_LINK, SIGN_IN_ATTEMPT};
use directories::{DIRECTORY_GRANT, IDENTITY, IDENTITY_PROVIDER};
use trail::{AUDIT_EVENT, AUDIT_HEAD, AUDIT_TRIGGERS, JOB};

/// New tables, in an order in which each only points at earlier ones.
const NEW: &[Table] = &[
    CREDENTIAL,
    SETUP_LINK,
    SESSION,
    REFRESH_TOKEN,
    SIGN_IN_ATTEMPT,
    MACHINE_TOKEN,
    IDENTITY_PROVIDER,
    DIRECTORY_GRANT,
    IDENTITY,
    AUDIT_HEAD,
    OPERATOR,
];

/// Tables that get more columns, with those they had. Nothing points at them, so they are made anew and filled again:
/// SQLite can add no column that is part of a foreign key.
const WIDENED: &[(Table, &str)] = &[
    (
        ROLE_GRANT,
        "council_id, id, person_id, role, scope_kind, element_id, indicator_id, forum_id, from_on, until_on, granted_by, created_at, \
         withdrawn_at",
    ),
    (AUDIT_EVENT, "council_id, id, at, person_id, role, verb, subject, before, after, request_id"),
    (JOB, "council_id, id, person_id, kind, subject_id, state, attempts, lease_until, created_at, finished_at, failure"),
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
        // Tokens made before are refused: everything a person was given to sign in by, at one stroke.
        let mut valid_from = ColumnDef::new("tokens_valid_from");
        valid_from.timestamp_with_time_zone();
        schema.alter_table(sea_query::Table::alter().table("person").add_column(&mut valid_from).to_owned()).await?;
        for table in NEW {
            table.create(schema).await?;
        }
        for (table, columns) in WIDENED {
            remake(schema, *table, columns).await?;
        }
        // One provider's tokens for one audience are of one council, whichever it is.
        database
            .execute_unprepared("CREATE UNIQUE INDEX ux_identity_provider_issuer_audience ON identity_provider (issuer, audience)")
            .await?;
        if !on_postgres {
            database.execute_unprepared(AUDIT_TRIGGERS).await?;
            return Ok(());
        }
        for table in NEW.iter().chain(WIDENED.iter().map(|(table, _)| table)) {
            guard(schema, *table).await?;
        }
        // Two things are looked for before it is known which council they are of; whoever looks says for what.
        postgres::open_for(database, "identity_provider", "SELECT", "sign-in").await?;
        postgres::open_for(database, "job", "ALL", "jobs").await
    }

    /// What was kept in the new columns is lost.
    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for (table, (_, columns)) in [people::ROLE_GRANT, people::AUDIT_EVENT, people::JOB].into_iter().zip(WIDENED) {
            remake(schema, table, columns).await?;
            if schema.get_database_backend() == DbBackend::Postgres {
                guard(schema, table).await?;
            }
        }
        if schema.get_database_backend() != DbBackend::Postgres {
            schema.get_connection().execute_unprepared(AUDIT_TRIGGERS).await?;
        }
        for table in NEW.iter().rev() {
            table.drop(schema).await?;
        }
        let column = sea_query::Table::alter().table("person").drop_column("tokens_valid_from").to_owned();
        schema.alter_table(column).await
    }
}

/// What the server may do with a table, and whose rows of it.
async fn guard(schema: &SchemaManager<'_>, table: Table) -> Result<(), DbErr> {
    let database = schema.get_connection();
    let verbs = if table.name == "audit_event" { "SELECT, INSERT" } else { "SELECT, INSERT, UPDATE, DELETE" };
    postgres::grant(database, verbs, table.name).await?;
    if table.tenant { postgres::keep_to_council(database, table.name).await } else { Ok(()) }
}

/// Makes a table anew with all it held.
async fn remake(schema: &SchemaManager<'_>, table: Table, columns: &str) -> Result<(), DbErr> {
    let database = schema.get_connection();
    let name = table.name;
    if schema.get_database_backend() == DbBackend::Postgres {
        // So that an owner who is no superuser sees the rows.
        database.execute_unprepared(&format!("ALTER TABLE {name} DISABLE ROW LEVEL SECURITY")).await?;
    }
    database.execute_unprepared(&format!("CREATE TABLE {name}_before AS SELECT * FROM {name}")).await?;
    table.drop(schema).await?;
    table.create(schema).await?;
    database.execute_unprepared(&format!("INSERT INTO {name} ({columns}) SELECT {columns} FROM {name}_before")).await?;
    database.execute_unprepared(&format!("DROP TABLE {name}_before")).await.map(drop)
}
