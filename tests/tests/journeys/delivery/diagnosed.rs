//! Workbooks with faults: each told at its cell, the rest taken by whoever may record it.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::json;
use tests::{day, for_each_database};

use super::model::{self, Small, action, book, milestone, project};
use super::{CODE, Town, acknowledging, delivery, demo};
use crate::imports::{counts, findings};

use rules::delivery::book::DeliveryRow::{Action, Milestone, Project};

const FAULTY: &str = "messy/plans.xlsx";

#[track_caller]
fn told(plan: &serde_json::Value) -> Vec<String> {
    let mut found = findings(plan);
    found.sort();
    found
}

#[tokio::test]
async fn each_planted_fault_is_told_at_its_cell_and_the_other_rows_are_taken_when_asked() {
    for_each_database(async |harness| {
        let town = Town::full(harness).await;
        let roles = [(Role::PerformanceTeam, GrantScope::Council), (Role::ProgrammeOffice, GrantScope::Council)];
        let both = harness.sign_in(&harness.person(town.world.council, "Bo Both", &roles).await);
        let before = harness.written(town.world.council).await;
        let id = both.submit(CODE, "plans.xlsx", demo(FAULTY)).await;
        let plan = both.plan(&id).await;
        assert_eq!((&plan["state"], counts(&plan)), (&json!("PLANNED"), [4, 0, 0, 5, 5, 1]), "{plan:#}");
        let expected = [
            "FRM-001 at Actions!I6",
            "PLN-001 at Actions!D8",
            "PLN-004 at Milestones!D6",
            "PLN-005 at Milestones!E7",
            "PLN-006 at Risks!I6",
            "PLN-007 at Actions!M7",
        ];
        assert_eq!(told(&plan), expected, "{plan:#}");
        let refused = both.accept(&id, json!({})).await;
        assert_eq!(refused["userErrors"][0]["code"], "ROWS_REFUSED");
        let open = both.accept(&id, json!({ "validRowsOnly": true })).await;
        assert_eq!(open["userErrors"][0]["code"], "WARNINGS_NOT_ACKNOWLEDGED");
        assert_eq!(harness.written(town.world.council).await, before);

        let mut saying = acknowledging(&both, &id).await;
        saying["validRowsOnly"] = json!(true);
        assert_eq!(both.accept(&id, saying).await["userErrors"], json!([]));
        let there = "x1: action(code: \"X1\") { status } x2: action(code: \"X2\") { status } x3: action(code: \"X3\") { status }
            x4: action(code: \"X4\") { status } rx1: risk(code: \"RX1\") { state } rx2: risk(code: \"RX2\") { state }
            project(code: \"PJ-LEI\") { milestones { code } }";
        let now = delivery(&both, there).await;
        assert_eq!(
            (&now["x1"]["status"], &now["x3"]["status"], &now["rx1"]["state"]),
            (&json!("ON_TRACK"), &json!("COMPLETED"), &json!("OPEN"))
        );
        assert!(now["x2"].is_null() && now["x4"].is_null() && now["rx2"].is_null(), "{now:#}");
        assert_eq!(super::codes(&now["project"]["milestones"]), ["LEI-M1", "LEI-M2", "LEI-X1", "LEI-M3", "LEI-M4"]);
        let after = harness.written(town.world.council).await;
        let grown: Vec<(&str, i64)> =
            after.iter().zip(&before).map(|(now, then)| (now.0, now.1 - then.1)).filter(|(_, by)| *by != 0).collect();
        let mut grown: Vec<(&str, i64)> = grown.into_iter().filter(|(table, _)| *table != "council").collect();
        grown.sort_unstable();
        assert_eq!(grown, [("action", 2), ("delivery_record", 4), ("milestone", 1), ("risk", 1)]);
    })
    .await;
}

#[tokio::test]
async fn who_sends_the_faulty_workbook_decides_which_of_its_rows_are_looked_at() {
    for_each_database(async |harness| {
        let town = Town::full(harness).await;
        let keeper = town.keeper();
        let id = keeper.submit(CODE, "plans.xlsx", demo(FAULTY)).await;
        let plan = keeper.plan(&id).await;
        let expected = [
            "FRM-001 at Actions!I6",
            "PLN-001 at Actions!D8",
            "PLN-006 at Risks!I6",
            "PLN-007 at Actions!M7",
            "PLN-014 at Milestones!A5, Milestones!A6, Milestones!A7",
        ];
        assert_eq!((told(&plan), counts(&plan)[..4].to_vec()), (expected.map(str::to_owned).to_vec(), vec![3, 0, 0, 6]), "{plan:#}");

        let id = town.office.submit(CODE, "plans.xlsx", demo(FAULTY)).await;
        let plan = town.office.plan(&id).await;
        let expected = [
            "FRM-001 at Actions!I6",
            "PLN-001 at Actions!D8",
            "PLN-004 at Milestones!D6",
            "PLN-005 at Milestones!E7",
            "PLN-007 at Actions!M7",
            "PLN-014 at Risks!A5, Risks!A6",
        ];
        assert_eq!((told(&plan), counts(&plan)[..4].to_vec()), (expected.map(str::to_owned).to_vec(), vec![3, 0, 0, 6]), "{plan:#}");

        let id = town.finance.submit(CODE, "plans.xlsx", demo(FAULTY)).await;
        let plan = town.finance.plan(&id).await;
        assert_eq!((&plan["state"], counts(&plan)[..4].to_vec()), (&json!("REFUSED"), vec![0, 0, 0, 9]), "{plan:#}");
        let mut saying = acknowledging(&town.finance, &id).await;
        saying["validRowsOnly"] = json!(true);
        assert_eq!(town.finance.accept(&id, saying).await["userErrors"][0]["code"], "IMPORT_NOT_PLANNED");
    })
    .await;
}

#[tokio::test]
async fn a_ref_that_stands_twice_is_taken_once_however_it_is_spelled() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let mut second = action("a1");
        second.title = "The same again".to_owned();
        let rows = vec![Action(action("A1")), Action(second), Action(action("A2"))];
        let id = small.keeper.submit(CODE, "twice.xlsx", book(rows)).await;
        let plan = small.keeper.plan(&id).await;
        assert_eq!(
            (told(&plan), counts(&plan)[..4].to_vec()),
            (vec!["FRM-002 at Actions!A7, Actions!A6".to_owned()], vec![2, 0, 0, 1]),
            "{plan:#}"
        );
        assert_eq!(small.keeper.accept(&id, json!({ "validRowsOnly": true })).await["userErrors"], json!([]));
        let told = delivery(&small.keeper, "actions(first: 10) { nodes { code title } }").await;
        assert_eq!(told["actions"]["nodes"], json!([{ "code": "A1", "title": "Action A1" }, { "code": "A2", "title": "Action A2" }]));
    })
    .await;
}

#[tokio::test]
async fn what_is_older_than_what_is_held_and_agreed_days_without_a_decision_are_refused() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let first =
            vec![Project(project("PA")), Milestone(milestone("M1", "PA", "2024-12-13")), Milestone(milestone("M2", "PA", "2025-01-31"))];
        super::bring(&small.office, "first.xlsx", book(first)).await;
        super::bring(&small.keeper, "actions.xlsx", book([Action(action("A1"))])).await;

        let mut older = milestone("M1", "PA", "2024-12-13");
        older.as_at = day("2024-09-29");
        older.note = Some("Late news".to_owned());
        let moved = milestone("M2", "PA", "2025-02-28");
        let mut ends = project("PA");
        ends.baseline_end = day("2025-06-30");
        let id = small.office.submit(CODE, "second.xlsx", book([Project(ends.clone()), Milestone(older), Milestone(moved.clone())])).await;
        let plan = small.office.plan(&id).await;
        let expected = ["PLN-003 at Milestones!D7", "PLN-003 at Projects!H6", "PLN-012 at Milestones!J6"];
        assert_eq!((told(&plan), &plan["state"]), (expected.map(str::to_owned).to_vec(), &json!("REFUSED")), "{plan:#}");
        // With the decision, the agreed day is another; what was agreed before stays readable.
        let mut decided = moved;
        decided.decision = Some("Cabinet, minute 24/77".to_owned());
        ends.decision = Some("Cabinet, minute 24/77".to_owned());
        let id = small.office.submit(CODE, "third.xlsx", book([Project(ends), Milestone(decided)])).await;
        let plan = super::accept_all(&small.office, &id).await;
        assert_eq!(counts(&plan), [0, 2, 0, 0, 0, 0], "{plan:#}");
        let nodes = plan["changes"]["nodes"].as_array().expect("changes");
        assert_eq!(nodes[1]["before"], "Baseline date: 2025-01-31; Decision: blank");
        assert_eq!(nodes[1]["after"], "Baseline date: 2025-02-28; Decision: Cabinet, minute 24/77");
        // A decision changes an agreed day once.
        let mut again = milestone("M2", "PA", "2025-03-31");
        again.decision = Some("Cabinet, minute 24/77".to_owned());
        let id = small.office.submit(CODE, "fourth.xlsx", book([Milestone(again)])).await;
        assert_eq!(told(&small.office.plan(&id).await), ["PLN-003 at Milestones!D6"]);
        let mut same_day = action("A1");
        same_day.as_at = day("2024-09-01");
        let id = small.keeper.submit(CODE, "older.xlsx", book([Action(same_day), Action(model::action("A2"))])).await;
        let plan = small.keeper.plan(&id).await;
        assert_eq!((told(&plan), counts(&plan)[..4].to_vec()), (vec!["PLN-012 at Actions!P6".to_owned()], vec![1, 0, 0, 1]), "{plan:#}");
    })
    .await;
}
