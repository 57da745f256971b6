//! Plans, programmes, risks, money and assessments as a workbook that imports back unchanged: one sheet a kind of record, with
//! the sheets and headings of [`rules::delivery::book`].
//!
//! As in a framework's workbook nothing is worded here that the import would have to guess back. Which cells a record has is said
//! where it is declared; here is only how a cell is written.

use chrono::{DateTime, Utc};
use rules::delivery::book::{DeliveryBook, DeliveryRow, RecordKind, Shown};

use crate::book::{self, Book, Page};
use crate::framework::{date, figure, page, said};
use crate::table::Cell;
use crate::text;
use crate::{Brand, Language, RenderError};

/// Records as the bytes of a workbook, a sheet for each kind there is a record of; the sheets of [`render_delivery_template`] where
/// there is none at all. `created_at` is the creation time written into the file.
///
/// # Errors
/// [`RenderError`] when the workbook cannot hold what it was given.
pub fn render_delivery(book: &DeliveryBook, created_at: DateTime<Utc>) -> Result<Vec<u8>, RenderError> {
    render(book, book.rows.is_empty(), created_at)
}

/// A workbook to be filled in: every sheet there is, and under its headings nothing yet.
///
/// # Errors
/// [`RenderError`] when the workbook cannot hold what it was given.
pub fn render_delivery_template(council: &str, title: &str, created_at: DateTime<Utc>) -> Result<Vec<u8>, RenderError> {
    render(&DeliveryBook { council: council.to_owned(), title: title.to_owned(), rows: Vec::new() }, true, created_at)
}

fn render(book: &DeliveryBook, empty_sheets: bool, created_at: DateTime<Utc>) -> Result<Vec<u8>, RenderError> {
    let title = text::title(&book.title);
    let sheet = |kind: &RecordKind| {
        let rows: Vec<Vec<Cell>> = book.rows.iter().filter(|row| row.kind() == *kind).map(cells).collect();
        (empty_sheets || !rows.is_empty()).then(|| sheet(*kind, rows, &title, &book.council))
    };
    let pages = RecordKind::ALL.iter().filter_map(sheet).collect();
    book::write(Book {
        title: title.clone(),
        subject: "Plans, programmes, risks, money and assessments".to_owned(),
        council: book.council.clone(),
        keywords: vec!["actions".to_owned(), "projects".to_owned(), "risks".to_owned()],
        category: "Delivery".to_owned(),
        created_at,
        language: Language::english(),
        brand: Brand::default(),
        properties: Vec::new(),
        header: text::cut(&title, 90),
        mark: None,
        pages,
    })
}

fn sheet(kind: RecordKind, mut rows: Vec<Vec<Cell>>, title: &str, council: &str) -> Page {
    let spec = kind.spec();
    if rows.is_empty() {
        // A table is marked up with a row at least; the import passes over a blank one.
        rows.push(vec![said(""); spec.columns.len()]);
    }
    let mut page = page(&spec, rows, title, council);
    let needed: Vec<&str> = spec.columns.iter().filter(|column| column.required).map(|column| column.heading).collect();
    page.lines.push(format!("No row is taken without {}.", needed.join(", ")));
    Page::Table(Box::new(page))
}

fn cells(row: &DeliveryRow) -> Vec<Cell> {
    row.cells().into_iter().map(|(_, shown)| cell(shown)).collect()
}

fn cell(shown: Shown) -> Cell {
    match shown {
        Shown::Blank => said(""),
        Shown::Text(text) => said(text),
        Shown::Day(day) => date(day),
        Shown::Figure(value) => figure(value),
    }
}
