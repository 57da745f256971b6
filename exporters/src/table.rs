//! A worksheet of one table, as data: what it is called, what it says above the table, columns and cells.

use chrono::{Datelike, NaiveDate};
use rules::status::Colour;
use rust_decimal::Decimal;

use crate::figures::{self, Shown};
use crate::style::{Look, TEXT_POINTS};
use crate::text;

/// Widths of one sheet add up to this at most, and its columns to so many pixels with their padding: 12 point then
/// prints at 8 on A4 landscape with half-inch margins.
const WIDTH_MAX: f64 = 205.0;
const PIXELS_MAX: f64 = 1540.0;
const PADDING: f64 = 10.0;
/// Lines a row may take before its text goes on in the next row: Excel's rows end at 409 points.
const LINES_MAX: usize = 25;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Figure(f64, String),
    /// A mark such as `[x]` where a figure would stand.
    Mark(&'static str),
    Date(NaiveDate),
    Status(Colour, String),
    /// Words that lead to cell A1 of a sheet.
    Link(String, String),
    /// A formula, with the words shown until it is worked out.
    Formula(String, &'static str),
    /// Nothing yet: somebody is to type here, though the sheet is protected.
    Input(Look),
}

impl Cell {
    /// Text, or the words that stand for none.
    pub(crate) fn text(text: Option<&str>, otherwise: &str) -> Self {
        Self::Text(text::said(text).unwrap_or_else(|| otherwise.to_owned()))
    }

    pub(crate) fn words(words: impl Into<String>) -> Self {
        let words = words.into();
        Self::text(Some(&words), "Not given")
    }

    /// A whole number of things.
    pub(crate) fn count(n: usize) -> Self {
        Self::Figure(u32::try_from(n).map_or(f64::MAX, f64::from), "#,##0_)".to_owned())
    }

    /// A figure, or the mark that stands for none.
    pub(crate) fn figure(value: Option<Decimal>, shown: Shown, otherwise: &'static str) -> Self {
        value.map_or(Self::Mark(otherwise), |v| Self::Figure(shown.number(v), shown.format()))
    }

    /// A real date, `[z]` where there is none.
    pub(crate) fn date(day: Option<NaiveDate>) -> Self {
        match day {
            None => Self::Mark("[z]"),
            Some(day) if (1901..=9999).contains(&day.year()) => Self::Date(day),
            // A workbook has no dates before 1900 or after 9999: there the words stand.
            Some(day) => Self::Text(day.format("%-d %B %Y").to_string()),
        }
    }

    fn shown(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Status(_, text) | Self::Link(text, _) => Some(text),
            Self::Mark(mark) => Some(mark),
            Self::Formula(_, words) => Some(words),
            Self::Figure(..) | Self::Date(_) | Self::Input(_) => None,
        }
    }

    pub(crate) fn look(&self) -> Look {
        match self {
            Self::Text(_) | Self::Formula(..) => Look::Text,
            Self::Figure(_, format) => Look::Figure(format.clone()),
            Self::Mark(_) => Look::Right,
            Self::Date(_) => Look::Date,
            Self::Status(colour, _) => Look::Status(*colour),
            Self::Link(..) => Look::Link,
            Self::Input(look) => Look::Unlocked(Box::new(look.clone())),
        }
    }
}

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub(crate) heading: String,
    pub(crate) width: f64,
    /// Figures stand right, and so do their headings.
    pub(crate) right: bool,
}

/// A column of words.
pub(crate) fn words(heading: &str, width: u16) -> Column {
    Column { heading: text::clean(heading), width: f64::from(width), right: false }
}

/// A column of figures or dates.
pub(crate) fn figures(heading: &str, width: u16) -> Column {
    Column { right: true, ..words(heading, width) }
}

/// A worksheet with one table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TablePage {
    pub(crate) name: &'static str,
    /// The marked-up table's name: the same in every release.
    pub(crate) table: &'static str,
    /// What, where, when: cell A1.
    pub(crate) title: String,
    /// Sentences for column A above the table; the first says what the sheet is for.
    pub(crate) lines: Vec<String>,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Leading columns repeated when a row's text goes on in a second row.
    pub(crate) keys: usize,
    pub(crate) landscape: bool,
    /// For the contents: who it is mainly for, and where it comes from.
    pub(crate) readers: &'static str,
    pub(crate) source: String,
    /// Cells may be blank, and the lines say why.
    pub(crate) blanks: bool,
    /// Leads back to the contents, in workbooks that have them.
    pub(crate) back: bool,
    /// A page to be read: widths are made to fit one printed page, and a row too tall goes on in the next. Unset where
    /// a row is a record to be read back.
    pub(crate) fit: bool,
}

impl TablePage {
    pub(crate) fn new(name: &'static str, table: &'static str, title: String, purpose: &str) -> Self {
        Self {
            name,
            table,
            title,
            lines: vec![purpose.to_owned()],
            columns: Vec::new(),
            rows: Vec::new(),
            keys: 1,
            landscape: true,
            readers: "Everyone",
            source: String::new(),
            blanks: false,
            back: true,
            fit: true,
        }
    }

    /// Everything written in column A above the table, but for the title and the link back.
    pub(crate) fn above(&self) -> Vec<String> {
        let mut first = "This worksheet contains one table.".to_owned();
        let mut lines = self.lines.iter();
        if let Some(purpose) = lines.next() {
            first = format!("{first} {purpose}");
        }
        let mut above = vec![first];
        above.extend(lines.cloned());
        let marks = self.marks_used();
        if !marks.is_empty() {
            above.push(format!("Shorthand: {}.", marks.join("; ")));
        }
        if self.uses_quarters() {
            above.push(
                "Q1 is April to June, Q2 is July to September, Q3 is October to December and Q4 is January to March, each of a financial year."
                    .to_owned(),
            );
        }
        if !self.source.is_empty() && self.back {
            above.push(format!("Source: {}.", self.source.trim_end_matches('.')));
        }
        above.iter().flat_map(|line| self.folded(line)).collect()
    }

    /// A line too long for the sheet goes on in the next row: nothing outside tables may run past the last column.
    fn folded(&self, line: &str) -> Vec<String> {
        let line = text::clean(line).replace('\n', " ");
        let starts = text::lines(&line, self.pixels() * 0.96, TEXT_POINTS, false);
        let ends = starts.iter().copied().skip(1).chain([line.len()]);
        starts.iter().zip(ends).map(|(from, to)| line[*from..to].trim().to_owned()).filter(|l| !l.is_empty()).collect()
    }

    fn pixels(&self) -> f64 {
        self.columns.iter().map(|c| c.width * 7.0 + 5.0).sum()
    }

    fn marks_used(&self) -> Vec<String> {
        let mut used: Vec<String> = Vec::new();
        for text in self.rows.iter().flatten().filter_map(Cell::shown).filter(|t| t.contains('[')) {
            for mark in figures::marks_in(text) {
                if !used.contains(&mark) {
                    used.push(mark);
                }
            }
        }
        used.sort();
        used.iter().filter_map(|mark| Some(format!("{mark} {}", figures::meaning(mark)?))).collect()
    }

    fn uses_quarters(&self) -> bool {
        let quarter = |t: &str| ["Q1", "Q2", "Q3", "Q4", "Qtr"].iter().any(|q| t.contains(q));
        let cells = self.rows.iter().flatten().filter_map(Cell::shown);
        cells.chain(self.columns.iter().map(|c| c.heading.as_str())).any(|t| t.len() <= 120 && quarter(t))
    }

    /// Widens columns to their longest word and takes the room from those that can spare it, so that no word is
    /// broken and the sheet still prints at 8 point.
    pub(crate) fn fit_widths(&mut self) {
        let least: Vec<f64> = (0..self.columns.len()).map(|at| self.least_width(at)).collect();
        for (column, least) in self.columns.iter_mut().zip(&least) {
            column.width = column.width.max(*least);
        }
        if !self.fit {
            return;
        }
        let over = self.columns.iter().map(|c| c.width).sum::<f64>() - self.width_max();
        let spare: f64 = self.columns.iter().zip(&least).map(|(c, least)| c.width - least).sum();
        if over > 0.0 && spare > 0.0 {
            let part = (over / spare).min(1.0);
            for (column, least) in self.columns.iter_mut().zip(&least) {
                column.width -= (column.width - least) * part;
            }
        }
        for column in &mut self.columns {
            column.width = (column.width * 4.0).floor() / 4.0;
        }
    }

    fn width_max(&self) -> f64 {
        let columns = u16::try_from(self.columns.len()).unwrap_or(u16::MAX);
        ((PIXELS_MAX - PADDING * f64::from(columns)) / 7.0).min(WIDTH_MAX)
    }

    fn least_width(&self, at: usize) -> f64 {
        let heading = text::longest_word(&self.columns[at].heading, TEXT_POINTS, true);
        let cells = self.rows.iter().filter_map(|row| row.get(at)).map(|cell| match cell {
            Cell::Figure(value, format) => text::pixels(&widest(*value, format), TEXT_POINTS, false) + 6.0,
            // A date does not wrap: too narrow, it shows as hashes.
            Cell::Date(day) => text::pixels(&day.format("%-d %B %Y").to_string(), TEXT_POINTS, false) + 8.0,
            other => text::longest_word(other.shown().unwrap_or_default(), TEXT_POINTS, false).min(160.0),
        });
        let widest = cells.fold(heading, f64::max);
        ((widest + 6.0 - 5.0) / 7.0 * 4.0).ceil() / 4.0
    }

    /// Rows whose text is too tall for a row go on in the next, keys repeated.
    pub(crate) fn split_tall_rows(&mut self) {
        let rooms: Vec<f64> = self.columns.iter().map(room).collect();
        let mut rows = Vec::with_capacity(self.rows.len());
        for mut row in std::mem::take(&mut self.rows) {
            while let Some(rest) = split(&mut row, &rooms, self.keys) {
                rows.push(std::mem::replace(&mut row, rest));
            }
            rows.push(row);
        }
        self.rows = rows;
    }
}

/// Pixels a cell of a column has for its words.
pub(crate) fn room(column: &Column) -> f64 {
    column.width * 7.0 + 5.0 - 6.0
}

/// Lines a cell takes in its column: by the letters' shapes, and never fewer than a count of characters says.
pub(crate) fn lines_of(cell: &Cell, column: &Column, bold: bool) -> usize {
    match cell {
        Cell::Date(_) => 1,
        other => other.shown().map_or(1, |t| text::lines(t, room(column), TEXT_POINTS, bold).len()),
    }
}

fn split(row: &mut [Cell], rooms: &[f64], keys: usize) -> Option<Vec<Cell>> {
    let mut rest: Vec<Option<String>> = vec![None; row.len()];
    for (at, (cell, room)) in row.iter_mut().zip(rooms).enumerate() {
        let Cell::Text(words) = cell else { continue };
        let starts = text::lines(words, *room, TEXT_POINTS, false);
        if let Some(end) = starts.get(LINES_MAX) {
            rest[at] = Some(words[*end..].trim().to_owned());
            words.truncate(*end);
            words.truncate(words.trim_end().len());
        }
    }
    if rest.iter().flatten().all(String::is_empty) {
        return None;
    }
    let next = row.iter().zip(rest).enumerate().map(|(at, (cell, rest))| match (cell, rest) {
        (_, Some(rest)) if !rest.is_empty() => Cell::Text(rest),
        (cell, _) if at < keys => cell.clone(),
        (Cell::Figure(..) | Cell::Mark(_) | Cell::Date(_), _) => Cell::Mark("[z]"),
        _ => Cell::Text("As above".to_owned()),
    });
    Some(next.collect())
}

/// About as many characters as a figure shows.
fn widest(value: f64, format: &str) -> String {
    let decimals =
        format.split(';').next().unwrap_or_default().split('.').nth(1).map_or(0, |p| p.chars().take_while(|c| *c == '0').count());
    let value = if format.contains('%') { value * 100.0 } else { value };
    let figure = format!("{value:.decimals$}");
    let commas = if format.contains(',') { figure.len().saturating_sub(decimals + 2) / 3 } else { 0 };
    let signs = usize::from(format.contains('%')) * 2 + usize::from(format.contains('£'));
    format!("{figure}{}{}", ",".repeat(commas), "0".repeat(signs))
}
