//! What a spelling is read as, and what is said about it.

use chrono::{Datelike, NaiveDate};

use crate::measure::{Frequency, YearBasis};
use crate::period::Period;

/// What is known around a spelling. Everything may be unknown: `Context::default()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Context {
    /// The year of the title rows, the sheet's name or the caller's argument, for `Q1` and `April`.
    pub year: Option<Period>,
    /// How often the indicator is due, when it is known which indicator is meant.
    pub frequency: Option<Frequency>,
    /// Which year the indicator keeps, for `2023`.
    pub basis: Option<YearBasis>,
    /// The period the return or import is for: the end of `2023/24 to date`, and the year when `year` is unknown.
    pub return_period: Option<Period>,
    /// The neighbours of the cell are years, so `2011-12` is one.
    pub column_holds_years: bool,
    /// The council's ruling on `Q1 2023`; none reads it as financial and says so.
    pub quarter_years: Option<YearBasis>,
    /// The council's ruling on `FY24`; none reads it as the year ending in 2024 and says so.
    pub financial_year_named_by: Option<NamedBy>,
}

/// Which of its two calendar years a financial year is called after when only one is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedBy {
    /// `FY23` is 2023/24.
    Start,
    /// `FY24` is 2023/24.
    End,
}

/// What a spelling means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// A span of whole months, mostly a month, quarter, half or year.
    Period(Period),
    /// A running total from the start of a year, for cumulative indicators.
    YearToDate {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
    /// A moving window: the so many months that end on a day.
    Rolling {
        /// How many months.
        months: u32,
        /// Its last day.
        to: NaiveDate,
    },
    /// A single day, for snapshots.
    Day(NaiveDate),
}

/// Something read, and worth a warning because it could have meant something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The finding's code, for instance `PER-011`.
    pub code: &'static str,
    /// A sentence for the sender: how it was read, and what else it could mean.
    pub message: String,
}

/// Something that was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The finding's code, for instance `PER-022`.
    pub code: &'static str,
    /// A sentence for the sender: what is there and why it is not a period.
    pub message: String,
    /// What could be typed instead, where one can be named.
    pub suggestion: Option<String>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)?;
        self.suggestion.as_ref().map_or(Ok(()), |suggestion| write!(f, " Suggestion: {suggestion}."))
    }
}

impl std::error::Error for Refusal {}

impl Remark {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl Refusal {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), suggestion: None }
    }

    pub(super) fn suggesting(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }
}

impl Reading {
    /// First and last day.
    #[must_use]
    pub fn days(self) -> (NaiveDate, NaiveDate) {
        match self {
            Self::Period(period) => (period.start(), period.end()),
            Self::YearToDate { from, to } => (from, to),
            Self::Rolling { months, to } => {
                let start = to.with_day(1).and_then(|d| d.checked_sub_months(chrono::Months::new(months.saturating_sub(1))));
                (start.unwrap_or(to), to)
            }
            Self::Day(day) => (day, day),
        }
    }

    /// The period of an indicator that this stands for.
    ///
    /// A period must be one of the indicator's own. A rolling window stands for the period that ends where it
    /// ends; a day for the period it is the first or last day of, and for a monthly indicator for the month it falls
    /// in.
    ///
    /// # Errors
    /// PER-031 when it does not suit the frequency, PER-023 for a year to date: those belong to
    /// cumulative indicators, see [`Reading::for_cumulative_indicator`].
    pub fn for_indicator(self, frequency: Frequency, basis: YearBasis) -> Result<Period, Refusal> {
        if let Self::YearToDate { from, to } = self {
            return Err(Refusal::new(
                "PER-023",
                format!("{} to {} is a running total, and this indicator is not held as cumulative.", words(from), words(to)),
            ));
        }
        self.for_cumulative_indicator(frequency, basis)
    }

    /// As [`Reading::for_indicator`], for an indicator whose values are the year to date: a running total stands
    /// for the period that ends where it ends.
    ///
    /// # Errors
    /// PER-031 when it does not suit the frequency.
    pub fn for_cumulative_indicator(self, frequency: Frequency, basis: YearBasis) -> Result<Period, Refusal> {
        let holding = |day| Period::holding(day, frequency, basis);
        let found = match self {
            Self::Period(period) => holding(period.start()).filter(|p| *p == period),
            Self::Rolling { to, .. } => holding(to).filter(|p| p.end() == to),
            Self::YearToDate { from, to } => {
                let year_start = Period::holding(to, Frequency::Annual, basis).map(Period::start);
                holding(to).filter(|p| p.end() == to && year_start == Some(from))
            }
            Self::Day(day) => holding(day).filter(|p| frequency == Frequency::Monthly || p.start() == day || p.end() == day),
        };
        found.ok_or_else(|| self.unsuited(frequency, basis))
    }

    fn unsuited(self, frequency: Frequency, basis: YearBasis) -> Refusal {
        let (from, to) = self.days();
        let seen = match self {
            Self::Period(period) => period.words(),
            Self::Day(day) => words(day),
            Self::YearToDate { .. } | Self::Rolling { .. } => format!("{} to {}", words(from), words(to)),
        };
        let wanted = match (frequency, basis) {
            (Frequency::Monthly, _) => "monthly indicator: its periods are calendar months",
            (Frequency::Quarterly, _) => "quarterly indicator: its periods start in April, July, October and January",
            (Frequency::HalfYearly, _) => "half-yearly indicator: its periods start in April and October",
            (Frequency::Annual, YearBasis::Financial) => "yearly indicator: its years run from April to March",
            (Frequency::Annual, YearBasis::Calendar) => "yearly indicator: its years run from January to December",
            (Frequency::Annual, YearBasis::Academic) => "yearly indicator: its years run from September to August",
        };
        let refusal = Refusal::new("PER-031", format!("{seen} does not suit a {wanted}."));
        match Period::holding(to, frequency, basis) {
            Some(period) => refusal.suggesting(format!("{period}, if {} is meant", period.words())),
            None => refusal,
        }
    }
}

/// Whether a period can have a figure yet, and whether the framework already stood.
///
/// # Errors
/// PER-032 for a period that starts after `today`. A period before the framework's first is a remark (PER-033).
pub fn check_in_reach(period: Period, today: NaiveDate, first: Option<Period>) -> Result<Option<Remark>, Refusal> {
    if period.start() > today {
        return Err(Refusal::new("PER-032", format!("{period} has not begun: there can be no figure for it yet.")));
    }
    Ok(first
        .filter(|first| period.end() < first.start())
        .map(|first| Remark::new("PER-033", format!("{period} lies before {first}, the first period of this framework."))))
}

/// A day as a reader says it: `30 June 2023`.
pub(super) fn words(day: NaiveDate) -> String {
    format!("{} {}", day.day(), day.format("%B %Y"))
}
