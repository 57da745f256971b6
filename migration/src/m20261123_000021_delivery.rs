//! Plans, programmes, risks, money and assessments: what is told of each is dated, and hangs on a record that stays.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::postgres;
use crate::table::Kind::{Bool, Date, Decimal, Instant, Int, Text, To};
use crate::table::{Table, may, need, on, unique};

/// What is told of a record now is told once.
const CURRENT: &str = "superseded_at IS NULL";

/// What a record of delivery is told by. What it says is in the table of its kind.
const DELIVERY_RECORD: Table =
    Table::tenant("delivery_record", &[need("kind", Text), need("code", Text), need("created_at", Instant)], &[unique(&["kind", "code"])]);

/// A recommendation as it reads from an instant on.
const RECOMMENDATION: Table = Table::tenant(
    "recommendation",
    &[
        need("record_id", To("delivery_record")),
        need("title", Text),
        need("weight", Text),
        need("source", Text),
        may("report", Text),
        may("made_by", Text),
        may("made_on", Date),
        may("element_id", To("element")),
        need("response", Text),
        may("reply", Text),
        may("lead", Text),
        may("due_on", Date),
        may("evidence", Text),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        may("recorded_by", To("person")),
        may("import_id", To("import")),
    ],
    &[unique(&["record_id"]).only(CURRENT), on(&["record_id", "recorded_at"])],
);

/// How a programme or project stood on a day.
const PROJECT: Table = Table::tenant(
    "project",
    &[
        need("record_id", To("delivery_record")),
        need("element_id", To("element")),
        need("stage", Text),
        may("time", Text),
        may("cost", Text),
        may("scope", Text),
        may("benefits", Text),
        need("starts_on", Date),
        need("baseline_end", Date),
        may("forecast_end", Date),
        may("ended_on", Date),
        need("manager", Text),
        may("sponsor", Text),
        may("budget", Decimal),
        may("spent", Decimal),
        may("forecast_spend", Decimal),
        may("summary", Text),
        may("decision", Text),
        need("as_at", Date),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        may("recorded_by", To("person")),
        may("import_id", To("import")),
    ],
    &[unique(&["record_id"]).only(CURRENT), on(&["record_id", "recorded_at"])],
);

/// How a milestone stood on a day.
const MILESTONE: Table = Table::tenant(
    "milestone",
    &[
        need("record_id", To("delivery_record")),
        need("project_id", To("element")),
        need("title", Text),
        need("baseline", Date),
        may("forecast", Date),
        may("actual", Date),
        may("owner", Text),
        may("note", Text),
        may("decision", Text),
        need("as_at", Date),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        may("recorded_by", To("person")),
        may("import_id", To("import")),
    ],
    &[unique(&["record_id"]).only(CURRENT), on(&["record_id", "recorded_at"])],
);

/// That a milestone or project waits for another: one of each two ids is filled.
const DEPENDENCY: Table = Table::tenant(
    "dependency",
    &[
        need("record_id", To("delivery_record")),
        may("waits_element_id", To("element")),
        may("waits_milestone_id", To("delivery_record")),
        may("for_element_id", To("element")),
        may("for_milestone_id", To("delivery_record")),
        need("days", Int),
        may("note", Text),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        may("recorded_by", To("person")),
        may("import_id", To("import")),
    ],
    &[unique(&["record_id"]).only(CURRENT), on(&["record_id", "recorded_at"])],
);

/// How an action stood on a day.
const ACTION: Table = Table::tenant(
    "action",
    &[
        need("record_id", To("delivery_record")),
        need("title", Text),
        need("kind", Text),
        may("answers_id", To("delivery_record")),
        may("milestone_id", To("delivery_record")),
        may("indicator_id", To("indicator")),
        may("element_id", To("element")),
        may("mode", Text),
        need("lead_officer", Text),
        may("lead_member", Text),
        may("due_on", Date),
        may("revised_due_on", Date),
        need("status", Text),
        may("progress", Text),
        may("decision", Text),
        need("as_at", Date),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        may("recorded_by", To("person")),
        may("import_id", To("import")),
    ],
    &[unique(&["record_id"]).only(CURRENT), on(&["record_id", "recorded_at"])],
);

/// A risk as it was looked at on a day.
const RISK: Table = Table::tenant(
    "risk",
    &[
        need("record_id", To("delivery_record")),
        need("title", Text),
        need("cause", Text),
        need("event", Text),
        need("impact", Text),
        need("element_id", To("element")),
        may("indicator_id", To("indicator")),
        need("owner", Text),
        need("inherent_likelihood", Int),
        need("inherent_impact", Int),
        need("residual_likelihood", Int),
        need("residual_impact", Int),
        may("target_likelihood", Int),
        may("target_impact", Int),
        need("appetite", Int),
        may("controls", Text),
        may("further_action", Text),
        may("action_due", Date),
        need("state", Text),
        may("review_on", Date),
        may("review", Text),
        need("as_at", Date),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        may("recorded_by", To("person")),
        may("import_id", To("import")),
    ],
    &[unique(&["record_id"]).only(CURRENT), on(&["record_id", "recorded_at"])],
);

/// Money of an element as at the end of a period, in pounds.
const MONEY: Table = Table::tenant(
    "money",
    &[
        need("record_id", To("delivery_record")),
        need("element_id", To("element")),
        need("period_start", Date),
        need("period_months", Int),
        need("fund", Text),
        may("budget", Decimal),
        may("virement", Decimal),
        may("actual", Decimal),
        may("forecast", Decimal),
        may("tolerance", Decimal),
        may("note", Text),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        may("recorded_by", To("person")),
        may("import_id", To("import")),
    ],
    &[unique(&["record_id"]).only(CURRENT), on(&["record_id", "recorded_at"])],
);

/// A theme of an instrument of assessment. Lists are JSON.
const THEME: Table = Table::tenant(
    "theme",
    &[
        need("record_id", To("delivery_record")),
        need("instrument", Text),
        need("instrument_title", Text),
        need("theme", Text),
        need("title", Text),
        need("characteristics", Text),
        need("failures", Text),
        need("scale", Text),
        may("published", Text),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        may("recorded_by", To("person")),
        may("import_id", To("import")),
    ],
    &[unique(&["record_id"]).only(CURRENT), on(&["record_id", "recorded_at"])],
);

/// What was found about a theme in an edition of an assessment.
const ASSESSMENT: Table = Table::tenant(
    "assessment",
    &[
        need("record_id", To("delivery_record")),
        need("theme_id", To("delivery_record")),
        need("edition", Text),
        need("rating", Text),
        need("narrative", Text),
        may("assessed_by", Text),
        need("assessed_on", Date),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        may("recorded_by", To("person")),
        may("import_id", To("import")),
    ],
    &[unique(&["record_id"]).only(CURRENT), on(&["record_id", "recorded_at"])],
);

/// Something told of an element that no figure tells.
const INSIGHT: Table = Table::tenant(
    "insight",
    &[
        need("record_id", To("delivery_record")),
        need("element_id", To("element")),
        need("origin", Text),
        may("period_start", Date),
        may("period_months", Int),
        need("text", Text),
        may("source", Text),
        need("told_on", Date),
        need("sensitive", Bool),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        may("recorded_by", To("person")),
        may("import_id", To("import")),
    ],
    &[unique(&["record_id"]).only(CURRENT), on(&["record_id", "recorded_at"])],
);

/// What shows what an assessment found: an indicator, or an action or risk.
const ASSESSMENT_EVIDENCE: Table = Table::tenant(
    "assessment_evidence",
    &[
        need("assessment_id", To("assessment")),
        need("position", Int),
        may("indicator_id", To("indicator")),
        may("record_id", To("delivery_record")),
    ],
    &[unique(&["assessment_id", "position"])],
);

/// In the order they point to one another, with what the server does to their rows.
const TABLES: [(Table, &str); 12] = [
    (DELIVERY_RECORD, "SELECT, INSERT, UPDATE"),
    (RECOMMENDATION, "SELECT, INSERT, UPDATE"),
    (PROJECT, "SELECT, INSERT, UPDATE"),
    (MILESTONE, "SELECT, INSERT, UPDATE"),
    (DEPENDENCY, "SELECT, INSERT, UPDATE"),
    (ACTION, "SELECT, INSERT, UPDATE"),
    (RISK, "SELECT, INSERT, UPDATE"),
    (MONEY, "SELECT, INSERT, UPDATE"),
    (THEME, "SELECT, INSERT, UPDATE"),
    (ASSESSMENT, "SELECT, INSERT, UPDATE"),
    (INSIGHT, "SELECT, INSERT, UPDATE"),
    (ASSESSMENT_EVIDENCE, "SELECT, INSERT, UPDATE"),
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for (table, verbs) in TABLES {
            table.create(schema).await?;
            if schema.get_database_backend() == DbBackend::Postgres {
                let database = schema.get_connection();
                postgres::grant(database, verbs, table.name).await?;
                postgres::keep_to_council(database, table.name).await?;
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
