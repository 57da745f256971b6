//! Zip archives that lie about what is in them.

use std::io::Write;

use importers::{Limits, Place};

use super::{refused, refused_within};
use crate::common::{fixture, problem};
use crate::made::{Entry, HEADINGS, RELATIONS, WORKBOOK, archive, checksum, lying_archive, open, parts, row, workbook};

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    deflate.write_all(bytes).unwrap();
    deflate.finish().unwrap()
}

#[test]
fn a_bomb_is_not_unpacked() {
    // 201 MB of spaces in two parts: over the limit, each of them and together.
    let spaces = vec![b' '; 101 << 20];
    let bytes = archive(&[("_rels/.rels", RELATIONS.as_bytes()), ("a", &spaces), ("b", &spaces)]);
    assert!(bytes.len() < 1 << 20);
    assert!(refused(&bytes, "FIL-004").contains("200 times"));
    // 20 MB: inside the limit of size, but a thousandfold.
    assert!(refused(&workbook(&" ".repeat(20 << 20), "<sst/>"), "FIL-004").contains("more than 200 times its size"));
    // What does not look like a bomb by its ratio is stopped by its size.
    let limits = Limits { inflated_bytes: 3 << 20, ratio: u64::MAX, ..Limits::default() };
    let message = refused_within(&workbook(&" ".repeat(4 << 20), "<sst/>"), "FIL-004", &limits);
    assert_eq!(message, "Unpacked, the file would be over 3 MB; at most that is taken.");
}

#[test]
fn a_bomb_inside_a_workbook_is_never_looked_into() {
    let bomb = archive(&[("xl/workbook.xml", &vec![b' '; 3 << 20])]);
    let bomb = archive(&[("one.xlsx", &bomb), ("two.xlsx", &bomb)]);
    let mut inside: Vec<(&str, Vec<u8>)> = parts(&format!("{HEADINGS}{}", row(2, r#"<c r="C2"><v>5</v></c>"#)), "<sst/>")
        .into_iter()
        .map(|(n, t)| (n, t.into_bytes()))
        .collect();
    inside.push(("xl/embeddings/book.xlsx", bomb.clone()));
    let bytes = archive(&inside.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect::<Vec<_>>());
    assert_eq!(open(&bytes).values.len(), 1);
    assert_eq!(refused(&bomb, "FIL-003"), "The file is a zip archive with files in it: send each of them by itself.");
}

#[test]
fn one_text_in_very_many_cells_is_counted_each_time() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", (0..6_500).map(|n| format!("{n:05}")).collect::<String>());
    let rows: String = (2..9_000).map(|n| format!(r#"<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>"#)).collect();
    let reading = open(&workbook(&format!("{HEADINGS}{rows}"), &strings));
    let found = problem(&reading, "FIL-004");
    assert_eq!(found.message, "The texts in the cells come to more than 200 MB.");
    assert_eq!(found.places, [Place::new("Return", "A6454")]);
    assert!(reading.values.is_empty());
}

#[test]
fn a_part_that_lies_about_its_size_is_stopped_while_it_unpacks() {
    let sheet = format!("<worksheet>{}</worksheet>", " ".repeat(100_000));
    for (size, says) in [
        (10, "cannot be unpacked, or its size or checksum is not what is said of it"),
        (3_000_000, "unpacks to 100023 bytes, and not to the 3000000 it says"),
    ] {
        let mut entries: Vec<Entry> = parts("", "<sst/>").iter().map(|(name, text)| Entry::of(name, text.as_bytes())).collect();
        let entry = entries.last_mut().unwrap();
        *entry = Entry {
            bytes: packed(sheet.as_bytes()),
            size,
            checksum: checksum(sheet.as_bytes()),
            deflated: true,
            ..Entry::of(entry.name, b"")
        };
        let message = refused(&lying_archive(&entries), "FIL-002");
        assert!(message.contains(says), "{message}");
    }
}

#[test]
fn a_size_of_eight_bytes_is_not_believed_either() {
    for size in [1 << 40, u64::MAX] {
        let entries = [Entry::of("_rels/.rels", RELATIONS.as_bytes()), Entry { size, ..Entry::of("xl/workbook.xml", WORKBOOK.as_bytes()) }];
        let reading = open(&lying_archive(&entries));
        assert!(reading.diagnostics.iter().any(|d| matches!(&*d.code, "FIL-004" | "FIL-002")), "{:?}", reading.diagnostics);
        assert_eq!(reading.values.len(), 0);
    }
    let entries = [Entry::of("_rels/.rels", RELATIONS.as_bytes()), Entry { size: 1 << 40, ..Entry::of("xl/workbook.xml", b"") }];
    assert!(refused(&lying_archive(&entries), "FIL-004").contains("over 200 MB"));
}

#[test]
fn parts_that_lie_over_one_another_are_refused() {
    let relations = RELATIONS.as_bytes();
    let entries = [Entry::of("_rels/.rels", relations), Entry { at: Some(0), ..Entry::of("again.xml", relations) }];
    let message = refused(&lying_archive(&entries), "FIL-004");
    assert_eq!(message, "Parts of the file lie over one another, as no program packs them.");
}

#[test]
fn a_directory_that_counts_wrong_or_points_nowhere_is_damage() {
    let mut entries = vec![Entry::of("_rels/.rels", RELATIONS.as_bytes()), Entry::of("xl/workbook.xml", WORKBOOK.as_bytes())];
    let mut bytes = lying_archive(&entries);
    let end = bytes.len() - 22;
    bytes[end + 8..end + 12].copy_from_slice(&[0xFF, 0xFE, 0xFF, 0xFE]);
    refused(&bytes, "FIL-002");
    entries[1].at = Some(0x7FFF_FFFF);
    refused(&lying_archive(&entries), "FIL-002");
}

#[test]
fn more_parts_than_a_workbook_has_are_refused() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for n in 0..2_001 {
        zip.start_file(format!("xl/media/{n}.png"), zip::write::SimpleFileOptions::default()).unwrap();
    }
    let message = refused(&zip.finish().unwrap().into_inner(), "FIL-004");
    assert_eq!(message, "The file has 2,001 parts; at most 2,000 are taken.");
}

#[test]
fn names_that_leave_the_archive_and_names_that_come_twice_are_refused() {
    for name in ["../../etc/passwd", "/etc/passwd", "xl\\..\\..\\x.xml", "xl/../../x.xml"] {
        let message = refused(&lying_archive(&[Entry::of("_rels/.rels", RELATIONS.as_bytes()), Entry::of(name, b"x")]), "FIL-004");
        assert!(message.contains("is named as no part of a workbook is"), "{message}");
    }
    for second in ["xl/workbook.xml", "XL/workbook.xml"] {
        let entries = [Entry::of("xl/workbook.xml", WORKBOOK.as_bytes()), Entry::of(second, WORKBOOK.as_bytes())];
        assert!(refused(&lying_archive(&entries), "FIL-004").contains("there twice"));
    }
}

#[test]
fn a_wrong_checksum_is_damage() {
    let mut entries: Vec<Entry> = parts(HEADINGS, "<sst/>").iter().map(|(name, text)| Entry::of(name, text.as_bytes())).collect();
    entries[5].checksum ^= 1;
    let message = refused(&lying_archive(&entries), "FIL-002");
    assert_eq!(
        message,
        "The file is damaged: the part \"xl/worksheets/sheet1.xml\" cannot be unpacked, or its size or checksum is not what is said of it."
    );
    // A figure changed in a file that is stored packed.
    let mut bytes = fixture("long.xlsx");
    let sheet = bytes.windows(24).position(|window| window == b"xl/worksheets/sheet1.xml").unwrap();
    bytes[sheet + 200] ^= 0x40;
    refused(&bytes, "FIL-002");
}

#[test]
fn truncated_files_are_damaged_and_nothing_is_read_from_them() {
    for name in ["long.xlsx", "long.ods", "long.xls", "template.xlsx"] {
        let whole = fixture(name);
        for part in 1..20 {
            let reading = open(&whole[..whole.len() * part / 20]);
            assert!(reading.has_errors() && reading.values.is_empty(), "{name} cut to {part}/20");
        }
    }
    refused(b"PK\x03\x04 and then nothing", "FIL-002");
}

#[test]
fn an_archive_with_a_password_is_said_to_have_one() {
    let mut bytes = lying_archive(&[Entry::of("_rels/.rels", &packed(b"x"))]);
    let directory = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    bytes[directory + 8] |= 1;
    bytes[6] |= 1;
    assert_eq!(refused(&bytes, "FIL-001"), "The file is protected with a password.");
}
