//! An indicator as a process. Means and limits were worked out by a script in decimals, apart from this program.

use serde_json::{Value, json};
use tests::{Client, for_each_database};

use super::{CODE, MISSED, council, lines, of_kind};

const CHART: &str = "query($council: String!, $last: Int!) { council(code: $council) { indicator(code: \"WM02\") {
    specialCauses(until: \"2024-09\", last: $last) { gaps variation variationWords assurance assuranceWords tooFewPoints outliersScreened
        points { period value centre lower upper causes variation because }
        segments { from until points gaps basis start reason centre lower upper }
        baselines { id from reason recordedBy } } } } }";

async fn chart(client: &Client<'_>, last: i32) -> Value {
    client.gql(CHART, json!({ "council": CODE, "last": last })).await.data()["council"]["indicator"]["specialCauses"].clone()
}

/// The first eight decimals of a figure that has many.
fn about(value: &Value) -> f64 {
    let exact: f64 = value.as_str().expect("a figure").parse().expect("a number");
    (exact * 1e8).round() / 1e8
}

#[tokio::test]
async fn a_chart_tells_what_is_more_than_chance() {
    for_each_database(async |harness| {
        let world = council(harness).await;
        let found = chart(&world.keeper(), 6).await;
        let points = found["points"].as_array().expect("points").clone();
        assert_eq!(points.len(), 6);
        let latest = &points[5];
        assert_eq!((&latest["period"], &latest["value"]), (&json!("2024-09"), &json!("80")));
        assert_eq!([&latest["centre"], &latest["lower"], &latest["upper"]].map(about), [51.055_555_56, 32.904_967_32, 69.206_143_79]);
        assert_eq!((&latest["causes"], &latest["variation"]), (&json!(["ASTRONOMICAL"]), &json!("CONCERN_HIGH")));
        assert_eq!(
            (&found["variation"], &found["tooFewPoints"], &found["outliersScreened"]),
            (&json!("CONCERN_HIGH"), &json!(null), &json!(false))
        );
        // A target of 50 is between the limits.
        assert_eq!(found["assurance"], "HIT_OR_MISS");
        // However few points are shown, the whole history judges.
        assert_eq!(about(&chart(&world.keeper(), 1).await["points"][0]["centre"]), 51.055_555_56);
        assert_eq!(chart(&world.keeper(), 120).await["points"].as_array().map(Vec::len), Some(MISSED.len()));
        let warned = of_kind(&world.keeper(), "SPECIAL_CAUSE").await;
        assert_eq!(lines(&warned), ["SPECIAL_CAUSE WM02 2024-09-01 OPEN"]);
        let figures = &warned[0]["evidence"]["figures"];
        assert_eq!([&figures[0]["value"], &figures[3]["value"]].map(about), [80.0, 69.206_143_79]);
    })
    .await;
}

#[tokio::test]
async fn limits_are_taken_anew_from_a_period_on_and_as_before_when_that_is_withdrawn() {
    for_each_database(async |harness| {
        let world = council(harness).await;
        let keeper = world.keeper();
        let set = "mutation($input: ControlBaselineSetInput!) { controlBaselineSet(input: $input) {
            baselines { id from reason recordedBy } userErrors { code field } } }";
        let input = |from: &str, reason: &str| json!({ "input": { "council": CODE, "indicator": "WM02", "from": from, "reason": reason } });
        let refused = keeper.gql(set, input("2024/25 Q1", "New rounds")).await.data()["controlBaselineSet"].clone();
        assert_eq!(refused["userErrors"], json!([{ "code": "PERIOD_UNSUITED", "field": ["input", "from"] }]));
        assert_eq!(harness.count(world.council, "spc_baseline").await, 0);
        let done = keeper.gql(set, input("2024-04", "New rounds")).await.data()["controlBaselineSet"].clone();
        assert_eq!(done["userErrors"], json!([]));
        assert_eq!((&done["baselines"][0]["from"], &done["baselines"][0]["recordedBy"]), (&json!("2024-04"), &json!("Perry Team")));

        let found = chart(&keeper, 24).await;
        let segments = found["segments"].as_array().expect("segments").clone();
        assert_eq!(segments.len(), 2);
        assert_eq!(
            json!([segments[1]["from"], segments[1]["points"], segments[1]["basis"], segments[1]["start"], segments[1]["reason"]]),
            json!(["2024-04", 6, "TOO_FEW_POINTS", "BASELINE", "New rounds"])
        );
        assert_eq!(
            [&segments[0]["centre"], &segments[0]["lower"], &segments[0]["upper"]].map(about),
            [45.333_333_33, 39.046_060_61, 51.620_606_06]
        );
        assert_eq!(found["variation"], "TOO_FEW_POINTS");
        assert!(found["tooFewPoints"].as_str().is_some_and(|why| why.contains("6 points of the 12")), "{found:#}");
        assert_eq!(of_kind(&keeper, "SPECIAL_CAUSE").await.len(), 0);

        let withdraw = "mutation($input: ControlBaselineWithdrawInput!) { controlBaselineWithdraw(input: $input) {
            baselines { id } userErrors { code field } } }";
        let input = json!({ "input": { "baseline": done["baselines"][0]["id"], "reason": "It was a strike" } });
        let gone = keeper.gql(withdraw, input.clone()).await.data()["controlBaselineWithdraw"].clone();
        assert_eq!(gone, json!({ "baselines": [], "userErrors": [] }));
        let again = keeper.gql(withdraw, input).await.data()["controlBaselineWithdraw"].clone();
        assert_eq!(again["userErrors"], json!([{ "code": "BASELINE_NOT_FOUND", "field": ["input", "baseline"] }]));
        assert_eq!(chart(&keeper, 1).await["variation"], "CONCERN_HIGH");
        assert_eq!(
            harness.count(world.council, "spc_baseline WHERE superseded_at IS NOT NULL").await,
            1,
            "what was decided stays on record"
        );
    })
    .await;
}

#[tokio::test]
async fn the_year_s_end_is_told_by_history_beside_the_manager_s_own_word() {
    for_each_database(async |harness| {
        let world = council(harness).await;
        let query = "query($council: String!) { council(code: $council) { indicator(code: \"WM02\") {
            yearEndForecast(period: \"2024/25 Q2\") { period value reason reasonWords years backTest { years withinInterval meanAbsoluteError } }
            series(until: \"2024/25 Q2\", last: 1) { yearEnd { forecast } } } } }";
        let data = world.keeper().gql(query, json!({ "council": CODE })).await.data();
        let found = &data["council"]["indicator"]["yearEndForecast"];
        assert_eq!((&found["period"], &found["value"], &found["reason"]), (&json!("2024-09"), &json!(null), &json!("TOO_FEW_YEARS")));
        assert_eq!(found["backTest"], json!({ "years": [], "withinInterval": 0, "meanAbsoluteError": null }));
        assert_eq!(data["council"]["indicator"]["series"][0]["yearEnd"]["forecast"], json!(null));
    })
    .await;
}
