//! The four special causes, each found over one segment's points; gaps are not among them.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::limits::Zone;
use super::{RUN, Side, SpecialCause};

/// One point as the rules see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub value: Decimal,
    /// Against the mean.
    pub side: Ordering,
    pub zone: Zone,
}

/// Points `first..=last` of the segment show a cause together; `points` of them are marked: all but for two of three, where those
/// that are near the limit are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub cause: SpecialCause,
    pub side: Side,
    pub first: usize,
    pub last: usize,
    pub points: u32,
}

/// Everything one point shows, in the order of [`SpecialCause`], and a rule at most once: of two trends that meet in a point, the
/// later; of the threes a point is among, the one that begins first.
pub(super) fn causes(points: &[Placed]) -> Vec<Vec<Found>> {
    let mut shown: Vec<Vec<Found>> = vec![Vec::new(); points.len()];
    for (index, point) in points.iter().enumerate() {
        if let (Zone::Outside, Some(side)) = (point.zone, side(point.side)) {
            shown[index].push(Found { cause: SpecialCause::Astronomical, side, first: index, last: index, points: 1 });
        }
    }
    for (first, last, side) in shifts(points) {
        mark(&mut shown, &Found { cause: SpecialCause::Shift, side, first, last, points: length(first, last) });
    }
    for (first, last, side) in trends(points) {
        mark(&mut shown, &Found { cause: SpecialCause::Trend, side, first, last, points: length(first, last) });
    }
    two_of_three(points, &mut shown);
    for signals in &mut shown {
        signals.sort_by_key(|found| found.cause);
    }
    shown
}

const fn side(side: Ordering) -> Option<Side> {
    match side {
        Ordering::Greater => Some(Side::High),
        Ordering::Less => Some(Side::Low),
        Ordering::Equal => None,
    }
}

fn length(first: usize, last: usize) -> u32 {
    u32::try_from(last - first + 1).unwrap_or(u32::MAX)
}

/// Marks all the points of a run. One that shows this cause already is at the end of the run before, and now begins this one.
fn mark(shown: &mut [Vec<Found>], found: &Found) {
    for signals in &mut shown[found.first..=found.last] {
        signals.retain(|earlier| earlier.cause != found.cause);
        signals.push(*found);
    }
}

/// The longest stretches of [`RUN`] or more points strictly on one side of the mean.
fn shifts(points: &[Placed]) -> Vec<(usize, usize, Side)> {
    let mut found = Vec::new();
    let mut from = 0;
    for stretch in points.chunk_by(|a, b| a.side == b.side) {
        if let Some(on) = side(stretch[0].side).filter(|_| stretch.len() >= RUN) {
            found.push((from, from + stretch.len() - 1, on));
        }
        from += stretch.len();
    }
    found
}

/// The longest stretches of [`RUN`] or more points that only rise or only fall. Where a rise turns into a fall, the point at the
/// top is the last of the one and the first of the other.
fn trends(points: &[Placed]) -> Vec<(usize, usize, Side)> {
    let mut found = Vec::new();
    let mut from = 0;
    while from + 1 < points.len() {
        let step = |at: usize| side(points[at + 1].value.cmp(&points[at].value));
        let this = step(from);
        let mut until = from + 1;
        while until + 1 < points.len() && step(until) == this {
            until += 1;
        }
        if let Some(this) = this.filter(|_| until - from + 1 >= RUN) {
            found.push((from, until, this));
        }
        from = until;
    }
    found
}

fn two_of_three(points: &[Placed], shown: &mut [Vec<Found>]) {
    for (first, three) in points.windows(3).enumerate() {
        let near = || (first..).zip(three).filter(|(_, point)| point.zone == Zone::Outer).map(|(index, _)| index);
        let (Some(on), Some(start), Some(end)) = (side(three[0].side), near().next(), near().last()) else { continue };
        let marked = near().count();
        if marked < 2 || three.iter().any(|point| point.side != three[0].side) {
            continue;
        }
        let found =
            Found { cause: SpecialCause::TwoOfThree, side: on, first: start, last: end, points: u32::try_from(marked).unwrap_or(3) };
        for index in near() {
            if !shown[index].iter().any(|earlier| earlier.cause == SpecialCause::TwoOfThree) {
                shown[index].push(found);
            }
        }
    }
}
