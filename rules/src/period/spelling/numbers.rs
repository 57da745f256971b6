//! Months by name, numbers, years and days: what `2023-24`, `04/2023`, `202304` and `31/03/2024` are.

use chrono::{Datelike, NaiveDate};

use super::parts::{Months, Year, century};
use super::reading::{Refusal, words};
use super::scan::Scan;
use super::tokens::{Token, Word, shown};

impl Scan<'_> {
    /// A month's name: `April`, `Apr-23`, `Apr to Jun 2023`, `Oct 2023 to Mar 2024`, `March 31 2024`.
    pub fn month(&mut self, month: u32) -> Result<(), Refusal> {
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

    pub fn number(&mut self, value: u32, digits: usize) -> Result<(), Refusal> {
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
            5 if self.text.trim().len() == 5 => Err(self.serial(value)),
            _ => Err(self.no_period()),
        }
    }

    /// `45809`: the days since 1900 that a date is stored as, left behind where its format was lost. Only days from 1990
    /// to 2059 are taken for one; which days they are depends on the workbook, so it is asked and never read.
    fn serial(&self, value: u32) -> Refusal {
        let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).filter(|_| (32_874..58_441).contains(&value));
        let Some(day) = epoch.and_then(|epoch| epoch.checked_add_days(chrono::Days::new(value.into()))) else { return self.no_period() };
        let message = format!(
            "\u{201c}{}\u{201d} may be a day as spreadsheet programs count them, {}, or another number.",
            shown(self.text),
            words(day)
        );
        let suggestion = format!("{} or {}, if that is the day meant", day.format("%B %Y"), day.format("%d/%m/%Y"));
        Refusal::new("PER-040", message).suggesting(suggestion)
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
            return Err(not_a_pair(self.text));
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
            (4, 1) => Err(not_a_pair(self.text)),
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
    pub fn starts_day(&self, ahead: usize) -> bool {
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
    pub fn starts_iso_day(&self, ahead: usize) -> bool {
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
            .ok_or_else(|| Refusal::new("PER-025", format!("\u{201c}{}\u{201d} is not a day of the calendar.", shown(self.text))))
    }
}

/// `2023/25`.
pub(super) fn not_a_pair(text: &str) -> Refusal {
    let message = format!("\u{201c}{}\u{201d} is not a year: the second year is not the first plus one.", shown(text));
    Refusal::new("PER-022", message).suggesting("a year written like 2023/24, or a month written like April 2023")
}
