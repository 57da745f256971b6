//! The rows of a table, written by us. The library that makes the rest of a workbook keeps every cell of every sheet
//! until the end; here a row is written out and compressed as it comes, and what is kept of a sheet is about a tenth
//! of its text. How cells look is the library's: a row carries only the number of each look.

use std::fmt::Write as _;
use std::io::{Cursor, Read, Seek, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::RenderError;
use crate::sheet::{excel_day, excel_time, row_height};
use crate::style::{Look, Looks};
use crate::table::{Cell, TablePage};

/// Text gathered before it is compressed.
const CHUNK_BYTES: usize = 1 << 16;
/// How hard rows are pressed until the workbook is put together: they are pressed again then.
const LEVEL_KEPT: i64 = 1;

/// The written rows of one sheet.
pub(crate) struct Rows {
    /// An archive with one part.
    packed: Vec<u8>,
    /// The cells the sheet has, as `A1:N3605`.
    pub(crate) area: String,
}

impl Rows {
    /// Whether a table is of cells that can be written here. Links and formulas are left to the library, and so are
    /// cells somebody types into.
    pub(crate) fn can_hold(page: &TablePage) -> bool {
        !page.rows.is_empty()
            && page.columns.len() <= 26
            && page.rows.iter().flatten().all(|cell| !matches!(cell, Cell::Link(..) | Cell::Formula(..) | Cell::Input(_)))
    }

    /// Writes all rows of a page whose widths are settled, and takes them from it. `heading` is the row of the
    /// headings, from 0.
    pub(crate) fn write(page: &mut TablePage, heading: u32, looks: &mut Looks) -> Result<Self, RenderError> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(LEVEL_KEPT))
            .last_modified_time(DateTime::default());
        zip.start_file("rows", options)?;
        let mut out = String::with_capacity(CHUNK_BYTES * 2);
        let mut numbers = Numbers { looks, lines: page.fit, known: Vec::new() };
        let mut row = heading + 1;
        for cells in std::mem::take(&mut page.rows) {
            row += 1;
            let number = row.to_string();
            // Writing to a String cannot fail.
            let _ = write!(out, "<row r=\"{number}\" ht=\"{}\" customHeight=\"1\">", as_shown(row_height(&cells, page)));
            for (letter, cell) in ('A'..='Z').zip(&cells) {
                out.push_str("<c r=\"");
                out.push(letter);
                out.push_str(&number);
                out.push_str("\" s=\"");
                out.push_str(numbers.of(cell));
                write_cell(&mut out, cell)?;
            }
            out.push_str("</row>");
            if out.len() >= CHUNK_BYTES {
                zip.write_all(out.as_bytes())?;
                out.clear();
            }
        }
        zip.write_all(out.as_bytes())?;
        let last = ('A'..='Z').nth(page.columns.len().saturating_sub(1)).unwrap_or('Z');
        Ok(Self { packed: zip.finish()?.into_inner(), area: format!("A1:{last}{row}") })
    }

    /// Copies the rows into a part.
    pub(crate) fn copy_to(&self, part: &mut ZipWriter<impl std::io::Write + Seek>) -> Result<(), RenderError> {
        let mut archive = ZipArchive::new(Cursor::new(self.packed.as_slice()))?;
        let mut chunk = vec![0; CHUNK_BYTES];
        let mut rows = archive.by_index(0)?;
        loop {
            let read = rows.read(&mut chunk)?;
            if read == 0 {
                return Ok(());
            }
            part.write_all(&chunk[..read])?;
        }
    }
}

/// The height a program shows: whole pixels of three quarters of a point.
fn as_shown(points: f64) -> f64 {
    (points * 4.0 / 3.0).round() * 0.75
}

/// The numbers of looks, in digits. A table has a dozen of them, and most rows the same ones: a search from the front
/// beats a table that hashes.
struct Numbers<'a> {
    looks: &'a mut Looks,
    lines: bool,
    known: Vec<(Look, String)>,
}

impl Numbers<'_> {
    fn of(&mut self, cell: &Cell) -> &str {
        let at = self.known.iter().position(|(look, _)| is_of(look, cell)).unwrap_or_else(|| {
            let look = cell.look();
            let number = self.looks.number(&look, self.lines).to_string();
            self.known.push((look, number));
            self.known.len() - 1
        });
        &self.known[at].1
    }
}

/// Whether a cell has this look: what [`Cell::look`] says, without making one.
fn is_of(look: &Look, cell: &Cell) -> bool {
    match (look, cell) {
        (Look::Figure(format), Cell::Figure(_, of)) => format == of,
        (Look::Status(colour), Cell::Status(of, _)) => colour == of,
        (Look::Text, Cell::Text(_)) | (Look::Right, Cell::Mark(_)) | (Look::Date, Cell::Date(_)) | (Look::Instant, Cell::Instant(_)) => {
            true
        }
        _ => false,
    }
}

/// The rest of a cell, behind the number of its look.
fn write_cell(out: &mut String, cell: &Cell) -> Result<(), RenderError> {
    match cell {
        Cell::Text(words) | Cell::Status(_, words) | Cell::Preset(words) => text(out, words),
        Cell::Mark(mark) => text(out, mark),
        Cell::Figure(value, _) => number(out, *value),
        Cell::Date(day) => number(out, excel_day(*day)?.to_excel()),
        Cell::Instant(at) => number(out, excel_time(*at)?.to_excel()),
        Cell::Link(..) | Cell::Formula(..) | Cell::Input(_) => out.push_str("\"/>"),
    }
    Ok(())
}

fn number(out: &mut String, value: f64) {
    if value.is_finite() {
        let _ = write!(out, "\"><v>{value}</v></c>");
    } else {
        out.push_str("\"/>");
    }
}

/// Text in the cell itself: a table of all texts would be kept until the end.
fn text(out: &mut String, words: &str) {
    if words.is_empty() {
        out.push_str("\"/>");
        return;
    }
    let spaced = words.starts_with(['\n', ' ']) || words.ends_with(['\n', ' ']);
    out.push_str("\" t=\"inlineStr\"><is><t");
    out.push_str(if spaced { " xml:space=\"preserve\">" } else { ">" });
    escape(out, words);
    out.push_str("</t></is></c>");
}

/// What XML cannot hold is left out; `_x0041_` is a program's way to write a character, and is said to be none.
fn escape(out: &mut String, words: &str) {
    if words.bytes().all(|byte| (b' '..0x7f).contains(&byte) && !matches!(byte, b'&' | b'<' | b'>' | b'_')) {
        return out.push_str(words);
    }
    for (at, c) in words.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if is_code(&words.as_bytes()[at..]) => out.push_str("_x005F_"),
            '\n' | '\t' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

/// Whether the text begins as `_x0041_` does.
fn is_code(text: &[u8]) -> bool {
    matches!(text, [b'_', b'x', a, b, c, d, b'_', ..] if [a, b, c, d].iter().all(|digit| digit.is_ascii_hexdigit()))
}
