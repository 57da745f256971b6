//! The queue's rows.

use chrono::{DateTime, Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, Statement};
use uuid::Uuid;

use crate::access::Scope;
use crate::app::App;
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::rows::read_rows;

/// How long a node may be silent before another takes its job.
pub const LEASE: Duration = Duration::minutes(5);
/// How often a job is tried.
pub const ATTEMPTS_MAX: i32 = 3;

rules::closed_set! {
    /// What a job does.
    Kind {
        /// Reads an uploaded workbook and plans its import.
        PlanImport = "PLAN_IMPORT", "Plan an import";
        /// Gathers and renders a pack.
        BuildPack = "BUILD_PACK", "Build a pack";
    }
}

/// A job in hand.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: Uuid,
    pub council: Uuid,
    /// Who asked.
    pub person: Uuid,
    /// The machine token they asked with.
    pub machine: Option<Uuid>,
    pub kind: Kind,
    /// The import or pack.
    pub subject: Uuid,
    pub attempts: i32,
}

/// Puts a job in the queue, in the caller's transaction. Wake the runner after the commit: `app.job_added`.
pub async fn enqueue(app: &App, tx: &Change, scope: &Scope, kind: Kind, subject: Uuid) -> Result<()> {
    let row = entity::job::ActiveModel {
        id: Set(app.ids.next()),
        council_id: Set(scope.council),
        person_id: Set(scope.person),
        machine_id: Set(scope.by.machine),
        kind: Set(kind.to_string()),
        subject_id: Set(subject),
        state: Set("QUEUED".into()),
        attempts: Set(0),
        lease_until: Set(None),
        created_at: Set(app.clock.now()),
        finished_at: Set(None),
        failure: Set(None),
    };
    entity::job::Entity::insert(row).exec_without_returning(&**tx).await.context("enqueueing a job")?;
    Ok(())
}

/// Takes the oldest job nobody works on; one that was tried often enough and never finished comes once more, with more
/// attempts than the most, to be given up. One statement, so that two nodes never take the same.
pub(super) async fn claim(app: &App) -> Result<Option<Job>> {
    let backend = app.db.backend();
    let lock = if backend == DbBackend::Postgres { " FOR UPDATE SKIP LOCKED" } else { "" };
    let sql = format!(
        "UPDATE job SET state = 'RUNNING', attempts = attempts + 1, lease_until = $1 WHERE id = (\
            SELECT id FROM job WHERE (state = 'QUEUED' AND attempts < $3) OR (state = 'RUNNING' AND lease_until < $2) \
            ORDER BY created_at, id LIMIT 1{lock}) \
        RETURNING id, council_id, person_id, machine_id, kind, subject_id, attempts"
    );
    let now: DateTime<Utc> = app.clock.now();
    let values = vec![(now + LEASE).into(), now.into(), ATTEMPTS_MAX.into()];
    let tx = app.db.across_councils("jobs").await?;
    let claimed = read_rows(&*tx, "claiming a job", &sql, values, |row| {
        Ok(Job {
            id: row.next()?,
            council: row.next()?,
            person: row.next()?,
            machine: row.next()?,
            kind: row.next::<String>()?.parse::<Kind>().context("reading a job")?,
            subject: row.next()?,
            attempts: row.next()?,
        })
    })
    .await?;
    tx.commit().await?;
    Ok(claimed.into_iter().next())
}

/// Says how a job ended; a failure that may pass goes back to the queue.
pub(super) async fn finish(app: &App, job: &Job, failure: Option<String>) -> Result<()> {
    let again = failure.is_some() && job.attempts < ATTEMPTS_MAX;
    let state = match (&failure, again) {
        (None, _) => "DONE",
        (Some(_), true) => "QUEUED",
        (Some(_), false) => "FAILED",
    };
    let finished = (!again).then(|| app.clock.now());
    let sql = "UPDATE job SET state = $1, finished_at = $2, failure = $3, lease_until = NULL WHERE id = $4";
    let values = [state.into(), finished.into(), failure.into(), job.id.into()];
    let statement = Statement::from_sql_and_values(app.db.backend(), sql, values);
    let tx = app.db.across_councils("jobs").await?;
    tx.execute_raw(statement).await.context("finishing a job")?;
    tx.commit().await
}
