//! From tokens to the parts they mention.
//!
//! The parts may come in any order (`Q1 2023/24`, `2023/24 Q1`, `Q1 (Apr-Jun) 2023/24`), each at most once.
//! Whether they make sense together is for [`super::settle`].

use chrono::NaiveDate;

use super::parts::{Months, Named, Parts, Unit, Year};
use super::reading::Refusal;
use super::tokens::{Token, Word, shown};
use crate::measure::YearBasis;

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
            Token::Separator('&') if !scan.is_between_units() => return Err(scan.no_period()),
            Token::Separator(_) => scan.at += 1,
            Token::Word(word) => scan.word(word)?,
        }
        if scan.at == before {
            return Err(scan.no_period());
        }
    }
    Ok(scan.parts)
}

/// A cursor over the tokens; what it makes of numbers and days is in [`super::numbers`], of several units in [`super::several`].
pub(super) struct Scan<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub at: usize,
    pub parts: Parts,
}

impl Scan<'_> {
    pub fn peek(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.at + ahead).copied()
    }

    pub fn word_ahead(&self, ahead: usize) -> Option<Word> {
        if let Some(Token::Word(word)) = self.peek(ahead) { Some(word) } else { None }
    }

    pub fn number_ahead(&self, ahead: usize) -> Option<(u32, usize)> {
        if let Some(Token::Number { value, digits }) = self.peek(ahead) { Some((value, digits)) } else { None }
    }

    pub fn separator_ahead(&self, ahead: usize) -> Option<char> {
        if let Some(Token::Separator(c)) = self.peek(ahead) { Some(c) } else { None }
    }

    pub fn no_period(&self) -> Refusal {
        Refusal::new("PER-036", format!("\u{201c}{}\u{201d} is not a period.", shown(self.text)))
    }

    pub fn twice(&self) -> Refusal {
        Refusal::new("PER-020", format!("\u{201c}{}\u{201d} names more than one period.", shown(self.text)))
    }

    pub fn set_unit(&mut self, unit: Unit, number: u32, taken: usize) -> Result<(), Refusal> {
        match self.parts.unit {
            None => self.parts.unit = Some((unit, number)),
            Some((known, first)) if known == unit && self.parts.through.is_none() && self.is_joined() => {
                self.set_through(unit, first, number)?;
            }
            Some(_) => return Err(self.twice()),
        }
        self.at += taken;
        Ok(())
    }

    pub fn set_months(&mut self, months: Months, taken: usize) -> Result<(), Refusal> {
        if self.parts.months.replace(months).is_some() {
            return Err(self.twice());
        }
        self.at += taken;
        Ok(())
    }

    pub fn set_year(&mut self, year: Year, taken: usize) -> Result<(), Refusal> {
        if self.parts.year.replace(year).is_some() {
            return Err(self.twice());
        }
        self.at += taken;
        Ok(())
    }

    pub fn set_day(&mut self, day: NaiveDate, taken: usize) -> Result<(), Refusal> {
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

    pub fn set_window(&mut self, months: u32, moving: bool, taken: usize) -> Result<(), Refusal> {
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
            Word::And if self.is_between_units() => {
                self.at += 1;
                Ok(())
            }
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
                self.set_unit(unit, value, skip + 1)?;
                self.bare_through(unit, value)
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
    pub fn counted(&mut self, count: u32, taken: usize) -> Result<(), Refusal> {
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
        if between_days || parts.to_date || parts.rolling || parts.average || self.is_between_units() {
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
}
