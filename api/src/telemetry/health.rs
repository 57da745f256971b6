//! Whether this node can work: what `/readyz` answers.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::time::timeout;

use crate::app::App;
use crate::db::by_the_clock;

/// How long the database and the files may take to answer.
pub const WAIT_MAX: Duration = Duration::from_secs(2);
/// An answer of the database's holds so long, however many ask.
const DATABASE_HOLDS: Duration = Duration::from_secs(1);
/// The same of the files', which are asked by writing one.
const FILES_HOLD: Duration = Duration::from_secs(10);
/// A loop that goes round every few seconds and was not seen for so long is not there any more.
pub const SILENT_MAX: Duration = Duration::from_secs(60);

/// What goes round beside the requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Loop {
    /// Takes up jobs: every two seconds at least.
    Jobs,
    /// Looks for reminders and sends them: every quarter of a minute.
    Reminders,
    /// Opens and closes periods by calendar: every minute.
    Calendar,
    /// Renews what councils share with one another: every quarter of a minute.
    Shares,
}

impl Loop {
    pub const ALL: [Self; 4] = [Self::Jobs, Self::Reminders, Self::Calendar, Self::Shares];

    pub const fn text(self) -> &'static str {
        match self {
            Self::Jobs => "jobs",
            Self::Reminders => "reminders",
            Self::Calendar => "calendar",
            Self::Shares => "shares",
        }
    }
}

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    Ok,
    /// The database or the store does not answer, or refuses.
    Unreachable,
    /// It did not answer within two seconds.
    Late,
    /// The database lacks migrations this program knows.
    Behind,
    /// The loop ended, or hangs.
    Silent,
    /// The service was told to stop.
    Stopping,
}

/// What `/readyz` answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    pub ready: bool,
    pub checks: BTreeMap<&'static str, Found>,
}

/// What this node knows of itself.
#[derive(Debug, Default)]
pub struct Health {
    stopping: AtomicBool,
    seen: Mutex<BTreeMap<Loop, Instant>>,
    database: tokio::sync::Mutex<Option<(Instant, [Found; 2])>>,
    files: tokio::sync::Mutex<Option<(Instant, Found)>>,
}

impl Health {
    /// The service was told to stop: from now on it is not ready.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// A loop is there: said when it begins and each time it goes round. One that never began is not expected.
    pub fn seen(&self, which: Loop) {
        self.seen_at(which, Instant::now());
    }

    /// The same at an instant.
    pub fn seen_at(&self, which: Loop, at: Instant) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(which, at);
    }

    fn jobs(&self) -> Option<Found> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner).get(&Loop::Jobs).copied()?;
        Some(if seen.elapsed() < SILENT_MAX { Found::Ok } else { Found::Silent })
    }

    /// Looks at everything, as far as it was not looked at just now.
    pub async fn report(&self, app: &App) -> Report {
        let (database, files) = tokio::join!(self.database(app), self.files(app));
        let mut checks = BTreeMap::from([("database", database[0]), ("migrations", database[1]), ("files", files)]);
        checks.extend(self.jobs().map(|found| ("jobs", found)));
        if self.stopping.load(Ordering::Relaxed) {
            checks.insert("running", Found::Stopping);
        } else {
            checks.insert("running", Found::Ok);
        }
        // Without room for files a node still answers whoever reads, and all nodes stand on the same store: told, and no reason to send
        // nobody to any of them.
        Report { ready: checks.iter().all(|(check, found)| *check == "files" || *found == Found::Ok), checks }
    }

    /// The database and its migrations. Those who ask at the same time wait for one answer.
    async fn database(&self, app: &App) -> [Found; 2] {
        let mut known = self.database.lock().await;
        if let Some((at, found)) = *known
            && at.elapsed() < DATABASE_HOLDS
        {
            return found;
        }
        let found = match timeout(WAIT_MAX, by_the_clock(app.db.is_migrated())).await {
            Ok(Ok(true)) => [Found::Ok, Found::Ok],
            Ok(Ok(false)) => [Found::Ok, Found::Behind],
            Ok(Err(error)) => {
                tracing::warn!(cause = error.log_text(), "not ready: the database");
                [Found::Unreachable; 2]
            }
            Err(_) => [Found::Late; 2],
        };
        *known = Some((Instant::now(), found));
        found
    }

    async fn files(&self, app: &App) -> Found {
        let mut known = self.files.lock().await;
        if let Some((at, found)) = *known
            && at.elapsed() < FILES_HOLD
        {
            return found;
        }
        let found = match timeout(WAIT_MAX, app.files.probe()).await {
            Ok(Ok(())) => Found::Ok,
            Ok(Err(error)) => {
                tracing::warn!(cause = error.log_text(), "files cannot be kept");
                Found::Unreachable
            }
            Err(_) => Found::Late,
        };
        // What is wrong is looked at again soon: somebody is putting it right.
        let now = Instant::now();
        let earlier = now.checked_sub(FILES_HOLD - DATABASE_HOLDS).unwrap_or(now);
        *known = Some((if found == Found::Ok { now } else { earlier }, found));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runner_that_was_not_seen_for_a_minute_is_gone_and_one_that_never_began_is_not_missed() {
        let health = Health::default();
        assert_eq!(health.jobs(), None);
        health.seen(Loop::Jobs);
        assert_eq!(health.jobs(), Some(Found::Ok));
        health.seen_at(Loop::Jobs, Instant::now().checked_sub(SILENT_MAX).unwrap());
        assert_eq!(health.jobs(), Some(Found::Silent));
        health.seen(Loop::Jobs);
        assert_eq!(health.jobs(), Some(Found::Ok));
    }
}
