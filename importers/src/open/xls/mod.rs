//! Excel workbooks of 1997 to 2003, and of 1995: a stream of records in a compound file.

use std::collections::HashMap;
use std::sync::Arc;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::bytes::Bytes;
use super::compound::Compound;
use super::looks::{Font, Looks};
use super::package::{Refusal, damaged, refuse};
use super::tokens::{Grid, only_text};
use crate::address::Place;
use crate::counter::Counter;
use crate::diagnostic::Diagnostic;
use crate::reading::Format;
use crate::sheet::{Book, Sheet};

mod cells;
mod records;
mod strings;

use records::{Record, Records};

/// What the records of the whole workbook say.
struct Globals {
    /// Since 1997 text is UTF-16 and shared.
    since_1997: bool,
    code_page: &'static Encoding,
    from_1904: bool,
    formats: HashMap<u32, String>,
    fonts: Vec<Font>,
    palette: Vec<[u8; 3]>,
    looks: Looks,
    strings: Vec<Arc<str>>,
    /// Of each workbook that is referred to, whether it is another than this.
    books_outside: Vec<bool>,
    /// Of each sheet that is referred to, the same.
    outside: Vec<bool>,
    listed: Vec<Listed>,
    defined_name: Option<String>,
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    at: usize,
    hidden: bool,
}

/// What a compound file is, when it is no workbook that can be read.
pub(super) fn sniff(bytes: &[u8]) -> Result<(), Refusal> {
    let container = Compound::open(bytes).map_err(|damage| if names_encryption(bytes) { super::package::password() } else { damage })?;
    if container.has("Workbook") || container.has("Book") {
        return Ok(());
    }
    if container.has("EncryptedPackage") || container.has("EncryptionInfo") {
        return Err(super::package::password());
    }
    let words = if container.has("WordDocument") {
        "a Word document"
    } else if container.has("PowerPoint Document") {
        "a PowerPoint presentation"
    } else if container.has("__properties_version1.0") {
        "an Outlook message"
    } else {
        "an Office file of another kind"
    };
    Err(super::not_a_workbook(&format!("The file is {words}, not a workbook.")))
}

/// Whether a container that cannot be followed still names what only an encrypted workbook has; names are UTF-16.
fn names_encryption(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// Reads every sheet that is within the limits.
pub(super) fn open(bytes: &[u8], counter: &mut Counter<'_>) -> Result<Book, Refusal> {
    let container = Compound::open(bytes)?;
    let stream = container.stream("Workbook")?.map_or_else(|| container.stream("Book"), |stream| Ok(Some(stream)))?;
    let stream = stream.ok_or_else(|| damaged("it has no workbook part"))?;
    let globals = Globals::read(&stream)?;
    if globals.listed.len() > counter.limits.sheets {
        let message = format!("The workbook has {} sheets; at most {} are read.", globals.listed.len(), counter.limits.sheets);
        return Err(refuse("FIL-005", message, "Send the sheets with figures in a workbook of their own."));
    }
    counter.expect(stream.len() as u64);
    let mut book = Book::new(Format::Xls);
    book.defined_name.clone_from(&globals.defined_name);
    for listed in &globals.listed {
        let mut read = cells::Reader::new(listed, &globals, counter);
        let whole = read.read(&stream);
        let mut sheet = read.finish();
        if let Err(problem) = whole {
            if !matches!(&*problem.code, "FIL-006" | "FIL-007") {
                return Err(problem);
            }
            book.diagnostics.push(*problem);
            sheet = Sheet { name: listed.name.clone(), hidden: listed.hidden, ..Sheet::default() };
        }
        book.sheets.push(sheet);
    }
    book.diagnostics.extend(counter.problems());
    if globals.from_1904 {
        book.diagnostics.push(Diagnostic::new("PER-030", Place::file(), "The workbook counts dates from 1904; they were converted."));
    }
    if globals.books_outside.contains(&true) {
        let message = "The workbook has links to other files or data connections; they are not followed.";
        book.diagnostics.push(Diagnostic::new("FIL-011", Place::file(), message));
    }
    if container.has("_VBA_PROJECT_CUR") {
        book.diagnostics.push(Diagnostic::new("FIL-010", Place::file(), "The workbook has macros; they are ignored."));
    }
    Ok(book)
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Self, Refusal> {
        let mut globals = Self {
            since_1997: true,
            code_page: WINDOWS_1252,
            from_1904: false,
            formats: HashMap::new(),
            fonts: Vec::new(),
            palette: records::PALETTE.to_vec(),
            looks: Looks::default(),
            strings: Vec::new(),
            books_outside: Vec::new(),
            outside: Vec::new(),
            listed: Vec::new(),
            defined_name: None,
        };
        let mut styles = Vec::new();
        let mut records = Records::new(stream, 0);
        let first = records.next_record()?.filter(|record| record.kind == 0x0809).ok_or_else(|| damaged("its records cannot be read"))?;
        globals.since_1997 = match first.bytes().u16() {
            Some(0x0600) => true,
            Some(0x0500) => false,
            _ => return Err(damaged("its records are of no version that is known")),
        };
        while let Some(record) = records.next_record()? {
            match record.kind {
                0x000A => break,
                0x002F => return Err(super::package::password()),
                0x00E0 => styles.push(record.first),
                _ => globals.take(&record)?,
            }
        }
        for style in styles {
            globals.style(style);
        }
        Ok(globals)
    }

    /// One record; what is cut short in it is passed over, for a cell that needed it will say so.
    fn take(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        let mut bytes = record.bytes();
        match record.kind {
            0x0022 => self.from_1904 = bytes.u16() == Some(1),
            0x0031 => self.fonts.push(font(bytes).unwrap_or_default()),
            0x0042 => self.code_page = records::code_page(bytes.u16().unwrap_or(1252)),
            0x0092 => {
                let count = bytes.u16().unwrap_or(0).min(56);
                let colours = (0..count).map_while(|_| bytes.take(4)).map(|c| [c[0], c[1], c[2]]);
                self.palette = colours.chain(records::PALETTE.into_iter().skip(count.into())).collect();
            }
            0x041E => {
                let id = bytes.u16().unwrap_or(0);
                let code = if self.since_1997 { strings::long(bytes) } else { self.short(bytes) };
                self.formats.extend(code.map(|code| (u32::from(id), code)));
            }
            0x0085 => {
                let listed = self.listed(bytes).ok_or_else(|| damaged("its list of sheets cannot be read"))?;
                self.listed.extend(listed);
            }
            0x00FC => self.strings = strings::shared(record).ok_or_else(|| damaged("its table of texts cannot be read"))?,
            0x0018 => self.defined_name = self.defined_name.take().or_else(|| self.fingerprint(bytes)),
            0x01AE => self.books_outside.push(bytes.rest().get(2..4) != Some(&[1, 4]) && record.first.len() > 4),
            0x0017 if self.since_1997 => {
                let count = bytes.u16().unwrap_or(0);
                let books = (0..count).map_while(|_| bytes.take(6)).map(|entry| usize::from(u16::from_le_bytes([entry[0], entry[1]])));
                self.outside = books.map(|book| self.books_outside.get(book) == Some(&true)).collect();
            }
            _ => {}
        }
        Ok(())
    }

    /// A text of an old workbook, with its length in one byte.
    fn short(&self, mut bytes: Bytes<'_>) -> Option<String> {
        let length = bytes.u8()?;
        bytes.take(length.into()).map(|text| self.code_page.decode_without_bom_handling(text).0.into_owned())
    }

    /// A worksheet of the list; none for charts and macro sheets.
    fn listed(&self, mut bytes: Bytes<'_>) -> Option<Option<Listed>> {
        let at = bytes.u32()? as usize;
        let hidden = bytes.u8()? & 3 != 0;
        let kind = bytes.u8()?;
        let name = if self.since_1997 { strings::short(bytes) } else { self.short(bytes) }?;
        Some((kind == 0).then_some(Listed { name, at, hidden }))
    }

    fn style(&mut self, style: &[u8]) {
        let mut bytes = Bytes::new(style);
        let (font, format) = (bytes.u16().unwrap_or(0), bytes.u16().unwrap_or(0));
        // There is no fourth font: the numbers jump from 3 to 5.
        let font = usize::from(if font > 4 { font - 1 } else { font });
        let code = self.formats.get(&format.into()).cloned();
        self.looks.push(format.into(), code.as_deref(), self.fonts.get(font).copied().unwrap_or_default(), self.fill(style));
    }

    /// The colour a style fills its cells with.
    fn fill(&self, style: &[u8]) -> Option<Arc<str>> {
        let solid = style.get(17)? >> 2 == 1;
        let colour = usize::from(style.get(18)? & 0x7F);
        let [red, green, blue] = *self.palette.get(colour.checked_sub(8)?).filter(|_| solid && self.since_1997)?;
        Some(format!("{red:02X}{green:02X}{blue:02X}")).filter(|colour| colour != "FFFFFF").map(Arc::from)
    }

    /// The text of the defined name that carries a template's fingerprint.
    fn fingerprint(&self, mut bytes: Bytes<'_>) -> Option<String> {
        bytes.skip(3)?;
        let letters = bytes.u8()?;
        let tokens = bytes.u16()?;
        bytes.skip(8)?;
        let name = if self.since_1997 { strings::letters(&mut bytes, letters.into())? } else { return None };
        let formula = bytes.take(tokens.into())?;
        name.eq_ignore_ascii_case(rules::workbook::FINGERPRINT_NAME).then(|| only_text(formula, Grid::Old)).flatten()
    }
}

fn font(mut bytes: Bytes<'_>) -> Option<Font> {
    bytes.skip(2)?;
    let flags = bytes.u16()?;
    bytes.skip(2)?;
    Some(Font { bold: bytes.u16()? >= 700, struck: flags & 8 != 0 })
}
