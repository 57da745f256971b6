//! Tables and mappings of whatever comes: nothing panics, every finding has a place, and nothing is read twice.

use std::collections::HashSet;

use importers::benchmark;
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

/// Figures, and what stands in their place.
fn mark() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["1", "1", "2.5", "-3", "1,234", "..", "[c]", "-", ":", "£1.2m"])
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

/// What is read for everybody hangs together: numbers lead somewhere, counts are right, and nothing is there twice.
fn check_national(grid: &str, settings: &Settings) {
    let (reading, figures) = benchmark::read(grid.as_bytes(), "grid.csv", &Limits::default(), settings);
    for problem in &reading.diagnostics {
        assert!(importers::diagnostic::find(&problem.code).is_some() && !problem.places.is_empty(), "{problem:?}");
    }
    let mut seen = HashSet::new();
    let (mut of_area, mut of_measure) = (vec![0_u32; reading.areas.len()], vec![0_u32; reading.measures.len()]);
    for figure in figures.iter().map(Result::unwrap) {
        assert!(seen.insert((figure.area, figure.measure, figure.period)), "{figure:?}");
        of_area[figure.area as usize] += 1;
        of_measure[figure.measure as usize] += 1;
        assert!(figure.period.is_none_or(|at| (at as usize) < reading.periods.len()) && !reading.place(&figure).sheet.is_empty());
        let _ = reading.interpret(&figure, "Per cent");
    }
    assert!(of_area.iter().eq(reading.areas.iter().map(|area| &area.figures)));
    assert!(of_measure.iter().eq(reading.measures.iter().map(|measure| &measure.figures)));
    let keys: HashSet<_> = reading.measures.iter().map(|measure| &measure.key).collect();
    assert_eq!(keys.len(), reading.measures.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_table_and_no_mapping_is_too_odd(grid in grid(), settings in settings()) {
        let reading = read_with(grid.as_bytes(), "grid.csv", &Limits::default(), &settings);
        check(&reading);
        check_national(&grid, &settings);
        let Some(mapping) = &settings.mapping else { return Ok(()) };
        let _ = mapping.check();
    }

    #[test]
    fn no_row_of_an_authority_is_too_odd(rows in prop::collection::vec((0_u32..6, cell(), mark(), cell()), 3..30)) {
        let areas = ["E07000011,Huntingdonshire", "E06000018,Nottingham", "E92000001,England", "*Total,*Total", "E10000008,Devon UA", "---,London"];
        let row = |(area, year, first, second): &(u32, &str, &str, &str)| {
            format!("{},\"{year}\",\"{first}\",\"{second}\"\n", areas[*area as usize])
        };
        let body: String = rows.iter().map(row).collect();
        let fixed = "E07000008,Cambridge,2021/22,4,5\nE07000010,Fenland,2021/22,6,7\nE07000009,East Cambridgeshire,2021/22,8,9\n";
        let grid = format!("ONS code,LA name,Year,Missed bins,Rank\n{fixed}{body}{fixed}");
        check_national(&grid, &Settings::default());
        // What stands twice and says the same is there once.
        let (reading, figures) = benchmark::read(grid.as_bytes(), "grid.csv", &Limits::default(), &Settings::default());
        prop_assert!(figures.len() >= 3, "{:?}", reading.diagnostics);
    }

    #[test]
    fn what_was_taken_is_a_mapping_that_can_be_used(grid in grid()) {
        let reading = read_with(grid.as_bytes(), "grid.csv", &Limits::default(), &Settings::default());
        let tables: Vec<TableMapping> = reading.tables.iter().map(importers::TableRead::as_mapping).collect();
        let mapping = Mapping { tables, missing: Vec::new() };
        check(&read_with(grid.as_bytes(), "grid.csv", &Limits::default(), &Settings { mapping: Some(mapping), ..Settings::default() }));
    }
}
