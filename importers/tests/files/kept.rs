//! Mappings used again for another edition than they were made for: nothing of the last edition is put into the next.

use importers::mapping::{ColumnMapping, Mapping, Role, SavedMapping, Settings, TableMapping};
use importers::{Limits, Reading, Severity, read_with};

use crate::common::{places, problem};
use crate::mappings::figures;

fn csv(text: &str, settings: &Settings) -> Reading {
    read_with(text.as_bytes(), "figures.csv", &Limits::default(), settings)
}

fn column(heading: &str, letter: Option<&str>, role: Role, indicator: Option<&str>) -> ColumnMapping {
    let (heading, column) = (Some(heading.to_owned()).filter(|heading| !heading.is_empty()), letter.map(str::to_owned));
    ColumnMapping { heading, column, role, indicator: indicator.map(str::to_owned), period: None, multiplier: None, percent: None }
}

fn result(heading: &str, letter: Option<&str>, indicator: &str) -> ColumnMapping {
    column(heading, letter, Role::Value, Some(indicator))
}

fn of(columns: Vec<ColumnMapping>) -> TableMapping {
    TableMapping { columns, ..TableMapping::default() }
}

fn mapping(table: TableMapping) -> Mapping {
    Mapping { tables: vec![table], missing: Vec::new() }
}

fn kept(table: TableMapping) -> Settings {
    Settings { saved: vec![SavedMapping { name: "kept".into(), mapping: mapping(table) }], ..Settings::default() }
}

fn sent(table: TableMapping) -> Settings {
    Settings { mapping: Some(mapping(table)), ..Settings::default() }
}

const QUARTER_2: &str = "\"Service return, Quarter 2 2024/25\"\nLA code,LA name,Helped,Grants (£000)\nE07000011,Huntingdonshire,12,62\n\
                         E07000008,Cambridge,22,6\nE07000010,Fenland,3,3\n";

#[test]
fn what_a_title_or_heading_says_is_not_kept_for_the_next_edition() {
    let taken = &csv(QUARTER_2, &Settings::default()).tables[0];
    assert!(taken.period.as_deref().is_some_and(|period| period.contains("2024/25")), "{taken:?}");
    let mut table = taken.as_mapping();
    assert_eq!((&table.period, table.columns.iter().find(|c| c.period.is_some() || c.multiplier.is_some())), (&None, None));
    for column in table.columns.iter_mut().filter(|c| c.role == Role::Value) {
        column.indicator = column.column.clone();
    }
    let next = QUARTER_2.replace("Quarter 2", "Quarter 3");
    let read = csv(&next, &kept(table));
    assert!(figures(&read, "Number")[0].starts_with("C Quarter 3 2024/25 12"), "{:?}", figures(&read, "Number"));
    // Headings that are quarters of the year in the title can be sent back as they are.
    let text = "Performance 2024/25\nRef,Indicator,Q2,Q3\nPI16,Bins,11,12\nPI3,Trees,61,62\n";
    let table = csv(text, &Settings::default()).tables[0].as_mapping();
    assert_eq!(mapping(table.clone()).check(), Vec::new());
    assert_eq!(figures(&csv(text, &sent(table)), "Number"), ["PI16 Q2 11", "PI16 Q3 12", "PI3 Q2 61", "PI3 Q3 62"]);
}

#[test]
fn what_a_mapping_said_is_kept() {
    let mut table = of(vec![result("Helped", None, "A")]);
    table.period = Some("2023/24".into());
    let text = QUARTER_2.replace(", Quarter 2 2024/25", "");
    let again = csv(&text, &sent(table)).tables[0].as_mapping();
    assert_eq!(again.period.as_deref(), Some("2023/24"));
}

#[test]
fn a_mapping_and_a_title_of_different_periods_are_a_question() {
    for settings in [sent as fn(TableMapping) -> Settings, kept] {
        let read = |period: &str| {
            let table = TableMapping { period: Some(period.into()), ..of(vec![result("Helped", None, "A")]) };
            csv(QUARTER_2, &settings(table))
        };
        let reading = read("Q1 2024/25");
        let asked = problem(&reading, "MAP-004");
        assert_eq!((asked.severity, asked.places[0].cell.as_str(), reading.values.len()), (Severity::Error, "A1", 0));
        assert_eq!(read("Q2 2024/25").values.len(), 3);
    }
    let text = "Ref,Q2 2024/25,Q3 2024/25\nA,1,2\nB,3,4\n";
    let headed = |period: &str| ColumnMapping { period: Some(period.into()), ..column("Q3 2024/25", None, Role::Value, None) };
    let reading = csv(text, &sent(of(vec![headed("Q4 2024/25")])));
    assert_eq!(places(&reading, "MAP-004"), ["C1"]);
    assert_eq!(figures(&reading, "Number"), ["A Q2 2024/25 1", "B Q2 2024/25 3"]);
}

#[test]
fn two_columns_of_a_mapping_never_come_to_one_of_the_table() {
    let columns = vec![result("Incidents | Total", None, "PI16"), result("Actions | Total", None, "PI3")];
    let two = "Period,Incidents,Actions\n,Total,Total\nQ2 2024/25,1,2\nQ3 2024/25,3,4\n";
    let read = csv(
        two,
        &Settings { mapping: Some(mapping(TableMapping { heading_rows: Some((1, 2)), ..of(columns.clone()) })), ..Settings::default() },
    );
    assert_eq!(figures(&read, "Number"), ["PI16 Q2 2024/25 1", "PI3 Q2 2024/25 2", "PI16 Q3 2024/25 3", "PI3 Q3 2024/25 4"]);
    let one = "Period,Total\nQ2 2024/25,1\nQ3 2024/25,3\n";
    for settings in [sent(of(columns.clone())), kept(of(columns))] {
        let reading = csv(one, &settings);
        assert!(reading.values.iter().all(|row| row.code.is_none()), "{:?}", reading.values);
    }
    // Told twice: by its heading and by its letter.
    let twice = sent(of(vec![result("Total", None, "A"), result("", Some("B"), "B")]));
    let reading = csv(one, &twice);
    assert!(reading.values.iter().all(|row| row.code.is_none()));
    assert_eq!(places(&reading, "MAP-003"), ["B1", "B1"]);
}

#[test]
fn letters_choose_among_equal_headings_only_where_nothing_moved() {
    let made = "Period,Actual,Actual\nQ2 2024/25,110,60\nQ3 2024/25,111,61\n";
    let inserted = "Period,Team,Actual,Actual\nQ2 2024/25,x,110,60\nQ3 2024/25,y,111,61\n";
    let moved = "Team,Period,Actual,Actual\nx,Q2 2024/25,110,60\ny,Q3 2024/25,111,61\n";
    let two = || vec![result("Actual", Some("B"), "PI16"), result("Actual", Some("C"), "PI3")];
    let anchored = || [two(), vec![column("Period", Some("A"), Role::Period, None)]].concat();
    let right = ["PI16 Q2 2024/25 110", "PI3 Q2 2024/25 60", "PI16 Q3 2024/25 111", "PI3 Q3 2024/25 61"];
    for settings in [sent as fn(TableMapping) -> Settings, kept] {
        assert_eq!(figures(&csv(made, &settings(of(two()))), "Number"), right);
        assert!(csv(inserted, &settings(of(two()))).values.iter().all(|row| row.code.is_none()));
        assert!(csv(inserted, &settings(of(anchored()))).values.iter().all(|row| row.code.is_none()));
    }
    assert_eq!(places(&csv(inserted, &sent(of(two()))), "MAP-003"), ["C1", "D1", "C1", "D1"]);
    // All of them moved by one, and the period with them.
    assert_eq!(figures(&csv(moved, &kept(of(anchored()))), "Number"), right);
    // Letters alone are for this very file.
    let letters = || of(vec![result("", Some("B"), "PI16"), result("", Some("C"), "PI3")]);
    assert_eq!(figures(&csv(made, &sent(letters())), "Number"), right);
    assert!(csv(inserted, &kept(letters())).values.iter().all(|row| row.code.is_none()));
}

/// A workbook of sheets, from their rows.
fn book(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (at, row) in (0..).zip(rows.iter()) {
            for (column, text) in (0..).zip(row.iter()) {
                match text.parse::<f64>() {
                    Ok(number) => sheet.write(at, column, number).unwrap(),
                    Err(_) => sheet.write(at, column, *text).unwrap(),
                };
            }
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn sheets_a_kept_mapping_does_not_fit_are_read_and_the_senders_own_says_what_it_passes_over() {
    let one: &[&[&str]] = &[&["Ref", "Period", "Outturn figure"], &["PI16", "Q3 2024/25", "100"]];
    let two: &[&[&str]] = &[&["Ref", "Period", "Result"], &["PI3", "Q3 2024/25", "61"]];
    let bytes = book(&[("One", one), ("Two", two)]);
    let read = |settings: Settings| read_with(&bytes, "figures.xlsx", &Limits::default(), &settings);
    let table = || of(vec![column("Ref", None, Role::Code, None), column("Outturn figure", None, Role::Value, None)]);
    let reading = read(kept(table()));
    assert_eq!(figures(&reading, "Number"), ["PI16 Q3 2024/25 100", "PI3 Q3 2024/25 61"], "{:?}", reading.diagnostics);
    let reading = read(sent(TableMapping { sheet: Some("One".into()), ..table() }));
    assert_eq!(figures(&reading, "Number"), ["PI16 Q3 2024/25 100"]);
    let passed = problem(&reading, "MAP-007");
    assert_eq!((passed.severity, passed.places[0].sheet.as_str()), (Severity::Warning, "Two"));
    // Below one another on one sheet, too.
    let text = "Ref,Period,Outturn figure\nPI16,Q3 2024/25,100\n\n\n\nRef,Period,Result\nPI3,Q3 2024/25,61\n";
    assert_eq!(figures(&csv(text, &kept(table())), "Number"), ["PI16 Q3 2024/25 100", "PI3 Q3 2024/25 61"]);
}

#[test]
fn a_kept_mapping_takes_no_table_that_says_itself_what_it_holds() {
    let text = "Ref,Period,Result,Total\nPI3,Q3 2024/25,61,5\n";
    let reading = csv(text, &kept(of(vec![result("Total", None, "PI16")])));
    assert_eq!(figures(&reading, "Number"), ["PI3 Q3 2024/25 61"]);
    let asked = problem(&reading, "MAP-006");
    assert_eq!((asked.severity, asked.places[0].cell.as_str()), (Severity::Warning, "D1"));
}

#[test]
fn a_kept_mapping_that_fits_in_part_is_a_hint() {
    let columns = [("Ref", Role::Code), ("Period", Role::Period), ("Outturn figure", Role::Value)];
    let table = of(columns.map(|(heading, role)| column(heading, None, role, None)).to_vec());
    let reading = csv("Ref,Period,Result\nPI3,Q3 2024/25,61\n", &kept(table));
    assert_eq!((figures(&reading, "Number"), reading.has_errors()), (vec!["PI3 Q3 2024/25 61".to_owned()], false));
    let hint = problem(&reading, "MAP-006");
    assert!(hint.severity == Severity::Info && hint.message.contains("\"Outturn figure\""), "{hint:?}");
}

#[test]
fn a_mapping_without_headings_of_figures_is_not_kept() {
    let multiplied =
        TableMapping { sheet: Some("figures".into()), multiplier: Some(importers::Scale::Thousands), ..TableMapping::default() };
    let lettered = of(vec![result("", Some("C"), "PI16")]);
    for table in [multiplied, lettered, of(vec![column("Ref", None, Role::Code, None)])] {
        assert_eq!(mapping(table.clone()).check(), Vec::new());
        assert_eq!(mapping(table.clone()).check_kept()[0].path, "tables[0].columns");
        let reading = csv("Ref,Period,Result\nPI3,Q3 2024/25,61\n", &kept(table));
        assert_eq!(figures(&reading, "Number"), ["PI3 Q3 2024/25 61"]);
    }
    assert_eq!(Mapping::default().check_kept()[0].path, "tables");
    assert_eq!(mapping(of(vec![result("Total", None, "PI16")])).check_kept(), Vec::new());
}

#[test]
fn a_mapping_sent_with_a_template_is_said_to_be_ignored() {
    for file in ["template.xlsx", "framework.xlsx"] {
        let bytes = crate::common::fixture(file);
        let reading = read_with(&bytes, file, &Limits::default(), &sent(of(vec![result("Total", None, "PI16")])));
        assert_eq!(problem(&reading, "MAP-008").severity, Severity::Warning, "{file}");
    }
}
