//! What reads otherwise than in the last pack.

use crate::pack::PackRevision;
use crate::reading::Read;
use crate::table::{Cell, TablePage};
use crate::wording;

pub(super) fn page(read: &Read) -> Option<TablePage> {
    let mut page = read.page("changes", "changes");
    page.readers = read.say("readers-members").to_owned();
    page.columns = vec![
        read.text_column("column-what-changed", 20),
        read.text_column("column-ref", 9),
        read.text_column("column-indicator", 34),
        read.text_column("column-from", 28),
        read.text_column("column-to", 28),
        read.text_column("column-why", 62),
        read.figure_column("column-date", 17),
    ];
    page.rows = read.pack.revisions.iter().map(|revision| row(read, revision)).collect();
    Some(page)
}

fn row(read: &Read, of: &PackRevision) -> Vec<Cell> {
    vec![
        Cell::Text(read.language.word("change", of.what.code()).to_owned()),
        read.words(&of.code),
        read.words(&of.title),
        read.text(Some(&wording::stood(read, of, &of.from)), "no-value"),
        read.text(Some(&wording::stood(read, of, &of.to)), "no-value"),
        read.text(Some(&wording::why(read, &of.why)), "no-reason-given"),
        read.date(Some(of.on)),
    ]
}
