//! Early warnings: the rules a council goes by, what fired and ceased, what was done about each; and from when the limits of an
//! indicator's chart are taken anew.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::postgres;
use crate::table::Kind::{BigInt, Bool, Date, Id, Instant, Int, Text, To};
use crate::table::{Table, may, need, on, unique};

const CURRENT: &str = "superseded_at IS NULL";

/// From which period an indicator's centre line and limits are taken anew, and why.
const SPC_BASELINE: Table = Table::tenant(
    "spc_baseline",
    &[
        need("indicator_id", To("indicator")),
        need("period_start", Date),
        need("period_months", Int),
        need("reason", Text),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        need("recorded_by", To("person")),
        may("superseded_by", To("person")),
    ],
    &[unique(&["indicator_id", "period_start", "period_months"]).only(CURRENT)],
);

/// A rule of early warning as the council wants it. Parameters are JSON.
const WARNING_RULE: Table = Table::tenant(
    "warning_rule",
    &[
        need("kind", Text),
        need("enabled", Bool),
        need("parameters", Text),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        need("recorded_by", To("person")),
    ],
    &[unique(&["kind"]).only(CURRENT)],
);

/// A warning that fired, as it was seen when a node looked. Evidence is JSON. Its subject is an indicator, a return, a risk or a
/// milestone: a return may have no row yet, so nothing is enforced about it.
const WARNING: Table = Table::tenant(
    "warning",
    &[
        need("kind", Text),
        need("subject_kind", Text),
        need("subject_id", Id),
        need("since", Date),
        need("fired_on", Date),
        need("evidence", Text),
        need("told", Bool),
        need("recorded_at", Instant),
        may("ceased_on", Date),
        may("ceased_at", Instant),
    ],
    &[unique(&["kind", "subject_id", "since"]), on(&["recorded_at"])],
);

/// Something that was done about a warning, whether a node had seen it fire or not.
const WARNING_STEP: Table = Table::tenant(
    "warning_step",
    &[
        need("warning_id", Id),
        need("seq", Int),
        need("act", Text),
        need("kind", Text),
        need("subject_kind", Text),
        need("subject_id", Id),
        need("since", Date),
        may("words", Text),
        may("muted_until", Date),
        need("person_id", To("person")),
        need("at", Instant),
    ],
    &[unique(&["warning_id", "seq"])],
);

/// In which state of the council, and on which day, a node last looked what fires.
const WARNING_LOOK: Table =
    Table::tenant("warning_look", &[need("revision", BigInt), need("looked_on", Date), need("looked_at", Instant)], &[]);

/// With what the server does to their rows.
const TABLES: [(Table, &str); 5] = [
    (SPC_BASELINE, "SELECT, INSERT, UPDATE"),
    (WARNING_RULE, "SELECT, INSERT, UPDATE"),
    (WARNING, "SELECT, INSERT, UPDATE"),
    (WARNING_STEP, "SELECT, INSERT"),
    (WARNING_LOOK, "SELECT, INSERT, UPDATE"),
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
        for (table, verbs) in TABLES {
            table.create(schema).await?;
            if on_postgres {
                postgres::grant(database, verbs, table.name).await?;
                postgres::keep_to_council(database, table.name).await?;
            }
        }
        if on_postgres {
            // Whichever node has time finds the councils that are to be looked at.
            postgres::open_for(database, WARNING_LOOK.name, "SELECT", "warnings").await?;
        }
        let mut warnings = ColumnDef::new("warnings");
        warnings.boolean().not_null().default(false);
        schema.alter_table(sea_query::Table::alter().table("notice_setting").add_column(&mut warnings).to_owned()).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.alter_table(sea_query::Table::alter().table("notice_setting").drop_column("warnings").to_owned()).await?;
        for (table, _) in TABLES.iter().rev() {
            table.drop(schema).await?;
        }
        Ok(())
    }
}
