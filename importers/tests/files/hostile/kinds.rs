//! Files that are something else than their names say, or no workbook at all.

use importers::{Format, Limits, read};

use super::{refused, refused_within};
use crate::common::{fixture, problem};
use crate::made::archive;

#[test]
fn what_is_no_workbook_is_called_what_it_is() {
    for (bytes, words) in [
        (b"\x89PNG\r\n\x1a\n\0\0\0".as_slice(), "a picture (PNG)"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"<html><body><table><tr><td>Ref</td></tr></table></body></html>", "a web page (HTML)"),
        (b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>", "an XML spreadsheet of Excel 2003"),
        (b"{\"data\": []}", "a data file (JSON)"),
    ] {
        assert_eq!(refused(bytes, "FIL-003"), format!("The file is {words}, not a workbook."));
    }
    for (part, words) in [
        ("word/document.xml", "a Word document"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
        ("Index/Document.iwa", "an Apple Numbers, Pages or Keynote file"),
    ] {
        assert_eq!(refused(&archive(&[(part, b"<x/>")]), "FIL-003"), format!("The file is {words}, not a workbook."));
    }
    assert_eq!(refused(&archive(&[("readme.txt", b"hello")]), "FIL-003"), "The file is a zip archive, but not a workbook.");
    let document = archive(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")]);
    assert_eq!(refused(&document, "FIL-003"), "The file is an OpenDocument text, not a workbook.");
    assert_eq!(refused(&[0, 1, 2, 3, 250], "FIL-003"), "The file is not a workbook, and not a kind of file that is known here.");
    assert_eq!(refused(b"", "FIL-009"), "The file is empty.");
    refused_within(b"Ref,Period,Result", "FIL-009", &Limits { bytes: 10, ..Limits::default() });
}

#[test]
fn a_file_under_a_wrong_name_is_read_as_what_it_is() {
    for (file, name, format, message) in [
        ("long.xlsx", "long.csv", Format::Xlsx, "The name ends in .csv but the file is an Excel workbook; it was read as that."),
        ("long.csv", "long.xls", Format::Csv, "The name ends in .xls but the file is separated text (.csv); it was read as that."),
        ("long.xls", "long.XLSX", Format::Xls, "The name ends in .xlsx but the file is an Excel 97 to 2003 workbook; it was read as that."),
        ("long.ods", "long.xlsx", Format::Ods, "The name ends in .xlsx but the file is an OpenDocument spreadsheet; it was read as that."),
    ] {
        let reading = read(&fixture(file), name, &Limits::default());
        assert_eq!((reading.format, reading.values.len()), (Some(format), 6), "{name}");
        assert_eq!(problem(&reading, "FIL-013").message, message);
    }
}

#[test]
fn an_encrypted_workbook_is_said_to_be_protected() {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.extend([0; 600]);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refused(&bytes, "FIL-001"), "The file is protected with a password.");
    let manifest = br#"<manifest:manifest xmlns:manifest="m"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"#;
    let kind = b"application/vnd.oasis.opendocument.spreadsheet";
    let document = archive(&[("mimetype", kind), ("content.xml", b"\x01\x02"), ("META-INF/manifest.xml", manifest)]);
    assert_eq!(refused(&document, "FIL-001"), "The file is protected with a password.");
}
