//! A worksheet: its cells, and everything else its part says.

use std::collections::{BTreeMap, BTreeSet};

use crate::area::{self, Area};
use crate::cells::{self, Cell};
use crate::drawing::{Drawing, drawings};
use crate::package::Package;
use crate::table::{Table, blocks};
use crate::xml::Element;

/// Columns that one entry of widths may reach over: files name all 16,384 where a whole sheet is meant.
const COLUMNS_MAX: u32 = 2_000;

/// A link of a cell.
#[derive(Debug)]
pub struct Link {
    pub range: String,
    /// A place in this workbook.
    pub location: Option<String>,
    /// An address outside it.
    pub target: Option<String>,
}

/// A row's own settings.
#[derive(Debug, Clone, Copy, Default)]
pub struct Row {
    /// Points.
    pub height: Option<f64>,
    pub fixed: bool,
    pub hidden: bool,
}

/// A worksheet.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// `visible`, `hidden` or `veryHidden`.
    pub state: String,
    /// A sheet of cells, not a chart or a macro of its own.
    pub(crate) is_worksheet: bool,
    /// Cells by row and column, from 1.
    pub cells: BTreeMap<(u32, u32), Cell>,
    /// Tables as marked up, the uppermost first.
    pub tables: Vec<Table>,
    /// The same, with blocks that should be tables.
    pub(crate) blocks: Vec<Table>,
    pub(crate) merged: Vec<String>,
    pub(crate) widths: BTreeMap<u32, f64>,
    width_otherwise: f64,
    pub(crate) hidden_columns: Vec<(u32, u32)>,
    /// First and last column of a look that a whole column has.
    pub(crate) column_styles: Vec<(u32, u32, usize)>,
    pub(crate) rows: BTreeMap<u32, Row>,
    pub(crate) views: Vec<Element>,
    pub(crate) links: Vec<Link>,
    /// Ranges and rule of a conditional format.
    pub(crate) conditional: Vec<(Vec<String>, Element)>,
    /// Which header or footer, and what it says.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) page: Option<Element>,
    pub(crate) margins: Option<Element>,
    pub(crate) fits: bool,
    pub(crate) sparklines: Vec<(u32, u32)>,
    pub(crate) drawings: Vec<Drawing>,
    pub(crate) comments: Vec<String>,
    pub(crate) filter: Option<String>,
    pub(crate) controls: usize,
    pub(crate) protected: bool,
}

impl Sheet {
    /// Reads a worksheet's part and those it points to.
    ///
    /// # Errors
    /// When a part is missing or is not XML.
    pub fn read(package: &Package, part: &str, name: &str, state: &str, strings: &[(String, Option<String>)]) -> Result<Self, String> {
        let Some(root) = package.tree(part)? else { return Err(format!("the sheet '{name}' has no part {part}")) };
        let mut sheet = Self { name: name.to_owned(), state: state.to_owned(), is_worksheet: root.name == "worksheet", ..Self::default() };
        sheet.of_columns(&root);
        sheet.of_rows(&root, strings);
        sheet.of_page(&root);
        let relations = package.relations(part)?;
        for link in root.list("hyperlinks", "hyperlink") {
            let target = link.get("id").and_then(|id| relations.iter().find(|r| r.id == id)).map(|r| r.target.clone());
            let range = link.get("ref").unwrap_or_default().to_owned();
            sheet.links.push(Link { range, location: link.get("location").map(str::to_owned), target });
        }
        for relation in relations.iter().filter(|r| !r.external) {
            match relation.kind.as_str() {
                "table" => sheet.tables.extend(package.tree(&relation.target)?.as_ref().map(Table::of)),
                "drawing" => sheet.drawings.extend(drawings(package, &relation.target)?),
                "comments" | "threadedComment" => {
                    let part = package.tree(&relation.target)?.unwrap_or_default();
                    let all = part.deep("comment").into_iter().chain(part.deep("threadedComment"));
                    sheet.comments.extend(all.map(|comment| comment.get("ref").unwrap_or_default().to_owned()));
                }
                _ => {}
            }
        }
        sheet.tables.sort_by_key(|table| (table.area.top, table.area.left));
        let loose: BTreeSet<(u32, u32)> = sheet.loose().map(|cell| (cell.row, cell.column)).collect();
        sheet.blocks = sheet.tables.iter().cloned().chain(blocks(loose)).collect();
        Ok(sheet)
    }

    fn of_columns(&mut self, root: &Element) {
        self.width_otherwise = root.child("sheetFormatPr").and_then(|f| f.number("defaultColWidth")).unwrap_or(8.43);
        for column in root.list("cols", "col") {
            let (first, last) = (column.number("min").unwrap_or(1), column.number("max").unwrap_or(1));
            if let Some(width) = column.number::<f64>("width") {
                self.widths.extend((first..=last.min(first + COLUMNS_MAX)).map(|at| (at, width)));
            }
            if column.flag("hidden") {
                self.hidden_columns.push((first, last));
            }
            self.column_styles.extend(column.number("style").map(|style| (first, last, style)));
        }
    }

    fn of_rows(&mut self, root: &Element, strings: &[(String, Option<String>)]) {
        let mut at = 0;
        for row in root.list("sheetData", "row") {
            at = row.number("r").unwrap_or(at + 1);
            let settings = Row { height: row.number("ht"), fixed: row.flag("customHeight"), hidden: row.flag("hidden") };
            self.rows.insert(at, settings);
            let mut column = 0;
            for element in row.all("c") {
                let place = element.get("r").and_then(area::cell);
                let (row, place_column) = place.unwrap_or((at, column + 1));
                column = place_column;
                self.cells.insert((row, column), cells::cell(element, row, column, strings));
            }
        }
    }

    fn of_page(&mut self, root: &Element) {
        self.merged = root.list("mergeCells", "mergeCell").iter().filter_map(|m| m.get("ref")).map(str::to_owned).collect();
        self.views = root.list("sheetViews", "sheetView").into_iter().cloned().collect();
        self.fits = root.child("sheetPr").and_then(|p| p.child("pageSetUpPr")).is_some_and(|p| p.flag("fitToPage"));
        self.filter = root.child("autoFilter").and_then(|f| f.get("ref")).map(str::to_owned);
        self.protected = root.child("sheetProtection").is_some_and(|p| p.flag("sheet"));
        self.page = root.child("pageSetup").cloned();
        self.margins = root.child("pageMargins").cloned();
        let said = root.child("headerFooter").into_iter().flat_map(|h| &h.children).filter(|h| !h.text.is_empty());
        self.headers = said.map(|h| (h.name.clone(), h.text.clone())).collect();
        for block in root.deep("conditionalFormatting") {
            let within: String = block.all("sqref").map(|s| s.text.as_str()).collect();
            let ranges = block.get("sqref").filter(|ranges| !ranges.is_empty()).unwrap_or(&within);
            let ranges: Vec<String> = ranges.split_whitespace().map(str::to_owned).collect();
            self.conditional.extend(block.all("cfRule").map(|rule| (ranges.clone(), rule.clone())));
        }
        for place in root.deep("sparkline").iter().filter_map(|s| s.child("sqref")) {
            for area in place.text.split_whitespace().filter_map(Area::parse) {
                let rows = area.top..=area.bottom.min(area.top + 5_000);
                self.sparklines.extend(rows.flat_map(|row| (area.left..=area.right).map(move |column| (row, column))));
            }
        }
        self.controls = root.deep("control").len() + root.deep("oleObject").len();
    }

    /// The cell at a row and column, from 1.
    #[must_use]
    pub fn at(&self, row: u32, column: u32) -> Option<&Cell> {
        self.cells.get(&(row, column))
    }

    /// Cells that hold something, row by row.
    pub fn filled(&self) -> impl Iterator<Item = &Cell> {
        self.cells.values().filter(|cell| !cell.is_blank())
    }

    /// Of those, the ones in no table.
    pub fn loose(&self) -> impl Iterator<Item = &Cell> {
        self.filled().filter(|cell| !self.in_table(cell.row, cell.column))
    }

    pub(crate) fn in_table(&self, row: u32, column: u32) -> bool {
        self.tables.iter().any(|table| table.area.has(row, column))
    }

    /// Column A outside tables, a line a cell.
    pub(crate) fn column_a(&self) -> Vec<&str> {
        self.loose().filter(|cell| cell.column == 1).map(|cell| cell.text.as_str()).collect()
    }

    /// The part of it above a table.
    pub(crate) fn above(&self, table: &Table) -> String {
        let lines = self.loose().filter(|cell| cell.column == 1 && cell.row < table.area.top);
        lines.map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// Height of a row in points, where it is set.
    #[must_use]
    pub fn height(&self, row: u32) -> Option<f64> {
        self.rows.get(&row)?.height
    }

    /// Cells that lead to another place in the workbook, and where to: `'Key'!A1`.
    pub fn internal_links(&self) -> impl Iterator<Item = (u32, u32, &str)> {
        self.links.iter().filter_map(|link| {
            let from = Area::parse(&link.range)?;
            Some((from.top, from.left, link.location.as_deref()?))
        })
    }

    /// Whether it is printed lying.
    #[must_use]
    pub fn is_landscape(&self) -> bool {
        self.page.as_ref().and_then(|page| page.get("orientation")) == Some("landscape")
    }

    /// Width of a column in characters.
    #[must_use]
    pub fn width(&self, column: u32) -> f64 {
        self.widths.get(&column).copied().unwrap_or(self.width_otherwise)
    }

    /// The cells of a column of a table, in some of its rows.
    pub(crate) fn column(&self, rows: impl Iterator<Item = u32>, column: u32) -> impl Iterator<Item = &Cell> {
        rows.filter_map(move |row| self.at(row, column))
    }

    /// A place of it, for a message.
    pub(crate) fn place(&self, at: &str) -> String {
        format!("'{}'!{at}", self.name)
    }

    /// A cell, for a message.
    pub(crate) fn of(&self, cell: &Cell) -> String {
        self.place(&cell.at())
    }
}
