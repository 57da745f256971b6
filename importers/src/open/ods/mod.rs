//! OpenDocument spreadsheets. Repeated rows and cells are unrolled only where they hold something, and each
//! repetition counts against the limits.

use std::collections::HashMap;
use std::sync::Arc;

use super::package::{Package, Refusal, damaged, refuse};
use super::xml::{Xml, attribute};
use crate::counter::Counter;
use crate::reading::Format;
use crate::sheet::{Book, Sheet, Style};

mod cells;

/// The styles of a document by name.
#[derive(Debug, Default)]
struct Styles {
    cells: HashMap<String, Arc<Style>>,
    /// Which parts of a date each data style shows, as a number format would. Styles of cells name those of either part.
    formats: HashMap<String, String>,
    hidden_tables: Vec<String>,
    /// As `cells`, for numbers and for percentages: whether a number is one is said by its cell.
    looks: HashMap<String, Looks>,
    plain: Looks,
}

/// One style of a cell that holds no percentage, and of one that does.
#[derive(Debug)]
struct Looks {
    number: Arc<Style>,
    percentage: Arc<Style>,
}

impl Looks {
    fn of(style: &Style) -> Self {
        let with = |percent| Arc::new(Style { percent: Some(percent), ..style.clone() });
        Self { number: with(false), percentage: with(true) }
    }
}

impl Default for Looks {
    fn default() -> Self {
        Self::of(&Style::default())
    }
}

/// Reads every sheet that is within the limits.
pub(super) fn open(package: &mut Package<'_>, counter: &mut Counter<'_>) -> Result<Book, Refusal> {
    if package.text("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(super::package::password());
    }
    let mut styles = Styles::default();
    if let Some(text) = package.text("styles.xml")? {
        read_styles(&mut Xml::new(&text, "styles.xml"), &mut styles)?;
    }
    let text = package.text("content.xml")?.ok_or_else(|| damaged("it has no content"))?;
    read_styles(&mut Xml::new(&text, "content.xml"), &mut styles)?;
    styles.looks = styles.cells.iter().map(|(name, style)| (name.clone(), Looks::of(style))).collect();
    let mut book = Book::new(Format::Ods);
    counter.expect(text.len() as u64);
    let mut xml = Xml::new(&text, "content.xml");
    while let Some(start) = xml.next_start()? {
        match start.local_name().as_ref() {
            "tracked-changes" | "forms" | "shapes" | "dde-links" => xml.skip()?,
            "table" => {
                if book.sheets.len() >= counter.limits.sheets {
                    let message = format!("The workbook has more than {} sheets.", counter.limits.sheets);
                    return Err(refuse("FIL-005", message, "Send the sheets with figures in a workbook of their own."));
                }
                let name = attribute(&start, "name").unwrap_or_default();
                let hidden = attribute(&start, "style-name").is_some_and(|style| styles.hidden_tables.contains(&style));
                let protected = attribute(&start, "protected").is_some_and(|p| p == "true");
                let sheet = Sheet { name, hidden, protected, ..Sheet::default() };
                let (sheet, problem) = cells::Reader::new(sheet, &styles, counter).read(&mut xml)?;
                book.diagnostics.extend(problem.map(|p| *p));
                book.sheets.push(sheet);
            }
            "named-range" | "named-expression"
                if attribute(&start, "name").is_some_and(|n| n.eq_ignore_ascii_case(rules::workbook::FINGERPRINT_NAME)) =>
            {
                let written = attribute(&start, "expression").or_else(|| attribute(&start, "cell-range-address"));
                book.defined_name = written.map(|text| text.trim_start_matches("of:").trim_start_matches('=').trim_matches('"').to_owned());
            }
            _ => {}
        }
    }
    book.diagnostics.extend(counter.problems());
    book.property = property(package, rules::workbook::FINGERPRINT_NAME)?;
    Ok(book)
}

/// Cell styles, and which tables are hidden. Data styles stand before the cell styles that name them.
fn read_styles(xml: &mut Xml<'_>, styles: &mut Styles) -> Result<(), Refusal> {
    let (mut current, mut format_of) = (String::new(), String::new());
    while let Some(start) = xml.next_start()? {
        match start.local_name().as_ref() {
            "spreadsheet" => return Ok(()),
            "date-style" | "percentage-style" | "number-style" | "currency-style" | "time-style" => {
                format_of = attribute(&start, "name").unwrap_or_default();
                styles.formats.entry(format_of.clone()).or_default();
            }
            part @ ("day" | "month" | "year") => {
                let long = attribute(&start, "style").is_some_and(|style| style == "long");
                let textual = attribute(&start, "textual").is_some_and(|textual| textual == "true");
                let letters = match (part, textual, long) {
                    ("day", _, false) => "d",
                    ("day", ..) => "dd",
                    ("month", true, false) => "mmm",
                    ("month", true, true) => "mmmm",
                    ("month", false, false) => "m",
                    ("month", ..) => "mm",
                    (_, _, false) => "yy",
                    _ => "yyyy",
                };
                styles.formats.entry(format_of.clone()).or_default().push_str(letters);
            }
            "text" if styles.formats.contains_key(&format_of) => {
                let text = xml.text(&[])?;
                styles.formats.entry(format_of.clone()).or_default().push_str(&text);
            }
            "style" => {
                current = attribute(&start, "name").unwrap_or_default();
                format_of.clear();
                if attribute(&start, "family").is_some_and(|family| family == "table-cell") {
                    let parent = attribute(&start, "parent-style-name").and_then(|parent| styles.cells.get(&parent).cloned());
                    let mut style = parent.map_or_else(Style::default, |parent| (*parent).clone());
                    if let Some(code) = attribute(&start, "data-style-name").and_then(|name| styles.formats.get(&name)) {
                        style.number_format = (!code.is_empty()).then(|| Arc::from(code.as_str()));
                    }
                    styles.cells.insert(current.clone(), Arc::new(style));
                }
            }
            "table-properties" if attribute(&start, "display").is_some_and(|display| display == "false") => {
                styles.hidden_tables.push(current.clone());
            }
            "text-properties" => {
                let struck = attribute(&start, "text-line-through-style").map(|line| line != "none");
                let bold = attribute(&start, "font-weight").map(|weight| weight == "bold");
                if let Some(style) = styles.cells.get_mut(&current).map(Arc::make_mut) {
                    style.struck = struck.unwrap_or(style.struck);
                    style.bold = bold.unwrap_or(style.bold);
                }
            }
            "table-cell-properties" => {
                let fill = attribute(&start, "background-color").and_then(|colour| colour.strip_prefix('#').map(str::to_ascii_uppercase));
                if let (Some(fill), Some(style)) = (fill.filter(|f| f != "FFFFFF"), styles.cells.get_mut(&current).map(Arc::make_mut)) {
                    style.fill = Some(Arc::from(fill));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// A user-defined property by its name, for instance the one that carries a template's fingerprint.
pub(crate) fn property(package: &mut Package<'_>, name: &str) -> Result<Option<String>, Refusal> {
    let Some(text) = package.text("meta.xml")? else { return Ok(None) };
    let mut xml = Xml::new(&text, "meta.xml");
    while let Some(start) = xml.next_start()? {
        if start.local_name().as_ref() == "user-defined" && attribute(&start, "name").is_some_and(|n| n.eq_ignore_ascii_case(name)) {
            return Ok(Some(xml.text(&[])?.trim().to_owned()).filter(|value| !value.is_empty()));
        }
    }
    Ok(None)
}
