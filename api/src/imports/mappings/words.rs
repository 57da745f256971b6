//! A mapping as the API takes and shows it: the same shape both ways, so that what is shown can be corrected and sent.

use async_graphql::{Enum, InputObject, SimpleObject};
use importers::mapping as plain;

use crate::graphql::words::Absence;

/// What a column holds.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "importers::mapping::Role")]
pub enum ColumnRole {
    /// The indicator's code.
    #[graphql(name = "REF")]
    Code,
    /// The indicator's name.
    #[graphql(name = "INDICATOR")]
    Name,
    /// The period.
    Period,
    /// The figure.
    #[graphql(name = "RESULT")]
    Value,
    /// A target printed beside it: compared, never taken.
    Target,
    /// An intervention level printed beside it: compared, never taken.
    #[graphql(name = "INTERVENTION_LEVEL")]
    Intervention,
    /// Above the line.
    Numerator,
    /// Below the line.
    Denominator,
    /// The unit.
    Unit,
    /// Why there is no figure.
    AbsenceReason,
    /// Provisional or final.
    #[graphql(name = "VALUE_STATE")]
    State,
    /// A status printed beside it: compared, never taken.
    Status,
    /// What the figure means.
    Commentary,
    /// What is done about it.
    Action,
    /// By whom.
    ActionOwner,
    /// By when.
    ActionDue,
    /// Where the year is expected to end.
    Forecast,
    /// The name of the area or authority the row is about.
    Area,
    /// Its statisticians' code, for instance E07000011.
    AreaCode,
    /// Nothing that is taken.
    #[graphql(name = "NOT_READ")]
    Known,
    /// Checks, totals and averages, which the product works out itself.
    Total,
}

/// How a column writes percentages where its number format does not tell.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "importers::mapping::PercentAs")]
pub enum PercentAs {
    /// 0.0827 is 8.27%.
    Fraction,
    /// 8.27 is 8.27%.
    Points,
}

/// What figures are multiplied by.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "importers::Scale")]
pub enum Multiplier {
    /// A thousand: £000.
    Thousands,
    /// A million: £m.
    Millions,
}

/// How the tables of a workbook are read.
#[derive(Debug, Clone, SimpleObject, InputObject)]
#[graphql(input_name = "WorkbookMappingInput")]
pub struct WorkbookMapping {
    /// One for each table to be read; sheets that none of them fits are passed over. Without any, tables are recognised as
    /// ever, and only `missing` is used.
    #[graphql(default)]
    pub tables: Vec<TableMapping>,
    /// Words that stand for a missing figure.
    #[graphql(default)]
    pub missing: Vec<MissingWord>,
}

/// How one table is read. Whatever is not said is recognised.
#[derive(Debug, Clone, SimpleObject, InputObject)]
#[graphql(input_name = "TableMappingInput")]
pub struct TableMapping {
    /// The sheet's name, compared without case, spaces, punctuation and any period in it. Without it: every sheet whose
    /// headings fit.
    pub sheet: Option<String>,
    /// The first heading row, counted from 1. Without it: found by the headings.
    pub first_heading_row: Option<u32>,
    /// The last heading row; the first when not given.
    pub last_heading_row: Option<u32>,
    /// The last row that is read, counted from 1.
    pub last_row: Option<u32>,
    /// Code of the indicator all its figures are of, where neither a column nor a heading says so.
    pub indicator: Option<String>,
    /// The period of all its figures, where neither a column nor a heading says so.
    pub period: Option<String>,
    /// What its figures are multiplied by.
    pub multiplier: Option<Multiplier>,
    /// What columns hold. Those not listed are recognised.
    #[graphql(default)]
    pub columns: Vec<ColumnMapping>,
}

/// What a column holds.
#[derive(Debug, Clone, SimpleObject, InputObject)]
#[graphql(input_name = "ColumnMappingInput")]
pub struct ColumnMapping {
    /// Its heading; those of several rows from the top, joined with ` | `. Compared without case, punctuation and note marks.
    pub heading: Option<String>,
    /// Its letter, for columns without a heading or with that of another. One of the two is needed.
    pub column: Option<String>,
    /// What it holds.
    pub role: ColumnRole,
    /// Code of the indicator its figures are of.
    pub indicator: Option<String>,
    /// The period its figures are of.
    pub period: Option<String>,
    /// What its figures are multiplied by.
    pub multiplier: Option<Multiplier>,
    /// How it writes percentages.
    pub percent: Option<PercentAs>,
}

/// A word that stands for a missing figure.
#[derive(Debug, Clone, SimpleObject, InputObject)]
#[graphql(input_name = "MissingWordInput")]
pub struct MissingWord {
    /// As it stands in the cells, whatever the case.
    pub word: String,
    /// Why the figure is missing.
    pub means: Absence,
}

impl From<plain::Mapping> for WorkbookMapping {
    fn from(mapping: plain::Mapping) -> Self {
        Self {
            tables: mapping.tables.into_iter().map(Into::into).collect(),
            missing: mapping.missing.into_iter().map(|m| MissingWord { word: m.word, means: m.means.into() }).collect(),
        }
    }
}

impl From<WorkbookMapping> for plain::Mapping {
    fn from(mapping: WorkbookMapping) -> Self {
        Self {
            tables: mapping.tables.into_iter().map(Into::into).collect(),
            missing: mapping.missing.into_iter().map(|m| plain::MissingWord { word: m.word, means: m.means.into() }).collect(),
        }
    }
}

impl From<plain::TableMapping> for TableMapping {
    fn from(table: plain::TableMapping) -> Self {
        Self {
            sheet: table.sheet,
            first_heading_row: table.heading_rows.map(|(first, _)| first),
            last_heading_row: table.heading_rows.map(|(_, last)| last),
            last_row: table.last_row,
            indicator: table.indicator,
            period: table.period,
            multiplier: table.multiplier.map(Into::into),
            columns: table.columns.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<TableMapping> for plain::TableMapping {
    fn from(table: TableMapping) -> Self {
        let first = table.first_heading_row.or(table.last_heading_row);
        Self {
            sheet: table.sheet,
            heading_rows: first.map(|first| (first, table.last_heading_row.unwrap_or(first))),
            last_row: table.last_row,
            indicator: table.indicator,
            period: table.period,
            multiplier: table.multiplier.map(Into::into),
            columns: table.columns.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<plain::ColumnMapping> for ColumnMapping {
    fn from(column: plain::ColumnMapping) -> Self {
        Self {
            heading: column.heading,
            column: column.column,
            role: column.role.into(),
            indicator: column.indicator,
            period: column.period,
            multiplier: column.multiplier.map(Into::into),
            percent: column.percent.map(Into::into),
        }
    }
}

impl From<ColumnMapping> for plain::ColumnMapping {
    fn from(column: ColumnMapping) -> Self {
        Self {
            heading: column.heading,
            column: column.column,
            role: column.role.into(),
            indicator: column.indicator,
            period: column.period,
            multiplier: column.multiplier.map(Into::into),
            percent: column.percent.map(Into::into),
        }
    }
}
