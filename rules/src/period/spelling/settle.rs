//! From what a spelling mentions to what it means.

use chrono::{Datelike, NaiveDate};

use super::dates;
use super::parts::{Months, Named, Parts, Unit, Year, century, not_a_pair, scan};
use super::reading::{Context, NamedBy, Reading, Refusal, Remark};
use super::shown;
use super::tokens::{Token, cut};
use crate::measure::{Frequency, YearBasis};
use crate::period::Period;

/// Reads a spelling as people write them in headings, cells and arguments.
///
/// Gives the reading with remarks on what else it could have meant, none for most. The reading is not yet
/// checked against an indicator: see [`Reading::for_indicator`].
///
/// # Errors
/// One [`Refusal`] when the text is no period, names no one period, or needs a year nobody gave.
pub fn read(text: &str, context: &Context) -> Result<(Reading, Vec<Remark>), Refusal> {
    let parts = scan(text, &cut(text)?)?;
    let mut settle = Settle { text, parts, context, remarks: Vec::new() };
    let reading = settle.reading()?;
    Ok((reading, settle.remarks))
}

/// Whether a heading looks like a period, right or wrong: `Q1 2023/24`, `Apr-23`, `2023/25`. Plain numbers do not,
/// years from 1990 to 2100 apart, and words that only name a kind of period (`Quarter`, `Year`) do not.
#[must_use]
pub fn looks_like_period(text: &str) -> bool {
    let text = text.trim();
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.len() == 4 && text.parse().is_ok_and(|year: u32| (1990..=2100).contains(&year));
    }
    let Ok(tokens) = cut(text) else { return false };
    match scan(text, &tokens) {
        Ok(parts) => {
            let year = match parts.year {
                Some(Year::Pair { .. } | Year::One { short: false, .. }) => true,
                Some(Year::Range { first, .. }) => text.contains(&first.to_string()),
                Some(Year::One { short: true, .. }) => parts.basis.is_some(),
                None => false,
            };
            year || parts.unit.is_some() || parts.months.is_some() || parts.days.0.is_some()
        }
        Err(refusal) => match refusal.code {
            "PER-015" | "PER-025" => true,
            "PER-026" => tokens.iter().any(|t| matches!(t, Token::Number { .. })),
            _ => false,
        },
    }
}

/// Whether a heading names a period and says it holds targets: `Target 2023/24`.
#[must_use]
pub fn names_target(text: &str) -> bool {
    looks_like_period(text) && cut(text).and_then(|tokens| scan(text, &tokens)).is_ok_and(|parts| parts.target)
}

/// The part of the work that needs the text, its parts and what is known around it.
struct Settle<'a> {
    text: &'a str,
    parts: Parts,
    context: &'a Context,
    remarks: Vec<Remark>,
}

impl Settle<'_> {
    fn reading(&mut self) -> Result<Reading, Refusal> {
        if self.parts.average {
            return self.average();
        }
        if let (Some(first), last) = self.parts.days {
            return self.days(first, last);
        }
        if self.parts.to_date {
            return self.year_to_date();
        }
        let base = match self.base()? {
            Some(base) => base,
            None if self.parts.window.is_some() => self.return_period()?,
            None => return Err(self.refuse("PER-001", "is not a period")),
        };
        if let Some(months) = self.parts.window {
            return self.window(months, base.end());
        }
        if self.parts.rolling {
            return Err(self.refuse("PER-001", "does not say how many months roll"));
        }
        if self.parts.as_at {
            return Ok(Reading::Day(base.end()));
        }
        match self.parts.said {
            Some(said) if base.months() != said.months() => Err(self.refuse("PER-020", "names two lengths of time that disagree")),
            _ if base.months() > 12 => Ok(Reading::Rolling { months: base.months(), to: base.end() }),
            _ => Ok(Reading::Period(base)),
        }
    }

    /// A day, or a first and a last day.
    fn days(&mut self, first: NaiveDate, last: Option<NaiveDate>) -> Result<Reading, Refusal> {
        let parts = self.parts;
        if parts.unit.is_some() || parts.months.is_some() || parts.year.is_some() {
            return Err(self.refuse("PER-020", "names a day and a period"));
        }
        if let Some(last) = last {
            if parts.to_date {
                return self.total(first, last);
            }
            let span = Period::between(first, last).ok_or_else(|| self.refuse("PER-001", "is not a span of whole months"))?;
            return Ok(Reading::Period(span));
        }
        if let Some(months) = parts.window {
            return self.window(months, first);
        }
        if parts.to_date {
            let from = self.year_start(first)?;
            return self.total(from, first);
        }
        if let (Some(frequency), false) = (self.context.frequency, parts.as_at) {
            return dates::holding(first, frequency, self.context, &mut self.remarks);
        }
        Ok(Reading::Day(first))
    }

    /// So many months that end on a day.
    fn window(&self, months: u32, to: NaiveDate) -> Result<Reading, Refusal> {
        let after = to.succ_opt().filter(|day| day.day() == 1);
        let last = after.and(Period::month(to.year(), to.month())).ok_or_else(|| self.refuse("PER-001", "does not end with a month"))?;
        let moving = self.parts.rolling || (self.parts.moving && months >= 12);
        let start = last.start().checked_sub_months(chrono::Months::new(months - 1));
        let span = start.and_then(|start| Period::new(start, months));
        match span {
            Some(span) if !moving && span.frequency().is_some() => Ok(Reading::Period(span)),
            Some(_) => Ok(Reading::Rolling { months, to }),
            None => Err(self.refuse("PER-001", "lies outside the years 1900 to 2200")),
        }
    }

    /// `3 year average 2021-23`.
    fn average(&mut self) -> Result<Reading, Refusal> {
        let months = self.parts.window.ok_or_else(|| self.refuse("PER-001", "does not say over how many months the average is taken"))?;
        let (first, last, financial) = match self.parts.year {
            Some(Year::Range { first, last, pairs }) => (first, last, pairs || self.parts.basis == Some(YearBasis::Financial)),
            Some(Year::Pair { start, .. }) if months == 24 => (start, start + 1, self.parts.basis == Some(YearBasis::Financial)),
            Some(Year::One { year, .. }) => (year - (months as i32 / 12 - 1), year, false),
            _ => {
                let base = self.base()?.ok_or_else(|| self.refuse("PER-001", "does not say which years are averaged"))?;
                self.parts.rolling = true;
                return self.window(months, base.end());
            }
        };
        if (last - first + 1) * 12 != months as i32 {
            return Err(not_a_pair(self.text));
        }
        let stated = financial || self.parts.basis.is_some();
        let basis = if financial { YearBasis::Financial } else { self.parts.basis.unwrap_or(YearBasis::Calendar) };
        let year = Period::year(basis, last).ok_or_else(|| self.refuse("PER-001", "lies outside the years 1900 to 2200"))?;
        if !stated {
            self.remark("PER-024", "is read as calendar years, January to December; it does not say");
        }
        self.parts.rolling = true;
        self.window(months, year.end())
    }

    fn year_to_date(&mut self) -> Result<Reading, Refusal> {
        let named_span = self.parts.months.is_some_and(|months| months.first != months.last);
        let only_year = self.parts.months.is_none() && self.parts.unit.is_none();
        let Some(base) = self.base()? else {
            let end = self.return_period()?.end();
            let from = self.year_start(end)?;
            return self.total(from, end);
        };
        if only_year {
            let end = self.context.return_period.map(Period::end).filter(|end| (base.start()..=base.end()).contains(end));
            let end = end.ok_or_else(|| self.refuse("PER-013", "does not say up to when, and no return period within that year is given"))?;
            self.remark("PER-010", &format!("is read up to {}, the end of the return period", super::reading::words(end)));
            return self.total(base.start(), end);
        }
        let from = if named_span { base.start() } else { self.year_start(base.end())? };
        self.total(from, base.end())
    }

    /// A running total must begin where a year does.
    fn total(&self, from: NaiveDate, to: NaiveDate) -> Result<Reading, Refusal> {
        if self.year_start(to)? == from {
            Ok(Reading::YearToDate { from, to })
        } else {
            Err(self.refuse("PER-020", "is said to be a running total and does not begin where the year does"))
        }
    }

    fn year_start(&self, day: NaiveDate) -> Result<NaiveDate, Refusal> {
        let basis = self.parts.basis.or(self.context.basis).unwrap_or(YearBasis::Financial);
        let year = Period::holding(day, Frequency::Annual, basis);
        year.map(Period::start).ok_or_else(|| self.refuse("PER-001", "lies outside the years 1900 to 2200"))
    }

    fn return_period(&mut self) -> Result<Period, Refusal> {
        let period = self.context.return_period.ok_or_else(|| self.refuse("PER-013", "does not say up to when, and no return period is given"))?;
        self.remark("PER-010", &format!("is read up to {}, the end of the return period", super::reading::words(period.end())));
        Ok(period)
    }

    /// The months, unit and year that are mentioned as one period; none when none is.
    fn base(&mut self) -> Result<Option<Period>, Refusal> {
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
        let (Some(start), Some(end)) = ends else { return Err(self.refuse("PER-001", "lies outside the years 1900 to 2200")) };
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
        let calendar = self.parts.basis == Some(YearBasis::Calendar)
            || (self.parts.basis.is_none() && self.parts.year.is_none() && self.context.quarter_years == Some(YearBasis::Calendar));
        let basis = if calendar { YearBasis::Calendar } else { YearBasis::Financial };
        let counted = Period::holding(span.start(), Frequency::Annual, basis).and_then(|year| part_of(year, unit, number));
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
        let year = self.year_around()?;
        if year.start().month() == YearBasis::Academic.first_month() && unit != Unit::Month {
            return Err(self.refuse("PER-001", "counts quarters of an academic year, which has terms"));
        }
        part_of(year, unit, number).ok_or_else(|| self.refuse("PER-001", "lies outside the years 1900 to 2200"))
    }

    fn check_number(&self, unit: Unit, number: u32) -> Result<(), Refusal> {
        match unit {
            _ if (1..=unit.in_year()).contains(&number) => Ok(()),
            Unit::Month => {
                let refusal = self.refuse("PER-021", &format!("names month {number} of the accounts, and a year has twelve"));
                Err(refusal.suggesting("Period 12, if the year's last month is meant"))
            }
            Unit::Quarter => Err(self.refuse("PER-001", "names a quarter, and a year has four")),
            Unit::Half => Err(self.refuse("PER-001", "names a half, and a year has two")),
        }
    }

    /// The twelve months that a quarter's number or a month without a year belongs to.
    fn year_around(&mut self) -> Result<Period, Refusal> {
        let outside = self.refuse("PER-001", "lies outside the years 1900 to 2200");
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
        let outside = self.refuse("PER-001", "lies outside the years 1900 to 2200");
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
            (Some(Year::Pair { start, doubtful }), None) if self.parts.named == Named::Plain => return self.pair(start, doubtful).map(Some),
            (Some(Year::Pair { .. }), _) => return self.year_around().map(Some),
            (Some(Year::One { year, .. }), _) if self.parts.named != Named::Plain => return self.year_named(year).map(Some),
            (Some(Year::One { year, .. }), Some(YearBasis::Calendar)) => Period::year(YearBasis::Calendar, year),
            (Some(Year::One { short: true, .. }), _) => return Err(self.refuse("PER-001", "is not a period")),
            (Some(Year::One { year, .. }), said) => {
                let Some(basis) = self.context.basis.filter(|_| said.is_none()) else {
                    let refusal = self.refuse("PER-019", "may be a financial, calendar or academic year, and nothing says which");
                    let next = (year + 1).rem_euclid(100);
                    return Err(refusal.suggesting(format!("{year}/{next:02} or Calendar year {year}")));
                };
                let words = basis.words().to_lowercase();
                self.remark("PER-018", &format!("is read as the {words} year that begins in {year}, because the indicator keeps {words} years"));
                Period::year(basis, year)
            }
            (Some(Year::Range { .. }), _) => return Err(not_a_pair(self.text)),
        };
        found.map(Some).ok_or_else(|| self.refuse("PER-001", "lies outside the years 1900 to 2200"))
    }

    /// `2023/24` with nothing said of which year; `2011-12` and `04/05` could be something else altogether.
    fn pair(&mut self, start: i32, doubtful: Option<NaiveDate>) -> Result<Period, Refusal> {
        let outside = self.refuse("PER-001", "lies outside the years 1900 to 2200");
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

    fn remark(&mut self, code: &'static str, says: &str) {
        self.remarks.push(Remark::new(code, format!("\u{201c}{}\u{201d} {says}.", shown(self.text))));
    }

    fn refuse(&self, code: &'static str, says: &str) -> Refusal {
        Refusal::new(code, format!("\u{201c}{}\u{201d} {says}.", shown(self.text)))
    }
}

/// Quarter, half or month `number` of twelve months.
fn part_of(year: Period, unit: Unit, number: u32) -> Option<Period> {
    let into_year = number.checked_sub(1)?.checked_mul(unit.months())?;
    Period::new(year.start().checked_add_months(chrono::Months::new(into_year))?, unit.months())
}

const _: () = assert!(century(69) == 2069 && century(70) == 1970);
