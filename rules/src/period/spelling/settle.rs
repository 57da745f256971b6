//! From what a spelling mentions to what it means.

use chrono::{Datelike, NaiveDate};

use super::dates;
use super::numbers::not_a_pair;
use super::parts::{Parts, Year};
use super::reading::{Context, Reading, Refusal, Remark, words};
use super::scan::scan;
use super::tokens::{cut, shown};
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

/// A text, its parts and what is known around it; its other half, on which months are meant, is in [`super::base`].
pub(super) struct Settle<'a> {
    pub text: &'a str,
    pub parts: Parts,
    pub context: &'a Context,
    pub remarks: Vec<Remark>,
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
        let spans = self.parts.through.is_some();
        let base = match self.base()? {
            Some(base) => base,
            None if self.parts.window.is_some() => self.return_period()?,
            None => return Err(self.refuse("PER-036", "is not a period")),
        };
        if let Some(months) = self.parts.window {
            return self.window(months, base.end());
        }
        if self.parts.rolling {
            return Err(self.refuse("PER-036", "does not say how many months roll"));
        }
        if self.parts.as_at {
            return Ok(Reading::Day(base.end()));
        }
        match self.parts.said {
            Some(said) if !spans && base.months() != said.months() => {
                Err(self.refuse("PER-020", "names two lengths of time that disagree"))
            }
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
            let span = Period::between(first, last).ok_or_else(|| self.refuse("PER-036", "is not a span of whole months"))?;
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
        let last = after.and(Period::month(to.year(), to.month())).ok_or_else(|| self.refuse("PER-036", "does not end with a month"))?;
        let moving = self.parts.rolling || (self.parts.moving && months >= 12);
        let start = last.start().checked_sub_months(chrono::Months::new(months - 1));
        let span = start.and_then(|start| Period::new(start, months));
        match span {
            Some(span) if !moving && span.frequency().is_some() => Ok(Reading::Period(span)),
            Some(_) => Ok(Reading::Rolling { months, to }),
            None => Err(self.refuse("PER-036", "lies outside the years 1900 to 2200")),
        }
    }

    /// `3 year average 2021-23`.
    fn average(&mut self) -> Result<Reading, Refusal> {
        let months = self.parts.window.ok_or_else(|| self.refuse("PER-036", "does not say over how many months the average is taken"))?;
        let (first, last, financial) = match self.parts.year {
            Some(Year::Range { first, last, pairs }) => (first, last, pairs || self.parts.basis == Some(YearBasis::Financial)),
            Some(Year::Pair { start, .. }) if months == 24 => (start, start + 1, self.parts.basis == Some(YearBasis::Financial)),
            Some(Year::One { year, .. }) => (year - (months as i32 / 12 - 1), year, false),
            _ => {
                let base = self.base()?.ok_or_else(|| self.refuse("PER-036", "does not say which years are averaged"))?;
                self.parts.rolling = true;
                return self.window(months, base.end());
            }
        };
        if (last - first + 1) * 12 != months as i32 {
            return Err(not_a_pair(self.text));
        }
        let stated = financial || self.parts.basis.is_some();
        let basis = if financial { YearBasis::Financial } else { self.parts.basis.unwrap_or(YearBasis::Calendar) };
        let year = Period::year(basis, last).ok_or_else(|| self.refuse("PER-036", "lies outside the years 1900 to 2200"))?;
        if !stated {
            self.remark("PER-024", "is read as calendar years, January to December; it does not say");
        }
        self.parts.rolling = true;
        self.window(months, year.end())
    }

    fn year_to_date(&mut self) -> Result<Reading, Refusal> {
        let named_span = self.parts.months.is_some_and(|months| months.first != months.last) || self.parts.through.is_some();
        let only_year = self.parts.months.is_none() && self.parts.unit.is_none();
        let Some(base) = self.base()? else {
            let end = self.return_period()?.end();
            let from = self.year_start(end)?;
            return self.total(from, end);
        };
        if only_year {
            let end = self.context.return_period.map(Period::end).filter(|end| (base.start()..=base.end()).contains(end));
            let end =
                end.ok_or_else(|| self.refuse("PER-013", "does not say up to when, and no return period within that year is given"))?;
            self.remark("PER-010", &format!("is read up to {}, the end of the return period", words(end)));
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
        year.map(Period::start).ok_or_else(|| self.refuse("PER-036", "lies outside the years 1900 to 2200"))
    }

    fn return_period(&mut self) -> Result<Period, Refusal> {
        let period =
            self.context.return_period.ok_or_else(|| self.refuse("PER-013", "does not say up to when, and no return period is given"))?;
        self.remark("PER-010", &format!("is read up to {}, the end of the return period", words(period.end())));
        Ok(period)
    }

    pub fn remark(&mut self, code: &'static str, says: &str) {
        self.remarks.push(Remark::new(code, format!("\u{201c}{}\u{201d} {says}.", shown(self.text))));
    }

    pub fn refuse(&self, code: &'static str, says: &str) -> Refusal {
        Refusal::new(code, format!("\u{201c}{}\u{201d} {says}.", shown(self.text)))
    }
}
