//! The rows and cells of one OpenDocument table.

use std::sync::Arc;

use chrono::NaiveDate;
use quick_xml::events::{BytesStart, Event};
use rust_decimal::Decimal;

use super::super::number_format;
use super::super::package::{Refusal, damaged};
use super::super::xml::{Xml, attribute, push};
use super::Styles;
use crate::counter::Counter;
use crate::diagnostic::Diagnostic;
use crate::sheet::{Area, Cell, Row, Sheet, Style, Value};

/// Merged ranges kept of one sheet.
const MERGES_MAX: usize = 10_000;

/// Reads one table.
pub(super) struct Reader<'a, 'c, 'l> {
    sheet: Sheet,
    styles: &'a Styles,
    counter: &'c mut Counter<'l>,
    next_row: u32,
    problem: Option<Box<Diagnostic>>,
}

/// A cell before its places are known.
struct Read {
    value: Value,
    formula: Option<Box<str>>,
    uncached: bool,
    style: Arc<Style>,
    repeated: u32,
    spanned: (u32, u32),
}

impl<'a, 'c, 'l> Reader<'a, 'c, 'l> {
    pub fn new(sheet: Sheet, styles: &'a Styles, counter: &'c mut Counter<'l>) -> Self {
        counter.start_sheet();
        Self { sheet, styles, counter, next_row: 0, problem: None }
    }

    /// The sheet, or an empty one with what was too much of it.
    pub fn read(mut self, xml: &mut Xml<'_>) -> Result<(Sheet, Option<Box<Diagnostic>>), Refusal> {
        let mut depth = 1_usize;
        let (mut column, mut hidden) = (0_u32, Vec::new());
        while depth > 0 {
            match xml.next()? {
                Some(Event::Start(start)) => match start.local_name().as_ref() {
                    "table-row" if self.problem.is_none() => self.row(&start, xml)?,
                    "table-row" | "shapes" | "forms" => xml.skip()?,
                    "table-column" => {
                        let last = column.saturating_add(repeated(&start, "number-columns-repeated") - 1);
                        if attribute(&start, "visibility").is_some_and(|v| v != "visible") {
                            hidden.push((column, last));
                        }
                        column = last.saturating_add(1);
                        depth += 1;
                    }
                    _ => depth += 1,
                },
                Some(Event::End(_)) => depth -= 1,
                Some(_) => {}
                None => return Err(damaged(&format!("the sheet {:?} is cut short", self.sheet.name))),
            }
        }
        if self.problem.is_some() {
            self.sheet = Sheet { name: self.sheet.name, hidden: self.sheet.hidden, ..Sheet::default() };
        }
        self.sheet.hidden_columns = hidden;
        Ok((self.sheet, self.problem))
    }

    fn row(&mut self, start: &BytesStart<'_>, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        let times = repeated(start, "number-rows-repeated");
        self.counter.reached(xml.position());
        let visibility = attribute(start, "visibility").unwrap_or_default();
        self.sheet.filtered |= visibility == "filter";
        let hidden = matches!(visibility.as_str(), "collapse" | "filter");
        let (mut cells, mut column) = (Vec::new(), 0_u32);
        loop {
            match xml.next()? {
                Some(Event::Start(e)) if matches!(e.local_name().as_ref(), "table-cell" | "covered-table-cell") => {
                    let read = self.cell(&e, xml)?;
                    let width = read.repeated;
                    self.place(&read, column, &mut cells);
                    column = column.saturating_add(width);
                }
                Some(Event::Start(_)) => xml.skip()?,
                Some(Event::End(_)) => break,
                Some(_) => {}
                None => return Err(damaged(&format!("the sheet {:?} is cut short", self.sheet.name))),
            }
        }
        let first = self.next_row;
        self.next_row = first.saturating_add(times);
        for index in first..self.next_row {
            if cells.is_empty() || self.problem.is_some() {
                break;
            }
            self.problem = self.keep(index, hidden, &cells).err();
            // What is only coloured in is kept once.
            cells.retain(|cell| cell.value != Value::Blank || cell.uncached);
        }
        Ok(())
    }

    /// Keeps a row, as often as it comes: each time counts.
    fn keep(&mut self, index: u32, hidden: bool, cells: &[Cell]) -> Result<(), Box<Diagnostic>> {
        let (mut filled, mut last) = (0, 0);
        let mut kept = Vec::with_capacity(cells.len());
        for cell in cells {
            let mut cell = cell.clone();
            if let Value::Text(text) = &cell.value {
                cell.value = Value::Text(self.counter.text(&self.sheet.name, (index, cell.column), text)?);
            }
            if cell.value != Value::Blank || cell.uncached {
                (filled, last) = (filled + 1, cell.column);
            } else if !self.counter.keeps_coloured(index, cell.column) {
                continue;
            }
            kept.push(cell);
        }
        if filled > 0 {
            self.counter.take(&self.sheet.name, index, last, filled)?;
        }
        if !kept.is_empty() {
            self.sheet.rows.push(Row { index, hidden, cells: kept });
        }
        Ok(())
    }

    /// Puts a cell, as often as it is repeated, at its columns; blank ones take no place.
    fn place(&mut self, read: &Read, column: u32, cells: &mut Vec<Cell>) {
        let (rows, columns) = read.spanned;
        if (rows > 1 || columns > 1) && self.sheet.merges.len() < MERGES_MAX {
            let (bottom, right) = (self.next_row.saturating_add(rows - 1), column.saturating_add(columns - 1));
            self.sheet.merges.push(Area { top: self.next_row, left: column, bottom, right });
        }
        let blank = read.value == Value::Blank && !read.uncached;
        if blank && (read.style.fill.is_none() || read.repeated > 1 || column >= self.counter.limits.columns) {
            return;
        }
        for column in column..column.saturating_add(read.repeated) {
            if column >= self.counter.limits.columns {
                self.problem = self.counter.take(&self.sheet.name, self.next_row, column, 0).err();
                return;
            }
            let (value, formula, style) = (read.value.clone(), read.formula.clone(), read.style.clone());
            cells.push(Cell { column, value, style, formula, uncached: read.uncached });
        }
    }

    fn cell(&mut self, start: &BytesStart<'_>, xml: &mut Xml<'_>) -> Result<Read, Refusal> {
        let (mut text, mut depth) = (String::new(), 1_usize);
        while depth > 0 {
            match xml.next()? {
                Some(Event::Start(e)) => match e.local_name().as_ref() {
                    "annotation" => {
                        self.sheet.comments += 1;
                        xml.skip()?;
                    }
                    "p" | "line-break" => {
                        if !text.is_empty() {
                            text.push('\n');
                        }
                        depth += 1;
                    }
                    "s" | "tab" => {
                        // So many spaces, but never more than show that the cell holds too much.
                        let spaces = attribute(&e, "c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                        let room = (self.counter.limits.cell_characters + 1).saturating_sub(text.len());
                        text.extend(std::iter::repeat_n(' ', spaces.min(room)));
                        depth += 1;
                    }
                    _ => depth += 1,
                },
                Some(Event::End(_)) => depth -= 1,
                Some(event) if depth > 1 => push(&event, &mut text),
                Some(_) => {}
                None => return Err(damaged(&format!("the sheet {:?} is cut short", self.sheet.name))),
            }
        }
        Ok(self.understand(start, &text))
    }

    fn understand(&self, start: &BytesStart<'_>, text: &str) -> Read {
        let get = |name: &str| attribute(start, name);
        let looks = get("style-name").and_then(|name| self.styles.looks.get(&name)).unwrap_or(&self.styles.plain);
        // `calcext:value-type` says `error` where `office:value-type` says `string`; both have the same local name.
        let kinds: Vec<String> = start
            .attributes()
            .with_checks(false)
            .flatten()
            .filter(|a| a.key.local_name().as_ref() == "value-type")
            .map(|a| a.value.to_string())
            .collect();
        let is = |kind: &str| kinds.iter().any(|k| k == kind);
        let words = || if text.is_empty() { Value::Blank } else { Value::Text(Arc::from(text)) };
        let number = || get("value").and_then(|v| number_format::number(&v));
        let value = if is("error") || (get("formula").is_some() && (text.starts_with('#') || text.starts_with("Err:"))) {
            Value::Error(Arc::from(text))
        } else if is("float") || is("currency") || is("percentage") {
            number().map_or_else(words, Value::Number)
        } else if is("date") {
            let day = get("date-value").and_then(|v| NaiveDate::parse_from_str(v.get(..10)?, "%Y-%m-%d").ok());
            day.map_or_else(words, Value::Date)
        } else if is("time") {
            get("time-value").and_then(|v| days(&v)).map_or_else(words, Value::Duration)
        } else if is("boolean") {
            get("boolean-value").map_or_else(words, |v| Value::Bool(v == "true"))
        } else {
            match get("string-value") {
                Some(string) if !string.is_empty() => Value::Text(Arc::from(string)),
                _ => words(),
            }
        };
        let formula = get("formula").map(|f| Box::from(f.trim_start_matches("of:").trim_start_matches('=')));
        let style = if is("percentage") { &looks.percentage } else { &looks.number }.clone();
        Read {
            uncached: formula.is_some() && kinds.is_empty() && value == Value::Blank,
            value,
            formula,
            style,
            repeated: repeated(start, "number-columns-repeated"),
            spanned: (repeated(start, "number-rows-spanned"), repeated(start, "number-columns-spanned")),
        }
    }
}

/// A count of at least one.
fn repeated(start: &BytesStart<'_>, name: &str) -> u32 {
    attribute(start, name).and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, 1_048_576)
}

/// `PT12H30M00S` as days.
fn days(text: &str) -> Option<Decimal> {
    let mut seconds = Decimal::ZERO;
    let mut digits = String::new();
    for c in text.strip_prefix("PT")?.chars() {
        let of = match c {
            '0'..='9' | '.' => {
                digits.push(c);
                continue;
            }
            'H' => 3_600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        let part: Decimal = digits.parse().ok()?;
        seconds = seconds.checked_add(part.checked_mul(Decimal::from(of))?)?;
        digits.clear();
    }
    // The digits a program keeps of a part of a day.
    seconds.checked_div(Decimal::from(86_400))?.round_sf(15).map(|days| days.normalize())
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn times_are_parts_of_a_day() {
        assert_eq!(days("PT12H00M00S"), "0.5".parse().ok());
        assert_eq!(days("PT36H"), "1.5".parse().ok());
        assert_eq!(days("PT08H00M00S"), "0.333333333333333".parse().ok());
        assert_eq!(days("P1D"), None);
    }
}
