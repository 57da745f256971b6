//! The figures of indicators that were retired since.
//!
//! A lifecycle says what an indicator is now, not from which day. So it does not say for which periods a retired one was
//! collected: what it has does. A figure that is held or was approved stays in the return of its period, can be corrected while
//! that return takes figures, and is approved with it; what nobody recorded while the indicator was active is owed no more.

use std::collections::HashSet;

use chrono::NaiveDate;
use rules::measure::Lifecycle;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::derive::FigureKey;
use super::store::approved;
use crate::access::Scope;
use crate::error::Result;
use crate::frameworks::Catalogue;

/// Days before and after every period there is: years of four digits, as SQLite compares days as text.
pub const FIRST: NaiveDate = match NaiveDate::from_ymd_opt(1000, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};
/// The last of them.
pub const LAST: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// The figures that retired indicators of these editions have in periods that end between two days. One statement; none where
/// no indicator is retired.
pub async fn kept(
    db: &impl ConnectionTrait,
    scope: &Scope,
    catalogues: impl IntoIterator<Item = &Catalogue>,
    days: (NaiveDate, NaiveDate),
) -> Result<HashSet<FigureKey>> {
    let retired = catalogues.into_iter().flat_map(|catalogue| &catalogue.indicators).filter(|entry| entry.lifecycle == Lifecycle::Retired);
    let retired: HashSet<Uuid> = retired.map(|entry| entry.id).collect();
    let mut retired: Vec<Uuid> = retired.into_iter().collect();
    retired.sort_unstable();
    approved::collected(db, scope, &retired, days).await
}
