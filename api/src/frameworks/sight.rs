//! Which elements of an edition somebody sees: what their roles cover, the way up from it, and what it contributes to.
//! That is the golden thread of a service; the other services are not on it.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::catalogue::{Catalogue, ElementLink};
use super::store;
use crate::access::Scope;
use crate::access::scope::Within;
use crate::error::Result;

/// What is seen of an edition.
pub enum Sight {
    Whole,
    Only(HashSet<Uuid>),
}

impl Sight {
    /// Of an edition as it stands on a day. No statement for whoever sees all of it; one for others, that reads the
    /// links between elements.
    pub async fn of(db: &impl ConnectionTrait, scope: &Scope, catalogue: &Catalogue, on: NaiveDate) -> Result<Self> {
        match &scope.within {
            Within::Council => Ok(Self::Whole),
            Within::Only(_) => Ok(Self::Only(thread(scope, catalogue, store::links(db, scope, catalogue).await?, on))),
        }
    }

    /// Whether an element is in sight.
    pub fn has(&self, element: Uuid) -> bool {
        match self {
            Self::Whole => true,
            Self::Only(elements) => elements.contains(&element),
        }
    }
}

fn thread(scope: &Scope, catalogue: &Catalogue, links: &[ElementLink], on: NaiveDate) -> HashSet<Uuid> {
    let covered = catalogue.elements.iter().map(|e| e.id).filter(|id| scope.covers_element(*id));
    let measured = catalogue.indicators.iter().filter(|i| scope.covers_indicator(i.id, i.owner));
    let served = links.iter().filter(|l| scope.covers_element(l.from)).map(|l| l.to);
    let near: HashSet<Uuid> =
        covered.chain(measured.flat_map(|i| i.contributes_to.iter().copied().chain([i.owner]))).chain(served).collect();
    near.iter().flat_map(|id| catalogue.path(*id, on)).map(|e| e.id).chain(near.iter().copied()).collect()
}
