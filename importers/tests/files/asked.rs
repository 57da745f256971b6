//! What a table leaves open is asked, at its place, and no figure is lost without a word.

use importers::mapping::{ColumnMapping, Role, TableMapping};
use importers::{Scale, Severity};

use crate::common::{places, problem};
use crate::mappings::figures;
use crate::tables::{codes, column, csv, plain, says, told};

#[test]
fn a_multiplier_of_the_mapping_that_contradicts_the_workbook_is_a_question() {
    let text = "Ref,Period,Spend £m,Income £000\nA,2023/24,1.2,3\nB,2023/24,1.4,4\n";
    let read = |by_column: Option<Scale>, by_table: Option<Scale>| {
        let spend = ColumnMapping { multiplier: by_column, ..column("Spend £m", Role::Value, None) };
        let columns = vec![column("Ref", Role::Code, None), column("Period", Role::Period, None), spend];
        csv(text, &told(TableMapping { multiplier: by_table, columns, ..TableMapping::default() }))
    };
    for (by_column, by_table, path) in
        [(Some(Scale::Thousands), None, "tables[0].columns[2].multiplier"), (None, Some(Scale::Thousands), "tables[0].multiplier")]
    {
        let reading = read(by_column, by_table);
        let asked = problem(&reading, "MAP-004");
        assert_eq!((asked.severity, asked.places[0].cell.as_str(), asked.seen.as_deref()), (Severity::Error, "C1", Some("Spend £m")));
        assert!(
            asked.message.starts_with(path) && asked.message.contains("in thousands") && asked.message.contains("millions"),
            "{}",
            asked.message
        );
        assert_eq!(reading.values, Vec::new());
    }
    // What agrees is read, and so is a column's own word beside another for the table.
    for (by_column, by_table) in
        [(Some(Scale::Millions), None), (None, None), (None, Some(Scale::Millions)), (Some(Scale::Millions), Some(Scale::Thousands))]
    {
        assert_eq!(figures(&read(by_column, by_table), "Pounds"), ["A 2023/24 1200000", "B 2023/24 1400000"], "{by_column:?} {by_table:?}");
    }
    // A title is the workbook's word as well.
    let text = "Spending (£ million)\nRef,Period,Result\nA,2023/24,1.2\n";
    let table =
        TableMapping { multiplier: Some(Scale::Thousands), columns: vec![column("Result", Role::Value, None)], ..TableMapping::default() };
    let reading = csv(text, &told(table));
    assert_eq!((places(&reading, "MAP-004"), reading.values.len()), (vec!["A1"], 0));
}

#[test]
fn figures_under_a_heading_that_speaks_of_a_time_are_never_left_out_without_a_question() {
    // Several quarters are one span, which the plan weighs against how often the indicator is due.
    let reading = plain("Ref,Indicator,Q1 to Q3 2024/25,Q4 2024/25\nWM01,Bins,30,10\n");
    assert_eq!(says(&reading), ["WM01 Bins Q1 to Q3 2024/25 C2", "WM01 Bins Q4 2024/25 D2"]);
    assert_eq!(says(&plain("Ref,Indicator,Q1 - Q3 2024/25\nWM01,Bins,30\n")), ["WM01 Bins Q1 - Q3 2024/25 C2"]);
    for heading in ["Q1 and Q3", "Q1 Q2 2024/25", "First quarter or so", "Year end", "Sept or Oct", "Plan year 2024 to 2027"] {
        let reading = plain(&format!("Ref,Indicator,Q1 2024/25,Q2 2024/25,{heading}\nWM01,Bins,1,2,3\nWM02,Trees,4,5,6\n"));
        assert_eq!(reading.values.len(), 4, "{heading}");
        let asked = problem(&reading, "COL-001");
        assert_eq!((asked.severity, asked.places[0].cell.as_str()), (Severity::Warning, "E1"), "{heading}: {asked:?}");
        assert!(asked.suggestion.is_some(), "{heading}");
    }
    // What compares or counts is no result of a time.
    for heading in ["Change since 2022", "Rank", "5 year average", "Staff"] {
        let reading = plain(&format!("Ref,Indicator,Q1 2024/25,Q2 2024/25,{heading}\nWM01,Bins,1,2,3\nWM02,Trees,4,5,6\n"));
        assert_eq!(problem(&reading, "COL-001").severity, Severity::Info, "{heading}");
    }
}

#[test]
fn a_column_of_a_period_beside_a_column_of_results_is_a_question() {
    let reading = plain("Ref,Period,Result,Q1 2023/24,Target 2025/26\nWM01,Q1 2024/25,30,10,50\nWM02,Q1 2024/25,31,11,50\n");
    assert_eq!(says(&reading), ["WM01 - Q1 2024/25 C2", "WM02 - Q1 2024/25 C3"]);
    let said: Vec<_> =
        reading.diagnostics.iter().filter(|d| d.code == "COL-001").map(|d| (d.severity, d.places[0].cell.as_str())).collect();
    assert_eq!(said, [(Severity::Warning, "D1"), (Severity::Info, "E1")]);
}

#[test]
fn words_beside_several_periods_are_named_cell_by_cell_and_beside_one_are_taken() {
    let reading = plain(
        "Ref,Indicator,Q1 2024/25,Q2 2024/25,Comments,Action,RAG,Numerator\nWM01,Bins,30,10,went well,do it,G,3\nWM02,Trees,31,11,,,R,\nWM03,Grass,3,1,slow,,R,4\n",
    );
    assert_eq!(reading.values.len(), 6);
    assert!(reading.values.iter().all(|row| row.commentary.is_none() && row.action.is_none() && row.numerator.is_none()));
    let said: Vec<_> = reading.diagnostics.iter().filter(|d| d.code == "COL-001").collect();
    let told: Vec<_> =
        said.iter().map(|d| (d.severity, d.count, d.places.iter().map(|p| p.cell.as_str()).collect::<Vec<_>>().join(" "))).collect();
    let expected = [
        (Severity::Warning, 2, "E2 E4".to_owned()),
        (Severity::Warning, 1, "F2".to_owned()),
        (Severity::Info, 3, "G2 G3 G4".to_owned()),
        (Severity::Warning, 2, "H2 H4".to_owned()),
    ];
    assert_eq!(told, expected);
    assert!(said[0].suggestion.as_ref().unwrap().contains("heading"), "{said:?}");
    // With one period there is no doubt.
    let reading =
        plain("Ref,Indicator,Comments,Q2 2024/25,Action,Action owner,Action due,RAG\nWM01,Bins,went well,10,do it,Ann,30/09/2024,G\n");
    let row = &reading.values[0];
    let text = |text: &Option<Box<importers::Text>>| text.as_ref().unwrap().text.clone();
    assert_eq!(row.commentary.as_ref().unwrap().text, "went well");
    assert_eq!((text(&row.action), text(&row.action_owner), text(&row.status)), ("do it".into(), "Ann".into(), "G".into()));
    assert_eq!(row.action_due.as_ref().unwrap().cell, "G2");
    assert_eq!(codes(&reading, Severity::Warning), Vec::<&str>::new());
    // Nor with one indicator; with several, there is.
    let reading = plain("Period,Missed bins,Comments\nQ1 2024/25,30,went well\nQ2 2024/25,31,lost\n");
    assert_eq!(reading.values[1].commentary.as_ref().unwrap().text, "lost");
    let reading = plain("Period,Missed bins,Trees,Comments\nQ1 2024/25,30,1,went well\nQ2 2024/25,31,2,lost\n");
    assert_eq!((places(&reading, "COL-001"), problem(&reading, "COL-001").severity), (vec!["D2", "D3"], Severity::Warning));
}

#[test]
fn months_and_quarters_by_number_are_of_the_year_beside_them() {
    let reading = plain("Ref,Year,Month,Result\nWM01,2024,1,30\nWM01,2024,12,31\n");
    assert_eq!(says(&reading), ["WM01 - January 2024 D2", "WM01 - December 2024 D3"]);
    assert_eq!(codes(&reading, Severity::Warning), Vec::<&str>::new());
    // Which month is the first of a financial year is known, and whether the sender counts from it is not.
    let reading = plain("Ref,Year,Month,Result\nWM01,2024/25,1,30\nWM01,2024/25,12,31\n");
    assert_eq!(says(&reading), ["WM01 - Month 1 2024/25 D2", "WM01 - Month 12 2024/25 D3"]);
    assert_eq!(codes(&reading, Severity::Warning), ["PER-041"]);
    assert_eq!(places(&reading, "PER-041"), ["C2", "C3"]);
    let reading = plain("Ref,Year,Quarter,Result\nWM01,2024/25,1,30\nWM01,2024/25,Q2,31\n");
    assert_eq!(says(&reading), ["WM01 - Quarter 1 2024/25 D2", "WM01 - Q2 2024/25 D3"]);
    assert_eq!(codes(&reading, Severity::Warning), Vec::<&str>::new());
    // Without a year the plan says that there is none, and not that 1 is no period.
    let reading = plain("Ref,Month,Result\nWM01,1,30\nWM01,April 2024,31\n");
    assert_eq!(says(&reading), ["WM01 - Month 1 C2", "WM01 - April 2024 C3"]);
    assert_eq!(places(&reading, "PER-041"), ["B2"]);
    // With indicators across, years and months are numbers that only their headings explain.
    let reading = plain("Year,Month,Missed bins,Fly-tips\n2024,1,30,1\n2024,2,31,2\n");
    let expected =
        ["- Missed bins January 2024 C2", "- Fly-tips January 2024 D2", "- Missed bins February 2024 C3", "- Fly-tips February 2024 D3"];
    assert_eq!(says(&reading), expected);
    assert_eq!(says(&plain("Year,Missed bins\n2023,30\n2024,31\n")), ["- Missed bins 2023 B2", "- Missed bins 2024 B3"]);
}

#[test]
fn rows_that_are_held_back_are_listed() {
    let held_back = |text: &str| {
        let reading = plain(text);
        (reading.values.len(), reading.tables[0].held_back.clone())
    };
    let listed = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    // Two results, neither of which gives way; a blank cell holds nothing back.
    let text = "Ref,Period,Result,Actual\nA,2023/24,1,2\nB,2023/24,3,4\nC,2023/24,,\nD,2023/24,5,6\nE,2023/24,,7\n";
    assert_eq!(held_back(text), (0, listed(&["C2:C3", "C5", "D6"])));
    // Two columns of one period; two of one indicator.
    assert_eq!(held_back("Ref,Indicator,Q1 2024/25,Q1 2024/25,Q2 2024/25\nA,Bins,1,2,3\nB,Trees,4,5,6\n"), (2, listed(&["C2:C3"])));
    assert_eq!(held_back("Period,Bins,Bins,Trees\n2022/23,1,2,3\n2023/24,4,5,6\n"), (2, listed(&["B2:B3"])));
    assert_eq!(held_back("Ref,Period,Result\nA,2023/24,1\n"), (1, Vec::new()));
}
