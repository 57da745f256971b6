//! How far an import is: told by whoever reads and plans it, kept now and then for whoever watches.
//!
//! While a plan is kept, SQLite takes no other writer: then its one node says from memory how far it is.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use entity::import;
use sea_orm::DbBackend;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::store;
use crate::access::Scope;
use crate::app::App;
use crate::db::Db;
use crate::db::by_the_clock;
use crate::error::Result;
use crate::news::Told;

/// Parts an import's way to its plan is cut into.
pub const PARTS: i32 = 1_000;
/// Parts of it until the reading process has read the workbook.
pub const READING: Range<i32> = 0..500;
/// Until each row's indicator and period are found.
pub const PLACING: Range<i32> = 500..600;
/// Until each row's cells are understood.
pub const UNDERSTANDING: Range<i32> = 600..700;
/// Until the plan is compared with what is held, and kept.
pub const KEEPING: Range<i32> = 700..1_000;

/// How often what is told is kept, at most.
const KEEP_AGAIN: Duration = Duration::from_millis(500);
/// How long rows are worked on before others of this node have their turn.
const TURN: Duration = Duration::from_millis(10);
/// Rows between looks at the time.
const ROWS: usize = 64;

/// Tells how far an import is.
#[derive(Clone)]
pub struct Pace(Arc<watch::Sender<i32>>);

impl Default for Pace {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }
}

impl Pace {
    /// So much of a stage is done. What was told before is never taken back.
    pub fn tell(&self, stage: &Range<i32>, done: usize, of: usize) {
        let width = i128::from(stage.end - stage.start);
        let [done, of] = [done, of].map(|n| i128::try_from(n).unwrap_or(i128::from(i64::MAX)));
        let parts = width * done.min(of) / of.max(1);
        let part = stage.start + i32::try_from(parts).unwrap_or_default();
        self.0.send_if_modified(|told| {
            let further = part > *told;
            *told = part.max(*told);
            further
        });
    }

    /// Begins a stage that goes row by row.
    pub fn rows(&self, stage: Range<i32>, of: usize) -> Rows<'_> {
        Rows { pace: self, stage, of, since: Instant::now() }
    }

    /// Keeps what is told from now on, until what it answers is dropped: as often as [`KEEP_AGAIN`] says however much
    /// there is to read, and in a task of its own, so that nobody waits for it.
    pub fn keep(&self, app: &App, scope: &Scope, import: Uuid) -> Kept {
        let (node, scope, mut told) = (app.clone(), scope.clone(), self.0.subscribe());
        app.paces.known().insert(import, self.0.subscribe());
        let task = tokio::spawn(async move {
            while told.changed().await.is_ok() {
                let done = *told.borrow_and_update();
                if let Err(error) = by_the_clock(keep(&node, &scope, import, done)).await {
                    // The database may be busy: nothing is lost but a look at how far it is.
                    tracing::debug!(import = %import, cause = error.log_text(), "could not keep how far an import is");
                }
                tokio::time::sleep(KEEP_AGAIN).await;
            }
        });
        Kept { task, paces: app.paces.clone(), import }
    }
}

/// Goes down rows, and gives others their turn.
pub struct Rows<'a> {
    pace: &'a Pace,
    stage: Range<i32>,
    of: usize,
    since: Instant,
}

impl Rows<'_> {
    /// Called for each row, counted from 0.
    pub async fn at(&mut self, row: usize) {
        if row.is_multiple_of(ROWS) && self.since.elapsed() >= TURN {
            self.pace.tell(&self.stage, row, self.of);
            tokio::task::yield_now().await;
            self.since = Instant::now();
        }
    }

    /// All rows are done.
    pub fn end(self) {
        self.pace.tell(&self.stage, self.of, self.of);
    }
}

/// Keeps what is told for as long as it is held.
pub struct Kept {
    task: JoinHandle<()>,
    paces: Paces,
    import: Uuid,
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.task.abort();
        self.paces.known().remove(&self.import);
    }
}

/// How far the imports are that this node works on.
#[derive(Clone, Default)]
pub struct Paces(Arc<Mutex<HashMap<Uuid, watch::Receiver<i32>>>>);

impl Paces {
    /// How far an import is by now: done, and of how much.
    pub fn of(&self, db: &Db, row: &import::Model) -> (i32, i32) {
        // With several nodes, what the database says is what all of them say.
        let told = if db.backend() == DbBackend::Sqlite { self.known().get(&row.id).map(|told| *told.borrow()) } else { None };
        match told {
            Some(told) if row.total == PARTS => (row.done.max(told), PARTS),
            _ => (row.done, row.total),
        }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Uuid, watch::Receiver<i32>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says that an import is being read, and how far it is.
pub async fn keep(app: &App, scope: &Scope, import: Uuid, done: i32) -> Result<()> {
    let busy = app.db.backend() == DbBackend::Sqlite && done >= KEEPING.start;
    if !busy {
        let tx = app.db.note(scope.council).await?;
        if !store::keep_progress(&tx, scope, import, done, PARTS).await? {
            return Ok(());
        }
        tx.tell(Told::Import(import));
        return tx.commit().await;
    }
    app.db.tell_here(scope.council, Told::Import(import));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_grows_and_never_falls() {
        let pace = Pace::default();
        let told = pace.0.subscribe();
        for (stage, done, of, expected) in [
            (&READING, 0, 0, 0),
            (&READING, 1, 2, 250),
            (&READING, 1, 4, 250),
            (&READING, 9, 4, 500),
            (&PLACING, 50_000, 100_000, 550),
            (&READING, 4, 4, 550),
            (&UNDERSTANDING, 0, usize::MAX, 600),
            (&UNDERSTANDING, usize::MAX, usize::MAX, 700),
            (&KEEPING, 1, 3, 800),
        ] {
            pace.tell(stage, done, of);
            assert_eq!(*told.borrow(), expected, "{done} of {of} in {stage:?}");
        }
    }

    #[tokio::test]
    async fn others_have_their_turn_while_rows_are_gone_through() {
        let pace = Pace::default();
        let mut rows = pace.rows(PLACING, 10 * ROWS);
        let other = tokio::spawn(std::future::ready(()));
        for row in 0..10 * ROWS {
            rows.at(row).await;
            if row.is_multiple_of(ROWS) {
                std::thread::sleep(TURN);
            }
        }
        assert!(other.is_finished());
        assert!((501..600).contains(&*pace.0.borrow()));
        rows.end();
        assert_eq!(*pace.0.borrow(), 600);
    }
}
