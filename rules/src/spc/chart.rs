//! Making a [`Chart`]: the readings cut into segments, each with its limits and special causes.

use rust_decimal::Decimal;

use super::causes::{Found, Placed, causes};
use super::limits::{Process, range};
use super::{
    Baseline, Basis, Chart, ChartPoint, Limits, POINTS_LEAST, POINTS_TRIAL, Reading, Segment, Side, Signal, SpecialCause, Start, Variation,
};
use crate::aggregate::rounded;
use crate::measure::Polarity;
use crate::period::Period;

/// The chart of readings in ascending order of period. Baselines and breaks may be in any order; one that begins before the first
/// reading or after the last cuts nothing off. Where a baseline is set at a break, the baseline's reason is told; of two baselines
/// of one period, the last given.
#[must_use]
pub fn chart(readings: &[Reading], baselines: &[Baseline], breaks: &[Period], polarity: Polarity) -> Chart {
    let mut chart = Chart { points: Vec::with_capacity(readings.len()), segments: Vec::new(), gaps: 0 };
    let mut from = 0;
    while let Some(first) = readings.get(from) {
        let start = if from == 0 { Start::First } else { begins(first.period, readings[from - 1].period, baselines, breaks) };
        let length = readings[from..].windows(2).position(|pair| cut(pair[1].period, pair[0].period, baselines, breaks));
        let until = length.map_or(readings.len(), |length| from + length + 1);
        chart.add(&readings[from..until], start, polarity);
        from = until;
    }
    chart
}

/// Whether something that cuts begins after one reading and no later than the next.
fn between(from: Period, before: Period, now: Period) -> bool {
    before.start() < from.start() && from.start() <= now.start()
}

fn cut(now: Period, before: Period, baselines: &[Baseline], breaks: &[Period]) -> bool {
    baselines.iter().map(|baseline| &baseline.from).chain(breaks).any(|from| between(*from, before, now))
}

fn begins(now: Period, before: Period, baselines: &[Baseline], breaks: &[Period]) -> Start {
    let mut set = baselines.iter().filter(|baseline| between(baseline.from, before, now));
    let latest =
        set.next().map(|first| set.fold(first, |latest, next| if next.from.start() >= latest.from.start() { next } else { latest }));
    match latest {
        Some(baseline) => Start::Baseline(baseline.reason.clone()),
        None if breaks.iter().any(|from| between(*from, before, now)) => Start::DefinitionBreak,
        None => Start::First,
    }
}

impl Chart {
    fn add(&mut self, readings: &[Reading], start: Start, polarity: Polarity) {
        let (Some(first), Some(last)) = (readings.first(), readings.last()) else { return };
        let reported: Vec<(Period, Decimal)> = readings.iter().filter_map(|r| Some((r.period, r.value?))).collect();
        let count = u32::try_from(reported.len()).unwrap_or(u32::MAX);
        let gaps = u32::try_from(readings.len() - reported.len()).unwrap_or(u32::MAX);
        let (basis, limits, shown) = judged(&reported, count);
        let mut shown = shown.into_iter();
        let mut before = None;
        for reading in readings {
            let found = if reading.value.is_some() { shown.next().unwrap_or_default() } else { Vec::new() };
            let variation = match reading.value {
                None => Variation::NoFigure,
                Some(_) if basis != Basis::Judged => Variation::TooFewPoints,
                Some(_) => went(&found).map_or(Variation::CommonCause, |side| said(side, polarity)),
            };
            let moving_range = before.zip(reading.value).and_then(|(before, now)| range(before, now));
            before = reading.value.or(before);
            self.points.push(ChartPoint {
                period: reading.period,
                value: reading.value,
                segment: self.segments.len(),
                moving_range,
                signals: found.iter().map(|found| signal(found, &reported)).collect(),
                variation,
            });
        }
        self.gaps = self.gaps.saturating_add(gaps);
        self.segments.push(Segment { from: first.period, until: last.period, start, points: count, gaps, basis, limits });
    }

    /// The latest reading that has a figure.
    #[must_use]
    pub fn latest(&self) -> Option<&ChartPoint> {
        self.points.iter().rfind(|point| point.value.is_some())
    }

    /// What the latest figure says of the process; TOO_FEW_POINTS or NO_FIGURE where it says nothing.
    #[must_use]
    pub fn variation(&self) -> Variation {
        self.latest().map_or(Variation::NoFigure, |point| point.variation)
    }

    /// The segment of the latest figure.
    #[must_use]
    pub fn segment(&self) -> Option<&Segment> {
        self.segments.get(self.latest()?.segment)
    }
}

/// Decimals a process is worked out at. A value derived from a numerator and a denominator has as many as a decimal holds, and sums of
/// such are rounded: a third twelve times over would not be twelve thirds, and a series that never moved would lie off its own mean.
const PLACES: u32 = 10;

/// Limits from eight points on, special causes of each point from twelve on.
fn judged(reported: &[(Period, Decimal)], count: u32) -> (Basis, Option<Limits>, Vec<Vec<Found>>) {
    if count < POINTS_TRIAL {
        return (Basis::TooFewPoints, None, Vec::new());
    }
    let values: Vec<Decimal> = reported.iter().map(|(_, value)| rounded(*value, PLACES)).collect();
    let whole = Process::of(&values).and_then(|process| {
        let placed = values.iter().map(|value| {
            let (side, zone) = process.place(*value)?;
            Some(Placed { value: *value, side, zone })
        });
        Some((process.limits()?, placed.collect::<Option<Vec<_>>>()?))
    });
    match whole {
        None => (Basis::TooLarge, None, Vec::new()),
        Some((limits, _)) if count < POINTS_LEAST => (Basis::Trial, Some(limits), Vec::new()),
        Some((limits, placed)) => (Basis::Judged, Some(limits), causes(&placed)),
    }
}

/// Which way a point that shows these causes went.
fn went(found: &[Found]) -> Option<Side> {
    const ORDER: [SpecialCause; 4] = [SpecialCause::Astronomical, SpecialCause::Trend, SpecialCause::TwoOfThree, SpecialCause::Shift];
    ORDER.iter().find_map(|cause| found.iter().find(|one| one.cause == *cause)).map(|one| one.side)
}

const fn said(side: Side, polarity: Polarity) -> Variation {
    match (polarity, side) {
        (Polarity::HigherIsBetter, Side::High) => Variation::ImprovementHigh,
        (Polarity::HigherIsBetter, Side::Low) => Variation::ConcernLow,
        (Polarity::LowerIsBetter, Side::High) => Variation::ConcernHigh,
        (Polarity::LowerIsBetter, Side::Low) => Variation::ImprovementLow,
        (Polarity::None | Polarity::WithinRange, Side::High) => Variation::NeitherHigh,
        (Polarity::None | Polarity::WithinRange, Side::Low) => Variation::NeitherLow,
    }
}

fn signal(found: &Found, reported: &[(Period, Decimal)]) -> Signal {
    let (from, until) = (reported[found.first].0, reported[found.last].0);
    Signal { cause: found.cause, side: found.side, from, until, points: found.points }
}
