//! A streaming replica of the PostgreSQL, for reading.
//!
//! What is read there is never stale. A query first asks the primary for the council's revision, which every change raises in
//! its own transaction, then opens its snapshot on the replica and reads the revision in it: the same or a newer one, and the
//! snapshot holds every change that was committed when the query came in, one's own among them. An older one, or no answer,
//! and the query reads the primary. What raises no revision (how far an import is, which jobs wait) is read on the primary.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel, Statement, TransactionOptions,
};
use uuid::Uuid;

use super::Revision;
use super::begin::begun;
use crate::error::{ContextExt, Error, Result};

/// How long a replica may take to open a snapshot; the primary is asked then.
const PATIENCE: Duration = Duration::from_millis(500);
/// How long a replica that failed is left alone: at first, and at most.
const REST: Duration = Duration::from_secs(1);
const REST_MAX: Duration = Duration::from_secs(30);
/// How long a replica that lags is left alone: it catches up within milliseconds, or it takes long.
const REST_BEHIND: Duration = Duration::from_millis(100);

/// What a replica was asked and how often it could answer.
#[derive(Debug, Default)]
struct Counts {
    fresh: AtomicU64,
    behind: AtomicU64,
    away: AtomicU64,
}

/// A replica.
#[derive(Clone)]
pub struct Replica(Arc<Inner>);

struct Inner {
    pool: DatabaseConnection,
    rests: Mutex<Rests>,
    counts: Counts,
}

/// Until when it is left alone, and how long it is when it fails again.
#[derive(Debug, Clone, Copy)]
struct Rests {
    until: Option<Instant>,
    next: Duration,
}

impl Replica {
    pub(super) fn new(pool: DatabaseConnection) -> Self {
        Self(Arc::new(Inner { pool, rests: Mutex::new(Rests { until: None, next: REST }), counts: Counts::default() }))
    }

    /// How many snapshots were opened on it, how many it lagged behind for, and how many it did not answer.
    pub fn counts(&self) -> [u64; 3] {
        let counts = &self.0.counts;
        [&counts.fresh, &counts.behind, &counts.away].map(|count| count.load(Ordering::Relaxed))
    }

    /// Whether it may be asked now.
    pub(super) fn is_up(&self) -> bool {
        self.rests().until.is_none_or(|until| until <= Instant::now())
    }

    /// A council's state on it, and of which revision that is, where it is no older than a revision.
    pub(super) async fn snapshot(&self, council: Uuid, revision: i64) -> Option<(DatabaseTransaction, Revision)> {
        match tokio::time::timeout(PATIENCE, self.open(council)).await {
            Ok(Ok((tx, Some(held)))) if held.number >= revision => {
                self.0.counts.fresh.fetch_add(1, Ordering::Relaxed);
                *self.rests() = Rests { until: None, next: REST };
                Some((tx, held))
            }
            Ok(Ok(_)) => {
                self.0.counts.behind.fetch_add(1, Ordering::Relaxed);
                self.rests().until = Some(Instant::now() + REST_BEHIND);
                None
            }
            Ok(Err(error)) => self.failed(&error),
            Err(_) => self.failed(&Error::internal("asking the replica", &"no answer in time")),
        }
    }

    async fn open(&self, council: Uuid) -> Result<(DatabaseTransaction, Option<Revision>)> {
        let options = TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        };
        let tx = begun(&self.0.pool, options).await.context("beginning a transaction on the replica")?;
        // The snapshot is taken by the first statement, which binds it as well.
        let sql = "SELECT revision, last_change, set_config('app.council', $2, true) FROM council WHERE id = $1";
        let bind = Statement::from_sql_and_values(DbBackend::Postgres, sql, [council.into(), council.to_string().into()]);
        let row = tx.query_one_raw(bind).await.context("binding a transaction on the replica")?;
        // One that does not know the council yet is behind.
        let held = row.map(|row| Revision::of(&row, 0)).transpose()?.flatten();
        Ok((tx, held))
    }

    /// Leaves it alone for a while, each time for longer.
    fn failed(&self, error: &Error) -> Option<(DatabaseTransaction, Revision)> {
        self.0.counts.away.fetch_add(1, Ordering::Relaxed);
        let mut rests = self.rests();
        let rest = rests.next;
        *rests = Rests { until: Some(Instant::now() + rest), next: (rest * 2).min(REST_MAX) };
        drop(rests);
        tracing::warn!(cause = error.log_text(), seconds = rest.as_secs(), "the replica is left alone: the primary is read");
        None
    }

    fn rests(&self) -> std::sync::MutexGuard<'_, Rests> {
        self.0.rests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
