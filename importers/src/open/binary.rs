//! Binary workbooks, .xls and .xlsb, through calamine. It builds a dense grid of what a sheet claims to span, so the
//! spans are measured first where the format says them, and the process this runs in has a memory limit of its own.
//! Number formats are not given for these, so whether a number is a percentage is asked about, never guessed.

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, ExcelDateTime, Range, Reader, SheetType, SheetVisible, Xls, Xlsb};

use super::number_format;
use super::package::{Refusal, damaged, refuse};
use crate::diagnostic::Diagnostic;
use crate::reading::Format;
use crate::sheet::{Book, Cell, Counter, Row, Sheet, Style, Value};

/// Tells an old workbook from an encrypted new one by the streams the container lists; stream names are UTF-16.
pub(super) fn sniff(bytes: &[u8]) -> Result<Format, Refusal> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|w| w == wide)
    };
    if has("EncryptedPackage") || has("EncryptionInfo") {
        return Err(super::package::password());
    }
    if has("Workbook") || has("Book") {
        return Ok(Format::Xls);
    }
    Err(refuse(
        "FIL-003",
        "The file is an Office file of another kind, not a workbook.",
        "Send an Excel workbook (.xlsx), an OpenDocument spreadsheet (.ods) or a .csv file.",
    ))
}

pub(super) fn open(bytes: &[u8], format: Format, counter: &mut Counter<'_>) -> Result<Book, Refusal> {
    match format {
        Format::Xls => {
            super::compound::check_chains(bytes)?;
            let book: Xls<_> = Reader::new(Cursor::new(bytes)).map_err(|e: calamine::XlsError| match e {
                calamine::XlsError::Password => super::package::password(),
                _ => damaged("its records cannot be read"),
            })?;
            sheets(book, format, counter)
        }
        _ => {
            // Checks the archive's directory and what its parts unpack to; calamine unpacks them again.
            super::package::Package::open(bytes, counter.limits)?.unpack_all()?;
            let book: Xlsb<_> = Reader::new(Cursor::new(bytes)).map_err(|_| damaged("its records cannot be read"))?;
            sheets(book, format, counter)
        }
    }
}

fn sheets<'b, R: Reader<Cursor<&'b [u8]>>>(mut workbook: R, format: Format, counter: &mut Counter<'_>) -> Result<Book, Refusal> {
    let mut book = Book::new(format);
    let listed = workbook.sheets_metadata().to_vec();
    if listed.len() > counter.limits.sheets {
        let message = format!("The workbook has {} sheets; at most {} are read.", listed.len(), counter.limits.sheets);
        return Err(refuse("FIL-005", message, "Send the sheets with figures in a workbook of their own."));
    }
    let name = workbook.defined_names().iter().find(|(n, _)| n.eq_ignore_ascii_case(rules::workbook::FINGERPRINT_NAME));
    book.defined_name = name.map(|(_, formula)| formula.trim_start_matches('=').trim_matches('"').to_owned());
    for listed in listed.iter().filter(|s| s.typ == SheetType::WorkSheet) {
        let range = workbook.worksheet_range(&listed.name).map_err(|_| damaged(&format!("the sheet {:?} cannot be read", listed.name)))?;
        let formulas = workbook.worksheet_formula(&listed.name).unwrap_or_default();
        let mut sheet = Sheet { name: listed.name.clone(), hidden: listed.visible != SheetVisible::Visible, ..Sheet::default() };
        counter.start_sheet();
        match rows(&range, &formulas, &listed.name, counter) {
            Ok(rows) => sheet.rows = rows,
            Err(problem) => book.diagnostics.push(*problem),
        }
        book.sheets.push(sheet);
    }
    Ok(book)
}

fn rows(range: &Range<Data>, formulas: &Range<String>, name: &str, counter: &mut Counter<'_>) -> Result<Vec<Row>, Box<Diagnostic>> {
    let Some((top, left)) = range.start() else { return Ok(Vec::new()) };
    let style = Arc::new(Style::default());
    let mut rows = Vec::new();
    for (index, cells) in (top..).zip(range.rows()) {
        let mut row = Row { index, ..Row::default() };
        for (column, data) in (left..).zip(cells) {
            let formula = formulas.get_value((index, column)).filter(|f| !f.is_empty());
            let value = value(data, counter.limits.cell_characters);
            if value == Value::Blank && formula.is_none() {
                continue;
            }
            counter.take(name, index, column, 1)?;
            let formula = formula.map(|f| Box::from(f.as_str()));
            row.cells.push(Cell { column, uncached: formula.is_some() && value == Value::Blank, value, style: style.clone(), formula });
        }
        if !row.cells.is_empty() {
            rows.push(row);
        }
    }
    Ok(rows)
}

fn value(data: &Data, most: usize) -> Value {
    match data {
        Data::Empty => Value::Blank,
        Data::Int(number) => Value::Number((*number).into()),
        Data::Float(float) => number_format::from_float(*float).map_or_else(|| Value::Text(float.to_string().into()), Value::Number),
        Data::String(text) if text.is_empty() => Value::Blank,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            Value::Text(Arc::from(text.char_indices().nth(most).map_or(text.as_str(), |(at, _)| &text[..at])))
        }
        Data::Bool(yes) => Value::Bool(*yes),
        Data::Error(error) => Value::Error(Arc::from(error.to_string())),
        Data::DateTime(date) => when(*date),
    }
}

/// calamine converts 1904 dates itself when asked for the parts of a date.
fn when(date: ExcelDateTime) -> Value {
    let Some(days) = number_format::from_float(date.as_f64()) else { return Value::Blank };
    if date.is_duration() || (date.as_f64() > 0.0 && date.as_f64() < 1.0) {
        return Value::Duration(days);
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    chrono::NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()).map_or(Value::Number(days), Value::Date)
}
