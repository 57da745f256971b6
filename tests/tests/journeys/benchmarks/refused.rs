//! What is refused of groups and mappings, with what to do about it; nothing is kept of it.

use serde_json::{Value, json};
use tests::for_each_database;

use super::{AREA, CODE, SAVE, codes, council, fly_tips, map, said};
use rules::permission::Role;

#[tokio::test]
async fn a_group_that_cannot_be_is_refused_with_what_to_do() {
    for_each_database(async |harness| {
        let world = council(harness, CODE, AREA).await;
        let keeper = world.keeper();
        said(&fly_tips(harness).bring(harness));
        let save = async |change: Value| {
            let mut input = json!({ "council": CODE, "code": "OWN", "edition": "1", "title": "Our own", "areas": ["Cambridge"] });
            for (field, value) in change.as_object().expect("fields") {
                input[field] = value.clone();
            }
            keeper.gql(SAVE, json!({ "input": input })).await.data()["comparatorGroupSave"].clone()
        };
        let many: Vec<String> = (0..401).map(|n| format!("E{n:08}")).collect();
        for (change, expected) in [
            (json!({ "council": "devon" }), "COUNCIL_NOT_FOUND council"),
            (json!({ "code": "two words" }), "GROUP_CODE_INVALID code"),
            (json!({ "code": "ons-global" }), "GROUP_CODE_TAKEN code"),
            (json!({ "code": "NATION" }), "GROUP_CODE_TAKEN code"),
            (json!({ "title": " " }), "TEXT_NEEDED title"),
            (json!({ "edition": "e".repeat(41) }), "TEXT_TOO_LONG edition"),
            (json!({ "from": "2024-01-01", "until": "2023-01-01" }), "DATES_REVERSED until"),
            (json!({ "areas": [] }), "AREAS_NEEDED areas"),
            (json!({ "areas": many }), "AREAS_NEEDED areas"),
            (json!({ "areas": ["Cambridge", "E07000008"] }), "AREA_TWICE areas"),
            (json!({ "areas": ["Cambrige"] }), "AREA_UNKNOWN areas"),
            (json!({ "areas": ["East of England"] }), "AREA_TYPE_DIFFERS areas"),
            (json!({ "areas": ["Cambridge", "E10000008"], "type": "DISTRICT" }), "AREA_TYPE_DIFFERS areas"),
            (json!({ "areas": ["Carlisle"], "from": "2024-04-01" }), "AREA_ABOLISHED areas"),
        ] {
            let refused = save(change.clone()).await;
            assert_eq!((codes(&refused), &refused["group"]), (vec![expected.to_owned()], &Value::Null), "{change}");
        }
        let near = save(json!({ "areas": ["Cambrige"] })).await;
        assert!(
            near["userErrors"][0]["message"].as_str().is_some_and(|message| message.contains("did you mean E07000008 Cambridge")),
            "{near:#}"
        );
        let gone = save(json!({ "areas": ["Carlisle"], "from": "2024-04-01" })).await;
        assert!(
            gone["userErrors"][0]["message"].as_str().is_some_and(|message| message.contains("followed by E06000063 Cumberland")),
            "{gone:#}"
        );
        let staff = world.somebody(Role::Staff).await;
        let input = json!({ "council": CODE, "code": "OWN", "edition": "1", "title": "Our own", "areas": ["Cambridge"] });
        let answer = harness.sign_in(&staff).gql(SAVE, json!({ "input": input })).await;
        assert_eq!(answer.body["errors"][0]["extensions"]["permission"], "MANAGE_BENCHMARKS", "{:#}", answer.body);
        let groups = "query($council: String!) { council(code: $council) { comparatorGroups { origin } } }";
        let kept = keeper.gql(groups, json!({ "council": CODE })).await.data()["council"]["comparatorGroups"].clone();
        assert!(kept.as_array().expect("groups").iter().all(|group| group["origin"] != "OWN"), "nothing is kept");
    })
    .await;
}

#[tokio::test]
async fn a_measure_that_is_not_the_indicator_is_refused() {
    for_each_database(async |harness| {
        let world = council(harness, CODE, AREA).await;
        let keeper = world.keeper();
        said(&fly_tips(harness).bring(harness));
        let fly = |change: Value| {
            let mut input = json!({ "indicator": "FLY1", "dataset": "FLY", "measure": "INCIDENTS" });
            for (field, value) in change.as_object().expect("fields") {
                input[field] = value.clone();
            }
            input
        };
        for (change, expected) in [
            (json!({ "indicator": "NONE" }), "INDICATOR_NOT_FOUND indicator"),
            (json!({ "measure": "NONE" }), "MEASURE_NOT_FOUND measure"),
            (json!({ "dataset": "NONE" }), "MEASURE_NOT_FOUND measure"),
            (json!({ "measure": null }), "MEASURE_NEEDED measure"),
            (json!({ "catalogue": "NONE", "metric": "M1" }), "CATALOGUE_NOT_FOUND catalogue"),
            (json!({ "catalogue": "LOF", "metric": "NONE" }), "METRIC_NOT_FOUND metric"),
            (json!({ "from": "2024/25", "until": "2022/23" }), "PERIODS_REVERSED until"),
            (json!({ "sameDefinition": false }), "NOTE_NEEDED note"),
            (json!({ "group": "NONE" }), "COMPARATORS_NOT_FOUND group"),
            // More households are better, and fewer fly-tips are.
            (json!({ "indicator": "SI01" }), "POLARITY_DIFFERS measure"),
            (json!({ "indicator": "BN01" }), "UNIT_DIFFERS measure"),
        ] {
            let refused = map(&keeper, fly(change.clone())).await;
            assert_eq!((codes(&refused), &refused["mapping"]), (vec![expected.to_owned()], &Value::Null), "{change}: {refused:#}");
        }
        // In another unit it may be said to differ.
        let marked = map(&keeper, fly(json!({ "indicator": "BN01", "sameDefinition": false, "note": "Days, not claims" }))).await;
        assert_eq!((&marked["userErrors"], &marked["mapping"]["sameDefinition"]), (&json!([]), &json!(false)));
        let none = super::BESIDE;
        let variables = json!({ "council": CODE, "code": "BN01", "period": "2024/25 Q1", "group": "NONE", "last": 1 });
        let answer = keeper.gql(none, variables).await;
        assert_eq!(answer.body["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{:#}", answer.body);
        let variables = json!({ "council": CODE, "code": "BN01", "period": "2024/25 Q1", "group": null, "last": 121 });
        assert_eq!(keeper.gql(none, variables).await.body["errors"][0]["extensions"]["code"], "LIMIT");
    })
    .await;
}
