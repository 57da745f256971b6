//! What a table leaves open is asked, at its place, and no figure is lost without a word.

use importers::mapping::{ColumnMapping, Role, TableMapping};
use importers::{Scale, Severity};

use crate::common::{places, problem};
use crate::mappings::figures;
use crate::tables::{column, csv, told};

#[test]
fn a_multiplier_of_the_mapping_that_contradicts_the_workbook_is_a_question() {
    let text = "Ref,Period,Spend £m,Income £000\nA,2023/24,1.2,3\nB,2023/24,1.4,4\n";
    let read = |by_column: Option<Scale>, by_table: Option<Scale>| {
        let spend = ColumnMapping { multiplier: by_column, ..column("Spend £m", Role::Value, None) };
        let columns = vec![column("Ref", Role::Code, None), column("Period", Role::Period, None), spend];
        csv(text, &told(TableMapping { multiplier: by_table, columns, ..TableMapping::default() }))
    };
    for (by_column, by_table, path) in [(Some(Scale::Thousands), None, "tables[0].columns[2].multiplier"), (None, Some(Scale::Thousands), "tables[0].multiplier")]
    {
        let reading = read(by_column, by_table);
        let asked = problem(&reading, "MAP-004");
        assert_eq!((asked.severity, asked.places[0].cell.as_str(), asked.seen.as_deref()), (Severity::Error, "C1", Some("Spend £m")));
        assert!(asked.message.starts_with(path) && asked.message.contains("in thousands") && asked.message.contains("millions"), "{}", asked.message);
        assert_eq!(reading.values, Vec::new());
    }
    // What agrees is read, and so is a column's own word beside another for the table.
    for (by_column, by_table) in [(Some(Scale::Millions), None), (None, None), (None, Some(Scale::Millions)), (Some(Scale::Millions), Some(Scale::Thousands))] {
        assert_eq!(figures(&read(by_column, by_table), "Pounds"), ["A 2023/24 1200000", "B 2023/24 1400000"], "{by_column:?} {by_table:?}");
    }
    // A title is the workbook's word as well.
    let text = "Spending (£ million)\nRef,Period,Result\nA,2023/24,1.2\n";
    let table = TableMapping { multiplier: Some(Scale::Thousands), columns: vec![column("Result", Role::Value, None)], ..TableMapping::default() };
    let reading = csv(text, &told(table));
    assert_eq!((places(&reading, "MAP-004"), reading.values.len()), (vec!["A1"], 0));
}
