//! Setting a password by a one-time link, and changing it.

use uuid::Uuid;

use super::attempts::{self, Claim};
use super::limits::Rule;
use super::links::{self, Opened, Shut};
use super::machines;
use super::policy;
use super::sessions;
use super::store::{self, Holder};
use super::told::Failing;
use crate::access::key::Key;
use crate::access::{Actor, Origin};
use crate::app::App;
use crate::audit::{self, Behind, Event, Outcome};
use crate::error::{ContextExt, Error, Refusal, Result, UserError};

/// Why a session ended.
const CHANGED: &str = "PASSWORD_CHANGED";

/// Sets the password of whoever a link's token was issued to. Their sessions end, tokens issued to them before are
/// refused and their machine tokens revoked: whoever had the old password, if there was one, is out.
pub async fn set(app: &App, token: &str, password: &str, origin: Origin) -> Result<Holder, Refusal> {
    let key = links::read(token).ok_or_else(links::shut)?;
    let tx = app.db.change(key.council).await?;
    let opened = links::open(&tx, &key, app.clock.now()).await?;
    drop(tx);
    let opened = match opened {
        Ok(opened) => opened,
        Err(shut) => return Err(refuse(app, &key, shut, origin).await?.into()),
    };
    let hash = accept(app, &opened.holder, password, &["input", "password"]).await?;

    let now = app.clock.now();
    let tx = app.db.change(key.council).await?;
    // Of two at once the second finds the link used.
    let Ok(Opened { holder, .. }) = links::open(&tx, &key, now).await? else { return Err(links::shut().into()) };
    links::close(&tx, &opened, now).await?;
    store::keep_password(&tx, key.council, app.ids.next(), holder.person, &hash, now).await?;
    let ended = store::end_sessions(&tx, key.council, holder.person, None, CHANGED, now).await?;
    // They have shown who they are: earlier failures at this address do not keep them waiting.
    attempts::vouch(app, &tx, key.council, &holder.email, origin).await?;
    sessions::refuse_tokens(&tx, key.council, holder.person, now).await?;
    let by = links::by(holder.actor(), origin);
    let behind = Behind { person: Some(holder.person), role: None, by: &by };
    machines::revoke_all(app, &tx, key.council, holder.person, &behind, "The password was set anew by a one-time link.").await?;
    audit::record_of(app, &tx, key.council, &behind, Outcome::Done, kept("password.set", holder.person, ended)).await?;
    tx.commit().await?;
    Ok(holder)
}

/// Answers a link that does not work, and puts it on the trail if there is one of its id.
async fn refuse(app: &App, key: &Key, shut: Shut, origin: Origin) -> Result<UserError> {
    if let Shut::Known { person, why } = shut {
        let subject = format!("person {person}");
        let failing = Failing { council: key.council, rule: Rule::Pair, account: Some(format!("{subject} link")), place: None };
        let Some(left_out) = app.accounts.told.due(failing, app.clock.now()) else { return Ok(links::shut()) };
        let tx = app.db.change(key.council).await?;
        let after = audit::state(&serde_json::json!({ "why": why, "leftOut": left_out }));
        let event = Event { verb: "password.set", subject, before: None, after };
        let behind = Behind { person: None, role: None, by: &links::by(String::new(), origin) };
        audit::record_of(app, &tx, key.council, &behind, Outcome::Failed, event).await?;
        tx.commit().await?;
    }
    Ok(links::shut())
}

/// A password to be changed.
pub struct NewPassword<'a> {
    pub current: &'a str,
    pub new: &'a str,
    /// The session that stays.
    pub session: Option<Uuid>,
}

/// Changes the actor's own password; their other sessions end. The current one is asked for, and tries at it are counted
/// like those of signing in: whoever finds a session open cannot guess on.
pub async fn change(app: &App, actor: &Actor, asked: &NewPassword<'_>) -> Result<u64, Refusal> {
    sessions::by_a_person(actor)?;
    let council = actor.council.id;
    let claim = Claim::new(app, Some(council), &actor.email, actor.by.origin)?;
    let tried = attempts::begin(app, &claim).await?.map_err(super::attempts::Later::told)?;
    let checked = attempts::check(app, &claim, &tried, asked.current).await?;
    let Some(holder) = tried.holder.clone().filter(|_| checked.right) else {
        attempts::failed(app, &claim, &tried, "password.change").await?;
        return Err(UserError::new("PASSWORD_WRONG", "This is not your current password.", Some(&["input", "current"])).into());
    };
    let scope = actor.own_scope();
    let accepted = accept(app, &holder, asked.new, &["input", "new"]).await;
    let now = app.clock.now();
    let tx = app.db.change(council).await?;
    attempts::succeed(&tx, council, tried.id).await?;
    let hash = match accepted {
        Ok(hash) => hash,
        Err(refusal) => {
            tx.commit().await?;
            return Err(refusal);
        }
    };
    let kept_now = store::holder_by_id(&*tx, council, holder.person).await?.filter(|holder| holder.in_use);
    let kept_now = kept_now.ok_or_else(|| Error::unauthenticated("suspended meanwhile"))?.hash;
    if kept_now != holder.hash {
        return Err(Error::conflict("The password was changed at the same time elsewhere.").into());
    }
    store::keep_password(&tx, council, app.ids.next(), holder.person, &hash, now).await?;
    let ended = store::end_sessions(&tx, council, holder.person, asked.session, CHANGED, now).await?;
    audit::record(app, &tx, &scope, kept("password.change", holder.person, ended)).await?;
    tx.commit().await?;
    Ok(ended)
}

/// The hash of a password that is good enough and not the last one again.
pub async fn accept(app: &App, holder: &Holder, password: &str, field: &[&str]) -> Result<String, Refusal> {
    // Estimating takes milliseconds.
    let (given, about, at) = (password.to_owned(), holder.about(), field.iter().map(|f| (*f).to_owned()).collect::<Vec<_>>());
    let estimated = tokio::task::spawn_blocking(move || {
        let field: Vec<&str> = at.iter().map(String::as_str).collect();
        policy::check(&given, &about, &field)
    });
    estimated.await.context("estimating a password")??;
    if holder.hash.is_some() && app.accounts.passwords.check(password, holder.hash.as_deref()).await?.right {
        let message = "This is the password you have: choose another.";
        return Err(UserError::new("PASSWORD_USED_BEFORE", message, Some(field)).into());
    }
    Ok(app.accounts.passwords.hash(password).await?)
}

/// What the trail says of a new password: never the password nor its hash.
fn kept(verb: &'static str, person: Uuid, ended: u64) -> Event<'static> {
    let after = audit::state(&serde_json::json!({ "sessionsEnded": ended }));
    Event { verb, subject: format!("person {person}"), before: None, after }
}
