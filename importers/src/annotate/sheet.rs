//! Marking cells of a sheet, those that are not there too.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::splice::{Splices, prefix, with_attribute};
use super::styles::Styles;
use crate::address::{a1, parse_a1};
use crate::diagnostic::Severity;
use crate::open::attribute;

/// Goes down a sheet with the marks still to be made.
struct Marker<'a, 's, 'x> {
    xml: &'a str,
    prefix: &'a str,
    left: BTreeMap<(u32, u32), Severity>,
    styles: &'s mut Styles<'x>,
    splices: Splices,
    /// The row and the column that come next where a tag does not say.
    row: u32,
    column: u32,
}

/// The sheet with its cells marked; none when it is not written as sheets are.
pub(super) fn mark(xml: &str, marks: &BTreeMap<(u32, u32), Severity>, styles: &mut Styles<'_>) -> Option<String> {
    let mut marker = Marker { xml, prefix: "", left: marks.clone(), styles, splices: Splices::default(), row: 0, column: 0 };
    marker.run()?;
    marker.splices.applied(xml)
}

impl<'a> Marker<'a, '_, '_> {
    fn run(&mut self) -> Option<()> {
        let mut reader = Reader::from_str(self.xml);
        let (mut in_data, mut in_row) = (false, false);
        loop {
            let from = usize::try_from(reader.buffer_position()).ok()?;
            let event = reader.read_event().ok()?;
            let until = usize::try_from(reader.buffer_position()).ok()?;
            match event {
                Event::Start(start) => match start.local_name().as_ref() {
                    "sheetData" => {
                        in_data = true;
                        self.prefix = self.prefix_at(from)?;
                    }
                    "row" if in_data && !in_row => {
                        in_row = true;
                        self.row_begins(&start, from, until)?;
                    }
                    "c" if in_row => self.cell(&start, from, until)?,
                    _ => {}
                },
                Event::Empty(start) => match start.local_name().as_ref() {
                    "sheetData" => {
                        self.prefix = self.prefix_at(from)?;
                        let rows = self.rows_until(u32::MAX)?;
                        let p = self.prefix;
                        self.splices.replace(from..until, format!("<{p}sheetData>{rows}</{p}sheetData>"));
                        return Some(());
                    }
                    "row" if in_data => {
                        self.row_begins(&start, from, from)?;
                        let cells = self.cells_until(u32::MAX)?;
                        if !cells.is_empty() {
                            let opened = self.xml.get(from..until)?.trim_end_matches("/>").trim_end().to_owned();
                            let p = self.prefix;
                            self.splices.replace(from..until, format!("{opened}>{cells}</{p}row>"));
                        }
                        self.row += 1;
                    }
                    "c" if in_row => self.cell(&start, from, until)?,
                    _ => {}
                },
                Event::End(end) => match end.local_name().as_ref() {
                    "row" if in_row => {
                        in_row = false;
                        let cells = self.cells_until(u32::MAX)?;
                        self.splices.insert(from, cells);
                        self.row += 1;
                    }
                    "sheetData" => {
                        let rows = self.rows_until(u32::MAX)?;
                        self.splices.insert(from, rows);
                        return Some(());
                    }
                    _ => {}
                },
                Event::Eof => return None,
                _ => {}
            }
        }
    }

    fn prefix_at(&self, from: usize) -> Option<&'a str> {
        Some(prefix(self.xml.get(from + 1..)?.split([' ', '>', '/', '\n', '\r', '\t']).next()?))
    }

    /// `inside`: where the row's cells begin, whose references say the row where its own tag does not.
    fn row_begins(&mut self, start: &BytesStart<'_>, from: usize, inside: usize) -> Option<()> {
        let said = attribute(start, "r").and_then(|r| r.trim().parse::<u32>().ok()).and_then(|r| r.checked_sub(1));
        let row = said.or_else(|| (inside > from).then(|| self.row_of_cells(inside)).flatten()).unwrap_or(self.row);
        let missing = self.rows_until(row)?;
        self.splices.insert(from, missing);
        (self.row, self.column) = (row, 0);
        Some(())
    }

    /// The row that the first cell of a row with a reference stands in.
    fn row_of_cells(&self, inside: usize) -> Option<u32> {
        let mut reader = Reader::from_str(self.xml.get(inside..)?);
        loop {
            match reader.read_event().ok()? {
                Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "c" => {
                    return attribute(&start, "r").and_then(|r| parse_a1(&r)).map(|(row, _)| row);
                }
                Event::End(end) if end.local_name().as_ref() == "row" => return None,
                Event::Eof => return None,
                _ => {}
            }
        }
    }

    fn cell(&mut self, start: &BytesStart<'_>, from: usize, until: usize) -> Option<()> {
        let column = attribute(start, "r").and_then(|r| parse_a1(&r)).map_or(self.column, |(_, column)| column);
        let missing = self.cells_until(column)?;
        self.splices.insert(from, missing);
        if let Some(severity) = self.left.remove(&(self.row, column)) {
            let had = attribute(start, "s").and_then(|s| s.parse().ok()).unwrap_or(0);
            let made = self.styles.marked(had, severity)?;
            self.splices.replace(from..until, with_attribute(self.xml.get(from..until)?, "s", &made.to_string())?);
        }
        self.column = column + 1;
        Some(())
    }

    /// Rows above this one that are marked and not there.
    fn rows_until(&mut self, row: u32) -> Option<String> {
        let mut rows = String::new();
        while let Some((&(next, _), _)) = self.left.first_key_value().filter(|((next, _), _)| *next < row) {
            self.row = next;
            let cells = self.cells_until(u32::MAX)?;
            let p = self.prefix;
            rows.push_str(&format!("<{p}row r=\"{}\">{cells}</{p}row>", next + 1));
        }
        Some(rows)
    }

    /// Cells of this row before a column that are marked and not there.
    fn cells_until(&mut self, column: u32) -> Option<String> {
        let mut cells = String::new();
        while let Some((&(row, next), &severity)) =
            self.left.first_key_value().filter(|((row, next), _)| *row == self.row && *next < column)
        {
            self.left.remove(&(row, next));
            let made = self.styles.marked(0, severity)?;
            let p = self.prefix;
            cells.push_str(&format!("<{p}c r=\"{}\" s=\"{made}\"/>", a1(row, next)));
        }
        Some(cells)
    }
}
