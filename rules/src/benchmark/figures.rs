//! Figures of a group of values: mean, median, quartiles, ratio of sums. Exact, and checked: what does not fit in a
//! decimal is none.

use rust_decimal::Decimal;

use super::Part;
use crate::aggregate::derive;

/// The least number of values that quartiles are given of (§5.8).
pub(super) const QUARTILES_MIN: usize = 4;

/// The mean. None of no values.
pub(super) fn mean(values: &[Decimal]) -> Option<Decimal> {
    let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))?;
    sum.checked_div(Decimal::from(values.len()))
}

/// The value that `quarters` quarters of the way through ascending values stands at: 2 is the median.
///
/// The inclusive method: of n values the place is 1 + (n - 1) × quarters / 4, and between two values a straight line.
/// Excel's QUARTILE.INC, R's type 7, numpy's "linear" (Hyndman and Fan 1996, definition 7).
pub(super) fn quartile(ascending: &[Decimal], quarters: usize) -> Option<Decimal> {
    let steps = ascending.len().checked_sub(1)?.checked_mul(quarters)?;
    let (below, rest) = (*ascending.get(steps / 4)?, steps % 4);
    if rest == 0 {
        return Some(below);
    }
    let above = *ascending.get(steps / 4 + 1)?;
    let part = Decimal::new(25, 2).checked_mul(Decimal::from(rest))?;
    match above.checked_sub(below) {
        Some(gap) => below.checked_add(gap.checked_mul(part)?),
        // Two values too far apart to subtract are of different signs, and each part of them is in between.
        None => below.checked_mul(Decimal::ONE.checked_sub(part)?)?.checked_add(above.checked_mul(part)?),
    }
}

/// What a ratio of sums came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OfSums {
    /// The sum of the numerators over the sum of the denominators, times the multiplier.
    Is(Decimal),
    /// So many of the values came without a numerator or a denominator.
    Lacking(usize),
    /// The denominators add up to nothing.
    OverNothing,
    /// A sum does not fit.
    TooLarge,
}

/// The ratio of sums of the parts that count (§5.6, §5.8): never of some of them only.
pub(super) fn ratio_of_sums<'a>(parts: impl Iterator<Item = &'a Part>, multiplier: Decimal) -> OfSums {
    let (mut lacking, mut sums) = (0, Some((Decimal::ZERO, Decimal::ZERO)));
    for part in parts {
        match part.numerator.zip(part.denominator) {
            Some((n, d)) => sums = sums.and_then(|(above, below)| above.checked_add(n).zip(below.checked_add(d))),
            None => lacking += 1,
        }
    }
    match sums {
        _ if lacking > 0 => OfSums::Lacking(lacking),
        Some((_, below)) if below.is_zero() => OfSums::OverNothing,
        Some((above, below)) => derive(above, below, multiplier).map_or(OfSums::TooLarge, OfSums::Is),
        None => OfSums::TooLarge,
    }
}
