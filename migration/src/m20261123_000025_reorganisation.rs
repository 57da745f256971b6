//! Councils that end and succeed each other: who names whom, what a predecessor hands over, and how its elements and people's roles are
//! carried on.
//!
//! As with sharing, every row is its council's own and only that council writes it; the other is shown what is addressed to it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::postgres;
use crate::table::Kind::{Date, Decimal, Instant, Int, Text, To};
use crate::table::{Table, may, need, unique};

/// That a council names another as its successor or its predecessor. Agreed where both do, of the same day.
const SUCCESSION: Table = Table::tenant(
    "succession",
    &[
        need("side", Text),
        need("other_council_id", To("council")),
        need("on_date", Date),
        need("kind", Text),
        need("recorded_at", Instant),
        need("recorded_by", To("person")),
        may("withdrawn_at", Instant),
        may("withdrawn_by", To("person")),
    ],
    &[unique(&["side", "other_council_id"]).only("withdrawn_at IS NULL")],
);

/// Indicators a predecessor handed over, as they are defined.
const HANDED_INDICATOR: Table = Table::tenant(
    "handed_indicator",
    &[
        need("to_council_id", To("council")),
        need("indicator_id", To("indicator")),
        need("code", Text),
        need("title", Text),
        need("unit", Text),
        may("metric", Text),
        need("handed_at", Instant),
        need("handed_by", To("person")),
    ],
    &[unique(&["to_council_id", "indicator_id"])],
);

/// A figure that was handed over, with what it is made of.
const HANDED_FIGURE: Table = Table::tenant(
    "handed_figure",
    &[
        need("handed_indicator_id", To("handed_indicator")),
        need("to_council_id", To("council")),
        need("period_start", Date),
        need("period_months", Int),
        may("value", Decimal),
        may("numerator", Decimal),
        may("denominator", Decimal),
        may("absence", Text),
        need("state", Text),
    ],
    &[unique(&["handed_indicator_id", "period_start", "period_months"])],
);

/// Which of a predecessor's indicators is meant by one of the successor's, where its metric or code do not say.
const PREDECESSOR_INDICATOR: Table = Table::tenant(
    "predecessor_indicator",
    &[
        need("indicator_id", To("indicator")),
        need("of_council_id", To("council")),
        may("code", Text),
        need("recorded_at", Instant),
        need("recorded_by", To("person")),
        may("superseded_at", Instant),
    ],
    &[unique(&["indicator_id", "of_council_id"]).only("superseded_at IS NULL")],
);

/// A plan that was applied in the predecessor: what it ended and gave to whom.
const REORGANISATION: Table = Table::tenant(
    "reorganisation",
    &[
        need("to_council_id", To("council")),
        need("on_date", Date),
        need("digest", Text),
        need("applied_at", Instant),
        need("applied_by", To("person")),
    ],
    &[unique(&["to_council_id"])],
);

/// An element the plan carries on, or ended.
const CARRIED_ELEMENT: Table = Table::tenant(
    "carried_element",
    &[
        need("reorganisation_id", To("reorganisation")),
        need("to_council_id", To("council")),
        need("element_id", To("element")),
        need("code", Text),
        need("kind", Text),
        need("title", Text),
        may("label", Text),
        may("description", Text),
        may("owner", Text),
        may("parent_code", Text),
        need("position", Int),
        need("fate", Text),
    ],
    &[unique(&["reorganisation_id", "element_id"])],
);

/// A person's role the plan carries on, or ended.
const CARRIED_GRANT: Table = Table::tenant(
    "carried_grant",
    &[
        need("reorganisation_id", To("reorganisation")),
        need("to_council_id", To("council")),
        need("grant_id", To("role_grant")),
        need("email", Text),
        need("name", Text),
        need("role", Text),
        may("element_code", Text),
        need("fate", Text),
    ],
    &[unique(&["reorganisation_id", "grant_id"])],
);

/// That a successor took on what a predecessor's plan carries.
const RECEPTION: Table = Table::tenant(
    "reception",
    &[
        need("of_council_id", To("council")),
        need("reorganisation_id", crate::table::Kind::Id),
        need("received_at", Instant),
        need("received_by", To("person")),
    ],
    &[unique(&["of_council_id"])],
);

/// In the order they point to one another, with what the server does to their rows.
const TABLES: [(Table, &str); 8] = [
    (SUCCESSION, "SELECT, INSERT, UPDATE"),
    (HANDED_INDICATOR, "SELECT, INSERT, DELETE"),
    (HANDED_FIGURE, "SELECT, INSERT, DELETE"),
    (PREDECESSOR_INDICATOR, "SELECT, INSERT, UPDATE"),
    (REORGANISATION, "SELECT, INSERT"),
    (CARRIED_ELEMENT, "SELECT, INSERT"),
    (CARRIED_GRANT, "SELECT, INSERT"),
    (RECEPTION, "SELECT, INSERT"),
];

/// What another council is shown, by the column that names it.
const ADDRESSED: [(&str, &str); 7] = [
    ("succession", "other_council_id"),
    ("handed_indicator", "to_council_id"),
    ("handed_figure", "to_council_id"),
    ("reorganisation", "to_council_id"),
    ("carried_element", "to_council_id"),
    ("carried_grant", "to_council_id"),
    ("reception", "of_council_id"),
];

/// The council a transaction is bound to.
const ME: &str = "nullif(current_setting('app.council', true), '')::uuid";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let database = schema.get_connection();
        for (table, verbs) in TABLES {
            table.create(schema).await?;
            if schema.get_database_backend() == DbBackend::Postgres {
                postgres::grant(database, verbs, table.name).await?;
                postgres::keep_to_council(database, table.name).await?;
            }
        }
        for (table, column) in ADDRESSED {
            database.execute_unprepared(&format!("CREATE INDEX ix_{table}_addressed ON {table} ({column})")).await?;
            if schema.get_database_backend() == DbBackend::Postgres {
                postgres::show_to(database, table, &format!("{column} = {ME}")).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for (table, _) in TABLES.iter().rev() {
            table.drop(schema).await?;
        }
        Ok(())
    }
}
