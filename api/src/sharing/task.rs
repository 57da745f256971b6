//! What every node does beside its requests: renew the copies of what changed, and tell those who read something that it ended.

use std::time::Duration;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::copies;
use crate::access::Scope;
use crate::app::App;
use crate::audit::{self, Behind, Event, Outcome};
use crate::error::Result;
use crate::rows::{execute, read_rows};
use crate::telemetry::health::Loop;

/// How often a node looks.
const LOOK_AGAIN: Duration = Duration::from_secs(15);
/// Councils, and endings, looked at in one round.
const ROUND_MAX: usize = 200;

/// Works for as long as the service runs.
pub async fn serve(app: App) {
    loop {
        let done = turn(&app).await;
        if let Err(error) = &done {
            tracing::error!(cause = error.log_text(), "looking for what councils share failed");
        }
        app.went_round(Loop::Shares, done.is_ok());
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

/// What a node does at a time. Answers of how many councils copies were renewed, and how many were told that something ended. Trouble
/// with one council keeps the others waiting for nothing.
pub async fn turn(app: &App) -> Result<(usize, usize)> {
    let today = app.clock.today();
    let (mut renewed, mut told) = (0, 0);
    for council in changed(app, today).await? {
        match renew(app, council, today).await {
            Ok(was) => renewed += usize::from(was),
            Err(error) => tracing::error!(%council, cause = error.log_text(), "what a council shares was not renewed"),
        }
    }
    for (council, share) in ended(app, today).await? {
        match tell(app, council, share, today).await {
            Ok(was) => told += usize::from(was),
            Err(error) => tracing::error!(%council, cause = error.log_text(), "a council was not told that a share ended"),
        }
    }
    Ok((renewed, told))
}

/// Councils that share, and were changed since their figures were copied, or not looked at today, or not since published figures were
/// brought in: of which measure an indicator is, they decide too.
async fn changed(app: &App, today: NaiveDate) -> Result<Vec<Uuid>> {
    let snapshot = app.db.snapshot_across_councils("shares").await?;
    let sql = format!(
        "SELECT DISTINCT s.council_id FROM share s JOIN council c ON c.id = s.council_id WHERE s.withdrawn_at IS NULL \
            AND (s.copied_revision IS NULL OR s.copied_revision <> c.revision OR s.copied_on <> $1 \
                OR s.copied_at < (SELECT max(imported_at) FROM benchmark_release) OR s.copied_at < (SELECT max(recorded_at) FROM catalogue)) \
        LIMIT {ROUND_MAX}"
    );
    read_rows(&*snapshot, "looking what councils share", &sql, vec![today.into()], |row| row.next()).await
}

async fn renew(app: &App, council: Uuid, today: NaiveDate) -> Result<bool> {
    let scope = Scope::of_job(council, Uuid::nil());
    let began = app.clock.now();
    // What is to be written is found beside whoever writes; it holds if the council is still what it was.
    let (plan, seen) = {
        let snapshot = app.db.snapshot(council).await?;
        (copies::plan(&*snapshot, &scope, today).await?, revision(&*snapshot, council).await?)
    };
    let tx = app.db.change(council).await?;
    let plan = if revision(&*tx, council).await? == seen { plan } else { copies::plan(&*tx, &scope, today).await? };
    let changed = !plan.is_empty();
    copies::apply(app, &tx, &scope, &plan).await?;
    // Where nothing changed the council's revision stays, and is the one its copies are of.
    let sql = format!(
        "UPDATE share SET copied_revision = (SELECT c.revision FROM council c WHERE c.id = $1) + {}, copied_on = $2, copied_at = $3 \
        WHERE council_id = $1 AND withdrawn_at IS NULL",
        i32::from(changed)
    );
    execute(&*tx, "noting what councils share", &sql, vec![council.into(), today.into(), began.into()]).await?;
    let tx = if changed { tx } else { tx.aside() };
    tx.commit().await?;
    Ok(changed)
}

async fn revision(db: &impl ConnectionTrait, council: Uuid) -> Result<Option<i64>> {
    let sql = "SELECT revision FROM council WHERE id = $1";
    Ok(read_rows(db, "reading a council's revision", sql, vec![council.into()], |row| row.next()).await?.into_iter().next())
}

/// Whether a share `s` was withdrawn, or its last day has passed on `$1`.
const OVER: &str = "(s.withdrawn_at IS NOT NULL OR s.until_on < $1)";

/// Councils that read a share which is over, and were not told.
async fn ended(app: &App, today: NaiveDate) -> Result<Vec<(Uuid, Uuid)>> {
    let snapshot = app.db.snapshot_across_councils("shares").await?;
    let sql = format!(
        "SELECT a.council_id, a.share_id FROM share_answer a JOIN share s ON s.council_id = a.of_council_id AND s.id = a.share_id \
        WHERE a.superseded_at IS NULL AND a.ended_at IS NULL AND a.answer = 'ACCEPTED' AND {OVER} LIMIT {ROUND_MAX}"
    );
    read_rows(&*snapshot, "looking which shares ended", &sql, vec![today.into()], |row| Ok((row.next()?, row.next()?))).await
}

/// Puts on a council's own trail that what it read is withdrawn, or over; once, however many nodes look.
async fn tell(app: &App, council: Uuid, share: Uuid, today: NaiveDate) -> Result<bool> {
    let tx = app.db.change(council).await?;
    let at = tx.at(&app.clock);
    let mine: Vec<Value> = vec![at.into(), council.into(), share.into()];
    let sql =
        "UPDATE share_answer SET ended_at = $1 WHERE council_id = $2 AND share_id = $3 AND superseded_at IS NULL AND ended_at IS NULL";
    if execute(&*tx, "noting that a share ended", sql, mine).await? == 0 {
        return Ok(false);
    }
    let sql = format!(
        "SELECT c.code, s.withdrawn_at IS NOT NULL, s.reason FROM share s JOIN council c ON c.id = s.council_id \
        WHERE {OVER} AND s.id = $2 AND s.to_council_id = $3"
    );
    let over = read_rows(&*tx, "reading a share that ended", &sql, vec![today.into(), share.into(), council.into()], |row| {
        Ok(serde_json::json!({ "of": row.next::<String>()?, "withdrawn": row.next::<bool>()?, "reason": row.next::<Option<String>>()? }))
    });
    let Some(after) = over.await?.into_iter().next() else { return Ok(false) };
    let event = Event { verb: "share.end", subject: format!("share {share}"), before: None, after: audit::state(&after) };
    let scope = Scope::of_job(council, Uuid::nil());
    audit::record_of(app, &tx, council, &Behind { person: None, role: None, by: &scope.by }, Outcome::Done, event).await?;
    tx.commit().await?;
    Ok(true)
}
