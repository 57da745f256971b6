//! Plain lists of ours and others: one heading row, wherever it stands, and a row for each thing below it. What a heading
//! is called is compared as all headings are; its place does not matter, nor what stands above it.

use std::collections::HashMap;
use std::str::FromStr;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::address::Place;
use crate::diagnostic::{Diagnostic, merge};
use crate::layouts::build::date;
use crate::layouts::key;
use crate::open;
use crate::reading::{Format, Limits};
use crate::row::Text;
use crate::sheet::{Book, Cell, Row, Sheet, Value};

/// Rows among which the headings are looked for.
const ROWS_SEARCHED: usize = 60;

/// The longest text a cell of a list may hold, in characters.
const TEXT_CHARS_MAX: usize = 5_000;

/// What a column is called, and what else it may be called; each as [`key`] gives it.
pub(crate) struct Heading {
    pub name: &'static str,
    pub also: &'static [&'static str],
}

/// A heading with one name or several.
pub(crate) const fn heading(name: &'static str, also: &'static [&'static str]) -> Heading {
    Heading { name, also }
}

impl Heading {
    fn is(&self, key: &str) -> bool {
        self.name == key || self.also.contains(&key)
    }
}

/// Opens a file for its lists; a refusal is a diagnostic.
pub(crate) fn open(bytes: &[u8], file_name: &str, limits: &Limits, problems: &mut Vec<Diagnostic>) -> (Option<Format>, Option<Book>) {
    let watch = crate::watch::Watch::new(&|_| ());
    match open::open_watched(bytes, file_name, limits, &watch) {
        Ok(book) => {
            problems.extend(book.diagnostics.iter().cloned());
            (Some(book.format), Some(book))
        }
        Err((format, refusal)) => {
            problems.push(*refusal);
            (format, None)
        }
    }
}

/// A heading as it is compared: also `new_la_code`, `LAName` stays one word.
pub(crate) fn spelled(cell: &Cell) -> String {
    key(&cell.text().replace('_', " "))
}

/// A list on a sheet.
pub(crate) struct List<'a> {
    pub sheet: &'a Sheet,
    /// The heading row, counted from 0.
    pub headings: u32,
    pub columns: HashMap<&'static str, u32>,
}

impl<'a> List<'a> {
    /// The first list of a sheet that has all needed headings.
    pub fn find(sheet: &'a Sheet, all: &[Heading], needed: &[&str]) -> Option<Self> {
        let columns = |row: &Row| {
            let mut columns = HashMap::new();
            for cell in row.filled() {
                let key = spelled(cell);
                if let Some(known) = all.iter().find(|heading| heading.is(&key)) {
                    columns.entry(known.name).or_insert(cell.column);
                }
            }
            columns
        };
        let has_all = |columns: &HashMap<&str, u32>| needed.iter().all(|name| columns.contains_key(name));
        let rows = sheet.rows.iter().take(ROWS_SEARCHED);
        rows.map(|row| (row.index, columns(row))).find(|(_, columns)| has_all(columns)).map(|(headings, columns)| Self {
            sheet,
            headings,
            columns,
        })
    }

    /// As [`List::find`], on the first sheet that can be seen and has one.
    pub fn in_book(book: &'a Book, all: &[Heading], needed: &[&str]) -> Option<Self> {
        book.sheets.iter().filter(|sheet| !sheet.hidden).find_map(|sheet| Self::find(sheet, all, needed))
    }

    /// The rows below the headings in which anything of the list stands.
    pub fn rows(&self) -> impl Iterator<Item = &'a Row> {
        let start = self.sheet.rows.partition_point(|row| row.index <= self.headings);
        let columns: Vec<u32> = self.columns.values().copied().collect();
        self.sheet.rows.iter().skip(start).filter(move |row| columns.iter().any(|at| row.cell(*at).is_some_and(|cell| !cell.is_blank())))
    }

    /// One of its rows, cell by cell.
    pub fn entry<'b>(&'b self, row: &'a Row, problems: &'b mut Vec<Diagnostic>) -> Entry<'a, 'b> {
        Entry { list: self, row, problems }
    }

    /// Columns that no heading of the list is (LST-006).
    pub fn remark_others(&self, problems: &mut Vec<Diagnostic>) {
        let Some(row) = self.sheet.row(self.headings) else { return };
        let others = row.filled().filter(|cell| !self.columns.values().any(|column| *column == cell.column));
        let others: Vec<String> = others.map(Cell::text).collect();
        if !others.is_empty() {
            let message = format!("Columns this list does not need were not read: {}.", others.join(", "));
            problems.push(Diagnostic::new("LST-006", self.sheet.place(self.headings, 0), message));
        }
    }
}

/// One row of a list.
pub(crate) struct Entry<'a, 'b> {
    list: &'b List<'a>,
    row: &'a Row,
    problems: &'b mut Vec<Diagnostic>,
}

impl<'a> Entry<'a, '_> {
    fn cell(&self, name: &str) -> Option<&'a Cell> {
        self.row.cell(*self.list.columns.get(name)?).filter(|cell| !cell.is_blank())
    }

    /// Where the cell under a heading is; that of the row's first column when the list has no such heading.
    pub fn place(&self, name: &str) -> Place {
        self.list.sheet.place(self.row.index, self.list.columns.get(name).copied().unwrap_or_default())
    }

    pub fn words(&self, name: &str) -> Option<Text> {
        self.cell(name)?.words(self.row.index)
    }

    /// Text, cut where nobody would read on.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let text = self.words(name)?.text;
        if text.chars().count() <= TEXT_CHARS_MAX {
            return Some(text);
        }
        self.wrong(name, format!("More than {} characters are not taken.", crate::sheet::thousands(TEXT_CHARS_MAX)), None);
        None
    }

    /// Says LST-004 at a cell.
    pub fn wrong(&mut self, name: &str, message: impl Into<String>, advice: Option<String>) {
        let mut problem = Diagnostic::new("LST-004", self.place(name), message);
        problem.suggestion = advice;
        if let Some(cell) = self.cell(name) {
            problem = problem.seen(&cell.text());
        }
        self.problems.push(problem);
    }

    /// Text that must be there (LST-002).
    pub fn need(&mut self, name: &str) -> Option<String> {
        let text = self.text(name);
        if text.is_none() {
            let message = format!("This row has nothing under {name:?}; it was not read.");
            self.problems.push(Diagnostic::new("LST-002", self.place(name), message).suggest(format!("Write the {name}.")));
        }
        text
    }

    /// A date; `Some(None)` is blank, none is no date.
    #[expect(clippy::option_option, reason = "a blank cell and a wrong one are two things")]
    pub fn date(&mut self, name: &str) -> Option<Option<NaiveDate>> {
        let Some(cell) = self.cell(name) else { return Some(None) };
        let found = match &cell.value {
            Value::Date(date) => Some(*date),
            _ => date(&cell.text()),
        };
        if found.is_none() {
            self.wrong(name, "This is not a date.", Some("Write a day such as 2019-04-01.".to_owned()));
        }
        found.map(Some)
    }

    /// A number; `Some(None)` is blank, none is no number.
    #[expect(clippy::option_option, reason = "a blank cell and a wrong one are two things")]
    pub fn number(&mut self, name: &str) -> Option<Option<Decimal>> {
        let Some(cell) = self.cell(name) else { return Some(None) };
        let found = match &cell.value {
            Value::Number(number) => Some(*number),
            _ => Decimal::from_str(cell.text().trim()).ok(),
        };
        if found.is_none() {
            self.wrong(name, "This is not a number.", Some("Write a number such as 12 or 0.5.".to_owned()));
        }
        found.map(Some)
    }

    /// One of the words of a closed list, or its code; `Some(None)` is blank, none is neither.
    #[expect(clippy::option_option, reason = "a blank cell and a wrong one are two things")]
    pub fn word<T: Copy + FromStr>(&mut self, name: &str, all: &[T], words: fn(T) -> &'static str) -> Option<Option<T>> {
        let Some(text) = self.words(name).map(|text| text.text) else { return Some(None) };
        let known = all.iter().copied().find(|one| key(words(*one)) == key(&text));
        let found = known.or_else(|| text.trim().to_uppercase().replace([' ', '-'], "_").parse().ok());
        if found.is_none() {
            let some = all.iter().map(|one| words(*one)).collect::<Vec<_>>().join(", ");
            self.wrong(name, format!("This is none of the words this column takes: {some}."), Some("Choose one of them.".to_owned()));
        }
        found.map(Some)
    }
}

/// LST-001: none of a file's sheets has the headings.
pub(crate) fn unknown(file: &str, wanted: &str) -> Diagnostic {
    let message = format!("No sheet of {file:?} has the headings of such a list.");
    Diagnostic::new("LST-001", Place::file(), message).suggest(format!("Head the columns {wanted}."))
}

/// One cause, one diagnostic.
pub(crate) fn settled(problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    merge(problems)
}
