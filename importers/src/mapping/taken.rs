//! What a table was taken for, said so that a sender can correct it and send it back as a mapping.

use rules::closed_set;
use serde::{Deserialize, Serialize};

use super::{ColumnMapping, PercentAs, Role, TableMapping};
use crate::address::Place;
use crate::diagnostic::Diagnostic;
use crate::reading::Layout;
use crate::row::Scale;

/// What a table of a workbook was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRead {
    /// The worksheet.
    pub sheet: String,
    /// How it is laid out.
    pub layout: Layout,
    /// First and last heading row, counted from 1.
    pub heading_rows: (u32, u32),
    /// First and last row of its body, counted from 1; none when it has none.
    pub rows: Option<(u32, u32)>,
    /// Rows that gave figures.
    pub rows_read: u32,
    /// Figures read.
    pub figures: u32,
    /// The indicator all its figures are of: its code where a mapping gives it, otherwise the words of its title.
    #[serde(default)]
    pub indicator: Option<String>,
    /// Whether `indicator` is a code and not a title's words.
    #[serde(default)]
    pub indicator_is_code: bool,
    /// The period of the figures that have none in their row or heading, as written in a title, the sheet's name or the
    /// mapping.
    #[serde(default)]
    pub period: Option<String>,
    /// What titles or the mapping multiply its figures by.
    #[serde(default)]
    pub multiplier: Option<Scale>,
    /// Whether a mapping says the period, and not the workbook.
    #[serde(default)]
    pub period_is_told: bool,
    /// Whether a mapping says the multiplier, and not the workbook.
    #[serde(default)]
    pub multiplier_is_told: bool,
    /// What its columns were taken for, from left to right.
    pub columns: Vec<ColumnRead>,
    /// What was stepped over, and why.
    pub stepped_over: Vec<SteppedOver>,
    /// Cells of rows whose figures were held back, one a row, because two columns or a mapping contradict one another: `D3:D40`.
    #[serde(default)]
    pub held_back: Vec<String>,
    /// Where `Settings::mapping` or a kept one said how: the kept one's name, or an empty text for the sender's own.
    pub mapping: Option<String>,
}

/// What a column was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnRead {
    /// Its letter.
    pub column: String,
    /// Its heading, those of several rows joined with ` | `; empty where it has none.
    pub heading: String,
    /// Where the (lowest) heading stands.
    pub cell: String,
    /// What it holds; none when nothing could be made of the heading.
    pub role: Option<Role>,
    /// The indicator its figures are of: its code where a mapping gives it, otherwise the name its heading says.
    pub indicator: Option<String>,
    /// Whether `indicator` is a code and not a heading's words.
    #[serde(default)]
    pub indicator_is_code: bool,
    /// The period its heading or the mapping gives, as written.
    pub period: Option<String>,
    /// What its figures are multiplied by.
    pub multiplier: Option<Scale>,
    /// Whether a mapping says the period, and not the heading.
    #[serde(default)]
    pub period_is_told: bool,
    /// Whether a mapping says the multiplier, and not the heading.
    #[serde(default)]
    pub multiplier_is_told: bool,
    /// How it writes percentages, where a mapping says so.
    #[serde(default)]
    pub percent: Option<PercentAs>,
    /// Whether the words could mean something else: the sender should look.
    pub unsure: bool,
}

closed_set! {
    /// Why rows were stepped over.
    Why {
        /// Titles above the table.
        Title = "TITLE", "Titles above the table";
        /// A row of units under the headings.
        Units = "UNITS", "Row of units";
        /// A row that numbers the columns, or tells to hide them.
        ColumnNumbers = "COLUMN_NUMBERS", "Row of column numbers";
        /// Headings repeated inside the table.
        Headings = "HEADINGS", "Repeated headings";
        /// The title of a section.
        Section = "SECTION", "Section titles";
        /// A blank row inside the table.
        Blank = "BLANK", "Blank rows";
        /// Totals, averages, regions and nations.
        Subtotal = "SUBTOTAL", "Totals and subtotals";
        /// Rows of other authorities.
        OtherAuthority = "OTHER_AUTHORITY", "Other authorities";
        /// An example row.
        Example = "EXAMPLE", "Example rows";
        /// Notes and sources below.
        Notes = "NOTES", "Notes below the table";
    }
}

/// Rows that were stepped over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SteppedOver {
    /// Why.
    pub why: Why,
    /// How many.
    pub rows: u32,
    /// The first of them, counted from 1.
    pub first: u32,
}

impl TableRead {
    /// The same as a mapping: what was taken for what, to be corrected where it is wrong. Headings are kept beside the
    /// letters and heading rows are not, so that it fits the next edition; nor are the period and the multiplier that the
    /// workbook says itself, of which the next edition says its own.
    #[must_use]
    pub fn as_mapping(&self) -> TableMapping {
        TableMapping {
            sheet: Some(self.sheet.clone()),
            heading_rows: None,
            last_row: None,
            indicator: self.indicator.clone().filter(|_| self.indicator_is_code),
            period: self.period.clone().filter(|_| self.period_is_told),
            multiplier: self.multiplier.filter(|_| self.multiplier_is_told),
            columns: self.columns.iter().filter_map(ColumnRead::as_mapping).collect(),
        }
    }
}

impl ColumnRead {
    fn as_mapping(&self) -> Option<ColumnMapping> {
        Some(ColumnMapping {
            heading: Some(self.heading.clone()).filter(|heading| !heading.is_empty()),
            column: Some(self.column.clone()),
            role: self.role?,
            indicator: self.indicator.clone().filter(|_| self.indicator_is_code),
            period: self.period.clone().filter(|_| self.period_is_told),
            multiplier: self.multiplier.filter(|_| self.multiplier_is_told),
            percent: self.percent,
        })
    }

    /// The question to ask where no indicator has the name this column's heading says: COL-005, at the heading.
    #[must_use]
    pub fn question(&self, sheet: &str) -> Diagnostic {
        let message = format!(
            "Which indicator is column {}, {:?}? No indicator has this name, so the column was left out.",
            self.column, self.heading
        );
        Diagnostic::new("COL-005", Place::new(sheet, self.cell.clone()), message).suggest(format!(
            "Say so in a mapping: column {} holds {} of the indicator whose ref you give; or add this heading to the indicator's aliases.",
            self.column,
            Role::Value.code()
        ))
    }
}
