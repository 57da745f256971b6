//! Rows and cells as read: what stands there and where, before anybody asks what it means.

use chrono::NaiveDate;
use rules::closed_set;
use rules::measure::Absence;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

closed_set! {
    /// What kind of cell a text was read from. Codes in number cells may have lost zeros (IND-006).
    TextKind {
        /// A text cell.
        Text = "TEXT", "Text";
        /// A number cell: `1.10` arrives as `1.1`, `007` as `7`.
        Number = "NUMBER", "Number";
        /// A date cell: a code such as `1-2` that Excel turned into a date.
        Date = "DATE", "Date";
    }
}

/// Words from a cell, spaces and invisible characters at the ends taken off. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The words.
    pub text: String,
    /// Where: `B7`.
    pub cell: String,
    /// What kind of cell it was.
    pub kind: TextKind,
}

/// What stands in a period cell, or in the heading of a period column.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PeriodContent {
    /// Text, or a number such as 2023 or 202304.
    Text(String),
    /// A real date.
    Date {
        /// The day.
        date: NaiveDate,
        /// Its number format, which says what the sender sees; none where the file does not tell.
        format: Option<String>,
    },
}

/// A period as written. Which period it is, `rules::period` says, once the frequency is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodCell {
    /// What stands there.
    pub content: PeriodContent,
    /// Where: `C7`, or the heading's cell in a WIDE sheet.
    pub cell: String,
    /// The first calendar year of the year that title rows or the sheet's name speak of: 2023 for `2023/24`.
    pub context_year: Option<i32>,
}

/// A date that was asked for, or what stood in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateCell {
    /// The day; none when the text is no date (VAL-043 was reported).
    pub date: Option<NaiveDate>,
    /// What stands there.
    pub text: String,
    /// Where.
    pub cell: String,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// A number as stored: 0.872 in a cell shown as 87.2%.
    Number(Decimal),
    /// Text as stored.
    Text(String),
    /// TRUE or FALSE.
    Bool(bool),
    /// A day.
    Date(NaiveDate),
    /// A time of day or a length of time, in days: 0.5 is twelve hours.
    Duration(Decimal),
    /// An error such as `#DIV/0!`.
    Error(String),
    /// Nothing: blank, or a formula without a stored result.
    Blank,
}

closed_set! {
    /// How percentages are written in a column whose number format does not tell.
    PercentAs {
        /// 0.0827 is 8.27%.
        Fraction = "FRACTION", "Fractions of one";
        /// 8.27 is 8.27%.
        Points = "POINTS", "Per cent";
    }
}

closed_set! {
    /// What a heading or title multiplies its figures by.
    Scale {
        /// `£000`, `(thousands)`.
        Thousands = "THOUSANDS", "Thousands";
        /// `£m`, `(millions)`.
        Millions = "MILLIONS", "Millions";
    }
}

/// A cell that should hold a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawCell {
    /// Where: `F14`.
    pub cell: String,
    /// What it holds.
    pub content: Content,
    /// Whether its number format shows a percentage; none where nothing tells.
    pub percent: Option<bool>,
    /// The number format, where the file tells.
    pub number_format: Option<String>,
    /// The formula, without its `=`.
    pub formula: Option<String>,
    /// The formula has no stored result (VAL-051).
    pub uncached: bool,
    /// Struck out: withdrawn (VAL-060).
    pub struck: bool,
    /// What the heading, a title or a mapping multiplies it by (VAL-003).
    pub scale: Option<Scale>,
    /// How the mapping says the column writes percentages; counts only where the number format does not tell.
    #[serde(default)]
    pub percent_as: Option<PercentAs>,
    /// Why the figure is missing, where the mapping says that the word in the cell stands for that.
    #[serde(default)]
    pub missing: Option<Absence>,
}

/// One figure, or the place where one should be, with all that stands beside it. What few workbooks have is boxed: there may
/// be two hundred thousand rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueRow {
    /// The worksheet.
    pub sheet: String,
    /// Its row, counted from 1.
    pub row: u32,
    /// TEMPLATE: the row's key, from the Ref column.
    pub row_key: Option<Box<Text>>,
    /// The indicator's code.
    pub code: Option<Text>,
    /// The indicator's name.
    pub name: Option<Text>,
    /// Whether the name is the heading of the figure's column, or the table's title, and not a cell of the row: one that
    /// no indicator has leaves out the column, where a row's own would be an error.
    #[serde(default)]
    pub from_heading: bool,
    /// The area the figure is for, where a column says so.
    pub area: Option<Box<Text>>,
    /// The section heading the row stands under.
    pub section: Option<String>,
    /// The period.
    pub period: Option<PeriodCell>,
    /// The unit as written beside it.
    pub unit: Option<Box<Text>>,
    /// The figure.
    pub value: Option<RawCell>,
    /// Above the line.
    pub numerator: Option<RawCell>,
    /// Below the line.
    pub denominator: Option<RawCell>,
    /// A target printed beside it: compared, never taken.
    pub target: Option<Box<RawCell>>,
    /// An intervention level printed beside it: compared, never taken.
    pub intervention: Option<Box<RawCell>>,
    /// Why there is no figure.
    pub absence_reason: Option<Box<Text>>,
    /// Provisional or final.
    pub state: Option<Box<Text>>,
    /// A status printed beside it: compared, never taken.
    pub status: Option<Box<Text>>,
    /// What the figure means.
    pub commentary: Option<Text>,
    /// What is done about it.
    pub action: Option<Box<Text>>,
    /// By whom.
    pub action_owner: Option<Box<Text>>,
    /// By when.
    pub action_due: Option<Box<DateCell>>,
    /// Where the year is expected to end.
    pub forecast: Option<Box<RawCell>>,
}
