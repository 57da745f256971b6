//! People, as the API shows them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use chrono::NaiveDate;
use rules::permission::Permission as P;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::effective::{EffectivePermission, effective};
use super::grants::{Grant, GrantSet};
use super::graphql::{Permission, Role};
use super::store::{self, Filter, PersonEntry};
use crate::access::{Actor, Scope};
use crate::error::{Error, Result};
use crate::graphql::id::{self, Kind};
use crate::graphql::page::Ask;
use crate::graphql::scalars::{Date, DateTime};
use crate::graphql::session::session;

/// A longer search finds nobody.
const SEARCH_CHARACTERS_MAX: usize = 200;
/// Roles a person is reckoned to hold, for the schema's limit.
const GRANTS_EXPECTED: usize = 10;
/// Permissions there are.
const PERMISSIONS: usize = P::ALL.len();

/// People shown together, who find their roles together.
pub struct People {
    ids: Vec<Uuid>,
    grants: OnceCell<Arc<GrantSet>>,
}

impl People {
    pub fn of(ids: impl IntoIterator<Item = Uuid>) -> Arc<Self> {
        let mut ids: Vec<Uuid> = ids.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        Arc::new(Self { ids, grants: OnceCell::new() })
    }

    /// Every grant they ever had: fetched by whoever asks first.
    async fn grants(&self, ctx: &Context<'_>) -> Result<&Arc<GrantSet>> {
        let load = async || {
            let (actor, snapshot) = (session(ctx).actor().await?, session(ctx).snapshot().await?);
            Ok(GrantSet::new(store::grants_of(&**snapshot, &actor.own_scope(), &self.ids).await?))
        };
        self.grants.get_or_try_init(load).await
    }
}

/// Somebody who may sign in at the council.
#[derive(Clone)]
pub struct Person {
    pub people: Arc<People>,
    pub entry: PersonEntry,
}

impl Person {
    pub fn of(entry: PersonEntry) -> Self {
        Self { people: People::of([entry.id]), entry }
    }

    /// Their grants, if the viewer may know: whoever gives roles, whoever audits them, and the person.
    async fn readable(&self, ctx: &Context<'_>) -> Result<&Arc<GrantSet>> {
        self.check(ctx).await?;
        self.people.grants(ctx).await
    }

    async fn check(&self, ctx: &Context<'_>) -> Result<()> {
        let actor = session(ctx).actor().await?;
        if may_read(&actor, self.entry.id) { Ok(()) } else { Err(Error::no_role(P::ManagePeople)) }
    }
}

/// Somebody who may sign in at the council, with the roles they hold.
#[Object]
impl Person {
    /// Opaque id, for `node` and `grantGive`.
    pub async fn id(&self) -> ID {
        id::id(Kind::Person, self.entry.id)
    }

    /// Their name.
    async fn name(&self) -> &str {
        &self.entry.name
    }

    /// Their e-mail address, in lower case.
    async fn email(&self) -> &str {
        &self.entry.email
    }

    /// Since when they may not sign in; null while they may. For whoever manages people, internal audit, and themself.
    async fn suspended_at(&self, ctx: &Context<'_>) -> Option<Result<DateTime>> {
        self.check(ctx).await.map(|()| self.entry.suspended_at.map(DateTime)).transpose()
    }

    /// The roles they hold, the earliest first. `on` a day: those in force then; without a day: all there are, over, in
    /// force and to come. `withdrawn` adds those that were withdrawn. For whoever manages people, internal audit, and
    /// themself.
    #[graphql(complexity = "GRANTS_EXPECTED * child_complexity")]
    async fn grants(&self, ctx: &Context<'_>, on: Option<Date>, #[graphql(default = false)] withdrawn: bool) -> Option<Result<Vec<Grant>>> {
        let wanted = async || {
            let set = self.readable(ctx).await?;
            Ok(set.grants(|entry| {
                let in_force = on.is_none_or(|on| entry.grant.covers_day(on.0) && (withdrawn || entry.in_force(on.0)));
                entry.person.id == self.entry.id && in_force && (withdrawn || on.is_some() || entry.withdrawn_at.is_none())
            }))
        };
        Some(wanted().await)
    }

    /// What they may do on a day, today if none is given, and through which of their roles. Nothing while suspended. For
    /// whoever manages people, internal audit, and themself.
    #[graphql(complexity = "PERMISSIONS * child_complexity")]
    async fn effective_permissions(&self, ctx: &Context<'_>, on: Option<Date>) -> Option<Result<Vec<EffectivePermission>>> {
        let wanted = async || {
            let on = day(ctx, on);
            let set = self.readable(ctx).await?;
            Ok(effective(set, &self.entry, on))
        };
        Some(wanted().await)
    }

    /// What the viewer may do with this person: `MANAGE_PEOPLE` for changing, suspending and giving roles (but nobody gives
    /// roles to themself), `VIEW_AUDIT_TRAIL` for reading what they did.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<Permission>>> {
        let may = async || {
            let actor = session(ctx).actor().await?;
            let seen = [P::ViewAuditTrail, P::ManagePeople].into_iter().filter(|p| actor.scope_for(*p).is_ok());
            Ok(seen.map(Into::into).collect())
        };
        Some(may().await)
    }
}

crate::connection! {
    /// A page of people.
    PersonConnection, PersonEdge, Person
}

/// Which people are wanted.
pub struct Wanted {
    pub first: Option<i32>,
    pub after: Option<String>,
    pub search: Option<String>,
    pub role: Option<Role>,
}

/// The council's people in the order of their names.
pub async fn connection(ctx: &Context<'_>, wanted: Wanted) -> Result<PersonConnection> {
    let ask = Ask::new(wanted.first, wanted.after.as_deref())?;
    if ask.after.as_deref().is_some_and(|id| Uuid::try_parse(id).is_err()) {
        return Err(Error::bad_input("`after` is not a cursor of this connection."));
    }
    let search = wanted.search.map(|search| search.trim().to_owned()).filter(|search| !search.is_empty());
    if search.as_deref().is_some_and(|search| search.chars().count() > SEARCH_CHARACTERS_MAX) {
        return Err(Error::limit(format!("Search for {SEARCH_CHARACTERS_MAX} characters at most.")));
    }
    let actor = session(ctx).actor().await?;
    let scope = reading(&actor)?;
    let snapshot = session(ctx).snapshot().await?;
    let filter = Filter { search, role: wanted.role.map(|role| (role.into(), actor.on)) };
    let total = if ctx.look_ahead().field("totalCount").exists() { store::count(&**snapshot, &scope, &filter).await? } else { 0 };
    let rows = store::page(&**snapshot, &scope, &filter, &ask).await?;
    let people = People::of(rows.iter().map(|row| row.id));
    let dress = |entry: &PersonEntry| Person { people: Arc::clone(&people), entry: entry.clone() };
    Ok(PersonConnection::fetched(rows, &ask, total, |row| row.id.to_string(), dress))
}

/// One person, by id or by address; none when absent or not the viewer's to see.
pub async fn by_id_or_email(ctx: &Context<'_>, id: Option<&ID>, email: Option<&str>) -> Result<Option<Person>> {
    let actor = session(ctx).actor().await?;
    let scope = reading(&actor)?;
    let snapshot = session(ctx).snapshot().await?;
    let found = match (id, email) {
        (Some(id), None) => match id::read(id) {
            Some((Kind::Person, id)) => store::person(&**snapshot, &scope, id).await?,
            _ => None,
        },
        (None, Some(email)) => store::person_by_email(&**snapshot, &scope, email).await?,
        _ => return Err(Error::bad_input("Ask for a person by `id` or by `email`.")),
    };
    Ok(found.map(Person::of))
}

/// A person by id; none when absent or not the viewer's to see.
pub async fn find(ctx: &Context<'_>, id: Uuid) -> Result<Option<Person>> {
    let actor = session(ctx).actor().await?;
    if !may_read(&actor, id) {
        return Ok(None);
    }
    let snapshot = session(ctx).snapshot().await?;
    Ok(store::person(&**snapshot, &actor.own_scope(), id).await?.map(Person::of))
}

/// The right to read about everybody: to give roles, or to audit them.
pub fn reading(actor: &Actor) -> Result<Scope> {
    actor.scope_for(P::ViewAuditTrail).or_else(|_| actor.scope_for(P::ManagePeople))
}

/// Whether somebody may read what a person holds: their own, or everybody's.
pub fn may_read(actor: &Actor, person: Uuid) -> bool {
    actor.person == person || reading(actor).is_ok()
}

/// The day asked about: today if none is.
pub fn day(ctx: &Context<'_>, on: Option<Date>) -> NaiveDate {
    on.map_or_else(|| session(ctx).app.clock.today(), |on| on.0)
}
