//! One forecast from the years before it.

use rust_decimal::Decimal;

use super::root::root;
use super::student::quantile;
use super::{Bounds, Forecast, Method, Withheld, YEARS_LEAST, YEARS_MOST, Year};
use crate::measure::Aggregation;
use crate::period::Period;

/// An earlier year with both its figures.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whole {
    pub year: Period,
    pub to_date: Decimal,
    pub outturn: Decimal,
}

/// The latest [`YEARS_MOST`] of the years, in order, less those without both figures.
pub(super) fn whole(years: &[Year]) -> Vec<Whole> {
    let recent = years.get(years.len().saturating_sub(YEARS_MOST)..).unwrap_or_default();
    recent.iter().filter_map(|y| Some(Whole { year: y.year, to_date: y.to_date?, outturn: y.outturn? })).collect()
}

/// The year end from the year to date now and from earlier years in order, of which the latest [`YEARS_MOST`] are looked at. The
/// year to date has to be complete, and the year not over: [`super::of_series`] sees to that.
///
/// # Errors
/// TOO_FEW_YEARS or TOO_LARGE.
pub fn forecast(aggregation: Aggregation, to_date: Decimal, years: &[Year], bounds: Bounds) -> Result<Forecast, Withheld> {
    from_whole(aggregation, to_date, &whole(years), bounds)
}

pub(super) fn from_whole(aggregation: Aggregation, to_date: Decimal, years: &[Whole], bounds: Bounds) -> Result<Forecast, Withheld> {
    if years.len() < YEARS_LEAST {
        return Err(Withheld::TooFewYears);
    }
    worked_out(aggregation, to_date, years, bounds).ok_or(Withheld::TooLarge)
}

fn method(aggregation: Aggregation, to_date: Decimal, years: &[Whole]) -> Method {
    let figures = years.iter().flat_map(|year| [year.to_date, year.outturn]).chain([to_date]);
    let adds_up = matches!(aggregation, Aggregation::Sum | Aggregation::Cumulative);
    if adds_up && figures.into_iter().all(|figure| figure > Decimal::ZERO) { Method::Ratio } else { Method::Difference }
}

fn worked_out(aggregation: Aggregation, to_date: Decimal, years: &[Whole], bounds: Bounds) -> Option<Forecast> {
    let method = method(aggregation, to_date, years);
    let steps = years.iter().map(|year| match method {
        Method::Ratio => year.outturn.checked_div(year.to_date),
        Method::Difference => year.outturn.checked_sub(year.to_date),
    });
    let (mean, reach) = interval(&steps.collect::<Option<Vec<_>>>()?)?;
    let carried = |step: Decimal| match method {
        Method::Ratio => to_date.checked_mul(step),
        Method::Difference => to_date.checked_add(step),
    };
    let (value, lower, upper) = (carried(mean)?, carried(mean.checked_sub(reach)?)?, carried(mean.checked_add(reach)?)?);
    let least = bounds.least.filter(|least| lower < *least);
    let most = bounds.most.filter(|most| upper > *most);
    let cut = |figure: Decimal| figure.max(bounds.least.unwrap_or(Decimal::MIN)).min(bounds.most.unwrap_or(Decimal::MAX));
    Some(Forecast {
        value: cut(value),
        lower: cut(lower),
        upper: cut(upper),
        method,
        to_date,
        mean,
        reach,
        years: years.iter().map(|year| year.year).collect(),
        cut_at_least: least,
        cut_at_most: most,
    })
}

/// The mean, and how far the prediction interval reaches to either side of it. Of s²·(1 + 1/n) one root is taken.
fn interval(steps: &[Decimal]) -> Option<(Decimal, Decimal)> {
    let degrees = steps.len().checked_sub(1)?;
    let count = Decimal::from(steps.len());
    let sum = steps.iter().try_fold(Decimal::ZERO, |sum, step| sum.checked_add(*step))?;
    let mean = sum.checked_div(count)?;
    let spread = steps.iter().try_fold(Decimal::ZERO, |spread, step| {
        let off = step.checked_sub(mean)?;
        spread.checked_add(off.checked_mul(off)?)
    })?;
    let further = spread.checked_div(degrees.into())?.checked_mul(count.checked_add(Decimal::ONE)?)?.checked_div(count)?;
    Some((mean, quantile(degrees)?.checked_mul(root(further)?)?))
}
