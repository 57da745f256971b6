//! Actions.

use async_graphql::{Context, ID, Object};
use rules::delivery::action::{self, Lateness};
use rules::delivery::book::{ActionRow, RecordKind};

use super::history::{Telling, history};
use super::project::{self, Milestone};
use super::recommendation::{self, Recommendation};
use super::words::{ActionKind, ActionStatus};
use super::{ground, told_of};
use crate::error::Result;
use crate::frameworks::graphql::Element;
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, DateTime};
use crate::graphql::words::Mode;
use crate::indicators::graphql::Indicator;

told_of! {
    /// Something to be done, as it was last told.
    Action, Action, ActionRow
}

crate::connection! {
    /// A page of actions.
    ActionConnection, ActionEdge, Action
}

impl Action {
    pub(super) fn lateness(&self) -> Lateness {
        action::lateness(self.row.status, self.row.due_on, self.row.revised_due_on, self.at.on)
    }

    pub(super) fn row(&self) -> &ActionRow {
        &self.row
    }
}

/// Something to be done: by whom, by when, and how it stands.
#[Object]
impl Action {
    /// Opaque id, for `node`.
    pub async fn id(&self) -> ID {
        id::id(Kind::Action, self.record.id)
    }

    /// Its ref, unique among the council's actions.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// What is to be done.
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// What it belongs to.
    async fn kind(&self) -> ActionKind {
        self.row.kind.into()
    }

    /// Do, enable or influence.
    async fn mode(&self) -> Option<Mode> {
        self.row.mode.map(Into::into)
    }

    /// Who answers for it.
    async fn lead_officer(&self) -> &str {
        &self.row.lead_officer
    }

    /// Which member answers for it.
    async fn lead_member(&self) -> Option<&str> {
        self.row.lead_member.as_deref()
    }

    /// The day first promised.
    async fn due_on(&self) -> Option<Date> {
        self.row.due_on.map(Date)
    }

    /// The day promised now, where it is another.
    async fn revised_due_on(&self) -> Option<Date> {
        self.row.revised_due_on.map(Date)
    }

    /// Where it stands.
    async fn status(&self) -> ActionStatus {
        self.row.status.into()
    }

    /// Days since it was due, by the day last promised; 0 when it is not overdue, is done or was given up.
    async fn overdue_days(&self) -> u32 {
        self.lateness().overdue
    }

    /// Days the promised day was put off.
    async fn slipped_days(&self) -> u32 {
        self.lateness().slipped
    }

    /// What was done, and what comes next.
    async fn progress(&self) -> Option<&str> {
        self.row.progress.as_deref()
    }

    /// The decision by which it was cancelled or put off.
    async fn decision(&self) -> Option<&str> {
        self.row.decision.as_deref()
    }

    /// The day this is told of.
    async fn as_at(&self) -> Date {
        Date(self.row.as_at)
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.record.recorded_at)
    }

    /// By whom.
    async fn recorded_by(&self) -> Option<&str> {
        self.record.recorded_by.as_deref()
    }

    /// The recommendation it answers.
    async fn recommendation(&self, ctx: &Context<'_>) -> Option<Result<Recommendation>> {
        let code = self.row.answers.as_ref()?;
        recommendation::by_code(ctx, code, self.at).await.transpose()
    }

    /// The milestone it is done for.
    async fn milestone(&self, ctx: &Context<'_>) -> Option<Result<Milestone>> {
        let code = self.row.milestone.as_ref()?;
        project::milestone(ctx, code, self.at).await.transpose()
    }

    /// The element whose plan it stands in; null where the edition in force has none of its ref.
    async fn element(&self, ctx: &Context<'_>) -> Option<Result<Element>> {
        let code = self.row.element.as_ref()?;
        ground(ctx).await.map(|ground| ground.element(code)).transpose()
    }

    /// The indicator it is to bring back on target; null where the edition in force has none of its ref.
    async fn indicator(&self, ctx: &Context<'_>) -> Option<Result<Indicator>> {
        let code = self.row.indicator.as_ref()?;
        ground(ctx).await.map(|ground| ground.indicator(code)).transpose()
    }

    /// What was told of it, day by day, the latest first.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn history(&self, ctx: &Context<'_>) -> Option<Result<Vec<Telling>>> {
        Some(history(ctx, RecordKind::Action, &self.record, self.at).await)
    }
}

/// How many actions stand where.
#[derive(async_graphql::SimpleObject)]
pub struct ActionCounts {
    /// All of them.
    total: u32,
    /// Done.
    completed: u32,
    /// Begun and not done: on track, at risk or off track.
    under_way: u32,
    /// Not begun.
    not_started: u32,
    /// Given up by a decision.
    cancelled: u32,
    /// Put off by a decision.
    deferred: u32,
    /// Of all of them, those said to be on track and not overdue.
    on_track: u32,
    /// Of all of them, those at risk that are not past their day.
    at_risk: u32,
    /// Of all of them, those off track that are not past their day.
    off_track: u32,
    /// Of all of them, those at risk, off track or overdue.
    concern: u32,
    /// Of all of them, those past their day.
    overdue: u32,
}

impl From<action::ActionCounts> for ActionCounts {
    fn from(of: action::ActionCounts) -> Self {
        Self {
            total: of.total,
            completed: of.completed,
            under_way: of.under_way,
            not_started: of.not_started,
            cancelled: of.cancelled,
            deferred: of.deferred,
            on_track: of.on_track,
            at_risk: of.at_risk,
            off_track: of.off_track,
            concern: of.concern,
            overdue: of.overdue,
        }
    }
}

/// Counts actions.
pub fn counts<'a>(actions: impl Iterator<Item = &'a Action>) -> action::ActionCounts {
    let mut counts = action::ActionCounts::default();
    for action in actions {
        counts.add(action.row.status, action.lateness());
    }
    counts
}
