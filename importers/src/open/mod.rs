//! Opening a file: what its bytes are, and its cells within limits. Every refusal is one diagnostic of the whole file.
//!
//! .xlsx and .ods are read here, from their XML, because a figure needs its number format, its formula, whether it
//! is struck out and whether its row is hidden, all at once, and because an upload must never be able to ask for more
//! memory than it fills: calamine builds dense grids for .ods, reserves what a string table claims to hold, loses
//! an empty shared string and with it the place of all that follow, and gives up a whole sheet for one odd cell.
//! The binary formats go through calamine, within limits checked before and after.

use crate::diagnostic::Diagnostic;
use crate::reading::{Format, Limits};
use crate::sheet::{Book, Counter, thousands};

mod binary;
mod compound;
pub(crate) mod number_format;
mod ods;
mod package;
mod separated;
mod xlsx;
mod xml;

use package::{Package, Refusal, refuse};

/// Opens a workbook of any format.
pub(crate) fn open(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<Book, (Option<Format>, Refusal)> {
    let format = sniff(bytes, limits).map_err(|refusal| (None, refusal))?;
    let mut book = match format {
        Format::Xlsx => Package::open(bytes, limits).and_then(|mut package| xlsx::open(&mut package, &mut Counter::new(limits))),
        Format::Ods => Package::open(bytes, limits).and_then(|mut package| ods::open(&mut package, &mut Counter::new(limits))),
        Format::Xls | Format::Xlsb => binary::open(bytes, format, &mut Counter::new(limits)),
        Format::Csv => separated::open(bytes, file_name, &mut Counter::new(limits)),
    }
    .map_err(|refusal| (Some(format), refusal))?;
    book.diagnostics.extend(misnamed(format, file_name));
    Ok(book)
}

/// What the bytes are; names and media types are not asked.
fn sniff(bytes: &[u8], limits: &Limits) -> Result<Format, Refusal> {
    if bytes.is_empty() {
        return Err(refuse("FIL-009", "The file is empty.", "Send the file again."));
    }
    if bytes.len() as u64 > limits.bytes {
        let message = format!(
            "The file is {} KiB; at most {} KiB are taken.",
            thousands(bytes.len() >> 10),
            thousands(usize::try_from(limits.bytes >> 10).unwrap_or(usize::MAX))
        );
        return Err(refuse("FIL-009", message, "Take out pictures and sheets without figures, or send the table in parts."));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return sniff_package(bytes, limits);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return binary::sniff(bytes);
    }
    if separated::looks_like_text(bytes) {
        return Ok(Format::Csv);
    }
    Err(not_a_workbook("The file is not a workbook."))
}

fn sniff_package(bytes: &[u8], limits: &Limits) -> Result<Format, Refusal> {
    let mut package = Package::open(bytes, limits)?;
    if package.has("xl/workbook.bin") {
        return Ok(Format::Xlsb);
    }
    if let Some(kind) = package.text("mimetype")? {
        return if kind.contains("opendocument.spreadsheet") {
            Ok(Format::Ods)
        } else {
            Err(not_a_workbook("The file is a document, not a workbook."))
        };
    }
    if package.has("_rels/.rels") && xlsx::workbook_part(&mut package)?.is_some() {
        return Ok(Format::Xlsx);
    }
    if package.has("content.xml") {
        return Ok(Format::Ods);
    }
    Err(not_a_workbook("The file is a zip archive, but not a workbook."))
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
