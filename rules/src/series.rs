//! One indicator through time, judged: the only place where values, targets and rules meet.
//!
//! The scorecard, the pack, the template and the warnings all show [`Point`]s made by [`Series::points`], so they
//! cannot disagree.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::measure::{Absence, Aggregation, Frequency, Polarity, Purpose, ValueState, YearBasis};
use crate::period::Period;
use crate::status::{Status, StatusRule, Thresholds};

mod points;
#[cfg(test)]
mod tests;

use crate::travel::Travel;
pub use points::{needed_from, shown_from};

/// What judging needs to know of one version of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// 1, 2, …
    pub version: u32,
    /// First period under this version; none for the first.
    pub applies_from: Option<Period>,
    /// OPERATIONAL or CONTEXTUAL.
    pub purpose: Purpose,
    /// Which way is better.
    pub polarity: Polarity,
    /// How often it is due.
    pub frequency: Frequency,
    /// Which year.
    pub year_basis: YearBasis,
    /// How a year to date is made.
    pub aggregation: Aggregation,
    /// Decimals shown and judged at.
    pub decimal_places: u32,
    /// Numerator over denominator is multiplied by this.
    pub multiplier: Decimal,
    /// Days after a period's end until a value is owed.
    pub data_lag_days: u32,
}

/// One value, or a stated absence, as it reads at the instant asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// For which period.
    pub period: Period,
    /// Under which version of the definition it was reported.
    pub definition_version: u32,
    /// The value; where only numerator and denominator are given it is derived.
    pub value: Option<Decimal>,
    /// Above the line.
    pub numerator: Option<Decimal>,
    /// Below the line.
    pub denominator: Option<Decimal>,
    /// Why there is none.
    pub absence: Option<Absence>,
    /// How firm it is.
    pub state: ValueState,
    /// What the manager expects the year to end on.
    pub forecast: Option<Decimal>,
}

/// What is aimed at, for a year (flat) or for one period (profile).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// A year or one of the indicator's own periods.
    pub period: Period,
    /// Target and levels.
    pub thresholds: Thresholds,
}

/// Everything about one indicator that judging needs. Slices are in ascending order of period or day.
#[derive(Debug, Clone, Copy)]
pub struct Series<'a> {
    /// Versions of the definition, at least one.
    pub definitions: &'a [Definition],
    /// Values from the day [`needed_from`] gives until the last point asked for.
    pub observations: &'a [Observation],
    /// Targets of the same span.
    pub targets: &'a [Target],
    /// The indicator's own rules if it has any, otherwise the framework's.
    pub rules: &'a [StatusRule],
    /// The day the question is asked, from which "due" follows.
    pub today: NaiveDate,
}

/// The judgement of the year end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearEnd {
    /// What is expected, if anybody said.
    pub forecast: Option<Decimal>,
    /// The year's own target, never the sum of the periods' targets (§5.6).
    pub target: Option<Decimal>,
    /// The forecast against that target, NOT_APPLICABLE when there is no forecast.
    pub status: Status,
}

/// The year to date, and how much of it there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearToDate {
    /// The figure; none while nothing was reported or the aggregation cannot be worked out.
    pub value: Option<Decimal>,
    /// Whether every period expected so far was reported.
    pub complete: bool,
    /// Periods of the year up to and including this one.
    pub expected: u32,
    /// How many of them have a value.
    pub reported: u32,
}

/// One period of one indicator as everybody is shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The period.
    pub period: Period,
    /// Index into [`Series::observations`] of the observation shown, if there is one.
    pub observation: Option<usize>,
    /// The value at full precision; show it at `decimal_places`.
    pub value: Option<Decimal>,
    /// Why there is none.
    pub absence: Option<Absence>,
    /// Above the line.
    pub numerator: Option<Decimal>,
    /// Below the line.
    pub denominator: Option<Decimal>,
    /// Decimals to show.
    pub decimal_places: u32,
    /// What the value was judged against.
    pub thresholds: Thresholds,
    /// The judgement.
    pub status: Status,
    /// The judgement of the year end.
    pub year_end: YearEnd,
    /// Better or worse than before.
    pub travel: Travel,
    /// The year so far.
    pub year_to_date: YearToDate,
    /// The value was given with a numerator and a denominator that do not make it at shown precision (§5.3).
    pub disagrees: bool,
}
