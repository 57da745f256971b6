//! Refresh tokens: each is exchanged, once, for the next. One that comes a second time was copied, by whoever holds it
//! now or whoever held it first, so its session ends.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::limits::Rule;
use super::sign_in::{IDLE_LIFE, SignedIn, dress};
use super::store;
use super::told::Failing;
use crate::access::key::Key;
use crate::access::{By, Origin};
use crate::app::App;
use crate::audit::{self, Behind, Event, Outcome};
use crate::db::Change;
use crate::error::{Result, UserError};
use crate::rows::{execute, read_rows};

/// What every refresh token begins with.
const PREFIX: &str = "gtr_";

/// A refresh token, shown once.
pub struct Handed {
    pub token: String,
    pub until: DateTime<Utc>,
}

/// The one answer to every refresh token that does not work.
pub fn again() -> UserError {
    let message = "This session has ended, or its refresh token was used before: sign in again.";
    UserError::new("SIGN_IN_AGAIN", message, Some(&["input", "refreshToken"]))
}

/// Makes the next refresh token of a session. Unused, it ends with the idle life, and with the session at the latest.
pub async fn hand_out(app: &App, tx: &Change, council: Uuid, session: Uuid, session_until: DateTime<Utc>) -> Result<Handed> {
    let (id, now) = (app.ids.next(), app.clock.now());
    let until = session_until.min(now + IDLE_LIFE);
    let (token, hash) = Key::make(PREFIX, council, id)?;
    let sql = "INSERT INTO refresh_token (council_id, id, session_id, secret_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)";
    let values = vec![council.into(), id.into(), session.into(), hash.into(), now.into(), until.into()];
    execute(&**tx, "entering a refresh token", sql, values).await?;
    Ok(Handed { token, until })
}

/// A refresh token's row with its session's and person's.
struct Found {
    hash: String,
    expires_at: DateTime<Utc>,
    used: bool,
    session: Uuid,
    session_until: DateTime<Utc>,
    ended: bool,
    person: Uuid,
    actor: String,
    in_use: bool,
}

/// Exchanges a refresh token; none when it does not work. All in one change, and changes of a council follow one
/// another: of two at once the second finds the token used.
pub async fn exchange(app: &App, token: &str, origin: Origin) -> Result<Option<SignedIn>> {
    let Some(key) = Key::read(PREFIX, token.trim()) else { return Ok(None) };
    let now = app.clock.now();
    let tx = app.db.change(key.council).await?;
    let Some(found) = find(&tx, &key).await? else { return Ok(None) };
    let by = By { actor: found.actor.clone(), via: "password".into(), origin, ..By::default() };
    if !key.fits(&found.hash) {
        let by = By { actor: String::new(), ..by };
        tell(app, tx, &key, &found, &by, "sign-in.refresh", "another secret").await?;
        return Ok(None);
    }
    if found.used {
        store::end_session(&tx, key.council, found.person, found.session, "TOKEN_REUSED", now).await?;
        tell(app, tx, &key, &found, &by, "sign-in.reuse", "a refresh token was used again").await?;
        return Ok(None);
    }
    if found.ended || !found.in_use || found.session_until <= now || found.expires_at <= now {
        tell(app, tx, &key, &found, &by, "sign-in.refresh", "the session is over").await?;
        return Ok(None);
    }
    let values = vec![key.council.into(), key.id.into(), now.into()];
    let sql = "UPDATE refresh_token SET used_at = $3 WHERE council_id = $1 AND id = $2";
    execute(&*tx, "using a refresh token", sql, values).await?;
    let sql = "UPDATE session SET last_used_at = $3 WHERE council_id = $1 AND id = $2";
    execute(&*tx, "using a session", sql, vec![key.council.into(), found.session.into(), now.into()]).await?;
    // What is out of date tells of no reuse any more.
    let sql = "DELETE FROM refresh_token WHERE council_id = $1 AND session_id = $2 AND expires_at < $3";
    execute(&*tx, "sweeping refresh tokens", sql, vec![key.council.into(), found.session.into(), now.into()]).await?;
    let next = hand_out(app, &tx, key.council, found.session, found.session_until).await?;
    tx.commit().await?;
    dress(app, key.council, found.person, found.session, next).map(Some)
}

async fn find(tx: &Change, key: &Key) -> Result<Option<Found>> {
    let sql = "SELECT t.secret_hash, t.expires_at, CASE WHEN t.used_at IS NULL THEN 0 ELSE 1 END, s.id, s.expires_at, \
            CASE WHEN s.ended_at IS NULL THEN 0 ELSE 1 END, p.id, p.name, p.email, \
            CASE WHEN p.suspended_at IS NULL AND c.suspended_at IS NULL THEN 1 ELSE 0 END \
        FROM refresh_token t JOIN session s ON s.council_id = t.council_id AND s.id = t.session_id \
        JOIN person p ON p.council_id = s.council_id AND p.id = s.person_id JOIN council c ON c.id = p.council_id \
        WHERE t.council_id = $1 AND t.id = $2";
    let rows = read_rows(&**tx, "finding a refresh token", sql, vec![key.council.into(), key.id.into()], |row| {
        Ok(Found {
            hash: row.next()?,
            expires_at: row.next()?,
            used: row.next::<i32>()? == 1,
            session: row.next()?,
            session_until: row.next()?,
            ended: row.next::<i32>()? == 1,
            person: row.next()?,
            actor: format!("{} <{}>", row.next::<String>()?, row.next::<String>()?),
            in_use: row.next::<i32>()? == 1,
        })
    });
    Ok(rows.await?.pop())
}

/// Puts a refresh token that did not work on the trail: the first time, then once a minute at most.
async fn tell(app: &App, tx: Change, key: &Key, found: &Found, by: &By, verb: &str, why: &str) -> Result<()> {
    let subject = format!("session {}", found.session);
    let failing = Failing { council: key.council, rule: Rule::Pair, account: Some(format!("{subject} {verb}")), place: None };
    let Some(left_out) = app.accounts.told.due(failing, app.clock.now()) else { return tx.commit().await };
    let after = audit::state(&serde_json::json!({ "why": why, "leftOut": left_out }));
    let event = Event { verb, subject, before: None, after };
    let person = (!by.actor.is_empty()).then_some(found.person);
    audit::record_of(app, &tx, key.council, &Behind { person, role: None, by }, Outcome::Failed, event).await?;
    tx.commit().await
}
