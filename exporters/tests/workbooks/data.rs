//! Figures as data.

use std::io::Cursor;

use calamine::Data;
use chrono::NaiveDate;
use exporters::data::{DATA_COLUMNS, DataBook, DataCsv, DataRow, DataSet, DataSubject};
use rules::measure::{Absence, Polarity, ValueState};
use rules::period::Period;
use rules::status::Colour;
use rust_decimal::Decimal;

use crate::checker;
use crate::opened::Opened;
use crate::sample::at;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn subject(code: &str, title: &str, unit: &str, decimals: u32) -> DataSubject {
    DataSubject {
        code: code.to_owned(),
        title: title.to_owned(),
        service: "Waste & Recycling <Services>".to_owned(),
        unit: unit.to_owned(),
        decimals,
        polarity: Polarity::HigherIsBetter,
    }
}

fn set() -> DataSet {
    DataSet {
        council: "Exampleshire County Council".to_owned(),
        as_at: at("2024-10-14T09:00:00Z"),
        narrowed: vec!["Periods: from April to June 2024".to_owned()],
        subjects: vec![
            subject("WM01", "Household waste recycled, composted or sent to be digested, of all that was collected", "Per cent", 1),
            subject("WM02", "=HYPERLINK(\"https://example.org\",\"Bins\")", "Number", 0),
            subject("BN01", "Days to process a claim", "Days", 1),
            subject("FN01", "Spend per household", "Pounds", 2),
        ],
    }
}

fn row(subject: usize, period: &str, value: Option<&str>) -> DataRow {
    DataRow {
        subject,
        period: period.parse::<Period>().unwrap(),
        value: value.map(dec),
        absence: None,
        state: ValueState::Final,
        target: None,
        intervention: None,
        lower: None,
        upper: None,
        status: Some(Colour::NoTarget),
        forecast: None,
        numerator: None,
        denominator: None,
        revised_on: None,
        recorded_on: Some(day("2024-07-10")),
    }
}

fn rows() -> Vec<DataRow> {
    vec![
        DataRow {
            target: Some(dec("60")),
            intervention: Some(dec("55")),
            status: Some(Colour::Green),
            forecast: Some(dec("62.5")),
            numerator: Some(dec("1843.25")),
            denominator: Some(dec("30120")),
            revised_on: Some(day("2024-08-01")),
            ..row(0, "2024/25 Q1", Some("6.11969"))
        },
        DataRow { absence: Some(Absence::Suppressed), status: Some(Colour::Suppressed), ..row(0, "2024/25 Q2", None) },
        row(1, "2024-04", Some("-12")),
        row(1, "2024-05", Some("73390")),
        DataRow { lower: Some(dec("5")), upper: Some(dec("9.5")), state: ValueState::Provisional, ..row(2, "2023/24", Some("7.25")) },
        row(3, "2024/25 Q1", Some("1204.50")),
        // Not a binary number a workbook could hold.
        row(3, "2024/25 Q2", Some("12345678901234567.89")),
    ]
}

fn workbook(set: DataSet, rows: &[DataRow]) -> Vec<u8> {
    let mut book = DataBook::begin(set, Cursor::new(Vec::new()));
    for row in rows {
        book = book.row(row).unwrap();
    }
    book.finish().unwrap().into_inner()
}

fn separated(set: DataSet, rows: &[DataRow]) -> String {
    let mut csv = DataCsv::begin(set, Vec::new()).unwrap();
    for row in rows {
        csv.row(row).unwrap();
    }
    String::from_utf8(csv.finish().unwrap()).unwrap()
}

#[test]
fn data_passes_the_accessibility_gate() {
    // P03 and P06 would have the whole width on one page: this list is to be filtered and read by machines.
    checker::passes_but("performance-data.xlsx", &workbook(set(), &rows()[..6]), &["P03", "P06"]);
    checker::passes("no-performance-data.xlsx", &workbook(set(), &[]));
}

#[test]
fn types_are_types_and_columns_are_where_they_always_are() {
    let bytes = workbook(set(), &rows());
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let range = calamine::Reader::worksheet_range(&mut book, "Data").unwrap();
    let all: Vec<&[Data]> = range.rows().collect();
    let header = all.iter().position(|row| row[0] == Data::String("Council".to_owned())).unwrap();
    let headings: Vec<String> = all[header].iter().map(ToString::to_string).collect();
    assert_eq!(headings, DATA_COLUMNS.map(|column| column.heading.to_owned()));
    let data = &all[header + 1..];
    assert_eq!(data.len(), 7);
    let text = |text: &str| Data::String(text.to_owned());
    let first = data[0];
    assert_eq!(
        first[..5].to_vec(),
        ["Exampleshire County Council", "WM01", &set().subjects[0].title, "Waste & Recycling <Services>", "April to June 2024"].map(text)
    );
    assert_eq!((&first[7], &first[10], &first[15]), (&Data::Float(0.061_196_9), &Data::Float(0.6), &Data::Float(0.625)));
    assert_eq!((&first[16], &first[17]), (&Data::Float(1843.25), &Data::Float(30120.0)));
    assert_eq!((&first[8], &first[9], &first[14]), (&Data::Empty, &text("Final"), &text("Green")));
    for (column, on) in [(5, "2024-04-01"), (6, "2024-06-30"), (20, "2024-08-01"), (21, "2024-07-10")] {
        let Data::DateTime(found) = &first[column] else { panic!("{:?} is no date", first[column]) };
        let serial = (day(on) - day("1899-12-30")).num_days();
        assert!((found.as_f64() - f64::from(i32::try_from(serial).unwrap())).abs() < 1e-9, "{on}: {found}");
    }
    assert_eq!((&data[1][7], &data[1][8], &data[1][14]), (&Data::Empty, &text("Suppressed"), &text("Suppressed")));
    assert_eq!((&data[2][7], &data[3][7]), (&Data::Float(-12.0), &Data::Float(73390.0)));
    assert_eq!((&data[4][12], &data[4][13], &data[4][9]), (&Data::Float(5.0), &Data::Float(9.5), &text("Provisional")));
    assert_eq!((&data[5][7], &data[6][7]), (&Data::Float(1204.5), &text("12345678901234567.89")));
}

#[test]
fn the_same_rows_are_the_same_bytes_and_text_is_never_a_formula() {
    assert_eq!(workbook(set(), &rows()), workbook(set(), &rows()));
    let opened = Opened::new(workbook(set(), &rows()));
    assert!(!opened.everything().contains("<f>"));
    assert!(opened.part("xl/sharedStrings.xml").contains("=HYPERLINK("));
    let table = opened.part("xl/tables/table1.xml");
    assert!(table.contains("displayName=\"data\"") && table.matches(":V12\"").count() == 2, "{table}");
    assert_eq!(opened.part("xl/worksheets/sheet2.xml").matches("<row ").count(), 12);
}

#[test]
fn comma_separated_values_are_exact_and_by_the_book() {
    let csv = separated(set(), &rows());
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(lines.len(), 9);
    assert_eq!(lines[8], "");
    assert!(lines[0].starts_with("\u{feff}Council,Ref,Indicator,Service,Period,Period start,Period end,Value,Reason for no result,"));
    assert_eq!(
        lines[1],
        "Exampleshire County Council,WM01,\"Household waste recycled, composted or sent to be digested, of all that was collected\",\
        Waste & Recycling <Services>,April to June 2024,2024-04-01,2024-06-30,6.11969,,Final,60,55,,,Green,62.5,1843.25,30120,Per cent,\
        Higher,2024-08-01,2024-07-10"
    );
    assert!(lines[2].contains(",2024-07-01,2024-09-30,,Suppressed,Final,,,,,Suppressed,"), "{}", lines[2]);
    // The number is a number, the text is not run.
    assert!(lines[3].contains(",\"'=HYPERLINK(\"\"https://example.org\"\",\"\"Bins\"\")\",") && lines[3].contains(",-12,"), "{}", lines[3]);
    assert!(lines[7].contains(",12345678901234567.89,"), "{}", lines[7]);
}

#[test]
fn an_export_without_rows_says_so() {
    assert_eq!(separated(set(), &[]).lines().count(), 1);
    let mut opened = Opened::new(workbook(set(), &[]));
    assert_eq!(opened.sheets(), ["Cover"]);
    assert!(opened.column_a("Cover").contains("No figure fits the filter."));
}

#[test]
fn the_guide_lists_the_columns_as_they_are() {
    let guide = include_str!("../../../docs/data.md");
    let rows = DATA_COLUMNS.map(|column| format!("| {} | {:?} | {} |\n", column.heading, column.kind, column.meaning));
    assert!(guide.contains(&rows.concat()), "docs/data.md says otherwise:\n{}", rows.concat());
}
