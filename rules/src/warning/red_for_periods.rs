//! RED_FOR_PERIODS: red for so many periods running.

use super::run::{Says, runs};
use super::{Evidence, FIGURES_MOST, Figure, Firing, IndicatorFacts, Kind, Moment, Parameters};
use crate::series::Point;
use crate::status::Colour;

pub(super) fn firings(parameters: &Parameters, facts: &IndicatorFacts<'_>) -> Vec<Firing> {
    let points = facts.points;
    let fire = |run: super::run::Run| {
        let (first, last) = run.ends()?;
        let fired = run.reached(parameters.at_least("periods"))?;
        let latest = points.get(last)?;
        Some(Firing {
            kind: Kind::RedForPeriods,
            since: Moment::Period(points.get(first)?.period),
            fired: Moment::Period(points.get(fired)?.period),
            until: run.until,
            evidence: Evidence::RedForPeriods {
                periods: run.length(),
                figures: run.latest(FIGURES_MOST).iter().filter_map(|place| points.get(*place)).map(Figure::of).collect(),
                reason: latest.status.reason.clone(),
                decimal_places: latest.decimal_places,
            },
        })
    };
    runs(points.iter().map(|point| (point.period, says(point)))).into_iter().filter_map(fire).collect()
}

const fn says(point: &Point) -> Says {
    match point.status.colour {
        Colour::Red => Says::So,
        Colour::Green | Colour::Amber | Colour::Blue => Says::NotSo,
        Colour::NotDue => Says::Nothing,
        Colour::NoData | Colour::Suppressed | Colour::NoTarget | Colour::NotApplicable => Says::NoFigure,
    }
}
