//! The statements behind what locks figures: where returns stand, and leave to enter late.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{Text, late_entry};
use rules::cycle::{State, Stood, takes_figures};
use rules::period::Period;
use rules::status::Colour;
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use crate::access::Scope;
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::rows::read_rows;

/// A return that takes no figures.
#[derive(Debug, Clone)]
pub struct Locked {
    pub state: State,
    pub at: DateTime<Utc>,
    /// The name of whoever brought it there.
    pub by: String,
}

/// A figure of a return that is past taking figures.
#[derive(Debug, Clone)]
pub struct Stands {
    pub element: Uuid,
    pub title: String,
    /// The return's reporting period.
    pub reporting: Period,
    pub standing: Locked,
    pub stood: Stood,
}

/// Figures that stand approved in a return that is past taking figures, by indicator and own period, of returns whose periods
/// start on a day or later: whoever owns the indicator by now. One statement.
pub async fn approved(db: &impl ConnectionTrait, scope: &Scope, from: NaiveDate) -> Result<HashMap<(Uuid, Period), Stands>> {
    let sql = format!(
        "SELECT a.indicator_id, a.period_start, a.period_months, e.id, e.title, r.period_start, r.period_months, r.state, r.changed_at, \
            p.name, a.observation_id, a.status \
        FROM approved_figure a JOIN service_return r ON r.council_id = a.council_id AND r.id = a.return_id \
        JOIN element e ON e.council_id = r.council_id AND e.id = r.element_id \
        JOIN person p ON p.council_id = r.council_id AND p.id = r.changed_by \
        WHERE a.council_id = $1 AND a.superseded_at IS NULL AND r.period_start >= $2 AND r.state NOT IN ({})",
        taking()
    );
    let rows = read_rows(db, "finding figures of approved returns", &sql, vec![scope.council.into(), from.into()], |row| {
        let key = (row.next()?, row.next_period()?);
        let (element, title, reporting) = (row.next()?, row.next()?, row.next_period()?);
        let standing = Locked { state: row.next::<Text<State>>()?.0, at: row.next()?, by: row.next()? };
        let given = row.next::<Option<Uuid>>()?.is_some();
        let not_due = row.next::<Text<Colour>>()?.0 == Colour::NotDue;
        Ok((key, Stands { element, title, reporting, standing, stood: Stood { given, not_due } }))
    });
    Ok(rows.await?.into_iter().collect())
}

/// The states in which a return takes figures, as a list of SQL.
pub(super) fn taking() -> String {
    let taking: Vec<String> = State::ALL.iter().filter(|state| takes_figures(**state)).map(|state| format!("'{state}'")).collect();
    taking.join(", ")
}

/// Every return that takes no figures, by element and reporting period, of periods that start on a day or later. One
/// statement.
pub async fn locked(db: &impl ConnectionTrait, scope: &Scope, from: NaiveDate) -> Result<HashMap<(Uuid, Period), Locked>> {
    let sql = format!(
        "SELECT r.element_id, r.period_start, r.period_months, r.state, r.changed_at, p.name FROM service_return r \
        JOIN person p ON p.council_id = r.council_id AND p.id = r.changed_by \
        WHERE r.council_id = $1 AND r.period_start >= $2 AND r.state NOT IN ({})",
        taking()
    );
    let rows = read_rows(db, "finding returns that take no figures", &sql, vec![scope.council.into(), from.into()], |row| {
        let key = (row.next()?, row.next_period()?);
        Ok((key, Locked { state: row.next::<Text<State>>()?.0, at: row.next()?, by: row.next()? }))
    });
    Ok(rows.await?.into_iter().collect())
}

/// Until when each return may be filled in late, as it was said last; those whose day has passed are left out. One
/// statement.
pub async fn late(db: &impl ConnectionTrait, scope: &Scope, today: NaiveDate) -> Result<HashMap<(Uuid, Period), NaiveDate>> {
    let sql = "SELECT element_id, period_start, period_months, until_on FROM late_entry WHERE council_id = $1 ORDER BY allowed_at, id";
    let rows = read_rows(db, "reading leave to enter late", sql, vec![scope.council.into()], |row| {
        Ok(((row.next()?, row.next_period()?), row.next()?))
    });
    let mut late: HashMap<(Uuid, Period), NaiveDate> = rows.await?.into_iter().collect();
    late.retain(|_, until| *until >= today);
    Ok(late)
}

/// Keeps leave to enter late.
pub async fn insert_late(tx: &Change, row: late_entry::Model) -> Result<()> {
    let row = row.into_active_model();
    late_entry::Entity::insert(row).exec_without_returning(&**tx).await.context("keeping leave to enter late")?;
    Ok(())
}
