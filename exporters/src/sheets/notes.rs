//! Notes to the figures.

use crate::reading::Read;
use crate::table::{Cell, TablePage, words};

pub(super) fn page(read: &Read) -> Option<TablePage> {
    let mut page = TablePage::new("Notes", "notes", read.title("Notes"), "It lists the notes to the figures of this workbook.");
    page.landscape = false;
    page.columns = vec![words("Note", 12), words("Text", 90), words("Used on", 26)];
    page.rows = (1..)
        .zip(&read.pack.notes)
        .map(|(n, note)| {
            vec![Cell::words(format!("[note {n}]")), Cell::words(note.text.clone()), Cell::text(Some(&note.used_on), "Every sheet")]
        })
        .collect();
    Some(page)
}
