//! What a warning rests on, as data.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::period::Period;
use crate::series::Point;
use crate::spc::{Limits, Signal, Variation};
use crate::status::{Reason, Thresholds};

/// Figures kept of a run: the latest. How many there are in all is told beside them.
pub const FIGURES_MOST: usize = 12;

/// One period's figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Which period.
    pub period: Period,
    /// The figure, at full precision.
    pub value: Option<Decimal>,
    /// What was aimed at.
    pub thresholds: Thresholds,
}

impl Figure {
    pub(super) const fn of(point: &Point) -> Self {
        Self { period: point.period, value: point.value, thresholds: point.thresholds }
    }
}

/// What a warning rests on, as at the latest period or day it was so. Figures are at full precision, beside the places they are
/// shown at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Evidence {
    /// RED_FOR_PERIODS.
    RedForPeriods {
        /// How many periods it has been red.
        periods: u32,
        /// The latest of them, in order.
        figures: Vec<Figure>,
        /// Why the last of them is red.
        reason: Reason,
        /// Decimals shown.
        decimal_places: u32,
    },
    /// FORECAST_RED.
    ForecastRed {
        /// The year that is forecast.
        year: Period,
        /// How many periods its forecast has been red.
        periods: u32,
        /// What is expected.
        forecast: Option<Decimal>,
        /// The year's target.
        target: Option<Decimal>,
        /// Why it is red.
        reason: Reason,
        /// Decimals shown.
        decimal_places: u32,
    },
    /// DECLINING.
    Declining {
        /// How many periods it has declined.
        periods: u32,
        /// The figures, the latest, in order; the first is the one before the run where that is among them.
        figures: Vec<Figure>,
        /// Whether each is held against the same period last year, as cumulative figures are.
        on_last_year: bool,
        /// Decimals shown.
        decimal_places: u32,
    },
    /// SPECIAL_CAUSE.
    SpecialCause {
        /// The period.
        period: Period,
        /// Its figure; of a cumulative indicator, what the period added.
        value: Decimal,
        /// Which way it went.
        variation: Variation,
        /// Each special cause it shows.
        signals: Vec<Signal>,
        /// The limits known then.
        limits: Limits,
        /// Decimals shown.
        decimal_places: u32,
    },
    /// RETURN_OVERDUE.
    ReturnOverdue {
        /// The last day it could be submitted in time.
        due_on: NaiveDate,
        /// Days since then, on the day asked or the day it was submitted.
        days: u32,
    },
    /// BOTTOM_QUARTILE.
    BottomQuartile {
        /// The period.
        period: Period,
        /// The council's own figure.
        value: Option<Decimal>,
        /// Its rank; 1 is best.
        rank: Option<u32>,
        /// Of how many.
        counted: u32,
        /// Decimals shown.
        decimal_places: u32,
    },
    /// RISK_ABOVE_APPETITE.
    RiskAboveAppetite {
        /// When it was last recorded so.
        as_at: NaiveDate,
        /// Its residual score.
        score: u8,
        /// Its appetite.
        appetite: u8,
    },
    /// MILESTONE_SLIPPED.
    MilestoneSlipped {
        /// The day agreed.
        baseline: NaiveDate,
        /// The day last expected.
        expected: NaiveDate,
        /// Days later than agreed: of the day expected or, where that is past, of the day asked or of its ending.
        days: u32,
    },
}
