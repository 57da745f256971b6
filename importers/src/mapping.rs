//! What a sender says of a workbook where the importer cannot know it: which column is what, which period, what the
//! figures are multiplied by, and what the words for missing figures mean.
//!
//! A mapping is data: a council keeps it under a name, and it is used again for every workbook of the same shape. It
//! speaks of headings rather than places, so that an edition with another title row or a column more still fits.

use rules::closed_set;
use rules::measure::Absence;
use serde::{Deserialize, Serialize};

pub use crate::row::PercentAs;
use crate::row::Scale;

mod check;
mod taken;

pub use check::Problem;
pub(crate) use check::{letter, missing_key};
pub use taken::{ColumnRead, SteppedOver, TableRead, Why};

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

/// How the tables of a workbook are to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mapping {
    /// One for each table that is to be read; others are passed over, with a warning, and with a kept mapping read as ever.
    /// Without any, tables are
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
    /// Where a title or the sheet's name says another, it is a question.
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
    /// heading counts and the letter chooses among equals. In a kept mapping a letter alone means a column without a
    /// heading, and letters choose among equals where the mapping lists them all and none has moved among the others.
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
    /// Those the council keeps. The first whose tables and columns are all found is used, beside what is recognised.
    pub saved: Vec<SavedMapping>,
}
