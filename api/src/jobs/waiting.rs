//! What waits, of all councils: for whoever watches over the service.

use chrono::{DateTime, Utc};

use super::queue::Kind;
use crate::app::App;
use crate::error::{ContextExt, Result};
use crate::rows::read_rows;

/// Jobs of a kind nobody works on yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    pub kind: Kind,
    pub count: i64,
    /// When the one that waits longest was asked for.
    pub oldest: DateTime<Utc>,
}

/// The jobs that wait, by kind: one statement. A kind none of which wait is left out.
pub async fn waiting(app: &App) -> Result<Vec<Waiting>> {
    let sql = "SELECT kind, COUNT(*), MIN(created_at) FROM job WHERE finished_at IS NULL AND state = 'QUEUED' GROUP BY kind";
    let snapshot = app.db.snapshot_across_councils("jobs").await?;
    read_rows(&*snapshot, "counting the jobs that wait", sql, Vec::new(), |row| {
        Ok(Waiting { kind: row.next::<String>()?.parse().context("reading the jobs that wait")?, count: row.next()?, oldest: row.next()? })
    })
    .await
}
