//! One workbook in several formats reads the same, cell by cell; and as an independent reader reads it.

use std::path::PathBuf;

use calamine::{Data, Reader};

use crate::Limits;
use crate::sheet::{Book, Cell, Sheet, Value};

fn bytes(path: &str) -> Option<Vec<u8>> {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), path].iter().collect();
    std::fs::read(&path).inspect_err(|_| println!("{} is not here: nothing is compared", path.display())).ok()
}

fn book(name: &str, bytes: &[u8]) -> Book {
    super::open(bytes, name, &Limits::default()).unwrap_or_else(|(_, refusal)| panic!("{name}: {refusal:?}"))
}

/// Which parts of a date a format shows, in order: what decides how a date is read as a period.
fn shows(cell: &Cell) -> String {
    let format = cell.style.number_format.as_deref().filter(|_| matches!(cell.value, Value::Date(_))).unwrap_or_default();
    let format = format.split(';').next().unwrap_or_default().to_lowercase();
    ["d", "m", "y"].into_iter().filter(|letter| format.contains(letter)).collect()
}

/// What can be told of a cell in every format.
fn cell(cell: &Cell) -> String {
    let value = match &cell.value {
        // As many digits as are kept of a figure.
        Value::Duration(days) => format!("{}", days.round_dp(12).normalize()),
        Value::Number(number) => format!("{}", number.round_sf(12).unwrap_or(*number).normalize()),
        value => format!("{value:?}"),
    };
    let mut said = format!("{value} {}", shows(cell));
    for (is, word) in [
        (cell.style.percent == Some(true) && matches!(cell.value, Value::Number(_)), " percent"),
        (cell.style.struck, " struck"),
        (cell.formula.is_some(), " formula"),
        (cell.uncached, " uncached"),
    ] {
        if is {
            said.push_str(word);
        }
    }
    said
}

/// Everything in a sheet, a line each.
fn lines(sheet: &Sheet) -> Vec<String> {
    let mut lines = Vec::new();
    let mut merges: Vec<String> = sheet.merges.iter().map(|area| format!("merged {}", area.a1())).collect();
    merges.sort();
    lines.extend(merges);
    for row in &sheet.rows {
        for c in row.cells.iter().filter(|c| !c.is_blank()) {
            let hidden = if row.hidden { " in a hidden row" } else { "" };
            lines.push(format!("{} {}{hidden}", crate::address::a1(row.index, c.column), cell(c)));
        }
    }
    lines
}

fn same(one: &Book, other: &Book, names: &str) -> usize {
    let listed = |book: &Book| book.sheets.iter().map(|s| (s.name.clone(), s.hidden)).collect::<Vec<_>>();
    assert_eq!(listed(one), listed(other), "{names}");
    let mut cells = 0;
    for (one, other) in one.sheets.iter().zip(&other.sheets) {
        let (left, right) = (lines(one), lines(other));
        for (left, right) in left.iter().zip(&right) {
            assert_eq!(left, right, "{names}: {}", one.name);
        }
        assert_eq!(left.len(), right.len(), "{names}: {}", one.name);
        cells += left.len();
    }
    cells
}

#[test]
fn everything_two_formats_could_say_differently_they_say_alike() {
    for name in ["twin", "twin-1904"] {
        let open = |ending: &str| {
            let file = format!("tests/fixtures/{name}.{ending}");
            book(&file, &bytes(&file).expect("a fixture"))
        };
        let (xlsx, ods, xls) = (open("xlsx"), open("ods"), open("xls"));
        let cells = same(&xlsx, &ods, "xlsx and ods");
        let mut xls_lines = lines(&xls.sheets[0]);
        // The program that made the .xls writes 0 where a formula gives a text.
        for line in xls_lines.iter_mut().filter(|line| *line == "B26 0  formula") {
            "B26 Text(\"ab\")  formula".clone_into(line);
        }
        assert_eq!(xls_lines, lines(&xlsx.sheets[0]), "{name}");
        assert_eq!((lines(&xls.sheets[2]), cells), (lines(&xlsx.sheets[2]), 177));
        for sheet in [&xlsx.sheets[0], &ods.sheets[0], &xls.sheets[0]] {
            assert!(sheet.column_hidden(3) && !sheet.column_hidden(2), "{name}: {:?}", sheet.hidden_columns);
        }
        // What was typed, worked out by hand: not only alike but right.
        let sheet = &ods.sheets[0];
        for (address, said) in [
            ("B4", "1183.5 "),
            ("B5", "-1183  in a hidden row"),
            ("B7", "0.3  formula"),
            ("B8", "0.872  percent"),
            ("B9", "87.2 "),
            ("B10", "1  percent"),
            ("B11", "Date(2023-04-01) dmy"),
            ("B12", "Date(2023-04-01) my"),
            ("B13", "Date(2023-04-23) dm"),
            ("B14", "Date(2023-04-01) dmy"),
            ("B15", "0.333333333333 "),
            ("B16", "1.5 "),
            ("B18", "Text(\"007\") "),
            ("B20", "Text(\"one\\ntwo\") "),
            ("B21", "Text(\"<£5 & “more”>\") "),
            ("B23", "Error(\"#DIV/0!\")  formula"),
            ("B24", "Error(\"#N/A\")  formula"),
            ("B26", "Text(\"ab\")  formula"),
            ("B27", "43.6  percent formula"),
            ("B28", "123456789012000 "),
            ("C40", "Text(\"struck\")  struck"),
            ("H60", "7 "),
        ] {
            let line = format!("{address} {said}");
            assert!(lines(sheet).contains(&line), "{name}: {line} is not among {:#?}", lines(sheet));
        }
    }
}

#[test]
fn a_publication_of_two_formats_reads_the_same_from_both() {
    let of = |ending: &str| bytes(&format!("../../shared/workbooks/mhclg_homelessness_Detailed_LA_202303.{ending}"));
    let (Some(xlsx), Some(ods)) = (of("xlsx"), of("ods")) else { return };
    let (xlsx, ods) = (book("a.xlsx", &xlsx), book("a.ods", &ods));
    let (mut alike, mut differ) = (0, Vec::new());
    for (one, other) in xlsx.sheets.iter().zip(&ods.sheets) {
        let (left, right) = (lines(one), lines(other));
        let right: std::collections::HashSet<&String> = right.iter().collect();
        for line in &left {
            if right.contains(line) {
                alike += 1;
            } else {
                differ.push(format!("{} {line}", one.name));
            }
        }
    }
    println!("{alike} cells alike; {differ:#?}");
    // The publisher put a note mark behind six titles of the contents, in the .ods alone.
    assert!(differ.iter().all(|line| line.starts_with("Contents C")), "{differ:#?}");
    assert_eq!((alike, differ.len()), (179_827, 6));
}

#[test]
fn old_workbooks_read_as_an_independent_reader_reads_them() {
    let files = [
        "tests/fixtures/long.xls",
        "tests/fixtures/wide.xls",
        "tests/fixtures/twin.xls",
        "../../shared/workbooks/mhclg_RS_2010-11_by_LA_27-Nov-2012-v2.xls",
    ];
    for file in files {
        let Some(bytes) = bytes(file) else { continue };
        let ours = book(file, &bytes);
        let mut theirs: calamine::Xls<_> = calamine::Xls::new(std::io::Cursor::new(bytes)).expect("a workbook");
        let mut cells = 0;
        for sheet in &ours.sheets {
            let range = theirs.worksheet_range(&sheet.name).expect("a sheet");
            for row in &sheet.rows {
                for c in row.cells.iter().filter(|c| c.value != Value::Blank) {
                    let theirs = range.get_value((row.index, c.column)).unwrap_or(&Data::Empty);
                    assert!(
                        agrees(&c.value, theirs),
                        "{file}: {} {}: {:?} and {theirs:?}",
                        sheet.name,
                        crate::address::a1(row.index, c.column),
                        c.value
                    );
                    cells += 1;
                }
            }
            let filled = range.used_cells().filter(|(_, _, data)| !matches!(data, Data::String(text) if text.is_empty())).count();
            let held = sheet
                .rows
                .iter()
                .flat_map(|row| &row.cells)
                .filter(|c| c.value != Value::Blank && c.value != Value::Text("".into()))
                .count();
            assert_eq!(held, filled, "{file}: {}", sheet.name);
        }
        println!("{file}: {cells} cells");
        assert!(cells > 10);
    }
}

fn agrees(ours: &Value, theirs: &Data) -> bool {
    match (ours, theirs) {
        (Value::Number(n), Data::Float(f)) => close(*n, *f),
        (Value::Number(n), Data::Int(i)) => *n == (*i).into(),
        (Value::Text(text), Data::String(other)) => **text == *other,
        (Value::Text(text), Data::Empty) => text.is_empty(),
        (Value::Bool(yes), Data::Bool(other)) => yes == other,
        (Value::Error(error), Data::Error(other)) => **error == *other.to_string(),
        (Value::Duration(days), Data::DateTime(moment)) => close(*days, moment.as_f64()),
        (Value::Date(day), Data::DateTime(moment)) => {
            let (year, month, date, ..) = moment.to_ymd_hms_milli();
            chrono::NaiveDate::from_ymd_opt(year.into(), month.into(), date.into()) == Some(*day)
        }
        _ => false,
    }
}

fn close(number: rust_decimal::Decimal, float: f64) -> bool {
    let ours: f64 = number.to_string().parse().expect("a number");
    (ours - float).abs() <= float.abs() * 1e-12 + 1e-20
}
