//! The statements of reminders.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{notice, notice_setting};
use rules::reminder::Schedule;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, Value};
use uuid::Uuid;

use super::State;
use super::owed::Answer;
use super::send::Waiting;
use crate::access::{Scope, scoped};
use crate::app::App;
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::graphql::page::Ask;
use crate::people::store::PersonEntry;
use crate::rows::{Row, execute, read_rows};

/// Reminders inserted by one statement: 14 columns each stay under SQLite's 32,766 parameters.
const ROWS_A_STATEMENT: usize = 1_500;
/// Answers that are due, looked at of one council.
const ANSWERS_MAX: usize = 2_000;

/// Where a council's reminders go.
#[derive(Debug, Clone)]
pub struct Setting {
    pub council: Uuid,
    pub url: Option<String>,
    /// What the secret of its requests is made with.
    pub salt: Option<String>,
    pub by_mail: bool,
    /// Whether the webhook is told of early warnings.
    pub warnings: bool,
    pub schedule: Schedule,
}

const SETTING: &str = "s.council_id, s.webhook_url, s.webhook_secret, s.by_mail, s.days_before, s.days_between, s.warnings";

fn setting_of(row: &Row<'_>) -> Result<Setting> {
    Ok(Setting {
        council: row.next()?,
        url: row.next()?,
        salt: row.next()?,
        by_mail: row.next()?,
        schedule: Schedule { days_before: row.next()?, days_between: row.next()? },
        warnings: row.next()?,
    })
}

/// The settings of every council in use that has any. One statement.
pub async fn settings_of_all(app: &App) -> Result<Vec<Setting>> {
    let sql = format!(
        "SELECT {SETTING} FROM notice_setting s JOIN council c ON c.id = s.council_id AND c.suspended_at IS NULL \
        WHERE s.superseded_at IS NULL AND (s.by_mail OR s.webhook_url IS NOT NULL) ORDER BY s.council_id"
    );
    let snapshot = app.db.snapshot_across_councils("notice-settings").await?;
    read_rows(&*snapshot, "finding who is reminded", &sql, Vec::new(), |row| setting_of(&row)).await
}

/// A council's settings as they stand.
pub async fn setting(db: &impl ConnectionTrait, scope: &Scope) -> Result<Option<notice_setting::Model>> {
    let current = scoped::<notice_setting::Entity>(scope).filter(notice_setting::Column::SupersededAt.is_null());
    current.one(db).await.context("loading where reminders go")
}

/// Puts settings in place of those that stand.
pub async fn replace(tx: &Change, row: notice_setting::Model) -> Result<()> {
    let sql = "UPDATE notice_setting SET superseded_at = $2 WHERE council_id = $1 AND superseded_at IS NULL";
    execute(&**tx, "superseding where reminders go", sql, vec![row.council_id.into(), row.recorded_at.into()]).await?;
    let insert = notice_setting::Entity::insert(row.into_active_model());
    insert.exec_without_returning(&**tx).await.context("keeping where reminders go")?;
    Ok(())
}

/// What makes reminders the same, of those since an instant.
pub async fn known(db: &impl ConnectionTrait, scope: &Scope, since: DateTime<Utc>) -> Result<HashSet<String>> {
    let sql = "SELECT once FROM notice WHERE council_id = $1 AND created_at >= $2";
    let known = read_rows(db, "loading reminders", sql, vec![scope.council.into(), since.into()], |row| row.next()).await?;
    Ok(known.into_iter().collect())
}

/// Writes reminders. One that another node wrote meanwhile stays as that wrote it.
pub async fn insert(tx: &Change, rows: Vec<notice::Model>) -> Result<()> {
    use notice::Column as C;
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some = rows.by_ref().take(ROWS_A_STATEMENT).map(IntoActiveModel::into_active_model);
        let once = OnConflict::columns([C::CouncilId, C::Once]).do_nothing().to_owned();
        let insert = notice::Entity::insert_many(some).on_conflict(once);
        insert.exec_without_returning(&**tx).await.context("keeping reminders")?;
    }
    Ok(())
}

/// Reminders of whatever council whose turn has come, the first due first.
pub async fn whose_turn(app: &App, now: DateTime<Utc>, most: usize) -> Result<Vec<(Uuid, Uuid)>> {
    let sql = format!(
        "SELECT council_id, id FROM notice WHERE state = 'WAITING' AND next_at <= $1 ORDER BY next_at, council_id, id LIMIT {most}"
    );
    let snapshot = app.db.snapshot_across_councils("notices").await?;
    read_rows(&*snapshot, "finding reminders to send", &sql, vec![now.into()], |row| Ok((row.next()?, row.next()?))).await
}

/// Takes a reminder for this node until an instant; no when another has it, or it is not to be sent any more.
pub async fn claim(tx: &Change, (council, id): (Uuid, Uuid), now: DateTime<Utc>, until: DateTime<Utc>) -> Result<bool> {
    let sql = "UPDATE notice SET attempts = attempts + 1, next_at = $3 \
        WHERE council_id = $1 AND id = $2 AND state = 'WAITING' AND next_at <= $4";
    let values = vec![council.into(), id.into(), until.into(), now.into()];
    Ok(execute(&**tx, "taking a reminder", sql, values).await? > 0)
}

/// A reminder that was taken, with whom it is for and where the council's go. One statement.
pub async fn taken(db: &impl ConnectionTrait, (council, id): (Uuid, Uuid)) -> Result<Option<Waiting>> {
    let sql = format!(
        "SELECT n.id, n.subject, n.channel, n.payload, n.attempts, n.created_at, p.id, p.name, p.email, p.suspended_at, {SETTING} \
        FROM notice n LEFT JOIN person p ON p.council_id = n.council_id AND p.id = n.person_id \
        JOIN notice_setting s ON s.council_id = n.council_id AND s.superseded_at IS NULL \
        WHERE n.council_id = $1 AND n.id = $2 AND n.state = 'WAITING'"
    );
    let found = read_rows(db, "loading a reminder", &sql, vec![council.into(), id.into()], |row| {
        let (id, subject): (Uuid, String) = (row.next()?, row.next()?);
        let channel = row.next::<String>()?.parse().context("reading a reminder")?;
        let about = serde_json::from_str(&row.next::<String>()?).context("reading a reminder")?;
        let (attempts, created_at) = (row.next()?, row.next()?);
        let (person, name, email, suspended_at) = (row.next::<Option<Uuid>>()?, row.next()?, row.next()?, row.next()?);
        let named = person.zip(name).zip(email);
        let person = named.map(|((id, name), email)| PersonEntry { id, name, email, suspended_at });
        Ok(Waiting { id, subject, channel, about, attempts, created_at, person, setting: setting_of(&row)? })
    });
    Ok(found.await?.into_iter().next())
}

/// Says where a reminder stands now, if it still waits; `next_at` counts for one that is tried again.
pub async fn mark(
    tx: &Change,
    (council, id): (Uuid, Uuid),
    state: State,
    (at, next_at): (DateTime<Utc>, Option<DateTime<Utc>>),
    why: Option<&str>,
) -> Result<()> {
    let sql = "UPDATE notice SET state = $3, sent_at = $4, next_at = COALESCE($5, next_at), last_error = $6 \
        WHERE council_id = $1 AND id = $2 AND state = 'WAITING'";
    let sent_at = (state == State::Sent).then_some(at);
    let values: Vec<Value> = vec![council.into(), id.into(), state.code().into(), sent_at.into(), next_at.into(), why.into()];
    execute(&**tx, "saying where a reminder stands", sql, values).await?;
    Ok(())
}

/// Where a return stands; none before anything was done to it.
pub async fn return_state(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<rules::cycle::State>> {
    let sql = "SELECT state FROM service_return WHERE council_id = $1 AND id = $2";
    let found = read_rows(db, "finding where a return stands", sql, vec![scope.council.into(), id.into()], |row| {
        row.next::<String>()?.parse().context("reading where a return stands")
    });
    Ok(found.await?.into_iter().next())
}

/// Whether somebody still owes the answer to a question.
pub async fn still_owes(db: &impl ConnectionTrait, scope: &Scope, id: Uuid, person: Option<Uuid>) -> Result<bool> {
    let sql = "SELECT assigned_to FROM scrutiny_question WHERE council_id = $1 AND id = $2 AND state IN ('ASSIGNED', 'RETURNED')";
    let found = read_rows(db, "finding who owes an answer", sql, vec![scope.council.into(), id.into()], |row| row.next::<Option<Uuid>>());
    Ok(found.await?.into_iter().any(|assigned| person.is_none() || assigned == person))
}

/// The indicator and the element a question is about; none where there is no such question.
pub async fn asked_about(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<(Option<Uuid>, Option<Uuid>)>> {
    let sql = "SELECT indicator_id, element_id FROM scrutiny_question WHERE council_id = $1 AND id = $2";
    let found =
        read_rows(db, "finding what a question is about", sql, vec![scope.council.into(), id.into()], |row| Ok((row.next()?, row.next()?)));
    Ok(found.await?.into_iter().next())
}

/// Answers that are waited for and due by a day, with who owes each. One statement.
pub async fn answers(db: &impl ConnectionTrait, scope: &Scope, by: NaiveDate) -> Result<Vec<Answer>> {
    let sql = format!(
        "SELECT q.id, q.number, q.due_on, p.id, p.name, p.email, p.suspended_at FROM scrutiny_question q \
        JOIN person p ON p.council_id = q.council_id AND p.id = q.assigned_to AND p.suspended_at IS NULL \
        WHERE q.council_id = $1 AND q.state IN ('ASSIGNED', 'RETURNED') AND q.due_on <= $2 ORDER BY q.due_on DESC, q.id LIMIT {ANSWERS_MAX}"
    );
    read_rows(db, "loading answers that are due", &sql, vec![scope.council.into(), by.into()], |row| {
        let (id, number, due_on) = (row.next()?, row.next()?, row.next()?);
        let person = PersonEntry { id: row.next()?, name: row.next()?, email: row.next()?, suspended_at: row.next()? };
        Ok(Answer { id, number, due_on, person })
    })
    .await
}

/// Councils that have reminders from before an instant that do not wait. One statement.
pub async fn councils_with_old(app: &App, before: DateTime<Utc>) -> Result<Vec<Uuid>> {
    let sql = "SELECT c.id FROM council c WHERE EXISTS (\
        SELECT 1 FROM notice n WHERE n.council_id = c.id AND n.created_at < $1 AND n.state <> 'WAITING') ORDER BY c.id";
    let snapshot = app.db.snapshot_across_councils("notices").await?;
    read_rows(&*snapshot, "finding old reminders", sql, vec![before.into()], |row| row.next()).await
}

/// Forgets the oldest reminders of a council from before an instant, so many at most; answers how many. One statement.
pub async fn forget(tx: &Change, council: Uuid, before: DateTime<Utc>, most: usize) -> Result<u64> {
    let sql = format!(
        "DELETE FROM notice WHERE council_id = $1 AND id IN (\
            SELECT id FROM notice WHERE council_id = $1 AND created_at < $2 AND state <> 'WAITING' ORDER BY created_at, id LIMIT {most})"
    );
    execute(&**tx, "forgetting reminders", &sql, vec![council.into(), before.into()]).await
}

/// A reminder as the list shows it.
#[derive(Debug, Clone)]
pub struct Listed {
    pub row: notice::Model,
    /// Whom it is for, by name.
    pub person: Option<String>,
}

fn narrowed(scope: &Scope, state: Option<State>) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = vec![scope.council.into()];
    let mut condition = "n.council_id = $1".to_owned();
    if let Some(state) = state {
        values.push(state.code().into());
        condition += " AND n.state = $2";
    }
    (condition, values)
}

/// Reminders behind the cursor, the latest first: one more than the page holds.
pub async fn page(db: &impl ConnectionTrait, scope: &Scope, state: Option<State>, ask: &Ask) -> Result<Vec<Listed>> {
    let (mut condition, mut values) = narrowed(scope, state);
    if let Some(after) = ask.after.as_deref() {
        values.push(Uuid::try_parse(after).context("reading a cursor")?.into());
        condition += &format!(" AND n.id < ${}", values.len());
    }
    let sql = format!(
        "SELECT n.council_id, n.id, n.kind, n.subject, n.person_id, n.channel, n.once, n.payload, n.state, n.attempts, n.next_at, n.sent_at, \
            n.last_error, n.created_at, p.name FROM notice n \
        LEFT JOIN person p ON p.council_id = n.council_id AND p.id = n.person_id WHERE {condition} ORDER BY n.id DESC LIMIT {}",
        ask.first.saturating_add(1)
    );
    read_rows(db, "listing reminders", &sql, values, |row| {
        let row_of = notice::Model {
            council_id: row.next()?,
            id: row.next()?,
            kind: row.next()?,
            subject: row.next()?,
            person_id: row.next()?,
            channel: row.next()?,
            once: row.next()?,
            payload: row.next()?,
            state: row.next()?,
            attempts: row.next()?,
            next_at: row.next()?,
            sent_at: row.next()?,
            last_error: row.next()?,
            created_at: row.next()?,
        };
        Ok(Listed { row: row_of, person: row.next()? })
    })
    .await
}

/// How many there are.
pub async fn count(db: &impl ConnectionTrait, scope: &Scope, state: Option<State>) -> Result<usize> {
    let (condition, values) = narrowed(scope, state);
    let sql = format!("SELECT count(*) FROM notice n WHERE {condition}");
    let counted = read_rows(db, "counting reminders", &sql, values, |row| row.next::<i64>()).await?;
    Ok(counted.first().and_then(|count| usize::try_from(*count).ok()).unwrap_or_default())
}
