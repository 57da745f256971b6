//! A whole workbook as data, and the one place that writes it.

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{DocProperties, Workbook};

use crate::RenderError;
use crate::charts::{self, ChartPage};
use crate::patch::{self, Literals};
use crate::sheet::{excel_time, write_table, write_words};
use crate::style::Looks;
use crate::table::TablePage;
use crate::text;

/// The sheet the link above a table leads to.
pub(crate) const CONTENTS: &str = "Table of contents";

/// A workbook to be written.
pub(crate) struct Book {
    pub(crate) title: String,
    pub(crate) subject: String,
    pub(crate) council: String,
    pub(crate) keywords: Vec<String>,
    pub(crate) category: &'static str,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) language: String,
    pub(crate) properties: Vec<(String, String)>,
    /// Printed at the top right of every page; must also stand in a cell.
    pub(crate) header: String,
    pub(crate) pages: Vec<Page>,
}

/// A worksheet.
pub(crate) enum Page {
    Words(WordsPage),
    Table(Box<TablePage>),
    Charts(ChartPage),
}

impl Page {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Words(page) => page.name,
            Self::Table(page) => page.name,
            Self::Charts(page) => page.name,
        }
    }
}

/// A worksheet of words alone, in column A.
pub(crate) struct WordsPage {
    pub(crate) name: &'static str,
    pub(crate) title: String,
    pub(crate) paragraphs: Vec<Paragraph>,
}

/// A paragraph.
pub(crate) enum Paragraph {
    Heading(String),
    Text(String),
    Link(String, &'static str),
}

/// Writes the workbook and adds what the writer cannot.
pub(crate) fn write(book: Book) -> Result<Vec<u8>, RenderError> {
    let mut workbook = Workbook::new();
    set_properties(&mut workbook, &book)?;
    let mut looks = Looks::default();
    let mut literals = Vec::new();
    let header = (book.council.as_str(), book.header.as_str());
    let language = book.language.clone();
    for page in book.pages {
        let sheet = workbook.add_worksheet();
        match page {
            Page::Words(page) => write_words(sheet, &page, &mut looks, header)?,
            Page::Table(mut page) => {
                write_table(sheet, &mut page, &mut looks, header)?;
            }
            Page::Charts(page) => literals.extend(charts::write(sheet, &page, &mut looks, header)?),
        }
    }
    finish(&mut workbook, &language, &literals)
}

/// Saves, then patches the saved parts.
pub(crate) fn finish(workbook: &mut Workbook, language: &str, charts: &[Literals]) -> Result<Vec<u8>, RenderError> {
    patch::patch(&workbook.save_to_buffer()?, language, charts)
}

pub(crate) fn set_properties(workbook: &mut Workbook, book: &Book) -> Result<(), RenderError> {
    let property = |t: &str| text::cut(&text::title(t), 250);
    let mut properties = DocProperties::new()
        .set_title(property(&book.title))
        .set_subject(property(&book.subject))
        .set_author(property(&book.council))
        .set_company(property(&book.council))
        .set_keywords(property(&book.keywords.join(", ")))
        .set_category(book.category)
        .set_creation_datetime(&excel_time(book.created_at)?);
    for (name, value) in &book.properties {
        properties = properties.set_custom_property(text::cut(&text::clean(name), 250), text::cut(&text::clean(value), 250));
    }
    workbook.set_properties(&properties);
    Ok(())
}
