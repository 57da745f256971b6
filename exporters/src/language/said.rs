//! Periods, days and lists in a language's words.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use rules::period::Period;

use super::{Language, tell};

/// How the names of months are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Months {
    /// In full.
    Full,
    /// Cut short, for the axis of a chart.
    Short,
}

/// `status` and `NO_TARGET` are `status-no-target`.
pub(crate) fn dashed(set: &str, code: &str) -> String {
    let mut id = String::with_capacity(set.len() + code.len() + 1);
    id.push_str(set);
    id.push('-');
    id.extend(code.chars().map(|c| if c == '_' { '-' } else { c.to_ascii_lowercase() }));
    id
}

impl Language {
    fn month(&self, month: u32, written: Months) -> &str {
        match written {
            Months::Full => self.say(&format!("month-{month}")),
            Months::Short => self.say(&format!("month-short-{month}")),
        }
    }

    /// A month as it stands after "to".
    fn month_to(&self, month: u32, written: Months) -> &str {
        match written {
            Months::Full => self.say(&format!("month-to-{month}")),
            Months::Short => self.say(&format!("month-short-to-{month}")),
        }
    }

    /// `July to September 2023`.
    pub(crate) fn period(&self, period: Period) -> String {
        self.period_in(period, Months::Full)
    }

    pub(crate) fn period_in(&self, period: Period, written: Months) -> String {
        let (start, end) = (period.start(), period.end());
        let (from, to) = (self.month(start.month(), written), self.month_to(end.month(), written));
        let (from_year, to_year) = (start.year().to_string(), end.year().to_string());
        if period.months() == 1 {
            tell!(self, "period-month", month = from, year = from_year)
        } else if start.year() == end.year() {
            tell!(self, "period-months", from = from, to = to, year = from_year)
        } else {
            tell!(self, "period-years", from = from, from_year = from_year, to = to, to_year = to_year)
        }
    }

    /// The month of a day, `April 2022`, and as it stands after "to".
    pub(crate) fn month_of(&self, day: NaiveDate, after_to: bool) -> String {
        let month = if after_to { self.month_to(day.month(), Months::Full) } else { self.month(day.month(), Months::Full) };
        tell!(self, "period-month", month = month, year = day.year().to_string())
    }

    /// `4 October 2023`.
    pub(crate) fn day(&self, day: NaiveDate) -> String {
        let (number, year) = (day.day().to_string(), day.year().to_string());
        tell!(self, "day", day = number, month = self.month(day.month(), Months::Full), year = year)
    }

    /// `4 October 2023 at 09:30 UTC`.
    pub(crate) fn instant(&self, at: DateTime<Utc>) -> String {
        tell!(self, "instant", day = self.day(at.date_naive()), time = at.format("%H:%M").to_string())
    }

    /// `a`, `a and b`, `a, b and c`.
    pub(crate) fn listed(&self, words: &[String]) -> String {
        match words {
            [] => String::new(),
            [one] => one.clone(),
            [most @ .., last] => tell!(self, "listed", most = most.join(", "), last = last.as_str()),
        }
    }

    /// The direction of travel, absence, and other closed words are looked up by their codes; a truth by its own two.
    pub(crate) fn yes_or_no(&self, yes: bool) -> &str {
        self.say(if yes { "yes" } else { "no" })
    }
}
