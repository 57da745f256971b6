//! XML that declares, nests or points where a workbook does not.

use super::refused;
use crate::common::problem;
use crate::made::{HEADINGS, archive, open, open_document, row, with_part, workbook};

const DECLARED: &str = "declares a document type, which workbooks do not have.";

#[test]
fn document_types_are_refused_wherever_they_stand() {
    let laughs: String = (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let laughs = format!("<!DOCTYPE sst [<!ENTITY l0 \"lol\">{laughs}]>");
    for declared in
        [laughs.as_str(), "<!DOCTYPE x SYSTEM \"http://127.0.0.1:9/x.dtd\">", "<!DOCTYPE x [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"]
    {
        for part in
            ["xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "_rels/.rels", "docProps/custom.xml"]
        {
            let message = refused(&with_part(part, &format!("{declared}<x><t>&l9;&x;</t></x>")), "FIL-008");
            assert_eq!(message, format!("The part {part:?} {DECLARED}"));
        }
        let content = format!("{declared}<x/>");
        let document = archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())]);
        assert!(refused(&document, "FIL-008").contains(DECLARED));
    }
}

#[test]
fn a_document_type_in_another_encoding_is_refused_as_well() {
    let text: Vec<u8> = "<!DOCTYPE x [<!ENTITY a 'b'>]><sst/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [vec![0xFF, 0xFE], text].concat();
    let mut parts: Vec<(&str, Vec<u8>)> = crate::made::parts(HEADINGS, "").into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
    parts[4].1 = marked;
    let bytes = archive(&parts.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect::<Vec<_>>());
    assert!(refused(&bytes, "FIL-008").contains(DECLARED));
}

#[test]
fn an_entity_nothing_declares_is_refused_and_not_left_out() {
    let rows = format!("{HEADINGS}{}", row(2, r#"<c r="C2" t="inlineStr"><is><t>4&nbsp;512</t></is></c>"#));
    let message = refused(&workbook(&rows, "<sst/>"), "FIL-008");
    assert_eq!(message, "The part \"xl/worksheets/sheet1.xml\" uses the entity \"nbsp\", which nothing declares.");
    let rows = format!("{HEADINGS}{}", row(2, r#"<c r="C2" t="inlineStr"><is><t>&lt;5 &#38; &#x35;</t></is></c>"#));
    let reading = open(&workbook(&rows, "<sst/>"));
    assert_eq!(reading.values[0].value.as_ref().unwrap().content, importers::Content::Text("<5 & 5".into()));
}

#[test]
fn elements_in_elements_without_end_are_damage() {
    let deep = format!("{}{}", "<x>".repeat(300_000), "</x>".repeat(300_000));
    for part in ["xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"] {
        let message = refused(&with_part(part, &format!("<sst><si>{deep}</si></sst>")), "FIL-002");
        assert_eq!(message, format!("The file is damaged: the part {part:?} is nested deeper than any workbook is."));
    }
    refused(&open_document(&deep), "FIL-002");
}

#[test]
fn a_part_that_does_not_end_is_damage() {
    for (part, text) in [
        ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{HEADINGS}")),
        ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{HEADINGS}<row r=\"2\"><c r=\"A2\"><v>1")),
        ("xl/sharedStrings.xml", "<sst><si><t>x".to_owned()),
        ("xl/workbook.xml", "<workbook><sheets>".to_owned()),
        ("xl/worksheets/sheet1.xml", "<worksheet></sheetData>".to_owned()),
    ] {
        let reading = open(&with_part(part, &text));
        let message = &problem(&reading, "FIL-002").message;
        assert!(message.contains("cut short") || message.contains("not well formed"), "{message}");
        assert!(reading.values.is_empty());
    }
}

#[test]
fn an_attribute_of_many_megabytes_is_read_once() {
    // Letters that do not pack well, so that it is not taken for a bomb.
    let mut state = 1_u32;
    let long: String = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'A' + (state >> 24) as u8 % 26)
    })
    .take(8 << 20)
    .collect();
    for cell in [format!(r#"<c r="{long}"><v>1</v></c>"#), format!(r#"<c r="C2" s="{long}"><v>1</v></c>"#)] {
        let message = refused(&workbook(&format!("{HEADINGS}{}", row(2, &cell)), "<sst/>"), "FIL-002");
        assert!(message.len() < 200, "{}", message.len());
    }
    let rows = format!("{HEADINGS}{}", row(2, &format!(r#"<c r="C2" {long}="1"><v>5</v></c>"#)));
    assert_eq!(open(&workbook(&rows, "<sst/>")).values.len(), 1);
}
