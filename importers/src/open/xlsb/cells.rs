//! The cells of one sheet of an .xlsb workbook.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::bytes::{Bytes, error, rk};
use super::super::number_format::{self, Meaning};
use super::super::package::{Refusal, damaged};
use super::super::tokens::{Grid, hints};
use super::records::Records;
use super::{Globals, Listed, area, wide};
use crate::counter::Counter;
use crate::sheet::{Cell, Row, Sheet, Value};

/// Merged ranges kept of one sheet.
const MERGES_MAX: usize = 10_000;

/// Rows and columns of a sheet: what lies beyond, no program can have written.
pub(super) const ROWS: u32 = 1_048_576;
pub(super) const COLUMNS: u32 = 16_384;

/// Reads one sheet.
pub(super) struct Reader<'a, 'c, 'l> {
    name: &'a str,
    globals: &'a Globals,
    counter: &'c mut Counter<'l>,
    sheet: Sheet,
    rows: BTreeMap<u32, Row>,
    row: u32,
    row_hidden: bool,
}

impl<'a, 'c, 'l> Reader<'a, 'c, 'l> {
    pub fn new(listed: &'a Listed, globals: &'a Globals, counter: &'c mut Counter<'l>) -> Self {
        counter.start_sheet();
        let sheet = Sheet { name: listed.name.clone(), hidden: listed.hidden, ..Sheet::default() };
        Self { name: &listed.name, globals, counter, sheet, rows: BTreeMap::new(), row: 0, row_hidden: false }
    }

    /// What was read, in order.
    pub fn finish(mut self) -> Sheet {
        self.sheet.rows = self.rows.into_values().collect();
        for row in &mut self.sheet.rows {
            self.counter.put_in_order(self.name, row);
        }
        self.sheet
    }

    /// Reads the whole part, which must say where its cells end.
    pub fn read(&mut self, part: &[u8]) -> Result<(), Refusal> {
        let mut records = Records::new(part);
        let (mut cells, mut ended) = (false, false);
        while let Some((kind, bytes)) = records.next_record()? {
            match kind {
                0x0091 => cells = true,
                0x0092 => (cells, ended) = (false, true),
                0x00A1 => self.sheet.filtered = true,
                0x0217 => self.sheet.protected = true,
                _ => {}
            }
            let done = match kind {
                0x0000 if cells => {
                    self.counter.reached(part.len().saturating_sub(records.left()) as u64);
                    self.row(bytes)?
                }
                0x0001..=0x000B | 0x003E if cells => self.cell(kind, bytes)?,
                0x003C => self.column(bytes),
                0x00B0 => self.merge(bytes),
                _ => Some(()),
            };
            done.ok_or_else(|| damaged(&format!("a record of the sheet {:?} is too short", self.name)))?;
        }
        if ended { Ok(()) } else { Err(damaged(&format!("the sheet {:?} is cut short", self.name))) }
    }

    fn row(&mut self, mut bytes: Bytes<'_>) -> Result<Option<()>, Refusal> {
        let Some(row) = bytes.u32() else { return Ok(None) };
        if row >= ROWS {
            return Err(damaged(&format!("the sheet {:?} lists row {}, which no spreadsheet has", self.name, u64::from(row) + 1)));
        }
        self.row = row;
        self.row_hidden = bytes.rest().get(7).is_some_and(|flags| flags & 0x10 != 0);
        Ok(Some(()))
    }

    fn cell(&mut self, kind: u16, mut bytes: Bytes<'_>) -> Result<Option<()>, Refusal> {
        let Some((column, style)) = bytes.u32().zip(bytes.u32()) else { return Ok(None) };
        if column >= COLUMNS {
            return Err(damaged(&format!("the sheet {:?} lists column {}, which no spreadsheet has", self.name, u64::from(column) + 1)));
        }
        let place = (self.row, column);
        let index = (style & 0x00FF_FFFF) as usize;
        let (style, meaning) = self.globals.looks.get(index).unwrap_or_else(|| {
            self.counter.damaged(self.name, place, "cells refer to a style the file does not hold", &index.to_string());
            self.globals.looks.plain()
        });
        let Some(value) = self.value(kind, &mut bytes, meaning, place)? else { return Ok(None) };
        let formula = matches!(kind, 0x0008..=0x000B).then(|| {
            let tokens = bytes.skip(2).and_then(|()| bytes.u32()).and_then(|length| bytes.take(length as usize)).unwrap_or_default();
            hints(tokens, Grid::Since2007, &self.globals.outside)
        });
        if value == Value::Blank && formula.is_none() {
            if style.fill.is_none() || !self.counter.keeps_coloured(self.row, column) {
                return Ok(Some(()));
            }
        } else {
            self.counter.take(self.name, self.row, column, 1)?;
        }
        let (index, hidden) = (self.row, self.row_hidden);
        let row = self.rows.entry(index).or_insert_with(|| Row { index, hidden, cells: Vec::new() });
        row.hidden |= hidden;
        row.cells.push(Cell { column, value, style, formula, uncached: false });
        Ok(Some(()))
    }

    /// What a cell holds; none when its record ends too early.
    fn value(&mut self, kind: u16, bytes: &mut Bytes<'_>, meaning: Meaning, place: (u32, u32)) -> Result<Option<Value>, Refusal> {
        Ok(match kind {
            0x0002 => bytes.u32().map(|packed| self.number(rk(packed), meaning)),
            0x0003 | 0x000B => bytes.u8().map(|code| Value::Error(Arc::from(error(code)))),
            0x0004 | 0x000A => bytes.u8().map(|yes| Value::Bool(yes != 0)),
            0x0005 | 0x0009 => bytes.f64().map(|number| self.number(number, meaning)),
            0x0006 | 0x0008 | 0x003E => {
                if kind == 0x003E {
                    bytes.u8();
                }
                let Some(text) = wide(bytes) else { return Ok(None) };
                let text = self.counter.text(self.name, place, &Arc::from(text))?;
                Some(if text.is_empty() && kind != 0x0008 { Value::Blank } else { Value::Text(text) })
            }
            0x0007 => {
                let Some(index) = bytes.u32() else { return Ok(None) };
                match self.globals.strings.get(index as usize) {
                    Some(text) if text.is_empty() => Some(Value::Blank),
                    Some(text) => Some(Value::Text(self.counter.text(self.name, place, text)?)),
                    None => {
                        self.counter.damaged(self.name, place, "cells refer to a text the file does not hold", &index.to_string());
                        Some(Value::Blank)
                    }
                }
            }
            _ => Some(Value::Blank),
        })
    }

    fn number(&self, number: f64, meaning: Meaning) -> Value {
        number_format::from_float(number).map_or_else(
            || Value::Text(Arc::from(number.to_string())),
            |number| number_format::value(number, meaning, self.globals.from_1904),
        )
    }

    fn column(&mut self, mut bytes: Bytes<'_>) -> Option<()> {
        let (first, last) = (bytes.u32()?, bytes.u32()?);
        bytes.skip(8)?;
        if bytes.u16()? & 1 != 0 {
            self.sheet.hidden_columns.push((first, last));
        }
        Some(())
    }

    fn merge(&mut self, mut bytes: Bytes<'_>) -> Option<()> {
        let merged = area(&mut bytes);
        if self.sheet.merges.len() < MERGES_MAX {
            self.sheet.merges.extend(merged);
        }
        Some(())
    }
}
