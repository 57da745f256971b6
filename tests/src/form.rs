//! A return template being filled in, as a person does it in a spreadsheet program: cells change, and nothing else.

use std::collections::HashMap;
use std::io::{Cursor, Read, Write};

use calamine::{Data, Reader, Xlsx};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::rearranged::{Rearranged, rearranged};

/// The sheet, and the headings of a row's ref and period, in English.
const ENGLISH: [&str; 3] = ["Return", "Ref", "Period"];

/// A template with what was typed into it.
pub struct Filled {
    template: Vec<u8>,
    /// What the sheet is called.
    sheet: String,
    /// Column of each heading, counted from 0.
    columns: HashMap<String, usize>,
    /// Row of each ref and period, counted from 0.
    rows: Vec<(String, String, usize)>,
    /// What goes into which cell, as the content of a `<c>` element.
    typed: HashMap<String, Typed>,
    /// What is done to the sheet afterwards.
    edits: Vec<Rearranged>,
    /// What the sheet is called now.
    name: Option<String>,
}

#[derive(Clone)]
enum Typed {
    Figure(f64),
    Words(String),
}

impl Filled {
    /// Opens a template.
    ///
    /// # Panics
    /// When it is none.
    #[must_use]
    pub fn new(template: &[u8]) -> Self {
        Self::named(template, ENGLISH)
    }

    /// Opens a template in another language: its sheet, and the headings of a row's ref and period.
    ///
    /// # Panics
    /// When it is none.
    #[must_use]
    pub fn named(template: &[u8], [sheet, code, period]: [&str; 3]) -> Self {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(template)).expect("a workbook");
        let range = book.worksheet_range(sheet).expect("its sheet");
        let (top, left) = range.start().expect("something on it");
        assert_eq!(left, 0, "tables start in column A");
        let text = |row: &[Data], column: usize| row.get(column).map(ToString::to_string).unwrap_or_default();
        let heading = range.rows().position(|row| text(row, 0) == code).expect("a heading row");
        let at = |n: usize| n + top as usize;
        let columns: HashMap<String, usize> =
            range.rows().nth(heading).expect("it is there").iter().enumerate().map(|(column, cell)| (cell.to_string(), column)).collect();
        let period = columns[period];
        let rows = range.rows().enumerate().skip(heading + 1).map(|(n, row)| (text(row, 0), text(row, period), at(n))).collect();
        Self { template: template.to_vec(), sheet: sheet.to_owned(), columns, rows, typed: HashMap::new(), edits: Vec::new(), name: None }
    }

    /// What is asked for, row by row: ref and period as printed.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        self.rows.iter().map(|(code, period, _)| format!("{code}, {period}")).collect()
    }

    /// What stands under a heading in a row, as the template prints it: figures as numbers.
    ///
    /// # Panics
    /// When there is no such row or heading.
    #[must_use]
    pub fn printed(&self, code: &str, period: &str, heading: &str) -> String {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&self.template)).expect("a workbook");
        let range = book.worksheet_range(&self.sheet).expect("its sheet");
        let column = u32::from(self.letter(heading) as u8 - b'A');
        let row = u32::try_from(self.number(code, period) - 1).expect("a row");
        range.get_value((row, column)).map(ToString::to_string).unwrap_or_default()
    }

    /// Column A of the first sheet, a line a cell.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn start(&self) -> Vec<String> {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&self.template)).expect("a workbook");
        let first = book.worksheet_range_at(0).expect("a sheet").expect("that can be read");
        first.rows().filter_map(|row| row.first().map(ToString::to_string)).collect()
    }

    /// Types a figure.
    pub fn fill(&mut self, code: &str, period: &str, heading: &str, figure: f64) -> &mut Self {
        self.put(code, period, heading, Typed::Figure(figure))
    }

    /// Types words.
    pub fn say(&mut self, code: &str, period: &str, heading: &str, words: &str) -> &mut Self {
        self.put(code, period, heading, Typed::Words(words.to_owned()))
    }

    /// Rearranges the sheet once everything is typed.
    pub fn then(&mut self, edit: Rearranged) -> &mut Self {
        self.edits.push(edit);
        self
    }

    /// Calls the sheet something else.
    pub fn rename(&mut self, name: &str) -> &mut Self {
        self.name = Some(name.to_owned());
        self
    }

    /// The letter of a column.
    ///
    /// # Panics
    /// When there is no such heading.
    #[must_use]
    pub fn letter(&self, heading: &str) -> char {
        let column = *self.columns.get(heading).unwrap_or_else(|| panic!("no column {heading}"));
        char::from(b'A' + u8::try_from(column).expect("under 26 columns"))
    }

    /// The number of a row, counted from 1.
    ///
    /// # Panics
    /// When there is no such row.
    #[must_use]
    pub fn number(&self, code: &str, period: &str) -> usize {
        let row = self.rows.iter().find(|(c, p, _)| c == code && p == period);
        row.unwrap_or_else(|| panic!("no row {code} {period} among {:?}", self.asked())).2 + 1
    }

    /// The cell under a heading in a row.
    ///
    /// # Panics
    /// When there is no such row or heading.
    #[must_use]
    pub fn cell(&self, code: &str, period: &str, heading: &str) -> String {
        format!("{}{}", self.letter(heading), self.number(code, period))
    }

    fn put(&mut self, code: &str, period: &str, heading: &str, typed: Typed) -> &mut Self {
        self.typed.insert(self.cell(code, period, heading), typed);
        self
    }

    /// The workbook as it would be saved.
    ///
    /// # Panics
    /// When a cell that was typed into is not in it.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut from = ZipArchive::new(Cursor::new(&self.template)).expect("a package");
        let part = self.sheet_part();
        let mut to = ZipWriter::new(Cursor::new(Vec::new()));
        for n in 0..from.len() {
            let mut entry = from.by_index(n).expect("a part");
            let name = entry.name().expect("a name").into_owned();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).expect("reads");
            if name == part {
                let typed = self.typed_into(String::from_utf8(content).expect("XML"));
                let first = self.rows.iter().map(|(_, _, row)| row + 1).min().expect("there are rows");
                content = self.edits.iter().fold(typed, |xml, edit| rearranged(&xml, first, edit)).into_bytes();
            }
            if let Some(called) = self.name.as_deref().filter(|_| name == "xl/workbook.xml") {
                let xml = String::from_utf8(content).expect("XML");
                content = xml.replace(&format!("<sheet name=\"{}\"", self.sheet), &format!("<sheet name=\"{called}\"")).into_bytes();
            }
            to.start_file(name, SimpleFileOptions::default()).expect("a part");
            to.write_all(&content).expect("writes");
        }
        to.finish().expect("a package").into_inner()
    }

    /// Sheets are numbered in the order of the workbook.
    fn sheet_part(&self) -> String {
        let book: Xlsx<_> = Xlsx::new(Cursor::new(&self.template)).expect("a workbook");
        let at = book.sheet_names().iter().position(|name| *name == self.sheet).expect("its sheet");
        format!("xl/worksheets/sheet{}.xml", at + 1)
    }

    fn typed_into(&self, mut xml: String) -> String {
        for (cell, typed) in &self.typed {
            let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("{cell} is not a cell of the template"));
            let tag_end = start + xml[start..].find('>').expect("a tag ends");
            let empty = xml[..tag_end].ends_with('/');
            let end = if empty { tag_end + 1 } else { start + xml[start..].find("</c>").expect("a cell ends") + 4 };
            let style = xml[start..tag_end].split("s=\"").nth(1).and_then(|rest| rest.split('"').next());
            let style = style.map(|s| format!(" s=\"{s}\"")).unwrap_or_default();
            let content = match typed {
                Typed::Figure(figure) => format!("<c r=\"{cell}\"{style}><v>{figure}</v></c>"),
                Typed::Words(words) => {
                    let words = words.replace('&', "&amp;").replace('<', "&lt;");
                    format!("<c r=\"{cell}\"{style} t=\"inlineStr\"><is><t>{words}</t></is></c>")
                }
            };
            xml.replace_range(start..end, &content);
        }
        xml
    }
}
