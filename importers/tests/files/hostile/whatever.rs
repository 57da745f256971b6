//! Bytes at random, and real files with bytes changed at random.

use importers::{Limits, read};
use proptest::prelude::*;

use crate::common::fixture;
use crate::made::{binary_workbook, cell_record, open, row_record, workbook};

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
    fn no_changed_byte_makes_it_panic(name in 0_usize..6, changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = fixture(["long.xlsx", "long.ods", "messy.xlsx", "framework.xlsx", "long.xls", "wide.xls"][name]);
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

    #[test]
    fn no_record_of_a_binary_sheet_makes_it_panic(cells in proptest::collection::vec((0_u16..0x40, 0_u32..20_000, 0_u32..5, proptest::collection::vec(any::<u8>(), 0..20)), 0..12)) {
        let cells: Vec<u8> = cells.into_iter().flat_map(|(kind, column, style, bytes)| cell_record(kind, column, style, &bytes)).collect();
        let _ = open(&binary_workbook(&[row_record(0), cells].concat()));
    }
}
