//! One worksheet part, in one pass: cells with value, style and formula; merged, hidden and filtered places.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use quick_xml::events::{BytesStart, Event};

use super::super::number_format::{self, Meaning};
use super::super::package::{Refusal, damaged};
use super::super::xml::{Xml, attribute, flag};
use super::strings::{cut, unescape};
use super::styles::Styles;
use crate::address::parse_a1;
use crate::diagnostic::Diagnostic;
use crate::sheet::{Area, Cell, Counter, Row, Sheet, Value};

/// Merged ranges kept of one sheet; real ones have hundreds, and each is asked about often.
const MERGES_MAX: usize = 10_000;

/// What all sheets of a workbook share.
pub(super) struct Shared<'a> {
    pub strings: &'a [Arc<str>],
    pub styles: &'a Styles,
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
    diagnostics: Vec<Diagnostic>,
    next_row: u32,
}

/// The attributes of a `<c>`.
#[derive(Default)]
struct Head {
    place: Option<(u32, u32)>,
    style: usize,
    kind: String,
}

impl<'a, 'c, 'l> Reader<'a, 'c, 'l> {
    pub fn new(name: &'a str, shared: &'a Shared<'a>, counter: &'c mut Counter<'l>) -> Self {
        counter.start_sheet();
        let sheet = Sheet { name: name.to_owned(), ..Sheet::default() };
        Self { name, shared, counter, sheet, rows: BTreeMap::new(), diagnostics: Vec::new(), next_row: 0 }
    }

    /// What was read, in order.
    pub fn finish(mut self) -> (Sheet, Vec<Diagnostic>) {
        self.sheet.rows = self.rows.into_values().filter(|row| !row.cells.is_empty()).collect();
        for row in &mut self.sheet.rows {
            row.cells.sort_by_key(|cell| cell.column);
            row.cells.dedup_by_key(|cell| cell.column);
        }
        (self.sheet, self.diagnostics)
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
        let index = attribute(start, "r").and_then(|r| r.parse::<u32>().ok()).and_then(|r| r.checked_sub(1)).unwrap_or(self.next_row);
        self.next_row = index.saturating_add(1);
        let hidden = flag(start, "hidden");
        let mut next_column = 0_u32;
        loop {
            match xml.next()? {
                Some(Event::Start(c)) if c.local_name().as_ref() == "c" => {
                    let head = head(&c);
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
        let (style, meaning) = self.shared.styles.get(head.style);
        let stored = inline.or(stored);
        let uncached = formula.is_some() && stored.as_deref().is_none_or(|v| v.is_empty() && head.kind != "str");
        let value = match stored {
            Some(text) => self.value(&head.kind, &text, meaning, (row, column)),
            None => Value::Blank,
        };
        // A fill without words may be a status somebody coloured in; such cells are worth a warning (STR-020).
        if value == Value::Blank && !uncached && style.fill.is_none() {
            return Ok(None);
        }
        if value == Value::Blank && !uncached && (row >= self.counter.limits.rows || column >= self.counter.limits.columns) {
            return Ok(None);
        }
        self.counter.take(self.name, row, column, 1)?;
        let formula = formula.map(|f| Box::from(cut(&f, 1_000)));
        Ok(Some(Cell { column, value, style: style.clone(), formula, uncached }))
    }

    fn value(&mut self, kind: &str, text: &str, meaning: Meaning, (row, column): (u32, u32)) -> Value {
        let words = |text: &str| Value::Text(Arc::from(cut(&unescape(text), self.counter.limits.cell_characters)));
        match kind {
            "s" => {
                let found = text.trim().parse::<usize>().ok().and_then(|index| self.shared.strings.get(index));
                if let Some(string) = found {
                    return if string.is_empty() { Value::Blank } else { Value::Text(string.clone()) };
                }
                let message = "This cell refers to a text the file does not hold: the file is damaged here.";
                let diagnostic = Diagnostic::new("FIL-002", crate::Place::new(self.name, crate::address::a1(row, column)), message);
                self.diagnostics.push(diagnostic.seen(text).suggest("Type the cell again, save and send again."));
                Value::Error(Arc::from("#DAMAGED"))
            }
            "b" => Value::Bool(matches!(text.trim(), "1" | "true" | "TRUE")),
            "e" => Value::Error(Arc::from(cut(text, 20))),
            "d" => text.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()).map_or_else(|| words(text), Value::Date),
            "str" | "inlineStr" => {
                if text.is_empty() {
                    Value::Blank
                } else {
                    words(text)
                }
            }
            _ if text.trim().is_empty() => Value::Blank,
            _ => match number_format::number(text) {
                Some(number) => number_format::value(number, meaning, self.shared.from_1904),
                None => words(text),
            },
        }
    }
}

fn head(element: &BytesStart<'_>) -> Head {
    let mut head = Head::default();
    for attribute in element.attributes().with_checks(false).flatten() {
        match attribute.key.local_name().as_ref() {
            "r" => head.place = parse_a1(&attribute.value),
            "s" => head.style = attribute.value.parse().unwrap_or(0),
            "t" => head.kind = attribute.value.to_string(),
            _ => {}
        }
    }
    head
}
