//! A workbook opened by another program's reader.
use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};

pub struct Opened {
    workbook: Xlsx<Cursor<Vec<u8>>>,
    bytes: Vec<u8>,
}

impl Opened {
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { workbook: open_workbook_from_rs(Cursor::new(bytes.clone())).unwrap(), bytes }
    }

    pub fn sheets(&self) -> Vec<String> {
        self.workbook.sheet_names()
    }

    /// Every row of a sheet as text.
    pub fn rows(&mut self, sheet: &str) -> Vec<Vec<String>> {
        let range = self.workbook.worksheet_range(sheet).unwrap();
        range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
    }

    /// Column A of a sheet, joined by line feeds.
    pub fn column_a(&mut self, sheet: &str) -> String {
        self.rows(sheet).iter().map(|row| row[0].clone()).collect::<Vec<_>>().join("\n")
    }

    /// The cells of the row that begins with `key`, by heading: the header is the first row with `heading` in it.
    pub fn row(&mut self, sheet: &str, key: &str) -> Vec<(String, String)> {
        let rows = self.rows(sheet);
        let header = rows.iter().position(|row| row.iter().filter(|c| !c.is_empty()).count() > 1).unwrap();
        let row =
            rows[header + 1..].iter().find(|row| row.iter().take(2).any(|c| c == key)).unwrap_or_else(|| panic!("no row {key} on {sheet}"));
        rows[header].iter().cloned().zip(row.iter().cloned()).collect()
    }

    pub fn cell(&mut self, sheet: &str, key: &str, heading: &str) -> String {
        let row = self.row(sheet, key);
        row.into_iter().find(|(h, _)| h == heading).unwrap_or_else(|| panic!("no column {heading} on {sheet}")).1
    }

    /// Whether the file has a part.
    pub fn has(&self, name: &str) -> bool {
        zip::ZipArchive::new(Cursor::new(&self.bytes)).unwrap().by_name(name).is_ok()
    }

    /// One part of the file, as text.
    pub fn part(&self, name: &str) -> String {
        let mut zip = zip::ZipArchive::new(Cursor::new(&self.bytes)).unwrap();
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    /// Every part of the file, as text.
    pub fn everything(&self) -> String {
        let mut zip = zip::ZipArchive::new(Cursor::new(&self.bytes)).unwrap();
        let mut all = String::new();
        for at in 0..zip.len() {
            zip.by_index(at).unwrap().read_to_string(&mut all).unwrap();
        }
        all
    }
}
