//! The layouts figures come in, and what becomes of them.

use serde_json::{Value, json};
use tests::{World, csv, for_each_database, workbook};

use super::{counts, findings, first_quarter, lines, read};

/// The plan of [`first_quarter`] where nothing is held.
const NEW: [&str; 6] = [
    "NEW WM01 2024/25 Q1: nothing → 61.2% (612 of 1,000)",
    "NEW WM02 2024-04: nothing → 45",
    "NEW WM02 2024-05: nothing → 52",
    "NEW WM02 2024-06: nothing → 61",
    "NEW PL01 2024/25 Q1: nothing → 88.0%",
    "NEW BN01 2024/25 Q1: nothing → 22.4 days",
];

#[tokio::test]
async fn a_long_workbook_becomes_figures_everybody_reads() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let id = keeper.submit("huntingdonshire", "Q1 return.xlsx", workbook("Return", &first_quarter())).await;

        let plan = keeper.plan(&id).await;
        assert_eq!((&plan["state"], &plan["layout"], &plan["fileName"]), (&json!("PLANNED"), &json!("LONG"), &json!("Q1 return.xlsx")));
        assert_eq!(counts(&plan), [6, 0, 0, 0, 0, 0], "{plan:#}");
        assert_eq!(lines(&plan), NEW);
        assert_eq!(plan["changes"]["nodes"][4]["place"], json!({ "sheet": "Return", "cell": "D6" }));
        assert_eq!(plan["viewerCan"], json!(["IMPORT_VALUES"]));
        // A preview changes nothing.
        assert_eq!(harness.count(world.council, "observation").await, 0);
        assert_eq!(read(&keeper, "WM01", "2024/25 Q1", None).await["value"], Value::Null);

        let accepted = keeper.accept(&id, json!({})).await;
        assert_eq!((&accepted["userErrors"], &accepted["import"]["state"]), (&json!([]), &json!("ACCEPTED")));
        assert_eq!(harness.count(world.council, "observation").await, 6);
        scorecard_is_right(&world).await;
    })
    .await;
}

/// Worked out by hand from the targets of the framework: WM01 61.2 against 60 (higher is better); WM02 61 in June
/// against 50 and 60 (lower is better); PL01 88 against 90 without an intervention level; BN01 22.4 against 20 and 25.
async fn scorecard_is_right(world: &World<'_>) {
    let data = world.keeper().run("Scorecard", json!({ "council": "huntingdonshire", "period": "2024/25 Q1" })).await.data();
    let framework = &data["council"]["framework"];
    assert_eq!((&framework["title"], &framework["edition"]), (&json!("Performance Framework"), &json!("2024/25")));
    let rows: Vec<Value> = framework["indicators"]["nodes"]
        .as_array()
        .expect("indicators")
        .iter()
        .map(|indicator| {
            let last = indicator["series"].as_array().expect("a series").last().expect("a point").clone();
            json!([indicator["code"], last["period"], last["value"], last["target"], last["status"]["colour"], last["commentary"]])
        })
        .collect();
    let expected = [
        json!(["WM01", "2024/25 Q1", "61.2", "60", "GREEN", "A dry spring."]),
        json!(["WM02", "2024-06", "61", "50", "RED", "Two crews short."]),
        json!(["PL01", "2024/25 Q1", "88", "90", "RED", null]),
        json!(["BN01", "2024/25 Q1", "22.4", "20", "AMBER", null]),
    ];
    assert_eq!(rows[..4], expected);
    let current = &framework["summary"]["current"];
    assert_eq!([&current["green"], &current["amber"], &current["red"]], [&json!(1), &json!(1), &json!(2)]);
    let months: Vec<&Value> = framework["indicators"]["nodes"][1]["series"]
        .as_array()
        .expect("a series")
        .iter()
        .rev()
        .take(3)
        .map(|p| &p["status"]["colour"])
        .collect();
    assert_eq!(months, [&json!("RED"), &json!("AMBER"), &json!("GREEN")]);
    let year_to_date = &framework["indicators"]["nodes"][1]["series"][11]["yearToDate"];
    assert_eq!(*year_to_date, json!({ "value": "158", "complete": true, "expected": 3, "reported": 3 }));
}

#[tokio::test]
async fn the_same_rows_are_the_same_plan_from_every_format() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        for (name, bytes) in [("q1.xlsx", workbook("Return", &first_quarter())), ("q1.csv", csv(&first_quarter()))] {
            let id = keeper.submit("huntingdonshire", name, bytes).await;
            let plan = keeper.plan(&id).await;
            assert_eq!((&plan["state"], &plan["layout"]), (&json!("PLANNED"), &json!("LONG")), "{name}: {plan:#}");
            assert_eq!(lines(&plan), NEW, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_wide_workbook_has_periods_for_headings() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let rows = json!([
            ["Ref", "Indicator", "2024/25 Q1", "2024/25 Q2"],
            ["WM01", "Household waste recycled", 61.2, 57],
            ["PL01", "Major applications decided in time", 88, null],
            ["BN01", "Days to process a claim", 22.4, 18.6],
        ]);
        let id = keeper.submit("huntingdonshire", "year.xlsx", workbook("Scorecard", &rows)).await;
        let plan = keeper.plan(&id).await;
        assert_eq!((&plan["state"], &plan["layout"]), (&json!("PLANNED"), &json!("WIDE")), "{plan:#}");
        let expected = [
            "NEW WM01 2024/25 Q1: nothing → 61.2%",
            "NEW WM01 2024/25 Q2: nothing → 57.0%",
            "NEW PL01 2024/25 Q1: nothing → 88.0%",
            "NEW BN01 2024/25 Q1: nothing → 22.4 days",
            "NEW BN01 2024/25 Q2: nothing → 18.6 days",
        ];
        assert_eq!(lines(&plan), expected);
        assert_eq!(plan["changes"]["nodes"][1]["place"], json!({ "sheet": "Scorecard", "cell": "D2" }));
        assert_eq!(findings(&plan), Vec::<String>::new());
        assert_eq!(keeper.accept(&id, json!({})).await["userErrors"], json!([]));
        // A blank cell is no figure; zero is written 0.
        assert_eq!(harness.count(world.council, "observation").await, 5);
        assert_eq!(read(&keeper, "WM01", "2024/25 Q2", None).await["status"]["colour"], "AMBER");
        assert_eq!(read(&keeper, "BN01", "2024/25 Q2", None).await["status"]["colour"], "GREEN");
    })
    .await;
}
