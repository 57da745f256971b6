//! What an indicator's own history says of the year's end, beside what its manager says.

use async_graphql::{Enum, SimpleObject};
use rules::forecast::{BackTest, Forecast, Withheld};

use crate::graphql::scalars::{Decimal, Period};

/// How the year to date is carried to the year end.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::forecast::Method")]
pub enum ForecastMethod {
    /// Times the mean ratio of outturn to year to date in earlier years.
    Ratio,
    /// Plus the mean difference of outturn and year to date in earlier years.
    Difference,
}

/// Why there is no forecast.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::forecast::Withheld")]
pub enum ForecastWithheld {
    /// Nothing was reported in the year.
    NoFigure,
    /// A period of the year to date is missing.
    YearIncomplete,
    /// It is the year's last period: the outturn is known.
    YearOver,
    /// Fewer than three earlier years are complete and of the same definition.
    TooFewYears,
    /// Figures too large to be worked with exactly.
    TooLarge,
}

/// How the method would have done in earlier years, each forecast from those before it alone.
#[derive(SimpleObject)]
pub struct ForecastBackTest {
    /// The years that were tried.
    years: Vec<Period>,
    /// The mean distance of forecast and outturn, in the indicator's unit; null without a trial.
    mean_absolute_error: Option<Decimal>,
    /// The same in per cent of the outturn; null without a trial, and where an outturn was 0.
    mean_absolute_percentage_error: Option<Decimal>,
    /// How many outturns were in their interval.
    within_interval: u32,
    /// All of it in words; null without a trial.
    words: Option<String>,
}

/// What an indicator's own history says of the year's end. Statistics: `series.yearEnd.forecast` is what its manager expects, who
/// knows what history does not.
#[derive(SimpleObject)]
pub struct StatisticalForecast {
    /// The period it is seen from: the latest of the indicator's own that is due.
    period: Option<Period>,
    /// What the year is expected to come to; null with a reason.
    value: Option<Decimal>,
    /// The lower end of the 80% prediction interval.
    lower: Option<Decimal>,
    /// The upper end.
    upper: Option<Decimal>,
    /// How it was worked out.
    method: Option<ForecastMethod>,
    /// The forecast and how it was worked out, in words.
    words: Option<String>,
    /// The years it was worked out from.
    years: Vec<Period>,
    /// How the method would have done.
    back_test: ForecastBackTest,
    /// Why there is none.
    reason: Option<ForecastWithheld>,
    /// The same in words.
    reason_words: Option<String>,
}

impl StatisticalForecast {
    pub fn of((found, tested): &(Result<Forecast, Withheld>, BackTest), period: Option<rules::period::Period>, places: u32) -> Self {
        let forecast = found.as_ref().ok();
        let reason = found.as_ref().err().copied();
        let shown = |value: rust_decimal::Decimal| Decimal(value.normalize());
        Self {
            period: period.map(Period),
            value: forecast.map(|of| shown(of.value)),
            lower: forecast.map(|of| shown(of.lower)),
            upper: forecast.map(|of| shown(of.upper)),
            method: forecast.map(|of| of.method.into()),
            words: forecast.map(|of| of.words(places)),
            years: forecast.map(|of| of.years.iter().copied().map(Period).collect()).unwrap_or_default(),
            back_test: ForecastBackTest {
                years: tested.trials.iter().map(|trial| Period(trial.year)).collect(),
                mean_absolute_error: tested.mean_absolute_error.map(shown),
                mean_absolute_percentage_error: tested.mean_absolute_percentage_error.map(shown),
                within_interval: tested.within,
                words: tested.words(places),
            },
            reason: reason.map(Into::into),
            reason_words: reason.map(|why| why.words().to_owned()),
        }
    }
}
