//! What a pack tells by comparison: with other councils, and with the limits of a figure's own history. By the figures its readers
//! are given, and no others.

use std::collections::{HashMap, HashSet};

use exporters::pack::{PackBox, PackCompared, PackComparison, PackLimits, PackVariation};
use rules::audience::Audience;
use rules::benchmark::QuartilePosition;
use rules::exception::Unusual;
use rules::measure::Aggregation;
use rules::series::Point;
use rules::spc::{Basis, Chart, Start};
use uuid::Uuid;

use super::figures::Measure;
use super::gather::PERIODS;
use super::look::Look;
use crate::access::Scope;
use crate::benchmarks::Ground;
use crate::benchmarks::compared::{Beside, Compared, Ours};
use crate::db::Snapshot;
use crate::error::Result;
use crate::frameworks::Catalogue;
use crate::values::Judged;
use crate::values::service::Asked;
use crate::warnings::charts::{HISTORY, chart};
use crate::warnings::store::baselines;

/// What was found, and of which indicators it calls for attention.
#[derive(Default)]
pub struct Told {
    pub compared: PackCompared,
    pub unusual: HashMap<Uuid, Unusual>,
    pub worst_quarter: HashSet<Uuid>,
}

impl Told {
    /// Of the measures that are printed.
    pub fn of(&self, shown: &[&Measure<'_>]) -> PackCompared {
        let shown: HashSet<&str> = shown.iter().map(|m| m.entry.code.as_str()).collect();
        let mut compared = self.compared.clone();
        compared.with_others.retain(|of| shown.contains(of.code.as_str()));
        compared.through_time.retain(|of| shown.contains(of.code.as_str()));
        compared
    }
}

/// What is compared of the measures of a pack.
pub async fn gather(
    snapshot: &Snapshot,
    scope: &Scope,
    catalogue: &Catalogue,
    measures: &[Measure<'_>],
    (look, audience, of_forum, asked): (&Look, Audience, bool, Asked),
) -> Result<Told> {
    let mut told = Told::default();
    if measures.is_empty() {
        return Ok(told);
    }
    let entries: Vec<_> = measures.iter().map(|m| m.entry).collect();
    let long = look.judged(snapshot, scope, catalogue, &entries, Asked { last: HISTORY, words: false, ..asked }).await?;
    let set = baselines(&**snapshot, scope, asked.as_at).await?;
    for measure in measures {
        let (Some(judged), Some(latest)) = (long.get(&measure.entry.id), measure.latest()) else { continue };
        let seen = seen(measure, judged, audience);
        let made = chart(measure.entry, &seen, set.get(&measure.entry.id).map_or(&[][..], Vec::as_slice));
        // What an earlier figure showed was said then.
        if made.latest().is_some_and(|point| point.period == latest.period) {
            let variation = made.variation();
            let unusual =
                if variation.is_concern() { Some(Unusual::Concern) } else { variation.is_improvement().then_some(Unusual::Improvement) };
            told.unusual.extend(unusual.map(|unusual| (measure.entry.id, unusual)));
        }
        told.compared.through_time.extend(variation(measure, &made));
    }
    let points: Vec<(&Measure<'_>, Vec<Point>)> = measures.iter().map(|m| (m, m.points_for(audience).cloned().collect())).collect();
    let ground = Ground::load(&**snapshot, scope, &entries).await?;
    let ours: Vec<Ours<'_>> = points
        .iter()
        .map(|(measure, points)| Ours { indicator: measure.entry.id, definitions: &measure.entry.definitions, points })
        .collect();
    // What a council shared with this one is for officers who read all its figures, as it is where they ask for it: a pack of one
    // element is read by whoever has that element.
    let shared_on = (audience == Audience::Officers && of_forum).then_some(asked.today);
    let compared = Compared::load(&**snapshot, scope, ground, &ours, None, shared_on).await?;
    for (measure, points) in points.iter().filter(|(measure, _)| compared.knows(measure.entry.id)) {
        let all: Vec<Beside> = points.iter().map(|point| compared.beside(measure.entry.id, &measure.entry.definitions, point)).collect();
        let Some(latest) = all.iter().rev().find(|of| of.comparison.counted > 0) else { continue };
        let is_now = measure.latest().is_some_and(|point| point.period == latest.period);
        if is_now && latest.same_definition && latest.comparison.position == QuartilePosition::WorstQuarter {
            told.worst_quarter.insert(measure.entry.id);
        }
        let path = all.iter().filter(|of| of.period <= latest.period).map(boxed).collect();
        told.compared.with_others.push(comparison(measure, &compared, latest, path));
    }
    Ok(told)
}

/// A long history as far as an audience sees its figures.
fn seen(measure: &Measure<'_>, judged: &Judged, audience: Audience) -> Judged {
    let state = |point: &Point| Some(judged.figures.observations.get(point.observation?)?.state);
    let mut seen = Judged { points: judged.points.clone(), ..Judged::default() };
    for point in &mut seen.points {
        if !state(point).is_none_or(|state| audience.sees_value(state)) {
            point.value = None;
        }
    }
    let until = measure.latest().map(|latest| latest.period);
    seen.points.retain(|point| Some(point.period) <= until);
    seen
}

/// None of what has too few points to be judged.
fn variation(measure: &Measure<'_>, chart: &Chart) -> Option<PackVariation> {
    let (segment, latest) = (chart.segment()?, chart.latest()?);
    if segment.basis != Basis::Judged {
        return None;
    }
    let target = measure.points.iter().rev().find(|point| point.period == latest.period).and_then(|point| point.thresholds.target);
    let (polarity, aggregation) = (measure.version.polarity.0, measure.version.aggregation.0);
    let of_additions = aggregation == Aggregation::Cumulative;
    let from = chart.points.len().saturating_sub(PERIODS);
    let limits = |at: usize| chart.segments.get(at).filter(|segment| segment.basis == Basis::Judged)?.limits;
    let points = chart.points.iter().skip(from).filter(|point| point.period <= latest.period);
    Some(PackVariation {
        code: measure.entry.code.clone(),
        variation: chart.variation(),
        // A target of the year to date says nothing of what a period adds to it.
        assurance: target.filter(|_| !of_additions).and_then(|target| chart.assurance(target, polarity)),
        points: segment.points,
        value: latest.value?,
        of_additions,
        limits: points
            .filter_map(|point| {
                let limits = limits(point.segment)?;
                Some(PackLimits { period: point.period, centre: limits.mean, lower: limits.lower, upper: limits.upper })
            })
            .collect(),
        rebased: match &segment.start {
            Start::Baseline(reason) => Some((segment.from, reason.clone())),
            Start::First | Start::DefinitionBreak => None,
        },
    })
}

fn boxed(of: &Beside) -> PackBox {
    let Beside { period, ours, comparison, .. } = of;
    PackBox {
        period: *period,
        ours: *ours,
        lowest: comparison.lowest,
        lower_quartile: comparison.lower_quartile,
        median: comparison.median,
        upper_quartile: comparison.upper_quartile,
        highest: comparison.highest,
    }
}

fn comparison(measure: &Measure<'_>, compared: &Compared, latest: &Beside, path: Vec<PackBox>) -> PackComparison {
    let of = &latest.comparison;
    let group = latest.group.as_ref().and_then(|then| compared.group(then));
    let called = |group: &crate::benchmarks::groups::Group| match &group.edition {
        Some(edition) => format!("{}, {edition}", group.title),
        None => group.title.clone(),
    };
    let without = [of.missing, of.suppressed, of.not_responsible, of.not_yet, of.abolished, of.not_comparable];
    PackComparison {
        code: measure.entry.code.clone(),
        group: group.map(called).unwrap_or_default(),
        rank: of.rank,
        of: of.of.unwrap_or_default(),
        position: of.position,
        without: without.into_iter().fold(0, u32::saturating_add),
        shared: of.shared,
        same_definition: latest.same_definition,
        source: latest.source.map(|release| source(compared, release)).unwrap_or_default(),
        path,
    }
}

/// Dataset, edition and licence of a release.
fn source(compared: &Compared, release: Uuid) -> String {
    let datasets = compared.ground.datasets.iter();
    let found = datasets.flat_map(|dataset| dataset.releases.iter().map(move |of| (&dataset.row, of))).find(|(_, of)| of.id == release);
    found.map_or_else(String::new, |(dataset, of)| format!("{}, {}: {}, {}", dataset.publisher, dataset.title, of.edition, dataset.licence))
}
