//! Notes to the figures.

use crate::language::tell;
use crate::reading::Read;
use crate::table::{Cell, TablePage};

pub(super) fn page(read: &Read) -> Option<TablePage> {
    let mut page = read.page("notes", "notes");
    page.landscape = false;
    page.columns = vec![read.text_column("column-note", 12), read.text_column("column-text", 90), read.text_column("column-used-on", 26)];
    page.rows = (1_usize..)
        .zip(&read.pack.notes)
        .map(|(n, note)| {
            let marker = Cell::Text(tell!(read.language, "note-marker", n = n));
            vec![marker, read.words(&note.text), read.text(Some(&note.used_on), "every-sheet")]
        })
        .collect();
    Some(page)
}
