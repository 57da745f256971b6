//! What stands now, and since when.

use rules::delivery::book::DeliveryRow;
use serde_json::json;
use tests::{day, for_each_database};

use super::{asked, bring, council, lines, of_kind, seen, set_rule};
use crate::delivery::bring as bring_book;
use crate::delivery::model::{Small, book, milestone, project, risk};
use crate::entry;

#[tokio::test]
async fn a_series_that_turned_red_twice_warns_of_the_second_time() {
    for_each_database(async |harness| {
        let world = council(harness).await;
        let found = of_kind(&world.keeper(), "RED_FOR_PERIODS").await;
        assert_eq!(lines(&found), ["RED_FOR_PERIODS WM02 2024-08-01 OPEN"]);
        let one = &found[0];
        assert_eq!(
            json!([one["subject"], one["title"], one["sincePeriod"], one["firedOn"], one["firedPeriod"], one["revision"]]),
            json!(["INDICATOR", "Missed bins", "2024-08", "2024-09-30", "2024-09", 0])
        );
        assert_eq!(one["indicator"]["code"], "WM02");
        assert_eq!(
            one["evidence"]["figures"],
            json!([{ "label": "Figure", "period": "2024-08", "value": "65", "target": "50", "on": null },
                { "label": "Figure", "period": "2024-09", "value": "80", "target": "50", "on": null }])
        );
        let words = one["evidence"]["words"].as_str().expect("words");
        assert!(words.starts_with("Red for 2 periods running, since 2024-08: 80"), "{words}");
        assert_eq!(one["question"], "What keeps it off target, and what is being done about it by when?");
        // On a day in between it was the first time that stood.
        let then = asked(&world.keeper(), json!({ "at": "2024-06-30", "kind": ["RED_FOR_PERIODS"] })).await;
        assert_eq!(lines(&then), ["RED_FOR_PERIODS WM02 2024-05-01 OPEN"]);
        assert_ne!(then[0]["id"], one["id"]);
        assert_eq!(asked(&world.keeper(), json!({ "at": "2024-07-31", "kind": ["RED_FOR_PERIODS"] })).await.len(), 0);
        // With three in a row asked for, it does not fire; switched off, no rule does.
        let set = set_rule(&world.keeper(), "RED_FOR_PERIODS", true, json!([{ "name": "periods", "value": 3 }])).await;
        assert_eq!((&set["userErrors"], &set["rule"]["parameters"]), (&json!([]), &json!([{ "name": "periods", "value": 3 }])));
        assert_eq!(of_kind(&world.keeper(), "RED_FOR_PERIODS").await.len(), 0);
        set_rule(&world.keeper(), "RED_FOR_PERIODS", true, json!([{ "name": "periods", "value": 1 }])).await;
        assert_eq!(of_kind(&world.keeper(), "RED_FOR_PERIODS").await[0]["firedOn"], "2024-08-31");
        set_rule(&world.keeper(), "RED_FOR_PERIODS", false, json!([])).await;
        assert_eq!(of_kind(&world.keeper(), "RED_FOR_PERIODS").await.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_figure_that_declines_and_a_forecast_that_is_red_warn() {
    for_each_database(async |harness| {
        let world = council(harness).await;
        let keeper = world.keeper();
        let days = [("2023/24 Q3", 10), ("2023/24 Q4", 12), ("2024/25 Q1", 15), ("2024/25 Q2", 18)];
        let mut rows = vec![json!(["Ref", "Period", "Result"])];
        rows.extend(days.map(|(period, value)| json!(["BN01", period, value])));
        bring(&keeper, rows).await;
        let found = of_kind(&keeper, "DECLINING").await;
        assert_eq!(lines(&found), ["DECLINING BN01 2024-01-01 OPEN"]);
        assert_eq!((&found[0]["firedOn"], &found[0]["sincePeriod"]), (&json!("2024-09-30"), &json!("2023/24 Q4")));
        let figures = found[0]["evidence"]["figures"].as_array().expect("figures");
        let values: Vec<&str> = figures.iter().map(|one| one["value"].as_str().expect("a figure")).collect();
        assert_eq!(values, ["10", "12", "15", "18"]);

        assert_eq!(of_kind(&keeper, "FORECAST_RED").await.len(), 0);
        let forecast = json!([{ "indicator": "PL01", "period": "2024/25 Q1", "value": "92", "forecast": "80" }]);
        entry::accepted(&entry::record(&keeper, forecast).await);
        let found = of_kind(&keeper, "FORECAST_RED").await;
        assert_eq!(lines(&found), ["FORECAST_RED PL01 2024-04-01 OPEN"]);
        assert_eq!(
            found[0]["evidence"]["figures"],
            json!([{ "label": "Forecast", "period": "2024/25", "value": "80", "target": "90", "on": null }])
        );
    })
    .await;
}

#[tokio::test]
async fn a_return_that_is_overdue_warns_until_its_figures_are_there() {
    for_each_database(async |harness| {
        let world = council(harness).await;
        let keeper = world.keeper();
        // The first quarter was due on 31 July; no service has given all of it.
        let found = of_kind(&keeper, "RETURN_OVERDUE").await;
        let lines = lines(&found);
        assert_eq!(lines, ["S1", "S2", "S3"].map(|service| format!("RETURN_OVERDUE {service} 2024-08-01 OPEN")));
        assert_eq!((&found[1]["period"], &found[1]["subject"]), (&json!("2024/25 Q1"), &json!("RETURN")));
        assert_eq!(found[1]["evidence"]["words"], "Due on 31 July 2024 and not submitted 75 days after");
        // What a warning names is there to be read.
        let node =
            keeper.gql("query($id: ID!) { node(id: $id) { ... on Return { overdue } } }", json!({ "id": found[1]["subjectId"] })).await;
        assert_eq!(node.data()["node"]["overdue"], true);
        entry::accepted(&entry::record(&keeper, json!([entry::figure("PL01", "2024/25 Q1", "92")])).await);
        assert_eq!(of_kind(&keeper, "RETURN_OVERDUE").await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_risk_above_its_appetite_and_a_milestone_that_slipped_warn_whoever_may_read_them() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let mut high = risk("R1");
        (high.residual_likelihood, high.residual_impact) = (4, 4);
        bring_book(&small.keeper, "risks.xlsx", book([DeliveryRow::Risk(high), DeliveryRow::Risk(risk("R2"))])).await;
        let mut late = milestone("M1", "PA", "2024-12-01");
        late.forecast = Some(day("2025-01-15"));
        let rows = [
            DeliveryRow::Project(project("PA")),
            DeliveryRow::Milestone(late),
            DeliveryRow::Milestone(milestone("M2", "PA", "2024-12-01")),
        ];
        bring_book(&small.office, "projects.xlsx", book(rows)).await;

        let found = of_kind(&small.keeper, "RISK_ABOVE_APPETITE").await;
        assert_eq!(lines(&found), ["RISK_ABOVE_APPETITE R1 2024-09-30 OPEN"]);
        assert_eq!(
            found[0]["evidence"]["figures"],
            json!([{ "label": "Score", "period": null, "value": "16", "target": null, "on": "2024-09-30" },
                { "label": "Appetite", "period": null, "value": "9", "target": null, "on": null }])
        );
        let found = of_kind(&small.office, "MILESTONE_SLIPPED").await;
        assert_eq!(lines(&found), ["MILESTONE_SLIPPED M1 2024-09-30 OPEN"]);
        assert_eq!(found[0]["evidence"]["words"], "Agreed for 1 December 2024 and expected on 15 January 2025: 45 days later");
        // The programme office reads no risks and no figures; the service's manager reads the service's risks, and no projects.
        assert_eq!(lines(&seen(&small.office).await), ["MILESTONE_SLIPPED M1 2024-09-30 OPEN"]);
        let of_manager = seen(&small.manager).await;
        assert!(lines(&of_manager).contains(&"RISK_ABOVE_APPETITE R1 2024-09-30 OPEN".to_owned()));
        assert!(of_manager.iter().all(|one| one["kind"] != "MILESTONE_SLIPPED"));
    })
    .await;
}

#[tokio::test]
async fn a_setting_that_cannot_be_is_refused_with_where_and_why() {
    for_each_database(async |harness| {
        let world = council(harness).await;
        let keeper = world.keeper();
        let refused = async |parameters: serde_json::Value| {
            let payload = set_rule(&keeper, "RED_FOR_PERIODS", true, parameters).await;
            assert_eq!(payload["rule"], json!(null));
            let error = payload["userErrors"][0].clone();
            assert_eq!(error["field"], json!(["input", "parameters"]));
            (error["code"].as_str().expect("a code").to_owned(), error["message"].as_str().expect("a message").to_owned())
        };
        let (code, message) = refused(json!([{ "name": "months", "value": 2 }])).await;
        assert_eq!(code, "PARAMETER_UNKNOWN");
        assert!(message.contains("\"months\"") && message.contains("periods"), "{message}");
        let (code, message) = refused(json!([{ "name": "periods", "value": 13 }])).await;
        assert_eq!((code.as_str(), message.contains("from 1 to 12")), ("PARAMETER_OUT_OF_BOUNDS", true), "{message}");
        let (code, _) = refused(json!([{ "name": "periods", "value": 2 }, { "name": "periods", "value": 3 }])).await;
        assert_eq!(code, "PARAMETER_TWICE");
        assert_eq!(harness.count(world.council, "warning_rule").await, 0);
        let rules = "query($council: String!) { council(code: $council) { warningRules { kind enabled setAt parameters { name value least most } } } }";
        let data = keeper.gql(rules, json!({ "council": super::CODE })).await.data();
        let all = data["council"]["warningRules"].as_array().expect("rules").clone();
        assert_eq!(all.len(), 8);
        assert_eq!(
            all[0],
            json!({ "kind": "RED_FOR_PERIODS", "enabled": true, "setAt": null,
                "parameters": [{ "name": "periods", "value": 2, "least": 1, "most": 12 }] })
        );
    })
    .await;
}
