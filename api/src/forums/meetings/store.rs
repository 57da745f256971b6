//! The statements that read and write meetings.

use chrono::NaiveDate;
use entity::meeting::{Column, Entity, Model};
use rules::meeting::MeetingState;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::access::{Scope, scoped};
use crate::db::Change;
use crate::error::{ContextExt, Error, Result};

/// A meeting by id.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<Model>> {
    scoped::<Entity>(scope).filter(Column::Id.eq(id)).one(db).await.context("finding a meeting")
}

/// Meetings by id.
pub async fn these(db: &impl ConnectionTrait, scope: &Scope, ids: &[Uuid]) -> Result<Vec<Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    scoped::<Entity>(scope).filter(Column::Id.is_in(ids.iter().copied())).all(db).await.context("loading meetings")
}

/// Meetings of these forums from a day until another, in their order; as many at most as are asked for.
pub async fn between(
    db: &impl ConnectionTrait,
    scope: &Scope,
    forums: &[Uuid],
    (from, until): (NaiveDate, NaiveDate),
    most: u64,
) -> Result<Vec<Model>> {
    if forums.is_empty() {
        return Ok(Vec::new());
    }
    scoped::<Entity>(scope)
        .filter(Column::ForumId.is_in(forums.iter().copied()))
        .filter(Column::HeldOn.between(from, until))
        .order_by_asc(Column::HeldOn)
        .order_by_asc(Column::Id)
        .limit(most)
        .all(db)
        .await
        .context("loading meetings")
}

/// The meeting of a forum on a day that was not called off.
pub async fn on_day(db: &impl ConnectionTrait, scope: &Scope, forum: Uuid, day: NaiveDate) -> Result<Option<Model>> {
    scoped::<Entity>(scope)
        .filter(Column::ForumId.eq(forum))
        .filter(Column::HeldOn.eq(day))
        .filter(Column::State.ne(MeetingState::Cancelled.code()))
        .one(db)
        .await
        .context("finding a meeting of a day")
}

/// Enters a meeting.
pub async fn insert(tx: &Change, row: Model) -> Result<()> {
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&**tx).await.context("entering a meeting")?;
    Ok(())
}

/// Writes a meeting as it is after a change, over the revision before it.
pub async fn update(tx: &Change, after: &Model) -> Result<()> {
    let done = Entity::update_many()
        .filter(Column::CouncilId.eq(after.council_id))
        .filter(Column::Id.eq(after.id))
        .filter(Column::Revision.eq(after.revision - 1))
        .col_expr(Column::HeldOn, Expr::value(after.held_on))
        .col_expr(Column::PeriodStart, Expr::value(after.period_start))
        .col_expr(Column::PeriodMonths, Expr::value(after.period_months))
        .col_expr(Column::AgendaReference, Expr::value(after.agenda_reference.clone()))
        .col_expr(Column::Title, Expr::value(after.title.clone()))
        .col_expr(Column::State, Expr::value(after.state.clone()))
        .col_expr(Column::Note, Expr::value(after.note.clone()))
        .col_expr(Column::Revision, Expr::value(after.revision))
        .col_expr(Column::ChangedAt, Expr::value(after.changed_at))
        .exec(&**tx)
        .await
        .context("changing a meeting")?;
    // Changes of a council follow one another: nobody came between.
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::internal("changing a meeting", &"it is not as it was read")) }
}
