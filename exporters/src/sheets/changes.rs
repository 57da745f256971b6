//! What reads otherwise than in the last pack.

use crate::reading::Read;
use crate::table::{Cell, TablePage, figures, words};

pub(super) fn page(read: &Read) -> Option<TablePage> {
    let mut page = TablePage::new(
        "Changes",
        "changes",
        read.title("Changes since the last pack"),
        "It lists figures, targets and definitions that read otherwise than in the last pack.",
    );
    page.readers = "Members";
    page.columns = vec![
        words("What changed", 20),
        words("Ref", 9),
        words("Indicator", 34),
        words("From", 28),
        words("To", 28),
        words("Why", 62),
        figures("Date", 17),
    ];
    page.rows = read
        .pack
        .revisions
        .iter()
        .map(|r| {
            let mut row: Vec<Cell> = [&r.what, &r.code, &r.title].map(|t| Cell::words(t.clone())).into();
            row.extend([&r.from, &r.to].map(|t| Cell::text(Some(t), "No value")));
            row.push(Cell::text(Some(&r.why), "No reason given"));
            row.push(Cell::date(Some(r.on)));
            row
        })
        .collect();
    Some(page)
}
