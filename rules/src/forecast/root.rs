//! The square root of an exact decimal.

use rust_decimal::Decimal;

/// The square root by Newton's rule, correct to the last places a decimal holds; None for a negative number.
///
/// Each step takes the mean of a guess and the number over it. From a guess that is not below the root the steps only come down, so
/// they are over when one does not: at most some hundred for any decimal there is.
pub(super) fn root(of: Decimal) -> Option<Decimal> {
    if of.is_sign_negative() && !of.is_zero() {
        return None;
    }
    if of.is_zero() {
        return Some(Decimal::ZERO);
    }
    // Of a number below one the root is above it and not above one.
    let mut guess = of.max(Decimal::ONE);
    loop {
        // Half of each, since the sum of two large ones may not fit.
        let next = guess.checked_div(Decimal::TWO)?.checked_add(of.checked_div(guess)?.checked_div(Decimal::TWO)?)?;
        if next >= guess {
            return Some(guess);
        }
        guess = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// The expected are of Python's `decimal.Decimal(x).sqrt()` with a context of 40 digits.
    #[test]
    fn roots_are_right_to_the_last_places() {
        for (of, expected) in [
            ("0", "0"),
            ("4", "2"),
            ("2", "1.414213562373095048801688724210"),
            ("0.25", "0.5"),
            ("0.0000000003", "0.00001732050807568877293527446342"),
            ("123456789.123", "11111.11106609055546434728617"),
            ("79228162514264337593543950335", "281474976710655.9999999999999982"),
        ] {
            let found = root(dec(of)).unwrap();
            let off = (found - Decimal::from_str_exact(expected).unwrap_or_else(|_| dec(expected))).abs();
            assert!(off <= dec("0.000000000000000000000000001") * found.max(Decimal::ONE), "√{of} is {found}, not {expected}");
        }
        assert_eq!(root(dec("-1")), None);
    }
}
