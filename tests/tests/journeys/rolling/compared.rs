//! Two editions compared, by whoever may see them.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, World, for_each_database};

use super::{CODE, roll};

const COMPARE: &str =
    "query($code: String!, $from: String!, $to: String!) { council(code: $code) { frameworkComparison(from: $from, to: $to) {
    from to added { code after parentAfter } gone { code } renamed { code before after } moved { code parentBefore parentAfter } retained
    amended { code mark reason fields { field before after } } removed { code mark reason } new rules { indicator before after }
    targets { indicator period before { target } after { target } } } } }";

async fn compared(client: &Client<'_>) -> Value {
    let variables = json!({ "code": CODE, "from": "2024/25", "to": "2025/26" });
    client.gql(COMPARE, variables).await.body["data"]["council"]["frameworkComparison"].clone()
}

#[tokio::test]
async fn what_changed_is_told_to_whom_it_is_for() {
    for_each_database(async |harness| {
        let world = World::new(harness, CODE).await;
        let keeper = world.keeper();
        roll(&world).await;

        let whole = compared(&keeper).await;
        assert_eq!((&whole["from"], &whole["to"]), (&json!("2024/25"), &json!("2025/26")));
        let team = json!([{ "code": "T1", "after": "Food waste crews", "parentAfter": "S1" }]);
        assert_eq!((&whole["added"], &whole["gone"]), (&team, &json!([])));
        assert_eq!(whole["renamed"], json!([{ "code": "O1", "before": "Less waste", "after": "Far less waste" }]));
        assert_eq!(whole["moved"], json!([{ "code": "S2", "parentBefore": "D1", "parentAfter": "D2" }]));
        assert_eq!(whole["retained"], json!(["BN01", "SI01", "WM02"]));
        assert_eq!(whole["removed"], json!([{ "code": "PL01", "mark": "REMOVE", "reason": "No longer ours" }]));
        assert_eq!(whole["new"], json!(["WM09"]));
        let amended = &whole["amended"][0];
        assert_eq!(
            (&amended["code"], &amended["mark"], &amended["reason"]),
            (&json!("WM01"), &json!("AMEND"), &json!("Food waste counts too"))
        );
        assert_eq!(amended["fields"][0]["field"], "Definition");
        assert_eq!(whole["rules"], json!([{ "indicator": null, "before": "Levels", "after": "Words" }]));
        let target = json!({ "indicator": "WM01", "period": "2025/26", "before": { "target": "60" }, "after": { "target": "63" } });
        assert!(whole["targets"].as_array().is_some_and(|all| all.contains(&target)), "{whole:#}");
        assert!(whole["targets"].as_array().is_some_and(|all| all.iter().any(|one| one["indicator"] == "BN01" && one["after"].is_null())));

        // A service manager sees their own; who reads the framework and no figures, no targets; a stranger nothing.
        let s3 = GrantScope::Element(world.element("S3").await);
        let benefits = harness.sign_in(&harness.person(world.council, "Ben Benefits", &[(Role::ServiceManager, s3)]).await);
        let own = compared(&benefits).await;
        assert_eq!(
            (&own["retained"], &own["amended"], &own["removed"], &own["renamed"]),
            (&json!(["BN01"]), &json!([]), &json!([]), &json!([]))
        );
        assert!(own["targets"].as_array().is_some_and(|all| !all.is_empty() && all.iter().all(|one| one["indicator"] == "BN01")));
        let finance = harness.sign_in(&world.somebody(Role::Finance).await);
        let seen = compared(&finance).await;
        assert_eq!((&seen["retained"], &seen["targets"]), (&whole["retained"], &json!([])));
        let stranger = World::new(harness, "devon").await;
        assert_eq!(compared(&stranger.keeper()).await, Value::Null);
        let variables = json!({ "code": CODE, "from": "2025/26", "to": "2024/25" });
        assert_eq!(keeper.gql(COMPARE, variables).await.codes(), ["BAD_USER_INPUT"]);
        let variables = json!({ "code": CODE, "from": "2024/25", "to": "2030/31" });
        assert_eq!(keeper.gql(COMPARE, variables).await.data()["council"]["frameworkComparison"], Value::Null);
    })
    .await;
}
