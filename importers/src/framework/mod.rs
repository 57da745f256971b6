//! The framework workbook: one sheet a kind of row, found by heading whatever the order of the columns.

use std::collections::BTreeMap;

use rules::framework::{EditionRow, ElementRow, ForumRow, IndicatorRow, LinkRow, ReportingPeriodRow, RuleRow, TargetRow};
use serde::{Deserialize, Serialize};

use crate::address::Place;

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
}

pub(crate) fn fits(_book: &crate::sheet::Book) -> bool {
    false
}

pub(crate) fn read(_book: &crate::sheet::Book, _reading: &mut crate::reading::Reading) {}
