//! What a sender says of a workbook where the importer cannot know it: which column is what, which period, what the
//! figures are multiplied by, and what the words for missing figures mean.
//!
//! A mapping is data: a council keeps it under a name, and it is used again for every workbook of the same shape. It
//! speaks of headings rather than places, so that an edition with another title row or a column more still fits.

use rules::closed_set;
use rules::measure::Absence;
use serde::{Deserialize, Serialize};

use crate::reading::Layout;
use crate::row::Scale;

closed_set! {
    /// What a column holds.
    Role {
        /// The indicator's code.
        Code = "REF", "Ref";
        /// The indicator's name.
        Name = "INDICATOR", "Indicator";
        /// The period.
        Period = "PERIOD", "Period";
        /// The figure.
        Value = "RESULT", "Result";
        /// A target printed beside it: compared, never taken.
        Target = "TARGET", "Target";
        /// An intervention level printed beside it: compared, never taken.
        Intervention = "INTERVENTION_LEVEL", "Intervention level";
        /// Above the line.
        Numerator = "NUMERATOR", "Numerator";
        /// Below the line.
        Denominator = "DENOMINATOR", "Denominator";
        /// The unit.
        Unit = "UNIT", "Unit";
        /// Why there is no figure.
        AbsenceReason = "ABSENCE_REASON", "If no result, why";
        /// Provisional or final.
        State = "VALUE_STATE", "Value state";
        /// A status printed beside it: compared, never taken.
        Status = "STATUS", "Status";
        /// What the figure means.
        Commentary = "COMMENTARY", "Commentary";
        /// What is done about it.
        Action = "ACTION", "Action";
        /// By whom.
        ActionOwner = "ACTION_OWNER", "Action owner";
        /// By when.
        ActionDue = "ACTION_DUE", "Action due date";
        /// Where the year is expected to end.
        Forecast = "FORECAST", "Year-end forecast";
        /// The name of the area or authority the row is about.
        Area = "AREA", "Area";
        /// Its statisticians' code, for instance E07000011.
        AreaCode = "AREA_CODE", "Area code";
        /// Known and not read: owners, direction of travel, previous results.
        Known = "NOT_READ", "Not read";
        /// Checks, totals and averages, which the product works out itself (COL-004).
        Total = "TOTAL", "Total";
    }
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

/// How the tables of a workbook are to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mapping {
    /// One for each table that is to be read; sheets that none of them fits are passed over. Without any, tables are
    /// recognised as ever, and only `missing` is used.
    pub tables: Vec<TableMapping>,
    /// Words that stand for a missing figure.
    pub missing: Vec<MissingWord>,
}

/// How one table is to be read. Whatever is not said is recognised.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TableMapping {
    /// The sheet's name; compared without case, spaces, punctuation and any period in it. None: every sheet whose headings
    /// fit.
    pub sheet: Option<String>,
    /// First and last heading row, counted from 1. None: found by the headings.
    pub heading_rows: Option<(u32, u32)>,
    /// The last row that is read, counted from 1.
    pub last_row: Option<u32>,
    /// Code of the indicator all its figures are of, where neither a column nor a heading says so.
    pub indicator: Option<String>,
    /// The period of all its figures, as `rules::period::spelling` reads it, where neither a column nor a heading says so.
    pub period: Option<String>,
    /// What its figures are multiplied by.
    pub multiplier: Option<Scale>,
    /// What columns hold. Those not listed are recognised.
    pub columns: Vec<ColumnMapping>,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnMapping {
    /// Its heading; those of several rows from the top, joined with ` | `, or the lowest alone where that is the only one.
    /// Compared without case, punctuation and note marks.
    #[serde(default)]
    pub heading: Option<String>,
    /// Its letter, for columns without a heading or with that of another. Either of the two is needed; with both, the
    /// heading counts and the letter chooses among equals.
    #[serde(default)]
    pub column: Option<String>,
    /// What it holds.
    pub role: Role,
    /// Code of the indicator its figures are of.
    #[serde(default)]
    pub indicator: Option<String>,
    /// The period its figures are of.
    #[serde(default)]
    pub period: Option<String>,
    /// What its figures are multiplied by.
    #[serde(default)]
    pub multiplier: Option<Scale>,
    /// How it writes percentages.
    #[serde(default)]
    pub percent: Option<PercentAs>,
}

/// A word that stands for a missing figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingWord {
    /// As it stands in the cells, whatever the case: `...`, `Refused`.
    pub word: String,
    /// Why the figure is missing.
    pub means: Absence,
}

/// A mapping a council keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedMapping {
    /// Its name, unique in the council.
    pub name: String,
    /// What it says.
    pub mapping: Mapping,
}

/// Whose figures are wanted of tables about many authorities.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Own {
    /// The statisticians' code, for instance E07000011.
    pub gss_code: Option<String>,
    /// Its name, and whatever else it is called.
    pub names: Vec<String>,
}

/// What a reading is told beside the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whose figures are wanted; without it, everybody's rows are read.
    pub own: Option<Own>,
    /// The mapping the sender gave for this very file; it counts before any kept one.
    pub mapping: Option<Mapping>,
    /// Those the council keeps. The first whose tables all fit is used.
    pub saved: Vec<SavedMapping>,
}

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
    /// What its columns were taken for, from left to right.
    pub columns: Vec<ColumnRead>,
    /// What was stepped over, and why.
    pub stepped_over: Vec<SteppedOver>,
    /// Where `Settings::mapping` or a kept one said how: the kept one's name, or an empty text for the sender's own.
    pub mapping: Option<String>,
}

impl TableRead {
    /// What it was taken for, as a mapping that reads it so again.
    #[must_use]
    pub fn as_mapping(&self) -> TableMapping {
        let column = |read: &ColumnRead| ColumnMapping {
            heading: (!read.heading.is_empty()).then(|| read.heading.clone()),
            column: Some(read.column.clone()),
            role: read.role.unwrap_or(Role::Known),
            indicator: read.indicator.clone(),
            period: read.period.clone(),
            multiplier: read.multiplier,
            percent: None,
        };
        TableMapping {
            sheet: Some(self.sheet.clone()),
            heading_rows: Some(self.heading_rows),
            columns: self.columns.iter().map(column).collect(),
            ..TableMapping::default()
        }
    }
}

/// What a column was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnRead {
    /// Its letter.
    pub column: String,
    /// Its heading, those of several rows joined with ` | `.
    pub heading: String,
    /// What it holds; none when nothing could be made of the heading.
    pub role: Option<Role>,
    /// Code or name of the indicator its heading or the mapping gives.
    pub indicator: Option<String>,
    /// The period its heading or the mapping gives, as written.
    pub period: Option<String>,
    /// What its figures are multiplied by.
    pub multiplier: Option<Scale>,
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
