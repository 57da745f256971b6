//! Files made to hurt, and files that are merely broken: each ends in one clear diagnostic, quickly.

use std::io::Write;

use importers::{Limits, Reading, read};
use proptest::prelude::*;

use crate::common::{fixture, problem};

fn open(bytes: &[u8]) -> Reading {
    read(bytes, "upload.xlsx", &Limits::default())
}

/// An archive of parts as given.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Return" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const SHEETS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

/// A workbook of one sheet, from the XML of its rows and of its shared strings.
fn workbook(rows: &str, strings: &str) -> Vec<u8> {
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    archive(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", SHEETS),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

const HEADINGS: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Ref</t></is></c><c r="B1" t="inlineStr"><is><t>Period</t></is></c><c r="C1" t="inlineStr"><is><t>Result</t></is></c></row>"#;

fn row(row: u32, result: &str) -> String {
    format!(
        r#"<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>WM01</t></is></c><c r="B{row}" t="inlineStr"><is><t>2023/24 Q{row}</t></is></c>{result}</row>"#
    )
}

#[test]
fn two_cells_at_the_far_corners_are_two_cells() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, 1).unwrap();
    sheet.write(1_048_575, 16_383, 1).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert!(bytes.len() < 10_000);
    let started = std::time::Instant::now();
    let reading = open(&bytes);
    assert!(started.elapsed().as_secs() < 1);
    let found = problem(&reading, "FIL-007");
    assert_eq!(found.places, [importers::Place::new("Sheet1", "XFD1048576")]);
    assert!(reading.values.is_empty());
}

#[test]
fn a_bomb_is_not_unpacked() {
    // 150 MiB of spaces in one part: over the limit of one part, and over the ratio.
    let rows = " ".repeat(150 << 20);
    let bytes = workbook(&rows, "<sst/>");
    assert!(bytes.len() < 1 << 20);
    assert_eq!(problem(&open(&bytes), "FIL-004").places, [importers::Place::file()]);
    // 20 MiB: inside both limits of size, but a thousandfold.
    let bytes = workbook(&" ".repeat(20 << 20), "<sst/>");
    assert!(problem(&open(&bytes), "FIL-004").message.contains("200 times"));
}

#[test]
fn a_part_that_lies_about_its_size_is_stopped_while_it_unpacks() {
    let mut bytes = workbook(&" ".repeat(2 << 20), "<sst/>");
    // The size of each part stands in the archive's directory, 24 bytes into its record.
    let records: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..].starts_with(b"PK\x01\x02")).collect();
    for at in records {
        bytes[at + 24..at + 28].copy_from_slice(&10_u32.to_le_bytes());
    }
    let limits = Limits { part_bytes: 1 << 20, ..Limits::default() };
    let reading = read(&bytes, "upload.xlsx", &limits);
    assert!(reading.diagnostics.iter().any(|d| d.code == "FIL-004" || d.code == "FIL-002"), "{:?}", reading.diagnostics);
    assert!(reading.values.is_empty());
}

#[test]
fn names_that_leave_the_archive_and_names_that_come_twice_are_refused() {
    let bytes = archive(&[("_rels/.rels", RELATIONS), ("../../etc/passwd", "x")]);
    problem(&open(&bytes), "FIL-004");
    let bytes = archive(&[("_rels/.rels", RELATIONS), ("xl/workbook.xml", WORKBOOK), ("XL/workbook.xml", WORKBOOK)]);
    problem(&open(&bytes), "FIL-004");
}

#[test]
fn entities_are_refused() {
    let lol = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>"#;
    problem(&open(&workbook(HEADINGS, lol)), "FIL-008");
}

#[test]
fn a_string_table_that_claims_billions_is_counted_instead() {
    let strings = r#"<sst uniqueCount="4294967295" count="4294967295"><si><t>WM01</t></si></sst>"#;
    let rows = format!(
        r#"{HEADINGS}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="inlineStr"><is><t>2023/24 Q1</t></is></c><c r="C2"><v>5</v></c></row>"#
    );
    let reading = open(&workbook(&rows, strings));
    assert_eq!(reading.values.len(), 1);
    assert_eq!(reading.values[0].code.as_ref().unwrap().text, "WM01");
}

#[test]
fn an_empty_shared_string_does_not_move_the_others() {
    let strings = "<sst><si/><si><t>WM01</t></si></sst>";
    let rows = format!(
        r#"{HEADINGS}<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="inlineStr"><is><t>2023/24 Q1</t></is></c><c r="C2"><v>5</v></c></row>"#
    );
    assert_eq!(open(&workbook(&rows, strings)).values[0].code.as_ref().unwrap().text, "WM01");
}

#[test]
fn a_shared_string_out_of_range_is_damage_and_not_the_first_string() {
    let rows = format!("{HEADINGS}{}", row(2, r#"<c r="C2" t="s"><v>9</v></c>"#));
    let reading = open(&workbook(&rows, "<sst><si><t>412</t></si></sst>"));
    assert_eq!(problem(&reading, "FIL-002").places, [importers::Place::new("Return", "C2")]);
    assert_eq!(reading.values[0].value.as_ref().unwrap().content, importers::Content::Error("#DAMAGED".into()));
}

#[test]
fn a_formula_without_a_result_is_not_blank() {
    let rows = format!("{HEADINGS}{}", row(2, r#"<c r="C2"><f>B4*2</f></c>"#));
    let reading = open(&workbook(&rows, "<sst/>"));
    let cell = reading.values[0].value.as_ref().unwrap();
    assert_eq!((cell.uncached, cell.formula.as_deref()), (true, Some("B4*2")));
}

#[test]
fn cells_beyond_the_limit_leave_the_sheet_out() {
    let rows: String = (2..=50).map(|n| row(n, &format!(r#"<c r="C{n}"><v>1</v></c>"#))).collect();
    let bytes = workbook(&format!("{HEADINGS}{rows}"), "<sst/>");
    let limits = Limits { sheet_cells: 100, ..Limits::default() };
    let reading = read(&bytes, "upload.xlsx", &limits);
    assert!(reading.values.is_empty());
    problem(&reading, "FIL-006");
}

#[test]
fn what_is_no_workbook_is_said_to_be_none() {
    for (bytes, code) in [
        (b"".as_slice(), "FIL-009"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "FIL-003"),
        (b"%PDF-1.7\n", "FIL-003"),
        (b"PK\x03\x04 and then nothing", "FIL-002"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and then nothing", "FIL-003"),
    ] {
        assert_eq!(problem(&open(bytes), code).code, code, "{bytes:?}");
    }
    let document = archive(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>")]);
    problem(&open(&document), "FIL-003");
    problem(&open(&archive(&[("readme.txt", "hello")])), "FIL-003");
    let limits = Limits { bytes: 10, ..Limits::default() };
    problem(&read(b"Ref,Period,Result", "x.csv", &limits), "FIL-009");
}

#[test]
fn an_encrypted_workbook_is_said_to_be_protected() {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.extend([0; 600]);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let reading = open(&bytes);
    assert_eq!(problem(&reading, "FIL-001").message, "The file is protected with a password.");
}

#[test]
fn an_old_workbook_whose_sectors_lead_in_circles_is_refused() {
    let mut bytes = fixture("long.xls");
    let word = |bytes: &[u8], at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    // The first sector of the allocation table is named at byte 76; every sector is made to follow itself.
    let table = (word(&bytes, 76) as usize + 1) * 512;
    for sector in 0..8_u32 {
        let at = table + 4 * sector as usize;
        bytes[at..at + 4].copy_from_slice(&sector.to_le_bytes());
    }
    assert_eq!(problem(&open(&bytes), "FIL-002").message, "The file is damaged: its table of contents leads in circles.");
}

#[test]
fn truncated_files_are_damaged_and_nothing_is_read_from_them() {
    for name in ["long.xlsx", "long.ods", "long.xls", "template.xlsx"] {
        let whole = fixture(name);
        for part in 1..20 {
            let cut = &whole[..whole.len() * part / 20];
            let reading = open(cut);
            assert!(reading.has_errors(), "{name} cut to {part}/20");
            assert!(reading.values.is_empty(), "{name} cut to {part}/20");
        }
    }
}

#[test]
fn a_file_under_a_wrong_name_is_read_as_what_it_is() {
    let reading = read(&fixture("long.xlsx"), "long.csv", &Limits::default());
    assert_eq!(reading.values.len(), 6);
    assert_eq!(problem(&reading, "FIL-013").message, "The name ends in .csv but the file is an Excel workbook; it was read as that.");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000), start in 0_usize..5) {
        let head: &[u8] = [b"".as_slice(), b"PK\x03\x04", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], b"\xFF\xFE", b"Ref,Period,Result\n"][start];
        let _ = open(&[head, &bytes].concat());
    }

    #[test]
    fn no_text_makes_it_panic(text in "(Ref|Indicator|Q1 2023/24|2023|Result|,|;|\t|\n|\"|[0-9.%£ -]|\\PC){0,200}") {
        let _ = read(text.as_bytes(), "x.csv", &Limits::default());
    }

    #[test]
    fn no_changed_byte_makes_it_panic(name in 0_usize..4, changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = fixture(["long.xlsx", "long.ods", "messy.xlsx", "framework.xlsx"][name]);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = open(&bytes);
    }

    #[test]
    fn no_sheet_xml_makes_it_panic(rows in "(<row r=\"[0-9]{1,9}\">|</row>|<c r=\"[A-Z]{0,5}[0-9]{0,9}\" t=\"[snbed]?\">|<c>|</c>|<v>[0-9eE.+-]{0,9}</v>|<f>|</f>|<is>|</is>|<t>x</t>|&amp;|&x;){0,40}") {
        let _ = open(&workbook(&rows, "<sst><si><t>x</t></si></sst>"));
    }
}
