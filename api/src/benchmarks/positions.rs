//! How indicators stand beside their usual groups, for early warnings.

use std::collections::HashMap;

use rules::benchmark::Comparison;
use rules::period::Period;
use rules::series::Point;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::compared::{Compared, Ours};
use super::ground::Ground;
use crate::access::Scope;
use crate::error::Result;
use crate::frameworks::{Catalogue, IndicatorEntry};

/// Of each indicator that is mapped to a published measure: by period, the comparison with its usual group, and whether it is by
/// the same definition and for the same months.
pub type Positions = HashMap<Uuid, Vec<(Period, Comparison, bool)>>;

/// How indicators stood in periods that were judged, by what is published: what is shared with the council is not for everybody whom
/// a warning reaches. At most fourteen statements, however many indicators there are.
pub async fn positions(
    db: &impl ConnectionTrait,
    scope: &Scope,
    catalogue: &Catalogue,
    points: &HashMap<Uuid, &[Point]>,
) -> Result<Positions> {
    let entries: Vec<(&IndicatorEntry, &[Point])> =
        points.iter().filter_map(|(id, points)| catalogue.indicator(*id).map(|entry| (entry, *points))).collect();
    let indicators: Vec<&IndicatorEntry> = entries.iter().map(|(entry, _)| *entry).collect();
    let ground = Ground::load(db, scope, &indicators).await?;
    let ours: Vec<Ours<'_>> =
        entries.iter().map(|(entry, points)| Ours { indicator: entry.id, definitions: &entry.definitions, points }).collect();
    let compared = Compared::load(db, scope, ground, &ours, None, None).await?;
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
