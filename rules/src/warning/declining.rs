//! DECLINING: worse than the one before, so many periods running. Staying the same ends the run.
//!
//! Cumulative figures are held against the same period last year: against the month before they could only rise (`domain.md` §5.5).

use super::run::{Run, Says, runs};
use super::{Evidence, FIGURES_MOST, Figure, Firing, IndicatorFacts, Kind, Moment, Parameters};
use crate::measure::Aggregation;
use crate::series::Point;
use crate::status::Colour;
use crate::travel::Direction;

pub(super) fn firings(parameters: &Parameters, facts: &IndicatorFacts<'_>) -> Vec<Firing> {
    let points = facts.points;
    let on_last_year = facts.aggregation == Aggregation::Cumulative;
    let fire = |run: Run| {
        let (first, last) = run.ends()?;
        let fired = run.reached(parameters.at_least("periods"))?;
        let latest = points.get(last)?;
        // The figure the first of them was held against stands before it, where it is the period before.
        let whole = run.places.len() < FIGURES_MOST && !on_last_year;
        let before = first.checked_sub(1).filter(|_| whole).and_then(|before| points.get(before));
        let shown = run.latest(FIGURES_MOST).iter().filter_map(|place| points.get(*place));
        Some(Firing {
            kind: Kind::Declining,
            since: Moment::Period(points.get(first)?.period),
            fired: Moment::Period(points.get(fired)?.period),
            until: run.until,
            evidence: Evidence::Declining {
                periods: run.length(),
                figures: before.into_iter().chain(shown).map(Figure::of).collect(),
                on_last_year,
                decimal_places: latest.decimal_places,
            },
        })
    };
    runs(points.iter().map(|point| (point.period, says(point, on_last_year)))).into_iter().filter_map(fire).collect()
}

fn says(point: &Point, on_last_year: bool) -> Says {
    if point.status.colour == Colour::NotDue && point.value.is_none() {
        return Says::Nothing;
    }
    match if on_last_year { point.travel.on_same_period_last_year } else { point.travel.on_previous_period } {
        Direction::Declined => Says::So,
        Direction::Improved | Direction::Same | Direction::Up | Direction::Down => Says::NotSo,
        Direction::NotComparable => Says::NoFigure,
    }
}
