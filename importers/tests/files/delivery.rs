//! Delivery workbooks: records read, and what is wrong with them said at its cell.

use importers::delivery::DeliverySheets;
use importers::mapping::{Mapping, Settings};
use importers::{Layout, Limits, Reading, Severity, read, read_with};
use rules::delivery::action::ActionStatus;
use rules::delivery::book::{DeliveryRow, RecordKind};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use crate::common::{codes, fixture, places, problem};

/// What is typed into a cell.
#[derive(Clone, Copy)]
enum Typed {
    Words(&'static str),
    Number(f64),
    Day(&'static str),
    /// A formula, with what it last showed.
    Worked(&'static str, &'static str),
    Nothing,
}
use Typed::{Day, Nothing, Number, Words, Worked};

fn write(sheet: &mut Worksheet, row: u32, column: u16, typed: Typed) {
    match typed {
        Words(words) => sheet.write(row, column, words).map(drop),
        Number(number) => sheet.write(row, column, number).map(drop),
        Day(day) => {
            let day = ExcelDateTime::parse_from_str(day).unwrap();
            sheet.write_with_format(row, column, &day, &Format::new().set_num_format("dd/mm/yyyy")).map(drop)
        }
        Worked(formula, shown) => sheet.write(row, column, Formula::new(formula).set_result(shown)).map(drop),
        Nothing => Ok(()),
    }
    .unwrap();
}

/// A sheet: a title in row 1, headings in row 3, what is typed from row 4 on.
struct Sheet<'a> {
    name: &'a str,
    headings: &'a [&'a str],
    rows: &'a [&'a [Typed]],
}

fn workbook(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let mut book = Workbook::new();
    for Sheet { name, headings, rows } in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        sheet.write(0, 0, "Plans and programmes").unwrap();
        for (column, heading) in (0..).zip(*headings) {
            write(sheet, 2, column, Words(Box::leak((*heading).to_owned().into_boxed_str())));
        }
        for (row, cells) in (3..).zip(*rows) {
            for (column, typed) in (0..).zip(*cells) {
                write(sheet, row, column, *typed);
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn open(sheets: &[Sheet<'_>]) -> Reading {
    read(&workbook(sheets), "delivery.xlsx", &Limits::default())
}

fn delivery(reading: &Reading) -> &DeliverySheets {
    reading.delivery.as_ref().unwrap()
}

/// Kind and code of every record.
fn records(reading: &Reading) -> Vec<String> {
    delivery(reading).rows.iter().map(|placed| format!("{} {}", placed.row.kind(), placed.row.code())).collect()
}

const ACTION: [&str; 7] = ["Ref", "Action", "Kind", "Element", "Lead officer", "Status", "As at"];

fn actions<'a>(rows: &'a [&'a [Typed]]) -> Sheet<'a> {
    Sheet { name: "Actions", headings: &ACTION, rows }
}

const RISK: [&str; 14] = [
    "Ref",
    "Risk",
    "Cause",
    "Event",
    "Impact",
    "Element",
    "Owner",
    "Inherent likelihood",
    "Inherent impact",
    "Residual likelihood",
    "Residual impact",
    "Appetite",
    "State",
    "As at",
];

fn risk(code: &'static str, inherent: Typed, state: Typed) -> [Typed; 14] {
    let [cause, event, impact] = [Words("Batteries"), Words("Fire"), Words("No collections")];
    let ratings = [Number(5.0), Number(2.0), Number(5.0), Number(12.0)];
    let [impact_bare, likely, impact_now, appetite] = ratings;
    let owner = Words("Head of Waste");
    let ends = [impact_bare, likely, impact_now, appetite, state, Day("2024-09-30")];
    let [a, b, c, d, e, f] = ends;
    [Words(code), Words("Depot fire"), cause, event, impact, Words("WASTE"), owner, inherent, a, b, c, d, e, f]
}

#[test]
fn an_action_of_nobody_is_said_at_its_cell_with_all_else_that_is_wrong() {
    let right = [Words("A1"), Words("Recruit"), Words("service plan"), Words("WASTE"), Words("Head"), Words("ON_TRACK"), Day("2024-09-30")];
    let wrong = [Words("A2"), Words("Train"), Words("Service plan"), Words("WASTE"), Nothing, Words("On trak"), Words("soon")];
    let reading = open(&[actions(&[&right, &wrong])]);
    assert_eq!(
        (reading.layout, codes(&reading).as_slice()),
        (Some(Layout::Delivery), ["FRM-001", "FRM-003", "FRM-011"].map(str::to_owned).as_slice())
    );
    assert_eq!(problem(&reading, "FRM-001").message, "Lead officer is needed and is blank.");
    for (code, cell) in [("FRM-001", "E5"), ("FRM-003", "F5"), ("FRM-011", "G5")] {
        assert_eq!(places(&reading, code), [cell], "{code}");
        assert_eq!((problem(&reading, code).severity, problem(&reading, code).places[0].sheet.as_str()), (Severity::Error, "Actions"));
    }
    let status = problem(&reading, "FRM-003");
    assert_eq!(status.suggestion.as_deref(), Some("Did you mean On track?"));
    assert_eq!(status.seen.as_deref(), Some("On trak"));
    assert_eq!(status.expected.as_deref(), Some("Not started, On track, At risk, Off track, Completed, Cancelled, Deferred"));
    assert_eq!(records(&reading), ["ACTION A1"]);
    let left_out: Vec<_> = delivery(&reading).unread.iter().map(|u| (u.sheet.as_str(), u.code.as_deref(), u.place.cell.as_str())).collect();
    assert_eq!(left_out, [("Actions", Some("A2"), "A5")]);
}

#[test]
fn a_word_near_to_none_is_suggested_nothing() {
    let done = [Words("A1"), Words("Recruit"), Words("Service plan"), Words("WASTE"), Words("Head"), Words("Postponed"), Day("2024-09-30")];
    let reading = open(&[actions(&[&done])]);
    assert_eq!((places(&reading, "FRM-003"), problem(&reading, "FRM-003").suggestion.as_deref()), (vec!["F4"], None));
}

#[test]
fn a_rating_off_the_scale_is_read_and_a_word_for_one_is_not() {
    // Whether 6 can be is asked where records stand beside one another: here it is a whole number.
    let rows = [
        risk("R1", Number(6.0), Nothing),
        risk("R2", Words("high"), Nothing),
        risk("R3", Number(2.5), Nothing),
        risk("R4", Number(-1.0), Nothing),
    ];
    let rows: Vec<&[Typed]> = rows.iter().map(<[Typed; 14]>::as_slice).collect();
    let reading = open(&[Sheet { name: "Risks", headings: &RISK, rows: &rows }]);
    assert_eq!(records(&reading), ["RISK R1"]);
    let DeliveryRow::Risk(risk) = &delivery(&reading).rows[0].row else { panic!("a risk was read") };
    assert_eq!((risk.inherent_likelihood, risk.inherent_impact, risk.appetite), (6, 5, 12));
    assert_eq!(risk.state, rules::delivery::risk::RiskState::Open, "what is blank is usual");
    assert_eq!(places(&reading, "FRM-011"), ["H5", "H6", "H7"]);
    assert_eq!(codes(&reading), ["FRM-011", "FRM-011"], "a figure that is none, and figures that are not whole");
}

#[test]
fn columns_are_found_by_their_headings_wherever_they_stand() {
    let headings = ["As at", "Notes of ours", "STATUS", "Lead  officer", "ref", "Kind", "Action", "Progress"];
    let row =
        [Day("2024-09-30"), Words("x"), Words("completed"), Words("Head"), Number(7.0), Words("Remedial"), Words("Recruit"), Number(1.5)];
    let reading = open(&[Sheet { name: "ACTIONS", headings: &headings, rows: &[&row, &[], &row] }]);
    assert_eq!(codes(&reading), Vec::<String>::new());
    assert_eq!(places(&reading, "COL-001"), ["B3"]);
    assert_eq!(records(&reading), ["ACTION 7", "ACTION 7"], "two of one ref are told apart by whoever knows what is held");
    let placed = &delivery(&reading).rows[1];
    let DeliveryRow::Action(action) = &placed.row else { panic!("an action was read") };
    assert_eq!((action.status, action.progress.as_deref(), action.element.as_deref()), (ActionStatus::Completed, Some("1.5"), None));
    assert_eq!((placed.sheet.as_str(), placed.row_number), ("ACTIONS", 6), "the blank row between is passed over");
    assert_eq!(placed.place("Lead officer").cell, "D6");
    assert_eq!(placed.place("Element").cell, "A6", "a column that is not there");
}

#[test]
fn a_needed_column_that_is_missing_is_said_once() {
    let row = [Words("A1"), Words("Recruit"), Words("Remedial"), Words("WASTE"), Words("Completed")];
    let headings = ["Ref", "Action", "Kind", "Element", "Status"];
    let reading = open(&[Sheet { name: "Actions", headings: &headings, rows: &[&row, &row] }]);
    assert_eq!((reading.layout, records(&reading)), (Some(Layout::Delivery), Vec::new()));
    assert_eq!(codes(&reading), ["FRM-012"]);
    let missing = problem(&reading, "FRM-012");
    assert_eq!(missing.message, "The sheet Actions has no column headed Lead officer or As at.");
    assert_eq!(missing.places[0].cell, "A3");
}

#[test]
fn formulas_are_read_as_last_worked_out_and_errors_are_none() {
    let row =
        |code, officer, status| [Words(code), Words("Recruit"), Words("Remedial"), Words("WASTE"), officer, status, Day("2024-09-30")];
    let worked = row("A1", Worked("=\"He\"&\"ad\"", "Head"), Words("Completed"));
    let failed = row("A2", Words("Head"), Worked("=1/0", "#DIV/0!"));
    let mut bytes = workbook(&[actions(&[&worked, &failed])]);
    let reading = read(&bytes, "delivery.xlsx", &Limits::default());
    assert_eq!(records(&reading), ["ACTION A1"]);
    let DeliveryRow::Action(action) = &delivery(&reading).rows[0].row else { panic!("an action was read") };
    assert_eq!(action.lead_officer, "Head");
    assert_eq!(places(&reading, "VAL-053"), ["F5"]);
    assert_eq!(codes(&reading), ["VAL-053"]);

    // The same as a program leaves it that does not work formulas out.
    let uncached = row("A3", Worked("=\"He\"&\"ad\"", ""), Words("Completed"));
    bytes = without_values(&workbook(&[actions(&[&uncached])]));
    let reading = read(&bytes, "delivery.xlsx", &Limits::default());
    assert_eq!((places(&reading, "VAL-051"), codes(&reading)), (vec!["E4"], vec!["VAL-051".to_owned()]));
}

/// Takes the values from beside the formulas of the first sheet.
fn without_values(bytes: &[u8]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let (name, mut text) = (part.name().unwrap().into_owned(), String::new());
        part.read_to_string(&mut text).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            let (before, after) = text.split_once("</f>").unwrap();
            let (_, rest) = after.split_once("</c>").unwrap();
            text = format!("{before}</f></c>{rest}");
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(text.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn kinds_stand_in_their_order_whatever_the_order_of_the_sheets() {
    let action = [Words("A1"), Words("Recruit"), Words("Remedial"), Words("WASTE"), Words("Head"), Words("Completed"), Day("2024-09-30")];
    let money = Sheet {
        name: "Money",
        headings: &["Ref", "Period", "Fund", "Budget", "Virement"],
        rows: &[
            &[Words("WASTE"), Words("2024/25 Q1"), Words("Revenue"), Words("£1,250,000.50"), Number(-20_000.0)],
            &[Words("WASTE"), Words("2024/25 Q1"), Words("Reserve"), Nothing, Nothing],
        ],
    };
    let waits = Sheet {
        name: "Dependencies",
        headings: &["Ref", "Waits for"],
        rows: &[&[Words("M2"), Words("M1")], &[Words("M2"), Words("not a ref!")]],
    };
    let cover = Sheet { name: "Cover", headings: &["Read me"], rows: &[] };
    let reading = open(&[cover, money, actions(&[&action]), waits]);
    assert_eq!(records(&reading), ["DEPENDENCY M2 waits for M1", "ACTION A1", "MONEY WASTE 2024/25 Q1 revenue"]);
    let DeliveryRow::Money(money) = &delivery(&reading).rows[2].row else { panic!("money was read") };
    assert_eq!((money.budget, money.virement), ("1250000.50".parse().ok(), "-20000".parse().ok()));
    let left_out: Vec<_> = delivery(&reading).unread.iter().map(|u| RecordKind::of_sheet(&u.sheet).unwrap()).collect();
    assert_eq!(left_out, [RecordKind::Dependency, RecordKind::Money]);
    assert_eq!((places(&reading, "FRM-009"), places(&reading, "FRM-003")), (vec!["B5"], vec!["C5"]));
    let passed_over: Vec<_> = reading.diagnostics.iter().filter(|d| d.code == "LAY-006").map(|d| d.places[0].sheet.as_str()).collect();
    assert_eq!(passed_over, ["Cover"], "nothing is passed over without a word");
}

#[test]
fn yes_and_no_are_read_in_the_spellings_people_use() {
    let headings = ["Ref", "Element", "Origin", "Insight", "Date", "Sensitive"];
    let row = |code, sensitive| [Words(code), Words("WASTE"), Words("Staff"), Words("Two left."), Day("2024-07-01"), sensitive];
    let typed = [row("I1", Words("Yes")), row("I2", Words("y")), row("I3", Words("NO")), row("I4", Nothing), row("I5", Words("maybe"))];
    let typed: Vec<&[Typed]> = typed.iter().map(<[Typed; 6]>::as_slice).collect();
    let reading = open(&[Sheet { name: "Insight", headings: &headings, rows: &typed }]);
    let sensitive = |row: &DeliveryRow| if let DeliveryRow::Insight(row) = row { row.sensitive } else { panic!("an insight was read") };
    assert_eq!(delivery(&reading).rows.iter().map(|placed| sensitive(&placed.row)).collect::<Vec<_>>(), [true, true, false, false]);
    assert_eq!(places(&reading, "FRM-003"), ["F8"]);
}

/// The framework fixture has no such sheets; this one has Elements and Actions.
#[test]
fn a_framework_may_carry_records_and_stays_a_framework() {
    let elements =
        Sheet { name: "Elements", headings: &["Ref", "Title", "Kind"], rows: &[&[Words("WASTE"), Words("Waste"), Words("Service")]] };
    let action = [Words("A1"), Words("Recruit"), Words("Remedial"), Words("WASTE"), Words("Head"), Words("Completed"), Day("2024-09-30")];
    let reading = open(&[elements, actions(&[&action])]);
    assert_eq!(reading.layout, Some(Layout::Framework));
    assert_eq!(reading.framework.as_ref().unwrap().elements.len(), 1);
    assert_eq!(records(&reading), ["ACTION A1"]);
    let json = serde_json::to_string(&reading).unwrap();
    assert_eq!(serde_json::from_str::<Reading>(&json).unwrap(), reading, "it survives the pipe");

    let plain = read(&fixture("framework.xlsx"), "framework.xlsx", &Limits::default());
    assert_eq!((plain.layout, plain.delivery), (Some(Layout::Framework), None));
    assert_eq!(
        serde_json::from_str::<Reading>(
            "{\"format\":null,\"layout\":null,\"stamp\":null,\"values\":[],\"tables\":[],\"framework\":null,\"diagnostics\":[]}"
        )
        .unwrap(),
        Reading::default()
    );
}

#[test]
fn tables_of_figures_under_the_same_names_stay_tables_of_figures() {
    let figures: &[&[Typed]] = &[&[Words("WM01"), Words("2024/25 Q1"), Number(1.0)], &[Words("WM02"), Words("2024/25 Q1"), Number(2.0)]];
    for name in ["Money", "Actions", "Risks", "Insight", "Projects"] {
        let reading = open(&[Sheet { name, headings: &["Ref", "Period", "Result"], rows: figures }]);
        assert_eq!((reading.layout, reading.values.len(), reading.delivery), (Some(Layout::Long), 2, None), "{name}");
    }
    // A register of the council's own, beside its figures.
    let own = Sheet {
        name: "Risks",
        headings: &["Ref", "Risk", "Owner", "Likelihood", "Impact", "Score", "RAG"],
        rows: &[&[Words("CR1"), Words("Fire"), Words("Head"), Number(3.0), Number(4.0), Number(12.0), Words("Amber")]],
    };
    let reading = open(&[Sheet { name: "Quarter 1", headings: &["Ref", "Period", "Result"], rows: figures }, own]);
    let read = reading.values.iter().filter(|row| row.sheet == "Quarter 1").count();
    assert_eq!((reading.layout, read, reading.delivery), (Some(Layout::Long), 2, None));
}

#[test]
fn a_mapping_sent_with_records_is_said_to_be_ignored() {
    let action = [Words("A1"), Words("Recruit"), Words("Remedial"), Words("WASTE"), Words("Head"), Words("Completed"), Day("2024-09-30")];
    let settings = Settings { own: None, mapping: Some(Mapping::default()), saved: Vec::new() };
    let reading = read_with(&workbook(&[actions(&[&action])]), "delivery.xlsx", &Limits::default(), &settings);
    assert_eq!((problem(&reading, "MAP-008").severity, records(&reading).len()), (Severity::Warning, 1));
}
