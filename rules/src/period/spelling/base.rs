//! Which whole months are meant by months, a unit's number and a year, with the year taken from around them if need be.

use chrono::{Datelike, NaiveDate};

use super::numbers::not_a_pair;
use super::parts::{Months, Named, Unit, Year};
use super::reading::{NamedBy, Refusal};
use super::settle::Settle;
use super::tokens::shown;
use crate::measure::{Frequency, YearBasis};
use crate::period::Period;

impl Settle<'_> {
    /// The months, unit and year that are mentioned as one period; none when none is.
    pub fn base(&mut self) -> Result<Option<Period>, Refusal> {
        if let Some(Year::Range { .. }) = self.parts.year {
            return Err(not_a_pair(self.text));
        }
        match (self.parts.months, self.parts.unit) {
            (Some(months), unit) => {
                let span = self.named_months(months)?;
                if let Some((unit, number)) = unit {
                    self.check_agrees(span, unit, number)?;
                }
                Ok(Some(span))
            }
            (None, Some((unit, number))) => self.numbered(unit, number).map(Some),
            (None, None) => self.whole_year(),
        }
    }

    /// `Apr to Jun 2023`, `April 2023/24`, `April`.
    fn named_months(&mut self, months: Months) -> Result<Period, Refusal> {
        let ((first, first_year), (last, last_year)) = (months.first, months.last);
        let written = match (first_year, last_year, self.parts.year) {
            (_, Some(year), _) => Some((first_year.unwrap_or(if first > last { year - 1 } else { year }), year)),
            (Some(year), None, _) => Some((year, if first > last { year + 1 } else { year })),
            (None, None, Some(Year::One { year, .. })) if self.parts.named == Named::Plain => {
                Some((if first > last { year - 1 } else { year }, year))
            }
            _ => None,
        };
        let Some((first_year, last_year)) = written else {
            let year = self.year_around()?;
            return self.months_inside(year, first, last);
        };
        let ends = (Period::month(first_year, first), Period::month(last_year, last));
        let (Some(start), Some(end)) = ends else { return Err(self.refuse("PER-036", "lies outside the years 1900 to 2200")) };
        let span = Period::between(start.start(), end.end()).ok_or_else(|| self.refuse("PER-020", "ends before it begins"))?;
        if let Some(Year::Pair { start, .. }) = self.parts.year {
            let year = Period::year(self.parts.basis.unwrap_or(YearBasis::Financial), start);
            if !year.is_some_and(|year| year.holds(span)) {
                return Err(self.refuse("PER-020", "names months and a year that disagree"));
            }
        }
        Ok(span)
    }

    /// The months of a year, from the first to the next that is called as the last.
    fn months_inside(&self, year: Period, first: u32, last: u32) -> Result<Period, Refusal> {
        let into_year = (first + 12 - year.start().month()) % 12;
        let length = (last + 12 - first) % 12 + 1;
        let start = year.start().checked_add_months(chrono::Months::new(into_year));
        start
            .and_then(|start| Period::new(start, length))
            .filter(|span| year.holds(*span))
            .ok_or_else(|| self.refuse("PER-020", "names months and a year that disagree"))
    }

    /// Both halves of `Q1 (Apr-Jun) 2023/24` must say the same.
    fn check_agrees(&mut self, span: Period, unit: Unit, number: u32) -> Result<(), Refusal> {
        self.check_number(unit, number)?;
        let through = self.parts.through.unwrap_or(number);
        let calendar = self.parts.basis == Some(YearBasis::Calendar)
            || (self.parts.basis.is_none() && self.parts.year.is_none() && self.context.quarter_years == Some(YearBasis::Calendar));
        let basis = if calendar { YearBasis::Calendar } else { YearBasis::Financial };
        let counted = Period::holding(span.start(), Frequency::Annual, basis).and_then(|year| {
            let (first, last) = (part_of(year, unit, number)?, part_of(year, unit, through)?);
            Period::between(first.start(), last.end())
        });
        if counted != Some(span) {
            return Err(self.refuse("PER-020", "names months and a number that disagree"));
        }
        // `Q4 (Jan-Mar) 2023` may have meant the last quarter of 2023/24, as `Q4 2023` would.
        let lone_year = self.parts.months.and_then(|months| months.last.1).or(match self.parts.year {
            Some(Year::One { year, .. }) => Some(year),
            _ => None,
        });
        let crosses = !calendar && lone_year.is_some_and(|year| Period::year(basis, year).is_some_and(|y| !y.holds(span)));
        if crosses && !matches!(self.parts.year, Some(Year::Pair { .. })) {
            self.remark("PER-011", &format!("is read as {}; it could mean a year later", span.words()));
        }
        Ok(())
    }

    /// `Q1 2023/24`, `P12 2023/24`, `Q1 2023`, `Q1`.
    fn numbered(&mut self, unit: Unit, number: u32) -> Result<Period, Refusal> {
        self.check_number(unit, number)?;
        if let Some(through) = self.parts.through {
            return self.units(unit, number, through);
        }
        let year = self.year_around()?;
        if year.start().month() == YearBasis::Academic.first_month() && unit != Unit::Month {
            return Err(self.refuse("PER-036", "counts quarters of an academic year, which has terms"));
        }
        part_of(year, unit, number).ok_or_else(|| self.refuse("PER-036", "lies outside the years 1900 to 2200"))
    }

    /// `Q1 to Q3 2024/25`, `Q3 2023/24 to Q2 2024/25`: from the first day of the one to the last day of the other.
    fn units(&mut self, unit: Unit, number: u32, through: u32) -> Result<Period, Refusal> {
        let first_year = self.parts.first_year.take();
        self.parts.through = None;
        // A year that stands only before the first is that of both.
        self.parts.year = self.parts.year.or(first_year);
        let last = self.numbered(unit, through)?;
        self.parts.year = first_year.or(self.parts.year);
        let said = self.remarks.len();
        let first = self.numbered(unit, number)?;
        // What is said of one year need not be said twice.
        self.remarks.truncate(said.max(1));
        Period::between(first.start(), last.end())
            .filter(|span| span.months() > unit.months())
            .ok_or_else(|| self.refuse("PER-020", "ends before it begins"))
    }

    fn check_number(&self, unit: Unit, number: u32) -> Result<(), Refusal> {
        match unit {
            _ if (1..=unit.in_year()).contains(&number) => Ok(()),
            Unit::Month => {
                let refusal = self.refuse("PER-021", &format!("names month {number} of the accounts, and a year has twelve"));
                Err(refusal.suggesting("Period 12, if the year's last month is meant"))
            }
            Unit::Quarter => Err(self.refuse("PER-036", "names a quarter, and a year has four")),
            Unit::Half => Err(self.refuse("PER-036", "names a half, and a year has two")),
        }
    }

    /// The twelve months that a quarter's number or a month without a year belongs to.
    fn year_around(&mut self) -> Result<Period, Refusal> {
        let outside = self.refuse("PER-036", "lies outside the years 1900 to 2200");
        let basis = self.parts.basis;
        match self.parts.year {
            Some(Year::Pair { .. }) if basis == Some(YearBasis::Calendar) => {
                Err(self.refuse("PER-020", "names a calendar year and a pair of years"))
            }
            Some(Year::Pair { start, .. }) => Period::year(basis.unwrap_or(YearBasis::Financial), start).ok_or(outside),
            Some(Year::One { year, .. }) => match (self.parts.named, basis, self.context.quarter_years) {
                (Named::Plain, Some(YearBasis::Calendar), _) | (Named::Plain, None, Some(YearBasis::Calendar)) => {
                    Period::year(YearBasis::Calendar, year).ok_or(outside)
                }
                (Named::Plain, None, Some(_)) => Period::year(YearBasis::Financial, year).ok_or(outside),
                (Named::Plain, ..) => {
                    let period = Period::year(YearBasis::Financial, year).ok_or(outside)?;
                    self.remark("PER-011", &format!("is read in the financial year {period}; one year can also be a calendar year"));
                    Ok(period)
                }
                _ => self.year_named(year),
            },
            Some(Year::Range { .. }) => Err(not_a_pair(self.text)),
            None => self.year_of_context(),
        }
    }

    fn year_of_context(&mut self) -> Result<Period, Refusal> {
        let from_return = || self.context.return_period.and_then(|p| p.year_of(self.context.basis.unwrap_or(YearBasis::Financial)));
        let Some(year) = self.context.year.filter(|year| year.months() == 12).or_else(from_return) else {
            let refusal = self.refuse("PER-013", "has no year, and none stands in the title, the sheet's name or the request");
            return Err(refusal.suggesting(format!("{} 2023/24, with the year meant", shown(self.text))));
        };
        self.remark("PER-010", &format!("has no year: {year} is taken from around it"));
        Ok(year)
    }

    /// `FY24`, `FYE 2024`, `year ending 2024`.
    fn year_named(&mut self, year: i32) -> Result<Period, Refusal> {
        let outside = self.refuse("PER-036", "lies outside the years 1900 to 2200");
        let sure = self.parts.named == Named::FinancialYearEnding;
        let ruling = self.context.financial_year_named_by.filter(|_| !sure);
        let start = if ruling == Some(NamedBy::Start) { year } else { year - 1 };
        let period = Period::year(YearBasis::Financial, start).ok_or(outside)?;
        if !sure && ruling.is_none() {
            self.remark("PER-012", &format!("is read as {period}, the year ending March {year}"));
        }
        Ok(period)
    }

    /// `2023/24`, `FY24`, `CY2023`, `2023`.
    fn whole_year(&mut self) -> Result<Option<Period>, Refusal> {
        let found = match (self.parts.year, self.parts.basis) {
            (None, _) => return Ok(None),
            (Some(Year::Pair { start, doubtful }), None) if self.parts.named == Named::Plain => {
                return self.pair(start, doubtful).map(Some);
            }
            (Some(Year::Pair { .. }), _) => return self.year_around().map(Some),
            (Some(Year::One { year, .. }), _) if self.parts.named != Named::Plain => return self.year_named(year).map(Some),
            (Some(Year::One { year, .. }), Some(YearBasis::Calendar)) => Period::year(YearBasis::Calendar, year),
            (Some(Year::One { short: true, .. }), _) => return Err(self.refuse("PER-036", "is not a period")),
            (Some(Year::One { year, .. }), said) => {
                let Some(basis) = self.context.basis.filter(|_| said.is_none()) else {
                    let refusal = self.refuse("PER-019", "may be a financial, calendar or academic year, and nothing says which");
                    let next = (year + 1).rem_euclid(100);
                    return Err(refusal.suggesting(format!("{year}/{next:02} or Calendar year {year}")));
                };
                let words = basis.words().to_lowercase();
                self.remark(
                    "PER-018",
                    &format!("is read as the {words} year that begins in {year}, because the indicator keeps {words} years"),
                );
                Period::year(basis, year)
            }
            (Some(Year::Range { .. }), _) => return Err(not_a_pair(self.text)),
        };
        found.map(Some).ok_or_else(|| self.refuse("PER-036", "lies outside the years 1900 to 2200"))
    }

    /// `2023/24` with nothing said of which year; `2011-12` and `04/05` could be something else altogether.
    fn pair(&mut self, start: i32, doubtful: Option<NaiveDate>) -> Result<Period, Refusal> {
        let outside = self.refuse("PER-036", "lies outside the years 1900 to 2200");
        let academic = self.context.basis == Some(YearBasis::Academic);
        let basis = if academic { YearBasis::Academic } else { YearBasis::Financial };
        let year = Period::year(basis, start).ok_or(outside)?;
        let Some(other) = doubtful else {
            if academic {
                self.remark("PER-018", "is read as an academic year, because the indicator keeps academic years");
            }
            return Ok(year);
        };
        if other.year() != start {
            let day = format!("{} {}", other.day(), other.format("%B"));
            self.remark("PER-017", &format!("is read as the year {year}; it could also be {day}"));
            return Ok(year);
        }
        let years_around = self.context.column_holds_years || !matches!(self.context.frequency, None | Some(Frequency::Monthly));
        let month = Period::month(other.year(), other.month()).filter(|_| !years_around);
        let (read, also) = month.map_or((year, other.format("%B %Y").to_string()), |month| (month, format!("the year {year}")));
        let read_as = if month.is_some() { read.words() } else { format!("the year {read}") };
        self.remark("PER-017", &format!("is read as {read_as}; it could also be {also}"));
        Ok(read)
    }
}

/// Quarter, half or month `number` of twelve months.
fn part_of(year: Period, unit: Unit, number: u32) -> Option<Period> {
    let into_year = number.checked_sub(1)?.checked_mul(unit.months())?;
    Period::new(year.start().checked_add_months(chrono::Months::new(into_year))?, unit.months())
}
