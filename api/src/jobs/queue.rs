//! The queue's rows.

use chrono::{DateTime, Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::{DbBackend, EntityTrait};
use uuid::Uuid;

use crate::access::Scope;
use crate::app::App;
use crate::db::Change;
use crate::error::{ContextExt, Error, Result};
use crate::news::Told;
use crate::rows::{execute, one_of, read_rows};
use crate::telemetry::account;

/// How long a node may be silent before another takes its job. It says that it is there several times as often.
pub const LEASE: Duration = Duration::seconds(20);
/// Jobs of one council that may wait or be worked on.
const WAITING_MAX: i64 = 500;
/// How far ahead of this node's clock a lease may end: nodes' clocks differ. One that ends later was given by a clock that was
/// wrong and has been put right since, and would hold its job until that time comes.
const AHEAD_MAX: Duration = Duration::minutes(1);
/// How long a job is put off because what it stands on is away or full, before that counts as a failure.
const PUT_OFF_MAX: Duration = Duration::days(1);
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
    /// The request that asked, and the span it asked in.
    pub request: Option<Uuid>,
    pub traceparent: Option<String>,
}

/// Puts a job in the queue, in the caller's transaction; refuses when too many of the council's wait there. Committed, it
/// wakes every node's runner.
pub async fn enqueue(app: &App, tx: &Change, scope: &Scope, kind: Kind, subject: Uuid) -> Result<()> {
    if waiting(tx, scope).await? >= WAITING_MAX {
        return Err(Error::limit(format!("{WAITING_MAX} workbooks and packs of your council wait already: send this when some are done.")));
    }
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
        // As what it is about: what is compared with one is compared with the other.
        created_at: Set(tx.at(&app.clock)),
        claimed_at: Set(None),
        finished_at: Set(None),
        failure: Set(None),
        request_id: Set(scope.by.origin.request),
        traceparent: Set(account::current().and_then(|account| account.spans.traceparent())),
    };
    entity::job::Entity::insert(row).exec_without_returning(&**tx).await.context("enqueueing a job")?;
    tx.tell(Told::Job);
    Ok(())
}

/// How many of a council's jobs are not done.
async fn waiting(tx: &Change, scope: &Scope) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM job WHERE council_id = $1 AND finished_at IS NULL";
    let counted = read_rows(&**tx, "counting jobs that wait", sql, vec![scope.council.into()], |row| row.next()).await?;
    Ok(counted.first().copied().unwrap_or_default())
}

/// Takes a job nobody works on: of the council that has fewest being worked on, on whatever node; of those, the one that was
/// served longest ago; of its jobs, the oldest. Councils that are `passed` over have their share on this node. A job that
/// was tried often enough and never finished comes once more, with more attempts than the most, to be given up.
///
/// One statement, so that two nodes never take the same: SQLite has one writer at a time, and PostgreSQL steps over what
/// another is just taking.
pub(super) async fn claim(app: &App, passed: &[Uuid]) -> Result<Option<Job>> {
    let backend = app.db.backend();
    let lock = if backend == DbBackend::Postgres { " FOR UPDATE OF j SKIP LOCKED" } else { "" };
    let now: DateTime<Utc> = app.clock.now();
    let mut values = vec![(now + LEASE).into(), now.into(), ATTEMPTS_MAX.into(), (now + LEASE + AHEAD_MAX).into()];
    let passed =
        if passed.is_empty() { String::new() } else { format!(" AND NOT ({})", one_of(backend, "j.council_id", passed, &mut values)) };
    // What is finished is not looked at, but for the latest of a council that waits.
    let sql = format!(
        "WITH active AS (\
            SELECT council_id, SUM(CASE WHEN state = 'RUNNING' AND lease_until >= $2 AND lease_until <= $4 THEN 1 ELSE 0 END) AS running \
            FROM job WHERE finished_at IS NULL GROUP BY council_id), \
        turn AS (\
            SELECT a.council_id, a.running, (SELECT MAX(s.claimed_at) FROM job s WHERE s.council_id = a.council_id) AS served \
            FROM active a) \
        UPDATE job SET state = 'RUNNING', attempts = attempts + 1, lease_until = $1, claimed_at = $2 \
        WHERE (council_id, id) = (\
            SELECT j.council_id, j.id FROM job j JOIN turn t ON t.council_id = j.council_id \
            WHERE j.finished_at IS NULL \
            AND ((j.state = 'QUEUED' AND j.attempts < $3) OR (j.state = 'RUNNING' AND (j.lease_until < $2 OR j.lease_until > $4))){passed} \
            ORDER BY t.running, t.served NULLS FIRST, j.created_at, j.id LIMIT 1{lock}) \
        RETURNING id, council_id, person_id, machine_id, kind, subject_id, attempts, created_at, \
            request_id, traceparent"
    );
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
            request: row.next()?,
            traceparent: row.next()?,
        })
    })
    .await?;
    tx.commit().await?;
    Ok(claimed.into_iter().next())
}

/// Says that a job is still worked on; no when another node has taken it over, or it is gone.
pub(super) async fn renew(app: &App, job: &Job) -> Result<bool> {
    let sql = "UPDATE job SET lease_until = $1 WHERE council_id = $2 AND id = $3 AND state = 'RUNNING' AND attempts = $4";
    let until = app.clock.now() + LEASE;
    let tx = app.db.across_councils("jobs").await?;
    let renewed = execute(&*tx, "renewing a job", sql, vec![until.into(), job.council.into(), job.id.into(), job.attempts.into()]).await?;
    tx.commit().await?;
    Ok(renewed > 0)
}

/// Puts a job in hand back, because the service stops: it was begun and not tried, and whoever has a place takes it up at once.
pub(super) async fn hand_back(app: &App, job: &Job) -> Result<()> {
    let sql = "UPDATE job SET state = 'QUEUED', attempts = attempts - 1, lease_until = NULL \
        WHERE council_id = $1 AND id = $2 AND state = 'RUNNING' AND attempts = $3";
    let tx = app.db.across_councils("jobs").await?;
    execute(&*tx, "handing a job back", sql, vec![job.council.into(), job.id.into(), job.attempts.into()]).await?;
    tx.tell(Told::Job);
    tx.commit().await?;
    tracing::info!(job = %job.id, kind = %job.kind, "the service stops: a job was handed back");
    Ok(())
}

/// Puts a job off until its lease ends, because what it stands on is away or full: such a try does not count. No when the job has
/// been put off for a day, or is another node's by now.
pub(super) async fn put_off(app: &App, job: &Job) -> Result<bool> {
    let now = app.clock.now();
    if now - PUT_OFF_MAX > job.asked_at {
        return Ok(false);
    }
    let sql = "UPDATE job SET attempts = attempts - 1, lease_until = $1 WHERE council_id = $2 AND id = $3 AND state = 'RUNNING' AND attempts = $4";
    let tx = app.db.across_councils("jobs").await?;
    let values = vec![(now + LEASE).into(), job.council.into(), job.id.into(), job.attempts.into()];
    let put_off = execute(&*tx, "putting a job off", sql, values).await?;
    tx.commit().await?;
    Ok(put_off > 0)
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
    let sql = "UPDATE job SET state = $1, finished_at = $2, failure = $3, lease_until = NULL \
        WHERE council_id = $4 AND id = $5 AND attempts = $6";
    let values = vec![state.into(), finished.into(), failure.into(), job.council.into(), job.id.into(), job.attempts.into()];
    let tx = app.db.across_councils("jobs").await?;
    execute(&*tx, "finishing a job", sql, values).await?;
    tx.commit().await
}
