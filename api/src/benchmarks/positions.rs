//! How indicators stand beside their usual groups, for early warnings and packs.

use std::collections::HashMap;

use rules::benchmark::Comparison;
use rules::period::Period;
use rules::series::Point;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::compared::{Compared, Ours};
use super::ground::Ground;
use crate::access::Scope;
use crate::error::Result;
use crate::frameworks::{Catalogue, IndicatorEntry};
use crate::values::service::{Asked, judged};

/// Of each indicator that is mapped to a published measure: by period, the comparison with its usual group, and whether it is by
/// the same definition and for the same months.
pub type Positions = HashMap<Uuid, Vec<(Period, Comparison, bool)>>;

/// How these indicators stood in their last periods, by the figures as they are recorded now. At most sixteen statements, however
/// many indicators there are.
pub async fn positions(
    db: &DatabaseTransaction,
    scope: &Scope,
    catalogue: &Catalogue,
    indicators: &[Uuid],
    (until, last): (Period, usize),
    today: chrono::NaiveDate,
) -> Result<Positions> {
    let entries: Vec<&IndicatorEntry> = indicators.iter().filter_map(|id| catalogue.indicator(*id)).collect();
    let asked = Asked { until, last, words: false, as_at: None, today };
    let found = judged(db, scope, &entries, asked).await?;
    let points: HashMap<Uuid, &[Point]> = found.iter().map(|(id, judged)| (*id, judged.last(last))).collect();
    positions_of(db, scope, catalogue, &points, today).await
}

/// The same of points that were judged already, however they were looked at. At most fourteen statements.
pub async fn positions_of(
    db: &impl sea_orm::ConnectionTrait,
    scope: &Scope,
    catalogue: &Catalogue,
    points: &HashMap<Uuid, &[Point]>,
    today: chrono::NaiveDate,
) -> Result<Positions> {
    let entries: Vec<(&IndicatorEntry, &[Point])> =
        points.iter().filter_map(|(id, points)| catalogue.indicator(*id).map(|entry| (entry, *points))).collect();
    let indicators: Vec<&IndicatorEntry> = entries.iter().map(|(entry, _)| *entry).collect();
    let ground = Ground::load(db, scope, &indicators).await?;
    let ours: Vec<Ours<'_>> =
        entries.iter().map(|(entry, points)| Ours { indicator: entry.id, definitions: &entry.definitions, points }).collect();
    let compared = Compared::load(db, scope, ground, &ours, (None, today)).await?;
    let mut found = Positions::new();
    for one in ours.iter().filter(|one| compared.knows(one.indicator)) {
        let told = one.points.iter().map(|point| {
            let beside = compared.beside(one.indicator, one.definitions, point);
            (beside.period, beside.comparison, beside.same_definition)
        });
        found.insert(one.indicator, told.collect());
    }
    Ok(found)
}
