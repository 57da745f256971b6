//! A workbook as it lies in its file.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Reader, Xlsx};

use crate::cells::{Cell, rich};
use crate::colour::Theme;
use crate::package::Package;
use crate::sheet::Sheet;
use crate::style::{Style, Styles};
use crate::table::Table;
use crate::xml::Element;

/// A workbook.
pub struct Book {
    /// The file's name.
    pub name: String,
    /// Its sheets in their order, hidden ones too.
    pub sheets: Vec<Sheet>,
    pub(crate) package: Package,
    pub(crate) styles: Styles,
    pub(crate) workbook: Element,
    /// Properties of the document: title, creator, language.
    pub(crate) core: BTreeMap<String, String>,
    /// Why another program's reader will not have it.
    pub(crate) refused: Option<String>,
}

impl Book {
    /// Reads the parts of a file.
    ///
    /// # Errors
    /// Why it is no readable workbook.
    pub fn open(name: &str, bytes: &[u8]) -> Result<Self, String> {
        let package = Package::open(bytes)?;
        package.whole()?;
        let part =
            package.relations("")?.into_iter().find(|r| r.kind == "officeDocument").map_or("xl/workbook.xml".to_owned(), |r| r.target);
        let workbook = package.tree(&part)?.ok_or("it has no workbook part")?;
        let relations = package.relations(&part)?;
        let theme = Theme::of(package.tree("xl/theme/theme1.xml")?.as_ref());
        let styles = Styles::of(package.tree("xl/styles.xml")?.as_ref(), theme);
        let strings: Vec<(String, Option<String>)> =
            package.tree("xl/sharedStrings.xml")?.iter().flat_map(|root| root.all("si")).map(rich).collect();
        let mut sheets = Vec::new();
        for sheet in workbook.list("sheets", "sheet") {
            let id = sheet.get("id").unwrap_or_default();
            let at = relations.iter().find(|r| r.id == id).map_or("", |r| r.target.as_str());
            let state = sheet.get("state").unwrap_or("visible");
            sheets.push(Sheet::read(&package, at, sheet.get("name").unwrap_or_default(), state, &strings)?);
        }
        let core = package.tree("docProps/core.xml")?.unwrap_or_default();
        let core = core.children.iter().map(|p| (p.name.clone(), p.text.trim().to_owned())).collect();
        Ok(Self { name: name.to_owned(), sheets, package, styles, workbook, core, refused: refused(bytes) })
    }

    /// Sheets a reader sees.
    pub(crate) fn visible(&self) -> impl Iterator<Item = &Sheet> {
        self.sheets.iter().filter(|sheet| sheet.state == "visible")
    }

    /// Of those, the ones made of cells.
    pub(crate) fn worksheets(&self) -> impl Iterator<Item = &Sheet> {
        self.visible().filter(|sheet| sheet.is_worksheet)
    }

    /// Tables as marked up, each with its sheet.
    pub(crate) fn tables(&self) -> impl Iterator<Item = (&Sheet, &Table)> {
        self.worksheets().flat_map(|sheet| sheet.tables.iter().map(move |table| (sheet, table)))
    }

    /// The same with blocks that should be tables.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = (&Sheet, &Table)> {
        self.worksheets().flat_map(|sheet| sheet.blocks.iter().map(move |table| (sheet, table)))
    }

    /// How a cell looks.
    #[must_use]
    pub fn style(&self, cell: &Cell) -> &Style {
        self.styles.cells.get(cell.style).unwrap_or(&self.styles.cells[0])
    }

    /// Every look cells have, by number.
    #[must_use]
    pub fn looks(&self) -> &[Style] {
        &self.styles.cells
    }

    /// A property of the document; nothing where it is not set.
    #[must_use]
    pub fn property(&self, name: &str) -> &str {
        self.core.get(name).map_or("", String::as_str)
    }
}

/// A second reader's opinion: whether it can open the file and every sheet of cells in it.
fn refused(bytes: &[u8]) -> Option<String> {
    let mut workbook: Xlsx<_> = match calamine::open_workbook_from_rs(Cursor::new(bytes)) {
        Ok(workbook) => workbook,
        Err(why) => return Some(why.to_string()),
    };
    workbook.sheet_names().iter().find_map(|name| {
        let mut cells = match workbook.worksheet_cells_reader(name) {
            Ok(cells) => cells,
            Err(why) => return Some(format!("'{name}': {why}")),
        };
        loop {
            match cells.next_cell() {
                Ok(Some(_)) => {}
                Ok(None) => return None,
                Err(why) => return Some(format!("'{name}': {why}")),
            }
        }
    })
}
