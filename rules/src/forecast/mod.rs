//! A forecast of the year end from the indicator's own history, beside the one its manager gives.
//!
//! Simple on purpose, so that it can be told in a sentence and worked out again in a spreadsheet: in earlier years of the same
//! definition, how did the year's outturn stand to the year to date at this point?
//!
//! - SUM and CUMULATIVE, where all the figures are positive: the mean of the **ratios** of outturn to year to date, times the year to
//!   date now.
//! - MEAN, RATIO and LATEST, or where any figure is not positive: the mean of the **differences** of outturn and year to date, added to
//!   the year to date now.
//!
//! The interval is the 80% prediction interval of one further observation: with n ratios (or differences) of mean m and sample standard
//! deviation s it is m ± t·s·√(1 + 1/n), t being Student's with n − 1 degrees of freedom (the interval R's
//! `predict(lm(y ~ 1), interval = "prediction", level = 0.8)` gives). It supposes that earlier years are alike and that nothing has been
//! changed since; it does not know what the manager knows.
//!
//! The method is tested on the past beside every forecast: each earlier year that had enough years before it is forecast from those
//! alone ([`BackTest`]).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::closed_set;
use crate::period::Period;

mod back_test;
mod history;
mod method;
mod root;
mod student;
#[cfg(test)]
mod tests;
mod words;

pub use back_test::{BackTest, Trial, back_test};
pub use history::{History, history, needed_from, of_series};
pub use method::forecast;

/// Complete earlier years a forecast needs.
pub const YEARS_LEAST: usize = 3;
/// Earlier years that are looked at, the latest: what was longer ago says little of now.
pub const YEARS_MOST: usize = 10;

/// An earlier year that is complete, and how it stood at the same point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Year {
    /// Which year.
    pub year: Period,
    /// The year to date up to the same months; none where a period was missing.
    pub to_date: Option<Decimal>,
    /// What the whole year came to; none where a period was missing.
    pub outturn: Option<Decimal>,
}

closed_set! {
    /// How the year to date is carried to the year end.
    Method {
        /// Times the mean ratio of outturn to year to date.
        Ratio = "RATIO", "Ratio of outturn to year to date";
        /// Plus the mean difference of outturn and year to date.
        Difference = "DIFFERENCE", "Difference of outturn and year to date";
    }
}

closed_set! {
    /// Why there is no forecast.
    Withheld {
        /// Nothing has been reported in the year.
        NoFigure = "NO_FIGURE", "Nothing has been reported for the year yet";
        /// A period of the year to date is missing.
        YearIncomplete = "YEAR_INCOMPLETE", "A period of the year so far has no figure";
        /// It is the year's last period: the outturn is known.
        YearOver = "YEAR_OVER", "The year is over: its outturn is known";
        /// Fewer than three earlier years are complete and of the same definition.
        TooFewYears = "TOO_FEW_YEARS", "Fewer than three earlier years are complete and of the same definition";
        /// Figures too large to be worked with exactly.
        TooLarge = "TOO_LARGE", "The figures are too large to be forecast";
    }
}

/// What a figure of the indicator can be: no forecast goes beyond it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bounds {
    /// The least it can be.
    pub least: Option<Decimal>,
    /// The most it can be.
    pub most: Option<Decimal>,
}

impl Bounds {
    /// 0 to 100.
    pub const PERCENT: Self = Self { least: Some(Decimal::ZERO), most: Some(Decimal::ONE_HUNDRED) };
}

/// A forecast of the year end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// What the year is expected to come to, at full precision.
    pub value: Decimal,
    /// The lower end of the 80% prediction interval.
    pub lower: Decimal,
    /// The upper end.
    pub upper: Decimal,
    /// How it was worked out.
    pub method: Method,
    /// The year to date it starts from.
    pub to_date: Decimal,
    /// The mean ratio or the mean difference.
    pub mean: Decimal,
    /// How far the interval reaches from the mean, in ratios or differences: t·s·√(1 + 1/n).
    pub reach: Decimal,
    /// The years it was worked out from, in order.
    pub years: Vec<Period>,
    /// The least the figure can be, where the forecast or its interval passed it and was cut off there.
    pub cut_at_least: Option<Decimal>,
    /// The most the figure can be, where the same.
    pub cut_at_most: Option<Decimal>,
}
