//! A framework in, and what it becomes.

use exporters::framework::render_framework;
use serde_json::{Value, json};
use tests::{World, for_each_database, framework, workbook_of};

use super::{counts, findings};

/// Rows of the small framework: 1 edition, 9 elements, 5 indicators, 5 links, 5 targets, 1 rule, 3 periods, 2 forums.
const ROWS: i64 = 1 + 9 + 5 + 5 + 5 + 1 + 3 + 2;

#[tokio::test]
async fn a_framework_workbook_becomes_the_councils_framework() {
    for_each_database(async |harness| {
        let world = World::empty(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let id = keeper.submit("huntingdonshire", "framework.xlsx", workbook_of(&framework("huntingdonshire"))).await;
        let plan = keeper.plan(&id).await;
        assert_eq!((&plan["state"], &plan["layout"]), (&json!("PLANNED"), &json!("FRAMEWORK")), "{plan:#}");
        assert_eq!(counts(&plan), [ROWS, 0, 0, 0, 0, 0], "{plan:#}");
        assert_eq!(plan["viewerCan"], json!(["IMPORT_FRAMEWORK"]));
        assert_eq!(harness.count(world.council, "framework").await, 0);
        assert_eq!(keeper.accept(&id, json!({})).await["userErrors"], json!([]));

        let data = keeper.run("Indicator", json!({ "council": "huntingdonshire", "code": "WM01", "period": "2024/25 Q1" })).await.data();
        let indicator = &data["council"]["indicator"];
        assert_eq!(indicator["title"], "Household waste recycled");
        assert_eq!(indicator["baseline"], json!({ "period": "2023/24", "value": "58.4" }));
        assert_eq!(indicator["owner"], json!({ "title": "Waste Services" }));
        assert_eq!(indicator["outcomes"], json!([{ "title": "Less waste", "parent": { "title": "Clean and green" } }]));
        let point = &indicator["series"][11];
        assert_eq!((&point["target"], &point["intervention"]), (&json!("60"), &json!("55")));

        let data = keeper.run("GoldenThread", json!({ "council": "huntingdonshire", "code": "O1" })).await.data();
        let outcome = &data["council"]["element"];
        assert_eq!(
            (&outcome["title"], &outcome["kind"], &outcome["level"]),
            (&json!("Less waste"), &json!("OUTCOME"), &json!("STRATEGIC"))
        );
        let path: Vec<&Value> = outcome["path"].as_array().expect("a path").iter().map(|step| &step["title"]).collect();
        assert_eq!(path, ["Corporate Plan", "Clean and green", "Less waste"]);
        let contributors: Vec<String> = outcome["contributors"]
            .as_array()
            .expect("contributors")
            .iter()
            .map(|link| link["indicator"]["code"].as_str().or(link["element"]["title"].as_str()).expect("one or the other").to_owned())
            .collect();
        assert_eq!(contributors, ["Waste Services", "WM01", "WM02"]);
        // Only SI01 contributes to nothing.
        let gaps = data["council"]["threadGaps"].as_array().expect("gaps").clone();
        let of_indicators: Vec<&Value> = gaps.iter().map(|gap| &gap["indicator"]["code"]).filter(|code| !code.is_null()).collect();
        assert_eq!(of_indicators, ["SI01"]);
    })
    .await;
}

#[tokio::test]
async fn the_same_framework_again_and_its_export_change_nothing() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let before = harness.written(world.council).await;
        let later = "2024-09-01T10:00:00Z".parse().expect("an instant");
        let other_bytes = render_framework(&framework("huntingdonshire"), later).expect("a workbook");
        for bytes in [workbook_of(&framework("huntingdonshire")), other_bytes] {
            let id = keeper.submit("huntingdonshire", "framework.xlsx", bytes).await;
            let plan = keeper.plan(&id).await;
            assert_eq!(counts(&plan), [0, 0, ROWS, 0, 0, 0], "{plan:#}");
            assert_eq!(keeper.accept(&id, json!({})).await["userErrors"], json!([]));
            assert_eq!(harness.written(world.council).await, before);
        }
    })
    .await;
}

#[tokio::test]
async fn a_changed_target_judges_from_now_on_and_never_repaints_what_was_read() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        keeper.take("huntingdonshire", "q1.xlsx", tests::workbook("Return", &super::first_quarter())).await;
        let before = harness.app.clock.now().to_rfc3339();
        harness.later(chrono::Duration::hours(1));

        let mut book = framework("huntingdonshire");
        book.targets[0].target = Some("62".parse().expect("a decimal"));
        let id = keeper.submit("huntingdonshire", "framework.xlsx", workbook_of(&book)).await;
        let plan = keeper.plan(&id).await;
        assert_eq!(counts(&plan)[..4], [0, 1, ROWS - 1, 0], "{plan:#}");
        assert_eq!(keeper.accept(&id, json!({})).await["userErrors"], json!([]));
        assert_eq!(super::read(&keeper, "WM01", "2024/25 Q1", None).await["status"]["colour"], "AMBER");
        assert_eq!(super::read(&keeper, "WM01", "2024/25 Q1", Some(&before)).await["status"]["colour"], "GREEN");

        harness.later(chrono::Duration::hours(1));
        let undone = keeper.undo(&id).await;
        assert_eq!((&undone["reversed"], &undone["kept"]), (&json!(1), &json!([])));
        assert_eq!(super::read(&keeper, "WM01", "2024/25 Q1", None).await["status"]["colour"], "GREEN");
    })
    .await;
}

#[tokio::test]
async fn a_framework_of_another_council_is_refused_whole() {
    for_each_database(async |harness| {
        let world = World::empty(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let id = keeper.submit("huntingdonshire", "framework.xlsx", workbook_of(&framework("devon"))).await;
        let plan = keeper.plan(&id).await;
        assert_eq!(plan["state"], "REFUSED", "{plan:#}");
        assert_eq!(counts(&plan)[..3], [0, 0, 0]);
        assert!(findings(&plan).iter().any(|found| found.starts_with("FRM-014 at Framework!")), "{plan:#}");
        assert_eq!(keeper.accept(&id, json!({})).await["userErrors"][0]["code"], "IMPORT_NOT_PLANNED");
        assert_eq!(harness.count(world.council, "framework").await, 0);
    })
    .await;
}
