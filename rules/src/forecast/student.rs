//! Student's t for a two-sided interval of 80%: the 0.90 quantile.

use rust_decimal::Decimal;

/// By degrees of freedom from 1, in millionths. NIST/SEMATECH *e-Handbook of Statistical Methods* 1.3.6.7.2 gives them to three places;
/// the further digits are those of `scipy.stats.t.ppf(0.9, df)`.
const QUANTILES: [u32; super::YEARS_MOST - 1] =
    [3_077_684, 1_885_618, 1_637_744, 1_533_206, 1_475_884, 1_439_756, 1_414_924, 1_396_815, 1_383_029];

/// The quantile for so many degrees of freedom; None for none and for more than [`super::YEARS_MOST`] years give.
pub(super) fn quantile(degrees: usize) -> Option<Decimal> {
    let millionths = QUANTILES.get(degrees.checked_sub(1)?)?;
    Some(Decimal::new(i64::from(*millionths), 6))
}
