//! Separated text. Nothing in it says what a cell is, so what looks like a plain number is one and the rest is text.

use std::sync::Arc;

use super::fields::{Fields, separator};
use super::number_format;
use super::package::{Refusal, damaged};
use super::text::decode;
use crate::counter::Counter;
use crate::reading::Format;
use crate::sheet::{Book, Cell, Row, Sheet, Style, Value};

pub(super) fn open(bytes: &[u8], file_name: &str, counter: &mut Counter<'_>) -> Result<Book, Refusal> {
    let text = decode(bytes).ok_or_else(|| damaged("its text is not in the encoding its first bytes say"))?;
    if text.contains('\0') {
        return Err(damaged("its text holds zero bytes, which no spreadsheet program writes"));
    }
    let mut book = Book::new(Format::Csv);
    let mut sheet = Sheet { name: sheet_name(file_name), ..Sheet::default() };
    let style = Arc::new(Style { percent: Some(false), ..Style::default() });
    let (separator, text) = separator(&text);
    counter.expect(text.len() as u64);
    let mut fields = Fields::new(text, separator);
    let mut row = Row::default();
    let read = loop {
        let Some(field) = fields.next_field() else { break Ok(()) };
        if field.row != row.index {
            counter.reached(text.len().saturating_sub(fields.left()) as u64);
            keep(&mut sheet, std::mem::replace(&mut row, Row { index: field.row, ..Row::default() }));
        }
        if field.unclosed {
            counter.damaged(&sheet.name, (field.row, field.column), "a quotation mark opens here and is never closed", &field.text);
        }
        if field.text.is_empty() {
            continue;
        }
        if let Err(too_much) = counter.take(&sheet.name, field.row, field.column, 1) {
            break Err(too_much);
        }
        let value = match value(&field.text) {
            Value::Text(text) => match counter.text(&sheet.name, (field.row, field.column), &text) {
                Ok(text) => Value::Text(text),
                Err(too_much) => break Err(too_much),
            },
            value => value,
        };
        row.cells.push(Cell { column: field.column, value, style: style.clone(), formula: None, uncached: false });
    };
    keep(&mut sheet, row);
    if let Err(too_much) = read {
        book.diagnostics.push(*too_much);
        sheet.rows.clear();
    }
    book.diagnostics.extend(counter.problems());
    book.sheets.push(sheet);
    Ok(book)
}

fn keep(sheet: &mut Sheet, row: Row) {
    if !row.cells.is_empty() {
        sheet.rows.push(row);
    }
}

/// The file's name without its ending and characters no sheet may have, as spreadsheet programs do.
fn sheet_name(file_name: &str) -> String {
    let base = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    let name: String = stem.chars().filter(|c| !c.is_control() && !"[]:*?/\\".contains(*c)).take(31).collect();
    if name.trim().is_empty() { "Sheet1".to_owned() } else { name }
}

/// Digits with at most one point and a sign in front are a number, unless zeros in front make it a code.
fn value(field: &str) -> Value {
    let trimmed = field.trim();
    let digits = trimmed.strip_prefix('-').unwrap_or(trimmed);
    let whole = digits.split('.').next().unwrap_or_default();
    let plain = !whole.is_empty()
        && digits.split('.').count() <= 2
        && !digits.ends_with('.')
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && (whole == "0" || !whole.starts_with('0'));
    let number = if plain { number_format::number(trimmed) } else { None };
    match number {
        Some(number) => Value::Number(number),
        None if matches!(trimmed, "TRUE" | "FALSE") => Value::Bool(trimmed == "TRUE"),
        None if trimmed.len() < 20 && trimmed.starts_with('#') && trimmed.ends_with(['!', '?', 'A']) && !trimmed.contains(' ') => {
            Value::Error(Arc::from(trimmed))
        }
        None => Value::Text(Arc::from(field)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers_are_numbers_and_codes_are_not() {
        assert_eq!(value("87.2"), Value::Number("87.2".parse().unwrap()));
        assert_eq!(value("-3"), Value::Number("-3".parse().unwrap()));
        for text in ["007", "1,234", "87.2%", "2023/24", "1.2.3", "5.", "", "1e5", "+4"] {
            assert_eq!(value(text), Value::Text(Arc::from(text)), "{text}");
        }
        assert_eq!(value("#DIV/0!"), Value::Error(Arc::from("#DIV/0!")));
    }

    #[test]
    fn rows_keep_their_place_after_blank_lines() {
        let limits = crate::Limits::default();
        for text in ["a,b\n\n\nc,d\n\"x\ny\",2\nz,3\n", "a,b\r\n\r\n\r\nc,d\r\n\"x\ny\",2\r\nz,3\r\n", "a,b\r\r\rc,d\r\"x\ny\",2\rz,3\r"] {
            let book = open(text.as_bytes(), "x.csv", &mut Counter::new(&limits)).unwrap();
            let rows: Vec<_> = book.sheets[0].rows.iter().map(|row| row.index).collect();
            assert_eq!(rows, [0, 3, 4, 5], "{text:?}");
        }
    }

    #[test]
    fn the_sheet_is_called_as_the_file() {
        assert_eq!(sheet_name("/tmp/returns/Waste [Q1].csv"), "Waste Q1");
        assert_eq!(sheet_name(".csv"), "Sheet1");
    }
}
