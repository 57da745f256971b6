//! What a cell means for an indicator: number, reason for having none, or neither (spreadsheets.md §4.5).

use rules::measure::{Absence, UnitKind, ValueState};
use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::row::RawCell;

/// What the rest of a value column looks like, from which a bare fraction is understood (VAL-010, VAL-011).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Column {
    /// Plain numbers between -1.5 and 1.5, zero left out.
    pub fractions: usize,
    /// Plain numbers beyond.
    pub larger: usize,
}

/// What is known of the indicator when a cell is read.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The unit in words: `Per cent`, `Days`, `Ratio`.
    pub unit: &'a str,
    /// The least a value can be.
    pub minimum: Option<Decimal>,
    /// The most a value can be.
    pub maximum: Option<Decimal>,
    /// The other cells of the column that hold percentages of this and other indicators.
    pub column: Column,
    /// The least and most of the values held so far, for VAL-013.
    pub usual: Option<(Decimal, Decimal)>,
    /// The heading the cell stands under, for messages and scales.
    pub heading: Option<&'a str>,
}

/// A cell understood. No value and no absence: nothing can be taken, and a diagnostic says why, or the cell is blank.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figure {
    /// The value, in the indicator's unit: percentages as the reader sees them.
    pub value: Option<Decimal>,
    /// Why there is none.
    pub absence: Option<Absence>,
    /// How firm it is, when a mark says so.
    pub state: Option<ValueState>,
    /// `12 of 15`: 12.
    pub numerator: Option<Decimal>,
    /// `12 of 15`: 15.
    pub denominator: Option<Decimal>,
    /// A mark that belongs in the commentary: `note 3`, `estimated`.
    pub note: Option<String>,
}

impl Column {
    /// Looks at the value cells of one column, those of percentage indicators.
    #[must_use]
    pub fn of<'a>(_cells: impl IntoIterator<Item = &'a RawCell>) -> Self {
        Self::default()
    }
}

/// Reads one value cell of a sheet, whose name is only for the places of diagnostics.
#[must_use]
pub fn interpret(_cell: &RawCell, _sheet: &str, expected: &Expected<'_>) -> (Figure, Vec<Diagnostic>) {
    let _ = UnitKind::of(expected.unit);
    (Figure::default(), Vec::new())
}
