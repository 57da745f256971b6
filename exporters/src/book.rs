//! A whole workbook as data, and the one place that writes it.

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{DocProperties, Workbook, Worksheet};

use crate::RenderError;
use crate::brand::{Brand, Logo};
use crate::charts::{self, ChartPage};
use crate::language::Language;
use crate::patch::{self, Added};
use crate::rows::Rows;
use crate::sheet::{excel_time, write_head, write_table, write_words};
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

/// Writes a workbook of a few short sheets.
pub(crate) fn write(mut book: Book) -> Result<Vec<u8>, RenderError> {
    let pages = std::mem::take(&mut book.pages);
    let (mut workbook, mut writer) = (Workbook::new(), Writer::new(&book));
    set_properties(&mut workbook, &book)?;
    for page in pages {
        writer.write(workbook.add_worksheet(), page)?;
    }
    finish(&mut workbook, book.language.tag(), &writer.added)
}

/// Writes a workbook whose first sheets, one at least, tell of the others. The others are taken one at a time, and what
/// is kept of each is its words, how many rows its table had, and the rows themselves as they stand in the file: what
/// a workbook takes grows with its largest sheet.
pub(crate) fn write_after(
    book: &Book,
    fronts: usize,
    pages: impl Iterator<Item = Page>,
    front: impl FnOnce(&[Page]) -> Vec<Page>,
) -> Result<Vec<u8>, RenderError> {
    let (mut workbook, mut writer) = (Workbook::new(), Writer::new(book));
    set_properties(&mut workbook, book)?;
    for _ in 0..fronts.max(1) {
        workbook.add_worksheet();
    }
    let mut written = Vec::new();
    for page in pages {
        written.push(writer.write_out(workbook.add_worksheet(), page, fronts.max(1) + written.len())?);
    }
    writer.looks.register(workbook.worksheet_from_index(0)?)?;
    for (at, page) in front(&written).into_iter().take(fronts).enumerate() {
        writer.write(workbook.worksheet_from_index(at)?, page)?;
    }
    finish(&mut workbook, book.language.tag(), &writer.added)
}

/// What all sheets share.
struct Writer<'a> {
    looks: Looks,
    added: Added,
    header: Header<'a>,
}

impl<'a> Writer<'a> {
    fn new(book: &'a Book) -> Self {
        let header = Header { council: &book.council, meeting: &book.header, mark: book.mark.as_deref() };
        Self { looks: Looks::new(book.language.clone(), book.brand.clone()), added: Added::default(), header }
    }

    fn write(&mut self, sheet: &mut Worksheet, page: Page) -> Result<(), RenderError> {
        match page {
            Page::Words(page) => write_words(sheet, &page, &mut self.looks, self.header)?,
            Page::Table(mut page) => {
                write_table(sheet, &mut page, &mut self.looks, self.header)?;
            }
            Page::Charts(page) => self.added.charts.extend(charts::write(sheet, &page, &mut self.looks, self.header)?),
        }
        Ok(())
    }

    /// Writes a page and answers it with its rows emptied. `at` is its sheet's place in the workbook, from 0.
    fn write_out(&mut self, sheet: &mut Worksheet, mut page: Page, at: usize) -> Result<Page, RenderError> {
        match &mut page {
            Page::Table(page) => {
                // A row too tall goes on in the next: what is told is how many there were.
                let rows = page.rows.len();
                if Rows::can_hold(page) {
                    let heading = write_head(sheet, page, &mut self.looks, self.header)?;
                    self.added.rows.insert(at, Rows::write(page, heading, &mut self.looks)?);
                } else {
                    write_table(sheet, page, &mut self.looks, self.header)?;
                }
                page.rows = vec![Vec::new(); rows];
            }
            Page::Words(page) => write_words(sheet, page, &mut self.looks, self.header)?,
            Page::Charts(page) => {
                self.added.charts.extend(charts::write(sheet, page, &mut self.looks, self.header)?);
                page.charts = Vec::new();
            }
        }
        Ok(page)
    }
}

/// Saves, then patches the saved parts.
pub(crate) fn finish(workbook: &mut Workbook, language: &str, added: &Added) -> Result<Vec<u8>, RenderError> {
    // Parts are pressed again when they are patched.
    workbook.set_zip_compression_level(1);
    patch::patch(&workbook.save_to_buffer()?, language, added)
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

#[cfg(test)]
mod tests;
