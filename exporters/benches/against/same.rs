//! The cells and charts of a pack, read back from its file: all a program needs to write the same.
#![expect(clippy::unwrap_used, reason = "a pack of ours, read back: what is not there is a fault of this program")]

use guidance::{Book, Kind};
use serde::Serialize;

/// A workbook to be written again.
#[derive(Serialize)]
pub struct Workbook {
    pub looks: Vec<Look>,
    pub sheets: Vec<Sheet>,
}

/// How a cell looks.
#[derive(Serialize)]
pub struct Look {
    pub font: String,
    pub points: f64,
    pub bold: bool,
    pub right: bool,
    pub wrap: bool,
    pub ink: Option<String>,
    pub fill: Option<String>,
    pub format: String,
}

#[derive(Serialize)]
pub struct Sheet {
    pub name: String,
    pub landscape: bool,
    /// Characters, from column A.
    pub widths: Vec<f64>,
    /// Row from 0, points.
    pub heights: Vec<(u32, f64)>,
    /// Row and column from 0, look, what it holds.
    pub cells: Vec<(u32, u16, usize, Value)>,
    /// Row and column from 0, where to, in words.
    pub links: Vec<(u32, u16, String, String)>,
    pub table: Option<Table>,
    /// Row, title, alternative text, first row of its figures on the sheet of figures, how many.
    pub charts: Vec<Chart>,
}

#[derive(Serialize)]
#[serde(untagged)]
pub enum Value {
    Text(String),
    Number(f64),
    Nothing,
}

#[derive(Serialize)]
pub struct Table {
    pub name: String,
    /// First and last row, last column, from 0.
    pub area: (u32, u32, u16),
    pub headings: Vec<String>,
}

/// Result and target of the rows of the sheet of figures.
#[derive(Serialize)]
pub struct Chart {
    pub row: u32,
    pub title: String,
    pub words: String,
    pub first: u32,
    pub last: u32,
}

/// The sheet charts take their figures from: columns of periods, results and targets, from 0.
pub const FIGURES: &str = "Trend data";
pub const COLUMNS: (u16, u16, u16) = (2, 5, 6);

impl Workbook {
    pub fn of(bytes: &[u8]) -> Self {
        let book = Book::open("pack.xlsx", bytes).unwrap();
        let looks = (0..book.looks().len()).map(|at| look(&book, at)).collect();
        let sheets = book.sheets.iter().map(|sheet| of_sheet(&book, sheet)).collect();
        Self { looks, sheets }
    }

    /// How much there is to write, in words.
    pub fn size(&self) -> String {
        let cells: usize = self.sheets.iter().map(|sheet| sheet.cells.len()).sum();
        format!("{} sheets, {cells} cells, {} charts", self.sheets.len(), self.charts())
    }

    pub fn charts(&self) -> usize {
        self.sheets.iter().map(|sheet| sheet.charts.len()).sum()
    }
}

fn look(book: &Book, at: usize) -> Look {
    let style = &book.looks()[at];
    Look {
        font: style.font.clone(),
        points: style.points,
        bold: style.bold,
        right: style.across.as_deref() == Some("right"),
        wrap: style.wrap,
        ink: style.ink.clone(),
        fill: style.fill.clone(),
        format: style.format.clone(),
    }
}

fn of_sheet(book: &Book, sheet: &guidance::Sheet) -> Sheet {
    let column = |at: u32| u16::try_from(at - 1).unwrap();
    let rows = sheet.cells.keys().map(|(row, _)| *row).max().unwrap_or(0);
    let columns = sheet.cells.keys().map(|(_, column)| *column).max().unwrap_or(0);
    let links: Vec<(u32, u16, String, String)> =
        sheet.internal_links().map(|(row, at, to)| (row - 1, column(at), to.to_owned(), sheet.at(row, at).unwrap().text.clone())).collect();
    let cells = sheet.cells.values().filter(|cell| !links.iter().any(|(row, at, ..)| *row == cell.row - 1 && *at == column(cell.column)));
    let value = |cell: &guidance::Cell| match cell.kind {
        Kind::Number => Value::Number(cell.number),
        Kind::Text => Value::Text(cell.text.clone()),
        _ => Value::Nothing,
    };
    Sheet {
        name: sheet.name.clone(),
        landscape: sheet.is_landscape(),
        widths: (1..=columns).map(|at| sheet.width(at)).collect(),
        heights: (1..=rows).filter_map(|row| Some((row - 1, sheet.height(row)?))).collect(),
        cells: cells.map(|cell| (cell.row - 1, column(cell.column), cell.style, value(cell))).collect(),
        table: sheet.tables.first().map(|table| Table {
            name: table.name.clone(),
            area: (table.area.top - 1, table.area.bottom - 1, column(table.area.right)),
            headings: table.columns.clone(),
        }),
        charts: if sheet.tables.is_empty() && sheet.name == "Trend charts" { charts(book, sheet) } else { Vec::new() },
        links,
    }
}

/// A chart below each heading and its sentence.
fn charts(book: &Book, sheet: &guidance::Sheet) -> Vec<Chart> {
    let figures = book.sheets.iter().find(|sheet| sheet.name == FIGURES).unwrap();
    let refs: Vec<(u32, &str)> = figures
        .cells
        .values()
        .filter(|cell| cell.column == 1 && figures.tables[0].area.has(cell.row, 1))
        .map(|c| (c.row - 1, c.text.as_str()))
        .collect();
    let headings = sheet.cells.values().filter(|cell| cell.row > 1 && book.style(cell).bold);
    let chart = |cell: &guidance::Cell| {
        let code = cell.text.split_whitespace().next().unwrap();
        let rows: Vec<u32> = refs.iter().filter(|(_, of)| *of == code).map(|(row, _)| *row).collect();
        Chart {
            row: cell.row + 1,
            title: cell.text.clone(),
            words: sheet.at(cell.row + 1, 1).unwrap().text.chars().take(250).collect(),
            first: *rows.first().unwrap(),
            last: *rows.last().unwrap(),
        }
    };
    headings.map(chart).collect()
}
