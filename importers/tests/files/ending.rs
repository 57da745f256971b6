//! Where tables end and others begin: below and beside marked-up tables, after notes and blank rows, under new titles.

use importers::{Limits, PeriodContent, Reading, Severity, read};
use rust_xlsxwriter::{Table, Workbook, Worksheet};

use crate::common::places;

fn plain(text: &str) -> Reading {
    read(text.as_bytes(), "figures.csv", &Limits::default())
}

/// A workbook of one sheet from lines of cells, one of which may be a marked-up table.
fn sheet(lines: &[&str], table: Option<(u32, u16, u32, u16)>) -> Reading {
    let mut book = Workbook::new();
    let sheet: &mut Worksheet = book.add_worksheet();
    if let Some((top, left, bottom, right)) = table {
        let headings: Vec<&str> = lines[top as usize].split(',').collect();
        let columns: Vec<_> = (left..=right).map(|at| rust_xlsxwriter::TableColumn::new().set_header(headings[usize::from(at)])).collect();
        sheet.add_table(top, left, bottom, right, &Table::new().set_columns(&columns)).unwrap();
    }
    for (row, line) in (0..).zip(lines) {
        for (column, text) in (0..).zip(line.split(',')).filter(|(_, text)| !text.is_empty()) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).unwrap(),
                Err(_) => sheet.write(row, column, text).unwrap(),
            };
        }
    }
    read(&book.save_to_buffer().unwrap(), "figures.xlsx", &Limits::default())
}

/// The cells of the figures that were read.
fn figures(reading: &Reading) -> Vec<&str> {
    reading.values.iter().filter_map(|row| Some(row.value.as_ref()?.cell.as_str())).collect()
}

/// Codes of the diagnostics that are to be answered, with their first cells.
fn asked(reading: &Reading) -> Vec<(&str, &str)> {
    let worth = reading.diagnostics.iter().filter(|d| d.severity != Severity::Info);
    worth.map(|d| (d.code.as_ref(), d.places[0].cell.as_str())).collect()
}

#[test]
fn rows_right_below_a_marked_table_are_read_and_asked_about() {
    let lines = ["Ref,Period,Result", "WM01,Q1 2024/25,5", "WM02,Q1 2024/25,6", "WM03,Q1 2024/25,7", "WM04,Q1 2024/25,8"];
    let reading = sheet(&lines, Some((0, 0, 2, 2)));
    assert_eq!(figures(&reading), ["C2", "C3", "C4", "C5"]);
    assert_eq!(asked(&reading), [("STR-024", "A4")]);
    assert_eq!(places(&reading, "STR-024"), ["A4", "A5"]);
}

#[test]
fn rows_farther_below_a_marked_table_are_not_lost_in_silence() {
    let lines = ["Ref,Period,Result", "WM01,Q1 2024/25,5", "WM02,Q1 2024/25,6", "", "WM03,Q1 2024/25,7"];
    let reading = sheet(&lines, Some((0, 0, 2, 2)));
    assert_eq!(figures(&reading), ["C2", "C3"]);
    assert_eq!(asked(&reading), [("STR-005", "A5")]);
}

#[test]
fn a_table_beside_a_marked_one_is_read() {
    let lines = ["Ref,Period,Result,,Ref,Period,Result", "WM01,Q1 2024/25,5,,HS01,Q1 2024/25,50", "WM02,Q1 2024/25,6,,HS02,Q1 2024/25,60"];
    let reading = sheet(&lines, Some((0, 0, 2, 2)));
    assert_eq!(figures(&reading), ["C2", "C3", "G2", "G3"]);
    assert_eq!(asked(&reading), []);
}

#[test]
fn a_table_below_a_marked_one_is_read() {
    let lines = ["Ref,Period,Result", "WM01,Q1 2024/25,5", "", "Ref,Q2 2024/25,Q3 2024/25", "HS01,50,51"];
    let reading = sheet(&lines, Some((0, 0, 1, 2)));
    assert_eq!(figures(&reading), ["C2", "B5", "C5"]);
    assert_eq!(asked(&reading), []);
}

#[test]
fn figures_beside_a_marked_table_that_make_no_table_are_spoken_of() {
    let lines = ["Ref,Period,Result", "WM01,Q1 2024/25,5,,late,12"];
    let reading = sheet(&lines, Some((0, 0, 1, 2)));
    assert_eq!(figures(&reading), ["C2"]);
    assert_eq!(asked(&reading), [("STR-005", "F2")]);
}

#[test]
fn a_table_under_a_title_of_another_year_is_of_that_year() {
    let reading = plain("Performance 2023/24,,\nRef,Q1,Q2\nWM01,11,12\n,,\nPerformance 2024/25,,\nRef,Q1,Q2\nWM02,13,14\nHS01,1,2\n");
    let years: Vec<(&str, Option<i32>)> =
        reading.values.iter().filter_map(|row| Some((row.value.as_ref()?.cell.as_str(), row.period.as_ref()?.context_year))).collect();
    let (first, second) = (Some(2023), Some(2024));
    assert_eq!(years, [("B3", first), ("C3", first), ("B7", second), ("C7", second), ("B8", second), ("C8", second)]);
    assert!(reading.values.iter().all(|row| matches!(&row.period.as_ref().unwrap().content, PeriodContent::Text(t) if t.len() == 2)));
    assert_eq!(reading.tables.len(), 2);
    assert_eq!(places(&reading, "STR-005"), Vec::<&str>::new());
    // What is said of the table above is no title of the one below it.
    let reading = plain("Performance 2024/25,,\nRef,Q1,Q2\nWM01,11,12\nSource: survey of 2021/22,,\n,,\nRef,Q1,Q2,Q3\nWM02,13,14,15\n");
    assert!(reading.values.iter().filter(|row| row.row == 7).all(|row| row.period.as_ref().unwrap().context_year != Some(2021)));
}

#[test]
fn sections_and_indicators_that_begin_like_notes_do_not_end_the_table() {
    let reading =
        plain("Ref,Q2 2024/25,Q3 2024/25\nWM01,1,2\nKey priorities,,\nWM02,3,4\nSource of funding,,\nWM03,5,6\nNotes: as published,,\n");
    assert_eq!(figures(&reading), ["B2", "C2", "B4", "C4", "B6", "C6"]);
    assert_eq!(reading.values[4].section.as_deref(), Some("Source of funding"));
    assert_eq!(asked(&reading), []);
    assert_eq!(reading.tables[0].rows, Some((2, 6)));
    let reading = plain("Indicator,Q2 2024/25,Q3 2024/25\nMissed bins,1,2\nKey stage 2 attainment,3,4\nNote taking,5,6\n");
    assert_eq!(figures(&reading).len(), 6);
}

#[test]
fn rows_after_notes_and_blank_rows_are_read_when_they_are_of_the_same_kind() {
    let rows = "Ref,Period,Result\nWM01,Q1 2024/25,5\nNote: revised,,\nWM02,Q1 2024/25,6\n,,\n,,\n,,\nHousing,,\nHS01,Q1 2024/25,7\n";
    let reading = plain(rows);
    assert_eq!(figures(&reading), ["C2", "C4", "C9"]);
    let sections: Vec<Option<&str>> = reading.values.iter().map(|row| row.section.as_deref()).collect();
    assert_eq!(sections, [None, None, Some("Housing")]);
    assert_eq!(asked(&reading), []);
    // Below a title of another year the same headings mean other periods.
    let reading = plain("Ref,Q1,Q2\nWM01,5,6\n,,\n,,\n,,\nFigures for 2022/23,,\nWM02,7,8\n");
    assert_eq!(figures(&reading), ["B2", "C2"]);
    assert_eq!(places(&reading, "STR-005"), ["A7"]);
}

#[test]
fn a_row_named_as_a_total_that_may_be_an_indicator_is_asked_about() {
    let reading = plain("Ref,Indicator,Period,Result\nWM01,Bins,Q1 2024/25,5\n,Total complaints,Q1 2024/25,61\n,Total,Q1 2024/25,66\n");
    assert_eq!(figures(&reading), ["D2"]);
    assert_eq!(asked(&reading), [("STR-005", "B3")]);
}
