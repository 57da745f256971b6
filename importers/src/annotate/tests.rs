use std::io::{Cursor, Read};

use rust_xlsxwriter::{Format as XlsxFormat, Workbook};
use zip::ZipArchive;

use super::splice::{escaped, with_attribute};
use super::*;

fn remark(sheet: &str, cell: &str, severity: Severity) -> Remark {
    Remark {
        place: Place::new(sheet, cell),
        severity,
        code: "VAL-019".into(),
        message: "Text where a figure is asked for: <see> \"notes\" & more.".into(),
        suggestion: Some("=1+1 is typed as text".into()),
        seen: Some("n\u{1}one".into()),
        expected: None,
    }
}

fn sent() -> Vec<u8> {
    let mut workbook = Workbook::new();
    // Made twice, it is the same file, whatever the second.
    let made = rust_xlsxwriter::ExcelDateTime::from_ymd(2024, 10, 3).unwrap();
    workbook.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&made));
    let percent = XlsxFormat::new().set_num_format("0.0%").set_bold();
    let sheet = workbook.add_worksheet().set_name("Q1 & more").unwrap();
    sheet.write(0, 0, "Ref").unwrap().write(0, 2, "Result").unwrap();
    sheet.write(2, 0, "WM01").unwrap().write_with_format(2, 2, 0.612, &percent).unwrap();
    sheet.write(5, 2, "late").unwrap();
    workbook.add_worksheet().set_name("Messages").unwrap().write(0, 0, "theirs").unwrap();
    workbook.add_worksheet().set_name("Empty").unwrap();
    workbook.save_to_buffer().unwrap()
}

fn marked(remarks: &[Remark]) -> Vec<u8> {
    match annotate(&sent(), "sent.xlsx", &Limits::default(), remarks).unwrap() {
        Annotated::Workbook(bytes) => bytes,
        Annotated::Cells(_) => panic!("is changed in place"),
    }
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn what_was_sent_stays_and_cells_are_marked_that_were_not_there_too() {
    let remarks = [
        remark("Q1 & more", "C6", Severity::Error),
        remark("Q1 & more", "C3", Severity::Warning),
        remark("Q1 & more", "B3", Severity::Error),
        remark("Q1 & more", "D6", Severity::Error),
        remark("Q1 & more", "B5:C5", Severity::Warning),
        remark("Q1 & more", "A9", Severity::Warning),
        remark("Q1 & more", "A3", Severity::Info),
        remark("Empty", "B2", Severity::Error),
        remark("No such sheet", "B2", Severity::Error),
        remark("", "A1", Severity::Error),
    ];
    let bytes = marked(&remarks);
    let (before, after) =
        (open::open(&sent(), "s.xlsx", &Limits::default()).unwrap(), open::open(&bytes, "s.xlsx", &Limits::default()).unwrap());
    let names: Vec<&str> = after.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["Q1 & more", "Messages", "Empty", "Messages 2"]);
    for (was, is) in before.sheets.iter().zip(&after.sheets) {
        for row in &was.rows {
            for cell in &row.cells {
                let now = is.cell(row.index, cell.column).unwrap();
                assert_eq!(
                    (&now.value, &now.style.number_format, now.style.bold),
                    (&cell.value, &cell.style.number_format, cell.style.bold)
                );
            }
        }
    }
    let fill = |sheet: usize, cell: &str| {
        let (row, column) = parse_a1(cell).unwrap();
        after.sheets[sheet].cell(row, column).and_then(|cell| cell.style.fill.as_deref().map(str::to_owned))
    };
    for (sheet, cell, expected) in [
        (0, "C6", Some("FADBDD")),
        (0, "C3", Some("FFE9B8")),
        (0, "B3", Some("FADBDD")),
        (0, "D6", Some("FADBDD")),
        (0, "B5", Some("FFE9B8")),
        (0, "C5", Some("FFE9B8")),
        (0, "A9", Some("FFE9B8")),
        (0, "A3", None),
        (0, "A1", None),
        (2, "B2", Some("FADBDD")),
        (1, "A1", None),
    ] {
        assert_eq!(fill(sheet, cell).as_deref(), expected, "{sheet} {cell}");
    }
    let said = &after.sheets[3];
    assert_eq!(said.rows.len(), 1 + remarks.len());
    let words: Vec<String> = said.rows[1].cells.iter().map(crate::sheet::Cell::text).collect();
    assert_eq!(words[..5], ["Q1 & more", "C6", "Error", "VAL-019", "Text where a figure is asked for: <see> \"notes\" & more."]);
    assert!(said.rows.iter().all(|row| row.cells.iter().all(|cell| cell.formula.is_none())));
    assert_eq!(said.cell(10, 0).unwrap().text(), "Whole file");
    assert!(part(&bytes, "xl/golden-thread-messages.xml").contains("location=\"'Q1 &amp; more'!C6\""));
}

#[test]
fn the_same_file_and_remarks_are_the_same_bytes_and_other_parts_are_untouched() {
    let remarks = [remark("Q1 & more", "C3", Severity::Error)];
    let bytes = marked(&remarks);
    assert_eq!(bytes, marked(&remarks));
    for name in ["xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "docProps/core.xml", "xl/theme/theme1.xml"] {
        assert_eq!(part(&bytes, name), part(&sent(), name), "{name}");
    }
}

#[test]
fn nothing_is_added_but_the_sheet_of_messages_and_what_the_sender_had_stays() {
    let sent = sent_by_somebody();
    let Annotated::Workbook(bytes) = annotate(&sent, "sent.xlsx", &Limits::default(), &[remark("Q1", "B2", Severity::Error)]).unwrap()
    else {
        panic!("is changed in place")
    };
    let names = |bytes: &[u8]| -> Vec<String> {
        ZipArchive::new(Cursor::new(bytes)).unwrap().file_names().map(|name| name.unwrap().into_owned()).collect()
    };
    let added: Vec<String> = names(&bytes).into_iter().filter(|name| !names(&sent).contains(name)).collect();
    assert_eq!(added, ["xl/golden-thread-messages.xml"]);
    let rewritten = ["[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"];
    for name in names(&sent) {
        assert_eq!(part(&sent, &name) == part(&bytes, &name), !rewritten.contains(&name.as_str()), "{name}");
    }
    // The sender's own link, formula and properties are theirs to keep; none is added.
    assert!(part(&bytes, "docProps/core.xml").contains("<dc:creator>Sam Sender</dc:creator>"));
    assert!(part(&bytes, "xl/worksheets/sheet1.xml").contains("<f>A1*2</f>"));
    let outside =
        |bytes: &[u8]| names(bytes).iter().map(|name| part(bytes, name).matches("TargetMode=\"External\"").count()).sum::<usize>();
    assert_eq!((outside(&sent), outside(&bytes)), (1, 1));
}

/// A workbook with a formula, a link to a web page and properties of its own.
fn sent_by_somebody() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let properties = rust_xlsxwriter::DocProperties::new().set_author("Sam Sender").set_custom_property("Register", "R1");
    workbook.set_properties(&properties);
    let sheet = workbook.add_worksheet().set_name("Q1").unwrap();
    sheet.write(0, 0, 21).unwrap().write_formula(1, 0, "=A1*2").unwrap();
    sheet.write_url(2, 0, "https://example.com/guidance").unwrap();
    workbook.save_to_buffer().unwrap()
}

#[test]
fn other_formats_come_back_as_their_cells() {
    let annotated = annotate(b"Ref,Result\nWM01,12\n", "q1.csv", &Limits::default(), &[]).unwrap();
    let Annotated::Cells(sheets) = annotated else { panic!("is no workbook") };
    assert_eq!((sheets.len(), sheets[0].name.as_str(), sheets[0].cells.len()), (1, "q1", 4));
    assert_eq!(sheets[0].cells[2].at, (1, 0));
    assert!(annotate(b"%PDF-1.7 \0", "q1.xlsx", &Limits::default(), &[]).is_err());
}

#[test]
fn the_gravest_of_several_remarks_marks_a_cell() {
    let both = [remark("S", "B2", Severity::Warning), remark("S", "B2", Severity::Error), remark("S", "A1:XFD1048576", Severity::Error)];
    let marks = marks(&both);
    assert_eq!(marks["S"].iter().map(|(at, severity)| (*at, *severity)).collect::<Vec<_>>(), [((1, 1), Severity::Error)]);
}

#[test]
fn attributes_are_set_wherever_they_stand() {
    for (tag, expected) in [
        ("<c r=\"A1\" s=\"3\">", "<c r=\"A1\" s=\"7\">"),
        ("<c r='A1' s='3'/>", "<c r='A1' s='7'/>"),
        ("<x:c r=\"A1\"/>", "<x:c s=\"7\" r=\"A1\"/>"),
        ("<c>", "<c s=\"7\">"),
        ("<c cs=\"1\">", "<c s=\"7\" cs=\"1\">"),
    ] {
        assert_eq!(with_attribute(tag, "s", "7").as_deref(), Some(expected));
    }
    assert_eq!(escaped("a<b & \u{0}\"c\""), "a&lt;b &amp; &quot;c&quot;");
}

/// The workbook that was sent with one part written otherwise.
fn sent_with(name: &str, change: impl Fn(&str) -> Vec<u8>) -> Vec<u8> {
    let sent = sent();
    let mut source = ZipArchive::new(Cursor::new(sent.as_slice())).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..source.len() {
        let found = source.by_index(at).unwrap().name().unwrap().into_owned();
        let text = part(&sent, &found);
        out.start_file(found.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut out, &if found == name { change(&text) } else { text.into_bytes() }).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn a_part_in_another_encoding_is_not_written_back_as_if_it_were_ours() {
    let wide = |text: &str| {
        let text = text.replace("UTF-8", "utf-16");
        [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let bytes = sent_with("xl/worksheets/sheet1.xml", wide);
    let annotated = annotate(&bytes, "s.xlsx", &Limits::default(), &[remark("Q1 & more", "C3", Severity::Error)]).unwrap();
    assert!(matches!(annotated, Annotated::Cells(_)));
}

#[test]
fn a_workbook_in_the_strict_form_is_not_changed_in_place() {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let bytes = sent_with("xl/workbook.xml", |text| text.replace(main, "http://purl.oclc.org/ooxml/spreadsheetml/main").into_bytes());
    let annotated = annotate(&bytes, "s.xlsx", &Limits::default(), &[remark("Q1 & more", "C3", Severity::Error)]).unwrap();
    assert!(matches!(annotated, Annotated::Cells(_)));
}

#[test]
fn rows_that_do_not_say_their_number_are_where_their_cells_say() {
    let unnumbered = |text: &str| {
        let mut text = text.to_owned();
        for row in 1..9 {
            text = text.replace(&format!("<row r=\"{row}\""), "<row");
        }
        text.into_bytes()
    };
    let bytes = sent_with("xl/worksheets/sheet1.xml", unnumbered);
    let annotated = annotate(&bytes, "s.xlsx", &Limits::default(), &[remark("Q1 & more", "C3", Severity::Error)]).unwrap();
    let Annotated::Workbook(bytes) = annotated else { panic!("is changed in place") };
    let book = open::open(&bytes, "s.xlsx", &Limits::default()).unwrap();
    assert_eq!(book.sheets[0].cell(2, 2).and_then(|cell| cell.style.fill.as_deref().map(str::to_owned)), Some("FADBDD".to_owned()));
    assert_eq!(book.sheets[0].rows.iter().map(|row| row.cells.len()).sum::<usize>(), 5);
}
