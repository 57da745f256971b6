//! How the method would have done in earlier years.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::method::{from_whole, whole};
use super::{Bounds, Forecast, YEARS_LEAST, Year};
use crate::measure::Aggregation;
use crate::period::Period;

/// An earlier year, forecast from the years before it alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// Which year.
    pub year: Period,
    /// What would have been forecast at the same point.
    pub forecast: Forecast,
    /// What it came to.
    pub outturn: Decimal,
    /// Whether that is in the interval, its ends included.
    pub within: bool,
}

/// What the trials come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackTest {
    /// Each year that had at least three before it, in order; those are few, and none where fewer than four years are known.
    pub trials: Vec<Trial>,
    /// How many of the outturns were in their interval, of all the trials.
    pub within: u32,
    /// The mean distance of forecast and outturn, in the indicator's unit; none without a trial.
    pub mean_absolute_error: Option<Decimal>,
    /// The mean distance in per cent of the outturn; none without a trial and where an outturn was 0.
    pub mean_absolute_percentage_error: Option<Decimal>,
}

/// Forecasts every earlier year that has [`YEARS_LEAST`] complete years before it, from those only. The years are those a forecast
/// would be made from: in order, the latest [`super::YEARS_MOST`].
#[must_use]
pub fn back_test(aggregation: Aggregation, years: &[Year], bounds: Bounds) -> BackTest {
    let years = whole(years);
    let trials: Vec<Trial> = (YEARS_LEAST..years.len())
        .filter_map(|index| {
            let (before, year) = (years.get(..index)?, years.get(index)?);
            let forecast = from_whole(aggregation, year.to_date, before, bounds).ok()?;
            let within = forecast.lower <= year.outturn && year.outturn <= forecast.upper;
            Some(Trial { year: year.year, forecast, outturn: year.outturn, within })
        })
        .collect();
    let errors: Option<Vec<Decimal>> =
        trials.iter().map(|trial| trial.forecast.value.checked_sub(trial.outturn).map(|error| error.abs())).collect();
    let in_percent = errors.as_ref().and_then(|errors| {
        let relative = |(error, trial): (&Decimal, &Trial)| error.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(trial.outturn.abs());
        errors.iter().zip(&trials).map(relative).collect::<Option<Vec<Decimal>>>()
    });
    BackTest {
        within: u32::try_from(trials.iter().filter(|trial| trial.within).count()).unwrap_or(u32::MAX),
        mean_absolute_error: errors.as_deref().and_then(mean),
        mean_absolute_percentage_error: in_percent.as_deref().and_then(mean),
        trials,
    }
}

fn mean(of: &[Decimal]) -> Option<Decimal> {
    let sum = of.iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(*one))?;
    sum.checked_div(of.len().into())
}
