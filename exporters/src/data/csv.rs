//! Comma-separated values by RFC 4180: one header row, lines that end in CR LF, UTF-8.

use std::io::Write;

use rust_decimal::Decimal;

use super::{DATA_COLUMNS, DataCell, DataRow, DataSet, cells};
use crate::RenderError;
use crate::text;

/// What tells Excel that text is UTF-8: without it a pound sign is read as two other letters.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Characters that make a spreadsheet program read a text as a formula.
const FORMULA_BEGINS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Writes an export row by row. Numbers are exact decimals without separators, dates are `2024-06-30`, and blank is nothing said.
///
/// A text that begins like a formula is written behind an apostrophe: the format cannot say that a cell is text, and
/// the programs people open it with would run it. Numbers are never changed.
pub struct DataCsv<W: Write> {
    out: W,
    set: DataSet,
    line: String,
}

impl<W: Write> DataCsv<W> {
    /// Begins with the header row.
    ///
    /// # Errors
    /// [`RenderError`] when it cannot be written.
    pub fn begin(set: DataSet, mut out: W) -> Result<Self, RenderError> {
        out.write_all(MARK)?;
        let mut line = String::new();
        for (at, column) in DATA_COLUMNS.iter().enumerate() {
            if at > 0 {
                line.push(',');
            }
            field(&mut line, column.heading);
        }
        let mut csv = Self { out, set: set.worded(), line };
        csv.end()?;
        Ok(csv)
    }

    /// Writes a row. One of a subject the export does not have is left out.
    ///
    /// # Errors
    /// [`RenderError`] when it cannot be written.
    pub fn row(&mut self, row: &DataRow) -> Result<(), RenderError> {
        let Some(subject) = self.set.subjects.get(row.subject) else { return Ok(()) };
        let period = row.period.words();
        for (at, cell) in cells(&self.set, subject, row, &period).into_iter().enumerate() {
            if at > 0 {
                self.line.push(',');
            }
            match cell {
                DataCell::Fixed(words) | DataCell::Said(words) => field(&mut self.line, &text::clean(words)),
                DataCell::Day(day) => self.line.push_str(&day.format("%Y-%m-%d").to_string()),
                DataCell::Figure(number) | DataCell::Number(number) => self.line.push_str(&plain(number)),
                DataCell::Blank => {}
            }
        }
        self.end()
    }

    /// Everything written.
    ///
    /// # Errors
    /// [`RenderError`] when it cannot be written.
    pub fn finish(mut self) -> Result<W, RenderError> {
        self.out.flush()?;
        Ok(self.out)
    }

    fn end(&mut self) -> Result<(), RenderError> {
        self.line.push_str("\r\n");
        self.out.write_all(self.line.as_bytes())?;
        self.line.clear();
        Ok(())
    }
}

/// A number as a machine reads it.
fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

/// Adds a text as one field: quoted where it needs to be, and behind an apostrophe where it begins like a formula.
pub fn field(line: &mut String, words: &str) {
    let formula = words.starts_with(FORMULA_BEGINS);
    let quoted = words.contains(['"', ',', '\n', '\r']) || words.starts_with(' ') || words.ends_with(' ');
    if quoted {
        line.push('"');
    }
    if formula {
        line.push('\'');
    }
    if words.contains('"') {
        line.push_str(&words.replace('"', "\"\""));
    } else {
        line.push_str(words);
    }
    if quoted {
        line.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(words: &str) -> String {
        let mut line = String::new();
        field(&mut line, words);
        line
    }

    #[test]
    fn fields_are_quoted_where_the_format_asks_for_it() {
        assert_eq!(said("Missed bins"), "Missed bins");
        assert_eq!(said("Bins, missed"), "\"Bins, missed\"");
        assert_eq!(said("The \"blue\" bin"), "\"The \"\"blue\"\" bin\"");
        assert_eq!(said("One\nTwo"), "\"One\nTwo\"");
        assert_eq!(said(""), "");
    }

    #[test]
    fn a_text_that_begins_like_a_formula_stays_text() {
        assert_eq!(said("=1+1"), "'=1+1");
        assert_eq!(said("@SUM(A1,A2)"), "\"'@SUM(A1,A2)\"");
        for begins in ["+", "-", "\t", "\r"] {
            assert!(said(&format!("{begins}1")).trim_start_matches('"').starts_with('\''), "{begins:?}");
        }
        assert_eq!(said("1+1="), "1+1=");
    }
}
