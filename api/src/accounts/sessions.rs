//! Sessions: which there are, and ending them. What is ended stops with the next request: [`Actor`] is loaded with each,
//! and looks at the session. Whoever ends one was loaded in the change that ends it.

use chrono::{DateTime, Duration, Timelike, Utc};
use rules::permission::Permission;
use uuid::Uuid;

use super::links::person_not_found;
use super::store;
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{Error, Refusal, Result, UserError};
use crate::people::verbs;
use crate::rows::execute;

/// Sign-in matters are not for scripts.
pub fn by_a_person(actor: &Actor) -> Result<()> {
    if actor.is_machine() {
        return Err(Error::forbidden("How people sign in is looked after by people, not by scripts."));
    }
    Ok(())
}

/// Ends one of the actor's sessions: the one they ask with, or another.
pub async fn end(app: &App, tx: Change, actor: &Actor, session: Uuid, verb: &str) -> Result<(), Refusal> {
    by_a_person(actor)?;
    let scope = actor.own_scope();
    if !store::end_session(&tx, scope.council, scope.person, session, "SIGNED_OUT", app.clock.now()).await? {
        let message = "You have no such session, or it has ended.";
        return Err(UserError::new("SESSION_NOT_FOUND", message, Some(&["input", "id"])).into());
    }
    let event = Event { verb, subject: format!("session {session}"), before: None, after: None };
    audit::record(app, &tx, &scope, event).await?;
    Ok(tx.commit().await?)
}

/// Ends every session of the actor, and every token the command line printed for them.
pub async fn end_all(app: &App, tx: Change, actor: &Actor) -> Result<u64> {
    by_a_person(actor)?;
    let scope = actor.own_scope();
    let ended = sign_out(app, &tx, &scope, scope.person, None).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Signs a person of the actor's council out everywhere.
pub async fn sign_out_person(app: &App, tx: Change, actor: &Actor, person: Uuid, reason: &str) -> Result<u64, Refusal> {
    let scope = actor.scope_for(Permission::ManagePeople)?;
    let reason = verbs::reason(reason)?;
    if store::holder_by_id(&*tx, scope.council, person).await?.is_none() {
        return Err(person_not_found().into());
    }
    let ended = sign_out(app, &tx, &scope, person, Some(&reason)).await?;
    tx.commit().await?;
    Ok(ended)
}

async fn sign_out(app: &App, tx: &Change, scope: &Scope, person: Uuid, reason: Option<&str>) -> Result<u64> {
    let ended = sign_out_everywhere(tx, scope.council, person, app.clock.now()).await?;
    let after = audit::state(&serde_json::json!({ "sessionsEnded": ended, "reason": reason }));
    let event = Event { verb: "sign-out.everywhere", subject: format!("person {person}"), before: None, after };
    audit::record(app, tx, scope, event).await?;
    Ok(ended)
}

/// Ends every session of a person and refuses every token issued to them so far: how many sessions there were. The
/// caller has the right to, and records it.
pub async fn sign_out_everywhere(tx: &Change, council: Uuid, person: Uuid, now: DateTime<Utc>) -> Result<u64> {
    let ended = store::end_sessions(tx, council, person, None, "SIGNED_OUT_EVERYWHERE", now).await?;
    refuse_tokens(tx, council, person, now).await?;
    Ok(ended)
}

/// Refuses every token issued to a person so far: those the command line printed, and their directory's.
pub async fn refuse_tokens(tx: &Change, council: Uuid, person: Uuid, now: DateTime<Utc>) -> Result<()> {
    let sql = "UPDATE person SET tokens_valid_from = $3 WHERE council_id = $1 AND id = $2";
    let values = vec![council.into(), person.into(), next_second(now).into()];
    execute(&**tx, "refusing earlier tokens", sql, values).await.map(drop)
}

/// Tokens say the second they were issued in: none of this second passes, however late in it this is.
pub fn next_second(now: DateTime<Utc>) -> DateTime<Utc> {
    now.with_nanosecond(0).unwrap_or(now) + Duration::seconds(1)
}
