//! Assessments edition by edition, what no figure tells, and the plan of an element.

use serde_json::{Value, json};
use tests::for_each_database;

use super::{CODE, Town, codes, delivery};

#[tokio::test]
async fn assessments_say_how_each_theme_moved_since_the_edition_before() {
    for_each_database(async |harness| {
        let town = Town::full(harness).await;
        let keeper = town.keeper();
        let fields = "instruments { code title ratings editions themes { code assessments { edition rating ratingPlace moved
            before { edition rating } evidence { __typename } evidenceNamed } } }";
        let told = delivery(&keeper, fields).await;
        assert_eq!(codes(&told["instruments"]), ["BV", "DM", "PM"]);
        let best_value = &told["instruments"][0];
        assert_eq!(best_value["ratings"], json!(["Weak", "Developing", "Sound", "Strong"]));
        assert_eq!(best_value["editions"], json!(["2023", "2024"]));
        let moved: Vec<String> = best_value["themes"]
            .as_array()
            .expect("themes")
            .iter()
            .map(|theme| {
                let [then, now] = theme["assessments"].as_array().expect("assessments").as_slice() else {
                    panic!("two editions: {theme:#}")
                };
                assert_eq!((&then["moved"], &then["before"]), (&Value::Null, &Value::Null));
                assert_eq!(now["before"], json!({ "edition": "2023", "rating": then["rating"] }));
                format!("{} {} {}", theme["code"].as_str().expect("a code"), now["rating"].as_str().expect("a rating"), now["moved"])
            })
            .collect();
        let expected = ["C Sound 1", "CI Sound 1", "G Sound 0", "L Sound 0", "PCE Developing 0", "SD Sound 0", "UR Sound -1"];
        assert_eq!(moved, expected);
        let leadership = &best_value["themes"][3]["assessments"][1];
        assert_eq!(
            (&leadership["ratingPlace"], &leadership["evidenceNamed"]),
            (&json!(3), &json!(["Action R1-3", "Action R6-2", "Risk RK2"]))
        );
        let kinds: Vec<&Value> = leadership["evidence"].as_array().expect("evidence").iter().map(|one| &one["__typename"]).collect();
        assert_eq!(kinds, ["Action", "Action", "Risk"]);
        // Of its own evidence the committee reads the risk, and of the actions that they are named.
        let told = delivery(&town.committee, fields).await;
        let theirs = &told["instruments"][0]["themes"][3]["assessments"][1];
        assert_eq!((&theirs["evidence"], &theirs["evidenceNamed"]), (&json!([{ "__typename": "Risk" }]), &leadership["evidenceNamed"]));
        let one = delivery(&keeper, "instruments { themes { assessments(edition: \"2023\") { edition } } }").await;
        let of_2023 = one["instruments"].as_array().expect("instruments").iter().flat_map(|of| of["themes"].as_array().expect("themes"));
        assert_eq!(of_2023.filter(|theme| theme["assessments"] != json!([])).count(), 7);
    })
    .await;
}

#[tokio::test]
async fn an_elements_plan_holds_what_is_done_endangered_paid_and_told_at_it_and_below() {
    for_each_database(async |harness| {
        let town = Town::full(harness).await;
        let keeper = town.keeper();
        let fields = "plan { actions { code } actionCounts { total atRisk overdue } risks { code }
            money(period: \"2024/25 Q2\") { code total { budget } } insights { code sensitive } project { code } }";
        let plan = async |code: &str| {
            let query = format!("{{ council(code: \"{CODE}\") {{ element(code: \"{code}\") {{ {fields} }} }} }}");
            keeper.gql(&query, json!({})).await.data()["council"]["element"]["plan"].clone()
        };
        let housing = plan("S-HOU").await;
        assert_eq!((codes(&housing["actions"]), codes(&housing["risks"])), (vec!["RA1".to_owned()], vec!["RK1".to_owned()]));
        // Due on 28 January 2025 and still at risk on 10 March.
        assert_eq!(housing["actionCounts"], json!({ "total": 1, "atRisk": 0, "overdue": 1 }));
        assert_eq!(housing["money"], json!([{ "code": "S-HOU", "total": { "budget": "2435000" } }]));
        let told = json!([{ "code": "IN1", "sensitive": false }, { "code": "IN4", "sensitive": true }]);
        assert_eq!((&housing["insights"], &housing["project"]), (&told, &Value::Null));

        let communities = plan("D-COM").await;
        assert_eq!((codes(&communities["actions"]), codes(&communities["money"]).len()), (vec!["RA1".to_owned(), "SA2".to_owned()], 5));
        let programme = plan("TP").await;
        assert_eq!((&programme["project"]["code"], codes(&programme["risks"])), (&json!("TP"), vec!["RK4".to_owned()]));

        let all = delivery(
            &keeper,
            "insights { code } complaints: insights(origin: COMPLAINTS) { code } hou: insights(element: \"D-COM\") { code }",
        )
        .await;
        assert_eq!(codes(&all["insights"]), ["IN8", "IN1", "IN2", "IN3", "IN4", "IN6", "IN5", "IN7"]);
        assert_eq!(
            (codes(&all["complaints"]), codes(&all["hou"])),
            (vec!["IN3".into(), "IN4".into()], vec!["IN1".into(), "IN4".into(), "IN7".to_owned()])
        );
    })
    .await;
}
