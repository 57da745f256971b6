//! Whole workbooks through the front door. What the fixtures hold is written in `fixtures/make.py`; the rows expected
//! here were written from it by hand.

use importers::figure::{Column, Expected, interpret};
use importers::{Content, Format, Layout, Limits, PeriodContent, Reading, Severity, ValueRow, read};
use rust_decimal::Decimal;

use crate::common::{codes, fixture, places, problem};

fn open(name: &str) -> Reading {
    read(&fixture(name), name, &Limits::default())
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// What a row says, places aside: ref, name, period, figure, parts, commentary, due day.
fn says(row: &ValueRow, unit: &str) -> String {
    let text = |t: &Option<importers::Text>| t.as_ref().map_or("-", |t| t.text.as_str()).to_owned();
    let period = match &row.period.as_ref().unwrap().content {
        PeriodContent::Text(text) => text.clone(),
        PeriodContent::Date { date, .. } => date.to_string(),
    };
    let figure = row.value.as_ref().map(|cell| {
        let expected = Expected { unit, column: Column::default(), ..Expected::default() };
        interpret(cell, "x", &expected).0
    });
    let figure = figure.map(|f| f.value.map_or_else(|| f.absence.map_or("-".to_owned(), |a| a.code().to_owned()), |v| v.to_string()));
    let number = |cell: &Option<importers::RawCell>| match cell.as_ref().map(|c| &c.content) {
        Some(Content::Number(n)) => n.to_string(),
        _ => "-".to_owned(),
    };
    let due = row.action_due.as_ref().and_then(|d| d.date).map_or("-".to_owned(), |d| d.to_string());
    format!(
        "{} | {} | {period} | {} | {} | {} | {} | {due}",
        text(&row.code),
        text(&row.name),
        figure.unwrap_or_else(|| "-".into()),
        number(&row.numerator),
        number(&row.denominator),
        text(&row.commentary)
    )
}

const LONG: [(&str, &str); 6] = [
    ("Per cent", "WM01 | Household waste recycled | Q1 2023/24 | 87.2 | 872 | 1000 | On target. | -"),
    ("Per cent", "WM01 | Household waste recycled | Q2 2023/24 | 84.15 | - | - | - | 2024-09-30"),
    ("Number", "WM02 | Missed bins | April 2023 | 412 | - | - | Two lines\nof text | -"),
    ("Number", "WM02 | Missed bins | May 2023 | NOT_AVAILABLE | - | - | - | -"),
    ("Pounds", "WM03 | Cost of a collection | 2023/24 | 62.47 | 4993425 | 79936 | - | -"),
    ("Number", "WM04 | Change in tonnage | 2023/24 | -1183.5 | - | - | - | -"),
];

#[test]
fn one_table_reads_the_same_from_every_format() {
    for (name, format) in [("long.xlsx", Format::Xlsx), ("long.ods", Format::Ods), ("long.xls", Format::Xls), ("long.csv", Format::Csv)] {
        let reading = open(name);
        assert_eq!((reading.format, reading.layout), (Some(format), Some(Layout::Long)), "{name}");
        assert_eq!(codes(&reading), Vec::<String>::new(), "{name}");
        let rows: Vec<String> = reading.values.iter().zip(LONG).map(|(row, (unit, _))| says(row, unit)).collect();
        let expected: Vec<&str> = LONG.iter().map(|(_, row)| *row).collect();
        assert_eq!(rows, expected, "{name}");
        assert_eq!(reading.values[0].value.as_ref().unwrap().cell, "D4", "{name}");
        assert_eq!(reading.values[1].action_due.as_ref().unwrap().cell, "H5", "{name}");
    }
}

#[test]
fn quarters_across_two_heading_rows_read_the_same_from_every_format() {
    for name in ["wide.xlsx", "wide.ods", "wide.xls", "wide.csv"] {
        let reading = open(name);
        assert_eq!(reading.layout, Some(Layout::Wide), "{name}");
        let rows: Vec<_> = reading.values.iter().map(|row| says(row, "Number")).collect();
        let expected = [
            "WM02 | Missed bins | Q1 | 412 | - | - | - | -",
            "WM02 | Missed bins | Q2 | 398 | - | - | - | -",
            "WM05 | Fly-tips | Q1 | 1247 | - | - | - | -",
        ];
        assert_eq!(rows, expected, "{name}");
        assert!(reading.values.iter().all(|row| row.section.as_deref() == Some("Environment")), "{name}");
        let years: Vec<_> = reading.values.iter().map(|row| row.period.as_ref().unwrap().context_year).collect();
        assert_eq!(years, [Some(2023); 3], "{name}");
        let target = reading.values[1].target.as_ref().unwrap();
        assert_eq!((target.cell.as_str(), &target.content), ("F5", &Content::Number(dec("400"))), "{name}");
        assert!(!reading.has_errors(), "{name}: {:?}", reading.diagnostics);
        assert_eq!(problem(&reading, "VAL-029").severity, Severity::Info, "{name}");
    }
}

#[test]
fn a_messy_sheet_gives_its_good_rows_and_each_fault_at_its_cell() {
    let reading = open("messy.xlsx");
    assert_eq!(reading.layout, Some(Layout::Wide));
    let figures: Vec<_> =
        reading.values.iter().map(|r| (r.code.as_ref().unwrap().text.as_str(), r.value.as_ref().unwrap().cell.as_str())).collect();
    let expected = [("WM01", "C8"), ("WM01", "E8"), ("WM02", "C9"), ("WM02", "E9"), ("WM03", "C11"), ("WM03", "E11"), ("WM04", "E12")];
    assert_eq!(figures, expected);
    assert_eq!(reading.values[0].section.as_deref(), Some("Recycling"));
    assert_eq!(reading.values[4].section.as_deref(), Some("Streets"));
    for (code, cells) in [
        ("STR-001", vec!["A1"]),
        ("STR-002", vec!["A5"]),
        ("STR-003", vec!["A7", "A10"]),
        ("STR-005", vec!["A14", "A16"]),
        ("STR-011", vec!["A8"]),
        ("STR-013", vec!["A1"]),
        ("STR-015", vec!["E12", "E13"]),
        ("STR-016", vec!["C12", "C13"]),
        ("STR-020", vec!["D11"]),
        ("STR-021", vec!["A1"]),
    ] {
        assert_eq!(places(&reading, code), cells, "{code}");
    }
    let of = |cell: &str| {
        let row = reading.values.iter().find(|r| r.value.as_ref().unwrap().cell == cell).unwrap();
        let (figure, problems) = interpret(row.value.as_ref().unwrap(), &row.sheet, &Expected { unit: "Number", ..Expected::default() });
        (figure.value, problems.iter().map(|p| p.code.to_string()).collect::<Vec<_>>())
    };
    assert_eq!(of("E9"), (None, vec!["VAL-053".to_owned()]));
    assert_eq!(of("C11"), (None, vec!["VAL-060".to_owned()]));
    assert_eq!(of("E11"), (None, vec!["VAL-051".to_owned()]));
    assert_eq!(of("C8"), (Some(dec("45.1")), vec![]));
}

#[test]
fn dates_counted_from_1904_are_the_same_days() {
    let (old, new) = (open("dates-1904.xlsx"), open("dates-1900.xlsx"));
    assert_eq!(old.values, new.values);
    assert_eq!((codes(&old), codes(&new)), (vec!["PER-030".to_owned()], vec![]));
    let days: Vec<_> = new.values.iter().map(|r| r.period.as_ref().unwrap().content.clone()).collect();
    let day =
        |month| PeriodContent::Date { date: chrono::NaiveDate::from_ymd_opt(2023, month, 1).unwrap(), format: Some("mmm yyyy".into()) };
    assert_eq!(days, [day(4), day(5)]);
}

#[test]
fn a_filled_template_is_matched_by_its_keys() {
    for name in ["template.xlsx", "template.ods"] {
        let reading = open(name);
        assert_eq!(reading.layout, Some(Layout::Template), "{name}");
        let stamp = reading.stamp.as_ref().unwrap();
        assert_eq!((stamp.schema.as_str(), stamp.issue, stamp.period.as_str()), ("return/1", Some(2), "2023/24 Q1"), "{name}");
        assert_eq!((stamp.council_code.as_str(), stamp.element_code.as_str()), ("example", "WASTE"), "{name}");
        assert_eq!(stamp.fingerprint, "f1e2d3c4", "{name}");
        assert_eq!(stamp.carriers.property.as_deref(), Some("f1e2d3c4"), "{name}");
        assert_eq!(stamp.carriers.defined_name.as_deref(), Some("f1e2d3c4"), "{name}");
        assert_eq!(stamp.carriers.words.as_deref(), Some("ABCDEFGHIJKL"), "{name}");
        assert_eq!(stamp.rows.len(), 4, "{name}");
        let keys: Vec<_> = reading.values.iter().map(|r| r.row_key.as_ref().unwrap().text.as_str()).collect();
        assert_eq!(keys, ["WM02 2023/24 Q1", "WM01 2023/24 Q1", "WM03 2023/24 Q1"], "{name}");
        let wm01 = &reading.values[1];
        assert_eq!(wm01.value.as_ref().unwrap().percent, Some(true), "{name}");
        assert_eq!(wm01.action_due.as_ref().unwrap().date, chrono::NaiveDate::from_ymd_opt(2023, 9, 30), "{name}");
        assert_eq!(reading.values[0].state.as_ref().unwrap().text, "Provisional", "{name}");
        assert_eq!(codes(&reading), ["TPL-024", "TPL-022", "TPL-021"], "{name}");
        assert_eq!(places(&reading, "TPL-024"), ["L10"], "{name}");
        assert_eq!(places(&reading, "TPL-022"), ["A11"], "{name}");
        assert_eq!(problem(&reading, "TPL-021").seen.as_deref(), Some("WM04 2023/24 Q1"), "{name}");
    }
}

#[test]
fn a_framework_gives_its_right_rows_and_says_what_is_wrong_with_the_others() {
    for name in ["framework.xlsx", "framework.ods"] {
        let reading = open(name);
        assert_eq!(reading.layout, Some(Layout::Framework), "{name}");
        let book = reading.framework.as_ref().unwrap();
        let edition = &book.edition.as_ref().unwrap().row;
        assert_eq!((edition.council.as_str(), edition.edition.as_str()), ("example", "2023/24"), "{name}");
        assert_eq!(edition.from, chrono::NaiveDate::from_ymd_opt(2023, 4, 1).unwrap(), "{name}");
        let elements: Vec<_> = book.elements.iter().map(|e| e.row.code.as_str()).collect();
        assert_eq!(elements, ["D-ENV", "S-WM", "S-YY"], "{name}");
        let indicators: Vec<_> = book.indicators.iter().map(|i| i.row.code.as_str()).collect();
        assert_eq!(indicators, ["WM01", "WM02", "WM01"], "{name}");
        let wm01 = &book.indicators[0].row;
        assert_eq!((wm01.version, wm01.decimal_places, wm01.multiplier, wm01.minimum), (1, 1, dec("100"), Some(dec("0.1"))), "{name}");
        assert_eq!(wm01.aliases, ["NI 192", "BV82"], "{name}");
        assert_eq!(book.indicators[1].row.multiplier, dec("1"), "{name}");
        let targets: Vec<_> = book.targets.iter().map(|t| format!("{} {}", t.row.indicator, t.row.period)).collect();
        assert_eq!(targets, ["WM01 2023/24", "WM01 2023/24 Q1", "WM02 2023/24", "WM77 2023/24"], "{name}");
        let unread: Vec<_> = book.unread.iter().map(|u| (u.sheet.as_str(), u.code.as_deref(), u.place.cell.as_str())).collect();
        let left_out = [
            ("Elements", Some("S-XX"), "B4"),
            ("Indicators", Some("WM03"), "A5"),
            ("Indicators", Some("WM04"), "A6"),
            ("Targets", Some("WM02"), "A6"),
            ("Status rules", Some("WM02"), "A5"),
        ];
        assert_eq!(unread, left_out, "{name}");
        assert_eq!((book.rules.len(), book.periods.len()), (3, 2), "{name}");
        assert_eq!(book.periods.iter().map(|p| p.row.open).collect::<Vec<_>>(), [true, false], "{name}");
        for (code, cells) in [("FRM-003", vec!["C4", "D6", "H6"]), ("FRM-001", vec!["C5", "E5"]), ("FRM-013", vec!["F5"])] {
            assert_eq!(places(&reading, code), cells, "{name} {code}");
        }
        assert_eq!(places(&reading, "FRM-011"), ["F6", "B6"], "{name}");
        let kind = reading.diagnostics.iter().find(|d| d.seen.as_deref() == Some("Servise")).unwrap();
        assert_eq!(kind.suggestion.as_deref(), Some("Did you mean Service?"), "{name}");
    }
}

#[test]
fn a_reading_survives_the_pipe() {
    for name in ["long.xlsx", "messy.xlsx", "template.xlsx", "framework.xlsx"] {
        let reading = open(name);
        let json = serde_json::to_string(&reading).unwrap();
        assert_eq!(serde_json::from_str::<Reading>(&json).unwrap(), reading, "{name}");
    }
}

#[test]
fn the_same_bytes_give_the_same_reading() {
    let first = serde_json::to_string(&open("messy.xlsx")).unwrap();
    assert_eq!(first, serde_json::to_string(&open("messy.xlsx")).unwrap());
}

#[test]
fn very_long_commentary_is_asked_about_and_endless_commentary_is_not_taken() {
    let csv = format!(
        "Ref,Period,Result,Commentary\nA,2023/24,1,{}\nB,2023/24,2,{}\nC,2023/24,3,{}\n",
        "x".repeat(2_000),
        "x".repeat(2_001),
        "x".repeat(10_001)
    );
    let reading = read(csv.as_bytes(), "x.csv", &Limits::default());
    let kept: Vec<_> = reading.values.iter().map(|r| r.commentary.as_ref().map(|t| t.text.len())).collect();
    assert_eq!(kept, [Some(2_000), Some(2_001), None]);
    let found: Vec<_> = reading.diagnostics.iter().map(|d| (d.severity, d.code.as_ref(), d.places[0].cell.as_str())).collect();
    assert_eq!(found, [(Severity::Warning, "VAL-041", "D3"), (Severity::Error, "VAL-041", "D4")]);
}
