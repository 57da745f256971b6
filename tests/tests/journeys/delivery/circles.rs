//! What waits for itself, however far round, is refused: in one workbook, against what is held, and between two plans.

use rules::delivery::book::DeliveryRow::{self, Dependency, Milestone, Project};
use serde_json::json;
use tests::for_each_database;

use super::model::{Small, book, milestone, project, waits};
use super::{CODE, bring, delivery, tell};
use crate::imports::{counts, findings};

/// Two projects of two milestones each.
fn four() -> Vec<DeliveryRow> {
    vec![
        Project(project("PA")),
        Project(project("PB")),
        Milestone(milestone("A1", "PA", "2024-12-13")),
        Milestone(milestone("A2", "PA", "2025-01-31")),
        Milestone(milestone("B1", "PB", "2024-12-13")),
        Milestone(milestone("B2", "PB", "2025-01-31")),
    ]
}

const WAITS: &str = "projects { dependencies { code waitsFor } }";

#[tokio::test]
async fn a_circle_inside_a_workbook_loses_its_last_dependency() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let mut rows = four();
        rows.extend([waits("A2", "A1", 0), waits("B1", "A2", 10), waits("A1", "B1", 0), waits("B2", "B2", 0)].map(Dependency));
        let id = small.office.submit(CODE, "round.xlsx", book(rows)).await;
        let plan = small.office.plan(&id).await;
        let mut told = findings(&plan);
        told.sort();
        assert_eq!(
            (told, counts(&plan)[..4].to_vec()),
            (vec!["PLN-009 at Dependencies!B10".to_owned(), "PLN-009 at Dependencies!B9".to_owned()], vec![8, 0, 0, 2]),
            "{plan:#}"
        );
        assert_eq!(small.office.accept(&id, json!({ "validRowsOnly": true })).await["userErrors"], json!([]));
        let told = delivery(&small.office, WAITS).await;
        let waits = |of: &str, on: &str| json!({ "code": of, "waitsFor": on });
        assert_eq!(told["projects"][0]["dependencies"], json!([waits("A2", "A1"), waits("B1", "A2")]));
    })
    .await;
}

#[tokio::test]
async fn a_circle_with_what_is_held_is_refused_by_workbook_and_by_entry() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let mut rows = four();
        rows.extend([waits("B1", "A2", 10), waits("PB", "A1", 0)].map(Dependency));
        bring(&small.office, "plans.xlsx", book(rows)).await;
        let before = harness.written(small.world.council).await;
        // A project waits for its milestones: PA ends no sooner than A2, for which B1 waits.
        for (code, on) in [("A2", "B1"), ("A2", "PA"), ("A1", "PB"), ("A1", "B1")] {
            let of = [Dependency(waits(code, on, 0))];
            let id = small.office.submit(CODE, "round.xlsx", book(of)).await;
            let plan = small.office.plan(&id).await;
            let entered = tell(&small.office, "dependency", "code", json!({ "waits": code, "on": on })).await;
            let (closes, state) = (findings(&plan), plan["state"].as_str().expect("a state"));
            match (code, on) {
                ("A1", "B1") => assert_eq!((closes, state), (Vec::new(), "PLANNED"), "B1 waits for A2 and not for A1"),
                _ => {
                    assert_eq!((closes, state), (vec!["PLN-009 at Dependencies!B7".to_owned()], "REFUSED"), "{code} {on}");
                    assert_eq!(entered, Err("PLN-009 input.on".to_owned()), "{code} {on}");
                    assert_eq!(harness.written(small.world.council).await, before);
                }
            }
        }
        // Nor may a milestone move into the project that waits for it.
        let mut moved = milestone("A1", "PB", "2024-12-13");
        moved.note = Some("Moved".to_owned());
        let id = small.office.submit(CODE, "moved.xlsx", book([Milestone(moved), Dependency(waits("B2", "A2", 0))])).await;
        assert_eq!(counts(&small.office.plan(&id).await)[..4], [1, 1, 0, 0], "PB waits for A1 either way");
    })
    .await;
}

#[tokio::test]
async fn of_two_plans_that_close_a_circle_together_one_is_taken() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        bring(&small.office, "plans.xlsx", book(four())).await;
        let one = small.office.submit(CODE, "one.xlsx", book([Dependency(waits("B1", "A2", 0))])).await;
        let two = small.office.submit(CODE, "two.xlsx", book([Dependency(waits("A2", "B1", 0))])).await;
        assert_eq!(small.office.accept(&one, json!({})).await["userErrors"], json!([]));
        let before = harness.written(small.world.council).await;
        let refused = small.office.accept(&two, json!({})).await;
        assert_eq!((&refused["import"], &refused["userErrors"][0]["code"]), (&json!(null), &json!("PLAN_OUT_OF_DATE")));
        assert_eq!(harness.written(small.world.council).await, before);
    })
    .await;
}
