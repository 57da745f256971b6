//! The spellings that mean one thing everywhere: what [`Period`] prints, and what reads without a remark.

use std::str::FromStr;

use chrono::{Months, NaiveDate};

use super::reading::{Context, Reading};
use super::tokens::shown;
use super::{SPELLING_CHARS_MAX, read};
use crate::measure::YearBasis;
use crate::period::Period;

/// A text that names no period, or could name several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadablePeriod {
    /// What was given, cut short.
    pub text: String,
    /// Why it could not be taken.
    pub because: String,
}

impl std::fmt::Display for UnreadablePeriod {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} Write a period as 2023-04, 2023/24 Q1, 2023/24 H1, 2023/24 or 12 months to 2023-06.", self.because)
    }
}

impl std::error::Error for UnreadablePeriod {}

/// What a period prints reads back as itself; beside it every spelling is taken that means one span of months
/// whatever the council or indicator.
impl FromStr for Period {
    type Err = UnreadablePeriod;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if text.len() <= SPELLING_CHARS_MAX
            && let Some(period) = printed(text)
        {
            return Ok(period);
        }
        let refused = |because: String| UnreadablePeriod { text: shown(text).to_owned(), because };
        match read(text, &Context::default()) {
            Ok((Reading::Period(period), remarks)) => match remarks.into_iter().next() {
                None => Ok(period),
                Some(remark) => Err(refused(remark.message)),
            },
            Ok(_) => Err(refused(format!("\u{201c}{}\u{201d} is a day or a running total, not a period.", shown(text)))),
            Err(refusal) => Err(refused(refusal.message)),
        }
    }
}

/// Exactly what [`Period`] prints.
fn printed(text: &str) -> Option<Period> {
    if let Some((months, end)) = text.split_once(" months to ") {
        // The last month may lie past the years a period can begin in.
        let (year, month) = year_month(end)?;
        let months: u32 = whole(months, 1..=3)?;
        let start = NaiveDate::from_ymd_opt(year, month, 1)?.checked_sub_months(Months::new(months.checked_sub(1)?))?;
        return Period::new(start, months);
    }
    if let Some((year, month)) = year_month(text) {
        return Period::month(year, month);
    }
    let Some((first, rest)) = text.split_once('/') else {
        return Period::year(YearBasis::Calendar, whole(text, 4..=4)?);
    };
    let (second, part) = rest.split_once(' ').unwrap_or((rest, ""));
    let start: i32 = whole(first, 4..=4)?;
    if whole::<i32>(second, 2..=2)? != (start + 1).rem_euclid(100) {
        return None;
    }
    match part {
        "" => Period::year(YearBasis::Financial, start),
        "academic" => Period::year(YearBasis::Academic, start),
        "Q1" => Period::quarter(start, 1),
        "Q2" => Period::quarter(start, 2),
        "Q3" => Period::quarter(start, 3),
        "Q4" => Period::quarter(start, 4),
        "H1" => Period::half(start, 1),
        "H2" => Period::half(start, 2),
        _ => None,
    }
}

/// `2023-04`.
fn year_month(text: &str) -> Option<(i32, u32)> {
    let (year, month) = text.split_once('-')?;
    Some((whole(year, 4..=4)?, whole(month, 2..=2)?))
}

/// A number of plain digits, no sign, of a length.
fn whole<N: FromStr>(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<N> {
    (digits.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}
