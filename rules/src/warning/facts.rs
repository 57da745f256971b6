//! What rules read, as plain facts: whoever asks has loaded and narrowed them already.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::measure::{Aggregation, Polarity, YearBasis};
use crate::period::Period;
use crate::series::Point;
use crate::spc::Baseline;

/// What is known of one subject.
#[derive(Debug, Clone, Copy)]
pub enum Facts<'a> {
    /// Of an indicator.
    Indicator(IndicatorFacts<'a>),
    /// Of a return.
    Return(ReturnFacts),
    /// Of a risk.
    Risk(RiskFacts<'a>),
    /// Of a milestone.
    Milestone(MilestoneFacts<'a>),
}

/// An indicator through time.
#[derive(Debug, Clone, Copy)]
pub struct IndicatorFacts<'a> {
    /// As made by [`crate::series::Series::points`], in order and without a hole. More of them make a longer history; SPECIAL_CAUSE
    /// looks at the latest [`super::POINTS_MOST`].
    pub points: &'a [Point],
    /// Which way is better.
    pub polarity: Polarity,
    /// How a year to date is made: cumulative figures are held against last year's, and charted by what each period added.
    pub aggregation: Aggregation,
    /// Which year a forecast is of, and a cumulative figure.
    pub year_basis: YearBasis,
    /// New baselines of its XmR chart.
    pub baselines: &'a [Baseline],
    /// The periods from which a new definition applied: [`crate::spc::breaks`].
    pub breaks: &'a [Period],
    /// Its places in its comparator group, in order of period. Periods without one are not among them: they neither fire nor end
    /// anything, as others publish later and seldom.
    pub positions: &'a [Position],
}

/// An indicator's place in its comparator group for one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// For which period.
    pub period: Period,
    /// Whether it is in the worst quarter; none where it is not ranked.
    pub worst_quarter: Option<bool>,
    /// 1 is best; none where it is not ranked.
    pub rank: Option<u32>,
    /// How many councils were compared, this one included.
    pub counted: u32,
    /// Whether all of them count by the same definition. If not, the place says nothing here.
    pub same_definition: bool,
    /// The council's own figure.
    pub value: Option<Decimal>,
    /// Decimals it is shown at.
    pub decimal_places: u32,
}

/// One return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReturnFacts {
    /// The last day it could be submitted in time.
    pub due_on: NaiveDate,
    /// The day it was first submitted.
    pub submitted_on: Option<NaiveDate>,
    /// The day the question is asked.
    pub today: NaiveDate,
}

/// One risk.
#[derive(Debug, Clone, Copy)]
pub struct RiskFacts<'a> {
    /// Each time it was looked at, in order of day.
    pub looks: &'a [RiskLook],
}

/// A risk as it was recorded on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RiskLook {
    /// The day it was recorded.
    pub as_at: NaiveDate,
    /// Its residual score, 1 to 25; none where it was not scored.
    pub score: Option<u8>,
    /// The highest score the council is willing to bear; none where nobody has said.
    pub appetite: Option<u8>,
    /// Whether it is still looked after. A risk that occurred or was closed is no warning of what may come.
    pub open: bool,
}

/// One milestone.
#[derive(Debug, Clone, Copy)]
pub struct MilestoneFacts<'a> {
    /// The day first agreed.
    pub baseline: NaiveDate,
    /// Each time its days were told, in order of day. Before the first it was expected on its baseline.
    pub tellings: &'a [MilestoneTelling],
    /// The day the question is asked.
    pub today: NaiveDate,
}

/// A milestone's days as they were told on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MilestoneTelling {
    /// The day of telling.
    pub as_at: NaiveDate,
    /// The day then expected; the baseline where none was said.
    pub forecast: Option<NaiveDate>,
    /// The day it was reached.
    pub actual: Option<NaiveDate>,
}
