//! Finding the years in a series. Every year to date is the one [`Series::points`] shows, so that the forecast cannot start from
//! another figure than the reader sees.

use chrono::NaiveDate;

use super::{BackTest, Bounds, Forecast, Withheld, YEARS_MOST, Year, back_test, forecast};
use crate::measure::{Aggregation, Frequency, YearBasis};
use crate::period::Period;
use crate::series::{self, Definition, Point, Series, YearToDate};

/// A year to date and the years before it at the same point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The period it is told at.
    pub period: Period,
    /// How the year to date is made.
    pub aggregation: Aggregation,
    /// The year so far.
    pub to_date: YearToDate,
    /// Whether the period is its year's last.
    pub over: bool,
    /// Earlier years in order, back to where the definition changed, [`YEARS_MOST`] at most.
    pub years: Vec<Year>,
}

/// The first day that must be loaded for [`of_series`] to see all the years it looks at.
#[must_use]
pub fn needed_from(period: Period, frequency: Frequency, basis: YearBasis) -> NaiveDate {
    let in_a_year = 12_u32.div_ceil(frequency.months()) as usize;
    series::needed_from(period, in_a_year * YEARS_MOST, frequency, basis)
}

/// What a series knows of a period's year and of the years before it. None where the series has no definition for the period, or
/// the period is none of the indicator's own.
#[must_use]
pub fn history(series: &Series<'_>, period: Period) -> Option<History> {
    let definition = in_force(series, period)?;
    let year = period.year_of(definition.year_basis)?;
    let now = at(series, period)?;
    let mut years = Vec::new();
    let mut then = (period, year);
    while years.len() < YEARS_MOST {
        let Some(back) = then.0.last_year().zip(then.1.last_year()) else { break };
        then = back;
        let Some(last) = last_of(definition, then.1) else { break };
        // The definition in force has to be this one all along: what another counted is not compared.
        if [then.0, last].iter().any(|p| in_force(series, *p).is_none_or(|d| d.version != definition.version)) {
            break;
        }
        let complete = |period| at(series, period).filter(|point| point.year_to_date.complete).and_then(|point| point.year_to_date.value);
        years.push(Year { year: then.1, to_date: complete(then.0), outturn: complete(last) });
    }
    years.reverse();
    let over = last_of(definition, year) == Some(period);
    Some(History { period, aggregation: definition.aggregation, to_date: now.year_to_date, over, years })
}

/// The year end as history has it, seen from a period of the indicator, and how the method did in earlier years.
///
/// # Errors
/// Why there is no forecast. The trials stand beside it all the same.
pub fn of_series(series: &Series<'_>, period: Period, bounds: Bounds) -> (Result<Forecast, Withheld>, BackTest) {
    match history(series, period) {
        Some(history) => (history.forecast(bounds), back_test(history.aggregation, &history.years, bounds)),
        None => (Err(Withheld::NoFigure), back_test(Aggregation::Sum, &[], bounds)),
    }
}

impl History {
    /// The forecast of it.
    ///
    /// # Errors
    /// Why there is none.
    pub fn forecast(&self, bounds: Bounds) -> Result<Forecast, Withheld> {
        if self.over {
            return Err(Withheld::YearOver);
        }
        let to_date = self.to_date.value.ok_or(if self.to_date.reported == 0 { Withheld::NoFigure } else { Withheld::TooLarge })?;
        if !self.to_date.complete {
            return Err(Withheld::YearIncomplete);
        }
        forecast(self.aggregation, to_date, &self.years, bounds)
    }
}

fn at(series: &Series<'_>, period: Period) -> Option<Point> {
    series.points(period, 1).pop().filter(|point| point.period == period)
}

/// As [`Series::points`] chooses it: the latest that applies from the period's first day or before.
fn in_force<'a>(series: &Series<'a>, period: Period) -> Option<&'a Definition> {
    series.definitions.iter().rev().find(|definition| definition.applies_from.is_none_or(|from| from.start() <= period.start()))
}

/// The last of a year's periods.
fn last_of(definition: &Definition, year: Period) -> Option<Period> {
    let holding = Period::holding(year.end(), definition.frequency, definition.year_basis)?;
    if holding.end() <= year.end() { Some(holding) } else { holding.previous() }
}
