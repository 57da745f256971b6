//! An indicator's figures as a process: what packs, the API and the rules of early warning call the same.
//!
//! A chart is always made of the longest history there is ([`HISTORY`]), however few of its points are shown: how many somebody
//! asks for says nothing of the process.

use std::collections::HashMap;

use rules::measure::{Aggregation, Polarity, YearBasis};
use rules::reading::{Reading, Releases};
use rules::series::Point;
use rules::spc::{self, Baseline, Chart};
use rules::status::Colour;
use uuid::Uuid;

use super::store::BaselineEntry;
use crate::frameworks::IndicatorEntry;
use crate::values::reading::Readings;
use crate::values::service::Judged;

/// Periods a chart is made of at most: ten years of months.
pub const HISTORY: usize = 120;

/// The points of a history: from the first figure on, and without what is not due yet.
pub fn history(points: &[Point]) -> &[Point] {
    let silent = |point: &Point| point.value.is_none();
    let from = points.iter().position(|point| !silent(point)).unwrap_or(points.len());
    let waits = |point: &&Point| silent(point) && point.status.colour == Colour::NotDue;
    let until = points.len() - points.iter().rev().take_while(waits).count();
    points.get(from..until).unwrap_or_default()
}

/// From which periods limits are taken anew.
pub fn baselines(entries: &[BaselineEntry]) -> Vec<Baseline> {
    entries.iter().map(|entry| Baseline { from: entry.from, reason: entry.reason.clone() }).collect()
}

/// Which way is better now.
pub fn polarity(entry: &IndicatorEntry) -> Polarity {
    entry.definitions.last().map_or(Polarity::None, |definition| definition.polarity)
}

/// How periods make its year, and which year that is.
pub fn aggregation(entry: &IndicatorEntry) -> (Aggregation, YearBasis) {
    entry.definitions.last().map_or((Aggregation::Latest, YearBasis::Financial), |of| (of.aggregation, of.year_basis))
}

/// The baselines of an indicator's chart for whoever reads its figures: a forum's are those that stood when they were released, so that
/// nothing it reads depends on what was decided since.
pub fn seen_by(readings: &Readings, entry: &IndicatorEntry, set: Vec<BaselineEntry>) -> Vec<BaselineEntry> {
    if readings.reading(entry.id, entry.owner) != Some(Reading::Released) {
        return set;
    }
    let until = readings.releases(entry.id).and_then(Releases::latest);
    set.into_iter().filter(|of| until.is_some_and(|until| of.recorded_at <= until)).collect()
}

/// The chart of an indicator by its judged series.
pub fn chart(entry: &IndicatorEntry, judged: &Judged, set: &[BaselineEntry]) -> Chart {
    let (breaks, (aggregation, basis)) = (spc::breaks(&entry.definitions), aggregation(entry));
    let readings = spc::readings(history(&judged.points), aggregation, basis, &breaks);
    spc::chart(&readings, &baselines(set), &breaks, polarity(entry))
}

/// The charts of indicators whose series were judged over [`HISTORY`] periods, by the baselines of [`super::store::baselines`]: no
/// statement of its own.
pub fn charts<'a>(
    entries: impl IntoIterator<Item = &'a IndicatorEntry>,
    judged: &HashMap<Uuid, Judged>,
    baselines: &HashMap<Uuid, Vec<BaselineEntry>>,
) -> HashMap<Uuid, Chart> {
    let set = |id: &Uuid| baselines.get(id).map_or(&[][..], Vec::as_slice);
    entries.into_iter().filter_map(|entry| Some((entry.id, chart(entry, judged.get(&entry.id)?, set(&entry.id))))).collect()
}
