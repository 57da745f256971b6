//! Whoever waits for a workbook hears how much of it is read.

use std::cell::RefCell;

use importers::{Limits, Settings, read_watched, read_with};

use crate::common::fixture;
use crate::made::{HEADINGS, binary_workbook, cell_record, open_document, row_record, workbook};

const ROWS: u32 = 2_000;

/// Hundredths heard while a file is read.
fn heard(bytes: &[u8], name: &str) -> Vec<usize> {
    let heard = RefCell::new(Vec::new());
    let told = |done| heard.borrow_mut().push(done);
    let (mut reading, rows) = read_watched(bytes, name, &Limits::default(), &Settings::default(), &told);
    reading.values = rows.iter().collect::<Result<_, _>>().unwrap();
    assert_eq!(reading, read_with(bytes, name, &Limits::default(), &Settings::default()));
    let heard = heard.into_inner();
    assert!(heard.windows(2).all(|two| two[0] < two[1]), "{name}: {heard:?}");
    assert_eq!(heard.last(), Some(&100), "{name}");
    heard
}

/// Hundredths of the cells.
fn of_cells(heard: &[usize]) -> usize {
    heard.iter().filter(|done| (1..60).contains(*done)).count()
}

#[test]
fn each_format_tells_how_far_it_is_in_its_cells() {
    let rows: String = (2..ROWS).map(|n| format!(r#"<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>1</v></c></row>"#)).collect();
    let xlsx = workbook(&format!("{HEADINGS}{rows}"), "<sst/>");
    let lines: String = (0..ROWS).map(|n| format!("WM01,2023/24 Q1,{n}\n")).collect();
    let csv = format!("Ref,Period,Result\n{lines}");
    let row = r#"<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>"#;
    let ods = open_document(&row.repeat(ROWS as usize));
    let cells: Vec<u8> = (0..ROWS).flat_map(|n| [row_record(n), cell_record(5, 0, 0, &1_f64.to_le_bytes())].concat()).collect();
    for (name, bytes) in [("many.xlsx", xlsx), ("many.csv", csv.into_bytes()), ("many.ods", ods), ("many.xlsb", binary_workbook(&cells))] {
        let heard = heard(&bytes, name);
        assert!(of_cells(&heard) > 50, "{name}: {heard:?}");
    }
    // Small, and in records that are hundreds of bytes each.
    assert!(of_cells(&heard(&fixture("long.xls"), "long.xls")) > 2);
}

#[test]
fn a_file_that_is_refused_is_done_as_well() {
    for bytes in [&b""[..], b"PK\x03\x04", b"%PDF-1.7"] {
        assert_eq!(heard(bytes, "x.xlsx"), [100]);
    }
}
