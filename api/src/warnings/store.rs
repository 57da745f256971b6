//! The statements of warnings.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{Text, spc_baseline, warning, warning_rule, warning_step};
use rules::period::Period;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Value};
use uuid::Uuid;

use super::handling::Step;
use super::subject::{Key, Subject};
use crate::access::{Scope, scoped};
use crate::app::App;
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::rows::{as_at_condition, execute, one_of, read_rows};

/// Warnings inserted by one statement: 12 columns each stay under SQLite's 32,766 parameters.
const ROWS_A_STATEMENT: usize = 1_500;
/// Ids a statement names on SQLite, which has a parameter for each.
const IDS_A_STATEMENT: usize = 20_000;

/// The rules a council set for itself, as they stand.
pub async fn rules(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<warning_rule::Model>> {
    let current = scoped::<warning_rule::Entity>(scope).filter(warning_rule::Column::SupersededAt.is_null());
    current.order_by_asc(warning_rule::Column::Kind).all(db).await.context("loading rules of early warning")
}

/// Puts a rule in place of the one that stands.
pub async fn replace_rule(tx: &Change, row: warning_rule::Model) -> Result<()> {
    let sql = "UPDATE warning_rule SET superseded_at = $3 WHERE council_id = $1 AND kind = $2 AND superseded_at IS NULL";
    let values = vec![row.council_id.into(), row.kind.as_str().into(), row.recorded_at.into()];
    execute(&**tx, "superseding a rule of early warning", sql, values).await?;
    let insert = warning_rule::Entity::insert(row.into_active_model());
    insert.exec_without_returning(&**tx).await.context("keeping a rule of early warning")?;
    Ok(())
}

/// From when an indicator's limits are taken anew.
#[derive(Debug, Clone)]
pub struct BaselineEntry {
    pub id: Uuid,
    pub indicator: Uuid,
    pub from: Period,
    pub reason: String,
    pub recorded_at: DateTime<Utc>,
    pub by: String,
}

/// From when limits are taken anew, by indicator, the earliest first: now, or as it was decided by an instant. One statement.
pub async fn baselines(
    db: &impl ConnectionTrait,
    scope: &Scope,
    as_at: Option<DateTime<Utc>>,
) -> Result<HashMap<Uuid, Vec<BaselineEntry>>> {
    let sql = format!(
        "SELECT b.id, b.indicator_id, b.period_start, b.period_months, b.reason, b.recorded_at, p.name FROM spc_baseline b \
        JOIN person p ON p.council_id = b.council_id AND p.id = b.recorded_by \
        WHERE b.council_id = $1 AND {} ORDER BY b.period_start, b.period_months",
        as_at_condition("b", as_at, 2)
    );
    let values: Vec<Value> = [Value::from(scope.council)].into_iter().chain(as_at.map(Into::into)).collect();
    let rows = read_rows(db, "loading from when limits are taken anew", &sql, values, |row| {
        Ok(BaselineEntry {
            id: row.next()?,
            indicator: row.next()?,
            from: row.next_period()?,
            reason: row.next()?,
            recorded_at: row.next()?,
            by: row.next()?,
        })
    });
    let mut found: HashMap<Uuid, Vec<BaselineEntry>> = HashMap::new();
    for entry in rows.await? {
        found.entry(entry.indicator).or_default().push(entry);
    }
    Ok(found)
}

/// Ends one of them, if it stands; no when it does not.
pub async fn end_baseline(tx: &Change, scope: &Scope, id: Uuid, at: DateTime<Utc>) -> Result<bool> {
    let sql = "UPDATE spc_baseline SET superseded_at = $3, superseded_by = $4 WHERE council_id = $1 AND id = $2 AND superseded_at IS NULL";
    let values = vec![scope.council.into(), id.into(), at.into(), scope.person.into()];
    Ok(execute(&**tx, "ending from when limits are taken anew", sql, values).await? > 0)
}

/// Enters one.
pub async fn insert_baseline(tx: &Change, row: spc_baseline::Model) -> Result<()> {
    let insert = spc_baseline::Entity::insert(row.into_active_model());
    insert.exec_without_returning(&**tx).await.context("entering from when limits are taken anew")?;
    Ok(())
}

/// What was done about these warnings, in order. One statement for every 20,000.
pub async fn steps(db: &impl ConnectionTrait, scope: &Scope, warnings: &[Uuid]) -> Result<HashMap<Uuid, Vec<Step>>> {
    let mut found: HashMap<Uuid, Vec<Step>> = HashMap::new();
    for some in warnings.chunks(IDS_A_STATEMENT) {
        let mut values: Vec<Value> = vec![scope.council.into()];
        let chosen = one_of(db.get_database_backend(), "s.warning_id", some, &mut values);
        let sql = format!(
            "SELECT s.warning_id, s.seq, s.act, s.words, s.muted_until, p.name, s.at FROM warning_step s \
            JOIN person p ON p.council_id = s.council_id AND p.id = s.person_id \
            WHERE s.council_id = $1 AND {chosen} ORDER BY s.warning_id, s.seq"
        );
        let rows = read_rows(db, "loading what was done about warnings", &sql, values, |row| {
            Ok(Step {
                warning: row.next()?,
                seq: row.next()?,
                act: row.next::<Text<_>>()?.0,
                words: row.next()?,
                muted_until: row.next()?,
                by: row.next()?,
                at: row.next()?,
            })
        });
        for step in rows.await? {
            found.entry(step.warning).or_default().push(step);
        }
    }
    Ok(found)
}

/// Enters what was done about a warning.
pub async fn insert_step(tx: &Change, row: warning_step::Model) -> Result<()> {
    let insert = warning_step::Entity::insert(row.into_active_model());
    insert.exec_without_returning(&**tx).await.context("entering what was done about a warning")?;
    Ok(())
}

/// A warning that was recorded when a node saw it fire.
#[derive(Debug, Clone)]
pub struct Recorded {
    pub key: Key,
    pub id: Uuid,
    pub fired_on: NaiveDate,
    /// JSON: [`super::told::Told`].
    pub evidence: String,
    pub told: bool,
    pub recorded_at: DateTime<Utc>,
    pub ceased_on: Option<NaiveDate>,
    pub ceased_at: Option<DateTime<Utc>>,
}

const RECORDED: &str = "SELECT w.id, w.kind, w.subject_kind, w.subject_id, w.since, w.fired_on, w.evidence, w.told, w.recorded_at, \
    w.ceased_on, w.ceased_at FROM warning w WHERE w.council_id = $1";

async fn read(db: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Result<Vec<Recorded>> {
    read_rows(db, "loading warnings that fired", sql, values, |row| {
        let (id, kind) = (row.next()?, row.next::<Text<_>>()?.0);
        let subject = Subject { kind: row.next::<Text<_>>()?.0, id: row.next()? };
        let key = Key { kind, subject, since: row.next()? };
        Ok(Recorded {
            key,
            id,
            fired_on: row.next()?,
            evidence: row.next()?,
            told: row.next()?,
            recorded_at: row.next()?,
            ceased_on: row.next()?,
            ceased_at: row.next()?,
        })
    })
    .await
}

/// Everything recorded that has not ceased, and what ceased but may stand again: all of these keys' rows are told apart by their id.
pub async fn recorded(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Recorded>> {
    read(db, &format!("{RECORDED} AND w.ceased_at IS NULL"), vec![scope.council.into()]).await
}

/// What was recorded or ceased since an instant, the latest record first, so many at most. One statement.
pub async fn lately(db: &impl ConnectionTrait, scope: &Scope, since: Option<DateTime<Utc>>, most: usize) -> Result<Vec<Recorded>> {
    let mut values: Vec<Value> = vec![scope.council.into()];
    let mut sql = RECORDED.to_owned();
    if let Some(since) = since {
        values.push(since.into());
        sql += " AND (w.recorded_at >= $2 OR w.ceased_at >= $2)";
    }
    sql += &format!(" ORDER BY w.recorded_at DESC, w.id LIMIT {most}");
    read(db, &sql, values).await
}

/// A recorded warning by its id.
pub async fn recorded_one(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<Recorded>> {
    let found = read(db, &format!("{RECORDED} AND w.id = $2"), vec![scope.council.into(), id.into()]).await?;
    Ok(found.into_iter().next())
}

/// Records warnings. One that another node recorded meanwhile stays as that recorded it; one that had ceased stands again.
pub async fn insert(tx: &Change, rows: Vec<warning::Model>) -> Result<()> {
    use warning::Column as C;
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some = rows.by_ref().take(ROWS_A_STATEMENT).map(IntoActiveModel::into_active_model);
        let mut once = OnConflict::columns([C::CouncilId, C::Kind, C::SubjectId, C::Since]);
        let again = once.update_columns([C::CeasedOn, C::CeasedAt]).to_owned();
        let insert = warning::Entity::insert_many(some).on_conflict(again);
        insert.exec_without_returning(&**tx).await.context("recording warnings")?;
    }
    Ok(())
}

/// Says that warnings stand no more.
pub async fn cease(tx: &Change, council: Uuid, ids: &[Uuid], (on, at): (NaiveDate, DateTime<Utc>)) -> Result<()> {
    for some in ids.chunks(IDS_A_STATEMENT) {
        let mut values: Vec<Value> = vec![council.into(), on.into(), at.into()];
        let chosen = one_of(tx.get_database_backend(), "id", some, &mut values);
        let sql = format!("UPDATE warning SET ceased_on = $2, ceased_at = $3 WHERE council_id = $1 AND ceased_at IS NULL AND {chosen}");
        execute(&**tx, "saying that warnings ceased", &sql, values).await?;
    }
    Ok(())
}

/// A council's last look: at which of its revisions, and when.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub looked_at: DateTime<Utc>,
}

/// Councils in use that changed since they were last looked at, or were not on a day. One statement.
pub async fn to_look_at(app: &App, today: NaiveDate) -> Result<Vec<Uuid>> {
    let sql = "SELECT c.id FROM council c LEFT JOIN warning_look w ON w.council_id = c.id \
        WHERE c.suspended_at IS NULL AND (w.id IS NULL OR w.revision <> c.revision OR w.looked_on <> $1) ORDER BY c.id";
    let snapshot = app.db.snapshot_across_councils("warnings").await?;
    read_rows(&*snapshot, "finding councils to look at", sql, vec![today.into()], |row| row.next()).await
}

/// A council's last look; none before the first.
pub async fn look(db: &impl ConnectionTrait, council: Uuid) -> Result<Option<Look>> {
    let sql = "SELECT looked_at FROM warning_look WHERE council_id = $1";
    let found = read_rows(db, "finding when a council was looked at", sql, vec![council.into()], |row| Ok(Look { looked_at: row.next()? }));
    Ok(found.await?.into_iter().next())
}

/// How a look came to be noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    /// It is the council's first.
    First,
    Again,
    /// Another node looked at a later state meanwhile: what this one saw is old.
    Overtaken,
}

/// Notes that a council was looked at, in the transaction that records what was seen.
pub async fn note_look(tx: &Change, council: Uuid, revision: i64, (on, at): (NaiveDate, DateTime<Utc>)) -> Result<Noted> {
    let values = || -> Vec<Value> { vec![council.into(), revision.into(), on.into(), at.into()] };
    let update = "UPDATE warning_look SET revision = $2, looked_on = $3, looked_at = $4 \
        WHERE council_id = $1 AND (revision < $2 OR (revision = $2 AND looked_on <= $3))";
    if execute(&**tx, "noting a look", update, values()).await? > 0 {
        return Ok(Noted::Again);
    }
    let insert = "INSERT INTO warning_look (council_id, id, revision, looked_on, looked_at) VALUES ($1, $1, $2, $3, $4) \
        ON CONFLICT (council_id, id) DO NOTHING";
    let first = execute(&**tx, "noting a first look", insert, values()).await? > 0;
    Ok(if first { Noted::First } else { Noted::Overtaken })
}
