//! A workbook of data, written row by row.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{Cursor, Seek, Write};

use chrono::{Datelike, NaiveDate};
use rules::measure::UnitKind;
use rust_decimal::Decimal;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::shell::{CellLook, SHEET, STRINGS, Shell, TABLE, cover_alone, part};
use super::{DATA_COLUMNS, DATA_ROWS_MAX, DataCell, DataRow, DataSet, cells};
use crate::RenderError;
use crate::figures::{Shown, float};
use crate::text;

/// Columns in the letters of a sheet: A to V.
const LETTERS: [&str; DATA_COLUMNS.len()] =
    ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T", "U", "V"];

/// The columns whose looks in the shell are those of whole and of other numbers.
const WHOLE: usize = 16;
const BROKEN: usize = 17;

/// Bytes of rows gathered before they are compressed.
const CHUNK_BYTES: usize = 1 << 16;

/// Writes an export row by row as a workbook of two sheets, Cover and Data. What grows with the rows goes out as it
/// comes; what is kept is a text for each different period.
pub struct DataBook<W: Write + Seek> {
    set: DataSet,
    state: State<W>,
}

enum State<W: Write + Seek> {
    /// No row came yet: a table without rows is none.
    Waiting(W),
    Writing(Box<Rows<W>>),
}

struct Rows<W: Write + Seek> {
    zip: ZipWriter<W>,
    shell: Shell,
    texts: Texts,
    /// The row written last, counted from 1.
    at: u32,
    written: usize,
    chunk: String,
}

/// Texts that cells share, beside those of the shell.
struct Texts {
    known: HashMap<String, usize>,
    added: String,
    next: usize,
    xml: String,
}

impl<W: Write + Seek> DataBook<W> {
    /// Begins a workbook. Nothing is written before the first row.
    #[must_use]
    pub fn begin(set: DataSet, out: W) -> Self {
        Self { set: set.worded(), state: State::Waiting(out) }
    }

    /// Writes a row. One of a subject the export does not have is left out.
    ///
    /// # Errors
    /// [`RenderError::TooLarge`] past [`DATA_ROWS_MAX`] rows; otherwise when it cannot be written.
    pub fn row(self, row: &DataRow) -> Result<Self, RenderError> {
        let Self { set, state } = self;
        if row.subject >= set.subjects.len() {
            return Ok(Self { set, state });
        }
        let mut rows = match state {
            State::Waiting(out) => Box::new(Rows::begin(&set, out)?),
            State::Writing(rows) => rows,
        };
        rows.row(&set, row)?;
        Ok(Self { set, state: State::Writing(rows) })
    }

    /// Ends the workbook.
    ///
    /// # Errors
    /// [`RenderError`] when it cannot be written.
    pub fn finish(self) -> Result<W, RenderError> {
        match self.state {
            State::Writing(rows) => rows.finish(),
            State::Waiting(mut out) => {
                out.write_all(&cover_alone(&self.set)?)?;
                out.flush()?;
                Ok(out)
            }
        }
    }
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o600)
}

impl<W: Write + Seek> Rows<W> {
    fn begin(set: &DataSet, out: W) -> Result<Self, RenderError> {
        let shell = Shell::of(set)?;
        let texts = Texts::of(part(&shell.bytes, STRINGS)?)?;
        let mut zip = ZipWriter::new(out);
        let mut source = ZipArchive::new(Cursor::new(shell.bytes.as_slice()))?;
        for at in 0..source.len() {
            let kept = source.by_index_raw(at)?;
            if ![SHEET, TABLE, STRINGS].contains(&kept.name()?.as_ref()) {
                zip.raw_copy_file(kept)?;
            }
        }
        zip.start_file(SHEET, options())?;
        zip.write_all(shell.before.as_bytes())?;
        zip.write_all(b"<sheetData>")?;
        zip.write_all(shell.above.as_bytes())?;
        let at = shell.heading;
        Ok(Self { zip, shell, texts, at, written: 0, chunk: String::with_capacity(CHUNK_BYTES * 2) })
    }

    fn row(&mut self, set: &DataSet, row: &DataRow) -> Result<(), RenderError> {
        if self.written == DATA_ROWS_MAX {
            return Err(RenderError::TooLarge(format!("more than {DATA_ROWS_MAX} rows of data")));
        }
        let (Some(subject), Some(look)) = (set.subjects.get(row.subject), self.shell.looks.get(row.subject)) else { return Ok(()) };
        self.at += 1;
        self.written += 1;
        let (at, out, texts) = (self.at, &mut self.chunk, &mut self.texts);
        let shown = Shown::new(&subject.unit, subject.decimals);
        let period = row.period.words();
        let (whole, broken) = (&look.cells[WHOLE], &look.cells[BROKEN]);
        // Writing to a String cannot fail.
        let _ = write!(out, "<row r=\"{at}\"{}>", look.attributes);
        for ((cell, own), letters) in cells(set, subject, row, &period).into_iter().zip(&look.cells).zip(LETTERS) {
            let look = match cell {
                DataCell::Number(number) if number.fract().is_zero() => whole,
                DataCell::Number(_) => broken,
                _ => own,
            };
            let place = Placed { at, letters, look };
            match cell {
                DataCell::Fixed(_) => place.shared(out, look.text.as_deref()),
                DataCell::Said(words) => {
                    let text = texts.number(words);
                    place.shared(out, Some(&text));
                }
                DataCell::Day(day) => match serial(day) {
                    Some(serial) => place.number(out, f64::from(serial)),
                    None => place.inline(out, &day.format("%-d %B %Y").to_string()),
                },
                DataCell::Figure(figure) => place.figure(out, shown.number(figure), figure, shown),
                DataCell::Number(number) if is_exact(float(number), number) => place.number(out, float(number)),
                DataCell::Number(number) => place.inline(out, &number.normalize().to_string()),
                DataCell::Blank => place.blank(out),
            }
        }
        out.push_str("</row>");
        if out.len() >= CHUNK_BYTES {
            self.zip.write_all(out.as_bytes())?;
            out.clear();
        }
        Ok(())
    }

    fn finish(mut self) -> Result<W, RenderError> {
        self.zip.write_all(self.chunk.as_bytes())?;
        self.zip.write_all(b"</sheetData>")?;
        self.zip.write_all(self.shell.after.as_bytes())?;
        let last = self.shell.heading + u32::try_from(self.shell.looks.len()).unwrap_or(u32::MAX);
        let range = |last: u32| format!("A{}:V{last}", self.shell.heading);
        let table = part(&self.shell.bytes, TABLE)?.replace(&format!("\"{}\"", range(last)), &format!("\"{}\"", range(self.at)));
        self.zip.start_file(TABLE, options())?;
        self.zip.write_all(table.as_bytes())?;
        self.zip.start_file(STRINGS, options())?;
        self.zip.write_all(self.texts.finish().as_bytes())?;
        let mut out = self.zip.finish()?;
        out.flush()?;
        Ok(out)
    }
}

/// A cell to be written.
#[derive(Clone, Copy)]
struct Placed<'a> {
    at: u32,
    letters: &'a str,
    look: &'a CellLook,
}

impl Placed<'_> {
    fn cell(self, out: &mut String, kind: &str, held: &str) {
        let Self { at, letters, look } = self;
        let _ = write!(out, "<c r=\"{letters}{at}\" s=\"{}\"{kind}{held}", look.style);
    }

    fn blank(self, out: &mut String) {
        self.cell(out, "", "/>");
    }

    fn shared(self, out: &mut String, text: Option<&str>) {
        match text {
            Some(text) => self.cell(out, " t=\"s\"", &format!("><v>{text}</v></c>")),
            None => self.blank(out),
        }
    }

    fn inline(self, out: &mut String, words: &str) {
        self.cell(out, " t=\"inlineStr\"", &format!("><is><t>{}</t></is></c>", escaped(words)));
    }

    fn number(self, out: &mut String, number: f64) {
        self.cell(out, "", &format!("><v>{number}</v></c>"));
    }

    /// A figure in its unit; as text where a workbook's binary number would be another figure.
    fn figure(self, out: &mut String, number: f64, figure: Decimal, shown: Shown) {
        let percent = shown.kind == UnitKind::Percent;
        let held = if percent { figure.checked_div(Decimal::ONE_HUNDRED).unwrap_or(figure) } else { figure };
        if is_exact(number, held) {
            self.number(out, number);
        } else {
            self.inline(out, &format!("{}{}", figure.normalize(), if percent { "%" } else { "" }));
        }
    }
}

/// Whether a binary number is written with the same digits as a decimal.
fn is_exact(number: f64, decimal: Decimal) -> bool {
    number.to_string().parse::<Decimal>().is_ok_and(|read| read.normalize() == decimal.normalize())
}

/// Days as a workbook counts them; none before 1901, where programs disagree.
fn serial(day: NaiveDate) -> Option<i32> {
    let zero = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    ((1901..=9999).contains(&day.year())).then(|| i32::try_from((day - zero).num_days()).ok())?
}

impl Texts {
    fn of(xml: String) -> Result<Self, RenderError> {
        let unique = xml.split_once("uniqueCount=\"").and_then(|(_, rest)| rest.split('"').next()?.parse().ok());
        let next = unique.ok_or_else(|| RenderError::Unwritable("the writer's texts are not counted".to_owned()))?;
        Ok(Self { known: HashMap::new(), added: String::new(), next, xml })
    }

    /// The number of a text.
    fn number(&mut self, words: &str) -> String {
        if let Some(known) = self.known.get(words) {
            return known.to_string();
        }
        let number = self.next;
        self.next += 1;
        let _ = write!(self.added, "<si><t>{}</t></si>", escaped(words));
        self.known.insert(words.to_owned(), number);
        number.to_string()
    }

    /// The part with all texts. How often they are used is not counted: the attribute may be left out.
    fn finish(self) -> String {
        let Self { xml, added, next, .. } = self;
        let (head, rest) = xml.split_once("<si>").map_or((xml.as_str(), ""), |(head, rest)| (head, rest));
        let head = head.split(' ').filter(|word| !word.starts_with("count=")).map(|word| match word.strip_prefix("uniqueCount=") {
            Some(ends) if ends.ends_with('>') => format!("uniqueCount=\"{next}\">"),
            Some(_) => format!("uniqueCount=\"{next}\""),
            None => word.to_owned(),
        });
        let head = head.collect::<Vec<_>>().join(" ");
        let texts = rest.strip_suffix("</sst>").unwrap_or(rest);
        format!("{head}<si>{texts}{added}</sst>")
    }
}

fn escaped(words: &str) -> String {
    text::clean(words).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
