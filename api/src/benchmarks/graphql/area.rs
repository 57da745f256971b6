//! An area as the API shows it.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use rules::area as register;

use super::national;
use super::words::{AuthorityType, ServiceArea, SuccessionKind};
use crate::benchmarks::store::areas::{self, Known};
use crate::error::Result;
use crate::graphql::page::FEW;
use crate::graphql::scalars::Date;

/// A place figures are published for: a council, a region, a nation.
#[derive(Clone)]
pub struct Area {
    pub known: Arc<Known>,
    pub code: String,
}

/// An area that followed another, or that another followed.
#[derive(SimpleObject)]
pub struct AreaSuccession {
    /// The other area's code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// The first day of the later of the two.
    pub on: Date,
    /// What became of the earlier.
    pub kind: SuccessionKind,
}

impl Area {
    fn row(&self) -> Option<&register::Area> {
        self.known.register.find(&self.code)
    }

    fn succession(&self, other: &str, succession: &register::Succession) -> AreaSuccession {
        let name = self.known.register.find(other).map_or(other, |area| &area.name);
        AreaSuccession { code: other.to_owned(), name: name.to_owned(), on: Date(succession.on), kind: succession.kind.into() }
    }
}

/// A place figures are published for: a council, a region, a nation.
#[Object]
impl Area {
    /// The statisticians' code: `E07000011`.
    async fn code(&self) -> &str {
        &self.code
    }

    /// What it is called.
    async fn name(&self) -> &str {
        self.row().map_or(&self.code, |area| &area.name)
    }

    /// What sort of authority it is, if any. Null for an area the register does not know.
    async fn authority_type(&self) -> Option<AuthorityType> {
        self.row().map(|area| area.kind.into())
    }

    /// The region of England it lies in.
    async fn region(&self) -> Option<&str> {
        self.row().and_then(|area| area.region.as_deref())
    }

    /// Its first day; null when it stood before anything that is compared.
    async fn stands_from(&self) -> Option<Date> {
        self.row().and_then(|area| area.from).map(Date)
    }

    /// Its last day; null while it stands.
    async fn stands_until(&self) -> Option<Date> {
        self.row().and_then(|area| area.until).map(Date)
    }

    /// The services the law gives to an authority of its sort: only where it has the service is it compared.
    async fn services(&self) -> Vec<ServiceArea> {
        let Some(area) = self.row() else { return Vec::new() };
        register::ServiceArea::ALL.iter().filter(|service| service.responsible(area.kind)).map(|service| (*service).into()).collect()
    }

    /// Areas that followed it, the earliest first.
    #[graphql(complexity = "FEW * child_complexity")]
    async fn successors(&self) -> Vec<AreaSuccession> {
        let of = self.known.successions.iter().filter(|s| s.from == self.code && s.to != self.code);
        of.map(|s| self.succession(&s.to, s)).collect()
    }

    /// Areas it followed, the earliest first.
    #[graphql(complexity = "FEW * child_complexity")]
    async fn predecessors(&self) -> Vec<AreaSuccession> {
        let of = self.known.successions.iter().filter(|s| s.to == self.code && s.from != self.code);
        of.map(|s| self.succession(&s.from, s)).collect()
    }
}

/// The area of a code; none when the register has none.
pub async fn area(ctx: &Context<'_>, code: &str) -> Result<Option<Area>> {
    let known = Arc::new(areas::known(national(ctx).await?).await?);
    let found = known.register.find(code).map(|area| area.code.clone());
    Ok(found.map(|code| Area { known, code }))
}
