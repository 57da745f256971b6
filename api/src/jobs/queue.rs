//! The queue's rows.

use chrono::{DateTime, Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, Statement};
use uuid::Uuid;

use crate::app::App;
use crate::db::Change;
use crate::error::{ContextExt, Error, Result};

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
    pub kind: Kind,
    /// The import or pack.
    pub subject: Uuid,
    pub attempts: i32,
}

/// Puts a job in the queue, in the caller's transaction. Wake the runner after the commit: `app.job_added`.
pub async fn enqueue(app: &App, tx: &Change, council: Uuid, person: Uuid, kind: Kind, subject: Uuid) -> Result<()> {
    let row = entity::job::ActiveModel {
        id: Set(app.ids.next()),
        council_id: Set(council),
        person_id: Set(person),
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
        RETURNING id, council_id, person_id, kind, subject_id, attempts"
    );
    let now: DateTime<Utc> = app.clock.now();
    let statement = Statement::from_sql_and_values(backend, sql, [(now + LEASE).into(), now.into(), ATTEMPTS_MAX.into()]);
    let Some(row) = app.db.pool().query_one_raw(statement).await.context("claiming a job")? else { return Ok(None) };
    let get = "reading a job";
    Ok(Some(Job {
        id: row.try_get_by_index(0).map_err(|why| Error::internal(get, &format!("{why:?}")))?,
        council: row.try_get_by_index(1).map_err(|why| Error::internal(get, &format!("{why:?}")))?,
        person: row.try_get_by_index(2).map_err(|why| Error::internal(get, &format!("{why:?}")))?,
        kind: row.try_get_by_index::<String>(3).map_err(|why| Error::internal(get, &format!("{why:?}")))?.parse::<Kind>().context(get)?,
        subject: row.try_get_by_index(4).map_err(|why| Error::internal(get, &format!("{why:?}")))?,
        attempts: row.try_get_by_index(5).map_err(|why| Error::internal(get, &format!("{why:?}")))?,
    }))
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
    app.db.pool().execute_raw(statement).await.context("finishing a job")?;
    Ok(())
}
