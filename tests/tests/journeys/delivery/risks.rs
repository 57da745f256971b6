//! Risks: where they stand, how they moved, and how they were looked at before.

use serde_json::{Value, json};
use tests::for_each_database;

use super::{Town, codes, delivery, tell};

const CELLS: &str = "heatMap { likelihood impact score band risks { code } }";

/// The cells of a heat map that hold something, as `20: RK1`.
fn cells(told: &Value) -> Vec<String> {
    let all = told["heatMap"].as_array().expect("cells");
    assert_eq!(all.len(), 25);
    let used = all.iter().filter(|cell| cell["risks"] != json!([]));
    used.map(|cell| {
        format!("{}x{} {}: {}", cell["likelihood"], cell["impact"], cell["band"].as_str().expect("a band"), codes(&cell["risks"]).join(" "))
    })
    .collect()
}

#[tokio::test]
async fn the_heat_map_holds_each_open_risk_once() {
    for_each_database(async |harness| {
        let town = Town::full(harness).await;
        let keeper = town.keeper();
        let told = delivery(&keeper, CELLS).await;
        // RK7 is closed.
        let expected =
            ["4x5 VERY_HIGH: RK1", "4x4 HIGH: RK3", "3x4 HIGH: RK2 RK8", "3x3 MEDIUM: RK4", "2x4 MEDIUM: RK5", "2x3 MEDIUM: RK6"];
        assert_eq!(cells(&told), expected);
        let lists = "risks(first: 100) { totalCount nodes { code } } closed: risks(first: 100, closed: true) { totalCount }
            above: risks(first: 100, withinAppetite: false) { nodes { code } } high: risks(first: 100, band: HIGH) { nodes { code } }
            place: risks(first: 100, element: \"D-PLA\") { nodes { code } }
            risk(code: \"RK1\") { inherent { score band } residual { score } target { score band } appetite withinAppetite
                indicator { code } element { code } state movement }";
        let told = delivery(&keeper, lists).await;
        // The highest score first.
        assert_eq!(codes(&told["risks"]["nodes"]), ["RK1", "RK3", "RK2", "RK8", "RK4", "RK5", "RK6"]);
        assert_eq!((&told["risks"]["totalCount"], &told["closed"]["totalCount"]), (&json!(7), &json!(8)));
        assert_eq!((codes(&told["above"]["nodes"]), codes(&told["place"]["nodes"])), (vec!["RK1".to_owned()], vec!["RK6".to_owned()]));
        assert_eq!(codes(&told["high"]["nodes"]), ["RK3", "RK2", "RK8"]);
        let expected = json!({
            "inherent": { "score": 25, "band": "VERY_HIGH" }, "residual": { "score": 20 }, "target": { "score": 12, "band": "HIGH" },
            "appetite": 12, "withinAppetite": false, "indicator": { "code": "PI6" }, "element": { "code": "S-HOU" }, "state": "OPEN",
            "movement": "NEW",
        });
        assert_eq!(told["risk"], expected);
    })
    .await;
}

#[tokio::test]
async fn a_second_look_says_how_a_risk_moved_and_keeps_the_first() {
    for_each_database(async |harness| {
        let town = Town::full(harness).await;
        let keeper = town.keeper();
        let look = async |input: Value| tell(&keeper, "risk", "code movement residual { score }", input).await.expect("is told");
        let up = json!({ "code": "RK6", "residualLikelihood": 3, "review": "One trainee left.", "reviewOn": "2025-04-15", "asAt": "2025-03-03" });
        let moved = look(up).await;
        assert_eq!(moved, json!({ "code": "RK6", "movement": "UP", "residual": { "score": 9 } }));
        let down = json!({ "code": "RK1", "residualLikelihood": 3, "residualImpact": 4, "reviewOn": null, "asAt": "2025-03-03" });
        assert_eq!(look(down).await["movement"], "DOWN");
        // Likelier and less bad at the same score has not moved.
        let same = json!({ "code": "RK2", "residualLikelihood": 4, "residualImpact": 3, "reviewOn": null, "asAt": "2025-03-03" });
        assert_eq!(look(same).await["movement"], "SAME");
        let told = delivery(&keeper, "risk(code: \"RK6\") { movement since: movement(since: \"2024-10-15\") \
            earlier: movement(since: \"2024-10-14\") \
            now: movement(since: \"2025-03-03\") history { asAt cells { heading text } } }")
        .await;
        let risk = &told["risk"];
        assert_eq!((&risk["movement"], &risk["since"], &risk["earlier"], &risk["now"]), (&json!("UP"), &json!("UP"), &json!("NEW"), &json!("SAME")));
        let history = risk["history"].as_array().expect("a course");
        let said = |of: &Value, heading: &str| {
            let cells = of["cells"].as_array().expect("cells").iter();
            cells.clone().find(|cell| cell["heading"] == heading).map(|cell| cell["text"].as_str().expect("text").to_owned())
        };
        let course: Vec<_> = history.iter().map(|of| (of["asAt"].clone(), said(of, "Residual likelihood"), said(of, "Review"))).collect();
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            course,
            [(json!("2025-03-03"), text("3"), text("One trainee left.")), (json!("2024-10-15"), text("2"), text("Two trainees passed."))]
        );
        // Said again of the same day, it is that day's last word: the movement is still from the look before.
        harness.later(chrono::Duration::hours(1));
        let corrected = look(json!({ "code": "RK6", "residualLikelihood": 4, "asAt": "2025-03-03" })).await;
        assert_eq!((&corrected["movement"], &corrected["residual"]["score"]), (&json!("UP"), &json!(12)));
        let told = delivery(&keeper, &format!("risk(code: \"RK6\") {{ history {{ asAt }} }} {CELLS}")).await;
        assert_eq!(told["risk"]["history"], json!([{ "asAt": "2025-03-03" }, { "asAt": "2024-10-15" }]));
        let expected = ["4x4 HIGH: RK3", "4x3 HIGH: RK2 RK6", "3x4 HIGH: RK1 RK8", "3x3 MEDIUM: RK4", "2x4 MEDIUM: RK5"];
        assert_eq!(cells(&told), expected);
    })
    .await;
}
