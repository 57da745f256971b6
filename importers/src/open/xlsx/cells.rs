//! One worksheet part, in one pass: cells with value, style and formula; merged, hidden and filtered places.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use quick_xml::events::{BytesStart, Event};

use super::super::looks::Looks;
use super::super::number_format::{self, Meaning};
use super::super::package::{Refusal, damaged};
use super::super::xml::{Xml, attribute, flag};
use super::strings::{cut, unescape};
use crate::address::parse_a1;
use crate::counter::Counter;
use crate::sheet::{Area, Cell, Row, Sheet, Style, Value};

/// Merged ranges kept of one sheet; real ones have hundreds, and each is asked about often.
const MERGES_MAX: usize = 10_000;

/// What all sheets of a workbook share.
pub(super) struct Shared<'a> {
    pub strings: &'a [Arc<str>],
    pub styles: &'a Looks,
    pub from_1904: bool,
}

/// Reads one sheet.
pub(super) struct Reader<'a, 'c, 'l> {
    name: &'a str,
    shared: &'a Shared<'a>,
    counter: &'c mut Counter<'l>,
    sheet: Sheet,
    /// By row, because nothing makes a file list its rows in order or once.
    rows: BTreeMap<u32, Row>,
    next_row: u32,
}

/// Rows of a spreadsheet: what lies beyond, no program can have written.
const GRID_ROWS: u32 = 1_048_576;

/// The attributes of a `<c>`.
#[derive(Default)]
struct Head {
    place: Option<(u32, u32)>,
    /// An address that is none: past the last row or column, or no address at all.
    misplaced: Option<String>,
    style: Option<String>,
    kind: String,
}

impl<'a, 'c, 'l> Reader<'a, 'c, 'l> {
    pub fn new(name: &'a str, shared: &'a Shared<'a>, counter: &'c mut Counter<'l>) -> Self {
        counter.start_sheet();
        let sheet = Sheet { name: name.to_owned(), ..Sheet::default() };
        Self { name, shared, counter, sheet, rows: BTreeMap::new(), next_row: 0 }
    }

    /// What was read, in order.
    pub fn finish(mut self) -> Sheet {
        self.sheet.rows = self.rows.into_values().filter(|row| !row.cells.is_empty()).collect();
        for row in &mut self.sheet.rows {
            self.counter.put_in_order(self.name, row);
        }
        self.sheet
    }

    /// Reads the whole part.
    pub fn read(&mut self, text: &str, part: &str) -> Result<(), Refusal> {
        let mut xml = Xml::new(text, part);
        while let Some(start) = xml.next_start()? {
            match start.local_name().as_ref() {
                "row" => self.row(&start, &mut xml)?,
                "mergeCell" if self.sheet.merges.len() < MERGES_MAX => {
                    self.sheet.merges.extend(attribute(&start, "ref").and_then(|area| Area::parse(&area)));
                }
                "col" if flag(&start, "hidden") => {
                    let end = |name| attribute(&start, name).and_then(|n| n.parse::<u32>().ok()).and_then(|n| n.checked_sub(1));
                    self.sheet.hidden_columns.extend(end("min").zip(end("max")));
                }
                "autoFilter" => self.sheet.filtered = true,
                "sheetProtection" => self.sheet.protected = true,
                _ => {}
            }
        }
        Ok(())
    }

    fn row(&mut self, start: &BytesStart<'_>, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        let index = match attribute(start, "r") {
            None => self.next_row,
            Some(written) => match written.trim().parse::<u32>().ok().filter(|row| (1..=GRID_ROWS).contains(row)) {
                Some(row) => row - 1,
                None => return Err(self.outside(&format!("row {}", cut(&written, 20)))),
            },
        };
        self.next_row = index.saturating_add(1);
        self.counter.reached(xml.position());
        let hidden = flag(start, "hidden");
        let mut next_column = 0_u32;
        loop {
            match xml.next()? {
                Some(Event::Start(c)) if c.local_name().as_ref() == "c" => {
                    let head = head(&c);
                    if let Some(address) = &head.misplaced {
                        return Err(self.outside(&format!("the cell {}", cut(address, 20))));
                    }
                    let (row, column) = head.place.unwrap_or((index, next_column));
                    next_column = column.saturating_add(1);
                    if let Some(cell) = self.cell(&head, row, column, xml)? {
                        let kept = self.rows.entry(row).or_insert_with(|| Row { index: row, hidden, cells: Vec::new() });
                        kept.hidden |= hidden;
                        kept.cells.push(cell);
                    }
                }
                Some(Event::Start(_)) => xml.skip()?,
                Some(Event::End(_)) => return Ok(()),
                Some(_) => {}
                None => return Err(damaged(&format!("the sheet {:?} is cut short", self.name))),
            }
        }
    }

    fn outside(&self, what: &str) -> Refusal {
        damaged(&format!("the sheet {:?} lists {what}, which no spreadsheet has", self.name))
    }

    /// A cell's style. A number whose style is not there may be anything, a percentage or a date, so that is damage.
    fn style(&mut self, head: &Head, place: (u32, u32)) -> (Arc<Style>, Meaning) {
        let shared = self.shared;
        let written = head.style.as_deref().unwrap_or("0");
        written.trim().parse().ok().and_then(|index| shared.styles.get(index)).unwrap_or_else(|| {
            self.counter.damaged(self.name, place, "cells refer to a style the file does not hold", written);
            shared.styles.plain()
        })
    }

    fn cell(&mut self, head: &Head, row: u32, column: u32, xml: &mut Xml<'_>) -> Result<Option<Cell>, Refusal> {
        let (mut stored, mut inline, mut formula) = (None, None, None);
        loop {
            match xml.next()? {
                Some(Event::Start(e)) => match e.local_name().as_ref() {
                    "v" => stored = Some(xml.text(&[])?),
                    "is" => inline = Some(xml.text(&["rPh", "phoneticPr"])?),
                    "f" => formula = Some(xml.text(&[])?),
                    _ => xml.skip()?,
                },
                Some(Event::End(_)) => break,
                Some(_) => {}
                None => return Err(damaged(&format!("the sheet {:?} is cut short", self.name))),
            }
        }
        let (style, meaning) = self.style(head, (row, column));
        let stored = inline.or(stored);
        let uncached = formula.is_some() && stored.as_deref().is_none_or(|v| v.is_empty() && head.kind != "str");
        let value = match stored {
            Some(text) => self.value(&head.kind, &text, meaning, (row, column))?,
            None => Value::Blank,
        };
        // A fill without words may be a status somebody coloured in; such cells are worth a warning (STR-020).
        if value == Value::Blank && !uncached {
            let kept = style.fill.is_some() && self.counter.keeps_coloured(row, column);
            return Ok(kept.then_some(Cell { column, value, style, formula: None, uncached }));
        }
        self.counter.take(self.name, row, column, 1)?;
        let formula = formula.map(|f| Box::from(cut(&f, 1_000)));
        Ok(Some(Cell { column, value, style, formula, uncached }))
    }

    fn value(&mut self, kind: &str, text: &str, meaning: Meaning, place: (u32, u32)) -> Result<Value, Refusal> {
        Ok(match kind {
            "s" => {
                let found = text.trim().parse::<usize>().ok().and_then(|index| self.shared.strings.get(index));
                match found {
                    Some(string) if string.is_empty() => Value::Blank,
                    Some(string) => Value::Text(self.counter.text(self.name, place, string)?),
                    None => {
                        self.counter.damaged(self.name, place, "cells refer to a text the file does not hold", text);
                        Value::Blank
                    }
                }
            }
            "b" => Value::Bool(matches!(text.trim(), "1" | "true" | "TRUE")),
            "e" => Value::Error(Arc::from(cut(text, 20))),
            "d" => match text.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()) {
                Some(day) => Value::Date(day),
                None => self.words(text, place)?,
            },
            "str" | "inlineStr" if text.is_empty() => Value::Blank,
            "str" | "inlineStr" => self.words(text, place)?,
            _ if text.trim().is_empty() => Value::Blank,
            _ => match number_format::number(text) {
                Some(number) => number_format::value(number, meaning, self.shared.from_1904),
                None => self.words(text, place)?,
            },
        })
    }

    fn words(&mut self, text: &str, place: (u32, u32)) -> Result<Value, Refusal> {
        Ok(Value::Text(self.counter.text(self.name, place, &Arc::from(unescape(text)))?))
    }
}

fn head(element: &BytesStart<'_>) -> Head {
    let mut head = Head::default();
    for attribute in element.attributes().with_checks(false).flatten() {
        match attribute.key.local_name().as_ref() {
            "r" => {
                head.place = parse_a1(&attribute.value);
                head.misplaced = head.place.is_none().then(|| attribute.value.to_string());
            }
            "s" => head.style = Some(attribute.value.to_string()),
            "t" => head.kind = attribute.value.to_string(),
            _ => {}
        }
    }
    head
}
