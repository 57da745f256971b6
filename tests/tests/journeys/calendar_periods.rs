//! Periods that open and close by calendar.

use goldenthread::returns::schedule;
use serde_json::{Value, json};
use tests::{World, for_each_database};

const SET: &str = "mutation($input: PeriodScheduleInput!) { periodSchedule(input: $input) {
    periods { period open dueOn opensOn closesOn } userErrors { code field } } }";
const PERIODS: &str = "{ council(code: \"huntingdonshire\") { reportingPeriods { period open dueOn opensOn closesOn } } }";

async fn set(world: &World<'_>, with: Value) -> Value {
    let mut input = json!({ "council": "huntingdonshire", "within": "2024/25", "every": "QUARTERLY", "dueAfter": 21, "closesAfter": 30 });
    for (name, value) in with.as_object().expect("an object") {
        input[name] = value.clone();
    }
    world.keeper().gql(SET, json!({ "input": input })).await.data()["periodSchedule"].clone()
}

/// Which of the year's quarters are open, as anybody who may look sees it.
async fn open(world: &World<'_>) -> Vec<String> {
    let data = world.keeper_now().gql(PERIODS, json!({})).await.data();
    let periods = data["council"]["reportingPeriods"].as_array().expect("periods").clone();
    let quarters = periods.iter().filter(|one| one["open"] == true && one["period"].as_str().is_some_and(|of| of.contains(" Q")));
    quarters.map(|one| one["period"].as_str().expect("a period").to_owned()).collect()
}

async fn turn(world: &World<'_>) -> usize {
    schedule::turn(&world.harness.app).await.unwrap_or_else(|error| panic!("{}", error.log_text()))
}

#[tokio::test]
async fn a_year_opens_and_closes_by_itself_and_each_day_is_done_once() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        // 14 October 2024: the first quarter's last day, 30 July, has passed; the second is open; the others are to come.
        let days = set(&world, json!({})).await;
        assert_eq!(days["userErrors"], json!([]));
        let told: Vec<(&Value, &Value, &Value, &Value, &Value)> = days["periods"]
            .as_array()
            .expect("periods")
            .iter()
            .map(|one| (&one["period"], &one["open"], &one["opensOn"], &one["dueOn"], &one["closesOn"]))
            .collect();
        assert_eq!(
            told,
            [
                (&json!("2024/25 Q1"), &json!(false), &json!("2024-07-01"), &json!("2024-07-21"), &json!("2024-07-30")),
                (&json!("2024/25 Q2"), &json!(true), &json!("2024-10-01"), &json!("2024-10-21"), &json!("2024-10-30")),
                (&json!("2024/25 Q3"), &json!(false), &json!("2025-01-01"), &json!("2025-01-21"), &json!("2025-01-30")),
                (&json!("2024/25 Q4"), &json!(false), &json!("2025-04-01"), &json!("2025-04-21"), &json!("2025-04-30")),
            ]
        );
        assert_eq!(open(&world).await, ["2024/25 Q2"]);
        assert_eq!(turn(&world).await, 0);

        // Its last day is still open; the day after is not.
        harness.at("2024-10-30T23:00:00Z");
        assert_eq!((turn(&world).await, open(&world).await), (0, vec!["2024/25 Q2".to_owned()]));
        harness.at("2024-10-31T00:30:00Z");
        // Two nodes at once.
        let (one, other) = tokio::join!(turn(&world), turn(&world));
        assert!(one + other >= 1);
        assert_eq!(open(&world).await, Vec::<String>::new());
        let closed = harness.count(world.council, "audit_event WHERE verb = 'period.close'").await;
        assert_eq!(closed, 1);

        // Opened again by hand, it stays so.
        let input = json!({ "input": { "council": "huntingdonshire", "period": "2024/25 Q2" } });
        let by_hand = "mutation($input: PeriodOpenInput!) { periodOpen(input: $input) { period { open } userErrors { code } } }";
        assert_eq!(world.keeper_now().gql(by_hand, input).await.data()["periodOpen"]["period"]["open"], true);
        assert_eq!((turn(&world).await, open(&world).await), (0, vec!["2024/25 Q2".to_owned()]));

        harness.at("2025-01-01T06:00:00Z");
        assert_eq!((turn(&world).await, open(&world).await), (1, vec!["2024/25 Q2".to_owned(), "2024/25 Q3".to_owned()]));
    })
    .await;
}

#[tokio::test]
async fn days_that_make_no_sense_are_refused_and_nothing_is_set() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let before = harness.holds(world.council).await;
        for (with, code, field) in [
            (json!({ "dueAfter": 0 }), "DAYS_OUT_OF_ORDER", "dueAfter"),
            (json!({ "opensAfter": 22 }), "DAYS_OUT_OF_ORDER", "opensAfter"),
            (json!({ "closesAfter": 20 }), "DAYS_OUT_OF_ORDER", "closesAfter"),
            (json!({ "dueAfter": 2_000_000_000 }), "DAYS_OUT_OF_ORDER", "dueAfter"),
            (json!({ "within": "2024-07" }), "PERIOD_UNUSUAL", "within"),
            (json!({ "council": "devon" }), "COUNCIL_NOT_FOUND", "council"),
        ] {
            let refused = set(&world, with.clone()).await;
            assert_eq!(
                (&refused["periods"], &refused["userErrors"]),
                (&Value::Null, &json!([{ "code": code, "field": ["input", field] }])),
                "{with}"
            );
        }
        assert_eq!(harness.holds(world.council).await, before);
    })
    .await;
}
