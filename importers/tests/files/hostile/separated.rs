//! Text files that are none, or not to the end.

use super::refused;
use crate::common::problem;
use crate::made::open;

#[test]
fn a_quotation_mark_never_closed_is_damage_and_swallows_no_rows() {
    let text = "Ref,Period,Result\nWM01,2023/24 Q1,\"5\nWM02,2023/24 Q1,6\n";
    assert_eq!(refused(text.as_bytes(), "FIL-002"), "The file is damaged: a quotation mark opens here and is never closed.");
    assert_eq!(problem(&open(text.as_bytes()), "FIL-002").places[0].cell, "C2");
}

#[test]
fn a_file_of_quotation_marks_is_one_long_cell() {
    let marks = vec![b'"'; 20 << 20];
    assert_eq!(problem(&open(&marks), "FIL-014").message, "This cell holds more than 32,767 characters; the rest was left out.");
    let reading = open(&[&marks[..], b"\""].concat());
    assert_eq!(problem(&reading, "FIL-002").message, "The file is damaged: a quotation mark opens here and is never closed.");
}

#[test]
fn zero_bytes_and_broken_letters_are_damage() {
    let mut text = b"Ref,Period,Result\n".repeat(1_000);
    text.push(0);
    assert!(refused(&text, "FIL-002").contains("zero bytes"));
    let wide = [vec![0xFF, 0xFE], "Ref,Period\n".encode_utf16().flat_map(u16::to_le_bytes).collect(), vec![0x00, 0xD8, b'x', 0]].concat();
    assert!(refused(&wide, "FIL-002").contains("encoding"));
}
