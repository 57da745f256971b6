//! Cells where no cell can be, too many of them, and references to what is not there.

use importers::{Content, Limits, Place, read};

use super::{refused, refused_within};
use crate::common::problem;
use crate::made::{HEADINGS, SHEETS, WORKBOOK, open, open_document, packed, parts, row, with_part, workbook};

#[test]
fn two_cells_at_the_far_corners_are_two_cells() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, 1).unwrap();
    sheet.write(1_048_575, 16_383, 1).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert!(bytes.len() < 10_000);
    let message = refused(&bytes, "FIL-007");
    assert_eq!(message, "This sheet reaches to XFD1048576; at most 200,000 rows and 4,096 columns are read, so the sheet was left out.");
    assert_eq!(problem(&open(&bytes), "FIL-007").places, [Place::new("Sheet1", "XFD1048576")]);
}

#[test]
fn places_past_the_grid_are_damage() {
    for (rows, what) in [
        (r#"<row r="1048577"><c r="A1048577"><v>1</v></c></row>"#, "row 1048577"),
        (r#"<row r="4294967297"><c><v>1</v></c></row>"#, "row 4294967297"),
        (r#"<row r="0"/>"#, "row 0"),
        (r#"<row r="-1"/>"#, "row -1"),
        (r#"<row r="2"><c r="XFE2"><v>1</v></c></row>"#, "the cell XFE2"),
        (r#"<row r="2"><c r="A1048577"><v>1</v></c></row>"#, "the cell A1048577"),
        (r#"<row r="2"><c r="A0"><v>1</v></c></row>"#, "the cell A0"),
        (r#"<row r="2"><c r=""><v>1</v></c></row>"#, "the cell "),
    ] {
        let message = refused(&workbook(&format!("{HEADINGS}{rows}"), "<sst/>"), "FIL-002");
        assert_eq!(message, format!("The file is damaged: the sheet \"Return\" lists {what}, which no spreadsheet has."));
    }
}

#[test]
fn what_a_sheet_claims_to_span_is_not_asked() {
    let sheet = format!(
        r#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData>{HEADINGS}{}</sheetData></worksheet>"#,
        row(2, r#"<c r="C2"><v>5</v></c>"#)
    );
    let reading = open(&with_part("xl/worksheets/sheet1.xml", &sheet));
    assert_eq!(reading.values.len(), 1);
    assert_eq!(reading.values[0].value.as_ref().unwrap().cell, "C2");
}

#[test]
fn a_string_table_that_claims_billions_is_counted_instead() {
    let strings = r#"<sst uniqueCount="4294967295" count="4294967295"><si/><si><t>WM01</t></si></sst>"#;
    let rows = format!(
        r#"{HEADINGS}<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="inlineStr"><is><t>2023/24 Q1</t></is></c><c r="C2"><v>5</v></c></row>"#
    );
    let reading = open(&workbook(&rows, strings));
    // The empty one counts: the others keep their places.
    assert_eq!(reading.values[0].code.as_ref().unwrap().text, "WM01");
}

#[test]
fn references_to_what_the_file_does_not_hold_are_damage_and_not_the_first_there_is() {
    for index in ["9", "-1", "4294967296", "x", ""] {
        let rows = format!("{HEADINGS}{}", row(2, &format!(r#"<c r="C2" t="s"><v>{index}</v></c>"#)));
        let bytes = workbook(&rows, "<sst><si><t>412</t></si></sst>");
        assert_eq!(refused(&bytes, "FIL-002"), "The file is damaged: cells refer to a text the file does not hold.", "{index}");
        assert_eq!(problem(&open(&bytes), "FIL-002").places, [Place::new("Return", "C2")]);
    }
    // A style decides whether 0.5 is 50% or a day of 1900.
    for index in ["1", "-1", "4294967296", "x"] {
        let rows = format!("{HEADINGS}{}", row(2, &format!(r#"<c r="C2" s="{index}"><v>0.5</v></c>"#)));
        let message = refused(&workbook(&rows, "<sst/>"), "FIL-002");
        assert_eq!(message, "The file is damaged: cells refer to a style the file does not hold.", "{index}");
    }
}

#[test]
fn a_cell_that_is_there_twice_is_damage() {
    let rows = format!("{HEADINGS}{}", row(2, r#"<c r="C2"><v>5</v></c><c r="C2"><v>6</v></c>"#));
    assert_eq!(refused(&workbook(&rows, "<sst/>"), "FIL-002"), "The file is damaged: cells are there twice.");
}

#[test]
fn two_sheets_of_one_name_are_damage() {
    let second = r#"<sheet name="RETURN" sheetId="2" r:id="r1"/></sheets>"#;
    let bytes = with_part("xl/workbook.xml", &WORKBOOK.replace("</sheets>", second));
    assert_eq!(refused(&bytes, "FIL-002"), "The file is damaged: two of its sheets are called \"RETURN\".");
}

#[test]
fn a_sheet_that_lies_elsewhere_is_not_fetched() {
    for target in ["http://127.0.0.1:9/sheet1.xml", "file:///etc/passwd", "\\\\server\\share\\sheet1.xml"] {
        let outside = SHEETS.replace("Target=\"worksheets/sheet1.xml\"", &format!("Target=\"{target}\" TargetMode=\"External\""));
        let message = refused(&with_part("xl/_rels/workbook.xml.rels", &outside), "FIL-002");
        assert_eq!(message, "The file is damaged: the sheet \"Return\" is said to lie in another file, and nothing is fetched.");
        let inside = SHEETS.replace("worksheets/sheet1.xml", target);
        let message = refused(&with_part("xl/_rels/workbook.xml.rels", &inside), "FIL-002");
        assert_eq!(message, "The file is damaged: the sheet \"Return\" is missing from it.");
    }
    let turning = SHEETS.replace("worksheets/sheet1.xml", "workbook.xml");
    assert!(open(&with_part("xl/_rels/workbook.xml.rels", &turning)).has_errors());
}

#[test]
fn the_default_limits_are_met_exactly_and_named() {
    let table = |rows: u32, columns: u32| {
        let line = vec!["1"; columns as usize].join(",") + "\n";
        line.repeat(rows as usize).into_bytes()
    };
    let limits = Limits::default();
    let over = |bytes: &[u8], code: &str| problem(&read(bytes, "x.csv", &limits), code).message.clone();
    let within = |bytes: &[u8]| read(bytes, "x.csv", &limits).diagnostics.iter().all(|d| !d.code.starts_with("FIL"));
    assert!(within(&table(200_000, 1)) && within(&table(1, 4_096)) && within(&table(1_000, 1_000)));
    let beyond = "at most 200,000 rows and 4,096 columns are read, so the sheet was left out.";
    assert_eq!(over(&table(200_001, 1), "FIL-007"), format!("This sheet reaches to A200001; {beyond}"));
    assert_eq!(over(&table(1, 4_097), "FIL-007"), format!("This sheet reaches to FAO1; {beyond}"));
    assert_eq!(
        over(&[table(1_000, 1_000), table(1, 1)].concat(), "FIL-006"),
        "This sheet has more than 1,000,000 filled cells; this sheet was left out."
    );
    let message = over(&vec![b'x'; (25 << 20) + 1], "FIL-009");
    assert_eq!(message, "The file is 26,214,401 bytes; at most 25 MB are taken, which is 26,214,400 bytes.");
    assert!(!read(&vec![b'\n'; 25 << 20], "x.csv", &limits).diagnostics.iter().any(|d| d.code == "FIL-009"));
}

#[test]
fn a_text_longer_than_a_cell_can_hold_is_said_to_be() {
    let (fits, long) = ("x".repeat(32_767), "é".repeat(32_768));
    let message = "This cell holds more than 32,767 characters; the rest was left out.";
    let xlsx = |text: &str| {
        workbook(&format!("{HEADINGS}{}", row(2, &format!(r#"<c r="C2" t="inlineStr"><is><t>{text}</t></is></c>"#))), "<sst/>")
    };
    let ods = |text: &str| {
        open_document(&format!(
            "<table:table-row/><table:table-row><table:table-cell/><table:table-cell/><table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell></table:table-row>"
        ))
    };
    let csv = |text: &str| format!("Ref,Period,Result\nWM01,2023/24 Q1,{text}\n").into_bytes();
    for (one, other) in [(xlsx(&fits), xlsx(&long)), (ods(&fits), ods(&long)), (csv(&fits), csv(&long))] {
        assert!(open(&one).diagnostics.iter().all(|d| d.code != "FIL-014"));
        let reading = open(&other);
        let found = problem(&reading, "FIL-014");
        assert_eq!((found.message.as_str(), found.places[0].cell.as_str()), (message, "C2"));
    }
    let reading = open(&csv(&long));
    assert_eq!(reading.values[0].value.as_ref().unwrap().content, Content::Text("é".repeat(32_767)));
}

#[test]
fn cells_beyond_the_limit_leave_the_sheet_out() {
    let rows: String = (2..=50).map(|n| row(n, &format!(r#"<c r="C{n}"><v>1</v></c>"#))).collect();
    let limits = Limits { sheet_cells: 100, ..Limits::default() };
    refused_within(&workbook(&format!("{HEADINGS}{rows}"), "<sst/>"), "FIL-006", &limits);
}

#[test]
fn a_cell_that_is_only_formatted_is_no_cell() {
    let styles = r#"<styleSheet><fills><fill/><fill><patternFill patternType="solid"><fgColor rgb="FFFFC000"/></patternFill></fill></fills><cellXfs><xf numFmtId="0" fillId="0"/><xf numFmtId="9" fillId="1"/><xf numFmtId="9" fillId="0"/></cellXfs></styleSheet>"#;
    for style in [1, 2] {
        let mut rows = format!("{HEADINGS}{}", row(2, r#"<c r="C2"><v>5</v></c>"#));
        // Past every limit: row 1,048,576, the last column, and 60,000 of them.
        rows += &(3..60_003).map(|n| format!(r#"<row r="{n}"><c r="A{n}" s="{style}"/></row>"#)).collect::<String>();
        rows += &format!(r#"<row r="1048576"><c r="XFD1048576" s="{style}"/></row>"#);
        let mut parts = parts(&rows, "<sst/>");
        parts.push(("xl/styles.xml", styles.to_owned()));
        let limits = Limits { sheet_cells: 100, ..Limits::default() };
        let reading = read(&packed(&parts), "x.xlsx", &limits);
        assert_eq!(reading.values.len(), 1, "{:?}", reading.diagnostics);
        assert!(!reading.has_errors(), "{:?}", reading.diagnostics);
    }
}

#[test]
fn a_formula_without_a_result_is_not_blank() {
    let rows = format!("{HEADINGS}{}", row(2, r#"<c r="C2"><f>B4*2</f></c>"#));
    let reading = open(&workbook(&rows, "<sst/>"));
    let cell = reading.values[0].value.as_ref().unwrap();
    assert_eq!((cell.uncached, cell.formula.as_deref()), (true, Some("B4*2")));
}

#[test]
fn rows_and_cells_repeated_by_a_number_count_each_time() {
    let cell = |columns: u32| {
        format!(r#"<table:table-cell table:number-columns-repeated="{columns}" office:value-type="float" office:value="1"/>"#)
    };
    let rows =
        |rows: u32, columns: u32| format!(r#"<table:table-row table:number-rows-repeated="{rows}">{}</table:table-row>"#, cell(columns));
    refused(&open_document(&rows(1_048_576, 16_384)), "FIL-007");
    refused(&open_document(&rows(200_000, 4_096)), "FIL-006");
    refused(&open_document(&rows(200_001, 1)), "FIL-007");
    refused(&open_document(&rows(u32::MAX, u32::MAX)), "FIL-007");
    // As every program pads a sheet: repeated and empty.
    let blank = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    let reading = open(&open_document(blank));
    assert!(reading.diagnostics.iter().all(|d| !d.code.starts_with("FIL-00")), "{:?}", reading.diagnostics);
}
