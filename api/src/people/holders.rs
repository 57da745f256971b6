//! Who may do something: asked of one thing, on one day.

use std::sync::Arc;

use async_graphql::{Context, Object};
use chrono::NaiveDate;
use rules::permission::{Permission, ScopeKind};
use sea_orm::ConnectionTrait;

use super::grants::{Grant, GrantSet};
use super::person::{Person, day, reading};
use super::store::{self, GrantEntry, PersonEntry};
use super::target::{self, Ref};
use crate::access::ground::{Ground, Subtrees};
use crate::access::{GrantScope, Scope, Target};
use crate::error::{Error, Result};
use crate::graphql::scalars::Date;
use crate::graphql::session::session;

/// Somebody who may, with the grants through which.
#[derive(Debug)]
pub struct Able {
    pub person: PersonEntry,
    /// The earliest first; never empty.
    pub through: Vec<GrantEntry>,
}

/// Everybody whose roles have a permission on a day, and what those roles stand on: read once, asked of any number of
/// things.
pub struct Eligible {
    permission: Permission,
    entries: Vec<GrantEntry>,
    ground: Ground,
    subtrees: Subtrees,
}

impl Eligible {
    /// Roles withdrawn or people suspended by the end of the day do not count. One statement, with one more where roles
    /// over elements give the permission and one more where roles over indicators do.
    pub async fn load(db: &impl ConnectionTrait, scope: &Scope, permission: Permission, on: NaiveDate) -> Result<Self> {
        let entries = store::grants_with(db, scope, permission, on).await?;
        let scopes: Vec<GrantScope> = entries.iter().map(|entry| entry.grant.scope).collect();
        let ground = Ground::load(db, scope.council, None, &scopes).await?;
        let subtrees = ground.subtrees_of(scopes, on);
        Ok(Self { permission, entries, ground, subtrees })
    }

    /// Those who may do it to a thing, in the order of their names: what stands below an element is what stood there on
    /// the day.
    pub fn able(&self, target: Target) -> Vec<Able> {
        let covers = |entry: &&GrantEntry| entry.grant.spread(self.permission, &self.ground, &self.subtrees).covers(target);
        let mut through: Vec<GrantEntry> = self.entries.iter().filter(covers).cloned().collect();
        // A stable sort: the earliest stays first of each person's.
        through.sort_by_cached_key(|entry| (entry.person.name.to_lowercase(), entry.person.id));
        let able = through.chunk_by(|one, next| one.person.id == next.person.id);
        able.map(|of_one| Able { person: of_one[0].person.clone(), through: of_one.to_vec() }).collect()
    }
}

/// Somebody who may do what was asked about.
pub struct Holder {
    set: Arc<GrantSet>,
    person: PersonEntry,
    through: std::ops::Range<usize>,
}

/// Somebody who may do what was asked about, and why.
#[Object]
impl Holder {
    /// Who.
    async fn person(&self) -> Person {
        self.set.person(&self.person)
    }

    /// Through which roles, the earliest first.
    async fn through(&self) -> Vec<Grant> {
        self.through.clone().map(|at| self.set.grant(at)).collect()
    }

    /// The first day of the earliest of them.
    async fn since(&self) -> Option<Date> {
        self.set.entries.get(self.through.start).map(|entry| Date(entry.grant.from))
    }
}

/// Who may do something to what a code names; anywhere in the council where none is given.
pub async fn holders(ctx: &Context<'_>, permission: Permission, of: &Ref, on: Option<Date>) -> Result<Vec<Holder>> {
    let actor = session(ctx).actor().await?;
    let scope = reading(&actor)?;
    let (kind, code) = of.named()?;
    let on = day(ctx, on);
    let snapshot = session(ctx).snapshot().await?;
    let target = target::find(&**snapshot, &scope, kind, code, on).await?.ok_or_else(|| unknown(kind))?;
    let able = Eligible::load(&**snapshot, &scope, permission, on).await?.able(target);
    let mut entries = Vec::new();
    let mut people = Vec::new();
    for one in able {
        let start = entries.len();
        entries.extend(one.through);
        people.push((one.person, start..entries.len()));
    }
    let set = GrantSet::new(entries);
    Ok(people.into_iter().map(|(person, through)| Holder { set: Arc::clone(&set), person, through }).collect())
}

fn unknown(kind: ScopeKind) -> Error {
    Error::not_found(match kind {
        ScopeKind::Forum => "The council has no forum of this code: `council.forums` lists them.",
        ScopeKind::Indicator => "The council has no indicator of this code: `council.framework.indicators` lists them.",
        _ => "The council has no element of this code: `council.framework.elements` lists them.",
    })
}
