//! A workbook with one row for each subject instead of its data, made by the writer all workbooks are made by: its
//! parts, its styles and its widths are used, and its rows tell how the rows of their subject look.

use std::io::{Cursor, Read};

use rust_decimal::Decimal;
use zip::ZipArchive;

use super::{DATA_COLUMNS, DataKind, DataSet, DataSubject};
use crate::book::{self, Book, Page, Paragraph, WordsPage};
use crate::figures::Shown;
use crate::table::{Cell, TablePage, figures, words};
use crate::text;
use crate::{Brand, Language, RenderError};

/// The sheet with the data, the second, and its table, the only one.
pub(super) const SHEET: &str = "xl/worksheets/sheet2.xml";
pub(super) const TABLE: &str = "xl/tables/table1.xml";
pub(super) const STRINGS: &str = "xl/sharedStrings.xml";

/// The widest of what varies from row to row: columns are made for it.
const PERIOD: &str = "September 2023 to November 2024";
const STATUS: &str = "Not applicable";
const REASON: &str = "Not available";

/// The shell of a workbook of data.
pub(super) struct Shell {
    pub bytes: Vec<u8>,
    /// The sheet's part up to its data, and behind it.
    pub before: String,
    pub after: String,
    /// The heading row and all above it, as the part has them.
    pub above: String,
    /// The row of the headings, counted from 1.
    pub heading: u32,
    /// How rows of each subject look.
    pub looks: Vec<RowLook>,
}

/// How rows of a subject look.
pub(super) struct RowLook {
    /// The row's own attributes but its number: its height.
    pub attributes: String,
    pub cells: Vec<CellLook>,
}

/// How a cell looks, and the shared text it holds where it holds one.
pub(super) struct CellLook {
    pub style: String,
    pub text: Option<String>,
}

/// The workbook of an export that has no rows: its cover.
pub(super) fn cover_alone(set: &DataSet) -> Result<Vec<u8>, RenderError> {
    book::write(workbook(set, vec![Page::Words(cover(set, false))]))
}

impl Shell {
    pub(super) fn of(set: &DataSet) -> Result<Self, RenderError> {
        let pages = vec![Page::Words(cover(set, true)), Page::Table(Box::new(page(set)))];
        let bytes = book::write(workbook(set, pages))?;
        let xml = part(&bytes, SHEET)?;
        let unlike = || RenderError::Unwritable("the writer's sheet is not of the form its data is put into".to_owned());
        let (before, rest) = xml.split_once("<sheetData>").ok_or_else(unlike)?;
        let (data, after) = rest.split_once("</sheetData>").ok_or_else(unlike)?;
        let rows: Vec<&str> = data.split_inclusive("</row>").collect();
        let first = rows.len().checked_sub(set.subjects.len()).filter(|first| *first > 0).ok_or_else(unlike)?;
        let (above, samples) = rows.split_at(first);
        let looks = samples.iter().map(|row| RowLook::of(row).ok_or_else(unlike)).collect::<Result<Vec<_>, _>>()?;
        let heading = above.last().and_then(|row| attribute(row, "r")?.parse().ok()).ok_or_else(unlike)?;
        // How far the sheet goes is not known before its rows are: the element that says so may be left out.
        let before = without_element(before, "<dimension ");
        let (above, after) = (above.concat(), after.to_owned());
        Ok(Self { before, after, above, heading, looks, bytes })
    }
}

impl RowLook {
    fn of(row: &str) -> Option<Self> {
        let (opening, cells) = row.strip_prefix("<row ")?.split_once('>')?;
        let kept = ["ht", "customHeight"].into_iter().filter_map(|name| Some(format!(" {name}=\"{}\"", attribute(opening, name)?)));
        let cells: Vec<CellLook> = cells.split("<c ").skip(1).map(CellLook::of).collect::<Option<_>>()?;
        (cells.len() == DATA_COLUMNS.len()).then(|| Self { attributes: kept.collect(), cells })
    }
}

impl CellLook {
    fn of(cell: &str) -> Option<Self> {
        let (opening, rest) = cell.split_once('>')?;
        let shared = attribute(opening, "t").is_some_and(|kind| kind == "s");
        let held = || Some(rest.strip_prefix("<v>")?.split_once('<')?.0.to_owned());
        Some(Self { style: attribute(opening, "s")?.to_owned(), text: if shared { Some(held()?) } else { None } })
    }
}

/// The value of an attribute in an opening tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let tag = tag.split('>').next()?;
    let mut rest = tag;
    loop {
        let (before, after) = rest.split_once(&format!("{name}=\""))?;
        if before.is_empty() || before.ends_with(' ') {
            return after.split('"').next();
        }
        rest = after;
    }
}

fn without_element(xml: &str, begins: &str) -> String {
    let Some((before, rest)) = xml.split_once(begins) else { return xml.to_owned() };
    let rest = rest.split_once("/>").map_or("", |(_, rest)| rest);
    format!("{before}{rest}")
}

/// A part of a workbook as text.
pub(super) fn part(workbook: &[u8], name: &str) -> Result<String, RenderError> {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(workbook))?.by_name(name)?.read_to_string(&mut text)?;
    Ok(text)
}

fn workbook(set: &DataSet, pages: Vec<Page>) -> Book {
    Book {
        title: title(set),
        subject: "Figures of performance indicators".to_owned(),
        council: set.council.clone(),
        keywords: vec!["performance".to_owned(), "indicators".to_owned(), "data".to_owned()],
        category: "Data".to_owned(),
        created_at: set.as_at,
        // Its words are for machines first, and the same in every language.
        language: Language::english(),
        brand: Brand::default(),
        properties: Vec::new(),
        header: "Performance data".to_owned(),
        mark: None,
        pages,
    }
}

fn title(set: &DataSet) -> String {
    format!("Performance data of {}", text::cut(&text::title(&set.council), 90))
}

fn cover(set: &DataSet, rows: bool) -> WordsPage {
    let mut said = Vec::new();
    let mut section = |heading: &str, words: Vec<String>| {
        said.push(Paragraph::Heading(heading.to_owned()));
        said.extend(words.into_iter().map(Paragraph::Text));
    };
    section("Council", vec![text::title(&set.council)]);
    section("As at", vec![set.as_at.format("%-d %B %Y at %H:%M:%S UTC").to_string()]);
    let narrowed = if set.narrowed.is_empty() { vec!["None: every figure there is.".to_owned()] } else { set.narrowed.clone() };
    section("Filter", narrowed.iter().map(|line| text::clean(line)).collect());
    let sheet = if rows {
        "The sheet called Data has one row for each indicator and period that has a figure or a reason for none. It can be imported again."
    } else {
        "No figure fits the filter."
    };
    section("What this workbook holds", vec![sheet.to_owned()]);
    section("Columns", DATA_COLUMNS.iter().map(|column| format!("{}: {}", column.heading, column.meaning)).collect());
    section("Contact", vec![format!("Contact: the performance team of {}", text::title(&set.council))]);
    WordsPage { name: "Cover".to_owned(), title: title(set), paragraphs: said, logo: None }
}

fn page(set: &DataSet) -> TablePage {
    let purpose = "Each row is one period of one indicator that has a figure or a reason for none, at full precision.";
    let mut page = TablePage::new("Data", "data", format!("Data, {}", title(set)), purpose);
    page.lines.push(
        "Cells are blank where there is nothing of the kind. Columns are the same in every export, filled or not: what each holds is on the Cover."
            .to_owned(),
    );
    page.lines
        .push("The headings are frozen, with filter buttons: turn them off with View, Unfreeze Panes and with Data, Filter.".to_owned());
    page.back = false;
    page.blanks = true;
    page.browse = true;
    page.fit = false;
    page.columns = DATA_COLUMNS
        .iter()
        .map(|column| match column.kind {
            DataKind::Words => words(column.heading, column.width),
            DataKind::Date | DataKind::Figure | DataKind::Number => figures(column.heading, column.width),
        })
        .collect();
    page.rows = set.subjects.iter().map(|subject| sample(set, subject)).collect();
    page
}

/// A row with every cell filled, each with the widest that may stand there.
fn sample(set: &DataSet, subject: &DataSubject) -> Vec<Cell> {
    let (shown, english) = (Shown::new(&subject.unit, subject.decimals), Language::english());
    let said = |words: &str| Cell::Text(text::clean(words));
    let day = set.as_at.date_naive();
    DATA_COLUMNS
        .iter()
        .map(|column| match (column.heading, column.kind) {
            (_, DataKind::Date) => Cell::Date(day),
            (_, DataKind::Figure) => Cell::Figure(shown.number(Decimal::ONE), shown.format(&english)),
            // A whole number's look stands under the first such column and that of others under the second.
            ("Numerator", _) => Cell::Figure(1.0, "#,##0_)".to_owned()),
            (_, DataKind::Number) => Cell::Figure(1.0, "#,##0.##########_)".to_owned()),
            ("Council", _) => said(&set.council),
            ("Ref", _) => said(&subject.code),
            ("Indicator", _) => said(&subject.title),
            ("Service", _) => said(&subject.service),
            ("Period", _) => said(PERIOD),
            ("Reason for no result", _) => said(REASON),
            ("Value state", _) => said("Provisional"),
            ("Status", _) => said(STATUS),
            ("Unit", _) => said(&subject.unit),
            ("Better is", _) => said(subject.polarity.words()),
            _ => said(""),
        })
        .collect()
}
