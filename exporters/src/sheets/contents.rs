//! The table of contents: every worksheet, what it shows and for whom, each with a link.

use crate::book::{CONTENTS, Page};
use crate::reading::Read;
use crate::table::{Cell, TablePage, figures, words};

pub(super) fn page(read: &Read, pages: &[Page]) -> TablePage {
    let mut page = TablePage::new(
        CONTENTS,
        "table_of_contents",
        read.title("Table of contents"),
        "It lists every other worksheet of this workbook, with a link to each.",
    );
    page.back = false;
    page.columns =
        vec![words("Worksheet", 26), words("What it shows", 70), figures("Rows", 8), words("Mainly for", 34), words("Source", 40)];
    page.rows.push(vec![
        Cell::Link("Cover".to_owned(), "Cover".to_owned()),
        Cell::words("The figures at a glance, what is outstanding, and what the meeting is asked."),
        Cell::Mark("[z]"),
        Cell::words("Everyone"),
        Cell::words(format!("Made from the figures of {}", read.period)),
    ]);
    for other in pages {
        let name = other.name().to_owned();
        let (shows, rows, readers, source) = match other {
            Page::Table(table) => (shows(table.lines.first()), Cell::count(table.rows.len()), table.readers, table.source.clone()),
            Page::Charts(charts) => (
                "Shows line charts, each under a sentence that says the same in words.".to_owned(),
                Cell::count(charts.charts.len()),
                "Members",
                String::new(),
            ),
            Page::Words(words) => (words.title.clone(), Cell::Mark("[z]"), "Everyone", String::new()),
        };
        let source = if source.is_empty() { "The council's performance framework".to_owned() } else { source };
        page.rows.push(vec![Cell::Link(name.clone(), name), Cell::words(shows), rows, Cell::words(readers), Cell::words(source)]);
    }
    page
}

/// The purpose as a row of the contents: `It lists …` becomes `Lists …`.
fn shows(purpose: Option<&String>) -> String {
    let purpose = purpose.map_or("", String::as_str);
    let rest = purpose.strip_prefix("It ").unwrap_or(purpose);
    let mut chars = rest.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
