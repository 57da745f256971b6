//! Machine tokens: what scripts use in a person's name, with some of that person's rights, until a day.

mod all;
mod list;
mod touch;

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use entity::machine_token::{Entity, Model};
use rules::permission::{Permission, is_over_elements};
use sea_orm::{EntityTrait, IntoActiveModel};
use uuid::Uuid;

pub use all::revoke_all;
pub use list::{Listed, count, of_person, page};
pub use touch::{Touching, touch};

use super::sessions::by_a_person;
use crate::access::machine::{MachineKey, NOT_FOR_SCRIPTS};
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{ContextExt, Refusal, Result, UserError};
use crate::frameworks;
use crate::people::verbs;
use crate::rows::{execute, read_rows};

/// Tokens in use a person may have.
pub const LIVE_MAX: usize = 20;
/// The longest life, in days.
pub const DAYS_MAX: i64 = 366;
/// The longest name.
pub const NAME_CHARACTERS_MAX: usize = 80;

/// What a token is to be.
pub struct NewToken<'a> {
    pub name: &'a str,
    pub permissions: Vec<Permission>,
    /// Ref of the element it is narrowed to.
    pub element: Option<&'a str>,
    /// Its last day.
    pub expires_on: NaiveDate,
}

/// A token that was made, with the text that is shown once.
pub struct Made {
    pub listed: Listed,
    pub token: String,
}

/// Makes a token for the actor, in the change the actor was loaded in.
pub async fn create(app: &App, tx: Change, actor: &Actor, new: &NewToken<'_>) -> Result<Made, Refusal> {
    by_a_person(actor)?;
    let scope = actor.own_scope();
    let name = name_given(new.name)?;
    let expires_at = expiry(app, new.expires_on)?;
    let element = element(&tx, actor, new.element).await?;
    let permissions = theirs_to_give(actor, &new.permissions, element)?;
    let live = live_names(&tx, &scope, app.clock.now()).await?;
    if live.iter().any(|known| known.to_lowercase() == name.to_lowercase()) {
        let message = format!("You have a token called {name} in use: revoke it, or choose another name.");
        return Err(UserError::new("NAME_TAKEN", message, Some(&["input", "name"])).into());
    }
    if live.len() >= LIVE_MAX {
        let message = format!("You have {LIVE_MAX} tokens in use, which is the most: revoke one that is not needed.");
        return Err(UserError::new("TOO_MANY_TOKENS", message, None).into());
    }
    let id = app.ids.next();
    let (token, secret_hash) = MachineKey::make(scope.council, id)?;
    let row = Model {
        council_id: scope.council,
        id,
        person_id: scope.person,
        name: name.to_owned(),
        secret_hash,
        permissions: serde_json::to_string(&permissions).context("keeping a machine token's permissions")?,
        element_id: element,
        created_at: app.clock.now(),
        expires_at,
        last_used_at: None,
        revoked_at: None,
        revoked_by: None,
        revoked_reason: None,
    };
    let entered = Entity::insert(row.into_active_model()).exec_without_returning(&*tx).await;
    entered.context("entering a machine token")?;
    let after = serde_json::json!({ "name": name, "permissions": permissions, "element": new.element, "until": expires_at });
    let event = Event { verb: "machine-token.create", subject: format!("machine token {id}"), before: None, after: audit::state(&after) };
    audit::record(app, &tx, &scope, event).await?;
    let listed = list::find(&*tx, scope.council, id, None).await?.ok_or_else(not_found)?;
    tx.commit().await?;
    Ok(Made { listed, token })
}

fn name_given(name: &str) -> Result<&str, UserError> {
    let name = name.trim();
    let length = name.chars().count();
    if length == 0 || length > NAME_CHARACTERS_MAX || name.chars().any(char::is_control) {
        let message = format!("Call the token something of 1 to {NAME_CHARACTERS_MAX} characters that says what it is for.");
        return Err(UserError::new("NAME_INVALID", message, Some(&["input", "name"])));
    }
    Ok(name)
}

/// The end of its last day.
fn expiry(app: &App, on: NaiveDate) -> Result<DateTime<Utc>, UserError> {
    let today = app.clock.today();
    let last = today + Duration::days(DAYS_MAX);
    let end = on.succ_opt().filter(|_| today < on && on <= last).map(|day| day.and_time(NaiveTime::MIN).and_utc());
    end.ok_or_else(|| {
        let message = format!("A token's last day is tomorrow at the earliest and {} at the latest.", last.format("%-d %B %Y"));
        UserError::new("EXPIRY_OUT_OF_RANGE", message, Some(&["input", "expiresOn"]))
    })
}

/// The element by its ref. Absent and not-yours look the same.
async fn element(tx: &Change, actor: &Actor, code: Option<&str>) -> Result<Option<Uuid>, Refusal> {
    let Some(code) = code else { return Ok(None) };
    let absent = || {
        let message = format!("There is no element {code} that you may narrow a token to.");
        UserError::new("ELEMENT_NOT_FOUND", message, Some(&["input", "element"]))
    };
    let Ok(scope) = actor.scope_for(Permission::ViewFramework) else { return Err(absent().into()) };
    let catalogue = frameworks::service::catalogue(&**tx, &scope, None, None).await?;
    let found = catalogue.and_then(|catalogue| catalogue.element_by_code(code.trim()).map(|element| element.id));
    Ok(Some(found.ok_or_else(absent)?))
}

/// The permissions, each once, if the actor has every one of them, over the element if there is one.
fn theirs_to_give(actor: &Actor, asked: &[Permission], element: Option<Uuid>) -> Result<BTreeSet<Permission>, UserError> {
    let field: Option<&[&str]> = Some(&["input", "permissions"]);
    let chosen: BTreeSet<Permission> = asked.iter().copied().collect();
    if chosen.is_empty() {
        return Err(UserError::new("NO_PERMISSIONS", "Choose what the token may do.", field));
    }
    let list = |of: Vec<&Permission>| of.iter().map(|permission| permission.code()).collect::<Vec<_>>().join(", ");
    let never: Vec<&Permission> = chosen.iter().filter(|permission| NOT_FOR_SCRIPTS.contains(permission)).collect();
    if !never.is_empty() {
        let message = format!("Accounts and roles are looked after by people, not by scripts: leave out {}.", list(never));
        return Err(UserError::new("NOT_FOR_SCRIPTS", message, field));
    }
    let narrows = |permission: Permission| element.is_none() || is_over_elements(permission);
    let has = |permission: &&Permission| {
        narrows(**permission)
            && actor.scope_for(**permission).is_ok_and(|scope| element.is_none_or(|element| scope.covers_element(element)))
    };
    let lacking: Vec<&Permission> = chosen.iter().filter(|permission| !has(permission)).collect();
    if !lacking.is_empty() {
        let place = if element.is_some() { " there" } else { "" };
        let message = format!("You can give a token only what you may do yourself{place}: leave out {}.", list(lacking));
        return Err(UserError::new("NOT_YOURS_TO_GIVE", message, field));
    }
    Ok(chosen)
}

async fn live_names(tx: &Change, scope: &Scope, now: DateTime<Utc>) -> Result<Vec<String>> {
    let sql = "SELECT name FROM machine_token WHERE council_id = $1 AND person_id = $2 AND revoked_at IS NULL AND expires_at > $3";
    let values = vec![scope.council.into(), scope.person.into(), now.into()];
    read_rows(&**tx, "counting machine tokens", sql, values, |row| row.next()).await
}

/// Revokes a token: the actor's own, or as administrator anybody's.
pub async fn revoke(app: &App, tx: Change, actor: &Actor, id: Uuid, reason: &str) -> Result<Listed, Refusal> {
    by_a_person(actor)?;
    let scope = actor.scope_for(Permission::ManagePeople);
    let (scope, whose) = scope.map_or_else(|_| (actor.own_scope(), Some(actor.person)), |scope| (scope, None));
    let reason = verbs::reason(reason)?;
    let Some(held) = list::find(&*tx, scope.council, id, whose).await? else { return Err(not_found().into()) };
    if held.revoked_at.is_some() {
        return Err(UserError::new("MACHINE_TOKEN_REVOKED", "This token was revoked before.", Some(&["input", "id"])).into());
    }
    let now = app.clock.now();
    let sql = "UPDATE machine_token SET revoked_at = $3, revoked_by = $4, revoked_reason = $5 WHERE council_id = $1 AND id = $2";
    let values = vec![scope.council.into(), id.into(), now.into(), scope.person.into(), reason.clone().into()];
    execute(&*tx, "revoking a machine token", sql, values).await?;
    let after = audit::state(&serde_json::json!({ "name": held.name, "reason": reason }));
    let event = Event { verb: "machine-token.revoke", subject: format!("machine token {id}"), before: None, after };
    audit::record(app, &tx, &scope, event).await?;
    let revoked = list::find(&*tx, scope.council, id, whose).await?.ok_or_else(not_found)?;
    tx.commit().await?;
    Ok(revoked)
}

pub fn not_found() -> UserError {
    UserError::new("MACHINE_TOKEN_NOT_FOUND", "There is no such token, or none of yours.", Some(&["input", "id"]))
}
