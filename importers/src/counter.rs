//! What has been read of a workbook so far, against what is taken of one.

use std::sync::Arc;

use crate::address::{Place, a1};
use crate::diagnostic::Diagnostic;
use crate::reading::Limits;
use crate::sheet::{Row, thousands};
use crate::watch::{OPENED, Watch};

/// Counts the cells of a workbook as they are read, and says when there are too many.
pub(crate) struct Counter<'a> {
    pub limits: &'a Limits,
    watch: Option<&'a Watch<'a>>,
    /// Bytes that hold cells, and how many of them are read.
    bytes: u64,
    read: u64,
    all: usize,
    sheet: usize,
    /// Cells of the sheet that are only coloured in.
    coloured: usize,
    text_bytes: u64,
    /// What was wrong with single cells.
    problems: Vec<Diagnostic>,
}

/// Cells without content kept of one sheet for their colour (STR-020). They are no cells: none of the limits counts them.
const COLOURED_MAX: usize = 10_000;

impl<'a> Counter<'a> {
    pub fn new(limits: &'a Limits) -> Self {
        Self { limits, watch: None, bytes: 0, read: 0, all: 0, sheet: 0, coloured: 0, text_bytes: 0, problems: Vec::new() }
    }

    /// One that tells how far it is.
    pub fn watched(limits: &'a Limits, watch: &'a Watch<'a>) -> Self {
        Self { watch: Some(watch), ..Self::new(limits) }
    }

    /// How many bytes there are that hold cells, unpacked.
    pub fn expect(&mut self, bytes: u64) {
        self.bytes = bytes;
    }

    /// So many bytes of the part that is being read are dealt with.
    pub fn reached(&self, bytes: u64) {
        if let Some(watch) = self.watch {
            watch.tell_part((0, OPENED), self.read.saturating_add(bytes), self.bytes);
        }
    }

    /// A part of so many bytes is dealt with.
    pub fn has_read(&mut self, bytes: u64) {
        self.read = self.read.saturating_add(bytes);
        self.reached(0);
    }

    pub fn start_sheet(&mut self) {
        self.sheet = 0;
        self.coloured = 0;
    }

    /// Whether one more cell that is only coloured in is kept.
    pub fn keeps_coloured(&mut self, row: u32, column: u32) -> bool {
        self.coloured += 1;
        self.coloured <= COLOURED_MAX && row < self.limits.rows && column < self.limits.columns
    }

    /// A text as a cell holds it. One that is too long is cut and said to be; all together they are bounded, because
    /// one text of a table of shared ones may stand in a million cells.
    pub fn text(&mut self, sheet: &str, (row, column): (u32, u32), text: &Arc<str>) -> Result<Arc<str>, Box<Diagnostic>> {
        let most = self.limits.cell_characters;
        let cut = text.char_indices().nth(most).filter(|_| text.len() > most).and_then(|(at, _)| text.get(..at));
        if cut.is_some() {
            let message = format!("This cell holds more than {} characters; the rest was left out.", thousands(most));
            let problem = Diagnostic::new("FIL-014", Place::new(sheet, a1(row, column)), message);
            self.problems.push(problem.suggest("Shorten the text, or put it in a document of its own."));
        }
        let text = cut.map_or_else(|| text.clone(), Arc::from);
        self.text_bytes = self.text_bytes.saturating_add(text.len() as u64);
        if self.text_bytes > self.limits.inflated_bytes {
            let message = format!("The texts in the cells come to more than {} MB.", self.limits.inflated_bytes >> 20);
            let problem = Diagnostic::new("FIL-004", Place::new(sheet, a1(row, column)), message);
            return Err(Box::new(problem.suggest("Send the table in parts.")));
        }
        Ok(text)
    }

    /// Notes that a cell is damaged; a file with such a cell is not read.
    pub fn damaged(&mut self, sheet: &str, (row, column): (u32, u32), what: &str, seen: &str) {
        let message = format!("The file is damaged: {what}.");
        let problem = Diagnostic::new("FIL-002", Place::new(sheet, a1(row, column)), message);
        self.problems.push(problem.seen(seen).suggest("Open it in the program it was made with, save it and send it again."));
    }

    /// Sorts a row's cells; one that comes twice is damage, for nobody knows which of the two is meant.
    pub fn put_in_order(&mut self, sheet: &str, row: &mut Row) {
        row.cells.sort_by_key(|cell| cell.column);
        let index = row.index;
        row.cells.dedup_by(|second, first| {
            let twice = second.column == first.column;
            if twice {
                self.damaged(sheet, (index, second.column), "cells are there twice", "");
            }
            twice
        });
    }

    /// What was wrong with single cells.
    pub fn problems(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.problems)
    }

    /// Takes `cells` more at a place, counted from 0; the diagnostic when that is over a limit.
    pub fn take(&mut self, sheet: &str, row: u32, column: u32, cells: usize) -> Result<(), Box<Diagnostic>> {
        let place = || Place::new(sheet, a1(row, column));
        if row >= self.limits.rows || column >= self.limits.columns {
            let message = format!(
                "This sheet reaches to {}; at most {} rows and {} columns are read, so the sheet was left out.",
                a1(row, column),
                thousands(self.limits.rows as usize),
                thousands(self.limits.columns as usize)
            );
            return Err(Box::new(
                Diagnostic::new("FIL-007", place(), message).suggest("Delete everything below and to the right of the table, then save."),
            ));
        }
        self.all += cells;
        self.sheet += cells;
        let too_many = [(self.sheet, self.limits.sheet_cells, "This sheet"), (self.all, self.limits.cells, "The workbook")];
        for (count, limit, what) in too_many {
            if count > limit {
                let message = format!("{what} has more than {} filled cells; this sheet was left out.", thousands(limit));
                return Err(Box::new(Diagnostic::new("FIL-006", place(), message).suggest("Send the table in parts.")));
            }
        }
        Ok(())
    }
}
