//! The statements of accounts: who has which password, and sessions.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::policy::About;
use crate::db::Change;
use crate::error::Result;
use crate::rows::{Row, execute, read_rows};

/// Sessions a person may have at once; the one unused for longest gives way.
const SESSIONS_MAX: i64 = 50;

/// A person and their password, if they have one.
#[derive(Debug, Clone)]
pub struct Holder {
    pub person: Uuid,
    pub name: String,
    pub email: String,
    /// Neither they nor their council are suspended.
    pub in_use: bool,
    pub hash: Option<String>,
    pub council: String,
    pub council_code: String,
}

impl Holder {
    /// As the audit trail calls them.
    pub fn actor(&self) -> String {
        format!("{} <{}>", self.name, self.email)
    }

    /// What a guesser would try of them first.
    pub fn about(&self) -> About {
        About { name: self.name.clone(), email: self.email.clone(), council: self.council.clone(), council_code: self.council_code.clone() }
    }
}

const HOLDER: &str = "SELECT p.id, p.name, p.email, \
    CASE WHEN p.suspended_at IS NULL AND c.suspended_at IS NULL THEN 1 ELSE 0 END, k.password_hash, c.name, c.code \
    FROM person p JOIN council c ON c.id = p.council_id \
    LEFT JOIN credential k ON k.council_id = p.council_id AND k.person_id = p.id WHERE p.council_id = $1 AND ";

fn holder(row: &Row<'_>) -> Result<Holder> {
    Ok(Holder {
        person: row.next()?,
        name: row.next()?,
        email: row.next()?,
        in_use: row.next::<i32>()? == 1,
        hash: row.next()?,
        council: row.next()?,
        council_code: row.next()?,
    })
}

/// Whose account an e-mail address is, in lower case.
pub async fn holder_by_email(db: &impl ConnectionTrait, council: Uuid, email: &str) -> Result<Option<Holder>> {
    let values = vec![council.into(), email.into()];
    Ok(read_rows(db, "finding an account", &format!("{HOLDER} p.email = $2"), values, |row| holder(&row)).await?.pop())
}

/// A person's account.
pub async fn holder_by_id(db: &impl ConnectionTrait, council: Uuid, person: Uuid) -> Result<Option<Holder>> {
    let values = vec![council.into(), person.into()];
    Ok(read_rows(db, "finding an account", &format!("{HOLDER} p.id = $2"), values, |row| holder(&row)).await?.pop())
}

/// Keeps a person's password, in place of the one before.
pub async fn keep_password(tx: &Change, council: Uuid, id: Uuid, person: Uuid, hash: &str, now: DateTime<Utc>) -> Result<()> {
    let sql = "INSERT INTO credential (council_id, id, person_id, password_hash, changed_at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (council_id, person_id) DO UPDATE SET password_hash = excluded.password_hash, changed_at = excluded.changed_at";
    let values = vec![council.into(), id.into(), person.into(), hash.into(), now.into()];
    execute(&**tx, "keeping a password", sql, values).await.map(drop)
}

/// Keeps the same password's hash, made anew with today's parameters.
pub async fn rehash(tx: &Change, council: Uuid, person: Uuid, hash: &str) -> Result<()> {
    let sql = "UPDATE credential SET password_hash = $3 WHERE council_id = $1 AND person_id = $2";
    execute(&**tx, "keeping a password's hash", sql, vec![council.into(), person.into(), hash.into()]).await.map(drop)
}

/// Enters a session. The person's others beyond [`SESSIONS_MAX`] end.
pub async fn insert_session(tx: &Change, row: &entity::session::Model) -> Result<()> {
    let sql = "INSERT INTO session (council_id, id, person_id, created_at, last_used_at, expires_at, address, client) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values: Vec<Value> = vec![
        row.council_id.into(),
        row.id.into(),
        row.person_id.into(),
        row.created_at.into(),
        row.last_used_at.into(),
        row.expires_at.into(),
        row.address.clone().into(),
        row.client.clone().into(),
    ];
    execute(&**tx, "entering a session", sql, values).await?;
    let sql = "UPDATE session SET ended_at = $3, end_reason = 'TOO_MANY' WHERE council_id = $1 AND id IN (\
        SELECT id FROM session WHERE council_id = $1 AND person_id = $2 AND ended_at IS NULL AND expires_at > $3 \
        ORDER BY last_used_at DESC, id DESC LIMIT 1000 OFFSET $4)";
    let values = vec![row.council_id.into(), row.person_id.into(), row.created_at.into(), SESSIONS_MAX.into()];
    execute(&**tx, "ending sessions beyond the most", sql, values).await?;
    let sql = "DELETE FROM refresh_token WHERE council_id = $1 AND id IN (SELECT t.id FROM refresh_token t \
        JOIN session s ON s.council_id = t.council_id AND s.id = t.session_id \
        WHERE t.council_id = $1 AND s.person_id = $2 AND t.expires_at < $3 LIMIT 1000)";
    let values = vec![row.council_id.into(), row.person_id.into(), row.created_at.into()];
    execute(&**tx, "sweeping refresh tokens", sql, values).await.map(drop)
}

/// A person's sessions that go on, the latest used first.
pub async fn sessions(db: &impl ConnectionTrait, council: Uuid, person: Uuid, now: DateTime<Utc>) -> Result<Vec<entity::session::Model>> {
    let sql = "SELECT id, created_at, last_used_at, expires_at, address, client FROM session \
        WHERE council_id = $1 AND person_id = $2 AND ended_at IS NULL AND expires_at > $3 ORDER BY last_used_at DESC, id DESC LIMIT $4";
    let values = vec![council.into(), person.into(), now.into(), SESSIONS_MAX.into()];
    read_rows(db, "loading sessions", sql, values, |row| {
        Ok(entity::session::Model {
            council_id: council,
            id: row.next()?,
            person_id: person,
            created_at: row.next()?,
            last_used_at: row.next()?,
            expires_at: row.next()?,
            ended_at: None,
            end_reason: None,
            address: row.next()?,
            client: row.next()?,
        })
    })
    .await
}

/// Ends one session of a person, if it goes on: whether it did.
pub async fn end_session(tx: &Change, council: Uuid, person: Uuid, id: Uuid, reason: &str, now: DateTime<Utc>) -> Result<bool> {
    let sql = "UPDATE session SET ended_at = $4, end_reason = $5 \
        WHERE council_id = $1 AND person_id = $2 AND id = $3 AND ended_at IS NULL AND expires_at > $4";
    let values = vec![council.into(), person.into(), id.into(), now.into(), reason.into()];
    Ok(execute(&**tx, "ending a session", sql, values).await? > 0)
}

/// Ends every session of a person but one: how many there were.
pub async fn end_sessions(tx: &Change, council: Uuid, person: Uuid, but: Option<Uuid>, reason: &str, now: DateTime<Utc>) -> Result<u64> {
    let sql = "UPDATE session SET ended_at = $4, end_reason = $5 \
        WHERE council_id = $1 AND person_id = $2 AND id <> $3 AND ended_at IS NULL AND expires_at > $4";
    let values = vec![council.into(), person.into(), but.unwrap_or_default().into(), now.into(), reason.into()];
    execute(&**tx, "ending sessions", sql, values).await
}
