//! Which indicators are before which forum, by their codes: these stay the same from one edition to the next.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store;
use crate::access::Scope;
use crate::error::Result;
use crate::frameworks::{Catalogue, IndicatorEntry};

/// A forum and what is in its remit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub id: Uuid,
    pub code: String,
    pub title: String,
    /// Codes of elements; none for the whole council.
    pub remit: Vec<String>,
}

/// Every forum by its id.
#[derive(Debug, Clone, Default)]
pub struct Remits(HashMap<Uuid, Seat>);

impl Remits {
    /// One statement.
    pub async fn load(db: &impl ConnectionTrait, scope: &Scope) -> Result<Self> {
        Ok(Self(store::seats(db, scope).await?))
    }

    /// A forum by its code.
    pub fn by_code(&self, code: &str) -> Option<&Seat> {
        self.0.values().find(|seat| seat.code.eq_ignore_ascii_case(code))
    }

    /// Forums of these ids.
    pub fn of<'a>(&'a self, ids: &'a HashSet<Uuid>) -> impl Iterator<Item = &'a Seat> {
        self.0.values().filter(move |seat| ids.contains(&seat.id))
    }

    /// Every forum.
    pub fn all(&self) -> impl Iterator<Item = &Seat> {
        self.0.values()
    }
}

impl Seat {
    /// Whether an indicator is before the forum: an element of the remit, or one below it, owns it or is what it
    /// contributes to, as elements stand on a day, or when the edition begins where that is later.
    pub fn covers(&self, edition: &Catalogue, entry: &IndicatorEntry, on: NaiveDate) -> bool {
        let on = on.max(edition.edition.stands_from);
        let named = |code: &str| self.remit.iter().any(|of| of.eq_ignore_ascii_case(code));
        let inside = |element: Uuid| edition.path(element, on).iter().any(|above| named(&above.code));
        self.remit.is_empty() || inside(entry.owner) || entry.contributes_to.iter().any(|to| inside(*to))
    }
}
