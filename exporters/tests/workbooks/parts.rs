//! The parts of a workbook, to put a fault in.

use std::io::{Cursor, Read, Write};
use std::rc::Rc;

use guidance::{Book, Cell, Kind, Sheet};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A workbook taken apart. What is asked for and is not there is a failed test: a fault that changes nothing proves
/// nothing.
pub struct Parts {
    parts: Vec<(String, Vec<u8>)>,
    /// The workbook as it was.
    pub book: Rc<Book>,
}

impl Parts {
    pub fn new(bytes: &[u8], book: &Rc<Book>) -> Self {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let parts = (0..zip.len()).map(|at| {
            let mut part = zip.by_index(at).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            (part.name().unwrap().into_owned(), content)
        });
        Self { parts: parts.collect(), book: Rc::clone(book) }
    }

    /// The file of these parts.
    pub fn bytes(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.parts {
            zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    pub fn add(&mut self, name: &str, content: &str) {
        assert!(self.parts.iter().all(|(part, _)| part != name), "{name} is there already");
        self.parts.push((name.to_owned(), content.as_bytes().to_vec()));
    }

    pub fn text(&self, name: &str) -> &str {
        let (_, content) = self.parts.iter().find(|(part, _)| part == name).unwrap_or_else(|| panic!("no part {name}"));
        std::str::from_utf8(content).unwrap()
    }

    /// A part with its text changed.
    pub fn edit(&mut self, name: &str, change: impl FnOnce(&str) -> String) {
        let changed = change(self.text(name));
        assert_ne!(changed, self.text(name), "{name} is as it was");
        let part = self.parts.iter_mut().find(|(part, _)| part == name).unwrap();
        part.1 = changed.into_bytes();
    }

    /// The first of a text replaced.
    pub fn replace(&mut self, name: &str, from: &str, to: &str) {
        assert!(self.text(name).contains(from), "{from} is not in {name}");
        self.edit(name, |text| text.replacen(from, to, 1));
    }

    /// What stands between two marks replaced, the marks kept.
    pub fn between(&mut self, name: &str, after: &str, before: &str, to: &str) {
        self.edit(name, |text| {
            let (head, rest) = text.split_once(after).unwrap_or_else(|| panic!("{after} is not there"));
            let (_, tail) = rest.split_once(before).unwrap_or_else(|| panic!("{before} is not there"));
            format!("{head}{after}{to}{before}{tail}")
        });
    }

    /// A sheet of the workbook as it was.
    pub fn sheet(&self, name: &str) -> &Sheet {
        self.book.sheets.iter().find(|sheet| sheet.name == name).unwrap_or_else(|| panic!("no sheet {name}"))
    }

    /// The part of a sheet: they are numbered in their order.
    pub fn part(&self, sheet: &str) -> String {
        format!("xl/worksheets/sheet{}.xml", self.book.sheets.iter().position(|s| s.name == sheet).unwrap() + 1)
    }

    /// The part of a sheet's table.
    pub fn table_part(&self, sheet: &str) -> String {
        let relations = self.text(&self.relations(sheet));
        let at = relations.split("../tables/").nth(1).expect("a table").split('"').next().unwrap();
        format!("xl/tables/{at}")
    }

    /// What a sheet points to.
    pub fn relations(&self, sheet: &str) -> String {
        self.part(sheet).replace("worksheets/", "worksheets/_rels/") + ".rels"
    }

    /// Makes a sheet point to a further part.
    pub fn relate(&mut self, sheet: &str, kind: &str, target: &str) {
        let kind = format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}");
        let one = format!("<Relationship Id=\"rIdFault\" Type=\"{kind}\" Target=\"{target}\"/></Relationships>");
        self.replace(&self.relations(sheet), "</Relationships>", &one);
    }

    /// Elements put behind the cells of a sheet.
    pub fn after_cells(&mut self, sheet: &str, elements: &str) {
        self.replace(&self.part(sheet), "</sheetData>", &format!("</sheetData>{elements}"));
    }

    /// Where a table's body begins: row and column of its first cell below the heading.
    pub fn below(&self, sheet: &str, heading: &str) -> (u32, u32) {
        let sheet = self.sheet(sheet);
        let table = &sheet.tables[0];
        let column = table.columns.iter().position(|h| h == heading).unwrap_or_else(|| panic!("no heading {heading}"));
        (table.area.top + 1, table.area.left + u32::try_from(column).unwrap())
    }

    /// The first figure below a heading.
    pub fn figure(&self, sheet: &str, heading: &str) -> (u32, u32) {
        let (first, column) = self.below(sheet, heading);
        let of = self.sheet(sheet);
        let is_figure = |row: &u32| of.at(*row, column).is_some_and(|c| c.kind == Kind::Number);
        ((first..=of.tables[0].area.bottom).find(is_figure).expect("a figure"), column)
    }

    /// Puts words into a cell, which keeps its look.
    pub fn write(&mut self, sheet: &str, at: (u32, u32), words: &str) {
        let words = words.replace('&', "&amp;").replace('<', "&lt;");
        self.put(sheet, at, |style| format!("s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{words}</t></is></c>"));
    }

    /// Takes what a cell holds, which keeps its look.
    pub fn clear(&mut self, sheet: &str, at: (u32, u32)) {
        self.put(sheet, at, |style| format!("s=\"{style}\"></c>"));
    }

    /// Gives a cell other attributes and content, from its style on. A cell that is not there is put into its row.
    pub fn put(&mut self, sheet: &str, at: (u32, u32), rest: impl FnOnce(usize) -> String) {
        let found = self.sheet(sheet).at(at.0, at.1).map(|cell: &Cell| cell.style);
        let address = guidance::address(at.0, at.1);
        let cell = format!("<c r=\"{address}\" {}", rest(found.unwrap_or(0)));
        let part = self.part(sheet);
        if found.is_some() {
            self.edit(&part, |text| {
                let (head, old) = text.split_once(&format!("<c r=\"{address}\"")).expect("the cell");
                let (ends, closes) = (old.find("/>").unwrap(), old.find('>').unwrap());
                // An empty cell ends in itself.
                let tail = if ends < closes { &old[ends + 2..] } else { old.split_once("</c>").unwrap().1 };
                format!("{head}{cell}{tail}")
            });
        } else if self.text(&part).contains(&format!("<row r=\"{}\"", at.0)) {
            self.edit(&part, |text| {
                let (head, row) = text.split_once(&format!("<row r=\"{}\"", at.0)).unwrap();
                let (cells, tail) = row.split_once("</row>").unwrap();
                format!("{head}<row r=\"{}\"{cells}{cell}</row>{tail}", at.0)
            });
        } else {
            self.replace(&part, "</sheetData>", &format!("<row r=\"{}\">{cell}</row></sheetData>", at.0));
        }
    }

    /// Gives a cell a look of its own, made from the one it has.
    pub fn restyle(&mut self, sheet: &str, at: (u32, u32), change: impl FnOnce(&str) -> String) {
        let style = self.sheet(sheet).at(at.0, at.1).expect("a cell").style;
        let formats = self.text("xl/styles.xml").split_once("<cellXfs ").unwrap().1.split_once("</cellXfs>").unwrap().0;
        let old = format!("<xf {}", formats.split("<xf ").nth(style + 1).unwrap());
        let new = change(&old);
        assert_ne!(old, new, "the look is as it was");
        let id = self.append("cellXfs", "xf", &new);
        let address = guidance::address(at.0, at.1);
        self.replace(&self.part(sheet), &format!("<c r=\"{address}\" s=\"{style}\""), &format!("<c r=\"{address}\" s=\"{id}\""));
    }

    /// The same with a font made from the one it has.
    pub fn letters(&mut self, sheet: &str, at: (u32, u32), change: impl FnOnce(&str) -> String) {
        let style = self.sheet(sheet).at(at.0, at.1).expect("a cell").style;
        let part = |list: &str, element: &str, at: usize| {
            let all = self.text("xl/styles.xml").split_once(&format!("<{list} ")).unwrap().1.split_once(&format!("</{list}>")).unwrap().0;
            all.split(&format!("<{element}")).nth(at + 1).unwrap().to_owned()
        };
        let format = part("cellXfs", "xf ", style);
        let font = format.split_once("fontId=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
        let old = format!("<font{}", part("fonts", "font>", font.parse().unwrap()).replacen("", ">", 1));
        let new = change(&old);
        assert_ne!(old, new, "the font is as it was");
        let id = self.append("fonts", "font", &new);
        self.restyle(sheet, at, |xf| xf.replace(&format!("fontId=\"{font}\""), &format!("fontId=\"{id}\"")));
    }

    /// Adds to a list of looks; answers its number there.
    pub fn append(&mut self, list: &str, element: &str, new: &str) -> usize {
        let all = self.text("xl/styles.xml").split_once(&format!("<{list} ")).unwrap().1.split_once(&format!("</{list}>")).unwrap().0;
        let id = all.matches(&format!("<{element}>")).count() + all.matches(&format!("<{element} ")).count();
        self.replace("xl/styles.xml", &format!("</{list}>"), &format!("{new}</{list}>"));
        id
    }
}
