//! The queue's rows.

use chrono::{DateTime, Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::{DbBackend, EntityTrait};
use uuid::Uuid;

use crate::access::Scope;
use crate::app::App;
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::rows::{execute, read_rows};

/// How long a node may be silent before another takes its job. It says that it is there several times as often.
pub const LEASE: Duration = Duration::seconds(20);
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
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
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
        RETURNING id, council_id, person_id, machine_id, kind, subject_id, attempts, created_at"
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
            asked_at: row.next()?,
        })
    })
    .await?;
    tx.commit().await?;
    Ok(claimed.into_iter().next())
}

/// Says that a job is still worked on; no when another node has taken it over, or it is gone.
pub(super) async fn renew(app: &App, job: &Job) -> Result<bool> {
    let sql = "UPDATE job SET lease_until = $1 WHERE id = $2 AND state = 'RUNNING' AND attempts = $3";
    let until = app.clock.now() + LEASE;
    let tx = app.db.across_councils("jobs").await?;
    let renewed = execute(&*tx, "renewing a job", sql, vec![until.into(), job.id.into(), job.attempts.into()]).await?;
    tx.commit().await?;
    Ok(renewed > 0)
}

/// Says how a job ended; a failure that may pass goes back to the queue. A node that was taken for dead says nothing any
/// more.
pub(super) async fn finish(app: &App, job: &Job, failure: Option<String>) -> Result<()> {
    let again = failure.is_some() && job.attempts < ATTEMPTS_MAX;
    let state = match (&failure, again) {
        (None, _) => "DONE",
        (Some(_), true) => "QUEUED",
        (Some(_), false) => "FAILED",
    };
    let finished = (!again).then(|| app.clock.now());
    let sql = "UPDATE job SET state = $1, finished_at = $2, failure = $3, lease_until = NULL WHERE id = $4 AND attempts = $5";
    let values = vec![state.into(), finished.into(), failure.into(), job.id.into(), job.attempts.into()];
    let tx = app.db.across_councils("jobs").await?;
    execute(&*tx, "finishing a job", sql, values).await?;
    tx.commit().await
}
