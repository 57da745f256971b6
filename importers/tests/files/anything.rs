//! Tables and mappings of whatever comes: nothing panics, every finding has a place, and nothing is read twice.

use std::collections::HashSet;

use importers::mapping::{ColumnMapping, Mapping, MissingWord, Own, Role, SavedMapping, Settings, TableMapping};
use importers::{Limits, Reading, read_with};
use proptest::prelude::*;
use rules::measure::Absence;

/// Cells as tables have them: headings, codes, names, periods, figures, marks, and nothing.
const CELLS: [&str; 40] = [
    "",
    "",
    "",
    "",
    "Ref",
    "Indicator",
    "Period",
    "Result",
    "Target",
    "Council",
    "ONS Code",
    "Year",
    "Total",
    "Of which:",
    "Missed bins",
    "CHN1 2010-11",
    "2023/24",
    "Q1 2023/24",
    "Apr-23",
    "16-17",
    "2019",
    "1",
    "2.5",
    "-3",
    "1,234",
    "..",
    "[c]",
    "%",
    "*Total",
    "---",
    "E07000011",
    "E10000008",
    "E12000006",
    "E0551",
    "Huntingdonshire",
    "Devon UA",
    "ENGLAND",
    "Notes",
    "Hide or delete",
    "£ thousand",
];

fn cell() -> impl Strategy<Value = &'static str> {
    prop::sample::select(CELLS.to_vec())
}

fn grid() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::collection::vec(cell(), 1..9), 1..30).prop_map(|rows| {
        rows.into_iter().map(|row| row.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(",")).collect::<Vec<_>>().join("\n")
    })
}

fn maybe_cell() -> impl Strategy<Value = Option<String>> {
    prop::option::of(cell().prop_map(str::to_owned))
}

fn column() -> impl Strategy<Value = ColumnMapping> {
    let letter = prop::option::of(prop::sample::select(vec!["A", "B", "E", "ZZ", "XFD"]).prop_map(str::to_owned));
    (maybe_cell(), letter, prop::sample::select(Role::ALL.to_vec()), maybe_cell(), maybe_cell()).prop_map(
        |(heading, column, role, indicator, period)| ColumnMapping {
            heading,
            column,
            role,
            indicator,
            period,
            multiplier: None,
            percent: None,
        },
    )
}

fn table() -> impl Strategy<Value = TableMapping> {
    let rows = prop::option::of((0_u32..12, 0_u32..12));
    (rows, prop::option::of(0_u32..40), maybe_cell(), maybe_cell(), prop::collection::vec(column(), 0..5)).prop_map(
        |(heading_rows, last_row, indicator, period, columns)| TableMapping {
            sheet: None,
            heading_rows,
            last_row,
            indicator,
            period,
            multiplier: None,
            columns,
        },
    )
}

fn settings() -> impl Strategy<Value = Settings> {
    let own = Own { gss_code: Some("E07000011".into()), names: vec!["Huntingdonshire".into()] };
    let mapping = || {
        let missing = MissingWord { word: "..".into(), means: Absence::NotAvailable };
        prop::option::of(prop::collection::vec(table(), 0..3).prop_map(move |tables| Mapping { tables, missing: vec![missing.clone()] }))
    };
    (prop::option::of(Just(own)), mapping(), mapping()).prop_map(|(own, mapping, saved)| Settings {
        own,
        mapping,
        saved: saved.into_iter().map(|mapping| SavedMapping { name: "kept".into(), mapping }).collect(),
    })
}

fn check(reading: &Reading) {
    for problem in &reading.diagnostics {
        assert!(importers::diagnostic::find(&problem.code).is_some() && !problem.places.is_empty(), "{problem:?}");
    }
    // With a mapping two tables may read one cell for two indicators; never twice for one.
    let mut seen = HashSet::new();
    for row in &reading.values {
        let Some(value) = &row.value else { continue };
        let code = row.code.as_ref().map(|code| code.text.clone());
        assert!(seen.insert((row.sheet.clone(), value.cell.clone(), code)), "{} is read twice", value.cell);
    }
    let json = serde_json::to_string(reading).unwrap();
    assert_eq!(&serde_json::from_str::<Reading>(&json).unwrap(), reading);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_table_and_no_mapping_is_too_odd(grid in grid(), settings in settings()) {
        let reading = read_with(grid.as_bytes(), "grid.csv", &Limits::default(), &settings);
        check(&reading);
        let Some(mapping) = &settings.mapping else { return Ok(()) };
        let _ = mapping.check();
    }

    #[test]
    fn what_was_taken_is_a_mapping_that_can_be_used(grid in grid()) {
        let reading = read_with(grid.as_bytes(), "grid.csv", &Limits::default(), &Settings::default());
        let tables: Vec<TableMapping> = reading.tables.iter().map(importers::TableRead::as_mapping).collect();
        let mapping = Mapping { tables, missing: Vec::new() };
        check(&read_with(grid.as_bytes(), "grid.csv", &Limits::default(), &Settings { mapping: Some(mapping), ..Settings::default() }));
    }
}
