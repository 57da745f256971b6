//! The figures of some indicators, each in the version whoever asks reads.

use std::collections::HashMap;

use rules::reading::{Reading, Releases};
use uuid::Uuid;

use super::judge::judged_through;
use super::through::{Gate, Through, Upto};
use super::who::Readings;
use crate::db::Snapshot;
use crate::error::Result;
use crate::frameworks::catalogue::NOW;
use crate::frameworks::{Catalogue, IndicatorEntry, service as frameworks};
use crate::returns::workflow::workflow;
use crate::values::service::{Asked, Judged, judged};

/// An indicator's figures, and in which version.
#[derive(Debug, Clone)]
pub struct Read {
    pub reading: Reading,
    pub judged: Judged,
}

/// Figures of those of these indicators whose figures somebody reads. Drafts cost what [`judged`] costs; what was approved one
/// statement more while the workflow is off, and what [`judged_through`] costs, with what was released, once it is on.
pub async fn judged_for(
    readings: &Readings,
    snapshot: &Snapshot,
    catalogue: &Catalogue,
    indicators: &[Uuid],
    asked: Asked,
) -> Result<HashMap<Uuid, Read>> {
    let scope = readings.of_figures()?;
    let entries = || indicators.iter().filter_map(|id| catalogue.indicator(*id));
    let read = |entry: &IndicatorEntry| readings.reading(entry.id, entry.owner);
    let any = |reading: Reading| entries().any(|entry| read(entry) == Some(reading));
    // Where returns go through no states, what is recorded is approved.
    let gated = any(Reading::Approved) && workflow(&**snapshot, scope, asked.as_at).await?.from.is_some();
    let as_recorded = |entry: &IndicatorEntry| match read(entry) {
        Some(Reading::Recorded) => true,
        Some(Reading::Approved) => !gated,
        _ => false,
    };
    let mut found: HashMap<Uuid, Judged> = HashMap::new();
    if entries().any(as_recorded) {
        // In the past not only figures read otherwise, but definitions and rules too.
        let past = match asked.as_at {
            Some(_) => Some(frameworks::as_at(&**snapshot, scope, &catalogue.edition, asked.as_at).await?),
            None => None,
        };
        let then = past.as_ref().unwrap_or(catalogue);
        let chosen: Vec<&IndicatorEntry> = entries().filter(|e| as_recorded(e)).filter_map(|e| then.indicator(e.id)).collect();
        found = judged(snapshot, scope, &chosen, asked).await?;
    }
    let mut through: Vec<(&IndicatorEntry, Through)> = Vec::new();
    if gated {
        let upto = Upto::Instant(asked.as_at.unwrap_or(NOW));
        let approved = entries().filter(|entry| read(entry) == Some(Reading::Approved));
        through.extend(approved.map(|entry| (entry, Through { upto: upto.clone(), gate: Gate::Approved })));
    }
    if any(Reading::Released) {
        let given = readings.released_by(snapshot, asked.as_at).await?;
        let upto = |entry: &IndicatorEntry| Upto::Releases(given.get(&entry.id).cloned().unwrap_or_else(Releases::default));
        let released = entries().filter(|entry| read(entry) == Some(Reading::Released));
        through.extend(released.map(|entry| (entry, Through { upto: upto(entry), gate: Gate::Approved })));
    }
    found.extend(judged_through(&**snapshot, scope, catalogue, &through, asked).await?);
    let dress = |entry: &IndicatorEntry| Some((entry.id, Read { reading: read(entry)?, judged: found.remove(&entry.id)? }));
    Ok(entries().filter_map(dress).collect())
}
