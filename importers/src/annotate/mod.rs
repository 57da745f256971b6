//! The sender's own file back, with the cells marked that something is said of, and a sheet that says it.
//!
//! A workbook of Excel's since 2007 is changed in place: everything in it stays as it is, byte for byte, but for the fill
//! of marked cells and one sheet more. Whatever else was sent comes back as plain cells, for the caller to write a
//! workbook of.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::address::{Place, parse_a1};
use crate::diagnostic::{Diagnostic, Severity};
use crate::open::{self, Refusal};
use crate::reading::{Format, Limits};
use crate::row::Content;
use crate::sheet::Area;

mod messages;
mod parts;
mod sheet;
mod splice;
mod styles;

/// Cells one range of a remark may mark.
const CELLS_OF_RANGE_MAX: u64 = 10_000;

/// Something that is said of one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Where; a cell or a range, and for the whole file no sheet.
    pub place: Place,
    /// How much it weighs. What is only worth knowing is said and not marked.
    pub severity: Severity,
    /// The catalogue's code.
    pub code: String,
    /// What is there and what was expected.
    pub message: String,
    /// What to type or choose.
    pub suggestion: Option<String>,
    /// What stands there.
    pub seen: Option<String>,
    /// What would have been right.
    pub expected: Option<String>,
}

/// What came of annotating.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Annotated {
    /// The sender's workbook, marked.
    Workbook(Vec<u8>),
    /// What a file holds that cannot be changed in place.
    Cells(Vec<SheetCopy>),
}

/// A sheet's cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetCopy {
    /// Its name.
    pub name: String,
    /// Those that hold something, row by row.
    pub cells: Vec<CellCopy>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellCopy {
    /// Row and column, counted from 0.
    pub at: (u32, u32),
    /// What it holds.
    pub content: Content,
    /// Its number format, where the file tells.
    pub format: Option<String>,
}

/// Marks the cells of a file and says what is wrong with them.
///
/// # Errors
/// The diagnostic that a reading of the file ends with, when it cannot be opened at all.
pub fn annotate(bytes: &[u8], file_name: &str, limits: &Limits, remarks: &[Remark]) -> Result<Annotated, Box<Diagnostic>> {
    if open::sniff(bytes, limits)? == Format::Xlsx
        && let Some(marked) = in_place(bytes, limits, remarks)?
    {
        return Ok(Annotated::Workbook(marked));
    }
    let book = open::open(bytes, file_name, limits).map_err(|(_, refusal)| refusal)?;
    let copy = |sheet: &crate::sheet::Sheet| SheetCopy {
        name: sheet.name.clone(),
        cells: sheet
            .rows
            .iter()
            .flat_map(|row| {
                row.cells.iter().map(|cell| {
                    let raw = cell.raw(row.index);
                    CellCopy { at: (row.index, cell.column), content: raw.content, format: raw.number_format }
                })
            })
            .collect(),
    };
    Ok(Annotated::Cells(book.sheets.iter().map(copy).collect()))
}

/// The cells to be marked, sheet by sheet, with the gravest that is said of each.
pub type Marks = HashMap<String, BTreeMap<(u32, u32), Severity>>;

/// Which cells remarks mark.
#[must_use]
pub fn marks(remarks: &[Remark]) -> Marks {
    let mut marks = Marks::new();
    for remark in remarks.iter().filter(|r| r.severity != Severity::Info && !r.place.sheet.is_empty()) {
        let Some(area) = area(&remark.place.cell) else { continue };
        let sheet = marks.entry(remark.place.sheet.clone()).or_default();
        for row in area.top..=area.bottom {
            for column in area.left..=area.right {
                let gravest = sheet.entry((row, column)).or_insert(remark.severity);
                *gravest = (*gravest).min(remark.severity);
            }
        }
    }
    marks
}

fn area(cell: &str) -> Option<Area> {
    let area =
        Area::parse(cell).or_else(|| parse_a1(cell).map(|(row, column)| Area { top: row, left: column, bottom: row, right: column }))?;
    let cells = u64::from(area.bottom - area.top + 1) * u64::from(area.right - area.left + 1);
    (cells <= CELLS_OF_RANGE_MAX).then_some(area)
}

/// The workbook marked; none when it is written in a way that is not changed in place.
fn in_place(bytes: &[u8], limits: &Limits, remarks: &[Remark]) -> Result<Option<Vec<u8>>, Refusal> {
    let mut package = open::Package::open(bytes, limits)?;
    let Some(layout) = open::xlsx_parts(&mut package)? else { return Ok(None) };
    let Some(text) = package.text(&layout.styles)? else { return Ok(None) };
    if !parts::is_utf8(&text) {
        return Ok(None);
    }
    let Some(mut styles) = styles::Styles::of(&text) else { return Ok(None) };
    let mut changed: BTreeMap<String, String> = BTreeMap::new();
    let mut sheets: Vec<_> = marks(remarks).into_iter().collect();
    sheets.sort_by(|a, b| a.0.cmp(&b.0));
    for (name, marks) in sheets {
        let Some((_, part)) = layout.sheets.iter().find(|(sheet, _)| *sheet == name) else { continue };
        let Some(text) = package.text(part)? else { continue };
        if !parts::is_utf8(&text) {
            return Ok(None);
        }
        let Some(marked) = sheet::mark(&text, &marks, &mut styles) else { return Ok(None) };
        changed.insert(part.to_ascii_lowercase(), marked);
    }
    let names: Vec<&str> = layout.sheets.iter().map(|(name, _)| name.as_str()).collect();
    let sheet_name = messages::name(&names);
    let Some(added) = parts::add_sheet(&mut package, &layout, &sheet_name, &mut changed)? else { return Ok(None) };
    let message_sheet = messages::sheet(remarks, &mut styles);
    let Some(text) = styles.finish() else { return Ok(None) };
    changed.insert(layout.styles.to_ascii_lowercase(), text);
    Ok(parts::rewritten(bytes, &changed, (&added, &message_sheet)))
}

#[cfg(test)]
mod tests;
