//! The reporting cycle: returns and their approval, forums' meetings, releases and questions, proposed targets,
//! reminders and calendars.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::postgres;
use crate::table::Kind::{Bool, Date, Decimal, Instant, Int, Text, To};
use crate::table::{Table, may, need, on, unique};

/// From which day a council's returns go through their states. The latest row stands; a council without one has no workflow.
const RETURN_WORKFLOW: Table = Table::tenant(
    "return_workflow",
    &[
        may("from_on", Date),
        need("reason", Text),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        need("recorded_by", To("person")),
    ],
    &[on(&["recorded_at"])],
);

/// One element's return for one reporting period, from the first act on. Before that there is no row and the return is open.
const SERVICE_RETURN: Table = Table::tenant(
    "service_return",
    &[
        need("element_id", To("element")),
        need("period_start", Date),
        need("period_months", Int),
        need("state", Text),
        need("round", Int),
        need("revision", Int),
        need("changed_at", Instant),
        need("changed_by", To("person")),
        may("approved_at", Instant),
        may("published_at", Instant),
    ],
    &[unique(&["element_id", "period_start", "period_months"]), on(&["period_start", "state"])],
);

/// What was done to a return, by whom: never changed.
const RETURN_STEP: Table = Table::tenant(
    "return_step",
    &[
        need("return_id", To("service_return")),
        need("seq", Int),
        need("round", Int),
        need("act", Text),
        need("from_state", Text),
        need("to_state", Text),
        need("person_id", To("person")),
        need("at", Instant),
        may("reason", Text),
    ],
    &[unique(&["return_id", "seq"])],
);

/// A question on one figure of a return that was sent back, and the service's answer.
const RETURN_QUESTION: Table = Table::tenant(
    "return_question",
    &[
        need("return_id", To("service_return")),
        need("step_id", To("return_step")),
        need("indicator_id", To("indicator")),
        need("period_start", Date),
        need("period_months", Int),
        need("question", Text),
        need("asked_by", To("person")),
        need("asked_at", Instant),
        may("answer", Text),
        may("answered_by", To("person")),
        may("answered_at", Instant),
    ],
    &[on(&["return_id"]), on(&["indicator_id"])],
);

/// A figure as it was approved: which reading of it, and how it was judged then. Approved again, it supersedes its own row.
const APPROVED_FIGURE: Table = Table::tenant(
    "approved_figure",
    &[
        need("return_id", To("service_return")),
        need("round", Int),
        need("indicator_id", To("indicator")),
        need("period_start", Date),
        need("period_end", Date),
        need("period_months", Int),
        may("observation_id", To("observation")),
        may("target", Decimal),
        may("intervention", Decimal),
        may("lower", Decimal),
        may("upper", Decimal),
        may("intervention_lower", Decimal),
        may("intervention_upper", Decimal),
        need("status", Text),
        need("because", Text),
        need("approved_at", Instant),
        may("superseded_at", Instant),
    ],
    &[unique(&["indicator_id", "period_start", "period_months"]).only("superseded_at IS NULL"), on(&["return_id"]), on(&["approved_at"])],
);

/// Leave for one element's return to take figures of a closed period until a day: never changed.
const LATE_ENTRY: Table = Table::tenant(
    "late_entry",
    &[
        need("element_id", To("element")),
        need("period_start", Date),
        need("period_months", Int),
        need("until_on", Date),
        need("reason", Text),
        need("allowed_by", To("person")),
        need("allowed_at", Instant),
    ],
    &[on(&["period_start"])],
);

/// A meeting of a forum.
const MEETING: Table = Table::tenant(
    "meeting",
    &[
        need("forum_id", To("forum")),
        need("held_on", Date),
        may("period_start", Date),
        may("period_months", Int),
        may("agenda_reference", Text),
        may("title", Text),
        need("state", Text),
        may("note", Text),
        need("revision", Int),
        need("created_by", To("person")),
        need("created_at", Instant),
        need("changed_at", Instant),
    ],
    &[on(&["forum_id", "held_on"]), on(&["held_on"])],
);

/// Something a forum means to look at.
const WORK_ITEM: Table = Table::tenant(
    "work_item",
    &[
        need("forum_id", To("forum")),
        may("meeting_id", To("meeting")),
        need("title", Text),
        may("description", Text),
        may("element_id", To("element")),
        may("indicator_id", To("indicator")),
        may("lead", Text),
        need("state", Text),
        need("position", Int),
        need("revision", Int),
        need("created_by", To("person")),
        need("created_at", Instant),
        need("changed_at", Instant),
    ],
    &[on(&["forum_id", "meeting_id"])],
);

/// A forum was given a reporting period's figures, as they read at an instant.
const FORUM_RELEASE: Table = Table::tenant(
    "forum_release",
    &[
        need("forum_id", To("forum")),
        need("period_start", Date),
        need("period_end", Date),
        need("period_months", Int),
        need("as_at", Instant),
        may("meeting_id", To("meeting")),
        need("person_id", To("person")),
        may("note", Text),
        may("despite", Text),
        need("released_at", Instant),
        may("withdrawn_at", Instant),
        may("withdrawn_by", To("person")),
        may("notice", Text),
    ],
    &[on(&["forum_id", "period_end"]), on(&["period_end"])],
);

/// A question, a recommendation, or a call for information, and where it stands.
const SCRUTINY_QUESTION: Table = Table::tenant(
    "scrutiny_question",
    &[
        may("forum_id", To("forum")),
        may("meeting_id", To("meeting")),
        need("number", Int),
        need("kind", Text),
        may("indicator_id", To("indicator")),
        may("element_id", To("element")),
        may("period_start", Date),
        may("period_months", Int),
        need("words", Text),
        may("asked_by", Text),
        need("recorded_by", To("person")),
        need("recorded_at", Instant),
        may("assigned_to", To("person")),
        may("due_on", Date),
        need("state", Text),
        need("revision", Int),
        need("changed_at", Instant),
    ],
    &[unique(&["number"]), on(&["forum_id", "state"]), on(&["assigned_to", "state"])],
);

/// What was done about a question, by whom: never changed.
const QUESTION_STEP: Table = Table::tenant(
    "question_step",
    &[
        need("question_id", To("scrutiny_question")),
        need("seq", Int),
        need("act", Text),
        need("from_state", Text),
        need("to_state", Text),
        need("person_id", To("person")),
        need("at", Instant),
        may("words", Text),
        may("assigned_to", To("person")),
        may("due_on", Date),
    ],
    &[unique(&["question_id", "seq"])],
);

/// Targets of one indicator on their way to a decision.
const TARGET_PROPOSAL: Table = Table::tenant(
    "target_proposal",
    &[
        need("indicator_id", To("indicator")),
        need("state", Text),
        need("revision", Int),
        need("version", Int),
        need("effective_from", Date),
        may("reason", Text),
        need("evidence_kind", Text),
        may("evidence", Text),
        need("proposed_by", To("person")),
        need("proposed_at", Instant),
        may("decision_body", Text),
        may("decision_on", Date),
        may("decision_reference", Text),
        need("changed_at", Instant),
    ],
    &[on(&["indicator_id", "proposed_at"]), on(&["state"])],
);

/// One period's proposed target.
const TARGET_PROPOSAL_ROW: Table = Table::tenant(
    "target_proposal_row",
    &[
        need("proposal_id", To("target_proposal")),
        need("version", Int),
        need("period_start", Date),
        need("period_months", Int),
        may("target", Decimal),
        may("intervention", Decimal),
        may("lower", Decimal),
        may("upper", Decimal),
        may("intervention_lower", Decimal),
        may("intervention_upper", Decimal),
        may("before_id", To("target")),
        may("target_id", To("target")),
    ],
    &[unique(&["proposal_id", "version", "period_start", "period_months"]), on(&["target_id"])],
);

/// What was done about a proposal, by whom: never changed.
const TARGET_PROPOSAL_STEP: Table = Table::tenant(
    "target_proposal_step",
    &[
        need("proposal_id", To("target_proposal")),
        need("seq", Int),
        need("act", Text),
        need("from_state", Text),
        need("to_state", Text),
        need("person_id", To("person")),
        may("forum_id", To("forum")),
        need("at", Instant),
        may("words", Text),
    ],
    &[unique(&["proposal_id", "seq"])],
);

/// A reminder on its way, or sent.
const NOTICE: Table = Table::tenant(
    "notice",
    &[
        need("kind", Text),
        need("subject", Text),
        may("person_id", To("person")),
        need("channel", Text),
        need("once", Text),
        need("payload", Text),
        need("state", Text),
        need("attempts", Int),
        need("next_at", Instant),
        may("sent_at", Instant),
        may("last_error", Text),
        need("created_at", Instant),
    ],
    &[unique(&["once"]), on(&["state", "next_at"]), on(&["created_at"])],
);

/// Where a council's reminders go, from when until when.
const NOTICE_SETTING: Table = Table::tenant(
    "notice_setting",
    &[
        may("webhook_url", Text),
        may("webhook_secret", Text),
        need("by_mail", Bool),
        need("days_before", Int),
        need("days_between", Int),
        need("recorded_at", Instant),
        may("superseded_at", Instant),
        need("recorded_by", To("person")),
    ],
    &[on(&["recorded_at"])],
);

/// An address at which somebody's calendar program reads their calendar.
const CALENDAR_FEED: Table = Table::tenant(
    "calendar_feed",
    &[
        need("person_id", To("person")),
        may("forum_id", To("forum")),
        need("secret_hash", Text),
        need("created_at", Instant),
        may("revoked_at", Instant),
    ],
    &[unique(&["secret_hash"]), on(&["person_id"])],
);

/// Every table with what the server may do with it: what was done is not undone.
const TABLES: [(Table, &str); 17] = [
    (RETURN_WORKFLOW, "SELECT, INSERT, UPDATE, DELETE"),
    (SERVICE_RETURN, "SELECT, INSERT, UPDATE, DELETE"),
    (RETURN_STEP, "SELECT, INSERT"),
    (RETURN_QUESTION, "SELECT, INSERT, UPDATE, DELETE"),
    (APPROVED_FIGURE, "SELECT, INSERT, UPDATE, DELETE"),
    (LATE_ENTRY, "SELECT, INSERT"),
    (MEETING, "SELECT, INSERT, UPDATE, DELETE"),
    (WORK_ITEM, "SELECT, INSERT, UPDATE, DELETE"),
    (FORUM_RELEASE, "SELECT, INSERT, UPDATE, DELETE"),
    (SCRUTINY_QUESTION, "SELECT, INSERT, UPDATE, DELETE"),
    (QUESTION_STEP, "SELECT, INSERT"),
    (TARGET_PROPOSAL, "SELECT, INSERT, UPDATE, DELETE"),
    (TARGET_PROPOSAL_ROW, "SELECT, INSERT, UPDATE, DELETE"),
    (TARGET_PROPOSAL_STEP, "SELECT, INSERT"),
    (NOTICE, "SELECT, INSERT, UPDATE, DELETE"),
    (NOTICE_SETTING, "SELECT, INSERT, UPDATE, DELETE"),
    (CALENDAR_FEED, "SELECT, INSERT, UPDATE, DELETE"),
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
