//! Forgetting reminders that are old.

use chrono::Duration;
use rules::reminder::OVERDUE_DAYS_MAX;
use uuid::Uuid;

use super::store;
use crate::app::App;
use crate::error::Result;

/// Days a reminder is kept, where the installation says nothing: a year, and what a year's report needs to be written.
pub const KEPT_DAYS: u32 = 400;
/// Days a reminder is kept at least: whether one was written already is asked of those that are kept.
pub const KEPT_DAYS_MIN: u32 = 200;
/// Ten years.
pub const KEPT_DAYS_MAX: u32 = 3_660;

/// What is still due may be as old as this, and is not to be written again.
const _: () = assert!(KEPT_DAYS_MIN as i64 > OVERDUE_DAYS_MAX * 2);

/// Reminders forgotten in one transaction, and how many of these at a look: the rest is forgotten at the next.
const ROWS_A_STATEMENT: usize = 1_000;
const STATEMENTS_A_LOOK: usize = 20;

/// Forgets what every council was reminded of long ago, whether it reminds still or not; answers how many reminders that were.
/// What waits is not forgotten.
pub async fn prune(app: &App) -> Result<u64> {
    let before = app.clock.now() - Duration::days(i64::from(app.notices.kept_days));
    let mut forgotten = 0;
    for council in store::councils_with_old(app, before).await? {
        match of_council(app, council, before).await {
            Ok(rows) => forgotten += rows,
            Err(error) => tracing::error!(%council, cause = error.log_text(), "a council's old reminders were not forgotten"),
        }
    }
    Ok(forgotten)
}

async fn of_council(app: &App, council: Uuid, before: chrono::DateTime<chrono::Utc>) -> Result<u64> {
    let mut forgotten = 0;
    for _ in 0..STATEMENTS_A_LOOK {
        // Whoever writes meanwhile waits for a thousand rows at most.
        let tx = app.db.note(council).await?;
        let rows = store::forget(&tx, council, before, ROWS_A_STATEMENT).await?;
        tx.commit().await?;
        forgotten += rows;
        if usize::try_from(rows).is_ok_and(|rows| rows < ROWS_A_STATEMENT) {
            break;
        }
    }
    Ok(forgotten)
}
