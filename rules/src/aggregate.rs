//! Figures made of figures: values derived from a numerator and a denominator, rounding, and the year to date
//! (`domain.md` §3, §5.1, §5.6).
//!
//! Exact decimals throughout, and checked: what does not fit is `None`, never a panic and never a wrapped number.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::measure::Aggregation;
use crate::series::YearToDate;

/// A value at the precision it is shown and judged at: half away from zero (§5.1).
#[must_use]
pub fn rounded(value: Decimal, places: u32) -> Decimal {
    // Most figures are held with the places they are shown with, and judging rounds every number it meets.
    if value.scale() <= places {
        return value;
    }
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// Numerator over denominator times the multiplier, at full precision. None for a denominator of 0 and for what
/// does not fit.
///
/// The multiplication comes first, so that 1 over 3 times 300 is 100 and not 99.99….
#[must_use]
pub fn derive(numerator: Decimal, denominator: Decimal, multiplier: Decimal) -> Option<Decimal> {
    if denominator.is_zero() {
        return None;
    }
    match numerator.checked_mul(multiplier) {
        Some(product) => product.checked_div(denominator),
        None => numerator.checked_div(denominator)?.checked_mul(multiplier),
    }
}

/// A figure as a sentence prints it: rounded, with every decimal place and commas between thousands: `73,390.0`.
///
/// Written digit by digit and not by `{:.6}`, which panics for a large figure asked for more digits than a decimal
/// holds (`rust_decimal` 1.43), and because every judgement prints several.
#[must_use]
pub fn shown(value: Decimal, places: u32) -> String {
    // A decimal holds 28 places; more would be zeros that mean nothing.
    let places = places.min(28);
    let rounded = rounded(value, places);
    let scale = rounded.scale();
    let mut rest = rounded.mantissa().unsigned_abs();
    let negative = rounded.is_sign_negative() && rest != 0;
    // From the last digit to the first: 29 digits, 28 zeros after them, 9 commas, a point and a sign fit in 80.
    let mut reversed = [b'0'; 80];
    let mut length = (places - scale) as usize;
    let mut position = 0;
    while position <= scale || rest != 0 {
        if position == scale && places > 0 {
            reversed[length] = b'.';
            length += 1;
        } else if position > scale && (position - scale).is_multiple_of(3) {
            reversed[length] = b',';
            length += 1;
        }
        let digit;
        (digit, rest) = match u64::try_from(rest) {
            Ok(small) => (small % 10, u128::from(small / 10)),
            Err(_) => ((rest % 10) as u64, rest / 10),
        };
        reversed[length] = b'0' + digit as u8;
        length += 1;
        position += 1;
    }
    if negative {
        reversed[length] = b'-';
        length += 1;
    }
    let mut text = String::with_capacity(length);
    text.extend(reversed[..length].iter().rev().map(|byte| char::from(*byte)));
    text
}

/// What one period brings to the year to date. A period without figures brings three `None`s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Part {
    /// The period's value, derived where only the two below were given.
    pub value: Option<Decimal>,
    /// Above the line.
    pub numerator: Option<Decimal>,
    /// Below the line.
    pub denominator: Option<Decimal>,
}

/// The year to date from the parts reported so far, in order of period, out of `expected` periods.
///
/// For RATIO a period counts as reported when it has both numerator and denominator: a bare percentage cannot
/// join a ratio of sums, and averaging it in would be the mean of ratios. For LATEST and CUMULATIVE the figure is
/// that of the last period reported. A gap lowers `reported`; it is never filled.
pub fn year_to_date(aggregation: Aggregation, multiplier: Decimal, expected: u32, parts: impl IntoIterator<Item = Part>) -> YearToDate {
    let mut reported = 0_u32;
    // The sums as far as they fit; None once they do not.
    let (mut above, mut below) = (Some(Decimal::ZERO), Some(Decimal::ZERO));
    let mut latest = None;
    for part in parts {
        let pair = match aggregation {
            Aggregation::Ratio => part.numerator.zip(part.denominator),
            _ => part.value.map(|value| (value, Decimal::ONE)),
        };
        if let Some((numerator, denominator)) = pair {
            reported += 1;
            above = above.and_then(|sum| sum.checked_add(numerator));
            below = below.and_then(|sum| sum.checked_add(denominator));
            latest = part.value;
        }
    }
    let value = match aggregation {
        _ if reported == 0 => None,
        Aggregation::Sum => above,
        Aggregation::Mean => above.zip(below).and_then(|(sum, count)| derive(sum, count, Decimal::ONE)),
        Aggregation::Ratio => above.zip(below).and_then(|(n, d)| derive(n, d, multiplier)),
        Aggregation::Latest | Aggregation::Cumulative => latest,
    };
    YearToDate { value, complete: expected > 0 && reported >= expected, expected, reported }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn values(given: &[&str]) -> Vec<Part> {
        given.iter().map(|v| Part { value: v.parse().ok(), ..Part::default() }).collect()
    }

    #[test]
    fn rounding_goes_half_away_from_zero() {
        assert_eq!(rounded(dec("94.95"), 1), dec("95.0"));
        assert_eq!(rounded(dec("-94.95"), 1), dec("-95.0"));
        assert_eq!(rounded(dec("94.949"), 1), dec("94.9"));
        assert_eq!(rounded(dec("2.5"), 0), dec("3"));
        assert_eq!(rounded(Decimal::MAX, 3), Decimal::MAX);
    }

    #[test]
    fn a_derived_value_needs_a_denominator_that_is_not_zero() {
        assert_eq!(derive(dec("12"), dec("15"), dec("100")), Some(dec("80")));
        assert_eq!(derive(dec("1"), dec("3"), dec("300")), Some(dec("100")));
        assert_eq!(derive(dec("12"), dec("0"), dec("100")), None);
        assert_eq!(derive(Decimal::MAX, dec("0.1"), dec("100")), None);
    }

    #[test]
    fn figures_are_printed_with_their_places_and_commas() {
        assert_eq!(shown(dec("73390"), 1), "73,390.0");
        assert_eq!(shown(dec("-1234567.895"), 2), "-1,234,567.90");
        assert_eq!(shown(dec("-0.04"), 1), "0.0");
        assert_eq!(shown(dec("999"), 0), "999");
        assert_eq!(shown(Decimal::MAX, 28).len(), 29 + 9 + 1 + 28);
        assert_eq!(shown(Decimal::MIN, u32::MAX).len(), 1 + 29 + 9 + 1 + 28);
    }

    #[test]
    fn a_gap_in_the_year_is_said_and_not_filled() {
        let ytd = year_to_date(Aggregation::Sum, dec("1"), 6, values(&["10", "20", "", "30", "40", "50"]));
        assert_eq!(ytd, YearToDate { value: Some(dec("150")), complete: false, expected: 6, reported: 5 });
        let mean = year_to_date(Aggregation::Mean, dec("1"), 3, values(&["10", "", "20"]));
        assert_eq!(mean, YearToDate { value: Some(dec("15")), complete: false, expected: 3, reported: 2 });
        let latest = year_to_date(Aggregation::Latest, dec("1"), 3, values(&["10", "20", ""]));
        assert_eq!(latest, YearToDate { value: Some(dec("20")), complete: false, expected: 3, reported: 2 });
        let none = year_to_date(Aggregation::Cumulative, dec("1"), 2, values(&["", ""]));
        assert_eq!(none, YearToDate { value: None, complete: false, expected: 2, reported: 0 });
    }

    #[test]
    fn a_ratio_of_the_year_is_the_ratio_of_sums() {
        let part =
            |n: &str, d: &str| Part { value: derive(dec(n), dec(d), dec("100")), numerator: Some(dec(n)), denominator: Some(dec(d)) };
        let bare = Part { value: Some(dec("12")), ..Part::default() };
        let ytd = year_to_date(Aggregation::Ratio, dec("100"), 3, [part("1", "2"), part("90", "98"), bare]);
        // 91 of 100, not the mean of 50.0 and 91.8 and 12.
        assert_eq!(ytd, YearToDate { value: Some(dec("91")), complete: false, expected: 3, reported: 2 });
    }

    #[test]
    fn a_sum_that_does_not_fit_is_no_figure() {
        let huge = Part { value: Some(Decimal::MAX), ..Part::default() };
        let ytd = year_to_date(Aggregation::Sum, dec("1"), 2, [huge, huge]);
        assert_eq!(ytd, YearToDate { value: None, complete: true, expected: 2, reported: 2 });
    }
}
