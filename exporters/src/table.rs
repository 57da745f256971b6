//! A worksheet of one table, as data: what it is called, what it says above the table, columns and cells.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use rules::status::Colour;
use rust_decimal::Decimal;

use crate::figures::{self, Shown};
use crate::language::{Language, tell};
use crate::style::{Look, TEXT_POINTS};
use crate::text;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Figure(f64, String),
    /// A mark such as `[x]` where a figure would stand.
    Mark(&'static str),
    Date(NaiveDate),
    /// A point in time, to the second.
    Instant(DateTime<Utc>),
    Status(Colour, String),
    /// Words that lead to cell A1 of a sheet.
    Link(String, String),
    /// A formula, with the words shown until it is worked out.
    Formula(String, String),
    /// Nothing yet: somebody is to type here, though the sheet is protected.
    Input(Look),
    /// Words somebody may type over, though the sheet is protected.
    Preset(String),
}

impl Cell {
    /// Text, or the words that stand for none.
    pub(crate) fn text(text: Option<&str>, otherwise: &str) -> Self {
        Self::Text(text::said(text).unwrap_or_else(|| otherwise.to_owned()))
    }

    /// For workbooks that are always in English.
    pub(crate) fn words(words: impl Into<String>) -> Self {
        let words = words.into();
        Self::text(Some(&words), "Not given")
    }

    /// A whole number of things.
    pub(crate) fn count(n: usize) -> Self {
        Self::Figure(u32::try_from(n).map_or(f64::MAX, f64::from), "#,##0_)".to_owned())
    }

    /// A figure, or the mark that stands for none.
    pub(crate) fn figure(value: Option<Decimal>, shown: Shown, otherwise: &'static str, language: &Language) -> Self {
        value.map_or(Self::Mark(otherwise), |v| Self::Figure(shown.number(v), shown.format(language)))
    }

    /// A real date, `[z]` where there is none.
    pub(crate) fn date(day: Option<NaiveDate>, language: &Language) -> Self {
        match day {
            None => Self::Mark("[z]"),
            Some(day) if (1901..=9999).contains(&day.year()) => Self::Date(day),
            // A workbook has no dates before 1900 or after 9999: there the words stand.
            Some(day) => Self::Text(language.day(day)),
        }
    }

    /// A real date and time in UTC, to the second.
    pub(crate) fn instant(at: DateTime<Utc>) -> Self {
        match at.year() {
            1901..=9999 => Self::Instant(at),
            _ => Self::Text(at.format("%-d %B %Y %H:%M:%S").to_string()),
        }
    }

    /// The words of a cell, where it has any.
    pub(crate) fn shown(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Status(_, text) | Self::Link(text, _) | Self::Preset(text) => Some(text),
            Self::Mark(mark) => Some(mark),
            Self::Formula(_, words) => Some(words),
            Self::Figure(..) | Self::Date(_) | Self::Instant(_) | Self::Input(_) => None,
        }
    }

    pub(crate) fn look(&self) -> Look {
        match self {
            Self::Text(_) | Self::Formula(..) => Look::Text,
            Self::Figure(_, format) => Look::Figure(format.clone()),
            Self::Mark(_) => Look::Right,
            Self::Date(_) => Look::Date,
            Self::Instant(_) => Look::Instant,
            Self::Status(colour, _) => Look::Status(*colour),
            Self::Link(..) => Look::Link,
            Self::Input(look) => Look::Unlocked(Box::new(look.clone())),
            Self::Preset(_) => Look::Unlocked(Box::new(Look::Text)),
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
    pub(crate) name: String,
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
    /// For the contents: what it shows, who it is mainly for, and where it comes from.
    pub(crate) shows: String,
    pub(crate) readers: String,
    pub(crate) source: String,
    /// Cells may be blank, and the lines say why.
    pub(crate) blanks: bool,
    /// Leads back to the contents, in workbooks that have them.
    pub(crate) back: bool,
    /// The fewest lines a row has room for.
    pub(crate) lines_least: usize,
    /// A page to be read: widths are made to fit one printed page, and a row too tall goes on in the next. Unset where
    /// a row is a record to be read back.
    pub(crate) fit: bool,
    /// A long list to look things up in: headings stay in sight and carry filter buttons, and the lines say so.
    pub(crate) browse: bool,
}

impl TablePage {
    pub(crate) fn new(name: impl Into<String>, table: &'static str, title: String, purpose: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            table,
            title,
            lines: vec![purpose.into()],
            columns: Vec::new(),
            rows: Vec::new(),
            keys: 1,
            landscape: true,
            shows: String::new(),
            readers: String::new(),
            source: String::new(),
            blanks: false,
            back: true,
            lines_least: 1,
            fit: true,
            browse: false,
        }
    }

    /// Everything written in column A above the table, but for the title and the link back.
    pub(crate) fn above(&self, language: &Language) -> Vec<String> {
        let mut first = language.say("one-table").to_owned();
        let mut lines = self.lines.iter();
        if let Some(purpose) = lines.next() {
            first = format!("{first} {purpose}");
        }
        let mut above = vec![first];
        above.extend(lines.cloned());
        let marks = self.marks_used(language);
        if !marks.is_empty() {
            above.push(tell!(language, "shorthand", marks = marks.join("; ")));
        }
        if self.uses_quarters() {
            above.push(language.say("quarters").to_owned());
        }
        if !self.source.is_empty() && self.back {
            above.push(tell!(language, "source", source = self.source.trim_end_matches('.')));
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

    fn marks_used(&self, language: &Language) -> Vec<String> {
        let mut used: Vec<String> = Vec::new();
        for text in self.rows.iter().flatten().filter_map(Cell::shown).filter(|t| t.contains('[')) {
            for mark in figures::marks_in(text) {
                if !used.contains(&mark) {
                    used.push(mark);
                }
            }
        }
        used.sort();
        used.iter().filter_map(|mark| Some(format!("{mark} {}", figures::meaning(language, mark)?))).collect()
    }

    fn uses_quarters(&self) -> bool {
        let quarter = |t: &str| t.contains('Q') && ["Q1", "Q2", "Q3", "Q4", "Qtr"].iter().any(|q| t.contains(q));
        let cells = self.rows.iter().flatten().filter_map(Cell::shown);
        cells.chain(self.columns.iter().map(|c| c.heading.as_str())).any(|t| t.len() <= 120 && quarter(t))
    }
}
