//! What comes out of a workbook.

use rules::closed_set;
use serde::{Deserialize, Serialize};

use crate::delivery::DeliverySheets;
use crate::diagnostic::{Diagnostic, Severity};
use crate::framework::FrameworkSheets;
use crate::mapping::TableRead;
use crate::row::ValueRow;
use crate::stamp::TemplateStamp;

closed_set! {
    /// What kind of file the bytes are, whatever its name says.
    Format {
        /// Excel, since 2007: .xlsx and .xlsm.
        Xlsx = "XLSX", "Excel workbook";
        /// Excel, binary since 2007: .xlsb.
        Xlsb = "XLSB", "Excel binary workbook";
        /// Excel 97 to 2003: .xls.
        Xls = "XLS", "Excel 97 to 2003 workbook";
        /// OpenDocument: .ods.
        Ods = "ODS", "OpenDocument spreadsheet";
        /// Separated text: .csv.
        Csv = "CSV", "Separated text";
    }
}

closed_set! {
    /// How a workbook is laid out.
    Layout {
        /// A return template of ours, filled in.
        Template = "TEMPLATE", "Return template";
        /// One row per indicator and period.
        Long = "LONG", "One row per indicator and period";
        /// Periods across the columns.
        Wide = "WIDE", "Periods across the columns";
        /// One column per indicator, the periods down the rows.
        Measures = "MEASURES", "Indicators across the columns";
        /// Figures of many authorities, by their codes or names.
        Benchmark = "BENCHMARK", "Figures of many authorities";
        /// A framework workbook, or a plain register of indicators.
        Framework = "FRAMEWORK", "Framework";
        /// A delivery workbook: actions, projects, risks, money and what else says whether plans are delivered.
        Delivery = "DELIVERY", "Plans, programmes, risks, money and assessments";
        /// No workbook: figures entered one by one. Nothing here reads it.
        Entry = "ENTRY", "Figures entered one by one";
    }
}

/// How much of a workbook is taken. Each limit says so, with a code, when it is passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Size of the file as sent (FIL-009). 25 MB, as every size here of 1,048,576 bytes each.
    pub bytes: u64,
    /// Size of all parts together when unpacked, and of all texts in cells (FIL-004). 200 MB.
    pub inflated_bytes: u64,
    /// How many times larger than compressed a part may be (FIL-004). 200.
    pub ratio: u64,
    /// Entries of the zip archive (FIL-004). 2,000.
    pub entries: usize,
    /// Sheets (FIL-005). 200.
    pub sheets: usize,
    /// Filled cells of one sheet (FIL-006). 1,000,000: two hundred thousand rows of five columns.
    pub sheet_cells: usize,
    /// Filled cells of all sheets (FIL-006). 1,000,000.
    pub cells: usize,
    /// Last row with something in it, counted from 1 (FIL-007). 200,000.
    pub rows: u32,
    /// Last column with something in it, counted from 1 (FIL-007). 4,096.
    pub columns: u32,
    /// Characters of one cell (FIL-014). 32,767, the most Excel can hold; long before, VAL-041 has said so.
    pub cell_characters: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 25 << 20,
            inflated_bytes: 200 << 20,
            ratio: 200,
            entries: 2_000,
            sheets: 200,
            sheet_cells: 1_000_000,
            cells: 1_000_000,
            rows: 200_000,
            columns: 4_096,
            cell_characters: 32_767,
        }
    }
}

/// Everything read from one workbook: the rows that are right beside the problems of those that are not.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// What the bytes are; none when they are no workbook.
    pub format: Option<Format>,
    /// How it is laid out; none when nothing could be recognised.
    pub layout: Option<Layout>,
    /// TEMPLATE: which template it is, and what its carriers say.
    pub stamp: Option<TemplateStamp>,
    /// TEMPLATE, LONG, WIDE: one row for each figure, in order of sheet, row, column.
    pub values: Vec<ValueRow>,
    /// What each table was taken for, in the order of the workbook.
    pub tables: Vec<TableRead>,
    /// FRAMEWORK: the rows of its sheets.
    pub framework: Option<FrameworkSheets>,
    /// DELIVERY, and FRAMEWORK where it has such sheets too: their rows.
    #[serde(default)]
    pub delivery: Option<DeliverySheets>,
    /// What is wrong or worth knowing, in order of place, one a cause.
    pub diagnostics: Vec<Diagnostic>,
}

impl Reading {
    /// Whether anything in it is wrong.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }
}
