//! Where figures go while tables are read: to one council, or to everybody.

use super::gathered::Gathered;
use super::header::Header;
use crate::row::ValueRow;
use crate::sheet::Sheet;

/// Takes figures table by table, in order of sheet, row and column.
pub(super) trait Sink {
    /// Whether a table is to be read at all.
    fn wants(&self, header: &Header) -> bool;

    /// A table begins: what comes until the next is of it.
    fn begin(&mut self, sheet: &Sheet, header: &Header);

    /// Takes a figure; false when it is none that is wanted.
    fn push(&mut self, sheet: &Sheet, row: &ValueRow) -> bool;
}

impl Sink for Gathered {
    fn wants(&self, _: &Header) -> bool {
        true
    }

    fn begin(&mut self, _: &Sheet, _: &Header) {}

    fn push(&mut self, _: &Sheet, row: &ValueRow) -> bool {
        self.take(row);
        true
    }
}
