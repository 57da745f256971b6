//! The statements of periods that open and close by calendar.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::period_schedule::{Column, Entity, Model};
use entity::reporting_period;
use rules::period::Period;
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::access::scope::of_council;
use crate::access::{Scope, scoped};
use crate::app::App;
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::rows::{execute, months, read_rows};

/// Councils seen to in one look.
const COUNCILS_MAX: u32 = 1_000;

/// Reporting periods that begin inside a span, as each edition has them.
pub async fn periods_between(db: &impl ConnectionTrait, scope: &Scope, within: Period) -> Result<Vec<reporting_period::Model>> {
    let starts = reporting_period::Column::PeriodStart.between(within.start(), within.end());
    scoped::<reporting_period::Entity>(scope).filter(starts).all(db).await.context("finding reporting periods")
}

/// Says whether a reporting period is open, and its last day for returns, in every edition that has it.
pub async fn set_period(tx: &Change, scope: &Scope, period: Period, open: bool, due_on: Option<NaiveDate>) -> Result<()> {
    let sql = "UPDATE reporting_period SET open = $1, due_on = $2 WHERE council_id = $3 AND period_start = $4 AND period_months = $5";
    let values = vec![open.into(), due_on.into(), scope.council.into(), period.start().into(), months(period).into()];
    execute(&**tx, "setting a reporting period's days", sql, values).await.map(drop)
}

/// Opens or closes a reporting period; no when it was so already.
pub async fn set_open(tx: &Change, scope: &Scope, period: Period, open: bool) -> Result<bool> {
    let sql = "UPDATE reporting_period SET open = $1 WHERE council_id = $2 AND period_start = $3 AND period_months = $4 AND open <> $1";
    let values = vec![open.into(), scope.council.into(), period.start().into(), months(period).into()];
    Ok(execute(&**tx, "opening or closing a period by calendar", sql, values).await? > 0)
}

/// Enters periods, and the days of periods in the place of those said before.
pub async fn enter(tx: &Change, scope: &Scope, periods: Vec<reporting_period::Model>, days: Vec<Model>, now: DateTime<Utc>) -> Result<()> {
    if !periods.is_empty() {
        let rows = periods.into_iter().map(|row| row.into_active_model().reset_all());
        reporting_period::Entity::insert_many(rows).exec_without_returning(&**tx).await.context("entering reporting periods")?;
    }
    let (Some(first), Some(last)) = (days.iter().map(|row| row.period_start).min(), days.iter().map(|row| row.period_start).max()) else {
        return Ok(());
    };
    let length = days.first().map(|row| row.period_months).unwrap_or_default();
    let sql = "UPDATE period_schedule SET superseded_at = $1 WHERE council_id = $2 AND superseded_at IS NULL AND period_months = $3 \
        AND period_start >= $4 AND period_start <= $5";
    let values = vec![now.into(), scope.council.into(), length.into(), first.into(), last.into()];
    execute(&**tx, "superseding periods' days", sql, values).await?;
    let rows = days.into_iter().map(|row| row.into_active_model().reset_all());
    Entity::insert_many(rows).exec_without_returning(&**tx).await.context("entering periods' days")?;
    Ok(())
}

/// On which days periods open and close by themselves. One statement.
pub async fn days_of(db: &impl ConnectionTrait, scope: &Scope) -> Result<HashMap<(NaiveDate, i32), (NaiveDate, Option<NaiveDate>)>> {
    let rows = scoped::<Entity>(scope).filter(Column::SupersededAt.is_null()).all(db).await.context("reading periods' days")?;
    Ok(rows.into_iter().map(|row| ((row.period_start, row.period_months), (row.opens_on, row.closes_on))).collect())
}

const DUE: &str = "superseded_at IS NULL AND ((opened_at IS NULL AND opens_on <= $1) OR (closed_at IS NULL AND closes_on < $1))";

/// Councils with a period whose day has come by a day.
pub async fn councils_due(app: &App, today: NaiveDate) -> Result<Vec<Uuid>> {
    let snapshot = app.db.snapshot_across_councils("calendar").await?;
    let sql = format!("SELECT DISTINCT council_id FROM period_schedule WHERE {DUE} LIMIT {COUNCILS_MAX}");
    read_rows(&*snapshot, "looking whose periods open or close", &sql, vec![today.into()], |row| row.next()).await
}

/// A council's periods whose day has come.
pub async fn due(tx: &Change, council: Uuid, today: NaiveDate) -> Result<Vec<Model>> {
    let opening = Condition::all().add(Column::OpenedAt.is_null()).add(Column::OpensOn.lte(today));
    let closing = Condition::all().add(Column::ClosedAt.is_null()).add(Column::ClosesOn.lt(today));
    let rows = of_council::<Entity>(council).filter(Column::SupersededAt.is_null()).filter(Condition::any().add(opening).add(closing));
    rows.order_by_asc(Column::PeriodStart).all(&**tx).await.context("finding periods that open or close")
}

/// Says that what was to be done on a period's day is done.
pub async fn done(tx: &Change, row: &Model, now: DateTime<Utc>, ended: bool) -> Result<()> {
    let mut after = row.clone().into_active_model();
    after.opened_at = sea_orm::ActiveValue::Set(row.opened_at.or(Some(now)));
    after.closed_at = sea_orm::ActiveValue::Set(row.closed_at.or(ended.then_some(now)));
    Entity::update(after).exec(&**tx).await.context("noting that a period was opened or closed")?;
    Ok(())
}
