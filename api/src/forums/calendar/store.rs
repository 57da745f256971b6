//! The statements that read what a calendar shows, and keep its feeds.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::calendar_feed::{Column, Entity, Model};
use rules::period::Period;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::access::scope::of_council;
use crate::access::{Scope, scoped};
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::rows::read_rows;

/// When an edition stands.
pub struct EditionDays {
    pub id: Uuid,
    pub title: String,
    pub edition: String,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
    pub recorded_at: DateTime<Utc>,
}

/// A reporting period's last day, and the day its returns are due.
pub struct PeriodDays {
    pub period: Period,
    pub due_on: Option<NaiveDate>,
    pub recorded_at: DateTime<Utc>,
}

/// Editions that are no drafts, the latest first. One statement.
pub async fn editions(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<EditionDays>> {
    let sql = "SELECT id, title, edition, stands_from, stands_until FROM framework WHERE council_id = $1 AND state <> 'DRAFT' \
        ORDER BY stands_from DESC, id DESC";
    read_rows(db, "loading editions for a calendar", sql, vec![scope.council.into()], |row| {
        let id: Uuid = row.next()?;
        let (title, edition, from, until) = (row.next()?, row.next()?, row.next()?, row.next()?);
        Ok(EditionDays { id, title, edition, from, until, recorded_at: made_at(id) })
    })
    .await
}

/// Reporting periods of editions that are no drafts, those of the latest edition first. Two statements.
pub async fn periods(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<PeriodDays>> {
    // Opened or given another day for returns, as the trail tells it.
    let told = "SELECT subject, MAX(at) FROM audit_event WHERE council_id = $1 AND subject >= 'period ' AND subject < 'period!' \
        AND outcome = 'DONE' GROUP BY subject";
    let told = read_rows(db, "finding when periods were changed", told, vec![scope.council.into()], |row| {
        Ok((row.next::<String>()?, row.next::<DateTime<Utc>>()?))
    });
    let told: HashMap<String, DateTime<Utc>> = told.await?.into_iter().collect();
    let sql = "SELECT p.id, p.period_start, p.period_months, p.due_on FROM reporting_period p \
        JOIN framework f ON f.council_id = p.council_id AND f.id = p.framework_id \
        WHERE p.council_id = $1 AND f.state <> 'DRAFT' ORDER BY f.stands_from DESC, f.id DESC, p.period_start, p.period_months";
    read_rows(db, "loading reporting periods for a calendar", sql, vec![scope.council.into()], |row| {
        let id: Uuid = row.next()?;
        let period = row.next_period()?;
        let changed = told.get(&format!("period {period}")).copied();
        Ok(PeriodDays { period, due_on: row.next()?, recorded_at: changed.into_iter().fold(made_at(id), DateTime::max) })
    })
    .await
}

/// When a row was made, as its id tells.
fn made_at(id: Uuid) -> DateTime<Utc> {
    let made = id.get_timestamp().map(|at| at.to_unix()).and_then(|(seconds, nanoseconds)| {
        let seconds = i64::try_from(seconds).ok()?;
        DateTime::from_timestamp(seconds, nanoseconds)
    });
    made.unwrap_or(DateTime::UNIX_EPOCH)
}

/// A person's feeds in use, the latest first.
pub async fn of_person(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Model>> {
    scoped::<Entity>(scope)
        .filter(Column::PersonId.eq(scope.person))
        .filter(Column::RevokedAt.is_null())
        .order_by_desc(Column::Id)
        .all(db)
        .await
        .context("loading a person's calendar feeds")
}

/// A feed in use, before it is known whose it is.
pub async fn in_use(db: &impl ConnectionTrait, council: Uuid, id: Uuid) -> Result<Option<Model>> {
    of_council::<Entity>(council)
        .filter(Column::Id.eq(id))
        .filter(Column::RevokedAt.is_null())
        .one(db)
        .await
        .context("finding a calendar feed")
}

/// Enters a feed.
pub async fn insert(tx: &Change, row: Model) -> Result<()> {
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&**tx).await.context("entering a calendar feed")?;
    Ok(())
}

/// Takes a feed out of use; false when it was already, or is another's.
pub async fn revoke(tx: &Change, scope: &Scope, id: Uuid, at: DateTime<Utc>) -> Result<bool> {
    let done = Entity::update_many()
        .filter(Column::CouncilId.eq(scope.council))
        .filter(Column::Id.eq(id))
        .filter(Column::PersonId.eq(scope.person))
        .filter(Column::RevokedAt.is_null())
        .col_expr(Column::RevokedAt, Expr::value(at))
        .exec(&**tx)
        .await
        .context("revoking a calendar feed")?;
    Ok(done.rows_affected == 1)
}
