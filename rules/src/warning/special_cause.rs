//! SPECIAL_CAUSE: the latest figure is a special cause on the worse side, by the chart of the figures known by then.
//!
//! The chart is made anew for each period from the figures up to it, since mean and limits move with every figure: a back-test that
//! used today's limits would know what nobody knew. `since` is the period in which the latest figure was first one; the run it is
//! part of may have begun earlier, which the evidence says. Of a cumulative indicator the figure is what the period added.

use super::run::{Run, Says, runs};
use super::{Evidence, Firing, IndicatorFacts, Kind, Moment, POINTS_MOST};
use crate::series::Point;
use crate::spc::{Chart, Reading, chart, readings};
use crate::status::Colour;

pub(super) fn firings(facts: &IndicatorFacts<'_>) -> Vec<Firing> {
    let points = facts.points.get(facts.points.len().saturating_sub(POINTS_MOST)..).unwrap_or_default();
    let readings = readings(points, facts.aggregation, facts.year_basis, facts.breaks);
    // What each figure was when it was the latest.
    let known: Vec<Option<Evidence>> = points.iter().enumerate().map(|(place, point)| concern(facts, &readings[..=place], point)).collect();
    let said = points.iter().zip(&readings).zip(&known).map(|((point, reading), evidence)| {
        let says = match (reading.value, evidence) {
            (Some(_), Some(_)) => Says::So,
            (Some(_), None) => Says::NotSo,
            (None, _) if point.status.colour == Colour::NotDue => Says::Nothing,
            (None, _) => Says::NoFigure,
        };
        (point.period, says)
    });
    let fire = |run: Run| {
        let (first, last) = run.ends()?;
        let since = Moment::Period(points.get(first)?.period);
        Some(Firing { kind: Kind::SpecialCause, since, fired: since, until: run.until, evidence: known.get(last)?.clone()? })
    };
    runs(said).into_iter().filter_map(fire).collect()
}

/// What the last of the readings shows, if it is a concern.
fn concern(facts: &IndicatorFacts<'_>, known: &[Reading], point: &Point) -> Option<Evidence> {
    let value = known.last()?.value?;
    let chart: Chart = chart(known, facts.baselines, facts.breaks, facts.polarity);
    let latest = chart.latest().filter(|latest| latest.variation.is_concern())?;
    Some(Evidence::SpecialCause {
        period: latest.period,
        value,
        variation: latest.variation,
        signals: latest.signals.clone(),
        limits: chart.segment()?.limits?,
        decimal_places: point.decimal_places,
    })
}
