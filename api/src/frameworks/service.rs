//! Reading a framework for somebody: which edition, and which of its indicators they may see.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use rules::measure::{FrameworkState, Lifecycle, LinkKind};
use rules::period::Period;
use rules::thread::{self, Gap, Link, Origin};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::catalogue::{Catalogue, Edition, ElementLink};
use super::store;
use crate::access::Scope;
use crate::error::Result;
use crate::values::reading::Readings;

/// The edition in force in a period: it stands on the period's last day; an adopted one before a draft.
pub fn edition_at(editions: Vec<Edition>, period: Period) -> Option<Edition> {
    let stands = |e: &Edition| e.stands_from <= period.end() && e.stands_until.is_none_or(|until| until >= period.start());
    let rank = |e: &Edition| match e.state {
        FrameworkState::Adopted => 0,
        FrameworkState::Superseded => 1,
        FrameworkState::Draft => 2,
    };
    editions.into_iter().filter(stands).min_by_key(rank)
}

/// The edition in force today: one may have been adopted that begins next year. Where none stands today, the latest that
/// was adopted, else the latest.
pub fn edition_in_force(editions: Vec<Edition>, today: NaiveDate) -> Option<Edition> {
    let stands = |e: &&Edition| e.stands_from <= today && e.stands_until.is_none_or(|until| until >= today);
    let adopted = editions.iter().filter(stands).find(|e| e.state == FrameworkState::Adopted).cloned();
    adopted.or_else(|| latest_edition(editions))
}

/// The latest edition that was adopted, else the latest.
pub fn latest_edition(editions: Vec<Edition>) -> Option<Edition> {
    let adopted = editions.iter().position(|e| e.state == FrameworkState::Adopted).unwrap_or_default();
    editions.into_iter().nth(adopted)
}

/// The whole of the council's edition in force in a period, or now.
pub async fn catalogue(
    db: &impl ConnectionTrait,
    scope: &Scope,
    at: Option<Period>,
    as_at: Option<DateTime<Utc>>,
) -> Result<Option<Arc<Catalogue>>> {
    let editions = store::editions(db, scope, as_at).await?;
    let chosen = match at {
        Some(period) => edition_at(editions, period),
        None => latest_edition(editions),
    };
    match chosen {
        Some(edition) => Ok(Some(Arc::new(store::catalogue(db, scope, edition, as_at).await?))),
        None => Ok(None),
    }
}

/// The whole of the council's edition in force today: one may have been adopted that begins later.
pub async fn catalogue_in_force(db: &impl ConnectionTrait, scope: &Scope, today: NaiveDate) -> Result<Option<Arc<Catalogue>>> {
    match edition_in_force(store::editions(db, scope, None).await?, today) {
        Some(edition) => Ok(Some(Arc::new(store::catalogue(db, scope, edition, None).await?))),
        None => Ok(None),
    }
}

/// An edition as everything in it read at an instant.
pub async fn as_at(db: &impl ConnectionTrait, scope: &Scope, edition: &Edition, as_at: Option<DateTime<Utc>>) -> Result<Catalogue> {
    let editions = store::editions(db, scope, as_at).await?;
    let then = editions.into_iter().find(|e| e.id == edition.id).unwrap_or_else(|| edition.clone());
    store::catalogue(db, scope, then, as_at).await
}

/// The indicators of an edition inside a scope, in the edition's order.
pub fn visible_indicators(catalogue: &Catalogue, scope: &Scope) -> Vec<Uuid> {
    catalogue.indicators.iter().filter(|i| scope.covers_indicator(i.id, i.owner)).map(|i| i.id).collect()
}

/// The same, with those that were released to whoever asks.
pub fn named_indicators(catalogue: &Catalogue, readings: &Readings) -> Vec<Uuid> {
    catalogue.indicators.iter().filter(|i| readings.names(i.id, i.owner)).map(|i| i.id).collect()
}

/// Holes in the golden thread as it stands on a day.
pub fn gaps(catalogue: &Catalogue, links: &[ElementLink], on: NaiveDate) -> Vec<Gap<Uuid>> {
    let standing = catalogue.elements.iter().filter(|e| e.place_on(on).is_some());
    let elements: Vec<thread::Element<'_, Uuid>> =
        standing.map(|e| thread::Element { key: e.id, kind: e.kind, title: &e.title, owner: e.owner.as_deref() }).collect();
    let current = catalogue.indicators.iter().filter(|i| i.lifecycle == Lifecycle::Active);
    let indicators: Vec<thread::Indicator<'_, Uuid>> =
        current.clone().map(|i| thread::Indicator { key: i.id, title: &i.latest().title }).collect();
    let between = links.iter().map(|l| Link { from: Origin::Element(l.from), kind: l.kind, to: l.to });
    let from_indicators = current
        .flat_map(|i| i.contributes_to.iter().map(|to| Link { from: Origin::Indicator(i.id), kind: LinkKind::ContributesTo, to: *to }));
    let links: Vec<Link<Uuid>> = between.chain(from_indicators).collect();
    thread::gaps(&elements, &links, &indicators)
}
