//! Comparator groups as the API shows them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use rules::permission::Permission;

use super::area::Area;
use super::words::{AuthorityType, ComparatorOrigin};
use crate::benchmarks::groups::{self, Group};
use crate::benchmarks::store::areas::{self, Known};
use crate::error::Result;
use crate::graphql::id::{self, Kind};
use crate::graphql::page::MANY;
use crate::graphql::scalars::Date;
use crate::graphql::session::session;

/// An edition of a group of councils to be compared with.
pub struct ComparatorGroup {
    pub group: Group,
    pub known: Arc<Known>,
}

/// An edition of a group of councils to be compared with: the council's own, a published list of those that are alike, or what
/// follows from the register of areas.
#[Object]
impl ComparatorGroup {
    /// Opaque id of a group of the council's own; null for those that are there for everybody.
    async fn id(&self) -> Option<ID> {
        self.group.id.map(|uuid| id::id(Kind::ComparatorGroup, uuid))
    }

    /// The code `Indicator.benchmark(group:)` takes. Editions of one group share it.
    async fn code(&self) -> &str {
        &self.group.code
    }

    /// The edition; null for a group that follows from the register.
    async fn edition(&self) -> Option<&str> {
        self.group.edition.as_deref()
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.group.title
    }

    /// Where it comes from.
    async fn origin(&self) -> ComparatorOrigin {
        self.group.origin.into()
    }

    /// The sort of authority all members are, where it is one sort.
    async fn authority_type(&self) -> Option<AuthorityType> {
        self.group.kind.map(Into::into)
    }

    /// From which day it is compared by.
    async fn stands_from(&self) -> Option<Date> {
        self.group.from.map(Date)
    }

    /// Until which day.
    async fn stands_until(&self) -> Option<Date> {
        self.group.until.map(Date)
    }

    /// Who says that these are alike.
    async fn source(&self) -> Option<&str> {
        self.group.source.as_deref()
    }

    /// Under which licence.
    async fn licence(&self) -> Option<&str> {
        self.group.licence.as_deref()
    }

    /// Its members, as they were given: those that are most alike first, where a list says so.
    #[graphql(complexity = "MANY * child_complexity")]
    async fn members(&self) -> Vec<Area> {
        self.group.members.iter().map(|code| Area { known: Arc::clone(&self.known), code: code.clone() }).collect()
    }
}

/// Every group the council can be compared with, its own first. Five statements.
pub async fn groups(ctx: &Context<'_>) -> Result<Vec<ComparatorGroup>> {
    let (scope, snapshot) = session(ctx).scope(Permission::ViewFramework).await?;
    let actor = session(ctx).actor().await?;
    let known = Arc::new(areas::known(&**snapshot).await?);
    let groups = groups::all(&**snapshot, &scope, actor.council.gss_code.as_deref(), &known.register).await?;
    Ok(groups.into_iter().map(|group| ComparatorGroup { group, known: Arc::clone(&known) }).collect())
}
