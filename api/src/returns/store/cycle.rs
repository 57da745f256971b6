//! The statements of returns' lives: rows, steps, questions.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{Text, return_question, return_step, service_return};
use rules::cycle::{Act, State};
use rules::period::Period;
use sea_orm::sea_query::{ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use crate::access::{Scope, scoped};
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::news::Told;
use crate::rows::{execute, one_of, read_rows};

/// Rows of returns whose periods start in a span of days. One statement.
pub async fn rows(db: &impl ConnectionTrait, scope: &Scope, from: NaiveDate, until: NaiveDate) -> Result<Vec<service_return::Model>> {
    use service_return::Column as C;
    let condition = C::PeriodStart.gte(from).and(C::PeriodStart.lte(until));
    scoped::<service_return::Entity>(scope).filter(condition).all(db).await.context("loading returns")
}

/// The row of one return.
pub async fn row(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<service_return::Model>> {
    scoped::<service_return::Entity>(scope).filter(service_return::Column::Id.eq(id)).one(db).await.context("finding a return")
}

/// The ids of every element, of all editions.
pub async fn elements(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM element WHERE council_id = $1";
    read_rows(db, "listing elements", sql, vec![scope.council.into()], |row| row.next()).await
}

/// Something that was done to a return, with the name of who did it.
#[derive(Debug, Clone)]
pub struct StepEntry {
    pub of: Uuid,
    pub seq: i32,
    pub round: i32,
    pub act: Act,
    pub from: State,
    pub to: State,
    pub person: Uuid,
    pub name: String,
    pub at: DateTime<Utc>,
    pub reason: Option<String>,
}

const STEPS: &str = "SELECT s.return_id, s.seq, s.round, s.act, s.from_state, s.to_state, s.person_id, p.name, s.at, s.reason FROM return_step s \
    JOIN person p ON p.council_id = s.council_id AND p.id = s.person_id";

fn step_of(row: &crate::rows::Row<'_>) -> Result<StepEntry> {
    Ok(StepEntry {
        of: row.next()?,
        seq: row.next()?,
        round: row.next()?,
        act: row.next::<Text<Act>>()?.0,
        from: row.next::<Text<State>>()?.0,
        to: row.next::<Text<State>>()?.0,
        person: row.next()?,
        name: row.next()?,
        at: row.next()?,
        reason: row.next()?,
    })
}

/// The steps of these returns, the first first. One statement.
pub async fn steps(db: &impl ConnectionTrait, scope: &Scope, returns: &[Uuid]) -> Result<Vec<StepEntry>> {
    if returns.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = vec![scope.council.into()];
    let chosen = one_of(db.get_database_backend(), "s.return_id", returns, &mut values);
    let sql = format!("{STEPS} WHERE s.council_id = $1 AND {chosen} ORDER BY s.return_id, s.seq");
    read_rows(db, "loading what was done to returns", &sql, values, |row| step_of(&row)).await
}

/// A question on a figure, with the names of who asked and who answered.
#[derive(Debug, Clone)]
pub struct QuestionEntry {
    pub id: Uuid,
    pub of: Uuid,
    pub indicator: Uuid,
    pub period: Period,
    pub question: String,
    pub asked_by: String,
    pub asked_at: DateTime<Utc>,
    pub answer: Option<String>,
    pub answered_by: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
}

const QUESTIONS: &str = "SELECT q.id, q.return_id, q.indicator_id, q.period_start, q.period_months, q.question, a.name, q.asked_at, q.answer, \
        b.name, q.answered_at FROM return_question q \
    JOIN person a ON a.council_id = q.council_id AND a.id = q.asked_by \
    LEFT JOIN person b ON b.council_id = q.council_id AND b.id = q.answered_by";

fn question_of(row: &crate::rows::Row<'_>) -> Result<QuestionEntry> {
    Ok(QuestionEntry {
        id: row.next()?,
        of: row.next()?,
        indicator: row.next()?,
        period: row.next_period()?,
        question: row.next()?,
        asked_by: row.next()?,
        asked_at: row.next()?,
        answer: row.next()?,
        answered_by: row.next()?,
        answered_at: row.next()?,
    })
}

/// The questions on these returns, the first asked first. One statement.
pub async fn questions(db: &impl ConnectionTrait, scope: &Scope, returns: &[Uuid]) -> Result<Vec<QuestionEntry>> {
    if returns.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = vec![scope.council.into()];
    let chosen = one_of(db.get_database_backend(), "q.return_id", returns, &mut values);
    let sql = format!("{QUESTIONS} WHERE q.council_id = $1 AND {chosen} ORDER BY q.asked_at, q.id");
    read_rows(db, "loading questions on returns", &sql, values, |row| question_of(&row)).await
}

/// One question.
pub async fn question(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<QuestionEntry>> {
    let sql = format!("{QUESTIONS} WHERE q.council_id = $1 AND q.id = $2");
    let found = read_rows(db, "finding a question", &sql, vec![scope.council.into(), id.into()], |row| question_of(&row)).await?;
    Ok(found.into_iter().next())
}

/// Enters the row of a return nothing was done to yet; false where somebody else was first.
pub async fn first(tx: &Change, row: service_return::Model) -> Result<bool> {
    let row = row.into_active_model();
    let entered = service_return::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(&**tx)
        .await
        .context("entering a return")?;
    Ok(entered == 1)
}

/// Moves a return on that stands at the revision before; false where it does not any more.
pub async fn moved(tx: &Change, row: &service_return::Model) -> Result<bool> {
    let sql = "UPDATE service_return SET state = $3, round = $4, revision = $5, changed_at = $6, changed_by = $7, approved_at = $8, \
        published_at = $9 WHERE council_id = $1 AND id = $2 AND revision = $10";
    let values = vec![
        row.council_id.into(),
        row.id.into(),
        row.state.0.code().into(),
        row.round.into(),
        row.revision.into(),
        row.changed_at.into(),
        row.changed_by.into(),
        row.approved_at.into(),
        row.published_at.into(),
        (row.revision - 1).into(),
    ];
    Ok(execute(&**tx, "moving a return on", sql, values).await? == 1)
}

/// Enters what was done to a return.
pub async fn insert_step(tx: &Change, row: return_step::Model) -> Result<()> {
    let row = row.into_active_model();
    return_step::Entity::insert(row).exec_without_returning(&**tx).await.context("keeping what was done to a return")?;
    tx.tell(Told::Activity);
    Ok(())
}

/// Enters questions: at most a hundred, one statement.
pub async fn insert_questions(tx: &Change, rows: Vec<return_question::Model>) -> Result<()> {
    let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
    return_question::Entity::insert_many(rows).exec_without_returning(&**tx).await.context("keeping questions on a return")?;
    Ok(())
}

/// Keeps the answer to a question.
pub async fn answer(tx: &Change, scope: &Scope, id: Uuid, answer: &str, now: DateTime<Utc>) -> Result<()> {
    let sql = "UPDATE return_question SET answer = $3, answered_by = $4, answered_at = $5 WHERE council_id = $1 AND id = $2";
    let values = vec![scope.council.into(), id.into(), answer.into(), scope.person.into(), now.into()];
    execute(&**tx, "keeping an answer", sql, values).await?;
    Ok(())
}
