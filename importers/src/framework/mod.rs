//! The framework workbook: one sheet a kind of row, found by heading whatever the order of the columns.

use std::collections::BTreeMap;

use rules::framework::{EditionRow, ElementRow, ForumRow, IndicatorRow, LinkRow, ReportingPeriodRow, RuleRow, TargetRow};
use serde::{Deserialize, Serialize};

use rules::workbook::{ELEMENTS, FORUMS, INDICATORS, LINKS, PERIODS, RULES, SheetSpec, TARGETS};

use crate::address::Place;
use crate::reading::{Layout, Reading};
use crate::sheet::{Book, Sheet};

mod checks;
mod edition;
mod indicator;
pub(crate) mod record;
mod rows;
mod rule;
pub(crate) mod sheets;

/// A row with where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed<T> {
    /// The row.
    pub row: T,
    /// The worksheet.
    pub sheet: String,
    /// Its row, counted from 1.
    pub row_number: u32,
    /// The cell of each heading that has one in this sheet: `"Unit" → "G7"`.
    pub cells: BTreeMap<String, String>,
}

impl<T> Placed<T> {
    /// The cell under a heading; the row's first cell when the sheet has no such heading.
    #[must_use]
    pub fn place(&self, heading: &str) -> Place {
        let cell = self.cells.get(heading).cloned().unwrap_or_else(|| format!("A{}", self.row_number));
        Place::new(self.sheet.clone(), cell)
    }
}

/// A row that is left out; a diagnostic says why. Rows that need it are refused by whoever compares the workbook with
/// what a council holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// The sheet by its name in [`rules::workbook`], whatever the workbook calls it.
    pub sheet: String,
    /// What stands under the sheet's first heading, for instance the ref.
    pub code: Option<String>,
    /// That cell.
    pub place: Place,
}

/// The rows of a framework workbook that could be read. A row with an error in it is left out and reported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameworkSheets {
    /// The edition; none when the sheet is missing or a needed detail of it is.
    pub edition: Option<Placed<EditionRow>>,
    /// Elements.
    pub elements: Vec<Placed<ElementRow>>,
    /// Links.
    pub links: Vec<Placed<LinkRow>>,
    /// Indicators, one row a version.
    pub indicators: Vec<Placed<IndicatorRow>>,
    /// Targets.
    pub targets: Vec<Placed<TargetRow>>,
    /// Status rules.
    pub rules: Vec<Placed<RuleRow>>,
    /// Reporting periods.
    pub periods: Vec<Placed<ReportingPeriodRow>>,
    /// Forums.
    pub forums: Vec<Placed<ForumRow>>,
    /// Rows that are left out.
    #[serde(default)]
    pub unread: Vec<Unread>,
}

/// Whether a workbook is a framework: it has its sheet of indicators or elements, or is a plain register of
/// indicators with definitions.
pub(crate) fn fits(book: &Book) -> bool {
    let of = |spec: &SheetSpec| sheets::find(book, spec).is_some();
    of(&INDICATORS) || of(&ELEMENTS) || register(book).is_some()
}

/// A sheet under another name that has most of the headings of Indicators.
fn register(book: &Book) -> Option<&Sheet> {
    let visible = book.sheets.iter().filter(|sheet| !sheet.hidden);
    let mut fitting = visible.filter(|sheet| sheets::heading_row(sheet, &INDICATORS).is_some_and(|(_, needed)| needed >= 6));
    fitting.next()
}

/// Reads every sheet it has.
pub(crate) fn read(book: &Book, reading: &mut Reading) {
    reading.layout = Some(Layout::Framework);
    let mut problems = Vec::new();
    let mut unread = Vec::new();
    let out = FrameworkSheets {
        edition: edition::read(book, &mut problems),
        elements: sheets::read(book, &ELEMENTS, &mut problems, &mut unread, rows::element),
        links: sheets::read(book, &LINKS, &mut problems, &mut unread, rows::link),
        indicators: match register(book).filter(|_| sheets::find(book, &INDICATORS).is_none()) {
            Some(sheet) => sheets::read_sheet(sheet, &INDICATORS, &mut problems, &mut unread, indicator::read),
            None => sheets::read(book, &INDICATORS, &mut problems, &mut unread, indicator::read),
        },
        targets: sheets::read(book, &TARGETS, &mut problems, &mut unread, rows::target),
        rules: sheets::read(book, &RULES, &mut problems, &mut unread, rule::read),
        periods: sheets::read(book, &PERIODS, &mut problems, &mut unread, rows::period),
        forums: sheets::read(book, &FORUMS, &mut problems, &mut unread, rows::forum),
        unread,
    };
    checks::run(&out, &mut problems);
    reading.diagnostics.extend(problems);
    reading.framework = Some(out);
}
