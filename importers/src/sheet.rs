//! A workbook in memory, sparse: only the cells that hold something, with their absolute places.
//!
//! Nothing dense is ever built: two cells at the far corners of a sheet are two cells here.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::address::{Place, a1};
use crate::diagnostic::Diagnostic;
use crate::merges::Merges;
use crate::reading::Format;
use crate::row::{Content, RawCell, Text, TextKind};

/// A workbook that was opened.
#[derive(Debug)]
pub(crate) struct Book {
    pub format: Format,
    pub sheets: Vec<Sheet>,
    /// The custom property that carries a template's fingerprint.
    pub property: Option<String>,
    /// The defined name that does.
    pub defined_name: Option<String>,
    pub diagnostics: Vec<Diagnostic>,
}

impl Book {
    pub fn new(format: Format) -> Self {
        Self { format, sheets: Vec::new(), property: None, defined_name: None, diagnostics: Vec::new() }
    }
}

/// A worksheet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    pub name: String,
    pub hidden: bool,
    /// In ascending order, without blank ones.
    pub rows: Vec<Row>,
    pub merges: Merges,
    /// First and last, counted from 0.
    pub hidden_columns: Vec<(u32, u32)>,
    pub filtered: bool,
    pub protected: bool,
    /// Marked-up tables, with their heading rows.
    pub tables: Vec<Area>,
    pub comments: usize,
}

/// A row with something in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    /// Counted from 0.
    pub index: u32,
    pub hidden: bool,
    /// In ascending order of column.
    pub cells: Vec<Cell>,
}

/// A cell with something in it.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    /// Counted from 0.
    pub column: u32,
    pub value: Value,
    pub style: Arc<Style>,
    pub formula: Option<Box<str>>,
    pub uncached: bool,
}

/// What a cell holds; text is shared because one shared string may stand in a million cells.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Number(Decimal),
    Text(Arc<str>),
    Bool(bool),
    Date(NaiveDate),
    Duration(Decimal),
    Error(Arc<str>),
    Blank,
}

/// What a cell looks like, as far as it changes what the cell means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Style {
    pub number_format: Option<Arc<str>>,
    pub percent: Option<bool>,
    pub struck: bool,
    pub bold: bool,
    /// `FFC000`: a fill that is neither white nor none.
    pub fill: Option<Arc<str>>,
}

/// A block of cells, ends included, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Area {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
}

impl Area {
    /// Reads `B7:F9`, or one cell.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let ((top, left), (bottom, right)) = (crate::address::parse_a1(first)?, crate::address::parse_a1(last)?);
        (top <= bottom && left <= right).then_some(Self { top, left, bottom, right })
    }

    pub fn holds(self, row: u32, column: u32) -> bool {
        (self.top..=self.bottom).contains(&row) && (self.left..=self.right).contains(&column)
    }

    pub fn a1(self) -> String {
        format!("{}:{}", a1(self.top, self.left), a1(self.bottom, self.right))
    }
}

impl Sheet {
    pub fn place(&self, row: u32, column: u32) -> Place {
        Place::new(self.name.clone(), a1(row, column))
    }

    pub fn row(&self, index: u32) -> Option<&Row> {
        self.rows.binary_search_by_key(&index, |row| row.index).ok().and_then(|at| self.rows.get(at))
    }

    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.row(row)?.cell(column)
    }

    pub fn column_hidden(&self, column: u32) -> bool {
        self.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }

    /// Nothing in it that a reader could see.
    pub fn is_blank(&self) -> bool {
        self.rows.iter().all(|row| row.cells.iter().all(Cell::is_blank))
    }
}

impl Row {
    pub fn cell(&self, column: u32) -> Option<&Cell> {
        self.cells.binary_search_by_key(&column, |cell| cell.column).ok().and_then(|at| self.cells.get(at))
    }

    /// Cells that hold something a reader can see.
    pub fn filled(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|cell| !cell.is_blank())
    }
}

impl Cell {
    /// Nothing, or spaces; a formula without a stored result is not blank.
    pub fn is_blank(&self) -> bool {
        match &self.value {
            Value::Blank => !self.uncached,
            Value::Text(text) => tidy(text).is_empty(),
            _ => false,
        }
    }

    /// What a reader sees, near enough for keys, words and messages.
    pub fn text(&self) -> String {
        match &self.value {
            Value::Number(number) => number.normalize().to_string(),
            Value::Text(text) => tidy(text),
            Value::Bool(yes) => if *yes { "Yes" } else { "No" }.to_owned(),
            Value::Date(date) => date.format("%d/%m/%Y").to_string(),
            Value::Duration(days) => days.normalize().to_string(),
            Value::Error(error) => error.to_string(),
            Value::Blank => String::new(),
        }
    }

    /// Its text with where it stands; none when blank.
    pub fn words(&self, row: u32) -> Option<Text> {
        let text = self.text();
        let kind = match self.value {
            Value::Number(_) | Value::Duration(_) => TextKind::Number,
            Value::Date(_) => TextKind::Date,
            _ => TextKind::Text,
        };
        (!text.is_empty()).then(|| Text { text, cell: a1(row, self.column), kind })
    }

    /// The cell as a figure to be interpreted.
    pub fn raw(&self, row: u32) -> RawCell {
        RawCell {
            cell: a1(row, self.column),
            content: match &self.value {
                Value::Number(number) => Content::Number(*number),
                Value::Text(text) => Content::Text(text.to_string()),
                Value::Bool(yes) => Content::Bool(*yes),
                Value::Date(date) => Content::Date(*date),
                Value::Duration(days) => Content::Duration(*days),
                Value::Error(error) => Content::Error(error.to_string()),
                Value::Blank => Content::Blank,
            },
            // A format changes what a number means; text in such a cell is only text.
            percent: self.style.percent.map(|percent| percent && matches!(self.value, Value::Number(_))),
            number_format: self.style.number_format.as_deref().map(str::to_owned),
            formula: self.formula.as_deref().map(str::to_owned),
            uncached: self.uncached,
            struck: self.style.struck,
            scale: None,
            percent_as: None,
            missing: None,
        }
    }
}

/// Text without spaces and invisible characters at its ends, and with every inner run of spaces as one space.
pub(crate) fn tidy(text: &str) -> String {
    let invisible = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !invisible(*c)) {
        let space = c != '\n' && (c.is_whitespace() || c.is_control());
        match (c, space) {
            (_, true) if out.is_empty() || out.ends_with([' ', '\n']) => {}
            (_, true) => out.push(' '),
            ('\n', _) => {
                out.truncate(out.trim_end_matches(' ').len());
                if !out.is_empty() {
                    out.push('\n');
                }
            }
            (c, _) => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// `200,000`.
pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidy_takes_out_what_nobody_can_see() {
        assert_eq!(tidy("  WM\u{a0}01\u{200b}  "), "WM 01");
        assert_eq!(tidy("one \n\n  two\t three\r\n"), "one\n\ntwo three");
        assert_eq!(tidy(" \u{a0} "), "");
    }

    #[test]
    fn numbers_in_messages_have_separators() {
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_048_576), "1,048,576");
    }

    #[test]
    fn areas_are_read_and_written() {
        let area = Area::parse("B7:F9").unwrap();
        assert_eq!(area, Area { top: 6, left: 1, bottom: 8, right: 5 });
        assert_eq!(area.a1(), "B7:F9");
        assert!(area.holds(6, 5) && !area.holds(9, 5));
        assert_eq!(Area::parse("F9:B7"), None);
    }
}
