//! What an import found.

use exporters::problems::{Finding, Problems, render_problems};

use crate::checker;
use crate::opened::Opened;
use crate::sample::at;

fn finding(cell: Option<&str>, severity: &str, code: &str, message: &str, seen: Option<&str>) -> Finding {
    Finding {
        sheet: cell.map(|_| "Waste".to_owned()),
        cell: cell.map(str::to_owned),
        severity: severity.to_owned(),
        code: code.to_owned(),
        message: message.to_owned(),
        suggestion: Some("Type 87.2% if you meant 87.2 per cent, or [x] where there is no figure.".to_owned()),
        seen: seen.map(str::to_owned),
        expected: None,
    }
}

pub fn problems() -> Problems {
    Problems {
        council: "Exampleshire County Council".to_owned(),
        file: "Waste - Q2 return_v3.xlsx".to_owned(),
        read_at: at("2023-10-21T10:15:00Z"),
        contact: "performance@exampleshire.example".to_owned(),
        language: "en-GB".to_owned(),
        findings: vec![
            finding(None, "Error", "FIL-008", "The file holds a document type definition.", None),
            finding(Some("F14"), "Error", "VAL-012", "This cell is formatted as a percentage, so 87.2 means 8,720%.", Some("87.2")),
            finding(Some("B7:B12"), "Warning", "VAL-024", "A dash does not say why there is no figure in Q2.", Some("-")),
            finding(Some("C3"), "Error", "VAL-053", "The denominator is 0 or blank.", Some("#DIV/0!")),
            finding(Some("C4"), "Error", "VAL-022", "A mark stands beside a figure: [p] means provisional.", Some("45.2 [p]")),
        ],
    }
}

#[test]
fn findings_pass_the_accessibility_gate() {
    checker::passes("problems-in-a-return.xlsx", &render_problems(&problems()).unwrap());
    checker::passes("no-problems-in-a-return.xlsx", &render_problems(&Problems { findings: Vec::new(), ..problems() }).unwrap());
}

#[test]
fn each_finding_has_its_sheet_cell_and_what_to_do() {
    let mut opened = Opened::new(render_problems(&problems()).unwrap());
    assert_eq!(opened.cell("Findings", "F14", "Code"), "VAL-012");
    assert_eq!(opened.cell("Findings", "F14", "What was seen"), "\"87.2\"");
    assert_eq!(opened.cell("Findings", "B7:B12", "What was seen"), "The mark \"-\"");
    assert_eq!(opened.cell("Findings", "Whole file", "Cell"), "Not one cell");
    assert!(opened.column_a("Cover").contains("Error: 4\nWarning: 1"));
}
