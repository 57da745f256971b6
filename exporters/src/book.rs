//! A whole workbook as data, and the one place that writes it.

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{DocProperties, Workbook};

use crate::RenderError;
use crate::brand::{Brand, Logo};
use crate::charts::{self, ChartPage};
use crate::language::Language;
use crate::patch::{self, Literals};
use crate::sheet::{excel_time, write_table, write_words};
use crate::style::Looks;
use crate::table::TablePage;
use crate::text;

/// A workbook to be written.
pub(crate) struct Book {
    pub(crate) title: String,
    pub(crate) subject: String,
    pub(crate) council: String,
    pub(crate) keywords: Vec<String>,
    pub(crate) category: String,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) language: Language,
    pub(crate) brand: Brand,
    pub(crate) properties: Vec<(String, String)>,
    /// Printed at the top right of every page; must also stand in a cell.
    pub(crate) header: String,
    /// Printed at the top of every page after the council's name; must also stand in a cell.
    pub(crate) mark: Option<String>,
    pub(crate) pages: Vec<Page>,
}

/// What is printed at the top of every page.
#[derive(Clone, Copy)]
pub(crate) struct Header<'a> {
    pub(crate) council: &'a str,
    pub(crate) meeting: &'a str,
    pub(crate) mark: Option<&'a str>,
}

/// A worksheet.
pub(crate) enum Page {
    Words(WordsPage),
    Table(Box<TablePage>),
    Charts(ChartPage),
}

impl Page {
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Words(page) => &page.name,
            Self::Table(page) => &page.name,
            Self::Charts(page) => &page.name,
        }
    }
}

/// A worksheet of words alone, in column A.
pub(crate) struct WordsPage {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) paragraphs: Vec<Paragraph>,
    /// Printed in the header, where nothing but decoration may stand.
    pub(crate) logo: Option<Logo>,
}

/// A paragraph.
pub(crate) enum Paragraph {
    Heading(String),
    Text(String),
    Link(String, String),
}

/// Writes the workbook and adds what the writer cannot.
pub(crate) fn write(book: Book) -> Result<Vec<u8>, RenderError> {
    let mut workbook = Workbook::new();
    set_properties(&mut workbook, &book)?;
    let mut looks = Looks::new(book.language.clone(), book.brand.clone());
    let mut literals = Vec::new();
    let header = Header { council: &book.council, meeting: &book.header, mark: book.mark.as_deref() };
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
    finish(&mut workbook, language.tag(), &literals)
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
        .set_category(property(&book.category))
        .set_creation_datetime(&excel_time(book.created_at)?);
    for (name, value) in &book.properties {
        properties = properties.set_custom_property(text::cut(&text::clean(name), 250), text::cut(&text::clean(value), 250));
    }
    workbook.set_properties(&properties);
    Ok(())
}
