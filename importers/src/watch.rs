//! How much of a workbook has been read, for whoever waits for it.

use std::cell::Cell;

/// Hundredths when the cells are there.
pub(crate) const OPENED: usize = 60;
/// Hundredths when the tables are read.
pub(crate) const LAID_OUT: usize = 95;
/// Hundredths in all.
pub(crate) const DONE: usize = 100;

/// Tells hundredths, each once and rising.
pub(crate) struct Watch<'a> {
    told: &'a dyn Fn(usize),
    last: Cell<Option<usize>>,
}

impl<'a> Watch<'a> {
    pub fn new(told: &'a dyn Fn(usize)) -> Self {
        Self { told, last: Cell::new(None) }
    }

    pub fn tell(&self, hundredths: usize) {
        let hundredths = hundredths.min(DONE);
        if self.last.get().is_none_or(|last| last < hundredths) {
            self.last.set(Some(hundredths));
            (self.told)(hundredths);
        }
    }

    /// So much of what lies between two hundredths is done.
    pub fn tell_part(&self, (from, to): (usize, usize), done: u64, of: u64) {
        let (done, of) = (u128::from(done.min(of)), u128::from(of.max(1)));
        let part = (to.saturating_sub(from)) as u128 * done / of;
        self.tell(from.saturating_add(usize::try_from(part).unwrap_or_default()));
    }
}
