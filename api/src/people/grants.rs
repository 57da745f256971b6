//! Roles held, as the API shows them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use rules::permission::Permission as P;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::graphql::{Permission, Role};
use super::naming::{Covered, Naming};
use super::person::{People, Person};
use super::store::{self, GrantEntry, PersonEntry};
use crate::access::ground::Ground;
use crate::access::{Actor, GrantScope};
use crate::error::Result;
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, DateTime};
use crate::graphql::session::session;

/// Grants shown together, which find the names of what they cover together.
pub struct GrantSet {
    pub entries: Vec<GrantEntry>,
    /// Everybody the grants name, who find their own grants together.
    people: Arc<People>,
    naming: OnceCell<Naming>,
    ground: OnceCell<Ground>,
}

impl GrantSet {
    pub fn new(entries: Vec<GrantEntry>) -> Arc<Self> {
        let named = |entry: &GrantEntry| {
            let others = [&entry.deputy_for, &entry.granted_by, &entry.withdrawn_by];
            others.into_iter().flatten().map(|person| person.id).chain([entry.person.id]).collect::<Vec<Uuid>>()
        };
        let people = People::of(entries.iter().flat_map(named));
        Arc::new(Self { entries, people, naming: OnceCell::new(), ground: OnceCell::new() })
    }

    /// One of the grants.
    pub fn grant(self: &Arc<Self>, at: usize) -> Grant {
        Grant { set: Arc::clone(self), at }
    }

    /// Those of the grants that are wanted, in order.
    pub fn grants(self: &Arc<Self>, wanted: impl Fn(&GrantEntry) -> bool) -> Vec<Grant> {
        let found = self.entries.iter().enumerate().filter(|(_, entry)| wanted(entry));
        found.map(|(at, _)| self.grant(at)).collect()
    }

    /// Somebody the grants name.
    pub fn person(&self, entry: &PersonEntry) -> Person {
        Person { people: Arc::clone(&self.people), entry: entry.clone() }
    }

    /// Names of what the grants cover, and of the elements that own their indicators.
    pub async fn naming(&self, ctx: &Context<'_>) -> Result<&Naming> {
        self.naming.get_or_try_init(|| Naming::load(ctx, self.entries.iter().map(|entry| entry.grant.scope))).await
    }

    /// Who owns the indicators the grants are over.
    pub async fn ground(&self, ctx: &Context<'_>) -> Result<&Ground> {
        let load = async || {
            let (actor, snapshot) = (session(ctx).actor().await?, session(ctx).snapshot().await?);
            let scopes = self.entries.iter().map(|entry| entry.grant.scope);
            let indicators: Vec<GrantScope> = scopes.filter(|scope| matches!(scope, GrantScope::Indicator(_))).collect();
            Ground::load(&**snapshot, actor.council.id, None, &indicators).await
        };
        self.ground.get_or_try_init(load).await
    }
}

/// A role held over something from a day until a day.
#[derive(Clone)]
pub struct Grant {
    set: Arc<GrantSet>,
    at: usize,
}

impl Grant {
    pub fn entry(&self) -> &GrantEntry {
        &self.set.entries[self.at]
    }
}

/// A role held over something from a day until a day.
#[Object]
impl Grant {
    /// Opaque id, for `node` and `grantWithdraw`.
    pub async fn id(&self) -> ID {
        id::id(Kind::Grant, self.entry().grant.id)
    }

    /// Who holds it.
    async fn person(&self) -> Person {
        self.set.person(&self.entry().person)
    }

    /// The role.
    async fn role(&self) -> Role {
        self.entry().grant.role.into()
    }

    /// What it covers. Null when that is gone from the council's framework.
    async fn scope(&self, ctx: &Context<'_>) -> Option<Result<Covered>> {
        let entry = self.entry();
        let naming = async || Ok(self.set.naming(ctx).await?.covered(entry.grant.scope, entry.element_code.as_deref()));
        naming().await.transpose()
    }

    /// First day.
    async fn from(&self) -> Date {
        Date(self.entry().grant.from)
    }

    /// Last day; null while it has no end.
    async fn until(&self) -> Option<Date> {
        self.entry().grant.until.map(Date)
    }

    /// Why it was given.
    async fn reason(&self) -> Option<&str> {
        self.entry().reason.as_deref()
    }

    /// Whom a deputy deputises for. A deputy holds the same role.
    async fn deputy_for(&self) -> Option<Person> {
        self.entry().deputy_for.as_ref().map(|person| self.set.person(person))
    }

    /// Who gave it. Null for roles given when the council was set up, and for those a directory's group brings.
    async fn granted_by(&self) -> Option<Person> {
        self.entry().granted_by.as_ref().map(|person| self.set.person(person))
    }

    /// The group of the council's directory that brings it. It is withdrawn there, not here.
    async fn directory_group(&self) -> Option<&str> {
        self.entry().directory_group.as_deref()
    }

    /// When it was withdrawn. Null while it is not; one that merely came to its last day was not withdrawn.
    async fn withdrawn_at(&self) -> Option<DateTime> {
        self.entry().withdrawn_at.map(DateTime)
    }

    /// Who withdrew it, or gave it an earlier end.
    async fn withdrawn_by(&self) -> Option<Person> {
        self.entry().withdrawn_by.as_ref().map(|person| self.set.person(person))
    }

    /// Why it was withdrawn, or given an earlier end.
    async fn withdrawn_reason(&self) -> Option<&str> {
        self.entry().withdrawn_reason.as_deref()
    }

    /// What the viewer may do with this role: `MANAGE_PEOPLE` for withdrawing or prolonging it, as long as it has not
    /// ended, does not come from a directory and the council keeps an administrator.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<Permission>>> {
        let may = async || {
            let actor = session(ctx).actor().await?;
            let entry = self.entry();
            let today = session(ctx).app.clock.today();
            let ended = entry.withdrawn_at.is_some() || entry.grant.until.is_some_and(|until| until < today);
            let open = !ended && entry.directory_group.is_none();
            let seen = [P::ViewAuditTrail, P::ManagePeople].into_iter().filter(|p| *p != P::ManagePeople || open);
            Ok(seen.filter(|p| actor.scope_for(*p).is_ok()).map(Into::into).collect())
        };
        Some(may().await)
    }
}

/// A grant by its id; none when absent or not the viewer's to see.
pub async fn find(ctx: &Context<'_>, id: Uuid) -> Result<Option<Grant>> {
    let (actor, snapshot) = (session(ctx).actor().await?, session(ctx).snapshot().await?);
    let found = store::grant(&**snapshot, &actor.own_scope(), id).await?;
    let seen = found.filter(|entry| super::person::may_read(&actor, entry.person.id));
    Ok(seen.map(|entry| GrantSet::new(vec![entry]).grant(0)))
}

/// The actor's own roles in force today.
pub async fn own(ctx: &Context<'_>, actor: &Actor) -> Result<Vec<Grant>> {
    let snapshot = session(ctx).snapshot().await?;
    let entries = store::grants_of(&**snapshot, &actor.own_scope(), &[actor.person]).await?;
    let set = GrantSet::new(entries.into_iter().filter(|entry| entry.in_force(actor.on)).collect());
    Ok(set.grants(|_| true))
}
