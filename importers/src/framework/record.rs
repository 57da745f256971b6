//! One row of a sheet of ours, cell by cell by heading. Every reading either gives what it should or says, at the
//! cell, what is wrong; `None` inside `Some` is a blank that was allowed.

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::NaiveDate;
use rules::period::Period;
use rules::period::spelling::{Context, read};
use rules::workbook::is_ref;
use rust_decimal::Decimal;

use crate::address::Place;
use crate::diagnostic::Diagnostic;
use crate::layouts::build::date;
use crate::sheet::{Cell, Row, Sheet, Value};

/// The longest text a cell of such a row may hold, in characters.
const TEXT_CHARS_MAX: usize = 5_000;

/// A row being read.
pub(crate) struct Record<'a> {
    sheet: &'a Sheet,
    row: &'a Row,
    columns: &'a BTreeMap<&'static str, u32>,
    problems: &'a mut Vec<Diagnostic>,
}

impl<'a> Record<'a> {
    pub fn new(sheet: &'a Sheet, row: &'a Row, columns: &'a BTreeMap<&'static str, u32>, problems: &'a mut Vec<Diagnostic>) -> Self {
        Self { sheet, row, columns, problems }
    }

    fn cell(&self, heading: &str) -> Option<&'a Cell> {
        self.row.cell(*self.columns.get(heading)?).filter(|cell| !cell.is_blank())
    }

    pub fn place(&self, heading: &str) -> Place {
        self.sheet.place(self.row.index, self.columns.get(heading).copied().unwrap_or(0))
    }

    /// Says what is wrong with the cell under a heading, quoting it.
    pub fn wrong(&mut self, code: &'static str, heading: &str, message: impl Into<String>) -> &mut Diagnostic {
        let mut problem = Diagnostic::new(code, self.place(heading), message);
        if let Some(cell) = self.cell(heading) {
            problem = problem.seen(&cell.text());
        }
        self.problems.push(problem);
        self.problems.last_mut().expect("one was pushed on the line above")
    }

    /// Whether every needed cell is filled; each that is not is reported.
    pub fn has_all(&mut self, headings: &[&str]) -> bool {
        let missing: Vec<&str> = headings.iter().copied().filter(|heading| self.cell(heading).is_none()).collect();
        for heading in &missing {
            self.blank(heading);
        }
        missing.is_empty()
    }

    /// Says that a needed cell is blank.
    pub fn blank(&mut self, heading: &str) {
        self.wrong("FRM-001", heading, format!("{heading} is needed and is blank."));
    }

    /// Text, or none when blank. A formula that was never calculated and an error value are no text.
    pub fn text(&mut self, heading: &str) -> Option<Option<String>> {
        let Some(cell) = self.cell(heading) else { return Some(None) };
        if cell.uncached {
            self.wrong("VAL-051", heading, "This formula has not been calculated.").suggestion =
                Some("Open the workbook, save it and send it again.".to_owned());
            return None;
        }
        if let Value::Error(error) = &cell.value {
            let message = format!("This cell shows the error {error}.");
            self.wrong("VAL-053", heading, message);
            return None;
        }
        let text = cell.text();
        if text.chars().count() > TEXT_CHARS_MAX {
            self.wrong("FRM-011", heading, format!("{heading} is longer than {TEXT_CHARS_MAX} characters."));
            return None;
        }
        Some(Some(text))
    }

    /// Text that [`Record::has_all`] has seen.
    pub fn need(&mut self, heading: &str) -> Option<String> {
        self.text(heading)?
    }

    /// A ref: at most 20 letters, digits, dots, dashes and slashes.
    pub fn reference(&mut self, heading: &str) -> Option<Option<String>> {
        let Some(text) = self.text(heading)? else { return Some(None) };
        if !is_ref(&text) {
            let problem = self.wrong("FRM-009", heading, format!("{text:?} cannot be a ref."));
            problem.expected = Some("at most 20 letters, digits, dots, dashes, slashes or underscores".to_owned());
            return None;
        }
        Some(Some(text))
    }

    /// A ref that [`Record::has_all`] has seen.
    pub fn need_reference(&mut self, heading: &str) -> Option<String> {
        self.reference(heading)?
    }

    /// A word of a closed set, or none when blank; the nearest is suggested, never taken.
    pub fn word<T: FromStr + Copy + 'static>(&mut self, heading: &str, all: &[T], words: fn(T) -> &'static str) -> Option<Option<T>> {
        let Some(text) = self.text(heading)? else { return Some(None) };
        // `Headline indicators` says no more than `Headline`.
        let short = text.to_lowercase();
        let short = short.strip_suffix(" indicators").unwrap_or(&short);
        if let Ok(word) = text.parse().or_else(|_| short.parse()) {
            return Some(Some(word));
        }
        let listed: Vec<&str> = all.iter().map(|w| words(*w)).collect();
        let nearest = listed.iter().map(|w| (distance(&w.to_lowercase(), &text.to_lowercase()), *w)).min();
        let problem = self.wrong("FRM-003", heading, format!("{text:?} is none of the words for {heading}."));
        problem.expected = Some(listed.join(", "));
        problem.suggestion = nearest.filter(|(distance, _)| *distance <= 3).map(|(_, word)| format!("Did you mean {word}?"));
        None
    }

    /// Yes or no; blank is the default.
    pub fn yes(&mut self, heading: &str, default: bool) -> Option<bool> {
        let Some(text) = self.text(heading)? else { return Some(default) };
        match text.to_lowercase().as_str() {
            "yes" | "y" | "true" | "1" => Some(true),
            "no" | "n" | "false" | "0" => Some(false),
            _ => {
                self.wrong("FRM-003", heading, format!("{text:?} is neither Yes nor No.")).expected = Some("Yes or No".to_owned());
                None
            }
        }
    }

    /// A figure exactly as it stands; a cell shown as a percentage gives what the reader sees.
    pub fn figure(&mut self, heading: &str) -> Option<Option<Decimal>> {
        let Some(text) = self.text(heading)? else { return Some(None) };
        let cell = self.cell(heading);
        let stored = cell.map(|c| &c.value);
        let found = match stored {
            Some(Value::Number(number)) if cell.and_then(|c| c.style.percent) == Some(true) => number.checked_mul(Decimal::ONE_HUNDRED),
            Some(Value::Number(number)) => Some(*number),
            Some(Value::Text(_)) => text.replace([',', '£', '%', ' '], "").parse().ok(),
            _ => None,
        };
        if found.is_none() {
            self.wrong("FRM-011", heading, format!("{heading} should be a figure.")).expected = Some("a number".to_owned());
            return None;
        }
        Some(found.map(|number| number.normalize()))
    }

    /// A whole number of at least 0; blank is the default.
    pub fn whole(&mut self, heading: &str, default: u32) -> Option<u32> {
        self.count(heading).map(|count| count.unwrap_or(default))
    }

    /// A whole number of at least 0, or none when blank.
    pub fn count(&mut self, heading: &str) -> Option<Option<u32>> {
        let Some(number) = self.figure(heading)? else { return Some(None) };
        let whole = if number.fract().is_zero() { u32::try_from(number).ok() } else { None };
        if whole.is_none() {
            self.wrong("FRM-011", heading, format!("{heading} should be a whole number.")).expected = Some("0, 1, 2, …".to_owned());
            return None;
        }
        Some(whole)
    }

    /// A day: a real date, or text such as `30/09/2024`.
    pub fn day(&mut self, heading: &str) -> Option<Option<NaiveDate>> {
        let Some(text) = self.text(heading)? else { return Some(None) };
        let day = match self.cell(heading).map(|c| &c.value) {
            Some(Value::Date(day)) => Some(*day),
            _ => date(&text),
        };
        if day.is_none() {
            let problem = self.wrong("FRM-011", heading, format!("{heading} should be a date."));
            problem.expected = Some("a day such as 30/09/2024 or 2024-09-30".to_owned());
            return None;
        }
        Some(day)
    }

    /// A period in any spelling that can mean only one thing.
    pub fn period(&mut self, heading: &str) -> Option<Option<Period>> {
        let Some(text) = self.text(heading)? else { return Some(None) };
        if let Ok(period) = text.parse() {
            return Some(Some(period));
        }
        // The sheet may also hold a real date, and text the canonical forms do not cover.
        let reading = match self.cell(heading).map(|c| &c.value) {
            Some(Value::Date(day)) => rules::period::spelling::read_date(*day, None, &Context::default()),
            _ => read(&text, &Context::default()),
        };
        let refusal = match reading {
            Ok((reading, _)) => {
                let (first, last) = reading.days();
                match Period::between(first, last) {
                    Some(period) => return Some(Some(period)),
                    None => None,
                }
            }
            Err(refusal) => Some(refusal),
        };
        let message = refusal.as_ref().map_or_else(|| format!("{text:?} is no month, quarter, half or year."), |r| r.message.clone());
        let problem = self.wrong("FRM-011", heading, message);
        problem.expected = Some("2023/24, 2023/24 Q1, 2023/24 H1 or 2023-04".to_owned());
        problem.suggestion = refusal.and_then(|r| r.suggestion);
        None
    }

    /// Words between semicolons.
    pub fn list(&mut self, heading: &str) -> Option<Vec<String>> {
        let text = self.text(heading)?.unwrap_or_default();
        Some(text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect())
    }
}

/// Edit distance, for words of a list.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(60).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(60).enumerate() {
        let mut diagonal = i;
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, y) in b.iter().enumerate() {
            let (left, above) = (row.get(j).copied().unwrap_or(0), row.get(j + 1).copied().unwrap_or(0));
            let next = (diagonal + usize::from(x != *y)).min(left + 1).min(above + 1);
            diagonal = above;
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = next;
            }
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn near_words_are_near() {
        assert_eq!(distance("quarterly", "quartely"), 1);
        assert_eq!(distance("yearly", "annual"), 6);
        assert_eq!(distance("", "abc"), 3);
    }
}
