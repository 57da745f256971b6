//! The spans of time figures are reported for (`domain.md` §3, §4), and how they are written.
//!
//! A period is a first day and a number of whole months. A financial quarter and the calendar quarter of the
//! same months are therefore one period, whatever a workbook called it.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::measure::{Frequency, YearBasis};

pub mod spelling;

/// A span of 1, 3, 6 or 12 whole months (rolling windows may be longer).
///
/// Printed as `2023-04`, `2023/24 Q1`, `2023/24 H1`, `2023/24`; a calendar year as `2023`, an academic year
/// as `2022/23 academic`, any other span as `12 months to 2023-06`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    start: NaiveDate,
    months: u32,
}

impl Period {
    /// The span of `months` months from the first day of the month of `start`. None past the calendar's ends
    /// (years 1900 to 2200 are taken) or for no months at all.
    #[must_use]
    pub fn new(start: NaiveDate, months: u32) -> Option<Self> {
        let start = start.with_day(1)?;
        ((1900..=2200).contains(&start.year()) && (1..=120).contains(&months)).then_some(Self { start, months })
    }

    /// The span from a first day to a last day; None unless they are the ends of whole months.
    #[must_use]
    pub fn between(start: NaiveDate, end: NaiveDate) -> Option<Self> {
        let after = end.succ_opt()?;
        if start.day() != 1 || after.day() != 1 || after <= start {
            return None;
        }
        let months = (after.year() - start.year()) * 12 + after.month() as i32 - start.month() as i32;
        Self::new(start, u32::try_from(months).ok()?)
    }

    /// A calendar month.
    #[must_use]
    pub fn month(year: i32, month: u32) -> Option<Self> {
        Self::new(NaiveDate::from_ymd_opt(year, month, 1)?, 1)
    }

    /// Quarter 1 to 4 of the financial year that starts in `year`.
    #[must_use]
    pub fn quarter(year: i32, quarter: u32) -> Option<Self> {
        (1..=4).contains(&quarter).then_some(())?;
        Self::new(NaiveDate::from_ymd_opt(year, 4, 1)?.checked_add_months(Months::new(3 * (quarter - 1)))?, 3)
    }

    /// Half 1 or 2 of the financial year that starts in `year`.
    #[must_use]
    pub fn half(year: i32, half: u32) -> Option<Self> {
        (1..=2).contains(&half).then_some(())?;
        Self::new(NaiveDate::from_ymd_opt(year, 4, 1)?.checked_add_months(Months::new(6 * (half - 1)))?, 6)
    }

    /// The year of a basis that starts in calendar year `year`.
    #[must_use]
    pub fn year(basis: YearBasis, year: i32) -> Option<Self> {
        Self::new(NaiveDate::from_ymd_opt(year, basis.first_month(), 1)?, 12)
    }

    /// The period of a frequency that holds a day.
    #[must_use]
    pub fn holding(day: NaiveDate, frequency: Frequency, basis: YearBasis) -> Option<Self> {
        let first = match frequency {
            Frequency::Annual => basis.first_month(),
            _ => YearBasis::Financial.first_month(),
        };
        let into_year = (day.month() + 12 - first) % 12;
        let back = into_year % frequency.months();
        Self::new(day.with_day(1)?.checked_sub_months(Months::new(back))?, frequency.months())
    }

    /// Its first day.
    #[must_use]
    pub const fn start(self) -> NaiveDate {
        self.start
    }

    /// Its last day.
    #[must_use]
    pub fn end(self) -> NaiveDate {
        // `new` keeps the year under 2201 and the months under 121, far inside chrono's range.
        self.after().pred_opt().unwrap_or(NaiveDate::MAX)
    }

    /// How many months it spans.
    #[must_use]
    pub const fn months(self) -> u32 {
        self.months
    }

    fn after(self) -> NaiveDate {
        self.start.checked_add_months(Months::new(self.months)).unwrap_or(NaiveDate::MAX)
    }

    /// Whether `other` lies wholly inside it.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.after() <= self.after()
    }

    /// The same length, `n` lengths earlier.
    #[must_use]
    pub fn back(self, n: u32) -> Option<Self> {
        Self::new(self.start.checked_sub_months(Months::new(self.months.checked_mul(n)?))?, self.months)
    }

    /// The one before.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        self.back(1)
    }

    /// The one after.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::new(self.after(), self.months)
    }

    /// The same months a year earlier.
    #[must_use]
    pub fn last_year(self) -> Option<Self> {
        Self::new(self.start.checked_sub_months(Months::new(12))?, self.months)
    }

    /// The year of a basis in which it ends.
    #[must_use]
    pub fn year_of(self, basis: YearBasis) -> Option<Self> {
        Self::holding(self.end(), Frequency::Annual, basis)
    }

    /// The periods of a frequency inside it, in order.
    #[must_use]
    pub fn split(self, frequency: Frequency) -> Vec<Self> {
        let mut inside = Vec::new();
        let mut next = Self::new(self.start, frequency.months());
        while let Some(period) = next.filter(|p| self.holds(*p)) {
            inside.push(period);
            next = period.next();
        }
        inside
    }

    /// The frequency whose periods are of its length and start, if any.
    #[must_use]
    pub fn frequency(self) -> Option<Frequency> {
        let month = self.start.month();
        match self.months {
            1 => Some(Frequency::Monthly),
            3 if month % 3 == 1 => Some(Frequency::Quarterly),
            6 if matches!(month, 4 | 10) => Some(Frequency::HalfYearly),
            12 if matches!(month, 1 | 4 | 9) => Some(Frequency::Annual),
            _ => None,
        }
    }

    /// In words for a reader: `July to September 2023`, `April 2023`, `April 2023 to March 2024`.
    #[must_use]
    pub fn words(self) -> String {
        let (start, end) = (self.start, self.end());
        if self.months == 1 {
            start.format("%B %Y").to_string()
        } else if start.year() == end.year() {
            format!("{} to {}", start.format("%B"), end.format("%B %Y"))
        } else {
            format!("{} to {}", start.format("%B %Y"), end.format("%B %Y"))
        }
    }
}

/// By last day, then longer first: a year comes just before its last quarter's last month.
impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.after(), std::cmp::Reverse(self.months)).cmp(&(other.after(), std::cmp::Reverse(other.months)))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let month = self.start.month();
        let financial = if month >= 4 { self.start.year() } else { self.start.year() - 1 };
        let pair = |year: i32| format!("{year}/{:02}", (year + 1).rem_euclid(100));
        match (self.months, month) {
            (1, _) => write!(f, "{}", self.start.format("%Y-%m")),
            (3, 1 | 4 | 7 | 10) => write!(f, "{} Q{}", pair(financial), (month + 8) % 12 / 3 + 1),
            (6, 4) => write!(f, "{} H1", pair(financial)),
            (6, 10) => write!(f, "{} H2", pair(financial)),
            (12, 4) => f.write_str(&pair(financial)),
            (12, 1) => write!(f, "{}", self.start.year()),
            (12, 9) => write!(f, "{} academic", pair(self.start.year())),
            _ => write!(f, "{} months to {}", self.months, self.end().format("%Y-%m")),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str> as Deserialize>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
