//! Files made by hand, byte by byte where no program would write them so.

use std::io::Write;

use importers::{Limits, Reading, read};

/// Reads bytes under the usual limits.
pub fn open(bytes: &[u8]) -> Reading {
    read(bytes, "upload.xlsx", &Limits::default())
}

/// An archive of parts as given.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
pub const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Return" sheetId="1" r:id="r1"/></sheets></workbook>"#;
pub const SHEETS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

/// The parts of a workbook of one sheet, from the XML of its rows and of its shared strings.
pub fn parts(rows: &str, strings: &str) -> Vec<(&'static str, String)> {
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    vec![
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("xl/workbook.xml", WORKBOOK.to_owned()),
        ("xl/_rels/workbook.xml.rels", SHEETS.to_owned()),
        ("xl/sharedStrings.xml", strings.to_owned()),
        ("xl/worksheets/sheet1.xml", sheet),
    ]
}

/// The workbook of some parts.
pub fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    archive(&parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect::<Vec<_>>())
}

/// A workbook of one sheet, from the XML of its rows and of its shared strings.
pub fn workbook(rows: &str, strings: &str) -> Vec<u8> {
    packed(&parts(rows, strings))
}

/// A workbook of which one part is another.
pub fn with_part(name: &'static str, text: &str) -> Vec<u8> {
    let mut parts = parts(&format!("{HEADINGS}{}", row(2, r#"<c r="C2"><v>5</v></c>"#)), "<sst/>");
    match parts.iter_mut().find(|(known, _)| *known == name) {
        Some(part) => part.1 = text.to_owned(),
        None => parts.push((name, text.to_owned())),
    }
    packed(&parts)
}

pub const HEADINGS: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Ref</t></is></c><c r="B1" t="inlineStr"><is><t>Period</t></is></c><c r="C1" t="inlineStr"><is><t>Result</t></is></c></row>"#;

/// A row of the return above with its result's cell.
pub fn row(row: u32, result: &str) -> String {
    format!(
        r#"<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>WM01</t></is></c><c r="B{row}" t="inlineStr"><is><t>2023/24 Q{row}</t></is></c>{result}</row>"#
    )
}

/// An OpenDocument spreadsheet of one table, from the XML of its rows.
pub fn open_document(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="Return">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

/// One entry of an archive that may lie: what the directory says of it stands beside what it is.
pub struct Entry {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    /// The size it is said to unpack to.
    pub size: u64,
    pub checksum: u32,
    /// Where it is said to begin; none for where it does.
    pub at: Option<u32>,
    /// Whether the bytes are packed.
    pub deflated: bool,
}

impl Entry {
    /// An honest entry, stored as it is.
    pub fn of(name: &'static str, bytes: &[u8]) -> Self {
        Self { name, bytes: bytes.to_vec(), size: bytes.len() as u64, checksum: checksum(bytes), at: None, deflated: false }
    }
}

/// An archive of entries as they say they are. A size past four bytes goes where the 64-bit sizes are.
pub fn lying_archive(entries: &[Entry]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let at = entry.at.unwrap_or(out.len() as u32);
        let short = u32::try_from(entry.size).unwrap_or(u32::MAX);
        let extra = if short == u32::MAX { [&[1, 0, 8, 0][..], &entry.size.to_le_bytes()].concat() } else { Vec::new() };
        let head = |extra: &[u8]| {
            let mut head = Vec::new();
            head.extend([20, 0, 0, 0, if entry.deflated { 8 } else { 0 }, 0, 0, 0, 0, 0]);
            head.extend(entry.checksum.to_le_bytes());
            head.extend((entry.bytes.len() as u32).to_le_bytes());
            head.extend(short.to_le_bytes());
            head.extend((entry.name.len() as u16).to_le_bytes());
            head.extend((extra.len() as u16).to_le_bytes());
            head
        };
        out.extend(b"PK\x03\x04");
        out.extend(head(&[]));
        out.extend(entry.name.as_bytes());
        out.extend(&entry.bytes);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(head(&extra));
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(entry.name.as_bytes());
        directory.extend(extra);
    }
    let at = out.len() as u32;
    let size = directory.len() as u32;
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend((entries.len() as u16).to_le_bytes());
    out.extend((entries.len() as u16).to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// CRC-32, a bit at a time.
pub fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 };
        }
    }
    !sum
}

/// One record of a binary workbook since 2007.
pub fn record(kind: u16, bytes: &[u8]) -> Vec<u8> {
    let mut out = if kind < 0x80 { vec![kind as u8] } else { vec![kind as u8 & 0x7F | 0x80, (kind >> 7) as u8] };
    let mut length = bytes.len();
    while length >= 0x80 {
        out.push(length as u8 & 0x7F | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
    out.extend(bytes);
    out
}

/// A text of such a record.
pub fn wide(text: &str) -> Vec<u8> {
    let letters: Vec<u16> = text.encode_utf16().collect();
    [(letters.len() as u32).to_le_bytes().to_vec(), letters.into_iter().flat_map(u16::to_le_bytes).collect()].concat()
}

/// A binary workbook of one sheet, from the records between the beginning and the end of its cells.
///
/// Texts are `Ref`, `Period`, `Result`, `WM01`, `2023/24 Q1`; styles are plain, `0.0%` and `dd/mm/yyyy`.
pub fn binary_workbook(cells: &[u8]) -> Vec<u8> {
    let strings = ["Ref", "Period", "Result", "WM01", "2023/24 Q1"].map(|text| record(0x0013, &[vec![0], wide(text)].concat())).concat();
    let strings = [record(0x009F, &[5, 0, 0, 0, 5, 0, 0, 0]), strings, record(0x00A0, &[])].concat();
    let style = |format: u16| record(0x002F, &[[0, 0].to_vec(), format.to_le_bytes().to_vec(), vec![0; 12]].concat());
    let styles = [
        record(0x0267, &1_u32.to_le_bytes()),
        record(0x002C, &[164_u16.to_le_bytes().to_vec(), wide("0.0%")].concat()),
        record(0x0268, &[]),
        record(0x0269, &3_u32.to_le_bytes()),
        style(0),
        style(164),
        style(14),
        record(0x026A, &[]),
    ]
    .concat();
    let listed = [vec![0, 0, 0, 0, 1, 0, 0, 0], wide("r1"), wide("Return")].concat();
    let book = [
        record(0x0083, &[]),
        record(0x0099, &[0; 8]),
        record(0x008F, &[]),
        record(0x009C, &listed),
        record(0x0090, &[]),
        record(0x0084, &[]),
    ]
    .concat();
    let sheet =
        [record(0x0081, &[]), record(0x0094, &[0; 16]), record(0x0091, &[]), cells.to_vec(), record(0x0092, &[]), record(0x0082, &[])]
            .concat();
    let relations = SHEETS.replace(".xml\"", ".bin\"");
    archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", RELATIONS.replace("workbook.xml", "workbook.bin").as_bytes()),
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/sharedStrings.bin", &strings),
        ("xl/styles.bin", &styles),
        ("xl/worksheets/sheet1.bin", &sheet),
    ])
}

/// The start of a row, counted from 0.
pub fn row_record(row: u32) -> Vec<u8> {
    record(0x0000, &[row.to_le_bytes().to_vec(), vec![0; 13]].concat())
}

/// A cell of a row: its kind, column and style, and what the kind takes.
pub fn cell_record(kind: u16, column: u32, style: u32, bytes: &[u8]) -> Vec<u8> {
    record(kind, &[&column.to_le_bytes()[..], &style.to_le_bytes(), bytes].concat())
}
