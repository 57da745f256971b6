//! Opening a file: what its bytes are, and its cells within limits. Every refusal is one diagnostic of the whole file.
//!
//! .xlsx and .ods are read here, from their XML, because a figure needs its number format, its formula, whether it
//! is struck out and whether its row is hidden, all at once, and because an upload must never be able to ask for more
//! memory than it fills: calamine builds dense grids for .ods, reserves what a string table claims to hold, loses
//! an empty shared string and with it the place of all that follow, and gives up a whole sheet for one odd cell.
//! calamine's readers of .xls and .xlsb index into records by lengths the file gives, never return from a chain of
//! sectors that loops, and give no number formats; those are read here as well, and calamine only checks them in tests.

use crate::counter::Counter;
use crate::diagnostic::Diagnostic;
use crate::reading::{Format, Limits};
use crate::sheet::{Book, thousands};
use crate::watch::Watch;

mod bytes;
mod compound;
mod fields;
mod looks;
pub(crate) mod number_format;
mod ods;
mod other;
mod package;
mod separated;
mod text;
mod tokens;
#[cfg(test)]
mod twins;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

pub(crate) use package::{Package, Refusal};
pub(crate) use xlsx::{Parts as XlsxParts, parts as xlsx_parts};
pub(crate) use xml::attribute;

use package::{damaged, refuse};

/// Opens a workbook of any format.
pub(crate) fn open(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<Book, (Option<Format>, Refusal)> {
    open_watched(bytes, file_name, limits, &Watch::new(&|_| ()))
}

/// The same, while somebody waits for it.
pub(crate) fn open_watched(bytes: &[u8], file_name: &str, limits: &Limits, watch: &Watch<'_>) -> Result<Book, (Option<Format>, Refusal)> {
    let counter = || Counter::watched(limits, watch);
    let package = || Package::open(bytes, limits);
    let format = sniff(bytes, limits).map_err(|refusal| (None, refusal))?;
    let mut book = match format {
        Format::Xlsx => package().and_then(|mut package| xlsx::open(&mut package, &mut counter())),
        Format::Ods => package().and_then(|mut package| ods::open(&mut package, &mut counter())),
        Format::Xls => xls::open(bytes, &mut counter()),
        Format::Xlsb => package().and_then(|mut package| xlsb::open(&mut package, &mut counter())),
        Format::Csv => separated::open(bytes, file_name, &mut counter()),
    }
    .map_err(|refusal| (Some(format), refusal))?;
    // Of a file that is damaged in one place nothing is taken: what else is wrong in it nobody knows.
    if let Some(twice) = named_twice(&book) {
        book.diagnostics.push(*damaged(&format!("two of its sheets are called {twice:?}")));
    }
    if book.diagnostics.iter().any(|problem| problem.code == "FIL-002") {
        book.sheets.clear();
    }
    book.diagnostics.extend(misnamed(format, file_name));
    Ok(book)
}

/// A document property of a workbook, by its name; none where there is none, or the file cannot be opened within limits.
pub(crate) fn property(bytes: &[u8], name: &str, limits: &Limits) -> Option<String> {
    let format = sniff(bytes, limits).ok()?;
    let mut package = Package::open(bytes, limits).ok()?;
    match format {
        Format::Xlsx | Format::Xlsb => xlsx::property(&mut package, name).ok()?,
        Format::Ods => ods::property(&mut package, name).ok()?,
        Format::Xls | Format::Csv => None,
    }
}

/// A name that two sheets have, as spreadsheet programs compare them.
fn named_twice(book: &Book) -> Option<String> {
    let mut names = std::collections::HashSet::new();
    book.sheets.iter().find(|sheet| !names.insert(sheet.name.to_lowercase())).map(|sheet| sheet.name.clone())
}

/// What the bytes are; names and media types are not asked.
pub(crate) fn sniff(bytes: &[u8], limits: &Limits) -> Result<Format, Refusal> {
    if bytes.is_empty() {
        return Err(refuse("FIL-009", "The file is empty.", "Send the file again."));
    }
    if bytes.len() as u64 > limits.bytes {
        let message = format!(
            "The file is {} bytes; at most {} MB are taken, which is {} bytes.",
            thousands(bytes.len()),
            limits.bytes >> 20,
            thousands(usize::try_from(limits.bytes).unwrap_or(usize::MAX))
        );
        return Err(refuse("FIL-009", message, "Take out pictures and sheets without figures, or send the table in parts."));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return sniff_package(bytes, limits);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return xls::sniff(bytes).map(|()| Format::Xls);
    }
    if let Some(words) = other::by_start(bytes) {
        return Err(not_a_workbook(&format!("The file is {words}, not a workbook.")));
    }
    if text::looks_like_text(bytes) {
        return Ok(Format::Csv);
    }
    Err(not_a_workbook("The file is not a workbook, and not a kind of file that is known here."))
}

fn sniff_package(bytes: &[u8], limits: &Limits) -> Result<Format, Refusal> {
    let mut package = Package::open(bytes, limits)?;
    if package.has("xl/workbook.bin") {
        return Ok(Format::Xlsb);
    }
    let kind = package.text("mimetype")?;
    match &kind {
        Some(kind) if kind.contains("opendocument.spreadsheet") => return Ok(Format::Ods),
        Some(kind) => return Err(not_a_workbook(&other::in_archive(&package, Some(kind)))),
        None => {}
    }
    if package.has("_rels/.rels") && xlsx::workbook_part(&mut package)?.is_some() {
        return Ok(Format::Xlsx);
    }
    if package.has("content.xml") {
        return Ok(Format::Ods);
    }
    Err(not_a_workbook(&other::in_archive(&package, None)))
}

fn not_a_workbook(message: &str) -> Refusal {
    refuse("FIL-003", message, "Send an Excel workbook (.xlsx), an OpenDocument spreadsheet (.ods) or a .csv file.")
}

fn misnamed(format: Format, file_name: &str) -> Option<Diagnostic> {
    let (_, ending) = file_name.rsplit_once('.')?;
    let fits = match format {
        Format::Xlsx => ["xlsx", "xlsm", "xltx"].as_slice(),
        Format::Xlsb => &["xlsb"],
        Format::Xls => &["xls", "xlt"],
        Format::Ods => &["ods", "ots"],
        Format::Csv => &["csv", "tsv", "txt"],
    };
    let ending = ending.to_ascii_lowercase();
    (!fits.contains(&ending.as_str())).then(|| {
        let message = format!("The name ends in .{ending} but the file is {}; it was read as that.", with_article(format.words()));
        Diagnostic::new("FIL-013", crate::Place::file(), message)
    })
}

fn with_article(words: &str) -> String {
    let article = if words.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
    if words.starts_with("Separated") { "separated text (.csv)".to_owned() } else { format!("{article} {words}") }
}
