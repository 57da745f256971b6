//! Binary workbooks whose chains, lengths and numbers lie.

use importers::{Content, Format};

use super::refused;
use crate::common::fixture;
use crate::made::{binary_workbook, cell_record, open, record, row_record};

const CIRCLES: &str = "The file is damaged: its table of contents leads in circles.";

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

fn put(bytes: &mut [u8], at: usize, value: u32) {
    bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
}

/// Where the allocation table and the directory of the fixture are.
fn places(bytes: &[u8]) -> (usize, usize) {
    ((word(bytes, 76) as usize + 1) * 512, (word(bytes, 48) as usize + 1) * 512)
}

#[test]
fn an_old_workbook_whose_sectors_lead_in_circles_is_refused() {
    let whole = fixture("long.xls");
    let (table, _) = places(&whole);
    // Each sector follows itself; two follow one; a chain closes on its start; one points past the end.
    let mut bytes = whole.clone();
    (0..8).for_each(|sector| put(&mut bytes, table + 4 * sector, sector as u32));
    assert_eq!(refused(&bytes, "FIL-002"), CIRCLES);
    for (sector, next) in [(3, 5), (9, 3), (3, 0x00FF_FFFF)] {
        let mut bytes = whole.clone();
        put(&mut bytes, table + 4 * sector, next);
        assert_eq!(refused(&bytes, "FIL-002"), CIRCLES, "{sector} to {next}");
    }
    // The list of tables itself: it goes on in a sector that goes on in itself.
    let mut bytes = whole.clone();
    put(&mut bytes, 68, 2);
    (0..128).for_each(|n| put(&mut bytes, 3 * 512 + 4 * n, 2));
    assert_eq!(refused(&bytes, "FIL-002"), CIRCLES);
}

#[test]
fn a_directory_that_leads_in_circles_is_walked_once() {
    let mut bytes = fixture("long.xls");
    let (_, directory) = places(&bytes);
    // Every entry is its own neighbour, left and right, and the first one's child.
    for entry in 0..4 {
        put(&mut bytes, directory + 128 * entry + 68, entry as u32);
        put(&mut bytes, directory + 128 * entry + 72, 1);
    }
    put(&mut bytes, directory + 76, 1);
    let reading = open(&bytes);
    assert!(reading.values.len() == 6 || reading.has_errors(), "{:?}", reading.diagnostics);
}

#[test]
fn a_stream_longer_than_its_chain_or_in_a_small_chain_that_loops_is_damage() {
    let whole = fixture("long.xls");
    let (_, directory) = places(&whole);
    let entry = (0..4).map(|n| directory + 128 * n).find(|at| whole[*at..].starts_with(b"W\0o\0r\0k\0")).unwrap();
    let mut bytes = whole.clone();
    put(&mut bytes, entry + 120, 0x7FFF_FFFF);
    assert_eq!(refused(&bytes, "FIL-002"), "The file is damaged: it is cut short.");
    // Said to be small, it is looked for in the small sectors.
    let mut bytes = whole;
    put(&mut bytes, entry + 120, 100);
    let small = word(&bytes, 60);
    if small < 0xFFFF_FFFA {
        let table = (small as usize + 1) * 512;
        (0..128).for_each(|n| put(&mut bytes, table + 4 * n, n as u32));
        put(&mut bytes, entry + 116, 0);
    }
    refused(&bytes, "FIL-002");
}

/// The place of the first record of a kind in the fixture's workbook stream, whose sectors stand in order.
fn find(bytes: &[u8], kind: u16, length: Option<u16>) -> usize {
    let mut at = bytes.windows(4).position(|window| window == [0x09, 0x08, 0x10, 0x00]).unwrap();
    loop {
        let (found, size) = (u16::from_le_bytes([bytes[at], bytes[at + 1]]), u16::from_le_bytes([bytes[at + 2], bytes[at + 3]]));
        if found == kind && length.is_none_or(|length| length == size) {
            return at;
        }
        at += 4 + usize::from(size);
    }
}

#[test]
fn records_of_an_old_workbook_that_lie_are_damage() {
    let whole = fixture("long.xls");
    let text = find(&whole, 0x00FD, None);
    let mut bytes = whole.clone();
    put(&mut bytes, text + 10, 9_999);
    assert_eq!(refused(&bytes, "FIL-002"), "The file is damaged: cells refer to a text the file does not hold.");
    let mut bytes = whole.clone();
    bytes[text + 8..text + 10].copy_from_slice(&9_999_u16.to_le_bytes());
    assert_eq!(refused(&bytes, "FIL-002"), "The file is damaged: cells refer to a style the file does not hold.");
    let mut bytes = whole.clone();
    bytes[text + 6..text + 8].copy_from_slice(&300_u16.to_le_bytes());
    assert!(refused(&bytes, "FIL-002").contains("in a column no such workbook has"));
    let mut bytes = whole.clone();
    bytes[text + 2..text + 4].copy_from_slice(&u16::MAX.to_le_bytes());
    refused(&bytes, "FIL-002");
    // A table of texts that says it holds billions, a list of sheets that points past the end, a password.
    let mut bytes = whole.clone();
    let strings = find(&whole, 0x00FC, None);
    put(&mut bytes, strings + 8, u32::MAX);
    assert_eq!(open(&bytes).values.len(), 6);
    let mut bytes = whole.clone();
    put(&mut bytes, find(&whole, 0x0085, None) + 4, u32::MAX);
    assert!(refused(&bytes, "FIL-002").contains("cut short"));
    let mut bytes = whole.clone();
    let code_page = find(&whole, 0x0042, None);
    bytes[code_page] = 0x2F;
    assert_eq!(refused(&bytes, "FIL-001"), "The file is protected with a password.");
}

/// A heading row and a row of figures.
fn sheet() -> Vec<u8> {
    let text = |column: u32, index: u32| cell_record(0x0007, column, 0, &index.to_le_bytes());
    [row_record(0), text(0, 0), text(1, 1), text(2, 2), row_record(1), text(0, 3), text(1, 4)].concat()
}

#[test]
fn a_binary_workbook_is_read_with_its_formats() {
    let formula = [0.25_f64.to_le_bytes().to_vec(), vec![0, 0, 4, 0, 0, 0, 0x19, 1, 0, 0]].concat();
    for (cell, content, percent, formula) in [
        (cell_record(0x0005, 2, 1, &0.872_f64.to_le_bytes()), Content::Number("0.872".parse().unwrap()), true, None),
        (cell_record(0x0002, 2, 0, &(412_u32 << 2 | 2).to_le_bytes()), Content::Number("412".parse().unwrap()), false, None),
        (cell_record(0x0002, 2, 2, &(45_017_u32 << 2 | 2).to_le_bytes()), Content::Date("2023-04-01".parse().unwrap()), false, None),
        (cell_record(0x0003, 2, 0, &[0x07]), Content::Error("#DIV/0!".into()), false, None),
        (cell_record(0x0004, 2, 0, &[1]), Content::Bool(true), false, None),
        (cell_record(0x0006, 2, 0, &crate::made::wide("[x]")), Content::Text("[x]".into()), false, None),
        (cell_record(0x0009, 2, 1, &formula), Content::Number("0.25".parse().unwrap()), true, Some("…")),
    ] {
        let reading = open(&binary_workbook(&[sheet(), cell].concat()));
        assert_eq!(reading.format, Some(Format::Xlsb));
        let read = reading.values[0].value.as_ref().unwrap_or_else(|| panic!("{:?}", reading.diagnostics));
        assert_eq!((&read.content, read.percent, read.formula.as_deref()), (&content, Some(percent), formula));
        assert_eq!((reading.values[0].code.as_ref().unwrap().text.as_str(), read.cell.as_str()), ("WM01", "C2"));
    }
}

#[test]
fn records_of_a_binary_workbook_that_lie_are_damage() {
    for (cells, says) in [
        // A length of 268,435,455 bytes.
        (vec![0x05, 0xFF, 0xFF, 0xFF, 0x7F, 1], "one of its records is longer than its part"),
        (cell_record(0x0005, 2, 0, &[1, 2]), "a record of the sheet \"Return\" is too short"),
        (cell_record(0x0006, 2, 0, &[0xFF, 0xFF, 0xFF, 0xFF, b'x', 0]), "a record of the sheet \"Return\" is too short"),
        (cell_record(0x0007, 2, 0, &9_999_u32.to_le_bytes()), "cells refer to a text the file does not hold"),
        (cell_record(0x0005, 2, 77, &0.5_f64.to_le_bytes()), "cells refer to a style the file does not hold"),
        (cell_record(0x0005, 16_384, 0, &0.5_f64.to_le_bytes()), "lists column 16385, which no spreadsheet has"),
        (row_record(1_048_576), "lists row 1048577, which no spreadsheet has"),
        ([cell_record(0x0004, 2, 0, &[1]), cell_record(0x0004, 2, 0, &[0])].concat(), "cells are there twice"),
        (record(0x0092, &[0; 3])[..2].to_vec(), ""),
    ] {
        let bytes = binary_workbook(&[sheet(), cells].concat());
        let message = if says.is_empty() { continue } else { refused(&bytes, "FIL-002") };
        assert!(message.contains(says), "{message}");
    }
    refused(&binary_workbook(&[row_record(1_048_575), cell_record(0x0004, 16_383, 0, &[1])].concat()), "FIL-007");
}
