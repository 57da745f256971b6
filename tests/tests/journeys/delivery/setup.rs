//! A framework workbook that also carries records: one plan, one acceptance, one undoing.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use rules::delivery::book::DeliveryRow::{Action, Milestone, Project, Risk};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::{Value, json};
use tests::{World, for_each_database, workbook_of};

use super::model::{action, book, milestone, project, risk, with_projects};
use super::{CODE, codes, someone};
use crate::imports::{counts, findings};
use goldenthread::access::GrantScope;
use rules::permission::Role;

/// The sheets of two workbooks in one, cell by cell.
fn joined(books: [Vec<u8>; 2]) -> Vec<u8> {
    let mut whole = Workbook::new();
    let dated = Format::new().set_num_format("yyyy-mm-dd");
    for bytes in books {
        let mut from: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        for name in from.sheet_names() {
            let page = whole.add_worksheet();
            page.set_name(&name).expect("a name");
            let range = from.worksheet_range(&name).expect("a sheet");
            let (top, left) = range.start().expect("cells");
            for (r, c, cell) in range.used_cells() {
                let at = (top + u32::try_from(r).expect("few"), u16::try_from(left).expect("few") + u16::try_from(c).expect("few"));
                match cell {
                    Data::String(text) => page.write_string(at.0, at.1, text).map(drop),
                    Data::Float(number) => page.write_number(at.0, at.1, *number).map(drop),
                    Data::Int(number) => page.write_number(at.0, at.1, f64::from(i32::try_from(*number).expect("small"))).map(drop),
                    Data::DateTime(day) => page.write_number_with_format(at.0, at.1, day.as_f64(), &dated).map(drop),
                    Data::Empty => Ok(()),
                    other => panic!("{other:?} in {name}"),
                }
                .expect("writes");
            }
        }
    }
    whole.save_to_buffer().expect("a workbook")
}

/// Rows of the small framework with its three projects' elements.
const ROWS: i64 = 1 + 12 + 5 + 5 + 5 + 1 + 3 + 2;

const READ: &str = "query($code: String!) { council(code: $code) { framework { title } element(code: \"S1\") { code }
    delivery { actions(first: 5) { nodes { code element { title } indicator { code } } } risks(first: 5) { nodes { code } } } } }";

const READ_AT: &str = "query($code: String!, $at: DateTime!) { council(code: $code) { delivery(asAt: $at) { actions(first: 5) {
    nodes { code element { title } indicator { code } } } } } }";

#[tokio::test]
async fn a_framework_with_its_actions_and_risks_comes_in_by_one_plan_and_goes_by_one_undoing() {
    for_each_database(async |harness| {
        let world = World::empty(harness, CODE).await;
        let keeper = world.keeper();
        let (mut on_indicator, mut feared) = (action("A2"), risk("RK1"));
        (on_indicator.element, on_indicator.indicator, feared.indicator) = (None, Some("wm02".to_owned()), Some("WM01".to_owned()));
        let records = book([Action(action("A1")), Action(on_indicator), Risk(feared)]);
        let before = harness.written(world.council).await;
        let id = keeper.submit(CODE, "setup.xlsx", joined([workbook_of(&with_projects(CODE)), records])).await;
        let plan = keeper.plan(&id).await;
        assert_eq!(
            (&plan["state"], &plan["layout"], findings(&plan)),
            (&json!("PLANNED"), &json!("FRAMEWORK"), Vec::<String>::new()),
            "{plan:#}"
        );
        assert_eq!(counts(&plan), [ROWS + 3, 0, 0, 0, 0, 0], "{plan:#}");
        assert_eq!(harness.written(world.council).await, before);
        assert_eq!(keeper.accept(&id, json!({})).await["userErrors"], json!([]));
        let told = keeper.gql(READ, json!({ "code": CODE })).await.data()["council"].clone();
        assert_eq!(told["framework"]["title"], "Performance Framework");
        let actions = json!([
            { "code": "A1", "element": { "title": "Waste Services" }, "indicator": null },
            { "code": "A2", "element": null, "indicator": { "code": "WM02" } },
        ]);
        assert_eq!((&told["delivery"]["actions"]["nodes"], codes(&told["delivery"]["risks"]["nodes"])), (&actions, vec!["RK1".to_owned()]));

        let then = harness.app.clock.now().to_rfc3339();
        harness.later(chrono::Duration::hours(1));
        let undone = super::taken_back::undo(&keeper, &id).await;
        // What the records hung on stays with them, as they are read as at any instant they were told.
        let stays: Vec<&Value> = undone["failed"].as_array().expect("rows").iter().map(|row| &row["key"]).collect();
        assert_eq!(stays, ["indicator WM01", "indicator WM02", "element S1", "element D1", "edition 2024/25"]);
        assert_eq!(
            (&undone["reversed"], &undone["kept"], &undone["userErrors"]),
            (&json!(ROWS + 3 - 5), &json!([]), &json!([])),
            "{undone:#}"
        );
        let then = keeper.gql(READ_AT, json!({ "code": CODE, "at": then })).await.data();
        assert_eq!(then["council"]["delivery"]["actions"]["nodes"], actions);
        let told = keeper.gql(READ, json!({ "code": CODE })).await.data()["council"].clone();
        assert_eq!((&told["delivery"]["actions"]["nodes"], &told["delivery"]["risks"]["nodes"]), (&json!([]), &json!([])));
    })
    .await;
}

#[tokio::test]
async fn records_of_a_set_up_workbook_are_whose_they_are_and_lead_to_what_comes_with_them() {
    for_each_database(async |harness| {
        let world = World::empty(harness, CODE).await;
        let keeper = world.keeper();
        let (mut nowhere, mut feared) = (action("A1"), risk("RK1"));
        (nowhere.element, feared.element) = (Some("S9".to_owned()), "PA".to_owned());
        // The performance team keeps the framework, and no programmes.
        let records = book([Project(project("PA")), Milestone(milestone("MA", "PA", "2024-12-13")), Action(nowhere), Risk(feared)]);
        let id = keeper.submit(CODE, "setup.xlsx", joined([workbook_of(&with_projects(CODE)), records.clone()])).await;
        let plan = keeper.plan(&id).await;
        let mut found = findings(&plan);
        found.sort();
        assert_eq!(found, ["PLN-001 at Actions!G6", "PLN-014 at Projects!A6, Milestones!A6"], "{plan:#}");
        assert_eq!(counts(&plan)[..4], [ROWS + 1, 0, 0, 3], "{plan:#}");
        assert_eq!(keeper.accept(&id, json!({})).await["userErrors"][0]["code"], "ROWS_REFUSED");
        assert_eq!(keeper.accept(&id, json!({ "validRowsOnly": true })).await["userErrors"], json!([]));
        let told = keeper.gql(READ, json!({ "code": CODE })).await.data()["council"].clone();
        assert_eq!(
            (&told["delivery"]["actions"]["nodes"], codes(&told["delivery"]["risks"]["nodes"])),
            (&json!([]), vec!["RK1".to_owned()])
        );
        // Whoever may not import a framework may not bring it in beside records.
        let office = someone(&world, "Olga Office", Role::ProgrammeOffice, GrantScope::Council).await;
        let id = office.submit(CODE, "setup.xlsx", joined([workbook_of(&with_projects(CODE)), records])).await;
        let plan = office.plan(&id).await;
        assert_eq!((&plan["state"], counts(&plan)[..3].to_vec()), (&json!("REFUSED"), vec![0, 0, 0]), "{plan:#}");
        assert!(findings(&plan).iter().any(|found| found.starts_with("ACC-001")), "{plan:#}");
    })
    .await;
}
