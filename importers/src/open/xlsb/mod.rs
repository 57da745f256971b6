//! Excel's binary workbooks since 2007: the parts of an .xlsx, with records instead of XML in most.

use std::collections::HashMap;
use std::sync::Arc;

use super::bytes::Bytes;
use super::looks::{Font, Looks};
use super::package::{Package, Refusal, damaged, refuse};
use super::tokens::{Grid, only_text};
use super::xlsx::{self, Relation, relations};
use crate::address::Place;
use crate::counter::Counter;
use crate::diagnostic::Diagnostic;
use crate::reading::Format;
use crate::sheet::{Area, Book, Sheet};

mod cells;
mod records;

use records::Records;

/// What the parts of the whole workbook say.
#[derive(Default)]
struct Globals {
    from_1904: bool,
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
    relation: String,
    hidden: bool,
}

/// The part that is the workbook.
const WORKBOOK: &str = "xl/workbook.bin";

/// Reads every sheet that is within the limits.
pub(super) fn open(package: &mut Package<'_>, counter: &mut Counter<'_>) -> Result<Book, Refusal> {
    let mut book = Book::new(Format::Xlsb);
    let part = package.bytes(WORKBOOK)?.ok_or_else(|| damaged("it has no workbook part"))?;
    let mut globals = Globals::default();
    globals.workbook(&part)?;
    if globals.listed.len() > counter.limits.sheets {
        let message = format!("The workbook has {} sheets; at most {} are read.", globals.listed.len(), counter.limits.sheets);
        return Err(refuse("FIL-005", message, "Send the sheets with figures in a workbook of their own."));
    }
    let relations = relations(package, WORKBOOK)?;
    let by_kind = |kind: &str| relations.values().find(|r| r.kind.ends_with(kind)).map(|r| r.target.clone());
    if let Some(part) = package.bytes(&by_kind("/sharedStrings").unwrap_or_else(|| "xl/sharedStrings.bin".to_owned()))? {
        globals.strings(&part)?;
    }
    if let Some(part) = package.bytes(&by_kind("/styles").unwrap_or_else(|| "xl/styles.bin".to_owned()))? {
        globals.styles(&part)?;
    }
    counter.expect(package.cell_bytes());
    for listed in &globals.listed {
        let Some(relation) = relations.get(&listed.relation).filter(|r| r.kind.ends_with("/worksheet")) else { continue };
        book.sheets.push(sheet(package, relation, listed, &globals, counter, &mut book.diagnostics)?);
    }
    book.diagnostics.extend(counter.problems());
    if globals.from_1904 {
        book.diagnostics.push(Diagnostic::new("PER-030", Place::file(), "The workbook counts dates from 1904; they were converted."));
    }
    book.defined_name = globals.defined_name;
    book.property = xlsx::property(package, rules::workbook::FINGERPRINT_NAME)?;
    xlsx::warnings(package, &mut book);
    Ok(book)
}

fn sheet(
    package: &mut Package<'_>,
    relation: &Relation,
    listed: &Listed,
    globals: &Globals,
    counter: &mut Counter<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Sheet, Refusal> {
    if relation.outside {
        return Err(damaged(&format!("the sheet {:?} is said to lie in another file, and nothing is fetched", listed.name)));
    }
    let Some(part) = package.bytes(&relation.target)? else {
        return Err(damaged(&format!("the sheet {:?} is missing from it", listed.name)));
    };
    let (tables, comments) = related(package, &relation.target)?;
    let mut read = cells::Reader::new(listed, globals, counter);
    let whole = read.read(&part);
    let mut sheet = read.finish();
    counter.has_read(part.len() as u64);
    (sheet.tables, sheet.comments) = (tables, comments);
    match whole {
        Ok(()) => Ok(sheet),
        Err(problem) if matches!(&*problem.code, "FIL-006" | "FIL-007") => {
            diagnostics.push(*problem);
            Ok(Sheet { name: listed.name.clone(), hidden: listed.hidden, ..Sheet::default() })
        }
        Err(refusal) => Err(refusal),
    }
}

/// The marked-up tables and the number of comments of a sheet.
fn related(package: &mut Package<'_>, sheet: &str) -> Result<(Vec<Area>, usize), Refusal> {
    let (mut tables, mut comments) = (Vec::new(), 0);
    for relation in relations(package, sheet)?.into_values().filter(|r| !r.outside) {
        let wanted = relation.kind.ends_with("/table") || relation.kind.ends_with("/comments");
        let Some(part) = (if wanted { package.bytes(&relation.target)? } else { None }) else { continue };
        let mut records = Records::new(&part);
        while let Some((kind, mut bytes)) = records.next_record()? {
            match kind {
                0x027B => comments += 1,
                0x0157 => tables.extend(area(&mut bytes).filter(|_| bytes.rest().get(8..12).is_some_and(|rows| rows != [0; 4]))),
                _ => {}
            }
        }
    }
    tables.sort_by_key(|area| (area.top, area.left));
    Ok((tables, comments))
}

/// First and last row, first and last column.
fn area(bytes: &mut Bytes<'_>) -> Option<Area> {
    let (top, bottom, left, right) = (bytes.u32()?, bytes.u32()?, bytes.u32()?, bytes.u32()?);
    let inside = top <= bottom && left <= right && bottom < cells::ROWS && right < cells::COLUMNS;
    inside.then_some(Area { top, left, bottom, right })
}

impl Globals {
    fn workbook(&mut self, part: &[u8]) -> Result<(), Refusal> {
        let mut records = Records::new(part);
        while let Some((kind, mut bytes)) = records.next_record()? {
            match kind {
                0x0099 => self.from_1904 = bytes.u32().is_some_and(|flags| flags & 1 == 1),
                0x009C => {
                    let listed = listed(bytes).ok_or_else(|| damaged("its list of sheets cannot be read"))?;
                    self.listed.push(listed);
                }
                0x0163 | 0x0165 | 0x0166 | 0x029B => self.books_outside.push(kind == 0x0163),
                0x016A => {
                    let count = bytes.u32().unwrap_or(0);
                    let books = (0..count).map_while(|_| bytes.take(12)).filter_map(|entry| Bytes::new(entry).u32());
                    self.outside = books.map(|book| self.books_outside.get(book as usize) == Some(&true)).collect();
                }
                0x0027 => self.defined_name = self.defined_name.take().or_else(|| fingerprint(bytes)),
                _ => {}
            }
        }
        Ok(())
    }

    /// The table of shared texts. How many it says it holds is not asked.
    fn strings(&mut self, part: &[u8]) -> Result<(), Refusal> {
        let mut records = Records::new(part);
        while let Some((kind, mut bytes)) = records.next_record()? {
            if kind == 0x0013 {
                let text = bytes.skip(1).and_then(|()| wide(&mut bytes)).ok_or_else(|| damaged("its table of texts cannot be read"))?;
                self.strings.push(Arc::from(text));
            }
        }
        Ok(())
    }

    fn styles(&mut self, part: &[u8]) -> Result<(), Refusal> {
        let mut records = Records::new(part);
        let mut formats: HashMap<u32, String> = HashMap::new();
        let (mut fonts, mut fills) = (Vec::new(), Vec::<Option<Arc<str>>>::new());
        let mut of_cells = false;
        while let Some((kind, mut bytes)) = records.next_record()? {
            match kind {
                0x002C => {
                    let id = bytes.u16().unwrap_or(0);
                    formats.extend(wide(&mut bytes).map(|code| (u32::from(id), code)));
                }
                0x002B => fonts.push(font(bytes).unwrap_or_default()),
                0x002D => fills.push(fill(bytes)),
                0x0269 => of_cells = true,
                0x026A => of_cells = false,
                0x002F if of_cells => {
                    let parent = bytes.u16();
                    let (format, font, fill) = (bytes.u16().unwrap_or(0), bytes.u16().unwrap_or(0), bytes.u16().unwrap_or(0));
                    parent.ok_or_else(|| damaged("its styles cannot be read"))?;
                    let code = formats.get(&format.into()).map(String::as_str);
                    let font = fonts.get(usize::from(font)).copied().unwrap_or_default();
                    self.looks.push(format.into(), code, font, fills.get(usize::from(fill)).cloned().flatten());
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// A text with its length in four bytes.
fn wide(bytes: &mut Bytes<'_>) -> Option<String> {
    let letters = bytes.u32()?;
    bytes.wide(letters as usize)
}

fn listed(mut bytes: Bytes<'_>) -> Option<Listed> {
    let hidden = bytes.u32()? != 0;
    bytes.skip(4)?;
    // A sheet without a relation has no part.
    let letters = bytes.u32()?;
    let relation = if letters == u32::MAX { String::new() } else { bytes.wide(letters as usize)? };
    Some(Listed { name: wide(&mut bytes)?, relation, hidden })
}

fn font(mut bytes: Bytes<'_>) -> Option<Font> {
    bytes.skip(2)?;
    let struck = bytes.u16()? & 8 != 0;
    Some(Font { bold: bytes.u16()? >= 700, struck })
}

/// The colour of a solid fill, where it is said in red, green and blue.
fn fill(mut bytes: Bytes<'_>) -> Option<Arc<str>> {
    let solid = bytes.u32()? == 1;
    let kind = bytes.u8()? >> 1;
    bytes.skip(3)?;
    let (red, green, blue) = (bytes.u8()?, bytes.u8()?, bytes.u8()?);
    let colour = format!("{red:02X}{green:02X}{blue:02X}");
    (solid && kind == 2 && colour != "FFFFFF").then(|| Arc::from(colour))
}

/// The text of the defined name that carries a template's fingerprint.
fn fingerprint(mut bytes: Bytes<'_>) -> Option<String> {
    bytes.skip(9)?;
    let name = wide(&mut bytes)?;
    let length = bytes.u32()?;
    let tokens = bytes.take(length as usize)?;
    name.eq_ignore_ascii_case(rules::workbook::FINGERPRINT_NAME).then(|| only_text(tokens, Grid::Since2007)).flatten()
}
