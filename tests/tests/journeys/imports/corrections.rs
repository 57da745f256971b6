//! What was taken can be corrected and taken back, and still be read as it was.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{World, for_each_database, workbook};

use super::{counts, findings, first_quarter, lines, read};

/// A return of WM01 for the first quarter.
fn recycled(value: f64) -> Vec<u8> {
    workbook("Return", &json!([["Ref", "Indicator", "Period", "Result"], ["WM01", "Household waste recycled", "2024/25 Q1", value]]))
}

#[tokio::test]
async fn the_same_file_again_changes_nothing() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        keeper.take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let before = harness.written(world.council).await;
        let again = keeper.submit("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let plan = keeper.plan(&again).await;
        assert_eq!(counts(&plan)[..4], [0, 0, 6, 0], "{plan:#}");
        assert_eq!(lines(&plan)[1], "SAME WM02 2024-04: 45 → 45");
        assert_eq!(keeper.accept(&again, json!({})).await["userErrors"], json!([]));
        assert_eq!(harness.written(world.council).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_correction_supersedes_and_every_instant_reads_as_it_read() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let before = harness.app.clock.now().to_rfc3339();
        harness.later(Duration::hours(1));
        keeper.take("huntingdonshire", "q1.xlsx", recycled(61.2)).await;
        let reported = harness.app.clock.now().to_rfc3339();

        harness.later(Duration::days(3));
        let id = keeper.submit("huntingdonshire", "q1 again.xlsx", recycled(56.4)).await;
        let plan = keeper.plan(&id).await;
        assert_eq!(counts(&plan), [0, 1, 0, 0, 0, 1], "{plan:#}");
        assert_eq!(lines(&plan), ["CHANGED WM01 2024/25 Q1: 61.2% → 56.4%"]);
        assert_eq!(findings(&plan), ["CHG-003 at Return!D2"]);

        // A revision is a warning that somebody takes upon themselves.
        let refused = keeper.accept(&id, json!({})).await;
        assert_eq!((&refused["import"], &refused["userErrors"][0]["code"]), (&Value::Null, &json!("WARNINGS_NOT_ACKNOWLEDGED")));
        assert_eq!(read(&keeper, "WM01", "2024/25 Q1", None).await["value"], "61.2");
        let saying = json!({ "acknowledgedWarnings": ["CHG-003"], "reason": "Tonnages arrived late" });
        assert_eq!(keeper.accept(&id, saying).await["userErrors"], json!([]));

        let now = harness.app.clock.now().to_rfc3339();
        let at = async |instant: &str| {
            let point = read(&keeper, "WM01", "2024/25 Q1", Some(instant)).await;
            json!([point["value"], point["status"]["colour"]])
        };
        assert_eq!(at(&before).await[0], Value::Null);
        assert_eq!(at(&reported).await, json!(["61.2", "GREEN"]));
        assert_eq!(at(&now).await, json!(["56.4", "AMBER"]));
        assert_eq!(read(&keeper, "WM01", "2024/25 Q1", None).await["value"], "56.4");
        assert_eq!(harness.count(world.council, "observation").await, 2);
        assert_eq!(harness.count(world.council, "observation WHERE superseded_at IS NULL").await, 1);
        assert_eq!(harness.count(world.council, "observation WHERE reason = 'Tonnages arrived late'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_import_is_undone_except_for_what_was_corrected_since() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let first = keeper.take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let taken = harness.app.clock.now().to_rfc3339();
        harness.later(Duration::hours(1));
        let second = keeper.submit("huntingdonshire", "q1 again.xlsx", recycled(56.4)).await;
        let saying = json!({ "acknowledgedWarnings": ["CHG-003"], "reason": "Tonnages arrived late" });
        assert_eq!(keeper.accept(&second, saying).await["userErrors"], json!([]));

        harness.later(Duration::hours(1));
        let undone = keeper.undo(&first).await;
        assert_eq!((&undone["import"]["state"], &undone["reversed"], &undone["userErrors"]), (&json!("UNDONE"), &json!(5), &json!([])));
        let kept = undone["kept"].as_array().expect("a list");
        assert_eq!(kept.len(), 1, "{undone:#}");
        assert_eq!((&kept[0]["indicator"]["code"], &kept[0]["period"]), (&json!("WM01"), &json!("2024/25 Q1")));
        assert!(!kept[0]["because"].as_str().expect("a reason").is_empty());
        for (code, period, value) in
            [("WM01", "2024/25 Q1", json!("56.4")), ("PL01", "2024/25 Q1", Value::Null), ("WM02", "2024-06", Value::Null)]
        {
            assert_eq!(read(&keeper, code, period, None).await["value"], value, "{code}");
        }
        // What was taken back still reads as it read.
        assert_eq!(read(&keeper, "PL01", "2024/25 Q1", Some(&taken)).await["value"], "88");

        let again = keeper.undo(&first).await;
        assert_eq!((&again["import"], &again["userErrors"][0]["code"]), (&Value::Null, &json!("IMPORT_NOT_ACCEPTED")));

        // Undoing the correction brings back nothing: what it corrected was taken back before.
        let undone = keeper.undo(&second).await;
        assert_eq!((&undone["reversed"], &undone["kept"]), (&json!(1), &json!([])));
    })
    .await;
}

#[tokio::test]
async fn undoing_a_correction_brings_back_what_it_corrected() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        keeper.take("huntingdonshire", "q1.xlsx", recycled(61.2)).await;
        harness.later(Duration::hours(1));
        let second = keeper.submit("huntingdonshire", "q1 again.xlsx", recycled(56.4)).await;
        let saying = json!({ "acknowledgedWarnings": ["CHG-003"], "reason": "Tonnages arrived late" });
        assert_eq!(keeper.accept(&second, saying).await["userErrors"], json!([]));
        harness.later(Duration::hours(1));
        assert_eq!(keeper.undo(&second).await["reversed"], 1);
        assert_eq!(read(&keeper, "WM01", "2024/25 Q1", None).await["value"], "61.2");
        let current = "observation WHERE superseded_at IS NULL AND NOT withdrawn";
        assert_eq!(harness.count(world.council, current).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_plan_is_applied_once_however_often_it_is_accepted() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let id = keeper.submit("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let (one, other) = tokio::join!(keeper.accept(&id, json!({})), keeper.accept(&id, json!({})));
        let mut codes = [&one, &other].map(|payload| payload["userErrors"][0]["code"].as_str().unwrap_or("accepted").to_owned());
        codes.sort();
        assert_eq!(codes, ["IMPORT_NOT_PLANNED", "accepted"]);
        assert_eq!(harness.count(world.council, "observation").await, 6);
        let third = keeper.accept(&id, json!({})).await;
        assert_eq!(third["userErrors"][0]["code"], "IMPORT_NOT_PLANNED");
    })
    .await;
}

#[tokio::test]
async fn a_plan_made_before_another_was_accepted_is_refused() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let looked_at = keeper.submit("huntingdonshire", "one.xlsx", recycled(61.2)).await;
        let meanwhile = keeper.submit("huntingdonshire", "other.xlsx", recycled(56.4)).await;
        assert_eq!(keeper.accept(&meanwhile, json!({})).await["userErrors"], json!([]));
        let before = harness.written(world.council).await;
        let refused = keeper.accept(&looked_at, json!({})).await;
        assert_eq!(refused["import"], Value::Null, "{refused:#}");
        assert_eq!(refused["userErrors"][0]["code"], "PLAN_OUT_OF_DATE");
        assert_eq!(harness.written(world.council).await, before);
        assert_eq!(read(&keeper, "WM01", "2024/25 Q1", None).await["value"], "56.4");
    })
    .await;
}
