//! The mean and the limits of one segment, and where a value is among them.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::Limits;

/// Three standard deviations in mean moving ranges of two: 3 / d₂ with d₂ = 1.128, rounded as every XmR chart has it
/// (Wheeler, *Understanding Variation*; NHS England, *Making Data Count*).
const SCALING: Decimal = Decimal::from_parts(266, 0, 0, false, 2);

/// How far from the mean a value is, by thirds of the way to the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// No further than two thirds of the way.
    Inner,
    /// Further, and no further than the limit.
    Outer,
    /// Past the limit.
    Outside,
}

/// The sums a segment's mean and limits are made of, kept apart so that nothing is compared after a division.
#[derive(Debug, Clone, Copy)]
pub(super) struct Process {
    points: Decimal,
    sum: Decimal,
    ranges: Decimal,
    sum_of_ranges: Decimal,
}

impl Process {
    /// Of a segment's values in order; None for fewer than two and for what does not fit.
    pub fn of(values: &[Decimal]) -> Option<Self> {
        let ranges = values.len().checked_sub(1).filter(|ranges| *ranges > 0)?;
        let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))?;
        let sum_of_ranges = values.windows(2).try_fold(Decimal::ZERO, |sum, pair| sum.checked_add(range(pair[0], pair[1])?))?;
        Some(Self { points: values.len().into(), sum, ranges: ranges.into(), sum_of_ranges })
    }

    /// The lines as they are drawn.
    pub fn limits(&self) -> Option<Limits> {
        let mean = self.sum.checked_div(self.points)?;
        let mean_moving_range = self.sum_of_ranges.checked_div(self.ranges)?;
        let reach = self.sum_of_ranges.checked_mul(SCALING)?.checked_div(self.ranges)?;
        let near = reach.checked_mul(Decimal::TWO)?.checked_div(Decimal::from(3))?;
        Some(Limits {
            mean,
            mean_moving_range,
            lower: mean.checked_sub(reach)?,
            upper: mean.checked_add(reach)?,
            lower_near: mean.checked_sub(near)?,
            upper_near: mean.checked_add(near)?,
        })
    }

    /// Which side of the mean a value is on, and how far out. Both sides of every comparison are multiplied by the numbers
    /// of points and of ranges.
    pub fn place(&self, value: Decimal) -> Option<(Ordering, Zone)> {
        let distance = value.checked_mul(self.points)?.checked_sub(self.sum)?;
        let out = distance.abs().checked_mul(self.ranges)?;
        let reach = self.sum_of_ranges.checked_mul(SCALING)?.checked_mul(self.points)?;
        let zone = if out > reach {
            Zone::Outside
        } else if out.checked_mul(Decimal::from(3))? > reach.checked_mul(Decimal::TWO)? {
            Zone::Outer
        } else {
            Zone::Inner
        };
        Some((distance.cmp(&Decimal::ZERO), zone))
    }
}

/// How far apart two points are.
pub(super) fn range(before: Decimal, now: Decimal) -> Option<Decimal> {
    now.checked_sub(before).map(|distance| distance.abs())
}
