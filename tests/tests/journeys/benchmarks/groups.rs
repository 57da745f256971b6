//! Groups and mappings: a council's own, dated, and nobody else's.

use serde_json::{Value, json};
use tests::for_each_database;

use super::{AREA, CODE, beside, council, fly_tips, keep_group, map, map_fly_tips, run, said};

const GROUPS: &str = "query($council: String!) { council(code: $council) {
    comparatorGroups { id code edition title origin authorityType licence members { code name authorityType } }
    metricMappings { id indicator { code } dataset measure group sameDefinition from until } } }";
const WITHDRAW_GROUP: &str = "mutation($input: ComparatorGroupWithdrawInput!) { comparatorGroupWithdraw(input: $input) {
    group { code } userErrors { code field } } }";
const WITHDRAW_MAPPING: &str = "mutation($input: MetricMappingWithdrawInput!) { metricMappingWithdraw(input: $input) {
    mapping { measure } userErrors { code field } } }";

#[tokio::test]
async fn a_councils_groups_and_mappings_are_its_own_and_national_ones_fit_its_area() {
    for_each_database(async |harness| {
        let world = council(harness, CODE, AREA).await;
        let other = council(harness, "devon", "E10000008").await;
        let (keeper, stranger) = (world.keeper(), other.keeper());
        said(&fly_tips(harness).bring(harness));
        let kept = keep_group(&keeper, CODE).await;
        map_fly_tips(&keeper, CODE).await;

        let ours = keeper.gql(GROUPS, json!({ "council": CODE })).await.data()["council"].clone();
        let groups = ours["comparatorGroups"].as_array().expect("groups").clone();
        let codes: Vec<&str> = groups.iter().map(|group| group["code"].as_str().expect("a code")).collect();
        assert_eq!(codes, ["CIPFA", "ONS-DEMOGRAPHIC", "ONS-ECONOMIC", "ONS-GLOBAL", "SAME-TYPE", "REGION", "NATION"]);
        assert_eq!((&groups[0]["origin"], &groups[0]["id"], &groups[0]["authorityType"]), (&json!("OWN"), &kept["id"], &json!("DISTRICT")));
        assert_eq!(groups[3]["members"].as_array().map(Vec::len), Some(20));
        // Lists of children's services name no district.
        let of = |at: usize| groups[at]["members"].as_array().expect("members").clone();
        assert!(of(4).iter().all(|area| area["authorityType"] == "DISTRICT"));
        assert!(of(5).iter().any(|area| area["name"] == "Peterborough") && of(5).iter().all(|area| area["name"] != "Devon"));
        let mapping = &ours["metricMappings"][0];
        assert_eq!(
            (&mapping["indicator"]["code"], &mapping["measure"], &mapping["group"]),
            (&json!("FLY1"), &json!("INCIDENTS"), &json!("CIPFA"))
        );

        let theirs = stranger.gql(GROUPS, json!({ "council": "devon" })).await.data()["council"].clone();
        let codes: Vec<&str> =
            theirs["comparatorGroups"].as_array().expect("groups").iter().filter_map(|group| group["code"].as_str()).collect();
        assert_eq!(codes, ["DFE-CHILDREN", "ONS-DEMOGRAPHIC", "ONS-ECONOMIC", "ONS-GLOBAL", "SAME-TYPE", "REGION", "NATION"]);
        assert_eq!(theirs["metricMappings"], json!([]));
        assert_eq!(stranger.gql(GROUPS, json!({ "council": CODE })).await.body, json!({ "data": { "council": null } }));
        let withdraw = async |client: &tests::Client<'_>, id: &Value| {
            let input = json!({ "group": id, "reason": "Not used any more" });
            client.gql(WITHDRAW_GROUP, json!({ "input": input })).await.data()["comparatorGroupWithdraw"].clone()
        };
        assert_eq!(withdraw(&stranger, &kept["id"]).await["userErrors"][0]["code"], "COMPARATORS_NOT_FOUND");
        let input = json!({ "mapping": mapping["id"], "reason": "Wrong" });
        let taken = stranger.gql(WITHDRAW_MAPPING, json!({ "input": input })).await.data();
        assert_eq!(taken["metricMappingWithdraw"]["userErrors"][0]["code"], "METRIC_MAPPING_NOT_FOUND");

        // Said anew the group is what it is now; withdrawn, the indicator is compared with the usual one.
        assert_eq!(beside(&keeper, "FLY1", "2023/24", None, 1).await[0]["group"], "CIPFA");
        let again = keep_group(&keeper, CODE).await;
        assert_ne!(again["id"], kept["id"]);
        assert_eq!(withdraw(&keeper, &kept["id"]).await["userErrors"][0]["code"], "COMPARATORS_NOT_FOUND", "it was replaced");
        assert_eq!(withdraw(&keeper, &again["id"]).await["group"]["code"], "CIPFA");
        let usual = beside(&keeper, "FLY1", "2023/24", None, 1).await[0].clone();
        assert_eq!((&usual["group"], &usual["groupEdition"]), (&json!("ONS-GLOBAL"), &json!("2025")), "{usual:#}");
        let taken = keeper.gql(WITHDRAW_MAPPING, json!({ "input": { "mapping": mapping["id"], "reason": "Wrong" } })).await.data();
        assert_eq!(taken["metricMappingWithdraw"]["mapping"]["measure"], "INCIDENTS");
        assert_eq!(beside(&keeper, "FLY1", "2023/24", None, 1).await, Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_group_is_of_the_edition_of_its_time_and_a_metric_may_have_no_source_yet() {
    for_each_database(async |harness| {
        let world = council(harness, CODE, AREA).await;
        let keeper = world.keeper();
        said(&fly_tips(harness).bring(harness));
        keep_group(&keeper, CODE).await;
        for (edition, from, until, areas) in
            [("2022", "2022-04-01", json!("2023-03-31"), json!(["Cambridge", "Fenland"])), ("2023", "2023-04-01", Value::Null, json!(["Uttlesford"]))]
        {
            let input = json!({ "council": CODE, "code": "OWN", "edition": edition, "title": "Our own", "from": from, "until": until, "areas": areas });
            assert_eq!(keeper.gql(super::SAVE, json!({ "input": input })).await.data()["comparatorGroupSave"]["userErrors"], json!([]));
        }
        map_fly_tips(&keeper, CODE).await;
        let all = beside(&keeper, "FLY1", "2023/24", Some("own"), 3).await;
        let of = |at: usize| (all[at]["groupEdition"].clone(), all[at]["members"].as_array().map(Vec::len));
        assert_eq!((of(0), of(1), of(2)), ((json!("2022"), Some(2)), (json!("2022"), Some(2)), (json!("2023"), Some(1))));
        let told = all[0]["because"].as_array().expect("a list").iter().any(|why| why == "The group has no edition of this time: it is compared by that of 2022");
        assert!(told, "{:#}", all[0]);

        said(&run(harness, &["migrate"]));
        let done = map(&keeper, json!({ "indicator": "FLY1", "catalogue": "LOF", "metric": "LOF-HL-5", "from": "2023/24" })).await;
        assert_eq!(done["userErrors"], json!([]), "{done:#}");
        let both = beside(&keeper, "FLY1", "2023/24", Some("CIPFA"), 2).await;
        assert_eq!((&both[0]["counted"], &both[1]["counted"]), (&json!(3), &json!(0)), "the mapping broke between the two");
        assert_eq!(both[1]["because"][0], "Nobody publishes figures of People sleeping rough for over a month yet");
    })
    .await;
}
