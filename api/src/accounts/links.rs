//! One-time links by which a person sets a password. There is no mail yet: an administrator, or the command line, is
//! shown the link's token once and hands it over.

use chrono::{DateTime, Duration, Utc};
use rules::permission::Permission;
use uuid::Uuid;

use super::store::{self, Holder};
use crate::access::key::Key;
use crate::access::{Actor, By, Origin};
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{Refusal, Result, UserError};
use crate::rows::{execute, read_rows};

/// What every link's token begins with.
const PREFIX: &str = "gts_";
/// How long a link works.
pub const LINK_LIFE: Duration = Duration::hours(72);

/// A link, shown once.
pub struct Link {
    pub token: String,
    pub until: DateTime<Utc>,
}

/// A link that works, and whose it is.
pub struct Opened {
    pub id: Uuid,
    pub council: Uuid,
    pub holder: Holder,
}

/// Issues a link to a person of the actor's council, in the change the actor was loaded in. Earlier ones stop working.
pub async fn issue(app: &App, tx: Change, actor: &Actor, person: Uuid) -> Result<Link, Refusal> {
    let scope = actor.scope_for(Permission::ManagePeople)?;
    let holder = store::holder_by_id(&*tx, scope.council, person).await?.ok_or_else(person_not_found)?;
    if !holder.in_use {
        let message = format!("{} is suspended: restore them before giving them a way in.", holder.name);
        return Err(UserError::new("PERSON_SUSPENDED", message, Some(&["input", "person"])).into());
    }
    let link = make(app, &tx, scope.council, person, Some(scope.person)).await?;
    audit::record(app, &tx, &scope, issued(person, &link)).await?;
    tx.commit().await?;
    Ok(link)
}

pub fn person_not_found() -> UserError {
    UserError::new("PERSON_NOT_FOUND", "There is no such person in your council.", Some(&["input", "person"]))
}

/// What the trail says of a link that was issued: never its token.
pub fn issued(person: Uuid, link: &Link) -> Event<'static> {
    let after = audit::state(&serde_json::json!({ "until": link.until }));
    Event { verb: "password.link", subject: format!("person {person}"), before: None, after }
}

/// Makes a link in place of earlier ones. The caller has the right to, and records it.
pub async fn make(app: &App, tx: &Change, council: Uuid, person: Uuid, by: Option<Uuid>) -> Result<Link> {
    let (id, now) = (app.ids.next(), app.clock.now());
    replace(tx, council, person, now).await?;
    let (token, hash) = Key::make(PREFIX, council, id)?;
    let until = now + LINK_LIFE;
    let sql = "INSERT INTO setup_link (council_id, id, person_id, secret_hash, created_at, expires_at, created_by) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = vec![council.into(), id.into(), person.into(), hash.into(), now.into(), until.into(), by.into()];
    execute(&**tx, "entering a one-time link", sql, values).await?;
    Ok(Link { token, until })
}

/// Stops every link of a person that still works.
pub async fn replace(tx: &Change, council: Uuid, person: Uuid, now: DateTime<Utc>) -> Result<()> {
    let sql = "UPDATE setup_link SET expires_at = $3 WHERE council_id = $1 AND person_id = $2 AND used_at IS NULL AND expires_at > $3";
    execute(&**tx, "replacing one-time links", sql, vec![council.into(), person.into(), now.into()]).await.map(drop)
}

/// The council a link's token names, unproven; none when it is not a token of a link.
pub fn read(token: &str) -> Option<Key> {
    Key::read(PREFIX, token.trim())
}

/// Whose link this is, if it works.
pub async fn open(tx: &Change, key: &Key, now: DateTime<Utc>) -> Result<Result<Opened, Shut>> {
    let sql = "SELECT person_id, secret_hash, expires_at, CASE WHEN used_at IS NULL THEN 0 ELSE 1 END FROM setup_link \
        WHERE council_id = $1 AND id = $2";
    let rows = read_rows(&**tx, "finding a one-time link", sql, vec![key.council.into(), key.id.into()], |row| {
        Ok((row.next::<Uuid>()?, row.next::<String>()?, row.next::<DateTime<Utc>>()?, row.next::<i32>()? == 1))
    });
    let Some((person, hash, until, used)) = rows.await?.pop() else { return Ok(Err(Shut::Absent)) };
    if !key.fits(&hash) {
        return Ok(Err(Shut::Known { person, why: "another secret" }));
    }
    if used || until <= now {
        return Ok(Err(Shut::Known { person, why: if used { "it was used before" } else { "it has run out" } }));
    }
    match store::holder_by_id(&**tx, key.council, person).await?.filter(|holder| holder.in_use) {
        Some(holder) => Ok(Ok(Opened { id: key.id, council: key.council, holder })),
        None => Ok(Err(Shut::Known { person, why: "the person is suspended" })),
    }
}

/// A link that does not work; the trail is told why when there is one of its id.
#[derive(Debug, Clone, Copy)]
pub enum Shut {
    Absent,
    Known { person: Uuid, why: &'static str },
}

/// The one answer to every link that does not work.
pub fn shut() -> UserError {
    let message = "This link was used, has run out, or was replaced by a later one: ask your council's administrator for another.";
    UserError::new("LINK_NOT_VALID", message, Some(&["input", "token"]))
}

/// Uses a link up.
pub async fn close(tx: &Change, opened: &Opened, now: DateTime<Utc>) -> Result<()> {
    let sql = "UPDATE setup_link SET used_at = $3 WHERE council_id = $1 AND id = $2";
    execute(&**tx, "using a one-time link", sql, vec![opened.council.into(), opened.id.into(), now.into()]).await?;
    replace(tx, opened.council, opened.holder.person, now).await
}

/// Who opens a link: its holder, who has shown no more than the link.
pub fn by(actor: String, origin: Origin) -> By {
    By { actor, via: "one-time link".into(), origin, ..By::default() }
}
