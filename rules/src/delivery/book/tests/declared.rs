//! What is declared of records once, and read in many places.

use std::collections::{BTreeSet, HashSet};
use std::str::FromStr;

use super::*;
use crate::text::ClosedSet;

/// A row of blank cells.
#[derive(Default)]
struct Blank {
    asked: Vec<&'static str>,
    missing: Vec<&'static str>,
}

impl Blank {
    fn ask<T>(&mut self, heading: &'static str) -> Option<Option<T>> {
        self.asked.push(heading);
        Some(None)
    }
}

impl Source for Blank {
    fn text(&mut self, heading: &'static str) -> Option<Option<String>> {
        self.ask(heading)
    }
    fn reference(&mut self, heading: &'static str) -> Option<Option<String>> {
        self.ask(heading)
    }
    fn word<T: ClosedSet + FromStr>(&mut self, heading: &'static str) -> Option<Option<T>> {
        self.ask(heading)
    }
    fn day(&mut self, heading: &'static str) -> Option<Option<NaiveDate>> {
        self.ask(heading)
    }
    fn figure(&mut self, heading: &'static str) -> Option<Option<Decimal>> {
        self.ask(heading)
    }
    fn whole(&mut self, heading: &'static str) -> Option<Option<u32>> {
        self.ask(heading)
    }
    fn period(&mut self, heading: &'static str) -> Option<Option<Period>> {
        self.ask(heading)
    }
    fn list(&mut self, heading: &'static str) -> Option<Vec<String>> {
        self.asked.push(heading);
        Some(Vec::new())
    }
    fn missing(&mut self, heading: &'static str) {
        self.missing.push(heading);
    }
}

fn one_of_each() -> Vec<DeliveryRow> {
    vec![
        recommendation().into(),
        project().into(),
        milestone().into(),
        dependency("M1", "M2").into(),
        action().into(),
        risk().into(),
        money().into(),
        theme("CI", &["Red", "Green"]).into(),
        assessment().into(),
        insight().into(),
    ]
}

#[test]
fn every_column_is_a_field_read_and_shown_in_its_place() {
    for (kind, row) in RecordKind::ALL.iter().zip(one_of_each()) {
        assert_eq!(row.kind(), *kind);
        let headings: Vec<&str> = kind.spec().columns.iter().map(|column| column.heading).collect();
        let fields: BTreeSet<&str> = headings.iter().map(|heading| kind.field(heading).unwrap()).collect();
        assert_eq!(fields.len(), headings.len(), "{kind}: each field once");
        assert_eq!(kind.field("Nothing of the sort"), None);
        assert_eq!(row.cells().iter().map(|(heading, _)| *heading).collect::<Vec<_>>(), headings, "{kind}");
        let json = serde_json::to_string(&row).unwrap();
        assert_eq!(serde_json::from_str::<DeliveryRow>(&json).unwrap(), row);

        let mut blank = Blank::default();
        assert_eq!(kind.read(&mut blank), None, "{kind}");
        assert_eq!(blank.asked, headings, "{kind}: every cell is read");
        let needed: Vec<&str> = kind.spec().columns.iter().filter(|column| column.required).map(|column| column.heading).collect();
        assert_eq!(blank.missing, needed, "{kind}");
        assert!(needed.contains(&headings[0]), "{kind} is told by its first column");
        for (heading, shown) in row.cells() {
            assert!(shown != Shown::Blank || !needed.contains(&heading), "{kind} {heading}");
        }
        for to in row.refs() {
            assert!(headings.contains(&to.heading), "{kind} {to:?}");
        }
    }
}

#[test]
fn sheets_are_told_apart_by_name_and_fit_a_workbook() {
    let mut names = HashSet::new();
    for kind in RecordKind::ALL {
        let spec = kind.spec();
        assert_eq!(RecordKind::of_sheet(spec.name), Some(*kind));
        assert!(spec.name.len() <= 31 && names.insert(spec.name) && names.insert(spec.table), "{kind}");
        assert!(crate::workbook::FRAMEWORK_SHEETS.iter().all(|sheet| sheet.name != spec.name && sheet.table != spec.table), "{kind}");
        let folded: HashSet<String> = spec.columns.iter().map(|column| column.heading.to_lowercase()).collect();
        assert_eq!(folded.len(), spec.columns.len(), "{kind}");
    }
    assert_eq!(RecordKind::of_sheet("Elements"), None);
}

#[test]
fn records_are_told_apart_by_what_makes_them_one() {
    let codes: Vec<String> = one_of_each().iter().map(DeliveryRow::code).collect();
    let expected = ["REC1", "PRJ", "M1", "M1 waits for M2", "A1", "R1", "WASTE 2024/25 Q2 revenue", "BVT CI", "BVT CI 2024", "I1"];
    assert_eq!(codes, expected);
    assert_eq!(one_of_each()[2].key(), "Milestone M1");
    assert_eq!(DeliveryRow::from(MoneyRow { fund: Fund::Capital, ..money() }).code(), "WASTE 2024/25 Q2 capital");
}

#[test]
fn codes_are_in_order_and_each_is_a_sentence() {
    for (at, (code, _, meaning)) in (1..).zip(CODES) {
        assert_eq!(*code, format!("PLN-{at:03}"));
        assert!(meaning.ends_with('.'), "{code}");
    }
    let warnings: Vec<&str> = CODES.iter().filter(|(_, weight, _)| *weight == Weight::Warning).map(|(code, _, _)| *code).collect();
    assert_eq!(warnings, ["PLN-007", "PLN-013", "PLN-016"]);
    let of = |code| Finding { code, heading: "Ref", message: String::new(), suggestion: None };
    assert_eq!(CODES.iter().filter(|(code, _, _)| of(code).is_error()).count(), CODES.len() - warnings.len() - 1, "one is for information");
}

#[test]
fn cells_are_shown_as_they_are_typed() {
    let shown = |row: DeliveryRow, heading: &str| row.cells().into_iter().find(|(of, _)| *of == heading).unwrap().1.to_string();
    assert_eq!(shown(theme("CI", &["Red", "Green"]).into(), "Ratings"), "Red; Green");
    assert_eq!(shown(theme("CI", &[]).into(), "Characteristics"), "");
    assert_eq!(shown(action().into(), "Status"), "Not started");
    assert_eq!(shown(action().into(), "As at"), "2024-09-30");
    assert_eq!(shown(insight().into(), "Sensitive"), "No");
    assert_eq!(shown(MoneyRow { budget: Some(dec("1200.50")), ..money() }.into(), "Budget"), "1200.5");
    assert_eq!(shown(money().into(), "Period"), "2024/25 Q2");
}
