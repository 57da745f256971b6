//! Revoking every machine token of a person: somebody else may have made them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::app::App;
use crate::audit::{self, Behind, Event, Outcome};
use crate::db::Change;
use crate::error::Result;
use crate::rows::{execute, read_rows};

/// Revokes every token of a person that is in use, and says so on the trail: how many there were.
pub async fn revoke_all(app: &App, tx: &Change, council: Uuid, person: Uuid, behind: &Behind<'_>, reason: &str) -> Result<u64> {
    let now = app.clock.now();
    let live: Vec<Uuid> = live(tx, council, person, now).await?;
    if live.is_empty() {
        return Ok(0);
    }
    let sql = "UPDATE machine_token SET revoked_at = $3, revoked_by = $4, revoked_reason = $5 \
        WHERE council_id = $1 AND person_id = $2 AND revoked_at IS NULL AND expires_at > $3";
    let values = vec![council.into(), person.into(), now.into(), behind.person.into(), reason.into()];
    let revoked = execute(&**tx, "revoking a person's machine tokens", sql, values).await?;
    let after = audit::state(&serde_json::json!({ "tokens": live, "reason": reason }));
    let event = Event { verb: "machine-token.revoke-all", subject: format!("person {person}"), before: None, after };
    audit::record_of(app, tx, council, behind, Outcome::Done, event).await?;
    Ok(revoked)
}

async fn live(tx: &Change, council: Uuid, person: Uuid, now: DateTime<Utc>) -> Result<Vec<Uuid>> {
    let sql =
        "SELECT id FROM machine_token WHERE council_id = $1 AND person_id = $2 AND revoked_at IS NULL AND expires_at > $3 ORDER BY id";
    let values = vec![council.into(), person.into(), now.into()];
    read_rows(&**tx, "finding a person's machine tokens", sql, values, |row| row.next()).await
}
