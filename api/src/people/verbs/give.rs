//! Giving a role.

use chrono::NaiveDate;
use rules::permission::{Role, ScopeKind, held_over, may_hold};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{Deed, days, grant_state, person, reason, written};
use crate::access::ground::Ground;
use crate::access::{GrantScope, Scope, Target};
use crate::error::{ContextExt, Error, Refusal, Result, UserError};
use crate::people::cover::{Cover, cover};
use crate::people::store::{self, GrantEntry};
use crate::people::target::{self, Ref};

/// A role to be given.
pub struct GiveInput<'a> {
    pub person: Option<Uuid>,
    pub role: Role,
    pub over: Ref,
    /// First day; today when none is given.
    pub from: Option<NaiveDate>,
    /// Last day; none while it has no end.
    pub until: Option<NaiveDate>,
    /// Whom a deputy deputises for.
    pub deputy_for: Option<Option<Uuid>>,
    pub reason: &'a str,
}

/// Gives a role over a thing for some days.
pub async fn give(deed: &Deed<'_>, input: &GiveInput<'_>) -> Result<GrantEntry, Refusal> {
    let scope = deed.scope()?;
    let why = reason(input.reason)?;
    let holder = person(deed, &scope, input.person, "person").await?;
    not_oneself(deed, holder.id, "person")?;
    let (kind, code) = input.over.named()?;
    givable(input.role, kind)?;
    let from = input.from.unwrap_or_else(|| deed.today());
    forwards(deed, from, input.until)?;
    let over = over(deed, &scope, kind, code, from).await?;
    let id = deed.app.ids.next();
    let row = entity::role_grant::ActiveModel {
        council_id: Set(scope.council),
        id: Set(id),
        person_id: Set(holder.id),
        role: Set(input.role.to_string()),
        scope_kind: Set(kind.to_string()),
        element_id: Set(over.ids().0),
        indicator_id: Set(over.ids().1),
        forum_id: Set(over.ids().2),
        from_on: Set(from),
        until_on: Set(input.until),
        deputy_for: Set(input.deputy_for.flatten()),
        reason: Set(Some(why)),
        granted_by: Set(Some(scope.person)),
        directory_group: Set(None),
        created_at: Set(deed.tx.at(&deed.app.clock)),
        withdrawn_at: Set(None),
        withdrawn_by: Set(None),
        withdrawn_reason: Set(None),
    };
    let wanted = Wanted {
        id: None,
        person: holder.id,
        role: input.role,
        over,
        code: Some(code).filter(|_| kind == ScopeKind::Element),
        from,
        until: input.until,
    };
    no_overlap(deed, &scope, &wanted).await?;
    if let Some(deputised) = input.deputy_for {
        let deputised = person(deed, &scope, deputised, "deputyFor").await?;
        deputises(deed, &scope, deputised.id, &wanted).await?;
    }
    entity::role_grant::Entity::insert(row).exec_without_returning(&**deed.tx).await.context("giving a role")?;
    let given = store::grant(&**deed.tx, &scope, id).await?.ok_or_else(|| Error::internal("giving a role", &"it is not there"))?;
    deed.record(&scope, "grant.give", format!("grant {id}"), None, grant_state(&given, None)).await?;
    Ok(given)
}

/// A grant as it is to be.
pub(super) struct Wanted<'a> {
    /// The grant itself, when it is there already.
    pub id: Option<Uuid>,
    pub person: Uuid,
    pub role: Role,
    pub over: GrantScope,
    /// The element's ref, where it is over one.
    pub code: Option<&'a str>,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

/// Nobody extends their own power: it takes another administrator.
pub(super) fn not_oneself(deed: &Deed<'_>, holder: Uuid, field: &str) -> Result<(), Refusal> {
    if holder != deed.actor.person {
        return Ok(());
    }
    let message = "Nobody gives a role to themself: ask another administrator of the council.";
    Err(UserError::new("GRANT_TO_ONESELF", message, Some(&["input", field])).into())
}

fn givable(role: Role, kind: ScopeKind) -> Result<(), Refusal> {
    let kinds = held_over(role);
    if kinds.is_empty() {
        let message = format!("{} is no role that a council gives.", role.words());
        return Err(UserError::new("ROLE_NOT_YOURS_TO_GIVE", message, Some(&["input", "role"])).into());
    }
    if may_hold(role, kind) {
        return Ok(());
    }
    let words: Vec<String> = kinds.iter().map(|kind| kind.words().to_lowercase()).collect();
    let message = format!("{} is held over {}, not over {}.", role.words(), words.join(" or "), kind.words().to_lowercase());
    Err(UserError::new("ROLE_NOT_HELD_OVER", message, Some(&["input", "scope"])).into())
}

fn forwards(deed: &Deed<'_>, from: NaiveDate, until: Option<NaiveDate>) -> Result<(), Refusal> {
    if let Some(until) = until.filter(|until| *until < from) {
        let message = format!("The last day, {}, comes before the first, {}.", written(until), written(from));
        return Err(UserError::new("GRANT_DATES_BACKWARD", message, Some(&["input", "until"])).into());
    }
    if from < deed.today() {
        let message = format!("{} is past: a role is given from today on, {}.", written(from), written(deed.today()));
        return Err(UserError::new("GRANT_BACKDATED", message, Some(&["input", "from"])).into());
    }
    Ok(())
}

/// What the role is to be over. Absent and another council's look the same.
async fn over(deed: &Deed<'_>, scope: &Scope, kind: ScopeKind, code: &str, from: NaiveDate) -> Result<GrantScope, Refusal> {
    match target::find(&**deed.tx, scope, kind, code, from).await? {
        Some(Target::Anywhere) => Ok(GrantScope::Council),
        Some(Target::Element(id)) => Ok(GrantScope::Element(id)),
        Some(Target::Indicator { id, .. }) => Ok(GrantScope::Indicator(id)),
        Some(Target::Forum(id)) => Ok(GrantScope::Forum(id)),
        None => {
            let field = kind.code().to_lowercase();
            let message = format!("Your council has no {field} of this code. Look it up under `council`, and mind its spelling.");
            Err(UserError::new("SCOPE_NOT_FOUND", message, Some(&["input", "scope", &field])).into())
        }
    }
}

/// Refuses a role the person holds already, over the same thing, on some of the same days.
pub(super) async fn no_overlap(deed: &Deed<'_>, scope: &Scope, wanted: &Wanted<'_>) -> Result<(), Refusal> {
    let held = store::grants_of(&**deed.tx, scope, &[wanted.person]).await?;
    let overlaps = |entry: &&GrantEntry| {
        entry.withdrawn_at.is_none()
            && Some(entry.grant.id) != wanted.id
            && entry.grant.role == wanted.role
            && over_the_same(entry, wanted)
            && wanted.until.is_none_or(|until| entry.grant.from <= until)
            && entry.grant.until.is_none_or(|until| wanted.from <= until)
    };
    let Some(other) = held.iter().find(overlaps) else { return Ok(()) };
    let by = other.directory_group.as_ref().map(|group| format!(", brought by the directory's group {group}")).unwrap_or_default();
    let message = format!(
        "{} holds this role over this already, {}{by}. Withdraw or prolong that one, or choose other days.",
        other.person.name,
        days(other.grant.from, other.grant.until)
    );
    Err(UserError::new("GRANT_OVERLAPS", message, Some(&["input", "from"])).into())
}

fn over_the_same(entry: &GrantEntry, wanted: &Wanted<'_>) -> bool {
    let same_ref = wanted.code.zip(entry.element_code.as_deref()).is_some_and(|(one, other)| one.eq_ignore_ascii_case(other));
    entry.grant.scope == wanted.over || same_ref
}

/// Refuses a deputy whose principal does not hold the role over the thing on all those days.
pub(super) async fn deputises(deed: &Deed<'_>, scope: &Scope, principal: Uuid, wanted: &Wanted<'_>) -> Result<(), Refusal> {
    let held = store::grants_of(&**deed.tx, scope, &[principal]).await?;
    // A deputy has no deputy.
    let own = |entry: &&GrantEntry| entry.grant.role == wanted.role && entry.withdrawn_at.is_none() && entry.deputy_for.is_none();
    let held: Vec<&GrantEntry> = held.iter().filter(own).collect();
    let scopes: Vec<GrantScope> = held.iter().map(|entry| entry.grant.scope).collect();
    let ground = Ground::load(&**deed.tx, scope.council, Some(principal), &scopes).await?;
    let subtrees = ground.subtrees_of(scopes, wanted.from);
    let within = |entry: &&&GrantEntry| {
        over_the_same(entry, wanted)
            || match (entry.grant.scope, wanted.over) {
                (GrantScope::Element(top), GrantScope::Element(id)) => subtrees.get(&top).is_some_and(|below| below.contains(&id)),
                _ => false,
            }
    };
    let spans: Vec<_> = held.iter().filter(within).map(|entry| (entry.grant.from, entry.grant.until)).collect();
    let needed = wanted.until.map_or(Cover::Endless, Cover::Until);
    if principal != wanted.person && cover(&spans, wanted.from) >= needed {
        return Ok(());
    }
    let message = format!(
        "Whoever is deputised for must be somebody else and hold this role over this themself, {}.",
        days(wanted.from, wanted.until)
    );
    Err(UserError::new("DEPUTY_NOT_HOLDER", message, Some(&["input", "deputyFor"])).into())
}
