//! Direction of travel (`domain.md` §5.5).

use std::cmp::Ordering;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::aggregate::rounded;
use crate::closed_set;
use crate::measure::Polarity;
use crate::status::Thresholds;

closed_set! {
    /// How a figure moved, in terms of better and worse; UP, SAME, DOWN where neither way is better.
    Direction {
        /// Better than before.
        Improved = "IMPROVED", "Improving";
        /// The same at shown precision.
        Same = "SAME", "No change";
        /// Worse than before.
        Declined = "DECLINED", "Worsening";
        /// Higher, for an indicator without a preference.
        Up = "UP", "Up";
        /// Lower, for an indicator without a preference.
        Down = "DOWN", "Down";
        /// Across a definition break, or either side is absent.
        NotComparable = "NOT_COMPARABLE", "Not comparable";
    }
}

/// The two comparisons every figure carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Travel {
    /// Against the period before. NOT_COMPARABLE for cumulative indicators.
    pub on_previous_period: Direction,
    /// Against the same months last year.
    pub on_same_period_last_year: Direction,
}

/// A value and the version of the definition it was reported under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// The value at full precision.
    pub value: Decimal,
    /// The version of the definition.
    pub definition_version: u32,
}

/// Where a figure went since another: NOT_COMPARABLE when either is absent or they were reported under different
/// versions of the definition (§5.5).
#[must_use]
pub fn compare(now: Option<Figure>, before: Option<Figure>, polarity: Polarity, places: u32, range: Option<&Thresholds>) -> Direction {
    match now.zip(before) {
        Some((now, before)) if now.definition_version == before.definition_version => {
            between(now.value, before.value, polarity, places, range)
        }
        _ => Direction::NotComparable,
    }
}

/// Where a value went since another of the same definition, both rounded to the places shown first.
///
/// WITHIN_RANGE: nearer to the target range of `range` is better, inside is best, and two values inside are the
/// SAME however far apart, since neither is better. Without a range to be near to it is UP, SAME or DOWN.
#[must_use]
pub fn between(now: Decimal, before: Decimal, polarity: Polarity, places: u32, range: Option<&Thresholds>) -> Direction {
    let (now, before) = (rounded(now, places), rounded(before, places));
    let by_size = now.cmp(&before);
    let (betterment, words) = match polarity {
        Polarity::HigherIsBetter => (by_size, BETTER),
        Polarity::LowerIsBetter => (by_size.reverse(), BETTER),
        Polarity::None => (by_size, LARGER),
        Polarity::WithinRange => match range.filter(|r| r.lower.is_some() || r.upper.is_some()) {
            Some(range) => (outside(before, range, places).cmp(&outside(now, range, places)), BETTER),
            None => (by_size, LARGER),
        },
    };
    match betterment {
        Ordering::Greater => words.0,
        Ordering::Equal => Direction::Same,
        Ordering::Less => words.1,
    }
}

const BETTER: (Direction, Direction) = (Direction::Improved, Direction::Declined);
const LARGER: (Direction, Direction) = (Direction::Up, Direction::Down);

/// How far outside its target range a rounded value is; 0 inside. A distance too large to hold is the largest.
fn outside(value: Decimal, range: &Thresholds, places: u32) -> Decimal {
    let below = range.lower.map(|l| rounded(l, places)).filter(|l| value < *l).map(|l| l.checked_sub(value));
    let above = range.upper.map(|u| rounded(u, places)).filter(|u| value > *u).map(|u| value.checked_sub(u));
    below.or(above).map_or(Decimal::ZERO, |distance| distance.unwrap_or(Decimal::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn went(now: &str, before: &str, polarity: Polarity) -> Direction {
        let range = Thresholds { lower: Some(dec("40")), upper: Some(dec("50")), ..Thresholds::default() };
        between(dec(now), dec(before), polarity, 1, Some(&range))
    }

    #[test]
    fn direction_follows_polarity() {
        assert_eq!(went("82", "81", Polarity::HigherIsBetter), Direction::Improved);
        assert_eq!(went("82", "81", Polarity::LowerIsBetter), Direction::Declined);
        assert_eq!(went("82", "81", Polarity::None), Direction::Up);
        assert_eq!(went("80", "81", Polarity::None), Direction::Down);
    }

    #[test]
    fn what_prints_the_same_is_the_same() {
        assert_eq!(went("81.04", "80.95", Polarity::HigherIsBetter), Direction::Same);
        assert_eq!(went("81.05", "80.95", Polarity::HigherIsBetter), Direction::Improved);
    }

    #[test]
    fn nearer_to_the_range_is_better() {
        assert_eq!(went("39", "55", Polarity::WithinRange), Direction::Improved);
        assert_eq!(went("45", "39.9", Polarity::WithinRange), Direction::Improved);
        assert_eq!(went("41", "49", Polarity::WithinRange), Direction::Same);
        assert_eq!(went("51", "50", Polarity::WithinRange), Direction::Declined);
        assert_eq!(went("38", "52", Polarity::WithinRange), Direction::Same);
    }

    #[test]
    fn a_definition_break_or_an_absence_is_not_comparable() {
        let of = |version| Some(Figure { value: dec("5"), definition_version: version });
        assert_eq!(compare(of(2), of(1), Polarity::HigherIsBetter, 0, None), Direction::NotComparable);
        assert_eq!(compare(of(2), None, Polarity::HigherIsBetter, 0, None), Direction::NotComparable);
        assert_eq!(compare(None, of(2), Polarity::HigherIsBetter, 0, None), Direction::NotComparable);
        assert_eq!(compare(of(2), of(2), Polarity::HigherIsBetter, 0, None), Direction::Same);
    }
}
