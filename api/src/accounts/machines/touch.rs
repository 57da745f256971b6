//! When a machine token was used last, to the hour.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Timelike, Utc};
use uuid::Uuid;

use crate::access::Actor;
use crate::app::App;
use crate::error::Result;
use crate::rows::execute;

/// Tokens whose last use is being written by this node.
#[derive(Default)]
pub struct Touching(Mutex<HashSet<Uuid>>);

impl Touching {
    fn now(&self) -> std::sync::MutexGuard<'_, HashSet<Uuid>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Notes that a token was used, to the hour, beside the request and not before its answer. Whatever goes wrong is
/// logged: nobody's request fails of it.
pub fn touch(app: &App, actor: &Actor) {
    let Some(id) = actor.by.machine else { return };
    let now = app.clock.now();
    let hour = now.with_minute(0).and_then(|at| at.with_second(0)).and_then(|at| at.with_nanosecond(0)).unwrap_or(now);
    if actor.machine_used_at.is_some_and(|used| used >= hour) || !app.accounts.touching.now().insert(id) {
        return;
    }
    let (app, council) = (app.clone(), actor.council.id);
    tokio::spawn(async move {
        let written = write_use(&app, council, id, hour).await;
        app.accounts.touching.now().remove(&id);
        if let Err(error) = written {
            tracing::warn!(cause = error.log_text(), "noting a machine token's use failed");
        }
    });
}

async fn write_use(app: &App, council: Uuid, id: Uuid, hour: DateTime<Utc>) -> Result<()> {
    let tx = app.db.note(council).await?;
    let sql =
        "UPDATE machine_token SET last_used_at = $3 WHERE council_id = $1 AND id = $2 AND (last_used_at IS NULL OR last_used_at < $3)";
    execute(&*tx, "noting a machine token's use", sql, vec![council.into(), id.into(), hour.into()]).await?;
    tx.commit().await
}
