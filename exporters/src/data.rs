//! Figures as data: one row for each indicator and period that has a figure or a reason for none, in columns whose
//! names, order and types are the same in every export. For machines, and to be imported again without a change.
//!
//! Rows are written as they come, one at a time, so that memory does not grow with them: [`DataBook`] writes a
//! workbook, [`DataCsv`] comma-separated values. The same rows are the same bytes.

use chrono::{DateTime, NaiveDate, Utc};
use rules::measure::{Absence, Polarity, ValueState};
use rules::period::Period;
use rules::status::Colour;
use rust_decimal::Decimal;

mod book;
mod csv;
mod shell;

pub use book::DataBook;
pub use csv::{DataCsv, field};

/// Rows of one export at most: a worksheet ends at 1,048,576.
pub const DATA_ROWS_MAX: usize = 1_000_000;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataKind {
    /// Words.
    Words,
    /// A real date; in comma-separated values as `2024-06-30`.
    Date,
    /// A figure in the row's unit. In comma-separated values percentages stand as people say them (95.2 for 95.2%); in
    /// a workbook they are percentages.
    Figure,
    /// A plain number.
    Number,
}

/// A column: its heading, what it holds, and what that means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DataColumn {
    /// The heading, the same in every release.
    pub heading: &'static str,
    /// The type of its cells.
    pub kind: DataKind,
    /// What stands there, in a sentence.
    pub meaning: &'static str,
    width: u16,
}

const fn column(heading: &'static str, kind: DataKind, width: u16, meaning: &'static str) -> DataColumn {
    DataColumn { heading, kind, meaning, width }
}

/// The columns in their order. A later release may add columns at the end; none is renamed, moved or taken away.
pub const DATA_COLUMNS: [DataColumn; 22] = [
    column("Council", DataKind::Words, 26, "The council's name."),
    column("Ref", DataKind::Words, 12, "The indicator's ref, unique in the council."),
    column("Indicator", DataKind::Words, 44, "What the indicator is called under the definition of the period."),
    column("Service", DataKind::Words, 28, "The element of the framework that owns it, normally a service."),
    column("Period", DataKind::Words, 30, "The period, in words."),
    column("Period start", DataKind::Date, 21, "The first day of the period."),
    column("Period end", DataKind::Date, 21, "The last day of the period."),
    column("Value", DataKind::Figure, 20, "The figure, at full precision. Blank where there is none: the next column says why."),
    column("Reason for no result", DataKind::Words, 22, "Why there is no figure. Blank where there is one."),
    column("Value state", DataKind::Words, 14, "Provisional or Final."),
    column("Target", DataKind::Figure, 20, "What was aimed at. Blank where no target was set."),
    column("Intervention level", DataKind::Figure, 20, "Past it, somebody steps in. Blank where none was set."),
    column("Lower limit", DataKind::Figure, 20, "The least that is on target, where the target is a range."),
    column("Upper limit", DataKind::Figure, 20, "The most that is on target, where the target is a range."),
    column("Status", DataKind::Words, 16, "The period's status, or the state that is not a colour."),
    column("Year-end forecast", DataKind::Figure, 20, "What the year was expected to end on when the figure was given."),
    column("Numerator", DataKind::Number, 20, "What is above the line, where the figure is worked out from two others."),
    column("Denominator", DataKind::Number, 20, "What is below the line, where the figure is worked out from two others."),
    column("Unit", DataKind::Words, 20, "The unit of the figures: Per cent, Number, Pounds, Days."),
    column("Better is", DataKind::Words, 16, "Which way is better."),
    column("Revised on", DataKind::Date, 21, "When the figure came to read as it does. Blank where it reads as it was first given."),
    column("Recorded on", DataKind::Date, 21, "When the figure that is shown was recorded."),
];

/// What an export is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataSet {
    /// The council's name.
    pub council: String,
    /// The instant its figures read as at: also the creation time written into a workbook.
    pub as_at: DateTime<Utc>,
    /// What it was narrowed to, a line a condition; nothing for all there is.
    pub narrowed: Vec<String>,
    /// What rows are about, each version of a definition by itself; rows name them by place.
    pub subjects: Vec<DataSubject>,
}

/// An indicator under one version of its definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataSubject {
    /// Its ref.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// What owns it.
    pub service: String,
    /// The council's words for its unit.
    pub unit: String,
    /// Decimals it is shown at; more may be kept.
    pub decimals: u32,
    /// Which way is better.
    pub polarity: Polarity,
}

/// One period of one indicator. Figures are exact; percentages are as people say them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataRow {
    /// The place of its subject in [`DataSet::subjects`].
    pub subject: usize,
    /// The period.
    pub period: Period,
    /// The figure; none for one that may not be shown.
    pub value: Option<Decimal>,
    /// Why there is none.
    pub absence: Option<Absence>,
    /// How firm it is.
    pub state: ValueState,
    /// What was aimed at.
    pub target: Option<Decimal>,
    /// The intervention level.
    pub intervention: Option<Decimal>,
    /// The least that is on target.
    pub lower: Option<Decimal>,
    /// The most that is on target.
    pub upper: Option<Decimal>,
    /// The status; none where the period is not one the indicator is judged by.
    pub status: Option<Colour>,
    /// The year-end forecast.
    pub forecast: Option<Decimal>,
    /// What is above the line.
    pub numerator: Option<Decimal>,
    /// What is below the line.
    pub denominator: Option<Decimal>,
    /// When it was last corrected.
    pub revised_on: Option<NaiveDate>,
    /// When it was recorded.
    pub recorded_on: Option<NaiveDate>,
}

impl DataSet {
    /// The same with units in words: a symbol alone may not be read aloud.
    fn worded(mut self) -> Self {
        let english = crate::Language::english();
        for subject in &mut self.subjects {
            subject.unit = crate::figures::unit_words(&english, &subject.unit);
        }
        self
    }
}

/// What a cell of a row holds.
#[derive(Debug, Clone, Copy, PartialEq)]
enum DataCell<'a> {
    /// The same in every row of the subject.
    Fixed(&'a str),
    /// Other words.
    Said(&'a str),
    Day(NaiveDate),
    Figure(Decimal),
    Number(Decimal),
    Blank,
}

/// The cells of a row in the order of [`DATA_COLUMNS`]. `period` is the period's words.
fn cells<'a>(set: &'a DataSet, subject: &'a DataSubject, row: &'a DataRow, period: &'a str) -> [DataCell<'a>; DATA_COLUMNS.len()] {
    let figure = |value: Option<Decimal>| value.map_or(DataCell::Blank, DataCell::Figure);
    let number = |value: Option<Decimal>| value.map_or(DataCell::Blank, DataCell::Number);
    let day = |day: Option<NaiveDate>| day.map_or(DataCell::Blank, DataCell::Day);
    let said = |words: Option<&'static str>| words.map_or(DataCell::Blank, DataCell::Said);
    [
        DataCell::Fixed(&set.council),
        DataCell::Fixed(&subject.code),
        DataCell::Fixed(&subject.title),
        DataCell::Fixed(&subject.service),
        DataCell::Said(period),
        DataCell::Day(row.period.start()),
        DataCell::Day(row.period.end()),
        figure(row.value),
        said(row.absence.filter(|_| row.value.is_none()).map(Absence::words)),
        DataCell::Said(row.state.words()),
        figure(row.target),
        figure(row.intervention),
        figure(row.lower),
        figure(row.upper),
        said(row.status.map(Colour::words)),
        figure(row.forecast),
        number(row.numerator),
        number(row.denominator),
        DataCell::Fixed(&subject.unit),
        DataCell::Fixed(subject.polarity.words()),
        day(row.revised_on),
        day(row.recorded_on),
    ]
}
