//! The statements of returns: templates, periods and the workflow here, the rest beside.

pub mod approved;
pub mod cycle;
pub mod locks;
pub mod schedule;
pub mod submitted;

use chrono::{DateTime, NaiveDate, Utc};
use entity::return_template::Model;
use rules::period::Period;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, Value};
use uuid::Uuid;

use crate::access::{Scope, scoped};
use crate::db::Change;
use crate::error::{ContextExt, Error, Result};
use crate::rows::{as_at_condition, execute, months, read_rows};

/// The issue the next template of an element and period is: one more than the last.
pub async fn next_issue(tx: &Change, scope: &Scope, element: Uuid, period: Period) -> Result<u32> {
    let sql = "SELECT MAX(issue) FROM return_template \
        WHERE council_id = $1 AND element_id = $2 AND period_start = $3 AND period_months = $4";
    let values = vec![scope.council.into(), element.into(), period.start().into(), months(period).into()];
    let last = read_rows(&**tx, "finding the last issue", sql, values, |row| row.next::<Option<i32>>()).await?;
    let last = last.into_iter().next().flatten().unwrap_or_default();
    u32::try_from(last).map(|last| last.saturating_add(1)).map_err(|why| Error::internal("counting issues", &why))
}

/// Enters an issue.
pub async fn insert_template(tx: &Change, row: Model) -> Result<()> {
    let row = row.into_active_model().reset_all();
    entity::return_template::Entity::insert(row).exec_without_returning(&**tx).await.context("entering a template's issue")?;
    Ok(())
}

/// A reporting period as each edition has it that has it.
pub async fn periods(db: &impl ConnectionTrait, scope: &Scope, period: Period) -> Result<Vec<entity::reporting_period::Model>> {
    use entity::reporting_period::Column;
    scoped::<entity::reporting_period::Entity>(scope)
        .filter(Column::PeriodStart.eq(period.start()))
        .filter(Column::PeriodMonths.eq(months(period)))
        .all(db)
        .await
        .context("finding a reporting period")
}

/// Enters a reporting period.
pub async fn insert_period(tx: &Change, row: entity::reporting_period::Model) -> Result<()> {
    let row = row.into_active_model().reset_all();
    entity::reporting_period::Entity::insert(row).exec_without_returning(&**tx).await.context("entering a reporting period")?;
    Ok(())
}

/// Opens or closes a reporting period, and keeps its last day.
pub async fn update_period(tx: &Change, row: &entity::reporting_period::Model) -> Result<()> {
    use entity::reporting_period::Column;
    use sea_orm::sea_query::Expr;
    entity::reporting_period::Entity::update_many()
        .filter(Column::CouncilId.eq(row.council_id))
        .filter(Column::Id.eq(row.id))
        .col_expr(Column::Open, Expr::value(row.open))
        .col_expr(Column::DueOn, Expr::value(row.due_on))
        .exec(&**tx)
        .await
        .context("changing a reporting period")?;
    Ok(())
}

/// The day from which returns go through their states, as it was said at an instant; none where they do not. One statement.
pub async fn workflow_from(db: &impl ConnectionTrait, scope: &Scope, as_at: Option<DateTime<Utc>>) -> Result<Option<NaiveDate>> {
    let mut values: Vec<Value> = vec![scope.council.into()];
    values.extend(as_at.map(Value::from));
    let standing = as_at_condition("w", as_at, values.len());
    let sql = format!(
        "SELECT w.from_on FROM return_workflow w WHERE w.council_id = $1 AND {standing} ORDER BY w.recorded_at DESC, w.id DESC LIMIT 1"
    );
    let found = read_rows(db, "reading the workflow of returns", &sql, values, |row| row.next::<Option<NaiveDate>>()).await?;
    Ok(found.into_iter().next().flatten())
}

/// Ends the workflow that stood and keeps the one that stands from now on.
pub async fn switch_workflow(tx: &Change, scope: &Scope, row: entity::return_workflow::Model) -> Result<()> {
    let sql = "UPDATE return_workflow SET superseded_at = $2 WHERE council_id = $1 AND superseded_at IS NULL";
    execute(&**tx, "ending a workflow", sql, vec![scope.council.into(), row.recorded_at.into()]).await?;
    let row = row.into_active_model();
    entity::return_workflow::Entity::insert(row).exec_without_returning(&**tx).await.context("keeping a workflow")?;
    Ok(())
}

/// What was said last of the workflow of returns, with the name of who said it.
pub struct WorkflowEntry {
    pub from: Option<NaiveDate>,
    pub reason: String,
    pub at: DateTime<Utc>,
    pub by: String,
}

/// What stands of the workflow of returns; none where nobody ever switched it. One statement.
pub async fn workflow_entry(db: &impl ConnectionTrait, scope: &Scope) -> Result<Option<WorkflowEntry>> {
    let sql = "SELECT w.from_on, w.reason, w.recorded_at, p.name FROM return_workflow w \
        JOIN person p ON p.council_id = w.council_id AND p.id = w.recorded_by \
        WHERE w.council_id = $1 AND w.superseded_at IS NULL ORDER BY w.recorded_at DESC, w.id DESC LIMIT 1";
    let found = read_rows(db, "reading who switched the workflow", sql, vec![scope.council.into()], |row| {
        Ok(WorkflowEntry { from: row.next()?, reason: row.next()?, at: row.next()?, by: row.next()? })
    });
    Ok(found.await?.into_iter().next())
}
