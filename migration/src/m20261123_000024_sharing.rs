//! What councils share with one another: offers, answers, groups of councils, and copies of the figures that are shared.
//!
//! Every row is its council's own, and only that council writes it. Beside its own rows a council is shown what is addressed to it:
//! the one place where row-level security lets a row be read from outside, by conditions that say nothing but that.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::postgres;
use crate::table::Kind::{BigInt, Date, Decimal, Id, Instant, Int, Shared, Text, To};
use crate::table::{Table, may, need, unique};

/// A group of councils, of the council that made it.
const COUNCIL_GROUP: Table = Table::tenant(
    "council_group",
    &[need("name", Text), may("purpose", Text), need("created_at", Instant), need("created_by", To("person"))],
    &[],
);

/// Who may be in a group, as whoever made it says.
const COUNCIL_GROUP_INVITATION: Table = Table::tenant(
    "council_group_invitation",
    &[
        need("group_id", To("council_group")),
        need("to_council_id", To("council")),
        need("invited_at", Instant),
        need("invited_by", To("person")),
    ],
    &[unique(&["group_id", "to_council_id"])],
);

/// Who is in a group, as each says for itself.
const COUNCIL_GROUP_MEMBER: Table = Table::tenant(
    "council_group_member",
    &[
        need("group_id", Id),
        need("joined_at", Instant),
        need("joined_by", To("person")),
        may("left_at", Instant),
        may("left_by", To("person")),
    ],
    &[unique(&["group_id"]).only("left_at IS NULL")],
);

/// Indicators a council shares: with whom, what for, from which period on and until when.
const SHARE: Table = Table::tenant(
    "share",
    &[
        need("audience", Text),
        may("to_council_id", To("council")),
        may("to_group_id", Id),
        need("purpose", Text),
        need("from_start", Date),
        need("from_months", Int),
        may("until_on", Date),
        need("recorded_at", Instant),
        need("recorded_by", To("person")),
        may("withdrawn_at", Instant),
        may("withdrawn_by", To("person")),
        may("reason", Text),
        may("copied_revision", BigInt),
        may("copied_on", Date),
        may("copied_at", Instant),
    ],
    &[],
);

/// An indicator that is shared, as it was called when it was offered.
const SHARE_INDICATOR: Table = Table::tenant(
    "share_indicator",
    &[
        need("share_id", To("share")),
        need("indicator_id", To("indicator")),
        need("code", Text),
        need("title", Text),
        need("unit", Text),
        may("metric", Text),
    ],
    &[unique(&["share_id", "indicator_id"])],
);

/// A copy of a figure for whoever it is shared with: the value and how firm it is, and nothing else of what stands behind it.
const SHARED_FIGURE: Table = Table::tenant(
    "shared_figure",
    &[
        need("share_id", To("share")),
        need("share_indicator_id", To("share_indicator")),
        need("audience", Text),
        may("to_council_id", To("council")),
        may("to_group_id", Id),
        need("code", Text),
        need("title", Text),
        need("unit", Text),
        need("decimal_places", Int),
        need("polarity", Text),
        may("metric", Text),
        need("period_start", Date),
        need("period_months", Int),
        need("value", Decimal),
        need("state", Text),
        need("copied_at", Instant),
        may("measure_id", Shared("benchmark_measure")),
    ],
    &[unique(&["share_id", "share_indicator_id", "period_start", "period_months"])],
);

/// What a council answered that was offered figures.
const SHARE_ANSWER: Table = Table::tenant(
    "share_answer",
    &[
        need("share_id", Id),
        need("of_council_id", To("council")),
        need("answer", Text),
        may("note", Text),
        need("recorded_at", Instant),
        need("recorded_by", To("person")),
        may("superseded_at", Instant),
        may("ended_at", Instant),
    ],
    &[unique(&["share_id"]).only("superseded_at IS NULL")],
);

/// In the order they point to one another, with what the server does to their rows.
const TABLES: [(Table, &str); 7] = [
    (COUNCIL_GROUP, "SELECT, INSERT"),
    (COUNCIL_GROUP_INVITATION, "SELECT, INSERT"),
    (COUNCIL_GROUP_MEMBER, "SELECT, INSERT, UPDATE"),
    (SHARE, "SELECT, INSERT, UPDATE"),
    (SHARE_INDICATOR, "SELECT, INSERT"),
    (SHARED_FIGURE, "SELECT, INSERT, DELETE"),
    (SHARE_ANSWER, "SELECT, INSERT, UPDATE"),
];

/// How what is addressed to a council is found.
const INDICES: [&str; 7] = [
    "CREATE INDEX ix_council_group_invitation_to ON council_group_invitation (to_council_id, group_id)",
    "CREATE INDEX ix_council_group_member_group ON council_group_member (group_id)",
    "CREATE INDEX ix_share_to_council ON share (to_council_id)",
    "CREATE INDEX ix_share_to_group ON share (to_group_id)",
    "CREATE INDEX ix_share_audience ON share (audience)",
    "CREATE INDEX ix_shared_figure_measure ON shared_figure (measure_id)",
    "CREATE INDEX ix_share_answer_of ON share_answer (of_council_id, share_id)",
];

/// The council a transaction is bound to.
const ME: &str = "nullif(current_setting('app.council', true), '')::uuid";

/// What is shown of other councils' rows, table by table. A condition that looks into another table sees of it what the council may
/// see of that; none leads back to where it began.
fn addressed() -> [(&'static str, String); 7] {
    let member = |group: &str| {
        format!("EXISTS (SELECT 1 FROM council_group_member m WHERE m.council_id = {ME} AND m.group_id = {group} AND m.left_at IS NULL)")
    };
    let to_me =
        |table: &str| format!("{table}.audience = 'ALL' OR {table}.to_council_id = {ME} OR {}", member(&format!("{table}.to_group_id")));
    let accepted = format!(
        "EXISTS (SELECT 1 FROM share_answer a WHERE a.council_id = {ME} AND a.share_id = shared_figure.share_id AND a.answer = 'ACCEPTED' \
         AND a.superseded_at IS NULL)"
    );
    let invited = |founder: &str, group: &str| {
        format!("EXISTS (SELECT 1 FROM council_group_invitation i WHERE {founder}i.group_id = {group} AND i.to_council_id = {ME})")
    };
    // Nothing is shown to a transaction that is bound to no council.
    let bound = |condition: String| format!("{ME} IS NOT NULL AND ({condition})");
    [
        ("council_group", bound(invited("i.council_id = council_group.council_id AND ", "council_group.id"))),
        ("council_group_invitation", format!("to_council_id = {ME}")),
        ("council_group_member", bound(invited("", "council_group_member.group_id"))),
        ("share", bound(to_me("share"))),
        (
            "share_indicator",
            bound(
                "EXISTS (SELECT 1 FROM share s WHERE s.council_id = share_indicator.council_id AND s.id = share_indicator.share_id \
                 AND s.withdrawn_at IS NULL)"
                    .to_owned(),
            ),
        ),
        (
            "shared_figure",
            bound(format!(
                "shared_figure.audience = 'ALL' OR (shared_figure.to_council_id = {ME} AND {accepted}) OR {}",
                member("shared_figure.to_group_id")
            )),
        ),
        ("share_answer", format!("of_council_id = {ME}")),
    ]
}

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
        for index in INDICES {
            database.execute_unprepared(index).await?;
        }
        if schema.get_database_backend() == DbBackend::Postgres {
            for (table, condition) in addressed() {
                postgres::show_to(database, table, &condition).await?;
            }
            // Whichever node has time looks whose copies are to be renewed, and who is to be told that something ended.
            for table in ["share", "share_answer"] {
                postgres::open_for(database, table, "SELECT", "shares").await?;
            }
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        if schema.get_database_backend() == DbBackend::Postgres {
            for (table, _) in addressed() {
                schema.get_connection().execute_unprepared(&format!(r#"DROP POLICY addressed ON "{table}""#)).await?;
            }
        }
        for (table, _) in TABLES.iter().rev() {
            table.drop(schema).await?;
        }
        Ok(())
    }
}
