//! What a spelling mentions: a quarter's number, months by name, a year, a day, a running total.
//!
//! The pieces may come in any order (`Q1 2023/24`, `2023/24 Q1`, `Q1 (Apr-Jun) 2023/24`), each at most once.
//! Whether they make sense together is for [`super::settle`].

use chrono::{Datelike, NaiveDate};

use super::reading::Refusal;
use super::shown;
use super::tokens::{Token, Word};
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

/// Reads the tokens of a text.
///
/// # Errors
/// A refusal when two pieces of one sort are mentioned, or a piece stands where it means nothing.
pub(super) fn scan(text: &str, tokens: &[Token]) -> Result<Parts, Refusal> {
    let mut scan = Scan { text, tokens, at: 0, parts: Parts::default() };
    if matches!(tokens.first(), Some(Token::Separator(_))) || matches!(tokens.last(), Some(Token::Separator(_))) {
        return Err(scan.no_period());
    }
    while let Some(token) = scan.peek(0) {
        let before = scan.at;
        match token {
            Token::Number { value, digits } => scan.number(value, digits)?,
            Token::Month(month) => scan.month(month)?,
            Token::Separator(_) => scan.at += 1,
            Token::Word(word) => scan.word(word)?,
        }
        if scan.at == before {
            return Err(scan.no_period());
        }
    }
    Ok(scan.parts)
}

struct Scan<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    parts: Parts,
}

impl Scan<'_> {
    fn peek(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.at + ahead).copied()
    }

    fn word_ahead(&self, ahead: usize) -> Option<Word> {
        if let Some(Token::Word(word)) = self.peek(ahead) { Some(word) } else { None }
    }

    fn number_ahead(&self, ahead: usize) -> Option<(u32, usize)> {
        if let Some(Token::Number { value, digits }) = self.peek(ahead) { Some((value, digits)) } else { None }
    }

    fn separator_ahead(&self, ahead: usize) -> Option<char> {
        if let Some(Token::Separator(c)) = self.peek(ahead) { Some(c) } else { None }
    }

    fn no_period(&self) -> Refusal {
        Refusal::new("PER-001", format!("\u{201c}{}\u{201d} is not a period.", shown(self.text)))
    }

    fn twice(&self) -> Refusal {
        Refusal::new("PER-020", format!("\u{201c}{}\u{201d} names more than one period.", shown(self.text)))
    }

    fn set_unit(&mut self, unit: Unit, number: u32, taken: usize) -> Result<(), Refusal> {
        if self.parts.unit.replace((unit, number)).is_some() {
            return Err(self.twice());
        }
        self.at += taken;
        Ok(())
    }

    fn set_months(&mut self, months: Months, taken: usize) -> Result<(), Refusal> {
        if self.parts.months.replace(months).is_some() {
            return Err(self.twice());
        }
        self.at += taken;
        Ok(())
    }

    fn set_year(&mut self, year: Year, taken: usize) -> Result<(), Refusal> {
        if self.parts.year.replace(year).is_some() {
            return Err(self.twice());
        }
        self.at += taken;
        Ok(())
    }

    fn set_day(&mut self, day: NaiveDate, taken: usize) -> Result<(), Refusal> {
        self.parts.days = match self.parts.days {
            (None, _) => (Some(day), None),
            (Some(first), None) if first < day => (Some(first), Some(day)),
            _ => return Err(self.twice()),
        };
        self.at += taken;
        Ok(())
    }

    fn set_basis(&mut self, basis: YearBasis) -> Result<(), Refusal> {
        match self.parts.basis.replace(basis) {
            Some(other) if other != basis => Err(self.twice()),
            _ => Ok(()),
        }
    }

    fn set_window(&mut self, months: u32, moving: bool, taken: usize) -> Result<(), Refusal> {
        if !(1..=120).contains(&months) {
            return Err(self.no_period());
        }
        if self.parts.window.replace(months).is_some() {
            return Err(self.twice());
        }
        self.parts.moving = moving;
        self.at += taken;
        Ok(())
    }

    fn word(&mut self, word: Word) -> Result<(), Refusal> {
        match word {
            Word::Quarter => self.unit(Unit::Quarter),
            Word::FinancialQuarter => self.set_basis(YearBasis::Financial).and_then(|()| self.unit(Unit::Quarter)),
            Word::CalendarQuarter => self.set_basis(YearBasis::Calendar).and_then(|()| self.unit(Unit::Quarter)),
            Word::Half => self.unit(Unit::Half),
            Word::M | Word::Month => self.unit(Unit::Month),
            // `Period 1` is the first month of the accounts; `period` alone says nothing.
            Word::AccountingPeriod if self.number_ahead(1).is_some_and(|(_, digits)| digits <= 2) => self.unit(Unit::Month),
            Word::Count(count) => self.counted(count, 1),
            Word::Year => self.year_word(1),
            Word::YearEnding => self.year_ending(1),
            Word::Y if self.separator_ahead(1).is_some() && self.word_ahead(2) == Some(Word::E) => self.year_ending(3),
            Word::FinancialYearEnding => {
                self.set_basis(YearBasis::Financial)?;
                self.year_ending(1)?;
                self.parts.named = Named::FinancialYearEnding;
                Ok(())
            }
            Word::To => self.to(),
            Word::Census => self.census(),
            _ => self.plain_word(word),
        }
    }

    /// The words that only raise a flag, or nothing at all.
    fn plain_word(&mut self, word: Word) -> Result<(), Refusal> {
        match word {
            Word::Financial => {
                self.set_basis(YearBasis::Financial)?;
                self.parts.named = Named::Financial;
            }
            Word::Calendar => self.set_basis(YearBasis::Calendar)?,
            Word::Academic => self.set_basis(YearBasis::Academic)?,
            Word::ToDate => self.parts.to_date = true,
            Word::Rolling => self.parts.rolling = true,
            Word::Average => self.parts.average = true,
            Word::AsAt => self.parts.as_at = true,
            Word::Target => self.parts.target = true,
            Word::Filler | Word::End | Word::Ending | Word::Date | Word::AccountingPeriod => {}
            Word::Season => return Err(self.season()),
            Word::Latest => {
                let message = format!("\u{201c}{}\u{201d} names no period: it changes with the day it is read.", shown(self.text));
                return Err(Refusal::new("PER-027", message).suggesting("the period itself, for instance 2023/24 Q1"));
            }
            Word::Baseline => {
                let message = format!("\u{201c}{}\u{201d} is a role, not a period: map this column to the baseline.", shown(self.text));
                return Err(Refusal::new("PER-028", message));
            }
            _ => return Err(self.no_period()),
        }
        self.at += 1;
        Ok(())
    }

    fn season(&self) -> Refusal {
        let message = format!("\u{201c}{}\u{201d} is a season or school term, which has no fixed months here.", shown(self.text));
        Refusal::new("PER-026", message).suggesting("the months, for instance September to December 2023")
    }

    /// After `Q`, `half`, `month`: a number, or `ending`, or nothing (then the rest must be of that length).
    fn unit(&mut self, unit: Unit) -> Result<(), Refusal> {
        // `half year`, `half year 1`.
        let skip = if unit == Unit::Half && self.word_ahead(1) == Some(Word::Year) { 2 } else { 1 };
        match self.peek(skip) {
            Some(Token::Number { value, digits }) if digits == 1 || (digits == 2 && self.counts(skip, value)) => {
                self.set_unit(unit, value, skip + 1)
            }
            Some(Token::Word(Word::Count(number))) => self.set_unit(unit, number, skip + 1),
            Some(Token::Word(Word::Ending | Word::End | Word::To)) => self.set_window(unit.months(), false, skip + 1),
            _ => {
                if self.parts.said.replace(unit).is_some_and(|other| other != unit) {
                    return Err(self.twice());
                }
                self.at += skip;
                Ok(())
            }
        }
    }

    /// Whether the two-digit number there counts a unit (`Period 12`) and does not begin a day (`quarter 30/06/2023`).
    fn counts(&self, at: usize, value: u32) -> bool {
        let full_year_later = matches!(self.number_ahead(at + 4), Some((_, 4)));
        !self.starts_day(at) || (value <= 13 && !full_year_later)
    }

    /// A number before a word: `1st quarter`, `12 months to`, `3 year average`. `taken` tokens are the number.
    fn counted(&mut self, count: u32, taken: usize) -> Result<(), Refusal> {
        match self.word_ahead(taken) {
            Some(Word::Quarter) => self.set_unit(Unit::Quarter, count, taken + 1),
            Some(Word::Half) => {
                let year = usize::from(self.word_ahead(taken + 1) == Some(Word::Year));
                self.set_unit(Unit::Half, count, taken + 1 + year)
            }
            Some(word @ (Word::Month | Word::Year)) => {
                let months = if word == Word::Year { count.saturating_mul(12) } else { count };
                let mut taken = taken + 1;
                for flag in [Word::Rolling, Word::Average] {
                    if self.word_ahead(taken) == Some(flag) {
                        self.parts.rolling |= flag == Word::Rolling;
                        self.parts.average |= flag == Word::Average;
                        taken += 1;
                    }
                }
                let ends = matches!(self.word_ahead(taken), Some(Word::To | Word::Ending | Word::End));
                if !ends && !self.parts.rolling && !self.parts.average {
                    return Err(self.no_period());
                }
                self.set_window(months, true, taken + usize::from(ends))
            }
            _ => Err(self.no_period()),
        }
    }

    /// `year`, having taken `taken` tokens: `year to date`, `year to June`, `year ending`, or nothing.
    fn year_word(&mut self, taken: usize) -> Result<(), Refusal> {
        match (self.word_ahead(taken), self.word_ahead(taken + 1)) {
            (Some(Word::To), Some(Word::Date)) => {
                self.parts.to_date = true;
                self.at += taken + 2;
                Ok(())
            }
            (Some(Word::To), _) => self.set_window(12, true, taken + 1),
            (Some(Word::Ending | Word::End), _) => self.year_ending(taken + 1),
            _ => {
                self.at += taken;
                Ok(())
            }
        }
    }

    /// `year ending`, `Y/E`, `FYE`: a window when a month or day follows, otherwise it says which year `2024` names.
    fn year_ending(&mut self, taken: usize) -> Result<(), Refusal> {
        let month = matches!(self.peek(taken), Some(Token::Month(_)));
        if month || self.starts_day(taken) || self.starts_iso_day(taken) {
            return self.set_window(12, false, taken);
        }
        if self.parts.named == Named::Plain {
            self.parts.named = Named::Financial;
        }
        self.at += taken;
        Ok(())
    }

    fn to(&mut self) -> Result<(), Refusal> {
        if self.word_ahead(1) == Some(Word::Date) {
            self.parts.to_date = true;
            self.at += 2;
            return Ok(());
        }
        let parts = &self.parts;
        let between_days = parts.days.0.is_some() && parts.days.1.is_none();
        if between_days || parts.to_date || parts.rolling || parts.average {
            self.at += 1;
            return Ok(());
        }
        Err(self.no_period())
    }

    fn census(&mut self) -> Result<(), Refusal> {
        // Census days of England and Wales; Northern Ireland's were the same.
        let day = match self.number_ahead(1) {
            Some((2021, 4)) => NaiveDate::from_ymd_opt(2021, 3, 21),
            Some((2011, 4)) => NaiveDate::from_ymd_opt(2011, 3, 27),
            Some((2001, 4)) => NaiveDate::from_ymd_opt(2001, 4, 29),
            _ => None,
        };
        let day = day.ok_or_else(|| self.no_period())?;
        self.set_day(day, 2)
    }

    /// A month's name: `April`, `Apr-23`, `Apr to Jun 2023`, `Oct 2023 to Mar 2024`, `March 31 2024`.
    fn month(&mut self, month: u32) -> Result<(), Refusal> {
        if let Some((day, taken)) = self.day_after_month(month)? {
            return self.set_day(day, taken);
        }
        let (first_year, mut taken) = self.year_beside(1);
        let between = matches!(self.peek(taken), Some(Token::Separator('-' | '/') | Token::Word(Word::To)));
        let last = match self.peek(taken + 1) {
            Some(Token::Month(last)) if between => last,
            _ => return self.set_months(Months { first: (month, first_year), last: (month, first_year) }, taken),
        };
        taken += 2;
        let (last_year, taken) = self.year_beside(taken);
        self.set_months(Months { first: (month, first_year), last: (last, last_year) }, taken)
    }

    /// The year written straight after a month, and where it ends; `2023/24` there is left for [`Scan::number`].
    fn year_beside(&self, at: usize) -> (Option<i32>, usize) {
        let number_at = at + usize::from(matches!(self.separator_ahead(at), Some('-' | '/')));
        let Some((value, digits)) = self.number_ahead(number_at) else { return (None, at) };
        let pair = matches!(self.separator_ahead(number_at + 1), Some('-' | '/'))
            && self.number_ahead(number_at + 2).is_some_and(|(second, _)| second % 100 == (value + 1) % 100);
        match digits {
            _ if pair => (None, at),
            2 => (Some(century(value)), number_at + 1),
            4 if (1900..2200).contains(&value) => (Some(value as i32), number_at + 1),
            _ => (None, at),
        }
    }

    /// `March 31 2024`, `March 31st, 2024`.
    fn day_after_month(&self, month: u32) -> Result<Option<(NaiveDate, usize)>, Refusal> {
        let Some((day, 1 | 2)) = self.number_ahead(1) else { return Ok(None) };
        let at = 2 + usize::from(self.word_ahead(2) == Some(Word::Ordinal));
        match self.number_ahead(at) {
            Some((year, 4)) => self.date(year as i32, month, day).map(|date| Some((date, at + 1))),
            _ => Ok(None),
        }
    }

    fn number(&mut self, value: u32, digits: usize) -> Result<(), Refusal> {
        if let Some((day, taken)) = self.day(value, digits)? {
            return self.set_day(day, taken);
        }
        let ordinal = usize::from(self.word_ahead(1) == Some(Word::Ordinal));
        let before_word = match self.word_ahead(1 + ordinal) {
            Some(Word::Quarter | Word::Half) => digits == 1 || ordinal == 1,
            Some(Word::Month | Word::Year) => digits <= 3 && !matches!(self.number_ahead(2), Some((_, 1 | 2))),
            _ => ordinal == 1,
        };
        if before_word {
            return self.counted(value, 1 + ordinal);
        }
        match digits {
            6 => self.six_digits(value),
            4 if self.word_ahead(1) == Some(Word::M) => self.numbered_month(value),
            1 | 2 | 4 => self.year(value, digits),
            _ => Err(self.no_period()),
        }
    }

    /// `202324`, `202304`, and `201112`, which is either.
    fn six_digits(&mut self, value: u32) -> Result<(), Refusal> {
        let (year, rest) = ((value / 100) as i32, value % 100);
        let month = NaiveDate::from_ymd_opt(year, rest, 1);
        if !(1900..2200).contains(&year) {
            return Err(self.no_period());
        }
        if rest == (value / 100 + 1) % 100 {
            return self.set_year(Year::Pair { start: year, doubtful: month }, 1);
        }
        if month.is_none() {
            return Err(self.not_a_pair());
        }
        self.set_months(Months { first: (rest, Some(year)), last: (rest, Some(year)) }, 1)
    }

    /// `2023M04`.
    fn numbered_month(&mut self, year: u32) -> Result<(), Refusal> {
        match self.number_ahead(2) {
            Some((month @ 1..=12, 1 | 2)) => {
                let written = (month, Some(year as i32));
                self.set_months(Months { first: written, last: written }, 3)
            }
            _ => Err(self.no_period()),
        }
    }

    /// A year, a pair of them, or a year and a month: `2023`, `23/24`, `2023 to 2024`, `2023-04`, `04/2023`.
    fn year(&mut self, value: u32, digits: usize) -> Result<(), Refusal> {
        let joined = matches!(self.peek(1), Some(Token::Separator('-' | '/') | Token::Word(Word::To)));
        let Some((second, second_digits)) = self.number_ahead(2).filter(|_| joined) else {
            return self.lone_year(value, digits);
        };
        let worded = self.word_ahead(1).is_some();
        match (digits, second_digits) {
            (1 | 2, 4) if !worded => self.month_before_year(value, second),
            (4, 2 | 4) | (2, 2) => self.pair(value, digits, second, second_digits),
            (4, 1) => Err(self.not_a_pair()),
            _ => Err(self.no_period()),
        }
    }

    fn lone_year(&mut self, value: u32, digits: usize) -> Result<(), Refusal> {
        match digits {
            2 => self.set_year(Year::One { year: century(value), short: true }, 1),
            4 if (1900..2200).contains(&value) => self.set_year(Year::One { year: value as i32, short: false }, 1),
            // `FY2324`.
            4 if self.parts.basis.is_some() && (value / 100 + 1) % 100 == value % 100 => {
                self.set_year(Year::Pair { start: century(value / 100), doubtful: None }, 1)
            }
            _ => Err(self.no_period()),
        }
    }

    /// `04/2023`.
    fn month_before_year(&mut self, month: u32, year: u32) -> Result<(), Refusal> {
        if !(1..=12).contains(&month) || !(1900..2200).contains(&year) {
            return Err(self.no_period());
        }
        let written = (month, Some(year as i32));
        self.set_months(Months { first: written, last: written }, 3)
    }

    fn pair(&mut self, first: u32, digits: usize, second: u32, second_digits: usize) -> Result<(), Refusal> {
        let start = if digits == 2 { century(first) } else { first as i32 };
        if !(1900..2200).contains(&start) {
            return Err(self.no_period());
        }
        let last = if second_digits == 4 { second as i32 } else { start - start % 100 + second as i32 };
        let follows = if second_digits == 4 { last == start + 1 } else { second == (start as u32 + 1) % 100 };
        let separator = self.separator_ahead(1);
        if follows {
            let also = if digits == 4 { NaiveDate::from_ymd_opt(start, second, 1) } else { NaiveDate::from_ymd_opt(2000, second, first) };
            let sure = second_digits == 4 || separator.is_none() || (digits == 4 && separator == Some('/'));
            return match self.second_pair(3) {
                Some(last) => self.set_year(Year::Range { first: start, last, pairs: true }, 7),
                None => self.set_year(Year::Pair { start, doubtful: also.filter(|_| !sure) }, 3),
            };
        }
        let spans_years = self.parts.average || self.parts.window.is_some_and(|months| months > 12);
        if digits == 4 && second_digits == 2 && (1..=12).contains(&second) && separator.is_some() && !spans_years {
            return self.set_months(Months { first: (second, Some(start)), last: (second, Some(start)) }, 3);
        }
        self.set_year(Year::Range { first: start, last, pairs: false }, 3)
    }

    /// After `2020/21`: the start of the year in `to 2022/23`.
    fn second_pair(&self, at: usize) -> Option<i32> {
        let joined = matches!(self.peek(at), Some(Token::Separator('-') | Token::Word(Word::To)));
        let (start, 4) = self.number_ahead(at + 1).filter(|_| joined)? else { return None };
        let (second, _) = self.number_ahead(at + 3).filter(|_| self.separator_ahead(at + 2).is_some())?;
        (second % 100 == (start + 1) % 100).then_some(start as i32)
    }

    /// A day that starts here, and how many tokens it takes: `31/03/2024`, `2024-03-31`, `31st March 2024`.
    fn day(&self, value: u32, digits: usize) -> Result<Option<(NaiveDate, usize)>, Refusal> {
        if self.starts_iso_day(0) {
            let (month, day) = (self.number_ahead(2).map_or(0, |n| n.0), self.number_ahead(4).map_or(0, |n| n.0));
            return self.date(value as i32, month, day).map(|date| Some((date, 5)));
        }
        if digits > 2 || !self.starts_day(0) {
            return Ok(None);
        }
        if let (Some(_), Some((month, _)), Some(_), Some((year, year_digits))) =
            (self.separator_ahead(1), self.number_ahead(2), self.separator_ahead(3), self.number_ahead(4))
        {
            let year = if year_digits == 2 { century(year) } else { year as i32 };
            if month > 12 && (1..=12).contains(&value) {
                let message = format!("\u{201c}{}\u{201d} has no month {month}: days come first, then months.", shown(self.text));
                return Err(Refusal::new("PER-025", message).suggesting(format!("{month:02}/{value:02}/{year}, if that is the day meant")));
            }
            return self.date(year, month, value).map(|date| Some((date, 5)));
        }
        let ordinal = usize::from(self.word_ahead(1) == Some(Word::Ordinal));
        let at = 1 + ordinal + usize::from(matches!(self.peek(1 + ordinal), Some(Token::Separator(_) | Token::Word(Word::Filler))));
        let Some(Token::Month(month)) = self.peek(at) else { return Ok(None) };
        match self.year_beside(at + 1) {
            (Some(year), end) => self.date(year, month, value).map(|date| Some((date, end))),
            (None, _) if ordinal == 0 && digits == 2 => Err(self.day_or_year(value, month)),
            (None, _) => Err(Refusal::new("PER-013", format!("\u{201c}{}\u{201d} has no year.", shown(self.text)))),
        }
    }

    /// `23-Apr`: a day of April, or April 2023.
    fn day_or_year(&self, value: u32, month: u32) -> Refusal {
        let message = format!("\u{201c}{}\u{201d} is a day without a year, or a month of the year {}.", shown(self.text), century(value));
        let refusal = Refusal::new("PER-015", message);
        match NaiveDate::from_ymd_opt(century(value), month, 1) {
            Some(day) => refusal.suggesting(format!("{}, if that month is meant", day.format("%B %Y"))),
            None => refusal,
        }
    }

    /// Whether a day begins `ahead` tokens on, with the day's number first.
    fn starts_day(&self, ahead: usize) -> bool {
        let Some((_, 1 | 2)) = self.number_ahead(ahead) else { return false };
        let ordinal = usize::from(self.word_ahead(ahead + 1) == Some(Word::Ordinal));
        let joined = matches!(self.peek(ahead + 1 + ordinal), Some(Token::Separator(_) | Token::Word(Word::Filler)));
        let month = ahead + 1 + ordinal + usize::from(joined);
        if matches!(self.peek(month), Some(Token::Month(_))) {
            return true;
        }
        let separator = self.separator_ahead(ahead + 1);
        separator.is_some()
            && separator == self.separator_ahead(ahead + 3)
            && matches!(self.number_ahead(ahead + 2), Some((_, 1 | 2)))
            && matches!(self.number_ahead(ahead + 4), Some((_, 2 | 4)))
    }

    /// Whether `2024-03-31` begins `ahead` tokens on.
    fn starts_iso_day(&self, ahead: usize) -> bool {
        let separator = self.separator_ahead(ahead + 1);
        separator.is_some()
            && separator == self.separator_ahead(ahead + 3)
            && matches!(self.number_ahead(ahead), Some((_, 4)))
            && matches!(self.number_ahead(ahead + 2), Some((_, 1 | 2)))
            && matches!(self.number_ahead(ahead + 4), Some((_, 1 | 2)))
    }

    fn date(&self, year: i32, month: u32, day: u32) -> Result<NaiveDate, Refusal> {
        NaiveDate::from_ymd_opt(year, month, day)
            .filter(|date| (1900..2200).contains(&date.year()))
            .ok_or_else(|| Refusal::new("PER-001", format!("\u{201c}{}\u{201d} is not a day of the calendar.", shown(self.text))))
    }

    fn not_a_pair(&self) -> Refusal {
        not_a_pair(self.text)
    }
}

/// `2023/25`.
pub(super) fn not_a_pair(text: &str) -> Refusal {
    let message = format!("\u{201c}{}\u{201d} is not a year: the second year is not the first plus one.", shown(text));
    Refusal::new("PER-022", message).suggesting("a year written like 2023/24, or a month written like April 2023")
}
