//! What cannot be taken refuses the whole call, says so at its field, and leaves everything as it was.

use serde_json::{Value, json};
use tests::{World, for_each_database};

use super::{RECORD, accepted, figure, record, refusals, send};

#[tokio::test]
async fn every_fault_is_told_at_its_own_field_and_nothing_is_kept() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let before = harness.holds(world.council).await;
        let figures = json!([
            figure("WM01", "2024/25 Q1", "61.2"),
            figure("WM99", "2024/25 Q1", "61.2"),
            figure("WM01", "2024/25 Q2", "161.2"),
            figure("WM02", "2024/25 Q1", "45"),
            figure("PL01", "2022/23 Q1", "88"),
            { "indicator": "BN01", "period": "2024/25 Q1", "value": "22.4", "absence": "NOT_AVAILABLE" },
            { "indicator": "PL01", "period": "2024/25 Q1", "commentary": "No figure is held it could stand beside." },
            { "indicator": "WM01", "period": "2023/24 Q4", "numerator": "1", "denominator": "0" },
            figure("WM02", "2024-05", "45"),
            figure("WM02", "2024-05", "46"),
            figure("PL01", "2026/27 Q1", "88"),
        ]);
        let payload = record(&keeper, figures).await;
        let mut told = refusals(&payload);
        told.sort();
        assert_eq!(
            told,
            [
                "CHG-004 input.figures.4.period",
                "IND-001 input.figures.1.indicator",
                "PER-031 input.figures.3.period",
                "PER-032 input.figures.10.period",
                "STR-016 input.figures.8.value",
                "STR-016 input.figures.9.value",
                "VAL-029 input.figures.6",
                "VAL-030 input.figures.2.value",
                "VAL-044 input.figures.5.absence",
                "VAL-053 input.figures.7.denominator",
            ],
            "{payload:#}"
        );
        assert_eq!(harness.holds(world.council).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_warning_waits_for_somebody_who_says_why() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let figures = json!([figure("WM02", "2024-04", "4500")]);
        let before = harness.holds(world.council).await;
        let refused = record(&keeper, figures.clone()).await;
        assert_eq!(refusals(&refused), ["VAL-031 input.figures.0.value"]);
        let message = refused["userErrors"][0]["message"].as_str().expect("a sentence");
        assert!(message.contains("`acknowledge: [{ code: \"VAL-031\", reason: \"…\" }]`"), "{message}");
        let with = |reason: &str| json!({ "council": "huntingdonshire", "figures": figures, "acknowledge": [{ "code": "VAL-031", "reason": reason }] });
        assert_eq!(refusals(&send(&keeper, with("  ")).await), ["REASON_NEEDED input.acknowledge"]);
        assert_eq!(harness.holds(world.council).await, before);
        let payload = send(&keeper, with("A strike")).await;
        assert_eq!(accepted(&payload), [1, 0, 0]);
        let query = "query($id: ID!) { node(id: $id) { ... on Import { acknowledgements { code reason by } annotatedWorkbook { url } viewerActs } } }";
        let kept = keeper.gql(query, json!({ "id": payload["import"]["id"] })).await.data();
        assert_eq!(
            kept["node"],
            json!({ "acknowledgements": [{ "code": "VAL-031", "reason": "A strike", "by": "Perry Team" }], "annotatedWorkbook": null,
                "viewerActs": ["UNDO"] })
        );
    })
    .await;
}

#[tokio::test]
async fn there_are_limits_and_each_says_so() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let before = harness.holds(world.council).await;
        assert_eq!(refusals(&record(&keeper, json!([])).await), ["TOO_MANY_FIGURES input.figures"]);
        let many: Vec<Value> = (0..501).map(|_| figure("WM01", "2024/25 Q1", "61.2")).collect();
        assert_eq!(refusals(&record(&keeper, Value::Array(many)).await), ["TOO_MANY_FIGURES input.figures"]);
        let mut long = figure("WM01", "2024/25 Q1", "61.2");
        long["reason"] = json!("x".repeat(501));
        long["commentary"] = json!("x".repeat(10_001));
        assert_eq!(
            refusals(&record(&keeper, json!([figure("", "2024/25 Q1", "1"), long.clone()])).await),
            ["INDICATOR_NEEDED input.figures.0.indicator", "TEXT_TOO_LONG input.figures.1.reason"]
        );
        long["reason"] = Value::Null;
        assert_eq!(refusals(&record(&keeper, json!([long])).await), ["VAL-041 input.figures.0.commentary"]);
        let inexact = json!({ "council": "huntingdonshire", "figures": [{ "indicator": "WM01", "period": "2024/25 Q1", "value": 61.2 }] });
        let answer = keeper.gql(RECORD, json!({ "input": inexact })).await;
        assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
        assert!(answer.message().contains("input.figures.0.value"), "{:#}", answer.body);
        assert_eq!(harness.holds(world.council).await, before);
    })
    .await;
}

#[tokio::test]
async fn of_two_people_at_once_one_enters_and_the_other_is_asked() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let (one, other) = (world.keeper(), world.keeper());
        let of = |value: &str| json!([figure("WM01", "2024/25 Q1", value), figure("WM02", "2024-04", "45")]);
        let (first, second) = tokio::join!(record(&one, of("61.2")), record(&other, of("56.4")));
        let taken = usize::from(first["import"].is_null());
        let (won, lost) = if taken == 0 { (&first, &second) } else { (&second, &first) };
        assert_eq!(accepted(won), [2, 0, 0]);
        assert_eq!(refusals(lost), ["CHG-003 input.figures.0.value"]);
        assert_eq!(harness.count(world.council, "observation").await, 2);
        assert_eq!(harness.count(world.council, "import WHERE layout = 'ENTRY'").await, 1);
    })
    .await;
}
