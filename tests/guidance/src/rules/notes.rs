//! N: notes and their marks.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::Book;
use crate::cells::{Cell, Kind};
use crate::links::is_notes;
use crate::words::{brief, note_marks, pattern};

pub fn marked(book: &Book) -> Vec<String> {
    let symbol = pattern!(r"[\u{2070}-\u{2079}\u{b9}\u{b2}\u{b3}]$|\w[*†‡§¶#]+$|^[*†‡]\s?\w");
    // Squared and cubed units, and the name of a language.
    let unit = pattern!(r"\b(m|km|cm|ft|CO|PM|C)\s?[²³₂]$|[Cc]#$");
    let mut found = Vec::new();
    for (sheet, cell) in book.worksheets().flat_map(|sheet| sheet.filled().map(move |cell| (sheet, cell))) {
        let raised = cell.raised.as_deref().or_else(|| book.style(cell).raised.as_deref());
        if let Some(raised @ ("superscript" | "subscript")) = raised {
            found.push(format!("{} has {raised} letters", sheet.of(cell)));
        } else if cell.is_text() && symbol.is_match(cell.text.trim()) && !unit.is_match(cell.text.trim()) {
            found.push(format!("{} '{}' has a symbol for a note", sheet.of(cell), brief(&cell.text, 40)));
        }
    }
    found
}

pub fn held(book: &Book) -> Vec<String> {
    let mut used: BTreeMap<String, String> = BTreeMap::new();
    for sheet in book.worksheets() {
        let in_notes = |cell: &Cell| sheet.tables.iter().any(|table| table.area.has(cell.row, cell.column) && is_notes(sheet, table));
        for cell in sheet.filled().filter(|cell| cell.is_text() && !in_notes(cell)) {
            for mark in note_marks().captures_iter(&cell.text) {
                used.entry(mark[1].to_lowercase()).or_insert_with(|| sheet.of(cell));
            }
        }
    }
    let mut have = BTreeSet::new();
    for (sheet, table) in book.tables().filter(|(sheet, table)| is_notes(sheet, table)) {
        for cell in sheet.column(table.rows(), table.area.left) {
            let bare = || pattern!(r"(?i)(?:note\s*)?([0-9A-Za-z]+)\s*$").captures(cell.text.trim());
            have.extend(note_marks().captures(&cell.text).or_else(bare).map(|mark| mark[1].to_lowercase()));
        }
    }
    used.iter()
        .filter(|(note, _)| !have.contains(*note))
        .map(|(note, at)| format!("{at} refers to [note {note}], which no notes table holds"))
        .collect()
}

pub fn apart(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for (sheet, table) in book.tables().filter(|(sheet, table)| !is_notes(sheet, table)) {
        for column in table.across().skip(1) {
            let heading = sheet.at(table.area.top, column).map_or("", |c| &c.text);
            let has_figures = sheet.column(table.rows(), column).any(|c| c.kind == Kind::Number);
            if !has_figures || pattern!(r"(?i)\bnotes?\b").is_match(heading) {
                continue;
            }
            let marked = sheet.column(table.body(), column).filter(|c| c.is_text() && note_marks().is_match(&c.text));
            found.extend(marked.map(|c| format!("{} '{}'", sheet.of(c), brief(&c.text, 40))));
        }
    }
    found
}

pub fn pointed(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for (sheet, table) in book.tables().filter(|(sheet, table)| !is_notes(sheet, table)) {
        let rows = table.area.top..=table.area.bottom;
        let uses =
            table.across().flat_map(|column| sheet.column(rows.clone(), column)).any(|c| c.is_text() && note_marks().is_match(&c.text));
        let above = sheet.above(table);
        if uses && !pattern!(r"(?i)\bnotes?\b").is_match(&note_marks().replace_all(&above, "")) {
            found.push(format!("'{}' uses note markers and does not say where the notes are", sheet.name));
        }
    }
    found
}
