//! What a spelling mentions: a quarter's number, months by name, a year, a day, a running total.

use chrono::NaiveDate;

use crate::measure::YearBasis;

/// A part of a year that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Month,
    Quarter,
    Half,
}

impl Unit {
    pub const fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Half => 6,
        }
    }

    /// How many a year has.
    pub const fn in_year(self) -> u32 {
        12 / self.months()
    }
}

/// Months by name, with the years written beside them. A single month is a span with equal ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Months {
    pub first: (u32, Option<i32>),
    pub last: (u32, Option<i32>),
}

/// A year as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// `2023/24`. `doubtful` when the same text is also a month or a day: `2011-12`, `04/05`.
    Pair { start: i32, doubtful: Option<NaiveDate> },
    /// `2021-23`: not one year. `pairs` when both ends were written as years: `2020/21 to 2022/23`.
    Range { first: i32, last: i32, pairs: bool },
    /// `2023`; `short` when two digits were written.
    One { year: i32, short: bool },
}

/// What stands before a lone year and says which year it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Named {
    #[default]
    Plain,
    /// `FY24`, `year ending 2024`: most probably the year that ends then.
    Financial,
    /// `FYE 2024`: the year that ends then.
    FinancialYearEnding,
}

/// Everything a spelling mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Parts {
    /// `Q1`, `H2`, `P12`.
    pub unit: Option<(Unit, u32)>,
    /// `Q1 to Q3`: the last of the units that begin with `unit`.
    pub through: Option<u32>,
    /// `Q3 2023/24 to Q2 2024/25`: the year of the first, where the last has its own.
    pub first_year: Option<Year>,
    /// `quarter` without a number: what the rest must be.
    pub said: Option<Unit>,
    pub months: Option<Months>,
    pub year: Option<Year>,
    pub basis: Option<YearBasis>,
    pub named: Named,
    /// One day, or a first and a last.
    pub days: (Option<NaiveDate>, Option<NaiveDate>),
    /// `12 months to`: how many months end with the rest.
    pub window: Option<u32>,
    /// The window moves: `rolling`, `12 months to`, unlike `year ending`.
    pub moving: bool,
    pub rolling: bool,
    pub to_date: bool,
    pub average: bool,
    pub as_at: bool,
    pub target: bool,
}

/// Two-digit years: 00 to 69 are of this century.
pub(super) const fn century(year: u32) -> i32 {
    if year < 70 { 2000 + year as i32 } else { 1900 + year as i32 }
}
