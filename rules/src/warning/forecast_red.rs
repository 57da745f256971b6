//! FORECAST_RED: the manager expects the year to end red. A forecast stands until the next one or the year's end; a red forecast of
//! another year is another warning.

use super::run::{Run, Says, runs};
use super::{Evidence, Firing, IndicatorFacts, Kind, Moment};
use crate::period::Period;
use crate::status::Colour;

pub(super) fn firings(facts: &IndicatorFacts<'_>) -> Vec<Firing> {
    let points = facts.points;
    let year_of = |period: Period| period.year_of(facts.year_basis);
    // The year of the last point that was red, while its run lasts.
    let mut running: Option<Period> = None;
    let said = points.iter().map(|point| {
        let year = year_of(point.period);
        let says = match point.year_end.status.colour {
            Colour::Red if running.is_some() && running != year => Says::SoAnew,
            Colour::Red => Says::So,
            _ if point.status.colour == Colour::NotDue => Says::Nothing,
            Colour::Green | Colour::Amber | Colour::Blue => Says::NotSo,
            _ => Says::NoFigure,
        };
        running = match says {
            Says::So | Says::SoAnew => year,
            Says::Nothing => running,
            Says::NotSo | Says::NoFigure => None,
        };
        (point.period, says)
    });
    let fire = |run: Run| {
        let (first, last) = run.ends()?;
        let (first, last) = (points.get(first)?, points.get(last)?);
        Some(Firing {
            kind: Kind::ForecastRed,
            since: Moment::Period(first.period),
            fired: Moment::Period(first.period),
            until: run.until,
            evidence: Evidence::ForecastRed {
                year: year_of(last.period)?,
                periods: run.length(),
                forecast: last.year_end.forecast,
                target: last.year_end.target,
                reason: last.year_end.status.reason.clone(),
                decimal_places: last.decimal_places,
            },
        })
    };
    runs(said).into_iter().filter_map(fire).collect()
}
