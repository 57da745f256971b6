//! The cells of one sheet of an .xls workbook.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::bytes::{Bytes, error, rk};
use super::super::number_format;
use super::super::package::{Refusal, damaged};
use super::super::tokens::{Grid, hints};
use super::records::{Record, Records};
use super::strings;
use super::{Globals, Listed};
use crate::counter::Counter;
use crate::sheet::{Area, Cell, Row, Sheet, Value};

/// Merged ranges kept of one sheet.
const MERGES_MAX: usize = 10_000;

/// Columns of a sheet: what lies beyond, no program can have written.
const COLUMNS: u16 = 256;

/// Reads one sheet.
pub(super) struct Reader<'a, 'c, 'l> {
    listed: &'a Listed,
    globals: &'a Globals,
    counter: &'c mut Counter<'l>,
    sheet: Sheet,
    rows: BTreeMap<u32, Row>,
    hidden_rows: Vec<u32>,
    /// A formula whose text comes in the record after it.
    waiting: Option<(u32, u32, u16, Box<str>)>,
}

impl<'a, 'c, 'l> Reader<'a, 'c, 'l> {
    pub fn new(listed: &'a Listed, globals: &'a Globals, counter: &'c mut Counter<'l>) -> Self {
        counter.start_sheet();
        let sheet = Sheet { name: listed.name.clone(), hidden: listed.hidden, ..Sheet::default() };
        Self { listed, globals, counter, sheet, rows: BTreeMap::new(), hidden_rows: Vec::new(), waiting: None }
    }

    /// What was read, in order.
    pub fn finish(mut self) -> Sheet {
        for index in self.hidden_rows {
            if let Some(row) = self.rows.get_mut(&index) {
                row.hidden = true;
            }
        }
        self.sheet.rows = self.rows.into_values().collect();
        for row in &mut self.sheet.rows {
            self.counter.put_in_order(&self.sheet.name, row);
        }
        self.sheet
    }

    /// Reads the sheet's records; charts drawn on it are passed over.
    pub fn read(&mut self, stream: &[u8]) -> Result<(), Refusal> {
        let mut records = Records::new(stream, self.listed.at);
        let mut depth = 0_usize;
        let cut = || damaged(&format!("the sheet {:?} is cut short", self.listed.name));
        if self.listed.at >= stream.len() {
            return Err(cut());
        }
        loop {
            let record = records.next_record()?.ok_or_else(|| damaged(&format!("the sheet {:?} is cut short", self.listed.name)))?;
            self.counter.reached(stream.len().saturating_sub(records.left()) as u64);
            match record.kind {
                0x0809 => depth += 1,
                0x000A if depth <= 1 => return Ok(()),
                0x000A => depth -= 1,
                _ if depth == 0 => return Err(damaged(&format!("the sheet {:?} does not begin where it is said to", self.listed.name))),
                _ if depth == 1 => {
                    let name = &self.listed.name;
                    let short = || damaged(&format!("a record of the sheet {name:?} is too short"));
                    self.take(&record)?.ok_or_else(short)?;
                }
                _ => {}
            }
        }
    }

    /// One record; none when it ends too early.
    fn take(&mut self, record: &Record<'_>) -> Result<Option<()>, Refusal> {
        let mut bytes = record.bytes();
        match record.kind {
            0x009D => self.sheet.filtered = true,
            0x0012 => self.sheet.protected |= bytes.u16() == Some(1),
            0x001C => self.sheet.comments += 1,
            _ => {}
        }
        let done = match record.kind {
            0x0208 => self.row(bytes),
            0x007D => self.column(bytes),
            0x00E5 => self.merges(bytes),
            0x0207 => return self.formula_text(record),
            0x0006 => return self.formula(bytes),
            0x00BD | 0x00BE => return self.several(record.kind == 0x00BD, bytes),
            0x00FD | 0x0203 | 0x027E | 0x0201 | 0x0204 | 0x00D6 | 0x0205 => {
                let Some((row, column, style)) = head(&mut bytes) else { return Ok(None) };
                let Some(value) = self.value(record, bytes, (row, column), style)? else { return Ok(None) };
                self.put((row, column), style, value, None)?;
                Some(())
            }
            _ => Some(()),
        };
        Ok(done)
    }

    fn value(&mut self, record: &Record<'_>, mut bytes: Bytes<'_>, place: (u32, u32), style: u16) -> Result<Option<Value>, Refusal> {
        Ok(match record.kind {
            0x00FD => {
                let Some(index) = bytes.u32() else { return Ok(None) };
                match self.globals.strings.get(index as usize) {
                    Some(text) => Some(self.counter.text(&self.listed.name, place, text).map(|text| worded(&text))?),
                    None => {
                        self.counter.damaged(&self.listed.name, place, "cells refer to a text the file does not hold", &index.to_string());
                        Some(Value::Blank)
                    }
                }
            }
            0x0203 => bytes.f64().map(|number| self.number(number, style)),
            0x027E => bytes.u32().map(|packed| self.number(rk(packed), style)),
            0x0204 | 0x00D6 => {
                let text = if self.globals.since_1997 {
                    strings::continued(record_behind(record, 6).as_ref().unwrap_or(record))
                } else {
                    self.old(bytes)
                };
                match text {
                    Some(text) => Some(worded(&self.counter.text(&self.listed.name, place, &Arc::from(text))?)),
                    None => None,
                }
            }
            0x0205 => bytes
                .u8()
                .zip(bytes.u8())
                .map(|(value, is_error)| if is_error == 1 { Value::Error(Arc::from(error(value))) } else { Value::Bool(value != 0) }),
            _ => Some(Value::Blank),
        })
    }

    fn old(&self, mut bytes: Bytes<'_>) -> Option<String> {
        let length = bytes.u16()?;
        bytes.take(length.into()).map(|text| self.globals.code_page.decode_without_bom_handling(text).0.into_owned())
    }

    fn number(&self, number: f64, style: u16) -> Value {
        let (_, meaning) = self.globals.looks.get(style.into()).unwrap_or_else(|| self.globals.looks.plain());
        number_format::from_float(number).map_or_else(
            || Value::Text(Arc::from(number.to_string())),
            |number| number_format::value(number, meaning, self.globals.from_1904),
        )
    }

    /// A row of numbers, or of cells without content, in one record.
    fn several(&mut self, numbers: bool, mut bytes: Bytes<'_>) -> Result<Option<()>, Refusal> {
        let Some((row, first)) = bytes.u16().zip(bytes.u16()) else { return Ok(None) };
        let each = if numbers { 6 } else { 2 };
        let mut column = first;
        while bytes.rest().len() >= each + 2 {
            let style = bytes.u16().unwrap_or_default();
            let value = if numbers { self.number(rk(bytes.u32().unwrap_or_default()), style) } else { Value::Blank };
            self.put((row.into(), column.into()), style, value, None)?;
            column = column.saturating_add(1);
        }
        Ok(Some(()))
    }

    fn formula(&mut self, mut bytes: Bytes<'_>) -> Result<Option<()>, Refusal> {
        let Some((row, column, style)) = head(&mut bytes) else { return Ok(None) };
        let Some(result) = bytes.take(8) else { return Ok(None) };
        let tokens = bytes.skip(6).and_then(|()| bytes.u16()).and_then(|length| bytes.take(length.into())).unwrap_or_default();
        let formula = hints(tokens, Grid::Old, &self.globals.outside);
        let value = match (result, result.get(6..)) {
            ([0, ..], Some([0xFF, 0xFF])) => {
                self.waiting = Some((row, column, style, formula));
                return Ok(Some(()));
            }
            ([1, _, yes, ..], Some([0xFF, 0xFF])) => Value::Bool(*yes != 0),
            ([2, _, code, ..], Some([0xFF, 0xFF])) => Value::Error(Arc::from(error(*code))),
            (_, Some([0xFF, 0xFF])) => Value::Text(Arc::from("")),
            _ => self.number(Bytes::new(result).f64().unwrap_or_default(), style),
        };
        self.put((row, column), style, value, Some(formula))?;
        Ok(Some(()))
    }

    /// The text a formula gave, in a record of its own.
    fn formula_text(&mut self, record: &Record<'_>) -> Result<Option<()>, Refusal> {
        let Some((row, column, style, formula)) = self.waiting.take() else { return Ok(Some(())) };
        let text = if self.globals.since_1997 { strings::continued(record) } else { self.old(record.bytes()) };
        let Some(text) = text else { return Ok(None) };
        let text = self.counter.text(&self.listed.name, (row, column), &Arc::from(text))?;
        self.put((row, column), style, Value::Text(text), Some(formula))?;
        Ok(Some(()))
    }

    fn put(&mut self, (row, column): (u32, u32), style: u16, value: Value, formula: Option<Box<str>>) -> Result<(), Refusal> {
        if column >= u32::from(COLUMNS) {
            return Err(damaged(&format!("the sheet {:?} lists a cell in a column no such workbook has", self.listed.name)));
        }
        let style = match self.globals.looks.get(style.into()) {
            Some((style, _)) => style,
            None => {
                self.counter.damaged(&self.listed.name, (row, column), "cells refer to a style the file does not hold", &style.to_string());
                self.globals.looks.plain().0
            }
        };
        if value == Value::Blank && formula.is_none() {
            if style.fill.is_none() || !self.counter.keeps_coloured(row, column) {
                return Ok(());
            }
        } else {
            self.counter.take(&self.listed.name, row, column, 1)?;
        }
        let row = self.rows.entry(row).or_insert_with(|| Row { index: row, ..Row::default() });
        row.cells.push(Cell { column, value, style, formula, uncached: false });
        Ok(())
    }

    fn row(&mut self, mut bytes: Bytes<'_>) -> Option<()> {
        let index = bytes.u16()?;
        bytes.skip(10)?;
        if bytes.u16()? & 0x20 != 0 {
            self.hidden_rows.push(index.into());
        }
        Some(())
    }

    fn column(&mut self, mut bytes: Bytes<'_>) -> Option<()> {
        let (first, last) = (bytes.u16()?, bytes.u16()?);
        bytes.skip(4)?;
        if bytes.u16()? & 1 != 0 {
            self.sheet.hidden_columns.push((first.into(), last.into()));
        }
        Some(())
    }

    fn merges(&mut self, mut bytes: Bytes<'_>) -> Option<()> {
        let count = bytes.u16()?;
        for _ in 0..count {
            let (top, bottom, left, right) = (bytes.u16()?, bytes.u16()?, bytes.u16()?, bytes.u16()?);
            if self.sheet.merges.len() < MERGES_MAX && top <= bottom && left <= right {
                self.sheet.merges.push(Area { top: top.into(), left: left.into(), bottom: bottom.into(), right: right.into() });
            }
        }
        Some(())
    }
}

/// Row, column and style of a cell.
fn head(bytes: &mut Bytes<'_>) -> Option<(u32, u32, u16)> {
    Some((bytes.u16()?.into(), bytes.u16()?.into(), bytes.u16()?))
}

/// An empty text is no content.
fn worded(text: &Arc<str>) -> Value {
    if text.is_empty() { Value::Blank } else { Value::Text(text.clone()) }
}

/// A record without its first bytes.
fn record_behind<'a>(record: &Record<'a>, count: usize) -> Option<Record<'a>> {
    Some(Record { kind: record.kind, first: record.first.get(count..)?, more: record.more.clone() })
}
