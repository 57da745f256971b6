//! Separated text. Nothing in it says what a cell is, so what looks like a plain number is one and the rest is text.

use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::number_format;
use super::package::{Refusal, damaged};
use crate::reading::Format;
use crate::sheet::{Book, Cell, Counter, Row, Sheet, Style, Value};

/// How much of the text is looked at to find the separator.
const SNIFF_LINES: usize = 50;

/// Whether bytes can be text at all: UTF-16 needs its mark, anything else has no zero bytes and hardly a control.
pub(super) fn looks_like_text(bytes: &[u8]) -> bool {
    if Encoding::for_bom(bytes).is_some() {
        return true;
    }
    let head = bytes.get(..8_192).unwrap_or(bytes);
    let odd = head.iter().filter(|b| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)).count();
    let markup = head.trim_ascii_start();
    !head.contains(&0)
        && odd * 100 <= head.len()
        && !markup.starts_with(b"<")
        && !markup.starts_with(b"%PDF")
        && !markup.starts_with(b"{\\rtf")
}

pub(super) fn open(bytes: &[u8], file_name: &str, counter: &mut Counter<'_>) -> Result<Book, Refusal> {
    let text = decode(bytes);
    let mut book = Book::new(Format::Csv);
    let mut sheet = Sheet { name: sheet_name(file_name), ..Sheet::default() };
    let style = Arc::new(Style { percent: Some(false), ..Style::default() });
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator(&text)).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let (mut index, mut end) = (0_u32, 0_usize);
    let mut problem = None;
    while problem.is_none() && reader.read_record(&mut record).map_err(|_| damaged("its lines cannot be told apart"))? {
        // The reader passes over blank lines; rows keep the place a spreadsheet program would give them.
        index = index.saturating_add(blank_lines(text.get(end..).unwrap_or_default(), text.get(..end).unwrap_or_default()));
        end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let mut row = Row { index, ..Row::default() };
        for (column, field) in (0_u32..).zip(record.iter()).filter(|(_, field)| !field.is_empty()) {
            if let Err(too_much) = counter.take(&sheet.name, index, column, 1) {
                problem = Some(too_much);
                break;
            }
            let value = value(field, counter.limits.cell_characters);
            row.cells.push(Cell { column, value, style: style.clone(), formula: None, uncached: false });
        }
        if !row.cells.is_empty() {
            sheet.rows.push(row);
        }
        index = index.saturating_add(1);
    }
    if let Some(problem) = problem {
        book.diagnostics.push(*problem);
        sheet.rows.clear();
    }
    book.sheets.push(sheet);
    Ok(book)
}

/// How many line ends stand before the next record; the second half of a line end already read is none.
fn blank_lines(ahead: &str, read: &str) -> u32 {
    let ahead = if read.ends_with('\r') { ahead.strip_prefix('\n').unwrap_or(ahead) } else { ahead };
    let ends = &ahead[..ahead.len() - ahead.trim_start_matches(['\r', '\n']).len()];
    let pairs = ends.matches("\r\n").count();
    u32::try_from(ends.len() - pairs).unwrap_or(u32::MAX)
}

/// The file's name without its ending and characters no sheet may have, as spreadsheet programs do.
fn sheet_name(file_name: &str) -> String {
    let base = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    let name: String = stem.chars().filter(|c| !c.is_control() && !"[]:*?/\\".contains(*c)).take(31).collect();
    if name.trim().is_empty() { "Sheet1".to_owned() } else { name }
}

/// UTF-8 and UTF-16 by their mark, UTF-8 without, and otherwise what Excel writes on Windows.
fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0.into_owned();
    }
    let utf8 = UTF_8.decode_without_bom_handling_and_without_replacement(bytes);
    utf8.unwrap_or_else(|| WINDOWS_1252.decode_without_bom_handling(bytes).0).into_owned()
}

/// The separator that cuts the first lines into the same number of fields most often.
fn separator(text: &str) -> u8 {
    let score = |separator: char| {
        let counts: Vec<usize> = lines(text).map(|line| outside_quotes(line, separator)).filter(|n| *n > 0).collect();
        let most = counts.iter().copied().max_by_key(|n| counts.iter().filter(|m| *m == n).count()).unwrap_or(0);
        (counts.iter().filter(|n| **n == most).count(), most)
    };
    let best = [(',', b','), (';', b';'), ('\t', b'\t'), ('|', b'|')].into_iter().rev().max_by_key(|(c, _)| score(*c));
    best.map_or(b',', |(_, byte)| byte)
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(SNIFF_LINES)
}

fn outside_quotes(line: &str, separator: char) -> usize {
    let mut quoted = false;
    line.chars()
        .filter(|c| {
            quoted ^= *c == '"';
            !quoted && *c == separator
        })
        .count()
}

/// Digits with at most one point and a sign in front are a number, unless zeros in front make it a code.
fn value(field: &str, most: usize) -> Value {
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
        None if trimmed.starts_with('#') && trimmed.ends_with(['!', '?', 'A']) && !trimmed.contains(' ') => {
            Value::Error(Arc::from(trimmed))
        }
        None => Value::Text(Arc::from(field.char_indices().nth(most).map_or(field, |(at, _)| &field[..at]))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_found_by_what_the_lines_agree_on() {
        assert_eq!(separator("a,b,c\n1,2,3\n"), b',');
        assert_eq!(separator("a;b;c\n1,5;2,5;3\n"), b';');
        assert_eq!(separator("a\tb\n1,234\t2\n"), b'\t');
        assert_eq!(separator("\"one, two\";b\n\"x, y, z\";2\n"), b';');
        assert_eq!(separator("only one column\n"), b',');
    }

    #[test]
    fn text_is_decoded_as_it_was_written() {
        assert_eq!(decode("£1".as_bytes()), "£1");
        assert_eq!(decode(b"\xEF\xBB\xBF\xC2\xA31"), "£1");
        assert_eq!(decode(b"\xA31"), "£1");
        assert_eq!(decode(b"\xFF\xFE\xA3\x001\x00"), "£1");
        assert_eq!(decode(b"\xFE\xFF\x00\xA3\x001"), "£1");
    }

    #[test]
    fn plain_numbers_are_numbers_and_codes_are_not() {
        assert_eq!(value("87.2", 99), Value::Number("87.2".parse().unwrap()));
        assert_eq!(value("-3", 99), Value::Number("-3".parse().unwrap()));
        for text in ["007", "1,234", "87.2%", "2023/24", "1.2.3", "5.", "", "1e5", "+4"] {
            assert_eq!(value(text, 99), Value::Text(Arc::from(text)), "{text}");
        }
        assert_eq!(value("#DIV/0!", 99), Value::Error(Arc::from("#DIV/0!")));
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
    fn programs_and_pictures_are_not_text() {
        for bytes in [b"\x7fELF\x02\x01\x01\0".as_slice(), b"\x89PNG\r\n\x1a\n\0\0", b"%PDF-1.7", b"<html>", b"\0\0\0"] {
            assert!(!looks_like_text(bytes));
        }
        assert!(looks_like_text(b"Ref,Value\r\nA1,2\r\n"));
    }
}
