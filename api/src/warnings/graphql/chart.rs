//! An indicator's figures as a process, and what its history says of the year's end.

use async_graphql::{Enum, ID, SimpleObject};
use rules::measure::{Aggregation, Polarity};
use rules::series::Point;
use rules::spc::{Chart, ChartPoint, Segment, Start};

use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{DateTime, Decimal, Period};
use crate::warnings::store::BaselineEntry;

/// A sign that something other than chance is at work.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::spc::SpecialCause")]
pub enum SpecialCause {
    /// A point outside the limits.
    Astronomical,
    /// Seven or more points in a row on one side of the centre line.
    Shift,
    /// Seven or more points in a row rising, or falling.
    Trend,
    /// Two of three points in a row beyond two thirds of the way to a limit.
    TwoOfThree,
}

/// What a point says of its process.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::spc::Variation")]
pub enum Variation {
    /// Nothing but chance.
    CommonCause,
    /// A special cause: higher, which is better.
    ImprovementHigh,
    /// A special cause: lower, which is better.
    ImprovementLow,
    /// A special cause: higher, which is worse.
    ConcernHigh,
    /// A special cause: lower, which is worse.
    ConcernLow,
    /// A special cause: higher, where neither way is better.
    NeitherHigh,
    /// A special cause: lower, where neither way is better.
    NeitherLow,
    /// Not judged: fewer than twelve points.
    TooFewPoints,
    /// Not judged: there is no figure.
    NoFigure,
}

/// Whether a process stays on target by itself.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::spc::Assurance")]
pub enum Assurance {
    /// It does.
    ConsistentlyPassing,
    /// It misses it unless it is changed.
    ConsistentlyFailing,
    /// It is met or missed by chance.
    HitOrMiss,
}

/// What the points of a segment are enough for.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::spc::Basis")]
pub enum ChartBasis {
    /// Twelve points or more: limits and judgements.
    Judged,
    /// Eight to eleven: trial limits and no judgement.
    Trial,
    /// Seven or fewer.
    TooFewPoints,
    /// Figures too large to be worked with exactly.
    TooLarge,
}

/// Why a segment begins where it does.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
pub enum SegmentStart {
    /// With the first figure there is.
    First,
    /// A new baseline was set: `reason` says why.
    Baseline,
    /// The indicator's definition changed.
    DefinitionBreak,
}

/// A decision that limits are taken anew from a period on.
#[derive(SimpleObject, Clone)]
pub struct ControlBaseline {
    /// Opaque id, for `controlBaselineWithdraw`.
    id: ID,
    /// The first period of the new process.
    from: Period,
    /// What changed then.
    reason: String,
    /// When it was decided.
    recorded_at: DateTime,
    /// By whom.
    recorded_by: String,
}

impl From<&BaselineEntry> for ControlBaseline {
    fn from(of: &BaselineEntry) -> Self {
        Self {
            id: id::id(Kind::ControlBaseline, of.id),
            from: Period(of.from),
            reason: of.reason.clone(),
            recorded_at: DateTime(of.recorded_at),
            recorded_by: of.by.clone(),
        }
    }
}

/// One period on the chart.
#[derive(SimpleObject)]
pub struct ControlPoint {
    /// Which.
    period: Period,
    /// The figure; null is a gap. Of a cumulative indicator: what the period added.
    value: Option<Decimal>,
    /// The centre line of its segment: the mean. Null where there are fewer than eight points.
    centre: Option<Decimal>,
    /// The lower limit: the mean less 2.66 times the mean moving range.
    lower: Option<Decimal>,
    /// The upper limit.
    upper: Option<Decimal>,
    /// The special causes it shows.
    causes: Vec<SpecialCause>,
    /// What it says of the process.
    variation: Variation,
    /// Why, in words: one for each cause.
    because: Vec<String>,
}

/// A stretch of one process: its centre line and limits are its own.
#[derive(SimpleObject)]
pub struct ControlSegment {
    /// Its first period.
    from: Period,
    /// Its last.
    until: Period,
    /// Figures in it.
    points: u32,
    /// Periods without one.
    gaps: u32,
    /// What they are enough for.
    basis: ChartBasis,
    /// Why it begins there.
    start: SegmentStart,
    /// Why a baseline was set, where one was.
    reason: Option<String>,
    /// All of it in words.
    words: String,
    /// The mean; null where there are fewer than eight points.
    centre: Option<Decimal>,
    /// The lower limit.
    lower: Option<Decimal>,
    /// The upper limit.
    upper: Option<Decimal>,
}

/// An indicator's figures as a process (an XmR chart): which changes are more than chance.
#[derive(SimpleObject)]
pub struct ControlChart {
    /// The last periods asked for, the earliest first. They are judged by the whole history, ten years of months at most.
    points: Vec<ControlPoint>,
    /// The stretches of the whole history, the earliest first.
    segments: Vec<ControlSegment>,
    /// Periods of the whole history without a figure.
    gaps: u32,
    /// What the latest figure says.
    variation: Variation,
    /// The same in words.
    variation_words: String,
    /// Whether the process stays on the latest target by itself; null where there is no target, no direction, or too few points.
    assurance: Option<Assurance>,
    /// The same in words.
    assurance_words: Option<String>,
    /// Why nothing is judged; null where it is.
    too_few_points: Option<String>,
    /// Whether large moving ranges are left out of the limits: they are not.
    outliers_screened: bool,
    /// From when limits are taken anew, the earliest first.
    baselines: Vec<ControlBaseline>,
}

impl ControlChart {
    /// Of a chart of the whole history: its last points.
    pub fn of(
        chart: &Chart,
        points: &[Point],
        (polarity, aggregation): (Polarity, Aggregation),
        set: &[BaselineEntry],
        last: usize,
    ) -> Self {
        let places = points.last().map_or(0, |point| point.decimal_places);
        let target = points.iter().rev().find(|point| point.value.is_some()).and_then(|point| point.thresholds.target);
        // What is aimed at is the year to date; what is charted is what each period added.
        let target = target.filter(|_| aggregation != Aggregation::Cumulative);
        let assurance = target.and_then(|target| Some((target, chart.assurance(target, polarity)?)));
        let limits = chart.segment().and_then(|segment| segment.limits);
        let judged = chart.segment().is_some_and(|segment| segment.basis == rules::spc::Basis::Judged);
        let shown = chart.points.len().saturating_sub(last);
        Self {
            points: chart.points.iter().skip(shown).map(|point| ControlPoint::of(chart, point, places)).collect(),
            segments: chart.segments.iter().map(Into::into).collect(),
            gaps: chart.gaps,
            variation: chart.variation().into(),
            variation_words: chart.variation().words().to_owned(),
            assurance: assurance.map(|(_, assurance)| assurance.into()),
            assurance_words: assurance.zip(limits).map(|((target, assurance), limits)| assurance.because(&limits, target, places)),
            too_few_points: (!judged).then(|| chart.segment().map_or_else(|| "There is no figure.".to_owned(), Segment::words)),
            outliers_screened: false,
            baselines: set.iter().map(Into::into).collect(),
        }
    }
}

impl ControlPoint {
    fn of(chart: &Chart, point: &ChartPoint, places: u32) -> Self {
        let limits = chart.segments.get(point.segment).and_then(|segment| segment.limits);
        let shown = |value: rust_decimal::Decimal| Decimal(value.normalize());
        Self {
            period: Period(point.period),
            value: point.value.map(Decimal),
            centre: limits.map(|limits| shown(limits.mean)),
            lower: limits.map(|limits| shown(limits.lower)),
            upper: limits.map(|limits| shown(limits.upper)),
            causes: point.signals.iter().map(|signal| signal.cause.into()).collect(),
            variation: point.variation.into(),
            because: chart.because(point, places),
        }
    }
}

impl From<&Segment> for ControlSegment {
    fn from(of: &Segment) -> Self {
        let (start, reason) = match &of.start {
            Start::First => (SegmentStart::First, None),
            Start::Baseline(reason) => (SegmentStart::Baseline, Some(reason.clone())),
            Start::DefinitionBreak => (SegmentStart::DefinitionBreak, None),
        };
        let shown = |value: rust_decimal::Decimal| Decimal(value.normalize());
        Self {
            from: Period(of.from),
            until: Period(of.until),
            points: of.points,
            gaps: of.gaps,
            basis: of.basis.into(),
            start,
            reason,
            words: of.words(),
            centre: of.limits.map(|limits| shown(limits.mean)),
            lower: of.limits.map(|limits| shown(limits.lower)),
            upper: of.limits.map(|limits| shown(limits.upper)),
        }
    }
}
