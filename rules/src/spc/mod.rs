//! Statistical process control: XmR charts by the conventions of NHS England's *Making Data Count* (`domain.md` §5.9).
//!
//! The figures of one indicator in order make a [`Chart`]: a mean, limits on either side of it, and for each point whether
//! it is what the process does by itself (common cause) or a sign that something changed (special cause).
//!
//! What is decided here, and after whom:
//!
//! - **Mean and limits** are of one segment: all its points as they are now, not the first twelve alone. The limits are the
//!   mean ± 2.66 × the mean moving range. A moving range is the distance between two points reported one after the other;
//!   the first point of a segment has none. Large ranges are not screened out of their mean: the NHS's own Excel tools do
//!   not, the R package `NHSRplotthedots` does unless told otherwise (its vignette "Deviations from Excel defaults").
//! - **Gaps** are passed over and counted: the points on either side of one follow each other, in ranges and in runs.
//! - **Special causes** are those of `NHSRplotthedots` 0.2.2, see [`SpecialCause`]. No run goes on from one segment into the
//!   next. Which way a point went, where it shows several, follows the first of: outside the limits, trend, two of three,
//!   shift.
//! - **A segment** begins with the first point, with a new [`Baseline`], and where the definition changed.
//! - **Twelve points** make a judgement. From eight on there are trial limits without one; below that, nothing.
//!
//! - **Cumulative figures** are charted by what each period added, see [`readings`].
//!
//! Comparisons with the mean and the limits are made without dividing, so that a point on a limit is on it; of figures with more than
//! ten decimals the first ten count.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::closed_set;
use crate::period::Period;

mod assurance;
mod causes;
mod chart;
mod limits;
mod readings;
#[cfg(test)]
mod tests;
mod words;

pub use assurance::{Assurance, assurance};
pub use chart::chart;
pub use readings::{breaks, readings};

/// Points a segment needs to be judged.
pub const POINTS_LEAST: u32 = 12;
/// Points a segment needs to be given trial limits.
pub const POINTS_TRIAL: u32 = 8;
/// Points in a row that make a shift or a trend.
pub const RUN: usize = 7;

/// One period's figure, or that there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Which period.
    pub period: Period,
    /// The figure; none is a gap.
    pub value: Option<Decimal>,
}

/// A decision that the process is a new one from a period on: mean and limits are worked out anew from there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// The first period of the new process.
    pub from: Period,
    /// Why, in the words of whoever decided it.
    pub reason: String,
}

/// Why a segment begins where it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Start {
    /// With the first reading there is.
    First,
    /// Somebody set a new baseline, for this reason.
    Baseline(String),
    /// The indicator's definition changed.
    DefinitionBreak,
}

closed_set! {
    /// What a segment's points are enough for.
    Basis {
        /// Twelve points or more: limits and judgements.
        Judged = "JUDGED", "Judged";
        /// Eight to eleven: trial limits and no judgement.
        Trial = "TRIAL", "Trial limits";
        /// Seven or fewer.
        TooFewPoints = "TOO_FEW_POINTS", "Too few points";
        /// Figures too large to be worked with exactly.
        TooLarge = "TOO_LARGE", "Figures too large";
    }
}

/// Where a process runs and how far it strays by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The centre line.
    pub mean: Decimal,
    /// The mean of the moving ranges.
    pub mean_moving_range: Decimal,
    /// Mean less 2.66 mean moving ranges.
    pub lower: Decimal,
    /// Mean plus 2.66 mean moving ranges.
    pub upper: Decimal,
    /// Two thirds of the way from the mean to the lower limit.
    pub lower_near: Decimal,
    /// Two thirds of the way from the mean to the upper limit.
    pub upper_near: Decimal,
}

/// A stretch of one process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Its first reading.
    pub from: Period,
    /// Its last reading.
    pub until: Period,
    /// Why it begins there.
    pub start: Start,
    /// Readings with a figure.
    pub points: u32,
    /// Readings without.
    pub gaps: u32,
    /// What the points are enough for.
    pub basis: Basis,
    /// Mean and limits; none with too few points.
    pub limits: Option<Limits>,
}

closed_set! {
    /// A sign that something other than chance is at work.
    SpecialCause {
        /// A point outside the limits; one on a limit is not.
        Astronomical = "ASTRONOMICAL", "Outside the limits";
        /// Seven or more points in a row strictly on one side of the mean; a point on the mean ends the run.
        Shift = "SHIFT", "Run on one side of the mean";
        /// Seven or more points in a row, each above the one before it, or each below: six steps, the first point being
        /// one of the seven. Two equal points end the run.
        Trend = "TREND", "Run rising or falling";
        /// Of three points in a row, all on one side of the mean, at least two in the outer third: further than two thirds
        /// of the way to the limit and not outside it. Those two or three are marked, the third between or beside them is
        /// not.
        TwoOfThree = "TWO_OF_THREE", "Two of three near a limit";
    }
}

closed_set! {
    /// Which way a special cause went.
    Side {
        /// Above the mean, or rising.
        High = "HIGH", "Higher";
        /// Below the mean, or falling.
        Low = "LOW", "Lower";
    }
}

/// One special cause a point shows, and the points that show it together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signal {
    /// Which.
    pub cause: SpecialCause,
    /// Which way.
    pub side: Side,
    /// The first of the points that show it.
    pub from: Period,
    /// The last of them.
    pub until: Period,
    /// How many they are: 1 outside the limits, all of a run, two or three near a limit.
    pub points: u32,
}

closed_set! {
    /// What a point says of its process, by polarity. HIGH and LOW are which way it went.
    Variation {
        /// Nothing but chance.
        CommonCause = "COMMON_CAUSE", "Common cause";
        /// Higher, which is better.
        ImprovementHigh = "IMPROVEMENT_HIGH", "Special cause, improvement (higher)";
        /// Lower, which is better.
        ImprovementLow = "IMPROVEMENT_LOW", "Special cause, improvement (lower)";
        /// Higher, which is worse.
        ConcernHigh = "CONCERN_HIGH", "Special cause, concern (higher)";
        /// Lower, which is worse.
        ConcernLow = "CONCERN_LOW", "Special cause, concern (lower)";
        /// Higher, where neither way is better (NONE, and WITHIN_RANGE, whose better is not a direction).
        NeitherHigh = "NEITHER_HIGH", "Special cause (higher)";
        /// Lower, where neither way is better.
        NeitherLow = "NEITHER_LOW", "Special cause (lower)";
        /// Not judged: fewer than twelve points in the segment.
        TooFewPoints = "TOO_FEW_POINTS", "Too few points";
        /// Not judged: there is no figure.
        NoFigure = "NO_FIGURE", "No figure";
    }
}

/// One reading on the chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartPoint {
    /// Which period.
    pub period: Period,
    /// The figure.
    pub value: Option<Decimal>,
    /// Index into [`Chart::segments`].
    pub segment: usize,
    /// How far it is from the point before it; none for a gap and for a segment's first point.
    pub moving_range: Option<Decimal>,
    /// The special causes it shows, in the order of [`SpecialCause`]; empty where it shows none or nothing is judged.
    pub signals: Vec<Signal>,
    /// What it says.
    pub variation: Variation,
}

/// An indicator's figures as a process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// Each reading, in the order given.
    pub points: Vec<ChartPoint>,
    /// The stretches they fall into, in order.
    pub segments: Vec<Segment>,
    /// Readings without a figure, of all segments.
    pub gaps: u32,
}
